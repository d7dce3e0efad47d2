//! Messages to several people, messages that come in pieces, and news that names our own id.

use std::sync::Arc;
use std::time::Duration;

use deskbell_channels::exchange::{
    ErrorKind, Failure, Inbound, InboundMedia, InboundMessage, Part, Receipt, ReceiptStatus,
    Received, Request,
};
use deskbell_core::connections::Live;
use deskbell_core::inbox::{self, Accepted};
use deskbell_simulator::{Conduct, Manner};
use serde_json::{Value, json};

use crate::support::{Agent, Desk, Line, NUMBER, key, to_user, until};

const CUSTOMER: &str = "+15555550123";

struct Stage {
    desk: Desk,
    ana: Agent,
    line: Line,
    channel: Arc<Live>,
}

impl Stage {
    async fn set() -> Self {
        let desk = Desk::start().await;
        desk.simulator.set_conduct(Conduct { receipt_percent: 0, ..desk.simulator.conduct() });
        let ana = desk.agent("Ana", &[]).await;
        let line = desk.general(&to_user(&ana.id)).await;
        let channel = desk.app().connections().get(line.id.parse().unwrap()).unwrap();
        Self { desk, ana, line, channel }
    }

    /// The provider tells this, as its own file would read it.
    async fn tell(&self, event: Inbound) -> Accepted {
        self.tell_all(vec![event], None).await
    }

    /// Several things in one request, and why the rest of it cannot be read.
    async fn tell_all(&self, events: Vec<Inbound>, unreadable: Option<&str>) -> Accepted {
        let request = Request {
            method: "POST".into(),
            path_and_query: self.line.path.clone(),
            public_origins: Vec::new(),
            headers: Vec::new(),
            body: key().into(),
            received_at: deskbell_core::clock::now(),
            kept: false,
        };
        let reply = deskbell_channels::exchange::Reply {
            status: 204,
            content_type: None,
            body: String::new(),
        };
        let unreadable = unreadable.map(str::to_owned);
        let received = Received { events, reply, unreadable };
        inbox::accept(self.desk.app(), &self.channel, &request, received).await.unwrap()
    }

    /// A piece of a message.
    async fn piece(
        &self,
        key: &str,
        (position, total): (u32, Option<u32>),
        text: &str,
    ) -> Accepted {
        let part = Part { key: key.into(), position, total };
        self.tell(Inbound::Message(InboundMessage { part: Some(part), ..message(text) })).await
    }

    async fn news(&self, our_id: &str, provider_id: &str, status: ReceiptStatus) -> Accepted {
        let (provider_id, our_id) = (provider_id.to_owned(), Some(our_id.to_owned()));
        self.tell(Inbound::Receipt(Receipt { provider_id, our_id, status, at: None })).await
    }

    fn behave(&self, manner: Manner) {
        let conduct = Conduct { manner, ..self.desk.simulator.conduct() };
        self.desk.simulator.set_conduct(conduct);
    }

    /// A message whose answer never told whether it was taken.
    async fn uncertain(&self) -> String {
        self.tell(Inbound::Message(message("Hello"))).await;
        let session = self.ana.session_with(CUSTOMER).await;
        self.behave(Manner::TakeAndStatus(502));
        let message = self.ana.send(&session, "Did this go?").await;
        self.ana.until_state(&message, "uncertain").await;
        self.behave(Manner::Proper);
        message
    }

    async fn message(&self, id: &str) -> Value {
        self.ana.get(&format!("/messages/{id}")).await
    }
}

fn message(text: &str) -> InboundMessage {
    InboundMessage {
        provider_id: key(),
        from: CUSTOMER.into(),
        to: NUMBER.into(),
        others: Vec::new(),
        sender_name: None,
        text: Some(text.into()).filter(|text: &String| !text.is_empty()),
        media: Vec::new(),
        at: None,
        part: None,
    }
}

#[tokio::test]
async fn a_group_message_says_who_else_has_it() {
    let stage = Stage::set().await;
    let others =
        vec!["+15555550124".to_owned(), "x".repeat(70), String::new(), "+15555550125".into()];
    let told = InboundMessage { others, ..message("All of you: lunch?") };
    assert_eq!(stage.tell(Inbound::Message(told)).await, Accepted::Stored);
    let session = stage.ana.session_with(CUSTOMER).await;
    let heard = stage.ana.said(&session).await;
    assert_eq!(heard[0]["others"], json!(["+15555550124", "+15555550125"]));
    let answer = stage.ana.send(&session, "Yes!").await;
    stage.ana.until_state(&answer, "sent").await;
    let sent = stage.desk.simulator.sent();
    assert_eq!((sent.len(), sent[0].to.as_str()), (1, CUSTOMER), "the sender alone gets it");
    assert_eq!(stage.message(&answer).await["others"], json!([]));
}

