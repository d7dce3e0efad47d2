//! Messages that wait for the time they were written for. They have no place in the thread yet.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::messages::{Author, quoted};
use crate::error::{Error, Result};
use crate::model::{
    Direction, Message, MessageId, MessageKind, MessageState, SessionId, SessionStatus, Time,
};
use crate::store::{Tx, files};

/// A message to be scheduled.
#[derive(Debug, Clone)]
pub struct NewRow {
    /// Its session.
    pub session: SessionId,
    /// Who wrote it.
    pub author: Author,
    /// The text.
    pub text: String,
    /// The client's id.
    pub client_key: String,
    /// The message that it answers.
    pub reply_to: Option<MessageId>,
    /// When it is to leave.
    pub send_at: Time,
    /// Whether it stays when the customer writes first.
    pub unless_answered: bool,
    /// Place of the newest entry of the session.
    pub after_seq: i64,
}

/// Keeps a message for later.
pub fn insert(tx: &Tx<'_>, new: &NewRow, now: Time) -> Result<MessageId> {
    let id = MessageId::new();
    tx.prepare_cached(
        "INSERT INTO scheduled_messages (id, session_id, author_id, author_name, body, client_key, \
         reply_to, send_at, unless_answered, after_seq, created_at, updated_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11)",
    )?
    .execute(params![
        id,
        new.session,
        new.author.id,
        new.author.name,
        new.text,
        new.client_key,
        new.reply_to,
        new.send_at,
        new.unless_answered,
        new.after_seq,
        now
    ])?;
    Ok(id)
}

const SELECT: &str = "SELECT p.id, p.session_id, p.author_id, p.author_name, p.body, p.client_key, \
    p.send_at, p.unless_answered, p.created_at, p.updated_at, \
    q.id, q.kind, q.direction, q.author_id, q.author_name, substr(q.body, 1, 200), \
    (SELECT count(*) FROM message_files f WHERE f.message_id = p.reply_to) \
    FROM scheduled_messages p LEFT JOIN messages q ON q.id = p.reply_to";

fn read(row: &Row<'_>) -> rusqlite::Result<Message> {
    Ok(Message {
        id: row.get(0)?,
        session_id: row.get(1)?,
        seq: 0,
        kind: MessageKind::Message,
        direction: Direction::Out,
        author_id: row.get(2)?,
        author_name: row.get(3)?,
        text: row.get(4)?,
        files: Vec::new(),
        state: MessageState::Scheduled,
        error: None,
        attempts: 0,
        due_at: row.get(6)?,
        unless_answered: row.get(7)?,
        reply_to: quoted(row, 10)?,
        automatic: false,
        auto: None,
        others: Vec::new(),
        parts: None,
        client_key: row.get(5)?,
        may: Vec::new(),
        mentions: Vec::new(),
        provider_id: None,
        event: None,
        at: row.get(8)?,
        updated_at: row.get(9)?,
    })
}

fn with_files(connection: &Connection, mut message: Message) -> Result<Message> {
    message.files =
        files::of_messages(connection, &[message.id])?.remove(&message.id).unwrap_or_default();
    Ok(message)
}

/// A scheduled message, if there is one with this id.
pub fn find(connection: &Connection, id: MessageId) -> Result<Option<Message>> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE p.id = ?1"))?;
    let found = statement.query_row([id], read).optional()?;
    found.map(|message| with_files(connection, message)).transpose()
}

/// A scheduled message; refused when there is none.
pub fn get(connection: &Connection, id: MessageId) -> Result<Message> {
    find(connection, id)?.ok_or(Error::NotFound("message"))
}

/// The scheduled message that a client sent under this key.
pub fn of_client_key(connection: &Connection, key: &str) -> Result<Option<Message>> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE p.client_key = ?1"))?;
    let found = statement.query_row([key], read).optional()?;
    found.map(|message| with_files(connection, message)).transpose()
}

