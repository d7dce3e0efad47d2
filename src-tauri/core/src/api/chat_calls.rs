//! Calls in live chats: who is called, who answers, and what their browsers tell each other.

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
use crate::chat::calls::agents;
use crate::error::Result;
use crate::model::{CallBack, ChatCall, ChatCallId, SessionId};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_chat_calls))
        .routes(routes!(look_at_call_back, call_visitor))
        .routes(routes!(answer_chat_call))
        .routes(routes!(decline_chat_call))
        .routes(routes!(end_chat_call))
        .routes(routes!(fail_chat_call))
        .routes(routes!(add_call_candidate))
}

/// Calls in live chats that ring for me, and the one that I am in.
#[utoipa::path(get, path = "/chat-calls", tag = "calls",
    responses((status = 200, description = "The calls, the oldest first.", body = Vec<ChatCall>),
        Problems))]
async fn list_chat_calls(State(app): State<App>, caller: Caller) -> Result<Json<Vec<ChatCall>>> {
    Ok(Json(agents::mine(&app, &caller)))
}

/// Whether I can call the visitor of a live chat at this moment, and with which servers. For
/// whoever sees the session.
#[utoipa::path(get, path = "/sessions/{id}/chat-calls", tag = "calls",
    params(("id" = SessionId, Path)),
    responses((status = 200, description = "Whether, and why not.", body = CallBack), Problems))]
async fn look_at_call_back(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
) -> Result<Json<CallBack>> {
    Ok(Json(agents::outlook(&app, &caller, id).await?))
}

/// A call to a visitor.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewChatCall {
    /// The client's own id for it, 8 to 64 characters: the same key again is the same call.
    #[schema(min_length = 8, max_length = 64)]
    client_key: String,
    /// The browser's offer.
    #[schema(min_length = 1, max_length = 16384)]
    sdp: String,
}

/// Calls the visitor of an open live chat. For whoever may answer the session and may call. Codes of
/// a 409: `no_calls`, `visitor_left`, `busy`, `call_running`.
#[utoipa::path(post, path = "/sessions/{id}/chat-calls", tag = "calls", request_body = NewChatCall,
    params(("id" = SessionId, Path)),
    responses((status = 201, description = "The call; it rings.", body = ChatCall), Problems))]
async fn call_visitor(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
    Json(new): Json<NewChatCall>,
) -> Result<(StatusCode, Json<ChatCall>)> {
    let NewChatCall { client_key, sdp } = new;
    let call = agents::call(&app, &caller, id, (client_key, sdp)).await?;
    Ok((StatusCode::CREATED, Json(call)))
}

/// An answer to a call.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CallAnswer {
    /// The browser's answer.
    #[schema(min_length = 1, max_length = 16384)]
    sdp: String,
}

/// Answers a visitor's call. The first answer wins and takes a session that waits. Codes of a 409:
/// `answered_elsewhere`, `call_over`, `call_running`.
#[utoipa::path(post, path = "/chat-calls/{id}/answer", tag = "calls", request_body = CallAnswer,
    params(("id" = ChatCallId, Path)),
    responses((status = 200, description = "The call; they talk.", body = ChatCall), Problems))]
async fn answer_chat_call(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ChatCallId>,
    Json(answer): Json<CallAnswer>,
) -> Result<Json<ChatCall>> {
    Ok(Json(agents::answer(&app, &caller, id, answer.sdp).await?))
}

/// Does not want to answer. Where the call rings for others, it rings on for them.
#[utoipa::path(post, path = "/chat-calls/{id}/decline", tag = "calls",
    params(("id" = ChatCallId, Path)),
    responses((status = 200, description = "The call.", body = ChatCall), Problems))]
async fn decline_chat_call(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ChatCallId>,
) -> Result<Json<ChatCall>> {
    Ok(Json(agents::decline(&app, &caller, id).await?))
}

/// Hangs up; a call that only rings for me is declined. One that is over stays as it is.
#[utoipa::path(post, path = "/chat-calls/{id}/end", tag = "calls",
    params(("id" = ChatCallId, Path)),
    responses((status = 200, description = "The call.", body = ChatCall), Problems))]
async fn end_chat_call(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ChatCallId>,
) -> Result<Json<ChatCall>> {
    Ok(Json(agents::end(&app, &caller, id).await?))
}

/// Tells that the two browsers do not reach each other.
#[utoipa::path(post, path = "/chat-calls/{id}/failed", tag = "calls",
    params(("id" = ChatCallId, Path)),
    responses((status = 200, description = "The call.", body = ChatCall), Problems))]
async fn fail_chat_call(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ChatCallId>,
) -> Result<Json<ChatCall>> {
    Ok(Json(agents::fail(&app, &caller, id).await?))
}

/// A further way to reach a browser.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCandidate {
    /// The browser's own words for it; empty: there are no more.
    #[schema(max_length = 2048)]
    candidate: String,
}

/// Passes a further way to reach my browser on to the visitor's; kept until they answer. At most 200
/// of a call.
#[utoipa::path(post, path = "/chat-calls/{id}/candidates", tag = "calls",
    request_body = NewCandidate, params(("id" = ChatCallId, Path)),
    responses((status = 204, description = "It is passed on."), Problems))]
async fn add_call_candidate(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ChatCallId>,
    Json(new): Json<NewCandidate>,
) -> Result<StatusCode> {
    agents::add_candidate(&app, &caller, id, &new.candidate).await?;
    Ok(StatusCode::NO_CONTENT)
}
