//! Office hours and holidays: everyone sees them, administrators change them.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path, Query};
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::clock;
use crate::error::{Error, Result};
use crate::hours;
use crate::model::{
    ChannelId, Holiday, HolidayId, HolidaysRead, Hours, HoursPreview, NewHoliday, OfficeHours,
};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_hours, set_hours))
        .routes(routes!(preview_hours))
        .routes(routes!(list_holidays, add_holiday))
        .routes(routes!(change_holiday, delete_holiday))
        .routes(routes!(read_holidays))
}

/// The office hours, and how it is now.
#[utoipa::path(get, path = "/hours", tag = "hours",
    responses((status = 200, description = "The hours.", body = OfficeHours), Problems))]
async fn get_hours(State(app): State<App>, _caller: Caller) -> Result<Json<OfficeHours>> {
    Ok(Json(hours::get(&app, clock::now()).await?))
}

/// Enters the office hours, all of them: what is left out is gone.
#[utoipa::path(put, path = "/hours", tag = "hours", request_body = Hours,
    responses((status = 200, description = "The hours.", body = OfficeHours), Problems))]
async fn set_hours(
    State(app): State<App>,
    caller: Caller,
    Json(wish): Json<Hours>,
) -> Result<Json<OfficeHours>> {
    Ok(Json(hours::set(&app, &caller, wish, clock::now()).await?))
}

/// Which moment, and on which channel.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct Moment {
    /// Milliseconds, or the wall's clock of the business (`2026-12-25T10:00`). Now, if left out.
    at: Option<String>,
    /// A channel; the business, if left out.
    channel: Option<ChannelId>,
}

/// What happens at a moment: open or closed, which rule says so, the next change, and what a
/// customer who writes then is answered by itself.
#[utoipa::path(get, path = "/hours/preview", tag = "hours", params(Moment),
    responses((status = 200, description = "What happens.", body = HoursPreview), Problems))]
async fn preview_hours(
    State(app): State<App>,
    _caller: Caller,
    Query(moment): Query<Moment>,
) -> Result<Json<HoursPreview>> {
    let at = moment.at.unwrap_or_else(|| clock::now().to_string());
    Ok(Json(hours::preview(&app, at, moment.channel).await?))
}

/// All holidays.
#[utoipa::path(get, path = "/holidays", tag = "hours",
    responses((status = 200, description = "Holidays by their first day.", body = Vec<Holiday>), Problems))]
async fn list_holidays(State(app): State<App>, _caller: Caller) -> Result<Json<Vec<Holiday>>> {
    Ok(Json(hours::list_holidays(&app).await?))
}

/// Adds a holiday.
#[utoipa::path(post, path = "/holidays", tag = "hours", request_body = NewHoliday,
    responses((status = 201, description = "The holiday.", body = Holiday), Problems))]
async fn add_holiday(
    State(app): State<App>,
    caller: Caller,
    Json(wish): Json<NewHoliday>,
) -> Result<(StatusCode, Json<Holiday>)> {
    let holiday = hours::add_holiday(&app, &caller, wish, clock::now()).await?;
    Ok((StatusCode::CREATED, Json(holiday)))
}

/// Changes a holiday.
#[utoipa::path(put, path = "/holidays/{id}", tag = "hours", request_body = NewHoliday,
    params(("id" = HolidayId, Path, description = "The holiday.")),
    responses((status = 200, description = "The holiday, changed.", body = Holiday), Problems))]
async fn change_holiday(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<HolidayId>,
    Json(wish): Json<NewHoliday>,
) -> Result<Json<Holiday>> {
    Ok(Json(hours::change_holiday(&app, &caller, id, wish).await?))
}

/// Deletes a holiday.
#[utoipa::path(delete, path = "/holidays/{id}", tag = "hours",
    params(("id" = HolidayId, Path, description = "The holiday.")),
    responses((status = 204, description = "The holiday is deleted."), Problems))]
async fn delete_holiday(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<HolidayId>,
) -> Result<StatusCode> {
    hours::delete_holiday(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A list of holidays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HolidayList {
    /// A calendar file (iCalendar), or one holiday a line: `2026-12-25 Christmas Day`. The whole
    /// request may have 1 MB.
    #[schema(min_length = 1)]
    text: String,
}

/// Adds the holidays of a calendar file or of a typed list that are new and not over.
#[utoipa::path(post, path = "/holidays/read", tag = "hours", request_body = HolidayList,
    responses((status = 200, description = "What became of them.", body = HolidaysRead), Problems))]
async fn read_holidays(
    State(app): State<App>,
    caller: Caller,
    Json(list): Json<HolidayList>,
) -> Result<Json<HolidaysRead>> {
    if list.text.is_empty() {
        return Err(Error::field("text", "Fill this in."));
    }
    Ok(Json(hours::read_holidays(&app, &caller, &list.text, clock::now()).await?))
}
