//! The open SMS API: any gateway that an integrator writes, spoken to in JSON.
//!
//! Owns its wire format, its two tables (what the status light says, what a failed send says) and
//! its signature. The tables differ on purpose: 403 and 404 mean one thing to each.
//!
//! It departs from the guide in one place. There, only a 200 with `data.id` is a message sent, and
//! every other success has failed. Here, any success with an id is sent, and one with neither an id
//! nor an error is uncertain: the gateway may have taken it, and trying again would double it.

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde_json::Value;
use url::Url;

use crate::exchange::{
    Effect, ErrorKind, Failure, Health, HealthState, Inbound, InboundMedia, InboundMessage, Limits,
    Outgoing, PartSizes, Received, Refused, Reply, Request, SendError, Sent,
};
use crate::form::{
    Abilities, Description, Field, FieldKind, FieldProblem, IdentityKind, Medium, Settings, Signing,
};
use crate::http::{Answer, Http};
use crate::{Channel, Provider, signature};

const API_KEY: &str = "api_key";
const SECRET: &str = "secret";
const SEND_URL: &str = "send_url";
const VERIFY_URL: &str = "verify_url";

const LIMITS: Limits = Limits {
    text_chars: 16_000,
    files: 50,
    file_bytes: 1_000_000_000,
    total_bytes: 1_000_000_000,
    parts: PartSizes::STANDARD,
    text_with_files: true,
    may_start: true,
    idempotent: false,
    receipts: false,
};

/// The provider "General".
#[derive(Debug)]
pub struct General;

impl Provider for General {
    fn description(&self) -> Description {
        Description {
            id: "general",
            label: "General",
            tagline: "Any gateway, over the open SMS API",
            medium: Medium::Sms,
            fields: fields(),
            steps: vec![
                "Ask the person who runs your gateway for its **API Key** and for the **address for \
                 sending messages**.",
                "If the gateway signs what it sends to you, agree on a **Secret** and enter the \
                 same one on both sides.",
                "Give the gateway this address for incoming messages: {webhook_url}",
            ],
            notes: vec![
                "Without a Secret, everybody who knows the webhook address can write to you. Keep \
                 it to yourself, or set a Secret.",
                "Without an address for verifying authentication, a wrong API Key shows only when \
                 a message fails.",
                "This API sends no receipts: a message stays at Sent.",
                "For numbers in the United States, register the sender (10DLC) first; carriers \
                 block messages from numbers that are not registered.",
            ],
            unconfirmed: vec![
                "The guide says that the body is signed with the Secret and SHA-256; HMAC-SHA256 \
                 over the raw body is our reading of it.",
                "The guide calls a success without a message id, or with another status than 200, \
                 failed. Here, any success with an id is sent, and one without an id is uncertain: \
                 the gateway may have taken the message.",
            ],
            portal: "",
            abilities: Abilities::default(),
            signing: Signing::WithSecret,
            networks: Vec::new(),
            answers_keywords: false,
            sender_ids: true,
            default_rate: 1.0,
            base_url: "",
            limits: LIMITS,
            identity: IdentityKind::Phone,
        }
    }

    fn problems(&self, settings: &Settings) -> Vec<FieldProblem> {
        Account::from_settings(settings).err().unwrap_or_default()
    }

    fn connect(&self, settings: Settings) -> Result<Arc<dyn Channel>, Vec<FieldProblem>> {
        Ok(Arc::new(Account::from_settings(&settings)?))
    }
}

fn fields() -> Vec<Field> {
    vec![
        Field {
            name: API_KEY,
            label: "API Key",
            hint: "Your gateway gives it to you. It goes along with every message you send.",
            kind: FieldKind::Secret,
            required: true,
            pattern: "",
            placeholder: "",
        },
        Field {
            name: SECRET,
            label: "Secret",
            hint: "Proves that incoming messages come from your gateway. It is never sent.",
            kind: FieldKind::Secret,
            required: false,
            pattern: "",
            placeholder: "",
        },
        Field {
            name: SEND_URL,
            label: "API Address for Sending Messages",
            hint: "The whole address, as your gateway's documents give it.",
            kind: FieldKind::Url,
            required: true,
            pattern: "",
            placeholder: "https://gateway.example.com/messages",
        },
        Field {
            name: VERIFY_URL,
            label: "API Address for Verifying Authentication",
            hint: "Lets the channel's light tell whether the API Key works.",
            kind: FieldKind::Url,
            required: false,
            pattern: "",
            placeholder: "https://gateway.example.com/verify",
        },
    ]
}

/// One gateway and the key to it.
struct Account {
    api_key: SecretString,
    secret: Option<SecretString>,
    send_url: Url,
    verify_url: Option<Url>,
}

