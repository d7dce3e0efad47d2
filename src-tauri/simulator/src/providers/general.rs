//! The simulated General gateway: takes messages, answers the challenge, tells what customers say.
//!
//! Any key works.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use bytes::Bytes;
use deskbell_channels::exchange::ErrorKind;
use deskbell_channels::form::Settings;
use deskbell_channels::signature;
use deskbell_channels::simulated::engine::{Fault, Verdict};
use serde::Deserialize;
use serde_json::json;

use crate::provider::{News, Provider, Route};
use crate::stage::{End, Recorded, Stage, json, never, now};
use crate::webhook::{Said, Webhook};

const API_KEY: &str = "api_key";
const SECRET: &str = "secret";

/// The provider "General".
#[derive(Debug)]
pub struct General;

impl Provider for General {
    fn id(&self) -> &'static str {
        "general"
    }

    fn router(&self) -> Router<Arc<Stage>> {
        Router::new().route("/send", post(send)).route("/verify", get(verify))
    }

    fn settings(&self, base: &str) -> Settings {
        let mut settings = Settings::default();
        settings.values.insert("send_url".to_owned(), format!("{base}/send"));
        settings.values.insert("verify_url".to_owned(), format!("{base}/verify"));
        settings.secrets.insert(API_KEY.to_owned(), "simulated-api-key".into());
        settings.secrets.insert(SECRET.to_owned(), "simulated-secret".into());
        settings
    }

    fn message(&self, route: &Route<'_>, said: &Said) -> Vec<Webhook> {
        vec![general_message(secret(route), said, route.at)]
    }

    fn receipt(&self, _: &Route<'_>, _: &Recorded, _: News) -> Option<Webhook> {
        None
    }

    fn garbled(&self, route: &Route<'_>, said: &Said) -> Webhook {
        general_garbled(secret(route), said, route.at)
    }

    fn forged(&self, route: &Route<'_>, said: &Said) -> Option<Webhook> {
        secret(route)?;
        Some(general_message(Some("not-the-secret"), said, route.at))
    }

    fn signed(&self, route: &Route<'_>, body: Bytes) -> Webhook {
        general_signed(secret(route), body)
    }

    fn refusals(&self) -> &'static [ErrorKind] {
        REFUSALS
    }
}

fn secret<'a>(route: &'a Route<'_>) -> Option<&'a str> {
    Some(route.secret(SECRET)).filter(|secret| !secret.is_empty())
}

/// The reasons that the open API has codes for; [`refusal`] has its words.
const REFUSALS: &[ErrorKind] = &[
    ErrorKind::InvalidPhoneNumber,
    ErrorKind::InvalidParameter,
    ErrorKind::UnsupportedMedia,
    ErrorKind::AuthenticationFailed,
    ErrorKind::PermissionDenied,
    ErrorKind::TooManyRequests,
    ErrorKind::ServiceUnavailable,
    ErrorKind::FileTooLarge,
    ErrorKind::Other,
];

fn refusal(kind: ErrorKind) -> Response {
    match kind {
        ErrorKind::InvalidPhoneNumber => error(400, "10001", "Invalid phone number"),
        ErrorKind::InvalidParameter => error(400, "10002", "Invalid parameter"),
        ErrorKind::UnsupportedMedia => error(400, "10003", "Unsupported media type"),
        ErrorKind::AuthenticationFailed => error(401, "10004", "Authentication failed"),
        ErrorKind::PermissionDenied => error(403, "10005", "Permission denied"),
        ErrorKind::TooManyRequests => error(429, "10006", "Too many requests"),
        ErrorKind::ServiceUnavailable => error(503, "10007", "Service unavailable"),
        ErrorKind::FileTooLarge => error(413, "10008", "File too large"),
        ErrorKind::OutsideWindow | ErrorKind::OptedOut | ErrorKind::Blocked | ErrorKind::Other => {
            error(422, "10999", "Refused by the carrier")
        }
    }
}