#[tokio::test]
async fn pieces_become_one_message_in_whatever_order_they_come() {
    let stage = Stage::set().await;
    stage.piece("a", (3, Some(3)), "the end.").await;
    let session = stage.ana.session_with(CUSTOMER).await;
    let first = stage.ana.said(&session).await.remove(0);
    assert_eq!(first["parts"], json!({ "have": 1, "total": 3, "missing": [1, 2] }));
    let mut news = stage.ana.follow(None).await;
    stage.piece("a", (1, Some(3)), "The beginning, ").await;
    assert_eq!(news.next("message_changed").await["message_id"], first["id"]);
    let second = stage.message(first["id"].as_str().unwrap()).await;
    assert_eq!(second["text"], "The beginning, the end.");
    assert_eq!(second["parts"], json!({ "have": 2, "total": 3, "missing": [2] }));
    stage.piece("a", (2, Some(3)), "the middle, ").await;
    let heard = stage.ana.said(&session).await;
    assert_eq!(heard.len(), 1);
    assert_eq!(heard[0]["text"], "The beginning, the middle, the end.");
    assert!(heard[0]["parts"].is_null());
    let shown = stage.ana.get(&format!("/sessions/{session}")).await;
    assert_eq!(shown["preview"], "The beginning, the middle, the end.");
    assert_eq!((&shown["messages_in"], &shown["unread"]), (&json!(1), &json!(1)));
}

#[tokio::test]
async fn a_piece_that_is_told_again_changes_nothing() {
    let stage = Stage::set().await;
    let part = |position| Some(Part { key: "k".into(), position, total: Some(2) });
    let pieces = [1, 2].map(|position| InboundMessage {
        part: part(position),
        ..message(&format!("[{position}]"))
    });
    for piece in &pieces {
        assert_eq!(stage.tell(Inbound::Message(piece.clone())).await, Accepted::Stored);
    }
    let rows = stage.desk.rows();
    for piece in pieces.iter().rev() {
        assert_eq!(stage.tell(Inbound::Message(piece.clone())).await, Accepted::Repeated);
    }
    assert_eq!(stage.desk.rows(), rows);
    let session = stage.ana.session_with(CUSTOMER).await;
    assert_eq!(stage.ana.said(&session).await[0]["text"], "[1][2]");
}

