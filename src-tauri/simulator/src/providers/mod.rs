//! The providers that are played, one file each. A new one is one line here.

pub mod apidaze;
pub mod bandwidth;
pub mod clicksend;
pub mod flowroute;
pub mod general;
pub mod plivo;
pub mod siptrunk;
pub mod telnyx;
pub mod twilio;
pub mod voicemeup;
pub mod vonage;

use crate::provider::Provider;

/// Every provider that is played.
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
];

/// The one with this id.
pub fn provider(id: &str) -> Option<&'static dyn Provider> {
    PROVIDERS.iter().copied().find(|provider| provider.id() == id)
}
