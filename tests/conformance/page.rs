//! docs/conformance.md: which provider passed what. Made from the results of a run, never without.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;

use super::ground::Party;
use super::scenarios::scenarios;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/conformance.md");
/// Set by `cargo xtask conformance`.
const WRITE: &str = "DESKBELL_WRITE_PAGES";

const HEAD: &str = "# What every provider is put through

Written from the results of a run by `cargo xtask conformance`; `cargo xtask test --only rust` runs \
the same, and fails if one scenario is red or this page says anything else.
A real desk on a real database speaks with a simulated provider over HTTP in both directions \
(`tests/conformance/`, `src-tauri/simulator/`).
✓: passed. ✗: failed. A number: not played, for the reason below the table.

";

/// What one provider made of one scenario; `Err` has the words of what went wrong.
pub(super) struct Outcome {
    pub(super) party: &'static str,
    pub(super) title: String,
    pub(super) passed: Result<(), String>,
}

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
pub(super) fn page(parties: &[Party], outcomes: &[Outcome]) -> String {
    let results: HashMap<_, _> =
        outcomes.iter().map(|one| ((one.party, one.title.as_str()), one.passed.is_ok())).collect();
    let mut page = HEAD.to_owned();
    let labels: Vec<_> = parties.iter().map(|party| party.description().label).collect();
    writeln!(page, "| Scenario | {} |", labels.join(" | ")).unwrap();
    writeln!(page, "|---|{}", ":-:|".repeat(parties.len())).unwrap();
    let mut reasons: Vec<&str> = Vec::new();
    for scenario in scenarios() {
        let title = scenario.title.as_str();
        let mut cell =
            |party: &Party| match (results.get(&(party.id(), title)), (scenario.offered)(party)) {
                (Some(true), _) => "✓".to_owned(),
                (Some(false), _) => "✗".to_owned(),
                (None, Err(reason)) => footnote(&mut reasons, reason).to_string(),
                (None, Ok(())) => panic!("{}: {title}: nobody played it", party.id()),
            };
        let cells: Vec<String> = parties.iter().map(&mut cell).collect();
        writeln!(page, "| {title} | {} |", cells.join(" | ")).unwrap();
    }
    page.push('\n');
    for (number, reason) in (1..).zip(&reasons) {
        writeln!(page, "{number}. {reason}.").unwrap();
    }
    let passed = results.values().filter(|passed| **passed).count();
    let runs = results.len();
    writeln!(page, "\n{passed} of {runs} runs at {} providers passed.", parties.len()).unwrap();
    page
}

/// The number of a reason; a new one comes last.
fn footnote<'a>(reasons: &mut Vec<&'a str>, reason: &'a str) -> usize {
    let known = reasons.iter().position(|one| *one == reason);
    1 + known.unwrap_or_else(|| {
        reasons.push(reason);
        reasons.len() - 1
    })
}
