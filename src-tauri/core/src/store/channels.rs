//! Channels and their sealed secrets. Knows neither what a provider is nor how a secret is sealed.

use std::collections::BTreeMap;

use deskbell_channels::exchange::HealthState;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::model::{ChannelHealth, ChannelId, ChannelState, MessageId, SessionId, Time, UserId};
use crate::store::Tx;

/// A channel as it is stored, without its numbers and secrets.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelRow {
    /// Id.
    pub id: ChannelId,
    /// Id of the provider.
    pub provider: String,
    /// Name.
    pub name: String,
    /// Whether it works.
    pub state: ChannelState,
    /// Last part of its webhook path.
    pub token: String,
    /// Plain settings by field name.
    pub values: BTreeMap<String, String>,
    /// Override of the provider's base URL.
    pub base_url: Option<String>,
    /// Messages per second at most.
    pub rate: f64,
    /// Minutes of silence after which a session closes.
    pub auto_close_minutes: Option<u32>,
    /// Text that goes with files sent without one.
    pub file_text: Option<String>,
    /// Automatic answer to STOP.
    pub stop_text: Option<String>,
    /// Automatic answer to HELP.
    pub help_text: Option<String>,
    /// Name that webhooks have to come with.
    pub webhook_user: Option<String>,
    /// Networks that webhooks may come from; empty: any.
    pub allowed_networks: Vec<String>,
    /// What was last set at the provider.
    pub webhook_set: Option<WebhookSetRow>,
    /// Its light.
    pub health: ChannelHealth,
    /// Who opened its form.
    pub created_by: Option<UserId>,
    /// When its form was first opened.
    pub created_at: Time,
}

/// The webhook address as it was set at the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookSetRow {
    /// The address.
    pub url: String,
    /// The numbers that it was set for.
    pub numbers: Vec<String>,
    /// When.
    pub at: Time,
}

const COLUMNS: &str = "id, provider, name, state, token, settings, base_url, rate, auto_close_minutes, \
     file_text, health, health_detail, checked_at, last_inbound_at, last_outbound_at, created_by, \
     created_at, stop_text, help_text, webhook_user, allowed_networks, webhook_set_url, \
     webhook_set_for, webhook_set_at";

/// Adds a channel.
pub fn insert(tx: &Tx<'_>, channel: &ChannelRow) -> Result<()> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO channels (id, provider, name, state, token, settings, base_url, rate, \
         auto_close_minutes, file_text, created_by, created_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    statement.execute(params![
        channel.id,
        channel.provider,
        channel.name,
        channel.state,
        channel.token,
        to_json(&channel.values)?,
        channel.base_url,
        channel.rate,
        channel.auto_close_minutes,
        channel.file_text,
        channel.created_by,
        channel.created_at,
    ])?;
    Ok(())
}

/// Stores everything that an administrator can change of a channel.
pub fn update(tx: &Tx<'_>, channel: &ChannelRow) -> Result<()> {
    let mut statement = tx.prepare_cached(
        "UPDATE channels SET name = ?2, state = ?3, settings = ?4, base_url = ?5, rate = ?6, \
         auto_close_minutes = ?7, file_text = ?8, stop_text = ?9, help_text = ?10, \
         webhook_user = ?11, allowed_networks = ?12 WHERE id = ?1 AND deleted_at IS NULL",
    )?;
    statement.execute(params![
        channel.id,
        channel.name,
        channel.state,
        to_json(&channel.values)?,
        channel.base_url,
        channel.rate,
        channel.auto_close_minutes,
        channel.file_text,
        channel.stop_text,
        channel.help_text,
        channel.webhook_user,
        to_json(&channel.allowed_networks)?,
    ])?;
    Ok(())
}

/// Marks a channel as deleted; its history stays, its token is never given again.
pub fn mark_deleted(tx: &Tx<'_>, id: ChannelId, now: Time) -> Result<()> {
    tx.prepare_cached("UPDATE channels SET deleted_at = ?2, state = 'disabled' WHERE id = ?1")?
        .execute(params![id, now])?;
    Ok(())
}

/// The channel, unless it was deleted.
pub fn get(connection: &Connection, id: ChannelId) -> Result<Option<ChannelRow>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM channels WHERE id = ?1 AND deleted_at IS NULL"
    ))?;
    Ok(statement.query_row([id], of_row).optional()?)
}

/// Whether there is a channel of this provider with this webhook token that was not deleted.
pub fn has_token(connection: &Connection, provider: &str, token: &str) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM channels WHERE token = ?1 AND provider = ?2 AND deleted_at IS NULL",
    )?;
    Ok(statement.exists(params![token, provider])?)
}

/// All channels that were not deleted, oldest first.
pub fn all(connection: &Connection) -> Result<Vec<ChannelRow>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM channels WHERE deleted_at IS NULL ORDER BY created_at, id"
    ))?;
    let found = statement.query_map([], of_row)?.collect::<rusqlite::Result<_>>()?;
    Ok(found)
}

/// The draft for this provider whose form this user opened before.
pub fn draft_of(
    connection: &Connection,
    user: UserId,
    provider: &str,
) -> Result<Option<ChannelRow>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM channels WHERE created_by = ?1 AND provider = ?2 \
         AND state = 'draft' AND deleted_at IS NULL ORDER BY created_at LIMIT 1"
    ))?;
    Ok(statement.query_row(params![user, provider], of_row).optional()?)
}

/// Messages of a channel that wait to leave, with their sessions.
pub fn waiting_messages(
    connection: &Connection,
    id: ChannelId,
) -> Result<Vec<(MessageId, SessionId)>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, session_id FROM messages WHERE channel_id = ?1 \
         AND state IN ('queued', 'sending') AND state = 'queued' ORDER BY seq",
    )?;
    let found = statement
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(found)
}

