//! The task that fetches what customers sent: a few files at once, again after a failure, and
//! again after a restart, because what waits is in the store.

use std::collections::HashSet;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use super::fetch::{self, Missed};
use super::{disk, tell_messages};
use crate::app::App;
use crate::clock;
use crate::error::Result;
use crate::model::{FileId, Time};
use crate::store::files::{self, PendingFile};

/// Files at once.
const AT_ONCE: usize = 4;
/// How long to wait after each failure, in milliseconds; after the last one it has failed.
const AGAIN_AFTER: [i64; 2] = [5_000, 60_000];
/// How long to sleep at most, should nobody wake us.
const NAP: Duration = Duration::from_secs(15);
/// How often abandoned uploads are looked for.
const SWEEP_EVERY: Duration = Duration::from_hours(1);
/// How long an upload waits for a message that carries it, in milliseconds.
const ABANDONED_AFTER: i64 = 7 * 24 * 3_600_000;
/// Abandoned uploads removed at once.
const SWEPT: u32 = 200;

/// Fetches until the desk stops.
pub(super) async fn run(app: App) {
    let mut under_way = FuturesUnordered::new();
    let mut busy: HashSet<FileId> = HashSet::new();
    let mut sweeps = tokio::time::interval(SWEEP_EVERY);
    loop {
        let nap = match next(&app, &busy, clock::now()).await {
            Ok((due, nap)) => {
                for pending in due {
                    busy.insert(pending.id);
                    under_way.push(one(app.clone(), pending));
                }
                nap
            }
            Err(error) => {
                tracing::error!(%error, "it cannot be seen which files are to be fetched");
                NAP
            }
        };
        tokio::select! {
            () = app.stopping().cancelled() => return,
            Some(done) = under_way.next() => {
                busy.remove(&done);
            }
            () = app.media().bell.notified() => {}
            () = tokio::time::sleep(nap) => {}
            _ = sweeps.tick() => sweep(&app, clock::now()).await,
        }
    }
}

/// Files to begin with now, and how long to sleep otherwise.
async fn next(
    app: &App,
    busy: &HashSet<FileId>,
    now: Time,
) -> Result<(Vec<PendingFile>, Duration)> {
    let room = AT_ONCE.saturating_sub(busy.len());
    if room == 0 {
        return Ok((Vec::new(), NAP));
    }
    let asked = u32::try_from(AT_ONCE + busy.len()).unwrap_or(u32::MAX);
    let (due, next) = app
        .db()
        .read(move |connection| {
            Ok((files::due(connection, now, asked)?, files::next_due(connection, now)?))
        })
        .await?;
    let due = due.into_iter().filter(|pending| !busy.contains(&pending.id)).take(room).collect();
    let nap = next
        .map_or(NAP, |next| Duration::from_millis(u64::try_from(next - now).unwrap_or(0)).min(NAP));
    Ok((due, nap))
}

/// Fetches one file and keeps what became of it.
async fn one(app: App, pending: PendingFile) -> FileId {
    let id = pending.id;
    let live = app.connections().get(pending.channel_id);
    let media = app.media();
    let outcome = fetch::fetch(&media.clients, &media.folder, &pending, live.as_deref()).await;
    if let Err(error) = settle(&app, pending, outcome, clock::now()).await {
        tracing::error!(file.id = %id, %error, "it could not be kept what became of a file");
        // It is due again at once; the disk needs a moment.
        tokio::time::sleep(NAP).await;
    }
    id
}

async fn settle(
    app: &App,
    pending: PendingFile,
    outcome: std::result::Result<(String, files::Content), Missed>,
    now: Time,
) -> Result<()> {
    let id = pending.id;
    app.db()
        .write(move |tx| {
            match outcome {
                Ok((name, content)) => {
                    tracing::debug!(file.id = %id, size = content.size, "a file was fetched");
                    files::set_stored(tx, id, &name, &content)?;
                }
                Err(missed) => {
                    if let Some((wait, reason)) = again(&missed, pending.attempts) {
                        return files::postpone(tx, id, reason, now + wait);
                    }
                    let reason = sentence(&missed);
                    tracing::warn!(file.id = %id, reason, "a file could not be fetched");
                    files::set_failed(tx, id, &reason)?;
                }
            }
            tell_messages(tx, &[pending.message_id])
        })
        .await
}

/// How long to wait before the next attempt, and why; `None`: there is no next one.
fn again(missed: &Missed, attempts: u32) -> Option<(i64, &str)> {
    match missed {
        Missed::ForNow(reason) => {
            let wait = AGAIN_AFTER.get(usize::try_from(attempts).ok()?)?;
            Some((*wait, reason))
        }
        Missed::ForGood(_) => None,
    }
}

/// What people read under a file that failed.
fn sentence(missed: &Missed) -> String {
    match missed {
        Missed::ForNow(reason) => {
            format!("This file could not be fetched: {reason}. You can try again.")
        }
        Missed::ForGood(reason) => format!("This file could not be fetched: {reason}."),
    }
}

/// Removes uploads that no message ever carried.
async fn sweep(app: &App, now: Time) {
    let before = now - ABANDONED_AFTER;
    let removed = app
        .db()
        .write(move |tx| {
            let mut removed = Vec::new();
            for id in files::abandoned(tx, before, SWEPT)? {
                if files::remove_abandoned(tx, id)? {
                    removed.push(id);
                }
            }
            Ok(removed)
        })
        .await;
    match removed {
        Ok(removed) => {
            for id in removed {
                disk::remove(&app.media().folder, id).await;
            }
        }
        Err(error) => tracing::error!(%error, "abandoned uploads could not be removed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_tried_three_times_unless_it_is_for_good() {
        let now = Missed::ForNow("the provider answered 404".into());
        assert_eq!(again(&now, 0), Some((5_000, "the provider answered 404")));
        assert_eq!(again(&now, 1), Some((60_000, "the provider answered 404")));
        assert_eq!(again(&now, 2), None);
        assert_eq!(again(&Missed::ForGood("it is larger than 100 MB".into()), 0), None);
    }

    #[test]
    fn people_read_why_a_file_is_missing() {
        let now = Missed::ForNow("the provider answered 404".into());
        assert_eq!(
            sentence(&now),
            "This file could not be fetched: the provider answered 404. You can try again."
        );
    }
}
