//! The simulated Telnyx: messages, messaging profiles, numbers, and webhooks signed with Ed25519.
//!
//! One account with one profile, whose webhook address the desk can set.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch, post};
use axum::{Extension, Json, Router};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use deskbell_channels::exchange::{ErrorKind, Millis};
use deskbell_channels::form::Settings;
use deskbell_channels::simulated::engine::{Fault, Verdict};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::provider::{News, Provider, Route};
use crate::stage::{End, Recorded, Stage, json, never, now};
use crate::webhook::{Said, Webhook};

const API_KEY: &str = "KEY0000000000000000_simulated";
const PROFILE: &str = "740572b6-099c-44a1-89b9-6c92163bc68d";
/// A number with the profile, and one that nobody has given one yet.
const NUMBERS: [(&str, Option<&str>); 2] =
    [("+15555550100", Some(PROFILE)), ("+15555550101", None)];
/// Of the key that Telnyx signs with, and of somebody else's.
const SEED: [u8; 32] = [7; 32];
const STRANGER: [u8; 32] = [8; 32];

/// The provider "Telnyx".
#[derive(Debug)]
pub struct Telnyx;

impl Provider for Telnyx {
    fn id(&self) -> &'static str {
        "telnyx"
    }

    fn router(&self) -> Router<Arc<Stage>> {
        Router::new()
            .route("/messages", post(send))
            .route("/messaging_profiles", get(profiles))
            .route("/messaging_profiles/{id}", patch(change_profile))
            .route("/phone_numbers/messaging", get(numbers))
            .layer(Extension(Arc::new(Profile::default())))
    }

    fn settings(&self, base: &str) -> Settings {
        let mut settings = Settings { base_url: Some(base.to_owned()), ..Settings::default() };
        let public_key = key(&SEED).map(|key| BASE64_STANDARD.encode(key.public_key()));
        settings.values.insert("public_key".to_owned(), public_key.unwrap_or_default());
        settings.secrets.insert("api_key".to_owned(), API_KEY.into());
        settings
    }

    fn message(&self, route: &Route<'_>, said: &Said) -> Vec<Webhook> {
        vec![webhook(&SEED, route.at, message(route, said).to_string())]
    }

    fn receipt(&self, route: &Route<'_>, message: &Recorded, news: News) -> Option<Webhook> {
        let (event, status, errors) = match news {
            News::Sent => ("message.sent", "sent", json!([])),
            News::Delivered => ("message.finalized", "delivered", json!([])),
            News::Failed(kind) => {
                let Problem { code, title, .. } = lost(kind);
                let errors = json!([{ "code": code, "title": title, "detail": title }]);
                ("message.finalized", "delivery_failed", errors)
            }
        };
        let payload = json!({
            "record_type": "message",
            "direction": "outbound",
            "id": message.provider_id,
            "type": if message.media_urls.is_empty() { "SMS" } else { "MMS" },
            "messaging_profile_id": PROFILE,
            "from": { "phone_number": message.from, "carrier": "Telnyx" },
            "to": [{ "phone_number": message.to, "status": status, "line_type": "Wireless" }],
            "text": message.text,
            "webhook_url": message.status_url.as_deref().unwrap_or(route.url),
            "sent_at": time(route.at),
            "completed_at": if news == News::Sent { Value::Null } else { json!(time(route.at)) },
            "errors": errors,
        });
        Some(webhook(&SEED, route.at, event_of(route, event, &payload).to_string()))
    }

    fn garbled(&self, route: &Route<'_>, said: &Said) -> Webhook {
        webhook(&SEED, route.at, Webhook::halved(&message(route, said).to_string()).to_owned())
    }

    fn forged(&self, route: &Route<'_>, said: &Said) -> Option<Webhook> {
        Some(webhook(&STRANGER, route.at, message(route, said).to_string()))
    }

    fn signed(&self, route: &Route<'_>, body: Bytes) -> Webhook {
        webhook(&SEED, route.at, body)
    }

    fn signs_time(&self) -> bool {
        true
    }

    fn refusals(&self) -> &'static [ErrorKind] {
        REFUSALS
    }

    fn losses(&self) -> &'static [ErrorKind] {
        LOSSES
    }
}

/// The reasons that a receipt of Telnyx's tells.
const LOSSES: &[ErrorKind] = &[
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

/// The reasons that Telnyx refuses a send for; [`refusal`] has its words.
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

/// Telnyx's answer to a request that it does not carry out.
struct Problem {
    status: u16,
    code: &'static str,
    title: &'static str,
}

const fn problem(status: u16, code: &'static str, title: &'static str) -> Problem {
    Problem { status, code, title }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self { status, code, title } = self;
        let url = format!("https://developers.telnyx.com/docs/overview/errors/{code}");
        let error = json!({ "code": code, "title": title, "detail": "Said by the simulator.",
                            "meta": { "url": url } });
        json(status, &json!({ "errors": [error] }))
    }
}

