//! What the desk sends, and what the provider says to it.

use deskbell_channels::exchange::ErrorKind;
use deskbell_channels::simulated::engine::{Fault, Faults};
use deskbell_simulator::Recorded;
use deskbell_simulator::provider::News;
use serde_json::{Value, json};

use super::ground::Ground;
use crate::support::{NUMBER, key};

/// Every reason that text messages fail for.
pub(super) const KINDS: [ErrorKind; 11] = [
    ErrorKind::InvalidPhoneNumber,
    ErrorKind::InvalidParameter,
    ErrorKind::UnsupportedMedia,
    ErrorKind::AuthenticationFailed,
    ErrorKind::PermissionDenied,
    ErrorKind::TooManyRequests,
    ErrorKind::ServiceUnavailable,
    ErrorKind::FileTooLarge,
    ErrorKind::OptedOut,
    ErrorKind::Blocked,
    ErrorKind::Other,
];

/// A picture, as its first bytes tell.
const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

impl Ground {
    /// What the provider was handed last.
    fn handed(&self) -> Recorded {
        self.simulator.sent().pop().expect("the provider was handed something")
    }

    /// Answers the customer; gives the id of the message.
    pub(super) async fn answers(&self, words: &str) -> String {
        let session = self.session().await;
        self.desk().admin.send(&session, words).await
    }
}

pub(super) async fn text(ground: Ground) {
    let words = "We open at 8! 👍 Žluťoučký kůň & co. = 100 %";
    let message = ground.answers(words).await;
    let sent = ground.until(&message, &["sent"]).await;
    assert_eq!(sent["attempts"], 1);
    let handed = ground.handed();
    assert_eq!(digits(&handed.to), digits(&ground.customer));
    assert_eq!(digits(&handed.from), digits(NUMBER));
    assert_eq!(handed.text.as_deref(), Some(words));
    assert!(handed.media_urls.is_empty());
    assert_eq!(ground.simulator.sent().len(), 1);
}

/// With or without the plus.
fn digits(number: &str) -> &str {
    number.trim_start_matches('+')
}

pub(super) async fn files(ground: Ground) {
    let limits = ground.party.description().limits;
    let count = limits.files.min(2) as usize;
    let admin = &ground.desk().admin;
    let session = ground.session().await;
    let mut file_ids = Vec::new();
    for number in 0..count {
        file_ids.push(admin.upload(&format!("{number}.png"), PNG.to_vec()).await);
    }
    let mut body = json!({ "client_key": key(), "file_ids": file_ids });
    if limits.text_with_files {
        body["text"] = json!("The receipt");
    }
    let queued = admin.post(&format!("/sessions/{session}/messages"), body).await;
    ground.until(queued["id"].as_str().unwrap(), &["sent"]).await;
    let handed = ground.handed();
    assert_eq!(handed.media_urls.len(), count, "{:?}", handed.media_urls);
    assert_eq!(handed.text.is_some(), limits.text_with_files);
    for url in &handed.media_urls {
        let answer = ground.desk().http.get(ground.desk().local(url)).send().await.unwrap();
        assert_eq!(answer.status(), 200, "the provider can fetch {url}");
        assert_eq!(answer.bytes().await.unwrap(), PNG);
    }
}

pub(super) async fn refused(ground: Ground, kind: ErrorKind) {
    ground.behave(|conduct| conduct.refuse = Some(kind));
    let session = ground.session().await;
    let message = ground.desk().admin.send(&session, "Hello").await;
    ground.simulator.until_sent(1).await;
    // A reason that passes is waited out; any other is final.
    let passes = matches!(kind, ErrorKind::TooManyRequests | ErrorKind::ServiceUnavailable);
    let states: &[&str] = if passes { &["failed", "queued"] } else { &["failed"] };
    let failed = loop {
        let shown = ground.until(&message, states).await;
        if shown["attempts"].as_i64() >= Some(1) {
            break shown;
        }
    };
    assert_eq!(failed["error"]["kind"], kind.as_str(), "{failed}");
    assert_eq!(failed["error"]["prompt"], kind.prompt());
    let told = |part: &str| failed["error"][part].as_str().is_some_and(|words| !words.is_empty());
    assert!(told("text") || told("code"), "in the provider's words: {failed}");
    if failed["state"] == "failed" {
        assert_eq!(ground.simulator.sent().len(), 1, "it was not tried again");
    }
    assert_eq!(ground.simulator.taken(), 0);
    if failed["state"] == "failed" && kind != ErrorKind::OptedOut {
        ground.behave(|conduct| conduct.refuse = None);
        let next = ground.desk().admin.send(&session, "And this?").await;
        ground.until(&next, &["sent"]).await;
    }
}

