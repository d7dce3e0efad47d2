//! One message on its way: taken from the outbox, handed to the provider, and what became of it.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;

use deskbell_channels::exchange::{
    Effect, ErrorKind, Failure, Found, Outgoing, SendError, Sent, Sought,
};

use crate::App;
use crate::clock;
use crate::connections::{Live, webhook_path};
use crate::error::Result;
use crate::model::{FileId, MessageId, MessageState, SessionId, Time};
use crate::routing;
use crate::store::outbox::{self as store, Claimed};
use crate::store::{Tx, channels, messages, settings};

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

/// A message that was taken from the outbox, ready to be handed over.
pub(super) struct Parcel {
    id: MessageId,
    session: SessionId,
    attempts: u32,
    attempted_at: Time,
    /// Ready for the provider, or why it cannot go.
    outgoing: std::result::Result<Outgoing, Failure>,
}

/// Takes the oldest message that may leave, if there is one.
pub(super) async fn take(app: &App, live: &Arc<Live>) -> Result<Option<Parcel>> {
    let live = Arc::clone(live);
    app.db()
        .write(move |tx| {
            let now = tx.now();
            let Some(id) = store::oldest_due(tx, live.id, now)? else { return Ok(None) };
            let claimed = store::claim(tx, id, now)?;
            crate::messages::tell_changed(tx, claimed.session, id)?;
            parcel(tx, &live, claimed, now).map(Some)
        })
        .await
}

