//! The simulated Vonage: messages, balance, numbers, and webhooks signed with a token.
//!
//! One account with two numbers, one of which carries no SMS.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::rejection::JsonRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use bytes::Bytes;
use deskbell_channels::exchange::{ErrorKind, Millis};
use deskbell_channels::form::Settings;
use deskbell_channels::signature;
use deskbell_channels::simulated::engine::{Fault, Verdict};
use serde_json::{Value, json};

use crate::provider::{News, Provider, Route};
use crate::stage::{End, Recorded, Stage, json, never, now};
use crate::webhook::{Said, Webhook};

const API_KEY: &str = "abcd1234";
const API_SECRET: &str = "simulated-secret";
const SIGNATURE_SECRET: &str = "simulated-signature-secret";
const KINDS: [&str; 5] = ["image", "video", "audio", "vcard", "file"];

/// The provider "Vonage".
#[derive(Debug)]
pub struct Vonage;

impl Provider for Vonage {
    fn id(&self) -> &'static str {
        "vonage"
    }

    fn router(&self) -> Router<Arc<Stage>> {
        Router::new()
            .route("/v1/messages", post(send))
            .route("/account/get-balance", get(balance))
            .route("/account/numbers", get(numbers))
    }

    fn settings(&self, base: &str) -> Settings {
        let mut settings = Settings { base_url: Some(base.to_owned()), ..Settings::default() };
        settings.values.insert("api_key".to_owned(), API_KEY.to_owned());
        settings.secrets.insert("api_secret".to_owned(), API_SECRET.into());
        settings.secrets.insert("signature_secret".to_owned(), SIGNATURE_SECRET.into());
        settings
    }

    fn message(&self, route: &Route<'_>, said: &Said) -> Vec<Webhook> {
        vec![signed(route, route.secret("signature_secret"), message(route, said).to_string())]
    }

    fn receipt(&self, route: &Route<'_>, message: &Recorded, news: News) -> Option<Webhook> {
        let (status, code) = match news {
            News::Sent => ("submitted", None),
            News::Delivered => ("delivered", None),
            News::Failed(kind) => ("undeliverable", Some(code(kind))),
        };
        let mut body = json!({
            "message_uuid": message.provider_id,
            "to": bare(&message.to),
            "from": bare(&message.from),
            "timestamp": time(route.at),
            "status": status,
            "client_ref": message.our_id,
            "channel": if message.media_urls.is_empty() { "sms" } else { "mms" },
        });
        if let (Some(code), Some(body)) = (code, body.as_object_mut()) {
            let error = json!({
                "type": format!("https://developer.vonage.com/api-errors/messages#{code}"),
                "title": code,
                "detail": "Said by the simulator.",
                "instance": "bf0ca0bf927b3b52e3cb03217e1a1ddf",
            });
            body.insert("error".to_owned(), error);
        }
        Some(signed(route, route.secret("signature_secret"), body.to_string()))
    }

    fn garbled(&self, route: &Route<'_>, said: &Said) -> Webhook {
        let half = Webhook::halved(&message(route, said).to_string()).to_owned();
        signed(route, route.secret("signature_secret"), half)
    }

    fn forged(&self, route: &Route<'_>, said: &Said) -> Option<Webhook> {
        (!route.secret("signature_secret").is_empty())
            .then(|| signed(route, "not-the-secret", message(route, said).to_string()))
    }

    fn signed(&self, route: &Route<'_>, body: Bytes) -> Webhook {
        signed(route, route.secret("signature_secret"), body)
    }

    fn refusals(&self) -> &'static [ErrorKind] {
        REFUSALS
    }

    fn losses(&self) -> &'static [ErrorKind] {
        LOSSES
    }
}

/// The reasons that a receipt of Vonage's tells.
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

/// The reasons that Vonage refuses a send for; [`refusal`] has its words.
const REFUSALS: &[ErrorKind] = &[
    ErrorKind::InvalidPhoneNumber,
    ErrorKind::InvalidParameter,
    ErrorKind::UnsupportedMedia,
    ErrorKind::AuthenticationFailed,
    ErrorKind::PermissionDenied,
    ErrorKind::TooManyRequests,
    ErrorKind::FileTooLarge,
    ErrorKind::OptedOut,
    ErrorKind::Blocked,
    ErrorKind::Other,
];

