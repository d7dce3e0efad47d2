//! Customers who asked to hear no more from a number, and what answers them by itself.
//!
//! Their word holds for the address of the number, whichever channel has it.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::Result;
use crate::model::{ChannelId, ContactId, IdentityId, MessageId, NumberId, OptOut, SessionId};

/// Our number and the customer's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Our number.
    pub number: NumberId,
    /// The customer's address.
    pub identity: IdentityId,
}

/// The pair that a session is between.
pub fn pair(connection: &Connection, session: SessionId) -> Result<Pair> {
    let mut statement =
        connection.prepare_cached("SELECT number_id, identity_id FROM sessions WHERE id = ?1")?;
    let pair = statement
        .query_row([session], |row| Ok(Pair { number: row.get(0)?, identity: row.get(1)? }))?;
    Ok(pair)
}

/// Whether the customer of a pair opted out.
pub fn get(connection: &Connection, pair: Pair) -> Result<Option<OptOut>> {
    let mut statement = connection.prepare_cached(
        "SELECT at, word, told_by, told FROM opt_outs \
         WHERE number_address = (SELECT address FROM numbers WHERE id = ?1) AND identity_id = ?2",
    )?;
    Ok(statement.query_row(params![pair.number, pair.identity], |row| read(row, 0)).optional()?)
}

/// Reads the four columns of an opt-out that begin at `first`, if there is one.
pub(crate) fn read_if_any(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<OptOut>> {
    match row.get::<_, Option<i64>>(first)? {
        Some(_) => read(row, first).map(Some),
        None => Ok(None),
    }
}

/// Reads the four columns of an opt-out that begin at `first`.
pub(crate) fn read(row: &Row<'_>, first: usize) -> rusqlite::Result<OptOut> {
    Ok(OptOut {
        at: row.get(first)?,
        word: row.get(first + 1)?,
        told_by: row.get(first + 2)?,
        told: row.get(first + 3)?,
    })
}

/// The opt-out that keeps a message from leaving. Automatic answers may leave all the same: they
/// confirm the opt-out itself.
pub fn against_message(connection: &Connection, message: MessageId) -> Result<Option<OptOut>> {
    let mut statement = connection.prepare_cached(
        "SELECT o.at, o.word, o.told_by, o.told FROM messages m \
         JOIN sessions s ON s.id = m.session_id \
         JOIN numbers n ON n.id = s.number_id \
         JOIN opt_outs o ON o.number_address = n.address AND o.identity_id = s.identity_id \
         WHERE m.id = ?1 AND m.automatic = 0",
    )?;
    Ok(statement.query_row([message], |row| read(row, 0)).optional()?)
}

/// Writes an opt-out down, in place of the one before.
pub fn set(connection: &Connection, pair: Pair, opt_out: &OptOut) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO opt_outs \
             (number_address, identity_id, at, word, told_by, told) \
             VALUES ((SELECT address FROM numbers WHERE id = ?1), ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            pair.number,
            pair.identity,
            opt_out.at,
            opt_out.word,
            opt_out.told_by,
            opt_out.told
        ])?;
    Ok(())
}

/// Lifts an opt-out; `false`: there was none.
pub fn lift(connection: &Connection, pair: Pair) -> Result<bool> {
    let lifted = connection
        .prepare_cached(
            "DELETE FROM opt_outs \
             WHERE number_address = (SELECT address FROM numbers WHERE id = ?1) \
               AND identity_id = ?2",
        )?
        .execute(params![pair.number, pair.identity])?;
    Ok(lifted > 0)
}

/// Our numbers that an address opted out of.
pub fn numbers_of(connection: &Connection, identity: IdentityId) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT number_address FROM opt_outs WHERE identity_id = ?1 ORDER BY number_address",
    )?;
    let rows = statement.query_map([identity], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The open sessions of a customer with the address of our number: one in each channel that has it.
pub fn open_sessions(connection: &Connection, pair: Pair) -> Result<Vec<SessionId>> {
    let mut statement = connection.prepare_cached(
        "SELECT s.id FROM sessions s JOIN numbers n ON n.id = s.number_id \
         WHERE s.identity_id = ?2 AND s.status = 'open' \
           AND n.address = (SELECT address FROM numbers WHERE id = ?1)",
    )?;
    let rows = statement.query_map(params![pair.number, pair.identity], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The newest session of a customer with the address of our number.
pub fn newest_session(connection: &Connection, pair: Pair) -> Result<Option<SessionId>> {
    let mut statement = connection.prepare_cached(
        "SELECT s.id FROM sessions s JOIN numbers n ON n.id = s.number_id \
         WHERE s.identity_id = ?2 AND n.address = (SELECT address FROM numbers WHERE id = ?1) \
         ORDER BY s.opened_at DESC LIMIT 1",
    )?;
    Ok(statement.query_row(params![pair.number, pair.identity], |row| row.get(0)).optional()?)
}

/// The contact whose address it is.
pub fn contact(connection: &Connection, identity: IdentityId) -> Result<ContactId> {
    let mut statement =
        connection.prepare_cached("SELECT contact_id FROM identities WHERE id = ?1")?;
    Ok(statement.query_row([identity], |row| row.get(0))?)
}

/// What a channel answers by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// To STOP.
    pub stop: Option<String>,
    /// To HELP.
    pub help: Option<String>,
}

/// The automatic answers of a channel.
pub fn answers(connection: &Connection, channel: ChannelId) -> Result<Answers> {
    let mut statement =
        connection.prepare_cached("SELECT stop_text, help_text FROM channels WHERE id = ?1")?;
    let answers = statement
        .query_row([channel], |row| Ok(Answers { stop: row.get(0)?, help: row.get(1)? }))
        .optional()?;
    Ok(answers.unwrap_or_default())
}
