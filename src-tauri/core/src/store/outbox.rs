//! The durable outbox: messages that wait to leave, are leaving, or may have left.

use deskbell_channels::exchange::{ErrorKind, Failure};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::Result;
use crate::model::{ChannelId, FileId, MessageId, MessageState, SessionId, Time};

/// A message taken from the outbox to be handed to the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// Which message.
    pub id: MessageId,
    /// Its session.
    pub session: SessionId,
    /// Our number.
    pub from: String,
    /// The customer's address.
    pub to: String,
    /// The text.
    pub text: String,
    /// Its files, in order.
    pub files: Vec<FileId>,
    /// How often it was handed over, this time included.
    pub attempts: u32,
    /// How many of those were refused only because they were too many at the time.
    pub refusals: u32,
    /// When this attempt began.
    pub attempted_at: Time,
}

// The conditions below name both states: so the index of what waits or is in flight is used.

/// The oldest message of a channel that may leave now: due, and with nothing of its conversation
/// before it that waits or is in flight (rules §3: order).
pub fn oldest_due(
    connection: &Connection,
    channel: ChannelId,
    now: Time,
) -> Result<Option<MessageId>> {
    let mut statement = connection.prepare_cached(
        "SELECT m.id FROM messages m WHERE m.channel_id = ?1 AND m.state IN ('queued', 'sending') \
         AND m.state = 'queued' AND m.due_at <= ?2 \
         AND NOT EXISTS (SELECT 1 FROM messages b WHERE b.session_id = m.session_id \
             AND b.state IN ('queued', 'sending') AND (b.seq < m.seq OR b.state = 'sending')) \
         ORDER BY m.seq LIMIT 1",
    )?;
    Ok(statement.query_row(params![channel, now], |row| row.get(0)).optional()?)
}

/// When the next message of a channel becomes due, if one waits for its time. What is due already
/// waits for something else.
pub fn next_due(connection: &Connection, channel: ChannelId, now: Time) -> Result<Option<Time>> {
    let mut statement = connection.prepare_cached(
        "SELECT min(due_at) FROM messages WHERE channel_id = ?1 AND state IN ('queued', 'sending') \
         AND state = 'queued' AND due_at > ?2",
    )?;
    Ok(statement.query_row(params![channel, now], |row| row.get(0))?)
}

/// Marks a message as being handed over, and answers all that is needed for it.
pub fn claim(connection: &Connection, id: MessageId, now: Time) -> Result<Claimed> {
    connection
        .prepare_cached(
            "UPDATE messages SET state = 'sending', attempts = attempts + 1, attempted_at = ?2, \
             due_at = NULL, updated_at = ?2 WHERE id = ?1",
        )?
        .execute(params![id, now])?;
    read(connection, id)
}

/// A message as it was claimed.
pub fn read(connection: &Connection, id: MessageId) -> Result<Claimed> {
    let mut statement = connection.prepare_cached(
        "SELECT m.id, m.session_id, n.address, i.address, m.body, m.attempts, m.attempted_at, m.refusals \
         FROM messages m JOIN sessions s ON s.id = m.session_id \
         JOIN numbers n ON n.id = s.number_id JOIN identities i ON i.id = s.identity_id WHERE m.id = ?1",
    )?;
    let mut claimed = statement.query_row([id], |row| {
        Ok(Claimed {
            id: row.get(0)?,
            session: row.get(1)?,
            from: row.get(2)?,
            to: row.get(3)?,
            text: row.get(4)?,
            files: Vec::new(),
            attempts: row.get(5)?,
            attempted_at: row.get::<_, Option<Time>>(6)?.unwrap_or_default(),
            refusals: row.get(7)?,
        })
    })?;
    let mut statement = connection.prepare_cached(
        "SELECT file_id FROM message_files WHERE message_id = ?1 ORDER BY position",
    )?;
    let files = statement.query_map([id], |row| row.get(0))?;
    claimed.files = files.collect::<rusqlite::Result<_>>()?;
    Ok(claimed)
}

/// The provider took it: its id is kept, unless the provider gave the same one to another message;
/// then nothing can be told apart by it.
pub fn taken(connection: &Connection, id: MessageId, provider_id: &str, now: Time) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE messages SET state = 'sent', error_kind = NULL, error_code = NULL, \
             error_text = NULL, due_at = NULL, updated_at = ?3, provider_id = CASE WHEN EXISTS \
             (SELECT 1 FROM messages o WHERE o.channel_id = messages.channel_id \
              AND o.direction = 'out' AND o.provider_id = ?2 AND o.id <> ?1) \
             THEN provider_id ELSE ?2 END WHERE id = ?1",
        )?
        .execute(params![id, provider_id, now])?;
    Ok(())
}

