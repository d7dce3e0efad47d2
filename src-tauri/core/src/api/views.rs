//! Saved views: everyone saves their own, shares them, and orders those that they see.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path};
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::error::Result;
use crate::model::{View, ViewId};
use crate::views::{self, NewView, ViewChange};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_views, create_view))
        .routes(routes!(reorder_views))
        .routes(routes!(change_view, delete_view))
}

/// The views that the caller sees: their own and the shared ones.
#[utoipa::path(get, path = "/views", tag = "views",
    responses((status = 200, description = "Views in the caller's order.", body = Vec<View>), Problems))]
async fn list_views(State(app): State<App>, caller: Caller) -> Result<Json<Vec<View>>> {
    Ok(Json(views::list(&app, &caller).await?))
}

/// Saves a view.
#[utoipa::path(post, path = "/views", tag = "views", request_body = NewView,
    responses((status = 201, description = "The view.", body = View), Problems))]
async fn create_view(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<NewView>,
) -> Result<(StatusCode, Json<View>)> {
    Ok((StatusCode::CREATED, Json(views::create(&app, &caller, new).await?)))
}

/// The order that the caller wants.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ViewOrder {
    /// Views, first to last; those that are left out come after them.
    #[schema(max_items = 1000)]
    views: Vec<ViewId>,
}

/// Orders the caller's list of views; nobody else's changes.
#[utoipa::path(put, path = "/views/order", tag = "views", request_body = ViewOrder,
    responses((status = 200, description = "Views in their new order.", body = Vec<View>), Problems))]
async fn reorder_views(
    State(app): State<App>,
    caller: Caller,
    Json(order): Json<ViewOrder>,
) -> Result<Json<Vec<View>>> {
    Ok(Json(views::reorder(&app, &caller, order.views).await?))
}

/// Changes a view. A shared one is changed by who made it, supervisors and administrators.
#[utoipa::path(patch, path = "/views/{id}", tag = "views", request_body = ViewChange,
    params(("id" = ViewId, Path, description = "The view.")),
    responses((status = 200, description = "The view, changed.", body = View), Problems))]
async fn change_view(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ViewId>,
    Json(change): Json<ViewChange>,
) -> Result<Json<View>> {
    Ok(Json(views::change(&app, &caller, id, change).await?))
}

/// Forgets a view; the sessions in it stay where they are.
#[utoipa::path(delete, path = "/views/{id}", tag = "views",
    params(("id" = ViewId, Path, description = "The view.")),
    responses((status = 204, description = "The view is deleted."), Problems))]
async fn delete_view(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ViewId>,
) -> Result<StatusCode> {
    views::delete(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