pub(super) async fn slow_down(ground: Ground) {
    ground.simulator.set_faults(Faults::from_iter([Fault::RateLimited]));
    let message = ground.answers("Patience").await;
    ground.simulator.until_sent(1).await;
    ground.simulator.set_faults(Faults::default());
    let sent = ground.until(&message, &["sent"]).await;
    assert!(sent["error"].is_null(), "what went wrong before is over: {sent}");
    let handed = ground.simulator.sent();
    assert_eq!((handed.len(), ground.simulator.taken()), (2, 1));
    let pause = handed[1].at - handed[0].at;
    assert!(pause >= 2_000, "Retry-After said 2 seconds, it took {pause} ms");
}

/// Sends a message and tells the provider's news of it in this order, as far as it tells them.
async fn news(ground: &Ground, order: &[News]) -> Value {
    let message = ground.answers("On our way").await;
    ground.until(&message, &["sent"]).await;
    let handed = ground.handed();
    let mut told = 0;
    for news in order {
        // Every receipt comes twice.
        told += usize::from(ground.receipt(&handed, *news).await);
        ground.receipt(&handed, *news).await;
    }
    assert!(told > 0, "it promises receipts and tells none");
    ground.desk().admin.get(&format!("/messages/{message}")).await
}

pub(super) async fn delivered(ground: Ground) {
    let shown = news(&ground, &[News::Sent, News::Delivered]).await;
    assert_eq!(shown["state"], "delivered");
}

pub(super) async fn delivered_before_sent(ground: Ground) {
    let shown = news(&ground, &[News::Delivered, News::Sent]).await;
    assert_eq!(shown["state"], "delivered");
}

/// It did not arrive, and the desk says why in our words and the provider's.
fn assert_failed(shown: &Value) {
    assert_eq!(shown["state"], "failed", "{shown}");
    let told = |part: &str| shown["error"][part].as_str().is_some_and(|words| !words.is_empty());
    assert!(told("prompt") && (told("text") || told("code")), "{shown}");
}

/// A receipt tells this kind, and the desk shows the same.
pub(super) async fn lost(ground: Ground, kind: ErrorKind) {
    let shown = news(&ground, &[News::Sent, News::Failed(kind)]).await;
    assert_failed(&shown);
    assert_eq!(shown["error"]["kind"], kind.as_str(), "{shown}");
    assert_eq!(shown["error"]["prompt"], kind.prompt());
    assert_eq!(ground.simulator.sent().len(), 1, "nothing is sent again by itself");
}

/// What this provider's receipts cannot tell is a failure all the same.
pub(super) async fn lost_otherwise(ground: Ground, told: &[ErrorKind]) {
    let others = KINDS.into_iter().chain([ErrorKind::OutsideWindow]);
    let others: Vec<_> = others.filter(|kind| !told.contains(kind)).collect();
    let session = ground.session().await;
    for (count, kind) in (1..).zip(others) {
        let message = ground.desk().admin.send(&session, "On our way").await;
        ground.until(&message, &["sent"]).await;
        assert_eq!(ground.simulator.sent().len(), count, "nothing is sent again by itself");
        assert!(ground.receipt(&ground.handed(), News::Failed(kind)).await);
        assert_failed(&ground.desk().admin.get(&format!("/messages/{message}")).await);
    }
}

pub(super) async fn receipt_before_answer(ground: Ground) {
    ground.behave(|conduct| conduct.latency_ms = 1_200);
    let message = ground.answers("Quick").await;
    ground.simulator.until_sent(1).await;
    assert!(ground.receipt(&ground.handed(), News::Delivered).await);
    let shown = ground.until(&message, &["delivered"]).await;
    assert!(shown["error"].is_null());
    assert_eq!(ground.simulator.taken(), 1);
}
