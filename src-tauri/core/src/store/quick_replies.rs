//! Quick replies with their words, files and channels, and how often each user used them.

use std::collections::HashMap;
use std::hash::Hash;

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::files;
use crate::access::Caller;
use crate::error::{Error, Result};
use crate::model::{
    File, FileId, QueueId, QuickReply, QuickReplyEntry, QuickReplyId, ReplyBody, ReplyVisibility,
    Time, UserId,
};
use crate::store::Tx;

const SELECT: &str = "SELECT r.id, r.name, r.shortcut, r.folder, r.body, r.visible, r.user_id, \
    r.queue_id, r.after, coalesce(u.uses, 0), u.used_at, r.updated_at \
    FROM quick_replies r LEFT JOIN quick_reply_uses u ON u.reply_id = r.id AND u.user_id = ?1";

/// Those that user `?1` has; `?2` says whether they have those of every queue.
const VISIBLE: &str = "(r.visible = 'team' OR (r.visible = 'me' AND r.user_id = ?1) \
    OR (r.visible = 'queue' AND (?2 OR EXISTS (SELECT 1 FROM queue_agents a \
        WHERE a.queue_id = r.queue_id AND a.user_id = ?1))))";

fn read(row: &Row<'_>, caller: &Caller) -> rusqlite::Result<QuickReply> {
    let visible: ReplyVisibility = row.get(5)?;
    let may_change = match visible {
        ReplyVisibility::Me => true,
        ReplyVisibility::Team | ReplyVisibility::Queue => caller.supervises(),
    };
    Ok(QuickReply {
        id: row.get(0)?,
        name: row.get(1)?,
        shortcut: row.get(2)?,
        folder: row.get(3)?,
        body: row.get(4)?,
        bodies: Vec::new(),
        files: Vec::new(),
        channels: Vec::new(),
        visible,
        user_id: row.get(6)?,
        queue_id: row.get(7)?,
        after: row.get(8)?,
        uses: row.get(9)?,
        used_at: row.get(10)?,
        may_change,
        updated_at: row.get(11)?,
    })
}

/// Those that the caller has, by name.
pub fn list(connection: &Connection, caller: &Caller) -> Result<Vec<QuickReply>> {
    let mut statement =
        connection.prepare_cached(&format!("{SELECT} WHERE {VISIBLE} ORDER BY r.name, r.id"))?;
    let rows =
        statement.query_map(params![caller.user, caller.supervises()], |row| read(row, caller))?;
    let mut replies: Vec<QuickReply> = rows.collect::<rusqlite::Result<_>>()?;
    let mut bodies = all_bodies(connection)?;
    let mut files = all_files(connection)?;
    let mut channels = all_channels(connection)?;
    for reply in &mut replies {
        reply.bodies = bodies.remove(&reply.id).unwrap_or_default();
        reply.files = files.remove(&reply.id).unwrap_or_default();
        reply.channels = channels.remove(&reply.id).unwrap_or_default();
    }
    Ok(replies)
}

/// One that the caller has; refused when there is none.
pub fn get(connection: &Connection, caller: &Caller, id: QuickReplyId) -> Result<QuickReply> {
    let mut statement =
        connection.prepare_cached(&format!("{SELECT} WHERE r.id = ?3 AND {VISIBLE}"))?;
    let found = statement
        .query_row(params![caller.user, caller.supervises(), id], |row| read(row, caller))
        .optional()?;
    let mut reply = found.ok_or(Error::NotFound("quick reply"))?;
    reply.bodies = all_bodies(connection)?.remove(&id).unwrap_or_default();
    reply.files = all_files(connection)?.remove(&id).unwrap_or_default();
    reply.channels = all_channels(connection)?.remove(&id).unwrap_or_default();
    Ok(reply)
}

fn grouped<K: Eq + Hash, V>(
    pairs: impl Iterator<Item = rusqlite::Result<(K, V)>>,
) -> Result<HashMap<K, Vec<V>>> {
    let mut found: HashMap<K, Vec<V>> = HashMap::new();
    for pair in pairs {
        let (key, value) = pair?;
        found.entry(key).or_default().push(value);
    }
    Ok(found)
}

fn all_bodies(connection: &Connection) -> Result<HashMap<QuickReplyId, Vec<ReplyBody>>> {
    let mut statement =
        connection.prepare_cached("SELECT reply_id, language, body FROM quick_reply_bodies")?;
    let rows = statement.query_map([], |row| {
        Ok((row.get(0)?, ReplyBody { language: row.get(1)?, body: row.get(2)? }))
    })?;
    grouped(rows)
}

fn all_files(connection: &Connection) -> Result<HashMap<QuickReplyId, Vec<File>>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {}, r.reply_id FROM quick_reply_files r JOIN files ON files.id = r.file_id \
         ORDER BY r.reply_id, r.position",
        files::COLUMNS
    ))?;
    let rows = statement.query_map([], |row| Ok((row.get(6)?, files::of_row(row)?)))?;
    grouped(rows)
}

fn all_channels(
    connection: &Connection,
) -> Result<HashMap<QuickReplyId, Vec<crate::model::ChannelId>>> {
    let mut statement = connection.prepare_cached(
        "SELECT r.reply_id, r.channel_id FROM quick_reply_channels r \
         JOIN channels c ON c.id = r.channel_id WHERE c.deleted_at IS NULL",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    grouped(rows)
}

/// Whether a file belongs to a quick reply that the caller has.
pub fn has_file(connection: &Connection, caller: &Caller, file: FileId) -> Result<bool> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT 1 FROM quick_reply_files f JOIN quick_replies r ON r.id = f.reply_id \
         WHERE f.file_id = ?3 AND {VISIBLE}"
    ))?;
    Ok(statement.exists(params![caller.user, caller.supervises(), file])?)
}

