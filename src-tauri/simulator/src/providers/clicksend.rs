//! The simulated ClickSend: messages, account, numbers and rules. It signs nothing.
//!
//! One account with two numbers, one of which is not registered yet.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::rejection::JsonRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Extension, Json, Router};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use deskbell_channels::exchange::ErrorKind;
use deskbell_channels::form::Settings;
use deskbell_channels::simulated::engine::{Fault, Verdict};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::provider::{News, Provider, Route};
use crate::stage::{End, Recorded, Stage, json, never, now};
use crate::webhook::{Said, Webhook};

const USERNAME: &str = "simulated";
const API_KEY: &str = "SIMULATED-API-KEY";
const USER_ID: u32 = 304_497;

/// The provider "ClickSend".
#[derive(Debug)]
pub struct ClickSend;

impl Provider for ClickSend {
    fn id(&self) -> &'static str {
        "clicksend"
    }

    fn router(&self) -> Router<Arc<Stage>> {
        Router::new()
            .route("/v3/sms/send", post(send))
            .route("/v3/mms/send", post(send))
            .route("/v3/sms/history", get(history))
            .route("/v3/account", get(account))
            .route("/v3/numbers", get(numbers))
            .route("/v3/automations/sms/{list}", get(rules).post(new_rule))
            .route("/v3/automations/sms/{list}/{id}", put(change_rule))
            .layer(Extension(Arc::new(Rules::default())))
    }

    fn settings(&self, base: &str) -> Settings {
        let mut settings = Settings { base_url: Some(base.to_owned()), ..Settings::default() };
        settings.values.insert("username".to_owned(), USERNAME.to_owned());
        settings.values.insert("user_id".to_owned(), USER_ID.to_string());
        settings.secrets.insert("api_key".to_owned(), API_KEY.into());
        settings
    }

    fn message(&self, route: &Route<'_>, said: &Said) -> Vec<Webhook> {
        vec![told(message(route, said).to_string())]
    }

    fn receipt(&self, route: &Route<'_>, message: &Recorded, news: News) -> Option<Webhook> {
        let (status, words, error) = match news {
            News::Sent => ("200", "Success: Message sent.", None),
            News::Delivered => ("201", "Success: Message received on handset.", None),
            News::Failed(kind) => ("301", "Delivery Failure", Some(lost(kind))),
        };
        let seconds = route.at.div_euclid(1_000);
        let body = json!({
            "timestamp_send": seconds,
            "timestamp": seconds,
            "message_id": message.provider_id,
            "status_code": status,
            "status_text": words,
            "error_code": error.map(|_| "301"),
            "error_text": error,
            "custom_string": message.our_id,
            "subaccount_id": 1,
            "message_type": if message.media_urls.is_empty() { "sms" } else { "mms" },
        });
        Some(told(body.to_string()))
    }

    fn garbled(&self, route: &Route<'_>, said: &Said) -> Webhook {
        told(Webhook::halved(&message(route, said).to_string()).to_owned())
    }

    fn forged(&self, _: &Route<'_>, _: &Said) -> Option<Webhook> {
        None
    }

    fn signed(&self, _: &Route<'_>, body: Bytes) -> Webhook {
        told(body)
    }

    fn refusals(&self) -> &'static [ErrorKind] {
        REFUSALS
    }

    fn losses(&self) -> &'static [ErrorKind] {
        LOSSES
    }
}

/// The reasons that a receipt of ClickSend's tells.
const LOSSES: &[ErrorKind] =
    &[ErrorKind::InvalidPhoneNumber, ErrorKind::OptedOut, ErrorKind::Blocked, ErrorKind::Other];

/// The reasons that ClickSend refuses a send for; [`refusal`] has its words.
const REFUSALS: &[ErrorKind] = &[
    ErrorKind::InvalidPhoneNumber,
    ErrorKind::InvalidParameter,
    ErrorKind::UnsupportedMedia,
    ErrorKind::AuthenticationFailed,
    ErrorKind::PermissionDenied,
    ErrorKind::TooManyRequests,
    ErrorKind::FileTooLarge,
    ErrorKind::OptedOut,
    ErrorKind::Other,
];

/// Some refusals come with a yes for the request and a status for the message.
fn refusal(kind: ErrorKind, message: &Recorded) -> Response {
    let status = match kind {
        ErrorKind::InvalidPhoneNumber => "INVALID_RECIPIENT",
        ErrorKind::PermissionDenied => "COUNTRY_NOT_ENABLED",
        ErrorKind::OptedOut | ErrorKind::Blocked => "RECIPIENT_OPT_OUT",
        ErrorKind::OutsideWindow | ErrorKind::Other => "INSUFFICIENT_CREDIT",
        ErrorKind::InvalidParameter => return wrong("The messages field is required."),
        ErrorKind::UnsupportedMedia => return wrong("The media file is invalid."),
        ErrorKind::FileTooLarge => return wrong("The media file size exceeds 250 kB."),
        ErrorKind::AuthenticationFailed => return stranger().into_response(),
        ErrorKind::TooManyRequests => {
            return problem(429, "TOO_MANY_REQUESTS", "Rate limit exceeded.").into_response();
        }
        ErrorKind::ServiceUnavailable => {
            let words = "Something went wrong.";
            return problem(500, "INTERNAL_SERVER_ERROR", words).into_response();
        }
    };
    handled(message, status)
}

