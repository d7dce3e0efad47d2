//! The connections: one writer thread that commits groups of waiting writes together, and a pool
//! of read-only connections.
//!
//! A write is answered only after the commit that contains it (WAL, synchronous=FULL), and its
//! events reach the bus only then. Knows no table but the event log.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use tokio::sync::oneshot;

use crate::clock;
use crate::error::{Error, Result};
use crate::events::{Audience, Bus, Event, Logged};
use crate::model::Time;
use crate::store::checkpoints::{self, Checkpoints};
use crate::store::events as event_log;

/// Writes that one commit carries at most.
const GROUP: usize = 256;
/// Read-only connections.
const READERS: usize = 3;

/// A write in progress. Everything that changes the store goes through one of these.
pub struct Tx<'a> {
    connection: &'a Connection,
    now: Time,
    emitted: Vec<(Event, Audience)>,
}

impl Tx<'_> {
    /// Tell this event after the commit.
    pub fn emit(&mut self, event: Event, audience: Audience) {
        self.emitted.push((event, audience));
    }

    /// The moment at which the writer took this write up.
    pub fn now(&self) -> Time {
        self.now
    }
}

impl std::ops::Deref for Tx<'_> {
    type Target = Connection;
    fn deref(&self) -> &Connection {
        self.connection
    }
}

