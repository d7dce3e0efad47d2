//! What a row would do to the contacts that are there. Reads the store, changes nothing: the same
//! for the dry run and for the import itself.

use std::collections::{BTreeSet, HashMap};

use deskbell_channels::form::IdentityKind;
use rusqlite::Connection;

use super::rows::{LABELS, Reading, Row, Typed, issue};
use crate::error::Result;
use crate::model::{
    Contact, ContactFieldId, ContactId, FactChange, IdentityId, ImportIssue, ImportIssueKind,
    ImportKnown, ImportTarget, LabelId,
};
use crate::store::contacts::{self, Card};
use crate::store::{contact_imports as store, identities, labels};

/// What becomes of a row.
#[derive(Debug)]
pub(super) enum Verdict {
    /// A new contact.
    New,
    /// A contact that is known, and what changes of it.
    Known(Box<Contact>, Box<Changes>),
    /// It cannot be used.
    Refused(ImportIssue),
}

/// What changes of a known contact.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) card: Card,
    pub(super) numbers: Vec<Typed>,
    pub(super) remarks: Vec<(IdentityId, String)>,
    /// Names of labels that come.
    pub(super) labels: Vec<String>,
    pub(super) values: Vec<(ContactFieldId, String)>,
    /// All of it in words.
    pub(super) facts: Vec<FactChange>,
    /// What is left out.
    pub(super) issues: Vec<ImportIssue>,
}

impl Changes {
    fn fact(&mut self, what: ImportTarget, name: &str, before: &str, after: &str) {
        self.facts.push(FactChange {
            what,
            name: name.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
        });
    }
}

/// How rows are brought in.
#[derive(Debug, Clone)]
pub(super) struct Manner {
    pub(super) known: ImportKnown,
    /// A label for all who are added or changed; empty: none.
    pub(super) label: String,
}

/// The labels of the desk.
#[derive(Debug)]
pub(super) struct LabelBook {
    names: HashMap<LabelId, String>,
}

impl LabelBook {
    /// As they are now.
    pub(super) fn read(connection: &Connection) -> Result<Self> {
        let all = labels::list(connection)?.into_iter();
        Ok(Self { names: all.map(|label| (label.id, label.name.to_lowercase())).collect() })
    }

    /// Whether there is one of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        let name = name.to_lowercase();
        self.names.values().any(|known| *known == name)
    }

    fn are_on(&self, contact: &Contact, name: &str) -> bool {
        let name = name.to_lowercase();
        contact.labels.iter().any(|id| self.names.get(id) == Some(&name))
    }
}

/// What becomes of a row.
pub(super) fn judge(
    connection: &Connection,
    row: &Row,
    reading: &Reading,
    manner: &Manner,
    labels: &LabelBook,
) -> Result<Verdict> {
    let found = match known(connection, row)? {
        Found::Nobody => return Ok(Verdict::New),
        Found::Several(names) => {
            return Ok(Verdict::Refused(issue(row.line, ImportIssueKind::TwoContacts, &names)));
        }
        Found::One(id) => contacts::get(connection, id)?,
    };
    let mut changes = Changes { card: card_of(&found), ..Changes::default() };
    if manner.known != ImportKnown::Leave {
        card(&mut changes, &found, row, manner.known);
        numbers(&mut changes, &found, row, manner.known);
        values(&mut changes, &found, row, reading, manner.known);
        for name in &row.labels {
            label(&mut changes, &found, name, labels);
        }
        if !changes.facts.is_empty() && !manner.label.is_empty() {
            label(&mut changes, &found, &manner.label, labels);
        }
    }
    Ok(Verdict::Known(Box::new(found), Box::new(changes)))
}

enum Found {
    Nobody,
    One(ContactId),
    /// Their names.
    Several(String),
}

