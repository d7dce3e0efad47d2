//! Web Push: browsers and installed apps are told while no page is open. Who is told what is
//! decided at the moment of sending ([`letters`]); what is sent is sealed for one browser.
//!
//! Knows the store and the push services; knows no HTTP of our own.

mod delivery;
mod letters;
mod occasions;
mod sealing;
mod vapid;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::sync::{OnceCell, OwnedSemaphorePermit, Semaphore, SemaphorePermit};
use url::Url;

use crate::access::Caller;
use crate::app::App;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::media::addresses::{PublicOnly, must_be_public};
use crate::model::{DeviceId, NewPush, PushKey, PushState, PushTest, SessionId, Time};
use crate::store::push as store;
use letters::{About, Errand};

/// Where the sealed key belongs.
const KEY_PLACE: &str = "push_key/private";
/// Who a push service may turn to where the desk has no public address.
const NO_CONTACT: &str = "mailto:push@deskbell.invalid";
/// Pushes that wait or are under way at most.
const WAITING: usize = 2_000;
/// Pushes under way at once.
const AT_ONCE: usize = 8;
/// Notifications that are remembered as shown.
const SHOWN: usize = 10_000;
/// How long one attempt may take.
const TIME: Duration = Duration::from_secs(20);
/// Characters of an endpoint's address.
const ENDPOINT: usize = 1_024;

/// What the desk needs to tell browsers.
#[derive(Debug)]
pub struct Push {
    key: OnceCell<vapid::Key>,
    client: OnceLock<reqwest::Client>,
    /// Whether any device has push.
    wanted: AtomicBool,
    waiting: Arc<Semaphore>,
    under_way: Semaphore,
    /// The newest errand of each device and session.
    newest: Mutex<HashMap<(DeviceId, SessionId), Time>>,
    shown: Shown,
    private_hosts: bool,
}

/// What devices show at present, as far as we know.
#[derive(Debug, Default)]
pub(crate) struct Shown(Mutex<Vec<(DeviceId, SessionId)>>);

impl Shown {
    fn lock(&self) -> MutexGuard<'_, Vec<(DeviceId, SessionId)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, device: DeviceId, session: SessionId) {
        let mut shown = self.lock();
        shown.retain(|one| *one != (device, session));
        if shown.len() >= SHOWN {
            shown.remove(0);
        }
        shown.push((device, session));
    }

    fn of_session(&self, session: SessionId) -> Vec<DeviceId> {
        self.lock().iter().filter(|(_, one)| *one == session).map(|(device, _)| *device).collect()
    }

    /// Takes it away; `false`: it was not there.
    fn take(&self, device: DeviceId, session: SessionId) -> bool {
        let mut shown = self.lock();
        let before = shown.len();
        shown.retain(|one| *one != (device, session));
        shown.len() < before
    }
}

impl Push {
    /// Nothing is sent before somebody wants it.
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            key: OnceCell::new(),
            client: OnceLock::new(),
            wanted: AtomicBool::new(false),
            waiting: Arc::new(Semaphore::new(WAITING)),
            under_way: Semaphore::new(AT_ONCE),
            newest: Mutex::default(),
            shown: Shown::default(),
            private_hosts: config.media_private_hosts,
        }
    }

    fn is_wanted(&self) -> bool {
        self.wanted.load(Ordering::Relaxed)
    }

    fn shown(&self) -> &Shown {
        &self.shown
    }

    /// A place among those that wait, and the word that this is the newest of its kind.
    fn queue_up(&self, errand: &Errand) -> Option<OwnedSemaphorePermit> {
        let place = Arc::clone(&self.waiting).try_acquire_owned().ok()?;
        if let Some(session) = session_of(errand) {
            let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
            // What is older than the longest wait is of no use.
            if newest.len() >= SHOWN {
                newest.clear();
            }
            newest.insert((errand.device, session), errand.at);
        }
        Some(place)
    }

    /// Whether something newer about the same session is on its way to the same device.
    fn is_superseded(&self, errand: &Errand) -> bool {
        let Some(session) = session_of(errand) else { return false };
        let newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
        newest.get(&(errand.device, session)).is_some_and(|newest| *newest > errand.at)
    }

    async fn turn(&self) -> Result<SemaphorePermit<'_>> {
        self.under_way.acquire().await.map_err(|_| Error::Stopping)
    }

    /// The address of a push service as a URL; the error is a sentence for people.
    fn admitted(&self, endpoint: &str) -> Result<Url, &'static str> {
        let wrong = "this is not the address of a push service";
        if endpoint.len() > ENDPOINT {
            return Err(wrong);
        }
        let url = Url::parse(endpoint).map_err(|_| wrong)?;
        if self.private_hosts && matches!(url.scheme(), "http" | "https") {
            return Ok(url);
        }
        let plain = url.username().is_empty() && url.password().is_none();
        if url.scheme() != "https" || !plain || must_be_public(&url).is_err() {
            return Err(wrong);
        }
        Ok(url)
    }

    fn client(&self) -> Result<&reqwest::Client> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(TIME / 2)
            .timeout(TIME)
            .user_agent(concat!("Deskbell/", env!("CARGO_PKG_VERSION")));
        if !self.private_hosts {
            builder = builder.dns_resolver(PublicOnly);
        }
        let client = builder.build().map_err(|error| Error::Internal(error.to_string()))?;
        Ok(self.client.get_or_init(|| client))
    }

    async fn key(&self, app: &App) -> Result<&vapid::Key> {
        self.key.get_or_try_init(async || key_of_desk(app).await).await
    }

    async fn authorization(&self, app: &App, url: &Url, now: Time) -> Result<SecretString> {
        let contact = app.db().read(crate::store::settings::public_url).await?;
        let contact = contact.filter(|origin| origin.starts_with("https://"));
        self.key(app).await?.authorization(url, contact.as_deref().unwrap_or(NO_CONTACT), now)
    }
}