/// Whether its light is green, or it was never asked.
pub fn is_connected(connection: &Connection, id: ChannelId) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM channels WHERE id = ?1 AND coalesce(health, 'connected') = 'connected'",
    )?;
    Ok(statement.exists([id])?)
}

/// Keeps what the provider said when it was asked.
pub fn set_health(
    tx: &Tx<'_>,
    id: ChannelId,
    state: HealthState,
    detail: Option<&str>,
    now: Time,
) -> Result<()> {
    tx.prepare_cached(
        "UPDATE channels SET health = ?2, health_detail = ?3, checked_at = ?4 WHERE id = ?1",
    )?
    .execute(params![id, state.as_str(), detail, now])?;
    Ok(())
}

/// Keeps what was set at the provider.
pub fn set_webhook_set(tx: &Tx<'_>, id: ChannelId, set: &WebhookSetRow) -> Result<()> {
    tx.prepare_cached(
        "UPDATE channels SET webhook_set_url = ?2, webhook_set_for = ?3, webhook_set_at = ?4 \
         WHERE id = ?1",
    )?
    .execute(params![id, set.url, to_json(&set.numbers)?, set.at])?;
    Ok(())
}

/// A customer's message came in.
pub fn note_inbound(tx: &Tx<'_>, id: ChannelId, now: Time) -> Result<()> {
    tx.prepare_cached("UPDATE channels SET last_inbound_at = ?2 WHERE id = ?1")?
        .execute(params![id, now])?;
    Ok(())
}

/// The provider took a message.
pub fn note_outbound(tx: &Tx<'_>, id: ChannelId, now: Time) -> Result<()> {
    tx.prepare_cached("UPDATE channels SET last_outbound_at = ?2 WHERE id = ?1")?
        .execute(params![id, now])?;
    Ok(())
}

/// Keeps a sealed secret, in place of the one before.
pub fn put_secret(tx: &Tx<'_>, id: ChannelId, name: &str, sealed: &[u8]) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO channel_secrets (channel_id, name, sealed) VALUES (?1, ?2, ?3) \
         ON CONFLICT (channel_id, name) DO UPDATE SET sealed = excluded.sealed",
    )?
    .execute(params![id, name, sealed])?;
    Ok(())
}

/// Forgets one secret.
pub fn remove_secret(tx: &Tx<'_>, id: ChannelId, name: &str) -> Result<()> {
    tx.prepare_cached("DELETE FROM channel_secrets WHERE channel_id = ?1 AND name = ?2")?
        .execute(params![id, name])?;
    Ok(())
}

/// Forgets every secret of a channel.
pub fn remove_secrets(tx: &Tx<'_>, id: ChannelId) -> Result<()> {
    tx.prepare_cached("DELETE FROM channel_secrets WHERE channel_id = ?1")?.execute([id])?;
    Ok(())
}

/// The sealed secrets of a channel by field name.
pub fn secrets(connection: &Connection, id: ChannelId) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut statement = connection
        .prepare_cached("SELECT name, sealed FROM channel_secrets WHERE channel_id = ?1")?;
    let found = statement
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(found)
}

/// Names of the secrets that a channel has.
pub fn secret_names(connection: &Connection, id: ChannelId) -> Result<Vec<String>> {
    let mut statement = connection
        .prepare_cached("SELECT name FROM channel_secrets WHERE channel_id = ?1 ORDER BY name")?;
    let found = statement.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(found)
}

fn of_row(row: &Row<'_>) -> rusqlite::Result<ChannelRow> {
    let health: Option<String> = row.get(10)?;
    let state = health.as_deref().and_then(health_state);
    Ok(ChannelRow {
        id: row.get(0)?,
        provider: row.get(1)?,
        name: row.get(2)?,
        state: row.get(3)?,
        token: row.get(4)?,
        values: from_json(row, 5)?,
        base_url: row.get(6)?,
        rate: row.get(7)?,
        auto_close_minutes: row.get(8)?,
        file_text: row.get(9)?,
        stop_text: row.get(17)?,
        help_text: row.get(18)?,
        webhook_user: row.get(19)?,
        allowed_networks: from_json(row, 20)?,
        webhook_set: webhook_set(row)?,
        health: ChannelHealth {
            state,
            words: state.map_or("Not checked yet", HealthState::words).to_owned(),
            detail: row.get(11)?,
            checked_at: row.get(12)?,
            last_inbound_at: row.get(13)?,
            last_outbound_at: row.get(14)?,
            ..ChannelHealth::default()
        },
        created_by: row.get(15)?,
        created_at: row.get(16)?,
    })
}

/// Both, or neither: they are written together.
fn webhook_set(row: &Row<'_>) -> rusqlite::Result<Option<WebhookSetRow>> {
    let (url, at) = (row.get(21)?, row.get(23)?);
    let (Some(url), Some(at)) = (url, at) else { return Ok(None) };
    Ok(Some(WebhookSetRow { url, numbers: from_json(row, 22)?, at }))
}

fn health_state(word: &str) -> Option<HealthState> {
    [
        HealthState::Connected,
        HealthState::Unauthorized,
        HealthState::ServiceUnavailable,
        HealthState::Unknown,
        HealthState::RequestFailed,
    ]
    .into_iter()
    .find(|state| state.as_str() == word)
}

fn to_json(values: &impl Serialize) -> Result<String> {
    serde_json::to_string(values).map_err(|error| Error::Internal(error.to_string()))
}

fn from_json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| {
        let kind = rusqlite::types::Type::Text;
        rusqlite::Error::FromSqlConversionFailure(column, kind, Box::new(error))
    })
}
