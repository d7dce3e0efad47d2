//! Where users say they are, until when, and the record of every change.

use rusqlite::{Connection, params};

use super::Tx;
use crate::error::Result;
use crate::model::{Presence, Time, UserId};

/// What is kept of a user's presence besides the word itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// When it ends by itself.
    pub until: Option<Time>,
    /// Who set it, if somebody else did.
    pub by: Option<String>,
    /// Whether they are away only because they touched nothing.
    pub idle: bool,
    /// Minutes without a touch after which they are away.
    pub away_after: Option<u32>,
    /// When they last touched something.
    pub active_at: Time,
}

/// What is kept of a user.
pub fn of(c: &Connection, id: UserId) -> Result<Kept> {
    let mut statement = c.prepare_cached(
        "SELECT presence_until, presence_by, presence_idle, away_after, active_at
         FROM users WHERE id = ?1",
    )?;
    Ok(statement.query_row([id], |row| {
        Ok(Kept {
            until: row.get(0)?,
            by: row.get(1)?,
            idle: row.get(2)?,
            away_after: row.get(3)?,
            active_at: row.get(4)?,
        })
    })?)
}

/// A presence to be set.
#[derive(Debug, Clone, Copy)]
pub struct Change<'a> {
    /// Which.
    pub presence: Presence,
    /// Until when.
    pub until: Option<Time>,
    /// Name of the supervisor or administrator who sets it for somebody else.
    pub by: Option<&'a str>,
    /// Who it was, for the record; `None`: the desk itself.
    pub set_by: Option<UserId>,
    /// Whether it is so only because nobody touched anything.
    pub idle: bool,
}

/// Sets a presence and records it.
pub fn set(tx: &Tx<'_>, id: UserId, change: &Change<'_>, now: Time) -> Result<()> {
    tx.prepare_cached(
        "UPDATE users SET presence_since = CASE WHEN presence = ?2 THEN presence_since ELSE ?6 END,
            presence = ?2, presence_until = ?3, presence_by = ?4, presence_idle = ?5 WHERE id = ?1",
    )?
    .execute(params![id, change.presence, change.until, change.by, change.idle, now])?;
    tx.prepare_cached(
        "INSERT INTO presence_changes (user_id, at, presence, until, set_by) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![id, now, change.presence, change.until, change.set_by])?;
    Ok(())
}

/// Sets after how many minutes without a touch they are away; counted from now.
pub fn set_away_after(tx: &Tx<'_>, id: UserId, minutes: Option<u32>, now: Time) -> Result<()> {
    tx.prepare_cached("UPDATE users SET away_after = ?2, active_at = ?3 WHERE id = ?1")?
        .execute(params![id, minutes, now])?;
    Ok(())
}

/// Notes that somebody touched something.
pub fn touch(tx: &Tx<'_>, id: UserId, now: Time) -> Result<()> {
    tx.prepare_cached("UPDATE users SET active_at = ?2 WHERE id = ?1")?
        .execute(params![id, now])?;
    Ok(())
}

fn ids(c: &Connection, sql: &str, now: Time) -> Result<Vec<UserId>> {
    let mut statement = c.prepare_cached(sql)?;
    let rows = statement.query_map([now], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Users whose presence ends at `now`.
pub fn ended(c: &Connection, now: Time) -> Result<Vec<UserId>> {
    ids(c, "SELECT id FROM users WHERE presence_until IS NOT NULL AND presence_until <= ?1", now)
}

/// Available users who touched nothing for as long as they said.
pub fn idle(c: &Connection, now: Time) -> Result<Vec<UserId>> {
    ids(
        c,
        "SELECT id FROM users WHERE away_after IS NOT NULL AND active_at <= ?1 - away_after * 60000
           AND presence = 'available' AND deleted_at IS NULL",
        now,
    )
}

/// Forgets what was recorded before.
pub fn trim(tx: &Tx<'_>, before: Time) -> Result<()> {
    tx.prepare_cached("DELETE FROM presence_changes WHERE at < ?1")?.execute([before])?;
    Ok(())
}
