//! Blocked contacts. What they write is kept like every message, and in nobody's way: their
//! sessions are in nobody's Recent and wait for nobody, and nothing is sent to them.

use super::tell;
use crate::App;
use crate::access::{self, Caller};
use crate::error::{Error, Result};
use crate::events::SessionChange;
use crate::model::{Contact, ContactId, Operation, SessionId};
use crate::store::contacts as store;
use crate::store::{Tx, sessions};
use deskbell_channels::exchange::{ErrorKind, Failure};

/// Blocks a contact. Agents may, unless a colleague is writing with them.
pub async fn block(
    app: &App,
    caller: &Caller,
    id: ContactId,
    reason: Option<String>,
) -> Result<Contact> {
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let contact = store::get(tx, id)?;
            if contact.blocked.is_some() {
                return Ok(contact);
            }
            if !caller.supervises() {
                must_hold_all(tx, &caller, id)?;
            }
            let now = tx.now();
            store::block(tx, id, caller.user, reason.as_deref(), now)?;
            tell_all(tx, &caller, id, &Operation::Blocked { reason })?;
            store::get(tx, id)
        })
        .await
}

/// Every open session of the contact is one that the caller may answer.
fn must_hold_all(tx: &Tx<'_>, caller: &Caller, id: ContactId) -> Result<()> {
    for session in store::open_sessions(tx, id)? {
        let holder = sessions::holder(tx, session, caller.user)?;
        if !access::holds(caller, &holder) {
            return Err(Error::Forbidden(
                "a colleague has a session with this contact: ask them or a supervisor",
            ));
        }
    }
    Ok(())
}

/// Takes a contact out of the block: who blocked it may, and supervisors.
pub async fn unblock(app: &App, caller: &Caller, id: ContactId) -> Result<Contact> {
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let contact = store::get(tx, id)?;
            let Some(blocked) = &contact.blocked else { return Ok(contact) };
            if !caller.supervises() && blocked.by != Some(caller.user) {
                return Err(Error::Forbidden(
                    "only a supervisor, or who blocked them, may unblock a contact",
                ));
            }
            store::unblock(tx, id)?;
            tell_all(tx, &caller, id, &Operation::Unblocked)?;
            store::get(tx, id)
        })
        .await
}

/// Writes it into the timeline of every open session, and tells everybody.
fn tell_all(tx: &mut Tx<'_>, caller: &Caller, id: ContactId, operation: &Operation) -> Result<()> {
    for session in store::open_sessions(tx, id)? {
        let channel = sessions::line(tx, session)?.channel;
        crate::sessions::record(tx, session, channel, Some(caller), operation.clone())?;
        crate::sessions::tell_changed(tx, session, SessionChange::Other, None)?;
    }
    tell(tx, id);
    Ok(())
}

/// Refuses to write to a contact who is blocked.
pub(crate) fn must_not_be_blocked(tx: &Tx<'_>, session: SessionId) -> Result<()> {
    if store::is_blocked(tx, session)? {
        return Err(Error::Conflict(
            "this contact is blocked: unblock them on their page under Contacts to write to them"
                .to_owned(),
        ));
    }
    Ok(())
}

/// Why a message that waited does not leave any more.
pub(crate) fn came_before() -> Failure {
    let text = "This contact was blocked before this left.".to_owned();
    Failure::new(ErrorKind::Blocked, None, Some(text))
}