/// Where a name or shortcut has to be the only one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// Who has it.
    pub visible: ReplyVisibility,
    /// The one user.
    pub user: Option<UserId>,
    /// The one queue.
    pub queue: Option<QueueId>,
}

/// The quick reply with this name in a scope.
pub fn of_name(connection: &Connection, scope: Scope, name: &str) -> Result<Option<QuickReplyId>> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM quick_replies WHERE name = ?4 AND visible = ?1 \
         AND user_id IS ?2 AND queue_id IS ?3",
    )?;
    let Scope { visible, user, queue } = scope;
    Ok(statement.query_row(params![visible, user, queue, name], |row| row.get(0)).optional()?)
}

/// The quick reply with this shortcut in a scope.
pub fn of_shortcut(
    connection: &Connection,
    scope: Scope,
    shortcut: &str,
) -> Result<Option<QuickReplyId>> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM quick_replies WHERE shortcut = ?4 AND shortcut <> '' AND visible = ?1 \
         AND user_id IS ?2 AND queue_id IS ?3",
    )?;
    let Scope { visible, user, queue } = scope;
    Ok(statement.query_row(params![visible, user, queue, shortcut], |row| row.get(0)).optional()?)
}

/// How many there are in a scope.
pub fn count(connection: &Connection, scope: Scope) -> Result<i64> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FROM quick_replies WHERE visible = ?1 AND user_id IS ?2 AND queue_id IS ?3",
    )?;
    let Scope { visible, user, queue } = scope;
    Ok(statement.query_row(params![visible, user, queue], |row| row.get(0))?)
}

/// Adds a quick reply without its parts.
pub fn insert(
    tx: &Tx<'_>,
    scope: Scope,
    entry: &QuickReplyEntry,
    now: Time,
) -> Result<QuickReplyId> {
    let id = QuickReplyId::new();
    tx.prepare_cached(
        "INSERT INTO quick_replies (id, name, shortcut, folder, body, visible, user_id, queue_id, \
         after, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)",
    )?
    .execute(params![
        id,
        entry.name,
        entry.shortcut,
        entry.folder,
        entry.body,
        scope.visible,
        scope.user,
        scope.queue,
        entry.after,
        now
    ])?;
    Ok(id)
}

/// Changes a quick reply without its parts.
pub fn update(
    tx: &Tx<'_>,
    id: QuickReplyId,
    scope: Scope,
    entry: &QuickReplyEntry,
    now: Time,
) -> Result<()> {
    tx.prepare_cached(
        "UPDATE quick_replies SET name = ?2, shortcut = ?3, folder = ?4, body = ?5, visible = ?6, \
         user_id = ?7, queue_id = ?8, after = ?9, updated_at = ?10 WHERE id = ?1",
    )?
    .execute(params![
        id,
        entry.name,
        entry.shortcut,
        entry.folder,
        entry.body,
        scope.visible,
        scope.user,
        scope.queue,
        entry.after,
        now
    ])?;
    Ok(())
}

/// Takes away its words in other languages, its files and its channels.
pub fn clear_parts(tx: &Tx<'_>, id: QuickReplyId) -> Result<()> {
    tx.prepare_cached("DELETE FROM quick_reply_bodies WHERE reply_id = ?1")?.execute([id])?;
    tx.prepare_cached("DELETE FROM quick_reply_files WHERE reply_id = ?1")?.execute([id])?;
    tx.prepare_cached("DELETE FROM quick_reply_channels WHERE reply_id = ?1")?.execute([id])?;
    Ok(())
}

/// Gives it its words in other languages, its files and its channels.
pub fn add_parts(tx: &Tx<'_>, id: QuickReplyId, entry: &QuickReplyEntry) -> Result<()> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO quick_reply_bodies (reply_id, language, body) VALUES (?1, ?2, ?3)",
    )?;
    for words in &entry.bodies {
        statement.execute(params![id, words.language, words.body])?;
    }
    let mut statement = tx.prepare_cached(
        "INSERT INTO quick_reply_files (reply_id, position, file_id) VALUES (?1, ?2, ?3)",
    )?;
    for (position, file) in (0_i64..).zip(&entry.file_ids) {
        statement.execute(params![id, position, file])?;
    }
    let mut statement = tx.prepare_cached(
        "INSERT OR IGNORE INTO quick_reply_channels (reply_id, channel_id) \
         SELECT ?1, id FROM channels WHERE id = ?2 AND deleted_at IS NULL",
    )?;
    for channel in &entry.channels {
        statement.execute(params![id, channel])?;
    }
    Ok(())
}

/// Deletes a quick reply. Messages that were made from it keep their files.
pub fn delete(tx: &Tx<'_>, id: QuickReplyId) -> Result<()> {
    tx.prepare_cached("DELETE FROM quick_replies WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// A user used it once more.
pub fn count_use(tx: &Tx<'_>, id: QuickReplyId, user: UserId, now: Time) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO quick_reply_uses (user_id, reply_id, uses, used_at) VALUES (?1, ?2, 1, ?3) \
         ON CONFLICT (user_id, reply_id) DO UPDATE SET uses = uses + 1, used_at = excluded.used_at",
    )?
    .execute(params![user, id, now])?;
    Ok(())
}