fn wrong(words: &'static str) -> Response {
    problem(400, "BAD_REQUEST", words).into_response()
}

fn stranger() -> Problem {
    problem(401, "UNAUTHORIZED", "Authorization failed. Please check your username and API key.")
}

/// ClickSend's answer to a request that it does not carry out.
struct Problem {
    status: u16,
    code: &'static str,
    words: &'static str,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self { status, code, words } = self;
        let body = json!({ "http_code": status, "response_code": code, "response_msg": words,
                           "data": null });
        json(status, &body)
    }
}

fn problem(status: u16, code: &'static str, words: &'static str) -> Problem {
    Problem { status, code, words }
}

fn data(words: &str, data: &Value) -> Response {
    let body = json!({ "http_code": 200, "response_code": "SUCCESS", "response_msg": words,
                       "data": data });
    json(200, &body)
}

/// Why a message was lost on its way.
fn lost(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::InvalidPhoneNumber => "Invalid destination number",
        ErrorKind::OptedOut => "Recipient has opted out",
        ErrorKind::Blocked => "Blocked by the carrier",
        ErrorKind::InvalidParameter
        | ErrorKind::UnsupportedMedia
        | ErrorKind::AuthenticationFailed
        | ErrorKind::PermissionDenied
        | ErrorKind::TooManyRequests
        | ErrorKind::ServiceUnavailable
        | ErrorKind::FileTooLarge
        | ErrorKind::OutsideWindow
        | ErrorKind::Other => "Undelivered",
    }
}

fn signed_in(stage: &Stage, headers: &HeaderMap) -> Result<(), Problem> {
    let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let expected = format!("Basic {}", BASE64_STANDARD.encode(format!("{USERNAME}:{API_KEY}")));
    if header == Some(expected.as_str()) && !stage.conduct().faults.has(Fault::Refused) {
        return Ok(());
    }
    Err(stranger())
}

#[derive(Deserialize)]
struct Submission {
    media_file: Option<String>,
    messages: Vec<Message>,
}

#[derive(Deserialize)]
struct Message {
    from: String,
    to: String,
    body: String,
    subject: Option<String>,
    custom_string: Option<String>,
}

impl Submission {
    /// Checked as ClickSend checks it.
    fn checked(mut self) -> Result<Recorded, Problem> {
        let needs = |words| problem(400, "BAD_REQUEST", words);
        let message =
            self.messages.pop().ok_or_else(|| needs("The messages field is required."))?;
        let subject = message.subject.filter(|subject| !subject.is_empty());
        if self.media_file.is_some() && subject.is_none_or(|subject| subject.chars().count() > 20) {
            return Err(needs("The subject field is required, and 20 characters at most."));
        }
        if message.body.is_empty() {
            return Err(needs("The body field is required."));
        }
        Ok(Recorded {
            provider: "clicksend",
            provider_id: uuid::Uuid::new_v4().to_string().to_uppercase(),
            from: message.from,
            to: message.to,
            text: Some(message.body),
            media_urls: self.media_file.into_iter().collect(),
            status_url: None,
            our_id: message.custom_string,
            taken: false,
            at: now(),
        })
    }
}

async fn send(
    State(stage): State<Arc<Stage>>,
    headers: HeaderMap,
    submission: Result<Json<Submission>, JsonRejection>,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers)?;
    let Json(submission) =
        submission.map_err(|_| problem(400, "BAD_REQUEST", "The request is not valid JSON."))?;
    let message = submission.checked()?;
    Ok(match stage.submit(message.clone()).await.1 {
        End::Yes => handled(&message, "SUCCESS"),
        End::No(Verdict::RateLimited { retry_after }) => {
            let mut answer = refusal(ErrorKind::TooManyRequests, &message);
            answer.headers_mut().insert(header::RETRY_AFTER, retry_after.into());
            answer
        }
        End::No(_) => return Err(stranger()),
        End::Refused(kind) => refusal(kind, &message),
        End::Bare(status) => status.into_response(),
        End::Nothing => never().await,
    })
}

/// The answer to a request with one message, which was taken or not.
fn handled(message: &Recorded, status: &str) -> Response {
    let shown = json!({
        "direction": "out",
        "to": message.to,
        "from": message.from,
        "body": message.text,
        "message_id": message.provider_id,
        "message_parts": 1,
        "custom_string": message.our_id,
        "status": status,
    });
    let queued = u8::from(status == "SUCCESS");
    let all = json!({ "total_count": 1, "queued_count": queued, "messages": [shown],
                      "blocked_count": 0 });
    data("Messages queued for delivery.", &all)
}

