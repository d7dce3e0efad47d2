//! One message on its way: taken from the outbox, handed to the provider, and what became of it.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::FutureExt as _;

use deskbell_channels::exchange::{
    Effect, ErrorKind, Failure, Found, Outgoing, SendError, Sent, Sought,
};
use deskbell_channels::form::IdentityKind;

use crate::App;
use crate::clock;
use crate::connections::{Live, webhook_path};
use crate::error::Result;
use crate::events::{Audience, Event};
use crate::model::{FileId, MessageId, MessageState, SessionId, Time};
use crate::routing;
use crate::store::outbox::{self as store, Claimed};
use crate::store::{Tx, channels, contacts, messages, optouts, settings};

use super::pace::Left;

/// Messages to customers who opted out or were blocked meanwhile that are dealt with at once, before another look.
const UNWANTED: usize = 100;

/// From this look-up on a "no" is believed: 15 seconds after the attempt ended. Before, the provider
/// may still be busy with it.
const BELIEVED_FROM: usize = 2;

/// Pauses before each question to the provider about a message whose answer never came. What it
/// has not told by the last one is uncertain.
const LOOK_UPS: [Duration; 4] = [
    Duration::from_secs(1),
    Duration::from_secs(4),
    Duration::from_secs(10),
    Duration::from_secs(30),
];

/// Messages that were written down so long before an attempt are told to the provider's look-up as
/// known, for the same words may have gone out just before. A little more than it looks back: its
/// clock tells whole seconds.
const KNOWN_BEFORE: i64 = Sought::LOOK_BACK + 10_000;

/// One attempt at a message: what becomes of an earlier one is no news of a later one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempt {
    /// Which message.
    pub(super) id: MessageId,
    /// Its session.
    pub(super) session: SessionId,
    /// When it began.
    pub(super) at: Time,
}

/// A message that was taken from the outbox, ready to be handed over.
pub(super) struct Parcel {
    /// Which message, and when.
    pub(super) attempt: Attempt,
    /// How often it was handed over, this time included.
    pub(super) attempts: u32,
    /// How many of those were only too many at the time.
    pub(super) refusals: u32,
    /// Ready for the provider, or why it cannot go.
    pub(super) outgoing: std::result::Result<Outgoing, Failure>,
}

/// Takes the oldest message that may leave, if there is one.
pub(super) async fn take(app: &App, live: &Arc<Live>) -> Result<Option<Parcel>> {
    let live = Arc::clone(live);
    app.db()
        .write(move |tx| {
            let now = tx.now();
            for _ in 0..UNWANTED {
                let Some(id) = store::oldest_due(tx, live.id, now)? else { return Ok(None) };
                if let Some(failure) = unwanted(tx, id)? {
                    drop_unwanted(tx, id, &failure, now)?;
                    continue;
                }
                let claimed = store::claim(tx, id, now)?;
                crate::messages::tell_changed(tx, claimed.session, id)?;
                return parcel(tx, &live, claimed, now).map(Some);
            }
            Ok(None)
        })
        .await
}

/// Why a message that waited is not wanted any more: the customer opted out or was blocked.
fn unwanted(tx: &Tx<'_>, id: MessageId) -> Result<Option<Failure>> {
    if contacts::is_message_blocked(tx, id)? {
        return Ok(Some(crate::contacts::came_before()));
    }
    let opt_out = optouts::against_message(tx, id)?;
    Ok(opt_out.map(|opt_out| crate::optouts::came_before(&opt_out)))
}

/// It does not leave any more.
fn drop_unwanted(tx: &mut Tx<'_>, id: MessageId, failure: &Failure, now: Time) -> Result<()> {
    let session = store::read(tx, id)?.session;
    messages::set_state(tx, id, MessageState::Failed, Some(failure), now)?;
    metrics::counter!("deskbell_messages_failed_total").increment(1);
    super::tell_state(tx, session, id, MessageState::Queued, MessageState::Failed)
}

