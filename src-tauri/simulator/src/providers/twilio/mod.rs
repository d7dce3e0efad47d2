//! The simulated Twilio: account, sending, listing, media, numbers, and signed status callbacks.
//!
//! Any account works; the Auth Token that signs callbacks is the one that came with the send.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use deskbell_channels::exchange::{ErrorKind, ReceiptStatus};
use deskbell_channels::form::Settings;
use deskbell_channels::simulated::engine::{self, Fault, Verdict};
use serde_json::{Value, json};

use crate::provider::{News, Provider, Route};
use crate::stage::{Conduct, End, Recorded, Stage, json, never, now};
use crate::webhook::{self, Said, Webhook};

mod calls;
mod numbers;
mod told;

pub use told::{TwilioAccount, twilio_garbled, twilio_message, twilio_receipt};

const SID: &str = "account_sid";
const AUTH_TOKEN: &str = "auth_token";

/// The provider "Twilio".
#[derive(Debug)]
pub struct Twilio;

impl Provider for Twilio {
    fn id(&self) -> &'static str {
        "twilio"
    }

    fn router(&self) -> Router<Arc<Stage>> {
        let messages = "/2010-04-01/Accounts/{account}/Messages";
        let numbers = "/2010-04-01/Accounts/{account}/IncomingPhoneNumbers";
        Router::new()
            .route("/2010-04-01/Accounts/{account}", get(account))
            .route(&format!("{messages}.json"), get(list).post(send))
            .route(&format!("{messages}/{{message}}/Media/{{media}}"), get(media))
            .route("/2010-04-01/Accounts/{account}/Calls.json", post(calls::dial))
            .route(&format!("{numbers}.json"), get(numbers::list))
            .route(&format!("{numbers}/{{number}}"), post(numbers::change))
            .layer(Extension(Arc::new(numbers::Webhooks::default())))
            .layer(middleware::from_fn(dated))
    }

    fn settings(&self, base: &str) -> Settings {
        let mut settings = Settings { base_url: Some(base.to_owned()), ..Settings::default() };
        settings.values.insert(SID.to_owned(), "ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".to_owned());
        settings.secrets.insert(AUTH_TOKEN.to_owned(), "simulated-auth-token".into());
        settings
    }

    fn media_url(&self, base: &str, settings: &Settings, name: &str) -> String {
        let sid = settings.value(SID).unwrap_or_default();
        format!("{base}/2010-04-01/Accounts/{sid}/Messages/MM0/Media/{name}")
    }

    fn message(&self, route: &Route<'_>, said: &Said) -> Vec<Webhook> {
        vec![twilio_message(&TwilioAccount::of(route), route.url, said)]
    }

    fn receipt(&self, route: &Route<'_>, message: &Recorded, news: News) -> Option<Webhook> {
        let (status, code) = match news {
            News::Sent => ("sent", None),
            News::Delivered => ("delivered", None),
            News::Failed(kind) => ("undelivered", Some(lost(kind))),
        };
        Some(twilio_receipt(&TwilioAccount::of(route), route.url, message, status, code))
    }

    fn garbled(&self, route: &Route<'_>, _said: &Said) -> Webhook {
        twilio_garbled(&TwilioAccount::of(route), route.url)
    }

    fn forged(&self, route: &Route<'_>, said: &Said) -> Option<Webhook> {
        let auth_token = "not-the-auth-token".to_owned();
        let stranger = TwilioAccount { auth_token, ..TwilioAccount::of(route) };
        Some(twilio_message(&stranger, route.url, said))
    }

    fn signed(&self, route: &Route<'_>, body: Bytes) -> Webhook {
        told::signed(&TwilioAccount::of(route), route.url, body)
    }

    fn refusals(&self) -> &'static [ErrorKind] {
        REFUSALS
    }

    fn losses(&self) -> &'static [ErrorKind] {
        LOSSES
    }
}

/// The reasons that a receipt of Twilio's tells.
const LOSSES: &[ErrorKind] = &[
    ErrorKind::InvalidPhoneNumber,
    ErrorKind::UnsupportedMedia,
    ErrorKind::PermissionDenied,
    ErrorKind::TooManyRequests,
    ErrorKind::OptedOut,
    ErrorKind::Blocked,
    ErrorKind::Other,
];

/// The reasons that Twilio refuses a send for; [`refusal`] has its words.
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

