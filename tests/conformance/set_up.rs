//! The channel's light, and what the provider's API does during set-up.

use deskbell_channels::http::{Http, Timeouts};
use deskbell_channels::simulated::engine::{Fault, Faults};
use serde_json::{Value, json};

use super::ground::{Ground, entered};
use crate::support::{NUMBER, Reply, Server};

/// Nobody listens there.
const NOWHERE: &str = "http://127.0.0.1:9";

impl Ground {
    /// The provider is looked for at another origin from now on.
    async fn moves(&self, origin: &str) {
        let (old, mut settings) = (self.simulator.base_url(), self.settings.clone());
        for value in settings.values.values_mut().chain(&mut settings.base_url) {
            *value = value.replace(&old, origin);
        }
        let channel = format!("/channels/{}", self.channel);
        self.desk().admin.patch(&channel, entered(&settings)).await;
    }

    /// The light, asked for now.
    async fn light(&self) -> Value {
        self.desk().admin.post(&format!("/channels/{}/check", self.channel), Value::Null).await
    }
}

pub(super) async fn connected(ground: Ground) {
    let light = ground.light().await;
    assert_eq!(light["state"], "connected", "{light}");
}

pub(super) async fn unauthorized(ground: Ground) {
    ground.simulator.set_faults(Faults::from_iter([Fault::Refused]));
    let light = ground.light().await;
    assert_eq!(light["state"], "unauthorized", "{light}");
    assert!(light["detail"].as_str().is_some_and(|words| !words.is_empty()), "{light}");
    ground.simulator.set_faults(Faults::default());
    assert_eq!(ground.light().await["state"], "connected", "it recovers");
}

pub(super) async fn unavailable(ground: Ground) {
    ground.behave(|conduct| conduct.outage = Some(500));
    let light = ground.light().await;
    assert_eq!(light["state"], "service_unavailable", "{light}");
    assert!(light["detail"].as_str().is_some_and(|words| !words.is_empty()), "{light}");
}

/// What no provider ever answers, without a word of its own.
pub(super) async fn odd_answer(ground: Ground) {
    for status in [409, 418] {
        ground.behave(|conduct| conduct.outage = Some(status));
        let light = ground.light().await;
        assert!(light["state"] == "unknown" || light["state"] == "request_failed", "{light}");
        let detail = light["detail"].as_str().unwrap_or_default();
        assert!(detail.contains(&status.to_string()), "{light}");
    }
    ground.behave(|conduct| conduct.outage = None);
    assert_eq!(ground.light().await["state"], "connected", "it recovers");
}

/// The same, said in the format of every provider.
pub(super) async fn unknown(ground: Ground) {
    let words = "I am a teapot";
    let details = json!({
        "response_status": "error",
        "response_messages": { "message": { "code": "teapot", "_content": words } },
    });
    let said = json!({
        "message": words,
        "error": words,
        "title": words,
        "response_msg": words,
        "response_details": details,
        "errors": [{ "code": "teapot", "title": words }],
    });
    let teapot = Server::replying(Reply::json(418, &said)).await;
    ground.moves(&teapot.url).await;
    let light = ground.light().await;
    assert_eq!(light["state"], "unknown", "{light}");
    let detail = light["detail"].as_str().unwrap_or_default();
    assert!(detail.contains("418") && detail.contains(words), "in the provider's words: {light}");
    assert!(!teapot.asked().is_empty());
}

pub(super) async fn request_failed(ground: Ground) {
    ground.moves(NOWHERE).await;
    let light = ground.light().await;
    assert_eq!(light["state"], "request_failed", "{light}");
    assert!(light["detail"].as_str().is_some_and(|words| !words.is_empty()), "{light}");
    ground.moves(&ground.simulator.base_url()).await;
    assert_eq!(ground.light().await["state"], "connected", "it recovers");
}

fn http() -> Http {
    Http::new(Timeouts::default()).unwrap()
}

pub(super) async fn numbers(ground: Ground) {
    let channel = ground.adapter();
    let numbers = channel.numbers(&http()).await.unwrap();
    assert!(!numbers.is_empty(), "the simulated account has numbers");
    for number in &numbers {
        assert!(number.address.starts_with('+'), "{number:?} is E.164");
    }
    ground.behave(|conduct| conduct.faults = Faults::from_iter([Fault::Refused]));
    assert!(channel.numbers(&http()).await.is_err(), "wrong credentials show no numbers");
}

pub(super) async fn webhook(ground: Ground) {
    let channel = ground.adapter();
    let mut numbers = vec![NUMBER.to_owned()];
    if ground.party.description().abilities.numbers {
        let listed = channel.numbers(&http()).await.unwrap();
        numbers = listed.into_iter().take(1).map(|one| one.address).collect();
    }
    let set = channel.set_webhook(&ground.url(), &numbers, &http()).await.unwrap();
    assert!(!set.done.is_empty(), "{set:?}");
    let again = channel.set_webhook(&ground.url(), &numbers, &http()).await.unwrap();
    assert!(!again.done.is_empty(), "doing it again is no fault: {again:?}");
    ground.behave(|conduct| conduct.faults = Faults::from_iter([Fault::Refused]));
    assert!(channel.set_webhook(&ground.url(), &numbers, &http()).await.is_err());
}
