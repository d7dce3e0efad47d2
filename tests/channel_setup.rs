//! Setting a channel up through the provider: its numbers, its webhook, and what is told when the
//! provider refuses. With every simulated provider whose description promises it.

use deskbell_channels::PROVIDERS;
use deskbell_channels::form::{Medium, Settings};
use deskbell_core::clock;
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};

use crate::support::{Desk, NUMBER, PUBLIC, Reply, Server, to_user};

/// Simulated providers whose API lists numbers and sets the webhook.
fn able() -> Vec<(&'static str, &'static str)> {
    let able: Vec<_> = PROVIDERS
        .iter()
        .map(|provider| provider.description())
        .filter(|one| one.abilities.numbers && one.abilities.webhook)
        .filter(|one| deskbell_simulator::providers::provider(one.id).is_some())
        .map(|one| (one.id, one.label))
        .collect();
    assert!(!able.is_empty(), "no provider promises both");
    able
}

fn played(provider: &str) -> &'static dyn deskbell_simulator::provider::Provider {
    deskbell_simulator::providers::provider(provider)
        .unwrap_or_else(|| panic!("{provider} is not simulated"))
}

/// What an administrator enters.
fn entered(settings: &Settings) -> Value {
    let secrets: Map<String, Value> = settings
        .secrets
        .iter()
        .map(|(name, secret)| (name.clone(), json!(secret.expose_secret())))
        .collect();
    json!({ "values": settings.values, "secrets": secrets, "base_url": settings.base_url })
}

/// A draft with saved credentials; gives its path.
pub(crate) async fn draft(desk: &Desk, provider: &str, settings: &Settings) -> String {
    let draft = desk.admin.post("/channels", json!({ "provider": provider })).await;
    let path = format!("/channels/{}", draft["id"].as_str().unwrap());
    desk.admin.patch(&path, entered(settings)).await;
    path
}

fn number(desk: &Desk, address: &str) -> Value {
    json!({ "address": address, "destination": to_user(&desk.admin.id) })
}

#[tokio::test]
async fn a_draft_is_filled_from_the_account() {
    let desk = Desk::start().await;
    for (provider, _) in able() {
        let settings = desk.simulator.settings_of(played(provider));
        let path = draft(&desk, provider, &settings).await;
        let numbers = format!("{path}/account-numbers");
        let listed = desk.admin.get(&numbers).await;
        let listed = listed.as_array().unwrap();
        assert!(!listed.is_empty(), "{provider}");
        for one in listed {
            assert_eq!(one["added"], false, "{provider}: {one}");
            assert!(one["address"].as_str().unwrap().starts_with('+'), "{provider}: {one}");
        }
        let first = listed[0]["address"].as_str().unwrap().to_owned();
        let webhook = format!("{path}/webhook");
        let refused = desk.admin.try_post(&webhook, Value::Null).await;
        assert_eq!(refused.refusal(), "422 invalid", "{provider}: numbers come first");
        assert_eq!(refused.json()["fields"][0]["field"], "numbers");
        desk.admin.patch(&path, json!({ "numbers": [number(&desk, &first)] })).await;
        let listed = desk.admin.get(&numbers).await;
        let added = listed.as_array().unwrap().iter().filter(|one| one["added"] == true).count();
        assert_eq!(added, 1, "{provider}");
        let before = clock::now();
        let set = desk.admin.post(&webhook, Value::Null).await;
        assert!(!set["done"].as_array().unwrap().is_empty(), "{provider}: {set}");
        let channel = desk.admin.get(&path).await;
        let at_provider = &channel["webhook_at_provider"];
        assert_eq!(at_provider["url"], channel["webhook_url"], "{provider}");
        assert_eq!(at_provider["is_current"], true, "{provider}");
        assert!(at_provider["at"].as_i64().unwrap() >= before, "{provider}");
        assert_eq!(channel["state"], "draft", "{provider}");
        let login = json!({ "webhook_user": "desk", "secrets": { "webhook_password": "example-password" } });
        desk.admin.patch(&path, login).await;
        let again = desk.admin.post(&webhook, Value::Null).await;
        let left = again["left"].as_array().unwrap().last().unwrap().as_str().unwrap();
        assert!(left.contains("“desk”") && !left.contains("example-password"), "{left}");
    }
}

