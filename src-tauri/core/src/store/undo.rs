//! What was before the last thing that a user did to a session, so that it can be taken back.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::model::{QueueId, SessionId, Time, Undoable, UserId};

/// How a session was held, and what everyone's lists said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// Its owner.
    pub owner: Option<UserId>,
    /// Its queue.
    pub queue: Option<QueueId>,
    /// Since when the customer waited.
    pub waiting_since: Option<Time>,
    /// One entry a user who knew it.
    pub marks: Vec<Mark>,
}

/// What one user's lists said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column")]
pub struct Mark {
    /// Whose.
    pub user: UserId,
    archived: bool,
    removed: bool,
    took_part: bool,
    snoozed: bool,
    snoozed_until: Option<Time>,
    muted: bool,
    marked_unread: bool,
}

/// Something that can perhaps still be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What was done.
    pub operation: Undoable,
    /// Place of its line in the timeline.
    pub seq: i64,
    /// What was before.
    pub before: Before,
    /// When it was done.
    pub at: Time,
}

/// How a session is held now, and what everyone's lists say of it.
pub fn before(connection: &Connection, session: SessionId) -> Result<Before> {
    let mut statement = connection
        .prepare_cached("SELECT owner_id, queue_id, waiting_since FROM sessions WHERE id = ?1")?;
    let held = statement
        .query_row([session], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let (owner, queue, waiting_since) = held.ok_or(Error::NotFound("session"))?;
    Ok(Before { owner, queue, waiting_since, marks: marks(connection, session)? })
}

fn marks(connection: &Connection, session: SessionId) -> Result<Vec<Mark>> {
    let mut statement = connection.prepare_cached(
        "SELECT user_id, archived, removed, took_part, snoozed, snoozed_until, muted, marked_unread \
         FROM session_marks WHERE session_id = ?1",
    )?;
    let rows = statement.query_map([session], |row| {
        Ok(Mark {
            user: row.get(0)?,
            archived: row.get(1)?,
            removed: row.get(2)?,
            took_part: row.get(3)?,
            snoozed: row.get(4)?,
            snoozed_until: row.get(5)?,
            muted: row.get(6)?,
            marked_unread: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Keeps what was before, in place of what the same user did to this session earlier.
pub fn keep(connection: &Connection, session: SessionId, user: UserId, kept: &Kept) -> Result<()> {
    let before =
        serde_json::to_string(&kept.before).map_err(|error| Error::Internal(error.to_string()))?;
    connection
        .prepare_cached(
            "INSERT INTO undoable (session_id, user_id, operation, seq, before, at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (session_id, user_id) DO UPDATE SET \
             operation = excluded.operation, seq = excluded.seq, before = excluded.before, at = excluded.at",
        )?
        .execute(params![session, user, kept.operation, kept.seq, before, kept.at])?;
    Ok(())
}

/// The last thing that a user did to a session.
pub fn of(connection: &Connection, session: SessionId, user: UserId) -> Result<Option<Kept>> {
    let mut statement = connection.prepare_cached(
        "SELECT operation, seq, before, at FROM undoable WHERE session_id = ?1 AND user_id = ?2",
    )?;
    let found = statement
        .query_row(params![session, user], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?, row.get(3)?))
        })
        .optional()?;
    let Some((operation, seq, before, at)) = found else { return Ok(None) };
    let before =
        serde_json::from_str(&before).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Some(Kept { operation, seq, before, at }))
}

/// It was taken back, or cannot be any more.
pub fn forget(connection: &Connection, session: SessionId, user: UserId) -> Result<()> {
    connection
        .prepare_cached("DELETE FROM undoable WHERE session_id = ?1 AND user_id = ?2")?
        .execute(params![session, user])?;
    Ok(())
}

/// Forgets what nobody can take back any more.
pub fn drop_old(connection: &Connection, before: Time) -> Result<()> {
    connection.prepare_cached("DELETE FROM undoable WHERE at < ?1")?.execute([before])?;
    Ok(())
}

/// Whether anything came after this line but what people do to their own lists.
pub fn acted_since(connection: &Connection, session: SessionId, seq: i64) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM messages WHERE session_id = ?1 AND seq > ?2 \
         AND (kind <> 'event' OR operation ->> 'kind' NOT IN ('archived', 'unarchived', 'removed', \
             'viewed', 'snoozed', 'woken', 'muted', 'unmuted', 'marked_unread')) LIMIT 1",
    )?;
    Ok(statement.exists(params![session, seq])?)
}

/// Gives everyone the part in a session back that they had.
pub fn put_parts_back(connection: &Connection, session: SessionId, before: &Before) -> Result<()> {
    connection
        .prepare_cached("UPDATE session_marks SET took_part = 0 WHERE session_id = ?1")?
        .execute([session])?;
    let mut statement = connection.prepare_cached(
        "UPDATE session_marks SET took_part = 1 WHERE session_id = ?1 AND user_id = ?2",
    )?;
    for mark in before.marks.iter().filter(|mark| mark.took_part) {
        statement.execute(params![session, mark.user])?;
    }
    Ok(())
}

/// Makes one user's lists say again what they said; who knew nothing of it knows nothing again.
pub fn put_list_back(
    connection: &Connection,
    session: SessionId,
    user: UserId,
    before: &Before,
) -> Result<()> {
    let Some(mark) = before.marks.iter().find(|mark| mark.user == user) else {
        connection
            .prepare_cached(
                "UPDATE session_marks SET archived = 0, removed = 0, snoozed = 0, snoozed_until = NULL, \
                 muted = 0, marked_unread = 0 WHERE session_id = ?1 AND user_id = ?2",
            )?
            .execute(params![session, user])?;
        return Ok(());
    };
    connection
        .prepare_cached(
            "UPDATE session_marks SET archived = ?3, removed = ?4, snoozed = ?5, snoozed_until = ?6, \
             muted = ?7, marked_unread = ?8 WHERE session_id = ?1 AND user_id = ?2",
        )?
        .execute(params![
            session,
            user,
            mark.archived,
            mark.removed,
            mark.snoozed,
            mark.snoozed_until,
            mark.muted,
            mark.marked_unread
        ])?;
    Ok(())
}
