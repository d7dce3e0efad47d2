//! The file itself: made, locked, brought up to date, backed up, checked. Everything that must be
//! true before a connection of the store is opened. Knows no table.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode};
use rusqlite_migration::{M, Migrations};

use super::db;
use crate::error::{Error, Result};
use crate::model::Time;

/// Name of the database in the data folder.
const DATABASE: &str = "deskbell.db";
/// Held while a desk runs; empty after a clean stop.
const LOCK: &str = "deskbell.lock";
/// Folder of the backups.
const BACKUPS: &str = "backups";
/// Backups that are kept.
const KEPT: usize = 5;

/// The steps, oldest first. A step that was released is never changed.
const STEPS: [M<'static>; 4] = [
    M::up(include_str!("migrations/001_first_light.sql")),
    M::up(AGENTS_DESK),
    M::up(include_str!("migrations/003_live_chat.sql")).foreign_key_check(),
    M::up(include_str!("migrations/004_chat_calls.sql")),
];

/// What the agent's desk adds, one file for each noun.
const AGENTS_DESK: &str = concat!(
    include_str!("migrations/002_agents_desk/lists.sql"),
    include_str!("migrations/002_agents_desk/flow.sql"),
    include_str!("migrations/002_agents_desk/contacts.sql"),
    include_str!("migrations/002_agents_desk/contact_merges.sql"),
    include_str!("migrations/002_agents_desk/contact_imports.sql"),
    include_str!("migrations/002_agents_desk/quick_replies.sql"),
    include_str!("migrations/002_agents_desk/together.sql"),
    include_str!("migrations/002_agents_desk/search.sql"),
    include_str!("migrations/002_agents_desk/hours.sql"),
    include_str!("migrations/002_agents_desk/calls.sql"),
    include_str!("migrations/002_agents_desk/push.sql"),
    include_str!("migrations/002_agents_desk/invites.sql"),
);

/// A database that can be opened, and the right to open it.
#[derive(Debug)]
pub struct Prepared {
    /// The file.
    pub path: PathBuf,
    /// Why it can only be read, if so.
    pub read_only: Option<String>,
    /// Whether it was just made.
    pub fresh: bool,
    /// Whether the desk before this one ended without closing it.
    pub unclean: bool,
    lock: File,
}

impl Prepared {
    /// Notes that the file was closed in order.
    pub fn stopped_cleanly(&self) {
        self.lock.set_len(0).ok();
    }
}

/// Makes the data folder and the database, or brings the one that is there up to date.
pub fn prepare(data_dir: &Path, now: Time) -> Result<Prepared> {
    make_folder(data_dir)?;
    let (lock, unclean) = lock(data_dir)?;
    let path = data_dir.join(DATABASE);
    make_private_file(&path)?;
    let (read_only, fresh) =
        migrate(&path, data_dir, &Migrations::new(STEPS.to_vec()), now).map_err(|error| {
            if is_damage(&error) { Error::Damaged(way_back(data_dir)) } else { error }
        })?;
    Ok(Prepared { path, read_only, fresh, unclean, lock })
}

/// Answers why the file can only be read, if so, and whether it is new.
fn migrate(
    path: &Path,
    data_dir: &Path,
    steps: &Migrations<'_>,
    now: Time,
) -> Result<(Option<String>, bool)> {
    let mut connection = Connection::open(path)?;
    let version = version(&connection)?;
    let newest = newest_version();
    if version > newest {
        return Ok((Some(too_new(version)), false));
    }
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if version == 0 && tables > 0 {
        return Err(Error::Damaged(format!(
            "{} is the database of another program; choose another data folder",
            path.display()
        )));
    }
    db::configure_writer(&connection)?;
    if version > 0 && version < newest {
        let kept = back_up(&connection, data_dir, version, now)?;
        tracing::info!(from = version, to = newest, backup = %kept.display(), "updating the database");
    }
    // A table that others name can only be made anew while nobody looks at the names; the step that
    // does it looks at all of them before it commits.
    connection.pragma_update(None, "foreign_keys", "OFF")?;
    steps.to_latest(&mut connection).map_err(from_step)?;
    Ok((None, version == 0))
}

/// A step failed: tells damage from a mistake in the step.
fn from_step(error: rusqlite_migration::Error) -> Error {
    match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => Error::Store(err),
        other => Error::Internal(format!("the database could not be updated: {other}")),
    }
}

fn version(connection: &Connection) -> Result<usize> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(usize::try_from(version).unwrap_or(usize::MAX))
}

fn newest_version() -> usize {
    STEPS.len()
}

fn too_new(version: usize) -> String {
    format!(
        "this data comes from a newer Deskbell (format {version}, this one knows {}): \
         you can read everything; update Deskbell on this computer to write again",
        newest_version()
    )
}

