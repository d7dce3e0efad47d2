//! The channel to Telnyx against the simulated Telnyx.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is wrong"
)]

mod support;

use deskbell_channels::exchange::ErrorKind;
use deskbell_channels::simulated::engine::{Fault, Faults};
use secrecy::ExposeSecret;
use serde_json::Value;
use support::Pair;

#[tokio::test]
async fn messages_go_out_and_their_fate_comes_back() {
    Pair::of("telnyx").await.sends().await;
}

#[tokio::test]
async fn messages_come_in_unless_they_are_forged_garbled_or_old() {
    Pair::of("telnyx").await.receives();
}

#[tokio::test]
async fn refusals_are_told_as_what_they_are() {
    Pair::of("telnyx").await.is_refused().await;
}

#[tokio::test]
async fn the_profile_of_a_number_gets_the_webhook() {
    let pair = Pair::of("telnyx").await;
    let numbers = pair.channel.numbers(&pair.http).await.unwrap();
    let listed: Vec<_> =
        numbers.iter().map(|it| (it.address.as_str(), it.problem.is_some())).collect();
    assert_eq!(listed, [("+15555550100", false), ("+15555550101", true)]);

    let ours = ["+15555550100".to_owned(), "+15555550101".to_owned()];
    let set = pair.channel.set_webhook(&pair.url(), &ours, &pair.http).await.unwrap();
    assert_eq!((set.done.len(), set.left.len()), (1, 1), "{set:?}");
    let again = pair.channel.set_webhook(&pair.url(), &ours, &pair.http).await.unwrap();
    assert_eq!(again, set);
    assert_eq!(shown(&pair).await["data"][0]["webhook_url"], pair.url().as_str());

    pair.simulator.set_faults(Faults::from_iter([Fault::Refused]));
    let failure = pair.channel.numbers(&pair.http).await.unwrap_err();
    assert_eq!(failure.kind, ErrorKind::AuthenticationFailed);
    let failure = pair.channel.set_webhook(&pair.url(), &ours, &pair.http).await.unwrap_err();
    assert_eq!(failure.kind, ErrorKind::AuthenticationFailed);
}

/// The profiles as the simulated Telnyx shows them.
async fn shown(pair: &Pair) -> Value {
    let url = format!("{}/messaging_profiles", pair.simulator.base_of(pair.played));
    let key = pair.settings.secret("api_key").unwrap().expose_secret();
    let answer = reqwest::Client::new().get(url).bearer_auth(key).send().await.unwrap();
    answer.json().await.unwrap()
}