#[tokio::test]
async fn a_number_that_another_channel_has_is_said_to_be_there() {
    let desk = Desk::start().await;
    let (provider, _) = able()[0];
    let settings = desk.simulator.settings_of(played(provider));
    let first = draft(&desk, provider, &settings).await;
    let listed = desk.admin.get(&format!("{first}/account-numbers")).await;
    let own = listed[0]["address"].as_str().unwrap().to_owned();
    let change = json!({ "name": "Shop", "numbers": [number(&desk, &own)] });
    desk.admin.patch(&first, change).await;
    // A channel of another provider, so that it is no second form of the same draft.
    let other = desk.admin.post("/channels", json!({ "provider": "general" })).await;
    let other = format!("/channels/{}", other["id"].as_str().unwrap());
    let name_of = async |address: &str| {
        let listed = desk.admin.get(&format!("{first}/account-numbers")).await;
        let mut listed = listed.as_array().unwrap().clone().into_iter();
        let found = listed.find(|one| one["address"] == address).unwrap();
        (found["added"].clone(), found["in_channel"].clone())
    };
    assert_eq!(name_of(&own).await, (json!(true), Value::Null), "its own number is not elsewhere");
    let shared = json!({ "name": "Old line", "numbers": [number(&desk, &own)] });
    desk.admin.patch(&other, shared).await;
    assert_eq!(name_of(&own).await, (json!(true), json!("Old line")));
    desk.admin.patch(&first, json!({ "numbers": [] })).await;
    assert_eq!(name_of(&own).await, (json!(false), json!("Old line")));
    desk.admin.patch(&other, json!({ "numbers": [] })).await;
    assert_eq!(name_of(&own).await, (json!(false), Value::Null), "a number that was removed");
    desk.admin.patch(&other, json!({ "numbers": [number(&desk, &own)] })).await;
    assert_eq!(name_of(&own).await.1, json!("Old line"));
    assert_eq!(desk.admin.call("DELETE", &other, None).await.status, 204);
    assert_eq!(name_of(&own).await, (json!(false), Value::Null), "a channel that was deleted");
}

#[tokio::test]
async fn a_webhook_that_was_set_grows_old_with_the_public_address_and_with_new_numbers() {
    let desk = Desk::start().await;
    let (provider, _) = able()[0];
    let settings = desk.simulator.settings_of(played(provider));
    let path = draft(&desk, provider, &settings).await;
    let listed = desk.admin.get(&format!("{path}/account-numbers")).await;
    let own = listed[0]["address"].as_str().unwrap().to_owned();
    desk.admin.patch(&path, json!({ "numbers": [number(&desk, &own)] })).await;
    let at_provider = async || desk.admin.get(&path).await["webhook_at_provider"].clone();
    assert_eq!(at_provider().await, Value::Null);
    desk.admin.post(&format!("{path}/webhook"), Value::Null).await;
    let moved = async |to: &str| desk.admin.patch("/settings", json!({ "public_url": to })).await;
    moved("https://other.example.com").await;
    let old = at_provider().await;
    assert_eq!(old["is_current"], false);
    assert!(old["url"].as_str().unwrap().starts_with(PUBLIC), "{old}");
    moved("").await;
    assert_eq!(at_provider().await["is_current"], false);
    let refused = desk.admin.try_post(&format!("{path}/webhook"), Value::Null).await;
    assert_eq!(refused.refusal(), "409 no_public_address");
    moved(PUBLIC).await;
    assert_eq!(at_provider().await["is_current"], true, "the old address is back");
    let both = json!({ "numbers": [number(&desk, &own), number(&desk, "+15555550199")] });
    desk.admin.patch(&path, both).await;
    let late = at_provider().await;
    assert_eq!(late["is_current"], false);
    assert_eq!(late["missing"], json!(["+15555550199"]));
}

#[tokio::test]
async fn what_the_provider_refuses_is_told_in_its_words_and_without_secrets() {
    let desk = Desk::start().await;
    for (provider, label) in able() {
        let mut settings = desk.simulator.settings_of(played(provider));
        let secret = settings.secrets.values().next().unwrap().expose_secret().to_owned();
        let gossip = format!("Nobody has the key {secret} here");
        let body = json!({ "message": gossip, "detail": gossip, "error": gossip,
            "errors": [{ "detail": gossip, "title": gossip, "message": gossip, "code": "10009" }] });
        let server = Server::replying(Reply::json(401, &body)).await;
        settings.base_url = Some(server.url.clone());
        let path = draft(&desk, provider, &settings).await;
        desk.admin.patch(&path, json!({ "numbers": [number(&desk, NUMBER)] })).await;
        let listing = desk.admin.try_get(&format!("{path}/account-numbers")).await;
        let setting = desk.admin.try_post(&format!("{path}/webhook"), Value::Null).await;
        for refused in [listing, setting] {
            assert_eq!(refused.refusal(), "424 provider_failed", "{provider}: {}", refused.text);
            assert!(!refused.text.contains(&secret), "{provider}: {}", refused.text);
            let body = refused.json();
            assert_eq!(body["failure"]["kind"], "authentication_failed", "{provider}");
            let message = body["message"].as_str().unwrap();
            let start = format!("{label}: Authentication Failed.");
            assert!(message.starts_with(&start), "{provider}: {message}");
        }
        let channel = desk.admin.get(&path).await;
        assert_eq!(channel["webhook_at_provider"], Value::Null, "{provider}");
    }
}

