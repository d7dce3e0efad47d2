//! Telnyx Messaging API v2: SMS and MMS.
//!
//! Owns the account, sending, the credential check and the shape of errors; [`webhook`] reads what
//! Telnyx tells us, [`setup`] its numbers and profiles, [`codes`] its errors, [`portal`] what a
//! person does on its site.

mod codes;
mod portal;
mod setup;
mod webhook;

use std::sync::Arc;

use async_trait::async_trait;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use secrecy::SecretString;
use serde::Serialize;
use serde_json::Value;
use url::Url;

use crate::exchange::{
    AccountNumber, Effect, ErrorKind, Failure, Health, HealthState, Limits, Outgoing, Received,
    Refused, Request, SendError, Sent, WebhookSet,
};
use crate::form::{Description, FieldProblem, Settings};
use crate::http::{Answer, Http};
use crate::lenient::{first, text};
use crate::{Channel, Provider, status};
use codes::Again;
use portal::{API_KEY, BASE_URL, LIMITS, MESSAGING_PROFILE_ID, PUBLIC_KEY};

/// Name under which our id of a message stands in the address that its receipts go to: Telnyx
/// takes no reference of ours, but tells that address back.
const OUR_ID: &str = "message";

/// The provider Telnyx.
#[derive(Debug)]
pub struct Telnyx;

impl Provider for Telnyx {
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

/// One Telnyx account.
struct Account {
    api_key: SecretString,
    public_key: Vec<u8>,
    profile: Option<String>,
    base: Url,
}

impl Account {
    fn from_settings(settings: &Settings) -> Result<Self, Vec<FieldProblem>> {
        let api_key = settings.token(API_KEY, "API Key");
        let public_key = public_key(settings);
        let profile = profile(settings);
        let base = settings.base(BASE_URL);
        match (api_key, public_key, profile, base) {
            (Ok(api_key), Ok(public_key), Ok(profile), Ok(base)) => {
                Ok(Self { api_key, public_key, profile, base })
            }
            (api_key, public_key, profile, base) => {
                let problems = [api_key.err(), public_key.err(), profile.err(), base.err()];
                Err(problems.into_iter().flatten().collect())
            }
        }
    }

