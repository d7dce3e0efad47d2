//! The inbound path: one rightly signed webhook, one transaction, everything that follows from it.
//!
//! A repeated delivery changes nothing. What cannot be applied is kept whole under "Needs
//! attention" and can be replayed. Knows no HTTP listener and no provider's wire format.

use deskbell_channels::exchange::{
    Inbound, InboundMessage, Receipt, ReceiptStatus, Received, Request,
};

use crate::App;
use crate::connections::Live;
use crate::error::{Error, Result};
use crate::events::{Audience, Event, SessionChange};
use crate::model::{
    DeliveryOutcome, Direction, MessageId, MessageKind, MessageState, Operation, SessionId,
};
use crate::routing;
use crate::store::messages::NewRow;
use crate::store::{
    Tx, channels, contacts, deliveries, files, marks, messages, numbers, outbox, sessions as store,
};

/// Characters of an address at most.
const ADDRESS: usize = 64;
/// Characters of a customer's name at most.
const NAME: usize = 120;
/// Characters of a provider's message id at most (general.md §5).
const PROVIDER_ID: usize = 255;

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
    let accepted = app
        .db()
        .write(move |tx| {
            let problem = unreadable.or(unplaceable(tx, &place, &events)?);
            if let Some(problem) = problem {
                return keep_unreadable(tx, &place, &request, &problem);
            }
            let mut changed = false;
            for event in &events {
                changed |= apply(tx, &place, event)?;
            }
            if !changed {
                return Ok(Accepted::Repeated);
            }
            let at = request.received_at;
            deliveries::insert(tx, place.channel, &request, DeliveryOutcome::Stored, None, at)?;
            Ok(Accepted::Stored)
        })
        .await?;
    if has_media && accepted == Accepted::Stored {
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
            let problem = unreadable.or(unplaceable(tx, &place, &events)?);
            if let Some(problem) = problem {
                deliveries::note_replay(tx, id, DeliveryOutcome::Unreadable, Some(&problem), now)?;
                return Ok(Some(problem));
            }
            for event in &events {
                apply(tx, &place, event)?;
            }
            deliveries::note_replay(tx, id, DeliveryOutcome::Stored, None, now)?;
            tx.emit(Event::AttentionChanged, Audience::supervisors());
            Ok(None)
        })
        .await?;
    app.media().wake();
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

/// Why a message cannot be put anywhere, in a sentence that says what to do.
fn unplaceable(tx: &Tx<'_>, place: &Place, events: &[Inbound]) -> Result<Option<String>> {
    for event in events {
        let Inbound::Message(message) = event else { continue };
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

/// Applies one event; `false`: it was known already.
fn apply(tx: &mut Tx<'_>, place: &Place, event: &Inbound) -> Result<bool> {
    match event {
        Inbound::Message(message) => add_message(tx, place, message),
        Inbound::Receipt(receipt) => apply_receipt(tx, place, receipt),
    }
}

fn add_message(tx: &mut Tx<'_>, place: &Place, message: &InboundMessage) -> Result<bool> {
    if messages::is_known(tx, place.channel, Direction::In, &message.provider_id)? {
        return Ok(false);
    }
    let now = tx.now();
    let session = session_of(tx, place, message)?;
    let at = message.at.map_or(now, |at| at.min(now));
    let text = message.text.clone().unwrap_or_default();
    let entry = NewRow {
        session,
        channel: place.channel,
        kind: MessageKind::Message,
        direction: Direction::In,
        author: None,
        text,
        state: MessageState::Received,
        client_key: None,
        provider_id: Some(message.provider_id.clone()),
        operation: None,
        at,
    };
    let (id, _) = messages::insert(tx, &entry, now)?;
    attach_media(tx, id, message)?;
    let preview = messages::preview(&entry.text, message.media.len());
    let said = store::Said { direction: Direction::In, author: None, preview: &preview, at: now };
    store::note_said(tx, session, &said)?;
    marks::bring_back(tx, session)?;
    channels::note_inbound(tx, place.channel, now)?;
    crate::sessions::tell_added(tx, session, id, &entry)?;
    Ok(true)
}

fn attach_media(tx: &Tx<'_>, id: MessageId, message: &InboundMessage) -> Result<()> {
    let mut ids = Vec::with_capacity(message.media.len());
    for media in &message.media {
        ids.push(files::insert_pending(tx, media, tx.now())?);
    }
    files::attach(tx, id, &ids)
}

/// The open session of this number and customer, or a new one at the number's destination.
fn session_of(tx: &mut Tx<'_>, place: &Place, message: &InboundMessage) -> Result<SessionId> {
    let now = tx.now();
    let number = numbers::by_address(tx, place.channel, &message.to)?
        .ok_or_else(|| Error::Internal("the number is gone".into()))?;
    let name = shown_name(message.sender_name.as_deref().unwrap_or_default());
    let known = contacts::of_address(tx, place.identity, &message.from, &name, now)?;
    if let Some(open) = store::open_of_key(tx, place.channel, number.id, known.identity)? {
        return Ok(open);
    }
    let first = routing::first_holder(number.destination);
    let new = store::NewRow {
        channel: place.channel,
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
    crate::sessions::record(tx, session, place.channel, None, Operation::Opened { at })?;
    crate::sessions::tell_changed(tx, session, SessionChange::Opened, None)?;
    Ok(session)
}

/// The name that a customer chose, as far as it fits into a line.
fn shown_name(raw: &str) -> String {
    let clean: String = raw.chars().filter(|letter| !letter.is_control()).take(NAME).collect();
    clean.trim().to_owned()
}

fn apply_receipt(tx: &mut Tx<'_>, place: &Place, receipt: &Receipt) -> Result<bool> {
    let told = routing::state_of(&receipt.status);
    let failure = match &receipt.status {
        ReceiptStatus::Failed(failure) => Some(failure),
        ReceiptStatus::Sent | ReceiptStatus::Delivered | ReceiptStatus::Read => None,
    };
    let now = tx.now();
    let Some((id, session, current)) =
        outbox::of_provider_id(tx, place.channel, &receipt.provider_id)?
    else {
        if let Some(past) = outbox::of_past_attempt(tx, place.channel, &receipt.provider_id)? {
            return apply_past_receipt(tx, place, receipt, past, told);
        }
        return outbox::keep_early_receipt(
            tx,
            place.channel,
            &receipt.provider_id,
            told,
            failure,
            now,
        );
    };
    if !routing::advances(current, told) {
        return Ok(false);
    }
    messages::set_state(tx, id, told, failure, now)?;
    crate::outbox::tell_state(tx, session, id, current, told)?;
    Ok(true)
}

/// News of an attempt before the one that a person has asked for. Only that it arrived after all
/// matters, and only while the new attempt has not left: then it need not leave.
fn apply_past_receipt(
    tx: &mut Tx<'_>,
    place: &Place,
    receipt: &Receipt,
    (id, session, current): (MessageId, SessionId, MessageState),
    told: MessageState,
) -> Result<bool> {
    let arrived = matches!(told, MessageState::Delivered | MessageState::Read);
    if !arrived || current != MessageState::Queued {
        return Ok(false);
    }
    let now = tx.now();
    tracing::info!(channel.id = %place.channel, message.id = %id,
        at = receipt.at, "the attempt before arrived after all");
    messages::set_state(tx, id, told, None, now)?;
    crate::outbox::tell_state(tx, session, id, current, told)?;
    Ok(true)
}
