//! Twilio Programmable Messaging: SMS and MMS.
//!
//! Owns the account, sending and the credential check; [`webhook`] reads what Twilio tells us,
//! [`calls`] bridges calls, [`lost`] knows its list of messages, [`setup`] its numbers, [`codes`] its errors, [`portal`] what a
//! person does on its site.

mod calls;
mod codes;
mod lost;
mod portal;
mod setup;
mod webhook;

use std::sync::Arc;

use async_trait::async_trait;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::Url;

use crate::exchange::{
    AccountNumber, Dial, Dialled, Effect, Failure, Found, Health, HealthState, Limits, Outgoing,
    Received, Refused, Request, SendError, Sent, Sought, WebhookSet,
};
use crate::form::{Description, FieldProblem, Settings};
use crate::http::{Answer, Http};
use crate::{Channel, Provider};
use portal::{ACCOUNT_SID, AUTH_TOKEN, BASE_URL, LIMITS, MESSAGING_SERVICE_SID, SHARED_KEY};

/// The provider Twilio.
#[derive(Debug)]
pub struct Twilio;

impl Provider for Twilio {
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

/// One Twilio account.
struct Account {
    sid: String,
    auth_token: SecretString,
    messaging_service_sid: Option<String>,
    shared_key: Option<SecretString>,
    base: Url,
}

impl Account {
    fn from_settings(settings: &Settings) -> Result<Self, Vec<FieldProblem>> {
        let sid = required_sid(settings);
        let auth_token = settings.token(AUTH_TOKEN, "Auth Token");
        let service = messaging_service(settings);
        let base = settings.base(BASE_URL);
        match (sid, auth_token, service, base) {
            (Ok(sid), Ok(auth_token), Ok(messaging_service_sid), Ok(base)) => {
                let shared_key = settings.secret(SHARED_KEY).cloned();
                Ok(Self { sid, auth_token, messaging_service_sid, shared_key, base })
            }
            (sid, auth_token, service, base) => {
                let problems = [sid.err(), auth_token.err(), service.err(), base.err()];
                Err(problems.into_iter().flatten().collect())
            }
        }
    }

    /// `{base}/2010-04-01/Accounts/{sid}{rest}`
    fn url(&self, rest: &str) -> Url {
        let mut url = self.base.clone();
        let base = self.base.path().trim_end_matches('/');
        url.set_path(&format!("{base}/2010-04-01/Accounts/{}{rest}", self.sid));
        url
    }

    /// The Messaging Service that chooses the sender; a name is chosen by whoever writes.
    fn service(&self, outgoing: &Outgoing) -> Option<&str> {
        let by_name = outgoing.from.chars().any(char::is_alphabetic);
        self.messaging_service_sid.as_deref().filter(|_| !by_name)
    }
}

fn required_sid(settings: &Settings) -> Result<String, FieldProblem> {
    let sid = settings.value(ACCOUNT_SID).unwrap_or_default();
    if is_sid(sid, "AC") {
        return Ok(sid.to_owned());
    }
    let message = "The Account SID is AC and 32 characters after it. Copy it from the console.";
    Err(FieldProblem::new(ACCOUNT_SID, message.to_owned()))
}

fn messaging_service(settings: &Settings) -> Result<Option<String>, FieldProblem> {
    match settings.value(MESSAGING_SERVICE_SID) {
        Some(sid) if !is_sid(sid, "MG") => {
            let message = "A Messaging Service SID is MG and 32 characters after it. Copy it again, \
                           or leave the field empty.";
            Err(FieldProblem::new(MESSAGING_SERVICE_SID, message.to_owned()))
        }
        sid => Ok(sid.map(str::to_owned)),
    }
}

fn is_sid(text: &str, prefix: &str) -> bool {
    let hex = text.strip_prefix(prefix).unwrap_or_default();
    hex.len() == 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit())
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
        let fields = form(outgoing, self.service(outgoing));
        let call = http.post_form(self.url("/Messages.json"), &fields);
        match call.basic(&self.sid, &self.auth_token).answer().await {
            Ok(answer) => outcome(&answer),
            Err(failed) => Err(failed.into_send_error()),
        }
    }

    async fn find(&self, sought: &Sought, http: &Http) -> Found {
        let query = lost::query(sought, self.service(&sought.outgoing).is_some());
        let mut url = self.url("/Messages.json");
        url.query_pairs_mut().extend_pairs(query);
        match http.get(url).basic(&self.sid, &self.auth_token).answer().await {
            Ok(answer) if answer.status == 200 => lost::found(sought, &answer),
            Ok(_) | Err(_) => Found::NotYet,
        }
    }

    async fn check(&self, http: &Http) -> Health {
        let call = http.get(self.url(".json")).basic(&self.sid, &self.auth_token);
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

    async fn call(&self, dial: &Dial, http: &Http) -> Result<Dialled, SendError> {
        calls::call(self, dial, http).await
    }

    fn media_authorization(&self, url: &Url) -> Option<SecretString> {
        if url.origin() != self.base.origin() {
            return None;
        }
        let pair = format!("{}:{}", self.sid, self.auth_token.expose_secret());
        Some(format!("Basic {}", BASE64_STANDARD.encode(pair)).into())
    }
}

