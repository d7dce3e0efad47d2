//! Office hours: those of the business in one row of the settings, those of its channels in rows of
//! their own, and which sessions a closed channel has answered.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::Tx;
use crate::error::{Error, Result};
use crate::model::{ChannelHours, ChannelId, HoursMode, SessionId, Time, Week};

/// The hours of the business as they are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BusinessHours {
    /// Name of the time zone.
    pub zone: String,
    /// Always, or by the week.
    pub mode: HoursMode,
    /// The week, Monday first.
    pub days: Week,
}

fn read_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| Error::Internal(error.to_string()))
}

fn write_json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Internal(error.to_string()))
}

/// The hours of the business; `None` until somebody enters them.
pub fn business(c: &Connection) -> Result<Option<BusinessHours>> {
    let mut statement = c.prepare_cached("SELECT value FROM settings WHERE key = 'hours'")?;
    let kept: Option<String> = statement.query_row([], |row| row.get(0)).optional()?;
    kept.as_deref().map(read_json).transpose()
}

/// Keeps the hours of the business.
pub fn set_business(tx: &Tx<'_>, hours: &BusinessHours) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO settings (key, value) VALUES ('hours', ?1)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )?
    .execute([write_json(hours)?])?;
    Ok(())
}

/// Channels that differ from the business or answer by themselves.
pub fn of_channels(c: &Connection) -> Result<Vec<ChannelHours>> {
    let mut statement = c.prepare_cached(
        "SELECT h.channel_id, h.mode, h.days, h.closed_text FROM channel_hours h
         JOIN channels ch ON ch.id = h.channel_id AND ch.deleted_at IS NULL
         ORDER BY ch.name COLLATE NOCASE, ch.id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get(3)?))
    })?;
    let mut found = Vec::new();
    for row in rows {
        let (channel_id, mode, days, closed_text) = row?;
        found.push(ChannelHours { channel_id, mode, days: read_json(&days)?, closed_text });
    }
    Ok(found)
}

/// Mode and week of one channel; `None`: as the business.
pub fn of_channel(c: &Connection, channel: ChannelId) -> Result<Option<(HoursMode, Week)>> {
    let mut statement =
        c.prepare_cached("SELECT mode, days FROM channel_hours WHERE channel_id = ?1")?;
    let found: Option<(HoursMode, String)> =
        statement.query_row([channel], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    found.map(|(mode, days)| Ok((mode, read_json(&days)?))).transpose()
}

/// What a channel answers by itself while it is closed; `None`: nothing.
pub fn closed_text(c: &Connection, channel: ChannelId) -> Result<Option<String>> {
    let mut statement =
        c.prepare_cached("SELECT closed_text FROM channel_hours WHERE channel_id = ?1")?;
    Ok(statement.query_row([channel], |row| row.get(0)).optional()?.flatten())
}

/// Forgets how channels differ.
pub fn clear_channels(tx: &Tx<'_>) -> Result<()> {
    tx.prepare_cached("DELETE FROM channel_hours")?.execute([])?;
    Ok(())
}

/// Keeps how a channel differs.
pub fn insert_channel(tx: &Tx<'_>, hours: &ChannelHours) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO channel_hours (channel_id, mode, days, closed_text) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![
        hours.channel_id,
        hours.mode,
        write_json(&hours.days)?,
        hours.closed_text
    ])?;
    Ok(())
}

/// Whether there is such a channel.
pub fn has_channel(c: &Connection, channel: ChannelId) -> Result<bool> {
    let mut statement =
        c.prepare_cached("SELECT 1 FROM channels WHERE id = ?1 AND deleted_at IS NULL")?;
    Ok(statement.exists([channel])?)
}

/// When a session last got the answer of a closed channel.
pub fn closed_answer_at(c: &Connection, session: SessionId) -> Result<Option<Time>> {
    let mut statement = c.prepare_cached("SELECT at FROM closed_answers WHERE session_id = ?1")?;
    Ok(statement.query_row([session], |row| row.get(0)).optional()?)
}

/// Notes that a session got it.
pub fn note_closed_answer(tx: &Tx<'_>, session: SessionId, now: Time) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO closed_answers (session_id, at) VALUES (?1, ?2)
         ON CONFLICT (session_id) DO UPDATE SET at = excluded.at",
    )?
    .execute(params![session, now])?;
    Ok(())
}
