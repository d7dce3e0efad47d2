//! What the disk gives: one-row commits of bare SQLite with the settings that durability rests on.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use rusqlite::{Connection, params};

/// Commits a second: WAL, synchronous=FULL, one small row each.
pub(crate) fn commits_per_second(folder: &Path, span: Duration) -> Result<f64> {
    let connection = Connection::open(folder.join("floor.db"))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch(
        "CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT",
    )?;
    let mut statement = connection.prepare("INSERT INTO rows (text) VALUES (?1)")?;
    let begun = Instant::now();
    let mut count = 0_u32;
    while begun.elapsed() < span {
        statement.execute(params!["a customer's message of usual length, and a little more"])?;
        count += 1;
    }
    Ok(f64::from(count) / begun.elapsed().as_secs_f64())
}
