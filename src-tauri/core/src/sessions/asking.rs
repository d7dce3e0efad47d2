//! Asking whoever has a session for it (rules §2.8). Who may ask is who was told who has it: they
//! could write to this customer from this number, wait in its queue, or had it before.

use crate::App;
use crate::access::{self, Caller, Holder};
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::model::{MessageKind, Operation, Presence, SessionId, SessionStatus, Time, UserId};
use crate::store::messages::{self, NewRow};
use crate::store::{Tx, marks, numbers, sessions as store, users};

use super::tell_added;

/// Nobody asks for the same session more often than this, in milliseconds.
const PAUSE: Time = 60_000;

/// Asks for a session that somebody else has, with a sentence for them. It stands in the thread as
/// a note; whoever has it is told, and supervisors are when that person is not there.
pub async fn ask(app: &App, caller: &Caller, id: SessionId, text: String) -> Result<()> {
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let holder = store::holder(tx, id, caller.user)?;
            if !may_ask(tx, &caller, id, &holder)? {
                return Err(Error::NotFound("session"));
            }
            if holder.status == SessionStatus::Closed {
                return Err(Error::SessionClosed);
            }
            if access::holds(&caller, &holder) {
                return Err(Error::Conflict("it is yours already: you can answer".into()));
            }
            if messages::asked_since(tx, id, caller.user, tx.now().saturating_sub(PAUSE))? {
                return Err(Error::Conflict(
                    "you have just asked for it: give them a minute".into(),
                ));
            }
            let now = tx.now();
            let entry = NewRow {
                kind: MessageKind::Note,
                author: Some(caller.author()),
                text,
                operation: Some(Operation::Asked),
                ..NewRow::at(id, store::line(tx, id)?.channel, now)
            };
            let (message_id, _) = messages::insert(tx, &entry, now)?;
            tell_added(tx, id, message_id, &entry)?;
            let audience = who_decides(tx, &holder, now)?;
            let event = Event::TransferAsked { session_id: id, message_id, user_id: caller.user };
            tx.emit(event, audience);
            Ok(())
        })
        .await
}

fn may_ask(tx: &Tx<'_>, caller: &Caller, id: SessionId, holder: &Holder) -> Result<bool> {
    let of_my_queue = holder.queue.is_some_and(|queue| caller.queues.contains(&queue));
    Ok(of_my_queue
        || access::sight(caller, holder) != access::Sight::None
        || marks::knew(tx, id, caller.user)?
        || numbers::may_start(tx, store::number(tx, id)?, caller.user)?)
}

/// The owner, if they are there; else the supervisors. What waits is for its agents to give.
fn who_decides(tx: &Tx<'_>, holder: &Holder, now: Time) -> Result<Audience> {
    let Some(owner) = holder.owner else {
        return Ok(Audience { queues: holder.queue.into_iter().collect(), ..Audience::default() });
    };
    let there = is_there(tx, owner, now)?;
    Ok(Audience { supervisors: !there, users: vec![owner], ..Audience::default() })
}

fn is_there(tx: &Tx<'_>, user: UserId, now: Time) -> Result<bool> {
    let presence = users::presence(tx, user, now)?;
    Ok(matches!(presence, Some(Presence::Available | Presence::DoNotDisturb)))
}
