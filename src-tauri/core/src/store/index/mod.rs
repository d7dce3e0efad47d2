//! The index of words: a file of its own beside the database, a connection that writes it, and a
//! few that read both.
//!
//! Why a file of its own: everything in it can be made again from the database. So it needs no
//! place in backups, is thrown away when it is damaged or of another make, and following the
//! messages never keeps the writer of the database from a commit. Why tables without content: the
//! texts are in the database already, and are shown from there.

mod following;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::{Connection, params};
use tokio::sync::oneshot;

use super::db::{self, Read, lock, read_loop, snapshot};
use super::migrate;
use crate::error::{Error, Result};
use crate::store::Tx;

/// Name of the file in the data folder.
const FILE: &str = "search.db";
/// Make of the index. Another one is thrown away and made anew.
const MAKE: i64 = 2;
/// Connections that read.
const READERS: usize = 2;

/// How far the index has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pass {
    /// Whether there is more to do at once.
    pub more: bool,
    /// Places of messages that are not in it yet, about.
    pub behind: i64,
}

/// The index. Cheap to clone.
#[derive(Clone)]
pub struct Index {
    shared: Arc<Shared>,
}

struct Shared {
    reads: Mutex<Option<mpsc::Sender<Read>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    writer: Mutex<Option<Writer>>,
    behind: AtomicI64,
    newest: AtomicI64,
}

/// What writes the index.
struct Writer {
    /// The database, only to be read.
    source: Connection,
    /// The index.
    index: Connection,
}

impl Index {
    /// Opens the index of a database; makes it anew if there is none that can be used.
    pub fn open(database: &Path) -> Result<Self> {
        let path = database.with_file_name(FILE);
        let index = open_file(&path)?;
        let source = db::open_reader(database)?;
        let (reads, jobs) = mpsc::channel::<Read>();
        let jobs = Arc::new(Mutex::new(jobs));
        let mut threads = Vec::new();
        for _ in 0..READERS {
            let connection = open_both(database, &path)?;
            let jobs = Arc::clone(&jobs);
            let thread = std::thread::Builder::new().name("search-reader".into());
            threads.push(thread.spawn(move || read_loop(&connection, &jobs))?);
        }
        Ok(Self {
            shared: Arc::new(Shared {
                reads: Mutex::new(Some(reads)),
                threads: Mutex::new(threads),
                writer: Mutex::new(Some(Writer { source, index })),
                behind: AtomicI64::new(0),
                newest: AtomicI64::new(0),
            }),
        })
    }

    /// Runs `read` on a connection that sees the database and, as `search`, the index.
    pub async fn read<T, F>(&self, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: Read = Box::new(move |connection| {
            let result = catch_unwind(AssertUnwindSafe(|| snapshot(connection, read)))
                .unwrap_or_else(|_| Err(Error::Internal("a search panicked".into())));
            reply.send(result).ok();
        });
        {
            let sender = lock(&self.shared.reads);
            let sender = sender.as_ref().ok_or(Error::Stopping)?;
            sender.send(job).map_err(|_| Error::Stopping)?;
        }
        answer.await.map_err(|_| Error::Stopping)?
    }

    /// Takes in the next messages and changes. Blocks.
    pub fn follow(&self) -> Result<Pass> {
        let mut writer = lock(&self.shared.writer);
        let writer = writer.as_mut().ok_or(Error::Stopping)?;
        let (pass, newest) = following::step(&writer.source, &mut writer.index)
            .inspect_err(|error| note_damage(error, &writer.index))?;
        self.shared.behind.store(pass.behind, Ordering::Relaxed);
        self.shared.newest.store(newest, Ordering::Relaxed);
        Ok(pass)
    }

    /// Puts everything into the file; answers up to which change nothing has to be followed again.
    /// Blocks.
    pub fn settle(&self) -> Result<Option<i64>> {
        let mut writer = lock(&self.shared.writer);
        let writer = writer.as_mut().ok_or(Error::Stopping)?;
        let change = following::progress(&writer.index)?.change;
        let whole = writer.index.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| {
            let (busy, log, done): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(busy == 0 && log == done)
        })?;
        Ok(whole.then_some(change))
    }

    /// Places of messages that are not in the index yet, and of all messages, about.
    pub fn behind(&self) -> (i64, i64) {
        let shared = &self.shared;
        (shared.behind.load(Ordering::Relaxed), shared.newest.load(Ordering::Relaxed))
    }

    /// Closes the connections. Blocks until reads that wait are done.
    pub fn close(&self) {
        lock(&self.shared.reads).take();
        for thread in std::mem::take(&mut *lock(&self.shared.threads)) {
            thread.join().ok();
        }
        lock(&self.shared.writer).take();
    }
}

/// A connection that reads the database and the index.
fn open_both(database: &Path, index: &Path) -> Result<Connection> {
    let connection = db::open_reader(database)?;
    connection.execute("ATTACH DATABASE ?1 AS search", [index.to_string_lossy()])?;
    connection.execute_batch("PRAGMA search.cache_size = -3000")?;
    Ok(connection)
}

/// The file, ready to be written.
fn open_file(path: &Path) -> Result<Connection> {
    match usable(path) {
        Ok(Some(connection)) => return Ok(connection),
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "the index of words cannot be used; it is made anew"),
    }
    for ending in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        match std::fs::remove_file(PathBuf::from(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            Ok(()) | Err(_) => {}
        }
    }
    migrate::make_private_file(path)?;
    let connection = Connection::open(path)?;
    configure(&connection)?;
    connection.execute_batch(include_str!("schema.sql"))?;
    connection.pragma_update(None, "user_version", MAKE)?;
    Ok(connection)
}

/// The file that is there, if it is of this make.
fn usable(path: &Path) -> Result<Option<Connection>> {
    if !path.exists() {
        return Ok(None);
    }
    let connection = Connection::open(path)?;
    configure(&connection)?;
    let make: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if make != MAKE {
        return Ok(None);
    }
    following::progress(&connection)?;
    Ok(Some(connection))
}

/// A loss of power may cost the newest commits, which are then made again; so none waits for the
/// disk.
fn configure(connection: &Connection) -> Result<()> {
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", -4_000)?;
    Ok(())
}

/// A damaged index is made anew at the next start.
fn note_damage(error: &Error, index: &Connection) {
    let Error::Store(error) = error else { return };
    if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseCorrupt) {
        index.pragma_update(None, "user_version", 0).ok();
    }
}

/// Forgets changes that the index has followed for good. The last one stays: it keeps the count.
pub fn drop_changes(tx: &Tx<'_>, upto: i64) -> Result<usize> {
    Ok(tx.prepare_cached("DELETE FROM search_changes WHERE seq < ?1")?.execute(params![upto])?)
}