/// Makes public links to the files and fills in what the provider needs.
fn parcel(tx: &mut Tx<'_>, live: &Live, claimed: Claimed, now: Time) -> Result<Parcel> {
    let public = settings::public_url(tx)?;
    let fetched_by_provider = live.identity == deskbell_channels::form::IdentityKind::Phone;
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
            media_urls: links(tx, public.as_deref(), &claimed.files, now)?,
            status_url: public
                .filter(|_| live.limits.receipts)
                .map(|origin| format!("{origin}{}", webhook_path(live.provider, &live.token))),
        }),
    };
    Ok(Parcel {
        id: claimed.id,
        session: claimed.session,
        attempts: claimed.attempts,
        attempted_at: claimed.attempted_at,
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
pub(super) async fn hand_over_safely(app: &App, live: &Arc<Live>, parcel: Parcel) {
    let (id, session) = (parcel.id, parcel.session);
    if AssertUnwindSafe(hand_over(app, live, parcel)).catch_unwind().await.is_err() {
        let failure =
            Failure::new(ErrorKind::Other, None, Some("the desk stumbled over it".into()));
        write_down(app, live, id, session, Outcome::Uncertain(failure)).await;
    }
}

/// Messages that were being sent when the program ended, on channels that are switched off or gone:
/// nobody can ask there, so a person decides.
pub(super) async fn settle_without_channel(app: &App) {
    let live: Vec<_> = app.connections().all().iter().map(|live| live.id).collect();
    let settled = app
        .db()
        .write(move |tx| {
            let now = tx.now();
            let failure = ended_while_sending();
            for (id, session, channel) in store::all_in_flight(tx)? {
                if live.contains(&channel) {
                    continue;
                }
                messages::set_state(tx, id, MessageState::Uncertain, Some(&failure), now)?;
                let (from, to) = (MessageState::Sending, MessageState::Uncertain);
                super::tell_state(tx, session, id, from, to)?;
            }
            Ok(())
        })
        .await;
    if let Err(error) = settled {
        tracing::error!(%error, "messages of channels that are off could not be settled");
    }
}

fn ended_while_sending() -> Failure {
    let text = "the program ended while this was being sent".to_owned();
    Failure::new(ErrorKind::Other, None, Some(text))
}

/// Hands a message to the provider and writes down what became of it.
async fn hand_over(app: &App, live: &Arc<Live>, parcel: Parcel) {
    let outgoing = match &parcel.outgoing {
        Ok(outgoing) => outgoing,
        Err(failure) => {
            let outcome = Outcome::Failed(failure.clone());
            return write_down(app, live, parcel.id, parcel.session, outcome).await;
        }
    };
    let outcome = match live.channel.send(outgoing, &live.http).await {
        Ok(sent) => Some(Outcome::Sent(sent)),
        Err(error) => after_error(app, live, &parcel, outgoing, error).await,
    };
    // Without an outcome the desk is stopping: the next start looks the message up.
    if let Some(outcome) = outcome {
        write_down(app, live, parcel.id, parcel.session, outcome).await;
    }
}

/// What a failed attempt leads to.
async fn after_error(
    app: &App,
    live: &Arc<Live>,
    parcel: &Parcel,
    outgoing: &Outgoing,
    error: SendError,
) -> Option<Outcome> {
    let SendError { failure, effect, retry_after } = error;
    tracing::warn!(channel.id = %live.id, message.id = %parcel.id, kind = failure.kind.as_str(),
        effect = ?effect, attempt = parcel.attempts, "a message did not go");
    match effect {
        Effect::NoneTryAgain => Some(again_or_failed(parcel.attempts, retry_after, failure)),
        Effect::None => Some(Outcome::Failed(failure)),
        Effect::Unknown if live.limits.idempotent => {
            Some(again_or_failed(parcel.attempts, retry_after, failure))
        }
        Effect::Unknown => look_up(app, live, parcel, outgoing, failure).await,
    }
}

fn again_or_failed(attempts: u32, retry_after: Option<u64>, failure: Failure) -> Outcome {
    match routing::pause_ms(attempts, retry_after, rand::random()) {
        Some(pause) => Outcome::Again { pause, failure },
        None => Outcome::Failed(failure),
    }
}

/// Asks the provider for a message whose answer never came. `None`: the desk is stopping.
async fn look_up(
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
        let (session, since) = (parcel.session, parcel.attempted_at - KNOWN_BEFORE);
        let known =
            app.db().read(move |connection| store::known_ids(connection, session, since)).await;
        let sought = Sought {
            outgoing: outgoing.clone(),
            attempted_at: parcel.attempted_at,
            asked_at: clock::now(),
            known_provider_ids: known.unwrap_or_default(),
        };
        match live.channel.find(&sought, &live.http).await {
            Found::Sent(sent) => return Some(Outcome::Sent(sent)),
            Found::NotSent if number >= BELIEVED_FROM => {
                return Some(again_or_failed(parcel.attempts, None, failure));
            }
            Found::CannotTell => return Some(Outcome::Uncertain(failure)),
            Found::NotSent | Found::NotYet => {}
        }
    }
    Some(Outcome::Uncertain(failure))
}

/// What became of an attempt.
#[derive(Debug, Clone)]
enum Outcome {
    Sent(Sent),
    Again { pause: i64, failure: Failure },
    Failed(Failure),
    Uncertain(Failure),
}

/// Writes an outcome down; if the store refuses, again until it takes it or the desk stops.
async fn write_down(
    app: &App,
    live: &Arc<Live>,
    id: MessageId,
    session: SessionId,
    outcome: Outcome,
) {
    count(&outcome);
    if let Outcome::Failed(failure) | Outcome::Again { failure, .. } = &outcome
        && failure.kind == ErrorKind::AuthenticationFailed
    {
        crate::channels::note_authentication_failure(app, live.id);
    }
    if matches!(outcome, Outcome::Sent(_)) {
        ask_if_doubtful(app, live).await;
    }
    loop {
        let (live, outcome) = (Arc::clone(live), outcome.clone());
        let written = app.db().write(move |tx| apply(tx, &live, id, session, &outcome)).await;
        let Err(error) = written else { return };
        tracing::error!(%error, message.id = %id, "what became of a message could not be written down");
        tokio::select! {
            () = app.stopping().cancelled() => return,
            () = tokio::time::sleep(Duration::from_secs(1)) => {}
        }
    }
}

/// A message was taken though the channel's light is not green: the provider is asked at once.
async fn ask_if_doubtful(app: &App, live: &Arc<Live>) {
    let id = live.id;
    let known = app.db().read(move |connection| channels::is_connected(connection, id)).await;
    if matches!(known, Ok(false)) {
        app.connections().doubt(id);
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

fn apply(
    tx: &mut Tx<'_>,
    live: &Live,
    id: MessageId,
    session: SessionId,
    outcome: &Outcome,
) -> Result<()> {
    let now = tx.now();
    let state = match outcome {
        Outcome::Sent(sent) => {
            store::taken(tx, id, &sent.provider_id, now)?;
            channels::note_outbound(tx, live.id, now)?;
            catch_up_receipts(tx, live, id, &sent.provider_id, now)?
        }
        Outcome::Again { pause, failure } => {
            store::reschedule(tx, id, now + pause, Some(failure), now)?;
            MessageState::Queued
        }
        Outcome::Failed(failure) => {
            messages::set_state(tx, id, MessageState::Failed, Some(failure), now)?;
            MessageState::Failed
        }
        Outcome::Uncertain(failure) => {
            messages::set_state(tx, id, MessageState::Uncertain, Some(failure), now)?;
            MessageState::Uncertain
        }
    };
    super::tell_state(tx, session, id, MessageState::Sending, state)
}

/// Applies the receipts that were faster than the answer.
fn catch_up_receipts(
    tx: &Tx<'_>,
    live: &Live,
    id: MessageId,
    provider_id: &str,
    now: Time,
) -> Result<MessageState> {
    let mut state = MessageState::Sent;
    for (told, failure) in store::take_early_receipts(tx, live.id, provider_id)? {
        if routing::advances(state, told) {
            messages::set_state(tx, id, told, failure.as_ref(), now)?;
            state = told;
        }
    }
    Ok(state)
}

/// Deals with messages that were being handed over when the program ended: looked up at the
/// provider where it tells, else uncertain.
pub(super) async fn recover(app: &App, live: &Arc<Live>) {
    let channel = live.id;
    let found = app
        .db()
        .read(move |connection| {
            let ids = store::in_flight(connection, channel)?;
            ids.into_iter().map(|id| store::read(connection, id)).collect::<Result<Vec<_>>>()
        })
        .await;
    let claimed = match found {
        Ok(claimed) => claimed,
        Err(error) => {
            tracing::error!(%error, channel.id = %channel, "the outbox could not be recovered");
            return;
        }
    };
    for claimed in claimed {
        tracing::info!(message.id = %claimed.id, "looking for a message that was being sent when the program ended");
        let (app, live) = (app.clone(), Arc::clone(live));
        app.tasks().clone().spawn(async move {
            recover_one(&app, &live, claimed).await;
            app.wake_outbox();
        });
    }
}

async fn recover_one(app: &App, live: &Arc<Live>, claimed: Claimed) {
    let failure = ended_while_sending();
    let (id, session) = (claimed.id, claimed.session);
    let outgoing = Outgoing {
        id: id.to_string(),
        from: claimed.from,
        to: claimed.to,
        text: Some(claimed.text).filter(|text| !text.is_empty()),
        // The links of that attempt are not kept; only their number helps to find it.
        media_urls: vec![String::new(); claimed.files.len()],
        status_url: None,
    };
    let parcel = Parcel {
        id,
        session,
        attempts: claimed.attempts,
        attempted_at: if claimed.attempted_at == 0 { clock::now() } else { claimed.attempted_at },
        outgoing: Ok(outgoing.clone()),
    };
    let outcome = if live.limits.idempotent {
        Some(Outcome::Again { pause: 0, failure })
    } else {
        look_up(app, live, &parcel, &outgoing, failure).await
    };
    if let Some(outcome) = outcome {
        write_down(app, live, id, session, outcome).await;
    }
}