fn refusal(kind: ErrorKind) -> Problem {
    match kind {
        ErrorKind::InvalidPhoneNumber => wrong(21211, "Invalid 'To' Phone Number"),
        ErrorKind::InvalidParameter => {
            wrong(21617, "The concatenated message body exceeds the 1600 character limit")
        }
        ErrorKind::UnsupportedMedia => wrong(21620, "Invalid media URL(s)"),
        ErrorKind::AuthenticationFailed => WHO,
        ErrorKind::PermissionDenied => {
            wrong(21408, "Permission to send an SMS has not been enabled for the region")
        }
        ErrorKind::TooManyRequests => MANY,
        ErrorKind::ServiceUnavailable => {
            Problem { status: 503, code: 20503, message: "Service unavailable" }
        }
        ErrorKind::FileTooLarge => wrong(11751, "Media message - media exceeds the size limit"),
        ErrorKind::OptedOut => wrong(21610, "Attempt to send to unsubscribed recipient"),
        ErrorKind::Blocked => wrong(21618, "The message body cannot be sent"),
        ErrorKind::OutsideWindow => wrong(63016, "Outside the messaging window"),
        ErrorKind::Other => {
            Problem { status: 404, code: 20404, message: "The requested resource was not found" }
        }
    }
}

/// The code of a message that was lost on its way.
fn lost(kind: ErrorKind) -> u32 {
    match kind {
        ErrorKind::InvalidPhoneNumber => 30006,
        ErrorKind::Blocked => 30007,
        ErrorKind::OptedOut => 21610,
        ErrorKind::TooManyRequests => 30022,
        ErrorKind::UnsupportedMedia => 30011,
        ErrorKind::PermissionDenied => 30034,
        _ => 30003,
    }
}

/// Every answer tells the time of Twilio's clock.
async fn dated(Extension(stage): Extension<Arc<Stage>>, request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let date = time(now() + stage.conduct().clock_ahead_ms)
        .and_then(|time| time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string().parse().ok());
    if let Some(date) = date {
        answer.headers_mut().insert(header::DATE, date);
    }
    answer
}

/// Twilio's answer to a request that it does not carry out.
struct Problem {
    status: u16,
    code: u32,
    message: &'static str,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self { status, code, message } = self;
        let more_info = format!("https://www.twilio.com/docs/errors/{code}");
        json(
            status,
            &json!({ "code": code, "message": message, "more_info": more_info, "status": status }),
        )
    }
}

const WHO: Problem = Problem { status: 401, code: 20003, message: "Authenticate" };

const MANY: Problem = Problem { status: 429, code: 20429, message: "Too Many Requests" };

const fn wrong(code: u32, message: &'static str) -> Problem {
    Problem { status: 400, code, message }
}