#[derive(Deserialize)]
struct Message {
    from: String,
    to: String,
    text: Option<String>,
    #[serde(default)]
    media_urls: Vec<String>,
}

async fn send(
    State(stage): State<Arc<Stage>>,
    headers: HeaderMap,
    Json(message): Json<Message>,
) -> Response {
    if !has_key(&headers) {
        return refusal(ErrorKind::AuthenticationFailed);
    }
    let provider_id = uuid::Uuid::new_v4().to_string();
    let submission = Recorded {
        provider: "general",
        provider_id: provider_id.clone(),
        from: message.from,
        to: message.to,
        text: message.text,
        media_urls: message.media_urls,
        status_url: None,
        our_id: None,
        taken: false,
        at: now(),
    };
    match stage.submit(submission).await.1 {
        End::Yes => json(200, &json!({ "data": { "id": provider_id } })),
        End::No(Verdict::RateLimited { retry_after }) => {
            let mut answer = refusal(ErrorKind::TooManyRequests);
            answer.headers_mut().insert(header::RETRY_AFTER, retry_after.into());
            answer
        }
        End::No(_) => refusal(ErrorKind::AuthenticationFailed),
        End::Refused(kind) => refusal(kind),
        End::Bare(status) => status.into_response(),
        End::Nothing => never().await,
    }
}

#[derive(Deserialize)]
struct Challenge {
    challenge: String,
}

async fn verify(
    State(stage): State<Arc<Stage>>,
    headers: HeaderMap,
    Query(question): Query<Challenge>,
) -> Response {
    if !has_key(&headers) || stage.conduct().faults.has(Fault::Refused) {
        return refusal(ErrorKind::AuthenticationFailed);
    }
    question.challenge.into_response()
}

fn has_key(headers: &HeaderMap) -> bool {
    let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    header.and_then(|value| value.strip_prefix("Bearer ")).is_some_and(|key| !key.is_empty())
}

fn error(status: u16, code: &str, title: &str) -> Response {
    let detail = "said by the simulator";
    json(status, &json!({ "errors": [{ "code": code, "title": title, "detail": detail }] }))
}

/// A customer's message as a General gateway brings it; signed if there is a secret.
pub fn general_message(secret: Option<&str>, said: &Said, received_at: i64) -> Webhook {
    general_signed(secret, general_body(said, received_at))
}

/// A genuine General request that cannot be read.
pub fn general_garbled(secret: Option<&str>, said: &Said, received_at: i64) -> Webhook {
    general_signed(secret, Webhook::halved(&general_body(said, received_at)).to_owned())
}

fn general_body(said: &Said, received_at: i64) -> String {
    let time = jiff::Timestamp::from_millisecond(received_at).unwrap_or_default();
    let mut payload = json!({
        "id": said.id,
        "from": { "phone_number": said.from },
        "to": [{ "phone_number": said.to }],
        "received_at": time.strftime("%Y-%m-%dT%H:%M:%S.%3f+00:00").to_string(),
        "record_type": "message",
    });
    if let Some(payload) = payload.as_object_mut() {
        payload.extend(said.text.as_ref().map(|text| ("text".to_owned(), json!(text))));
        let files = said.media.iter();
        let media: Vec<_> = files
            .map(|file| json!({ "url": file.url, "content_type": file.content_type }))
            .collect();
        if !media.is_empty() {
            payload.insert("media".to_owned(), json!(media));
        }
    }
    let id = uuid::Uuid::new_v4();
    json!({ "data": { "event_type": "message.received", "id": id, "payload": payload } })
        .to_string()
}

fn general_signed(secret: Option<&str>, body: impl Into<Bytes>) -> Webhook {
    let body = body.into();
    let mut headers = vec![("content-type", "application/json".to_owned())];
    headers.extend(secret.map(|secret| {
        let mac = signature::hmac_sha256(secret.as_bytes(), &body);
        ("x-signature-256", format!("sha256={}", hex::encode(mac)))
    }));
    Webhook { headers, body }
}
