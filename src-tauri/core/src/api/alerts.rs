//! What rings for the caller, and how.

use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::Json;
use super::problem::Problems;
use crate::access::Caller;
use crate::alerts;
use crate::app::App;
use crate::error::Result;
use crate::model::Alerts;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_my_alerts, change_my_alerts))
}

/// What rings for me, and how.
#[utoipa::path(get, path = "/me/alerts", tag = "me",
    responses((status = 200, description = "My alerts.", body = Alerts), Problems))]
async fn get_my_alerts(State(app): State<App>, caller: Caller) -> Result<Json<Alerts>> {
    Ok(Json(alerts::of(&app, &caller).await?))
}

/// Changes what rings for me: all of it; what is left out is as usual.
#[utoipa::path(put, path = "/me/alerts", tag = "me", request_body = Alerts,
    responses((status = 200, description = "My alerts, changed.", body = Alerts), Problems))]
async fn change_my_alerts(
    State(app): State<App>,
    caller: Caller,
    Json(wanted): Json<Alerts>,
) -> Result<Json<Alerts>> {
    Ok(Json(alerts::change(&app, &caller, wanted).await?))
}
