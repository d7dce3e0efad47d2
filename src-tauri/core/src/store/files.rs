//! Files that travel with messages, and the public links to them. The bytes are on disk, not here.

use std::collections::HashMap;

use deskbell_channels::exchange::InboundMedia;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::access::Caller;
use crate::error::{Error, Result};
use crate::model::{ChannelId, File, FileId, FileState, MessageId, Time, UserId};
use crate::store::Tx;

/// What the bytes of a file turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Found by looking at them.
    pub content_type: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256, lower-case hex.
    pub sha256: String,
}

/// A file and what decides who may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// The file.
    pub file: File,
    /// Who uploaded it; `None`: a customer sent it.
    pub uploaded_by: Option<UserId>,
    /// SHA-256 of its bytes, once they are here.
    pub sha256: Option<String>,
    /// The messages that carry it.
    pub messages: Vec<MessageId>,
}

/// A file that is still at the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingFile {
    /// Id.
    pub id: FileId,
    /// Its name.
    pub name: String,
    /// Where to fetch it.
    pub url: String,
    /// What the provider says its SHA-256 is.
    pub sha256: Option<String>,
    /// Times that fetching it failed.
    pub attempts: u32,
    /// Channel through which it came.
    pub channel_id: ChannelId,
    /// Message that carries it.
    pub message_id: MessageId,
}

/// A file behind a public link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkedFile {
    /// The file.
    pub file: File,
    /// Until when the link works.
    pub expires_at: Time,
}

/// Columns that [`of_row`] reads.
pub(super) const COLUMNS: &str =
    "files.id, files.name, files.content_type, files.size, files.state, files.error";

/// Adds a file that is still at the provider.
pub fn insert_pending(tx: &Tx<'_>, media: &InboundMedia, now: Time) -> Result<FileId> {
    let id = FileId::new();
    let name = File::safe_name(media.name.as_deref().unwrap_or_default());
    let content_type = media.content_type.as_deref().unwrap_or("application/octet-stream");
    let size = media.size.and_then(|size| i64::try_from(size).ok()).unwrap_or(0);
    let mut statement = tx.prepare_cached(
        "INSERT INTO files (id, name, content_type, size, state, remote_url, remote_sha256, \
         due_at, created_at) VALUES (?1, ?2, ?3, ?4, 'pending', ?5, ?6, ?7, ?7)",
    )?;
    let content_type: String = content_type.chars().take(100).collect();
    statement.execute(params![id, name, content_type, size, media.url, media.sha256, now])?;
    Ok(id)
}

/// Adds a file whose bytes are on our disk.
pub fn insert_stored(
    tx: &Tx<'_>,
    id: FileId,
    name: &str,
    content: &Content,
    uploaded_by: Option<UserId>,
    now: Time,
) -> Result<()> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO files (id, name, content_type, size, sha256, state, uploaded_by, created_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, 'stored', ?6, ?7)",
    )?;
    let Content { content_type, size, sha256 } = content;
    statement.execute(params![id, name, content_type, size, sha256, uploaded_by, now])?;
    Ok(())
}

/// Lets a message carry files, in this order, after those that it has.
pub fn attach(tx: &Tx<'_>, message: MessageId, files: &[FileId]) -> Result<()> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO message_files (message_id, position, file_id) VALUES (?1, \
         (SELECT coalesce(max(position) + 1, 0) FROM message_files WHERE message_id = ?1), ?2)",
    )?;
    for file in files {
        statement.execute(params![message, file])?;
    }
    if files.is_empty() {
        return Ok(());
    }
    tx.prepare_cached(
        "UPDATE sessions SET has_file = 1 \
         WHERE id = (SELECT session_id FROM messages WHERE id = ?1) AND has_file = 0",
    )?
    .execute([message])?;
    Ok(())
}

/// The files of messages, in order.
pub fn of_messages(
    connection: &Connection,
    messages: &[MessageId],
) -> Result<HashMap<MessageId, Vec<File>>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM message_files JOIN files ON files.id = message_files.file_id \
         WHERE message_files.message_id = ?1 ORDER BY message_files.position"
    ))?;
    let mut found = HashMap::new();
    for message in messages {
        let files: Vec<File> =
            statement.query_map([message], of_row)?.collect::<rusqlite::Result<_>>()?;
        if !files.is_empty() {
            found.insert(*message, files);
        }
    }
    Ok(found)
}

