//! Follows what happens on the desk and finds the devices that may have to be told.

use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::broadcast::error::RecvError;

use super::letters::{self, About, Errand};
use crate::app::App;
use crate::clock;
use crate::error::Result;
use crate::events::{Audience, Event, Logged};
use crate::model::{AlertKind, DeviceId, Direction, MessageKind, SessionId, Time};
use crate::store::{alerts, events as log};

/// Events read from the log at once.
const PAGE: usize = 500;
/// How long it waits after the log could not be read.
const AGAIN: Duration = Duration::from_secs(1);

/// Follows until the desk stops.
pub(super) async fn follow(app: App) {
    let mut bus = app.bus().subscribe();
    let Ok(mut last) = app.db().read(log::last).await else { return };
    loop {
        let heard = tokio::select! {
            () = app.stopping().cancelled() => return,
            heard = bus.recv() => heard,
        };
        match heard {
            Ok(logged) if logged.seq > last => {
                last = logged.seq;
                note(&app, &logged).await;
            }
            Ok(_) => {}
            // The desk was faster than this task: the log has what the bus has dropped.
            Err(RecvError::Lagged(_)) => {
                bus = app.bus().subscribe();
                last = catch_up(&app, last).await;
            }
            Err(RecvError::Closed) => return,
        }
    }
}

async fn catch_up(app: &App, mut last: i64) -> i64 {
    loop {
        let missed = match app.db().read(move |c| log::after(c, last, PAGE)).await {
            Ok(missed) => missed,
            Err(error) => {
                tracing::error!(%error, "push could not read what it missed; it tries again");
                tokio::select! {
                    () = app.stopping().cancelled() => return last,
                    () = tokio::time::sleep(AGAIN) => continue,
                }
            }
        };
        let all = missed.len() < PAGE;
        for logged in missed {
            last = logged.seq;
            note(app, &logged).await;
        }
        if all {
            return last;
        }
    }
}

/// Sends what an event asks for. Costs nothing while no device has push.
async fn note(app: &App, logged: &Logged) {
    if !app.push().is_wanted() {
        return;
    }
    if let Event::SessionChanged { session_id, .. } = logged.event {
        clear(app, session_id, logged.at).await;
        return;
    }
    let Some((about, audience)) = occasion(logged) else { return };
    let found = app.db().read(move |c| devices(c, &audience, clock::now())).await;
    match found {
        Ok(devices) => {
            for device in devices {
                super::delivery::send(app, Errand { device, about, at: logged.at });
            }
        }
        Err(error) => tracing::error!(%error, "it is not known whom to tell by push"),
    }
}

/// What an event is an occasion for, and for whom. Others than those may know of it too.
fn occasion(logged: &Logged) -> Option<(About, Audience)> {
    match &logged.event {
        Event::MessageAdded {
            session_id,
            message_id,
            message_kind: MessageKind::Message,
            direction: Direction::In,
            owner_id,
            queue_id,
            ..
        } => {
            let (kind, audience) = match (owner_id, queue_id) {
                (Some(owner), _) => (AlertKind::Mine, Audience::user(*owner)),
                (None, Some(queue)) => {
                    let queues = vec![*queue];
                    (AlertKind::Unowned, Audience { queues, ..Audience::default() })
                }
                (None, None) => return None,
            };
            let message = Some(*message_id);
            Some((About::Session { kind, session: *session_id, message }, audience))
        }
        Event::Mentioned { session_id, message_id, .. } => {
            let about = About::Session {
                kind: AlertKind::Mention,
                session: *session_id,
                message: Some(*message_id),
            };
            Some((about, logged.audience.clone()))
        }
        Event::SessionWoken { session_id } => {
            let kind = AlertKind::Snooze;
            let about = About::Session { kind, session: *session_id, message: None };
            Some((about, logged.audience.clone()))
        }
        Event::TransferAsked { session_id, message_id, .. } => {
            let kind = AlertKind::Asked;
            let message = Some(*message_id);
            // Supervisors are asked where the owner is away; the phone is the owner's.
            let audience = Audience { supervisors: false, ..logged.audience.clone() };
            Some((About::Session { kind, session: *session_id, message }, audience))
        }
        Event::Alert { channel_id: Some(channel), .. } => {
            Some((About::Channel { channel: *channel }, logged.audience.clone()))
        }
        Event::Alert { alert, session_id: Some(session), message_id, .. } => {
            let about = About::Session { kind: *alert, session: *session, message: *message_id };
            Some((about, logged.audience.clone()))
        }
        _ => None,
    }
}

fn devices(c: &Connection, audience: &Audience, now: Time) -> Result<Vec<DeviceId>> {
    let mut found = Vec::new();
    for user in &audience.users {
        found.extend(alerts::devices_of_user(c, *user, now)?);
    }
    for queue in &audience.queues {
        found.extend(alerts::devices_of_queue(c, *queue, now)?);
    }
    if audience.supervisors {
        found.extend(alerts::devices_of_supervisors(c, now)?);
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// A session was read, or has another holder: what devices still show of it can go.
async fn clear(app: &App, session: SessionId, at: Time) {
    for device in app.push().shown().of_session(session) {
        let over = app.db().read(move |c| letters::is_over(c, device, session, clock::now())).await;
        if matches!(over, Ok(true)) && app.push().shown().take(device, session) {
            super::delivery::send(app, Errand { device, about: About::Over { session }, at });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ChannelId, MessageId, QueueId, UserId};

    fn added(kind: MessageKind, direction: Direction, owner: bool, queue: bool) -> Logged {
        let event = Event::MessageAdded {
            session_id: SessionId::new(),
            message_id: MessageId::new(),
            message_kind: kind,
            direction,
            author_id: None,
            owner_id: owner.then(UserId::new),
            queue_id: queue.then(QueueId::new),
        };
        Logged { seq: 1, at: 0, event, audience: Audience::supervisors() }
    }

    #[test]
    fn only_what_customers_say_and_what_the_desk_calls_an_alert_is_an_occasion() {
        use {Direction as D, MessageKind as M};
        let kind_of = |logged: &Logged| match occasion(logged) {
            Some((About::Session { kind, .. }, audience)) => {
                assert!(!audience.supervisors, "reading along is no reason to be told");
                Some(kind)
            }
            Some(_) => panic!("about something else"),
            None => None,
        };
        for (kind, direction, owner, queue, expected) in [
            (M::Message, D::In, true, false, Some(AlertKind::Mine)),
            (M::Message, D::In, false, true, Some(AlertKind::Unowned)),
            (M::Message, D::In, false, false, None),
            (M::Message, D::Out, true, false, None),
            (M::Note, D::None, true, false, None),
            (M::Event, D::None, true, false, None),
        ] {
            assert_eq!(kind_of(&added(kind, direction, owner, queue)), expected, "{kind:?}");
        }
        let channel = Event::Alert {
            alert: AlertKind::ChannelDown,
            session_id: None,
            message_id: None,
            channel_id: Some(ChannelId::new()),
        };
        let down = Logged { seq: 1, at: 0, event: channel, audience: Audience::supervisors() };
        let (about, audience) = occasion(&down).unwrap();
        assert!(matches!(about, About::Channel { .. }) && audience.supervisors);
    }
}
