//! Messages written for later: kept, changed, taken back, and put into the outbox at their time.
//!
//! What becomes of one is decided when its time has come: it leaves while its session is open,
//! whoever has it by then; it gives way to a customer who wrote first, if that was wished; in a
//! session that has ended by itself it becomes a failed message, so that somebody looks. Opt-out, channel and
//! rate are the outbox's business, as for any message. Knows no provider and no HTTP.

mod fate;
mod rights;

use std::time::Duration;

use deskbell_channels::exchange::{ErrorKind, Failure};
use rusqlite::Connection;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::access::Caller;
use crate::app::App;
use crate::clock;
use crate::error::{Error, Result};
use crate::events::{Event, Logged};
use crate::model::{
    Direction, Message, MessageId, MessageKind, MessageState, NewMessage, Operation, PickUpMode,
    ScheduledChange, ScheduledDeed, SessionId, SessionStatus, Time,
};
use crate::store::messages::{self, Author, NewRow};
use crate::store::scheduled as store;
use crate::store::{Tx, files, marks, sessions};
use crate::{content, optouts};
use fate::Fate;

/// How far ahead a message may be scheduled, in milliseconds: 366 days.
const FARTHEST: Time = 366 * 86_400_000;
/// Messages that may wait in one session.
const IN_SESSION: i64 = 50;
/// A message that leaves later than this after its time is told to be late, in milliseconds.
const LATE: Time = 15 * 60_000;
/// Messages dealt with in one transaction.
const AT_ONCE: u32 = 50;
/// Look again at least this often: clocks are set, and computers sleep.
const LOOK_AGAIN: Duration = Duration::from_secs(30);
/// Customers' messages that come together are looked at together.
const TOGETHER: Duration = Duration::from_millis(250);

/// Keeps a message of the caller for later. In a queue whose first answer takes the session, the
/// promise of one does.
pub(crate) fn schedule(
    tx: &mut Tx<'_>,
    app: &App,
    caller: &Caller,
    id: SessionId,
    (new, send_at): (&NewMessage, Time),
) -> Result<MessageId> {
    let holder = sessions::holder(tx, id, caller.user)?;
    crate::sessions::must_hold(tx, caller, id, &holder)?;
    let live = crate::messages::live(app, sessions::line(tx, id)?.channel)?;
    crate::contacts::must_not_be_blocked(tx, id)?;
    optouts::must_not_be_opted_out(tx, id)?;
    content::check(tx, caller, &live, &new.text, &new.file_ids)?;
    check_time(send_at, tx.now())?;
    if store::count(tx, id)? >= IN_SESSION {
        let message = format!("{IN_SESSION} messages wait in this session already.");
        return Err(Error::field("send_at", message));
    }
    if holder.owner.is_none() && holder.mode == Some(PickUpMode::Auto) {
        crate::sessions::own(tx, caller, id, &holder)?;
    }
    let row = store::NewRow {
        session: id,
        author: caller.author(),
        text: new.text.clone(),
        client_key: new.client_key.clone(),
        reply_to: new.reply_to,
        send_at,
        unless_answered: new.unless_answered,
        after_seq: messages::last_seq(tx, id)?,
    };
    let message = store::insert(tx, &row, tx.now())?;
    files::attach(tx, message, &new.file_ids)?;
    crate::sessions::record(tx, id, live.id, Some(caller), Operation::Scheduled { at: send_at })?;
    tell(tx, id)?;
    Ok(message)
}

fn check_time(send_at: Time, now: Time) -> Result<()> {
    if send_at <= now {
        return Err(Error::field("send_at", "Choose a time that is still to come."));
    }
    if send_at > now + FARTHEST {
        return Err(Error::field("send_at", "Choose a time within a year from now."));
    }
    Ok(())
}

/// Tells that what waits in a session is different.
fn tell(tx: &mut Tx<'_>, session_id: SessionId) -> Result<()> {
    let audience = sessions::audience(tx, session_id)?;
    tx.emit(Event::ScheduledChanged { session_id }, audience);
    Ok(())
}

/// What waits in a session that the caller may see.
pub async fn list(app: &App, caller: &Caller, id: SessionId) -> Result<Vec<Message>> {
    crate::sessions::look(app, caller, id).await?;
    let caller = caller.clone();
    app.db()
        .read(move |connection| {
            crate::sessions::see(connection, &caller, id)?;
            waiting(connection, &caller, id)
        })
        .await
}

