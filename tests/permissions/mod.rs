//! Every operation of the API × every role × own, waiting and foreign sessions: what is let through
//! is exactly what the table says, and an operation that the table does not know fails.
//!
//! The results are docs/permissions.md; `cargo xtask permissions` writes it.

mod objects;
mod page;
mod stage;
mod table;

use std::collections::BTreeSet;

use stage::{COLUMNS, Stage};
use table::{Entry, Rule};

/// What came of one operation, column by column; `true`: let through.
pub(crate) struct Row {
    pub(crate) entry: Entry,
    pub(crate) through: Vec<bool>,
}

#[tokio::test]
async fn nobody_does_what_the_table_does_not_allow() {
    let stage = Stage::set().await;
    let table = table::read();
    let known: BTreeSet<&str> = table.iter().map(|entry| entry.operation.as_str()).collect();
    let offered = table::offered();
    let offered: BTreeSet<&str> = offered.iter().map(String::as_str).collect();
    assert_eq!(known, offered, "the table and the description name the same operations");

    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    for entry in table {
        let mut through = Vec::new();
        for column in COLUMNS {
            let answer = stage.ask(&entry, column).await;
            let passed = stage::let_through(&entry, &answer);
            if passed != entry.allows(column) {
                let said: String = answer.text.chars().take(160).collect();
                wrong.push(format!("{}: {column:?}: {} {said}", entry.operation, answer.status));
            }
            through.push(passed);
        }
        rows.push(Row { entry, through });
    }
    let mut cases = Vec::new();
    for case in objects::read() {
        assert!(offered.contains(case.operation.as_str()), "{}", case.operation);
        let mut through = Vec::new();
        for role in objects::ROLES {
            let (passed, said) = objects::ask(&stage, &case, role).await;
            if passed != case.allows(role) {
                let said: String = said.chars().take(160).collect();
                wrong.push(format!("{}, {}: {role}: {said}", case.operation, case.object));
            }
            through.push(passed);
        }
        cases.push((case, through));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let page = page::page(&rows, &cases);
    page::keep(&page);
    assert!(page::is_fresh(&page), "docs/permissions.md is old: run `cargo xtask permissions`");
}

#[test]
fn a_rule_that_concerns_a_session_is_one_of_a_path_with_a_session() {
    for entry in table::read() {
        let of_a_session = entry.of_a_session();
        let rule = matches!(entry.rule, Rule::See | Rule::Hold | Rule::Transfer | Rule::Oversee);
        assert_eq!(of_a_session, rule, "{}", entry.operation);
    }
}
