//! Deliveries that need a person: look, replay with what is known today, put aside.

use crate::access::Caller;
use crate::app::App;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::inbox;
use crate::model::{Delivery, DeliveryId, DeliveryOutcome};
use crate::store::{deliveries as store, settings};

/// Deliveries in a list at most.
const LISTED: u32 = 200;

/// The newest deliveries with this outcome, or all, without their bodies.
pub async fn list(
    app: &App,
    caller: &Caller,
    outcome: Option<DeliveryOutcome>,
) -> Result<Vec<Delivery>> {
    caller.must_supervise()?;
    app.db().read(move |connection| store::list(connection, outcome, LISTED)).await
}

/// One delivery with its body.
pub async fn get(app: &App, caller: &Caller, id: DeliveryId) -> Result<Delivery> {
    caller.must_supervise()?;
    one(app, id).await
}

/// Reads a delivery again, with today's parser and settings, and stores what follows from it.
pub async fn replay(app: &App, caller: &Caller, id: DeliveryId) -> Result<Delivery> {
    caller.must_administer()?;
    let (raw, origins) = app
        .db()
        .read(move |connection| {
            let raw = store::raw(connection, id)?.ok_or(Error::NotFound("delivery"))?;
            Ok((raw, settings::public_origins(connection)?))
        })
        .await?;
    match raw.outcome {
        DeliveryOutcome::Unreadable | DeliveryOutcome::Dismissed => {}
        DeliveryOutcome::Stored => {
            return Err(Error::Conflict("this delivery was read and stored already".into()));
        }
    }
    let live = app.connections().get(raw.channel_id).ok_or_else(|| {
        Error::Conflict("its channel is switched off or deleted: switch it on, then replay".into())
    })?;
    let mut request = raw.request;
    request.public_origins = origins;
    // What could not be verified was not kept; its proof may be gone, or made with older secrets.
    request.kept = true;
    let received = live.channel.receive(&request).map_err(|refused| {
        Error::Conflict(format!("with today's settings the channel refuses it: {refused}"))
    })?;
    if inbox::replay(app, &live, id, received).await?.is_some() {
        tracing::info!(delivery.id = %id, "a replayed delivery is still unreadable");
    }
    one(app, id).await
}

/// Puts an unreadable delivery aside.
pub async fn dismiss(app: &App, caller: &Caller, id: DeliveryId) -> Result<Delivery> {
    caller.must_administer()?;
    app.db()
        .write(move |tx| {
            let delivery = store::get(tx, id)?.ok_or(Error::NotFound("delivery"))?;
            if !store::dismiss(tx, id)? {
                return match delivery.outcome {
                    DeliveryOutcome::Dismissed => Ok(delivery),
                    DeliveryOutcome::Stored | DeliveryOutcome::Unreadable => {
                        Err(Error::Conflict("this delivery was read and stored already".into()))
                    }
                };
            }
            tx.emit(Event::AttentionChanged, Audience::supervisors());
            store::get(tx, id)?.ok_or(Error::NotFound("delivery"))
        })
        .await
}

async fn one(app: &App, id: DeliveryId) -> Result<Delivery> {
    app.db()
        .read(move |connection| store::get(connection, id)?.ok_or(Error::NotFound("delivery")))
        .await
}
