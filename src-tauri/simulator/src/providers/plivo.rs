//! The simulated Plivo: messages, numbers, applications, and webhooks signed by their address.
//!
//! One account with two numbers: one with an application for calls, one without any.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use deskbell_channels::exchange::ErrorKind;
use deskbell_channels::form::Settings;
use deskbell_channels::signature;
use deskbell_channels::simulated::engine::{Fault, Verdict};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::provider::{News, Provider, Route};
use crate::stage::{End, Recorded, Stage, json, never, now};
use crate::webhook::{Said, Webhook};

const AUTH_ID: &str = "MASIMULATED000000000";
const AUTH_TOKEN: &str = "simulated-auth-token";
const CALLS: &str = "20468599130939380";

/// The provider "Plivo".
#[derive(Debug)]
pub struct Plivo;

impl Provider for Plivo {
    fn id(&self) -> &'static str {
        "plivo"
    }

    fn router(&self) -> Router<Arc<Stage>> {
        Router::new()
            .route("/v1/Account/{id}/", get(account))
            .route("/v1/Account/{id}/Message/", post(send))
            .route("/v1/Account/{id}/Number/", get(numbers))
            .route("/v1/Account/{id}/Number/{number}/", get(number).post(change_number))
            .route("/v1/Account/{id}/Application/", get(applications).post(new_application))
            .route("/v1/Account/{id}/Application/{application}/", post(change_application))
            .layer(Extension(Arc::new(Console::default())))
    }

    fn settings(&self, base: &str) -> Settings {
        let mut settings = Settings { base_url: Some(base.to_owned()), ..Settings::default() };
        settings.values.insert("auth_id".to_owned(), AUTH_ID.to_owned());
        settings.secrets.insert("auth_token".to_owned(), AUTH_TOKEN.into());
        settings
    }

    fn message(&self, route: &Route<'_>, said: &Said) -> Vec<Webhook> {
        vec![signed(route, route.secret("auth_token"), message(said))]
    }

    fn receipt(&self, route: &Route<'_>, message: &Recorded, news: News) -> Option<Webhook> {
        let (status, code) = match news {
            News::Sent => ("sent", "000"),
            News::Delivered => ("delivered", "000"),
            News::Failed(kind) => ("undelivered", code(kind)),
        };
        let time = jiff::Timestamp::from_millisecond(route.at).unwrap_or_default();
        let time = time.strftime("%Y-%m-%d %H:%M:%S.%6f").to_string();
        let fields = [
            ("MessageUUID", message.provider_id.as_str()),
            ("ParentMessageUUID", &message.provider_id),
            ("From", bare(&message.from)),
            ("To", bare(&message.to)),
            ("Type", if message.media_urls.is_empty() { "sms" } else { "mms" }),
            ("Status", status),
            ("ErrorCode", code),
            ("PartInfo", "1 of 1"),
            ("QueuedTime", &time),
            ("DeliveryReportTime", &time),
        ];
        Some(signed(route, route.secret("auth_token"), form(&fields)))
    }

    fn garbled(&self, route: &Route<'_>, said: &Said) -> Webhook {
        let body = form(&[("From", bare(&said.from)), ("To", bare(&said.to)), ("Te", "")]);
        signed(route, route.secret("auth_token"), body)
    }

    fn forged(&self, route: &Route<'_>, said: &Said) -> Option<Webhook> {
        Some(signed(route, "not-the-token", message(said)))
    }

    fn signed(&self, route: &Route<'_>, body: Bytes) -> Webhook {
        signed(route, route.secret("auth_token"), body)
    }

    fn refusals(&self) -> &'static [ErrorKind] {
        REFUSALS
    }

    fn losses(&self) -> &'static [ErrorKind] {
        LOSSES
    }
}

/// The reasons that a receipt of Plivo's tells.
const LOSSES: &[ErrorKind] = &[
    ErrorKind::InvalidPhoneNumber,
    ErrorKind::InvalidParameter,
    ErrorKind::PermissionDenied,
    ErrorKind::ServiceUnavailable,
    ErrorKind::FileTooLarge,
    ErrorKind::OptedOut,
    ErrorKind::Blocked,
    ErrorKind::Other,
];