/// Copies the database while it may be in use, and keeps the newest few copies.
fn back_up(connection: &Connection, data_dir: &Path, version: usize, now: Time) -> Result<PathBuf> {
    let folder = data_dir.join(BACKUPS);
    make_folder(&folder)?;
    let time = jiff::Timestamp::from_millisecond(now)
        .map_err(|error| Error::Internal(error.to_string()))?
        .strftime("%Y%m%dT%H%M%S%3fZ");
    let path = folder.join(format!("deskbell-v{version}-{time}.db"));
    make_private_file(&path)?;
    // In one snapshot: a copy is made in steps, and a write between two of them would start it anew.
    let snapshot = connection.unchecked_transaction()?;
    snapshot.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    snapshot.backup("main", &path, None)?;
    snapshot.finish()?;
    File::open(&path)?.sync_all()?;
    for old in backups(data_dir).into_iter().skip(KEPT) {
        std::fs::remove_file(old)?;
    }
    Ok(path)
}

/// Makes a backup of the desk in this folder; it may be running.
pub fn back_up_now(data_dir: &Path, now: Time) -> Result<PathBuf> {
    let connection = db::open_reader(&database(data_dir)?)?;
    back_up(&connection, data_dir, version(&connection)?, now)
}

/// Looks through the database of the desk in this folder; it may be running.
pub fn check_now(data_dir: &Path) -> Result<Option<String>> {
    quick_check(&database(data_dir)?)
}

/// The database of a folder that has one.
fn database(data_dir: &Path) -> Result<PathBuf> {
    let path = data_dir.join(DATABASE);
    if path.exists() {
        Ok(path)
    } else {
        Err(Error::Conflict(format!("there is no desk in {}", data_dir.display())))
    }
}

/// The backups, newest first.
fn backups(data_dir: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(data_dir.join(BACKUPS)).into_iter().flatten().flatten();
    let mut found: Vec<(String, PathBuf)> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let time = name.strip_prefix("deskbell-v")?.strip_suffix(".db")?.split_once('-')?.1;
            Some((time.to_owned(), entry.path()))
        })
        .collect();
    found.sort_by(|a, b| b.0.cmp(&a.0));
    found.into_iter().map(|(_, path)| path).collect()
}

/// Looks through the whole file for damage; answers what was found. Takes a while on a big file.
pub fn quick_check(path: &Path) -> Result<Option<String>> {
    let found: Result<String> = db::open_reader(path).and_then(|connection| {
        Ok(connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?)
    });
    match found {
        Ok(word) if word == "ok" => Ok(None),
        Ok(problem) => Ok(Some(problem)),
        Err(error) if is_damage(&error) => Ok(Some(error.to_string())),
        Err(error) => Err(error),
    }
}

/// What to tell people about a damaged database: that it is, and how to restore it.
pub fn way_back(data_dir: &Path) -> String {
    let path = data_dir.join(DATABASE);
    let path = path.display();
    match backups(data_dir).first() {
        Some(backup) => format!(
            "the database {path} is damaged. To go back to the newest backup: close Deskbell, move \
             {path}, {path}-wal and {path}-shm to another place, copy {} to {path}, and start \
             Deskbell again",
            backup.display()
        ),
        None => format!(
            "the database {path} is damaged and there is no backup in {}. Close Deskbell and move \
             {path}, {path}-wal and {path}-shm to another place: put back a copy of your own, or \
             start Deskbell to begin anew. The sqlite3 program's .recover command can save what is \
             readable in the damaged file",
            data_dir.join(BACKUPS).display()
        ),
    }
}

fn is_damage(error: &Error) -> bool {
    let Error::Store(error) = error else { return false };
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

/// Takes the folder for this process; answers whether the last one left without saying so.
fn lock(data_dir: &Path) -> Result<(File, bool)> {
    let path = data_dir.join(LOCK);
    let lock =
        OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path)?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(Error::Conflict(format!(
                "another Deskbell is already running on {}; close it first or choose another \
                 data folder",
                data_dir.display()
            )));
        }
        Err(TryLockError::Error(error)) => return Err(error.into()),
    }
    let unclean = lock.metadata()?.len() > 0;
    std::io::Write::write_all(&mut &lock, b"running\n")?;
    Ok((lock, unclean))
}

/// Makes a folder that only its owner may enter.
pub(crate) fn make_folder(path: &Path) -> Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| {
        Error::Conflict(format!("the folder {} cannot be made: {error}", path.display()))
    })
}

/// Makes an empty file that only its owner may read, unless it is there already.
pub(crate) fn make_private_file(path: &Path) -> Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| {
        Error::Conflict(format!("the file {} cannot be written: {error}", path.display()))
    })?;
    Ok(())
}

#[cfg(test)]
mod live_chat;

#[cfg(test)]
mod tests {
    use super::*;

