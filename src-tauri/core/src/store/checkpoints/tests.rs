//! The log of a real file: emptied beside the writer and by it, while others read, after a kill,
//! and when it cannot be emptied.

use std::path::PathBuf;

use tempfile::TempDir;

use super::*;
use crate::store::db;

/// Never reached.
const NEVER: i64 = 1_000_000;
/// Short lengths: a row of these tests takes three pages.
const SHORT: Lengths =
    Lengths { worthwhile: 20, long: 100, little: 50, too_long: 400, more: 20, kept: 450 };

/// Bytes of a page in the log.
const IN_LOG: u64 = 4_096 + 24;

struct Desk {
    folder: TempDir,
    writer: Connection,
    checkpoints: Checkpoints,
    keeper: JoinHandle<()>,
}

impl Desk {
    fn new(lengths: Lengths) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.db");
        let writer = Connection::open(&path).unwrap();
        db::configure_writer(&writer).unwrap();
        writer.execute_batch("CREATE TABLE rows (text TEXT NOT NULL) STRICT").unwrap();
        writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
        let (checkpoints, keeper) = Checkpoints::beside(&writer, &path, lengths).unwrap();
        Self { folder, writer, checkpoints, keeper }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("test.db")
    }

    fn write(&mut self, times: usize) {
        for _ in 0..times {
            self.writer.execute("INSERT INTO rows VALUES (hex(zeroblob(4000)))", []).unwrap();
            self.checkpoints.after_commit(&self.writer);
        }
    }

    fn in_file(&self) -> u64 {
        std::fs::metadata(self.path()).unwrap().len()
    }

    fn in_log(&self) -> u64 {
        std::fs::metadata(self.path().with_extension("db-wal")).unwrap().len()
    }

    /// Ends as the store does.
    fn close(self) {
        self.checkpoints.finish(&self.writer);
        self.keeper.join().unwrap();
        self.writer.close().unwrap();
    }
}

fn rows(connection: &Connection) -> i64 {
    connection.query_row("SELECT count(*) FROM rows", [], |row| row.get(0)).unwrap()
}

#[test]
fn what_was_committed_comes_into_the_file_without_the_writer() {
    let mut desk = Desk::new(Lengths { long: NEVER, too_long: NEVER, ..SHORT });
    let empty = desk.in_file();
    desk.write(4);
    assert_eq!(desk.in_file(), empty, "too little to be worth it");
    desk.write(40);
    let path = desk.path();
    drop(desk.checkpoints);
    desk.keeper.join().unwrap();
    // The writer is still open: nobody else has put anything into the file.
    let length = std::fs::metadata(path).unwrap().len();
    assert!(length > empty + 20 * 4_096, "{length}");
}

#[test]
fn a_log_that_nobody_else_empties_is_emptied_by_the_writer() {
    let mut desk = Desk::new(Lengths { worthwhile: NEVER, little: 0, ..SHORT });
    desk.write(300);
    assert!(desk.in_log() < 450 * IN_LOG, "{}", desk.in_log());
    assert_eq!(rows(&desk.writer), 300);
    desk.close();
}

#[test]
fn the_log_stays_short_while_writes_go_on() {
    let mut desk = Desk::new(SHORT);
    let mut longest = 0;
    for _ in 0..60 {
        desk.write(10);
        longest = longest.max(desk.in_log());
    }
    assert!(longest < 450 * IN_LOG, "{longest}");
    assert!(desk.in_file() > 1_000 * 4_096, "{}", desk.in_file());
    desk.close();
}

#[test]
fn a_reader_of_old_rows_makes_the_log_long_only_while_it_reads() {
    let mut desk = Desk::new(SHORT);
    desk.write(10);
    let reader = db::open_reader(&desk.path()).unwrap();
    let old = reader.unchecked_transaction().unwrap();
    assert_eq!(rows(&old), 10);
    desk.write(200);
    assert!(desk.in_log() > 550 * IN_LOG, "the reader needs the log: {}", desk.in_log());
    assert_eq!((rows(&old), rows(&desk.writer)), (10, 210));
    old.finish().unwrap();
    desk.write(200);
    assert!(desk.in_log() <= 450 * IN_LOG, "the space is given back: {}", desk.in_log());
    assert_eq!(rows(&reader), 410);
    desk.close();
}

#[test]
fn a_reader_of_old_rows_does_not_make_the_writer_try_at_every_commit() {
    let mut desk = Desk::new(Lengths { worthwhile: NEVER, little: NEVER, ..SHORT });
    let reader = db::open_reader(&desk.path()).unwrap();
    let old = reader.unchecked_transaction().unwrap();
    assert_eq!(rows(&old), 0);
    desk.write(60);
    let next = desk.checkpoints.try_at;
    assert!(next > SHORT.long, "{next}");
    let pages = log_of(&desk.writer, "NOOP").unwrap().unwrap().pages;
    assert!(pages < next && next <= pages + SHORT.more, "{pages} {next}");
    old.finish().unwrap();
    desk.close();
}

#[test]
fn a_desk_that_is_killed_finds_everything_when_it_opens_again() {
    let mut desk = Desk::new(SHORT);
    for round in 1..=8 {
        desk.write(23);
        // What a killed desk leaves behind: both files as they are, and nobody who cleans up.
        let at_work = Arc::clone(&desk.checkpoints.at_work);
        let quiet = at_work.lock().unwrap();
        let left = tempfile::tempdir().unwrap();
        let copy = left.path().join("test.db");
        std::fs::copy(desk.path(), &copy).unwrap();
        let log = desk.path().with_extension("db-wal");
        std::fs::copy(log, copy.with_extension("db-wal")).unwrap();
        drop(quiet);
        let again = Connection::open(&copy).unwrap();
        assert_eq!(rows(&again), round * 23);
        let sound: String =
            again.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok");
    }
    desk.close();
}

#[test]
fn a_stop_empties_the_log_even_while_the_keeper_is_at_it() {
    for _ in 0..10 {
        let mut desk = Desk::new(SHORT);
        desk.write(12);
        let path = desk.path();
        // The keeper has just been rung for.
        desk.checkpoints.finish(&desk.writer);
        let left = std::fs::metadata(path.with_extension("db-wal")).unwrap().len();
        assert_eq!(left, 0);
        desk.keeper.join().unwrap();
        assert_eq!(rows(&desk.writer), 12);
    }
}

#[test]
fn a_checkpoint_that_fails_is_tried_again_and_loses_nothing() {
    let mut desk = Desk::new(Lengths { worthwhile: NEVER, little: NEVER, ..SHORT });
    // SQLite refuses a checkpoint by a connection that is inside a write.
    desk.writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    desk.writer.execute("INSERT INTO rows VALUES ('x')", []).unwrap();
    assert!(!checkpoint(&desk.writer, &mut desk.checkpoints.failing));
    assert!(desk.checkpoints.failing);
    desk.writer.execute_batch("COMMIT").unwrap();
    let empty = desk.in_file();
    desk.write(60);
    assert!(!desk.checkpoints.failing);
    assert!(desk.in_file() > empty);
    assert_eq!(rows(&desk.writer), 61);
    desk.close();
}

#[test]
fn a_writer_does_not_wait_for_a_checkpoint_of_another() {
    let mut desk = Desk::new(Lengths { worthwhile: NEVER, little: NEVER, ..SHORT });
    let at_work = Arc::clone(&desk.checkpoints.at_work);
    let busy = at_work.lock().unwrap();
    desk.write(60);
    drop(busy);
    assert_eq!(rows(&desk.writer), 60);
    desk.close();
}
