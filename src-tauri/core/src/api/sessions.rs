//! Sessions: lists, counts, and what people do to them.

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
use crate::error::{Error, Result};
use crate::fields::Fields;
use crate::model::{
    ChannelId, Destination, Direction, Folder, FolderCounts, Holding, LabelId, Message, NewSession,
    QueueId, Session, SessionFilter, SessionId, SessionPage, SessionSort, SessionStatus, Time,
};
use crate::sessions::{self, Given, ListChange};
use crate::store::events as event_log;
use crate::store::session_lists::{self, Place, Wanted};

/// Sessions in a page unless asked otherwise.
const PAGE: u32 = 50;
/// Sessions in a page at most.
const PAGE_LIMIT: u32 = 200;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_sessions, start_session))
        .routes(routes!(count_sessions))
        .routes(routes!(get_session))
        .routes(routes!(pick_up_session))
        .routes(routes!(take_over_session))
        .routes(routes!(transfer_session))
        .routes(routes!(end_session))
        .routes(routes!(archive_session))
        .routes(routes!(unarchive_session))
        .routes(routes!(remove_session))
        .routes(routes!(mark_session_seen))
        .merge(super::session_lists::routes())
        .routes(routes!(lift_opt_out))
}

/// Which sessions are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ListQuery {
    /// Which folder.
    folder: Folder,
    /// Only sessions whose customer or last message contains this.
    #[serde(default)]
    #[param(max_length = 200)]
    q: Option<String>,
    /// Only sessions that came through this queue.
    queue: Option<QueueId>,
    /// Only sessions of this channel.
    channel: Option<ChannelId>,
    /// Only sessions that these have: `me`, `none`, or the id of a user.
    #[param(value_type = Option<String>)]
    owner: Option<Holding>,
    /// Only sessions with all of these labels: ids with commas between them.
    #[param(max_length = 740)]
    label: Option<String>,
    /// Only open or only closed ones. What is closed is under `archived`, and, for supervisors, `all`.
    status: Option<SessionStatus>,
    /// Only sessions with something that the caller has not seen.
    #[serde(default)]
    unread: bool,
    /// Only sessions whose customer waits for an answer.
    #[serde(default)]
    unanswered: bool,
    /// Only sessions with a file.
    #[serde(default)]
    has_file: bool,
    /// Only sessions in which nothing was said at this time or later.
    before: Option<Time>,
    /// Only sessions in which something was said at this time or later.
    after: Option<Time>,
    /// Only sessions whose last message went this way: `in` or `out`.
    direction: Option<Direction>,
    /// The order; without it the folder's own. Stays the same from page to page.
    sort: Option<SessionSort>,
    /// `next` of the page before.
    #[param(max_length = 100)]
    cursor: Option<String>,
    /// At most this many, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// A folder of the inbox, a page at a time.
#[utoipa::path(get, path = "/sessions", tag = "sessions", params(ListQuery),
    responses((status = 200, body = SessionPage), Problems))]
async fn list_sessions(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ListQuery>,
) -> Result<Json<SessionPage>> {
    let mut fields = Fields::new();
    let limit = query.limit.unwrap_or(PAGE);
    if !(1..=PAGE_LIMIT).contains(&limit) {
        fields.refuse("limit", "Ask for 1 to 200 sessions.");
    }
    let after = query.cursor.as_deref().map(read_place).transpose().unwrap_or_else(|_| {
        fields.refuse("cursor", "Give back the `next` of the page before.");
        None
    });
    let (folder, sort) = (query.folder, query.sort);
    let filter = query.filter(&mut fields);
    fields.finish()?;
    let said = crate::search::sessions_with(&app, &caller, &filter.q).await?;
    let wanted = Wanted { folder, filter, said, sort, after, limit };
    let page = app
        .db()
        .read(move |connection| {
            let (sessions, next) = session_lists::page(connection, &caller, &wanted)?;
            let event_seq = event_log::last(connection)?;
            Ok(SessionPage { sessions, next: next.map(write_place), event_seq })
        })
        .await?;
    Ok(Json(page))
}

