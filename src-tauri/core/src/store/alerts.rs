//! What users want to be told of, and how; and who is there to be told by push.

use rusqlite::{Connection, OptionalExtension, params};

use super::Tx;
use crate::access::Caller;
use crate::error::{Error, Result};
use crate::model::{Alerts, DeviceId, MessageId, Presence, QueueId, Time, UserId};
use crate::store::users;

/// A user's alerts; what they have said nothing of is as usual.
pub fn of_user(c: &Connection, user: UserId) -> Result<Alerts> {
    let mut statement = c.prepare_cached("SELECT alerts FROM users WHERE id = ?1")?;
    let text: String = statement.query_row([user], |row| row.get(0))?;
    Ok(parse(&text))
}

/// What is stored was checked; what an older or newer program left is taken as far as it goes.
fn parse(text: &str) -> Alerts {
    serde_json::from_str(text).unwrap_or_default()
}

/// Keeps a user's alerts.
pub fn set(tx: &Tx<'_>, user: UserId, alerts: &Alerts) -> Result<()> {
    let text = serde_json::to_string(alerts).map_err(|error| Error::Internal(error.to_string()))?;
    tx.prepare_cached("UPDATE users SET alerts = ?2 WHERE id = ?1")?
        .execute(params![user, text])?;
    Ok(())
}

/// Who wrote a message, if a user did.
pub fn author(c: &Connection, message: MessageId) -> Result<Option<UserId>> {
    let mut statement = c.prepare_cached("SELECT author_id FROM messages WHERE id = ?1")?;
    Ok(statement.query_row([message], |row| row.get(0)).optional()?.flatten())
}

/// The user of a device, as they are now.
#[derive(Debug, Clone)]
pub struct Holder {
    /// Who, and what they may see.
    pub caller: Caller,
    /// What they say of themselves.
    pub presence: Presence,
    /// What they want to be told of.
    pub alerts: Alerts,
}

const DEVICES: &str = "SELECT d.id \
    FROM push_subscriptions p JOIN devices d ON d.id = p.device_id JOIN users u ON u.id = d.user_id \
    WHERE d.expires_at > ?1 AND u.disabled = 0 AND u.deleted_at IS NULL";

/// Devices with push of one user.
pub fn devices_of_user(c: &Connection, user: UserId, now: Time) -> Result<Vec<DeviceId>> {
    let mut statement = c.prepare_cached(&format!("{DEVICES} AND u.id = ?2"))?;
    let rows = statement.query_map(params![now, user], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Devices with push of the agents of a queue.
pub fn devices_of_queue(c: &Connection, queue: QueueId, now: Time) -> Result<Vec<DeviceId>> {
    let mut statement = c.prepare_cached(&format!(
        "{DEVICES} AND u.id IN (SELECT user_id FROM queue_agents WHERE queue_id = ?2)"
    ))?;
    let rows = statement.query_map(params![now, queue], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Devices with push of supervisors and administrators.
pub fn devices_of_supervisors(c: &Connection, now: Time) -> Result<Vec<DeviceId>> {
    let mut statement =
        c.prepare_cached(&format!("{DEVICES} AND u.role IN ('administrator', 'supervisor')"))?;
    let rows = statement.query_map([now], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Who holds a device; nobody when it is signed out or they are switched off.
pub fn holder(c: &Connection, device: DeviceId, now: Time) -> Result<Option<Holder>> {
    let found = c
        .prepare_cached(
            "SELECT u.id, u.name, u.role, u.presence, u.alerts
             FROM devices d JOIN users u ON u.id = d.user_id
             WHERE d.id = ?1 AND d.expires_at > ?2 AND u.disabled = 0 AND u.deleted_at IS NULL",
        )?
        .query_row(params![device, now], |row| {
            let alerts: String = row.get(4)?;
            Ok(Holder {
                caller: Caller {
                    user: row.get(0)?,
                    name: row.get(1)?,
                    role: row.get(2)?,
                    queues: Vec::new(),
                    device,
                },
                presence: row.get(3)?,
                alerts: parse(&alerts),
            })
        })
        .optional()?;
    let Some(mut holder) = found else { return Ok(None) };
    holder.caller.queues = users::queues_of(c, holder.caller.user)?;
    Ok(Some(holder))
}