/// Vonage's answer to a request that it does not carry out.
struct Problem {
    status: u16,
    kind: String,
    title: &'static str,
    wrong: Option<&'static str>,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let invalid: Vec<Value> = self
            .wrong
            .map(|name| json!({ "name": name, "reason": "invalid value" }))
            .into_iter()
            .collect();
        let body = json!({
            "type": format!("https://developer.vonage.com/api-errors{}", self.kind),
            "title": self.title,
            "detail": "Said by the simulator.",
            "instance": "bf0ca0bf927b3b52e3cb03217e1a1ddf",
            "invalid_parameters": invalid,
        });
        json(self.status, &body)
    }
}

fn problem(status: u16, kind: &str, title: &'static str) -> Problem {
    Problem { status, kind: kind.to_owned(), title, wrong: None }
}

fn refusal(kind: ErrorKind) -> Problem {
    match kind {
        ErrorKind::InvalidPhoneNumber => invalid("to"),
        ErrorKind::InvalidParameter => invalid("text"),
        ErrorKind::AuthenticationFailed => problem(401, "#unauthorized", "Unauthorized"),
        ErrorKind::PermissionDenied => problem(403, "#forbidden", "Forbidden"),
        ErrorKind::TooManyRequests => problem(429, "#rate-limit", "Rate Limit Hit"),
        ErrorKind::ServiceUnavailable => problem(500, "#server-error", "Internal Error"),
        ErrorKind::OutsideWindow | ErrorKind::Other => problem(402, "/#low-balance", "Low balance"),
        kind => problem(422, &format!("/messages#{}", code(kind)), "Rejected"),
    }
}

fn invalid(name: &'static str) -> Problem {
    Problem { wrong: Some(name), ..problem(422, "/messages#1150", "Invalid params") }
}

/// Why a message was lost on its way.
fn code(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidPhoneNumber => "1170",
        ErrorKind::InvalidParameter => "1020",
        ErrorKind::UnsupportedMedia => "1380",
        ErrorKind::AuthenticationFailed => "1370",
        ErrorKind::PermissionDenied => "1140",
        ErrorKind::TooManyRequests => "1000",
        ErrorKind::ServiceUnavailable => "1230",
        ErrorKind::FileTooLarge => "1381",
        ErrorKind::OptedOut => "1240",
        ErrorKind::Blocked => "1210",
        ErrorKind::OutsideWindow | ErrorKind::Other => "1070",
    }
}

fn signed_in(stage: &Stage, headers: &HeaderMap) -> bool {
    let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let expected = format!("Basic {}", BASE64_STANDARD.encode(format!("{API_KEY}:{API_SECRET}")));
    header == Some(expected.as_str()) && !stage.conduct().faults.has(Fault::Refused)
}