/// Makes public links to the files and fills in what the provider needs.
fn parcel(tx: &mut Tx<'_>, live: &Live, claimed: Claimed, now: Time) -> Result<Parcel> {
    let public = settings::public_url(tx)?;
    let fetched_by_provider = live.identity == IdentityKind::Phone;
    let files: &[FileId] = match live.identity {
        // Visitors get them from the desk itself, in their own way.
        IdentityKind::Visitor => &[],
        IdentityKind::Phone | IdentityKind::Demo => &claimed.files,
    };
    let outgoing = match (&public, claimed.files.is_empty() || !fetched_by_provider) {
        (None, false) => Err(Failure {
            kind: ErrorKind::InvalidParameter,
            code: None,
            text: Some(
                "this desk has no public address, so the provider cannot fetch files".into(),
            ),
        }),
        _ => Ok(Outgoing {
            id: claimed.id.to_string(),
            from: claimed.from,
            to: claimed.to,
            text: Some(claimed.text).filter(|text| !text.is_empty()),
            media_urls: links(tx, public.as_deref(), files, now)?,
            status_url: public
                .filter(|_| live.limits.receipts)
                .map(|origin| format!("{origin}{}", webhook_path(live.provider, &live.token))),
        }),
    };
    Ok(Parcel {
        attempt: Attempt { id: claimed.id, session: claimed.session, at: claimed.attempted_at },
        attempts: claimed.attempts,
        refusals: claimed.refusals,
        outgoing,
    })
}

fn links(
    tx: &mut Tx<'_>,
    public: Option<&str>,
    files: &[FileId],
    now: Time,
) -> Result<Vec<String>> {
    let origin = public.unwrap_or_default();
    files
        .iter()
        .map(|file| Ok(format!("{origin}{}", crate::media::link(tx, *file, now)?)))
        .collect()
}

/// Hands a message over; should that panic, the message does not stay in flight for ever.
pub(super) async fn hand_over_safely(app: &App, live: &Arc<Live>, parcel: Parcel, left: Left) {
    let attempt = parcel.attempt;
    if AssertUnwindSafe(hand_over(app, live, parcel, left)).catch_unwind().await.is_err() {
        let failure =
            Failure::new(ErrorKind::Other, None, Some("the desk stumbled over it".into()));
        write_down(app, live, attempt, Outcome::Uncertain(failure), Light::Same).await;
    }
}

/// Hands a message to the provider and writes down what became of it.
async fn hand_over(app: &App, live: &Arc<Live>, parcel: Parcel, left: Left) {
    let outgoing = match &parcel.outgoing {
        Ok(outgoing) => outgoing,
        Err(failure) => {
            let outcome = Outcome::Failed(failure.clone());
            return write_down(app, live, parcel.attempt, outcome, Light::Same).await;
        }
    };
    let answer = live.channel.send(outgoing, &live.http).await;
    let light = keep_pace(app, live, &left, &answer);
    let outcome = match answer {
        Ok(sent) => Some(Outcome::Sent(sent)),
        Err(error) => after_error(app, live, &parcel, outgoing, error).await,
    };
    // Without an outcome the desk is stopping: the next start looks the message up.
    if let Some(outcome) = outcome {
        write_down(app, live, parcel.attempt, outcome, light).await;
    }
}

/// Whether a channel looks different after an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Light {
    /// No.
    Same,
    /// It begins or ends to be slowed down by its provider.
    Changed,
}

/// What an answer says of the pace: a message taken gives some of it back, too many take some away.
fn keep_pace(
    app: &App,
    live: &Live,
    left: &Left,
    answer: &std::result::Result<Sent, SendError>,
) -> Light {
    let changed = match answer {
        Ok(_) => app.paces().accepted(live.id, left),
        Err(error) if is_too_many(error) => {
            let pause = error.retry_after.map(Duration::from_secs);
            app.paces().refused(live.id, left, pause, Instant::now())
        }
        Err(_) => false,
    };
    if changed {
        let slowed_to = app.paces().slowed_to(live.id);
        tracing::info!(channel.id = %live.id, slowed_to, "the provider's limit changed the pace");
        return Light::Changed;
    }
    Light::Same
}

