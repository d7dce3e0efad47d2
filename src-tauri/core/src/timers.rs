//! Everything that happens because time passed: sessions that close by silence, snoozes that end, links and old
//! deliveries that expire, the event log that stays short. SQL says what is due.

use std::time::Duration;

use tokio::time::MissedTickBehavior;

use crate::App;
use crate::accounts::presence;
use crate::error::Result;
use crate::model::{ClosedBy, Time};
use crate::store::sessions::DAY;
use crate::store::{contact_merges, deliveries, devices, events, files, outbox, sessions};
use crate::{calls, clock, contacts, counters};

/// How often it is looked whether something is due.
const TICK: Duration = Duration::from_secs(30);
/// How often it is looked whether a snooze is over: people set them to the minute.
const WAKE_TICK: Duration = Duration::from_secs(5);
/// Sessions closed in one transaction, so that nobody waits long behind it.
const AT_ONCE: u32 = 100;
/// Events that are kept for clients that were away.
const EVENTS_KEPT: i64 = 100_000;
/// Days for which raw deliveries that were read are kept.
const DELIVERIES_KEPT: i64 = 30;
/// Days for which an expired media link still says that it has expired.
const LINKS_KEPT: i64 = 30;
/// Hours for which a receipt waits for its message.
const RECEIPTS_KEPT: i64 = 48;

/// Starts looking.
pub fn start(app: &App) {
    let app = app.clone();
    app.tasks().clone().spawn(async move {
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut wakes = tokio::time::interval(WAKE_TICK);
        wakes.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                () = app.stopping().cancelled() => return,
                _ = wakes.tick() => {
                    if let Err(error) = crate::sessions::wake_due(&app, clock::now()).await {
                        tracing::error!(%error, "snoozed sessions did not wake; it is tried again");
                    }
                    continue;
                }
                _ = ticks.tick() => {}
            }
            if let Err(error) = run(&app, clock::now()).await {
                tracing::error!(%error, "a timer failed; it runs again in half a minute");
            }
        }
    });
}

/// Does all that is due at `now`.
pub async fn run(app: &App, now: Time) -> Result<()> {
    close_silent(app, now).await?;
    crate::sessions::wake_due(app, now).await?;
    let imports = app.clone();
    app.db()
        .write(move |tx| {
            contacts::import::keep_time(&imports, tx, now)?;
            files::drop_links(tx, now - LINKS_KEPT * DAY)?;
            deliveries::drop_settled(tx, now - DELIVERIES_KEPT * DAY, AT_ONCE * 10)?;
            outbox::drop_early_receipts(tx, now - RECEIPTS_KEPT * DAY / 24)?;
            devices::delete_expired(tx, now)?;
            presence::keep_time(tx, now)?;
            crate::sessions::drop_old(tx, now)?;
            calls::keep_time(tx, now)?;
            contact_merges::drop_old(tx, now)?;
            events::trim(tx, EVENTS_KEPT)?;
            Ok(())
        })
        .await?;
    let depth = app.db().read(outbox::depth).await?;
    #[expect(clippy::cast_precision_loss, reason = "a gauge; nobody has 2^52 messages waiting")]
    metrics::gauge!("deskbell_outbox_depth").set(depth as f64);
    counters::upkeep();
    Ok(())
}

/// Ends the sessions in which nobody wrote for as long as their channel says.
async fn close_silent(app: &App, now: Time) -> Result<()> {
    loop {
        // Looking is for a reader; the write looks again at those that were found.
        let found = app.db().read(move |c| sessions::silent(c, now, AT_ONCE)).await?;
        if found.is_empty() {
            return Ok(());
        }
        let closed = app
            .db()
            .write(move |tx| {
                let silent = sessions::silent(tx, now, AT_ONCE)?;
                for id in &silent {
                    crate::sessions::close(tx, *id, None, ClosedBy::Silence)?;
                }
                Ok(silent.len())
            })
            .await?;
        app.wake_outbox();
        if closed < AT_ONCE as usize {
            return Ok(());
        }
    }
}
