//! Brings rows in: one transaction for each few, so that nobody waits long behind it.

use deskbell_channels::form::IdentityKind;
use sha2::{Digest as _, Sha256};

use super::rows::{LABELS, Reading, Row, Seen};
use super::verdict::{Changes, LabelBook, Manner, Verdict, judge};
use crate::contacts::tell;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::model::{
    Contact, ContactId, ContactImportId, Identity, IdentityId, LabelColour, LabelId, UserId,
};
use crate::store::contact_imports::{self as store, Counts, Touched};
use crate::store::contacts::{self, Card};
use crate::store::{Tx, contact_fields, identities, labels};

/// What a contact is, as far as an import changes it.
#[derive(Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Picture {
    pub(super) card: [String; 6],
    pub(super) values: Vec<(crate::model::ContactFieldId, String)>,
    pub(super) numbers: Vec<(IdentityId, String, String)>,
    pub(super) labels: Vec<LabelId>,
    blocked: bool,
}

impl Picture {
    /// Of a contact as it is.
    pub(super) fn of(contact: &Contact) -> Self {
        let number = |one: &Identity| (one.id, one.address.clone(), one.remark.clone());
        let mut labels = contact.labels.clone();
        // By id: a label that gets another name changes nobody.
        labels.sort_unstable();
        Self {
            card: [
                contact.name.clone(),
                contact.company.clone(),
                contact.email.clone(),
                contact.remarks.clone(),
                contact.language.clone(),
                contact.time_zone.clone(),
            ],
            values: contact.values.iter().map(|(id, value)| (*id, value.clone())).collect(),
            numbers: contact.identities.iter().map(number).collect(),
            labels,
            blocked: contact.blocked.is_some(),
        }
    }

    /// As it is kept.
    pub(super) fn json(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|error| Error::Internal(error.to_string()))
    }

    /// What it is known by.
    pub(super) fn digest(&self) -> Result<String> {
        Ok(hex::encode(Sha256::digest(self.json()?)))
    }

    /// The card in it.
    pub(super) fn card(&self) -> Card {
        let [name, company, email, remarks, language, time_zone] = self.card.clone();
        Card { name, company, email, remarks, language, time_zone }
    }
}

/// Brings some rows in, and says what came of them.
pub(super) fn bring_in(
    tx: &mut Tx<'_>,
    id: ContactImportId,
    by: UserId,
    rows: &[Row],
    reading: &Reading,
    manner: &Manner,
    seen: &mut Seen,
) -> Result<Counts> {
    let labels = LabelBook::read(tx)?;
    let mut counts = Counts::default();
    for row in rows {
        counts.done += 1;
        if seen.row(row).is_err() {
            counts.skipped += 1;
            continue;
        }
        let known = match judge(tx, row, reading, manner, &labels)? {
            Verdict::Refused(_) => {
                counts.skipped += 1;
                continue;
            }
            Verdict::New => None,
            Verdict::Known(contact, changes) => Some((contact, changes)),
        };
        let Some((contact, changes)) = known else {
            let contact = add(tx, id, by, row, reading, manner)?;
            seen.contact(row, contact).ok();
            counts.added += 1;
            continue;
        };
        if seen.contact(row, contact.id).is_err() {
            counts.skipped += 1;
        } else if changes.facts.is_empty() {
            counts.unchanged += 1;
        } else {
            change(tx, id, &contact, &changes)?;
            counts.changed += 1;
        }
    }
    store::count(tx, id, counts)?;
    tx.emit(Event::ContactImportChanged { import_id: id }, Audience::everyone());
    Ok(counts)
}

fn add(
    tx: &mut Tx<'_>,
    id: ContactImportId,
    by: UserId,
    row: &Row,
    reading: &Reading,
    manner: &Manner,
) -> Result<ContactId> {
    let (contact, now) = (ContactId::new(), tx.now());
    let card = Card {
        name: row.shown_name(),
        company: row.company.clone(),
        email: row.email.clone(),
        remarks: row.remarks.clone(),
        language: row.language.clone(),
        time_zone: row.time_zone.clone(),
    };
    contacts::insert(tx, contact, &card.name, Some(by), now)?;
    contacts::set_card(tx, contact, &card)?;
    for number in &row.numbers {
        let identity = identities::insert(tx, contact, IdentityKind::Phone, &number.e164, now)?;
        if !number.remark.is_empty() {
            identities::set_remark(tx, contact, identity, &number.remark)?;
        }
    }
    for (place, value) in &row.values {
        if let Some(Some(field)) = reading.fields.get(*place) {
            contact_fields::set_value(tx, contact, field.id, value)?;
        }
    }
    let extra = Some(&manner.label).filter(|name| !name.is_empty());
    let names: Vec<String> = extra.into_iter().chain(&row.labels).take(LABELS).cloned().collect();
    put_labels(tx, id, contact, &[], &names)?;
    contacts::index(tx, contact)?;
    let after = Picture::of(&contacts::get(tx, contact)?).digest()?;
    store::touch(tx, id, &Touched { contact, before: None, after })?;
    Ok(contact)
}

fn change(
    tx: &mut Tx<'_>,
    id: ContactImportId,
    contact: &Contact,
    changes: &Changes,
) -> Result<()> {
    let now = tx.now();
    contacts::set_card(tx, contact.id, &changes.card)?;
    for number in &changes.numbers {
        let identity = identities::insert(tx, contact.id, IdentityKind::Phone, &number.e164, now)?;
        if !number.remark.is_empty() {
            identities::set_remark(tx, contact.id, identity, &number.remark)?;
        }
    }
    for (identity, remark) in &changes.remarks {
        identities::set_remark(tx, contact.id, *identity, remark)?;
    }
    for (field, value) in &changes.values {
        contact_fields::set_value(tx, contact.id, *field, value)?;
    }
    put_labels(tx, id, contact.id, &contact.labels, &changes.labels)?;
    contacts::index(tx, contact.id)?;
    let before = Some(Picture::of(contact).json()?);
    let after = Picture::of(&contacts::get(tx, contact.id)?).digest()?;
    store::touch(tx, id, &Touched { contact: contact.id, before, after })?;
    tell(tx, contact.id);
    Ok(())
}

/// Puts labels on a contact besides those that it has; those that are not there yet are made.
fn put_labels(
    tx: &mut Tx<'_>,
    id: ContactImportId,
    contact: ContactId,
    had: &[LabelId],
    names: &[String],
) -> Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    let mut wanted = had.to_vec();
    for name in names {
        let label = match labels::id_of_name(tx, name)? {
            Some(label) => label,
            None => make_label(tx, id, name)?,
        };
        if !wanted.contains(&label) {
            wanted.push(label);
        }
    }
    labels::set_of_contact(tx, contact, &wanted)
}

fn make_label(tx: &mut Tx<'_>, id: ContactImportId, name: &str) -> Result<LabelId> {
    let label = labels::insert(tx, name, LabelColour::Grey, tx.now())?;
    let mut made = store::made(tx, id)?;
    made.labels.push(label);
    store::set_made(tx, id, &made)?;
    tx.emit(Event::LabelChanged { label_id: label }, Audience::everyone());
    Ok(label)
}
