//! Web Push for the device that asks. A subscription belongs to the signed-in device and ends with
//! it.

use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::Json;
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::error::Result;
use crate::model::{NewPush, PushKey, PushState, PushTest};
use crate::{clock, push};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_push_key))
        .routes(routes!(get_my_push, subscribe_push, unsubscribe_push))
        .routes(routes!(test_push))
}

/// The key with which a browser subscribes to this desk.
#[utoipa::path(get, path = "/push/key", tag = "push",
    responses((status = 200, description = "The key.", body = PushKey), Problems))]
async fn get_push_key(State(app): State<App>, _caller: Caller) -> Result<Json<PushKey>> {
    Ok(Json(push::key(&app).await?))
}

/// Whether this device is told by push.
#[utoipa::path(get, path = "/me/push", tag = "push",
    responses((status = 200, description = "How it is.", body = PushState), Problems))]
async fn get_my_push(State(app): State<App>, caller: Caller) -> Result<Json<PushState>> {
    Ok(Json(push::state(&app, &caller).await?))
}

/// Tells this device by push from now on.
#[utoipa::path(post, path = "/me/push", tag = "push", request_body = NewPush,
    responses((status = 200, description = "How it is now.", body = PushState), Problems))]
async fn subscribe_push(
    State(app): State<App>,
    caller: Caller,
    Json(wanted): Json<NewPush>,
) -> Result<Json<PushState>> {
    Ok(Json(push::subscribe(&app, &caller, wanted, clock::now()).await?))
}

/// Does not tell this device by push any more.
#[utoipa::path(delete, path = "/me/push", tag = "push",
    responses((status = 204, description = "It is not told any more."), Problems))]
async fn unsubscribe_push(State(app): State<App>, caller: Caller) -> Result<StatusCode> {
    push::unsubscribe(&app, &caller).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a push to this device now, as if something had happened, and waits until its push service
/// has taken it.
#[utoipa::path(post, path = "/me/push/test", tag = "push", request_body = PushTest,
    responses((status = 204, description = "The push service has it."), Problems))]
async fn test_push(
    State(app): State<App>,
    caller: Caller,
    Json(test): Json<PushTest>,
) -> Result<StatusCode> {
    push::test(&app, &caller, test, clock::now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