/// The reasons that Plivo refuses a send for; [`refusal`] has its words.
const REFUSALS: &[ErrorKind] = &[
    ErrorKind::InvalidPhoneNumber,
    ErrorKind::InvalidParameter,
    ErrorKind::UnsupportedMedia,
    ErrorKind::AuthenticationFailed,
    ErrorKind::PermissionDenied,
    ErrorKind::TooManyRequests,
    ErrorKind::FileTooLarge,
    ErrorKind::Other,
];

/// Plivo's answer to a request that it does not carry out.
struct Problem {
    status: u16,
    words: &'static str,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        if self.status == 401 {
            // The one answer of Plivo's that is not JSON.
            return (StatusCode::UNAUTHORIZED, self.words).into_response();
        }
        json(self.status, &json!({ "api_id": uuid::Uuid::new_v4(), "error": self.words }))
    }
}

fn problem(status: u16, words: &'static str) -> Problem {
    Problem { status, words }
}

fn refusal(kind: ErrorKind) -> Problem {
    match kind {
        ErrorKind::InvalidPhoneNumber => problem(400, "dst parameter is invalid"),
        ErrorKind::InvalidParameter => problem(400, "text parameter is invalid"),
        ErrorKind::UnsupportedMedia => problem(400, "media_urls count exceeds the limit of 10"),
        ErrorKind::AuthenticationFailed => {
            problem(401, "Could not verify your access level for that URL.")
        }
        ErrorKind::PermissionDenied => {
            problem(403, "Geo permission to send messages to this region is not enabled")
        }
        ErrorKind::TooManyRequests => problem(429, "Too many requests"),
        ErrorKind::ServiceUnavailable => problem(503, "Service unavailable"),
        ErrorKind::FileTooLarge => problem(413, "media size is too large"),
        ErrorKind::OutsideWindow | ErrorKind::OptedOut | ErrorKind::Blocked | ErrorKind::Other => {
            problem(402, "insufficient credit")
        }
    }
}

/// Why a message was lost on its way.
fn code(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidPhoneNumber => "50",
        ErrorKind::InvalidParameter | ErrorKind::UnsupportedMedia => "10",
        ErrorKind::PermissionDenied | ErrorKind::AuthenticationFailed => "450",
        ErrorKind::ServiceUnavailable | ErrorKind::TooManyRequests => "20",
        ErrorKind::FileTooLarge => "120",
        ErrorKind::OptedOut => "200",
        ErrorKind::Blocked => "30",
        ErrorKind::OutsideWindow | ErrorKind::Other => "900",
    }
}

fn signed_in(stage: &Stage, headers: &HeaderMap, id: &str) -> Result<(), Problem> {
    let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let expected = format!("Basic {}", BASE64_STANDARD.encode(format!("{AUTH_ID}:{AUTH_TOKEN}")));
    if header != Some(expected.as_str()) || stage.conduct().faults.has(Fault::Refused) {
        return Err(refusal(ErrorKind::AuthenticationFailed));
    }
    if id == AUTH_ID { Ok(()) } else { Err(problem(404, "not found")) }
}

async fn account(
    State(stage): State<Arc<Stage>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers, &id)?;
    let shown = json!({ "api_id": uuid::Uuid::new_v4(), "auth_id": AUTH_ID,
                        "account_type": "standard", "cash_credits": "25.00000" });
    Ok(json(200, &shown))
}

#[derive(Deserialize)]
struct Submission {
    src: String,
    dst: String,
    text: Option<String>,
    r#type: String,
    #[serde(default)]
    media_urls: Vec<String>,
    url: Option<String>,
}