/// The account and token of a request.
fn signed_in(stage: &Stage, headers: &HeaderMap, sid: &str) -> Result<TwilioAccount, Problem> {
    if stage.conduct().faults.has(Fault::Refused) {
        return Err(WHO);
    }
    let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let pair = header
        .and_then(|value| BASE64_STANDARD.decode(value.strip_prefix("Basic ")?).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    match pair.as_deref().and_then(|pair| pair.split_once(':')) {
        Some((user, token)) if user == sid && !token.is_empty() => {
            Ok(TwilioAccount { sid: sid.to_owned(), auth_token: token.to_owned() })
        }
        _ => Err(WHO),
    }
}

async fn account(
    State(stage): State<Arc<Stage>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Some(sid) = file.strip_suffix(".json") else {
        return Err(Problem { status: 404, code: 20404, message: "The resource was not found" });
    };
    let account = signed_in(&stage, &headers, sid)?;
    let shown = json!({
        "sid": account.sid,
        "auth_token": account.auth_token,
        "friendly_name": "Simulated account",
        "owner_account_sid": account.sid,
        "status": stage.conduct().account_status,
        "type": "Full",
    });
    Ok(json(200, &shown))
}

async fn send(
    State(stage): State<Arc<Stage>>,
    Path(sid): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let account = signed_in(&stage, &headers, &sid)?;
    let message = submission(&body)?;
    let (taken, end) = stage.submit(message.clone()).await;
    let answer = json(201, &resource(&sid, &message, &stage.conduct()));
    if taken {
        // Also of a message of which nobody heard that it was taken.
        call_back(stage, account, message);
    }
    match end {
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

/// A send as a form, checked as Twilio checks it.
fn submission(body: &[u8]) -> Result<Recorded, Problem> {
    let fields: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
    let all = |name: &str| {
        fields.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    };
    let one = |name: &str| -> Option<String> {
        let values: Vec<String> = all(name);
        values.into_iter().find(|value| !value.is_empty())
    };
    let to = one("To").ok_or_else(|| wrong(21604, "A 'To' phone number is required."))?;
    if !is_number(&to) {
        return Err(wrong(21211, "Invalid 'To' Phone Number"));
    }
    let from = one("From");
    if from.is_none() && one("MessagingServiceSid").is_none() {
        return Err(wrong(21603, "A 'From' phone number is required."));
    }
    let (text, media_urls): (_, Vec<String>) = (one("Body"), all("MediaUrl"));
    if text.is_none() && media_urls.is_empty() {
        return Err(wrong(21602, "Message body is required."));
    }
    if text.as_ref().is_some_and(|text| text.chars().count() > 1600) {
        return Err(wrong(21617, "The concatenated message body exceeds the 1600 character limit"));
    }
    let prefix = if media_urls.is_empty() { "SM" } else { "MM" };
    Ok(Recorded {
        provider: "twilio",
        provider_id: format!("{prefix}{}", uuid::Uuid::new_v4().simple()),
        from: from.unwrap_or_default(),
        to,
        text,
        media_urls,
        status_url: one("StatusCallback"),
        our_id: None,
        taken: false,
        at: now(),
    })
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (5..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The message as the API shows it.
fn resource(account: &str, message: &Recorded, conduct: &Conduct) -> Value {
    let date = time(message.at + conduct.clock_ahead_ms)
        .map(|time| time.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string());
    json!({
        "sid": message.provider_id,
        "account_sid": account,
        "api_version": "2010-04-01",
        "body": conduct.alter_text.of(message.text.as_deref().unwrap_or_default()),
        "date_created": date,
        "date_sent": null,
        "date_updated": date,
        "direction": "outbound-api",
        "error_code": null,
        "error_message": null,
        "from": Some(message.from.as_str()).filter(|from| !from.is_empty()),
        "num_media": message.media_urls.len().to_string(),
        "num_segments": "1",
        "status": "queued",
        "to": message.to,
        "uri": format!("/2010-04-01/Accounts/{account}/Messages/{}.json", message.provider_id),
    })
}

fn time(at: i64) -> Option<jiff::Timestamp> {
    jiff::Timestamp::from_millisecond(at).ok()
}

async fn list(
    State(stage): State<Arc<Stage>>,
    Path(sid): Path<String>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers, &sid)?;
    let conduct = stage.conduct();
    // What is listed here still waits: it has no day of sending, so no day fits.
    let by_day = query.keys().any(|name| name.starts_with("DateSent"));
    let fits = |message: &Recorded| {
        message.provider == "twilio"
            && message.taken
            && !by_day
            && query.get("To").is_none_or(|to| *to == message.to)
            && query.get("From").is_none_or(|from| *from == message.from)
    };
    let size = query.get("PageSize").and_then(|size| size.parse().ok()).unwrap_or(50).min(1_000);
    let fitting: Vec<Recorded> = stage.sent().into_iter().rev().filter(fits).collect();
    let newest_first = fitting.iter().take(size);
    let messages: Vec<Value> =
        newest_first.map(|message| resource(&sid, message, &conduct)).collect();
    let next = (fitting.len() > size).then(|| {
        format!("/2010-04-01/Accounts/{sid}/Messages.json?PageSize={size}&Page=1&PageToken=PA1")
    });
    let shown =
        json!({ "messages": messages, "page": 0, "page_size": size, "next_page_uri": next });
    Ok(json(200, &shown))
}

/// Twilio answers with the place of the file, on another path here, on another host there.
async fn media(
    State(stage): State<Arc<Stage>>,
    Path((sid, _message, media)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Redirect, Problem> {
    signed_in(&stage, &headers, &sid)?;
    Ok(Redirect::temporary(&format!("/media/{media}.png")))
}

/// Tells the desk what became of a message, if it asked.
fn call_back(stage: Arc<Stage>, account: TwilioAccount, message: Recorded) {
    let Some(url) = message.status_url.clone() else { return };
    let conduct = stage.conduct();
    let steps = engine::receipt_steps(&conduct.faults);
    tokio::spawn(async move {
        let mut elapsed = 0;
        for step in steps {
            let due = step.after_ms * conduct.receipt_percent / 100;
            let wait = Duration::from_millis(due.saturating_sub(elapsed));
            elapsed = due;
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = stage.stop.cancelled() => return,
            }
            let (status, error_code) = match step.status {
                ReceiptStatus::Sent => ("sent", None),
                ReceiptStatus::Delivered => ("delivered", None),
                ReceiptStatus::Read => ("read", None),
                ReceiptStatus::Failed(_) => ("undelivered", Some(30003)),
            };
            let news = twilio_receipt(&account, &url, &message, status, error_code);
            let target = webhook::rewritten(&url, conduct.callback_to);
            if let Err(error) = news.deliver(&stage.client, &target).await {
                tracing::warn!(%error, "a status callback did not arrive");
            }
        }
    });
}
