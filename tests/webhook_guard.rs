//! Who may bring webhooks: name and password, networks, and what is told of those sent away.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use deskbell_core::clock;
use deskbell_simulator::provider::Route;
use serde_json::{Value, json};

use crate::channel_setup::draft;
use crate::support::{Answer, Desk, Line, NUMBER, Options, all_files, holds, said, to_user};

const CUSTOMER: &str = "+15555550123";
const USER: &str = "desk-callback";
const PASSWORD: &str = "example-password";

/// `Authorization` with this name and password.
fn basic(user: &str, password: &str) -> String {
    format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}")))
}

impl Desk {
    /// Brings a customer's message, or another body, with these headers.
    async fn brings(&self, line: &Line, body: &[u8], headers: &[(&str, &str)]) -> Answer {
        let mut request = self.http.post(format!("{}{}", self.public(), line.path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Answer::of(request.body(body.to_vec()).send().await.unwrap()).await
    }

    /// The same for a rightly signed message.
    async fn brings_message(&self, line: &Line, headers: &[(&str, &str)]) -> Answer {
        let webhook = line.message(&said(CUSTOMER, "Hello"));
        let signed = webhook.headers.iter().map(|(name, value)| (*name, value.as_str()));
        let all: Vec<_> = signed.chain(headers.iter().copied()).collect();
        self.brings(line, &webhook.body, &all).await
    }

    async fn change(&self, line: &Line, change: Value) -> Value {
        self.admin.patch(&format!("/channels/{}", line.id), change).await
    }

    /// Reasons and counts, and the words for the last one.
    async fn refusals(&self, line: &Line) -> (Value, String) {
        let health = self.admin.get(&format!("/channels/{}", line.id)).await["health"].clone();
        let counts = health["refusals"].as_array().unwrap().iter();
        let all = counts.clone().map(|one| one["count"].as_u64().unwrap()).sum::<u64>();
        assert_eq!(health["refused"], all);
        let by_reason = counts
            .map(|one| (one["why"].as_str().unwrap().to_owned(), one["count"].clone()))
            .collect::<serde_json::Map<_, _>>();
        let words = health["last_refused_why"].as_str().unwrap_or_default().to_owned();
        assert_eq!(words.is_empty(), health["last_refused_at"].is_null());
        (Value::Object(by_reason), words)
    }

    fn messages_stored(&self) -> i64 {
        self.number("SELECT count(*) FROM messages WHERE direction = 'in'")
    }
}

/// A line whose webhooks need name and password.
async fn guarded(desk: &Desk) -> Line {
    let login = json!({ "webhook_user": USER, "secrets": {
        "api_key": "key-0123456789", "webhook_password": PASSWORD } });
    let options = Options { more: login, ..Options::default() };
    desk.general_with(&to_user(&desk.admin.id), options).await
}

#[tokio::test]
async fn a_provider_is_asked_for_its_password_and_brings_it() {
    let mut desk = Desk::start().await;
    let line = guarded(&desk).await;
    let channel = desk.admin.get(&format!("/channels/{}", line.id)).await;
    assert_eq!(channel["webhook_user"], USER);
    assert!(channel["secrets_set"].as_array().unwrap().contains(&json!("webhook_password")));
    assert!(!channel.to_string().contains(PASSWORD));
    let right = basic(USER, PASSWORD);
    // The first request of a provider that waits to be asked may even be empty.
    for body in ["", "{}"] {
        let asked = desk.brings(&line, body.as_bytes(), &[]).await;
        assert_eq!((asked.status, asked.text.as_str()), (401, ""));
        assert_eq!(asked.headers["www-authenticate"], "Basic realm=\"deskbell\"");
    }
    let taken = desk.brings_message(&line, &[("authorization", &right)]).await;
    assert!(taken.status < 300, "{taken:?}");
    assert_eq!(desk.messages_stored(), 1);
    assert_eq!(desk.refusals(&line).await, (json!({}), String::new()), "asking refuses nobody");
    for wrong in [basic(USER, "wrong"), basic("desk", PASSWORD), "Basic %%%".to_owned()] {
        let refused = desk.brings_message(&line, &[("authorization", &wrong)]).await;
        assert_eq!(refused.status, 401, "{wrong}");
        assert_eq!(refused.headers["www-authenticate"], "Basic realm=\"deskbell\"");
    }
    let (counts, words) = desk.refusals(&line).await;
    assert_eq!(counts, json!({ "password": 3 }));
    assert!(words.contains("wrong name or password"), "{words}");
    desk.change(&line, json!({ "webhook_user": "", "secrets": { "webhook_password": "" } })).await;
    assert!(desk.brings_message(&line, &[]).await.status < 300);
    assert_eq!(desk.messages_stored(), 2);
    desk.stop().await;
    for secret in [PASSWORD, right.as_str()] {
        let lies_open = all_files(desk.folder.path()).iter().any(|file| holds(file, secret));
        assert!(!lies_open, "{secret}");
    }
}

#[tokio::test]
async fn a_provider_that_never_brings_its_password_is_told_of_without_another_request() {
    let desk = Desk::start().await;
    let line = guarded(&desk).await;
    assert_eq!(desk.brings(&line, b"{}", &[]).await.status, 401);
    let connection = desk.app().connections().get(line.id.parse().unwrap()).unwrap();
    assert_eq!(desk.refusals(&line).await, (json!({}), String::new()), "it may still bring it");
    for later in [61_000, 62_000] {
        let told = connection.refusals.told(clock::now() + later);
        assert_eq!(told.counts.iter().map(|one| one.count).sum::<u64>(), 1, "{told:?}");
    }
    let (counts, words) = desk.refusals(&line).await;
    assert_eq!(counts, json!({ "no_password": 1 }));
    assert!(words.contains("Enter them at the provider"), "{words}");
    // It knows them now; later somebody forgets them, and nothing comes after.
    let right = basic(USER, PASSWORD);
    assert!(desk.brings_message(&line, &[("authorization", &right)]).await.status < 300);
    connection.refusals.note_challenge(clock::now() - 61_000);
    let (counts, _) = desk.refusals(&line).await;
    assert_eq!(counts, json!({ "no_password": 2 }), "reading the health is enough");
}

#[tokio::test]
async fn the_password_of_a_delivery_that_is_kept_is_not_kept() {
    let mut desk = Desk::start().await;
    let line = desk.twilio(&to_user(&desk.admin.id.clone())).await;
    let login = json!({ "webhook_user": USER, "secrets": { "webhook_password": PASSWORD } });
    desk.change(&line, login).await;
    let right = basic(USER, PASSWORD);
    let webhook = line.garbled();
    let signed = webhook.headers.iter().map(|(name, value)| (*name, value.as_str()));
    let all: Vec<_> = signed.chain([("authorization", right.as_str())]).collect();
    let kept = desk.brings(&line, &webhook.body, &all).await;
    assert!(kept.status < 300, "{kept:?}");
    let unreadable = desk.admin.get("/deliveries?outcome=unreadable").await;
    assert_eq!(unreadable.as_array().unwrap().len(), 1);
    desk.stop().await;
    assert!(all_files(desk.folder.path()).iter().all(|file| !holds(file, &right[6..])));
}

#[tokio::test]
async fn only_allowed_networks_bring_webhooks() {
    let desk = Desk::start().await;
    let line = desk.twilio(&to_user(&desk.admin.id)).await;
    let networks = json!({ "allowed_networks": ["192.0.2.9/27", "2001:db8::1"] });
    let channel = desk.change(&line, networks).await;
    assert_eq!(channel["allowed_networks"], json!(["192.0.2.0/27", "2001:db8::1"]));
    let from = async |headers: &[(&str, &str)]| desk.brings_message(&line, headers).await.status;
    let trusting = async |header: &str| {
        let settings = desk.admin.patch("/settings", json!({ "proxy_header": header })).await;
        assert_eq!(settings["proxy_header"], header);
    };
    // A tunnel comes from this computer; a header that nobody vouches for says nothing.
    assert_eq!(from(&[("x-forwarded-for", "192.0.2.1")]).await, 403);
    let (counts, words) = desk.refusals(&line).await;
    assert_eq!(counts, json!({ "unknown_address": 1 }));
    assert!(words.contains("The tunnel hides who calls"), "{words}");
    trusting("x_forwarded_for").await;
    assert_eq!(from(&[("x-forwarded-for", "192.0.2.1")]).await, 200);
    assert_eq!(from(&[("x-forwarded-for", "203.0.113.9, 192.0.2.30")]).await, 200);
    assert_eq!(from(&[("x-forwarded-for", "192.0.2.1, 203.0.113.9")]).await, 403);
    assert_eq!(from(&[("cf-connecting-ip", "192.0.2.1")]).await, 403);
    trusting("cf_connecting_ip").await;
    assert_eq!(from(&[("cf-connecting-ip", "2001:db8::1")]).await, 200);
    let both = [("cf-connecting-ip", "203.0.113.9"), ("x-forwarded-for", "192.0.2.1")];
    assert_eq!(from(&both).await, 403);
    let (counts, words) = desk.refusals(&line).await;
    assert_eq!(counts, json!({ "address": 2, "unknown_address": 2 }));
    assert!(words.contains("203.0.113.9"), "{words}");
    assert_eq!(desk.messages_stored(), 3);
    desk.change(&line, json!({ "allowed_networks": [] })).await;
    assert_eq!(from(&[]).await, 200);
}

#[tokio::test]
async fn the_gate_comes_after_the_size_and_before_the_content() {
    let desk = Desk::start().await;
    let line = guarded(&desk).await;
    let large = vec![b'x'; 1024 * 1024 + 1];
    assert_eq!(desk.brings(&line, &large, &[]).await.status, 413);
    let garbled = b"no json at all";
    assert_eq!(desk.brings(&line, garbled, &[]).await.status, 401);
    let wrong = basic(USER, "wrong");
    assert_eq!(desk.brings(&line, garbled, &[("authorization", &wrong)]).await.status, 401);
    assert_eq!(desk.number("SELECT count(*) FROM deliveries"), 0);
    let last = if line.path.ends_with('0') { '1' } else { '0' };
    let unknown = format!("{}{last}", &line.path[..line.path.len() - 1]);
    let answer = desk.http.post(format!("{}{unknown}", desk.public())).send().await.unwrap();
    assert_eq!(answer.status(), 404, "nobody learns which addresses exist");
    // Both: the network first, so that a stranger learns of no password.
    desk.change(&line, json!({ "allowed_networks": ["192.0.2.0/27"] })).await;
    let stranger = desk.brings_message(&line, &[]).await;
    assert_eq!(stranger.status, 403);
    assert!(!stranger.headers.contains_key("www-authenticate"));
}

#[tokio::test]
async fn a_signature_is_still_asked_for_behind_the_gate() {
    let desk = Desk::start().await;
    let line = desk.twilio(&to_user(&desk.admin.id)).await;
    let login = json!({ "webhook_user": USER, "secrets": { "webhook_password": PASSWORD } });
    desk.change(&line, login).await;
    let right = basic(USER, PASSWORD);
    let forged = [("authorization", right.as_str()), ("x-twilio-signature", "bm90IHJpZ2h0")];
    let form = ("content-type", "application/x-www-form-urlencoded");
    let refused = desk.brings(&line, b"Body=Hello", &[forged[0], forged[1], form]).await;
    assert_eq!(refused.status, 403);
    let (counts, words) = desk.refusals(&line).await;
    assert_eq!(counts, json!({ "signature": 1 }));
    assert!(words.contains("signature was missing or wrong"), "{words}");
    assert_eq!(desk.brings_message(&line, &forged[..1]).await.status, 200);
    assert_eq!(desk.messages_stored(), 1);
}

#[tokio::test]
async fn a_clock_that_differs_is_told_from_a_wrong_signature() {
    let desk = Desk::start().await;
    let playing = deskbell_simulator::providers::PROVIDERS.iter();
    let timed: Vec<_> = playing.filter(|provider| provider.signs_time()).collect();
    assert!(!timed.is_empty(), "no provider signs the time");
    for provider in timed {
        let settings = desk.simulator.settings_of(*provider);
        let path = draft(&desk, provider.id(), &settings).await;
        let number = json!({ "address": NUMBER, "destination": to_user(&desk.admin.id) });
        let on = json!({ "numbers": [number], "state": "active" });
        let channel = desk.admin.patch(&path, on).await;
        let line = Line {
            provider: provider.id(),
            id: channel["id"].as_str().unwrap().to_owned(),
            number_id: channel["numbers"][0]["id"].as_str().unwrap().to_owned(),
            path: channel["webhook_path"].as_str().unwrap().to_owned(),
        };
        let url = line.url();
        let told = |minutes: i64| {
            let at = clock::now() + minutes * 60_000;
            let route = Route { settings: &settings, url: &url, at };
            (
                provider.message(&route, &said(CUSTOMER, "Hello")).remove(0),
                provider.forged(&route, &said(CUSTOMER, "Hello")),
            )
        };
        assert!(desk.deliver(&line, &told(0).0).await.status < 300, "{}", provider.id());
        assert!(desk.deliver(&line, &told(-30).0).await.status >= 400, "{}", provider.id());
        let (counts, words) = desk.refusals(&line).await;
        assert_eq!(counts, json!({ "clock": 1 }), "{}", provider.id());
        assert!(words.contains("clock of this computer"), "{words}");
        let forged = told(-30).1.unwrap();
        assert!(desk.deliver(&line, &forged).await.status >= 400, "{}", provider.id());
        let (counts, _) = desk.refusals(&line).await;
        assert_eq!(counts, json!({ "clock": 1, "signature": 1 }), "{}", provider.id());
    }
}

#[tokio::test]
async fn asking_for_a_password_slows_no_provider_down() {
    let desk = Desk::start().await;
    let line = guarded(&desk).await;
    let right = basic(USER, PASSWORD);
    for n in 0..300 {
        let asked = desk.brings(&line, b"", &[]).await;
        assert_eq!(asked.status, 401, "request {n}");
    }
    assert!(desk.brings_message(&line, &[("authorization", &right)]).await.status < 300);
    let wrong = basic(USER, "wrong");
    let mut slowed = 0;
    for _ in 0..300 {
        let answer = desk.brings(&line, b"", &[("authorization", &wrong)]).await;
        slowed += u32::from(answer.status == 429);
    }
    assert!(slowed > 0, "whoever guesses passwords is slowed down");
}

#[tokio::test]
async fn what_does_not_fit_is_said_at_its_field() {
    let desk = Desk::start().await;
    let line = desk.general(&to_user(&desk.admin.id)).await;
    let path = format!("/channels/{}", line.id);
    let many: Vec<String> = (0..51).map(|n| format!("10.0.0.{n}")).collect();
    for (change, field, part) in [
        (json!({ "webhook_user": USER }), "webhook_password", "password that goes with"),
        (
            json!({ "secrets": { "webhook_password": PASSWORD } }),
            "webhook_user",
            "name that goes with",
        ),
        (
            json!({ "webhook_user": "a:b", "secrets": { "webhook_password": PASSWORD } }),
            "webhook_user",
            "without spaces",
        ),
        (
            json!({ "webhook_user": USER, "secrets": { "webhook_password": "short" } }),
            "webhook_password",
            "8 to 200",
        ),
        (json!({ "allowed_networks": ["10.0.0.1", "all"] }), "allowed_networks.1", "such as"),
        (json!({ "allowed_networks": ["0.0.0.0/0"] }), "allowed_networks.0", "everybody"),
        (json!({ "allowed_networks": many }), "allowed_networks", "At most 50"),
    ] {
        let refused = desk.admin.try_patch(&path, change.clone()).await;
        assert_eq!(refused.refusal(), "422 invalid", "{change}");
        let body = refused.json();
        assert_eq!(body["fields"][0]["field"], field, "{change}");
        let sentence = body["fields"][0]["message"].as_str().unwrap();
        assert!(sentence.contains(part), "{change}: {sentence}");
    }
    let refused = desk.admin.try_patch("/settings", json!({ "proxy_header": "via" })).await;
    assert!(refused.status >= 400 && refused.status < 500, "{refused:?}");
}
