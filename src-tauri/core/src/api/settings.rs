//! Settings of the desk as a whole.

use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::Json;
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::desk;
use crate::error::Result;
use crate::model::{Settings, SettingsChange};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_settings, change_settings))
}

/// The settings.
#[utoipa::path(get, path = "/settings", tag = "settings",
    responses((status = 200, description = "The settings.", body = Settings), Problems))]
async fn get_settings(State(app): State<App>, _caller: Caller) -> Result<Json<Settings>> {
    Ok(Json(desk::settings(&app).await?))
}

/// Changes the settings, for administrators.
#[utoipa::path(patch, path = "/settings", tag = "settings", request_body = SettingsChange,
    responses((status = 200, description = "The settings, changed.", body = Settings), Problems))]
async fn change_settings(
    State(app): State<App>,
    caller: Caller,
    Json(change): Json<SettingsChange>,
) -> Result<Json<Settings>> {
    Ok(Json(desk::change_settings(&app, &caller, change).await?))
}
