//! The outbound path: one task per live channel takes messages from the durable outbox at the
//! channel's rate, never two of one conversation, and writes down what became of each.
//!
//! Knows no provider's wire format; a message whose answer never came is looked up, else it
//! becomes uncertain and a person decides.

mod delivery;
mod pace;
mod paces;
mod recovery;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::App;
use crate::clock;
use crate::connections::Live;
use crate::error::Result;
use crate::events::{Audience, Event, SessionChange};
use crate::model::{AlertKind, ChannelId, MessageId, MessageState, SessionId};
use crate::store::{Tx, alerts, outbox as store, sessions};
use pace::Left;
pub use paces::Paces;

/// Messages of one channel that are handed over at the same time, at most.
const IN_FLIGHT: usize = 32;
/// Look at the outbox again at least this often, should a bell be missed.
const LOOK_AGAIN: Duration = Duration::from_secs(30);

/// Starts the task that keeps one sending task for each live channel.
pub fn start(app: &App) {
    let app = app.clone();
    app.tasks().clone().spawn(async move { keep_channels(&app).await });
}

/// Starts and ends sending tasks as channels come, change and go.
async fn keep_channels(app: &App) {
    let mut changes = app.connections().changes();
    let mut running: HashMap<ChannelId, (Arc<Live>, CancellationToken)> = HashMap::new();
    let mut recovered: HashSet<ChannelId> = HashSet::new();
    recovery::settle_without_channel(app).await;
    loop {
        changes.mark_unchanged();
        let live: HashMap<ChannelId, Arc<Live>> =
            app.connections().all().into_iter().map(|live| (live.id, live)).collect();
        running.retain(|id, (old, stop)| {
            let same = live.get(id).is_some_and(|new| Arc::ptr_eq(new, old));
            if !same {
                stop.cancel();
            }
            same
        });
        for (id, channel) in live {
            if running.contains_key(&id) {
                continue;
            }
            if recovered.insert(id) {
                recovery::recover(app, &channel).await;
            }
            let stop = app.stopping().child_token();
            app.tasks().spawn(send_all(app.clone(), Arc::clone(&channel), stop.clone()));
            running.insert(id, (channel, stop));
        }
        tokio::select! {
            () = app.stopping().cancelled() => return,
            known = changes.changed() => if known.is_err() { return },
        }
    }
}

/// Takes messages of one channel from the outbox until it is stopped.
async fn send_all(app: App, live: Arc<Live>, stop: CancellationToken) {
    app.paces().set_rate(live.id, live.rate);
    let slots = Arc::new(Semaphore::new(IN_FLIGHT));
    let bell = app.outbox_bell();
    while !stop.is_cancelled() {
        let rings = bell.notified();
        tokio::pin!(rings);
        rings.as_mut().enable();
        match due(&app, live.id).await {
            Ok(Due::Now) => {}
            Ok(Due::In(pause)) => {
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = rings => {}
                    () = tokio::time::sleep(pause) => {}
                }
                continue;
            }
            Err(error) => {
                tracing::error!(%error, channel.id = %live.id, "the outbox could not be read");
                tokio::time::sleep(Duration::from_secs(1)).await;
                continue;
            }
        }
        let Ok(slot) = Arc::clone(&slots).acquire_owned().await else { return };
        let Some(left) = leave(&app, live.id, &stop).await else { return };
        match delivery::take(&app, &live).await {
            Ok(Some(parcel)) => {
                let (app, live) = (app.clone(), Arc::clone(&live));
                app.tasks().clone().spawn(async move {
                    delivery::hand_over_safely(&app, &live, parcel, left).await;
                    drop(slot);
                    app.wake_outbox();
                });
            }
            Ok(None) => app.paces().give_back(live.id, &left),
            Err(error) => {
                app.paces().give_back(live.id, &left);
                tracing::error!(%error, channel.id = %live.id, "a message could not be taken from the outbox");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

/// When the next message of a channel can leave.
enum Due {
    Now,
    In(Duration),
}

async fn due(app: &App, channel: ChannelId) -> Result<Due> {
    let now = clock::now();
    app.db()
        .read(move |connection| {
            if store::oldest_due(connection, channel, now)?.is_some() {
                return Ok(Due::Now);
            }
            let next = store::next_due(connection, channel, now)?;
            let pause = next.map_or(LOOK_AGAIN, |due| {
                Duration::from_millis(u64::try_from(due - now).unwrap_or(0)).min(LOOK_AGAIN)
            });
            Ok(Due::In(pause))
        })
        .await
}

/// Waits until a message of a channel may leave; `None`: the channel stops.
async fn leave(app: &App, channel: ChannelId, stop: &CancellationToken) -> Option<Left> {
    loop {
        match app.paces().try_leave(channel, Instant::now()) {
            Ok(left) => return Some(left),
            Err(wait) => tokio::select! {
                () = stop.cancelled() => return None,
                () = tokio::time::sleep(wait) => {}
            },
        }
    }
}

/// A message went from one state to another: clients hear of it, and what needs a person is
/// counted anew.
pub(crate) fn tell_state(
    tx: &mut Tx<'_>,
    session: SessionId,
    message: MessageId,
    from: MessageState,
    to: MessageState,
) -> Result<()> {
    crate::messages::tell_changed(tx, session, message)?;
    if needs_attention(from) != needs_attention(to) {
        sessions::recount_failed(tx, session)?;
        crate::sessions::tell_changed(tx, session, SessionChange::Other, None)?;
        tx.emit(Event::AttentionChanged, Audience::supervisors());
    }
    if needs_attention(to) && !needs_attention(from) {
        tell_author(tx, session, message)?;
    }
    Ok(())
}

/// Alerts whoever wrote a message that did not go.
fn tell_author(tx: &mut Tx<'_>, session: SessionId, message: MessageId) -> Result<()> {
    let Some(author) = alerts::author(tx, message)? else { return Ok(()) };
    let event = Event::Alert {
        alert: AlertKind::Failed,
        session_id: Some(session),
        message_id: Some(message),
        channel_id: None,
    };
    tx.emit(event, Audience::user(author));
    Ok(())
}

fn needs_attention(state: MessageState) -> bool {
    match state {
        MessageState::Failed | MessageState::Uncertain => true,
        MessageState::Received
        | MessageState::Scheduled
        | MessageState::Queued
        | MessageState::Sending
        | MessageState::Sent
        | MessageState::Delivered
        | MessageState::Read
        | MessageState::Cancelled => false,
    }
}