/// What waits in a session, and what the caller may do with it. Whether they may see it is decided
/// elsewhere.
pub(crate) fn waiting(
    connection: &Connection,
    caller: &Caller,
    id: SessionId,
) -> Result<Vec<Message>> {
    let holder = sessions::holder(connection, id, caller.user)?;
    let found = store::of_session(connection, id)?;
    Ok(found
        .into_iter()
        .map(|message| Message {
            may: rights::deeds(caller, &holder, message.author_id),
            ..message
        })
        .collect())
}

/// A message as the caller sees it: one that waits says what they may do with it.
pub(crate) fn seen(connection: &Connection, caller: &Caller, message: Message) -> Result<Message> {
    if message.state != MessageState::Scheduled {
        return Ok(message);
    }
    let holder = sessions::holder(connection, message.session_id, caller.user)?;
    Ok(Message { may: rights::deeds(caller, &holder, message.author_id), ..message })
}

/// The scheduled message, as the caller sees it; refused if they do not.
fn found(tx: &Tx<'_>, caller: &Caller, id: MessageId, deed: ScheduledDeed) -> Result<Message> {
    let Some(message) = store::find(tx, id)? else {
        let session = crate::messages::see(tx, caller, id)?.session_id;
        if matches!(deed, ScheduledDeed::Reword | ScheduledDeed::SendNow) {
            // Whoever only reads along hears that, whatever the message's state.
            let holder = sessions::holder(tx, session, caller.user)?;
            crate::sessions::must_hold(tx, caller, session, &holder)?;
        }
        return Err(Error::Conflict("this message does not wait for its time (any more)".into()));
    };
    crate::sessions::see(tx, caller, message.session_id).map_err(|_| Error::NotFound("message"))?;
    seen(tx, caller, message)
}

/// Refuses whoever may not do this with the message.
fn must_be_permitted(
    tx: &Tx<'_>,
    caller: &Caller,
    message: &Message,
    deed: ScheduledDeed,
) -> Result<()> {
    if message.may.contains(&deed) {
        return Ok(());
    }
    let session = message.session_id;
    let holder = sessions::holder(tx, session, caller.user)?;
    let moves_ended = deed == ScheduledDeed::Move && holder.status == SessionStatus::Closed;
    if moves_ended || matches!(deed, ScheduledDeed::Reword | ScheduledDeed::SendNow) {
        // Who has the session, or that it ended, is the reason.
        crate::sessions::must_hold(tx, caller, session, &holder)?;
    }
    Err(Error::Forbidden(
        "only who has the session, the author or a supervisor may decide over this message",
    ))
}

/// Gives a scheduled message another time, other words or another condition.
pub async fn change(
    app: &App,
    caller: &Caller,
    id: MessageId,
    wish: ScheduledChange,
) -> Result<Message> {
    let (caller, app_in) = (caller.clone(), app.clone());
    app.db().write(move |tx| change_in(tx, &app_in, &caller, id, &wish)).await
}

fn change_in(
    tx: &mut Tx<'_>,
    app: &App,
    caller: &Caller,
    id: MessageId,
    wish: &ScheduledChange,
) -> Result<Message> {
    let deed = if wish.text.is_some() { ScheduledDeed::Reword } else { ScheduledDeed::Move };
    let message = found(tx, caller, id, deed)?;
    let session = message.session_id;
    let channel = sessions::line(tx, session)?.channel;
    let text = wish.text.clone().unwrap_or_else(|| message.text.clone());
    let before = message.due_at.unwrap_or_default();
    let send_at = wish.send_at.unwrap_or(before);
    let unless_answered = wish.unless_answered.unwrap_or(message.unless_answered);
    let moved = send_at != before || unless_answered != message.unless_answered;
    // A wish that changes nothing is judged as well.
    if moved || text == message.text {
        must_be_permitted(tx, caller, &message, ScheduledDeed::Move)?;
    }
    if text != message.text {
        must_be_permitted(tx, caller, &message, ScheduledDeed::Reword)?;
        let live = crate::messages::live(app, channel)?;
        content::check_text(&live, &text, message.files.len())?;
    }
    if send_at != before {
        check_time(send_at, tx.now())?;
    }
    store::update(tx, id, &text, send_at, unless_answered)?;
    if text != message.text {
        crate::sessions::record(tx, session, channel, Some(caller), Operation::Reworded)?;
    }
    if send_at != before {
        let operation = Operation::Rescheduled { at: send_at };
        crate::sessions::record(tx, session, channel, Some(caller), operation)?;
    }
    tell(tx, session)?;
    seen(tx, caller, store::get(tx, id)?)
}

