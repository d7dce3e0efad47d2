//! The simulated Flowroute: messages, numbers, callbacks; and SIPTRUNK, which speaks the same.
//!
//! One account with two numbers. Nothing is signed.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Extension, Json, Router};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use deskbell_channels::exchange::{ErrorKind, Millis};
use deskbell_channels::form::Settings;
use deskbell_channels::simulated::engine::{Fault, Verdict};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::provider::{News, Provider, Route};
use crate::stage::{End, Recorded, Stage, json, never, now};
use crate::webhook::{File, Said, Webhook};

const ACCESS_KEY: &str = "simulated-access-key";
const SECRET_KEY: &str = "simulated-secret-key";
/// The account's numbers and their names.
const NUMBERS: [(&str, Option<&str>); 2] = [("15555550100", None), ("15555550101", Some("Shop"))];

/// A brand that speaks the dialect.
#[derive(Debug)]
pub struct Brand {
    pub(super) id: &'static str,
    pub(super) dialect: Dialect,
}

/// In what the brands differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Numbers without `+`, receipts, numbers, callbacks.
    Whole,
    /// Numbers with `+`, and nothing but messages.
    Messages,
}

/// Flowroute.
pub static FLOWROUTE: Brand = Brand { id: "flowroute", dialect: Dialect::Whole };

impl Provider for Brand {
    fn id(&self) -> &'static str {
        self.id
    }

    fn router(&self) -> Router<Arc<Stage>> {
        let Self { id, dialect } = *self;
        let send = move |stage, headers, body| send(id, dialect, stage, headers, body);
        match dialect {
            Dialect::Messages => Router::new().route("/", post(send)),
            Dialect::Whole => Router::new()
                .route("/v2.1/messages", get(list).post(send))
                .route("/v2.1/messages/{callback}", put(set_callback).get(callback))
                .route("/v2/numbers", get(numbers))
                .layer(Extension(Arc::new(Callbacks::default()))),
        }
    }

    fn settings(&self, base: &str) -> Settings {
        let mut settings = Settings { base_url: Some(base.to_owned()), ..Settings::default() };
        settings.values.insert("access_key".to_owned(), ACCESS_KEY.to_owned());
        settings.secrets.insert("secret_key".to_owned(), SECRET_KEY.into());
        settings
    }

    fn message(&self, route: &Route<'_>, said: &Said) -> Vec<Webhook> {
        vec![told(message(self.dialect, route, said).to_string())]
    }

    fn receipt(&self, route: &Route<'_>, message: &Recorded, news: News) -> Option<Webhook> {
        if self.dialect == Dialect::Messages {
            return None;
        }
        let (level, status, code, description) = match news {
            News::Sent => (1, "smsc submit", Value::Null, "Message has been sent"),
            News::Delivered => (2, "delivered", Value::Null, "Message delivered"),
            News::Failed(kind) => (2, "failed", json!("100"), lost(kind)),
        };
        let body = json!({ "data": {
            "type": "delivery_receipt",
            "id": message.provider_id,
            "attributes": {
                "body": if message.media_urls.is_empty() { message.text.as_deref() } else { Some("") },
                "level": level,
                "status": status,
                "status_code": code,
                "status_code_description": description,
                "timestamp": time(route.at),
            },
        }});
        Some(told(body.to_string()))
    }

    fn garbled(&self, route: &Route<'_>, said: &Said) -> Webhook {
        told(Webhook::halved(&message(self.dialect, route, said).to_string()).to_owned())
    }

    fn forged(&self, _: &Route<'_>, _: &Said) -> Option<Webhook> {
        None
    }

    fn refusals(&self) -> &'static [ErrorKind] {
        REFUSALS
    }

    fn losses(&self) -> &'static [ErrorKind] {
        LOSSES
    }
}

/// The reasons that a receipt of Flowroute's tells.
const LOSSES: &[ErrorKind] = &[ErrorKind::OptedOut, ErrorKind::Blocked, ErrorKind::Other];

fn told(body: String) -> Webhook {
    Webhook { headers: vec![("content-type", "application/json".to_owned())], body: body.into() }
}

fn message(dialect: Dialect, route: &Route<'_>, said: &Said) -> Value {
    let name = |index: usize| format!("{}-{index}.png", said.id);
    let file = |(index, file): (usize, &File)| {
        json!({
            "type": "media",
            "id": name(index),
            "attributes": { "url": file.url, "mime_type": file.content_type,
                            "file_name": name(index), "file_size": "1024" },
        })
    };
    // They come in any order; the message names theirs.
    let included: Vec<Value> = said.media.iter().enumerate().rev().map(file).collect();
    let named = (0..said.media.len()).map(|index| json!({ "type": "media", "id": name(index) }));
    let id = match dialect {
        Dialect::Whole => "id",
        Dialect::Messages => "message_id",
    };
    json!({
        "data": {
            "type": "message",
            id: said.id,
            "attributes": {
                "from": bare(&said.from),
                "to": bare(&said.to),
                "body": said.text,
                "direction": "inbound",
                "is_mms": !said.media.is_empty(),
                "status": if said.media.is_empty() { "delivered" } else { "" },
                "amount_nanodollars": "7000000",
                "timestamp": time(route.at),
            },
            "relationships": { "media": { "data": named.collect::<Vec<_>>() } },
        },
        "included": included,
    })
}