type Answer = Box<dyn Any + Send>;
type Write = Box<dyn FnOnce(&mut Tx<'_>) -> Result<Answer> + Send>;
pub(super) type Read = Box<dyn FnOnce(&Connection) + Send>;

struct WriteJob {
    write: Write,
    reply: oneshot::Sender<Result<Answer>>,
}

/// The store. Cheap to clone.
#[derive(Clone)]
pub struct Db {
    shared: Arc<Shared>,
}

struct Shared {
    writes: Mutex<Option<mpsc::Sender<WriteJob>>>,
    reads: Mutex<Option<mpsc::Sender<Read>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    read_only: Option<String>,
    damaged: Arc<AtomicBool>,
    path: PathBuf,
}

impl Db {
    /// Opens the connections on a migrated database. With `read_only` every write is refused with
    /// that sentence.
    pub fn open(path: &Path, bus: &Bus, read_only: Option<String>) -> Result<Self> {
        let damaged = Arc::new(AtomicBool::new(false));
        let (writes, write_jobs) = mpsc::channel::<WriteJob>();
        let (reads, read_jobs) = mpsc::channel::<Read>();
        let mut threads = Vec::new();
        if read_only.is_none() {
            let connection = open_writer(path)?;
            let (checkpoints, keeper) = Checkpoints::beside(&connection, path, checkpoints::USUAL)?;
            let bus = bus.clone();
            let damaged = Arc::clone(&damaged);
            threads.push(std::thread::Builder::new().name("store-writer".into()).spawn(
                move || {
                    write_loop(connection, &write_jobs, checkpoints, &bus, &damaged);
                },
            )?);
            threads.push(keeper);
        }
        let read_jobs = Arc::new(Mutex::new(read_jobs));
        for _ in 0..READERS {
            let connection = open_reader(path)?;
            let read_jobs = Arc::clone(&read_jobs);
            threads.push(
                std::thread::Builder::new()
                    .name("store-reader".into())
                    .spawn(move || read_loop(&connection, &read_jobs))?,
            );
        }
        Ok(Self {
            shared: Arc::new(Shared {
                writes: Mutex::new(Some(writes)),
                reads: Mutex::new(Some(reads)),
                threads: Mutex::new(threads),
                read_only,
                damaged,
                path: path.to_owned(),
            }),
        })
    }

    /// Runs `write` on the writer and answers after the commit that contains it.
    /// An error undoes this write only, not those that share the commit.
    pub async fn write<T, F>(&self, write: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        if let Some(reason) = &self.shared.read_only {
            return Err(Error::ReadOnly(reason.clone()));
        }
        let (reply, answer) = oneshot::channel();
        let job = WriteJob {
            write: Box::new(move |tx| write(tx).map(|value| Box::new(value) as Answer)),
            reply,
        };
        {
            let sender = lock(&self.shared.writes);
            let sender = sender.as_ref().ok_or(Error::Stopping)?;
            sender.send(job).map_err(|_| Error::Stopping)?;
        }
        let answer = answer.await.map_err(|_| Error::Stopping)??;
        answer
            .downcast::<T>()
            .map(|value| *value)
            .map_err(|_| Error::Internal("a write answered with another type".into()))
    }

    /// Runs `read` on one of the read-only connections.
    pub async fn read<T, F>(&self, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let damaged = Arc::clone(&self.shared.damaged);
        let job: Read = Box::new(move |connection| {
            let result = catch_unwind(AssertUnwindSafe(|| snapshot(connection, read)))
                .unwrap_or_else(|_| Err(Error::Internal("a read panicked".into())));
            note_damage(result.as_ref().err(), &damaged);
            reply.send(result).ok();
        });
        {
            let sender = lock(&self.shared.reads);
            let sender = sender.as_ref().ok_or(Error::Stopping)?;
            sender.send(job).map_err(|_| Error::Stopping)?;
        }
        answer.await.map_err(|_| Error::Stopping)?
    }

    /// Why nothing can be written, if so.
    pub fn read_only(&self) -> Option<&str> {
        self.shared.read_only.as_deref()
    }

    /// Whether SQLite has found the file to be damaged.
    pub fn damaged(&self) -> bool {
        self.shared.damaged.load(Ordering::Relaxed)
    }

    /// Says that the file is damaged: found by a check, not by a query.
    pub(crate) fn set_damaged(&self) {
        self.shared.damaged.store(true, Ordering::Relaxed);
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.shared.path
    }

    /// Finishes the writes that wait, checkpoints and closes. Blocks.
    pub fn close(&self) {
        lock(&self.shared.writes).take();
        lock(&self.shared.reads).take();
        let threads = std::mem::take(&mut *lock(&self.shared.threads));
        for thread in threads {
            thread.join().ok();
        }
    }
}

/// The guard of a mutex; a panic elsewhere does not make the value worse.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Reads inside one snapshot, so that several statements agree with each other.
pub(super) fn snapshot<T>(
    connection: &Connection,
    read: impl FnOnce(&Connection) -> Result<T>,
) -> Result<T> {
    let transaction = connection.unchecked_transaction()?;
    let value = read(&transaction)?;
    transaction.finish()?;
    Ok(value)
}

fn open_writer(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    configure_writer(&connection)?;
    Ok(connection)
}

/// The settings that durability rests on.
pub(crate) fn configure_writer(connection: &Connection) -> Result<()> {
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "cache_size", -8_000)?;
    // What a savepoint may have to undo is small: it is kept in memory, not in a file.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(())
}

/// A connection that can only read.
pub(crate) fn open_reader(path: &Path) -> Result<Connection> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.pragma_update(None, "query_only", "ON")?;
    connection.pragma_update(None, "cache_size", -2_000)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

pub(super) fn read_loop(connection: &Connection, jobs: &Mutex<mpsc::Receiver<Read>>) {
    loop {
        let job = lock(jobs).recv();
        let Ok(job) = job else { return };
        job(connection);
    }
}

fn write_loop(
    connection: Connection,
    jobs: &mpsc::Receiver<WriteJob>,
    mut checkpoints: Checkpoints,
    bus: &Bus,
    damaged: &AtomicBool,
) {
    while let Ok(first) = jobs.recv() {
        let mut group = vec![first];
        while group.len() < GROUP
            && let Ok(job) = jobs.try_recv()
        {
            group.push(job);
        }
        commit_group(&connection, group, bus, damaged);
        checkpoints.after_commit(&connection);
    }
    checkpoints.finish(&connection);
    connection.close().ok();
}