/// Sends a scheduled message at once.
pub async fn send_now(app: &App, caller: &Caller, id: MessageId) -> Result<Message> {
    let caller = caller.clone();
    let message = app
        .db()
        .write(move |tx| {
            let message = found(tx, &caller, id, ScheduledDeed::SendNow)?;
            let session = message.session_id;
            must_be_permitted(tx, &caller, &message, ScheduledDeed::SendNow)?;
            crate::contacts::must_not_be_blocked(tx, session)?;
            optouts::must_not_be_opted_out(tx, session)?;
            let holder = sessions::holder(tx, session, caller.user)?;
            if holder.owner.is_none() && holder.mode == Some(PickUpMode::Auto) {
                crate::sessions::own(tx, &caller, session, &holder)?;
            }
            let channel = sessions::line(tx, session)?.channel;
            let operation = Operation::SentEarly;
            crate::sessions::record(tx, session, channel, Some(&caller), operation)?;
            leave(tx, message)?;
            messages::get(tx, id)
        })
        .await?;
    app.wake_outbox();
    Ok(message)
}

/// Takes a scheduled message back; what it was is answered.
pub(crate) fn take_back(tx: &mut Tx<'_>, caller: &Caller, id: MessageId) -> Result<Message> {
    let message = found(tx, caller, id, ScheduledDeed::TakeBack)?;
    must_be_permitted(tx, caller, &message, ScheduledDeed::TakeBack)?;
    drop_it(tx, &message, Some(caller))?;
    Ok(Message { state: MessageState::Cancelled, due_at: None, may: Vec::new(), ..message })
}

/// It will not leave: a person took it back, or (`None`) the customer wrote first.
fn drop_it(tx: &mut Tx<'_>, message: &Message, caller: Option<&Caller>) -> Result<()> {
    let session = message.session_id;
    let channel = sessions::line(tx, session)?.channel;
    store::forget(tx, message.id)?;
    let operation = Operation::Unscheduled { answered: caller.is_none() };
    crate::sessions::record(tx, session, channel, caller, operation)?;
    tell(tx, session)
}

/// A scheduled message becomes an entry of its thread, queued, in the author's name.
fn leave(tx: &mut Tx<'_>, message: Message) -> Result<()> {
    let (session, now, author) = (message.session_id, tx.now(), message.author_id);
    let files = message.files.len();
    let entry = entry(tx, message)?;
    let (id, _) = messages::insert(tx, &entry, now)?;
    let preview = messages::preview(&entry.text, files);
    let said = sessions::Said {
        direction: Direction::Out,
        author: entry.author.as_ref().map(|author| author.name.as_str()),
        preview: &preview,
        at: now,
    };
    sessions::note_said(tx, session, &said)?;
    if let Some(author) = author {
        marks::keep_part(tx, session, author)?;
    }
    crate::sessions::tell_added(tx, session, id, &entry)?;
    metrics::counter!("deskbell_messages_queued_total").increment(1);
    tell(tx, session)
}

/// What a scheduled message is in its thread; it waits no more.
fn entry(tx: &Tx<'_>, message: Message) -> Result<NewRow> {
    store::take(tx, message.id)?;
    let channel = sessions::line(tx, message.session_id)?.channel;
    Ok(NewRow {
        id: message.id,
        kind: MessageKind::Message,
        direction: Direction::Out,
        author: Some(Author {
            id: message.author_id,
            name: message.author_name.unwrap_or_default(),
        }),
        text: message.text,
        state: MessageState::Queued,
        client_key: message.client_key,
        reply_to: message.reply_to.map(|quoted| quoted.id),
        ..NewRow::at(message.session_id, channel, tx.now())
    })
}

