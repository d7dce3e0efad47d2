//! The channel to Bandwidth against the simulated Bandwidth.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is wrong"
)]

mod support;

use deskbell_channels::exchange::{ErrorKind, HealthState, Inbound, ReceiptStatus};
use deskbell_channels::provider;
use deskbell_simulator::provider::News;
use secrecy::ExposeSecret;
use support::Pair;

#[tokio::test]
async fn messages_go_out_and_their_fate_comes_back() {
    Pair::of("bandwidth").await.sends().await;
}

#[tokio::test]
async fn messages_come_in_unless_they_are_garbled() {
    Pair::of("bandwidth").await.receives();
}

#[tokio::test]
async fn refusals_are_told_as_what_they_are() {
    Pair::of("bandwidth").await.is_refused().await;
}

#[tokio::test]
async fn what_bandwidth_tells_only_afterwards_is_told_as_what_it_is() {
    let pair = Pair::of("bandwidth").await;
    pair.channel.send(&pair.hello(), &pair.http).await.unwrap();
    let recorded = pair.simulator.sent().pop().unwrap();
    for kind in [
        ErrorKind::UnsupportedMedia,
        ErrorKind::FileTooLarge,
        ErrorKind::PermissionDenied,
        ErrorKind::TooManyRequests,
        ErrorKind::ServiceUnavailable,
        ErrorKind::OptedOut,
        ErrorKind::Blocked,
    ] {
        let told = pair.tell(|route| pair.played.receipt(route, &recorded, News::Failed(kind)));
        let events = pair.read(&told.unwrap(), 0).unwrap().events;
        let [Inbound::Receipt(receipt)] = events.as_slice() else { panic!("{events:?}") };
        let ReceiptStatus::Failed(failure) = &receipt.status else { panic!("{receipt:?}") };
        assert_eq!(failure.kind, kind);
        assert!(failure.code.is_some() && failure.text.is_some(), "{failure:?}");
    }
}

#[tokio::test]
async fn files_are_fetched_with_the_password_and_no_other_way() {
    let pair = Pair::of("bandwidth").await;
    let base = pair.simulator.base_of(pair.played);
    let url: url::Url = pair.played.media_url(&base, &pair.settings, "cat").parse().unwrap();
    let pass = pair.channel.media_authorization(&url).unwrap();
    let client = reqwest::Client::new();
    let with = client.get(url.clone()).header("authorization", pass.expose_secret());
    let answer = with.send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "image/png");
    assert_eq!(client.get(url).send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn a_wrong_account_shows_in_the_light() {
    let pair = Pair::of("bandwidth").await;
    let mut settings = pair.settings.clone();
    settings.values.insert("account_id".into(), "9900001".into());
    let channel = provider("bandwidth").unwrap().connect(settings).unwrap();
    assert_eq!(channel.check(&pair.http).await.state, HealthState::Unauthorized);
    // What Bandwidth keeps for its dashboard.
    let failure = pair.channel.numbers(&pair.http).await.unwrap_err();
    assert_eq!(failure.kind, ErrorKind::InvalidParameter);
}
