//! Labels, and the sessions and contacts that they are put on.

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::{Error, Result};
use crate::model::{ContactId, Label, LabelColour, LabelId, SessionId, Time};

const COLUMNS: &str = "SELECT l.id, l.name, l.colour, l.created_at, \
    (SELECT count(*) FROM session_labels x WHERE x.label_id = l.id), \
    (SELECT count(*) FROM contact_labels x WHERE x.label_id = l.id) FROM labels l";

/// A name as it is compared: two labels never differ by case alone.
fn folded(name: &str) -> String {
    name.to_lowercase()
}

fn label(row: &Row<'_>) -> rusqlite::Result<Label> {
    Ok(Label {
        id: row.get(0)?,
        name: row.get(1)?,
        colour: row.get(2)?,
        created_at: row.get(3)?,
        sessions: row.get(4)?,
        contacts: row.get(5)?,
    })
}

/// Reads the column `labels` of a session: ids with commas between them.
pub(crate) fn read_ids(row: &Row<'_>) -> rusqlite::Result<Vec<LabelId>> {
    let ids: Option<String> = row.get("labels")?;
    let read = |id: &str| {
        id.parse().map_err(|error: Error| {
            rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error))
        })
    };
    ids.unwrap_or_default().split(',').filter(|id| !id.is_empty()).map(read).collect()
}

/// All labels by name.
pub fn list(connection: &Connection) -> Result<Vec<Label>> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} ORDER BY l.folded"))?;
    let rows = statement.query_map([], label)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many there are.
pub fn count(connection: &Connection) -> Result<i64> {
    let mut statement = connection.prepare_cached("SELECT count(*) FROM labels")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// One label; refused when there is none.
pub fn get(connection: &Connection, id: LabelId) -> Result<Label> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} WHERE l.id = ?1"))?;
    statement.query_row([id], label).optional()?.ok_or(Error::NotFound("label"))
}

/// The label with this name, whatever its case.
pub fn id_of_name(connection: &Connection, name: &str) -> Result<Option<LabelId>> {
    let mut statement = connection.prepare_cached("SELECT id FROM labels WHERE folded = ?1")?;
    Ok(statement.query_row([folded(name)], |row| row.get(0)).optional()?)
}

/// The name of a label; refused when there is none.
pub fn name(connection: &Connection, id: LabelId) -> Result<String> {
    let mut statement = connection.prepare_cached("SELECT name FROM labels WHERE id = ?1")?;
    statement.query_row([id], |row| row.get(0)).optional()?.ok_or(Error::NotFound("label"))
}

/// Makes a label.
pub fn insert(
    connection: &Connection,
    name: &str,
    colour: LabelColour,
    now: Time,
) -> Result<LabelId> {
    let id = LabelId::new();
    connection
        .prepare_cached(
            "INSERT INTO labels (id, name, folded, colour, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![id, name, folded(name), colour, now])?;
    Ok(id)
}

/// Gives a label another name.
pub fn set_name(connection: &Connection, id: LabelId, name: &str) -> Result<()> {
    connection
        .prepare_cached("UPDATE labels SET name = ?2, folded = ?3 WHERE id = ?1")?
        .execute(params![id, name, folded(name)])?;
    Ok(())
}

/// Gives a label another colour.
pub fn set_colour(connection: &Connection, id: LabelId, colour: LabelColour) -> Result<()> {
    connection
        .prepare_cached("UPDATE labels SET colour = ?2 WHERE id = ?1")?
        .execute(params![id, colour])?;
    Ok(())
}

/// Deletes a label; it leaves everything that it was put on.
pub fn delete(connection: &Connection, id: LabelId) -> Result<()> {
    connection.prepare_cached("DELETE FROM labels WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// Puts a label wherever another one is. That one stays there, too.
pub fn put_where(connection: &Connection, label: LabelId, other: LabelId) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO session_labels (session_id, label_id) \
             SELECT session_id, ?1 FROM session_labels WHERE label_id = ?2",
        )?
        .execute(params![label, other])?;
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO contact_labels (contact_id, label_id) \
             SELECT contact_id, ?1 FROM contact_labels WHERE label_id = ?2",
        )?
        .execute(params![label, other])?;
    Ok(())
}

/// Labels of a session.
pub fn of_session(connection: &Connection, session: SessionId) -> Result<Vec<LabelId>> {
    let mut statement =
        connection.prepare_cached("SELECT label_id FROM session_labels WHERE session_id = ?1")?;
    let rows = statement.query_map([session], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Puts a label on a session.
pub fn put_on_session(connection: &Connection, session: SessionId, label: LabelId) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO session_labels (session_id, label_id) VALUES (?1, ?2)",
        )?
        .execute(params![session, label])?;
    Ok(())
}

/// Takes a label off a session.
pub fn take_off_session(connection: &Connection, session: SessionId, label: LabelId) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM session_labels WHERE session_id = ?1 AND label_id = ?2")?
        .execute(params![session, label])?;
    Ok(())
}

/// Labels of a contact, by name.
pub fn of_contact(connection: &Connection, contact: ContactId) -> Result<Vec<LabelId>> {
    let mut statement = connection.prepare_cached(
        "SELECT x.label_id FROM contact_labels x JOIN labels l ON l.id = x.label_id \
         WHERE x.contact_id = ?1 ORDER BY l.folded",
    )?;
    let rows = statement.query_map([contact], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Those of these labels that there are, by name.
pub fn in_order(connection: &Connection, wanted: &[LabelId]) -> Result<Vec<LabelId>> {
    let mut statement = connection.prepare_cached("SELECT id FROM labels ORDER BY folded")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    let all: Vec<LabelId> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(all.into_iter().filter(|label| wanted.contains(label)).collect())
}

/// Gives a contact exactly these labels.
pub fn set_of_contact(
    connection: &Connection,
    contact: ContactId,
    labels: &[LabelId],
) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM contact_labels WHERE contact_id = ?1")?
        .execute([contact])?;
    let mut statement = connection.prepare_cached(
        "INSERT OR IGNORE INTO contact_labels (contact_id, label_id) VALUES (?1, ?2)",
    )?;
    for label in labels {
        statement.execute(params![contact, label])?;
    }
    Ok(())
}
