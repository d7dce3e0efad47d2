//! Dated notes about a contact, by their authors.

use super::tell;
use crate::App;
use crate::access::Caller;
use crate::error::{Error, Result};
use crate::model::{ContactId, ContactNote, ContactNoteId};
use crate::store::contact_notes as store;
use crate::store::{Tx, contacts};

/// Adds a note about a contact.
pub async fn add_note(
    app: &App,
    caller: &Caller,
    contact: ContactId,
    text: String,
) -> Result<ContactNote> {
    let author = caller.author();
    app.db()
        .write(move |tx| {
            contacts::get(tx, contact)?;
            let now = tx.now();
            let id = store::insert(tx, contact, &author, &text, now)?;
            tell(tx, contact);
            store::get(tx, id)
        })
        .await
}

/// Changes what the caller's own note says.
pub async fn change_note(
    app: &App,
    caller: &Caller,
    contact: ContactId,
    id: ContactNoteId,
    text: String,
) -> Result<ContactNote> {
    let user = caller.user;
    app.db()
        .write(move |tx| {
            let note = of(tx, contact, id)?;
            if note.author_id != Some(user) {
                return Err(Error::Forbidden("only who wrote a note may change it"));
            }
            let now = tx.now();
            store::update(tx, id, &text, now)?;
            tell(tx, contact);
            store::get(tx, id)
        })
        .await
}

/// Deletes a note: its author may, and supervisors.
pub async fn remove_note(
    app: &App,
    caller: &Caller,
    contact: ContactId,
    id: ContactNoteId,
) -> Result<()> {
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let note = of(tx, contact, id)?;
            if note.author_id != Some(caller.user) && !caller.supervises() {
                return Err(Error::Forbidden(
                    "only a supervisor, or who wrote it, may delete a note",
                ));
            }
            store::delete(tx, id)?;
            tell(tx, contact);
            Ok(())
        })
        .await
}

/// The note, if it is about this contact.
fn of(tx: &Tx<'_>, contact: ContactId, id: ContactNoteId) -> Result<ContactNote> {
    let note = store::get(tx, id)?;
    if note.contact_id == contact { Ok(note) } else { Err(Error::NotFound("note")) }
}
