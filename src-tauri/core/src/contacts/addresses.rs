//! The addresses of a contact: added, moved from another contact, named, taken away.

use deskbell_channels::form::IdentityKind;

use super::tell;
use crate::App;
use crate::access::Caller;
use crate::error::{Error, Result};
use crate::events::SessionChange;
use crate::model::{Contact, ContactId, IdentityId};
use crate::store::contacts as store;
use crate::store::identities::{self, Known};
use crate::store::{Tx, optouts};

/// What happens to a number that belongs to another contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    /// It stays there, and the caller hears whose it is.
    Stays,
    /// It moves here, and its sessions with it.
    Moves,
}

/// Which address a contact gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// A telephone number (E.164).
    Phone(String),
    /// An address that is known already.
    Known(IdentityId),
}

/// Gives a contact another address, and says what it is if `remark` does.
pub async fn add_address(
    app: &App,
    caller: &Caller,
    id: ContactId,
    added: Added,
    remark: Option<String>,
    elsewhere: Elsewhere,
) -> Result<Contact> {
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            store::get(tx, id)?;
            let now = tx.now();
            let known = match &added {
                Added::Phone(phone) => identities::find(tx, IdentityKind::Phone, phone)?,
                Added::Known(identity) => {
                    Some(identities::get(tx, *identity)?.ok_or(Error::NotFound("number"))?)
                }
            };
            let identity = match (known, added) {
                (Some(known), _) => {
                    take(tx, &caller, known, id, elsewhere)?;
                    known.identity
                }
                (None, Added::Phone(phone)) => {
                    identities::insert(tx, id, IdentityKind::Phone, &phone, now)?
                }
                (None, Added::Known(_)) => return Err(Error::NotFound("number")),
            };
            if let Some(remark) = remark {
                identities::set_remark(tx, id, identity, &remark)?;
            }
            store::index(tx, id)?;
            tell(tx, id);
            store::get(tx, id)
        })
        .await
}

/// Brings an address here from whoever has it, with its sessions.
fn take(
    tx: &mut Tx<'_>,
    caller: &Caller,
    known: Known,
    to: ContactId,
    elsewhere: Elsewhere,
) -> Result<()> {
    if known.contact == to {
        return Ok(());
    }
    if elsewhere == Elsewhere::Stays {
        return Err(belongs_to(&store::get(tx, known.contact)?));
    }
    // It would block or unblock the sessions of the number by a way around the rules for that.
    let blocked = |contact: ContactId| Ok::<_, Error>(store::get(tx, contact)?.blocked.is_some());
    if blocked(known.contact)? != blocked(to)? && !caller.supervises() {
        return Err(Error::Forbidden(
            "one of the two contacts is blocked: ask a supervisor to move this number",
        ));
    }
    identities::give(tx, known, to)?;
    store::recount(tx, to)?;
    if store::is_empty(tx, known.contact)? {
        store::delete(tx, known.contact)?;
    } else {
        store::recount(tx, known.contact)?;
        store::index(tx, known.contact)?;
    }
    tell(tx, known.contact);
    for session in store::open_sessions(tx, to)? {
        crate::sessions::tell_changed(tx, session, SessionChange::Other, None)?;
    }
    Ok(())
}

/// The refusal that names the contact who has a number already.
fn belongs_to(other: &Contact) -> Error {
    Error::Conflict(if other.name.is_empty() {
        "this number belongs to a contact without a name: move it here if it is the same person"
            .to_owned()
    } else {
        format!("this number belongs to {}: move it here if it is the same person", other.name)
    })
}

/// Says what an address of a contact is.
pub async fn set_remark(
    app: &App,
    id: ContactId,
    identity: IdentityId,
    remark: String,
) -> Result<Contact> {
    app.db()
        .write(move |tx| {
            if !identities::set_remark(tx, id, identity, &remark)? {
                return Err(Error::NotFound("number of this contact"));
            }
            tell(tx, id);
            store::get(tx, id)
        })
        .await
}

/// Takes an address from a contact, unless there are sessions with it or it opted out.
pub async fn remove_address(app: &App, id: ContactId, identity: IdentityId) -> Result<()> {
    app.db()
        .write(move |tx| {
            store::get(tx, id)?;
            if identities::has_sessions(tx, id, identity)? {
                return Err(Error::InUse(
                    "there are sessions with this number: it can only move to another contact"
                        .to_owned(),
                ));
            }
            if !optouts::numbers_of(tx, identity)?.is_empty() {
                return Err(Error::InUse(
                    "this number asked to hear no more from you, and the desk has to remember \
                     that: it can only move to another contact"
                        .to_owned(),
                ));
            }
            if !identities::delete(tx, id, identity)? {
                return Err(Error::NotFound("number of this contact"));
            }
            store::index(tx, id)?;
            tell(tx, id);
            Ok(())
        })
        .await
}
