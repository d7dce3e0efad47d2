//! What people do with messages: write, note, retry, decide, take back.
//!
//! A message is on disk before anyone is told that it is queued; the client's key makes double
//! clicks, retries and crashes collapse to one. Knows no provider: the outbox does the sending.

use rusqlite::Connection;

use crate::App;
use crate::access::{self, Caller, Sight};
use crate::connections::Live;
use crate::error::{Error, Result};
use crate::events::Event;
use crate::model::{
    AfterSending, ChannelId, Direction, FileId, Message, MessageId, MessageKind, MessageState,
    NewMessage, Operation, PickUpMode, SessionId, Time,
};
use crate::store::messages::{self as store, NewRow};
use crate::store::{Tx, files, marks, outbox, scheduled, sessions};
use crate::{content, drafts, later, mentions, optouts};

/// A message and whether it was there before.
#[derive(Debug)]
pub struct Queued {
    /// The message.
    pub message: Message,
    /// `false`: the client's key was known, and this is what it stood for.
    pub new: bool,
}

/// Queues a message of the caller, or keeps a note.
pub async fn send(app: &App, caller: &Caller, id: SessionId, new: NewMessage) -> Result<Queued> {
    check_key(&new.client_key)?;
    let asking = caller.clone();
    let app_in = app.clone();
    let queued = app
        .db()
        .write(move |tx| {
            if let Some(message) = same_key(tx, &asking, &new.client_key)? {
                if message.session_id != id {
                    return Err(key_taken());
                }
                return Ok(Queued { message, new: false });
            }
            check_combination(tx, id, &new)?;
            let message = if new.note {
                note(tx, &asking, id, &new)?
            } else if let Some(send_at) = new.send_at {
                later::schedule(tx, &app_in, &asking, id, (&new, send_at))?
            } else {
                answer(tx, &app_in, &asking, id, &new)?
            };
            drafts::sent(tx, &asking, id, &new)?;
            if let Some(after) = new.then {
                crate::sessions::after_sending(tx, &asking, id, after)?;
            }
            Ok(Queued { message: get(tx, &asking, message)?, new: true })
        })
        .await?;
    app.wake_outbox();
    Ok(queued)
}

/// The message that this key stands for, if it does.
pub(crate) fn same_key(tx: &Tx<'_>, caller: &Caller, key: &str) -> Result<Option<Message>> {
    let known = match store::of_client_key(tx, key)? {
        Some(message) => Some(message),
        None => scheduled::of_client_key(tx, key)?,
    };
    let Some(message) = known else { return Ok(None) };
    if message.author_id != Some(caller.user) {
        return Err(key_taken());
    }
    later::seen(tx, caller, message).map(Some)
}

/// An entry of a thread, or a message that waits for its time, as the caller sees it.
fn get(connection: &Connection, caller: &Caller, id: MessageId) -> Result<Message> {
    match scheduled::find(connection, id)? {
        Some(message) => later::seen(connection, caller, message),
        None => store::get(connection, id),
    }
}

/// Refuses what contradicts itself, and quotes of what the session does not have.
fn check_combination(tx: &Tx<'_>, id: SessionId, new: &NewMessage) -> Result<()> {
    if new.note && new.send_at.is_some() {
        return Err(Error::field("send_at", "A note is kept at once; only messages can wait."));
    }
    if new.unless_answered && new.send_at.is_none() {
        return Err(Error::field("unless_answered", "Only a scheduled message can give way."));
    }
    if new.send_at.is_some() && new.then == Some(AfterSending::End) {
        return Err(Error::field("then", "A session that ends takes no message later."));
    }
    match new.reply_to {
        Some(quoted) if !store::is_of(tx, quoted, id)? => {
            Err(Error::field("reply_to", "The message you quote is not in this session."))
        }
        Some(_) | None => Ok(()),
    }
}

pub(crate) fn key_taken() -> Error {
    Error::Conflict("this client key belongs to another message: send it under a new one".into())
}

pub(crate) fn check_key(key: &str) -> Result<()> {
    let fits = (8..=64).contains(&key.len())
        && key.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.:".contains(letter));
    if fits {
        Ok(())
    } else {
        Err(Error::field("client_key", "Use 8 to 64 letters, digits and - _ . : characters."))
    }
}

fn note(tx: &mut Tx<'_>, caller: &Caller, id: SessionId, new: &NewMessage) -> Result<MessageId> {
    let holder = sessions::holder(tx, id, caller.user)?;
    if access::sight(caller, &holder) == Sight::None {
        return Err(Error::NotFound("session"));
    }
    if new.text.trim().is_empty() && new.file_ids.is_empty() {
        return Err(Error::field("text", "Write something first."));
    }
    let channel = sessions::line(tx, id)?.channel;
    content::check_files(tx, caller, &new.file_ids)?;
    let named = mentions::named(tx, caller, id, &holder, &new.mentions)?;
    let entry = NewRow {
        client_key: Some(new.client_key.clone()),
        reply_to: new.reply_to,
        ..note_of(caller, id, channel, new.text.clone(), tx.now())
    };
    let note = keep_note(tx, &entry)?;
    files::attach(tx, note, &new.file_ids)?;
    mentions::tell(tx, caller, note, channel, &named)?;
    Ok(note)
}

