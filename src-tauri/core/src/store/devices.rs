//! Devices: where users are signed in. Only hashes of their tokens are here.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Tx, users};
use crate::access::Caller;
use crate::error::Result;
use crate::model::{Device, DeviceId, Time, UserId};

/// A signed-in device, and who holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// Who.
    pub caller: Caller,
    /// When it signed in.
    pub created_at: Time,
    /// When it was last noted to ask for something.
    pub last_seen_at: Time,
    /// Until when it may ask.
    pub expires_at: Time,
}

/// Adds a device.
pub fn insert(
    tx: &Tx<'_>,
    user: UserId,
    name: &str,
    token_hash: &[u8],
    expires_at: Time,
    now: Time,
) -> Result<DeviceId> {
    let id = DeviceId::new();
    tx.prepare_cached(
        "INSERT INTO devices (id, user_id, name, token_hash, created_at, last_seen_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?5, ?6)",
    )?
    .execute(params![id, user, name, token_hash, now, expires_at])?;
    Ok(id)
}

/// Who holds the device with this token; nobody when their account is switched off or deleted.
pub fn holding(c: &Connection, token_hash: &[u8]) -> Result<Option<Holding>> {
    let found = c
        .prepare_cached(
            "SELECT u.id, u.name, u.role, d.id, d.created_at, d.last_seen_at, d.expires_at
             FROM devices d JOIN users u ON u.id = d.user_id
             WHERE d.token_hash = ?1 AND u.disabled = 0 AND u.deleted_at IS NULL",
        )?
        .query_row([token_hash], |row| {
            Ok(Holding {
                caller: Caller {
                    user: row.get(0)?,
                    name: row.get(1)?,
                    role: row.get(2)?,
                    queues: Vec::new(),
                    device: row.get(3)?,
                },
                created_at: row.get(4)?,
                last_seen_at: row.get(5)?,
                expires_at: row.get(6)?,
            })
        })
        .optional()?;
    let Some(mut holding) = found else { return Ok(None) };
    holding.caller.queues = users::queues_of(c, holding.caller.user)?;
    Ok(Some(holding))
}

/// A user on a device that is not in the store; nobody when their account is switched off or
/// deleted.
pub fn visitor(c: &Connection, user: UserId, device: DeviceId) -> Result<Option<Caller>> {
    let mut statement = c.prepare_cached(
        "SELECT name, role FROM users WHERE id = ?1 AND disabled = 0 AND deleted_at IS NULL",
    )?;
    let found = statement.query_row([user], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((name, role)) = found else { return Ok(None) };
    Ok(Some(Caller { user, name, role, queues: users::queues_of(c, user)?, device }))
}

/// Notes that a device asked for something.
pub fn touch(tx: &Tx<'_>, id: DeviceId, expires_at: Time, now: Time) -> Result<()> {
    tx.prepare_cached("UPDATE devices SET last_seen_at = ?2, expires_at = ?3 WHERE id = ?1")?
        .execute(params![id, now, expires_at])?;
    Ok(())
}

/// Devices of a user that have not expired, the last seen first.
pub fn of_user(c: &Connection, user: UserId, current: DeviceId, now: Time) -> Result<Vec<Device>> {
    let mut statement = c.prepare_cached(
        "SELECT id, name, created_at, last_seen_at FROM devices
         WHERE user_id = ?1 AND expires_at > ?2 ORDER BY last_seen_at DESC, id DESC",
    )?;
    let rows = statement.query_map(params![user, now], |row| {
        let id = row.get(0)?;
        Ok(Device {
            id,
            name: row.get(1)?,
            created_at: row.get(2)?,
            last_seen_at: row.get(3)?,
            current: id == current,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Ids of all devices of a user.
pub fn ids_of_user(c: &Connection, user: UserId) -> Result<Vec<DeviceId>> {
    let mut statement = c.prepare_cached("SELECT id FROM devices WHERE user_id = ?1")?;
    let rows = statement.query_map([user], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Logs a device of a user out; answers whether there was one.
pub fn delete(tx: &Tx<'_>, user: UserId, id: DeviceId) -> Result<bool> {
    let deleted = tx
        .prepare_cached("DELETE FROM devices WHERE id = ?1 AND user_id = ?2")?
        .execute(params![id, user])?;
    Ok(deleted > 0)
}

/// Forgets devices whose time is over.
pub fn delete_expired(tx: &Tx<'_>, now: Time) -> Result<usize> {
    Ok(tx.prepare_cached("DELETE FROM devices WHERE expires_at <= ?1")?.execute([now])?)
}
