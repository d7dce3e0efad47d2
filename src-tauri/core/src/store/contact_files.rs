//! What was shared in a session: messages that carry files or hold a web address.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::files;
use crate::error::Result;
use crate::model::{File, MessageId, SessionId, Time};

/// Messages of a session that are looked at, newest first: a thread may be very long.
const WINDOW: u32 = 2_000;

/// A message that shares something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// Its id.
    pub message: MessageId,
    /// Its session.
    pub session: SessionId,
    /// Its place.
    pub seq: i64,
    /// When it was said.
    pub at: Time,
    /// What it says.
    pub text: String,
    /// Its files.
    pub files: Vec<File>,
}

/// What was shared with the customer in a session, newest first.
pub fn of_session(connection: &Connection, session: SessionId, limit: u32) -> Result<Vec<Shared>> {
    let mut statement = connection.prepare_cached(
        "SELECT m.id, m.at, m.body, m.seq FROM (SELECT seq FROM messages WHERE session_id = ?1 \
            ORDER BY seq DESC LIMIT ?3) w CROSS JOIN messages m ON m.seq = w.seq \
         WHERE m.kind = 'message' AND (instr(m.body, '://') > 0 \
            OR EXISTS (SELECT 1 FROM message_files f WHERE f.message_id = m.id)) \
         ORDER BY m.seq DESC LIMIT ?2",
    )?;
    let rows = statement.query_map(params![session, limit, WINDOW], |row| shared(row, session))?;
    with_files(connection, rows.collect::<rusqlite::Result<_>>()?)
}

/// Part of what was shared in a session, by its customer and by the team: what is older than
/// `before`, newest first, and from where it goes on.
pub fn part(
    connection: &Connection,
    session: SessionId,
    before: i64,
    limit: u32,
) -> Result<(Vec<Shared>, Option<i64>)> {
    let mut statement = connection.prepare_cached(
        "SELECT m.id, m.at, m.body, m.seq FROM (SELECT seq FROM messages \
            WHERE session_id = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?4) w \
            CROSS JOIN messages m ON m.seq = w.seq \
         WHERE m.kind <> 'event' AND (instr(m.body, '://') > 0 \
            OR EXISTS (SELECT 1 FROM message_files f WHERE f.message_id = m.id)) \
         ORDER BY m.seq DESC LIMIT ?3",
    )?;
    let rows =
        statement.query_map(params![session, before, limit, WINDOW], |row| shared(row, session))?;
    let found: Vec<Shared> = rows.collect::<rusqlite::Result<_>>()?;
    let full = u32::try_from(found.len()).unwrap_or(u32::MAX) >= limit;
    let next = match found.last() {
        Some(last) if full => Some(last.seq),
        _ => end_of_window(connection, session, before)?,
    };
    Ok((with_files(connection, found)?, next))
}

/// The oldest place that was looked at, if there may be something before it.
fn end_of_window(connection: &Connection, session: SessionId, before: i64) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached(
        "SELECT seq FROM messages WHERE session_id = ?1 AND seq < ?2 \
         ORDER BY seq DESC LIMIT 1 OFFSET ?3",
    )?;
    let last = statement.query_row(params![session, before, WINDOW - 1], |row| row.get(0));
    Ok(last.optional()?)
}

fn shared(row: &Row<'_>, session: SessionId) -> rusqlite::Result<Shared> {
    Ok(Shared {
        message: row.get(0)?,
        session,
        at: row.get(1)?,
        text: row.get(2)?,
        seq: row.get(3)?,
        files: Vec::new(),
    })
}

fn with_files(connection: &Connection, mut shared: Vec<Shared>) -> Result<Vec<Shared>> {
    let ids: Vec<MessageId> = shared.iter().map(|one| one.message).collect();
    let mut files = files::of_messages(connection, &ids)?;
    for one in &mut shared {
        one.files = files.remove(&one.message).unwrap_or_default();
    }
    Ok(shared)
}
