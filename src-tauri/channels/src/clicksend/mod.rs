//! ClickSend: SMS and MMS.
//!
//! Owns the account, sending and the credential check; [`webhook`] reads what ClickSend tells us,
//! [`lost`] its history, [`codes`] its words for errors, [`setup`] numbers and rules, [`portal`]
//! what a person does on its site.

mod codes;
mod lost;
mod portal;
mod setup;
mod webhook;

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::SecretString;
use serde_json::{Value, json};
use url::Url;

use crate::exchange::{
    AccountNumber, Effect, ErrorKind, Failure, Found, Health, HealthState, Limits, Outgoing,
    Received, Refused, Request, SendError, Sent, Sought, WebhookSet,
};
use crate::form::{Description, FieldProblem, Settings};
use crate::http::{Answer, Http};
use crate::lenient::{first, size};
use crate::{Channel, Provider, status, wire};
use portal::{API_KEY, BASE_URL, LIMITS, USER_ID, USERNAME};

/// Characters of an MMS's subject, which ClickSend asks for.
const SUBJECT: usize = 20;
/// Characters of an MMS's text in Unicode; ClickSend cuts off the rest.
const UNICODE_WITH_FILE: usize = 500;
/// Seconds before the same text may go to the same number again.
const SAME_AGAIN: u64 = 60;

/// The provider ClickSend.
#[derive(Debug)]
pub struct ClickSend;

impl Provider for ClickSend {
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

/// One ClickSend account.
struct Account {
    username: String,
    api_key: SecretString,
    user_id: Option<String>,
    base: Url,
}

impl Account {
    fn from_settings(settings: &Settings) -> Result<Self, Vec<FieldProblem>> {
        let username = username(settings);
        let api_key = settings.token(API_KEY, "API Key");
        let user_id = user_id(settings);
        let base = settings.base(BASE_URL);
        match (username, api_key, user_id, base) {
            (Ok(username), Ok(api_key), Ok(user_id), Ok(base)) => {
                Ok(Self { username, api_key, user_id, base })
            }
            (username, api_key, user_id, base) => {
                let problems = [username.err(), api_key.err(), user_id.err(), base.err()];
                Err(problems.into_iter().flatten().collect())
            }
        }
    }

    /// `{base}/v3/{rest}`
    fn url(&self, rest: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("{}/v3/{rest}", self.base.path().trim_end_matches('/')));
        url
    }
}

/// A name or a mail address; a colon would end it in the header that it travels in.
fn username(settings: &Settings) -> Result<String, FieldProblem> {
    let name = settings.value(USERNAME).unwrap_or_default();
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':') {
        return Ok(name.to_owned());
    }
    let message = "Enter the Username that the dashboard shows under API Credentials.";
    Err(FieldProblem::new(USERNAME, message.to_owned()))
}

fn user_id(settings: &Settings) -> Result<Option<String>, FieldProblem> {
    match settings.value(USER_ID) {
        Some(id) if !id.bytes().all(|byte| byte.is_ascii_digit()) => {
            let message = "The User ID is a number. Copy it again, or leave the field empty.";
            Err(FieldProblem::new(USER_ID, message.to_owned()))
        }
        id => Ok(id.map(str::to_owned)),
    }
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
        let (place, body) = match outgoing.media_urls.as_slice() {
            [] => ("sms/send", text_message(outgoing)),
            [file] => ("mms/send", file_message(outgoing, file)?),
            _ => {
                let text = "ClickSend takes one file in a message.";
                return Err(refused(ErrorKind::UnsupportedMedia, text));
            }
        };
        let call = http.post_json(self.url(place), &body);
        match call.basic(&self.username, &self.api_key).answer().await {
            Ok(answer) => outcome(&answer),
            Err(failed) => Err(failed.into_send_error()),
        }
    }

    async fn find(&self, sought: &Sought, http: &Http) -> Found {
        lost::find(self, sought, http).await
    }

    async fn check(&self, http: &Http) -> Health {
        let call = http.get(self.url("account")).basic(&self.username, &self.api_key);
        match call.answer().await {
            Ok(answer) => light(&answer),
            Err(failed) => failed.into_health(),
        }
    }

    async fn numbers(&self, http: &Http) -> Result<Vec<AccountNumber>, Failure> {
        setup::numbers(self, http).await
    }

    /// One rule serves all numbers of the account.
    async fn set_webhook(
        &self,
        url: &str,
        _numbers: &[String],
        http: &Http,
    ) -> Result<WebhookSet, Failure> {
        setup::set_webhook(self, url, http).await
    }
}