fn bare(number: &str) -> &str {
    number.strip_prefix('+').unwrap_or(number)
}

fn time(at: Millis) -> String {
    let time = jiff::Timestamp::from_millisecond(at).unwrap_or_default();
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// The reasons that a send is refused for; [`refusal`] has the words.
const REFUSALS: &[ErrorKind] = &[
    ErrorKind::InvalidPhoneNumber,
    ErrorKind::InvalidParameter,
    ErrorKind::UnsupportedMedia,
    ErrorKind::AuthenticationFailed,
    ErrorKind::PermissionDenied,
    ErrorKind::TooManyRequests,
    ErrorKind::ServiceUnavailable,
    ErrorKind::FileTooLarge,
    ErrorKind::OptedOut,
    ErrorKind::Blocked,
    ErrorKind::Other,
];

/// An answer to a request that is not carried out: status, title, detail.
struct Problem(u16, &'static str, &'static str);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self(status, title, detail) = self;
        let id = uuid::Uuid::new_v4();
        let error = json!({ "id": id, "status": status, "title": title, "detail": detail });
        json(status, &json!({ "errors": [error] }))
    }
}

fn refusal(kind: ErrorKind) -> Problem {
    let wrong = |detail| Problem(422, "Unprocessable Entity", detail);
    match kind {
        ErrorKind::InvalidPhoneNumber => wrong("'to' is not a valid phone number"),
        ErrorKind::InvalidParameter => wrong("You tried to enter an incorrect value."),
        ErrorKind::UnsupportedMedia => wrong("Error fetching media: unsupported content type"),
        ErrorKind::FileTooLarge => wrong(
            "Error fetching media: File at \"https://desk.example.com/x\" is over 767840 byte limit.",
        ),
        ErrorKind::OptedOut => wrong("Recipient has opted out"),
        ErrorKind::Blocked => wrong("Blocked as spam"),
        ErrorKind::AuthenticationFailed => {
            Problem(401, "Unauthorized", "There was an issue with your API credentials.")
        }
        ErrorKind::PermissionDenied => {
            Problem(403, "Forbidden", "You don't have permission to access this resource.")
        }
        ErrorKind::TooManyRequests => {
            Problem(429, "Too Many Requests", "You have sent too many requests at a given time.")
        }
        ErrorKind::ServiceUnavailable => {
            Problem(503, "Service Unavailable", "We're temporarily offline for maintenance.")
        }
        ErrorKind::OutsideWindow | ErrorKind::Other => {
            Problem(404, "Not Found", "The resource does not exist.")
        }
    }
}

/// Why a message was lost on its way.
fn lost(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::OptedOut => "Recipient has opted out",
        ErrorKind::Blocked => "Blocked as spam",
        _ => "Carrier rejected",
    }
}

fn signed_in(stage: &Stage, headers: &HeaderMap) -> Result<(), Problem> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let pair = BASE64_STANDARD.encode(format!("{ACCESS_KEY}:{SECRET_KEY}"));
    if given.and_then(|value| value.strip_prefix("Basic ")) == Some(pair.as_str())
        && !stage.conduct().faults.has(Fault::Refused)
    {
        Ok(())
    } else {
        Err(refusal(ErrorKind::AuthenticationFailed))
    }
}

