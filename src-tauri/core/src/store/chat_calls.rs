//! Calls in live chats. Of how the two ends are reached nothing is here.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::Tx;
use super::figures::Span;
use crate::error::{Error, Result};
use crate::model::{
    ChannelId, ChatCall, ChatCallId, ChatCallReason, ChatCallState, ChatCaller, IdentityId,
    SessionId, SessionStatus, Time, UserId,
};

/// A call as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatCallRow {
    /// Id.
    pub id: ChatCallId,
    /// The caller's own id for it, with who they are in front.
    pub key: String,
    /// Its session.
    pub session: SessionId,
    /// The site.
    pub channel: ChannelId,
    /// Who called.
    pub by: ChatCaller,
    /// Who of the team called or answered.
    pub user: Option<UserId>,
    /// Their name at that time.
    pub user_name: Option<String>,
    /// How far it is.
    pub state: ChatCallState,
    /// Why it was missed, or failed.
    pub reason: Option<ChatCallReason>,
    /// When it began to ring.
    pub started_at: Time,
    /// When it was answered.
    pub answered_at: Option<Time>,
    /// When it was over.
    pub ended_at: Option<Time>,
}

impl ChatCallRow {
    /// A call that begins to ring: of somebody of the team, with their name, or of the visitor.
    pub fn rings(
        key: String,
        (channel, session): (ChannelId, SessionId),
        agent: Option<(UserId, String)>,
        now: Time,
    ) -> Self {
        let by = if agent.is_some() { ChatCaller::Agent } else { ChatCaller::Visitor };
        let (user, user_name) = agent.unzip();
        Self {
            id: ChatCallId::new(),
            key,
            session,
            channel,
            by,
            user,
            user_name,
            state: ChatCallState::Ringing,
            reason: None,
            started_at: now,
            answered_at: None,
            ended_at: None,
        }
    }

    /// For how long they talked, in seconds, if they did.
    pub fn seconds(&self) -> Option<u32> {
        let span = self.ended_at?.saturating_sub(self.answered_at?);
        Some(u32::try_from(span / 1_000).unwrap_or(0))
    }

    /// As somebody sees it who is no end of it.
    pub fn seen(&self) -> ChatCall {
        ChatCall {
            id: self.id,
            session_id: self.session,
            channel_id: self.channel,
            by: self.by,
            state: self.state,
            reason: self.reason,
            user_id: self.user,
            user_name: self.user_name.clone(),
            started_at: self.started_at,
            answered_at: self.answered_at,
            ended_at: self.ended_at,
            sdp: None,
            ice: Vec::new(),
        }
    }
}

const COLUMNS: &str = "SELECT id, key, session_id, channel_id, caller, user_id, user_name, state, \
     reason, started_at, answered_at, ended_at FROM chat_calls";

fn row(row: &Row<'_>) -> rusqlite::Result<ChatCallRow> {
    Ok(ChatCallRow {
        id: row.get(0)?,
        key: row.get(1)?,
        session: row.get(2)?,
        channel: row.get(3)?,
        by: row.get(4)?,
        user: row.get(5)?,
        user_name: row.get(6)?,
        state: row.get(7)?,
        reason: row.get(8)?,
        started_at: row.get(9)?,
        answered_at: row.get(10)?,
        ended_at: row.get(11)?,
    })
}

/// Writes a call down that rings.
pub fn insert(tx: &Tx<'_>, new: &ChatCallRow) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO chat_calls (id, key, session_id, channel_id, caller, user_id, user_name, \
            state, started_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        new.id,
        new.key,
        new.session,
        new.channel,
        new.by,
        new.user,
        new.user_name,
        new.state,
        new.started_at
    ])?;
    Ok(())
}

/// One call; refused when there is none.
pub fn get(c: &Connection, id: ChatCallId) -> Result<ChatCallRow> {
    find(c, id)?.ok_or(Error::NotFound("call"))
}

/// One call, if it is there.
pub fn find(c: &Connection, id: ChatCallId) -> Result<Option<ChatCallRow>> {
    let mut statement = c.prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))?;
    Ok(statement.query_row([id], row).optional()?)
}

/// The call that its caller made under this key.
pub fn of_key(c: &Connection, key: &str) -> Result<Option<ChatCallRow>> {
    let mut statement = c.prepare_cached(&format!("{COLUMNS} WHERE key = ?1"))?;
    Ok(statement.query_row([key], row).optional()?)
}

/// The call that a session has at this moment.
pub fn of_session(c: &Connection, session: SessionId) -> Result<Option<ChatCallRow>> {
    let mut statement = c.prepare_cached(&format!(
        "{COLUMNS} WHERE session_id = ?1 AND state IN ('ringing', 'connected')"
    ))?;
    Ok(statement.query_row([session], row).optional()?)
}

