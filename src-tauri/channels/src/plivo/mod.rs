//! Plivo: SMS and MMS.
//!
//! Owns the account, sending and the credential check; [`webhook`] reads what Plivo tells us,
//! [`proof`] its signatures, [`codes`] its errors, [`setup`] numbers and applications, [`portal`]
//! what a person does on its site.

mod codes;
mod portal;
mod proof;
mod setup;
mod webhook;

use std::sync::Arc;

use async_trait::async_trait;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde_json::Value;
use url::Url;

use crate::exchange::{
    AccountNumber, Effect, ErrorKind, Failure, Health, HealthState, Limits, Outgoing, Received,
    Refused, Request, SendError, Sent, WebhookSet,
};
use crate::form::{Description, FieldProblem, Settings};
use crate::http::{Answer, Http};
use crate::{Channel, Provider, number, status, wire};
use portal::{AUTH_ID, AUTH_TOKEN, BASE_URL, LIMITS, MAIN_AUTH_TOKEN};

/// Parameter of the address for receipts that brings our id of the message back.
const OUR_ID: &str = "message";
/// Where customers' files lie.
const MEDIA_HOST: &str = "media.plivo.com";

/// The provider Plivo.
#[derive(Debug)]
pub struct Plivo;

impl Provider for Plivo {
    fn description(&self) -> Description {
        portal::description()
    }

    fn problems(&self, settings: &Settings) -> Vec<FieldProblem> {
        Account::from_settings(settings).err().unwrap_or_default()
    }

    fn connect(&self, settings: Settings) -> Result<Arc<dyn Channel>, Vec<FieldProblem>> {
        Ok(Arc::new(Account::from_settings(&settings)?))
    }
}

/// One Plivo account or subaccount.
struct Account {
    auth_id: String,
    auth_token: SecretString,
    main_auth_token: Option<SecretString>,
    base: Url,
}

impl Account {
    fn from_settings(settings: &Settings) -> Result<Self, Vec<FieldProblem>> {
        let auth_id = auth_id(settings);
        let auth_token = settings.token(AUTH_TOKEN, "Auth Token");
        let main = match settings.secret(MAIN_AUTH_TOKEN) {
            Some(_) => settings.token(MAIN_AUTH_TOKEN, "Main Account's Auth Token").map(Some),
            None => Ok(None),
        };
        let base = settings.base(BASE_URL);
        match (auth_id, auth_token, main, base) {
            (Ok(auth_id), Ok(auth_token), Ok(main_auth_token), Ok(base)) => {
                Ok(Self { auth_id, auth_token, main_auth_token, base })
            }
            (auth_id, auth_token, main, base) => {
                let problems = [auth_id.err(), auth_token.err(), main.err(), base.err()];
                Err(problems.into_iter().flatten().collect())
            }
        }
    }

    /// `{base}/v1/Account/{auth_id}/{rest}`; Plivo wants the slash at the end.
    fn url(&self, rest: &str) -> Url {
        let mut url = self.base.clone();
        let base = self.base.path().trim_end_matches('/');
        url.set_path(&format!("{base}/v1/Account/{}/{rest}", self.auth_id));
        url
    }
}

fn auth_id(settings: &Settings) -> Result<String, FieldProblem> {
    let id = settings.value(AUTH_ID).unwrap_or_default();
    let fits = id.len() == 20 && id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if fits && (id.starts_with("MA") || id.starts_with("SA")) {
        return Ok(id.to_owned());
    }
    let message = "The Auth ID is MA (or SA, of a subaccount) and 18 characters after it. Copy it \
                   from the console.";
    Err(FieldProblem::new(AUTH_ID, message.to_owned()))
}

#[async_trait]
impl Channel for Account {
    fn limits(&self) -> Limits {
        LIMITS
    }

    fn receive(&self, request: &Request) -> Result<Received, Refused> {
        webhook::receive(self, request)
    }

