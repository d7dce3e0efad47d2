//! Who is named in notes: in which session, by which note. Whether they may be is decided elsewhere.

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::{Error, Result};
use crate::model::{MessageId, SessionId, Time, UserId};
use crate::store::messages::Author;

/// The note that names somebody.
#[derive(Debug, Clone)]
pub struct Note<'a> {
    /// Its session.
    pub session: SessionId,
    /// Its place.
    pub seq: i64,
    /// Who wrote it.
    pub by: &'a Author,
    /// When.
    pub at: Time,
}

/// Writes into a note whom it names.
pub fn keep(connection: &Connection, note: MessageId, users: &[UserId]) -> Result<()> {
    let named = serde_json::to_string(users).map_err(|error| Error::Internal(error.to_string()))?;
    connection
        .prepare_cached("UPDATE messages SET mentions = ?2 WHERE id = ?1")?
        .execute(params![note, named])?;
    Ok(())
}

/// A note names a user: it is news for them, and the session is in their lists again.
pub fn add(connection: &Connection, user: UserId, note: &Note<'_>) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO mentions (user_id, session_id, seq, by_id, by_name, at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (user_id, session_id) DO UPDATE SET \
             seq = excluded.seq, by_id = excluded.by_id, by_name = excluded.by_name, at = excluded.at",
        )?
        .execute(params![user, note.session, note.seq, note.by.id, note.by.name, note.at])?;
    connection
        .prepare_cached(
            "UPDATE session_marks SET archived = 0, removed = 0 \
             WHERE user_id = ?1 AND session_id = ?2 AND (archived = 1 OR removed = 1)",
        )?
        .execute(params![user, note.session])?;
    Ok(())
}

/// A user reads on where they gave a session away; who was named already does anyhow.
pub fn follow(connection: &Connection, user: UserId, place: &Note<'_>) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO mentions (user_id, session_id, seq, by_id, by_name, at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![user, place.session, place.seq, place.by.id, place.by.name, place.at])?;
    Ok(())
}

/// A user does not read on any more. That others named them stays.
pub fn unfollow(connection: &Connection, session: SessionId, user: UserId) -> Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM mentions WHERE session_id = ?1 AND user_id = ?2 AND by_id = ?2",
        )?
        .execute(params![session, user])?;
    Ok(())
}

/// How many sessions have a note that names the user and that they have not seen.
pub fn unread(connection: &Connection, user: UserId) -> Result<i64> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM mentions n \
         LEFT JOIN session_marks m ON m.session_id = n.session_id AND m.user_id = ?1 \
         WHERE n.user_id = ?1 AND n.seq > coalesce(m.seen_seq, 0) AND coalesce(m.removed, 0) = 0",
    )?;
    Ok(statement.query_row([user], |row| row.get(0))?)
}

/// Name and role of a user who can sign in.
pub fn nameable(
    connection: &Connection,
    user: UserId,
) -> Result<Option<(String, crate::model::Role)>> {
    let mut statement = connection.prepare_cached(
        "SELECT name, role FROM users WHERE id = ?1 AND disabled = 0 AND deleted_at IS NULL",
    )?;
    Ok(statement.query_row([user], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}