/// Puts a message back to be handed over at `due_at`, with the reason why it waits. Having been one
/// too many is counted apart: it says nothing of the message.
pub fn reschedule(
    connection: &Connection,
    id: MessageId,
    due_at: Time,
    failure: Option<&Failure>,
    now: Time,
) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE messages SET state = 'queued', due_at = ?2, error_kind = ?3, error_code = ?4, \
             error_text = ?5, updated_at = ?6, refusals = refusals + ?7 WHERE id = ?1",
        )?
        .execute(params![
            id,
            due_at,
            failure.map(|failure| failure.kind.as_str()),
            failure.and_then(|failure| failure.code.as_deref()),
            failure.and_then(|failure| failure.text.as_deref()),
            now,
            failure.is_some_and(|failure| failure.kind == ErrorKind::TooManyRequests)
        ])?;
    Ok(())
}

/// Gives a message a fresh start: a person wants it sent again. The id that the provider gave to
/// the attempt before is kept aside, so that late news of that attempt is known for what it is.
pub fn requeue(connection: &Connection, id: MessageId, now: Time) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO past_attempts (channel_id, provider_id, message_id, at) \
             SELECT channel_id, provider_id, id, ?2 FROM messages \
             WHERE id = ?1 AND provider_id IS NOT NULL",
        )?
        .execute(params![id, now])?;
    connection
        .prepare_cached(
            "UPDATE messages SET state = 'queued', attempts = 0, refusals = 0, due_at = ?2, provider_id = NULL, \
             error_kind = NULL, error_code = NULL, error_text = NULL, updated_at = ?2 WHERE id = ?1",
        )?
        .execute(params![id, now])?;
    Ok(())
}

/// Remembers that a provider's id was an attempt of a message; `false`: that was known.
pub fn keep_past_attempt(
    connection: &Connection,
    channel: ChannelId,
    provider_id: &str,
    message: MessageId,
    now: Time,
) -> Result<bool> {
    let kept = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO past_attempts (channel_id, provider_id, message_id, at) \
             VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![channel, provider_id, message, now])?;
    Ok(kept > 0)
}

/// A message of ours that a provider tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Which.
    pub id: MessageId,
    /// Its session.
    pub session: SessionId,
    /// What became of it until now.
    pub state: MessageState,
    /// How often it was handed over, since a person last asked for it.
    pub attempts: u32,
    /// The provider's id of it, if it is known.
    pub provider_id: Option<String>,
}

fn told(row: &Row<'_>) -> rusqlite::Result<Told> {
    Ok(Told {
        id: row.get(0)?,
        session: row.get(1)?,
        state: row.get(2)?,
        attempts: row.get(3)?,
        provider_id: row.get(4)?,
    })
}

/// The message of which a provider's id was an earlier attempt.
pub fn of_past_attempt(
    connection: &Connection,
    channel: ChannelId,
    provider_id: &str,
) -> Result<Option<Told>> {
    let mut statement = connection.prepare_cached(
        "SELECT m.id, m.session_id, m.state, m.attempts, m.provider_id FROM past_attempts p \
         JOIN messages m ON m.id = p.message_id WHERE p.channel_id = ?1 AND p.provider_id = ?2",
    )?;
    Ok(statement.query_row(params![channel, provider_id], told).optional()?)
}

/// A message of a channel that went out or is to go out, by our own id.
pub fn of_our_id(
    connection: &Connection,
    channel: ChannelId,
    id: MessageId,
) -> Result<Option<Told>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, session_id, state, attempts, provider_id FROM messages \
         WHERE id = ?2 AND channel_id = ?1 AND direction = 'out' AND kind = 'message'",
    )?;
    Ok(statement.query_row(params![channel, id], told).optional()?)
}

/// The provider's id of a message becomes known without an answer to its attempt.
pub fn set_provider_id(connection: &Connection, id: MessageId, provider_id: &str) -> Result<()> {
    connection
        .prepare_cached("UPDATE messages SET provider_id = ?2 WHERE id = ?1")?
        .execute(params![id, provider_id])?;
    Ok(())
}

/// What is being done with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doing {
    /// What became of it until now.
    pub state: MessageState,
    /// When its last attempt began.
    pub attempted_at: Option<Time>,
    /// The provider's id of it, if it is known.
    pub provider_id: Option<String>,
}