async fn send(
    State(stage): State<Arc<Stage>>,
    headers: HeaderMap,
    submission: Result<Json<Value>, JsonRejection>,
) -> Result<Response, Problem> {
    if !signed_in(&stage, &headers) {
        return Err(refusal(ErrorKind::AuthenticationFailed));
    }
    let Json(submission) = submission.map_err(|_| invalid("body"))?;
    let message = checked(&submission)?;
    let answer = json(202, &json!({ "message_uuid": message.provider_id }));
    match stage.submit(message).await.1 {
        End::Yes => Ok(answer),
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

/// A send, checked as Vonage checks it.
fn checked(submission: &Value) -> Result<Recorded, Problem> {
    let member = |pointer: &str| submission.pointer(pointer).and_then(Value::as_str);
    let kind = member("/message_type").ok_or_else(|| invalid("message_type"))?;
    let to = member("/to").filter(|to| is_number(to)).ok_or_else(|| invalid("to"))?;
    let from = member("/from").ok_or_else(|| invalid("from"))?;
    let (text, media_urls) = match (member("/channel"), kind) {
        (Some("sms"), "text") => {
            let text = member("/text").filter(|text| text.chars().count() <= 1_000);
            (Some(text.ok_or_else(|| invalid("text"))?), Vec::new())
        }
        (Some("mms"), kind) if KINDS.contains(&kind) => {
            let url = member(&format!("/{kind}/url")).ok_or_else(|| invalid("url"))?;
            (member(&format!("/{kind}/caption")), vec![url.to_owned()])
        }
        _ => return Err(invalid("channel")),
    };
    if member("/client_ref").is_some_and(|it| it.len() > 100) {
        return Err(invalid("client_ref"));
    }
    let owned = |text: &str| text.to_owned();
    Ok(Recorded {
        provider: "vonage",
        provider_id: uuid::Uuid::new_v4().to_string(),
        from: if is_number(from) { format!("+{from}") } else { from.to_owned() },
        to: format!("+{to}"),
        text: text.map(owned),
        media_urls,
        status_url: member("/webhook_url").map(owned),
        our_id: member("/client_ref").map(owned),
        taken: false,
        at: now(),
    })
}

fn is_number(text: &str) -> bool {
    (7..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The account's own API has its own words for a wrong secret.
fn stranger() -> Response {
    let body = json!({ "error-code": "401", "error-code-label": "authentication failed" });
    json(401, &body)
}

async fn balance(State(stage): State<Arc<Stage>>, headers: HeaderMap) -> Response {
    if !signed_in(&stage, &headers) {
        return stranger();
    }
    json(200, &json!({ "value": 29.182_022_93, "autoReload": false }))
}

async fn numbers(
    State(stage): State<Arc<Stage>>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    if !signed_in(&stage, &headers) {
        return stranger();
    }
    if query.get("index").is_some_and(|index| index != "1") {
        return json(200, &json!({ "count": 2 }));
    }
    let number = |msisdn: &str, features: &[&str]| json!({ "country": "US", "msisdn": msisdn, "type": "mobile-lvn", "features": features });
    let both = [number("15555550100", &["VOICE", "SMS", "MMS"]), number("15555550101", &["VOICE"])];
    json(200, &json!({ "count": 2, "numbers": both }))
}

/// One file stands under the name of its kind, several in a list.
fn message(route: &Route<'_>, said: &Said) -> Value {
    let mut body = json!({
        "channel": if said.media.is_empty() { "sms" } else { "mms" },
        "message_uuid": said.id,
        "to": bare(&said.to),
        "from": bare(&said.from),
        "timestamp": time(route.at),
        "origin": { "network_code": "12345" },
    });
    let (kind, member, value) = match said.media.as_slice() {
        [] => ("text", "text", json!(said.text)),
        [file] => ("image", "image", json!({ "url": file.url, "caption": said.text })),
        files => {
            let file = |file: &crate::webhook::File| json!({ "type": "image", "url": file.url });
            ("content", "content", files.iter().map(file).collect())
        }
    };
    if let Some(body) = body.as_object_mut() {
        body.insert("message_type".to_owned(), json!(kind));
        body.insert(member.to_owned(), value);
        if kind == "content" {
            body.insert("text".to_owned(), json!(said.text));
        }
    }
    body
}

fn bare(address: &str) -> &str {
    address.strip_prefix('+').unwrap_or(address)
}

fn time(at: Millis) -> String {
    let time = jiff::Timestamp::from_millisecond(at).unwrap_or_default();
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

fn signed(route: &Route<'_>, secret: &str, body: impl Into<Bytes>) -> Webhook {
    let body = body.into();
    let claims = json!({
        "iat": route.at.div_euclid(1_000),
        "jti": uuid::Uuid::new_v4(),
        "iss": "Vonage",
        "payload_hash": signature::sha256_hex(&body),
        "api_key": route.value("api_key"),
    });
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let token = format!("{}.{}", part(&json!({ "alg": "HS256", "typ": "JWT" })), part(&claims));
    let mac = signature::hmac_sha256(secret.as_bytes(), token.as_bytes());
    let mac = BASE64_URL_SAFE_NO_PAD.encode(mac);
    let mut headers = vec![("content-type", "application/json".to_owned())];
    if !secret.is_empty() {
        headers.push(("authorization", format!("Bearer {token}.{mac}")));
    }
    Webhook { headers, body }
}