#[tokio::test]
async fn a_provider_that_cannot_be_reached_is_said_to_be() {
    let desk = Desk::start().await;
    let (provider, label) = able()[0];
    let settings = desk.simulator.settings_of(played(provider));
    let path = draft(&desk, provider, &settings).await;
    desk.admin.patch(&path, json!({ "base_url": "http://127.0.0.1:9" })).await;
    let refused = desk.admin.try_get(&format!("{path}/account-numbers")).await;
    assert_eq!(refused.refusal(), "424 provider_failed");
    assert!(refused.json()["message"].as_str().unwrap().starts_with(label), "{}", refused.text);
}

#[tokio::test]
async fn what_a_provider_does_not_offer_is_said_before_it_is_asked() {
    let desk = Desk::start().await;
    let line = desk.general(&to_user(&desk.admin.id)).await;
    for (method, path, part) in [
        ("GET", format!("/channels/{}/account-numbers", line.id), "by hand"),
        ("POST", format!("/channels/{}/webhook", line.id), "copy the address"),
    ] {
        let refused = desk.admin.call(method, &path, None).await;
        assert_eq!(refused.refusal(), "409 conflict");
        assert!(refused.text.contains(part), "{}", refused.text);
    }
    let nobody = "/channels/019a0000-0000-7000-8000-000000000000/account-numbers";
    assert_eq!(desk.admin.try_get(nobody).await.status, 404);
}

#[tokio::test]
async fn unfinished_credentials_are_named() {
    let desk = Desk::start().await;
    for (provider, _) in able() {
        let draft = desk.admin.post("/channels", json!({ "provider": provider })).await;
        let path = format!("/channels/{}", draft["id"].as_str().unwrap());
        let refused = desk.admin.try_get(&format!("{path}/account-numbers")).await;
        assert_eq!(refused.refusal(), "422 invalid", "{provider}");
        assert!(!refused.json()["fields"].as_array().unwrap().is_empty(), "{provider}");
    }
}

#[tokio::test]
async fn a_name_stands_for_a_number_only_where_the_provider_takes_it() {
    let desk = Desk::start().await;
    for provider in PROVIDERS.iter().map(|provider| provider.description()) {
        if provider.medium != Medium::Sms {
            continue;
        }
        let draft = desk.admin.post("/channels", json!({ "provider": provider.id })).await;
        let path = format!("/channels/{}", draft["id"].as_str().unwrap());
        let numbers = json!({ "numbers": [number(&desk, "Bakery"), number(&desk, "40404")] });
        let answer = desk.admin.try_patch(&path, numbers).await;
        if provider.sender_ids {
            let kinds = answer.ok();
            assert_eq!(kinds["numbers"][0]["kind"], "sender_id", "{}", provider.id);
            assert_eq!(kinds["numbers"][1]["kind"], "short_code", "{}", provider.id);
        } else {
            assert_eq!(answer.json()["fields"][0]["field"], "numbers.0.address", "{}", provider.id);
            assert!(answer.text.contains("from numbers only"), "{}", answer.text);
        }
    }
}

#[tokio::test]
async fn automatic_answers_are_offered_where_the_provider_gives_none() {
    let desk = Desk::start().await;
    for provider in PROVIDERS.iter().map(|provider| provider.description()) {
        if provider.medium != Medium::Sms {
            continue;
        }
        let draft = desk.admin.post("/channels", json!({ "provider": provider.id })).await;
        let path = format!("/channels/{}", draft["id"].as_str().unwrap());
        let texts = json!({ "stop_text": " You hear no more of us. ", "help_text": "Call us." });
        let answer = desk.admin.try_patch(&path, texts).await;
        if provider.answers_keywords {
            let body = answer.json();
            assert_eq!(body["fields"][0]["field"], "stop_text", "{}", provider.id);
            assert_eq!(body["fields"][1]["field"], "help_text", "{}", provider.id);
            continue;
        }
        let channel = answer.ok();
        assert_eq!(channel["stop_text"], "You hear no more of us.", "{}", provider.id);
        assert_eq!(channel["help_text"], "Call us.", "{}", provider.id);
        let channel = desk.admin.patch(&path, json!({ "stop_text": "" })).await;
        assert_eq!(channel["stop_text"], Value::Null, "{}", provider.id);
        let long = json!({ "help_text": "x".repeat(481) });
        assert_eq!(desk.admin.try_patch(&path, long).await.refusal(), "422 invalid");
    }
}
