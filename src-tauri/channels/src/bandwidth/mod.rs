//! Bandwidth Messaging API v2: SMS and MMS.
//!
//! Owns the account, sending and the credential check; [`webhook`] reads what Bandwidth tells us,
//! [`codes`] its errors, [`portal`] what a person does in its dashboard and [`setup`] what the desk
//! can do there for them.

mod codes;
mod portal;
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
    ErrorKind, Failure, Health, HealthState, Limits, Outgoing, Received, Refused, Request,
    SendError, Sent, WebhookSet,
};
use crate::form::{Description, FieldProblem, Settings};
use crate::http::{Answer, Http};
use crate::lenient::first;
use crate::{Channel, Provider, status};
use portal::{ACCOUNT_ID, APPLICATION_ID, BASE_URL, LIMITS, PASSWORD, USERNAME};

/// The provider Bandwidth.
#[derive(Debug)]
pub struct Bandwidth;

impl Provider for Bandwidth {
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

/// One user of one account, and the application that messages go through.
struct Account {
    application: String,
    id: String,
    username: String,
    password: SecretString,
    base: Url,
}

impl Account {
    fn from_settings(settings: &Settings) -> Result<Self, Vec<FieldProblem>> {
        let application = application(settings);
        let id = account_id(settings);
        let username = username(settings);
        let password = settings.secret(PASSWORD).cloned().ok_or_else(|| {
            FieldProblem::new(PASSWORD, "Enter the Password of that user.".to_owned())
        });
        let base = settings.base(BASE_URL);
        match (application, id, username, password, base) {
            (Ok(application), Ok(id), Ok(username), Ok(password), Ok(base)) => {
                Ok(Self { application, id, username, password, base })
            }
            (application, id, username, password, base) => {
                let problems =
                    [application.err(), id.err(), username.err(), password.err(), base.err()];
                Err(problems.into_iter().flatten().collect())
            }
        }
    }

    /// `{base}/users/{account}/messages`
    fn messages(&self) -> Url {
        let mut url = self.base.clone();
        let base = self.base.path().trim_end_matches('/');
        url.set_path(&format!("{base}/users/{}/messages", self.id));
        url
    }
}

fn application(settings: &Settings) -> Result<String, FieldProblem> {
    let id = settings.value(APPLICATION_ID).unwrap_or_default();
    if uuid::Uuid::try_parse(id).is_ok() {
        return Ok(id.to_owned());
    }
    let message = "The Application ID is 36 characters in five groups. Copy it from the messaging \
                   application in the dashboard.";
    Err(FieldProblem::new(APPLICATION_ID, message.to_owned()))
}

fn account_id(settings: &Settings) -> Result<String, FieldProblem> {
    let id = settings.value(ACCOUNT_ID).unwrap_or_default();
    if !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(id.to_owned());
    }
    let message = "The Account ID is a number. It is at the top of the dashboard.";
    Err(FieldProblem::new(ACCOUNT_ID, message.to_owned()))
}

fn username(settings: &Settings) -> Result<String, FieldProblem> {
    match settings.value(USERNAME) {
        Some(name) if !name.contains(':') => Ok(name.to_owned()),
        Some(_) => {
            let message = "A Username holds no colon. Copy it again, without the password.";
            Err(FieldProblem::new(USERNAME, message.to_owned()))
        }
        None => {
            let message = "Enter the Username of the user that you made for this desk.";
            Err(FieldProblem::new(USERNAME, message.to_owned()))
        }
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
        let call = http.post_json(self.messages(), &Message::of(outgoing, &self.application));
        match call.basic(&self.username, &self.password).answer().await {
            Ok(answer) => outcome(&answer),
            Err(failed) => Err(failed.into_send_error()),
        }
    }

    async fn check(&self, http: &Http) -> Health {
        let mut url = self.messages();
        url.query_pairs_mut().append_pair("messageDirection", "OUTBOUND").append_pair("limit", "1");
        match http.get(url).basic(&self.username, &self.password).answer().await {
            Ok(answer) => light(&answer),
            Err(failed) => failed.into_health(),
        }
    }

    async fn set_webhook(
        &self,
        url: &str,
        _numbers: &[String],
        http: &Http,
    ) -> Result<WebhookSet, Failure> {
        setup::set_webhook(self, url, http).await
    }

    fn media_authorization(&self, url: &Url) -> Option<SecretString> {
        if url.origin() != self.base.origin() {
            return None;
        }
        let pair = format!("{}:{}", self.username, self.password.expose_secret());
        Some(format!("Basic {}", BASE64_STANDARD.encode(pair)).into())
    }
}

/// A send to one customer: several recipients would see each other's numbers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Message<'a> {
    application_id: &'a str,
    to: [&'a str; 1],
    from: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    media: &'a [String],
    /// Our id: every callback of the message brings it back.
    tag: &'a str,
}

impl<'a> Message<'a> {
    fn of(outgoing: &'a Outgoing, application_id: &'a str) -> Self {
        Self {
            application_id,
            to: [&outgoing.to],
            from: &outgoing.from,
            text: outgoing.text.as_deref(),
            media: &outgoing.media_urls,
            tag: &outgoing.id,
        }
    }
}

fn outcome(answer: &Answer) -> Result<Sent, SendError> {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    if matches!(answer.status, 200..=299)
        && let Some(provider_id) = first(&body, &["id"])
    {
        return Ok(Sent { provider_id });
    }
    let wrong = wrong_fields(&body);
    let kind = match answer.status {
        400 if wrong.iter().any(|(field, _)| is_recipient(field)) => ErrorKind::InvalidPhoneNumber,
        status => codes::of_status(status),
    };
    let words =
        words(&body, &wrong).or_else(|| Some(format!("Bandwidth answered {}.", answer.status)));
    Err(SendError {
        failure: Failure::new(kind, first(&body, &["type", "error"]), words),
        effect: status::effect(answer.status),
        retry_after: answer.retry_after,
    })
}

/// `to`, or one of its places (`to[0]`).
fn is_recipient(field: &str) -> bool {
    field == "to" || field.starts_with("to[")
}

/// The fields that Bandwidth finds fault with, and its words for each.
fn wrong_fields(body: &Value) -> Vec<(String, String)> {
    let errors = body.get("fieldErrors").and_then(Value::as_array).into_iter().flatten();
    let field = |error: &Value| {
        Some((first(error, &["fieldName"])?, first(error, &["description"]).unwrap_or_default()))
    };
    errors.filter_map(field).collect()
}

/// Bandwidth's own words: the sentence, and what it says of each field.
fn words(body: &Value, wrong: &[(String, String)]) -> Option<String> {
    let mut words: Vec<String> = first(body, &["description", "message"]).into_iter().collect();
    words.extend(wrong.iter().map(|(field, why)| format!("{field}: {why}")));
    if words.is_empty() { None } else { Some(words.join(" – ")) }
}

/// What the status light says.
fn light(answer: &Answer) -> Health {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    match answer.status {
        200 if body.get("messages").is_some_and(Value::is_array) => {
            Health { state: HealthState::Connected, detail: None }
        }
        403 => Health {
            state: HealthState::Unauthorized,
            detail: Some(
                "Bandwidth knows this user, but does not let it see messages. Give it the \
                 messaging role in the dashboard."
                    .to_owned(),
            ),
        },
        _ => status::light(
            "Bandwidth",
            "Account ID, Username and Password",
            answer,
            words(&body, &wrong_fields(&body)),
        ),
    }
}
