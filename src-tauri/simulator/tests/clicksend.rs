//! The channel to ClickSend against the simulated ClickSend.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is wrong"
)]

#[expect(dead_code, reason = "a message of its customers holds one file")]
mod support;

use deskbell_channels::exchange::{
    Effect, ErrorKind, Found, Inbound, Outgoing, Refused, Sent, Sought,
};
use deskbell_channels::simulated::engine::{Fault, Faults};
use deskbell_simulator::webhook::{File, Said};
use deskbell_simulator::{Conduct, Manner};
use support::Pair;

#[tokio::test]
async fn messages_go_out_and_their_fate_comes_back() {
    Pair::of("clicksend").await.sends().await;
}

#[tokio::test]
async fn messages_come_in_with_one_file_unless_they_are_garbled() {
    let pair = Pair::of("clicksend").await;
    let said = Said {
        id: "m-0001".into(),
        from: "+15555550123".into(),
        to: "+15555550100".into(),
        text: Some("Žluťoučký kůň 👍🏽\nsecond line".into()),
        media: vec![File { url: "https://x.example/a.png".into(), content_type: None }],
    };
    let at = 1_767_225_600_000;
    let told = pair.tell(|route| pair.played.message(route, &said));
    let [hook] = told.as_slice() else { panic!("{told:?}") };
    let events = pair.read(hook, at).unwrap().events;
    let [Inbound::Message(message)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((&message.provider_id, &message.text), (&said.id, &said.text));
    assert_eq!((&message.from, &message.to, message.at), (&said.from, &said.to, Some(at)));
    assert_eq!(message.media[0].url, said.media[0].url);

    let garbled = pair.tell(|route| pair.played.garbled(route, &said));
    let received = pair.read(&garbled, at).unwrap();
    assert!(received.unreadable.is_some() && received.events.is_empty());
    assert!(pair.tell(|route| pair.played.forged(route, &said)).is_none(), "nothing is signed");
    let foreign = String::from_utf8(hook.body.to_vec()).unwrap().replace("304497", "1");
    let foreign = pair.tell(|route| pair.played.signed(route, foreign.into()));
    assert_eq!(pair.read(&foreign, at).unwrap_err(), Refused::Foreign);
}

#[tokio::test]
async fn refusals_are_told_as_what_they_are() {
    Pair::of("clicksend").await.is_refused().await;
}

#[tokio::test]
async fn a_text_that_was_taken_without_a_word_is_found_in_the_history() {
    let pair = Pair::of("clicksend").await;
    let text = Outgoing { media_urls: Vec::new(), ..pair.hello() };
    let conduct = Conduct { manner: Manner::TakeAndStatus(500), ..Conduct::default() };
    pair.simulator.set_conduct(conduct);
    let error = pair.channel.send(&text, &pair.http).await.unwrap_err();
    assert_eq!(error.effect, Effect::Unknown);
    let taken = pair.simulator.sent().pop().unwrap().provider_id;
    let sought = |outgoing: &Outgoing| Sought {
        outgoing: outgoing.clone(),
        attempted_at: 0,
        asked_at: 600_000,
        known_provider_ids: Vec::new(),
    };
    let found = pair.channel.find(&sought(&text), &pair.http).await;
    assert_eq!(found, Found::Sent(Sent { provider_id: taken }));
    let other = Outgoing { id: "another".into(), ..text };
    let found = pair.channel.find(&sought(&other), &pair.http).await;
    assert_eq!(found, Found::CannotTell);
}

#[tokio::test]
async fn rules_for_messages_and_reports_are_made_once() {
    let pair = Pair::of("clicksend").await;
    let numbers = pair.channel.numbers(&pair.http).await.unwrap();
    let listed: Vec<_> =
        numbers.iter().map(|it| (it.address.as_str(), it.problem.is_some())).collect();
    assert_eq!(listed, [("+15555550100", false), ("+15555550101", true)]);

    let set = pair.channel.set_webhook(&pair.url(), &[], &pair.http).await.unwrap();
    assert_eq!((set.done.len(), set.left.len()), (2, 0), "{set:?}");
    let moved = pair.url().replace("desk.", "new.");
    let again = pair.channel.set_webhook(&moved, &[], &pair.http).await.unwrap();
    assert_eq!(again, set);
    for list in ["inbound", "receipts"] {
        let rules = shown(&pair, list).await;
        assert_eq!(rules["data"]["total"], 1, "{rules}");
        assert_eq!(rules["data"]["data"][0]["action_address"], moved.as_str());
    }

    pair.simulator.set_faults(Faults::from_iter([Fault::Refused]));
    let failure = pair.channel.set_webhook(&moved, &[], &pair.http).await.unwrap_err();
    assert_eq!(failure.kind, ErrorKind::AuthenticationFailed);
    let failure = pair.channel.numbers(&pair.http).await.unwrap_err();
    assert_eq!(failure.kind, ErrorKind::AuthenticationFailed);
}

/// The rules as the simulated ClickSend shows them.
async fn shown(pair: &Pair, list: &str) -> serde_json::Value {
    let base = pair.simulator.base_of(pair.played);
    let url = format!("{base}/v3/automations/sms/{list}");
    let call = reqwest::Client::new().get(url).basic_auth("simulated", Some("SIMULATED-API-KEY"));
    call.send().await.unwrap().json().await.unwrap()
}
