//! The inbound path: one rightly signed webhook, one transaction, everything that follows from it.
//!
//! A repeated delivery changes nothing. What cannot be applied is kept whole under "Needs
//! attention" and can be replayed. Knows no HTTP listener and no provider's wire format.

use deskbell_channels::exchange::{Inbound, InboundMessage, Part, Received, Request};

use crate::App;
use crate::connections::Live;
use crate::error::{Error, Result};
use crate::events::{Audience, Event, SessionChange};
use crate::model::{
    ChannelId, DeliveryOutcome, Direction, MessageId, MessageKind, Number, Operation, SessionId,
};
use crate::store::identities::Known;
use crate::store::messages::NewRow;
use crate::store::optouts::Pair;
use crate::store::parts::{self, NewPart};
use crate::store::{
    Tx, channels, contacts, deliveries, files, marks, messages, numbers, sessions as store,
};
use crate::{calls, hours, optouts, receipts, routing};

/// Characters of an address at most.
const ADDRESS: usize = 64;
/// Characters of a customer's name at most.
const NAME: usize = 120;
/// Characters of a provider's message id at most (general.md §5).
const PROVIDER_ID: usize = 255;
/// Further participants of a group message that are kept.
const OTHERS: usize = 50;

/// What became of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accepted {
    /// Something new is in the store.
    Stored,
    /// Everything in it was known.
    Repeated,
    /// It is kept under "Needs attention".
    Unreadable,
    /// It holds nothing that concerns us.
    Nothing,
}

/// Stores a delivery and everything that follows from it. When this answers, it is on disk.
pub async fn accept(
    app: &App,
    live: &Live,
    request: &Request,
    received: Received,
) -> Result<Accepted> {
    let Received { events, unreadable, .. } = received;
    if events.is_empty() && unreadable.is_none() {
        return Ok(Accepted::Nothing);
    }
    let place = Place::of(live);
    let request = request.clone();
    let has_media = events
        .iter()
        .any(|event| matches!(event, Inbound::Message(message) if !message.media.is_empty()));
    let (accepted, answered) = app
        .db()
        .write(move |tx| {
            let (events, misplaced) = placeable(tx, &place, events)?;
            let became = apply_all(tx, &place, &events)?;
            if let Some(problem) = unreadable.or(misplaced) {
                let kept = keep_unreadable(tx, &place, &request, &problem)?;
                return Ok((kept, became == Became::Answered));
            }
            if became == Became::Known {
                return Ok((Accepted::Repeated, false));
            }
            let at = request.received_at;
            deliveries::insert(tx, place.channel, &request, DeliveryOutcome::Stored, None, at)?;
            Ok((Accepted::Stored, became == Became::Answered))
        })
        .await?;
    if answered {
        app.wake_outbox();
    }
    if has_media && accepted != Accepted::Repeated {
        app.media().wake();
    }
    Ok(accepted)
}

/// Applies a kept delivery again, with what is known today.
pub async fn replay(
    app: &App,
    live: &Live,
    id: crate::model::DeliveryId,
    received: Received,
) -> Result<Option<String>> {
    let Received { events, unreadable, .. } = received;
    let place = Place::of(live);
    let problem = app
        .db()
        .write(move |tx| {
            let now = tx.now();
            let (events, misplaced) = placeable(tx, &place, events)?;
            apply_all(tx, &place, &events)?;
            if let Some(problem) = unreadable.or(misplaced) {
                deliveries::note_replay(tx, id, DeliveryOutcome::Unreadable, Some(&problem), now)?;
                return Ok(Some(problem));
            }
            deliveries::note_replay(tx, id, DeliveryOutcome::Stored, None, now)?;
            tx.emit(Event::AttentionChanged, Audience::supervisors());
            Ok(None)
        })
        .await?;
    app.media().wake();
    app.wake_outbox();
    Ok(problem)
}

/// What the transaction needs of a live channel.
#[derive(Debug, Clone, Copy)]
struct Place {
    channel: crate::model::ChannelId,
    identity: deskbell_channels::form::IdentityKind,
}

impl Place {
    fn of(live: &Live) -> Self {
        Self { channel: live.id, identity: live.identity }
    }
}

