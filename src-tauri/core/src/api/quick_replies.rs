//! Quick replies: mine, those of the team, those of my queues.

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
use crate::error::{Error, Result};
use crate::model::{ExistingReplies, ImportedReplies, QuickReply, QuickReplyEntry, QuickReplyId};
use crate::quick_replies;

/// Quick replies brought in at once.
const IMPORT_LIMIT: usize = 1_000;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_quick_replies, create_quick_reply))
        .routes(routes!(import_quick_replies))
        .routes(routes!(replace_quick_reply, delete_quick_reply))
        .routes(routes!(count_quick_reply))
}

/// The quick replies that I have, by name, with my uses of each.
#[utoipa::path(get, path = "/quick-replies", tag = "quick replies",
    responses((status = 200, body = Vec<QuickReply>), Problems))]
async fn list_quick_replies(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<Vec<QuickReply>>> {
    Ok(Json(quick_replies::list(&app, &caller).await?))
}

/// Adds a quick reply: of my own, or as a supervisor for the team or a queue.
#[utoipa::path(post, path = "/quick-replies", tag = "quick replies",
    request_body = QuickReplyEntry, responses((status = 201, body = QuickReply), Problems))]
async fn create_quick_reply(
    State(app): State<App>,
    caller: Caller,
    Json(entry): Json<QuickReplyEntry>,
) -> Result<(StatusCode, Json<QuickReply>)> {
    let reply = quick_replies::create(&app, &caller, entry).await?;
    Ok((StatusCode::CREATED, Json(reply)))
}

/// Quick replies to bring in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ReplyImport {
    /// They, at most 1,000.
    replies: Vec<QuickReplyEntry>,
    /// What happens to those that are there already under the same name.
    existing: ExistingReplies,
}

/// Brings in many quick replies: all of them, or none.
#[utoipa::path(post, path = "/quick-replies/import", tag = "quick replies",
    request_body = ReplyImport, responses((status = 200, body = ImportedReplies), Problems))]
async fn import_quick_replies(
    State(app): State<App>,
    caller: Caller,
    Json(import): Json<ReplyImport>,
) -> Result<Json<ImportedReplies>> {
    if import.replies.len() > IMPORT_LIMIT {
        return Err(Error::field("replies", "Bring in at most 1,000 at once."));
    }
    let done = quick_replies::import(&app, &caller, import.replies, import.existing).await?;
    Ok(Json(done))
}

/// Makes a quick reply into what is given, whole.
#[utoipa::path(put, path = "/quick-replies/{id}", tag = "quick replies",
    params(("id" = QuickReplyId, Path)), request_body = QuickReplyEntry,
    responses((status = 200, body = QuickReply), Problems))]
async fn replace_quick_reply(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<QuickReplyId>,
    Json(entry): Json<QuickReplyEntry>,
) -> Result<Json<QuickReply>> {
    Ok(Json(quick_replies::replace(&app, &caller, id, entry).await?))
}

/// Deletes a quick reply. What was sent with it stays.
#[utoipa::path(delete, path = "/quick-replies/{id}", tag = "quick replies",
    params(("id" = QuickReplyId, Path)), responses((status = 204), Problems))]
async fn delete_quick_reply(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<QuickReplyId>,
) -> Result<StatusCode> {
    quick_replies::delete(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Counts that I used a quick reply: my list is sorted by that.
#[utoipa::path(post, path = "/quick-replies/{id}/use", tag = "quick replies",
    params(("id" = QuickReplyId, Path)), responses((status = 204), Problems))]
async fn count_quick_reply(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<QuickReplyId>,
) -> Result<StatusCode> {
    quick_replies::count_use(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
