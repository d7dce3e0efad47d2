//! Contacts that became part of another: what they were, where their old ids lead, and how what
//! belonged to them goes there and back.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::contacts;
use crate::error::{Error, Result};
use crate::model::{
    Before, Blocked, ContactId, ContactMerge, ContactMergeId, ContactNoteId, MergeUndone,
    SessionId, Time, UserId,
};

/// Days for which two contacts can be taken apart again.
pub const DAYS: i64 = 90;

const SELECT: &str = "SELECT id, kept_id, merged_id, merged_name, at, by_id, by_name, \
    before IS NOT NULL AND undone_at IS NULL, undone_at, undone_by, undone_name FROM contact_merges";

fn read(row: &Row<'_>) -> rusqlite::Result<ContactMerge> {
    let at: Time = row.get(4)?;
    Ok(ContactMerge {
        id: row.get(0)?,
        kept_id: row.get(1)?,
        merged_id: row.get(2)?,
        merged_name: row.get(3)?,
        at,
        by_id: row.get(5)?,
        by_name: row.get(6)?,
        until: row.get::<_, bool>(7)?.then_some(at.saturating_add(DAYS * super::sessions::DAY)),
        undone: match row.get::<_, Option<Time>>(8)? {
            Some(at) => Some(MergeUndone {
                at,
                by_id: row.get(9)?,
                by_name: row.get::<_, Option<String>>(10)?.unwrap_or_default(),
            }),
            None => None,
        },
    })
}

/// The merges of a contact, newest first: those into it, and those in which it became part of
/// another.
pub fn of_contact(connection: &Connection, id: ContactId, limit: u32) -> Result<Vec<ContactMerge>> {
    let mut statement = connection.prepare_cached(&format!(
        "{SELECT} WHERE kept_id = ?1 OR merged_id = ?1 ORDER BY id DESC LIMIT ?2"
    ))?;
    let rows = statement.query_map(params![id, limit], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One merge.
pub fn get(connection: &Connection, id: ContactMergeId) -> Result<ContactMerge> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?;
    statement.query_row([id], read).optional()?.ok_or(Error::NotFound("merge"))
}

/// What two contacts were before; `None`: nobody knows any more.
pub fn before(connection: &Connection, id: ContactMergeId) -> Result<Option<Before>> {
    let mut statement =
        connection.prepare_cached("SELECT before FROM contact_merges WHERE id = ?1")?;
    let kept: Option<String> = statement.query_row([id], |row| row.get(0))?;
    kept.map(|json| parsed(&json)).transpose()
}

fn parsed(json: &str) -> Result<Before> {
    serde_json::from_str(json).map_err(|error| Error::Internal(error.to_string()))
}

fn written(before: &Before) -> Result<String> {
    serde_json::to_string(before).map_err(|error| Error::Internal(error.to_string()))
}

/// The standing merges into the same contact after this one, oldest first.
pub fn later(
    connection: &Connection,
    merge: &ContactMerge,
) -> Result<Vec<(ContactMergeId, Before)>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, before FROM contact_merges WHERE kept_id = ?1 AND id > ?2 \
         AND undone_at IS NULL AND before IS NOT NULL ORDER BY id",
    )?;
    let rows = statement
        .query_map(params![merge.kept_id, merge.id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<Vec<(ContactMergeId, String)>>>()?;
    rows.into_iter().map(|(id, json)| Ok((id, parsed(&json)?))).collect()
}

/// Who merged two contacts.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: &'a str,
}

/// Writes a merge down.
pub fn insert(
    connection: &Connection,
    [kept, merged]: [ContactId; 2],
    merged_name: &str,
    before: &Before,
    by: By<'_>,
    now: Time,
) -> Result<ContactMergeId> {
    let id = ContactMergeId::new();
    connection
        .prepare_cached(
            "INSERT INTO contact_merges \
             (id, kept_id, merged_id, merged_name, at, by_id, by_name, before) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![id, kept, merged, merged_name, now, by.id, by.name, written(before)?])?;
    Ok(id)
}

/// Writes down anew what a merge found: one before it was taken apart.
pub fn rewrite(connection: &Connection, id: ContactMergeId, before: &Before) -> Result<()> {
    connection
        .prepare_cached("UPDATE contact_merges SET before = ?2 WHERE id = ?1")?
        .execute(params![id, written(before)?])?;
    Ok(())
}

/// A merge was taken apart: what the two were is with them again.
pub fn set_undone(
    connection: &Connection,
    id: ContactMergeId,
    by: By<'_>,
    now: Time,
) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE contact_merges SET before = NULL, undone_at = ?2, undone_by = ?3, \
             undone_name = ?4 WHERE id = ?1",
        )?
        .execute(params![id, now, by.id, by.name])?;
    Ok(())
}

