//! Brings letters to push services: sealed, signed, a few at once, again after a pause where that
//! may help, and never to an address of this network.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Response, StatusCode};
use secrecy::ExposeSecret as _;

use super::letters::{self, About, Errand, Letter};
use super::sealing;
use crate::app::App;
use crate::clock;
use crate::error::{Error, Result};
use crate::model::{AlertKind, DeviceId, Time};
use crate::store;

/// Pauses before the second, third and further attempts.
const PAUSES: [Duration; 4] = [
    Duration::from_secs(2),
    Duration::from_secs(15),
    Duration::from_mins(1),
    Duration::from_mins(5),
];
/// A service that wants to be left alone for longer is left alone.
const LONGEST_PAUSE: Duration = Duration::from_mins(10);
/// How often it is noted that a service takes what it gets.
const NOTED_EVERY: Time = 60_000;
/// Bytes of a service's words that are kept.
const WORDS: usize = 200;
/// Services whose browsers take a push that shows nothing amiss.
const MUST_SHOW: &str = "push.apple.com";

/// What came of one attempt.
#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    /// The service has it.
    Taken,
    /// The subscription is no more.
    Gone,
    /// Trying again may help, after this time if the service named one.
    Again(String, Option<Duration>),
    /// It will not be taken.
    Refused(String),
}

/// Sends in a task of its own, unless too much waits already.
pub(super) fn send(app: &App, errand: Errand) {
    let Some(place) = app.push().queue_up(&errand) else {
        tracing::warn!("too many pushes wait; one was left out");
        return;
    };
    let task = app.clone();
    app.tasks().spawn(async move {
        tokio::select! {
            () = task.stopping().cancelled() => {}
            () = attempts(&task, &errand) => {}
        }
        drop(place);
    });
}

async fn attempts(app: &App, errand: &Errand) {
    let mut pauses = PAUSES.into_iter();
    loop {
        let named = match attempt(app, errand).await {
            Ok(None | Some(Outcome::Taken | Outcome::Gone | Outcome::Refused(_))) => return,
            Ok(Some(Outcome::Again(_, named))) => named,
            Err(error) => {
                tracing::error!(%error, "a push could not be made");
                return;
            }
        };
        let Some(usual) = pauses.next() else { return };
        let pause = named.map_or(usual, |named| named.max(Duration::from_secs(1)));
        if pause > LONGEST_PAUSE {
            return;
        }
        tokio::time::sleep(pause).await;
        if app.push().is_superseded(errand) {
            return;
        }
    }
}

/// One attempt; `None`: there is nothing to tell any more.
async fn attempt(app: &App, errand: &Errand) -> Result<Option<Outcome>> {
    let _turn = app.push().turn().await?;
    let (wanted, seats) = (*errand, app.seats().clone());
    let letter = app.db().read(move |c| letters::write(c, &wanted, &seats, clock::now())).await?;
    let Some(letter) = letter else { return Ok(None) };
    if matches!(errand.about, About::Over { .. })
        && letter.subscription.endpoint.contains(MUST_SHOW)
    {
        return Ok(None);
    }
    let outcome = post(app, &letter).await?;
    keep(app, errand, &letter, &outcome).await?;
    Ok(Some(outcome))
}

/// Sends to one device at once and says in words what came of it: for people who try it out.
pub(super) async fn send_now(app: &App, errand: Errand) -> Result<()> {
    match attempt(app, &errand).await? {
        Some(Outcome::Taken) => Ok(()),
        Some(Outcome::Gone) => Err(Error::Conflict(
            "the push service does not know this browser any more: switch push off and on again"
                .into(),
        )),
        Some(Outcome::Again(words, _) | Outcome::Refused(words)) => Err(Error::Conflict(words)),
        None => Err(Error::Conflict("this device has no push: switch it on first".into())),
    }
}

