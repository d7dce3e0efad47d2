//! Webhook deliveries as they came, and what became of them.

use deskbell_channels::exchange::Request;
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::model::{ChannelId, Delivery, DeliveryId, DeliveryOutcome, Time};
use crate::store::Tx;

/// Headers that carry credentials or belong to one connection: never kept.
const DROPPED: &[&str] =
    &["authorization", "proxy-authorization", "cookie", "set-cookie", "connection", "te"];

/// A delivery as it can be read again.
#[derive(Debug, Clone)]
pub struct RawDelivery {
    /// Id.
    pub id: DeliveryId,
    /// Its channel.
    pub channel_id: ChannelId,
    /// What became of it.
    pub outcome: DeliveryOutcome,
    /// When it came.
    pub received_at: Time,
    /// The request, without the addresses under which this desk is known.
    pub request: Request,
}

const COLUMNS: &str = "deliveries.id, deliveries.channel_id, coalesce(channels.name, ''), \
     deliveries.received_at, deliveries.content_type, length(deliveries.body), \
     deliveries.outcome, deliveries.error, deliveries.replayed_at";

/// What tells one delivery from another: method, address and body, not the signature's time.
fn digest(request: &Request) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(request.method.as_bytes());
    hash.update([0]);
    hash.update(request.path_and_query.as_bytes());
    hash.update([0]);
    hash.update(&request.body);
    hash.finalize().into()
}

/// Keeps a delivery.
pub fn insert(
    tx: &Tx<'_>,
    channel: ChannelId,
    request: &Request,
    outcome: DeliveryOutcome,
    error: Option<&str>,
    now: Time,
) -> Result<DeliveryId> {
    let id = DeliveryId::new();
    let mut statement = tx.prepare_cached(
        "INSERT INTO deliveries (id, channel_id, received_at, method, path, headers, content_type, \
         body, digest, outcome, error) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    statement.execute(params![
        id,
        channel,
        now,
        request.method,
        request.path_and_query,
        kept_headers(request)?,
        request.header("content-type").unwrap_or_default(),
        request.body.as_ref(),
        digest(request),
        outcome,
        error,
    ])?;
    Ok(id)
}

/// Whether the same request of this channel is under "Needs attention", or was put aside there.
pub fn is_kept(connection: &Connection, channel: ChannelId, request: &Request) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM deliveries WHERE channel_id = ?1 AND digest = ?2 AND outcome <> 'stored'",
    )?;
    Ok(statement.exists(params![channel, digest(request)])?)
}

/// The newest deliveries that had this outcome, or all, without bodies.
pub fn list(
    connection: &Connection,
    outcome: Option<DeliveryOutcome>,
    limit: u32,
) -> Result<Vec<Delivery>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM deliveries LEFT JOIN channels ON channels.id = deliveries.channel_id \
         WHERE (?1 IS NULL OR deliveries.outcome = ?1) \
         ORDER BY deliveries.received_at DESC, deliveries.id DESC LIMIT ?2"
    ))?;
    let found =
        statement.query_map(params![outcome, limit], of_row)?.collect::<rusqlite::Result<_>>()?;
    Ok(found)
}

/// One delivery with its body as text.
pub fn get(connection: &Connection, id: DeliveryId) -> Result<Option<Delivery>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS}, deliveries.body FROM deliveries \
         LEFT JOIN channels ON channels.id = deliveries.channel_id WHERE deliveries.id = ?1"
    ))?;
    let found = statement
        .query_row([id], |row| {
            let body: Vec<u8> = row.get(9)?;
            let body = String::from_utf8_lossy(&body).into_owned();
            Ok(Delivery { body: Some(body), ..of_row(row)? })
        })
        .optional()?;
    Ok(found)
}

/// The delivery as it came.
pub fn raw(connection: &Connection, id: DeliveryId) -> Result<Option<RawDelivery>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, channel_id, outcome, received_at, method, path, headers, body \
         FROM deliveries WHERE id = ?1",
    )?;
    let found = statement
        .query_row([id], |row| {
            let headers: String = row.get(6)?;
            let body: Vec<u8> = row.get(7)?;
            let delivery = RawDelivery {
                id: row.get(0)?,
                channel_id: row.get(1)?,
                outcome: row.get(2)?,
                received_at: row.get(3)?,
                request: Request {
                    method: row.get(4)?,
                    path_and_query: row.get(5)?,
                    public_origins: Vec::new(),
                    headers: Vec::new(),
                    body: body.into(),
                    received_at: row.get(3)?,
                    kept: false,
                },
            };
            Ok((delivery, headers))
        })
        .optional()?;
    let Some((mut delivery, headers)) = found else { return Ok(None) };
    delivery.request.headers =
        serde_json::from_str(&headers).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Some(delivery))
}

/// Notes what became of a delivery when it was replayed.
pub fn note_replay(
    tx: &Tx<'_>,
    id: DeliveryId,
    outcome: DeliveryOutcome,
    error: Option<&str>,
    now: Time,
) -> Result<()> {
    tx.prepare_cached(
        "UPDATE deliveries SET outcome = ?2, error = ?3, replayed_at = ?4 WHERE id = ?1",
    )?
    .execute(params![id, outcome, error, now])?;
    Ok(())
}

/// A person put an unreadable delivery aside; says whether there was one.
pub fn dismiss(tx: &Tx<'_>, id: DeliveryId) -> Result<bool> {
    let changed = tx
        .prepare_cached(
            "UPDATE deliveries SET outcome = 'dismissed' WHERE id = ?1 AND outcome = 'unreadable'",
        )?
        .execute([id])?;
    Ok(changed > 0)
}

/// How many deliveries wait for attention.
pub fn count_unreadable(connection: &Connection) -> Result<i64> {
    let mut statement = connection
        .prepare_cached("SELECT count(*) FROM deliveries WHERE outcome = 'unreadable'")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// Forgets deliveries that were dealt with and came before a time; unreadable ones stay.
pub fn drop_settled(tx: &Tx<'_>, before: Time, limit: u32) -> Result<usize> {
    let mut statement = tx.prepare_cached(
        "DELETE FROM deliveries WHERE id IN (SELECT id FROM deliveries \
         WHERE received_at < ?1 AND outcome <> 'unreadable' ORDER BY received_at LIMIT ?2)",
    )?;
    Ok(statement.execute(params![before, limit])?)
}

fn kept_headers(request: &Request) -> Result<String> {
    let kept: Vec<_> =
        request.headers.iter().filter(|(name, _)| !DROPPED.contains(&name.as_str())).collect();
    serde_json::to_string(&kept).map_err(|error| Error::Internal(error.to_string()))
}

fn of_row(row: &Row<'_>) -> rusqlite::Result<Delivery> {
    Ok(Delivery {
        id: row.get(0)?,
        channel_id: row.get(1)?,
        channel_name: row.get(2)?,
        received_at: row.get(3)?,
        content_type: row.get(4)?,
        body: None,
        size: row.get(5)?,
        outcome: row.get(6)?,
        error: row.get(7)?,
        replayed_at: row.get(8)?,
    })
}
