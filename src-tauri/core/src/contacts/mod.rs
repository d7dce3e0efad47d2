//! What people do to contacts: add, correct, delete. Their addresses, custom fields, notes,
//! blocks and merges have files of their own. Knows no HTTP.

mod addresses;
mod blocking;
mod custom;
pub mod export;
pub mod import;
mod merging;
mod notes;
mod parting;
pub(crate) mod shape;
mod shared;
mod twins;

use std::collections::BTreeMap;

use deskbell_channels::form::{FieldProblem, IdentityKind};

use crate::App;
use crate::access::Caller;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::model::{Contact, ContactFieldId, ContactId};
use crate::store::contacts::{self as store, Card};
use crate::store::{Tx, contact_fields, contact_merges, identities};

pub use addresses::{Added, Elsewhere, add_address, remove_address, set_remark};
pub use blocking::{block, unblock};
pub(crate) use blocking::{came_before, must_not_be_blocked};
pub use custom::{FieldChange, add_field, change_field, remove_field};
pub use merging::{Wish as MergeWish, merge, preview_merge};
pub use notes::{add_note, change_note, remove_note};
pub use parting::{preview_unmerge, unmerge};
pub(crate) use shared::collected;
pub use shared::{sessions, shared};
pub use twins::{lookalikes, set_distinct, unset_distinct};

/// What stands in custom fields, as it was typed.
pub type Values = BTreeMap<ContactFieldId, String>;

/// Tells that a contact changed.
fn tell(tx: &mut Tx<'_>, contact_id: ContactId) {
    tx.emit(Event::ContactChanged { contact_id }, Audience::everyone());
}

/// Adds a contact, with a telephone number (E.164) if there is one.
pub async fn add(
    app: &App,
    caller: &Caller,
    card: Card,
    values: Values,
    phone: Option<String>,
) -> Result<Contact> {
    let by = caller.user;
    app.db()
        .write(move |tx| {
            let now = tx.now();
            if let Some(phone) = &phone
                && identities::find(tx, IdentityKind::Phone, phone)?.is_some()
            {
                return Err(Error::field("phone", "A contact with this number is there already."));
            }
            let id = ContactId::new();
            store::insert(tx, id, &card.name, Some(by), now)?;
            store::set_card(tx, id, &card)?;
            set_values(tx, id, &values)?;
            if let Some(phone) = &phone {
                identities::insert(tx, id, IdentityKind::Phone, phone, now)?;
            }
            store::index(tx, id)?;
            tell(tx, id);
            store::get(tx, id)
        })
        .await
}

/// Writes a contact's card; sessions show the new name.
pub async fn change(
    app: &App,
    id: ContactId,
    values: Values,
    change: impl FnOnce(&mut Card) + Send + 'static,
) -> Result<Contact> {
    app.db()
        .write(move |tx| {
            let contact = store::get(tx, id)?;
            let mut card = Card {
                name: contact.name,
                company: contact.company,
                email: contact.email,
                remarks: contact.remarks,
                language: contact.language,
                time_zone: contact.time_zone,
            };
            change(&mut card);
            store::set_card(tx, id, &card)?;
            set_values(tx, id, &values)?;
            store::index(tx, id)?;
            tell(tx, id);
            store::get(tx, id)
        })
        .await
}

/// Writes what was typed into custom fields; an empty text takes the value away. What does not fit
/// is told field by field.
fn set_values(tx: &Tx<'_>, id: ContactId, values: &Values) -> Result<()> {
    let mut wrong = Vec::new();
    for (field, raw) in values {
        let value = if raw.trim().is_empty() {
            Ok(String::new())
        } else {
            match contact_fields::get(tx, *field) {
                Ok(known) => known.read(raw),
                Err(Error::NotFound(_)) => Err("This field is not there any more.".to_owned()),
                Err(error) => return Err(error),
            }
        };
        match value {
            Ok(value) => contact_fields::set_value(tx, id, *field, &value)?,
            Err(message) => {
                wrong.push(FieldProblem { field: format!("values.{field}"), message });
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
}

/// Deletes a contact with whom nobody has written. What was said with the others stays.
pub async fn remove(app: &App, caller: &Caller, id: ContactId) -> Result<()> {
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let contact = store::get(tx, id)?;
            if !caller.supervises() && contact.created_by != Some(caller.user) {
                return Err(Error::Forbidden(
                    "only a supervisor, or who added them, may delete a contact",
                ));
            }
            if contact_merges::holds_another(tx, id)? && !caller.supervises() {
                return Err(Error::Forbidden(
                    "another contact is part of this one: take the two apart first, or ask a \
                     supervisor",
                ));
            }
            if contact.blocked.is_some() && !caller.supervises() {
                return Err(Error::Forbidden(
                    "this contact is blocked: only a supervisor may delete them",
                ));
            }
            let sessions = store::count_sessions(tx, id)?;
            if sessions > 0 {
                return Err(Error::InUse(if sessions == 1 {
                    "there is a session with this contact, and what was said stays: block them if \
                     you want to hear no more from them"
                        .to_owned()
                } else {
                    format!(
                        "there are {sessions} sessions with this contact, and what was said stays: \
                         block them if you want to hear no more from them"
                    )
                }));
            }
            if store::is_opted_out(tx, id)? {
                return Err(Error::InUse(
                    "this contact asked to hear no more from you, and the desk has to remember \
                     that: it cannot be deleted"
                        .to_owned(),
                ));
            }
            store::delete(tx, id)?;
            tell(tx, id);
            Ok(())
        })
        .await
}