/// The events that have a place, and why the first of the others has none: one that is kept aside
/// does not hold back what came along with it.
fn placeable(
    tx: &Tx<'_>,
    place: &Place,
    events: Vec<Inbound>,
) -> Result<(Vec<Inbound>, Option<String>)> {
    let (mut placeable, mut misplaced) = (Vec::new(), None);
    for event in events {
        match unplaceable(tx, place, &event)? {
            None => placeable.push(event),
            Some(problem) => misplaced = misplaced.or(Some(problem)),
        }
    }
    Ok((placeable, misplaced))
}

/// Why an event cannot be put anywhere, in a sentence that says what to do.
fn unplaceable(tx: &Tx<'_>, place: &Place, event: &Inbound) -> Result<Option<String>> {
    let Inbound::Message(message) = event else { return Ok(None) };
    if message.from.is_empty() || message.from.chars().count() > ADDRESS {
        return Ok(Some("The sender's address is missing or too long.".to_owned()));
    }
    if message.provider_id.is_empty() || message.provider_id.chars().count() > PROVIDER_ID {
        return Ok(Some("The message id is missing or too long.".to_owned()));
    }
    if numbers::by_address(tx, place.channel, &message.to)?.is_none() {
        let shown: String = message.to.chars().take(ADDRESS).collect();
        return Ok(Some(format!(
            "It is addressed to {shown}, which is no number of this channel. Add the number, then replay."
        )));
    }
    Ok(None)
}

fn keep_unreadable(
    tx: &mut Tx<'_>,
    place: &Place,
    request: &Request,
    problem: &str,
) -> Result<Accepted> {
    if deliveries::is_kept(tx, place.channel, request)? {
        return Ok(Accepted::Repeated);
    }
    deliveries::insert(
        tx,
        place.channel,
        request,
        DeliveryOutcome::Unreadable,
        Some(problem),
        request.received_at,
    )?;
    tx.emit(Event::AttentionChanged, Audience::supervisors());
    Ok(Accepted::Unreadable)
}

/// What became of what a provider told; the last is the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Became {
    /// It was known already.
    Known,
    /// It is in the store now.
    New,
    /// The same, and an automatic answer waits to leave.
    Answered,
}

/// Applies events in their order.
fn apply_all(tx: &mut Tx<'_>, place: &Place, events: &[Inbound]) -> Result<Became> {
    let mut became = Became::Known;
    for event in events {
        became = became.max(match event {
            Inbound::Message(message) => add_message(tx, place, message)?,
            Inbound::Receipt(receipt) if receipts::apply(tx, place.channel, receipt)? => {
                Became::New
            }
            Inbound::Call(news) if calls::apply(tx, place.channel, news)? => Became::New,
            Inbound::Receipt(_) | Inbound::Call(_) => Became::Known,
        });
    }
    Ok(became)
}

fn add_message(tx: &mut Tx<'_>, place: &Place, message: &InboundMessage) -> Result<Became> {
    if messages::is_known(tx, place.channel, Direction::In, &message.provider_id)?
        || parts::is_known(tx, place.channel, &message.provider_id)?
    {
        return Ok(Became::Known);
    }
    let now = tx.now();
    let number = numbers::by_address(tx, place.channel, &message.to)?
        .ok_or_else(|| Error::Internal("the number is gone".into()))?;
    let name = shown_name(message.sender_name.as_deref().unwrap_or_default());
    let known = contacts::of_address(tx, place.identity, &message.from, &name, now)?;
    let pair = Pair { number: number.id, identity: known.identity };
    let part = message.part.as_ref().filter(|part| is_piece(part));
    channels::note_inbound(tx, place.channel, now)?;
    if let Some(part) = part
        && let Some((grown, session)) = parts::message_of(tx, pair, part, now)?
    {
        grow(tx, place, (grown, session), (pair, part), message)?;
        return Ok(Became::New);
    }
    let (session, _) = session_of(tx, place.channel, &number, known)?;
    let entry = NewRow {
        kind: MessageKind::Message,
        direction: Direction::In,
        text: message.text.clone().unwrap_or_default(),
        provider_id: Some(message.provider_id.clone()),
        others: others(message),
        parts: part.and_then(|part| parts::missing(&[part.position], part.total)),
        ..NewRow::at(session, place.channel, message.at.map_or(now, |at| at.min(now)))
    };
    let (id, _) = messages::insert(tx, &entry, now)?;
    if let Some(part) = part {
        keep_part(tx, place, id, (pair, part), message)?;
    }
    attach_media(tx, id, message)?;
    let preview = messages::preview(&entry.text, message.media.len());
    let said = store::Said { direction: Direction::In, author: None, preview: &preview, at: now };
    store::note_said(tx, session, &said)?;
    marks::bring_back(tx, session)?;
    crate::sessions::tell_added(tx, session, id, &entry)?;
    // A later piece is never all that somebody said.
    let whole = part.is_none_or(|part| part.position == 1 && part.total.is_none());
    let heard = whole && optouts::listens(place.identity);
    if heard && optouts::obey(tx, place.channel, session, &entry.text)? {
        return Ok(Became::Answered);
    }
    if hours::answer(tx, place.channel, session)? {
        return Ok(Became::Answered);
    }
    Ok(Became::New)
}

