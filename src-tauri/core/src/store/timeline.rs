//! What the team did in a session: its events and notes, and the sessions that came before it.

use rusqlite::{Connection, params};

use super::messages::{SELECT, read};
use crate::error::Result;
use crate::model::{Message, MessageId, SessionId};
use crate::store::files;

/// Earlier sessions that are looked at.
const LOOKED_AT: u32 = 500;

/// Events and notes of a session that are older than `before`, newest first, and whether there are
/// more.
pub fn part(
    connection: &Connection,
    session: SessionId,
    before: i64,
    limit: u32,
) -> Result<(Vec<Message>, bool)> {
    // Each half reads an index of its own, so that a long thread is not looked through.
    let mut statement = connection.prepare_cached(&format!(
        "{SELECT} WHERE m.seq IN ( \
            SELECT seq FROM (SELECT seq FROM messages WHERE session_id = ?1 AND kind = 'event' \
                AND seq < ?2 ORDER BY seq DESC LIMIT ?3) \
            UNION ALL SELECT seq FROM (SELECT seq FROM messages WHERE session_id = ?1 \
                AND kind = 'note' AND seq < ?2 ORDER BY seq DESC LIMIT ?3)) \
         ORDER BY m.seq DESC LIMIT ?3"
    ))?;
    let rows = statement.query_map(params![session, before, i64::from(limit) + 1], read)?;
    let mut entries: Vec<Message> = rows.collect::<rusqlite::Result<_>>()?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = entries.len() > limit;
    entries.truncate(limit);
    let ids: Vec<MessageId> = entries.iter().map(|entry| entry.id).collect();
    let mut files = files::of_messages(connection, &ids)?;
    for entry in &mut entries {
        entry.files = files.remove(&entry.id).unwrap_or_default();
    }
    Ok((entries, more))
}

/// Sessions of the same channel, number and customer that were opened before this one, newest first.
pub fn earlier(connection: &Connection, session: SessionId) -> Result<Vec<SessionId>> {
    let mut statement = connection.prepare_cached(
        "SELECT e.id FROM sessions s CROSS JOIN sessions e ON e.identity_id = s.identity_id \
         WHERE s.id = ?1 AND e.number_id = s.number_id AND e.channel_id = s.channel_id \
            AND (e.opened_at, e.id) < (s.opened_at, s.id) \
         ORDER BY e.opened_at DESC, e.id DESC LIMIT ?2",
    )?;
    let rows = statement.query_map(params![session, LOOKED_AT], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
