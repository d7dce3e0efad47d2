//! The append-only event log.

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::{Error, Result};
use crate::events::{Audience, Event, Logged};
use crate::model::Time;

/// Adds an event; its number is the next one.
pub(crate) fn append(
    connection: &Connection,
    now: Time,
    event: Event,
    audience: Audience,
) -> Result<Logged> {
    let mut statement = connection
        .prepare_cached("INSERT INTO events (at, event, audience) VALUES (?1, ?2, ?3)")?;
    let seq = statement.insert(params![now, to_json(&event)?, to_json(&audience)?])?;
    Ok(Logged { seq, at: now, event, audience })
}

/// Events after `since`, oldest first, at most `limit`.
pub fn after(connection: &Connection, since: i64, limit: usize) -> Result<Vec<Logged>> {
    let mut statement = connection.prepare_cached(
        "SELECT seq, at, event, audience FROM events WHERE seq > ?1 ORDER BY seq LIMIT ?2",
    )?;
    let mut rows = statement.query(params![since, i64::try_from(limit).unwrap_or(i64::MAX)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(Logged {
            seq: row.get(0)?,
            at: row.get(1)?,
            event: from_json(row.get_ref(2)?.as_str().unwrap_or_default())?,
            audience: from_json(row.get_ref(3)?.as_str().unwrap_or_default())?,
        });
    }
    Ok(found)
}

/// Number of the last event; 0 before the first.
pub fn last(connection: &Connection) -> Result<i64> {
    let mut statement =
        connection.prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'events'")?;
    Ok(statement.query_row([], |row| row.get(0)).optional()?.unwrap_or(0))
}

/// Number of the oldest event that is still there, or of the one to come.
pub fn oldest(connection: &Connection) -> Result<i64> {
    let mut statement = connection.prepare_cached("SELECT min(seq) FROM events")?;
    let oldest: Option<i64> = statement.query_row([], |row| row.get(0))?;
    Ok(oldest.unwrap_or(last(connection)? + 1))
}

/// Events dropped in one transaction, so that nobody waits long behind it.
const AT_ONCE: i64 = 10_000;

/// Drops all but the newest `keep` events; clients that are further behind ask for everything.
pub fn trim(connection: &Connection, keep: i64) -> Result<usize> {
    let upto = (last(connection)? - keep).min(oldest(connection)? + AT_ONCE);
    Ok(connection.execute("DELETE FROM events WHERE seq < ?1", [upto + 1])?)
}

fn to_json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Internal(error.to_string()))
}

fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::Internal(error.to_string()))
}
