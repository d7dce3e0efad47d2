//! The demo: a channel whose carrier and customers are simulated, so that everything can be tried
//! without an account. What the simulation plans goes the ordinary way in: signed requests, the
//! channel's `receive`, the inbox. Everything of it is labelled and goes away with one click.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use deskbell_channels::form::{IdentityKind, Settings as Form};
use deskbell_channels::simulated::personas::{PERSONAS, Persona};
use deskbell_channels::simulated::{self, Planned, Said};
use secrecy::SecretString;
use tokio::sync::broadcast::error::RecvError;
use uuid::Uuid;

use crate::App;
use crate::clock;
use crate::connections::{self, Live};
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::inbox;
use crate::model::{
    ChannelId, ChannelState, Direction, Message, MessageId, MessageKind, MessageState, NumberKind,
    PickUpMode, QueueId, Time, UserId,
};
use crate::store::{Tx, channels as store, messages, numbers, queues};

/// Id of its provider.
pub const PROVIDER: &str = "demo";
/// Its number: from the block that is kept free for fiction.
pub const NUMBER: &str = "+12025550100";
/// The queue that a new desk begins with.
const FIRST_QUEUE: &str = "Front desk";

/// Messages that are known to be followed already; older ones change no more.
const REMEMBERED: usize = 1_000;

/// Puts the demo channel and a first queue into a new desk.
pub async fn install(app: &App, now: Time) -> Result<ChannelId> {
    let token = crate::channels::new_token();
    let key = SecretString::from(format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple()));
    let vault = app.vault().clone();
    let id = app
        .db()
        .write(move |tx| {
            if let Some(id) = find(tx)? {
                return Ok(id);
            }
            let queue = first_queue(tx, now)?;
            let row = crate::channels::new_row(
                PROVIDER,
                "Demo",
                &token,
                ChannelState::Active,
                None,
                now,
            )?;
            store::insert(tx, &row)?;
            let place = connections::secret_place(row.id, simulated::SIGNING_KEY);
            let sealed =
                vault.seal(&place, secrecy::ExposeSecret::expose_secret(&key).as_bytes())?;
            store::put_secret(tx, row.id, simulated::SIGNING_KEY, &sealed)?;
            let number = crate::model::Number {
                id: crate::model::NumberId::new(),
                address: NUMBER.to_owned(),
                kind: NumberKind::E164,
                destination: crate::model::Destination::Queue { id: queue },
                starters: Vec::new(),
            };
            numbers::insert(tx, row.id, &number, now)?;
            tx.emit(Event::ChannelChanged { channel_id: row.id }, Audience::everyone());
            Ok(row.id)
        })
        .await?;
    app.connections().reload(app, id).await?;
    Ok(id)
}

/// The queue for the demo: the desk's oldest, or a new one.
fn first_queue(tx: &mut Tx<'_>, now: Time) -> Result<QueueId> {
    if let Some(queue) = queues::list(tx)?.into_iter().min_by_key(|queue| queue.created_at) {
        return Ok(queue.id);
    }
    let id = queues::insert(tx, FIRST_QUEUE, PickUpMode::Manual, now)?;
    tx.emit(Event::QueueChanged { queue_id: id }, Audience::everyone());
    Ok(id)
}

/// Puts a user into the queues that have nobody, so that what comes in has somebody to see it.
pub fn welcome(tx: &mut Tx<'_>, user: UserId) -> Result<()> {
    for queue in queues::list(tx)? {
        if queue.agents.is_empty() {
            queues::add_agent(tx, queue.id, user)?;
            tx.emit(Event::QueueChanged { queue_id: queue.id }, Audience::everyone());
        }
    }
    Ok(())
}

/// Lets every persona begin to write; without a demo channel nothing happens.
pub async fn play_all(app: &App) -> Result<()> {
    if live(app).is_err() {
        return Ok(());
    }
    for who in PERSONAS {
        play(app, who).await?;
    }
    Ok(())
}

/// The demo channel, if the desk has one.
fn find(connection: &rusqlite::Connection) -> Result<Option<ChannelId>> {
    let found = store::all(connection)?.into_iter().find(|row| row.provider == PROVIDER);
    Ok(found.map(|row| row.id))
}

/// The live demo channel.
pub fn live(app: &App) -> Result<Arc<Live>> {
    let found = app.connections().all().into_iter().find(|live| live.provider == PROVIDER);
    found.ok_or(Error::NotFound("demo channel"))
}

/// The channel's settings as the simulation wants them: its key and the faults that are on.
pub async fn form(app: &App, id: ChannelId) -> Result<Form> {
    let (row, sealed) = app
        .db()
        .read(move |connection| {
            let row = store::get(connection, id)?.ok_or(Error::NotFound("demo channel"))?;
            Ok((row, store::secrets(connection, id)?))
        })
        .await?;
    connections::settings_of(app, &row, &sealed)
}

/// Switches faults on and off.
pub async fn set_faults(app: &App, changes: Vec<(&'static str, bool)>) -> Result<()> {
    let id = live(app)?.id;
    app.db()
        .write(move |tx| {
            let mut row = store::get(tx, id)?.ok_or(Error::NotFound("demo channel"))?;
            for (field, on) in changes {
                if on {
                    row.values.insert(field.to_owned(), "on".to_owned());
                } else {
                    row.values.remove(field);
                }
            }
            store::update(tx, &row)
        })
        .await?;
    app.connections().reload(app, id).await?;
    app.connections().doubt(id);
    Ok(())
}

/// The persona with this id.
pub fn persona(id: &str) -> Result<&'static Persona> {
    PERSONAS.iter().find(|persona| persona.id == id).ok_or(Error::NotFound("persona"))
}

