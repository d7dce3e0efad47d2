//! Whether channels work: the provider is asked every few minutes, after every change, and at once
//! when a send was refused for its credentials. Of a provider that cannot be asked, its refusal
//! counts until it takes a message.

use std::collections::BTreeSet;
use std::time::Duration;

use deskbell_channels::exchange::{Failure, Health, HealthState};
use futures_util::{StreamExt, stream};
use tokio::time::MissedTickBehavior;

use crate::access::Caller;
use crate::app::App;
use crate::clock;
use crate::connections::{self, Live};
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::model::{AlertKind, ChannelHealth, ChannelId, Time};
use crate::store::{Tx, channels as store};

/// How often every channel is checked.
const EVERY: Duration = Duration::from_mins(5);
/// Providers that are asked at once.
const AT_ONCE: usize = 8;

/// Starts checking.
pub fn start_checks(app: &App) {
    app.tasks().spawn(run(app.clone()));
}

/// What a channel's state is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// The provider said so.
    Provider,
    /// Nobody was asked: a refusal of the provider's still counts.
    Nobody,
}

/// A send was refused for its credentials: the provider is asked at once. If it cannot be asked, it
/// has said it by that.
pub async fn note_authentication_failure(app: &App, live: &Live, failure: &Failure) {
    if live.channel.can_check() {
        app.connections().doubt(live.id);
        return;
    }
    let advice = "A message was refused for the credentials. Check them: the light turns green \
                  again when a message goes.";
    let detail = match &failure.text {
        Some(said) => format!("{advice} The provider says: {said}"),
        None => advice.to_owned(),
    };
    note(app, live.id, Health { state: HealthState::Unauthorized, detail: Some(detail) }).await;
}

/// A message was taken though the channel's light is not green: the provider is asked at once. If
/// it cannot be asked, it has said it by that.
pub async fn note_taken(app: &App, live: &Live) {
    if live.channel.can_check() {
        app.connections().doubt(live.id);
    } else {
        note(app, live.id, Health { state: HealthState::Connected, detail: None }).await;
    }
}

async fn note(app: &App, id: ChannelId, health: Health) {
    let kept = keep(app, id, health, Source::Provider, clock::now()).await;
    log_unkept(id, kept);
}

fn log_unkept(id: ChannelId, kept: Result<ChannelHealth>) {
    if let Err(error) = kept {
        tracing::error!(channel.id = %id, %error, "a channel's state could not be kept");
    }
}

/// Asks the provider now, with what is saved, and keeps the answer.
pub async fn check(app: &App, caller: &Caller, id: ChannelId, now: Time) -> Result<ChannelHealth> {
    caller.must_administer()?;
    if let Some(live) = app.connections().get(id) {
        return ask(app, &live, now).await;
    }
    let (row, sealed) = app
        .db()
        .read(move |connection| {
            let row = store::get(connection, id)?.ok_or(Error::NotFound("channel"))?;
            Ok((row, store::secrets(connection, id)?))
        })
        .await?;
    let settings = connections::settings_of(app, &row, &sealed)?;
    let live = connections::connect(&row, settings)?.map_err(Error::Invalid)?;
    ask(app, &live, now).await
}

async fn run(app: App) {
    let mut rounds = tokio::time::interval(EVERY);
    rounds.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let asked: BTreeSet<ChannelId> = tokio::select! {
            () = app.stopping().cancelled() => return,
            _ = rounds.tick() => app.connections().all().iter().map(|live| live.id).collect(),
            doubtful = app.connections().doubts() => doubtful,
        };
        let asking = stream::iter(asked).for_each_concurrent(AT_ONCE, |id| ask_live(&app, id));
        tokio::select! {
            () = app.stopping().cancelled() => return,
            () = asking => {}
        }
    }
}

async fn ask_live(app: &App, id: ChannelId) {
    let Some(live) = app.connections().get(id) else { return };
    log_unkept(id, ask(app, &live, clock::now()).await);
}

async fn ask(app: &App, live: &Live, now: Time) -> Result<ChannelHealth> {
    let health = live.channel.check(&live.http).await;
    let source = if live.channel.can_check() { Source::Provider } else { Source::Nobody };
    keep(app, live.id, health, source, now).await
}

/// Keeps what is known; everyone hears of it when it is news.
async fn keep(
    app: &App,
    id: ChannelId,
    health: Health,
    source: Source,
    now: Time,
) -> Result<ChannelHealth> {
    app.db()
        .write(move |tx| {
            let before = store::get(tx, id)?.ok_or(Error::NotFound("channel"))?.health;
            if source == Source::Nobody && before.state == Some(HealthState::Unauthorized) {
                return Ok(before);
            }
            store::set_health(tx, id, health.state, health.detail.as_deref(), now)?;
            if is_news(&before, &health) {
                let state = health.state.as_str();
                tracing::info!(channel.id = %id, state, "a channel has another state");
                tx.emit(Event::ChannelChanged { channel_id: id }, Audience::everyone());
                if is_down(health.state) && !before.state.is_some_and(is_down) {
                    tell_down(tx, id);
                }
            }
            Ok(store::get(tx, id)?.ok_or(Error::NotFound("channel"))?.health)
        })
        .await
}

/// Whether messages do not go through a channel in this state.
pub(crate) fn is_down(state: HealthState) -> bool {
    match state {
        HealthState::Unauthorized
        | HealthState::ServiceUnavailable
        | HealthState::RequestFailed => true,
        HealthState::Connected | HealthState::Unknown => false,
    }
}

/// Alerts those who can do something about it.
fn tell_down(tx: &mut Tx<'_>, channel: ChannelId) {
    let event = Event::Alert {
        alert: AlertKind::ChannelDown,
        session_id: None,
        message_id: None,
        channel_id: Some(channel),
    };
    tx.emit(event, Audience::supervisors());
}

fn is_news(before: &ChannelHealth, now: &Health) -> bool {
    before.state != Some(now.state) || before.detail != now.detail
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_state_with_the_same_words_is_no_news() {
        let mut before = ChannelHealth::default();
        let connected = Health { state: HealthState::Connected, detail: None };
        assert!(is_news(&before, &connected));
        before.state = Some(HealthState::Connected);
        assert!(!is_news(&before, &connected));
        let refused = Health { state: HealthState::Unauthorized, detail: None };
        assert!(is_news(&before, &refused));
        before.detail = Some("The gateway answered 500.".into());
        assert!(is_news(&before, &connected));
    }
}
