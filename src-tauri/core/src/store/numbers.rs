//! Numbers of channels: sender addresses with their destination and permitted starters.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::{Error, Result};
use crate::model::{
    ChannelId, Destination, Number, NumberId, NumberKind, QueueId, StartableNumber, Time, UserId,
};
use crate::store::{Tx, queues};

/// A number and the channel it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelNumber {
    /// The channel.
    pub channel_id: ChannelId,
    /// The number.
    pub number: Number,
}

const COLUMNS: &str = "id, channel_id, address, kind, user_id, queue_id";

/// Adds a number, or takes one up again that the channel had before: its old conversations are
/// then continued.
pub fn insert(tx: &Tx<'_>, channel: ChannelId, number: &Number, now: Time) -> Result<NumberId> {
    let (user, queue) = holder(number.destination);
    let before = deleted_with_address(tx, channel, &number.address)?;
    let id = before.unwrap_or(number.id);
    let mut statement = tx.prepare_cached(
        "INSERT INTO numbers (id, channel_id, address, kind, user_id, queue_id, created_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
         ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, user_id = excluded.user_id, \
         queue_id = excluded.queue_id, deleted_at = NULL",
    )?;
    statement.execute(params![id, channel, number.address, number.kind, user, queue, now])?;
    set_starters(tx, id, &number.starters)?;
    Ok(id)
}

/// Stores address, kind, destination and starters of a number.
pub fn update(tx: &Tx<'_>, number: &Number) -> Result<()> {
    let (user, queue) = holder(number.destination);
    tx.prepare_cached(
        "UPDATE numbers SET address = ?2, kind = ?3, user_id = ?4, queue_id = ?5 \
         WHERE id = ?1 AND deleted_at IS NULL",
    )?
    .execute(params![number.id, number.address, number.kind, user, queue])?;
    set_starters(tx, number.id, &number.starters)
}

/// Marks a number as removed; its sessions keep it.
pub fn mark_deleted(tx: &Tx<'_>, id: NumberId, now: Time) -> Result<()> {
    tx.prepare_cached("UPDATE numbers SET deleted_at = ?2 WHERE id = ?1 AND deleted_at IS NULL")?
        .execute(params![id, now])?;
    tx.prepare_cached("DELETE FROM number_starters WHERE number_id = ?1")?.execute([id])?;
    Ok(())
}

/// The numbers of a channel, oldest first.
pub fn of_channel(connection: &Connection, channel: ChannelId) -> Result<Vec<Number>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM numbers WHERE channel_id = ?1 AND deleted_at IS NULL \
         ORDER BY created_at, id"
    ))?;
    let rows = statement.query_map([channel], of_row)?.collect::<rusqlite::Result<Vec<_>>>()?;
    rows.into_iter().map(|row| Ok(complete(connection, row)?.number)).collect()
}

/// The numbers of every channel, oldest first.
pub fn by_channel(connection: &Connection) -> Result<HashMap<ChannelId, Vec<Number>>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM numbers WHERE deleted_at IS NULL ORDER BY created_at, id"
    ))?;
    let rows = statement.query_map([], of_row)?.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut found: HashMap<ChannelId, Vec<Number>> = HashMap::new();
    for row in rows {
        let row = complete(connection, row)?;
        found.entry(row.channel_id).or_default().push(row.number);
    }
    Ok(found)
}

/// Addresses that channels other than this one have, with the name of the oldest of them.
pub fn of_other_channels(
    connection: &Connection,
    channel: ChannelId,
) -> Result<HashMap<String, String>> {
    let mut statement = connection.prepare_cached(
        "SELECT numbers.address, channels.name FROM numbers \
         JOIN channels ON channels.id = numbers.channel_id \
         WHERE numbers.channel_id <> ?1 AND numbers.deleted_at IS NULL \
         AND channels.deleted_at IS NULL ORDER BY channels.created_at DESC, channels.id DESC",
    )?;
    // Of several, the oldest comes last and stays.
    let rows = statement.query_map([channel], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The number with this id, unless it was removed.
pub fn get(connection: &Connection, id: NumberId) -> Result<Option<ChannelNumber>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM numbers WHERE id = ?1 AND deleted_at IS NULL"
    ))?;
    let row = statement.query_row([id], of_row).optional()?;
    row.map(|row| complete(connection, row)).transpose()
}

