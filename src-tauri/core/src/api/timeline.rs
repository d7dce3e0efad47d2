//! A session as a whole: its timeline, what was shared in it, and the sessions before it.

use axum::extract::State;
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
use crate::model::{ContactFile, ContactLink, Message, Session, SessionId};
use crate::sessions;

/// Entries of a part unless asked otherwise.
const PART: u32 = 60;
/// Entries of a part at most.
const PART_LIMIT: u32 = 200;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_timeline))
        .routes(routes!(list_shared))
        .routes(routes!(list_earlier))
}

/// Which part is wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct PartQuery {
    /// What is older than this `seq`; without it the newest.
    #[param(minimum = 0)]
    before: Option<i64>,
    /// At most this many, 1 to 200.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

impl PartQuery {
    fn checked(&self) -> Result<(i64, u32)> {
        let mut fields = Fields::new();
        let before = self.before.unwrap_or(i64::MAX);
        if before < 0 {
            fields.refuse("before", "Give the place of an entry.");
        }
        let limit = self.limit.unwrap_or(PART);
        if !(1..=PART_LIMIT).contains(&limit) {
            fields.refuse("limit", "Ask for 1 to 200 entries.");
        }
        fields.finish()?;
        Ok((before, limit))
    }
}

/// Part of what was done in a session.
#[derive(Debug, Serialize, ToSchema)]
struct Timeline {
    /// Events and notes, newest first.
    entries: Vec<Message>,
    /// Whether there are older ones.
    more: bool,
}

/// What was done in a session: its events and notes, newest first. A supervisor's look is recorded
/// as for a thread.
#[utoipa::path(get, path = "/sessions/{id}/timeline", tag = "sessions",
    params(("id" = SessionId, Path), PartQuery),
    responses((status = 200, body = Timeline), Problems))]
async fn get_timeline(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
    Query(query): Query<PartQuery>,
) -> Result<Json<Timeline>> {
    let (before, limit) = query.checked()?;
    let (entries, more) = sessions::timeline(&app, &caller, id, before, limit).await?;
    Ok(Json(Timeline { entries, more }))
}

/// Part of what was shared in a session.
#[derive(Debug, Serialize, ToSchema)]
struct SharedPart {
    /// Files, newest first.
    files: Vec<ContactFile>,
    /// Links, newest first, each once.
    links: Vec<ContactLink>,
    /// Give this as `before` to get what is older; `null`: there is nothing. A part may be empty
    /// and still have something before it.
    next: Option<i64>,
}

/// Files and links of a session, newest first. A supervisor's look is recorded as for a thread.
#[utoipa::path(get, path = "/sessions/{id}/shared", tag = "sessions",
    params(("id" = SessionId, Path), PartQuery),
    responses((status = 200, body = SharedPart), Problems))]
async fn list_shared(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
    Query(query): Query<PartQuery>,
) -> Result<Json<SharedPart>> {
    let (before, limit) = query.checked()?;
    let (shared, next) = sessions::shared(&app, &caller, id, before, limit).await?;
    Ok(Json(SharedPart { files: shared.files, links: shared.links, next }))
}

/// The sessions with the same customer on the same number before this one that the caller may see,
/// newest first, 20 at most. Those that they may not see are not told of.
#[utoipa::path(get, path = "/sessions/{id}/earlier", tag = "sessions",
    params(("id" = SessionId, Path)),
    responses((status = 200, body = Vec<Session>), Problems))]
async fn list_earlier(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
) -> Result<Json<Vec<Session>>> {
    Ok(Json(sessions::earlier(&app, &caller, id).await?))
}