    /// `{base}{rest}`
    fn url(&self, rest: &str) -> Url {
        let mut url = self.base.clone();
        url.set_path(&format!("{}{rest}", self.base.path().trim_end_matches('/')));
        url
    }
}

fn public_key(settings: &Settings) -> Result<Vec<u8>, FieldProblem> {
    let given = settings.value(PUBLIC_KEY).unwrap_or_default();
    BASE64_STANDARD.decode(given).ok().filter(|key| key.len() == 32).ok_or_else(|| {
        let message = "The Public Key is 44 characters, the last one is =. Copy it from the portal, \
                       under Keys & Credentials › Public Key.";
        FieldProblem::new(PUBLIC_KEY, message.to_owned())
    })
}

fn profile(settings: &Settings) -> Result<Option<String>, FieldProblem> {
    match settings.value(MESSAGING_PROFILE_ID) {
        Some(id) if uuid::Uuid::try_parse(id).is_err() => {
            let message = "A Messaging Profile ID is 36 characters in five groups. Copy it again, \
                           or leave the field empty.";
            Err(FieldProblem::new(MESSAGING_PROFILE_ID, message.to_owned()))
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
        let message = Message::of(outgoing, self.profile.as_deref());
        let call = http.post_json(self.url("/messages"), &message).bearer(&self.api_key);
        match call.header("idempotency-key", &outgoing.id).answer().await {
            Ok(answer) => outcome(&answer),
            Err(failed) => Err(failed.into_send_error()),
        }
    }

    async fn check(&self, http: &Http) -> Health {
        let mut url = self.url("/messaging_profiles");
        url.query_pairs_mut().append_pair("page[size]", "1");
        match http.get(url).bearer(&self.api_key).answer().await {
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
}

/// A send. Without text it goes out as MMS, with files likewise; Telnyx sees that by itself.
#[derive(Serialize)]
struct Message<'a> {
    from: &'a str,
    to: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    media_urls: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    messaging_profile_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    use_profile_webhooks: Option<bool>,
}

impl<'a> Message<'a> {
    fn of(outgoing: &'a Outgoing, profile: Option<&'a str>) -> Self {
        let webhook_url = outgoing.status_url.as_deref().map(|url| with_id(url, &outgoing.id));
        Self {
            from: &outgoing.from,
            to: &outgoing.to,
            text: outgoing.text.as_deref(),
            media_urls: &outgoing.media_urls,
            messaging_profile_id: profile,
            use_profile_webhooks: webhook_url.as_ref().map(|_| false),
            webhook_url,
        }
    }
}

fn with_id(url: &str, id: &str) -> String {
    match Url::parse(url) {
        Ok(mut url) => {
            url.query_pairs_mut().append_pair(OUR_ID, id);
            url.into()
        }
        Err(_) => url.to_owned(),
    }
}

fn outcome(answer: &Answer) -> Result<Sent, SendError> {
    let taken = matches!(answer.status, 200..=299);
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    if taken && let Some(provider_id) = body.pointer("/data/id").and_then(text) {
        return Ok(Sent { provider_id });
    }
    let problem = Problem::of_answer(answer);
    let effect = match (answer.status, problem.again()) {
        (200..=299, _) => Effect::Unknown,
        (429, _) | (_, Some(Again::Later)) => Effect::NoneTryAgain,
        (408 | 500.., _) | (_, Some(Again::Perhaps)) => Effect::Unknown,
        _ => Effect::None,
    };
    Err(SendError {
        failure: problem.failure(Some(answer.status)),
        effect,
        retry_after: answer.retry_after.or_else(|| reset(answer)),
    })
}

/// `x-ratelimit-reset` in seconds: one page says that it is a wait, another that it is a time.
fn reset(answer: &Answer) -> Option<u64> {
    let told: i64 = answer.header("x-ratelimit-reset")?.trim().parse().ok()?;
    let wait = if told > 1_000_000_000 { told - answer.date? / 1_000 } else { told };
    (answer.status == 429).then(|| u64::try_from(wait).unwrap_or(0))
}

/// What the status light says.
fn light(answer: &Answer) -> Health {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    if answer.status == 200 && body.get("data").is_some_and(Value::is_array) {
        return Health { state: HealthState::Connected, detail: None };
    }
    // Telnyx answers a request that lost its key with 404.
    status::light("Telnyx", "API Key", answer, Problem::of(&body).words)
}

/// What went wrong, as an answer or a receipt tells it.
#[derive(Debug, Default)]
struct Problem {
    code: Option<String>,
    words: Option<String>,
}

impl Problem {
    /// Of several entries in `errors`, the first whose code we know.
    fn of(body: &Value) -> Self {
        let errors = body.get("errors").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let code = |error: &Value| first(error, &["code"]);
        let is_known = |error: &&Value| code(error).and_then(|it| codes::meaning(&it)).is_some();
        let Some(error) = errors.iter().find(is_known).or(errors.first()) else {
            return Self::default();
        };
        let words = match (first(error, &["title"]), first(error, &["detail"])) {
            (Some(title), Some(detail)) if title != detail => Some(format!("{title} – {detail}")),
            (title, detail) => title.or(detail),
        };
        Self { code: code(error), words }
    }

    fn of_answer(answer: &Answer) -> Self {
        serde_json::from_slice(&answer.body).map(|body| Self::of(&body)).unwrap_or_default()
    }

    /// An answer that makes no sense, though its status does.
    fn foreign() -> Self {
        let words = "The answer does not come from Telnyx. Check the address.".to_owned();
        Self { code: None, words: Some(words) }
    }

    fn again(&self) -> Option<Again> {
        self.code.as_deref().and_then(codes::meaning).map(|(_, again)| again)
    }

    /// With the HTTP status that it came with, if it was an answer.
    fn failure(self, status: Option<u16>) -> Failure {
        let known = self.code.as_deref().and_then(codes::meaning).map(|(kind, _)| kind);
        let kind = known.or_else(|| status.map(codes::of_status)).unwrap_or(ErrorKind::Other);
        let words = self.words.or_else(|| status.map(|it| format!("Telnyx answered {it}.")));
        Failure::new(kind, self.code, words)
    }
}
