//! The channel's light, and what the provider's API does during set-up.

use deskbell_channels::http::{Http, Timeouts};
use deskbell_channels::simulated::engine::{Fault, Faults};
use serde_json::Value;

use super::ground::Ground;
use crate::support::NUMBER;

impl Ground {
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
