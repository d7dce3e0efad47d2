//! The channel to VoiceMeUp against the simulated VoiceMeUp.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is wrong"
)]

#[expect(dead_code, reason = "it tells no receipts, and one message in several webhooks")]
mod support;

use deskbell_channels::exchange::{HealthState, Inbound, InboundMessage, Outgoing};
use deskbell_simulator::webhook::{File, Said};
use support::Pair;

#[tokio::test]
async fn messages_go_out() {
    let pair = Pair::of("voicemeup").await;
    assert_eq!(pair.channel.check(&pair.http).await.state, HealthState::Connected);
    assert!(pair.simulator.sent().is_empty(), "a check sends nothing");
    for media_urls in [pair.hello().media_urls, Vec::new()] {
        let hello = Outgoing { media_urls, ..pair.hello() };
        let sent = pair.channel.send(&hello, &pair.http).await.unwrap();
        let recorded = pair.simulator.sent().pop().unwrap();
        assert!(recorded.taken);
        assert_eq!(recorded.provider_id, sent.provider_id);
        assert_eq!((recorded.from, recorded.to), (hello.from, hello.to));
        assert_eq!((recorded.text, recorded.media_urls), (hello.text, hello.media_urls));
    }
}

#[tokio::test]
async fn refusals_are_told_as_what_they_are() {
    Pair::of("voicemeup").await.is_refused().await;
}

/// What the pieces of a message say.
fn pieces(pair: &Pair, said: &Said) -> Vec<InboundMessage> {
    let told = pair.tell(|route| pair.played.message(route, said));
    let read = told.iter().flat_map(|hook| pair.read(hook, 0).unwrap().events);
    let message = |event| match event {
        Inbound::Message(message) => message,
        other => panic!("{other:?}"),
    };
    read.map(message).collect()
}

#[tokio::test]
async fn a_text_with_pictures_comes_in_pieces_of_one_message() {
    let pair = Pair::of("voicemeup").await;
    let picture = File { url: "https://x.example/a.png".into(), content_type: None };
    let said = Said {
        id: "m-0001".into(),
        from: "+15555550123".into(),
        to: "+15555550100".into(),
        text: Some("Žluťoučký kůň 👍🏽\nsecond line".into()),
        media: vec![picture.clone()],
    };
    let told = pieces(&pair, &said);
    let [text, file] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((&text.from, &text.to), (&said.from, &said.to));
    assert_eq!((&text.text, text.media.len()), (&said.text, 0));
    assert_eq!((&file.text, file.media[0].url.as_str()), (&None, picture.url.as_str()));
    assert_ne!(text.provider_id, file.provider_id);
    let (first, second) = (text.part.as_ref().unwrap(), file.part.as_ref().unwrap());
    assert_eq!(first.key, second.key);
    assert_eq!((first.position, first.total), (1, None));

    let several = pieces(&pair, &Said { media: vec![picture; 3], ..said.clone() });
    assert!(several.iter().all(|piece| piece.part.as_ref().unwrap().key == first.key));
    let places = several.iter().map(|piece| piece.part.as_ref().unwrap().position);
    assert!(places.is_sorted_by(|one, next| one < next), "the text, then every file by itself");
    assert_eq!(several.len(), 4);

    let plain = pieces(&pair, &Said { media: Vec::new(), ..said.clone() });
    assert_eq!((plain.len(), &plain[0].part), (1, &None));
    let alone = pieces(&pair, &Said { text: None, ..said.clone() });
    assert_eq!((alone.len(), alone[0].part.as_ref().unwrap().total), (1, None));

    let garbled = pair.tell(|route| pair.played.garbled(route, &said));
    let received = pair.read(&garbled, 0).unwrap();
    assert!(received.unreadable.is_some() && received.events.is_empty());
    assert_eq!(received.reply.status, 200);
}
