//! Pieces of messages that a provider tells in several webhooks.

use deskbell_channels::exchange::Part;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::Result;
use crate::model::{ChannelId, MessageId, Parts, SessionId, Time};
use crate::store::optouts::Pair;

/// Pieces with one key that come further apart than this belong to different messages: keys are
/// short and come again. In milliseconds.
const APART: Time = 86_400_000;
/// Pieces of one message at most (3GPP TS 23.040 counts them in one byte).
pub const MOST: u32 = 255;

/// Whether a piece with this provider's id is in the store already.
pub fn is_known(connection: &Connection, channel: ChannelId, provider_id: &str) -> Result<bool> {
    let mut statement = connection
        .prepare_cached("SELECT 1 FROM message_parts WHERE channel_id = ?1 AND provider_id = ?2")?;
    Ok(statement.exists(params![channel, provider_id])?)
}

/// The newest message of a pair that this piece belongs to: the same key, and without a piece in
/// this place.
pub fn message_of(
    connection: &Connection,
    pair: Pair,
    part: &Part,
    now: Time,
) -> Result<Option<(MessageId, SessionId)>> {
    let mut statement = connection.prepare_cached(
        "SELECT m.id, m.session_id FROM message_parts p JOIN messages m ON m.id = p.message_id \
         WHERE p.identity_id = ?1 AND p.number_id = ?2 AND p.part_key = ?3 AND p.at >= ?4 \
           AND p.total IS ?5 AND NOT EXISTS (SELECT 1 FROM message_parts h \
             WHERE h.message_id = p.message_id AND h.position = ?6) \
         ORDER BY p.at DESC, m.seq DESC LIMIT 1",
    )?;
    let found = statement.query_row(
        params![
            pair.identity,
            pair.number,
            part.key,
            now.saturating_sub(APART),
            part.total,
            part.position
        ],
        |row| Ok((row.get(0)?, row.get(1)?)),
    );
    Ok(found.optional()?)
}

/// A piece to keep.
#[derive(Debug, Clone, Copy)]
pub struct NewPart<'a> {
    /// Its channel.
    pub channel: ChannelId,
    /// The provider's id of it.
    pub provider_id: &'a str,
    /// The message that it is a piece of.
    pub message: MessageId,
    /// Our number and the customer's address.
    pub pair: Pair,
    /// Which piece it is.
    pub part: &'a Part,
    /// Its text.
    pub text: &'a str,
}

/// Keeps a piece.
pub fn insert(connection: &Connection, new: &NewPart<'_>, now: Time) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO message_parts (channel_id, provider_id, message_id, number_id, \
             identity_id, part_key, position, total, body, at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            new.channel,
            new.provider_id,
            new.message,
            new.pair.number,
            new.pair.identity,
            new.part.key,
            new.part.position,
            new.part.total,
            new.text,
            now
        ])?;
    Ok(())
}

/// The pieces of a message put together in their order, and what of it is missing.
pub fn whole(connection: &Connection, message: MessageId) -> Result<(String, Option<Parts>)> {
    let mut statement = connection.prepare_cached(
        "SELECT position, total, body FROM message_parts WHERE message_id = ?1 ORDER BY position",
    )?;
    let rows = statement.query_map([message], |row| {
        Ok((row.get::<_, u32>(0)?, row.get::<_, Option<u32>>(1)?, row.get::<_, String>(2)?))
    })?;
    let (mut text, mut here, mut total) = (String::new(), Vec::new(), None);
    for row in rows {
        let (position, told, body) = row?;
        text.push_str(&body);
        here.push(position);
        total = told.or(total);
    }
    Ok((text, missing(&here, total)))
}

/// Which pieces are missing; `None`: none, or nobody knows how many there are.
pub fn missing(here: &[u32], total: Option<u32>) -> Option<Parts> {
    let total = total?;
    let missing: Vec<u32> = (1..=total.min(MOST)).filter(|place| !here.contains(place)).collect();
    let have = u32::try_from(here.len()).unwrap_or(u32::MAX);
    if missing.is_empty() { None } else { Some(Parts { have, total: Some(total), missing }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_which_of_its_pieces_are_missing() {
        let parts =
            |have, total, missing: &[u32]| Some(Parts { have, total, missing: missing.to_vec() });
        assert_eq!(missing(&[1, 2, 3], Some(3)), None);
        assert_eq!(missing(&[3, 1], Some(3)), parts(2, Some(3), &[2]));
        assert_eq!(missing(&[1], Some(2)), parts(1, Some(2), &[2]));
        assert_eq!(missing(&[1, 2], None), None, "nobody knows whether more comes");
        assert_eq!(missing(&[3], None), None, "nor whether anything came before");
        assert_eq!(missing(&[1], Some(u32::MAX)).unwrap().missing.len(), 254);
    }
}
