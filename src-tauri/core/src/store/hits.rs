//! How hits of a search look: the message as it stands in its thread, and the conversation around
//! it. Knows nothing of the index.

use rusqlite::{Connection, OptionalExtension};

use crate::error::Result;
use crate::model::{File, HitSession, MessageHit, SessionId};
use crate::store::files;

/// A message at its place, without marks: its text, its files, and the hit to be filled in.
#[derive(Debug, Clone)]
pub struct Said {
    /// Everything but the pieces.
    pub hit: MessageHit,
    /// The text.
    pub text: String,
    /// The files.
    pub files: Vec<File>,
}

/// The message at a place; `None`: it was deleted meanwhile.
pub fn message(connection: &Connection, seq: i64, session: HitSession) -> Result<Option<Said>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, kind, direction, author_id, author_name, at, body FROM main.messages \
         WHERE seq = ?1",
    )?;
    let said = statement
        .query_row([seq], |row| {
            let hit = MessageHit {
                message_id: row.get(0)?,
                seq,
                message_kind: row.get(1)?,
                direction: row.get(2)?,
                author_id: row.get(3)?,
                author_name: row.get(4)?,
                at: row.get(5)?,
                text: Vec::new(),
                files: Vec::new(),
                session,
            };
            Ok(Said { hit, text: row.get(6)?, files: Vec::new() })
        })
        .optional()?;
    let Some(mut said) = said else { return Ok(None) };
    let id = said.hit.message_id;
    said.files = files::of_messages(connection, &[id])?.remove(&id).unwrap_or_default();
    Ok(Some(said))
}

/// The conversation around a message.
pub fn session(connection: &Connection, id: SessionId) -> Result<Option<HitSession>> {
    let mut statement = connection.prepare_cached(
        "SELECT s.id, s.status, s.contact_id, c.name, i.address, ch.name, ch.provider, u.name \
         FROM main.sessions s JOIN main.contacts c ON c.id = s.contact_id \
         JOIN main.identities i ON i.id = s.identity_id \
         JOIN main.channels ch ON ch.id = s.channel_id \
         LEFT JOIN main.users u ON u.id = s.owner_id WHERE s.id = ?1",
    )?;
    let found = statement.query_row([id], |row| {
        Ok(HitSession {
            id: row.get(0)?,
            status: row.get(1)?,
            contact_id: row.get(2)?,
            contact_name: row.get(3)?,
            address: row.get(4)?,
            channel_name: row.get(5)?,
            provider: row.get(6)?,
            owner_name: row.get(7)?,
        })
    });
    Ok(found.optional()?)
}
