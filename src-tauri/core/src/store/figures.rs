//! What passed through the channels in a span of time (requirement N1).

use rusqlite::{Connection, params};

use crate::error::Result;
use crate::model::{ChannelId, Figures, Time};

/// A span of time: from its first millisecond up to, not including, its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First millisecond.
    pub from: Time,
    /// First millisecond that is out again.
    pub to: Time,
}

impl Span {
    /// Always.
    pub const ALWAYS: Self = Self { from: Time::MIN, to: Time::MAX };
}

/// The figures of a channel over a span. Counted from an index alone, without the messages.
pub fn of_channel(connection: &Connection, channel: ChannelId, span: Span) -> Result<Figures> {
    let mut statement = connection.prepare_cached(
        "SELECT count(*) FILTER (WHERE direction = 'in'), \
                count(*) FILTER (WHERE direction = 'out' AND state IN ('sent', 'delivered', 'read')), \
                count(*) FILTER (WHERE direction = 'out' AND state = 'failed') \
         FROM messages WHERE kind = 'message' AND channel_id = ?1 AND at >= ?2 AND at < ?3",
    )?;
    let figures = statement.query_row(params![channel, span.from, span.to], |row| {
        let (received, sent, failed): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Figures { sent, received, failed, total: sent + failed })
    })?;
    Ok(figures)
}