/// Adds a note that only the team sees.
pub(crate) fn add_note(
    tx: &mut Tx<'_>,
    caller: &Caller,
    id: SessionId,
    channel: ChannelId,
    text: String,
) -> Result<MessageId> {
    let entry = note_of(caller, id, channel, text, tx.now());
    keep_note(tx, &entry)
}

fn note_of(caller: &Caller, id: SessionId, channel: ChannelId, text: String, now: Time) -> NewRow {
    NewRow {
        kind: MessageKind::Note,
        author: Some(caller.author()),
        text,
        ..NewRow::at(id, channel, now)
    }
}

fn keep_note(tx: &mut Tx<'_>, entry: &NewRow) -> Result<MessageId> {
    let (message_id, _) = store::insert(tx, entry, tx.now())?;
    crate::sessions::tell_added(tx, entry.session, message_id, entry)?;
    Ok(message_id)
}

fn answer(
    tx: &mut Tx<'_>,
    app: &App,
    caller: &Caller,
    id: SessionId,
    new: &NewMessage,
) -> Result<MessageId> {
    let holder = sessions::holder(tx, id, caller.user)?;
    crate::sessions::must_hold(tx, caller, id, &holder)?;
    if !new.mentions.is_empty() {
        return Err(Error::field(
            "mentions",
            "Name colleagues in a note: customers see an answer.",
        ));
    }
    if let Some(seen) = new.after_seq {
        must_be_current(tx, caller, id, seen)?;
    }
    let line = sessions::line(tx, id)?;
    let channel = live(app, line.channel)?;
    if holder.owner.is_none() && holder.mode == Some(PickUpMode::Auto) {
        crate::sessions::own(tx, caller, id, &holder)?;
    }
    let said = Said {
        client_key: &new.client_key,
        text: &new.text,
        file_ids: &new.file_ids,
        reply_to: new.reply_to,
    };
    queue(tx, caller, &channel, id, &said)
}

/// Refuses an answer whose author had not seen what a colleague answered meanwhile.
fn must_be_current(tx: &Tx<'_>, caller: &Caller, id: SessionId, seen: i64) -> Result<()> {
    let messages = store::answered_since(tx, id, caller.user, seen)?;
    match messages.last().and_then(|last| last.author_name.clone()) {
        Some(name) => Err(Error::NewerArrived { name, messages }),
        None => Ok(()),
    }
}

/// What is said in a message.
pub(crate) struct Said<'a> {
    /// The client's id for it.
    pub(crate) client_key: &'a str,
    /// The text.
    pub(crate) text: &'a str,
    /// Its files.
    pub(crate) file_ids: &'a [FileId],
    /// The message that it answers.
    pub(crate) reply_to: Option<MessageId>,
}

/// The channel, if it is switched on.
pub(crate) fn live(app: &App, channel: ChannelId) -> Result<std::sync::Arc<Live>> {
    app.connections().get(channel).ok_or_else(|| {
        Error::Conflict(
            "this channel is switched off: switch it on under Settings, Channels".into(),
        )
    })
}

/// Puts a message into the outbox.
pub(crate) fn queue(
    tx: &mut Tx<'_>,
    caller: &Caller,
    live: &Live,
    id: SessionId,
    new: &Said<'_>,
) -> Result<MessageId> {
    let Said { client_key, text, file_ids, reply_to } = *new;
    crate::contacts::must_not_be_blocked(tx, id)?;
    optouts::must_not_be_opted_out(tx, id)?;
    let text = match (&live.file_text, text.trim().is_empty()) {
        (Some(accompanying), true) if !file_ids.is_empty() => accompanying.clone(),
        _ => text.to_owned(),
    };
    content::check(tx, caller, live, &text, file_ids)?;
    let now = tx.now();
    let entry = NewRow {
        kind: MessageKind::Message,
        direction: Direction::Out,
        author: Some(caller.author()),
        text,
        state: MessageState::Queued,
        client_key: Some(client_key.to_owned()),
        reply_to,
        ..NewRow::at(id, live.id, now)
    };
    let (message_id, seq) = store::insert(tx, &entry, now)?;
    files::attach(tx, message_id, file_ids)?;
    let preview = store::preview(&entry.text, file_ids.len());
    let said = sessions::Said {
        direction: Direction::Out,
        author: Some(&caller.name),
        preview: &preview,
        at: now,
    };
    sessions::note_said(tx, id, &said)?;
    marks::take_part(tx, id, caller.user)?;
    marks::see(tx, id, caller.user, seq)?;
    crate::sessions::tell_added(tx, id, message_id, &entry)?;
    metrics::counter!("deskbell_messages_queued_total").increment(1);
    Ok(message_id)
}

