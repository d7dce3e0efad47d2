//! Taking back: what somebody just did to a session, for ten seconds, if nobody acted since
//! (rules §2.5).

use crate::App;
use crate::access::Caller;
use crate::error::{Error, Result};
use crate::events::SessionChange;
use crate::model::{Operation, Session, SessionId, Time, Undoable};
use crate::store::undo::{self as kept, Before, Kept};
use crate::store::{Tx, mentions, messages, sessions as store, waiting};

use super::{record, see, tell_changed, tell_lists};

/// For how long something can be taken back: the ten seconds that people are told, and what the
/// way to the desk takes, in milliseconds.
const LIMIT: Time = 13_000;

/// What is before an operation that can be taken back.
pub(super) fn before(tx: &Tx<'_>, id: SessionId) -> Result<Before> {
    kept::before(tx, id)
}

/// The operation has written its line: from now on it can be taken back.
pub(super) fn keep(
    tx: &Tx<'_>,
    caller: &Caller,
    id: SessionId,
    operation: Undoable,
    before: Before,
) -> Result<()> {
    let entry = Kept { operation, seq: messages::last_seq(tx, id)?, before, at: tx.now() };
    kept::keep(tx, id, caller.user, &entry)
}

/// Takes back what the caller did to a session last.
pub async fn undo(app: &App, caller: &Caller, id: SessionId) -> Result<Session> {
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let Some(last) = kept::of(tx, id, caller.user)? else {
                see(tx, &caller, id)?;
                return Err(Error::Conflict("there is nothing to take back here".into()));
            };
            if tx.now().saturating_sub(last.at) > LIMIT {
                return Err(Error::Conflict(
                    "it is too late to take this back: that goes for ten seconds".into(),
                ));
            }
            if kept::acted_since(tx, id, last.seq)? {
                return Err(Error::Conflict(
                    "something has happened in this session since, so it cannot be taken back"
                        .into(),
                ));
            }
            put_back(tx, &caller, id, &last)?;
            kept::forget(tx, id, caller.user)?;
            // Who lost the right to it meanwhile takes nothing back.
            see(tx, &caller, id)
        })
        .await
}

fn put_back(tx: &mut Tx<'_>, caller: &Caller, id: SessionId, last: &Kept) -> Result<()> {
    let until_now = store::audience(tx, id)?;
    let change = match last.operation {
        Undoable::Archived | Undoable::Removed => SessionChange::List,
        Undoable::Ended => {
            if !store::reopen(tx, id, last.before.waiting_since)? {
                return Err(Error::Conflict(
                    "the customer has written since, and that opened a new session".into(),
                ));
            }
            store::recount_failed(tx, id)?;
            kept::put_parts_back(tx, id, &last.before)?;
            SessionChange::Other
        }
        Undoable::PickedUp | Undoable::TakenOver | Undoable::Transferred => {
            store::assign(tx, id, last.before.owner, last.before.queue)?;
            waiting::put_back(tx, id, last.before.waiting_since)?;
            kept::put_parts_back(tx, id, &last.before)?;
            if last.operation == Undoable::Transferred {
                mentions::unfollow(tx, id, caller.user)?;
            }
            SessionChange::Assigned
        }
    };
    kept::put_list_back(tx, id, caller.user, &last.before)?;
    let channel = store::line(tx, id)?.channel;
    record(tx, id, channel, Some(caller), Operation::Undone { operation: last.operation })?;
    if change == SessionChange::List {
        tell_lists(tx, id, caller.user);
        return Ok(());
    }
    if let Some(owner) = last.before.owner.filter(|owner| *owner != caller.user) {
        kept::put_list_back(tx, id, owner, &last.before)?;
    }
    tell_changed(tx, id, change, Some(until_now))
}

/// Forgets what cannot be taken back any more at `now`.
pub fn drop_old(tx: &Tx<'_>, now: Time) -> Result<()> {
    kept::drop_old(tx, now.saturating_sub(LIMIT))
}