#[derive(Deserialize)]
struct Envelope {
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    attributes: Attributes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Attributes {
    to: Option<String>,
    from: Option<String>,
    body: Option<String>,
    is_mms: Option<Value>,
    #[serde(default)]
    media_urls: Vec<String>,
    dlr_callback: Option<String>,
}

impl Attributes {
    /// Checked as the brand checks it.
    fn checked(self, id: &'static str, dialect: Dialect) -> Result<Recorded, Problem> {
        let wrong = || refusal(ErrorKind::InvalidParameter);
        let Some(to) = self.to else {
            return Err(Problem(422, "Unprocessable Entity", "'to' is a required property"));
        };
        let from = self.from.ok_or_else(wrong)?;
        let plus = match dialect {
            Dialect::Whole => "",
            Dialect::Messages => "+",
        };
        if !is_number(&to, plus) || !is_number(&from, plus) {
            return Err(refusal(ErrorKind::InvalidPhoneNumber));
        }
        let says_mms = match (dialect, &self.is_mms) {
            (Dialect::Whole, Some(Value::Bool(says))) => *says,
            (Dialect::Messages, Some(Value::String(says))) => says == "true",
            (_, None) => false,
            (_, Some(_)) => return Err(wrong()),
        };
        let text = self.body.filter(|text| !text.is_empty());
        if says_mms == self.media_urls.is_empty() || (text.is_none() && !says_mms) {
            return Err(wrong());
        }
        if text.as_ref().is_some_and(|text| text.contains(['‘', '’', '“', '”'])) {
            return Err(wrong());
        }
        if dialect == Dialect::Messages && self.dlr_callback.is_some() {
            return Err(wrong());
        }
        Ok(Recorded {
            provider: id,
            provider_id: format!("mdr2-{}", uuid::Uuid::new_v4().simple()),
            from: format!("+{}", bare(&from)),
            to: format!("+{}", bare(&to)),
            text,
            media_urls: self.media_urls,
            status_url: self.dlr_callback,
            our_id: None,
            taken: false,
            at: now(),
        })
    }
}

fn is_number(text: &str, plus: &str) -> bool {
    let digits = text.strip_prefix(plus).unwrap_or_default();
    (5..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

async fn send(
    id: &'static str,
    dialect: Dialect,
    State(stage): State<Arc<Stage>>,
    headers: HeaderMap,
    body: Result<Json<Envelope>, JsonRejection>,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers)?;
    let Json(Envelope { data }) = body.map_err(|_| refusal(ErrorKind::InvalidParameter))?;
    let message = data.attributes.checked(id, dialect)?;
    let told = json!({ "data": { "type": "message", "id": message.provider_id } });
    match stage.submit(message).await.1 {
        End::Yes => Ok(json(202, &told)),
        End::No(Verdict::RateLimited { retry_after }) => {
            let mut answer = refusal(ErrorKind::TooManyRequests).into_response();
            answer.headers_mut().insert(header::RETRY_AFTER, retry_after.into());
            Ok(answer)
        }
        End::No(_) => Err(refusal(ErrorKind::AuthenticationFailed)),
        End::Refused(kind) => Err(refusal(kind)),
        End::Bare(status) => Ok(status.into_response()),
        End::Nothing => Ok(never().await),
    }
}

/// What the account sent, newest first.
async fn list(
    State(stage): State<Arc<Stage>>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers)?;
    let start = query.get("start_date").and_then(|date| date.parse::<jiff::Timestamp>().ok());
    let Some(start) = start else { return Err(refusal(ErrorKind::InvalidParameter)) };
    let limit = query.get("limit").and_then(|limit| limit.parse().ok()).unwrap_or(10);
    let fits = |message: &Recorded| {
        message.provider == FLOWROUTE.id && message.taken && message.at >= start.as_millisecond()
    };
    let shown = |message: Recorded| {
        json!({ "type": "message", "id": message.provider_id, "attributes": {
            "body": message.text,
            "direction": "outbound",
            "from": bare(&message.from),
            "to": bare(&message.to),
            "is_mms": !message.media_urls.is_empty(),
            "timestamp": time(message.at),
        }})
    };
    let sent = stage.sent().into_iter().rev();
    let data: Vec<Value> = sent.filter(fits).take(limit).map(shown).collect();
    Ok(json(200, &json!({ "data": data })))
}

async fn numbers(
    State(stage): State<Arc<Stage>>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, usize>>,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers)?;
    let number = |name: &str, default| query.get(name).copied().unwrap_or(default);
    let (limit, offset) = (number("limit", 10), number("offset", 0));
    let shown = |(number, alias): &(&str, Option<&str>)| {
        json!({ "type": "number", "id": number,
                "attributes": { "value": number, "alias": alias, "number_type": "standard" } })
    };
    let data: Vec<Value> = NUMBERS.iter().skip(offset).take(limit).map(shown).collect();
    let next = offset + data.len();
    let next = (next < NUMBERS.len()).then(|| format!("/v2/numbers?limit={limit}&offset={next}"));
    Ok(json(200, &json!({ "data": data, "links": { "next": next } })))
}

/// The account's callbacks, by name.
#[derive(Debug, Default)]
struct Callbacks(Mutex<BTreeMap<String, String>>);

const CALLBACKS: [&str; 4] =
    ["sms_callback", "mms_callback", "sms_dlr_callback", "mms_dlr_callback"];

async fn set_callback(
    State(stage): State<Arc<Stage>>,
    Extension(callbacks): Extension<Arc<Callbacks>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Result<StatusCode, Problem> {
    signed_in(&stage, &headers)?;
    let url = body.pointer("/data/attributes/callback_url").and_then(Value::as_str);
    let (Some(url), true) = (url, CALLBACKS.contains(&name.as_str())) else {
        return Err(refusal(ErrorKind::InvalidParameter));
    };
    callbacks.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name, url.to_owned());
    Ok(StatusCode::NO_CONTENT)
}

async fn callback(
    State(stage): State<Arc<Stage>>,
    Extension(callbacks): Extension<Arc<Callbacks>>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers)?;
    let url = callbacks.0.lock().unwrap_or_else(PoisonError::into_inner).get(&name).cloned();
    let url = url.ok_or_else(|| refusal(ErrorKind::Other))?;
    let attributes = json!({ "api_version": "v2.1", "callback_url": url });
    Ok(json(200, &json!({ "data": { "type": "callback", "attributes": attributes } })))
}
