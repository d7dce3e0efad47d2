//! Takes an import back: newcomers go, and known contacts are what they were, as long as nobody
//! wrote with them or changed them since.

use super::apply::Picture;
use crate::contacts::tell;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::model::{Contact, ContactImportId};
use crate::store::contact_imports::{self as store, Touched, Undone};
use crate::store::{Tx, contact_fields, contact_notes, contacts, identities, labels, optouts};

/// Takes back what was done to some contacts; `None`: there are no more.
pub(super) fn take_back(
    tx: &mut Tx<'_>,
    id: ContactImportId,
    limit: u32,
) -> Result<Option<Undone>> {
    let some = store::touched(tx, id, limit)?;
    if some.is_empty() {
        return Ok(None);
    }
    let mut undone = Undone::default();
    for touched in some {
        store::forget(tx, id, touched.contact)?;
        let contact = contacts::get(tx, touched.contact)?;
        if Picture::of(&contact).digest()? != touched.after {
            undone.kept += 1;
        } else if let Some(before) = &touched.before {
            restore(tx, &contact, before, &mut undone)?;
        } else {
            remove(tx, &contact, &touched, &mut undone)?;
        }
    }
    store::count_undone(tx, id, undone)?;
    tx.emit(Event::ContactImportChanged { import_id: id }, Audience::everyone());
    Ok(Some(undone))
}

/// A newcomer goes again, unless somebody wrote with them or about them.
fn remove(
    tx: &mut Tx<'_>,
    contact: &Contact,
    touched: &Touched,
    undone: &mut Undone,
) -> Result<()> {
    let id = touched.contact;
    let spoken = contacts::count_sessions(tx, id)? > 0
        || contacts::is_opted_out(tx, id)?
        || !contact_notes::of_contact(tx, id, None, 1)?.is_empty();
    if spoken {
        undone.kept += 1;
        return Ok(());
    }
    contacts::delete(tx, contact.id)?;
    tell(tx, contact.id);
    undone.removed += 1;
    Ok(())
}

/// A known contact is what it was before, unless somebody wrote with a number that it got.
fn restore(tx: &mut Tx<'_>, contact: &Contact, before: &str, undone: &mut Undone) -> Result<()> {
    let before: Picture =
        serde_json::from_str(before).map_err(|error| Error::Internal(error.to_string()))?;
    let had = |id| before.numbers.iter().any(|(known, _, _)| *known == id);
    let got: Vec<_> = contact.identities.iter().filter(|one| !had(one.id)).collect();
    for one in &got {
        if identities::has_sessions(tx, contact.id, one.id)?
            || !optouts::numbers_of(tx, one.id)?.is_empty()
        {
            undone.kept += 1;
            return Ok(());
        }
    }
    for one in got {
        identities::delete(tx, contact.id, one.id)?;
    }
    for (identity, _, remark) in &before.numbers {
        identities::set_remark(tx, contact.id, *identity, remark)?;
    }
    contacts::set_card(tx, contact.id, &before.card())?;
    for field in contact.values.keys() {
        let old = before.values.iter().find(|(id, _)| id == field);
        let old = old.map(|(_, value)| value.as_str()).unwrap_or_default();
        contact_fields::set_value(tx, contact.id, *field, old)?;
    }
    labels::set_of_contact(tx, contact.id, &before.labels)?;
    contacts::index(tx, contact.id)?;
    tell(tx, contact.id);
    undone.restored += 1;
    Ok(())
}

/// Labels and custom fields that the import made go as well, if nothing has them.
pub(super) fn tidy(tx: &mut Tx<'_>, id: ContactImportId) -> Result<()> {
    let made = store::made(tx, id)?;
    for label in made.labels {
        let unused = labels::get(tx, label).is_ok_and(|one| one.sessions + one.contacts == 0);
        if unused {
            labels::delete(tx, label)?;
            tx.emit(Event::LabelChanged { label_id: label }, Audience::everyone());
        }
    }
    for field in made.fields {
        if contact_fields::get(tx, field).is_ok_and(|one| one.used_by == 0) {
            contact_fields::delete(tx, field)?;
            tx.emit(Event::SettingsChanged, Audience::everyone());
        }
    }
    Ok(())
}
