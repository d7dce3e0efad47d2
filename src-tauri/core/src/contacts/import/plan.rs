//! The dry run: what would come of a file, read in parts, so that nobody waits behind it.

use std::sync::Arc;

use super::rows::{LABELS, Row, Seen};
use super::source::Source;
use super::verdict::{Changes, LabelBook, Manner, Verdict, judge};
use super::wish::Prepared;
use crate::app::{App, blocking};
use crate::error::Result;
use crate::model::{
    Contact, ImportChange, ImportIssue, ImportIssueKind, ImportPlan, ImportProblemRow,
    ImportProblems,
};

/// Rows that are judged at once.
const AT_ONCE: usize = 200;
/// Contacts of which is told what changes, and issues that are told.
const TOLD: usize = 100;
/// New labels that are told.
const LABELS_TOLD: usize = 50;

/// What is found out on the way.
struct Findings {
    plan: ImportPlan,
    labels: LabelBook,
    seen: Seen,
    issues: Vec<ImportIssue>,
}

/// What would come of a file.
pub(super) async fn plan(app: &App, source: Arc<Source>, prepared: Prepared) -> Result<ImportPlan> {
    let mut findings = find_out(app, source, prepared).await?;
    let mut plan = findings.plan;
    plan.issue_count = count(findings.issues.len());
    findings.issues.truncate(TOLD);
    plan.issues = findings.issues;
    Ok(plan)
}

/// All rows of which something cannot be used, with their cells.
pub(super) async fn problems(
    app: &App,
    source: Arc<Source>,
    prepared: Prepared,
) -> Result<ImportProblems> {
    let issues = find_out(app, Arc::clone(&source), prepared.clone()).await?.issues;
    blocking(move || {
        let mut rows = Vec::with_capacity(issues.len());
        let mut issues = issues.into_iter().peekable();
        for (raw, cells) in source.walk(&prepared.columns, &prepared.reading, &prepared.words) {
            while let Some(issue) = issues.next_if(|issue| issue.line == raw.line) {
                rows.push(ImportProblemRow { issue, cells: cells.clone() });
            }
        }
        Ok(ImportProblems { columns: source.headings(), rows })
    })
    .await
}

async fn find_out(app: &App, source: Arc<Source>, prepared: Prepared) -> Result<Findings> {
    let rows = source.rows;
    let (at, told) = (prepared.clone(), source);
    let read = blocking(move || {
        let walk = told.walk(&at.columns, &at.reading, &at.words);
        Ok(walk.map(|(raw, _)| at.reading.read(raw)).collect::<Vec<_>>())
    })
    .await?;
    let labels = app.db().read(LabelBook::read).await?;
    let plan = ImportPlan { rows, ..ImportPlan::default() };
    let mut findings = Findings { plan, labels, seen: Seen::default(), issues: Vec::new() };
    let prepared = Arc::new(prepared);
    let mut rest = read.into_iter();
    loop {
        let some: Vec<_> = rest.by_ref().take(AT_ONCE).collect();
        if some.is_empty() {
            return Ok(findings);
        }
        let prepared = Arc::clone(&prepared);
        findings = app
            .db()
            .read(move |connection| {
                for row in some {
                    let row = match row {
                        Ok(row) => row,
                        Err(issue) => {
                            findings.refuse(issue);
                            continue;
                        }
                    };
                    if let Err(issue) = findings.seen.row(&row) {
                        findings.refuse(issue);
                        continue;
                    }
                    let (reading, manner) = (&prepared.reading, &prepared.manner);
                    let verdict = judge(connection, &row, reading, manner, &findings.labels)?;
                    findings.take(row, verdict, manner);
                }
                Ok(findings)
            })
            .await?;
    }
}

impl Findings {
    fn refuse(&mut self, issue: ImportIssue) {
        match issue.kind {
            ImportIssueKind::Duplicate => self.plan.duplicates += 1,
            _ => self.plan.unusable += 1,
        }
        self.issues.push(issue);
    }

    fn take(&mut self, row: Row, verdict: Verdict, manner: &Manner) {
        match verdict {
            Verdict::Refused(issue) => self.refuse(issue),
            Verdict::New => {
                self.plan.added += 1;
                let extra = Some(&manner.label).filter(|name| !name.is_empty());
                for name in extra.into_iter().chain(&row.labels).take(LABELS) {
                    self.label(name);
                }
                self.issues.extend(row.issues);
            }
            Verdict::Known(contact, changes) => match self.seen.contact(&row, contact.id) {
                Err(issue) => self.refuse(issue),
                Ok(()) => self.known(row, &contact, *changes),
            },
        }
    }

    fn known(&mut self, row: Row, contact: &Contact, changes: Changes) {
        self.issues.extend(row.issues);
        self.issues.extend(changes.issues);
        if changes.facts.is_empty() {
            self.plan.unchanged += 1;
            return;
        }
        self.plan.changed += 1;
        for name in &changes.labels {
            self.label(name);
        }
        if self.plan.changes.len() < TOLD {
            let address = contact.identities.first().map(|one| one.address.clone());
            let name = Some(contact.name.clone()).filter(|name| !name.is_empty()).or(address);
            self.plan.changes.push(ImportChange {
                line: row.line,
                contact_id: contact.id,
                name: name.unwrap_or_default(),
                facts: changes.facts,
            });
        }
    }

    fn label(&mut self, name: &str) {
        let told = self.plan.new_labels.iter().any(|one| one.to_lowercase() == name.to_lowercase());
        if !told && self.plan.new_labels.len() < LABELS_TOLD && !self.labels.has(name) {
            self.plan.new_labels.push(name.to_owned());
        }
    }
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
