//! Imports of contacts, and what taking one back needs.

use deskbell_channels::form::IdentityKind;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::{Error, Result};
use crate::model::{
    ContactFieldId, ContactId, ContactImport, ContactImportId, ImportState, LabelId, Time, UserId,
    fold,
};

const SELECT: &str = "SELECT id, by_id, by_name, file_name, state, started_at, ended_at, total, done, \
    added, changed, unchanged, skipped, removed, restored, kept FROM contact_imports";

/// An import that begins.
#[derive(Debug, Clone)]
pub struct Begun {
    /// Its id.
    pub id: ContactImportId,
    /// Who does it.
    pub by: UserId,
    /// Their name.
    pub by_name: String,
    /// What the file is called.
    pub file_name: String,
    /// Rows or cards.
    pub total: u32,
}

/// What came of some rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that were looked at.
    pub done: u32,
    /// Contacts that were added.
    pub added: u32,
    /// Known contacts of which something changed.
    pub changed: u32,
    /// Known contacts that stayed as they were.
    pub unchanged: u32,
    /// Rows that could not be used.
    pub skipped: u32,
}

/// What came of taking some contacts back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Undone {
    /// Contacts that were deleted again.
    pub removed: u32,
    /// Contacts that are what they were before.
    pub restored: u32,
    /// Contacts that stayed.
    pub kept: u32,
}

/// Labels and custom fields that an import made.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Made {
    /// Labels.
    #[serde(default)]
    pub labels: Vec<LabelId>,
    /// Custom fields.
    #[serde(default)]
    pub fields: Vec<ContactFieldId>,
}

/// A contact that an import touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// Who.
    pub contact: ContactId,
    /// What they were before, JSON; `None`: they were not there.
    pub before: Option<String>,
    /// A digest of what they were afterwards.
    pub after: String,
}

fn read(row: &Row<'_>) -> rusqlite::Result<ContactImport> {
    Ok(ContactImport {
        id: row.get(0)?,
        by_id: row.get(1)?,
        by_name: row.get(2)?,
        file_name: row.get(3)?,
        state: row.get(4)?,
        started_at: row.get(5)?,
        ended_at: row.get(6)?,
        total: row.get(7)?,
        done: row.get(8)?,
        added: row.get(9)?,
        changed: row.get(10)?,
        unchanged: row.get(11)?,
        skipped: row.get(12)?,
        removed: row.get(13)?,
        restored: row.get(14)?,
        kept: row.get(15)?,
        undo_until: None,
    })
}

/// Notes that an import begins.
pub fn begin(connection: &Connection, begun: &Begun, now: Time) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO contact_imports (id, by_id, by_name, file_name, state, started_at, total) \
             VALUES (?1, ?2, ?3, ?4, 'running', ?5, ?6)",
        )?
        .execute(params![begun.id, begun.by, begun.by_name, begun.file_name, now, begun.total])?;
    Ok(())
}

/// One import.
pub fn get(connection: &Connection, id: ContactImportId) -> Result<ContactImport> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?;
    statement.query_row([id], read).optional()?.ok_or(Error::NotFound("import"))
}

/// The newest imports.
pub fn newest(connection: &Connection, limit: u32) -> Result<Vec<ContactImport>> {
    let mut statement = connection
        .prepare_cached(&format!("{SELECT} ORDER BY started_at DESC, id DESC LIMIT ?1"))?;
    let rows = statement.query_map([limit], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Adds what came of some rows.
pub fn count(connection: &Connection, id: ContactImportId, counts: Counts) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE contact_imports SET done = done + ?2, added = added + ?3, changed = changed + ?4, \
             unchanged = unchanged + ?5, skipped = skipped + ?6 WHERE id = ?1",
        )?
        .execute(params![
            id,
            counts.done,
            counts.added,
            counts.changed,
            counts.unchanged,
            counts.skipped
        ])?;
    Ok(())
}

/// Adds what came of taking some contacts back.
pub fn count_undone(connection: &Connection, id: ContactImportId, undone: Undone) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE contact_imports SET removed = removed + ?2, restored = restored + ?3, \
             kept = kept + ?4 WHERE id = ?1",
        )?
        .execute(params![id, undone.removed, undone.restored, undone.kept])?;
    Ok(())
}