/// What waits in a session, in the order of its times.
pub fn of_session(connection: &Connection, session: SessionId) -> Result<Vec<Message>> {
    let mut statement = connection
        .prepare_cached(&format!("{SELECT} WHERE p.session_id = ?1 ORDER BY p.send_at, p.id"))?;
    let found: Vec<Message> =
        statement.query_map([session], read)?.collect::<rusqlite::Result<_>>()?;
    found.into_iter().map(|message| with_files(connection, message)).collect()
}

/// How many wait in a session.
pub fn count(connection: &Connection, session: SessionId) -> Result<i64> {
    let mut statement = connection
        .prepare_cached("SELECT count(*) FROM scheduled_messages WHERE session_id = ?1")?;
    Ok(statement.query_row([session], |row| row.get(0))?)
}

/// Messages whose time has come, oldest time first, and those whose customer wrote first.
pub fn ripe(connection: &Connection, now: Time, limit: u32) -> Result<Vec<MessageId>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, send_at FROM scheduled_messages WHERE send_at <= ?1 \
         UNION SELECT p.id, p.send_at FROM scheduled_messages p WHERE p.unless_answered = 1 \
             AND EXISTS (SELECT 1 FROM messages m WHERE m.session_id = p.session_id \
                 AND m.seq > p.after_seq AND m.direction = 'in') \
         ORDER BY send_at, id LIMIT ?2",
    )?;
    let found = statement.query_map(params![now, limit], |row| row.get(0))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// What comes next.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outlook {
    /// When the next one is to leave.
    pub next: Option<Time>,
    /// Whether one of them gives way to the customer.
    pub gives_way: bool,
}

/// What comes next.
pub fn outlook(connection: &Connection) -> Result<Outlook> {
    let mut statement = connection.prepare_cached(
        "SELECT (SELECT min(send_at) FROM scheduled_messages), \
         EXISTS (SELECT 1 FROM scheduled_messages WHERE unless_answered = 1)",
    )?;
    Ok(statement.query_row([], |row| Ok(Outlook { next: row.get(0)?, gives_way: row.get(1)? }))?)
}

/// What decides about a message whose time has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whether its session takes messages.
    pub status: SessionStatus,
    /// Whether a person ended it, who was told that this waits.
    pub ended_by_person: bool,
    /// Whether the customer wrote since it was scheduled.
    pub answered: bool,
}

/// How things stand for a scheduled message.
pub fn standing(connection: &Connection, id: MessageId) -> Result<Standing> {
    let mut statement = connection.prepare_cached(
        "SELECT s.status, coalesce(s.closed_by IN ('agent', 'administrator'), 0), EXISTS (SELECT 1 FROM messages m WHERE m.session_id = p.session_id \
             AND m.seq > p.after_seq AND m.direction = 'in') \
         FROM scheduled_messages p JOIN sessions s ON s.id = p.session_id WHERE p.id = ?1",
    )?;
    let row = |row: &Row<'_>| {
        let (status, ended_by_person) = (row.get(0)?, row.get(1)?);
        Ok(Standing { status, ended_by_person, answered: row.get(2)? })
    };
    statement.query_row([id], row).optional()?.ok_or(Error::NotFound("message"))
}

/// Gives a scheduled message other words, another time, or another condition.
pub fn update(
    tx: &Tx<'_>,
    id: MessageId,
    text: &str,
    send_at: Time,
    unless_answered: bool,
) -> Result<()> {
    tx.prepare_cached(
        "UPDATE scheduled_messages SET body = ?2, send_at = ?3, unless_answered = ?4, \
         updated_at = ?5 WHERE id = ?1",
    )?
    .execute(params![id, text, send_at, unless_answered, tx.now()])?;
    Ok(())
}

/// It waits no more: it leaves. Its files go along under its id.
pub fn take(tx: &Tx<'_>, id: MessageId) -> Result<()> {
    tx.prepare_cached("DELETE FROM scheduled_messages WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// It will not leave: it and its hold on files are forgotten.
pub fn forget(tx: &Tx<'_>, id: MessageId) -> Result<()> {
    tx.prepare_cached("DELETE FROM message_files WHERE message_id = ?1")?.execute([id])?;
    take(tx, id)
}
