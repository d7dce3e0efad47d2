//! What people do to their own lists: archive, remove, snooze, mute, read. Nobody else's change.

use crate::App;
use crate::access::Caller;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::model::{Operation, Session, SessionId, Time, Undoable};
use crate::store::{Tx, marks, messages, sessions as store};

use super::{must_hold, record, see, tell_lists, undo};

/// How far ahead a snooze may reach, in milliseconds.
const FAR: Time = 366 * store::DAY;
/// Snoozes that wake in one transaction.
const AT_ONCE: u32 = 200;

/// Something a user does to their own lists only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListChange {
    /// Put it into the archive.
    Archive,
    /// Take it out of the archive.
    Unarchive,
    /// Hide it.
    Remove,
    /// Put it aside until a moment; `None`: until the customer writes.
    Snooze(Option<Time>),
    /// End the snooze.
    Wake,
    /// Make it quiet.
    Mute,
    /// Let it be heard again.
    Unmute,
    /// Mark it as unread.
    MarkUnread,
}

/// Changes the caller's own lists.
pub async fn change_list(
    app: &App,
    caller: &Caller,
    id: SessionId,
    change: ListChange,
) -> Result<Session> {
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let session = see(tx, &caller, id)?;
            let before = undo::before(tx, id)?;
            let operation = apply(tx, &caller, id, change)?;
            record(tx, id, session.channel_id, Some(&caller), operation)?;
            if let Some(undoable) = undoable(change) {
                undo::keep(tx, &caller, id, undoable, before)?;
            }
            tell_lists(tx, id, caller.user);
            store::get(tx, &caller, id)
        })
        .await
}

/// Carries a change out; answers how the timeline tells it.
fn apply(tx: &mut Tx<'_>, caller: &Caller, id: SessionId, change: ListChange) -> Result<Operation> {
    let user = caller.user;
    Ok(match change {
        ListChange::Archive => {
            marks::archive(tx, id, user)?;
            Operation::Archived
        }
        ListChange::Unarchive => {
            marks::unarchive(tx, id, user)?;
            Operation::Unarchived
        }
        ListChange::Remove => {
            marks::remove(tx, id, user)?;
            Operation::Removed
        }
        ListChange::Snooze(until) => {
            // Only what one's lists hold can come back into them.
            must_hold(tx, caller, id, &store::holder(tx, id, user)?)?;
            check_moment(until, tx.now())?;
            marks::snooze(tx, id, user, until)?;
            Operation::Snoozed { until }
        }
        ListChange::Wake => {
            marks::wake(tx, id, user)?;
            Operation::Woken
        }
        ListChange::Mute => {
            marks::mute(tx, id, user)?;
            Operation::Muted
        }
        ListChange::Unmute => {
            marks::unmute(tx, id, user)?;
            Operation::Unmuted
        }
        ListChange::MarkUnread => {
            marks::mark_unread(tx, id, user)?;
            Operation::MarkedUnread
        }
    })
}

fn check_moment(until: Option<Time>, now: Time) -> Result<()> {
    match until {
        Some(until) if until <= now => {
            Err(Error::field("until", "Choose a moment that is still to come."))
        }
        Some(until) if until > now.saturating_add(FAR) => {
            Err(Error::field("until", "Choose a moment within a year."))
        }
        Some(_) | None => Ok(()),
    }
}

/// What can be taken back as a whole. The others are undone by their opposite.
fn undoable(change: ListChange) -> Option<Undoable> {
    match change {
        ListChange::Archive => Some(Undoable::Archived),
        ListChange::Remove => Some(Undoable::Removed),
        ListChange::Unarchive
        | ListChange::Snooze(_)
        | ListChange::Wake
        | ListChange::Mute
        | ListChange::Unmute
        | ListChange::MarkUnread => None,
    }
}

/// The caller has seen everything up to `seq`.
pub async fn mark_seen(app: &App, caller: &Caller, id: SessionId, seq: i64) -> Result<()> {
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            see(tx, &caller, id)?;
            let seq = seq.min(messages::last_seq(tx, id)?);
            marks::see(tx, id, caller.user, seq)?;
            tell_lists(tx, id, caller.user);
            Ok(())
        })
        .await
}

/// Brings back the sessions whose snooze is over at `now`, and reminds those who snoozed them.
pub async fn wake_due(app: &App, now: Time) -> Result<()> {
    loop {
        // Looking is for a reader; the write looks again.
        if app.db().read(move |c| marks::due(c, now, 1)).await?.is_empty() {
            return Ok(());
        }
        app.db()
            .write(move |tx| {
                for (session_id, user) in marks::due(tx, now, AT_ONCE)? {
                    marks::remind(tx, session_id, user, now)?;
                    tx.emit(Event::SessionWoken { session_id }, Audience::user(user));
                }
                Ok(())
            })
            .await?;
    }
}