/// Says how far an import is.
pub fn set_state(connection: &Connection, id: ContactImportId, state: ImportState) -> Result<()> {
    connection
        .prepare_cached("UPDATE contact_imports SET state = ?2 WHERE id = ?1")?
        .execute(params![id, state])?;
    Ok(())
}

/// Notes when an import ended.
pub fn end(connection: &Connection, id: ContactImportId, now: Time) -> Result<()> {
    connection
        .prepare_cached("UPDATE contact_imports SET state = 'done', ended_at = ?2 WHERE id = ?1")?
        .execute(params![id, now])?;
    Ok(())
}

/// Labels and custom fields that an import made.
pub fn made(connection: &Connection, id: ContactImportId) -> Result<Made> {
    let mut statement =
        connection.prepare_cached("SELECT made FROM contact_imports WHERE id = ?1")?;
    let json: Option<String> = statement.query_row([id], |row| row.get(0)).optional()?;
    Ok(json.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
}

/// Writes down which labels and custom fields an import made.
pub fn set_made(connection: &Connection, id: ContactImportId, made: &Made) -> Result<()> {
    let json = serde_json::to_string(made).map_err(|error| Error::Internal(error.to_string()))?;
    connection
        .prepare_cached("UPDATE contact_imports SET made = ?2 WHERE id = ?1")?
        .execute(params![id, json])?;
    Ok(())
}

/// Keeps what taking a contact back needs; what it was before the first of several times counts.
pub fn touch(connection: &Connection, id: ContactImportId, touched: &Touched) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO contact_import_rows (import_id, contact_id, before, after) \
             VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (import_id, contact_id) DO UPDATE SET after = excluded.after",
        )?
        .execute(params![id, touched.contact, touched.before, touched.after])?;
    Ok(())
}

/// Contacts that an import touched and that were not looked at for taking it back.
pub fn touched(connection: &Connection, id: ContactImportId, limit: u32) -> Result<Vec<Touched>> {
    let mut statement = connection.prepare_cached(
        "SELECT contact_id, before, after FROM contact_import_rows WHERE import_id = ?1 \
         ORDER BY contact_id LIMIT ?2",
    )?;
    let rows = statement.query_map(params![id, limit], |row| {
        Ok(Touched { contact: row.get(0)?, before: row.get(1)?, after: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A contact was looked at.
pub fn forget(connection: &Connection, id: ContactImportId, contact: ContactId) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM contact_import_rows WHERE import_id = ?1 AND contact_id = ?2")?
        .execute(params![id, contact])?;
    Ok(())
}

/// Drops what taking back needs, of imports that ended before `then`; some of it at a time.
pub fn drop_old(connection: &Connection, then: Time, limit: u32) -> Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM contact_import_rows WHERE (import_id, contact_id) IN \
             (SELECT r.import_id, r.contact_id FROM contact_imports i \
              JOIN contact_import_rows r ON r.import_id = i.id \
              WHERE coalesce(i.ended_at, i.started_at) < ?1 LIMIT ?2)",
        )?
        .execute(params![then, limit])?;
    Ok(())
}

/// The contact of this name that a row without a number is of: with the same e-mail address, or,
/// where neither has one, of the same company and without a number as well.
pub fn without_number(
    connection: &Connection,
    name: &str,
    email: &str,
    company: &str,
) -> Result<Option<ContactId>> {
    let mut statement = connection.prepare_cached(
        "SELECT c.id, c.email, c.company, EXISTS (SELECT 1 FROM identities i \
             WHERE i.contact_id = c.id AND i.kind = ?2) \
         FROM contacts c WHERE c.anonymous = 0 AND c.name_key = ?1 ORDER BY c.id",
    )?;
    let rows = statement.query_map(params![fold(name), IdentityKind::Phone.as_str()], |row| {
        Ok((
            row.get::<_, ContactId>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, String>(2)?,
            row.get::<_, bool>(3)?,
        ))
    })?;
    for row in rows {
        let (id, known_email, known_company, numbered) = row?;
        let same = if email.is_empty() {
            known_email.is_empty() && !numbered && fold(&known_company) == fold(company)
        } else {
            fold(&known_email) == fold(email)
        };
        if same {
            return Ok(Some(id));
        }
    }
    Ok(None)
}
