//! The caller's own account and devices, and what everyone may know of each other.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tokio_util::io::ReaderStream;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path};
use super::problem::Problems;
use crate::access::Caller;
use crate::accounts::presence::{self, PresenceChange};
use crate::accounts::{self, MeChange, photos};
use crate::app::App;
use crate::clock;
use crate::error::Result;
use crate::model::{Device, DeviceId, FileId, Me, Person, UserId};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_me, change_me))
        .routes(routes!(list_my_devices))
        .routes(routes!(log_my_device_out))
        .routes(routes!(list_people))
        .routes(routes!(note_activity))
        .routes(routes!(set_presence))
        .routes(routes!(set_my_photo, remove_my_photo))
        .routes(routes!(get_user_photo))
}

/// Who I am and what I may do.
#[utoipa::path(get, path = "/me", tag = "me",
    responses((status = 200, description = "The caller.", body = Me), Problems))]
async fn get_me(State(app): State<App>, caller: Caller) -> Result<Json<Me>> {
    Ok(Json(accounts::me(&app, &caller, clock::now()).await?))
}

/// Changes my own account. Another password logs my other devices out.
#[utoipa::path(patch, path = "/me", tag = "me", request_body = MeChange,
    responses((status = 200, description = "The caller, changed.", body = Me), Problems))]
async fn change_me(
    State(app): State<App>,
    caller: Caller,
    Json(change): Json<MeChange>,
) -> Result<Json<Me>> {
    Ok(Json(accounts::change_me(&app, &caller, change, clock::now()).await?))
}

/// Where I am signed in.
#[utoipa::path(get, path = "/me/devices", tag = "me",
    responses((status = 200, description = "Devices, the last seen first.", body = Vec<Device>), Problems))]
async fn list_my_devices(State(app): State<App>, caller: Caller) -> Result<Json<Vec<Device>>> {
    Ok(Json(accounts::devices(&app, &caller, caller.user, clock::now()).await?))
}

/// Logs one of my devices out.
#[utoipa::path(delete, path = "/me/devices/{id}", tag = "me",
    params(("id" = DeviceId, Path, description = "The device.")),
    responses((status = 204, description = "It is logged out."), Problems))]
async fn log_my_device_out(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<DeviceId>,
) -> Result<StatusCode> {
    accounts::log_device_out(&app, &caller, caller.user, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Everyone to whom something can be given.
#[utoipa::path(get, path = "/people", tag = "me",
    responses((status = 200, description = "People by name.", body = Vec<Person>), Problems))]
async fn list_people(State(app): State<App>, _caller: Caller) -> Result<Json<Vec<Person>>> {
    Ok(Json(accounts::people(&app, clock::now()).await?))
}

/// Somebody touched this device. Whoever was away only because they touched nothing is back.
#[utoipa::path(post, path = "/me/activity", tag = "me",
    responses((status = 204, description = "It is noted."), Problems))]
async fn note_activity(State(app): State<App>, caller: Caller) -> Result<StatusCode> {
    presence::touched(&app, &caller, clock::now()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sets a colleague's presence, for supervisors and administrators. It is recorded, and the
/// colleague sees who did it.
#[utoipa::path(put, path = "/people/{id}/presence", tag = "me", request_body = PresenceChange,
    params(("id" = UserId, Path, description = "The colleague.")),
    responses((status = 200, description = "The colleague.", body = Person), Problems))]
async fn set_presence(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<UserId>,
    Json(change): Json<PresenceChange>,
) -> Result<Json<Person>> {
    Ok(Json(presence::set_of_colleague(&app, &caller, id, change, clock::now()).await?))
}

/// The bytes of a picture, as they are.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "describes a body that is streamed")]
struct PhotoBytes(Vec<u8>);

/// A picture that somebody has now.
#[derive(Debug, Serialize, ToSchema)]
struct Photo {
    /// Its id.
    photo: FileId,
}

/// Takes a picture of me: a PNG or JPEG of at most 1 MB, square at best.
#[utoipa::path(put, path = "/me/photo", tag = "me",
    request_body(content = inline(PhotoBytes), content_type = "application/octet-stream"),
    responses((status = 200, description = "Its id.", body = Photo), Problems))]
async fn set_my_photo(State(app): State<App>, caller: Caller, body: Body) -> Result<Json<Photo>> {
    let photo = photos::set(&app, &caller, body.into_data_stream(), clock::now()).await?;
    Ok(Json(Photo { photo }))
}

/// I have no picture any more.
#[utoipa::path(delete, path = "/me/photo", tag = "me",
    responses((status = 204, description = "It is gone."), Problems))]
async fn remove_my_photo(State(app): State<App>, caller: Caller) -> Result<StatusCode> {
    photos::remove(&app, &caller).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a user looks like.
#[utoipa::path(get, path = "/users/{id}/photo", tag = "me",
    params(("id" = UserId, Path, description = "The user.")),
    responses((status = 200, description = "The picture.", body = inline(PhotoBytes),
        content_type = "image/*"), Problems))]
async fn get_user_photo(
    State(app): State<App>,
    _caller: Caller,
    Path(id): Path<UserId>,
) -> Result<Response> {
    let opened = photos::open(&app, id).await?;
    let kind = if opened.file.content_type == "image/png" { "image/png" } else { "image/jpeg" };
    let mut response = Body::from_stream(ReaderStream::new(opened.bytes)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(opened.file.size));
    Ok(response)
}
