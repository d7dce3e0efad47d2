//! Web Push: the desk's key, and the devices that asked to be told.

use rusqlite::{Connection, OptionalExtension, params};

use super::Tx;
use crate::error::Result;
use crate::model::{DeviceId, Time};

/// A device's place at its push service.
#[derive(Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Where to send.
    pub endpoint: String,
    /// The browser's public key.
    pub p256dh: Vec<u8>,
    /// The secret that it shares with the desk.
    pub auth: Vec<u8>,
    /// Since when.
    pub created_at: Time,
    /// When the push service last took something.
    pub delivered_at: Option<Time>,
    /// What it said when it last took nothing.
    pub problem: Option<String>,
}

impl std::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Who knows the address may send to it.
        f.write_str("Subscription(***)")
    }
}

/// The desk's key: public part, and the sealed private one.
pub fn key(c: &Connection) -> Result<Option<(Vec<u8>, Vec<u8>)>> {
    let mut statement = c.prepare_cached("SELECT public_key, sealed FROM push_key WHERE id = 1")?;
    Ok(statement.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Keeps the desk's key, if it has none yet.
pub fn keep_key(tx: &Tx<'_>, public_key: &[u8], sealed: &[u8], now: Time) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO push_key (id, public_key, sealed, created_at) VALUES (1, ?1, ?2, ?3)
         ON CONFLICT (id) DO NOTHING",
    )?
    .execute(params![public_key, sealed, now])?;
    Ok(())
}

/// Whether any device has push.
pub fn any(c: &Connection) -> Result<bool> {
    let mut statement = c.prepare_cached("SELECT EXISTS (SELECT 1 FROM push_subscriptions)")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// The subscription of a device.
pub fn of_device(c: &Connection, device: DeviceId) -> Result<Option<Subscription>> {
    let mut statement = c.prepare_cached(
        "SELECT endpoint, p256dh, auth, created_at, delivered_at, problem
         FROM push_subscriptions WHERE device_id = ?1",
    )?;
    let found = statement.query_row([device], |row| {
        Ok(Subscription {
            endpoint: row.get(0)?,
            p256dh: row.get(1)?,
            auth: row.get(2)?,
            created_at: row.get(3)?,
            delivered_at: row.get(4)?,
            problem: row.get(5)?,
        })
    });
    Ok(found.optional()?)
}

/// Subscribes a device. A browser is one place: whoever was signed in there before is not told
/// there any more.
pub fn subscribe(
    tx: &Tx<'_>,
    device: DeviceId,
    endpoint: &str,
    p256dh: &[u8],
    auth: &[u8],
    now: Time,
) -> Result<()> {
    tx.prepare_cached("DELETE FROM push_subscriptions WHERE endpoint = ?1 AND device_id <> ?2")?
        .execute(params![endpoint, device])?;
    tx.prepare_cached(
        "INSERT INTO push_subscriptions (device_id, endpoint, p256dh, auth, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (device_id) DO UPDATE SET endpoint = excluded.endpoint,
             p256dh = excluded.p256dh, auth = excluded.auth, problem = NULL",
    )?
    .execute(params![device, endpoint, p256dh, auth, now])?;
    Ok(())
}

/// Ends the subscription of a device.
pub fn unsubscribe(tx: &Tx<'_>, device: DeviceId) -> Result<bool> {
    let mut statement = tx.prepare_cached("DELETE FROM push_subscriptions WHERE device_id = ?1")?;
    Ok(statement.execute([device])? > 0)
}

/// Ends it only while it is still at this place: it may have moved meanwhile.
pub fn drop_gone(tx: &Tx<'_>, device: DeviceId, endpoint: &str) -> Result<()> {
    tx.prepare_cached("DELETE FROM push_subscriptions WHERE device_id = ?1 AND endpoint = ?2")?
        .execute(params![device, endpoint])?;
    Ok(())
}

/// The push service took something.
pub fn note_delivered(tx: &Tx<'_>, device: DeviceId, now: Time) -> Result<()> {
    tx.prepare_cached(
        "UPDATE push_subscriptions SET delivered_at = ?2, problem = NULL WHERE device_id = ?1",
    )?
    .execute(params![device, now])?;
    Ok(())
}

/// The push service took nothing.
pub fn note_problem(tx: &Tx<'_>, device: DeviceId, problem: &str) -> Result<()> {
    tx.prepare_cached("UPDATE push_subscriptions SET problem = ?2 WHERE device_id = ?1")?
        .execute(params![device, problem])?;
    Ok(())
}
