//! Deliveries that could not be read: supervisors look, administrators replay or put aside.

use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path, Query};
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::deliveries;
use crate::error::Result;
use crate::model::{Delivery, DeliveryId, DeliveryOutcome};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_deliveries))
        .routes(routes!(get_delivery))
        .routes(routes!(replay_delivery))
        .routes(routes!(dismiss_delivery))
}

/// Which deliveries are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DeliveryQuery {
    /// Only those with this outcome.
    outcome: Option<DeliveryOutcome>,
}

/// The newest 200 deliveries, without their bodies.
#[utoipa::path(get, path = "/deliveries", tag = "deliveries", params(DeliveryQuery),
    responses((status = 200, description = "Newest first.", body = Vec<Delivery>), Problems))]
async fn list_deliveries(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<DeliveryQuery>,
) -> Result<Json<Vec<Delivery>>> {
    Ok(Json(deliveries::list(&app, &caller, query.outcome).await?))
}

/// One delivery with its body.
#[utoipa::path(get, path = "/deliveries/{id}", tag = "deliveries",
    params(("id" = DeliveryId, Path, description = "The delivery.")),
    responses((status = 200, description = "The delivery.", body = Delivery), Problems))]
async fn get_delivery(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<DeliveryId>,
) -> Result<Json<Delivery>> {
    Ok(Json(deliveries::get(&app, &caller, id).await?))
}

/// Reads a delivery again, with what is known today.
#[utoipa::path(post, path = "/deliveries/{id}/replay", tag = "deliveries",
    params(("id" = DeliveryId, Path, description = "The delivery.")),
    responses((status = 200, description = "What became of it.", body = Delivery), Problems))]
async fn replay_delivery(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<DeliveryId>,
) -> Result<Json<Delivery>> {
    Ok(Json(deliveries::replay(&app, &caller, id).await?))
}

/// Puts an unreadable delivery aside.
#[utoipa::path(post, path = "/deliveries/{id}/dismiss", tag = "deliveries",
    params(("id" = DeliveryId, Path, description = "The delivery.")),
    responses((status = 200, description = "The delivery.", body = Delivery), Problems))]
async fn dismiss_delivery(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<DeliveryId>,
) -> Result<Json<Delivery>> {
    Ok(Json(deliveries::dismiss(&app, &caller, id).await?))
}