fn session_of(errand: &Errand) -> Option<SessionId> {
    match errand.about {
        About::Session { session, .. } | About::Over { session } => Some(session),
        About::Channel { .. } | About::Test { .. } => None,
    }
}

/// The key that was made once; the first time it is made.
async fn key_of_desk(app: &App) -> Result<vapid::Key> {
    if let Some((_, sealed)) = app.db().read(store::key).await? {
        return vapid::Key::open(&app.vault().open_sealed(KEY_PLACE, &sealed)?);
    }
    let made = vapid::generate()?;
    let public = vapid::Key::open(&made)?.point().to_vec();
    let sealed = app.vault().seal(KEY_PLACE, made.expose_secret().as_bytes())?;
    // Whoever came first made the one that counts.
    let kept = app
        .db()
        .write(move |tx| {
            store::keep_key(tx, &public, &sealed, tx.now())?;
            store::key(tx)
        })
        .await?;
    let (_, sealed) = kept.ok_or_else(|| Error::Internal("the key for push is gone".into()))?;
    vapid::Key::open(&app.vault().open_sealed(KEY_PLACE, &sealed)?)
}

/// Starts telling.
pub(crate) async fn start(app: &App) -> Result<()> {
    app.push().wanted.store(app.db().read(store::any).await?, Ordering::Relaxed);
    app.tasks().spawn(occasions::follow(app.clone()));
    Ok(())
}

/// The desk's public key.
pub async fn key(app: &App) -> Result<PushKey> {
    Ok(PushKey { key: app.push().key(app).await?.public.clone() })
}

/// Whether the caller's device is told.
pub async fn state(app: &App, caller: &Caller) -> Result<PushState> {
    let device = caller.device;
    let found = app.db().read(move |c| store::of_device(c, device)).await?;
    Ok(found.map_or(
        PushState { on: false, service: None, since: None, delivered_at: None, problem: None },
        |found| PushState {
            on: true,
            service: Url::parse(&found.endpoint)
                .ok()
                .and_then(|url| url.host_str().map(str::to_owned)),
            since: Some(found.created_at),
            delivered_at: found.delivered_at,
            problem: found.problem,
        },
    ))
}

/// Tells the caller's device from now on.
pub async fn subscribe(
    app: &App,
    caller: &Caller,
    wanted: NewPush,
    now: Time,
) -> Result<PushState> {
    let endpoint = app.push().admitted(&wanted.endpoint).map_err(|words| {
        Error::field("endpoint", format!("The browser named a place, but {words}."))
    })?;
    let decode =
        |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).unwrap_or_default();
    let (p256dh, auth) = (decode(&wanted.keys.p256dh), decode(&wanted.keys.auth));
    if !sealing::is_point(&p256dh) || auth.len() != sealing::AUTH {
        return Err(Error::field("keys", "These are not the keys of a browser."));
    }
    // The key must be there before anything can be sent with it.
    app.push().key(app).await?;
    let device = caller.device;
    app.db()
        .write(move |tx| store::subscribe(tx, device, endpoint.as_str(), &p256dh, &auth, now))
        .await?;
    app.push().wanted.store(true, Ordering::Relaxed);
    state(app, caller).await
}

/// Does not tell the caller's device any more.
pub async fn unsubscribe(app: &App, caller: &Caller) -> Result<()> {
    let device = caller.device;
    app.db().write(move |tx| store::unsubscribe(tx, device)).await?;
    Ok(())
}

/// Tells the caller's device now, as if something had happened.
pub async fn test(app: &App, caller: &Caller, test: PushTest, now: Time) -> Result<()> {
    let about = About::Test { kind: test.kind };
    delivery::send_now(app, Errand { device: caller.device, about, at: now }).await
}

/// A topic is at most 32 characters long: the session's id without its dashes.
fn topic(session: SessionId) -> String {
    session.to_string().replace('-', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_on_the_internet_are_push_services() {
        let mut push = Push::new(&Config::new("/somewhere"));
        for (endpoint, admitted) in [
            ("https://fcm.googleapis.com/fcm/send/abc:def", true),
            ("https://updates.push.services.mozilla.com/wpush/v2/abc", true),
            ("https://web.push.apple.com/QAbc", true),
            ("http://fcm.googleapis.com/fcm/send/abc", false),
            ("https://127.0.0.1/push", false),
            ("https://[::1]/push", false),
            ("https://10.0.0.8/push", false),
            ("https://169.254.169.254/latest", false),
            ("https://ana:secret@push.example/x", false),
            ("file:///etc/passwd", false),
            ("push", false),
            ("", false),
        ] {
            assert_eq!(push.admitted(endpoint).is_ok(), admitted, "{endpoint}");
        }
        let long = format!("https://push.example/{}", "x".repeat(ENDPOINT));
        assert!(push.admitted(&long).is_err());
        push.private_hosts = true;
        assert!(push.admitted("http://127.0.0.1:9/push").is_ok());
        assert!(push.admitted("file:///etc/passwd").is_err());
    }

    #[test]
    fn a_topic_is_short_enough_for_push_services() {
        assert!(topic(SessionId::new()).len() <= 32);
    }

    #[test]
    fn what_is_shown_is_taken_away_once() {
        let (shown, device, session) = (Shown::default(), DeviceId::new(), SessionId::new());
        shown.add(device, session);
        shown.add(device, session);
        assert_eq!(shown.of_session(session), [device]);
        assert!(shown.take(device, session) && !shown.take(device, session));
        assert!(shown.of_session(session).is_empty());
    }
}
