//! Flowroute, and the brands that speak its dialect of JSON:API: SMS and MMS.
//!
//! Owns a [`Brand`]'s account, sending and the credential check; [`webhook`] reads what comes in,
//! [`answer`] what an answer means, [`setup`] does what a person would do on Flowroute's site,
//! [`lost`] reads its list of messages, [`portal`] describes it. Nothing is signed: the unguessable
//! address of the webhook is the proof.

mod answer;
mod lost;
mod portal;
mod setup;
mod webhook;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use secrecy::SecretString;
use serde::Serialize;
use serde_json::{Value, json};
use url::Url;

use crate::exchange::{
    AccountNumber, Failure, Found, Health, Limits, Outgoing, Received, Refused, Request, SendError,
    Sent, Sought, WebhookSet,
};
use crate::form::{Description, FieldProblem, Settings};
use crate::http::{Call, Http};
use crate::{Channel, Provider};

pub use portal::FLOWROUTE;
pub(crate) use portal::fields;

pub(crate) const ACCESS_KEY: &str = "access_key";
pub(crate) const SECRET_KEY: &str = "secret_key";
/// What both sides write; `application/json` alone is not promised to be taken.
const JSON_API: &str = "application/vnd.api+json";
/// The files are fetched from us while the request is open.
const WITH_FILES: Duration = Duration::from_mins(1);

/// A brand that speaks the dialect, with everything in which it differs from the others.
#[derive(Debug, Clone, Copy)]
pub struct Brand {
    /// How it is called in sentences.
    pub(crate) name: &'static str,
    /// Where its API is.
    pub(crate) base_url: &'static str,
    /// What stands behind that where messages are posted.
    pub(crate) messages: &'static str,
    /// How it wants a number, written here with `+`.
    pub(crate) number: fn(&str) -> &str,
    /// How it wants to be told that a message has files.
    pub(crate) has_files: Flag,
    /// How much of the dialect it is known to speak.
    pub(crate) reach: Reach,
    pub(crate) limits: Limits,
    pub(crate) describe: fn() -> Description,
}

/// How `is_mms` says yes, and whether a text that is missing is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flag {
    /// `true`; a text that is missing is left out.
    Boolean,
    /// `"true"`; a text that is missing is empty.
    Text,
}

/// How much of the dialect a brand is known to speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// All: receipts on request, numbers, callbacks, the list of messages.
    Whole,
    /// Sending and webhooks. An answer may lack the id, and unknown members may be refused.
    Messages,
}

impl Provider for Brand {
    fn description(&self) -> Description {
        (self.describe)()
    }

    fn problems(&self, settings: &Settings) -> Vec<FieldProblem> {
        Account::from_settings(*self, settings).err().unwrap_or_default()
    }

    fn connect(&self, settings: Settings) -> Result<Arc<dyn Channel>, Vec<FieldProblem>> {
        Ok(Arc::new(Account::from_settings(*self, &settings)?))
    }
}

/// One account at a brand.
struct Account {
    brand: Brand,
    access_key: String,
    secret_key: SecretString,
    base: Url,
}

impl Account {
    fn from_settings(brand: Brand, settings: &Settings) -> Result<Self, Vec<FieldProblem>> {
        let access_key = access_key(settings);
        let secret_key = settings.token(SECRET_KEY, "Secret Key");
        let base = settings.base(brand.base_url);
        match (access_key, secret_key, base) {
            (Ok(access_key), Ok(secret_key), Ok(base)) => {
                Ok(Self { brand, access_key, secret_key, base })
            }
            (access_key, secret_key, base) => {
                let problems = [access_key.err(), secret_key.err(), base.err()];
                Err(problems.into_iter().flatten().collect())
            }
        }
    }

    /// `{base}{rest}`
    fn url(&self, rest: &str) -> Url {
        let mut url = self.base.clone();
        let base = self.base.path().trim_end_matches('/');
        url.set_path(&format!("{base}{rest}"));
        url
    }

    fn signed(&self, call: Call) -> Call {
        call.basic(&self.access_key, &self.secret_key)
    }
}

