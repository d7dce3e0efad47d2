//! What passed through a site in a span of time.

use rusqlite::{Connection, params};

use super::figures::Span;
use crate::error::Result;
use crate::model::{ChannelId, SessionStatus, Time};

/// A chat as the figures see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chat {
    /// Open or closed.
    pub status: SessionStatus,
    /// When the visitor first wrote.
    pub asked_at: Time,
    /// When a person first answered.
    pub answered_at: Option<Time>,
}

/// The chats of a site that began in a span.
pub fn chats(c: &Connection, channel: ChannelId, span: Span) -> Result<Vec<Chat>> {
    let mut statement = c.prepare_cached(
        "SELECT s.status, s.opened_at, \
            (SELECT min(m.at) FROM messages m WHERE m.session_id = s.id AND m.direction = 'out' \
             AND m.kind = 'message' AND m.author_id IS NOT NULL AND m.state <> 'cancelled') \
         FROM sessions s WHERE s.channel_id = ?1 AND s.opened_at >= ?2 AND s.opened_at < ?3",
    )?;
    let rows = statement.query_map(params![channel, span.from, span.to], |row| {
        Ok(Chat { status: row.get(0)?, asked_at: row.get(1)?, answered_at: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
