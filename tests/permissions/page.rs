//! docs/permissions.md: who may do what. Made from the answers of a real desk, never without.

use std::fmt::Write as _;
use std::fs;

use super::Row;
use super::objects::Case;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/permissions.md");
/// Set by `cargo xtask permissions`.
const WRITE: &str = "DESKBELL_WRITE_PAGES";

const HEAD: &str = "# Who may do what

Written by `cargo xtask permissions` from the answers of a real desk; `cargo xtask test --only rust` \
asks the same and fails if one answer or this page says anything else.
Whatever is not allowed here is refused: an operation that the table does not know fails the test.
✓: let through. –: refused (401, 403, 404, or 409 with who has the session or that it ended).

Sessions: *own* is held by the asker, *waiting* waits in a queue (the agent's, not the supervisor's), \
*foreign* is held by somebody else; *named*: a note in a foreign one names the agent; *before*: it was \
the agent's and was given away; *ended*: it was the agent's when it ended. An agent never learns that a \
foreign session exists. Messages are in the state that the operation is for: a scheduled one is changed, \
sent now and taken back (other words are meant by PATCH; another time is also for its author and \
supervisors), a failed one is retried, an uncertain one resolved.

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
pub(super) fn page(rows: &[Row], cases: &[(Case, Vec<bool>)]) -> String {
    let mut page = HEAD.to_owned();
    page.push_str("## Operations on one session\n\n");
    page.push_str(
        "| Operation | nobody | agent, own | agent, waiting | agent, foreign | agent, named \
         | agent, before | agent, ended | supervisor, waiting \
         | supervisor, foreign | administrator, waiting | administrator, foreign |\n\
         |---|:-:|:-:|:-:|:-:|:-:|:-:|:-:|:-:|:-:|:-:|:-:|\n",
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
        for at in [0, 1, 7, 9] {
            write!(page, " {} |", mark(row.through[at])).unwrap();
        }
        page.push('\n');
    }
    page.push_str(
        "\n## Whose it is\n\nWhat the operations above are allowed of which object; where an object \
         is left out there, it may be anybody's.\n\n\
         | Operation | of | nobody | agent | supervisor | administrator |\n\
         |---|---|:-:|:-:|:-:|:-:|\n",
    );
    for (case, through) in cases {
        write!(page, "| `{}` | {} |", case.operation, case.object).unwrap();
        for passed in through {
            write!(page, " {} |", mark(*passed)).unwrap();
        }
        page.push('\n');
    }
    page
}

fn mark(through: bool) -> &'static str {
    if through { "✓" } else { "–" }
}
