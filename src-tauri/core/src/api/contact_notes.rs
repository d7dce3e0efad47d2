//! Dated notes about contacts.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path, Query};
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::contacts;
use crate::error::{Error, Result};
use crate::fields::Fields;
use crate::model::{ContactId, ContactNote, ContactNoteId};
use crate::store::{contact_notes as store, contacts as contact_store};

/// Notes that are given at once, unless asked otherwise and at most.
const NOTES: u32 = 200;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_contact_notes, add_contact_note))
        .routes(routes!(change_contact_note, delete_contact_note))
}

/// Which notes are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct NotesQuery {
    /// Those that are older than this note.
    before: Option<ContactNoteId>,
    /// At most this many, 1 to 200; 200 if it is left out. As many as that: there may be more.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// The notes about a contact, newest first.
#[utoipa::path(get, path = "/contacts/{id}/notes", tag = "contacts",
    params(("id" = ContactId, Path), NotesQuery), responses((status = 200, body = Vec<ContactNote>), Problems))]
async fn list_contact_notes(
    State(app): State<App>,
    _caller: Caller,
    Path(id): Path<ContactId>,
    Query(query): Query<NotesQuery>,
) -> Result<Json<Vec<ContactNote>>> {
    let limit = query.limit.unwrap_or(NOTES);
    if !(1..=NOTES).contains(&limit) {
        return Err(Error::field("limit", "Ask for 1 to 200 notes."));
    }
    let notes = app
        .db()
        .read(move |connection| {
            contact_store::get(connection, id)?;
            let before = query.before.map(|note| store::get(connection, note)).transpose()?;
            if before.as_ref().is_some_and(|note| note.contact_id != id) {
                return Err(Error::NotFound("note"));
            }
            store::of_contact(connection, id, before.as_ref(), limit)
        })
        .await?;
    Ok(Json(notes))
}

/// What a note says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NoteText {
    /// The text.
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
}

impl NoteText {
    fn checked(&self) -> Result<String> {
        let mut fields = Fields::new();
        let text = fields.text("text", self.text.trim(), 4_000);
        if text.is_empty() {
            fields.refuse("text", "Write something first.");
        }
        fields.finish()?;
        Ok(text)
    }
}

/// Adds a note about a contact.
#[utoipa::path(post, path = "/contacts/{id}/notes", tag = "contacts",
    params(("id" = ContactId, Path)), request_body = NoteText,
    responses((status = 201, body = ContactNote), Problems))]
async fn add_contact_note(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactId>,
    Json(note): Json<NoteText>,
) -> Result<(StatusCode, Json<ContactNote>)> {
    let text = note.checked()?;
    Ok((StatusCode::CREATED, Json(contacts::add_note(&app, &caller, id, text).await?)))
}

/// Changes the caller's own note.
#[utoipa::path(patch, path = "/contacts/{id}/notes/{note}", tag = "contacts",
    params(("id" = ContactId, Path), ("note" = ContactNoteId, Path)), request_body = NoteText,
    responses((status = 200, body = ContactNote), Problems))]
async fn change_contact_note(
    State(app): State<App>,
    caller: Caller,
    Path((id, note)): Path<(ContactId, ContactNoteId)>,
    Json(change): Json<NoteText>,
) -> Result<Json<ContactNote>> {
    let text = change.checked()?;
    Ok(Json(contacts::change_note(&app, &caller, id, note, text).await?))
}

/// Deletes a note: its author may, and supervisors.
#[utoipa::path(delete, path = "/contacts/{id}/notes/{note}", tag = "contacts",
    params(("id" = ContactId, Path), ("note" = ContactNoteId, Path)),
    responses((status = 204), Problems))]
async fn delete_contact_note(
    State(app): State<App>,
    caller: Caller,
    Path((id, note)): Path<(ContactId, ContactNoteId)>,
) -> Result<StatusCode> {
    contacts::remove_note(&app, &caller, id, note).await?;
    Ok(StatusCode::NO_CONTENT)
}
