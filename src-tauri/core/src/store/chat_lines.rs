//! What was said on a site, as its visitor may read it: what they wrote, and what was said to them
//! once the outbox has let it go. Neither notes nor events, and nobody else's.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::files;
use crate::error::Result;
use crate::model::{
    AutomaticKind, ChannelId, Direction, File, FileId, IdentityId, MessageId, MessageState,
    SessionId, Time,
};

/// Something that was said, as the visitor may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatLine {
    /// Place.
    pub seq: i64,
    /// Id.
    pub id: MessageId,
    /// Its session.
    pub session: SessionId,
    /// From the visitor, or to them.
    pub direction: Direction,
    /// Name of the user who wrote it, at that time.
    pub author: Option<String>,
    /// That user's photo.
    pub photo: Option<FileId>,
    /// Which of the automatic messages it is.
    pub auto: Option<AutomaticKind>,
    /// Whether the desk itself wrote it.
    pub automatic: bool,
    /// The text.
    pub text: String,
    /// Files.
    pub files: Vec<File>,
    /// What became of it.
    pub state: MessageState,
    /// What the visitor's browser called it, with whose it is in front.
    pub key: Option<String>,
    /// When it was said.
    pub at: Time,
}

const SELECT: &str = "SELECT m.seq, m.id, m.session_id, m.direction, m.author_name, u.photo, m.auto, \
    m.automatic, m.body, m.state, m.provider_id, m.at \
    FROM messages m JOIN sessions s ON s.id = m.session_id \
    LEFT JOIN users u ON u.id = m.author_id";

/// What a visitor may read.
const READABLE: &str = "m.kind = 'message' AND (m.direction = 'in' \
    OR (m.direction = 'out' AND m.state IN ('sent', 'delivered', 'read')))";

fn read(row: &Row<'_>) -> rusqlite::Result<ChatLine> {
    let direction: Direction = row.get(3)?;
    let provider_id: Option<String> = row.get(10)?;
    Ok(ChatLine {
        seq: row.get(0)?,
        id: row.get(1)?,
        session: row.get(2)?,
        direction,
        author: row.get(4)?,
        photo: row.get(5)?,
        auto: row.get(6)?,
        automatic: row.get(7)?,
        text: row.get(8)?,
        files: Vec::new(),
        state: row.get(9)?,
        key: provider_id.filter(|_| direction == Direction::In),
        at: row.get(11)?,
    })
}

fn with_files(c: &Connection, mut lines: Vec<ChatLine>) -> Result<Vec<ChatLine>> {
    let ids: Vec<MessageId> = lines.iter().map(|line| line.id).collect();
    let mut found = files::of_messages(c, &ids)?;
    for line in &mut lines {
        line.files = found.remove(&line.id).unwrap_or_default();
    }
    Ok(lines)
}

/// Which lines are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The newest after this place.
    After(i64),
    /// The newest before this place.
    Before(i64),
}

/// Lines of a visitor, oldest first, at most `limit`, and whether there are older ones of them.
pub fn part(
    c: &Connection,
    visitor: IdentityId,
    wanted: Wanted,
    limit: usize,
) -> Result<(Vec<ChatLine>, bool)> {
    let (condition, place) = match wanted {
        Wanted::After(seq) => ("m.seq > ?2", seq),
        Wanted::Before(seq) => ("m.seq < ?2", seq),
    };
    let mut statement = c.prepare_cached(&format!(
        "{SELECT} WHERE s.identity_id = ?1 AND {condition} AND {READABLE} ORDER BY m.seq DESC LIMIT ?3"
    ))?;
    let most = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let rows = statement.query_map(params![visitor, place, most], read)?;
    let mut lines: Vec<ChatLine> = rows.collect::<rusqlite::Result<_>>()?;
    let more = lines.len() > limit;
    lines.truncate(limit);
    lines.reverse();
    Ok((with_files(c, lines)?, more))
}

/// Lines up to a place that no browser of the visitor has said to have, oldest first.
pub fn not_got(c: &Connection, visitor: IdentityId, upto: i64) -> Result<Vec<ChatLine>> {
    let mut statement = c.prepare_cached(&format!(
        "{SELECT} WHERE s.identity_id = ?1 AND m.seq <= ?2 AND m.kind = 'message' \
         AND m.direction = 'out' AND m.state = 'sent' ORDER BY m.seq DESC LIMIT 50"
    ))?;
    let rows = statement.query_map(params![visitor, upto], read)?;
    let mut lines: Vec<ChatLine> = rows.collect::<rusqlite::Result<_>>()?;
    lines.reverse();
    with_files(c, lines)
}

