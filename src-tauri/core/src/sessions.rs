//! What people do to sessions: look, pick up, transfer, take over, end, archive, remove.
//!
//! Every operation is allowed or refused here, in the transaction that carries it out, and writes
//! one line of the timeline. Knows no HTTP and no provider.

mod asking;
mod bulk;
mod lists;
mod timeline;
mod transcript;
mod undo;

use rusqlite::Connection;

pub use asking::ask;
pub use bulk::{BULK_LIMIT, bulk};
pub use lists::{ListChange, change_list, mark_seen, wake_due};
pub use timeline::{earlier, shared, timeline};
pub use transcript::transcript;
pub use undo::{drop_old, undo};

use crate::App;
use crate::access::{self, Caller, Holder, Sight};
use crate::error::{Error, Result};
use crate::events::{Audience, Event, SessionChange};
use crate::model::{
    AfterSending, ChannelId, ClosedBy, Destination, Operation, PickUpMode, QueueId, Session,
    SessionId, SessionStatus, Time, Undoable, UserId,
};
use crate::store::mentions::{self, Note};
use crate::store::messages::Author;
use crate::store::{Tx, marks, messages, queues, scheduled, sessions as store, users, waiting};

/// A supervisor's looks at one session within this time are one look, in milliseconds.
const LOOK: Time = 3_600_000;

impl Caller {
    /// The caller as author of a message or operation.
    pub(crate) fn author(&self) -> Author {
        Author { id: Some(self.user), name: self.name.clone() }
    }
}

/// The session as the caller sees it; those they may not see do not exist for them.
pub fn see(connection: &Connection, caller: &Caller, id: SessionId) -> Result<Session> {
    let holder = store::holder(connection, id, caller.user)?;
    match access::sight(caller, &holder) {
        Sight::Own | Sight::Mentioned | Sight::Supervising => store::get(connection, caller, id),
        Sight::None => Err(Error::NotFound("session")),
    }
}

/// The caller is about to read what was said: a look of a supervisor, or of somebody whom a note
/// named, is recorded before anything leaves. Whether they may look at all is decided by [`see`].
pub async fn look(app: &App, caller: &Caller, id: SessionId) -> Result<()> {
    if app.db().read_only().is_some() {
        return Ok(());
    }
    let asking = caller.clone();
    let now = crate::clock::now();
    let new = app.db().read(move |c| is_new_look(c, &asking, id, now)).await?;
    if !new {
        return Ok(());
    }
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            // Requests that came together are one look.
            if !is_new_look(tx, &caller, id, tx.now())? {
                return Ok(());
            }
            let channel = store::line(tx, id)?.channel;
            record(tx, id, channel, Some(&caller), Operation::Viewed)
        })
        .await
}

/// The same for what a search found in several sessions.
pub async fn look_at(app: &App, caller: &Caller, ids: Vec<SessionId>) -> Result<()> {
    if ids.is_empty() || app.db().read_only().is_some() {
        return Ok(());
    }
    let asking = caller.clone();
    let now = crate::clock::now();
    let new = app.db().read(move |connection| {
        let mut new = Vec::new();
        for id in ids {
            if is_new_look(connection, &asking, id, now)? {
                new.push(id);
            }
        }
        Ok(new)
    });
    let new = new.await?;
    if new.is_empty() {
        return Ok(());
    }
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            for id in new {
                if is_new_look(tx, &caller, id, tx.now())? {
                    let channel = store::line(tx, id)?.channel;
                    record(tx, id, channel, Some(&caller), Operation::Viewed)?;
                }
            }
            Ok(())
        })
        .await
}

/// Whether this look is at a session that is not the caller's, and the first one for a while.
fn is_new_look(connection: &Connection, caller: &Caller, id: SessionId, now: Time) -> Result<bool> {
    let holder = store::holder(connection, id, caller.user)?;
    match access::sight(caller, &holder) {
        Sight::Supervising | Sight::Mentioned => {
            Ok(!messages::was_viewed(connection, id, caller.user, now.saturating_sub(LOOK))?)
        }
        Sight::Own | Sight::None => Ok(false),
    }
}

