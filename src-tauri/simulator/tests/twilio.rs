//! Setting a Twilio channel up against the simulated Twilio; `plays` has what it sends and hears.
#![expect(clippy::unwrap_used, reason = "a test stops where something is wrong")]

use std::sync::Arc;

use deskbell_channels::exchange::ErrorKind;
use deskbell_channels::http::{Http, Timeouts};
use deskbell_channels::simulated::engine::{Fault, Faults};
use deskbell_channels::{Channel, provider};
use deskbell_simulator::{Simulator, providers};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

const HOOK: &str = "https://desk.example.com/api/v1.0/webhook/twilio/0123456789abcdef";

async fn desk() -> (Simulator, Arc<dyn Channel>, Http) {
    rustls::crypto::ring::default_provider().install_default().ok();
    let simulator = Simulator::start("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let settings = simulator.settings_of(providers::provider("twilio").unwrap());
    let channel = provider("twilio").unwrap().connect(settings).unwrap();
    (simulator, channel, Http::new(Timeouts::default()).unwrap())
}

#[tokio::test]
async fn the_numbers_are_listed_with_what_is_wrong_with_them() {
    let (_simulator, channel, http) = desk().await;
    let numbers = channel.numbers(&http).await.unwrap();
    let shown: Vec<_> =
        numbers.iter().map(|it| (it.address.as_str(), it.problem.is_some())).collect();
    assert_eq!(shown, [("+15555550100", false), ("+15555550101", true)]);
    assert!(numbers.iter().all(|number| number.name.is_none()), "{numbers:?}");
}

#[tokio::test]
async fn setting_the_webhook_again_changes_nothing() {
    let (simulator, channel, http) = desk().await;
    let ours = ["+15555550100".to_owned(), "+15555550199".to_owned()];
    let set = channel.set_webhook(HOOK, &ours, &http).await.unwrap();
    assert_eq!((set.done.len(), set.left.len()), (1, 1), "{set:?}");
    assert_eq!(channel.set_webhook(HOOK, &ours, &http).await.unwrap(), set);
    assert_eq!(
        shown(&simulator).await.pointer("/incoming_phone_numbers/0/sms_url"),
        Some(&json!(HOOK))
    );
    assert_eq!(
        shown(&simulator).await.pointer("/incoming_phone_numbers/1/sms_url"),
        Some(&json!(""))
    );

    simulator.set_faults(Faults::from_iter([Fault::Refused]));
    let failure = channel.set_webhook(HOOK, &ours, &http).await.unwrap_err();
    assert_eq!(failure.kind, ErrorKind::AuthenticationFailed);
    let failure = channel.numbers(&http).await.unwrap_err();
    assert_eq!(failure.kind, ErrorKind::AuthenticationFailed);
}

/// The numbers as the simulated Twilio shows them.
async fn shown(simulator: &Simulator) -> Value {
    let played = providers::provider("twilio").unwrap();
    let settings = simulator.settings_of(played);
    let account = settings.value("account_sid").unwrap();
    let token = settings.secret("auth_token").unwrap().expose_secret();
    let base = simulator.base_of(played);
    let url = format!("{base}/2010-04-01/Accounts/{account}/IncomingPhoneNumbers.json");
    let call = reqwest::Client::new().get(url).basic_auth(account, Some(token));
    call.send().await.unwrap().json().await.unwrap()
}
