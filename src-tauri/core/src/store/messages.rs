//! Entries of threads: messages, notes and timeline events.

use std::str::FromStr;

use deskbell_channels::exchange::{ErrorKind, Failure};
use deskbell_channels::form::IdentityKind;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::{Error, Result};
use crate::model::{
    AutomaticKind, ChannelId, Direction, File, Message, MessageError, MessageId, MessageKind,
    MessageState, Operation, Parts, Quoted, SessionId, Time, UserId,
};
use crate::store::files;

/// Characters of a message that its session shows in the list.
const PREVIEW: usize = 160;

/// Who wrote or did something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Who; `None`: the desk itself.
    pub id: Option<UserId>,
    /// Their name at that time.
    pub name: String,
}

/// A message to add.
#[derive(Debug, Clone)]
pub struct NewRow {
    /// Its id.
    pub id: MessageId,
    /// Its session.
    pub session: SessionId,
    /// Its channel.
    pub channel: ChannelId,
    /// Message, note or event.
    pub kind: MessageKind,
    /// Which way.
    pub direction: Direction,
    /// Who; `None`: the customer or the desk.
    pub author: Option<Author>,
    /// The text.
    pub text: String,
    /// First state.
    pub state: MessageState,
    /// The client's id.
    pub client_key: Option<String>,
    /// The provider's id.
    pub provider_id: Option<String>,
    /// For events: what happened.
    pub operation: Option<Operation>,
    /// Written by the desk itself.
    pub automatic: bool,
    /// Which of a live chat's automatic messages it is.
    pub auto: Option<AutomaticKind>,
    /// Further participants of a group message.
    pub others: Vec<String>,
    /// While pieces of it are missing: which.
    pub parts: Option<Parts>,
    /// The message that it answers.
    pub reply_to: Option<MessageId>,
    /// When it was said.
    pub at: Time,
}

impl NewRow {
    /// A line of a session that says nothing yet.
    pub fn at(session: SessionId, channel: ChannelId, at: Time) -> Self {
        Self {
            id: MessageId::new(),
            session,
            channel,
            kind: MessageKind::Event,
            direction: Direction::None,
            author: None,
            text: String::new(),
            state: MessageState::Received,
            client_key: None,
            provider_id: None,
            operation: None,
            automatic: false,
            auto: None,
            others: Vec::new(),
            parts: None,
            reply_to: None,
            at,
        }
    }
}

/// Adds an entry; answers its id and place.
pub fn insert(connection: &Connection, new: &NewRow, now: Time) -> Result<(MessageId, i64)> {
    let id = new.id;
    let operation = new.operation.as_ref().map(to_json).transpose()?;
    let others = Some(&new.others).filter(|others| !others.is_empty());
    let due_at = (new.state == MessageState::Queued).then_some(now);
    let mut statement = connection.prepare_cached(
        "INSERT INTO messages (id, session_id, channel_id, kind, direction, author_id, author_name, \
         body, state, client_key, provider_id, due_at, operation, at, updated_at, automatic, others, parts, reply_to, auto) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
    )?;
    let seq = statement.insert(params![
        id,
        new.session,
        new.channel,
        new.kind,
        new.direction,
        new.author.as_ref().and_then(|author| author.id),
        new.author.as_ref().map(|author| author.name.as_str()),
        new.text,
        new.state,
        new.client_key,
        new.provider_id,
        due_at,
        operation,
        new.at,
        now,
        new.automatic,
        others.map(to_json).transpose()?,
        new.parts.as_ref().map(to_json).transpose()?,
        new.reply_to,
        new.auto
    ])?;
    Ok((id, seq))
}

fn to_json(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::Internal(error.to_string()))
}

/// A message that comes in pieces has another text, and lacks these.
pub fn grow(
    connection: &Connection,
    id: MessageId,
    text: &str,
    parts: Option<&Parts>,
    now: Time,
) -> Result<()> {
    connection
        .prepare_cached("UPDATE messages SET body = ?2, parts = ?3, updated_at = ?4 WHERE id = ?1")?
        .execute(params![id, text, parts.map(to_json).transpose()?, now])?;
    Ok(())
}