#[tokio::test]
async fn pieces_of_different_messages_and_people_stay_apart() {
    let stage = Stage::set().await;
    stage.piece("1", (1, Some(2)), "one ").await;
    stage.piece("2", (1, Some(2)), "two ").await;
    let part = Some(Part { key: "1".into(), position: 2, total: Some(2) });
    let stranger = InboundMessage { from: "+15555550124".into(), part, ..message("stranger") };
    stage.tell(Inbound::Message(stranger)).await;
    stage.piece("2", (2, Some(2)), "second").await;
    stage.piece("1", (2, Some(2)), "first").await;
    // A provider's key comes round again.
    stage.piece("1", (1, Some(2)), "later ").await;
    stage.piece("1", (2, Some(2)), "on").await;
    // Not pieces at all.
    for odd in [(0, Some(3)), (4, Some(3)), (1, Some(1)), (300, None)] {
        stage.piece("odd", odd, "odd").await;
    }
    let session = stage.ana.session_with(CUSTOMER).await;
    let heard = stage.ana.said(&session).await;
    let texts: Vec<_> = heard.iter().map(|one| one["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["one first", "two second", "later on", "odd", "odd", "odd", "odd"]);
    assert!(heard.iter().all(|one| one["parts"].is_null()));
    let other = stage.ana.session_with("+15555550124").await;
    assert_eq!(stage.ana.said(&other).await[0]["parts"]["missing"], json!([1]));
}

#[tokio::test]
async fn files_of_all_pieces_belong_to_the_message() {
    let stage = Stage::set().await;
    let base = stage.desk.simulator.base_url();
    for position in [1, 2] {
        let url = format!("{base}/media/{position}.png");
        let media = InboundMedia { url, content_type: None, name: None, size: None, sha256: None };
        let part = Some(Part { key: "f".into(), position, total: None });
        let piece = InboundMessage { media: vec![media], part, ..message("") };
        stage.tell(Inbound::Message(piece)).await;
    }
    let session = stage.ana.session_with(CUSTOMER).await;
    let files = until("two files", || async {
        let files = stage.ana.said(&session).await[0]["files"].as_array().unwrap().clone();
        (files.len() == 2 && files.iter().all(|file| file["state"] == "stored")).then_some(files)
    })
    .await;
    assert_ne!(files[0]["id"], files[1]["id"]);
}

#[tokio::test]
async fn only_a_whole_message_is_a_keyword() {
    let stage = Stage::set().await;
    stage.piece("s", (1, Some(2)), "Do not ").await;
    stage.piece("s", (2, Some(2)), "stop").await;
    stage.piece("t", (2, None), "STOP").await;
    assert_eq!(stage.desk.number("SELECT count(*) FROM opt_outs"), 0);
    stage.piece("u", (1, None), "STOP").await;
    assert_eq!(stage.desk.number("SELECT count(*) FROM opt_outs"), 1);
}

#[tokio::test]
async fn news_that_names_our_id_settles_an_uncertain_message() {
    let stage = Stage::set().await;
    let message = stage.uncertain().await;
    assert_eq!(stage.ana.get("/sessions/counts").await["attention"], 1);
    assert_eq!(stage.news(&message, "p-1", ReceiptStatus::Sent).await, Accepted::Stored);
    assert_eq!(stage.message(&message).await["state"], "sent");
    assert_eq!(stage.ana.get("/sessions/counts").await["attention"], 0);
    assert_eq!(stage.news(&message, "p-1", ReceiptStatus::Sent).await, Accepted::Repeated);
    assert_eq!(stage.news(&message, "p-1", ReceiptStatus::Delivered).await, Accepted::Stored);
    let delivered = stage.message(&message).await;
    assert_eq!((&delivered["state"], &delivered["error"]), (&json!("delivered"), &Value::Null));
    assert_eq!(stage.desk.simulator.sent().len(), 1, "it was not sent again");
    for stranger in [key(), "no id".into()] {
        stage.news(&stranger, "p-9", ReceiptStatus::Delivered).await;
    }
    assert_eq!(stage.desk.number("SELECT count(*) FROM messages WHERE provider_id = 'p-9'"), 0);
}

#[tokio::test]
async fn a_message_that_a_person_sends_again_stays_if_the_first_attempt_arrived() {
    let stage = Stage::set().await;
    let message = stage.uncertain().await;
    // The next attempt waits for its turn: the gateway wants fewer messages.
    stage.behave(Manner::Hang);
    let session = stage.message(&message).await["session_id"].as_str().unwrap().to_owned();
    let before = stage.ana.send(&session, "In the way").await;
    stage.desk.simulator.until_sent(2).await;
    let resolve = json!({ "arrived": false });
    stage.ana.post(&format!("/messages/{message}/resolve"), resolve).await;
    assert_eq!(stage.message(&message).await["state"], "queued");
    let failed = ReceiptStatus::Failed(Failure::new(ErrorKind::Other, None, None));
    for late in [ReceiptStatus::Sent, failed] {
        stage.news(&message, "p-1", late).await;
        let waiting = stage.message(&message).await;
        assert_eq!(waiting["state"], "queued", "a person asked for it: {waiting}");
    }
    assert_eq!(stage.news(&message, "p-1", ReceiptStatus::Delivered).await, Accepted::Stored);
    assert_eq!(stage.message(&message).await["state"], "delivered");
    stage.behave(Manner::Proper);
    let next = stage.message(&before).await;
    assert_eq!(next["state"], "sending");
    let texts = stage.desk.simulator.sent().into_iter().map(|one| one.text.unwrap());
    assert_eq!(texts.filter(|text| text == "Did this go?").count(), 1, "no second copy");
}

#[tokio::test]
async fn news_is_never_undone_by_the_answer_that_comes_after_it() {
    let stage = Stage::set().await;
    stage.tell(Inbound::Message(message("Hello"))).await;
    let session = stage.ana.session_with(CUSTOMER).await;
    let slow = Conduct { latency_ms: 700, ..stage.desk.simulator.conduct() };
    for manner in [Manner::Proper, Manner::TakeAndStatus(502), Manner::Status(400)] {
        stage.desk.simulator.forget();
        stage.desk.simulator.set_conduct(Conduct { manner, ..slow.clone() });
        let message = stage.ana.send(&session, "Quick").await;
        stage.desk.simulator.until_sent(1).await;
        stage.news(&message, &format!("p-{manner:?}"), ReceiptStatus::Delivered).await;
        assert_eq!(stage.message(&message).await["state"], "delivered");
        let next = stage.ana.send(&session, "Next").await;
        // The answer to the first has come when the next one's has.
        until("the answers", || async {
            let now = stage.message(&next).await["state"].clone();
            (now != "queued" && now != "sending").then_some(())
        })
        .await;
        tokio::time::sleep(Duration::from_millis(50)).await;
        let settled = stage.message(&message).await;
        assert_eq!((&settled["state"], &settled["error"]), (&json!("delivered"), &Value::Null));
    }
}

#[tokio::test]
async fn what_cannot_be_kept_holds_back_nothing_that_came_along() {
    let stage = Stage::set().await;
    let lost = InboundMessage { to: "+15555550199".into(), ..message("Is anybody there?") };
    let found = Inbound::Message(message("Hello"));
    let both = vec![Inbound::Message(lost), found.clone()];
    assert_eq!(stage.tell_all(both, None).await, Accepted::Unreadable);
    let session = stage.ana.session_with(CUSTOMER).await;
    let words = |heard: Vec<Value>| heard.iter().map(|it| it["text"].clone()).collect::<Vec<_>>();
    assert_eq!(words(stage.ana.said(&session).await), ["Hello"]);
    let more = vec![found, Inbound::Message(message("Me again"))];
    assert_eq!(stage.tell_all(more, Some("the third is broken")).await, Accepted::Unreadable);
    assert_eq!(words(stage.ana.said(&session).await), ["Hello", "Me again"]);
    let kept = "SELECT count(*) FROM deliveries WHERE outcome = 'unreadable'";
    assert_eq!(stage.desk.number(kept), 2);
}
