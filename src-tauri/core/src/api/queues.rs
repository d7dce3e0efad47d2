//! Queues: everyone sees them, administrators change them.

use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path};
use super::problem::Problems;
use crate::access::Caller;
use crate::accounts::queues::{self, NewQueue, QueueChange};
use crate::app::App;
use crate::clock;
use crate::error::Result;
use crate::model::{Queue, QueueId};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_queues, create_queue))
        .routes(routes!(change_queue, delete_queue))
}

/// All queues.
#[utoipa::path(get, path = "/queues", tag = "queues",
    responses((status = 200, description = "Queues by name.", body = Vec<Queue>), Problems))]
async fn list_queues(State(app): State<App>, _caller: Caller) -> Result<Json<Vec<Queue>>> {
    Ok(Json(queues::list(&app).await?))
}

/// Adds a queue.
#[utoipa::path(post, path = "/queues", tag = "queues", request_body = NewQueue,
    responses((status = 201, description = "The queue.", body = Queue), Problems))]
async fn create_queue(
    State(app): State<App>,
    caller: Caller,
    Json(wish): Json<NewQueue>,
) -> Result<(StatusCode, Json<Queue>)> {
    let queue = queues::create(&app, &caller, wish, clock::now()).await?;
    Ok((StatusCode::CREATED, Json(queue)))
}

/// Changes a queue.
#[utoipa::path(patch, path = "/queues/{id}", tag = "queues", request_body = QueueChange,
    params(("id" = QueueId, Path, description = "The queue.")),
    responses((status = 200, description = "The queue, changed.", body = Queue), Problems))]
async fn change_queue(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<QueueId>,
    Json(change): Json<QueueChange>,
) -> Result<Json<Queue>> {
    Ok(Json(queues::change(&app, &caller, id, change).await?))
}

/// Deletes a queue to which no number sends its new sessions.
#[utoipa::path(delete, path = "/queues/{id}", tag = "queues",
    params(("id" = QueueId, Path, description = "The queue.")),
    responses((status = 204, description = "The queue is deleted."), Problems))]
async fn delete_queue(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<QueueId>,
) -> Result<StatusCode> {
    queues::delete(&app, &caller, id, clock::now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
