//! Users, for administrators.

use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path};
use super::problem::Problems;
use crate::access::Caller;
use crate::accounts;
use crate::accounts::users::{self, NewUser, UserChange};
use crate::app::App;
use crate::clock;
use crate::error::Result;
use crate::model::{Device, DeviceId, User, UserId};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_users, create_user))
        .routes(routes!(change_user, delete_user))
        .routes(routes!(list_user_devices))
        .routes(routes!(log_user_device_out))
}

/// All users.
#[utoipa::path(get, path = "/users", tag = "users",
    responses((status = 200, description = "Users by name.", body = Vec<User>), Problems))]
async fn list_users(State(app): State<App>, caller: Caller) -> Result<Json<Vec<User>>> {
    Ok(Json(users::list(&app, &caller, clock::now()).await?))
}

/// Adds a user.
#[utoipa::path(post, path = "/users", tag = "users", request_body = NewUser,
    responses((status = 201, description = "The user.", body = User), Problems))]
async fn create_user(
    State(app): State<App>,
    caller: Caller,
    Json(wish): Json<NewUser>,
) -> Result<(StatusCode, Json<User>)> {
    let user = users::create(&app, &caller, wish, clock::now()).await?;
    Ok((StatusCode::CREATED, Json(user)))
}

/// Changes a user. Switching the account off, or another password, logs them out.
#[utoipa::path(patch, path = "/users/{id}", tag = "users", request_body = UserChange,
    params(("id" = UserId, Path, description = "The user.")),
    responses((status = 200, description = "The user, changed.", body = User), Problems))]
async fn change_user(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<UserId>,
    Json(change): Json<UserChange>,
) -> Result<Json<User>> {
    Ok(Json(users::change(&app, &caller, id, change, clock::now()).await?))
}

/// Deletes a user; their sessions stay.
#[utoipa::path(delete, path = "/users/{id}", tag = "users",
    params(("id" = UserId, Path, description = "The user.")),
    responses((status = 204, description = "The user is deleted."), Problems))]
async fn delete_user(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<UserId>,
) -> Result<StatusCode> {
    users::delete(&app, &caller, id, clock::now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Where a user is signed in.
#[utoipa::path(get, path = "/users/{id}/devices", tag = "users",
    params(("id" = UserId, Path, description = "The user.")),
    responses((status = 200, description = "Devices, the last seen first.", body = Vec<Device>), Problems))]
async fn list_user_devices(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<UserId>,
) -> Result<Json<Vec<Device>>> {
    Ok(Json(accounts::devices(&app, &caller, id, clock::now()).await?))
}

/// Logs a device of a user out.
#[utoipa::path(delete, path = "/users/{id}/devices/{device}", tag = "users",
    params(
        ("id" = UserId, Path, description = "The user."),
        ("device" = DeviceId, Path, description = "The device."),
    ),
    responses((status = 204, description = "It is logged out."), Problems))]
async fn log_user_device_out(
    State(app): State<App>,
    caller: Caller,
    Path((id, device)): Path<(UserId, DeviceId)>,
) -> Result<StatusCode> {
    accounts::log_device_out(&app, &caller, id, device).await?;
    Ok(StatusCode::NO_CONTENT)
}