/// Writes as a persona.
pub async fn say(
    app: &App,
    who: &'static Persona,
    text: Option<String>,
    photo: bool,
) -> Result<()> {
    let live = live(app)?;
    let form = form(app, live.id).await?;
    let said = Said {
        id: format!("demo-typed-{}", Uuid::now_v7()),
        from: who.id.to_owned(),
        to: NUMBER.to_owned(),
        sender_name: Some(who.name.to_owned()),
        text,
        media: if photo { vec![simulated::photo()] } else { Vec::new() },
    };
    deliver_all(app, simulated::say(&form, said, clock::now()));
    Ok(())
}

/// Lets a persona play the beginning of their script.
pub async fn play(app: &App, who: &'static Persona) -> Result<()> {
    let live = live(app)?;
    let form = form(app, live.id).await?;
    let seed = Uuid::now_v7().simple().to_string();
    deliver_all(app, simulated::opening(&form, who, NUMBER, &seed, clock::now()));
    Ok(())
}

/// What a persona's phone shows.
pub async fn conversation(app: &App, who: &'static Persona) -> Result<Vec<Message>> {
    app.db()
        .read(move |connection| {
            let all = messages::of_address(connection, IdentityKind::Demo, who.id, 100)?;
            Ok(all.into_iter().filter(reached_the_phone).collect())
        })
        .await
}

fn reached_the_phone(message: &Message) -> bool {
    message.kind == MessageKind::Message
        && match message.direction {
            Direction::In => true,
            Direction::Out => matches!(
                message.state,
                MessageState::Sent | MessageState::Delivered | MessageState::Read
            ),
            Direction::None => false,
        }
}

/// Brings each planned request in at its time.
fn deliver_all(app: &App, plan: Vec<Planned>) {
    for planned in plan {
        let app = app.clone();
        app.tasks().clone().spawn(async move {
            tokio::select! {
                () = app.stopping().cancelled() => return,
                () = tokio::time::sleep(Duration::from_millis(planned.after_ms)) => {}
            }
            if let Err(error) = deliver(&app, &planned).await {
                tracing::warn!(%error, "a demo delivery did not arrive");
            }
        });
    }
}

async fn deliver(app: &App, planned: &Planned) -> Result<()> {
    let live = live(app)?;
    let received = live
        .channel
        .receive(&planned.request)
        .map_err(|refused| Error::Internal(refused.to_string()))?;
    inbox::accept(app, &live, &planned.request, received).await?;
    Ok(())
}

/// Starts watching for messages that the demo carrier took, to bring their receipts and answers.
pub fn start(app: &App) {
    let app = app.clone();
    app.tasks().clone().spawn(async move {
        let mut bus = app.bus().subscribe();
        let mut taken: BTreeSet<MessageId> = BTreeSet::new();
        loop {
            let heard = tokio::select! {
                () = app.stopping().cancelled() => return,
                heard = bus.recv() => heard,
            };
            let logged = match heard {
                Ok(logged) => logged,
                Err(RecvError::Lagged(_)) => continue,
                Err(RecvError::Closed) => return,
            };
            let Event::MessageChanged { message_id, .. } = logged.event else { continue };
            let Ok(live) = live(&app) else { continue };
            if taken.contains(&message_id) {
                continue;
            }
            match follow_up(&app, live.id, message_id).await {
                Ok(true) => remember(&mut taken, message_id),
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "the demo could not follow a message"),
            }
        }
    });
}

/// Keeps the newest of the messages that were followed; ids made later sort later.
fn remember(taken: &mut BTreeSet<MessageId>, id: MessageId) {
    taken.insert(id);
    while taken.len() > REMEMBERED {
        taken.pop_first();
    }
}

/// Plans what follows a message that the demo carrier took; `false`: it was not such a message.
async fn follow_up(app: &App, demo: ChannelId, id: MessageId) -> Result<bool> {
    let taken = app.db().read(move |connection| messages::taken_by(connection, demo, id)).await?;
    let Some(taken) = taken else { return Ok(false) };
    let form = form(app, demo).await?;
    let now = clock::now();
    deliver_all(app, simulated::receipts(&form, &taken.provider_id, now));
    // Only customers who played the beginning of their script go on with it.
    if taken.scripted
        && let Ok(who) = persona(&taken.to)
    {
        let seed = Uuid::now_v7().simple().to_string();
        let turn = usize::try_from(taken.turn).unwrap_or(usize::MAX);
        deliver_all(app, simulated::reply(&form, who, turn, NUMBER, &seed, now));
    }
    Ok(true)
}

/// Removes the demo: its sessions end, its channel goes.
pub async fn remove(app: &App, caller: &crate::access::Caller) -> Result<()> {
    let id = live(app)?.id;
    crate::channels::delete(app, caller, id, crate::channels::OpenSessions::End).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_newest_followed_messages_are_remembered() {
        let mut taken = BTreeSet::new();
        let ids: Vec<MessageId> = (0..REMEMBERED + 3).map(|_| MessageId::new()).collect();
        for id in &ids {
            remember(&mut taken, *id);
        }
        assert_eq!(taken.len(), REMEMBERED);
        assert!(!taken.contains(&ids[2]));
        assert!(taken.contains(&ids[3]) && taken.contains(&ids[REMEMBERED + 2]));
    }
}
