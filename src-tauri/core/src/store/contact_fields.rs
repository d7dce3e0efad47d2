//! Custom fields of contacts, and what stands in them.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::{Error, Result};
use crate::model::{ContactField, ContactFieldId, ContactFieldKind, ContactId, Time};

const SELECT: &str = "SELECT f.id, f.name, f.kind, f.choices, \
    (SELECT count(*) FROM contact_values v WHERE v.field_id = f.id) FROM contact_fields f";

/// The fields, in their order.
pub fn all(connection: &Connection) -> Result<Vec<ContactField>> {
    let mut statement =
        connection.prepare_cached(&format!("{SELECT} ORDER BY f.position, f.created_at"))?;
    let rows = statement.query_map([], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One field.
pub fn get(connection: &Connection, id: ContactFieldId) -> Result<ContactField> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE f.id = ?1"))?;
    statement.query_row([id], read).optional()?.ok_or(Error::NotFound("custom field"))
}

fn read(row: &Row<'_>) -> rusqlite::Result<ContactField> {
    let choices: String = row.get(3)?;
    Ok(ContactField {
        id: row.get(0)?,
        name: row.get(1)?,
        kind: row.get(2)?,
        choices: serde_json::from_str(&choices).unwrap_or_default(),
        used_by: row.get(4)?,
    })
}

/// Whether another field has this name.
pub fn is_taken(connection: &Connection, name: &str, but: Option<ContactFieldId>) -> Result<bool> {
    let mut statement = connection
        .prepare_cached("SELECT 1 FROM contact_fields WHERE name = ?1 AND id IS NOT ?2 LIMIT 1")?;
    Ok(statement.exists(params![name, but])?)
}

/// Adds a field at the end.
pub fn insert(
    connection: &Connection,
    name: &str,
    kind: ContactFieldKind,
    choices: &[String],
    now: Time,
) -> Result<ContactFieldId> {
    let id = ContactFieldId::new();
    connection
        .prepare_cached(
            "INSERT INTO contact_fields (id, name, kind, choices, position, created_at) VALUES \
             (?1, ?2, ?3, ?4, (SELECT coalesce(max(position) + 1, 0) FROM contact_fields), ?5)",
        )?
        .execute(params![id, name, kind, json(choices)?, now])?;
    Ok(id)
}

/// Changes name and choices.
pub fn update(
    connection: &Connection,
    id: ContactFieldId,
    name: &str,
    choices: &[String],
) -> Result<()> {
    connection
        .prepare_cached("UPDATE contact_fields SET name = ?2, choices = ?3 WHERE id = ?1")?
        .execute(params![id, name, json(choices)?])?;
    Ok(())
}

fn json(choices: &[String]) -> Result<String> {
    serde_json::to_string(choices).map_err(|error| Error::Internal(error.to_string()))
}

/// Puts a field at a place in the order.
pub fn place(connection: &Connection, id: ContactFieldId, position: usize) -> Result<()> {
    connection
        .prepare_cached("UPDATE contact_fields SET position = ?2 WHERE id = ?1")?
        .execute(params![id, i64::try_from(position).unwrap_or(i64::MAX)])?;
    Ok(())
}

/// Deletes a field with all that stands in it; answers the contacts that had something there.
pub fn delete(connection: &Connection, id: ContactFieldId) -> Result<Vec<ContactId>> {
    let mut statement =
        connection.prepare_cached("SELECT contact_id FROM contact_values WHERE field_id = ?1")?;
    let had = statement.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    connection.prepare_cached("DELETE FROM contact_fields WHERE id = ?1")?.execute([id])?;
    Ok(had)
}

/// How many contacts have this value.
pub fn count_value(connection: &Connection, id: ContactFieldId, value: &str) -> Result<i64> {
    let mut statement = connection
        .prepare_cached("SELECT count(*) FROM contact_values WHERE field_id = ?1 AND value = ?2")?;
    Ok(statement.query_row(params![id, value], |row| row.get(0))?)
}

/// What stands in the fields of a contact.
pub fn values_of(
    connection: &Connection,
    contact: ContactId,
) -> Result<BTreeMap<ContactFieldId, String>> {
    let mut statement = connection
        .prepare_cached("SELECT field_id, value FROM contact_values WHERE contact_id = ?1")?;
    let rows = statement.query_map([contact], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Writes a value into a field of a contact; an empty one takes it away.
pub fn set_value(
    connection: &Connection,
    contact: ContactId,
    field: ContactFieldId,
    value: &str,
) -> Result<()> {
    if value.is_empty() {
        connection
            .prepare_cached("DELETE FROM contact_values WHERE contact_id = ?1 AND field_id = ?2")?
            .execute(params![contact, field])?;
    } else {
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO contact_values (contact_id, field_id, value) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![contact, field, value])?;
    }
    Ok(())
}
