//! Checkpoints: what commits have left in the log is put into the database file beside the writer,
//! so that no write waits for it. Only while commits go on without a pause does the writer finish
//! the last bit, because a log starts anew only when all of it is in the file. Knows no table.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;

use crate::error::Result;

/// Pause of the keeper between two checkpoints.
const PAUSE: Duration = Duration::from_millis(20);
/// Memory of the keeper's connection, in KiB: it reads next to nothing.
const MEMORY: i32 = 100;

/// Lengths of the log, in pages.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lengths {
    /// So much that is not in the file yet is worth a checkpoint.
    worthwhile: i64,
    /// From here on the log should start anew.
    long: i64,
    /// So little is left when the writer finishes it.
    little: i64,
    /// From here on the writer waits for the keeper and finishes whatever is left.
    too_long: i64,
    /// So much more before it is tried again: somebody may still read what stood there before.
    more: i64,
    /// A log that once was longer gives the space back.
    kept: i64,
}

/// 4 MiB, 32 MiB, 6 MiB, 128 MiB, 4 MiB and 64 MiB.
pub(super) const USUAL: Lengths = Lengths {
    worthwhile: 1_000,
    long: 8_000,
    little: 1_500,
    too_long: 32_000,
    more: 1_000,
    kept: 16_000,
};

/// Looks after the log of a writer. Belongs to the writer's thread.
pub(super) struct Checkpoints {
    bell: mpsc::SyncSender<()>,
    /// Held by whoever makes a checkpoint: SQLite turns a second one away.
    at_work: Arc<Mutex<()>>,
    lengths: Lengths,
    /// Length of the log at which the writer tries next.
    try_at: i64,
    failing: bool,
}

impl Checkpoints {
    /// Checkpoints beside this writer from now on, in place of those that SQLite makes inside a
    /// commit. They end when this is dropped; the handle is that of their thread.
    pub(super) fn beside(
        writer: &Connection,
        path: &Path,
        lengths: Lengths,
    ) -> Result<(Self, JoinHandle<()>)> {
        let page: i64 = writer.pragma_query_value(None, "page_size", |row| row.get(0))?;
        writer.pragma_update(None, "journal_size_limit", lengths.kept * page)?;
        writer.pragma_update(None, "wal_autocheckpoint", 0)?;
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "cache_size", -MEMORY)?;
        let (bell, rings) = mpsc::sync_channel(1);
        let at_work = Arc::new(Mutex::new(()));
        let keeper = Arc::clone(&at_work);
        let thread = std::thread::Builder::new()
            .name("store-keeper".into())
            .spawn(move || keep(&connection, &rings, &keeper))?;
        Ok((Self { bell, at_work, lengths, try_at: lengths.long, failing: false }, thread))
    }

    /// To be called by the writer after each commit.
    pub(super) fn after_commit(&mut self, writer: &Connection) {
        let Log { pages, in_file } = match log_of(writer, "NOOP") {
            Ok(log) => log.unwrap_or_default(),
            Err(error) => return note(&mut self.failing, Some(error)),
        };
        if pages < self.lengths.long {
            self.try_at = self.lengths.long;
        }
        let left = pages - in_file;
        if pages >= self.lengths.too_long.max(self.try_at) {
            let at_work = self.at_work.lock().unwrap_or_else(PoisonError::into_inner);
            let made = checkpoint(writer, &mut self.failing);
            drop(at_work);
            // Tried, whatever came of it: a disk that fails must not hold up every write.
            self.try_at = pages + self.lengths.more;
            tracing::debug!(pages, left, made, "the writer emptied a log that grew too long");
        } else if pages >= self.try_at && left <= self.lengths.little {
            if checkpoint(writer, &mut self.failing) {
                self.try_at = pages + self.lengths.more;
            }
        } else if left >= self.lengths.worthwhile {
            // A full bell rings already.
            self.bell.try_send(()).ok();
        }
    }

    /// The last checkpoint: nothing is left in the log. The keeper ends.
    pub(super) fn finish(self, writer: &Connection) {
        let Self { bell, at_work, mut failing, .. } = self;
        drop(bell);
        let _at_work = at_work.lock().unwrap_or_else(PoisonError::into_inner);
        note(&mut failing, log_of(writer, "TRUNCATE").err());
    }
}

/// The keeper's work: a checkpoint for each ring.
fn keep(connection: &Connection, rings: &mpsc::Receiver<()>, at_work: &Mutex<()>) {
    let mut failing = false;
    while rings.recv().is_ok() {
        {
            let _at_work = at_work.lock().unwrap_or_else(PoisonError::into_inner);
            checkpoint(connection, &mut failing);
        }
        std::thread::sleep(PAUSE);
    }
}

/// The log and how much of it is in the file, in pages.
#[derive(Debug, Clone, Copy, Default)]
struct Log {
    pages: i64,
    in_file: i64,
}

/// Puts what can be put without waiting for anybody into the file; the rest stays for next time.
/// `false`: it failed, or another one is at it.
fn checkpoint(connection: &Connection, failing: &mut bool) -> bool {
    match log_of(connection, "PASSIVE") {
        Ok(log) => {
            note(failing, None);
            log.is_some()
        }
        Err(error) => {
            note(failing, Some(error));
            false
        }
    }
}

/// The log after a checkpoint of this kind; `None`: another one is at work.
fn log_of(connection: &Connection, kind: &str) -> rusqlite::Result<Option<Log>> {
    let mut statement = connection.prepare_cached(&format!("PRAGMA wal_checkpoint({kind})"))?;
    statement.query_row([], |row| {
        let busy: i64 = row.get(0)?;
        let log = Log { pages: row.get(1)?, in_file: row.get(2)? };
        Ok((busy == 0).then_some(log))
    })
}

/// Says once that checkpoints fail, and once that they work again.
fn note(failing: &mut bool, error: Option<rusqlite::Error>) {
    match error {
        Some(ref error) if !*failing => tracing::warn!(
            %error,
            "what is written cannot be put into the database file; it is safe in the log beside it"
        ),
        None if *failing => tracing::info!("the database file takes what is written again"),
        Some(_) | None => {}
    }
    *failing = error.is_some();
}

#[cfg(test)]
mod tests;
