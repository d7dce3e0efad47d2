//! The channels to Flowroute and SIPTRUNK against their simulated selves.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is wrong"
)]

#[expect(dead_code, reason = "receipts without our id are compared here")]
mod support;

use std::time::Duration;

use deskbell_channels::exchange::{
    Effect, ErrorKind, Failure, Found, HealthState, Inbound, Outgoing, ReceiptStatus, Sought,
};
use deskbell_channels::http::{Http, Timeouts};
use deskbell_channels::simulated::engine::{Fault, Faults};
use deskbell_simulator::provider::News;
use deskbell_simulator::{Conduct, Manner};
use secrecy::ExposeSecret;
use serde_json::Value;
use support::Pair;

/// A message is recorded at the carrier as it was written; gives its id.
async fn sends(pair: &Pair) -> String {
    assert_eq!(pair.channel.check(&pair.http).await.state, HealthState::Connected);
    assert!(pair.simulator.sent().is_empty(), "a check sends nothing");
    let sent = pair.channel.send(&pair.hello(), &pair.http).await.unwrap();
    let recorded = pair.simulator.sent().pop().unwrap();
    assert!(recorded.taken);
    assert_eq!(recorded.provider_id, sent.provider_id);
    assert_eq!((&recorded.from, &recorded.to), (&pair.hello().from, &pair.hello().to));
    assert_eq!(recorded.text, pair.hello().text);
    assert_eq!(recorded.media_urls, pair.hello().media_urls);

    let plain = Outgoing { media_urls: Vec::new(), text: Some("“Hi”".into()), ..pair.hello() };
    pair.channel.send(&plain, &pair.http).await.unwrap();
    assert_eq!(pair.simulator.sent()[1].text.as_deref(), Some("\"Hi\""));
    let picture = Outgoing { text: None, ..pair.hello() };
    pair.channel.send(&picture, &pair.http).await.unwrap();
    assert_eq!(pair.simulator.sent()[2].text, None);
    sent.provider_id
}

#[tokio::test]
async fn messages_go_out_and_their_fate_comes_back() {
    let pair = Pair::of("flowroute").await;
    let id = sends(&pair).await;
    let recorded = pair.simulator.sent().swap_remove(0);
    assert_eq!(recorded.status_url, Some(pair.url()));
    let failed = |kind, text: &str| {
        ReceiptStatus::Failed(Failure::new(kind, Some("100".into()), Some(text.into())))
    };
    for (news, status) in [
        (News::Sent, ReceiptStatus::Sent),
        (News::Delivered, ReceiptStatus::Delivered),
        (News::Failed(ErrorKind::OptedOut), failed(ErrorKind::OptedOut, "Recipient has opted out")),
        (News::Failed(ErrorKind::Blocked), failed(ErrorKind::Blocked, "Blocked as spam")),
        (News::Failed(ErrorKind::Other), failed(ErrorKind::Other, "Carrier rejected")),
    ] {
        let told = pair.tell(|route| pair.played.receipt(route, &recorded, news)).unwrap();
        let events = pair.read(&told, 0).unwrap().events;
        let [Inbound::Receipt(receipt)] = events.as_slice() else { panic!("{events:?}") };
        assert_eq!((&receipt.provider_id, &receipt.status), (&id, &status));
    }
}

#[tokio::test]
async fn siptrunk_takes_the_same_in_its_own_way() {
    sends(&Pair::of("siptrunk").await).await;
}

#[tokio::test]
async fn messages_come_in_unless_they_are_garbled() {
    Pair::of("flowroute").await.receives();
    Pair::of("siptrunk").await.receives();
}

#[tokio::test]
async fn refusals_are_told_as_what_they_are() {
    Pair::of("flowroute").await.is_refused().await;
    Pair::of("siptrunk").await.is_refused().await;
}

#[tokio::test]
async fn numbers_are_listed_and_callbacks_set() {
    let pair = Pair::of("flowroute").await;
    let numbers = pair.channel.numbers(&pair.http).await.unwrap();
    let listed: Vec<_> =
        numbers.iter().map(|it| (it.address.as_str(), it.name.as_deref())).collect();
    assert_eq!(listed, [("+15555550100", None), ("+15555550101", Some("Shop"))]);

    let set = pair.channel.set_webhook(&pair.url(), &[], &pair.http).await.unwrap();
    assert_eq!((set.done.len(), set.left.len()), (4, 2), "{set:?}");
    assert_eq!(pair.channel.set_webhook(&pair.url(), &[], &pair.http).await.unwrap(), set);
    for callback in ["sms_callback", "mms_callback", "sms_dlr_callback", "mms_dlr_callback"] {
        let url = format!("{}/v2.1/messages/{callback}", pair.simulator.base_of(pair.played));
        let secret = pair.settings.secret("secret_key").unwrap().expose_secret();
        let asked = reqwest::Client::new()
            .get(url)
            .basic_auth(pair.settings.value("access_key").unwrap(), Some(secret));
        let shown: Value = asked.send().await.unwrap().json().await.unwrap();
        assert_eq!(shown["data"]["attributes"]["callback_url"], pair.url().as_str());
    }

    pair.simulator.set_faults(Faults::from_iter([Fault::Refused]));
    let failure = pair.channel.numbers(&pair.http).await.unwrap_err();
    assert_eq!(failure.kind, ErrorKind::AuthenticationFailed);
    let failure = pair.channel.set_webhook(&pair.url(), &[], &pair.http).await.unwrap_err();
    assert_eq!(failure.kind, ErrorKind::AuthenticationFailed);
}

#[tokio::test]
async fn a_send_without_an_answer_is_found_in_the_list() {
    let pair = Pair::of("flowroute").await;
    let outgoing =
        Outgoing { media_urls: Vec::new(), text: Some("‘Yes’".into()), ..pair.hello() };
    let attempted_at = jiff::Timestamp::now().as_millisecond();
    let sought = |known: &[String]| Sought {
        outgoing: outgoing.clone(),
        attempted_at,
        asked_at: jiff::Timestamp::now().as_millisecond(),
        known_provider_ids: known.to_vec(),
    };
    pair.simulator.set_conduct(Conduct { manner: Manner::Status(500), ..Conduct::default() });
    let error = pair.channel.send(&outgoing, &pair.http).await.unwrap_err();
    assert_eq!(error.effect, Effect::Unknown);
    assert_eq!(pair.channel.find(&sought(&[]), &pair.http).await, Found::NotYet);

    pair.simulator.set_faults(Faults::from_iter([Fault::Uncertain]));
    pair.simulator.set_conduct(Conduct { manner: Manner::Proper, ..pair.simulator.conduct() });
    let brief = Duration::from_millis(400);
    let brief = Http::new(Timeouts { connect: Duration::from_secs(5), total: brief }).unwrap();
    let error = pair.channel.send(&outgoing, &brief).await.unwrap_err();
    assert_eq!(error.effect, Effect::Unknown);
    let taken = pair.simulator.sent().pop().unwrap();
    assert!(taken.taken);
    let Found::Sent(sent) = pair.channel.find(&sought(&[]), &pair.http).await else {
        panic!("not found")
    };
    assert_eq!(sent.provider_id, taken.provider_id);
    let known = [taken.provider_id];
    assert_eq!(pair.channel.find(&sought(&known), &pair.http).await, Found::NotYet);
}