fn text_message(outgoing: &Outgoing) -> Value {
    json!({ "messages": [{
        "source": "desk",
        "from": outgoing.from,
        "to": outgoing.to,
        "body": outgoing.text.as_deref().unwrap_or_default(),
        "custom_string": outgoing.id,
    }] })
}

/// Subject and text are required: the name of the file stands in.
fn file_message(outgoing: &Outgoing, file: &str) -> Result<Value, SendError> {
    let text = outgoing.text.as_deref().filter(|text| !text.trim().is_empty());
    let body = text.unwrap_or_else(|| name_of(file));
    if !body.is_ascii() && body.chars().count() > UNICODE_WITH_FILE {
        let text = "With a file, ClickSend takes 500 characters of text that needs Unicode.";
        return Err(refused(ErrorKind::InvalidParameter, text));
    }
    let line = body.trim().lines().next().unwrap_or_default();
    let subject: String = line.chars().take(SUBJECT).collect();
    Ok(json!({ "media_file": file, "messages": [{
        "source": "desk",
        "subject": subject.trim_end(),
        "from": outgoing.from,
        "to": outgoing.to,
        "body": body,
        "custom_string": outgoing.id,
    }] }))
}

/// The last part of an address.
fn name_of(url: &str) -> &str {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("File")
}

fn refused(kind: ErrorKind, words: &str) -> SendError {
    let failure = Failure::new(kind, None, Some(words.to_owned()));
    SendError { failure, effect: Effect::None, retry_after: None }
}

/// What became of a send: within a yes, each message has a status of its own.
fn outcome(answer: &Answer) -> Result<Sent, SendError> {
    let body = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default();
    if !matches!(answer.status, 200..=299) {
        return Err(not_taken(answer));
    }
    let message = body.pointer("/data/messages/0");
    let told = message.and_then(|message| first(message, &["status"]));
    let id = message.and_then(|message| first(message, &["message_id"]));
    let blocked = body.pointer("/data/blocked_count").and_then(size).is_some_and(|it| it > 0);
    match (told, id) {
        (Some(status), Some(provider_id)) if status == "SUCCESS" => Ok(Sent { provider_id }),
        (Some(status), _) if status != "SUCCESS" => {
            let words = message.and_then(|message| first(message, &["error_text", "status_text"]));
            let words = words.unwrap_or_else(|| format!("ClickSend answered {status}."));
            let unknown = if blocked { ErrorKind::Blocked } else { ErrorKind::Other };
            let kind = codes::of_status(&status).unwrap_or(unknown);
            let (effect, pause) = match status.as_str() {
                codes::THROTTLED => (Effect::NoneTryAgain, Some(SAME_AGAIN)),
                _ => (Effect::None, None),
            };
            let failure = Failure::new(kind, Some(status), Some(words));
            Err(SendError { failure, effect, retry_after: answer.retry_after.or(pause) })
        }
        (None, _) if blocked => {
            Err(refused(ErrorKind::Blocked, "ClickSend blocks messages to this number."))
        }
        _ => Err(not_taken(answer)),
    }
}

/// A refusal of the whole request, or a yes that names no message.
fn not_taken(answer: &Answer) -> SendError {
    let body = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default();
    let words = said(answer);
    let kind = match answer.status {
        200..=299 => ErrorKind::Other,
        400 => words.as_deref().and_then(codes::of_media).unwrap_or(ErrorKind::InvalidParameter),
        status => status::kind(status),
    };
    let words = words.unwrap_or_else(|| format!("ClickSend answered {}.", answer.status));
    let code = first(&body, &["response_code"]);
    let effect = status::effect(answer.status);
    SendError {
        failure: Failure::new(kind, code, Some(words)),
        effect,
        retry_after: answer.retry_after,
    }
}

/// What the status light says.
fn light(answer: &Answer) -> Health {
    let body = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default();
    let is_yes = answer.status == 200 && wire::text(&body, "/response_code") == Some("SUCCESS");
    if !is_yes {
        return status::light("ClickSend", "Username and API Key", answer, said(answer));
    }
    // UNCONFIRMED: what these two members say.
    let says = |pointer: &str, value: u64| body.pointer(pointer).and_then(size) == Some(value);
    let detail = if says("/data/banned", 1) {
        "ClickSend says that the account is banned. Sign in to ClickSend and see why."
    } else if says("/data/active", 0) {
        "ClickSend says that the account is not active. Sign in to ClickSend and see why."
    } else {
        return Health { state: HealthState::Connected, detail: None };
    };
    Health { state: HealthState::Unauthorized, detail: Some(detail.to_owned()) }
}

/// ClickSend's own words for what went wrong.
fn said(answer: &Answer) -> Option<String> {
    let body = serde_json::from_slice::<Value>(&answer.body).ok()?;
    first(&body, &["response_msg"])
}
