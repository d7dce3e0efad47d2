//! What people do to contacts: add, look up, correct. Knows no HTTP.

use crate::App;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::model::{Contact, ContactId};
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
