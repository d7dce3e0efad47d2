//! docs/permissions.md: who may do what. Made from the answers of a real desk, never without.

use std::fmt::Write as _;
use std::fs;

use super::Row;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/permissions.md");
/// Set by `cargo xtask permissions`.
const WRITE: &str = "DESKBELL_WRITE_PAGES";

const HEAD: &str = "# Who may do what

Written by `cargo xtask permissions` from the answers of a real desk; `cargo xtask test --only rust` \
asks the same and fails if one answer or this page says anything else.
Whatever is not allowed here is refused: an operation that the table does not know fails the test.
✓: let through. –: refused (401, 403, 404, or 409 with who has the session).

Sessions: *own* is held by the asker, *waiting* waits in a queue (the agent's, not the supervisor's), \
*foreign* is held by somebody else. An agent never learns that a foreign session exists.
What may be done with what is in a session (its files, its contact's sessions) follows the session.

";

/// Writes the page if that was asked for.
pub(super) fn keep(page: &str) {
    if std::env::var_os(WRITE).is_some() {
        fs::write(PAGE, page).unwrap();
    }
}

/// Whether the committed page says the same.
pub(super) fn is_fresh(page: &str) -> bool {
    fs::read_to_string(PAGE).unwrap_or_default().lines().eq(page.lines())
}

/// The page of these results.
pub(super) fn page(rows: &[Row]) -> String {
    let mut page = HEAD.to_owned();
    page.push_str("## Operations on one session\n\n");
    page.push_str(
        "| Operation | nobody | agent, own | agent, waiting | agent, foreign | supervisor, waiting \
         | supervisor, foreign | administrator, waiting | administrator, foreign |\n\
         |---|:-:|:-:|:-:|:-:|:-:|:-:|:-:|:-:|\n",
    );
    for row in rows.iter().filter(|row| row.entry.of_a_session()) {
        write!(page, "| `{}` |", row.entry.operation).unwrap();
        for through in &row.through {
            write!(page, " {} |", mark(*through)).unwrap();
        }
        page.push('\n');
    }
    page.push_str(
        "\n## All others\n\n| Operation | nobody | agent | supervisor | administrator |\n\
         |---|:-:|:-:|:-:|:-:|\n",
    );
    for row in rows.iter().filter(|row| !row.entry.of_a_session()) {
        write!(page, "| `{}` |", row.entry.operation).unwrap();
        for at in [0, 1, 4, 6] {
            write!(page, " {} |", mark(row.through[at])).unwrap();
        }
        page.push('\n');
    }
    page
}

fn mark(through: bool) -> &'static str {
    if through { "✓" } else { "–" }
}