/// Refuses whoever does not hold the session, with the name of who does if they may know it: who
/// had it until now learns to whom it went, without seeing it any more.
pub(crate) fn must_hold(
    connection: &Connection,
    caller: &Caller,
    id: SessionId,
    holder: &Holder,
) -> Result<()> {
    if access::holds(caller, holder) {
        return match holder.status {
            SessionStatus::Open => Ok(()),
            SessionStatus::Closed => Err(Error::SessionClosed),
        };
    }
    let of_my_queue = holder.queue.is_some_and(|queue| caller.queues.contains(&queue));
    let sees = access::sight(caller, holder) != Sight::None;
    let closed = holder.status == SessionStatus::Closed;
    let lost_it = !closed && marks::knew(connection, id, caller.user)?;
    if !sees && !of_my_queue && !lost_it {
        return Err(Error::NotFound("session"));
    }
    if closed {
        return Err(Error::SessionClosed);
    }
    Err(owned(connection, caller, id, holder)?)
}

/// The refusal that says who has a session; only those who may see it learn which it is.
pub(crate) fn owned(
    connection: &Connection,
    caller: &Caller,
    id: SessionId,
    holder: &Holder,
) -> Result<Error> {
    let name = store::holder_name(connection, id)?.unwrap_or_else(|| "somebody else".to_owned());
    let sees = access::sight(caller, holder) != Sight::None;
    Ok(Error::SessionOwned { name, session: sees.then_some(id), ask: id })
}

/// Writes a line of the timeline and tells it to those who may know.
pub(crate) fn record(
    tx: &mut Tx<'_>,
    id: SessionId,
    channel: ChannelId,
    caller: Option<&Caller>,
    operation: Operation,
) -> Result<()> {
    let now = tx.now();
    let entry = messages::NewRow {
        author: caller.map(Caller::author),
        operation: Some(operation),
        ..messages::NewRow::at(id, channel, now)
    };
    let (message_id, _) = messages::insert(tx, &entry, now)?;
    tell_added(tx, id, message_id, &entry)
}

/// Tells that an entry was added to a session.
pub(crate) fn tell_added(
    tx: &mut Tx<'_>,
    id: SessionId,
    message_id: crate::model::MessageId,
    entry: &messages::NewRow,
) -> Result<()> {
    let circle = store::circle(tx, id)?;
    let event = Event::MessageAdded {
        session_id: id,
        message_id,
        message_kind: entry.kind,
        direction: entry.direction,
        author_id: entry.author.as_ref().and_then(|author| author.id),
        owner_id: circle.owner,
        queue_id: circle.queue,
    };
    tx.emit(event, circle.audience);
    Ok(())
}

/// Tells that a session changed, to those who may know now and to `before`, who could until now.
pub(crate) fn tell_changed(
    tx: &mut Tx<'_>,
    id: SessionId,
    change: SessionChange,
    before: Option<Audience>,
) -> Result<()> {
    let store::Circle { owner, mut audience, .. } = store::circle(tx, id)?;
    let owner_id = match change {
        SessionChange::Assigned => owner,
        SessionChange::Opened
        | SessionChange::Closed
        | SessionChange::List
        | SessionChange::Other => None,
    };
    if let Some(before) = before {
        audience.users.extend(
            before
                .users
                .iter()
                .filter(|user| !audience.users.contains(user))
                .copied()
                .collect::<Vec<_>>(),
        );
        audience.queues.extend(
            before
                .queues
                .iter()
                .filter(|queue| !audience.queues.contains(queue))
                .copied()
                .collect::<Vec<_>>(),
        );
    }
    if change != SessionChange::List && scheduled::count(tx, id)? > 0 {
        // Who may decide over what waits is different now.
        tx.emit(Event::ScheduledChanged { session_id: id }, audience.clone());
    }
    tx.emit(Event::SessionChanged { session_id: id, change, owner_id }, audience);
    Ok(())
}

/// Tells a person's own devices that it moved in their lists.
fn tell_lists(tx: &mut Tx<'_>, session_id: SessionId, user: UserId) {
    let change = SessionChange::List;
    let event = Event::SessionChanged { session_id, change, owner_id: None };
    tx.emit(event, Audience::user(user));
}

/// Makes the caller the owner of a session that waits in one of their queues.
pub async fn pick_up(app: &App, caller: &Caller, id: SessionId) -> Result<Session> {
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let holder = store::holder(tx, id, caller.user)?;
            if holder.owner == Some(caller.user) && holder.status == SessionStatus::Open {
                return store::get(tx, &caller, id);
            }
            must_hold(tx, &caller, id, &holder)?;
            if !access::permits(&caller, &holder).pick_up {
                return Err(nobodys());
            }
            let before = undo::before(tx, id)?;
            own(tx, &caller, id, &holder)?;
            undo::keep(tx, &caller, id, Undoable::PickedUp, before)?;
            store::get(tx, &caller, id)
        })
        .await
}

