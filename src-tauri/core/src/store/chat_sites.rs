//! What administrators chose for their sites. When a chat closes by silence stands in the channel's
//! own row, and only there.

use rusqlite::{Connection, OptionalExtension, params};

use super::Tx;
use crate::error::{Error, Result};
use crate::model::{ChannelId, ChannelState, ChatSettings, FileId};

/// A site as visitors meet it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteRow {
    /// Its channel.
    pub channel: ChannelId,
    /// Name of the channel.
    pub name: String,
    /// Whether it works.
    pub state: ChannelState,
    /// What was chosen for it.
    pub settings: ChatSettings,
}

/// What was chosen for a site; `None`: the channel is none.
pub fn settings(c: &Connection, channel: ChannelId) -> Result<Option<ChatSettings>> {
    let mut statement = c.prepare_cached(
        "SELECT s.settings, ch.auto_close_minutes FROM chat_sites s \
         JOIN channels ch ON ch.id = s.channel_id WHERE s.channel_id = ?1 AND ch.deleted_at IS NULL",
    )?;
    let kept: Option<(String, Option<u32>)> =
        statement.query_row([channel], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    kept.map(|(text, minutes)| read(&text, minutes)).transpose()
}

/// The site with this token, unless it was deleted.
pub fn of_token(c: &Connection, token: &str) -> Result<Option<SiteRow>> {
    let mut statement = c.prepare_cached(
        "SELECT ch.id, ch.name, ch.state, s.settings, ch.auto_close_minutes FROM channels ch \
         JOIN chat_sites s ON s.channel_id = ch.id WHERE ch.token = ?1 AND ch.deleted_at IS NULL",
    )?;
    let found = statement.query_row([token], |row| {
        let kept: (String, Option<u32>) = (row.get(3)?, row.get(4)?);
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, kept))
    });
    let Some((channel, name, state, (text, minutes))) = found.optional()? else { return Ok(None) };
    Ok(Some(SiteRow { channel, name, state, settings: read(&text, minutes)? }))
}

fn read(text: &str, minutes: Option<u32>) -> Result<ChatSettings> {
    let kept: ChatSettings =
        serde_json::from_str(text).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(ChatSettings { close_after_minutes: minutes, ..kept })
}

/// Keeps what was chosen for a site.
pub fn put(tx: &Tx<'_>, channel: ChannelId, settings: &ChatSettings) -> Result<()> {
    let text =
        serde_json::to_string(settings).map_err(|error| Error::Internal(error.to_string()))?;
    tx.prepare_cached(
        "INSERT INTO chat_sites (channel_id, settings) VALUES (?1, ?2) \
         ON CONFLICT (channel_id) DO UPDATE SET settings = excluded.settings",
    )?
    .execute(params![channel, text])?;
    tx.prepare_cached("UPDATE channels SET auto_close_minutes = ?2 WHERE id = ?1")?
        .execute(params![channel, settings.close_after_minutes])?;
    tx.prepare_cached("DELETE FROM chat_site_files WHERE channel_id = ?1")?.execute([channel])?;
    let mut statement = tx.prepare_cached(
        "INSERT OR IGNORE INTO chat_site_files (channel_id, file_id) VALUES (?1, ?2)",
    )?;
    let appearance = &settings.appearance;
    for file in appearance.logo_file_id.iter().chain(&appearance.default_agent_photo) {
        statement.execute(params![channel, file])?;
    }
    Ok(())
}

/// Whether a site shows this file.
pub fn has_file(c: &Connection, channel: ChannelId, file: FileId) -> Result<bool> {
    let mut statement =
        c.prepare_cached("SELECT 1 FROM chat_site_files WHERE channel_id = ?1 AND file_id = ?2")?;
    Ok(statement.exists(params![channel, file])?)
}