fn refusal(kind: ErrorKind) -> Problem {
    match kind {
        ErrorKind::InvalidPhoneNumber => problem(400, "40310", "Invalid 'to' address"),
        ErrorKind::InvalidParameter => problem(400, "40302", "Message too large"),
        ErrorKind::UnsupportedMedia => {
            problem(400, "40301", "Unsupported message type for the 'to' address")
        }
        ErrorKind::AuthenticationFailed => problem(401, "10009", "Authentication failed"),
        ErrorKind::PermissionDenied => problem(403, "10010", "Authorization failed"),
        ErrorKind::TooManyRequests => problem(429, "10011", "Too many requests"),
        ErrorKind::ServiceUnavailable => problem(503, "10037", "Service unavailable"),
        ErrorKind::FileTooLarge => problem(400, "40317", "Invalid MMS content"),
        ErrorKind::OptedOut => problem(403, "40300", "Blocked due to STOP message"),
        ErrorKind::Blocked => problem(403, "40322", "Blocked due to content"),
        ErrorKind::OutsideWindow | ErrorKind::Other => problem(404, "10005", "Resource not found"),
    }
}

/// Why a message was lost on its way.
fn lost(kind: ErrorKind) -> Problem {
    match kind {
        ErrorKind::InvalidPhoneNumber => problem(0, "40012", "Invalid destination number"),
        ErrorKind::PermissionDenied => problem(0, "40010", "Not 10DLC registered"),
        ErrorKind::TooManyRequests => problem(0, "40011", "Too many requests"),
        ErrorKind::ServiceUnavailable => problem(0, "40006", "Recipient server unavailable"),
        ErrorKind::Blocked => problem(0, "40002", "Blocked as spam - temporary"),
        ErrorKind::Other => problem(0, "40008", "Undeliverable"),
        kind => refusal(kind),
    }
}

/// Telnyx answers a request without a key as if the place did not exist.
fn signed_in(stage: &Stage, headers: &HeaderMap) -> Result<(), Problem> {
    let Some(given) = headers.get(header::AUTHORIZATION) else {
        return Err(refusal(ErrorKind::Other));
    };
    let given = given.to_str().ok().and_then(|value| value.strip_prefix("Bearer "));
    if given != Some(API_KEY) || stage.conduct().faults.has(Fault::Refused) {
        return Err(refusal(ErrorKind::AuthenticationFailed));
    }
    Ok(())
}

#[derive(Deserialize)]
struct Submission {
    from: String,
    to: String,
    text: Option<String>,
    #[serde(default)]
    media_urls: Vec<String>,
    messaging_profile_id: Option<String>,
    webhook_url: Option<String>,
}

impl Submission {
    /// Checked as Telnyx checks it.
    fn checked(self) -> Result<Recorded, Problem> {
        if !is_number(&self.to) {
            return Err(refusal(ErrorKind::InvalidPhoneNumber));
        }
        if !self.from.starts_with('+') && self.messaging_profile_id.is_none() {
            return Err(problem(422, "10004", "Missing required parameter"));
        }
        let text = self.text.filter(|text| !text.is_empty());
        if text.is_none() && self.media_urls.is_empty() {
            return Err(problem(400, "40316", "No content provided for message"));
        }
        if text.as_ref().is_some_and(|text| text.chars().count() > 1530) {
            return Err(refusal(ErrorKind::InvalidParameter));
        }
        if self.media_urls.len() > 10 {
            return Err(refusal(ErrorKind::FileTooLarge));
        }
        Ok(Recorded {
            provider: "telnyx",
            provider_id: uuid::Uuid::new_v4().to_string(),
            from: self.from,
            to: self.to,
            text,
            media_urls: self.media_urls,
            // Our id is in the address, which Telnyx tells back.
            status_url: self.webhook_url,
            our_id: None,
            taken: false,
            at: now(),
        })
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (5..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

async fn send(
    State(stage): State<Arc<Stage>>,
    headers: HeaderMap,
    submission: Result<Json<Submission>, JsonRejection>,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers)?;
    let Json(submission) = submission.map_err(|_| problem(400, "10023", "Invalid JSON"))?;
    let message = submission.checked()?;
    let answer = json(200, &json!({ "data": resource(&message) }));
    match stage.submit(message).await.1 {
        End::Yes => Ok(answer),
        End::No(Verdict::RateLimited { retry_after }) => {
            let mut answer = refusal(ErrorKind::TooManyRequests).into_response();
            answer.headers_mut().insert("x-ratelimit-reset", retry_after.into());
            Ok(answer)
        }
        End::No(_) => Err(refusal(ErrorKind::AuthenticationFailed)),
        End::Refused(kind) => Err(refusal(kind)),
        End::Bare(status) => Ok(status.into_response()),
        End::Nothing => Ok(never().await),
    }
}

/// The message as the API shows it.
fn resource(message: &Recorded) -> Value {
    json!({
        "record_type": "message",
        "direction": "outbound",
        "id": message.provider_id,
        "type": if message.media_urls.is_empty() { "SMS" } else { "MMS" },
        "messaging_profile_id": PROFILE,
        "from": { "phone_number": message.from, "carrier": "Telnyx", "line_type": "Wireless" },
        "to": [{ "phone_number": message.to, "status": "queued", "line_type": "Wireless" }],
        "text": message.text,
        "webhook_url": message.status_url,
        "parts": 1,
        "received_at": time(message.at),
        "errors": [],
    })
}

/// The account's one messaging profile.
#[derive(Debug, Default)]
struct Profile {
    webhook_url: Mutex<Option<String>>,
}

impl Profile {
    fn webhook_url(&self) -> MutexGuard<'_, Option<String>> {
        self.webhook_url.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn shown(&self) -> Value {
        json!({
            "record_type": "messaging_profile",
            "id": PROFILE,
            "name": "Simulated profile",
            "enabled": true,
            "webhook_url": *self.webhook_url(),
            "webhook_api_version": "2",
        })
    }
}

async fn profiles(
    State(stage): State<Arc<Stage>>,
    Extension(profile): Extension<Arc<Profile>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers)?;
    Ok(json(200, &json!({ "data": [profile.shown()], "meta": meta(1) })))
}

#[derive(Deserialize)]
struct Change {
    webhook_url: Option<String>,
    webhook_api_version: Option<String>,
}

async fn change_profile(
    State(stage): State<Arc<Stage>>,
    Extension(profile): Extension<Arc<Profile>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(change): Json<Change>,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers)?;
    if id != PROFILE {
        return Err(refusal(ErrorKind::Other));
    }
    if change.webhook_api_version.is_some_and(|version| version != "2") {
        return Err(problem(422, "10032", "Invalid enumerated value"));
    }
    if let Some(url) = change.webhook_url {
        *profile.webhook_url() = Some(url);
    }
    Ok(json(200, &json!({ "data": profile.shown() })))
}

