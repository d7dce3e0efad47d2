//! What people do to contacts: add, look up, correct. Knows no HTTP.

use crate::App;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::model::{Contact, ContactId, IdentityId};
use crate::store::contacts::{self as store, Card};
use deskbell_channels::form::IdentityKind;

/// Adds a contact, with a telephone number (E.164) if there is one.
pub async fn add(app: &App, card: Card, phone: Option<String>) -> Result<Contact> {
    app.db()
        .write(move |tx| {
            let now = tx.now();
            if let Some(phone) = &phone
                && store::find_identity(tx, IdentityKind::Phone, phone)?.is_some()
            {
                return Err(Error::field("phone", "A contact with this number is there already."));
            }
            let id = ContactId::new();
            store::insert(tx, id, &card.name, now)?;
            store::set_card(tx, id, &card)?;
            if let Some(phone) = &phone {
                store::add_identity(tx, id, IdentityKind::Phone, phone, now)?;
            }
            tx.emit(Event::ContactChanged { contact_id: id }, Audience::everyone());
            store::get(tx, id)
        })
        .await
}

/// Writes a contact's card; sessions show the new name.
pub async fn change(
    app: &App,
    id: ContactId,
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
            };
            change(&mut card);
            store::set_card(tx, id, &card)?;
            tx.emit(Event::ContactChanged { contact_id: id }, Audience::everyone());
            store::get(tx, id)
        })
        .await
}

/// What happens to a number that belongs to another contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    /// It stays there, and the caller hears whose it is.
    Stays,
    /// It moves here, and its sessions with it.
    Moves,
}

/// Gives a contact another telephone number (E.164).
pub async fn add_number(
    app: &App,
    id: ContactId,
    phone: String,
    elsewhere: Elsewhere,
) -> Result<Contact> {
    app.db()
        .write(move |tx| {
            store::get(tx, id)?;
            let now = tx.now();
            match store::find_identity(tx, IdentityKind::Phone, &phone)? {
                Some(known) if known.contact == id => return store::get(tx, id),
                Some(known) => {
                    if elsewhere == Elsewhere::Stays {
                        return Err(belongs_to(&store::get(tx, known.contact)?));
                    }
                    store::move_identity(tx, known, id)?;
                    let event = Event::ContactChanged { contact_id: known.contact };
                    tx.emit(event, Audience::everyone());
                }
                None => {
                    store::add_identity(tx, id, IdentityKind::Phone, &phone, now)?;
                }
            }
            tx.emit(Event::ContactChanged { contact_id: id }, Audience::everyone());
            store::get(tx, id)
        })
        .await
}

/// The refusal that names the contact who has a number already.
fn belongs_to(other: &Contact) -> Error {
    let name = if other.name.is_empty() { "a contact without a name" } else { &other.name };
    Error::Conflict(format!("this number belongs to {name}: move it here if it is the same person"))
}

/// Takes an address from a contact, unless there are sessions with it.
pub async fn remove_identity(app: &App, id: ContactId, identity: IdentityId) -> Result<()> {
    app.db()
        .write(move |tx| {
            store::get(tx, id)?;
            if store::has_sessions(tx, id, identity)? {
                return Err(Error::InUse(
                    "there are sessions with this number: it can only move to another contact"
                        .to_owned(),
                ));
            }
            if !store::delete_identity(tx, id, identity)? {
                return Err(Error::NotFound("number of this contact"));
            }
            tx.emit(Event::ContactChanged { contact_id: id }, Audience::everyone());
            Ok(())
        })
        .await
}
