//! Keeps the index up with the desk: woken by what happens, it takes in messages and changes in
//! small parts beside the writer. How far it came is in the index itself, so that it goes on there
//! after a stop, a crash or an update.

use std::time::Duration;

use tokio::sync::broadcast::error::{RecvError, TryRecvError};

use crate::App;
use crate::app::blocking;
use crate::error::Result;
use crate::store::index;

/// What comes within this time is taken in together.
const TOGETHER: Duration = Duration::from_millis(100);
/// Pause between two parts, so that others get at the disk.
const BREATH: Duration = Duration::from_millis(2);
/// It looks at least this often, should news be missed.
const LOOK_AGAIN: Duration = Duration::from_secs(30);
/// After a failure it waits so long.
const AFTER_FAILURE: Duration = Duration::from_secs(10);
/// Changes that were followed are forgotten this often.
const FORGET: Duration = Duration::from_mins(5);

/// Starts following.
pub fn start(app: &App) {
    let app = app.clone();
    app.tasks().clone().spawn(async move { keep(&app).await });
}

async fn keep(app: &App) {
    let mut news = app.bus().subscribe();
    let mut settled = tokio::time::Instant::now();
    loop {
        let failed = match catch_up(app).await {
            Ok(()) => false,
            Err(error) => {
                tracing::error!(%error, "the index of words could not follow");
                true
            }
        };
        if settled.elapsed() > FORGET {
            settled = tokio::time::Instant::now();
            if let Err(error) = forget(app).await {
                tracing::error!(%error, "followed changes could not be forgotten");
            }
        }
        let again = if failed { AFTER_FAILURE } else { LOOK_AGAIN };
        tokio::select! {
            () = app.stopping().cancelled() => return,
            () = tokio::time::sleep(again) => {}
            told = news.recv() => if matches!(told, Err(RecvError::Closed)) { return },
        }
        tokio::select! {
            () = app.stopping().cancelled() => return,
            () = tokio::time::sleep(if failed { AFTER_FAILURE } else { TOGETHER }) => {}
        }
        while !matches!(news.try_recv(), Err(TryRecvError::Empty | TryRecvError::Closed)) {}
    }
}

/// Takes in everything that there is.
async fn catch_up(app: &App) -> Result<()> {
    while !app.stopping().is_cancelled() {
        let index = app.index().clone();
        if !blocking(move || index.follow()).await?.more {
            break;
        }
        tokio::time::sleep(BREATH).await;
    }
    Ok(())
}

/// Forgets the changes that are in the index for good.
async fn forget(app: &App) -> Result<()> {
    let index = app.index().clone();
    let Some(change) = blocking(move || index.settle()).await? else { return Ok(()) };
    app.db().write(move |tx| index::drop_changes(tx, change)).await?;
    Ok(())
}
