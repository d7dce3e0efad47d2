//! docs/conformance.md: which provider is put through what. Made from the scenarios, checked here.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::ground::{Party, parties};
use super::scenarios::scenarios;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/conformance.md");
/// Set by `cargo xtask conformance`.
const WRITE: &str = "DESKBELL_WRITE_PAGES";

const HEAD: &str = "# What every provider is put through

Written by `cargo xtask conformance`; `cargo xtask test --only rust` fails if it is not fresh, and \
if one scenario is red.
A real desk on a real database speaks with a simulated provider over HTTP in both directions \
(`tests/conformance/`, `src-tauri/simulator/`).
✓: it runs and must pass. A number: not offered by the provider, for the reason below the table.

";

#[test]
fn the_page_is_what_the_scenarios_say() {
    let page = page(&parties().expect("every provider has a simulated counterpart"));
    if std::env::var_os(WRITE).is_some() {
        fs::write(PAGE, &page).unwrap();
    }
    let kept = fs::read_to_string(Path::new(PAGE)).unwrap_or_default();
    assert!(
        kept.lines().eq(page.lines()),
        "docs/conformance.md is not what the scenarios say: run cargo xtask conformance and commit it"
    );
}

fn page(parties: &[Party]) -> String {
    let mut page = HEAD.to_owned();
    let labels: Vec<_> = parties.iter().map(|party| party.description().label).collect();
    writeln!(page, "| Scenario | {} |", labels.join(" | ")).unwrap();
    writeln!(page, "|---|{}", ":-:|".repeat(parties.len())).unwrap();
    let mut reasons: Vec<&str> = Vec::new();
    let mut rows = 0;
    for scenario in scenarios() {
        let cells: Vec<String> = parties
            .iter()
            .map(|party| match (scenario.offered)(party) {
                Ok(()) => "✓".to_owned(),
                Err(reason) => footnote(&mut reasons, reason).to_string(),
            })
            .collect();
        rows += cells.iter().filter(|cell| *cell == "✓").count();
        writeln!(page, "| {} | {} |", scenario.title, cells.join(" | ")).unwrap();
    }
    page.push('\n');
    for (number, reason) in (1..).zip(&reasons) {
        writeln!(page, "{number}. The provider {reason}.").unwrap();
    }
    writeln!(page, "\n{rows} runs at {} providers.", parties.len()).unwrap();
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