async fn post(app: &App, letter: &Letter) -> Result<Outcome> {
    let subscription = &letter.subscription;
    let text =
        serde_json::to_vec(&letter.content).map_err(|error| Error::Internal(error.to_string()))?;
    let body = sealing::seal(&text, &subscription.p256dh, &subscription.auth)?;
    let url = match app.push().admitted(&subscription.endpoint) {
        Ok(url) => url,
        Err(words) => return Ok(Outcome::Refused(words.to_owned())),
    };
    let authorization = app.push().authorization(app, &url, clock::now()).await?;
    let mut request = app
        .push()
        .client()?
        .post(url)
        .header(AUTHORIZATION, authorization.expose_secret())
        .header(CONTENT_ENCODING, "aes128gcm")
        .header(CONTENT_TYPE, "application/octet-stream")
        .header("TTL", letter.ttl)
        .header("Urgency", letter.urgency)
        .body(body);
    if let Some(topic) = letter.topic {
        request = request.header("Topic", super::topic(topic));
    }
    Ok(match request.send().await {
        Ok(response) => answered(response).await,
        Err(error) => {
            let words = if error.is_timeout() {
                "the push service did not answer in time"
            } else {
                "the push service cannot be reached"
            };
            Outcome::Again(words.to_owned(), None)
        }
    })
}

async fn answered(response: Response) -> Outcome {
    let status = response.status();
    match status {
        StatusCode::OK | StatusCode::CREATED | StatusCode::ACCEPTED | StatusCode::NO_CONTENT => {
            Outcome::Taken
        }
        StatusCode::NOT_FOUND | StatusCode::GONE => Outcome::Gone,
        _ => {
            let again = status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error();
            let pause = retry_after(response.headers());
            let said = said(response).await;
            let words = format!("the push service answered {}{said}", status.as_u16());
            if again { Outcome::Again(words, pause) } else { Outcome::Refused(words) }
        }
    }
}

/// Seconds; a date is left to our own pauses.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// The beginning of what the service says, however much it says.
async fn said(mut response: Response) -> String {
    let mut bytes = Vec::new();
    while bytes.len() < WORDS {
        match response.chunk().await {
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) | Err(_) => break,
        }
    }
    bytes.truncate(WORDS);
    let text = String::from_utf8_lossy(&bytes);
    let text: String = text.chars().filter(|one| !one.is_control()).collect();
    if text.trim().is_empty() { String::new() } else { format!(": {}", text.trim()) }
}

/// Keeps what came of it with the subscription, and what the device shows now.
async fn keep(app: &App, errand: &Errand, letter: &Letter, outcome: &Outcome) -> Result<()> {
    let (device, endpoint) = (errand.device, letter.subscription.endpoint.clone());
    if *outcome == Outcome::Taken
        && let About::Session { kind, session, .. } = errand.about
    {
        match kind {
            // What was read elsewhere is over.
            AlertKind::Mine | AlertKind::Unowned | AlertKind::Transfer => {
                app.push().shown().add(device, session);
            }
            // These are not over because the session was read or is held by somebody else; they
            // take the place of what was shown.
            AlertKind::Mention
            | AlertKind::Snooze
            | AlertKind::Failed
            | AlertKind::ChannelDown
            | AlertKind::Asked => {
                app.push().shown().take(device, session);
            }
        }
    }
    match outcome {
        Outcome::Taken if was_noted(letter, clock::now()) => Ok(()),
        Outcome::Taken => {
            app.db().write(move |tx| store::push::note_delivered(tx, device, tx.now())).await
        }
        Outcome::Gone => {
            tracing::info!(device.id = %device, "a browser ended its push subscription");
            app.db().write(move |tx| store::push::drop_gone(tx, device, &endpoint)).await
        }
        Outcome::Again(words, _) | Outcome::Refused(words) => {
            tracing::warn!(device.id = %device, words, "a push was not taken");
            note_problem(app, device, words.clone()).await
        }
    }
}

/// Whether the subscription says already that it works: a write for each push would be too many.
fn was_noted(letter: &Letter, now: Time) -> bool {
    let subscription = &letter.subscription;
    let lately = subscription.delivered_at.is_some_and(|at| now - at < NOTED_EVERY);
    lately && subscription.problem.is_none()
}

async fn note_problem(app: &App, device: DeviceId, words: String) -> Result<()> {
    app.db().write(move |tx| store::push::note_problem(tx, device, &words)).await
}
