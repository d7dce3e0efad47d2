//! Calls, how users call, and who may.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::Tx;
use crate::error::{Error, Result};
use crate::model::{
    Call, CallId, CallState, Calling, ChannelId, NumberKind, SessionId, Time, UserId,
};

/// A call as it is kept.
#[derive(Debug, Clone)]
pub struct CallRow {
    /// What everyone sees of it.
    pub call: Call,
    /// The client's id for it.
    pub client_key: String,
    /// Who called, as they were named then.
    pub user_name: String,
    /// Its channel.
    pub channel: ChannelId,
    /// Our number that the customer sees.
    pub shown: String,
    /// The user's telephone.
    pub phone: String,
    /// The provider's id of it.
    pub provider_id: Option<String>,
}

const COLUMNS: &str = "SELECT id, session_id, user_id, method, number, state, seconds, reason, \
     created_at, client_key, user_name, channel_id, shown, phone, provider_id FROM calls";

fn row(row: &Row<'_>) -> rusqlite::Result<CallRow> {
    Ok(CallRow {
        call: Call {
            id: row.get(0)?,
            session_id: row.get(1)?,
            user_id: row.get(2)?,
            method: row.get(3)?,
            number: row.get(4)?,
            state: row.get(5)?,
            seconds: row.get(6)?,
            reason: row.get(7)?,
            created_at: row.get(8)?,
        },
        client_key: row.get(9)?,
        user_name: row.get(10)?,
        channel: row.get(11)?,
        shown: row.get(12)?,
        phone: row.get(13)?,
        provider_id: row.get(14)?,
    })
}

/// Writes a call down.
pub fn insert(tx: &Tx<'_>, new: &CallRow) -> Result<()> {
    let call = &new.call;
    tx.prepare_cached(
        "INSERT INTO calls (id, session_id, user_id, method, number, state, seconds, reason,
            created_at, updated_at, client_key, user_name, channel_id, shown, phone, provider_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        call.id,
        call.session_id,
        call.user_id,
        call.method,
        call.number,
        call.state,
        call.seconds,
        call.reason,
        call.created_at,
        new.client_key,
        new.user_name,
        new.channel,
        new.shown,
        new.phone,
        new.provider_id
    ])?;
    Ok(())
}

/// One call; refused when there is none.
pub fn get(c: &Connection, id: CallId) -> Result<CallRow> {
    find(c, id)?.ok_or(Error::NotFound("call"))
}

/// One call, if it is there.
pub fn find(c: &Connection, id: CallId) -> Result<Option<CallRow>> {
    let mut statement = c.prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))?;
    Ok(statement.query_row([id], row).optional()?)
}

/// The call that a client made under this key.
pub fn of_client_key(c: &Connection, key: &str) -> Result<Option<CallRow>> {
    let mut statement = c.prepare_cached(&format!("{COLUMNS} WHERE client_key = ?1"))?;
    Ok(statement.query_row([key], row).optional()?)
}

/// Calls of a session, the newest first.
pub fn of_session(c: &Connection, session: SessionId) -> Result<Vec<Call>> {
    let mut statement = c.prepare_cached(&format!(
        "{COLUMNS} WHERE session_id = ?1 ORDER BY created_at DESC, id DESC LIMIT 100"
    ))?;
    let rows = statement.query_map([session], row)?;
    Ok(rows.map(|row| row.map(|row| row.call)).collect::<rusqlite::Result<_>>()?)
}

/// Brings a call to another state.
pub fn set_state(
    tx: &Tx<'_>,
    id: CallId,
    state: CallState,
    (seconds, reason): (Option<u32>, Option<&str>),
    now: Time,
) -> Result<()> {
    tx.prepare_cached(
        "UPDATE calls SET state = ?2, seconds = coalesce(?3, seconds), reason = ?4, updated_at = ?5
         WHERE id = ?1",
    )?
    .execute(params![id, state, seconds, reason, now])?;
    Ok(())
}

/// Notes the provider's id of a call.
pub fn set_provider_id(tx: &Tx<'_>, id: CallId, provider_id: &str) -> Result<()> {
    tx.prepare_cached("UPDATE calls SET provider_id = ?2 WHERE id = ?1")?
        .execute(params![id, provider_id])?;
    Ok(())
}

/// Calls of which nothing was heard since `asked` (those that the provider is being asked for) or
/// since `told` (all others under way).
pub fn silent(c: &Connection, asked: Time, told: Time) -> Result<Vec<CallRow>> {
    let mut statement = c.prepare_cached(&format!(
        "{COLUMNS} WHERE state IN ('starting', 'your_phone', 'ringing', 'answered')
           AND updated_at <= CASE state WHEN 'starting' THEN ?1 ELSE ?2 END LIMIT 100"
    ))?;
    let rows = statement.query_map([asked, told], row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether a user may call.
pub fn may_call(c: &Connection, user: UserId) -> Result<bool> {
    let mut statement =
        c.prepare_cached("SELECT coalesce(may_call, role <> 'agent') FROM users WHERE id = ?1")?;
    Ok(statement.query_row([user], |row| row.get(0))?)
}

/// Decides whether a user may call, whatever their role has.
pub fn set_may_call(tx: &Tx<'_>, user: UserId, may_call: bool) -> Result<()> {
    let mut statement = tx.prepare_cached("UPDATE users SET may_call = ?2 WHERE id = ?1")?;
    statement.execute(params![user, may_call])?;
    Ok(())
}

/// How a user calls.
pub fn calling(c: &Connection, user: UserId) -> Result<Calling> {
    let mut statement =
        c.prepare_cached("SELECT call_method, call_pattern, call_phone FROM users WHERE id = ?1")?;
    Ok(statement.query_row([user], |row| {
        Ok(Calling { method: row.get(0)?, pattern: row.get(1)?, phone: row.get(2)? })
    })?)
}

/// Sets how a user calls.
pub fn set_calling(tx: &Tx<'_>, user: UserId, calling: &Calling) -> Result<()> {
    tx.prepare_cached(
        "UPDATE users SET call_method = ?2, call_pattern = ?3, call_phone = ?4 WHERE id = ?1",
    )?
    .execute(params![user, calling.method, calling.pattern, calling.phone])?;
    Ok(())
}

/// What our number of a session is.
pub fn number_kind(c: &Connection, session: SessionId) -> Result<NumberKind> {
    let mut statement = c.prepare_cached(
        "SELECT n.kind FROM sessions s JOIN numbers n ON n.id = s.number_id WHERE s.id = ?1",
    )?;
    Ok(statement.query_row([session], |row| row.get(0))?)
}