/// What is being done with a message.
pub fn doing(connection: &Connection, id: MessageId) -> Result<Doing> {
    let mut statement = connection
        .prepare_cached("SELECT state, attempted_at, provider_id FROM messages WHERE id = ?1")?;
    let doing = statement.query_row([id], |row| {
        Ok(Doing { state: row.get(0)?, attempted_at: row.get(1)?, provider_id: row.get(2)? })
    })?;
    Ok(doing)
}

/// Messages of a channel that were being handed over when the program ended.
pub fn in_flight(connection: &Connection, channel: ChannelId) -> Result<Vec<MessageId>> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM messages WHERE channel_id = ?1 AND state IN ('queued', 'sending') \
         AND state = 'sending' ORDER BY seq",
    )?;
    let rows = statement.query_map([channel], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Messages of all channels that were being handed over when the program ended.
pub fn all_in_flight(connection: &Connection) -> Result<Vec<(MessageId, SessionId, ChannelId)>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, session_id, channel_id FROM messages WHERE state IN ('queued', 'sending') \
         AND state = 'sending' ORDER BY seq",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Provider ids of messages that we know to one address since a moment, earlier attempts included:
/// a sought message is none of these.
pub fn known_ids(connection: &Connection, session: SessionId, since: Time) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(
        "WITH conversation AS (SELECT b.id AS id FROM sessions a JOIN sessions b \
             ON b.identity_id = a.identity_id AND b.channel_id = a.channel_id WHERE a.id = ?1), \
         ours AS (SELECT m.id AS id, m.provider_id AS provider_id, m.updated_at AS updated_at \
             FROM messages m WHERE m.session_id IN (SELECT id FROM conversation) AND m.direction = 'out') \
         SELECT provider_id FROM ours WHERE provider_id IS NOT NULL AND updated_at >= ?2 \
         UNION SELECT p.provider_id FROM ours JOIN past_attempts p ON p.message_id = ours.id",
    )?;
    let rows = statement.query_map(params![session, since], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Messages that wait or are in flight, over all channels.
pub fn depth(connection: &Connection) -> Result<i64> {
    let mut statement = connection
        .prepare_cached("SELECT count(*) FROM messages WHERE state IN ('queued', 'sending')")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// The message that a provider's id belongs to.
pub fn of_provider_id(
    connection: &Connection,
    channel: ChannelId,
    provider_id: &str,
) -> Result<Option<Told>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, session_id, state, attempts, provider_id FROM messages \
         WHERE channel_id = ?1 AND direction = 'out' AND provider_id = ?2",
    )?;
    Ok(statement.query_row(params![channel, provider_id], told).optional()?)
}

/// Keeps a receipt for a message whose provider id we do not know yet.
/// `false`: it was there already.
pub fn keep_early_receipt(
    connection: &Connection,
    channel: ChannelId,
    provider_id: &str,
    state: MessageState,
    failure: Option<&Failure>,
    now: Time,
) -> Result<bool> {
    let added = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO early_receipts (channel_id, provider_id, state, error_kind, \
             error_code, error_text, received_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            channel,
            provider_id,
            state,
            failure.map(|failure| failure.kind.as_str()),
            failure.and_then(|failure| failure.code.as_deref()),
            failure.and_then(|failure| failure.text.as_deref()),
            now
        ])?;
    Ok(added > 0)
}

/// Takes the receipts that were faster than our knowledge of the provider's id.
pub fn take_early_receipts(
    connection: &Connection,
    channel: ChannelId,
    provider_id: &str,
) -> Result<Vec<(MessageState, Option<Failure>)>> {
    let mut statement = connection.prepare_cached(
        "DELETE FROM early_receipts WHERE channel_id = ?1 AND provider_id = ?2 \
         RETURNING state, error_kind, error_code, error_text",
    )?;
    let rows = statement.query_map(params![channel, provider_id], |row| {
        let kind: Option<String> = row.get(1)?;
        let code: Option<String> = row.get(2)?;
        let text: Option<String> = row.get(3)?;
        let failure =
            kind.map(|kind| Failure { kind: super::messages::kind_of(&kind), code, text });
        Ok((row.get(0)?, failure))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Drops early receipts of messages that never came to be ours.
pub fn drop_early_receipts(connection: &Connection, before: Time) -> Result<usize> {
    Ok(connection.execute("DELETE FROM early_receipts WHERE received_at < ?1", [before])?)
}