async fn account(State(stage): State<Arc<Stage>>, headers: HeaderMap) -> Result<Response, Problem> {
    signed_in(&stage, &headers)?;
    let shown = json!({ "user_id": USER_ID, "username": USERNAME, "active": 1, "banned": 0,
                        "balance": "12.340000" });
    Ok(data("Here's your data.", &shown))
}

/// Texts that were taken; the history of MMS does not tell the desk's id.
async fn history(
    State(stage): State<Arc<Stage>>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers)?;
    let from: i64 = query.get("date_from").and_then(|from| from.parse().ok()).unwrap_or(0);
    let sent = stage.sent().into_iter().filter(|it| it.provider == "clicksend" && it.taken);
    let texts = sent.filter(|it| it.media_urls.is_empty() && it.at >= from * 1_000);
    let shown = |it: Recorded| {
        json!({ "direction": "out", "date": it.at / 1_000, "to": it.to, "from": it.from,
                "body": it.text, "status": "Sent", "message_id": it.provider_id,
                "custom_string": it.our_id })
    };
    Ok(page(&texts.map(shown).collect::<Vec<_>>()))
}

/// A list as ClickSend gives it, all on one page.
fn page(entries: &[Value]) -> Response {
    let shown = json!({ "total": entries.len(), "per_page": 100, "current_page": 1,
                        "last_page": 1, "data": entries });
    data("Here are your records.", &shown)
}

async fn numbers(State(stage): State<Arc<Stage>>, headers: HeaderMap) -> Result<Response, Problem> {
    signed_in(&stage, &headers)?;
    let number = |number: &str, value: u8, words: &str| {
        json!({ "dedicated_number": number, "country": "US", "type": "sms",
                "status": { "value": value, "description": words } })
    };
    Ok(page(&[
        number("+15555550100", 0, "Your number is ready to go."),
        number("+15555550101", 1, "Your number is unregistered."),
    ]))
}

/// The rules of the account, by list and id.
#[derive(Debug, Default)]
struct Rules {
    held: Mutex<BTreeMap<(String, u64), Value>>,
}

impl Rules {
    fn held(&self) -> MutexGuard<'_, BTreeMap<(String, u64), Value>> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, list: String, id: u64, mut rule: Value) -> Response {
        let name = if list == "inbound" { "inbound_rule_id" } else { "receipt_rule_id" };
        if let Some(rule) = rule.as_object_mut() {
            rule.insert(name.to_owned(), json!(id));
        }
        let answer = data("The rule has been saved.", &rule);
        self.held().insert((list, id), rule);
        answer
    }
}

async fn rules(
    State(stage): State<Arc<Stage>>,
    Extension(rules): Extension<Arc<Rules>>,
    Path(list): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers)?;
    let held = rules.held();
    let of_list = held.iter().filter(|((name, _), _)| *name == list);
    Ok(page(&of_list.map(|(_, rule)| rule.clone()).collect::<Vec<_>>()))
}

async fn new_rule(
    State(stage): State<Arc<Stage>>,
    Extension(rules): Extension<Arc<Rules>>,
    Path(list): Path<String>,
    headers: HeaderMap,
    Json(rule): Json<Value>,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers)?;
    let id = rules.held().keys().map(|(_, id)| id + 1).max().unwrap_or(1);
    Ok(rules.keep(list, id, rule))
}

async fn change_rule(
    State(stage): State<Arc<Stage>>,
    Extension(rules): Extension<Arc<Rules>>,
    Path((list, id)): Path<(String, u64)>,
    headers: HeaderMap,
    Json(rule): Json<Value>,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers)?;
    if !rules.held().contains_key(&(list.clone(), id)) {
        return Err(problem(404, "NOT_FOUND", "Record not found."));
    }
    Ok(rules.keep(list, id, rule))
}

/// An MMS holds one file: of several, the first.
fn message(route: &Route<'_>, said: &Said) -> Value {
    let text = said.text.as_deref().unwrap_or_default();
    let mut body = json!({
        "originalsenderid": said.to,
        "body": text,
        "message": text,
        "sms": said.from,
        "from": said.from,
        "to": said.to,
        "timestamp": route.at.div_euclid(1_000),
        "message_id": said.id,
        "original_message_id": "",
        "original_body": "",
        "user_id": USER_ID,
        "subaccount_id": 1,
        "custom_string": "",
    });
    if let (Some(file), Some(body)) = (said.media.first(), body.as_object_mut()) {
        body.insert("media_file_url".to_owned(), json!(file.url));
    }
    body
}

fn told(body: impl Into<Bytes>) -> Webhook {
    let headers = vec![("content-type", "application/json".to_owned())];
    Webhook { headers, body: body.into() }
}