/// Whether a message is one of several pieces, as far as it can be believed.
fn is_piece(part: &Part) -> bool {
    let places = 1..=parts::MOST;
    let total = part.total.unwrap_or(parts::MOST);
    total > 1
        && places.contains(&part.position)
        && places.contains(&total)
        && part.position <= total
        && part.key.chars().count() <= PROVIDER_ID
}

/// Further participants as far as they are addresses.
fn others(message: &InboundMessage) -> Vec<String> {
    let fits = |other: &&String| !other.is_empty() && other.chars().count() <= ADDRESS;
    message.others.iter().filter(fits).take(OTHERS).cloned().collect()
}

fn keep_part(
    tx: &Tx<'_>,
    place: &Place,
    message: MessageId,
    (pair, part): (Pair, &Part),
    told: &InboundMessage,
) -> Result<()> {
    let text = told.text.as_deref().unwrap_or_default();
    let provider_id = told.provider_id.as_str();
    let new = NewPart { channel: place.channel, provider_id, message, pair, part, text };
    parts::insert(tx, &new, tx.now())
}

/// A further piece of a message came: the message says more.
fn grow(
    tx: &mut Tx<'_>,
    place: &Place,
    (id, session): (MessageId, SessionId),
    part: (Pair, &Part),
    told: &InboundMessage,
) -> Result<()> {
    keep_part(tx, place, id, part, told)?;
    let (text, missing) = parts::whole(tx, id)?;
    let now = tx.now();
    messages::grow(tx, id, &text, missing.as_ref(), now)?;
    attach_media(tx, id, told)?;
    crate::messages::tell_changed(tx, session, id)?;
    let preview = messages::preview(&text, told.media.len());
    if store::show_grown(tx, session, id, &preview)? {
        crate::sessions::tell_changed(tx, session, SessionChange::Other, None)?;
    }
    Ok(())
}

fn attach_media(tx: &Tx<'_>, id: MessageId, message: &InboundMessage) -> Result<()> {
    let mut ids = Vec::with_capacity(message.media.len());
    for media in &message.media {
        ids.push(files::insert_pending(tx, media, tx.now())?);
    }
    files::attach(tx, id, &ids)
}

/// The open session of this number and customer, or a new one at the number's destination; and
/// whether it is new.
pub(crate) fn session_of(
    tx: &mut Tx<'_>,
    channel: ChannelId,
    number: &Number,
    known: Known,
) -> Result<(SessionId, bool)> {
    let now = tx.now();
    if let Some(open) = store::open_of_key(tx, channel, number.id, known.identity)? {
        return Ok((open, false));
    }
    let first = routing::first_holder(number.destination);
    let new = store::NewRow {
        channel,
        number: number.id,
        identity: known.identity,
        contact: known.contact,
        owner: first.owner,
        queue: first.queue,
        started_by: None,
    };
    let session = store::insert(tx, &new, now)?;
    if let Some(owner) = first.owner {
        marks::take_part(tx, session, owner)?;
    }
    let at = store::holder_name(tx, session)?.unwrap_or_default();
    crate::sessions::record(tx, session, channel, None, Operation::Opened { at })?;
    if contacts::is_blocked(tx, session)? {
        let kept = Operation::Blocked { reason: None };
        crate::sessions::record(tx, session, channel, None, kept)?;
    }
    crate::sessions::tell_changed(tx, session, SessionChange::Opened, None)?;
    Ok((session, true))
}

/// The name that a customer chose, as far as it fits into a line.
fn shown_name(raw: &str) -> String {
    let clean: String = raw.chars().filter(|letter| !letter.is_control()).take(NAME).collect();
    clean.trim().to_owned()
}