impl ListQuery {
    /// What the list is narrowed to.
    fn filter(self, fields: &mut Fields) -> SessionFilter {
        let ids = self.label.as_deref().unwrap_or_default().split(',').filter(|id| !id.is_empty());
        let labels = ids.map(str::parse).collect::<Result<Vec<LabelId>>>().unwrap_or_else(|_| {
            fields.refuse("label", "Give ids of labels, with commas between them.");
            Vec::new()
        });
        let filter = SessionFilter {
            q: self.q.unwrap_or_default(),
            channel: self.channel,
            queue: self.queue,
            owner: self.owner,
            labels,
            status: self.status,
            unread: self.unread,
            unanswered: self.unanswered,
            has_file: self.has_file,
            before: self.before,
            after: self.after,
            direction: self.direction,
        };
        crate::views::check(fields, filter)
    }
}

fn write_place(place: Place) -> String {
    format!("{}_{}", place.key, place.id)
}

fn read_place(text: &str) -> Result<Place> {
    let (key, id) = text.split_once('_').ok_or_else(|| Error::unreadable(text))?;
    let key = key.parse().map_err(|_| Error::unreadable(text))?;
    Ok(Place { key, id: id.parse()? })
}

/// How many sessions wait where.
#[utoipa::path(get, path = "/sessions/counts", tag = "sessions",
    responses((status = 200, body = FolderCounts), Problems))]
async fn count_sessions(State(app): State<App>, caller: Caller) -> Result<Json<FolderCounts>> {
    let counts =
        app.db().read(move |connection| session_lists::counts(connection, &caller)).await?;
    Ok(Json(counts))
}

/// A session and its first message.
#[derive(Debug, Serialize, ToSchema)]
struct StartedSession {
    /// The session.
    session: Session,
    /// The message.
    message: Message,
}

/// Starts a session with its first message; continues the open one if the caller holds it.
#[utoipa::path(post, path = "/sessions", tag = "sessions", request_body = NewSession,
    responses((status = 201, body = StartedSession), Problems))]
async fn start_session(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<NewSession>,
) -> Result<(StatusCode, Json<StartedSession>)> {
    let mut fields = Fields::new();
    let to = fields.line("to", &new.to, 2, 64);
    let text = fields.text("text", &new.text, 20_000);
    fields.finish()?;
    let started = crate::starts::start(&app, &caller, NewSession { to, text, ..new }).await?;
    let started = StartedSession { session: started.session, message: started.message };
    Ok((StatusCode::CREATED, Json(started)))
}

/// One session, as a list shows it. Reading its messages is what counts as a look.
#[utoipa::path(get, path = "/sessions/{id}", tag = "sessions", params(("id" = SessionId, Path)),
    responses((status = 200, body = Session), Problems))]
async fn get_session(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
) -> Result<Json<Session>> {
    let session = app.db().read(move |connection| sessions::see(connection, &caller, id)).await?;
    Ok(Json(session))
}

/// Makes the caller the owner of a session that waits.
#[utoipa::path(post, path = "/sessions/{id}/pick-up", tag = "sessions",
    params(("id" = SessionId, Path)), responses((status = 200, body = Session), Problems))]
async fn pick_up_session(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
) -> Result<Json<Session>> {
    Ok(Json(sessions::pick_up(&app, &caller, id).await?))
}

/// Makes a supervisor or administrator the owner, whoever has it; shared sessions stay shared.
#[utoipa::path(post, path = "/sessions/{id}/take-over", tag = "sessions",
    params(("id" = SessionId, Path)), responses((status = 200, body = Session), Problems))]
async fn take_over_session(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
) -> Result<Json<Session>> {
    Ok(Json(sessions::take_over(&app, &caller, id).await?))
}

