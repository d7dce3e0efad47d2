//! What the demo plans, read by the channel that it is meant for.

use super::*;
use personas::{PERSONAS, persona};

const NOW: Millis = 1_767_225_600_000;

fn settings(faults: &[Fault]) -> Settings {
    let mut settings = Settings::default();
    settings.secrets.insert(SIGNING_KEY.to_owned(), "key".into());
    for fault in faults {
        settings.values.insert(fault.field().to_owned(), "on".to_owned());
    }
    settings
}

fn read(settings: &Settings, plan: &[Planned]) -> Vec<Received> {
    let channel = Demo.connect(settings.clone()).unwrap();
    plan.iter().map(|planned| channel.receive(&planned.request).unwrap()).collect()
}

fn messages(settings: &Settings, plan: &[Planned]) -> Vec<InboundMessage> {
    let events = read(settings, plan).into_iter().flat_map(|received| received.events);
    let message = |event| match event {
        Inbound::Message(message) => Some(message),
        Inbound::Receipt(_) | Inbound::Call(_) => None,
    };
    events.filter_map(message).collect()
}

fn greg(faults: &[Fault]) -> (Vec<Planned>, Vec<InboundMessage>) {
    let settings = settings(faults);
    let plan = opening(&settings, persona("greg").unwrap(), "desk", "s1", NOW);
    let heard = messages(&settings, &plan);
    (plan, heard)
}

#[test]
fn every_persona_is_heard_to_the_end_of_the_script() {
    let settings = settings(&[]);
    let mut ids = std::collections::BTreeSet::new();
    let mut spoken = 0;
    for persona in PERSONAS {
        let mut plan = opening(&settings, persona, "desk", persona.id, NOW);
        for turn in 0..=persona.replies.len() {
            let seed = format!("{}-{turn}", persona.id);
            plan.extend(reply(&settings, persona, turn, "desk", &seed, NOW));
        }
        let heard = messages(&settings, &plan);
        let lines =
            persona.opening.len() + persona.replies.iter().map(|it| it.len()).sum::<usize>();
        assert_eq!(heard.len(), lines, "{}", persona.id);
        for message in heard {
            assert!(message.text.is_some() || !message.media.is_empty());
            assert_eq!((message.from.as_str(), message.to.as_str()), (persona.id, "desk"));
            ids.insert(message.provider_id);
            spoken += 1;
        }
    }
    assert_eq!(ids.len(), spoken, "ids are unique");
}

#[test]
fn lines_arrive_one_after_another_with_their_time() {
    let (plan, heard) = greg(&[]);
    let after: Vec<_> = plan.iter().map(|planned| planned.after_ms).collect();
    assert_eq!(after, [0, 700, 1_600, 2_200, 3_000]);
    let at: Vec<_> = heard.iter().map(|message| message.at.unwrap() - NOW).collect();
    assert_eq!(at, [0, 700, 1_600, 2_200, 3_000]);
}

#[test]
fn out_of_order_brings_later_lines_first_and_keeps_their_time() {
    let (_, heard) = greg(&[Fault::OutOfOrder]);
    assert_eq!(heard.first().unwrap().text.as_deref(), Some("this is the third time I write!!"));
    assert!(heard.is_sorted_by_key(|message| std::cmp::Reverse(message.at)));
}

#[test]
fn duplicate_brings_the_same_message_three_times() {
    let settings = settings(&[Fault::Duplicate]);
    let said = Said {
        id: "demo-x".to_owned(),
        from: "maria".to_owned(),
        to: "desk".to_owned(),
        sender_name: None,
        text: Some("hi".to_owned()),
        media: vec![photo()],
    };
    let heard = messages(&settings, &say(&settings, said, NOW));
    assert_eq!(heard.len(), 3);
    assert!(heard.iter().all(|message| Some(message) == heard.first()));
    assert!(heard[0].media[0].url.starts_with("data:image/png;base64,iVBOR"));
}

#[test]
fn unparsable_messages_are_genuine_and_cannot_be_read() {
    let settings = settings(&[Fault::Unparsable]);
    let plan = opening(&settings, persona("maria").unwrap(), "desk", "s", NOW);
    let received = read(&settings, &plan);
    assert!(received.iter().all(|it| it.unreadable.is_some() && it.events.is_empty()));
    // News of our own messages stays readable.
    let told = read(&settings, &receipts(&settings, "demo-1", NOW));
    assert!(told.iter().all(|it| it.unreadable.is_none()));
}

#[test]
fn receipts_tell_that_a_message_was_sent_and_then_delivered() {
    let settings = settings(&[]);
    let told = read(&settings, &receipts(&settings, "demo-1", NOW));
    let events: Vec<_> = told.into_iter().flat_map(|received| received.events).collect();
    let receipt = |status, after| {
        Inbound::Receipt(Receipt {
            provider_id: "demo-1".to_owned(),
            our_id: None,
            status,
            at: Some(NOW + after),
        })
    };
    let expected = [receipt(ReceiptStatus::Sent, 400), receipt(ReceiptStatus::Delivered, 1_400)];
    assert_eq!(events, expected);
}
