//! What the simulator has to know of a provider: its API for the desk, and what it tells the desk.
//!
//! One file per provider under [`crate::providers`] implements [`Provider`]. It signs by itself,
//! not with the code that verifies, so that one checks the other's reading.

use std::sync::Arc;

use axum::Router;
use bytes::Bytes;
use deskbell_channels::exchange::{ErrorKind, Millis};
use deskbell_channels::form::Settings;
#[cfg(doc)]
use deskbell_channels::simulated::engine::Fault;

use crate::stage::{Recorded, Stage};
use crate::webhook::{Said, Webhook};

/// One provider as the desk meets it.
pub trait Provider: Sync {
    /// The id that the provider has among the channels.
    fn id(&self) -> &'static str;

    /// Its API, mounted at `/{id}`. A send goes through [`Stage::submit`]; what the stage decides
    /// is told in the provider's own format. Wrong credentials are refused as the provider does, and
    /// so is every call while [`Fault::Refused`] is on (`stage.conduct().faults.has(…)`).
    fn router(&self) -> Router<Arc<Stage>>;

    /// What a person enters for an account that works here; `base` is the API's address
    /// (`http://127.0.0.1:PORT/{id}`).
    fn settings(&self, base: &str) -> Settings;

    /// Where a customer's file can be fetched, if the provider keeps them behind credentials.
    fn media_url(&self, base: &str, _settings: &Settings, name: &str) -> String {
        let origin = base.rsplit_once('/').map_or(base, |(origin, _)| origin);
        format!("{origin}/media/{name}.png")
    }

    /// A customer's message; several webhooks where the provider tells one message in pieces.
    fn message(&self, route: &Route<'_>, said: &Said) -> Vec<Webhook>;

    /// News of a message that the desk sent; `None` where the provider never tells that.
    fn receipt(&self, route: &Route<'_>, message: &Recorded, news: News) -> Option<Webhook>;

    /// A genuine webhook that cannot be read.
    fn garbled(&self, route: &Route<'_>, said: &Said) -> Webhook;

    /// A customer's message whose signature is wrong; `None` where nothing is signed.
    fn forged(&self, route: &Route<'_>, said: &Said) -> Option<Webhook>;

    /// Any body, brought as this provider brings its own: with its headers and, where it signs,
    /// rightly signed. A provider that signs has to write its own.
    fn signed(&self, route: &Route<'_>, body: Bytes) -> Webhook {
        Webhook { body, ..self.garbled(route, &Said::default()) }
    }

    /// Whether the signature tells its time, so that an old webhook is refused.
    fn signs_time(&self) -> bool {
        false
    }

    /// The kinds of refusal that its API can answer a send with ([`crate::Conduct::refuse`]).
    fn refusals(&self) -> &'static [ErrorKind];

    /// The kinds that its receipts can tell of a message that did not arrive ([`News::Failed`]).
    fn losses(&self) -> &'static [ErrorKind] {
        &[]
    }
}

/// Which account tells something, and to which address.
#[derive(Debug, Clone, Copy)]
pub struct Route<'a> {
    /// The account, as the desk knows it.
    pub settings: &'a Settings,
    /// The public address of the webhook, as the provider knows and signs it.
    pub url: &'a str,
    /// When it is told.
    pub at: Millis,
}

impl Route<'_> {
    /// A plain value of the account, or nothing.
    pub fn value(&self, name: &str) -> &str {
        self.settings.value(name).unwrap_or_default()
    }

    /// A secret of the account, or nothing.
    pub fn secret(&self, name: &str) -> &str {
        use secrecy::ExposeSecret;
        self.settings.secret(name).map_or("", |secret| secret.expose_secret())
    }
}

/// What a provider tells of a message that it took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Handed on to the carrier.
    Sent,
    /// Arrived on the device.
    Delivered,
    /// Did not arrive; kinds that a provider's receipts cannot tell become its nearest.
    Failed(ErrorKind),
}