/// To whom a session goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Transfer {
    /// A colleague or a queue.
    to: Destination,
    /// A note that goes along.
    #[serde(default)]
    #[schema(max_length = 20000)]
    note: Option<String>,
    /// Whether the caller reads on and may write notes, as if a note had named them. Supervisors
    /// read anyhow.
    #[serde(default)]
    follow: bool,
}

/// Gives a session to a colleague or a queue, with its whole history.
#[utoipa::path(post, path = "/sessions/{id}/transfer", tag = "sessions",
    params(("id" = SessionId, Path)), request_body = Transfer,
    responses((status = 204), Problems))]
async fn transfer_session(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
    Json(transfer): Json<Transfer>,
) -> Result<StatusCode> {
    let mut fields = Fields::new();
    let note = fields.text("note", transfer.note.as_deref().unwrap_or_default(), 20_000);
    fields.finish()?;
    let given = Given { to: transfer.to, note: Some(note), follow: transfer.follow };
    sessions::transfer(&app, &caller, id, given).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Ends a session that the caller holds; the customer's next message opens a new one.
#[utoipa::path(post, path = "/sessions/{id}/end", tag = "sessions",
    params(("id" = SessionId, Path)), responses((status = 200, body = Session), Problems))]
async fn end_session(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
) -> Result<Json<Session>> {
    Ok(Json(sessions::end(&app, &caller, id).await?))
}

/// Puts a session into the caller's archive.
#[utoipa::path(post, path = "/sessions/{id}/archive", tag = "sessions",
    params(("id" = SessionId, Path)), responses((status = 200, body = Session), Problems))]
async fn archive_session(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
) -> Result<Json<Session>> {
    Ok(Json(sessions::change_list(&app, &caller, id, ListChange::Archive).await?))
}

/// Takes a session out of the caller's archive.
#[utoipa::path(post, path = "/sessions/{id}/unarchive", tag = "sessions",
    params(("id" = SessionId, Path)), responses((status = 200, body = Session), Problems))]
async fn unarchive_session(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
) -> Result<Json<Session>> {
    Ok(Json(sessions::change_list(&app, &caller, id, ListChange::Unarchive).await?))
}

/// Hides a session from the caller's lists until the customer writes again.
#[utoipa::path(post, path = "/sessions/{id}/remove", tag = "sessions",
    params(("id" = SessionId, Path)), responses((status = 200, body = Session), Problems))]
async fn remove_session(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
) -> Result<Json<Session>> {
    Ok(Json(sessions::change_list(&app, &caller, id, ListChange::Remove).await?))
}

/// How far the caller has read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Seen {
    /// `seq` of the last message that was on screen.
    #[schema(minimum = 0)]
    seq: i64,
}

/// Remembers how far the caller has read.
#[utoipa::path(post, path = "/sessions/{id}/read", tag = "sessions",
    params(("id" = SessionId, Path)), request_body = Seen,
    responses((status = 204), Problems))]
async fn mark_session_seen(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
    Json(seen): Json<Seen>,
) -> Result<StatusCode> {
    if seen.seq < 0 {
        return Err(Error::field("seq", "Give the place of a message."));
    }
    sessions::mark_seen(&app, &caller, id, seen.seq).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Why an opt-out is lifted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Lift {
    /// A sentence for the timeline ("She asked for it on the telephone.").
    #[schema(min_length = 3, max_length = 500)]
    reason: String,
}

/// Lifts the opt-out of a session's customer. Supervisors and administrators only; the reason
/// stands in the timeline.
#[utoipa::path(post, path = "/sessions/{id}/lift-opt-out", tag = "sessions",
    params(("id" = SessionId, Path)), request_body = Lift,
    responses((status = 200, body = Session), Problems))]
async fn lift_opt_out(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
    Json(lift): Json<Lift>,
) -> Result<Json<Session>> {
    let mut fields = Fields::new();
    let reason = fields.line("reason", &lift.reason, 3, 500);
    fields.finish()?;
    Ok(Json(crate::optouts::lift(&app, &caller, id, reason).await?))
}
