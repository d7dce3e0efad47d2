//! Contacts that may be the same person, and those of whom somebody said that they are not.

use rusqlite::{Connection, params};

use crate::error::Result;
use crate::model::{ContactId, Time, UserId};

/// What another contact may have in common with one; empty texts are not looked for.
#[derive(Debug, Clone, Default)]
pub struct Common {
    /// Its name, folded.
    pub name: String,
    /// Its e-mail address, folded.
    pub email: String,
    /// How its numbers end.
    pub ends: Vec<String>,
}

/// Numbers of a contact that are looked for.
const ENDS: usize = 4;

/// Contacts that have something in common with this one, as far as the index tells: one look
/// through it, as in a search.
pub fn candidates(
    connection: &Connection,
    id: ContactId,
    common: &Common,
    limit: u32,
) -> Result<Vec<ContactId>> {
    let mut ends = common.ends.iter().take(ENDS).map(String::as_str);
    let mut end = || ends.next().unwrap_or_default();
    let found = [common.email.as_str(), end(), end(), end(), end()];
    let mut statement = connection.prepare_cached(
        "SELECT id FROM contacts WHERE anonymous = 0 AND id <> ?1 AND ( \
            (?2 <> '' AND name_key = ?2) OR (?3 <> '' AND instr(needle, ?3) > 0) \
            OR (?4 <> '' AND instr(needle, ?4) > 0) OR (?5 <> '' AND instr(needle, ?5) > 0) \
            OR (?6 <> '' AND instr(needle, ?6) > 0) OR (?7 <> '' AND instr(needle, ?7) > 0)) \
         LIMIT ?8",
    )?;
    let [email, first, second, third, fourth] = found;
    let rows = statement
        .query_map(params![id, common.name, email, first, second, third, fourth, limit], |row| {
            row.get(0)
        })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The smaller id first, as they are kept.
fn pair(one: ContactId, other: ContactId) -> [ContactId; 2] {
    if one < other { [one, other] } else { [other, one] }
}

/// Writes down that two contacts are not the same person.
pub fn set_distinct(
    connection: &Connection,
    one: ContactId,
    other: ContactId,
    by: UserId,
    now: Time,
) -> Result<()> {
    let [one, other] = pair(one, other);
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO contact_distinct (one_id, other_id, by_id, at) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![one, other, by, now])?;
    Ok(())
}

/// Takes it back.
pub fn unset_distinct(connection: &Connection, one: ContactId, other: ContactId) -> Result<()> {
    let [one, other] = pair(one, other);
    connection
        .prepare_cached("DELETE FROM contact_distinct WHERE one_id = ?1 AND other_id = ?2")?
        .execute([one, other])?;
    Ok(())
}

/// Whether somebody said of two contacts, or of any who are part of them, that they are not the
/// same person.
pub fn are_distinct(connection: &Connection, one: ContactId, other: ContactId) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "WITH RECURSIVE first (id) AS (SELECT ?1 UNION \
                SELECT m.merged_id FROM first JOIN contact_merges m \
                  ON m.kept_id = first.id AND m.undone_at IS NULL), \
            second (id) AS (SELECT ?2 UNION \
                SELECT m.merged_id FROM second JOIN contact_merges m \
                  ON m.kept_id = second.id AND m.undone_at IS NULL) \
         SELECT 1 FROM contact_distinct d \
         WHERE (d.one_id IN first AND d.other_id IN second) \
            OR (d.one_id IN second AND d.other_id IN first) LIMIT 1",
    )?;
    Ok(statement.exists([one, other])?)
}
