//! A desk through its API, as a client sees it: set-up, people, a queue, channels.
//! Knows the wire and nothing of what is behind it.

use std::net::SocketAddr;

use anyhow::{Context, Result, bail};
use deskbell_simulator::webhook::{
    Said, TwilioAccount, Webhook, client, general_message, twilio_message,
};
use reqwest::{Client, Method};
use serde_json::{Value, json};

/// The password of everyone.
pub(crate) const PASSWORD: &str = "correct horse battery staple";
/// Twilio's account.
const ACCOUNT: &str = "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
/// Twilio's Auth Token, and the General gateway's key and secret.
const SECRET: &str = "0123456789abcdef0123456789abcdef";
/// The desk's number at Twilio.
const TWILIO_NUMBER: &str = "+12025550100";
/// The desk's number at the General gateway.
const GENERAL_NUMBER: &str = "+12025550101";

/// A signed-in user.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    client: Client,
    base: String,
    token: String,
}

impl Desk {
    /// Makes the first administrator of a new desk.
    pub(crate) async fn set_up(workspace: SocketAddr) -> Result<Self> {
        let setup = json!({ "business_name": "Crash and Sons", "name": "Ada", "login": "ada",
            "password": PASSWORD, "country": "US" });
        Self::enter(workspace, "/desk/setup", &setup).await
    }

    /// Signs a user in.
    pub(crate) async fn sign_in(workspace: SocketAddr, login: &str) -> Result<Self> {
        let who = json!({ "login": login, "password": PASSWORD });
        Self::enter(workspace, "/sign-in", &who).await
    }

    async fn enter(workspace: SocketAddr, path: &str, body: &Value) -> Result<Self> {
        let base = format!("http://{workspace}/api/v1");
        let mut desk = Self { client: client()?, base, token: String::new() };
        let entered = desk.ask(Method::POST, path, Some(body)).await?;
        desk.token = text(&entered, "/token")?;
        Ok(desk)
    }

    /// Its bearer token.
    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// The answer to a request that has to succeed.
    pub(crate) async fn ask(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Value> {
        let (status, answer) = self.try_ask(method, path, body).await?;
        if !(200..300).contains(&status) {
            bail!("{path} was answered {status}: {answer}");
        }
        Ok(answer)
    }

    /// Status and answer; the error means that no whole answer came.
    pub(crate) async fn try_ask(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> reqwest::Result<(u16, Value)> {
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        let bytes = answer.bytes().await?;
        Ok((status, serde_json::from_slice(&bytes).unwrap_or(Value::Null)))
    }

    /// Adds agents with these login names, and a queue for them all; answers the queue.
    pub(crate) async fn staff(&self, logins: &[String], mode: &str) -> Result<String> {
        let mut agents = Vec::new();
        for login in logins {
            let user = json!({ "login": login, "name": login, "role": "agent",
                "password": PASSWORD, "queues": [] });
            agents.push(text(&self.ask(Method::POST, "/users", Some(&user)).await?, "/id")?);
        }
        let queue = json!({ "name": "Front", "mode": mode, "agents": agents });
        text(&self.ask(Method::POST, "/queues", Some(&queue)).await?, "/id")
    }

    /// Tells the desk under which address providers reach it.
    pub(crate) async fn publish(&self, public: SocketAddr) -> Result<()> {
        let change = json!({ "public_url": format!("http://{public}") });
        self.ask(Method::PATCH, "/settings", Some(&change)).await?;
        Ok(())
    }

    /// A live Twilio channel that speaks with this base URL; its messages go to the queue.
    pub(crate) async fn twilio(&self, base_url: &str, queue: &str) -> Result<Line> {
        let account = TwilioAccount { sid: ACCOUNT.into(), auth_token: SECRET.into() };
        let change = json!({
            "values": { "account_sid": ACCOUNT }, "secrets": { "auth_token": SECRET },
            "base_url": base_url,
        });
        self.channel(Carrier::Twilio(account), TWILIO_NUMBER, change, queue).await
    }

    /// A live General channel that sends to this address.
    pub(crate) async fn general(&self, send_url: &str, queue: &str) -> Result<Line> {
        let change = json!({
            "values": { "send_url": send_url }, "secrets": { "api_key": SECRET, "secret": SECRET },
        });
        self.channel(Carrier::General, GENERAL_NUMBER, change, queue).await
    }

    async fn channel(
        &self,
        carrier: Carrier,
        number: &'static str,
        mut change: Value,
        queue: &str,
    ) -> Result<Line> {
        let new = json!({ "provider": carrier.id() });
        let draft = self.ask(Method::POST, "/channels", Some(&new)).await?;
        let id = text(&draft, "/id")?;
        let destination = json!({ "kind": "queue", "id": queue });
        let rest = json!({
            "rate": 1_000.0, "state": "active",
            "numbers": [{ "address": number, "destination": destination }],
        });
        if let (Some(change), Value::Object(rest)) = (change.as_object_mut(), rest) {
            change.extend(rest);
        }
        let path = format!("/channels/{id}");
        let live = self.ask(Method::PATCH, &path, Some(&change)).await?;
        Ok(Line { id, carrier, number, url: text(&live, "/webhook_url")? })
    }
}

/// A text in an answer.
pub(crate) fn text(value: &Value, pointer: &str) -> Result<String> {
    let text = value.pointer(pointer).and_then(Value::as_str);
    Ok(text.with_context(|| format!("no {pointer} in {value}"))?.to_owned())
}

/// Who carries the messages of a line.
#[derive(Debug, Clone)]
pub(crate) enum Carrier {
    /// Twilio: it tells what it took.
    Twilio(TwilioAccount),
    /// A General gateway: it does not tell.
    General,
}

impl Carrier {
    fn id(&self) -> &'static str {
        match self {
            Self::Twilio(_) => "twilio",
            Self::General => "general",
        }
    }
}

/// A channel as its provider sees it.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Id of the channel.
    pub(crate) id: String,
    /// Who carries its messages.
    pub(crate) carrier: Carrier,
    /// The desk's number on it.
    pub(crate) number: &'static str,
    /// Its webhook.
    pub(crate) url: String,
}

impl Line {
    /// Whether the provider tells what it took.
    pub(crate) fn tells(&self) -> bool {
        matches!(self.carrier, Carrier::Twilio(_))
    }

    /// A customer's message, signed.
    pub(crate) fn webhook(&self, from: &str, id: &str, words: &str, at: i64) -> Webhook {
        let said = Said {
            id: id.to_owned(),
            from: from.to_owned(),
            to: self.number.to_owned(),
            text: Some(words.to_owned()),
            media: Vec::new(),
        };
        match &self.carrier {
            Carrier::Twilio(account) => twilio_message(account, &self.url, &said),
            Carrier::General => general_message(Some(SECRET), &said, at),
        }
    }
}