/// Its session has ended: it stands in the thread as failed, so that somebody looks.
fn fail(tx: &mut Tx<'_>, message: Message) -> Result<()> {
    let (session, now) = (message.session_id, tx.now());
    let entry = entry(tx, message)?;
    let (id, _) = messages::insert(tx, &entry, now)?;
    let text = "the session ended before this was to leave: write in a new one".to_owned();
    let failure = Failure::new(ErrorKind::Other, None, Some(text));
    messages::set_state(tx, id, MessageState::Failed, Some(&failure), now)?;
    sessions::note_automatic(tx, session)?;
    crate::sessions::tell_added(tx, session, id, &entry)?;
    crate::outbox::tell_state(tx, session, id, MessageState::Queued, MessageState::Failed)?;
    tell(tx, session)
}

/// Somebody decided that it is not sent: it stands in the thread as taken back.
fn lapse(tx: &mut Tx<'_>, message: Message) -> Result<()> {
    let (session, now) = (message.session_id, tx.now());
    let entry = entry(tx, message)?;
    let (id, _) = messages::insert(tx, &entry, now)?;
    messages::set_state(tx, id, MessageState::Cancelled, None, now)?;
    sessions::note_automatic(tx, session)?;
    crate::sessions::tell_added(tx, session, id, &entry)?;
    tell(tx, session)
}

/// Starts the task that lets messages go at their time.
pub fn start(app: &App) {
    let app = app.clone();
    app.tasks().clone().spawn(async move { keep(&app).await });
}

async fn keep(app: &App) {
    let mut said = app.bus().subscribe();
    loop {
        let outlook = match settle(app, clock::now()).await {
            Ok(outlook) => outlook,
            Err(error) => {
                tracing::error!(%error, "scheduled messages could not be looked at");
                store::Outlook::default()
            }
        };
        let pause = outlook.next.map_or(LOOK_AGAIN, |next| {
            let left = u64::try_from(next - clock::now()).unwrap_or(0);
            Duration::from_millis(left).clamp(TOGETHER / 10, LOOK_AGAIN)
        });
        tokio::select! {
            () = app.stopping().cancelled() => return,
            () = tokio::time::sleep(pause) => {}
            () = news(&mut said, outlook.gives_way) => {}
        }
    }
}

/// Waits for what may change when the next message leaves.
async fn news(said: &mut Receiver<std::sync::Arc<Logged>>, gives_way: bool) {
    loop {
        match said.recv().await.map(|logged| logged.event.clone()) {
            Ok(Event::ScheduledChanged { .. }) | Err(RecvError::Lagged(_)) => return,
            Ok(Event::MessageAdded { direction: Direction::In, .. }) if gives_way => {
                tokio::time::sleep(TOGETHER).await;
                return;
            }
            Ok(_) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

/// Deals with every message whose time has come at `now`.
pub async fn settle(app: &App, now: Time) -> Result<store::Outlook> {
    loop {
        // Looking is for a reader; the write looks again at those that were found.
        let found = app.db().read(move |c| store::ripe(c, now, AT_ONCE)).await?;
        if found.is_empty() {
            return app.db().read(store::outlook).await;
        }
        app.db()
            .write(move |tx| {
                for id in found {
                    settle_one(tx, id, now)?;
                }
                Ok(())
            })
            .await?;
        app.wake_outbox();
    }
}

fn settle_one(tx: &mut Tx<'_>, id: MessageId, now: Time) -> Result<()> {
    let Some(message) = store::find(tx, id)? else { return Ok(()) };
    match fate::of(&message, store::standing(tx, id)?, now) {
        Fate::Waits => Ok(()),
        Fate::GivesWay => drop_it(tx, &message, None),
        Fate::Fails => fail(tx, message),
        Fate::Lapses => lapse(tx, message),
        Fate::Leaves => {
            let (session, at) = (message.session_id, message.due_at.unwrap_or(now));
            if now - at > LATE {
                let channel = sessions::line(tx, session)?.channel;
                crate::sessions::record(tx, session, channel, None, Operation::SentLate { at })?;
            }
            leave(tx, message)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_still_to_come_and_within_a_year() {
        assert!(check_time(1_000, 1_000).is_err());
        assert!(check_time(1_001, 1_000).is_ok());
        assert!(check_time(1_001 + FARTHEST, 1_000).is_err());
    }
}
