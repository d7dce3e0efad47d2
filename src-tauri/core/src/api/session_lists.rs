//! Sessions, continued: what people do to their own lists, to many at once, taking back, asking
//! for a session, and keeping one as a text.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path, Query};
use super::problem::{Problem, Problems};
use crate::access::Caller;
use crate::app::App;
use crate::error::{Code, Error, Result};
use crate::fields::Fields;
use crate::media;
use crate::model::{BulkOperation, Session, SessionId, Time};
use crate::sessions::{self, ListChange};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(snooze_session))
        .routes(routes!(wake_session))
        .routes(routes!(mute_session))
        .routes(routes!(unmute_session))
        .routes(routes!(mark_session_unread))
        .routes(routes!(undo_on_session))
        .routes(routes!(change_sessions))
        .routes(routes!(ask_for_session))
        .routes(routes!(get_transcript))
}

/// Until when a session is put aside.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Snooze {
    /// Within a year; `null`: until the customer writes, which ends every snooze.
    until: Option<Time>,
}

/// Puts a session aside: it leaves the caller's lists and comes back at its time, or when the
/// customer writes.
#[utoipa::path(post, path = "/sessions/{id}/snooze", tag = "sessions",
    params(("id" = SessionId, Path)), request_body = Snooze,
    responses((status = 200, body = Session), Problems))]
async fn snooze_session(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
    Json(snooze): Json<Snooze>,
) -> Result<Json<Session>> {
    let change = ListChange::Snooze(snooze.until);
    Ok(Json(sessions::change_list(&app, &caller, id, change).await?))
}

/// Ends the caller's snooze.
#[utoipa::path(post, path = "/sessions/{id}/wake", tag = "sessions",
    params(("id" = SessionId, Path)), responses((status = 200, body = Session), Problems))]
async fn wake_session(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
) -> Result<Json<Session>> {
    Ok(Json(sessions::change_list(&app, &caller, id, ListChange::Wake).await?))
}

/// Makes a session quiet for the caller: it is never bold and tells nothing.
#[utoipa::path(post, path = "/sessions/{id}/mute", tag = "sessions",
    params(("id" = SessionId, Path)), responses((status = 200, body = Session), Problems))]
async fn mute_session(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
) -> Result<Json<Session>> {
    Ok(Json(sessions::change_list(&app, &caller, id, ListChange::Mute).await?))
}

/// Lets a session be heard by the caller again.
#[utoipa::path(post, path = "/sessions/{id}/unmute", tag = "sessions",
    params(("id" = SessionId, Path)), responses((status = 200, body = Session), Problems))]
async fn unmute_session(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
) -> Result<Json<Session>> {
    Ok(Json(sessions::change_list(&app, &caller, id, ListChange::Unmute).await?))
}

/// Marks a session as unread for the caller.
#[utoipa::path(post, path = "/sessions/{id}/unread", tag = "sessions",
    params(("id" = SessionId, Path)), responses((status = 200, body = Session), Problems))]
async fn mark_session_unread(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
) -> Result<Json<Session>> {
    Ok(Json(sessions::change_list(&app, &caller, id, ListChange::MarkUnread).await?))
}

/// Takes back what the caller did to a session last: a pick-up, take-over, transfer, end, archive
/// or removal. Within ten seconds, if nobody acted and nothing came since.
#[utoipa::path(post, path = "/sessions/{id}/undo", tag = "sessions",
    params(("id" = SessionId, Path)), responses((status = 200, body = Session), Problems))]
async fn undo_on_session(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
) -> Result<Json<Session>> {
    Ok(Json(sessions::undo(&app, &caller, id).await?))
}

/// One thing to do to many sessions.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Bulk {
    /// 1 to 200 sessions.
    ids: Vec<SessionId>,
    /// What to do.
    operation: BulkOperation,
}

/// What became of one of many sessions.
#[derive(Debug, Serialize, ToSchema)]
struct BulkResult {
    /// The session.
    id: SessionId,
    /// Why it was refused; `null`: it was done.
    refused: Option<BulkRefusal>,
}

/// Why one of many was refused.
#[derive(Debug, Serialize, ToSchema)]
struct BulkRefusal {
    /// For machines.
    code: Code,
    /// A sentence for people.
    message: String,
}

/// What became of many sessions.
#[derive(Debug, Serialize, ToSchema)]
struct BulkAnswer {
    /// In the order in which they were given.
    results: Vec<BulkResult>,
}

/// Does one thing to many sessions. Each is done or refused for itself.
#[utoipa::path(post, path = "/sessions/bulk", tag = "sessions", request_body = Bulk,
    responses((status = 200, body = BulkAnswer), Problems))]
async fn change_sessions(
    State(app): State<App>,
    caller: Caller,
    Json(bulk): Json<Bulk>,
) -> Result<Json<BulkAnswer>> {
    let mut fields = Fields::new();
    if let BulkOperation::Transfer { note, .. } = &bulk.operation {
        fields.text("operation.note", note, 20_000);
    }
    fields.finish()?;
    let done = sessions::bulk(&app, &caller, bulk.ids, &bulk.operation).await?;
    let results = done.into_iter().map(|(id, done)| {
        let refused = done.err().map(|error| {
            let Problem { code, message, .. } = Problem::from(error);
            BulkRefusal { code, message }
        });
        BulkResult { id, refused }
    });
    Ok(Json(BulkAnswer { results: results.collect() }))
}

/// A sentence for whoever has the session.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Ask {
    /// Why ("She is on the telephone with me").
    #[schema(min_length = 1, max_length = 500)]
    text: String,
}

/// Asks whoever has a session to transfer it. For those who were refused with `ask_id`.
#[utoipa::path(post, path = "/sessions/{id}/ask", tag = "sessions",
    params(("id" = SessionId, Path)), request_body = Ask,
    responses((status = 204), Problems))]
async fn ask_for_session(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
    Json(ask): Json<Ask>,
) -> Result<StatusCode> {
    let mut fields = Fields::new();
    let text = fields.line("text", &ask.text, 1, 500);
    fields.finish()?;
    sessions::ask(&app, &caller, id, text).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// How a transcript is written.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct TranscriptQuery {
    /// Time zone of its times ("Europe/Berlin"); without it UTC.
    #[param(max_length = 64)]
    zone: Option<String>,
}

/// The whole session as a text. A supervisor's look is recorded as for a thread.
#[utoipa::path(get, path = "/sessions/{id}/transcript", tag = "sessions",
    params(("id" = SessionId, Path), TranscriptQuery),
    responses((status = 200, body = String, content_type = "text/plain"), Problems))]
async fn get_transcript(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
    Query(query): Query<TranscriptQuery>,
) -> Result<Response> {
    let zone = match query.zone.as_deref() {
        None => TimeZone::UTC,
        Some(name) => TimeZone::get(name)
            .map_err(|_| Error::field("zone", "Name a time zone such as Europe/Berlin."))?,
    };
    let (session, text) = sessions::transcript(&app, &caller, id, zone).await?;
    let who = session.customer();
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    if let Ok(value) = HeaderValue::from_str(&media::disposition(&format!("{who}.txt"))) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