/// Whether the provider wants fewer messages, now rather than ever.
fn is_too_many(error: &SendError) -> bool {
    error.failure.kind == ErrorKind::TooManyRequests && error.effect == Effect::NoneTryAgain
}

/// What a failed attempt leads to.
async fn after_error(
    app: &App,
    live: &Arc<Live>,
    parcel: &Parcel,
    outgoing: &Outgoing,
    error: SendError,
) -> Option<Outcome> {
    let too_many = is_too_many(&error);
    let SendError { failure, effect, retry_after } = error;
    tracing::warn!(channel.id = %live.id, message.id = %parcel.attempt.id, kind = failure.kind.as_str(),
        effect = ?effect, attempt = parcel.attempts, "a message did not go");
    match effect {
        Effect::NoneTryAgain if too_many => {
            let pause = routing::pause_of_many_ms(parcel.refusals + 1, retry_after, rand::random());
            Some(again_or(pause, failure))
        }
        Effect::NoneTryAgain => Some(again_or_failed(parcel, retry_after, failure)),
        Effect::None => Some(Outcome::Failed(failure)),
        Effect::Unknown if live.limits.idempotent => {
            Some(again_or_failed(parcel, retry_after, failure))
        }
        Effect::Unknown => look_up(app, live, parcel, outgoing, failure).await,
    }
}

fn again_or_failed(parcel: &Parcel, retry_after: Option<u64>, failure: Failure) -> Outcome {
    let attempts = parcel.attempts.saturating_sub(parcel.refusals);
    again_or(routing::pause_ms(attempts, retry_after, rand::random()), failure)
}

fn again_or(pause: Option<i64>, failure: Failure) -> Outcome {
    match pause {
        Some(pause) => Outcome::Again { pause, failure },
        None => Outcome::Failed(failure),
    }
}

/// Asks the provider for a message whose answer never came. `None`: the desk is stopping.
pub(super) async fn look_up(
    app: &App,
    live: &Arc<Live>,
    parcel: &Parcel,
    outgoing: &Outgoing,
    failure: Failure,
) -> Option<Outcome> {
    for (number, pause) in LOOK_UPS.into_iter().enumerate() {
        tokio::select! {
            () = app.stopping().cancelled() => return None,
            () = tokio::time::sleep(pause) => {}
        }
        let Attempt { session, at, .. } = parcel.attempt;
        let since = at - KNOWN_BEFORE;
        let known =
            app.db().read(move |connection| store::known_ids(connection, session, since)).await;
        // Without them another message with the same words could pass for this one.
        let Ok(known_provider_ids) = known else { continue };
        let sought = Sought {
            outgoing: outgoing.clone(),
            attempted_at: at,
            asked_at: clock::now(),
            known_provider_ids,
        };
        match live.channel.find(&sought, &live.http).await {
            Found::Sent(sent) => return Some(Outcome::Sent(sent)),
            Found::NotSent if number >= BELIEVED_FROM => {
                return Some(again_or_failed(parcel, None, failure));
            }
            Found::CannotTell => return Some(Outcome::Uncertain(failure)),
            Found::NotSent | Found::NotYet => {}
        }
    }
    Some(Outcome::Uncertain(failure))
}

/// What became of an attempt.
#[derive(Debug, Clone)]
pub(super) enum Outcome {
    Sent(Sent),
    Again { pause: i64, failure: Failure },
    Failed(Failure),
    Uncertain(Failure),
}