impl Submission {
    /// Checked as Plivo checks it.
    fn checked(self) -> Result<Recorded, Problem> {
        if !is_number(&self.dst) || self.src == self.dst {
            return Err(refusal(ErrorKind::InvalidPhoneNumber));
        }
        if self.media_urls.len() > 10 {
            return Err(refusal(ErrorKind::UnsupportedMedia));
        }
        let is_mms = !self.media_urls.is_empty();
        let text = self.text.filter(|text| !text.is_empty());
        let fits = text.as_ref().is_none_or(|text| text.chars().count() <= 1_600);
        if !fits || (text.is_none() && !is_mms) || (self.r#type == "mms") != is_mms {
            return Err(refusal(ErrorKind::InvalidParameter));
        }
        let status_url = self.url;
        Ok(Recorded {
            provider: "plivo",
            provider_id: uuid::Uuid::new_v4().to_string(),
            from: if is_number(&self.src) { format!("+{}", self.src) } else { self.src },
            to: format!("+{}", self.dst),
            text,
            media_urls: self.media_urls,
            // Our id is in the address, to which Plivo posts the receipt.
            our_id: None,
            status_url,
            taken: false,
            at: now(),
        })
    }
}

fn is_number(text: &str) -> bool {
    (7..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

async fn send(
    State(stage): State<Arc<Stage>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    submission: Result<Json<Submission>, JsonRejection>,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers, &id)?;
    let Json(submission) = submission.map_err(|_| problem(400, "invalid JSON"))?;
    let message = submission.checked()?;
    let answer = json!({ "api_id": uuid::Uuid::new_v4(), "message": "message(s) queued",
                         "message_uuid": [message.provider_id] });
    Ok(match stage.submit(message).await.1 {
        End::Yes => json(202, &answer),
        End::No(Verdict::RateLimited { retry_after }) => {
            let mut answer = refusal(ErrorKind::TooManyRequests).into_response();
            answer.headers_mut().insert(header::RETRY_AFTER, retry_after.into());
            answer
        }
        End::No(_) => return Err(refusal(ErrorKind::AuthenticationFailed)),
        End::Refused(kind) => return Err(refusal(kind)),
        End::Bare(status) => status.into_response(),
        End::Nothing => never().await,
    })
}

/// What a person sees in the account: numbers with their applications, applications with their
/// addresses for messages.
#[derive(Debug)]
struct Console {
    inner: Mutex<Shown>,
}

#[derive(Debug)]
struct Shown {
    numbers: BTreeMap<&'static str, Option<String>>,
    applications: BTreeMap<String, String>,
}

impl Default for Console {
    fn default() -> Self {
        let numbers = [("15555550100", Some(CALLS.to_owned())), ("15555550101", None)].into();
        let applications = [(CALLS.to_owned(), String::new())].into();
        Self { inner: Mutex::new(Shown { numbers, applications }) }
    }
}

impl Console {
    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn number_resource(number: &str, application: Option<&str>) -> Value {
    let application = application.map(|id| format!("/v1/Account/{AUTH_ID}/Application/{id}/"));
    json!({ "number": number, "alias": null, "application": application, "active": true,
            "sms_enabled": true, "mms_enabled": true, "country": "United States",
            "number_type": "local", "tendlc_registration_status": "COMPLETED" })
}

fn page(objects: &[Value]) -> Response {
    let meta = json!({ "limit": 20, "offset": 0, "next": null, "previous": null,
                       "total_count": objects.len() });
    json(200, &json!({ "api_id": uuid::Uuid::new_v4(), "meta": meta, "objects": objects }))
}

async fn numbers(
    State(stage): State<Arc<Stage>>,
    Extension(console): Extension<Arc<Console>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers, &id)?;
    let shown = console.shown();
    let each = shown.numbers.iter();
    let objects: Vec<_> = each.map(|(it, app)| number_resource(it, app.as_deref())).collect();
    Ok(page(&objects))
}

async fn number(
    State(stage): State<Arc<Stage>>,
    Extension(console): Extension<Arc<Console>>,
    Path((id, number)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers, &id)?;
    match console.shown().numbers.get(number.as_str()) {
        Some(application) => Ok(json(200, &number_resource(&number, application.as_deref()))),
        None => Err(problem(404, "not found")),
    }
}

#[derive(Deserialize)]
struct NumberChange {
    app_id: String,
}

async fn change_number(
    State(stage): State<Arc<Stage>>,
    Extension(console): Extension<Arc<Console>>,
    Path((id, number)): Path<(String, String)>,
    headers: HeaderMap,
    Json(change): Json<NumberChange>,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers, &id)?;
    let mut shown = console.shown();
    if !shown.applications.contains_key(&change.app_id) {
        return Err(problem(400, "app_id is invalid"));
    }
    match shown.numbers.get_mut(number.as_str()) {
        Some(application) => *application = Some(change.app_id),
        None => return Err(problem(404, "not found")),
    }
    Ok(json(202, &json!({ "message": "changed" })))
}

