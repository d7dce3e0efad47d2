//! What happens at the desk and concerns a visitor: followed in one place for all of them, so that
//! thousands of idle lines sleep while one of them is spoken with.

use std::collections::HashMap;
use std::time::Duration;

use tokio::sync::broadcast::error::RecvError;
use tokio::time::MissedTickBehavior;

use super::calls;
use super::greeting::{self, Greeting};
use super::hub::News;
use super::visits;
use crate::App;
use crate::clock;
use crate::error::Result;
use crate::events::{Event, SessionChange};
use crate::model::{ChannelId, Direction, MessageKind, SessionId, UserId};
use crate::rooms::{Room, Stir};
use crate::store::sessions;

/// How often it is looked who stopped writing.
const SWEEP: Duration = Duration::from_secs(1);
/// How often it is looked whether somebody can answer: hours pass without an event.
const LOOK: Duration = Duration::from_secs(15);

/// Starts following.
pub(crate) fn start(app: &App) {
    let app = app.clone();
    app.tasks().clone().spawn(async move { follow(&app).await });
}

async fn follow(app: &App) {
    let mut bus = app.bus().subscribe();
    let mut stirs = app.rooms().subscribe();
    let mut sweeps = tokio::time::interval(SWEEP);
    sweeps.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut looks = tokio::time::interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut known = Known::default();
    loop {
        let done = tokio::select! {
            () = app.stopping().cancelled() => return,
            heard = bus.recv() => match heard {
                Ok(logged) => happened(app, &mut known, &logged.event).await,
                Err(RecvError::Lagged(_)) => {
                    bus = app.bus().subscribe();
                    app.chat().hub().tell_all(&News::Again);
                    Ok(())
                }
                Err(RecvError::Closed) => return,
            },
            stir = stirs.recv() => match stir {
                Ok(told) => stirred(app, &mut known, &told.stir).await,
                Err(RecvError::Lagged(_)) => Ok(()),
                Err(RecvError::Closed) => return,
            },
            _ = sweeps.tick() => {
                app.chat().hub().sweep(clock::now());
                calls::keep_time(app, clock::now()).await
            }
            _ = looks.tick() => look(app, &mut known).await,
            () = app.chat().calls().team_changed() => look(app, &mut known).await,
        };
        if let Err(error) = done {
            tracing::error!(%error, "visitors could not be told of something; they are told again");
            app.chat().hub().tell_all(&News::Again);
        }
    }
}

/// What visitors were told last.
#[derive(Debug, Default)]
struct Known {
    /// Whether somebody can answer, and whether visitors can call.
    online: HashMap<ChannelId, (bool, bool)>,
    /// Who writes in which session.
    writing: HashMap<SessionId, UserId>,
}

async fn happened(app: &App, known: &mut Known, event: &Event) -> Result<()> {
    let hub = app.chat().hub();
    match event {
        Event::SessionChanged {
            session_id,
            change: SessionChange::Assigned | SessionChange::Closed,
            ..
        } => calls::reassigned(app, *session_id).await?,
        Event::SignedOut { device_id } => calls::signed_out(app, *device_id).await?,
        _ => {}
    }
    match event {
        Event::MessageAdded {
            session_id,
            message_id,
            message_kind: MessageKind::Message,
            direction: Direction::In,
            ..
        }
        | Event::MessageChanged { session_id, message_id } => {
            hub.tell(*session_id, &News::Message(*message_id));
        }
        Event::SessionChanged { session_id, change, .. } if hub.has(*session_id) => {
            match change {
                SessionChange::Assigned => {
                    let id = *session_id;
                    let audience = app.db().read(move |c| sessions::audience(c, id)).await?;
                    hub.set_audience(id, audience, clock::now());
                }
                SessionChange::Opened
                | SessionChange::Closed
                | SessionChange::List
                | SessionChange::Other => {}
            }
            hub.tell(*session_id, &News::Session);
        }
        Event::UserChanged { .. } | Event::HoursChanged | Event::ChannelChanged { .. } => {
            look(app, known).await?;
        }
        _ => {}
    }
    Ok(())
}

/// Whether somebody can answer or be called, site by site; where that is different now, visitors
/// are told.
async fn look(app: &App, known: &mut Known) -> Result<()> {
    let sites = app.chat().hub().sites();
    known.online.retain(|channel, _| sites.contains(channel));
    if sites.is_empty() {
        return Ok(());
    }
    let (now, team) = (clock::now(), app.chat().calls().team());
    let found = app
        .db()
        .read(move |c| {
            let mut found = Vec::with_capacity(sites.len());
            for channel in sites {
                let room = visits::room(c, channel)?;
                let greeting = greeting::decide(&greeting::situation(c, channel, room, now)?);
                let online = greeting == Greeting::Online;
                found.push((channel, online, calls::site_calls(c, &team, channel, now)?));
            }
            Ok(found)
        })
        .await?;
    // What was told to the first visitors of a site may be old by now: they are told once more.
    for (channel, online, calls) in found {
        let now = (online, calls);
        if known.online.insert(channel, now).is_none_or(|before| before != now) {
            app.chat().hub().tell_site(channel, &News::Online(online));
        }
    }
    Ok(())
}

/// Somebody of the team began or stopped writing to the customer.
async fn stirred(app: &App, known: &mut Known, stir: &Stir) -> Result<()> {
    let Stir::Room(room) = stir else { return Ok(()) };
    let session = room.session_id;
    if !app.chat().hub().has(session) {
        known.writing.remove(&session);
        return Ok(());
    }
    let writer = writer(app, room).await?;
    if known.writing.get(&session).copied() == writer {
        return Ok(());
    }
    match writer {
        Some(user) => known.writing.insert(session, user),
        None => known.writing.remove(&session),
    };
    app.chat().hub().tell(session, &News::Writing(writer));
    Ok(())
}

/// Who writes an answer: only who has the session is seen by its visitor, or anybody while nobody
/// has it.
async fn writer(app: &App, room: &Room) -> Result<Option<UserId>> {
    let writing = || room.people.iter().filter(|one| one.writing && !one.note);
    if writing().next().is_none() {
        return Ok(None);
    }
    let session = room.session_id;
    let circle = app.db().read(move |c| sessions::circle(c, session)).await?;
    let may = |user: UserId| circle.owner.is_none_or(|owner| owner == user);
    Ok(writing().map(|one| one.user_id).find(|user| may(*user)))
}
