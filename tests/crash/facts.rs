//! What is true afterwards: what the file holds, and what the providers took. Only reads.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;
use deskbell_simulator::Recorded;
use rusqlite::{Connection, OpenFlags};

/// A customer's message in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stored {
    /// How often.
    pub(crate) times: u32,
    /// Place of the first.
    pub(crate) seq: i64,
}

/// An agent's message in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Its state.
    pub(crate) state: String,
    /// The provider's id of it.
    pub(crate) provider_id: Option<String>,
}

/// Everything that is judged.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    /// Customers' messages by their words.
    pub(crate) stored: HashMap<String, Stored>,
    /// Agents' messages by client key.
    pub(crate) kept: HashMap<String, Kept>,
    /// Ids under which the providers took a message, by recipient and words.
    pub(crate) taken: HashMap<(String, String), Vec<String>>,
    /// Deliveries that are kept more than once.
    pub(crate) deliveries_twice: i64,
    /// Messages whose event is missing or is there twice.
    pub(crate) without_event: i64,
    /// Numbers that the event log has left out.
    pub(crate) event_gaps: i64,
    /// Receipts that were never applied although their message is known.
    pub(crate) receipts_left: i64,
    /// Receipts that were applied: messages that are delivered.
    pub(crate) delivered: i64,
    /// Open sessions of the same number and customer beyond the first.
    pub(crate) sessions_twice: i64,
    /// What `PRAGMA integrity_check` says.
    pub(crate) integrity: String,
    /// Rows that `PRAGMA foreign_key_check` complains of.
    pub(crate) foreign_keys: i64,
}

/// How many messages wait or are being sent.
pub(crate) fn unsettled(database: &Path) -> Result<i64> {
    one(&open(database)?, "SELECT count(*) FROM messages WHERE state IN ('queued', 'sending')")
}

fn open(database: &Path) -> Result<Connection> {
    let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    Ok(connection)
}

impl Facts {
    /// Reads the file of a desk that has stopped, and what the providers remember.
    pub(crate) fn gather(database: &Path, recorded: &[Recorded]) -> Result<Self> {
        let file = open(database)?;
        Ok(Self {
            stored: stored(&file)?,
            kept: kept(&file)?,
            taken: taken(recorded),
            deliveries_twice: one(
                &file,
                "SELECT count(*) FROM (SELECT 1 FROM deliveries GROUP BY channel_id, digest \
                 HAVING count(*) > 1)",
            )?,
            without_event: one(
                &file,
                // The log keeps the newest events only: older messages are left out.
                "WITH told AS MATERIALIZED (SELECT event ->> 'message_id' AS id, count(*) AS times \
                 FROM events WHERE event ->> 'kind' = 'message_added' GROUP BY 1) \
                 SELECT count(*) FROM messages LEFT JOIN told USING (id) \
                 WHERE coalesce(times, 0) <> 1 \
                 AND seq > (SELECT min(m.seq) FROM messages m JOIN told USING (id))",
            )?,
            event_gaps: one(&file, "SELECT max(seq) - min(seq) + 1 - count(*) FROM events")?,
            receipts_left: one(
                &file,
                "SELECT count(*) FROM early_receipts r JOIN messages m ON m.channel_id = \
                 r.channel_id AND m.direction = 'out' AND m.provider_id = r.provider_id",
            )?,
            delivered: one(&file, "SELECT count(*) FROM messages WHERE state = 'delivered'")?,
            sessions_twice: one(
                &file,
                "SELECT count(*) FROM (SELECT 1 FROM sessions WHERE status = 'open' \
                 GROUP BY channel_id, number_id, identity_id HAVING count(*) > 1)",
            )?,
            integrity: file.query_row("PRAGMA integrity_check", [], |row| row.get(0))?,
            foreign_keys: one(&file, "SELECT count(*) FROM pragma_foreign_key_check")?,
        })
    }
}

fn one(file: &Connection, sql: &str) -> Result<i64> {
    Ok(file.query_row(sql, [], |row| row.get(0))?)
}

fn stored(file: &Connection) -> Result<HashMap<String, Stored>> {
    let mut statement = file.prepare(
        "SELECT body, count(*), min(seq) FROM messages WHERE direction = 'in' GROUP BY body",
    )?;
    let rows = statement
        .query_map([], |row| Ok((row.get(0)?, Stored { times: row.get(1)?, seq: row.get(2)? })))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn kept(file: &Connection) -> Result<HashMap<String, Kept>> {
    let mut statement = file.prepare(
        "SELECT client_key, state, provider_id FROM messages WHERE client_key IS NOT NULL",
    )?;
    let rows = statement.query_map([], |row| {
        Ok((row.get(0)?, Kept { state: row.get(1)?, provider_id: row.get(2)? }))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn taken(recorded: &[Recorded]) -> HashMap<(String, String), Vec<String>> {
    let mut taken: HashMap<_, Vec<String>> = HashMap::new();
    for message in recorded.iter().filter(|message| message.taken) {
        let words = message.text.clone().unwrap_or_default();
        let place = (message.to.clone(), words);
        taken.entry(place).or_default().push(message.provider_id.clone());
    }
    taken
}
