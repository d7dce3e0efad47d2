//! Drafts: what people have begun to write.

use axum::extract::State;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path};
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::drafts;
use crate::error::Result;
use crate::fields::Fields;
use crate::model::{Draft, DraftInput, KeptDraft, SessionDrafts, SessionId};

/// Files and named colleagues in one draft at most.
const MOST: usize = 20;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_drafts))
        .routes(routes!(list_session_drafts))
        .routes(routes!(keep_draft))
}

/// The caller's drafts, the newest first, on whichever device they were written.
#[utoipa::path(get, path = "/drafts", tag = "drafts",
    responses((status = 200, body = Vec<Draft>), Problems))]
async fn list_drafts(State(app): State<App>, caller: Caller) -> Result<Json<Vec<Draft>>> {
    Ok(Json(drafts::mine(&app, &caller).await?))
}

/// The caller's drafts in a session, of an answer and of a note, and what colleagues have begun there.
#[utoipa::path(get, path = "/sessions/{id}/drafts", tag = "drafts",
    params(("id" = SessionId, Path)), responses((status = 200, body = SessionDrafts), Problems))]
async fn list_session_drafts(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
) -> Result<Json<SessionDrafts>> {
    Ok(Json(drafts::of_session(&app, &caller, id).await?))
}

/// Keeps what the caller has written so far as an answer or as a note; without text and files there is no draft any more.
/// The newest wins; `replaced` holds what another device had written meanwhile.
#[utoipa::path(put, path = "/sessions/{id}/draft", tag = "drafts",
    params(("id" = SessionId, Path)), request_body = DraftInput,
    responses((status = 200, body = KeptDraft), Problems))]
async fn keep_draft(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
    Json(input): Json<DraftInput>,
) -> Result<Json<KeptDraft>> {
    let mut fields = Fields::new();
    let text = fields.text("text", &input.text, 20_000);
    if input.file_ids.len() > MOST {
        fields.refuse("file_ids", "Send at most 20 files in one message.");
    }
    if input.mentions.len() > MOST {
        fields.refuse("mentions", "Name at most 20 colleagues in one note.");
    }
    if input.base < 0 {
        fields.refuse("base", "Give the version that this draft continues.");
    }
    fields.finish()?;
    Ok(Json(drafts::keep(&app, &caller, id, DraftInput { text, ..input }).await?))
}