/// Of whom a contact became part, through all merges; `None`: of nobody who is there.
pub fn became(connection: &Connection, id: ContactId) -> Result<Option<(ContactId, String)>> {
    let mut statement = connection.prepare_cached(
        "WITH RECURSIVE road (id) AS (SELECT ?1 UNION \
            SELECT m.kept_id FROM road JOIN contact_merges m \
              ON m.merged_id = road.id AND m.undone_at IS NULL) \
         SELECT c.id, coalesce(nullif(c.name, ''), (SELECT i.address FROM identities i \
            WHERE i.contact_id = c.id ORDER BY i.created_at, i.id LIMIT 1), '') \
         FROM road JOIN contacts c ON c.id = road.id WHERE c.id <> ?1 LIMIT 1",
    )?;
    Ok(statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Whether another contact is part of this one.
pub fn holds_another(connection: &Connection, id: ContactId) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM contact_merges WHERE kept_id = ?1 AND undone_at IS NULL LIMIT 1",
    )?;
    Ok(statement.exists([id])?)
}

/// A contact was deleted: nothing is kept of those who were part of it, either.
pub fn forget(connection: &Connection, id: ContactId) -> Result<()> {
    connection
        .prepare_cached(
            "WITH RECURSIVE part (id) AS (SELECT ?1 UNION \
                SELECT m.merged_id FROM part JOIN contact_merges m \
                  ON m.kept_id = part.id AND m.undone_at IS NULL) \
             UPDATE contact_merges SET before = NULL, merged_name = '' \
             WHERE kept_id IN part OR (merged_id = ?1 AND undone_at IS NOT NULL)",
        )?
        .execute([id])?;
    connection
        .prepare_cached("DELETE FROM contact_distinct WHERE one_id = ?1 OR other_id = ?1")?
        .execute([id])?;
    Ok(())
}

/// What two contacts were is not kept for ever.
pub fn drop_old(connection: &Connection, now: Time) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE contact_merges SET before = NULL WHERE before IS NOT NULL AND at < ?1",
        )?
        .execute([now.saturating_sub(DAYS * super::sessions::DAY)])?;
    Ok(())
}

/// Ids of the notes about a contact.
pub fn notes_of(connection: &Connection, id: ContactId) -> Result<Vec<ContactNoteId>> {
    let mut statement =
        connection.prepare_cached("SELECT id FROM contact_notes WHERE contact_id = ?1")?;
    let rows = statement.query_map([id], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Brings all notes about a contact to another.
pub fn give_notes(connection: &Connection, from: ContactId, to: ContactId) -> Result<()> {
    connection
        .prepare_cached("UPDATE contact_notes SET contact_id = ?2 WHERE contact_id = ?1")?
        .execute([from, to])?;
    Ok(())
}

/// Brings one note from a contact to another, if it is still there.
pub fn give_note(
    connection: &Connection,
    note: ContactNoteId,
    from: ContactId,
    to: ContactId,
) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE contact_notes SET contact_id = ?3 WHERE id = ?1 AND contact_id = ?2",
        )?
        .execute(params![note, from, to])?;
    Ok(())
}

/// Ids of the sessions with a contact.
pub fn sessions_of(connection: &Connection, id: ContactId) -> Result<Vec<SessionId>> {
    let mut statement =
        connection.prepare_cached("SELECT id FROM sessions WHERE contact_id = ?1")?;
    let rows = statement.query_map([id], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many files there are in a session.
pub fn count_files(connection: &Connection, session: SessionId) -> Result<i64> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM messages m JOIN message_files f ON f.message_id = m.id \
         WHERE m.session_id = ?1",
    )?;
    Ok(statement.query_row([session], |row| row.get(0))?)
}

/// Takes away the row of a contact of whom nothing is left but its card.
pub fn absorb(connection: &Connection, id: ContactId) -> Result<()> {
    connection.prepare_cached("DELETE FROM contacts WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// The row of a contact that is back; its card, its block and all else follow.
pub fn bring_back(connection: &Connection, id: ContactId, before: &Before) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO contacts (id, created_at, created_by) VALUES (?1, ?2, ?3)")?
        .execute(params![id, before.created_at, before.created_by])?;
    Ok(())
}

/// Gives a contact exactly this block, and its sessions with it.
pub fn set_block(connection: &Connection, id: ContactId, blocked: Option<&Blocked>) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE contacts SET blocked_at = ?2, blocked_by = ?3, blocked_reason = ?4 WHERE id = ?1",
        )?
        .execute(params![
            id,
            blocked.map(|one| one.at),
            blocked.and_then(|one| one.by),
            blocked.and_then(|one| one.reason.as_deref())
        ])?;
    contacts::mark_sessions(connection, id)
}

/// Says when somebody last wrote with a contact.
pub fn set_said_at(connection: &Connection, id: ContactId, at: Time) -> Result<()> {
    connection
        .prepare_cached("UPDATE contacts SET last_message_at = ?2 WHERE id = ?1")?
        .execute(params![id, at])?;
    Ok(())
}
