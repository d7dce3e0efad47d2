//! The simulated Bandwidth: messages, their list, media behind a password, callbacks in lists.
//!
//! One account with one messaging user. Nothing is signed; nearly everything is taken at first.

use std::sync::Arc;

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, patch};
use axum::{Json, Router};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use deskbell_channels::exchange::{ErrorKind, Millis};
use deskbell_channels::form::Settings;
use deskbell_channels::simulated::engine::{Fault, Verdict};
use deskbell_channels::simulated::personas::PHOTO;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::provider::{News, Provider, Route};
use crate::stage::{End, Recorded, Stage, json, never, now};
use crate::webhook::{Said, Webhook};

const APPLICATION: &str = "93de2206-9669-4e07-948d-329f4b722ee2";
const ACCOUNT: &str = "9900000";
const USERNAME: &str = "desk-user";
const PASSWORD: &str = "simulated-password";

/// The provider "Bandwidth".
#[derive(Debug)]
pub struct Bandwidth;

impl Provider for Bandwidth {
    fn id(&self) -> &'static str {
        "bandwidth"
    }

    fn router(&self) -> Router<Arc<Stage>> {
        Router::new()
            .route("/users/{account}/messages", get(list).post(send))
            .route("/users/{account}/media/{*media}", get(media))
            .route("/api/accounts/{account}/applications/{application}", patch(change))
    }

    fn settings(&self, base: &str) -> Settings {
        let mut settings = Settings { base_url: Some(base.to_owned()), ..Settings::default() };
        for (name, value) in
            [("application_id", APPLICATION), ("account_id", ACCOUNT), ("username", USERNAME)]
        {
            settings.values.insert(name.to_owned(), value.to_owned());
        }
        settings.secrets.insert("password".to_owned(), PASSWORD.into());
        settings
    }

    fn media_url(&self, base: &str, _settings: &Settings, name: &str) -> String {
        format!("{base}/users/{ACCOUNT}/media/14762070468292kw2fuqty55yp2b2/0/{name}.png")
    }

    fn message(&self, route: &Route<'_>, said: &Said) -> Vec<Webhook> {
        vec![callback(&message(route, said))]
    }

    fn receipt(&self, route: &Route<'_>, message: &Recorded, news: News) -> Option<Webhook> {
        let (kind, description, code) = match news {
            News::Sent => ("message-sent", "Message sent to carrier", None),
            News::Delivered => ("message-delivered", "Message delivered to handset.", None),
            News::Failed(kind) => {
                let (code, description) = lost(kind);
                ("message-failed", description, Some(code))
            }
        };
        let mut element = json!({
            "time": time(route.at),
            "type": kind,
            "to": message.to,
            "description": description,
            "message": shown(message, ""),
        });
        if let (Some(element), Some(code)) = (element.as_object_mut(), code) {
            element.insert("errorCode".to_owned(), json!(code));
        }
        Some(callback(&element))
    }

    fn garbled(&self, route: &Route<'_>, said: &Said) -> Webhook {
        let Webhook { headers, body } = callback(&message(route, said));
        Webhook { headers, body: body.slice(..body.len() / 2) }
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

/// The reasons that a receipt of Bandwidth's tells.
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

/// The reasons that Bandwidth tells at once; the others come with `message-failed`.
const REFUSALS: &[ErrorKind] = &[
    ErrorKind::InvalidPhoneNumber,
    ErrorKind::InvalidParameter,
    ErrorKind::AuthenticationFailed,
    ErrorKind::PermissionDenied,
    ErrorKind::TooManyRequests,
    ErrorKind::Other,
];

/// Bandwidth's answer to a request that it does not carry out.
enum Problem {
    Kind(u16, &'static str, &'static str),
    Field(&'static str, &'static str),
    NotFound,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        match self {
            Self::Kind(status, kind, description) => {
                json(status, &json!({ "type": kind, "description": description }))
            }
            Self::Field(name, description) => json(
                400,
                &json!({ "type": "request-validation",
                         "description": "Your request could not be accepted",
                         "fieldErrors": [{ "fieldName": name, "description": description }] }),
            ),
            Self::NotFound => json(
                404,
                &json!({ "timestamp": time(now()), "status": 404, "error": "Not Found",
                         "message": "Not Found", "path": "/api/v2/users" }),
            ),
        }
    }
}

