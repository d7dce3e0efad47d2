//! Providers as data: the form and the steps from which the wizard is drawn.

use axum::extract::State;
use deskbell_channels::form::Description;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::Json;
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_providers))
}

/// All providers, in the order in which they are offered.
#[utoipa::path(get, path = "/providers", tag = "channels",
    responses((status = 200, description = "The providers.", body = Vec<Description>), Problems))]
async fn list_providers(State(_app): State<App>, _caller: Caller) -> Json<Vec<Description>> {
    Json(descriptions())
}

/// What is known of every provider, in the order in which they are offered.
pub fn descriptions() -> Vec<Description> {
    deskbell_channels::PROVIDERS.iter().map(|provider| provider.description()).collect()
}