    fn one_more_step() -> Migrations<'static> {
        let later = M::up("CREATE TABLE later (id TEXT PRIMARY KEY) STRICT;");
        Migrations::new(STEPS.into_iter().chain([later]).collect())
    }

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    #[test]
    fn the_steps_can_be_taken() {
        Migrations::new(STEPS.to_vec()).validate().unwrap();
        one_more_step().validate().unwrap();
    }

    #[test]
    fn a_new_desk_is_made_once_and_is_private() {
        let folder = folder();
        let data_dir = folder.path().join("a/b");
        let first = prepare(&data_dir, 0).unwrap();
        assert!(first.fresh && !first.unclean && first.read_only.is_none());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&data_dir), 0o700);
            assert_eq!(mode(&first.path), 0o600);
        }
        first.stopped_cleanly();
        drop(first);
        let second = prepare(&data_dir, 0).unwrap();
        assert!(!second.fresh && !second.unclean);
        assert!(backups(&data_dir).is_empty(), "nothing was changed, so nothing was copied");
    }

    #[test]
    fn two_desks_never_share_a_folder() {
        let folder = folder();
        let _first = prepare(folder.path(), 0).unwrap();
        let error = prepare(folder.path(), 0).unwrap_err();
        assert!(matches!(error, Error::Conflict(_)), "{error}");
        assert!(error.to_string().contains("already running"), "{error}");
    }

    #[test]
    fn an_end_without_closing_is_noticed() {
        let folder = folder();
        drop(prepare(folder.path(), 0).unwrap());
        let second = prepare(folder.path(), 0).unwrap();
        assert!(second.unclean);
        second.stopped_cleanly();
        drop(second);
        assert!(!prepare(folder.path(), 0).unwrap().unclean);
    }

    #[test]
    fn a_newer_database_is_only_read() {
        let folder = folder();
        let path = prepare(folder.path(), 0).unwrap().path;
        Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
        let sentence = prepare(folder.path(), 0).unwrap().read_only.unwrap();
        assert!(sentence.contains("newer Deskbell (format 99"), "{sentence}");
    }

    #[test]
    fn a_copy_is_kept_before_a_step() {
        let folder = folder();
        let path = prepare(folder.path(), 0).unwrap().path;
        let connection = Connection::open(&path).unwrap();
        connection.execute("INSERT INTO settings (key, value) VALUES ('a', 'b')", []).unwrap();
        let kept = back_up(&connection, folder.path(), 1, 1_000).unwrap();
        one_more_step().to_latest(&mut Connection::open(&path).unwrap()).unwrap();
        let copy = Connection::open(&kept).unwrap();
        assert_eq!(version(&copy).unwrap(), newest_version());
        let value: String =
            copy.query_row("SELECT value FROM settings", [], |row| row.get(0)).unwrap();
        assert_eq!(value, "b");
    }

    #[test]
    fn a_copy_is_finished_while_the_desk_writes_on() {
        let folder = folder();
        let writer = Connection::open(prepare(folder.path(), 0).unwrap().path).unwrap();
        let write = "INSERT INTO settings (key, value) VALUES (?1, hex(zeroblob(?2)))";
        let many = writer.unchecked_transaction().unwrap();
        for number in 0..2_000 {
            many.execute(write, (format!("before-{number}"), 4_000)).unwrap();
        }
        many.commit().unwrap();
        let data_dir = folder.path().to_owned();
        let (tell, told) = std::sync::mpsc::channel();
        let copying = std::thread::spawn(move || {
            let kept = back_up_now(&data_dir, 1_000);
            tell.send(()).ok();
            kept.unwrap()
        });
        let begun = std::time::Instant::now();
        for number in 0.. {
            writer.execute(write, (format!("after-{number}"), 1)).unwrap();
            if told.try_recv().is_ok() {
                break;
            }
            assert!(begun.elapsed().as_secs() < 60, "it began anew with every write");
        }
        let copy = copying.join().unwrap();
        assert!(quick_check(&copy).unwrap().is_none());
        let sql = "SELECT count(*) FROM settings WHERE key LIKE 'before-%'";
        let rows: i64 =
            Connection::open(&copy).unwrap().query_row(sql, [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 2_000);
    }

    #[test]
    fn the_newest_five_copies_are_kept() {
        let folder = folder();
        let path = prepare(folder.path(), 0).unwrap().path;
        let connection = Connection::open(&path).unwrap();
        let made: Vec<PathBuf> =
            (0..7).map(|n| back_up(&connection, folder.path(), 1, n * 60_000).unwrap()).collect();
        let expected: Vec<PathBuf> = made.iter().rev().take(5).cloned().collect();
        assert_eq!(backups(folder.path()), expected);
    }

    #[test]
    fn damage_is_reported_with_the_way_back() {
        let folder = folder();
        let path = prepare(folder.path(), 0).unwrap().path;
        let backup = back_up_now(folder.path(), 5_000).unwrap();
        std::fs::write(&path, "this is no database, however long it is made to look".repeat(200))
            .unwrap();
        let error = prepare(folder.path(), 0).unwrap_err();
        assert!(matches!(error, Error::Damaged(_)), "{error}");
        assert!(error.to_string().contains(&backup.display().to_string()), "{error}");
        assert!(quick_check(&path).unwrap().is_some());
        assert!(quick_check(&backup).unwrap().is_none());
    }

    #[test]
    fn the_database_of_another_program_is_left_alone() {
        let folder = folder();
        let path = folder.path().join(DATABASE);
        Connection::open(&path).unwrap().execute_batch("CREATE TABLE theirs (id);").unwrap();
        let error = prepare(folder.path(), 0).unwrap_err();
        assert!(error.to_string().contains("another program"), "{error}");
    }
}