    async fn send(&self, outgoing: &Outgoing, http: &Http) -> Result<Sent, SendError> {
        let call = http.post_json(self.url("Message/"), &Message::from(outgoing));
        match call.basic(&self.auth_id, &self.auth_token).answer().await {
            Ok(answer) => outcome(&answer),
            Err(failed) => Err(failed.into_send_error()),
        }
    }

    async fn check(&self, http: &Http) -> Health {
        let call = http.get(self.url("")).basic(&self.auth_id, &self.auth_token);
        match call.answer().await {
            Ok(answer) => light(&answer),
            Err(failed) => failed.into_health(),
        }
    }

    async fn numbers(&self, http: &Http) -> Result<Vec<AccountNumber>, Failure> {
        setup::numbers(self, http).await
    }

    async fn set_webhook(
        &self,
        url: &str,
        numbers: &[String],
        http: &Http,
    ) -> Result<WebhookSet, Failure> {
        setup::set_webhook(self, url, numbers, http).await
    }

    /// Plivo asks for the pair only of accounts that have switched it on; it does no harm to others.
    fn media_authorization(&self, url: &Url) -> Option<SecretString> {
        let is_plivos = url.scheme() == "https" && url.host_str() == Some(MEDIA_HOST);
        if !is_plivos && url.origin() != self.base.origin() {
            return None;
        }
        let pair = format!("{}:{}", self.auth_id, self.auth_token.expose_secret());
        Some(format!("Basic {}", BASE64_STANDARD.encode(pair)).into())
    }
}

#[derive(Serialize)]
struct Message<'a> {
    src: &'a str,
    dst: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    r#type: &'static str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    media_urls: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'static str>,
}

impl<'a> From<&'a Outgoing> for Message<'a> {
    fn from(outgoing: &'a Outgoing) -> Self {
        let url = outgoing.status_url.as_deref().map(|url| with_id(url, &outgoing.id));
        Self {
            src: number::digits(&outgoing.from),
            dst: number::digits(&outgoing.to),
            text: outgoing.text.as_deref(),
            r#type: if outgoing.media_urls.is_empty() { "sms" } else { "mms" },
            media_urls: &outgoing.media_urls,
            method: url.as_ref().map(|_| "POST"),
            url,
        }
    }
}

fn with_id(url: &str, id: &str) -> String {
    let Ok(mut url) = Url::parse(url) else { return url.to_owned() };
    url.query_pairs_mut().append_pair(OUR_ID, id);
    url.into()
}

fn outcome(answer: &Answer) -> Result<Sent, SendError> {
    let body = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default();
    if matches!(answer.status, 200..=299) {
        if let Some(id) = wire::text(&body, "/message_uuid/0") {
            return Ok(Sent { provider_id: id.to_owned() });
        }
        // UNCONFIRMED: a number that Plivo cannot use comes back in a list of its own.
        let told = body.get("message_uuid").or(body.get("invalid_number"));
        if told.is_some_and(Value::is_array) {
            let text = "Plivo does not accept the customer's number.".to_owned();
            let failure = Failure::new(ErrorKind::InvalidPhoneNumber, None, Some(text));
            return Err(SendError { failure, effect: Effect::None, retry_after: None });
        }
    }
    let words = said(answer).unwrap_or_else(|| format!("Plivo answered {}.", answer.status));
    let kind = codes::kind(answer.status, &words);
    let effect = status::effect(answer.status);
    let failure = Failure::new(kind, None, Some(words));
    Err(SendError { failure, effect, retry_after: answer.retry_after })
}

/// What the status light says.
fn light(answer: &Answer) -> Health {
    let body = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default();
    if answer.status == 200 && body.get("auth_id").is_some() {
        return Health { state: HealthState::Connected, detail: None };
    }
    status::light("Plivo", "Auth ID and Auth Token", answer, said(answer))
}

/// Plivo's own words for what went wrong; a 401 may be plain text.
fn said(answer: &Answer) -> Option<String> {
    let body = serde_json::from_slice::<Value>(&answer.body).ok()?;
    wire::text(&body, "/error").map(str::to_owned)
}