async fn applications(
    State(stage): State<Arc<Stage>>,
    Extension(console): Extension<Arc<Console>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers, &id)?;
    let shown = console.shown();
    let each = shown.applications.iter();
    let objects: Vec<_> =
        each.map(|(id, url)| json!({ "app_id": id, "message_url": url })).collect();
    Ok(page(&objects))
}

#[derive(Deserialize)]
struct ApplicationChange {
    message_url: String,
    message_method: String,
}

impl ApplicationChange {
    fn checked(self) -> Result<String, Problem> {
        let fits = self.message_method == "POST" && self.message_url.starts_with("http");
        if fits { Ok(self.message_url) } else { Err(problem(400, "message_url is not valid")) }
    }
}

async fn new_application(
    State(stage): State<Arc<Stage>>,
    Extension(console): Extension<Arc<Console>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(change): Json<ApplicationChange>,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers, &id)?;
    let (url, app_id) = (change.checked()?, uuid::Uuid::new_v4().simple().to_string());
    console.shown().applications.insert(app_id.clone(), url);
    Ok(json(201, &json!({ "message": "created", "app_id": app_id })))
}

async fn change_application(
    State(stage): State<Arc<Stage>>,
    Extension(console): Extension<Arc<Console>>,
    Path((id, application)): Path<(String, String)>,
    headers: HeaderMap,
    Json(change): Json<ApplicationChange>,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers, &id)?;
    let url = change.checked()?;
    match console.shown().applications.get_mut(&application) {
        Some(held) => *held = url,
        None => return Err(problem(404, "not found")),
    }
    Ok(json(202, &json!({ "message": "changed" })))
}

fn message(said: &Said) -> String {
    let count = said.media.len().to_string();
    let is_mms = !said.media.is_empty();
    let text = said.text.as_deref().unwrap_or_default();
    let mut fields = vec![
        ("From", bare(&said.from)),
        ("MessageIntent", ""),
        ("MessageUUID", &said.id),
        ("To", bare(&said.to)),
        ("Type", if is_mms { "mms" } else { "sms" }),
        (if is_mms { "Body" } else { "Text" }, text),
    ];
    let names: Vec<_> = (1..=said.media.len()).map(|place| format!("Media{place}")).collect();
    if is_mms {
        fields.push(("MediaCount", &count));
    }
    let files = names.iter().zip(&said.media);
    fields.extend(files.map(|(name, file)| (name.as_str(), file.url.as_str())));
    form(&fields)
}

fn form(fields: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

fn bare(address: &str) -> &str {
    address.strip_prefix('+').unwrap_or(address)
}

/// Signed as messages are (V2): the address without its query, and a nonce.
fn signed(route: &Route<'_>, token: &str, body: impl Into<Bytes>) -> Webhook {
    let nonce = uuid::Uuid::new_v4().simple().to_string();
    let address = route.url.split('?').next().unwrap_or_default();
    let mac = signature::hmac_sha256(token.as_bytes(), format!("{address}{nonce}").as_bytes());
    Webhook {
        headers: vec![
            ("content-type", "application/x-www-form-urlencoded".to_owned()),
            ("x-plivo-signature-v2", BASE64_STANDARD.encode(mac)),
            ("x-plivo-signature-v2-nonce", nonce),
        ],
        body: body.into(),
    }
}