/// The user of basic authentication: no white space, no colon.
fn access_key(settings: &Settings) -> Result<String, FieldProblem> {
    let key = settings.value(ACCESS_KEY).unwrap_or_default();
    let message = match key {
        "" => "Enter the Access Key.",
        key if key.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':') => {
            return Ok(key.to_owned());
        }
        _ => "The Access Key holds a character that cannot be in it. Copy it again.",
    };
    Err(FieldProblem::new(ACCESS_KEY, message.to_owned()))
}

#[async_trait]
impl Channel for Account {
    fn limits(&self) -> Limits {
        self.brand.limits
    }

    fn receive(&self, request: &Request) -> Result<Received, Refused> {
        webhook::receive(self.brand.name, request)
    }

    async fn send(&self, outgoing: &Outgoing, http: &Http) -> Result<Sent, SendError> {
        let body =
            json!({ "data": { "type": "message", "attributes": self.attributes(outgoing) } });
        let call = http.post_json(self.url(self.brand.messages), &body);
        let mut call = self.signed(call).header("content-type", JSON_API);
        if !outgoing.media_urls.is_empty() {
            call = call.within(WITH_FILES);
        }
        match call.answer().await {
            Ok(answer) => answer::outcome(&self.brand, outgoing, &answer),
            Err(failed) => Err(failed.into_send_error()),
        }
    }

    async fn find(&self, sought: &Sought, http: &Http) -> Found {
        match (self.brand.reach, lost::query(sought)) {
            (Reach::Whole, Some(query)) => {
                let mut url = self.url(self.brand.messages);
                url.query_pairs_mut().extend_pairs(query);
                match self.signed(http.get(url)).answer().await {
                    Ok(answer) if answer.status == 200 => lost::found(sought, &answer),
                    Ok(_) | Err(_) => Found::NotYet,
                }
            }
            _ => Found::CannotTell,
        }
    }

    async fn check(&self, http: &Http) -> Health {
        let call = match self.brand.reach {
            Reach::Whole => {
                let mut url = self.url(setup::NUMBERS);
                url.query_pairs_mut().append_pair("limit", "1");
                http.get(url)
            }
            // No call that only reads is known: a message without a recipient goes nowhere.
            Reach::Messages => {
                let nobody = json!({ "data": { "type": "message", "attributes": { "body": "" } } });
                let call = http.post_json(self.url(self.brand.messages), &nobody);
                call.header("content-type", JSON_API)
            }
        };
        match self.signed(call).answer().await {
            Ok(answer) => answer::light(&self.brand, &answer),
            Err(failed) => failed.into_health(),
        }
    }

    async fn numbers(&self, http: &Http) -> Result<Vec<AccountNumber>, Failure> {
        match self.brand.reach {
            Reach::Whole => setup::numbers(self, http).await,
            Reach::Messages => Err(crate::not_offered()),
        }
    }

    async fn set_webhook(
        &self,
        url: &str,
        _numbers: &[String],
        http: &Http,
    ) -> Result<WebhookSet, Failure> {
        match self.brand.reach {
            Reach::Whole => setup::set_webhook(self, url, http).await,
            Reach::Messages => Err(crate::not_offered()),
        }
    }
}

#[derive(Serialize)]
struct Attributes<'a> {
    to: &'a str,
    from: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_mms: Option<Value>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    media_urls: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    dlr_callback: Option<&'a str>,
}

impl Account {
    fn attributes<'a>(&self, outgoing: &'a Outgoing) -> Attributes<'a> {
        let has_files = !outgoing.media_urls.is_empty();
        let text = outgoing.text.as_deref().map(straight);
        let (yes, no_text) = match self.brand.has_files {
            Flag::Boolean => (json!(true), None),
            Flag::Text => (json!("true"), Some(String::new())),
        };
        Attributes {
            to: (self.brand.number)(&outgoing.to),
            from: (self.brand.number)(&outgoing.from),
            body: text.or(no_text),
            is_mms: has_files.then_some(yes),
            media_urls: &outgoing.media_urls,
            dlr_callback: match self.brand.reach {
                Reach::Whole => outgoing.status_url.as_deref(),
                Reach::Messages => None,
            },
        }
    }
}

/// The text with straight quotation marks: curly ones are known to cause errors there.
fn straight(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\u{2018}'..='\u{201b}' => '\'',
            '\u{201c}'..='\u{201f}' => '"',
            letter => letter,
        })
        .collect()
}