/// Gives a waiting session to the caller: by Pick up, or by the first answer.
pub(crate) fn own(tx: &mut Tx<'_>, caller: &Caller, id: SessionId, holder: &Holder) -> Result<()> {
    let before = store::audience(tx, id)?;
    let from = store::holder_name(tx, id)?;
    store::assign(tx, id, Some(caller.user), holder.queue)?;
    waiting::after_change_of_hands(tx, id)?;
    marks::take_part(tx, id, caller.user)?;
    let channel = store::line(tx, id)?.channel;
    record(tx, id, channel, Some(caller), Operation::PickedUp { from })?;
    tell_changed(tx, id, SessionChange::Assigned, Some(before))
}

/// Makes a supervisor or administrator the owner, whoever has it.
pub async fn take_over(app: &App, caller: &Caller, id: SessionId) -> Result<Session> {
    caller.must_supervise()?;
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let holder = store::holder(tx, id, caller.user)?;
            must_be_open(&holder)?;
            if holder.owner == Some(caller.user) {
                return store::get(tx, &caller, id);
            }
            if holder.owner.is_none() && holder.mode == Some(PickUpMode::None) {
                return Err(nobodys());
            }
            let undoable = undo::before(tx, id)?;
            let before = store::audience(tx, id)?;
            let from = store::holder_name(tx, id)?;
            store::assign(tx, id, Some(caller.user), holder.queue)?;
            marks::wake_all(tx, id)?;
            if let Some(owner) = holder.owner {
                marks::leave(tx, id, owner)?;
            }
            marks::take_part(tx, id, caller.user)?;
            let channel = store::line(tx, id)?.channel;
            record(tx, id, channel, Some(&caller), Operation::TakenOver { from })?;
            tell_changed(tx, id, SessionChange::Assigned, Some(before))?;
            undo::keep(tx, &caller, id, Undoable::TakenOver, undoable)?;
            store::get(tx, &caller, id)
        })
        .await
}

/// Why a session of a queue that everybody answers in is never owned.
fn nobodys() -> Error {
    Error::Conflict(
        "sessions of this queue are shared and nobody owns them: transfer it to give it to one person"
            .to_owned(),
    )
}

fn must_be_open(holder: &Holder) -> Result<()> {
    match holder.status {
        SessionStatus::Open => Ok(()),
        SessionStatus::Closed => Err(Error::SessionClosed),
    }
}

/// To whom a session is given, and what goes along.
#[derive(Debug, Clone)]
pub struct Given {
    /// A colleague or a queue.
    pub to: Destination,
    /// A note that goes along.
    pub note: Option<String>,
    /// Whether the giver reads on, as if a note had named them.
    pub follow: bool,
}

/// Gives a session to a colleague or a queue, with its whole history.
pub async fn transfer(app: &App, caller: &Caller, id: SessionId, given: Given) -> Result<()> {
    let Given { to, note, follow } = given;
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let holder = store::holder(tx, id, caller.user)?;
            if !access::permits(&caller, &holder).transfer {
                must_hold(tx, &caller, id, &holder)?;
            }
            must_be_open(&holder)?;
            let undoable = undo::before(tx, id)?;
            let before = store::audience(tx, id)?;
            let from = store::holder_name(tx, id)?;
            let channel = store::line(tx, id)?.channel;
            if let Some(text) = note.filter(|text| !text.trim().is_empty()) {
                crate::messages::add_note(tx, &caller, id, channel, text)?;
            }
            let (name, owner, queue) = receiver(tx, to)?;
            if let Some(owner) = holder.owner {
                marks::leave(tx, id, owner)?;
            }
            marks::leave(tx, id, caller.user)?;
            store::assign(tx, id, owner, queue)?;
            waiting::after_change_of_hands(tx, id)?;
            marks::wake_all(tx, id)?;
            if let Some(owner) = owner {
                marks::take_part(tx, id, owner)?;
            }
            record(tx, id, channel, Some(&caller), Operation::Transferred { from, to: name })?;
            mentions::unfollow(tx, id, caller.user)?;
            if follow && owner != Some(caller.user) && !caller.supervises() {
                follow_on(tx, &caller, id, channel)?;
            }
            undo::keep(tx, &caller, id, Undoable::Transferred, undoable)?;
            tell_changed(tx, id, SessionChange::Assigned, Some(before))?;
            crate::alerts::given(tx, &caller, id, owner, queue)
        })
        .await
}

