//! What customers say, and what strangers pretend.

use deskbell_channels::form::Signing;
use deskbell_core::clock;
use deskbell_simulator::webhook::Said;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::ground::{CUSTOMER, Ground, assert_taken, said};
use crate::support::{NUMBER, to_user, until};

/// Signed so long ago that a provider which signs the time is not believed any more.
const LONG_AGO: i64 = 900_000;
/// A number of the account that nobody added.
const STRAY: &str = "+15555550177";

pub(super) async fn text(ground: Ground) {
    ground.hears(&said("Do you open on Sunday?")).await;
    let message = ground.only_heard().await;
    assert_eq!(message["text"], "Do you open on Sunday?");
    let session = message["session_id"].as_str().unwrap();
    let session = ground.desk().admin.get(&format!("/sessions/{session}")).await;
    assert_eq!(session["address"], CUSTOMER);
    assert_eq!(session["number"], NUMBER);
}

pub(super) async fn files(ground: Ground) {
    // A provider takes as many from the customer as from the desk.
    let count = ground.party.description().limits.files.min(3) as usize;
    let media = ["one", "two", "three"].iter().take(count).map(|name| ground.file(name)).collect();
    ground.hears(&Said { media, ..said("Look at these") }).await;
    let fetched = until("the files are fetched", || async {
        let message = ground.only_heard().await;
        let files = message["files"].as_array().unwrap().clone();
        let settled = files.iter().all(|file| file["state"] != "pending");
        (files.len() == count && settled).then_some(message)
    })
    .await;
    assert_eq!(fetched["text"], "Look at these");
    for file in fetched["files"].as_array().unwrap() {
        assert_eq!(file["state"], "stored", "{file}");
        assert_eq!(file["content_type"], "image/png");
    }
}

pub(super) async fn unicode(ground: Ground) {
    let texts = [
        "Žluťoučký kůň & co. = 100 %",
        "👩🏽‍🚀 日本語 العربية",
        "line one\nline two",
        "+ plus & amp ; % 41 \\ back / slash \"quotes\" <b>",
    ];
    for text in texts {
        ground.hears(&said(text)).await;
    }
    for (id, text) in ground.heard().iter().zip(texts) {
        assert_eq!(ground.desk().admin.get(&format!("/messages/{id}")).await["text"], text);
    }
    assert_eq!(ground.heard().len(), texts.len());
}

pub(super) async fn repeat(ground: Ground) {
    let webhooks = ground.message(&said("Only once"));
    let first = ground.deliver(&webhooks).await;
    assert_taken(&first);
    let stored = ground.stored();
    for _ in 0..3 {
        let again = ground.deliver(&webhooks).await;
        for (first, again) in first.iter().zip(&again) {
            assert_eq!((first.status, &first.text), (again.status, &again.text));
        }
    }
    assert_eq!(ground.only_heard().await["text"], "Only once");
    assert_eq!(ground.stored(), stored, "a repeat leaves nothing behind");
}

pub(super) async fn forged(ground: Ground) {
    let played = ground.party.played;
    let words = said("Trust me");
    let forged = ground.told(clock::now(), |route| played.forged(route, &words));
    match forged {
        Some(webhook) => {
            let answer = &ground.deliver(&[webhook]).await[0];
            assert!((400..500).contains(&answer.status), "{} {}", answer.status, answer.text);
        }
        // The address is the proof, and the next scenario looks at that.
        None => assert_eq!(ground.party.description().signing, Signing::Never),
    }
    assert_eq!(ground.stored(), (0, 0));
}

pub(super) async fn wrong_address(ground: Ground) {
    let mut wrong = ground.path.clone();
    let last = wrong.pop().unwrap();
    wrong.push(if last == '0' { '1' } else { '0' });
    for webhook in ground.message(&said("Anybody there?")) {
        let answer = ground.deliver_to(&wrong, &webhook).await;
        assert_eq!(answer.status, 404, "{}", answer.text);
    }
    assert_eq!(ground.stored(), (0, 0));
}