/// Whether a provider's message is in the store already.
pub fn is_known(
    connection: &Connection,
    channel: ChannelId,
    direction: Direction,
    provider_id: &str,
) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM messages WHERE channel_id = ?1 AND direction = ?2 AND provider_id = ?3",
    )?;
    Ok(statement.exists(params![channel, direction, provider_id])?)
}

/// The message that a client sent under this key.
pub fn of_client_key(connection: &Connection, key: &str) -> Result<Option<Message>> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE m.client_key = ?1"))?;
    let message = statement.query_row([key], read).optional()?;
    message.map(|message| with_files(connection, message)).transpose()
}

/// One entry.
pub fn get(connection: &Connection, id: MessageId) -> Result<Message> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE m.id = ?1"))?;
    let message = statement.query_row([id], read).optional()?;
    with_files(connection, message.ok_or(Error::NotFound("message"))?)
}

/// Which part of a thread is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// The end of it.
    Last,
    /// What is older than this place.
    Before(i64),
    /// What is newer than this place.
    After(i64),
    /// What is at this place and on both sides of it.
    Around(i64),
}

/// Part of a thread, oldest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The entries.
    pub messages: Vec<Message>,
    /// Whether there is more on the side that was asked for; of both the older one.
    pub more: bool,
    /// Whether there is something newer, where the middle was asked for.
    pub newer: bool,
}

/// Part of a thread.
pub fn of_session(
    connection: &Connection,
    session: SessionId,
    span: Span,
    limit: u32,
) -> Result<Part> {
    if let Span::Around(seq) = span {
        let older = one_side(connection, session, Span::Before(seq), limit / 2)?;
        let newer = one_side(connection, session, Span::After(seq - 1), limit - limit / 2)?;
        let messages = older.messages.into_iter().chain(newer.messages).collect();
        return Ok(Part { messages, more: older.more, newer: newer.more });
    }
    one_side(connection, session, span, limit)
}

fn one_side(connection: &Connection, session: SessionId, span: Span, limit: u32) -> Result<Part> {
    let (condition, place, order) = match span {
        Span::Last => ("m.seq <= ?2", i64::MAX, "DESC"),
        Span::Before(seq) => ("m.seq < ?2", seq, "DESC"),
        Span::After(seq) | Span::Around(seq) => ("m.seq > ?2", seq, "ASC"),
    };
    let mut statement = connection.prepare_cached(&format!(
        "{SELECT} WHERE m.session_id = ?1 AND {condition} ORDER BY m.seq {order} LIMIT ?3"
    ))?;
    let rows = statement.query_map(params![session, place, i64::from(limit) + 1], read)?;
    let mut messages: Vec<Message> = rows.collect::<rusqlite::Result<_>>()?;
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = messages.len() > limit;
    messages.truncate(limit);
    if span == Span::Last || matches!(span, Span::Before(_)) {
        messages.reverse();
    }
    let ids: Vec<MessageId> = messages.iter().map(|message| message.id).collect();
    let mut files = files::of_messages(connection, &ids)?;
    for message in &mut messages {
        message.files = files.remove(&message.id).unwrap_or_default();
    }
    Ok(Part { messages, more, newer: false })
}

