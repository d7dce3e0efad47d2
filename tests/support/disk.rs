//! What lies on the disk, seen from outside of the program.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::Desk;

/// Every file below a folder.
pub(crate) fn all_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(all_files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// Whether a file holds these bytes anywhere.
pub(crate) fn holds(path: &Path, needle: &str) -> bool {
    let bytes = std::fs::read(path).unwrap();
    bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
}

impl Desk {
    /// The database, read by another connection.
    pub(crate) fn database(&self) -> Connection {
        let path = self.folder.path().join("deskbell.db");
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
    }

    /// A number that the database is asked for.
    pub(crate) fn number(&self, sql: &str) -> i64 {
        self.database().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// Rows of every table, and the number of the last event.
    pub(crate) fn rows(&self) -> BTreeMap<String, i64> {
        let database = self.database();
        let mut statement = database
            .prepare(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
            )
            .unwrap();
        let tables: Vec<String> =
            statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let count = |table: &String| {
            let sql = format!("SELECT count(*) FROM {table}");
            database.query_row(&sql, [], |row| row.get(0)).unwrap()
        };
        let mut rows: BTreeMap<_, _> =
            tables.iter().map(|table| (table.clone(), count(table))).collect();
        let last = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'events'";
        rows.insert("last event".to_owned(), self.number(last));
        rows
    }
}
