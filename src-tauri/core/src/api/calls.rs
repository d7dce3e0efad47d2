//! Calls: made from a session, and how the caller makes them.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path};
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::calls;
use crate::error::Result;
use crate::model::{Call, CallMethod, CallStarted, Calling, SessionId};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(call_customer))
        .routes(routes!(list_calls))
        .routes(routes!(get_calling, set_calling))
        .routes(routes!(try_calling))
}

/// A call to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCall {
    /// The client's own id for it, 8 to 64 characters: the same key again is the same call.
    #[schema(min_length = 8, max_length = 64)]
    client_key: String,
}

/// Calls the customer of a session by the caller's method. For whoever may answer the session and
/// may call. Answers with the link to open, or with what the provider made of it.
#[utoipa::path(post, path = "/sessions/{id}/call", tag = "calls", request_body = NewCall,
    params(("id" = SessionId, Path)),
    responses((status = 201, description = "The call.", body = CallStarted), Problems))]
async fn call_customer(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
    Json(new): Json<NewCall>,
) -> Result<(StatusCode, Json<CallStarted>)> {
    let started = calls::start(&app, &caller, id, new.client_key).await?;
    Ok((StatusCode::CREATED, Json(started)))
}

/// Calls that were made from a session.
#[utoipa::path(get, path = "/sessions/{id}/calls", tag = "calls",
    params(("id" = SessionId, Path)),
    responses((status = 200, description = "Calls, the newest first.", body = Vec<Call>), Problems))]
async fn list_calls(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
) -> Result<Json<Vec<Call>>> {
    Ok(Json(calls::of_session(&app, &caller, id).await?))
}

/// How I call.
#[utoipa::path(get, path = "/me/calling", tag = "calls",
    responses((status = 200, description = "The method.", body = Calling), Problems))]
async fn get_calling(State(app): State<App>, caller: Caller) -> Result<Json<Calling>> {
    Ok(Json(calls::calling(&app, &caller).await?))
}

/// Sets how I call.
#[utoipa::path(put, path = "/me/calling", tag = "calls", request_body = Calling,
    responses((status = 200, description = "The method.", body = Calling), Problems))]
async fn set_calling(
    State(app): State<App>,
    caller: Caller,
    Json(wish): Json<Calling>,
) -> Result<Json<Calling>> {
    Ok(Json(calls::set_calling(&app, &caller, wish).await?))
}

/// A method to be tried out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Trial {
    /// How.
    method: CallMethod,
    /// The link of one's own.
    #[serde(default)]
    #[schema(max_length = 500)]
    pattern: String,
    /// The number to call.
    #[schema(min_length = 2, max_length = 64)]
    number: String,
}

/// The link that a method makes.
#[derive(Debug, Serialize, ToSchema)]
struct CallLink {
    /// What a device opens.
    link: String,
}

/// The link that a method makes of a number, before it is saved.
#[utoipa::path(post, path = "/me/calling/try", tag = "calls", request_body = Trial,
    responses((status = 200, description = "The link.", body = CallLink), Problems))]
async fn try_calling(
    State(app): State<App>,
    _caller: Caller,
    Json(trial): Json<Trial>,
) -> Result<Json<CallLink>> {
    let Trial { method, pattern, number } = trial;
    let wish = Calling { method, pattern, phone: String::new() };
    Ok(Json(CallLink { link: calls::try_out(&app, wish, number).await? }))
}