/// Who has the numbers of a row; of one without a number, who has its name.
fn known(connection: &Connection, row: &Row) -> Result<Found> {
    if row.numbers.is_empty() {
        let (name, email, company) = (row.shown_name(), &row.email, &row.company);
        let found = store::without_number(connection, &name, email, company)?;
        return Ok(found.map_or(Found::Nobody, Found::One));
    }
    let mut owners = BTreeSet::new();
    for number in &row.numbers {
        let known = identities::find(connection, IdentityKind::Phone, &number.e164)?;
        owners.extend(known.map(|known| known.contact));
    }
    let mut ids = owners.iter();
    match (ids.next(), ids.next()) {
        (None, _) => Ok(Found::Nobody),
        (Some(id), None) => Ok(Found::One(*id)),
        (Some(_), Some(_)) => {
            let mut names = Vec::new();
            for id in &owners {
                let contact = contacts::get(connection, *id)?;
                let address = contact.identities.first().map(|one| one.address.clone());
                let shown = Some(contact.name).filter(|name| !name.is_empty()).or(address);
                names.extend(shown);
            }
            Ok(Found::Several(names.join(", ")))
        }
    }
}

pub(super) fn card_of(contact: &Contact) -> Card {
    Card {
        name: contact.name.clone(),
        company: contact.company.clone(),
        email: contact.email.clone(),
        remarks: contact.remarks.clone(),
        language: contact.language.clone(),
        time_zone: contact.time_zone.clone(),
    }
}

/// Whether what a file says is taken.
fn counts(before: &str, after: &str, known: ImportKnown) -> bool {
    let differs = !after.is_empty() && before != after;
    match known {
        ImportKnown::Fill => differs && before.is_empty(),
        ImportKnown::Overwrite => differs,
        ImportKnown::Leave => false,
    }
}

fn card(changes: &mut Changes, found: &Contact, row: &Row, known: ImportKnown) {
    let mut card = card_of(found);
    for (what, fact, said) in [
        (ImportTarget::Name, &mut card.name, &row.name),
        (ImportTarget::Company, &mut card.company, &row.company),
        (ImportTarget::Email, &mut card.email, &row.email),
        (ImportTarget::Remarks, &mut card.remarks, &row.remarks),
        (ImportTarget::Language, &mut card.language, &row.language),
        (ImportTarget::TimeZone, &mut card.time_zone, &row.time_zone),
    ] {
        if counts(fact, said, known) {
            changes.fact(what, "", fact, said);
            said.clone_into(fact);
        }
    }
    changes.card = card;
}

fn numbers(changes: &mut Changes, found: &Contact, row: &Row, known: ImportKnown) {
    for number in &row.numbers {
        let theirs = found.identities.iter().find(|one| one.address == number.e164);
        match theirs {
            Some(one) if counts(&one.remark, &number.remark, known) => {
                let what = ImportTarget::NumberRemark;
                changes.fact(what, &number.e164, &one.remark, &number.remark);
                changes.remarks.push((one.id, number.remark.clone()));
            }
            Some(_) => {}
            // A block is of all numbers of a contact: a file neither blocks nor unblocks one.
            None if found.blocked.is_some() => {
                let told = issue(row.line, ImportIssueKind::Blocked, &number.e164);
                changes.issues.push(ImportIssue { used: true, ..told });
            }
            None => {
                changes.fact(ImportTarget::Number, "", "", &number.e164);
                changes.numbers.push(number.clone());
            }
        }
    }
}

fn values(
    changes: &mut Changes,
    found: &Contact,
    row: &Row,
    reading: &Reading,
    known: ImportKnown,
) {
    for (place, value) in &row.values {
        let Some(Some(field)) = reading.fields.get(*place) else { continue };
        let before = found.values.get(&field.id).map(String::as_str).unwrap_or_default();
        if counts(before, value, known) {
            changes.fact(ImportTarget::Field, &field.name, before, value);
            changes.values.push((field.id, value.clone()));
        }
    }
}

fn label(changes: &mut Changes, found: &Contact, name: &str, labels: &LabelBook) {
    let coming = changes.labels.iter().any(|one| one.to_lowercase() == name.to_lowercase());
    let full = found.labels.len() + changes.labels.len() >= LABELS;
    if !coming && !full && !labels.are_on(found, name) {
        changes.fact(ImportTarget::Labels, "", "", name);
        changes.labels.push(name.to_owned());
    }
}