/// What colleagues of `user` have answered in a session after a place, oldest first: neither what
/// the desk itself wrote nor what was taken back.
pub fn answered_since(
    connection: &Connection,
    session: SessionId,
    user: UserId,
    after: i64,
) -> Result<Vec<Message>> {
    let mut statement = connection.prepare_cached(&format!(
        "{SELECT} WHERE m.session_id = ?1 AND m.seq > ?2 AND m.direction = 'out' \
         AND m.author_id <> ?3 AND m.automatic = 0 AND m.state <> 'cancelled' ORDER BY m.seq LIMIT 20"
    ))?;
    let rows = statement.query_map(params![session, after, user], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Place of the newest entry of a session.
pub fn last_seq(connection: &Connection, session: SessionId) -> Result<i64> {
    let mut statement = connection
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM messages WHERE session_id = ?1")?;
    Ok(statement.query_row([session], |row| row.get(0))?)
}

/// Beginning of a message, as a list shows it.
pub fn preview(text: &str, files: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match (line.is_empty(), files) {
        (false, _) => line.chars().take(PREVIEW).collect(),
        (true, 0) => String::new(),
        (true, 1) => "File".to_owned(),
        (true, count) => format!("{count} files"),
    }
}

/// Writes a new state, with the reason if it is a failure.
pub fn set_state(
    connection: &Connection,
    id: MessageId,
    state: MessageState,
    failure: Option<&Failure>,
    now: Time,
) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE messages SET state = ?2, error_kind = ?3, error_code = ?4, error_text = ?5, \
             due_at = NULL, updated_at = ?6 WHERE id = ?1",
        )?
        .execute(params![
            id,
            state,
            failure.map(|failure| failure.kind.as_str()),
            failure.and_then(|failure| failure.code.as_deref()),
            failure.and_then(|failure| failure.text.as_deref()),
            now
        ])?;
    Ok(())
}

/// Columns of an entry.
pub(super) const SELECT: &str = "SELECT m.id, m.session_id, m.seq, m.kind, m.direction, m.author_id, \
    m.author_name, m.body, m.state, m.error_kind, m.error_code, m.error_text, m.attempts, m.due_at, \
    m.client_key, m.operation, m.at, m.updated_at, m.automatic, m.others, m.parts, \
    m.mentions, \
    q.id, q.kind, q.direction, q.author_id, q.author_name, substr(q.body, 1, 200), \
    (SELECT count(*) FROM message_files f WHERE f.message_id = m.reply_to), m.provider_id, m.auto \
    FROM messages m LEFT JOIN messages q ON q.id = m.reply_to";

pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Message> {
    let state: MessageState = row.get(8)?;
    let error_kind: Option<String> = row.get(9)?;
    let json = |column| row.get::<_, Option<String>>(column);
    let (operation, others, parts) = (json(15)?, json(19)?, json(20)?);
    let code: Option<String> = row.get(10)?;
    let text: Option<String> = row.get(11)?;
    let error = error_kind.map(|word| {
        let kind = kind_of(&word);
        MessageError { kind, prompt: kind.prompt().to_owned(), code, text }
    });
    Ok(Message {
        id: row.get(0)?,
        session_id: row.get(1)?,
        seq: row.get(2)?,
        kind: row.get(3)?,
        direction: row.get(4)?,
        author_id: row.get(5)?,
        author_name: row.get(6)?,
        text: row.get(7)?,
        files: Vec::new(),
        state,
        error,
        attempts: row.get(12)?,
        due_at: row.get(13)?,
        unless_answered: false,
        reply_to: quoted(row, 22)?,
        automatic: row.get(18)?,
        auto: row.get(30)?,
        others: others.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
        parts: parts.and_then(|text| serde_json::from_str(&text).ok()),
        client_key: row.get(14)?,
        may: Vec::new(),
        mentions: json(21)?.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
        provider_id: row.get(29)?,
        event: operation.and_then(|text| serde_json::from_str(&text).ok()),
        at: row.get(16)?,
        updated_at: row.get(17)?,
    })
}

/// The quoted message whose columns begin at `first`, if there is one.
pub(super) fn quoted(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<Quoted>> {
    let Some(id) = row.get(first)? else { return Ok(None) };
    Ok(Some(Quoted {
        id,
        kind: row.get(first + 1)?,
        direction: row.get(first + 2)?,
        author_id: row.get(first + 3)?,
        author_name: row.get(first + 4)?,
        text: row.get(first + 5)?,
        files: row.get(first + 6)?,
    }))
}

/// Whether a session has this message or note.
pub fn is_of(connection: &Connection, id: MessageId, session: SessionId) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM messages WHERE id = ?1 AND session_id = ?2 AND kind <> 'event'",
    )?;
    Ok(statement.exists(params![id, session])?)
}

