//! Dated notes about contacts.

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
use crate::contacts;
use crate::error::Result;
use crate::fields::Fields;
use crate::model::{ContactId, ContactNote, ContactNoteId};
use crate::store::{contact_notes as store, contacts as contact_store};

/// Notes that are shown.
const NOTES: u32 = 200;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_contact_notes, add_contact_note))
        .routes(routes!(change_contact_note, delete_contact_note))
}

/// The notes about a contact, newest first.
#[utoipa::path(get, path = "/contacts/{id}/notes", tag = "contacts",
    params(("id" = ContactId, Path)), responses((status = 200, body = Vec<ContactNote>), Problems))]
async fn list_contact_notes(
    State(app): State<App>,
    _caller: Caller,
    Path(id): Path<ContactId>,
) -> Result<Json<Vec<ContactNote>>> {
    let notes = app
        .db()
        .read(move |connection| {
            contact_store::get(connection, id)?;
            store::of_contact(connection, id, NOTES)
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