impl Account {
    fn from_settings(settings: &Settings) -> Result<Self, Vec<FieldProblem>> {
        let api_key = settings.token(API_KEY, "API Key");
        let send_url = settings.url(SEND_URL).and_then(|url| {
            let message = "Enter the address that your gateway takes messages at.".to_owned();
            url.ok_or_else(|| FieldProblem::new(SEND_URL, message))
        });
        let verify_url = settings.url(VERIFY_URL);
        match (api_key, send_url, verify_url) {
            (Ok(api_key), Ok(send_url), Ok(verify_url)) => {
                let secret = settings.secret(SECRET).cloned();
                Ok(Self { api_key, secret, send_url, verify_url })
            }
            (api_key, send_url, verify_url) => {
                let problems = [api_key.err(), send_url.err(), verify_url.err()];
                Err(problems.into_iter().flatten().collect())
            }
        }
    }
}

#[async_trait]
impl Channel for Account {
    fn limits(&self) -> Limits {
        LIMITS
    }

    fn receive(&self, request: &Request) -> Result<Received, Refused> {
        if let Some(secret) = self.secret.as_ref().filter(|_| !request.kept) {
            let header = request.header("x-signature-256").unwrap_or_default();
            let key = secret.expose_secret().as_bytes();
            if !signature::is_sha256_header(header, key, &request.body) {
                return Err(Refused::Signature { status: 400 });
            }
        }
        if request.header("content-type").is_some() && !request.is_of_type("application/json") {
            return Err(Refused::ContentType);
        }
        let reply = Reply { status: 204, content_type: None, body: String::new() };
        let told = match serde_json::from_slice::<Value>(&request.body) {
            Ok(body) => read(&body),
            // The secret vouches for the sender: what it sent is kept, readable or not.
            Err(_) if self.secret.is_some() => Err("the body is not JSON"),
            Err(_) => return Err(Refused::Malformed("the body is not JSON".to_owned())),
        };
        Ok(match told {
            Ok(message) => Received {
                events: message.into_iter().map(Inbound::Message).collect(),
                reply,
                unreadable: None,
            },
            Err(why) => Received {
                events: Vec::new(),
                reply,
                unreadable: Some(format!("The gateway sent something that we cannot read: {why}.")),
            },
        })
    }

    async fn send(&self, outgoing: &Outgoing, http: &Http) -> Result<Sent, SendError> {
        let call = http.post_json(self.send_url.clone(), &Message::from(outgoing));
        match call.bearer(&self.api_key).answer().await {
            Ok(answer) => outcome(&answer),
            Err(failed) => Err(failed.into_send_error()),
        }
    }

    fn can_check(&self) -> bool {
        self.verify_url.is_some()
    }

    async fn check(&self, http: &Http) -> Health {
        let Some(verify_url) = &self.verify_url else {
            return Health { state: HealthState::Connected, detail: None };
        };
        let challenge = uuid::Uuid::new_v4().simple().to_string();
        let mut url = verify_url.clone();
        url.query_pairs_mut().append_pair("challenge", &challenge);
        match http.get(url).bearer(&self.api_key).answer().await {
            Ok(answer) => light(&answer, &challenge),
            Err(failed) => failed.into_health(),
        }
    }
}

#[derive(Serialize)]
struct Message<'a> {
    from: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    to: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    media_urls: &'a [String],
}

impl<'a> From<&'a Outgoing> for Message<'a> {
    fn from(outgoing: &'a Outgoing) -> Self {
        Self {
            from: &outgoing.from,
            text: outgoing.text.as_deref(),
            to: &outgoing.to,
            media_urls: &outgoing.media_urls,
        }
    }
}

/// What the status light says (the guide's five states).
fn light(answer: &Answer, challenge: &str) -> Health {
    let (state, detail) = match answer.status {
        200 if echoes(&answer.body, challenge) => (HealthState::Connected, None),
        200 => (
            HealthState::Unauthorized,
            Some("The gateway's answer does not match our question. Check the address.".to_owned()),
        ),
        401 | 403 | 404 => (
            HealthState::Unauthorized,
            Some(format!(
                "The gateway answered {}. Check the API Key and the address.",
                answer.status
            )),
        ),
        500 => (
            HealthState::ServiceUnavailable,
            Some("The gateway has a fault of its own (500). Try again later.".to_owned()),
        ),
        status if serde_json::from_slice::<Value>(&answer.body).is_ok() => {
            (HealthState::Unknown, Some(format!("The gateway answered {status}.")))
        }
        status => (
            HealthState::RequestFailed,
            Some(format!("The gateway answered {status} and gave no reason.")),
        ),
    };
    let said = problem(&answer.body).and_then(|problem| problem.words());
    let detail = detail.map(|detail| match said {
        Some(said) => format!("{detail} It says: {said}"),
        None => detail,
    });
    Health { state, detail }
}

/// The challenge comes back as it is or as a JSON string.
fn echoes(body: &[u8], challenge: &str) -> bool {
    body.trim_ascii() == challenge.as_bytes()
        || serde_json::from_slice::<String>(body).is_ok_and(|text| text == challenge)
}

