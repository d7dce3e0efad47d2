//! A desk with a million messages, made once by SQL and kept: ten thousand open sessions, and one
//! conversation of a hundred thousand messages whose rows lie scattered among the others'.

use std::path::{Path, PathBuf};

use anyhow::Result;
use deskbell_simulator::Simulator;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::desk::Desk;
use crate::host::Place;
use crate::load::Connection as Line;
use crate::webhooks::webhook;
use crate::{HOST, folder};

/// Open sessions beside the long one.
pub(crate) const SESSIONS: u32 = 10_000;
/// Messages in each of them.
const EACH: u32 = 90;
/// Messages of the long conversation.
pub(crate) const LONG: u32 = 100_000;
/// Login name of the agent who works there.
pub(crate) const AGENT: &str = "ben";

/// Where the large desk is; made if it is not there yet for this version of the tables.
pub(crate) async fn large() -> Result<Place> {
    let data_dir = folder().join(format!("desk-{}", version()?));
    let place = Place::new(HOST, &data_dir)?;
    let ready = data_dir.with_extension("ready");
    if ready.is_file() {
        return Ok(place);
    }
    eprintln!("making a desk with a million messages; it is kept in {}", data_dir.display());
    if data_dir.exists() {
        std::fs::remove_dir_all(&data_dir)?;
    }
    begin(&place).await?;
    let database = place.database();
    tokio::task::spawn_blocking(move || fill(&database)).await??;
    std::fs::write(ready, "")?;
    Ok(place)
}

/// Tells one layout of the tables from another.
fn version() -> Result<String> {
    let mut folders = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/store/migrations")];
    let mut steps = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { steps.push(path) }
        }
    }
    steps.sort();
    let mut hash = Sha256::new();
    hash.update(include_str!("fill.rs"));
    for step in steps {
        hash.update(std::fs::read(step)?);
    }
    Ok(hex::encode(hash.finalize()).get(..12).unwrap_or_default().to_owned())
}

/// People, a queue, a channel and the first message of the long conversation.
async fn begin(place: &Place) -> Result<()> {
    let simulator = Simulator::start("127.0.0.1:0".parse()?).await?;
    let host = place.start().await?;
    let admin = Desk::set_up(place.workspace()).await?;
    let queue = admin.staff(&[AGENT.to_owned()], "manual").await?;
    admin.publish(place.public()).await?;
    let line = admin.twilio(&simulator.base_url(), &queue).await?;
    let first = webhook(&line, place.public(), "+12025550000", "the first of very many");
    Line::open(place.public()).await?.ask(&first).await?;
    host.stop().await?;
    Ok(())
}

/// Everything else. Ids are made up of a letter for the table and the number of the row.
fn fill(database: &Path) -> Result<()> {
    let connection = Connection::open(database)?;
    connection.pragma_update(None, "synchronous", "OFF")?;
    connection.pragma_update(None, "cache_size", -200_000)?;
    connection.execute_batch(&format!(
        "BEGIN;
         CREATE TEMP TABLE one AS SELECT *, (SELECT max(at) FROM messages) AS now FROM sessions;
         CREATE TEMP TABLE numbers AS WITH RECURSIVE n(i) AS
            (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {SESSIONS}) SELECT i FROM n;
         INSERT INTO contacts (id, name, created_at)
            SELECT printf('c0000000-0000-7000-8000-%012x', i), 'Customer ' || i, now - 90000000
            FROM numbers, one;
         INSERT INTO identities (id, contact_id, kind, address, created_at)
            SELECT printf('d0000000-0000-7000-8000-%012x', i),
                printf('c0000000-0000-7000-8000-%012x', i), 'phone', printf('+1303555%05d', i),
                now - 90000000 FROM numbers, one;
         INSERT INTO sessions (id, status, channel_id, number_id, identity_id, contact_id, queue_id,
                opened_at, last_message_at, waiting_since, preview, preview_direction, messages_in,
                messages_out)
            SELECT printf('a0000000-0000-7000-8000-%012x', i), 'open', channel_id, number_id,
                printf('d0000000-0000-7000-8000-%012x', i),
                printf('c0000000-0000-7000-8000-%012x', i), queue_id, now - 90000000,
                now - i * 100, now - i * 100, 'Is my order ready?', 'in', {EACH} / 2, {EACH} / 2
            FROM numbers, one;
         UPDATE sessions SET messages_in = {LONG} / 2, messages_out = {LONG} / 2
            WHERE id = (SELECT id FROM one);"
    ))?;
    let rounds = u64::from(EACH);
    for round in 0..rounds {
        connection.execute_batch(&messages_of(round, u64::from(LONG) / rounds + 1))?;
    }
    connection.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE);")?;
    Ok(())
}

/// One message of each session, and a share of the long conversation between them.
fn messages_of(round: u64, share: u64) -> String {
    let begun = u64::from(LONG).min(round * share);
    let end = u64::from(LONG).min(begun + share);
    let (direction, state) =
        if round.is_multiple_of(2) { ("in", "received") } else { ("out", "delivered") };
    let columns = "id, session_id, channel_id, kind, direction, body, state, provider_id, at, \
        updated_at";
    let body = "'Is my order ' || i || ' ready to be picked up today, or is it tomorrow?'";
    format!(
        "INSERT INTO messages ({columns}) SELECT
            printf('{round:08x}-0000-7000-8000-%012x', i),
            printf('a0000000-0000-7000-8000-%012x', i), channel_id, 'message', '{direction}',
            {body}, '{state}', printf('SM{round:08x}%024x', i), now - 90000000 + {round} * 1000000,
            now - 90000000 + {round} * 1000000 FROM numbers, one;
         INSERT INTO messages ({columns}) WITH RECURSIVE n(i) AS
            (SELECT {begun} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {end}) SELECT
            printf('f0000000-0000-7000-8000-%012x', i), one.id, channel_id, 'message',
            iif(i % 2, 'out', 'in'), {body}, iif(i % 2, 'delivered', 'received'),
            printf('SMffffffff%024x', i), now - 90000000 + i * 900, now - 90000000 + i * 900
            FROM n, one WHERE {begun} < {end};"
    )
}