pub(super) async fn old_signature(ground: Ground) {
    let (played, words) = (ground.party.played, said("From long ago"));
    let old = ground.told(clock::now() - LONG_AGO, |route| played.message(route, &words));
    let answers = ground.deliver(&old).await;
    if played.signs_time() {
        for answer in &answers {
            assert!((400..500).contains(&answer.status), "{} {}", answer.status, answer.text);
        }
        assert_eq!(ground.stored(), (0, 0));
        return;
    }
    assert_taken(&answers);
    let stored = ground.stored();
    assert_taken(&ground.deliver(&old).await);
    assert_eq!((ground.heard().len(), ground.stored()), (1, stored), "a replay is a repeat");
}

pub(super) async fn garbled(ground: Ground) {
    let (played, words) = (ground.party.played, said("Half of this is lost"));
    let garbled = [ground.told(clock::now(), |route| played.garbled(route, &words))];
    assert_taken(&ground.deliver(&garbled).await);
    let attention = ground.attention();
    assert_eq!(attention.len(), 1, "{attention:?}");
    assert!(!attention[0].is_empty());
    assert!(ground.heard().is_empty());
    assert_taken(&ground.deliver(&garbled).await);
    assert_eq!(ground.attention().len(), 1, "a repeat is not kept twice");
}

pub(super) async fn unknown_number(ground: Ground) {
    let stray = Said { to: STRAY.to_owned(), ..said("Anybody there?") };
    let webhooks = ground.message(&stray);
    assert_taken(&ground.deliver(&webhooks).await);
    assert!(ground.heard().is_empty());
    let attention = ground.attention();
    assert_eq!(attention.len(), webhooks.len(), "{attention:?}");
    assert!(attention[0].contains("dd the number, then replay"), "{attention:?}");
}

pub(super) async fn replayed(ground: Ground) {
    let admin = &ground.desk().admin;
    let channel = format!("/channels/{}", ground.channel);
    let stray = |text| Said { to: STRAY.to_owned(), ..said(text) };
    assert_taken(&ground.deliver(&ground.message(&stray("Anybody there?"))).await);
    let first = ground.unreadable();
    assert_taken(&ground.deliver(&ground.message(&stray("Hello?"))).await);
    let second: Vec<_> = ground.unreadable().into_iter().filter(|id| !first.contains(id)).collect();
    let number = |address| json!({ "address": address, "destination": to_user(&admin.id) });
    admin.patch(&channel, json!({ "numbers": [number(NUMBER), number(STRAY)] })).await;
    ground.replay(&first).await;
    assert_eq!(ground.only_heard().await["text"], "Anybody there?");
    // What was verified when it came is not asked for its signature again.
    let secrets = ground.settings.secrets.iter();
    let others: serde_json::Map<_, _> =
        secrets.map(|(name, secret)| (name.clone(), other(secret.expose_secret()))).collect();
    admin.patch(&channel, json!({ "secrets": others })).await;
    ground.replay(&second).await;
    assert_eq!(ground.heard().len(), 2, "each exactly once");
    assert!(ground.attention().is_empty());
    let again = admin.try_post(&format!("/deliveries/{}/replay", first[0]), Value::Null).await;
    assert_eq!(again.refusal(), "409 conflict");
    assert_eq!(ground.heard().len(), 2);
}

/// Another secret of the same shape.
fn other(secret: &str) -> Value {
    let (first, rest) = secret.split_at(1);
    json!(format!("{}{rest}", if first == "a" { "b" } else { "a" }))
}

impl Ground {
    /// Deliveries of this channel that need attention.
    fn unreadable(&self) -> Vec<String> {
        let database = self.desk().database();
        let sql = "SELECT id FROM deliveries WHERE channel_id = ?1 AND outcome = 'unreadable'";
        let mut statement = database.prepare(sql).unwrap();
        let rows = statement.query_map([&self.channel], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    async fn replay(&self, deliveries: &[String]) {
        assert!(!deliveries.is_empty(), "nothing needs attention");
        for id in deliveries {
            let path = format!("/deliveries/{id}/replay");
            assert_eq!(self.desk().admin.post(&path, Value::Null).await["outcome"], "stored");
        }
    }
}