fn form<'a>(outgoing: &'a Outgoing, service: Option<&'a str>) -> Vec<(&'static str, &'a str)> {
    let mut fields = vec![("To", outgoing.to.as_str())];
    fields.push(match service {
        Some(service) => ("MessagingServiceSid", service),
        None => ("From", outgoing.from.as_str()),
    });
    fields.extend(outgoing.text.as_deref().map(|text| ("Body", text)));
    fields.extend(outgoing.media_urls.iter().map(|url| ("MediaUrl", url.as_str())));
    fields.extend(outgoing.status_url.as_deref().map(|url| ("StatusCallback", url)));
    fields
}

fn outcome(answer: &Answer) -> Result<Sent, SendError> {
    #[derive(Deserialize)]
    struct Message {
        sid: String,
    }
    let taken = matches!(answer.status, 200..=299);
    if taken && let Ok(message) = serde_json::from_slice::<Message>(&answer.body) {
        return Ok(Sent { provider_id: message.sid });
    }
    let again = Problem::of(&answer.body).code.and_then(codes::meaning).map(|(_, again)| again);
    let effect = match (answer.status, again) {
        (200..=299 | 500.., _) => Effect::Unknown,
        (429, _) | (_, Some(codes::Again::Later)) => Effect::NoneTryAgain,
        _ => Effect::None,
    };
    Err(SendError { failure: problem(answer), effect, retry_after: answer.retry_after })
}

/// A refusal in our words and in Twilio's.
fn problem(answer: &Answer) -> Failure {
    let Problem { code, words } = Problem::of(&answer.body);
    let text = words.or_else(|| Some(format!("Twilio answered {}.", answer.status)));
    Failure::new(codes::kind(answer.status, code), code.map(|code| code.to_string()), text)
}

/// What the status light says. Only `status` is read: the body also holds the Auth Token.
fn light(answer: &Answer) -> Health {
    #[derive(Deserialize)]
    struct Status {
        status: String,
    }
    let (state, detail) = match answer.status {
        200 => match serde_json::from_slice::<Status>(&answer.body) {
            Ok(Status { status }) if status == "active" => {
                return Health { state: HealthState::Connected, detail: None };
            }
            Ok(Status { status }) => (
                HealthState::Unauthorized,
                format!("Twilio says that the account is {status}. Sign in to Twilio and see why."),
            ),
            Err(_) => (
                HealthState::RequestFailed,
                "The answer does not come from Twilio. Check the address.".to_owned(),
            ),
        },
        401 | 403 => (
            HealthState::Unauthorized,
            "Twilio does not accept the Account SID and Auth Token. Copy both again.".to_owned(),
        ),
        404 => (
            HealthState::Unauthorized,
            "Twilio does not know this Account SID. Check it, and the address.".to_owned(),
        ),
        status @ 500.. => (
            HealthState::ServiceUnavailable,
            format!("Twilio has a fault of its own ({status}). Try again later."),
        ),
        status => match Problem::of(&answer.body).words {
            Some(words) => (HealthState::Unknown, format!("Twilio answered {status}: {words}")),
            None => (HealthState::RequestFailed, format!("Twilio answered {status}.")),
        },
    };
    Health { state, detail: Some(detail) }
}

/// An error of the API: the classic shape, the newer problem details, or (a gateway's) none.
#[derive(Debug, Default, PartialEq, Eq)]
struct Problem {
    code: Option<u32>,
    words: Option<String>,
}

impl Problem {
    fn of(body: &[u8]) -> Self {
        #[derive(Deserialize)]
        struct Wire {
            code: Option<u32>,
            message: Option<String>,
            title: Option<String>,
            detail: Option<String>,
        }
        let Ok(wire) = serde_json::from_slice::<Wire>(body) else { return Self::default() };
        let words = match (wire.message, wire.title, wire.detail) {
            (Some(message), ..) => Some(message),
            (None, Some(title), Some(detail)) => Some(format!("{title} – {detail}")),
            (None, title, detail) => title.or(detail),
        };
        Self { code: wire.code, words }
    }
}