const WHO: Problem = Problem::Kind(401, "unauthorized", "Authentication Failed");
const MANY: Problem = Problem::Kind(
    429,
    "max-message-queue-size-exceeded",
    "The SMS queue for your account is full and cannot accept more messages right now.",
);

/// How a send is refused for this reason, as far as Bandwidth tells it at once.
fn refusal(kind: ErrorKind) -> Problem {
    match kind {
        ErrorKind::InvalidPhoneNumber => {
            Problem::Field("to", "must be replaced with a valid E164 formatted telephone number")
        }
        ErrorKind::InvalidParameter => Problem::Field("text", "size must be between 0 and 2048"),
        ErrorKind::AuthenticationFailed => WHO,
        ErrorKind::PermissionDenied => Problem::Kind(403, "forbidden", "Access Denied"),
        ErrorKind::TooManyRequests => MANY,
        _ => Problem::NotFound,
    }
}

/// Code and description of a message that was lost on its way.
fn lost(kind: ErrorKind) -> (u32, &'static str) {
    match kind {
        ErrorKind::InvalidPhoneNumber => (4720, "invalid-destination-address"),
        ErrorKind::InvalidParameter => (4302, "malformed-invalid-from-number"),
        ErrorKind::UnsupportedMedia => (4410, "media-unavailable"),
        ErrorKind::FileTooLarge => (4411, "rejected-message-size-limit-exceeded"),
        ErrorKind::AuthenticationFailed => (4493, "rejected-unauthorized"),
        ErrorKind::PermissionDenied => (4432, "rejected-forbidden-country"),
        ErrorKind::TooManyRequests => (4785, "volumetric-violation"),
        ErrorKind::ServiceUnavailable => (4701, "destination-service-unavailable"),
        ErrorKind::OptedOut => (4775, "destination-rejected-due-to-user-opt-out"),
        ErrorKind::Blocked => (4770, "destination-spam-detected"),
        ErrorKind::OutsideWindow | ErrorKind::Other => (9999, "unknown-error"),
    }
}