/// One write of a group after it ran: what it answers, and the events it tells.
struct Ran {
    reply: oneshot::Sender<Result<Answer>>,
    result: Result<Answer>,
    logged: Vec<Logged>,
}

fn commit_group(connection: &Connection, group: Vec<WriteJob>, bus: &Bus, damaged: &AtomicBool) {
    let started = std::time::Instant::now();
    let size = group.len();
    if let Err(error) = connection.execute_batch("BEGIN IMMEDIATE") {
        let message = error.to_string();
        note_damage(Some(&Error::Store(error)), damaged);
        for job in group {
            job.reply.send(Err(Error::Internal(message.clone()))).ok();
        }
        return;
    }
    let now = clock::now();
    let mut ran: Vec<Ran> = Vec::with_capacity(size);
    for job in group {
        // A full disk or an I/O error makes SQLite undo the whole transaction: then nothing more
        // may run, and COMMIT fails for those that ran.
        if connection.is_autocommit() {
            let result = Err(Error::Internal("the transaction was undone".into()));
            ran.push(Ran { reply: job.reply, result, logged: Vec::new() });
        } else {
            ran.push(run_one(connection, job, now));
        }
    }
    let committed = connection.execute_batch("COMMIT");
    metrics::histogram!("deskbell_commit_seconds").record(started.elapsed().as_secs_f64());
    metrics::counter!("deskbell_commits_total").increment(1);
    metrics::counter!("deskbell_writes_total").increment(size as u64);
    match committed {
        Ok(()) => answer_all(ran, bus, damaged),
        Err(error) => {
            connection.execute_batch("ROLLBACK").ok();
            let message = format!("the commit failed: {error}");
            note_damage(Some(&Error::Store(error)), damaged);
            tracing::error!(error = message, "a group of writes was undone");
            for one in ran {
                one.reply.send(Err(Error::Internal(message.clone()))).ok();
            }
        }
    }
}

fn answer_all(ran: Vec<Ran>, bus: &Bus, damaged: &AtomicBool) {
    for one in ran {
        note_damage(one.result.as_ref().err(), damaged);
        metrics::counter!("deskbell_events_total").increment(one.logged.len() as u64);
        for logged in one.logged {
            bus.publish(Arc::new(logged));
        }
        one.reply.send(one.result).ok();
    }
}

/// Runs one write in a savepoint of its own, so that its failure undoes nothing else.
fn run_one(connection: &Connection, job: WriteJob, now: Time) -> Ran {
    let WriteJob { write, reply } = job;
    let mut logged = Vec::new();
    let result = (|| {
        connection.prepare_cached("SAVEPOINT one")?.execute([])?;
        let mut tx = Tx { connection, now, emitted: Vec::new() };
        let outcome = catch_unwind(AssertUnwindSafe(|| write(&mut tx)))
            .unwrap_or_else(|_| Err(Error::Internal("a write panicked".into())));
        let outcome = outcome.and_then(|value| {
            for (event, audience) in std::mem::take(&mut tx.emitted) {
                logged.push(event_log::append(connection, now, event, audience)?);
            }
            Ok(value)
        });
        if outcome.is_err() {
            logged.clear();
            connection.prepare_cached("ROLLBACK TO one")?.execute([])?;
        }
        connection.prepare_cached("RELEASE one")?.execute([])?;
        outcome
    })();
    if result.is_err() {
        logged.clear();
    }
    Ran { reply, result, logged }
}

/// Remembers that SQLite called the file damaged.
fn note_damage(error: Option<&Error>, damaged: &AtomicBool) {
    let Some(Error::Store(error)) = error else { return };
    let code = error.sqlite_error_code();
    if matches!(
        code,
        Some(rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase)
    ) && !damaged.swap(true, Ordering::Relaxed)
    {
        tracing::error!("the database is damaged");
    }
}

#[cfg(test)]
mod tests;