/// Sends a failed message again.
pub async fn retry(app: &App, caller: &Caller, id: MessageId) -> Result<Message> {
    let asking = caller.clone();
    // Who holds it comes first: whoever only reads along hears that, whatever the message's state.
    app.db()
        .read(move |connection| {
            let session = see(connection, &asking, id)?.session_id;
            let holder = sessions::holder(connection, session, asking.user)?;
            crate::sessions::must_hold(connection, &asking, session, &holder)
        })
        .await?;
    change(
        app,
        caller,
        id,
        MessageState::Failed,
        "only a failed message can be sent again",
        |tx, caller, message| {
            must_answer(tx, caller, message.session_id)?;
            must_be_wanted(tx, message)?;
            outbox::requeue(tx, message.id, tx.now())?;
            tell_done(tx, caller, message, MessageState::Queued, Operation::Retried)
        },
    )
    .await
}

/// Decides what became of an uncertain message: it arrived, or it is sent again.
pub async fn resolve(app: &App, caller: &Caller, id: MessageId, arrived: bool) -> Result<Message> {
    change(
        app,
        caller,
        id,
        MessageState::Uncertain,
        "this message is not uncertain (any more)",
        move |tx, caller, message| {
            let session = message.session_id;
            let next = if arrived { MessageState::Sent } else { MessageState::Queued };
            if arrived {
                crate::sessions::see(tx, caller, session)?;
                store::set_state(tx, message.id, MessageState::Sent, None, tx.now())?;
            } else {
                must_answer(tx, caller, session)?;
                must_be_wanted(tx, message)?;
                outbox::requeue(tx, message.id, tx.now())?;
            }
            tell_done(tx, caller, message, next, Operation::Resolved { arrived })
        },
    )
    .await
}

/// Takes back a message that has not left, or waits for its time.
pub async fn cancel(app: &App, caller: &Caller, id: MessageId) -> Result<Message> {
    let asking = caller.clone();
    let taken = app
        .db()
        .write(move |tx| match scheduled::find(tx, id)? {
            Some(_) => later::take_back(tx, &asking, id).map(Some),
            None => Ok(None),
        })
        .await?;
    if let Some(message) = taken {
        return Ok(message);
    }
    change(app, caller, id, MessageState::Queued, "it has left already", |tx, caller, message| {
        must_answer(tx, caller, message.session_id)?;
        store::set_state(tx, message.id, MessageState::Cancelled, None, tx.now())?;
        tell_done(tx, caller, message, MessageState::Cancelled, Operation::Cancelled)
    })
    .await
}

/// Writes what a person decided about a message into the timeline, and tells its new state.
fn tell_done(
    tx: &mut Tx<'_>,
    caller: &Caller,
    message: &Message,
    next: MessageState,
    operation: Operation,
) -> Result<()> {
    let session = message.session_id;
    let channel = sessions::line(tx, session)?.channel;
    crate::sessions::record(tx, session, channel, Some(caller), operation)?;
    crate::outbox::tell_state(tx, session, message.id, message.state, next)
}

/// Refuses to send again to a contact who is blocked, and to a customer who opted out; an automatic
/// answer says just that to them.
fn must_be_wanted(tx: &Tx<'_>, message: &Message) -> Result<()> {
    crate::contacts::must_not_be_blocked(tx, message.session_id)?;
    if message.automatic {
        return Ok(());
    }
    optouts::must_not_be_opted_out(tx, message.session_id)
}

fn must_answer(tx: &Tx<'_>, caller: &Caller, id: SessionId) -> Result<()> {
    let holder = sessions::holder(tx, id, caller.user)?;
    crate::sessions::must_hold(tx, caller, id, &holder)
}

/// Changes a message that must be in one state, in one transaction.
async fn change<F>(
    app: &App,
    caller: &Caller,
    id: MessageId,
    wanted: MessageState,
    otherwise: &'static str,
    act: F,
) -> Result<Message>
where
    F: FnOnce(&mut Tx<'_>, &Caller, &Message) -> Result<()> + Send + 'static,
{
    let caller = caller.clone();
    let message = app
        .db()
        .write(move |tx| {
            let message = see(tx, &caller, id)?;
            if message.state != wanted || message.direction != Direction::Out {
                return Err(Error::Conflict(otherwise.to_owned()));
            }
            act(tx, &caller, &message)?;
            store::get(tx, id)
        })
        .await?;
    app.wake_outbox();
    Ok(message)
}

/// The message, if the caller may see its session.
pub fn see(connection: &Connection, caller: &Caller, id: MessageId) -> Result<Message> {
    let message = get(connection, caller, id)?;
    crate::sessions::see(connection, caller, message.session_id)
        .map_err(|_| Error::NotFound("message"))?;
    Ok(message)
}

/// Tells that a message looks different.
pub(crate) fn tell_changed(tx: &mut Tx<'_>, session: SessionId, message: MessageId) -> Result<()> {
    let audience = sessions::audience(tx, session)?;
    tx.emit(Event::MessageChanged { session_id: session, message_id: message }, audience);
    Ok(())
}
