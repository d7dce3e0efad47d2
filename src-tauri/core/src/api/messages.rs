//! Messages: threads, sending, and what people decide about a message.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path, Query};
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::error::Result;
use crate::fields::Fields;
use crate::model::{Message, MessageId, NewMessage, ScheduledChange, SessionId};
use crate::store::events as event_log;
use crate::store::messages::{self as store, Span};
use crate::{later, messages, sessions};

/// Messages in a part of a thread unless asked otherwise.
const PART: u32 = 40;
/// Messages in a part of a thread at most.
const PART_LIMIT: u32 = 200;
/// Files in one message at most; providers allow fewer.
const FILES_LIMIT: usize = 20;

/// Colleagues named in one note at most.
const NAMED_LIMIT: usize = 20;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_messages, send_message))
        .routes(routes!(get_message))
        .routes(routes!(retry_message))
        .routes(routes!(resolve_message))
        .routes(routes!(cancel_message))
        .routes(routes!(list_scheduled))
        .routes(routes!(change_scheduled))
        .routes(routes!(send_scheduled_now))
}

/// Which part of a thread is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ThreadQuery {
    /// What is older than this `seq`.
    #[param(minimum = 0)]
    before: Option<i64>,
    /// What is newer than this `seq`; not together with `before`.
    #[param(minimum = 0)]
    after: Option<i64>,
    /// What is at this `seq` and on both sides of it; not together with the others.
    #[param(minimum = 0)]
    around: Option<i64>,
    /// At most this many, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// Part of a thread.
#[derive(Debug, Serialize, ToSchema)]
struct Thread {
    /// Entries, oldest first.
    messages: Vec<Message>,
    /// Whether there is more on that side; older ones where the middle was asked for.
    more: bool,
    /// Whether there are newer ones, where the middle was asked for.
    newer: bool,
    /// With the end of a thread: messages that wait for their time, in its order.
    scheduled: Option<Vec<Message>>,
    /// Number of the last event that is contained in this answer.
    event_seq: i64,
}

/// Part of a thread; without `before`, `after` and `around` its end. A supervisor's look at a session that
/// is not theirs is recorded, once an hour.
#[utoipa::path(get, path = "/sessions/{id}/messages", tag = "messages",
    params(("id" = SessionId, Path), ThreadQuery),
    responses((status = 200, body = Thread), Problems))]
async fn list_messages(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
    Query(query): Query<ThreadQuery>,
) -> Result<Json<Thread>> {
    let mut fields = Fields::new();
    let span = match (query.before, query.after, query.around) {
        (None, None, None) => Span::Last,
        (Some(seq), None, None) => Span::Before(seq),
        (None, Some(seq), None) => Span::After(seq),
        (None, None, Some(seq)) => Span::Around(seq),
        _ => {
            fields.refuse("after", "Ask for what is before, after or around, only one of them.");
            Span::Last
        }
    };
    let places = [query.before, query.after, query.around];
    if places.iter().any(|place| place.is_some_and(|seq| seq < 0)) {
        fields.refuse("before", "Give the place of a message.");
    }
    let limit = query.limit.unwrap_or(PART);
    if !(1..=PART_LIMIT).contains(&limit) {
        fields.refuse("limit", "Ask for 1 to 200 messages.");
    }
    fields.finish()?;
    sessions::look(&app, &caller, id).await?;
    let thread = app
        .db()
        .read(move |connection| {
            sessions::see(connection, &caller, id)?;
            let part = store::of_session(connection, id, span, limit)?;
            let event_seq = event_log::last(connection)?;
            let store::Part { messages, more, newer } = part;
            let scheduled = match span {
                Span::Last => Some(later::waiting(connection, &caller, id)?),
                Span::Before(_) | Span::After(_) | Span::Around(_) => None,
            };
            Ok(Thread { messages, more, newer, scheduled, event_seq })
        })
        .await?;
    Ok(Json(thread))
}

/// Queues a message, or keeps a note. The same client key again answers the same message with 200.
/// With `after_seq`, an answer is refused as `newer_arrived` if a colleague answered since.
#[utoipa::path(post, path = "/sessions/{id}/messages", tag = "messages",
    params(("id" = SessionId, Path)), request_body = NewMessage,
    responses((status = 201, body = Message), (status = 200, body = Message), Problems))]