async fn numbers(State(stage): State<Arc<Stage>>, headers: HeaderMap) -> Result<Response, Problem> {
    signed_in(&stage, &headers)?;
    let number = |(number, profile): (&str, Option<&str>)| {
        json!({ "record_type": "messaging_settings", "id": number, "phone_number": number,
                "messaging_profile_id": profile, "type": "longcode",
                "features": { "sms": { "domestic_two_way": true }, "mms": null } })
    };
    let data: Vec<Value> = NUMBERS.into_iter().map(number).collect();
    Ok(json(200, &json!({ "meta": meta(data.len()), "data": data })))
}

fn meta(results: usize) -> Value {
    json!({ "page_number": 1, "page_size": 250, "total_pages": 1, "total_results": results })
}

fn message(route: &Route<'_>, said: &Said) -> Value {
    let file = |file: &crate::webhook::File| json!({ "url": file.url, "content_type": file.content_type, "size": null, "sha256": null });
    let media: Vec<Value> = said.media.iter().map(file).collect();
    let payload = json!({
        "record_type": "message",
        "direction": "inbound",
        "id": said.id,
        "type": if media.is_empty() { "SMS" } else { "MMS" },
        "messaging_profile_id": PROFILE,
        "from": { "phone_number": said.from, "carrier": "Simulated", "line_type": "long_code" },
        "to": [{ "phone_number": said.to, "carrier": "Telnyx", "status": "webhook_delivered" }],
        "cc": [],
        "text": said.text,
        "media": media,
        "received_at": time(route.at),
        "errors": [],
    });
    event_of(route, "message.received", &payload)
}

fn event_of(route: &Route<'_>, event: &str, payload: &Value) -> Value {
    json!({
        "data": {
            "record_type": "event",
            "event_type": event,
            "id": uuid::Uuid::new_v4(),
            "occurred_at": time(route.at),
            "payload": payload,
        },
        "meta": { "attempt": 1, "delivered_to": route.url },
    })
}

fn time(at: Millis) -> String {
    let time = jiff::Timestamp::from_millisecond(at).unwrap_or_default();
    time.strftime("%Y-%m-%dT%H:%M:%S.%3f+00:00").to_string()
}

fn key(seed: &[u8; 32]) -> Option<Ed25519KeyPair> {
    Ed25519KeyPair::from_seed_unchecked(seed).ok()
}

fn webhook(seed: &[u8; 32], at: Millis, body: impl Into<Bytes>) -> Webhook {
    let (seconds, body) = (at.div_euclid(1_000).to_string(), body.into());
    let message = [seconds.as_bytes(), b"|", &body].concat();
    let signature = key(seed).map(|key| BASE64_STANDARD.encode(key.sign(&message)));
    Webhook {
        headers: vec![
            ("content-type", "application/json".to_owned()),
            ("user-agent", "telnyx-webhooks".to_owned()),
            ("telnyx-timestamp", seconds),
            ("telnyx-signature-ed25519", signature.unwrap_or_default()),
        ],
        body,
    }
}
