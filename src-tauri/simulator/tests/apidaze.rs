//! The channel to Apidaze against the simulated Apidaze.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is wrong"
)]

#[expect(dead_code, reason = "it tells no receipts")]
mod support;

use std::time::Duration;

use deskbell_channels::exchange::{HealthState, Inbound, Outgoing};
use deskbell_channels::http::{Http, Timeouts};
use deskbell_channels::provider;
use deskbell_simulator::webhook::Said;
use deskbell_simulator::{Conduct, Manner};
use secrecy::ExposeSecret;
use support::Pair;

#[tokio::test]
async fn messages_go_out() {
    let pair = Pair::of("apidaze").await;
    assert_eq!(pair.channel.check(&pair.http).await.state, HealthState::Connected);
    for media_urls in [pair.hello().media_urls, Vec::new()] {
        let hello = Outgoing { media_urls, ..pair.hello() };
        let sent = pair.channel.send(&hello, &pair.http).await.unwrap();
        let recorded = pair.simulator.sent().pop().unwrap();
        assert!(recorded.taken);
        assert_eq!(recorded.provider_id, sent.provider_id);
        assert_eq!((recorded.from, recorded.to), (hello.from, hello.to));
        assert_eq!((recorded.text, recorded.media_urls), (hello.text, hello.media_urls));
    }
    let picture = Outgoing { text: None, ..pair.hello() };
    pair.channel.send(&picture, &pair.http).await.unwrap();
}

#[tokio::test]
async fn messages_come_in_unless_they_are_garbled() {
    let pair = Pair::of("apidaze").await;
    pair.receives();
    let said = Said {
        from: "+15555550123".into(),
        to: "+15555550100".into(),
        text: Some("Hi".into()),
        ..Said::default()
    };
    let told = pair.tell(|route| pair.played.message(route, &said));
    let id = |at: i64| {
        let events = pair.read(&told[0], at).unwrap().events;
        let [Inbound::Message(message)] = events.as_slice() else { panic!("{events:?}") };
        message.provider_id.clone()
    };
    assert_eq!(id(60_000), id(75_000), "a repeat soon after");
    assert_ne!(id(60_000), id(300_000), "the same words again, later");
}

#[tokio::test]
async fn refusals_are_told_as_what_they_are() {
    Pair::of("apidaze").await.is_refused().await;
}

#[tokio::test]
async fn no_failure_tells_the_secret() {
    let pair = Pair::of("apidaze").await;
    let secret = pair.settings.secret("api_secret").unwrap().expose_secret().to_owned();
    let encoded: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let silent = |told: &dyn std::fmt::Debug| {
        let told = format!("{told:?}");
        assert!(!told.contains(&secret) && !told.contains(&encoded), "{told}");
    };
    let mut closed = pair.settings.clone();
    closed.base_url = Some("http://127.0.0.1:9".into());
    let closed = provider("apidaze").unwrap().connect(closed).unwrap();
    silent(&closed.send(&pair.hello(), &pair.http).await.unwrap_err());
    silent(&closed.check(&pair.http).await);
    let brief = Duration::from_millis(300);
    let brief = Http::new(Timeouts { connect: Duration::from_secs(5), total: brief }).unwrap();
    for manner in [Manner::Hang, Manner::Break, Manner::Status(500), Manner::Status(302)] {
        pair.simulator.set_conduct(Conduct { manner, ..Conduct::default() });
        silent(&pair.channel.send(&pair.hello(), &brief).await.unwrap_err());
    }
}