/// A wrong account is answered like a wrong password.
fn signed_in(stage: &Stage, headers: &HeaderMap, account: &str) -> Result<(), Problem> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let right = format!("Basic {}", BASE64_STANDARD.encode(format!("{USERNAME}:{PASSWORD}")));
    let refused = stage.conduct().faults.has(Fault::Refused);
    if given == Some(right.as_str()) && account == ACCOUNT && !refused { Ok(()) } else { Err(WHO) }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Recipients {
    One(String),
    Several(Vec<String>),
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Submission {
    application_id: String,
    to: Recipients,
    from: String,
    text: Option<String>,
    #[serde(default)]
    media: Vec<String>,
    tag: Option<String>,
}

impl Submission {
    /// Checked as Bandwidth checks it at once; one recipient is all that the desk sends to.
    fn checked(self) -> Result<Recorded, Problem> {
        let to = match self.to {
            Recipients::One(to) => to,
            Recipients::Several(several) => match <[String; 1]>::try_from(several) {
                Ok([to]) => to,
                Err(_) => return Err(Problem::Field("to", "a group is not simulated")),
            },
        };
        if !is_number(&to) {
            return Err(refusal(ErrorKind::InvalidPhoneNumber));
        }
        if self.application_id != APPLICATION {
            return Err(Problem::Field("applicationId", "does not belong to the account"));
        }
        let text = self.text.filter(|text| !text.is_empty());
        if text.is_none() && self.media.is_empty() {
            return Err(Problem::Field("text", "either text or media is required"));
        }
        if text.as_ref().is_some_and(|text| text.chars().count() > 2048) {
            return Err(refusal(ErrorKind::InvalidParameter));
        }
        Ok(Recorded {
            provider: "bandwidth",
            provider_id: uuid::Uuid::new_v4().simple().to_string(),
            from: self.from,
            to,
            text,
            media_urls: self.media,
            status_url: None,
            our_id: self.tag,
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
    Path(account): Path<String>,
    headers: HeaderMap,
    submission: Result<Json<Submission>, JsonRejection>,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers, &account)?;
    let invalid =
        |_| Problem::Kind(400, "request-validation", "Your request could not be accepted");
    let Json(submission) = submission.map_err(invalid)?;
    let message = submission.checked()?;
    let answer = json(202, &shown(&message, message.text.as_deref().unwrap_or_default()));
    match stage.submit(message).await.1 {
        End::Yes => Ok(answer),
        End::No(Verdict::RateLimited { retry_after }) => {
            let mut answer = MANY.into_response();
            answer.headers_mut().insert(header::RETRY_AFTER, retry_after.into());
            Ok(answer)
        }
        End::No(_) => Err(WHO),
        End::Refused(kind) => Err(refusal(kind)),
        End::Bare(status) => Ok(status.into_response()),
        End::Nothing => Ok(never().await),
    }
}

/// The message as answers and callbacks show it; callbacks leave the text out.
fn shown(message: &Recorded, text: &str) -> Value {
    let mut shown = json!({
        "id": message.provider_id,
        "owner": message.from,
        "applicationId": APPLICATION,
        "time": time(message.at),
        "segmentCount": 1,
        "direction": "out",
        "to": [message.to],
        "from": message.from,
        "text": text,
        "tag": message.our_id,
    });
    if let (Some(shown), false) = (shown.as_object_mut(), message.media_urls.is_empty()) {
        shown.insert("media".to_owned(), json!(message.media_urls));
    }
    shown
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Filter {
    message_direction: Option<String>,
    limit: Option<usize>,
}

/// What was taken, without any text: Bandwidth keeps none.
async fn list(
    State(stage): State<Arc<Stage>>,
    Path(account): Path<String>,
    headers: HeaderMap,
    Query(filter): Query<Filter>,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers, &account)?;
    if filter.message_direction.is_none() {
        return Err(Problem::Kind(400, "request-validation", "A filter is required"));
    }
    let sent = stage.sent();
    let taken = sent.iter().rev().filter(|it| it.provider == "bandwidth" && it.taken);
    let messages: Vec<Value> = taken
        .take(filter.limit.unwrap_or(1_000))
        .map(|it| {
            json!({ "messageId": it.provider_id, "accountId": account, "sourceTn": it.from,
                    "destinationTn": it.to, "messageStatus": "SENT",
                    "messageDirection": "OUTBOUND", "receiveTime": time(it.at), "errorCode": 0 })
        })
        .collect();
    let total = messages.len();
    Ok(json(200, &json!({ "totalCount": total, "pageInfo": {}, "messages": messages })))
}

/// The dashboard's answer to a change of the application: what it is afterwards.
async fn change(
    State(stage): State<Arc<Stage>>,
    Path((account, application)): Path<(String, String)>,
    headers: HeaderMap,
    document: String,
) -> Response {
    if signed_in(&stage, &headers, &account).is_err() {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    if application != APPLICATION || !document.starts_with("<Application>") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let answer = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
         <ApplicationProvisioningResponse>{document}</ApplicationProvisioningResponse>"
    );
    ([(header::CONTENT_TYPE, "application/xml")], answer).into_response()
}

async fn media(
    State(stage): State<Arc<Stage>>,
    Path((account, media)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers, &account)?;
    if media.rsplit_once('.').is_none_or(|(_, ending)| ending != "png") {
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    Ok(([(header::CONTENT_TYPE, "image/png")], PHOTO).into_response())
}

fn message(route: &Route<'_>, said: &Said) -> Value {
    let mut message = json!({
        "id": said.id,
        "owner": said.to,
        "applicationId": route.value("application_id"),
        "time": time(route.at),
        "segmentCount": 1,
        "direction": "in",
        "to": [said.to],
        "from": said.from,
        "text": said.text.as_deref().unwrap_or_default(),
    });
    if let (Some(message), false) = (message.as_object_mut(), said.media.is_empty()) {
        let urls: Vec<&str> = said.media.iter().map(|file| file.url.as_str()).collect();
        message.insert("media".to_owned(), json!(urls));
    }
    json!({
        "time": time(route.at),
        "type": "message-received",
        "to": said.to,
        "description": "Incoming message received",
        "message": message,
    })
}

/// A list with one element, as Bandwidth nearly always sends it.
fn callback(element: &Value) -> Webhook {
    Webhook {
        headers: vec![
            ("content-type", "application/json; charset=utf-8".to_owned()),
            ("user-agent", "BandwidthAPI/v2".to_owned()),
        ],
        body: json!([element]).to_string().into(),
    }
}

fn time(at: Millis) -> String {
    let time = jiff::Timestamp::from_millisecond(at).unwrap_or_default();
    time.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()
}
