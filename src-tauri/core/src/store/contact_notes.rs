//! Dated notes about contacts.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::messages::Author;
use crate::error::{Error, Result};
use crate::model::{ContactId, ContactNote, ContactNoteId, Time};

const SELECT: &str = "SELECT id, contact_id, author_id, author_name, text, created_at, changed_at \
    FROM contact_notes";

/// The notes about a contact, newest first; with `before` those that are older than that one.
pub fn of_contact(
    connection: &Connection,
    contact: ContactId,
    before: Option<&ContactNote>,
    limit: u32,
) -> Result<Vec<ContactNote>> {
    let mut statement = connection.prepare_cached(&format!(
        "{SELECT} WHERE contact_id = ?1 AND (?2 IS NULL OR (created_at, id) < (?2, ?3)) \
         ORDER BY created_at DESC, id DESC LIMIT ?4"
    ))?;
    let place = before.map(|note| note.created_at);
    let rows =
        statement.query_map(params![contact, place, before.map(|note| note.id), limit], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One note.
pub fn get(connection: &Connection, id: ContactNoteId) -> Result<ContactNote> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?;
    statement.query_row([id], read).optional()?.ok_or(Error::NotFound("note"))
}

fn read(row: &Row<'_>) -> rusqlite::Result<ContactNote> {
    Ok(ContactNote {
        id: row.get(0)?,
        contact_id: row.get(1)?,
        author_id: row.get(2)?,
        author_name: row.get(3)?,
        text: row.get(4)?,
        created_at: row.get(5)?,
        changed_at: row.get(6)?,
    })
}

/// Adds a note.
pub fn insert(
    connection: &Connection,
    contact: ContactId,
    author: &Author,
    text: &str,
    now: Time,
) -> Result<ContactNoteId> {
    let id = ContactNoteId::new();
    connection
        .prepare_cached(
            "INSERT INTO contact_notes (id, contact_id, author_id, author_name, text, created_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![id, contact, author.id, author.name, text, now])?;
    Ok(id)
}

/// Changes what a note says.
pub fn update(connection: &Connection, id: ContactNoteId, text: &str, now: Time) -> Result<()> {
    connection
        .prepare_cached("UPDATE contact_notes SET text = ?2, changed_at = ?3 WHERE id = ?1")?
        .execute(params![id, text, now])?;
    Ok(())
}

/// Deletes a note.
pub fn delete(connection: &Connection, id: ContactNoteId) -> Result<()> {
    connection.prepare_cached("DELETE FROM contact_notes WHERE id = ?1")?.execute([id])?;
    Ok(())
}