/// What became of a send: a known code decides, then the status.
fn outcome(answer: &Answer) -> Result<Sent, SendError> {
    let problem = problem(&answer.body);
    let known = problem.as_ref().and_then(Problem::kind);
    if known.is_none()
        && taken(answer.status)
        && let Some(provider_id) = message_id(&answer.body)
    {
        return Ok(Sent { provider_id });
    }
    let kind = known.unwrap_or(match answer.status {
        401 => ErrorKind::AuthenticationFailed,
        403 => ErrorKind::ServiceUnavailable,
        _ => ErrorKind::Other,
    });
    let text = match &problem {
        Some(problem) => problem.words(),
        None if taken(answer.status) => Some("The gateway's answer holds no id.".to_owned()),
        None => Some(format!("The gateway answered {}.", answer.status)),
    };
    let effect = effect(answer.status, known, problem.is_some());
    let failure = Failure::new(kind, problem.and_then(|problem| problem.code), text);
    Err(SendError { failure, effect, retry_after: answer.retry_after })
}

/// Whether the status says that the message was taken.
fn taken(status: u16) -> bool {
    matches!(status, 200..=299)
}

fn effect(status: u16, known: Option<ErrorKind>, explained: bool) -> Effect {
    match (known, status) {
        (Some(ErrorKind::TooManyRequests | ErrorKind::ServiceUnavailable), _) | (_, 429) => {
            Effect::NoneTryAgain
        }
        (None, 503) if explained => Effect::NoneTryAgain,
        (None, 500..) => Effect::Unknown,
        (None, status) if taken(status) && !explained => Effect::Unknown,
        _ => Effect::None,
    }
}

fn message_id(body: &[u8]) -> Option<String> {
    text_or_number(serde_json::from_slice::<Value>(body).ok()?.pointer("/data/id"))
}

/// The gateway's own words for what went wrong.
struct Problem {
    code: Option<String>,
    title: Option<String>,
    detail: Option<String>,
}

impl Problem {
    fn kind(&self) -> Option<ErrorKind> {
        Some(match self.code.as_deref()? {
            "10001" => ErrorKind::InvalidPhoneNumber,
            "10002" => ErrorKind::InvalidParameter,
            "10003" => ErrorKind::UnsupportedMedia,
            "10004" => ErrorKind::AuthenticationFailed,
            "10005" => ErrorKind::PermissionDenied,
            "10006" => ErrorKind::TooManyRequests,
            "10007" => ErrorKind::ServiceUnavailable,
            "10008" => ErrorKind::FileTooLarge,
            _ => return None,
        })
    }

    fn words(&self) -> Option<String> {
        let parts = [self.title.as_deref(), self.detail.as_deref()];
        let words = parts.into_iter().flatten().collect::<Vec<_>>().join(" – ");
        if words.is_empty() { None } else { Some(words) }
    }
}

/// Reads `{"errors":[{…}]}`, `{"error":{…}}` or the bare `{code,title,detail}`.
fn problem(body: &[u8]) -> Option<Problem> {
    let body = serde_json::from_slice::<Value>(body).ok()?;
    let it = [body.pointer("/errors/0"), body.get("error"), Some(&body)]
        .into_iter()
        .flatten()
        .find(|value| value.get("code").is_some())?;
    let words = |name| it.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(Problem {
        code: text_or_number(it.get("code")),
        title: words("title"),
        detail: words("detail"),
    })
}

/// The message in a webhook's body; `None` for an event of another type.
fn read(body: &Value) -> Result<Option<InboundMessage>, &'static str> {
    let event_type = body.pointer("/data/event_type").and_then(Value::as_str);
    match event_type {
        Some("message.received") => {}
        Some(_) => return Ok(None),
        None => return Err("it names no event_type"),
    }
    let payload = body.pointer("/data/payload").ok_or("it holds no payload")?;
    let provider_id = text_or_number(payload.get("id")).ok_or("the message has no id")?;
    if provider_id.chars().count() > 255 {
        return Err("the id of the message is longer than 255 characters");
    }
    let text = payload.get("text").and_then(Value::as_str).filter(|text| !text.is_empty());
    let media: Vec<_> = payload
        .get("media")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(file)
        .collect();
    if text.is_none() && media.is_empty() {
        return Err("the message has neither text nor a file");
    }
    Ok(Some(InboundMessage {
        provider_id,
        from: address(payload.get("from")).ok_or("the message has no sender")?,
        to: address(payload.get("to")).ok_or("the message has no recipient")?,
        others: Vec::new(),
        sender_name: None,
        text: text.map(str::to_owned),
        media,
        at: payload.get("received_at").and_then(Value::as_str).and_then(millis),
        part: None,
    }))
}

/// `{"phone_number": …}`, or the first of an array of these: the guide shows both.
fn address(value: Option<&Value>) -> Option<String> {
    let value = value?;
    let one = value.get(0).unwrap_or(value);
    let number = one.get("phone_number").unwrap_or(one).as_str()?.trim();
    if number.is_empty() { None } else { Some(number.to_owned()) }
}

fn file(value: &Value) -> Option<InboundMedia> {
    let words = |name| value.get(name).and_then(Value::as_str).map(str::to_owned);
    Some(InboundMedia {
        url: words("url").filter(|url| !url.is_empty())?,
        content_type: words("content_type"),
        name: words("name"),
        size: value.get("size").and_then(Value::as_u64),
        sha256: words("sha256").map(|hex| hex.to_ascii_lowercase()),
    })
}

fn millis(time: &str) -> Option<i64> {
    time.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond)
}

fn text_or_number(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