/// One call, if it was made to this visitor or by them.
pub fn of_visitor(
    c: &Connection,
    id: ChatCallId,
    visitor: IdentityId,
) -> Result<Option<ChatCallRow>> {
    let mut statement = c.prepare_cached(&format!(
        "{COLUMNS} WHERE id = ?1 AND EXISTS \
         (SELECT 1 FROM sessions s WHERE s.id = session_id AND s.identity_id = ?2)"
    ))?;
    Ok(statement.query_row(params![id, visitor], row).optional()?)
}

/// Whether a session is open, and the language of its visitor's browser.
pub fn visitor_speaks(
    c: &Connection,
    session: SessionId,
) -> Result<Option<(SessionStatus, String)>> {
    let mut statement = c.prepare_cached(
        "SELECT s.status, v.language FROM sessions s \
         JOIN visitors v ON v.identity_id = s.identity_id WHERE s.id = ?1",
    )?;
    Ok(statement.query_row([session], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Every call that is not over.
pub fn under_way(c: &Connection) -> Result<Vec<ChatCallRow>> {
    let mut statement =
        c.prepare_cached(&format!("{COLUMNS} WHERE state IN ('ringing', 'connected')"))?;
    let rows = statement.query_map([], row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Calls of a site that are not over.
pub fn count_under_way(c: &Connection, channel: ChannelId) -> Result<u32> {
    let mut statement = c.prepare_cached(
        "SELECT count(*) FROM chat_calls WHERE state IN ('ringing', 'connected') AND channel_id = ?1",
    )?;
    Ok(statement.query_row([channel], |row| row.get(0))?)
}

/// Whether a user talks, or calls, at this moment.
pub fn is_calling(c: &Connection, user: UserId) -> Result<bool> {
    let mut statement = c.prepare_cached(
        "SELECT 1 FROM chat_calls WHERE state IN ('ringing', 'connected') AND user_id = ?1",
    )?;
    Ok(statement.exists([user])?)
}

/// A call was answered: by this user, or by the visitor whom they called.
pub fn answer(tx: &Tx<'_>, id: ChatCallId, user: UserId, name: &str, now: Time) -> Result<()> {
    tx.prepare_cached(
        "UPDATE chat_calls SET state = 'connected', user_id = ?2, user_name = ?3, answered_at = ?4 \
         WHERE id = ?1 AND state = 'ringing'",
    )?
    .execute(params![id, user, name, now])?;
    Ok(())
}

/// A call is over.
pub fn end(
    tx: &Tx<'_>,
    id: ChatCallId,
    (state, reason): (ChatCallState, Option<ChatCallReason>),
    now: Time,
) -> Result<()> {
    tx.prepare_cached(
        "UPDATE chat_calls SET state = ?2, reason = ?3, ended_at = ?4 \
         WHERE id = ?1 AND state IN ('ringing', 'connected')",
    )?
    .execute(params![id, state, reason, now])?;
    Ok(())
}

/// What a call does to the waiting of its session's customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// They wait from now on, unless they did already.
    Begins,
    /// Somebody spoke with them.
    Ends,
    /// Nothing.
    Stays,
}

/// A call began, was answered or is over: its session is as new as if something had been said.
pub fn note_in_session(tx: &Tx<'_>, session: SessionId, waiting: Waiting, now: Time) -> Result<()> {
    let waiting = match waiting {
        Waiting::Begins => "begins",
        Waiting::Ends => "ends",
        Waiting::Stays => "stays",
    };
    tx.prepare_cached(
        "UPDATE sessions SET last_message_at = max(last_message_at, ?3), \
         waiting_since = CASE ?2 WHEN 'ends' THEN NULL \
            WHEN 'begins' THEN coalesce(waiting_since, ?3) ELSE waiting_since END \
         WHERE id = ?1 AND status = 'open'",
    )?
    .execute(params![session, waiting, now])?;
    Ok(())
}

/// Calls of a site that began in a span, and how many of its visitors' ones were missed.
pub fn figures(c: &Connection, channel: ChannelId, span: Span) -> Result<(i64, i64)> {
    let mut statement = c.prepare_cached(
        "SELECT count(*), \
            count(*) FILTER (WHERE caller = 'visitor' AND state IN ('missed', 'declined')) \
         FROM chat_calls WHERE channel_id = ?1 AND started_at >= ?2 AND started_at < ?3",
    )?;
    let figures = statement
        .query_row(params![channel, span.from, span.to], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(figures)
}
