//! Providers that do not exist, over real HTTP on this computer: for tests, measurements, trials.
//!
//! Owns the listener and what it remembers. Each file of [`providers`] speaks as one provider does,
//! its API under `/{id}`; [`push`] stands for a push
//! service, [`webhook`] delivers what they tell the desk, [`control`] lets other
//! programs drive it. What the carrier decides comes from the channels' pure engine.

mod control;
mod curve;
pub mod provider;
pub mod providers;
pub mod push;
mod stage;
pub mod webhook;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router, middleware};
use deskbell_channels::form::Settings;
use deskbell_channels::simulated::engine::Faults;
use deskbell_channels::simulated::personas::PHOTO;
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};

use provider::Provider;
use push::PushPost;
pub use stage::{Alteration, CallEnd, Conduct, End, Manner, Recorded, RecordedCall, Stage};

/// A running simulator; it stops when this is dropped.
#[derive(Debug)]
pub struct Simulator {
    address: SocketAddr,
    stage: Arc<Stage>,
    push: PushPost,
    _stop: DropGuard,
}

impl Simulator {
    /// Listens on `listen` (port 0 takes a free one) and plays until dropped.
    pub async fn start(listen: SocketAddr) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let stop = CancellationToken::new();
        let stage = Arc::new(Stage::new(stop.clone())?);
        let push = PushPost::new(address);
        let app = router(Arc::clone(&stage)).merge(push.clone().router());
        let stopped = stop.clone();
        tokio::spawn(async move {
            tokio::select! {
                ended = async { axum::serve(listener, app).await } => {
                    if let Err(error) = ended {
                        tracing::error!(%error, "the simulator stopped listening");
                    }
                }
                () = stopped.cancelled() => {}
            }
        });
        Ok(Self { address, stage, push, _stop: stop.drop_guard() })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The push service that it plays, and the browsers there.
    pub fn push(&self) -> &PushPost {
        &self.push
    }

    /// `http://127.0.0.1:PORT`, where Twilio's API is too.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// `http://127.0.0.1:PORT/{id}`, the base URL of this provider.
    pub fn base_of(&self, provider: &dyn Provider) -> String {
        format!("{}/{}", self.base_url(), provider.id())
    }

    /// What a person enters for an account of this provider that works here.
    pub fn settings_of(&self, provider: &dyn Provider) -> Settings {
        provider.settings(&self.base_of(provider))
    }

    /// The General gateway's address for sending messages.
    pub fn general_send_url(&self) -> String {
        format!("{}/general/send", self.base_url())
    }

    /// The General gateway's address for verifying authentication.
    pub fn general_verify_url(&self) -> String {
        format!("{}/general/verify", self.base_url())
    }

    /// Everything that was handed over, taken or not, in the order it came. Repeats are kept.
    pub fn sent(&self) -> Vec<Recorded> {
        self.stage.sent()
    }

    /// Calls that a provider was asked for and took.
    pub fn calls(&self) -> Vec<RecordedCall> {
        self.stage.calls()
    }

    /// How many messages the carrier took.
    pub fn taken(&self) -> usize {
        self.stage.taken()
    }

    /// Forgets what was handed over.
    pub fn forget(&self) {
        self.stage.forget();
    }

    /// Switches faults on; the others go off.
    pub fn set_faults(&self, faults: Faults) {
        self.stage.change(|conduct| conduct.faults = faults);
    }

    /// How it behaves now.
    pub fn conduct(&self) -> Conduct {
        self.stage.conduct()
    }

    /// Changes how it behaves.
    pub fn set_conduct(&self, conduct: Conduct) {
        self.stage.change(|current| *current = conduct);
    }

    /// Sends status callbacks to this listener, whatever host the callback URL names: public
    /// host names do not resolve in tests. The signature is still over the URL as given.
    pub fn set_callback_to(&self, listener: SocketAddr) {
        self.stage.change(|conduct| conduct.callback_to = Some(listener));
    }

    /// Waits until the carrier has taken `count` messages.
    pub async fn until_taken(&self, count: usize) {
        self.stage.until(|stage| stage.taken() >= count).await;
    }

    /// Waits until `count` submissions came, taken or not.
    pub async fn until_sent(&self, count: usize) {
        self.stage.until(|stage| stage.submissions() >= count).await;
    }
}

fn router(stage: Arc<Stage>) -> Router {
    let played = providers::PROVIDERS.iter().fold(Router::new(), |router, provider| {
        router.nest(&format!("/{}", provider.id()), provider.router())
    });
    played
        .merge(providers::twilio::Twilio.router())
        .layer(middleware::from_fn(stage::reached))
        .merge(control::router())
        .route("/media/{name}", get(media))
        .layer(Extension(Arc::clone(&stage)))
        .with_state(stage)
}

/// Every picture is the same small PNG.
async fn media(Path(name): Path<String>) -> Response {
    if name.strip_suffix(".png").is_some_and(|stem| !stem.is_empty()) {
        ([(header::CONTENT_TYPE, "image/png")], PHOTO).into_response()
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}