/// The giver reads on and writes notes, and a line of the timeline says so.
fn follow_on(tx: &mut Tx<'_>, caller: &Caller, id: SessionId, channel: ChannelId) -> Result<()> {
    let seq = messages::last_seq(tx, id)?;
    let by = caller.author();
    mentions::follow(tx, caller.user, &Note { session: id, seq, by: &by, at: tx.now() })?;
    record(tx, id, channel, Some(caller), Operation::Follows)?;
    marks::see(tx, id, caller.user, messages::last_seq(tx, id)?)
}

/// Name, owner and queue that a transfer leads to.
fn receiver(tx: &Tx<'_>, to: Destination) -> Result<(String, Option<UserId>, Option<QueueId>)> {
    match to {
        Destination::User { id } => {
            let user = users::get(tx, id, tx.now())
                .map_err(|_| Error::field("to", "There is no such colleague."))?;
            if user.disabled {
                return Err(Error::field("to", "This colleague cannot sign in any more."));
            }
            Ok((user.name, Some(id), None))
        }
        Destination::Queue { id } => {
            let queue =
                queues::get(tx, id).map_err(|_| Error::field("to", "There is no such queue."))?;
            Ok((queue.name, None, Some(id)))
        }
    }
}

/// Ends a session that the caller holds. The customer's next message opens a new one.
pub async fn end(app: &App, caller: &Caller, id: SessionId) -> Result<Session> {
    let caller = caller.clone();
    let ended = app
        .db()
        .write(move |tx| {
            let holder = store::holder(tx, id, caller.user)?;
            must_hold(tx, &caller, id, &holder)?;
            let before = undo::before(tx, id)?;
            close(tx, id, Some(&caller), ClosedBy::Agent)?;
            undo::keep(tx, &caller, id, Undoable::Ended, before)?;
            store::get(tx, &caller, id)
        })
        .await?;
    // A live chat says goodbye, at once.
    app.wake_outbox();
    Ok(ended)
}

/// What becomes of a session with a message of the caller that was just taken.
pub(crate) fn after_sending(
    tx: &mut Tx<'_>,
    caller: &Caller,
    id: SessionId,
    after: AfterSending,
) -> Result<()> {
    match after {
        AfterSending::Archive => {
            marks::archive(tx, id, caller.user)?;
            let channel = store::line(tx, id)?.channel;
            record(tx, id, channel, Some(caller), Operation::Archived)?;
            tell_lists(tx, id, caller.user);
            Ok(())
        }
        AfterSending::End => {
            let holder = store::holder(tx, id, caller.user)?;
            must_hold(tx, caller, id, &holder)?;
            let before = undo::before(tx, id)?;
            close(tx, id, Some(caller), ClosedBy::Agent)?;
            undo::keep(tx, caller, id, Undoable::Ended, before)
        }
    }
}

/// Ends a session and moves it to the archive of all who saw it; who removed it from their lists
/// does not get it back.
pub(crate) fn close(
    tx: &mut Tx<'_>,
    id: SessionId,
    caller: Option<&Caller>,
    by: ClosedBy,
) -> Result<()> {
    crate::chat::calls::with_session(tx, id, by)?;
    crate::chat::ending::say_goodbye(tx, id, by)?;
    let circle = store::circle(tx, id)?;
    if let Some(owner) = circle.owner {
        marks::keep_part(tx, id, owner)?;
    }
    if let Some(queue) = circle.queue {
        for user in queues::agents(tx, queue)? {
            marks::keep_part(tx, id, user)?;
        }
    }
    if let Some(caller) = caller {
        marks::keep_part(tx, id, caller.user)?;
    }
    let now = tx.now();
    store::close(tx, id, by, now)?;
    marks::wake_all(tx, id)?;
    let channel = store::line(tx, id)?.channel;
    record(tx, id, channel, caller, Operation::Ended { by })?;
    tell_changed(tx, id, SessionChange::Closed, None)
}
