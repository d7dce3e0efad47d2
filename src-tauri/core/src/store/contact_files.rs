//! What was shared in a session: messages that carry files or hold a web address.

use rusqlite::{Connection, params};

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
    /// When it was said.
    pub at: Time,
    /// What it says.
    pub text: String,
    /// Its files.
    pub files: Vec<File>,
}

/// What was shared in a session, newest first.
pub fn of_session(connection: &Connection, session: SessionId, limit: u32) -> Result<Vec<Shared>> {
    let mut statement = connection.prepare_cached(
        "SELECT m.id, m.at, m.body FROM (SELECT seq FROM messages WHERE session_id = ?1 \
            ORDER BY seq DESC LIMIT ?3) w CROSS JOIN messages m ON m.seq = w.seq \
         WHERE m.kind = 'message' AND (instr(m.body, '://') > 0 \
            OR EXISTS (SELECT 1 FROM message_files f WHERE f.message_id = m.id)) \
         ORDER BY m.seq DESC LIMIT ?2",
    )?;
    let rows = statement.query_map(params![session, limit, WINDOW], |row| {
        Ok(Shared {
            message: row.get(0)?,
            session,
            at: row.get(1)?,
            text: row.get(2)?,
            files: Vec::new(),
        })
    })?;
    let mut shared: Vec<Shared> = rows.collect::<rusqlite::Result<_>>()?;
    let ids: Vec<MessageId> = shared.iter().map(|one| one.message).collect();
    let mut files = files::of_messages(connection, &ids)?;
    for one in &mut shared {
        one.files = files.remove(&one.message).unwrap_or_default();
    }
    Ok(shared)
}
