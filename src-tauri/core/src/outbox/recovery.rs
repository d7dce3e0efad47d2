//! What to do with messages that were on their way when the program ended: they are looked up at
//! the provider where it tells, else a person decides.

use std::sync::Arc;

use deskbell_channels::exchange::{ErrorKind, Failure, Outgoing};

use super::delivery::{Attempt, Light, Outcome, Parcel, look_up, write_down};
use crate::App;
use crate::connections::Live;
use crate::error::Result;
use crate::model::MessageState;
use crate::store::messages;
use crate::store::outbox::{self as store, Claimed};

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
    let attempt = Attempt { id: claimed.id, session: claimed.session, at: claimed.attempted_at };
    let outgoing = Outgoing {
        id: claimed.id.to_string(),
        from: claimed.from,
        to: claimed.to,
        text: Some(claimed.text).filter(|text| !text.is_empty()),
        // The links of that attempt are not kept; only their number helps to find it.
        media_urls: vec![String::new(); claimed.files.len()],
        status_url: None,
    };
    let parcel = Parcel {
        attempt,
        attempts: claimed.attempts,
        refusals: claimed.refusals,
        outgoing: Ok(outgoing.clone()),
    };
    let outcome = if live.limits.idempotent {
        Some(Outcome::Again { pause: 0, failure })
    } else {
        look_up(app, live, &parcel, &outgoing, failure).await
    };
    if let Some(outcome) = outcome {
        write_down(app, live, attempt, outcome, Light::Same).await;
    }
}