/// The kind with this name; an unknown one is `other`.
pub(crate) fn kind_of(word: &str) -> ErrorKind {
    serde_json::Value::from_str(&format!("\"{word}\""))
        .and_then(serde_json::from_value)
        .unwrap_or(ErrorKind::Other)
}

fn with_files(connection: &Connection, mut message: Message) -> Result<Message> {
    let files: Vec<File> =
        files::of_messages(connection, &[message.id])?.remove(&message.id).unwrap_or_default();
    message.files = files;
    Ok(message)
}

/// Whether a user's look at a session was recorded since a moment.
pub fn was_viewed(
    connection: &Connection,
    session: SessionId,
    user: UserId,
    since: Time,
) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM messages WHERE session_id = ?1 AND kind = 'event' AND author_id = ?2 \
         AND at >= ?3 AND operation = '{\"kind\":\"viewed\"}' LIMIT 1",
    )?;
    Ok(statement.exists(params![session, user, since])?)
}

/// Whether a user has asked for a session since a moment.
pub fn asked_since(
    connection: &Connection,
    session: SessionId,
    user: UserId,
    since: Time,
) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM messages WHERE session_id = ?1 AND kind = 'note' AND author_id = ?2 \
         AND at >= ?3 AND operation = '{\"kind\":\"asked\"}' LIMIT 1",
    )?;
    Ok(statement.exists(params![session, user, since])?)
}

/// The newest messages with an address, over all its sessions, oldest first.
pub fn of_address(
    connection: &Connection,
    kind: IdentityKind,
    address: &str,
    limit: u32,
) -> Result<Vec<Message>> {
    let mut statement = connection.prepare_cached(&format!(
        "{SELECT} WHERE m.session_id IN (SELECT s.id FROM identities i JOIN sessions s ON s.identity_id = i.id \
             WHERE i.kind = ?1 AND i.address = ?2) AND m.kind = 'message' ORDER BY m.seq DESC LIMIT ?3"
    ))?;
    let rows = statement.query_map(params![kind.as_str(), address, limit], read)?;
    let mut messages: Vec<Message> = rows.collect::<rusqlite::Result<_>>()?;
    messages.reverse();
    for message in &mut messages {
        message.files =
            files::of_messages(connection, &[message.id])?.remove(&message.id).unwrap_or_default();
    }
    Ok(messages)
}

/// A message that a provider has taken, as the demo's carrier sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The provider's id of it.
    pub provider_id: String,
    /// The customer's address.
    pub to: String,
    /// Which of our messages in this session it is, from 0.
    pub turn: i64,
    /// Whether everything the customer said in this session came from a script.
    pub scripted: bool,
}

/// A message of this channel if its provider has just taken it.
pub fn taken_by(
    connection: &Connection,
    channel: ChannelId,
    id: MessageId,
) -> Result<Option<Taken>> {
    let mut statement = connection.prepare_cached(
        "SELECT m.provider_id, i.address, \
            (SELECT count(*) FROM messages b WHERE b.session_id = m.session_id AND b.direction = 'out' AND b.seq < m.seq), \
            NOT EXISTS (SELECT 1 FROM messages t WHERE t.session_id = m.session_id AND t.direction = 'in' \
                AND t.provider_id LIKE 'demo-typed-%') \
         FROM messages m JOIN sessions s ON s.id = m.session_id JOIN identities i ON i.id = s.identity_id \
         WHERE m.id = ?2 AND m.channel_id = ?1 AND m.direction = 'out' AND m.state = 'sent' \
           AND m.provider_id IS NOT NULL",
    )?;
    let taken = statement.query_row(params![channel, id], |row| {
        Ok(Taken {
            provider_id: row.get(0)?,
            to: row.get(1)?,
            turn: row.get(2)?,
            scripted: row.get(3)?,
        })
    });
    Ok(taken.optional()?)
}
