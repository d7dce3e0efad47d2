//! What message providers speak: wire formats, signatures, error tables.
//!
//! Owns the common language ([`exchange`]), the description of a provider ([`form`]) and one file
//! per provider. Knows nothing of the database, sessions, users, servers or windows.
//!
//! A new provider is one file, one line in [`PROVIDERS`] and its fixtures.

pub mod apidaze;
pub mod bandwidth;
pub mod clicksend;
mod dial;
pub mod exchange;
pub mod flowroute;
pub mod form;
pub mod general;
pub mod http;
mod lenient;
pub mod livechat;
mod number;
pub mod plivo;
pub mod segments;
pub mod signature;
pub mod simulated;
pub mod siptrunk;
mod status;
pub mod telnyx;
pub mod twilio;
pub mod voicemeup;
pub mod vonage;
mod wire;
mod wording;

use std::sync::Arc;

use async_trait::async_trait;

use exchange::{
    AccountNumber, Dial, Dialled, Effect, ErrorKind, Failure, Found, Health, Limits, Outgoing,
    Received, Refused, Request, SendError, Sent, Sought, WebhookSet,
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

    /// Whether [`Channel::check`] asks anybody. Where it does not, only what becomes of messages
    /// tells whether the credentials work.
    fn can_check(&self) -> bool {
        true
    }

    /// The account's numbers, as [`form::Abilities::numbers`] promises.
    async fn numbers(&self, _http: &Http) -> Result<Vec<AccountNumber>, Failure> {
        Err(not_offered())
    }

    /// Sets the address of the webhook (`url`, public) at the provider for these numbers of the
    /// channel, as [`form::Abilities::webhook`] promises. Doing it again changes nothing.
    async fn set_webhook(
        &self,
        _url: &str,
        _numbers: &[String],
        _http: &Http,
    ) -> Result<WebhookSet, Failure> {
        Err(not_offered())
    }

    /// Calls a user's telephone and, once they answer, a customer's, as
    /// [`form::Abilities::calls`] promises. It is asked for once: what may have taken effect is
    /// never asked for again.
    async fn call(&self, _dial: &Dial, _http: &Http) -> Result<Dialled, SendError> {
        Err(SendError { failure: not_offered(), effect: Effect::None, retry_after: None })
    }

    /// `Authorization` value for fetching media from `url`, only if `url` is the provider's own host.
    fn media_authorization(&self, _url: &url::Url) -> Option<secrecy::SecretString> {
        None
    }
}

fn not_offered() -> Failure {
    let text = "This provider's API does not offer that.".to_owned();
    Failure::new(ErrorKind::InvalidParameter, None, Some(text))
}

/// Every provider, in the order the settings pane offers them. One line each.
pub static PROVIDERS: &[&dyn Provider] = &[
    &twilio::Twilio,
    &telnyx::Telnyx,
    &bandwidth::Bandwidth,
    &flowroute::FLOWROUTE,
    &siptrunk::SIPTRUNK,
    &apidaze::Apidaze,
    &voicemeup::VoiceMeUp,
    &vonage::Vonage,
    &plivo::Plivo,
    &clicksend::ClickSend,
    &general::General,
    &livechat::LiveChat,
    &simulated::Demo,
];

/// The provider with this id.
pub fn provider(id: &str) -> Option<&'static dyn Provider> {
    PROVIDERS.iter().copied().find(|provider| provider.description().id == id)
}
