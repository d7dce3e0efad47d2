//! Channels, set up as an administrator does it, and what their provider brings.

use deskbell_simulator::Simulator;
use deskbell_simulator::webhook::{self, Said, TwilioAccount, Webhook};
use reqwest::Client;
use serde_json::{Value, json};

use super::{Agent, Answer, Desk, PUBLIC, until};

/// The desk's number on every channel.
pub(crate) const NUMBER: &str = "+15555550100";
const ACCOUNT: &str = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const AUTH_TOKEN: &str = "test-auth-token-0001";
const API_KEY: &str = "key-0123456789";
const SECRET: &str = "e2b1c9d0f4a84b1e9a7c3d5f60718293";

/// A live channel.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) provider: &'static str,
    pub(crate) id: String,
    pub(crate) number_id: String,
    /// Path of its webhook.
    pub(crate) path: String,
}

/// How a channel is set up; what is not said is usual.
pub(crate) struct Options {
    /// Messages a second.
    pub(crate) rate: f64,
    /// Users who may start sessions.
    pub(crate) starters: Vec<String>,
    /// More fields of the change that sets it up.
    pub(crate) more: Value,
}

impl Default for Options {
    fn default() -> Self {
        Self { rate: 500.0, starters: Vec::new(), more: json!({}) }
    }
}

/// Destination of new sessions.
pub(crate) fn to_queue(id: &str) -> Value {
    json!({ "kind": "queue", "id": id })
}

/// Destination of new sessions.
pub(crate) fn to_user(id: &str) -> Value {
    json!({ "kind": "user", "id": id })
}

impl Line {
    /// The address of its webhook that the provider knows.
    pub(crate) fn url(&self) -> String {
        format!("{PUBLIC}{}", self.path)
    }

    /// Secrets that were entered for it.
    pub(crate) fn secrets() -> [&'static str; 3] {
        [AUTH_TOKEN, API_KEY, SECRET]
    }

    /// The Twilio account of the channel.
    pub(crate) fn account() -> TwilioAccount {
        TwilioAccount { sid: ACCOUNT.to_owned(), auth_token: AUTH_TOKEN.to_owned() }
    }

    /// A customer's message, rightly signed.
    pub(crate) fn message(&self, said: &Said) -> Webhook {
        match self.provider {
            "twilio" => webhook::twilio_message(&Self::account(), &self.url(), said),
            _ => webhook::general_message(Some(SECRET), said, 1_700_000_000_000),
        }
    }

    /// A rightly signed request that cannot be read.
    pub(crate) fn garbled(&self) -> Webhook {
        match self.provider {
            "twilio" => webhook::twilio_garbled(&Self::account(), &self.url()),
            _ => webhook::general_garbled(Some(SECRET), &Said::default(), 0),
        }
    }
}

impl Desk {
    /// A live General channel whose new sessions go to `destination`.
    pub(crate) async fn general(&self, destination: &Value) -> Line {
        self.general_with(destination, Options::default()).await
    }

    pub(crate) async fn general_with(&self, destination: &Value, options: Options) -> Line {
        set_up(&self.admin, "general", &self.simulator, destination, options).await
    }

    /// A live Twilio channel whose new sessions go to `destination`.
    pub(crate) async fn twilio(&self, destination: &Value) -> Line {
        self.twilio_with(destination, Options::default()).await
    }

    pub(crate) async fn twilio_with(&self, destination: &Value, options: Options) -> Line {
        set_up(&self.admin, "twilio", &self.simulator, destination, options).await
    }

    /// The channel that each test of both providers uses, for one queue in manual mode.
    pub(crate) async fn both(&self, destination: &Value) -> [Line; 2] {
        [self.twilio(destination).await, self.general(destination).await]
    }

    /// Delivers a webhook to the public listener.
    pub(crate) async fn deliver(&self, line: &Line, webhook: &Webhook) -> Answer {
        self.deliver_to(&line.path, webhook).await
    }

    pub(crate) async fn deliver_to(&self, path: &str, webhook: &Webhook) -> Answer {
        post(&self.http, &format!("{}{path}", self.public()), webhook).await
    }
}

/// Brings a webhook to this address.
pub(crate) async fn post(http: &Client, url: &str, webhook: &Webhook) -> Answer {
    let mut request = http.post(url);
    for (name, value) in &webhook.headers {
        request = request.header(*name, value);
    }
    Answer::of(request.body(webhook.body.clone()).send().await.unwrap()).await
}

/// What an administrator enters for a provider that the simulator plays.
fn settings(provider: &str, simulator: &Simulator) -> Value {
    match provider {
        "twilio" => json!({
            "values": { "account_sid": ACCOUNT },
            "secrets": { "auth_token": AUTH_TOKEN },
            "base_url": simulator.base_url(),
        }),
        _ => json!({
            "values": {
                "send_url": simulator.general_send_url(),
                "verify_url": simulator.general_verify_url(),
            },
            "secrets": { "api_key": API_KEY, "secret": SECRET },
        }),
    }
}

/// Sets a channel up as an administrator does: opens the form, fills it in, switches it on.
pub(crate) async fn set_up(
    admin: &Agent,
    provider: &'static str,
    simulator: &Simulator,
    destination: &Value,
    options: Options,
) -> Line {
    let draft = admin.post("/channels", json!({ "provider": provider })).await;
    let id = draft["id"].as_str().unwrap().to_owned();
    let path = format!("/channels/{id}");
    let mut change = settings(provider, simulator);
    let whole = change.as_object_mut().unwrap();
    whole.insert("name".into(), json!(format!("{provider} line")));
    whole.insert("rate".into(), json!(options.rate));
    whole.insert("state".into(), json!("active"));
    let number = json!({
        "address": NUMBER, "destination": destination, "starters": options.starters,
    });
    whole.insert("numbers".into(), json!([number]));
    whole.extend(options.more.as_object().unwrap().clone());
    let channel = admin.patch(&path, change).await;
    until("the first check of a channel", || async {
        let channel = admin.get(&path).await;
        (!channel["health"]["state"].is_null()).then_some(())
    })
    .await;
    Line {
        provider,
        number_id: channel["numbers"][0]["id"].as_str().unwrap().to_owned(),
        path: channel["webhook_path"].as_str().unwrap().to_owned(),
        id,
    }
}