async fn send_message(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
    Json(new): Json<NewMessage>,
) -> Result<(StatusCode, Json<Message>)> {
    let mut fields = Fields::new();
    let text = fields.text("text", &new.text, 20_000);
    if new.file_ids.len() > FILES_LIMIT {
        fields.refuse("file_ids", "Send at most 20 files in one message.");
    }
    if new.mentions.len() > NAMED_LIMIT {
        fields.refuse("mentions", "Name at most 20 colleagues in one note.");
    }
    if new.after_seq.is_some_and(|seq| seq < 0) {
        fields.refuse("after_seq", "Give the place of a message.");
    }
    fields.finish()?;
    let queued = messages::send(&app, &caller, id, NewMessage { text, ..new }).await?;
    let status = if queued.new { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(queued.message)))
}

/// One message. A supervisor's look is recorded as for a thread.
#[utoipa::path(get, path = "/messages/{id}", tag = "messages", params(("id" = MessageId, Path)),
    responses((status = 200, body = Message), Problems))]
async fn get_message(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<MessageId>,
) -> Result<Json<Message>> {
    let asking = caller.clone();
    let message = app.db().read(move |connection| messages::see(connection, &asking, id)).await?;
    sessions::look(&app, &caller, message.session_id).await?;
    Ok(Json(message))
}

/// Sends a failed message again.
#[utoipa::path(post, path = "/messages/{id}/retry", tag = "messages",
    params(("id" = MessageId, Path)), responses((status = 200, body = Message), Problems))]
async fn retry_message(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<MessageId>,
) -> Result<Json<Message>> {
    Ok(Json(messages::retry(&app, &caller, id).await?))
}

/// What a person knows of an uncertain message.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Resolution {
    /// `true`: it arrived; `false`: send it again.
    arrived: bool,
}

/// Decides what became of an uncertain message.
#[utoipa::path(post, path = "/messages/{id}/resolve", tag = "messages",
    params(("id" = MessageId, Path)), request_body = Resolution,
    responses((status = 200, body = Message), Problems))]
async fn resolve_message(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<MessageId>,
    Json(resolution): Json<Resolution>,
) -> Result<Json<Message>> {
    Ok(Json(messages::resolve(&app, &caller, id, resolution.arrived).await?))
}

/// Takes back a message that has not left.
#[utoipa::path(post, path = "/messages/{id}/cancel", tag = "messages",
    params(("id" = MessageId, Path)), responses((status = 200, body = Message), Problems))]
async fn cancel_message(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<MessageId>,
) -> Result<Json<Message>> {
    Ok(Json(messages::cancel(&app, &caller, id).await?))
}

/// Messages that wait for their time, in its order. A supervisor's look is recorded as for a thread.
#[utoipa::path(get, path = "/sessions/{id}/scheduled", tag = "messages",
    params(("id" = SessionId, Path)), responses((status = 200, body = Vec<Message>), Problems))]
async fn list_scheduled(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
) -> Result<Json<Vec<Message>>> {
    Ok(Json(later::list(&app, &caller, id).await?))
}

/// Gives a scheduled message another time, other words or another condition. Words are for who may
/// answer the session now; time and condition also for its author and supervisors.
#[utoipa::path(patch, path = "/messages/{id}", tag = "messages", params(("id" = MessageId, Path)),
    request_body = ScheduledChange, responses((status = 200, body = Message), Problems))]
async fn change_scheduled(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<MessageId>,
    Json(change): Json<ScheduledChange>,
) -> Result<Json<Message>> {
    let mut fields = Fields::new();
    let text = change.text.as_deref().map(|text| fields.text("text", text, 20_000));
    fields.finish()?;
    let change = ScheduledChange { text, ..change };
    Ok(Json(later::change(&app, &caller, id, change).await?))
}

/// Sends a scheduled message at once: for who may answer the session now.
#[utoipa::path(post, path = "/messages/{id}/send-now", tag = "messages",
    params(("id" = MessageId, Path)), responses((status = 200, body = Message), Problems))]
async fn send_scheduled_now(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<MessageId>,
) -> Result<Json<Message>> {
    Ok(Json(later::send_now(&app, &caller, id).await?))
}