/// The file with this id.
pub fn get(connection: &Connection, id: FileId) -> Result<Option<FileRow>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, uploaded_by, sha256 FROM files WHERE id = ?1"
    ))?;
    let row =
        statement.query_row([id], |row| Ok((of_row(row)?, row.get(6)?, row.get(7)?))).optional()?;
    let Some((file, uploaded_by, sha256)) = row else { return Ok(None) };
    let messages = messages_of(connection, id)?;
    Ok(Some(FileRow { file, uploaded_by, sha256, messages }))
}

/// The messages that carry a file.
pub fn messages_of(connection: &Connection, id: FileId) -> Result<Vec<MessageId>> {
    let mut statement = connection
        .prepare_cached("SELECT message_id FROM message_files WHERE file_id = ?1 LIMIT 100")?;
    let found = statement.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(found)
}

/// Files that a user can send, in the order asked for: those they uploaded, and those of quick
/// replies that they have.
pub fn sendable(connection: &Connection, caller: &Caller, ids: &[FileId]) -> Result<Vec<File>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, uploaded_by FROM files WHERE id = ?1 AND state = 'stored'"
    ))?;
    ids.iter()
        .map(|id| {
            let row = |row: &Row<'_>| Ok((of_row(row)?, row.get::<_, Option<UserId>>(6)?));
            let (file, uploaded_by) =
                statement.query_row([id], row).optional()?.ok_or(Error::NotFound("file"))?;
            let theirs = uploaded_by == Some(caller.user)
                || super::quick_replies::has_file(connection, caller, *id)?;
            if theirs { Ok(file) } else { Err(Error::NotFound("file")) }
        })
        .collect()
}

