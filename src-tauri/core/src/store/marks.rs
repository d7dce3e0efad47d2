//! What one user's lists say of a session: archived, removed, snoozed, muted, seen, took part
//! (rules §2.6).

use rusqlite::{Connection, params};

use crate::error::Result;
use crate::model::{SessionId, Time, UserId};

/// Puts a session into a user's archive.
pub fn archive(connection: &Connection, session: SessionId, user: UserId) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO session_marks (session_id, user_id, archived) VALUES (?1, ?2, 1) \
             ON CONFLICT (user_id, session_id) DO UPDATE SET archived = 1, snoozed = 0, reminder = 0",
        )?
        .execute(params![session, user])?;
    Ok(())
}

/// Takes a session out of a user's archive.
pub fn unarchive(connection: &Connection, session: SessionId, user: UserId) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE session_marks SET archived = 0, removed = 0 WHERE session_id = ?1 AND user_id = ?2",
        )?
        .execute(params![session, user])?;
    Ok(())
}

/// Hides a session from a user's lists.
pub fn remove(connection: &Connection, session: SessionId, user: UserId) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO session_marks (session_id, user_id, removed) VALUES (?1, ?2, 1) \
             ON CONFLICT (user_id, session_id) DO UPDATE SET removed = 1, snoozed = 0, reminder = 0",
        )?
        .execute(params![session, user])?;
    Ok(())
}

/// Puts a session aside until a moment, or until the customer writes.
pub fn snooze(
    connection: &Connection,
    session: SessionId,
    user: UserId,
    until: Option<Time>,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO session_marks (session_id, user_id, snoozed, snoozed_until) VALUES (?1, ?2, 1, ?3) \
             ON CONFLICT (user_id, session_id) DO UPDATE SET snoozed = 1, snoozed_until = ?3, \
             archived = 0, removed = 0, woken_at = NULL, reminder = 0",
        )?
        .execute(params![session, user, until])?;
    Ok(())
}

/// Ends a user's snooze.
pub fn wake(connection: &Connection, session: SessionId, user: UserId) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE session_marks SET snoozed = 0, snoozed_until = NULL, reminder = 0 \
             WHERE session_id = ?1 AND user_id = ?2",
        )?
        .execute(params![session, user])?;
    Ok(())
}

/// Ends everybody's snooze: the session went elsewhere.
pub fn wake_all(connection: &Connection, session: SessionId) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE session_marks SET snoozed = 0, snoozed_until = NULL, reminder = 0 \
             WHERE session_id = ?1 AND (snoozed = 1 OR reminder = 1)",
        )?
        .execute([session])?;
    Ok(())
}

/// Snoozes whose time has come.
pub fn due(connection: &Connection, now: Time, limit: u32) -> Result<Vec<(SessionId, UserId)>> {
    let mut statement = connection.prepare_cached(
        "SELECT session_id, user_id FROM session_marks INDEXED BY session_marks_snoozed \
         WHERE snoozed = 1 AND snoozed_until <= ?1 ORDER BY snoozed_until LIMIT ?2",
    )?;
    let rows = statement.query_map(params![now, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The time of a snooze has come: the session is at the top again, and says why.
pub fn remind(connection: &Connection, session: SessionId, user: UserId, now: Time) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE session_marks SET snoozed = 0, snoozed_until = NULL, woken_at = ?3, reminder = 1 \
             WHERE session_id = ?1 AND user_id = ?2 AND snoozed = 1",
        )?
        .execute(params![session, user, now])?;
    Ok(())
}

/// Makes a session quiet for a user.
pub fn mute(connection: &Connection, session: SessionId, user: UserId) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO session_marks (session_id, user_id, muted) VALUES (?1, ?2, 1) \
             ON CONFLICT (user_id, session_id) DO UPDATE SET muted = 1",
        )?
        .execute(params![session, user])?;
    Ok(())
}

/// Lets a session be heard again.
pub fn unmute(connection: &Connection, session: SessionId, user: UserId) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE session_marks SET muted = 0 WHERE session_id = ?1 AND user_id = ?2",
        )?
        .execute(params![session, user])?;
    Ok(())
}

/// Marks a session as unread, however much of it was seen.
pub fn mark_unread(connection: &Connection, session: SessionId, user: UserId) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO session_marks (session_id, user_id, marked_unread) VALUES (?1, ?2, 1) \
             ON CONFLICT (user_id, session_id) DO UPDATE SET marked_unread = 1",
        )?
        .execute(params![session, user])?;
    Ok(())
}

/// The customer wrote: the session comes back into everyone's lists.
pub fn bring_back(connection: &Connection, session: SessionId) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE session_marks SET archived = 0, removed = 0, snoozed = 0, snoozed_until = NULL \
             WHERE session_id = ?1 AND (archived = 1 OR removed = 1 OR snoozed = 1)",
        )?
        .execute([session])?;
    Ok(())
}

/// The user has seen everything up to `seq`. Never moves back.
pub fn see(connection: &Connection, session: SessionId, user: UserId, seq: i64) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO session_marks (session_id, user_id, seen_seq) VALUES (?1, ?2, ?3) \
             ON CONFLICT (user_id, session_id) DO UPDATE SET \
             seen_seq = max(seen_seq, excluded.seen_seq), marked_unread = 0, reminder = 0",
        )?
        .execute(params![session, user, seq])?;
    Ok(())
}

/// Whether the user has seen everything that the customer wrote.
pub fn has_read(connection: &Connection, session: SessionId, user: UserId) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT NOT EXISTS (SELECT 1 FROM messages WHERE session_id = ?1 AND direction = 'in' \
             AND seq > coalesce((SELECT seen_seq FROM session_marks \
                                 WHERE session_id = ?1 AND user_id = ?2), 0))",
    )?;
    Ok(statement.query_row(params![session, user], |row| row.get(0))?)
}

/// The user held or answered the session.
pub fn take_part(connection: &Connection, session: SessionId, user: UserId) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO session_marks (session_id, user_id, took_part) VALUES (?1, ?2, 1) \
             ON CONFLICT (user_id, session_id) DO UPDATE SET took_part = 1, archived = 0, removed = 0",
        )?
        .execute(params![session, user])?;
    Ok(())
}

/// The user saw the session until it ended. Their lists stay as they made them.
pub fn keep_part(connection: &Connection, session: SessionId, user: UserId) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO session_marks (session_id, user_id, took_part) VALUES (?1, ?2, 1) \
             ON CONFLICT (user_id, session_id) DO UPDATE SET took_part = 1",
        )?
        .execute(params![session, user])?;
    Ok(())
}

/// Whether the session was in this user's lists at some time.
pub fn knew(connection: &Connection, session: SessionId, user: UserId) -> Result<bool> {
    let mut statement = connection
        .prepare_cached("SELECT 1 FROM session_marks WHERE user_id = ?2 AND session_id = ?1")?;
    Ok(statement.exists(params![session, user])?)
}

/// A transferred session leaves the giver's lists: as if they had never had it.
pub fn leave(connection: &Connection, session: SessionId, user: UserId) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE session_marks SET took_part = 0, muted = 0, marked_unread = 0 \
             WHERE session_id = ?1 AND user_id = ?2",
        )?
        .execute(params![session, user])?;
    Ok(())
}

/// Users who held or answered the session.
pub fn participants(connection: &Connection, session: SessionId) -> Result<Vec<UserId>> {
    let mut statement = connection.prepare_cached(
        "SELECT user_id FROM session_marks WHERE session_id = ?1 AND took_part = 1",
    )?;
    let rows = statement.query_map([session], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