/// One line, if it is this visitor's and they may read it.
pub fn one(c: &Connection, visitor: IdentityId, id: MessageId) -> Result<Option<ChatLine>> {
    let mut statement = c.prepare_cached(&format!(
        "{SELECT} WHERE m.id = ?2 AND s.identity_id = ?1 AND {READABLE}"
    ))?;
    let line = statement.query_row(params![visitor, id], read).optional()?;
    Ok(with_files(c, line.into_iter().collect())?.pop())
}

/// The line that a visitor said under this key.
pub fn of_key(c: &Connection, channel: ChannelId, key: &str) -> Result<Option<ChatLine>> {
    let mut statement = c.prepare_cached(&format!(
        "{SELECT} WHERE m.channel_id = ?1 AND m.direction = 'in' AND m.provider_id = ?2"
    ))?;
    Ok(statement.query_row(params![channel, key], read).optional()?)
}

/// What was said to a visitor up to a place and that they had: ids, with their state.
pub fn told_upto(
    c: &Connection,
    visitor: IdentityId,
    upto: i64,
) -> Result<Vec<(MessageId, MessageState)>> {
    let mut statement = c.prepare_cached(
        "SELECT m.id, m.state FROM sessions s JOIN messages m ON m.session_id = s.id \
         WHERE s.identity_id = ?1 AND m.seq <= ?2 AND m.kind = 'message' AND m.direction = 'out' \
         AND m.state IN ('sent', 'delivered') ORDER BY m.seq DESC LIMIT 200",
    )?;
    let rows = statement.query_map(params![visitor, upto], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether a visitor has said anything in a session.
pub fn has_written(c: &Connection, session: SessionId) -> Result<bool> {
    let mut statement = c.prepare_cached(
        "SELECT 1 FROM messages WHERE session_id = ?1 AND direction = 'in' AND kind = 'message' LIMIT 1",
    )?;
    Ok(statement.exists([session])?)
}

/// The last automatic message of a kind in a session.
pub fn automatic_of(
    c: &Connection,
    session: SessionId,
    kind: AutomaticKind,
) -> Result<Option<String>> {
    let mut statement = c.prepare_cached(
        "SELECT body FROM messages WHERE session_id = ?1 AND auto = ?2 ORDER BY seq DESC LIMIT 1",
    )?;
    Ok(statement.query_row(params![session, kind], |row| row.get(0)).optional()?)
}

/// Files of visitors that no message carries.
pub fn loose_files(c: &Connection) -> Result<u32> {
    let mut statement = c.prepare_cached(
        "SELECT count(*) FROM files f WHERE f.visitor_hash IS NOT NULL \
         AND NOT EXISTS (SELECT 1 FROM message_files m WHERE m.file_id = f.id)",
    )?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// Notes which visitor brought a file.
pub fn set_visitor(c: &Connection, file: FileId, hash: &[u8]) -> Result<()> {
    c.prepare_cached("UPDATE files SET visitor_hash = ?2 WHERE id = ?1")?
        .execute(params![file, hash])?;
    Ok(())
}

/// Whether a file was brought by this visitor and no message carries it.
pub fn is_loose_of(c: &Connection, file: FileId, hash: &[u8]) -> Result<bool> {
    let mut statement = c.prepare_cached(
        "SELECT 1 FROM files f WHERE f.id = ?1 AND f.visitor_hash = ?2 AND f.state = 'stored' \
         AND NOT EXISTS (SELECT 1 FROM message_files m WHERE m.file_id = f.id)",
    )?;
    Ok(statement.exists(params![file, hash])?)
}

/// Whether a message of this visitor, one that they may read, carries a file.
pub fn carries(c: &Connection, visitor: IdentityId, file: FileId) -> Result<bool> {
    let mut statement = c.prepare_cached(&format!(
        "SELECT 1 FROM message_files mf JOIN messages m ON m.id = mf.message_id \
         JOIN sessions s ON s.id = m.session_id \
         WHERE mf.file_id = ?2 AND s.identity_id = ?1 AND {READABLE} LIMIT 1"
    ))?;
    Ok(statement.exists(params![visitor, file])?)
}