/// Files that wait to be fetched, oldest first.
pub fn due(connection: &Connection, now: Time, limit: u32) -> Result<Vec<PendingFile>> {
    let mut statement = connection.prepare_cached(
        "SELECT files.id, files.name, files.remote_url, files.remote_sha256, files.attempts, \
                messages.channel_id, messages.id \
         FROM files \
         JOIN message_files ON message_files.file_id = files.id \
         JOIN messages ON messages.id = message_files.message_id \
         WHERE files.state = 'pending' AND files.due_at <= ?1 AND files.remote_url IS NOT NULL \
         ORDER BY files.due_at LIMIT ?2",
    )?;
    let found = statement
        .query_map(params![now, limit], |row| {
            Ok(PendingFile {
                id: row.get(0)?,
                name: row.get(1)?,
                url: row.get(2)?,
                sha256: row.get(3)?,
                attempts: row.get(4)?,
                channel_id: row.get(5)?,
                message_id: row.get(6)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(found)
}

/// When the next file is to be fetched that is not due already.
pub fn next_due(connection: &Connection, now: Time) -> Result<Option<Time>> {
    let mut statement = connection
        .prepare_cached("SELECT min(due_at) FROM files WHERE state = 'pending' AND due_at > ?1")?;
    Ok(statement.query_row([now], |row| row.get(0))?)
}

/// The bytes of a file have arrived.
pub fn set_stored(tx: &Tx<'_>, id: FileId, name: &str, content: &Content) -> Result<()> {
    tx.prepare_cached(
        "UPDATE files SET state = 'stored', name = ?2, content_type = ?3, size = ?4, sha256 = ?5, \
         error = NULL, due_at = NULL, remote_url = NULL WHERE id = ?1",
    )?
    .execute(params![id, name, content.content_type, content.size, content.sha256])?;
    Ok(())
}

/// Fetching failed; it is tried again at `due_at`.
pub fn postpone(tx: &Tx<'_>, id: FileId, error: &str, due_at: Time) -> Result<()> {
    tx.prepare_cached(
        "UPDATE files SET attempts = attempts + 1, error = ?2, due_at = ?3 WHERE id = ?1",
    )?
    .execute(params![id, error, due_at])?;
    Ok(())
}

/// Fetching failed for good.
pub fn set_failed(tx: &Tx<'_>, id: FileId, error: &str) -> Result<()> {
    tx.prepare_cached(
        "UPDATE files SET state = 'failed', attempts = attempts + 1, error = ?2, due_at = NULL \
         WHERE id = ?1",
    )?
    .execute(params![id, error])?;
    Ok(())
}

/// Lets a file that failed be fetched again; says whether there was one.
pub fn fetch_again(tx: &Tx<'_>, id: FileId, now: Time) -> Result<bool> {
    let changed = tx
        .prepare_cached(
            "UPDATE files SET state = 'pending', attempts = 0, due_at = ?2 \
             WHERE id = ?1 AND state = 'failed' AND remote_url IS NOT NULL",
        )?
        .execute(params![id, now])?;
    Ok(changed > 0)
}

/// Uploads that neither a message nor a quick reply carries, made before a time.
pub fn abandoned(connection: &Connection, before: Time, limit: u32) -> Result<Vec<FileId>> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM files WHERE (uploaded_by IS NOT NULL OR visitor_hash IS NOT NULL) AND created_at < ?1 \
         AND NOT EXISTS (SELECT 1 FROM message_files WHERE file_id = files.id) \
         AND NOT EXISTS (SELECT 1 FROM draft_files WHERE file_id = files.id) \
         AND NOT EXISTS (SELECT 1 FROM quick_reply_files WHERE file_id = files.id) \
         AND NOT EXISTS (SELECT 1 FROM chat_site_files WHERE file_id = files.id) \
         AND NOT EXISTS (SELECT 1 FROM users WHERE photo = files.id) \
         ORDER BY id LIMIT ?2",
    )?;
    let found = statement
        .query_map(params![before, limit], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(found)
}

/// Forgets an upload that no message carries; says whether it was forgotten.
pub fn remove_abandoned(tx: &Tx<'_>, id: FileId) -> Result<bool> {
    tx.prepare_cached("DELETE FROM media_links WHERE file_id = ?1")?.execute([id])?;
    let removed = tx
        .prepare_cached(
            "DELETE FROM files WHERE id = ?1 \
             AND NOT EXISTS (SELECT 1 FROM message_files WHERE file_id = files.id) \
             AND NOT EXISTS (SELECT 1 FROM draft_files WHERE file_id = files.id) \
             AND NOT EXISTS (SELECT 1 FROM quick_reply_files WHERE file_id = files.id) \
             AND NOT EXISTS (SELECT 1 FROM chat_site_files WHERE file_id = files.id) \
             AND NOT EXISTS (SELECT 1 FROM users WHERE photo = files.id)",
        )?
        .execute([id])?;
    Ok(removed > 0)
}

/// Adds a public link; only the hash of its token is kept.
pub fn insert_link(
    tx: &Tx<'_>,
    token_hash: &[u8],
    file: FileId,
    now: Time,
    expires_at: Time,
) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO media_links (token_hash, file_id, created_at, expires_at) \
         VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![token_hash, file, now, expires_at])?;
    Ok(())
}

/// The file behind a public link, expired or not.
pub fn of_link(connection: &Connection, token_hash: &[u8]) -> Result<Option<LinkedFile>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, media_links.expires_at FROM media_links \
         JOIN files ON files.id = media_links.file_id WHERE media_links.token_hash = ?1"
    ))?;
    let found = statement
        .query_row([token_hash], |row| {
            Ok(LinkedFile { file: of_row(row)?, expires_at: row.get(6)? })
        })
        .optional()?;
    Ok(found)
}

/// Forgets links that expired before a time; until then they say that they have expired.
pub fn drop_links(tx: &Tx<'_>, before: Time) -> Result<usize> {
    Ok(tx.prepare_cached("DELETE FROM media_links WHERE expires_at < ?1")?.execute([before])?)
}

/// Reads a row of [`COLUMNS`].
pub(super) fn of_row(row: &Row<'_>) -> rusqlite::Result<File> {
    let state: FileState = row.get(4)?;
    let error: Option<String> = row.get(5)?;
    Ok(File {
        id: row.get(0)?,
        name: row.get(1)?,
        content_type: row.get(2)?,
        size: row.get(3)?,
        state,
        error: error.filter(|_| state == FileState::Failed),
    })
}