/// Writes an outcome down; if the store refuses, again until it takes it or the desk stops.
pub(super) async fn write_down(
    app: &App,
    live: &Arc<Live>,
    attempt: Attempt,
    outcome: Outcome,
    light: Light,
) {
    count(&outcome);
    if let Outcome::Failed(failure) | Outcome::Again { failure, .. } = &outcome
        && failure.kind == ErrorKind::AuthenticationFailed
    {
        crate::channels::note_authentication_failure(app, live, failure).await;
    }
    if matches!(outcome, Outcome::Sent(_)) {
        ask_if_doubtful(app, live).await;
    }
    loop {
        let (live, outcome) = (Arc::clone(live), outcome.clone());
        let write = move |tx: &mut Tx<'_>| {
            if light == Light::Changed {
                tx.emit(Event::ChannelChanged { channel_id: live.id }, Audience::everyone());
            }
            apply(tx, &live, attempt, &outcome)
        };
        let written = app.db().write(write).await;
        let Err(error) = written else { return };
        tracing::error!(%error, message.id = %attempt.id, "what became of a message could not be written down");
        tokio::select! {
            () = app.stopping().cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
    }
}

/// A message was taken: if the channel's light is not green, that is news.
async fn ask_if_doubtful(app: &App, live: &Arc<Live>) {
    let id = live.id;
    let known = app.db().read(move |connection| channels::is_connected(connection, id)).await;
    if matches!(known, Ok(false)) {
        crate::channels::note_taken(app, live).await;
    }
}

fn count(outcome: &Outcome) {
    let name = match outcome {
        Outcome::Sent(_) => "deskbell_messages_sent_total",
        Outcome::Again { .. } => "deskbell_messages_again_total",
        Outcome::Failed(_) => "deskbell_messages_failed_total",
        Outcome::Uncertain(_) => "deskbell_messages_uncertain_total",
    };
    metrics::counter!(name).increment(1);
}

fn apply(tx: &mut Tx<'_>, live: &Live, attempt: Attempt, outcome: &Outcome) -> Result<()> {
    let now = tx.now();
    let Attempt { id, session, at } = attempt;
    let doing = store::doing(tx, id)?;
    if doing.state != MessageState::Sending || doing.attempted_at != Some(at) {
        return after_settled(tx, live, id, doing.provider_id.as_deref(), outcome);
    }
    let state = match outcome {
        Outcome::Sent(sent) => {
            store::taken(tx, id, &sent.provider_id, now)?;
            channels::note_outbound(tx, live.id, now)?;
            catch_up_receipts(tx, live, (id, session), &sent.provider_id, now)?
        }
        Outcome::Again { pause, failure } => {
            store::reschedule(tx, id, now + pause, Some(failure), now)?;
            MessageState::Queued
        }
        Outcome::Failed(failure) => {
            messages::set_state(tx, id, MessageState::Failed, Some(failure), now)?;
            crate::optouts::heed(tx, session, failure)?;
            MessageState::Failed
        }
        Outcome::Uncertain(failure) => {
            messages::set_state(tx, id, MessageState::Uncertain, Some(failure), now)?;
            MessageState::Uncertain
        }
    };
    super::tell_state(tx, session, id, MessageState::Sending, state)
}

/// The provider's news settled a message before its answer came: they know better. Only an id that
/// the answer tells besides is kept.
fn after_settled(
    tx: &Tx<'_>,
    live: &Live,
    id: MessageId,
    known: Option<&str>,
    outcome: &Outcome,
) -> Result<()> {
    let Outcome::Sent(sent) = outcome else { return Ok(()) };
    let now = tx.now();
    channels::note_outbound(tx, live.id, now)?;
    if known != Some(sent.provider_id.as_str()) {
        store::keep_past_attempt(tx, live.id, &sent.provider_id, id, now)?;
    }
    Ok(())
}

/// Applies the receipts that were faster than the answer.
fn catch_up_receipts(
    tx: &mut Tx<'_>,
    live: &Live,
    (id, session): (MessageId, SessionId),
    provider_id: &str,
    now: Time,
) -> Result<MessageState> {
    let mut state = MessageState::Sent;
    for (told, failure) in store::take_early_receipts(tx, live.id, provider_id)? {
        if routing::advances(state, told) {
            messages::set_state(tx, id, told, failure.as_ref(), now)?;
            state = told;
            if let Some(failure) = &failure {
                crate::optouts::heed(tx, session, failure)?;
            }
        }
    }
    Ok(state)
}
