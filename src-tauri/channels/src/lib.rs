//! What message providers speak: wire formats, signatures, error tables.
//!
//! Owns the common language ([`exchange`]), the description of a provider ([`form`]) and one file
//! per provider. Knows nothing of the database, sessions, users, servers or windows.
//!
//! A new provider is one file, one line in [`PROVIDERS`] and its fixtures.

pub mod exchange;
pub mod form;
pub mod general;
pub mod http;
pub mod signature;
pub mod simulated;
pub mod twilio;

use std::sync::Arc;

use async_trait::async_trait;

use exchange::{
    Found, Health, Limits, Outgoing, Received, Refused, Request, SendError, Sent, Sought,
};
use form::{Description, FieldProblem, Settings};
use http::Http;

/// A provider that channels can be made of: its description and how to make a live channel.
pub trait Provider: Sync {
    /// Everything the settings pane and the documents show of this provider.
    fn description(&self) -> Description;

    /// Checks the shape of the settings without asking the provider.
    /// An empty list means that [`Provider::connect`] will accept them.
    fn problems(&self, settings: &Settings) -> Vec<FieldProblem>;

    /// A live channel from settings; `Err` names the fields that do not fit.
    fn connect(&self, settings: Settings) -> Result<Arc<dyn Channel>, Vec<FieldProblem>>;
}

/// One live account at a provider.
#[async_trait]
pub trait Channel: Send + Sync {
    /// What the provider allows.
    fn limits(&self) -> Limits;

    /// Verifies and reads one webhook request. Pure: no clock, no I/O.
    ///
    /// The signature is checked over the raw bytes before anything is parsed.
    fn receive(&self, request: &Request) -> Result<Received, Refused>;

    /// Hands one message to the provider.
    async fn send(&self, outgoing: &Outgoing, http: &Http) -> Result<Sent, SendError>;

    /// Asks the provider what became of a send whose answer never came.
    async fn find(&self, _sought: &Sought, _http: &Http) -> Found {
        Found::CannotTell
    }

    /// The cheap read-only call that tells whether the credentials work.
    async fn check(&self, http: &Http) -> Health;

    /// `Authorization` value for fetching media from `url`, only if `url` is the provider's own host.
    fn media_authorization(&self, _url: &url::Url) -> Option<secrecy::SecretString> {
        None
    }
}

/// Every provider, in the order the settings pane offers them. One line each.
pub static PROVIDERS: &[&dyn Provider] = &[&twilio::Twilio, &general::General, &simulated::Demo];

/// The provider with this id.
pub fn provider(id: &str) -> Option<&'static dyn Provider> {
    PROVIDERS.iter().copied().find(|provider| provider.description().id == id)
}