/// The number of a channel with this address.
pub fn by_address(
    connection: &Connection,
    channel: ChannelId,
    address: &str,
) -> Result<Option<Number>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM numbers WHERE channel_id = ?1 AND address = ?2 \
         AND deleted_at IS NULL"
    ))?;
    let row = statement.query_row(params![channel, address], of_row).optional()?;
    row.map(|row| Ok(complete(connection, row)?.number)).transpose()
}

/// Numbers of working channels from which a user may start sessions.
pub fn startable_by(connection: &Connection, user: UserId) -> Result<Vec<StartableNumber>> {
    let mut statement = connection.prepare_cached(
        "SELECT numbers.id, numbers.address, channels.name, channels.provider \
         FROM number_starters \
         JOIN numbers ON numbers.id = number_starters.number_id \
         JOIN channels ON channels.id = numbers.channel_id \
         WHERE number_starters.user_id = ?1 AND numbers.deleted_at IS NULL \
         AND channels.state = 'active' AND channels.deleted_at IS NULL \
         ORDER BY channels.created_at, numbers.created_at",
    )?;
    let found = statement
        .query_map([user], |row| {
            Ok(StartableNumber {
                id: row.get(0)?,
                address: row.get(1)?,
                channel_name: row.get(2)?,
                provider: row.get(3)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(found)
}

/// Whether a user may start sessions from a number.
pub fn may_start(connection: &Connection, id: NumberId, user: UserId) -> Result<bool> {
    let mut statement = connection
        .prepare_cached("SELECT 1 FROM number_starters WHERE number_id = ?1 AND user_id = ?2")?;
    Ok(statement.exists(params![id, user])?)
}

/// Whether new sessions can go there: a queue that exists, or a user who can sign in.
pub fn is_destination(connection: &Connection, destination: Destination) -> Result<bool> {
    match destination {
        Destination::User { id } => is_active_user(connection, id),
        Destination::Queue { id } => queues::exists(connection, id),
    }
}

/// Whether this user exists and can sign in.
fn is_active_user(connection: &Connection, id: UserId) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM users WHERE id = ?1 AND disabled = 0 AND deleted_at IS NULL",
    )?;
    Ok(statement.exists([id])?)
}

fn set_starters(tx: &Tx<'_>, id: NumberId, starters: &[UserId]) -> Result<()> {
    tx.prepare_cached("DELETE FROM number_starters WHERE number_id = ?1")?.execute([id])?;
    let mut statement = tx.prepare_cached(
        "INSERT OR IGNORE INTO number_starters (number_id, user_id) VALUES (?1, ?2)",
    )?;
    for user in starters {
        statement.execute(params![id, user])?;
    }
    Ok(())
}

fn deleted_with_address(
    connection: &Connection,
    channel: ChannelId,
    address: &str,
) -> Result<Option<NumberId>> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM numbers WHERE channel_id = ?1 AND address = ?2 \
         AND deleted_at IS NOT NULL ORDER BY deleted_at DESC LIMIT 1",
    )?;
    Ok(statement.query_row(params![channel, address], |row| row.get(0)).optional()?)
}

fn holder(destination: Destination) -> (Option<UserId>, Option<QueueId>) {
    match destination {
        Destination::User { id } => (Some(id), None),
        Destination::Queue { id } => (None, Some(id)),
    }
}

/// A number before its destination and starters are put together.
struct NumberRow {
    id: NumberId,
    channel_id: ChannelId,
    address: String,
    kind: NumberKind,
    user_id: Option<UserId>,
    queue_id: Option<QueueId>,
}

fn of_row(row: &Row<'_>) -> rusqlite::Result<NumberRow> {
    Ok(NumberRow {
        id: row.get(0)?,
        channel_id: row.get(1)?,
        address: row.get(2)?,
        kind: row.get(3)?,
        user_id: row.get(4)?,
        queue_id: row.get(5)?,
    })
}

fn complete(connection: &Connection, row: NumberRow) -> Result<ChannelNumber> {
    let destination = match (row.user_id, row.queue_id) {
        (Some(id), None) => Destination::User { id },
        (None, Some(id)) => Destination::Queue { id },
        (Some(_), Some(_)) | (None, None) => {
            return Err(Error::Internal("a number has no single destination".into()));
        }
    };
    let mut statement = connection.prepare_cached(
        "SELECT user_id FROM number_starters WHERE number_id = ?1 ORDER BY user_id",
    )?;
    let starters =
        statement.query_map([row.id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    Ok(ChannelNumber {
        channel_id: row.channel_id,
        number: Number { id: row.id, address: row.address, kind: row.kind, destination, starters },
    })
}
