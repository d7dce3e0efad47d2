//! The simulated Apidaze: the key in the path, the secret in the query. Nothing is signed.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use deskbell_channels::exchange::ErrorKind;
use deskbell_channels::form::Settings;
use deskbell_channels::simulated::engine::{Fault, Verdict};
use serde_json::{Value, json};

use crate::provider::{News, Provider, Route};
use crate::stage::{End, Recorded, Stage, json, never, now};
use crate::webhook::{Said, Webhook};

const API_KEY: &str = "simulated-key";
const SECRET: &str = "simulated+secret/=";

/// The provider "Apidaze".
#[derive(Debug)]
pub struct Apidaze;

impl Provider for Apidaze {
    fn id(&self) -> &'static str {
        "apidaze"
    }

    fn router(&self) -> Router<Arc<Stage>> {
        Router::new()
            .route("/{api_key}/sms/send", post(send))
            .route("/{api_key}/validates", get(validates))
    }

    fn settings(&self, base: &str) -> Settings {
        let mut settings = Settings { base_url: Some(base.to_owned()), ..Settings::default() };
        settings.values.insert("api_key".to_owned(), API_KEY.to_owned());
        settings.secrets.insert("api_secret".to_owned(), SECRET.into());
        settings
    }

    fn message(&self, _: &Route<'_>, said: &Said) -> Vec<Webhook> {
        vec![told(message(said).to_string())]
    }

    fn receipt(&self, _: &Route<'_>, _: &Recorded, _: News) -> Option<Webhook> {
        None
    }

    fn garbled(&self, _: &Route<'_>, said: &Said) -> Webhook {
        told(Webhook::halved(&message(said).to_string()).to_owned())
    }

    fn forged(&self, _: &Route<'_>, _: &Said) -> Option<Webhook> {
        None
    }

    fn refusals(&self) -> &'static [ErrorKind] {
        REFUSALS
    }
}

fn told(body: String) -> Webhook {
    Webhook { headers: vec![("content-type", "application/json".to_owned())], body: body.into() }
}

fn message(said: &Said) -> Value {
    let mut body = json!({
        "type": "SMS",
        "caller_id_number": bare(&said.from),
        "destination_number": bare(&said.to),
        "text": said.text.as_deref().unwrap_or_default(),
    });
    if let Some(members) = body.as_object_mut() {
        if !said.id.is_empty() {
            members.insert("id".to_owned(), json!(said.id));
        }
        if !said.media.is_empty() {
            let urls: Vec<_> = said.media.iter().map(|file| file.url.as_str()).collect();
            members.insert("media_urls".to_owned(), json!(urls));
        }
    }
    body
}

fn bare(number: &str) -> &str {
    number.strip_prefix('+').unwrap_or(number)
}

/// The reasons that Apidaze refuses a send for; [`refusal`] has its words.
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

fn refusal(kind: ErrorKind) -> Response {
    let (status, code, words) = match kind {
        ErrorKind::InvalidPhoneNumber => (400, "E_BAD_REQUEST", "Invalid destination number"),
        ErrorKind::InvalidParameter => {
            (400, "E_BAD_REQUEST", "The request cannot be fulfilled due to bad syntax")
        }
        ErrorKind::UnsupportedMedia => (415, "E_MEDIA", "This type of media is not supported"),
        ErrorKind::FileTooLarge => (413, "E_TOO_LARGE", "The file is too large"),
        ErrorKind::AuthenticationFailed => {
            (404, "E_NOT_FOUND", "api secret and api key are not a pair")
        }
        ErrorKind::PermissionDenied => (403, "E_FORBIDDEN", "Not allowed"),
        ErrorKind::TooManyRequests => (429, "E_TOO_MANY", "Slow down"),
        ErrorKind::OptedOut => (400, "E_BAD_REQUEST", "The subscriber has opted out"),
        ErrorKind::Blocked => (400, "E_BAD_REQUEST", "The message was blocked"),
        ErrorKind::ServiceUnavailable | ErrorKind::OutsideWindow | ErrorKind::Other => {
            (404, "E_NOT_FOUND", "No record found with the specified `id`.")
        }
    };
    json(status, &json!({ "code": code, "message": words }))
}

type Pairs = HashMap<String, String>;

fn is_pair(stage: &Stage, api_key: &str, query: &Pairs) -> bool {
    let secret = query.get("api_secret").map(String::as_str);
    (api_key, secret) == (API_KEY, Some(SECRET)) && !stage.conduct().faults.has(Fault::Refused)
}

async fn validates(
    State(stage): State<Arc<Stage>>,
    Path(api_key): Path<String>,
    Query(query): Query<Pairs>,
) -> Response {
    if is_pair(&stage, &api_key, &query) {
        json(200, &json!({ "global": "Authentication succeeded" }))
    } else {
        refusal(ErrorKind::AuthenticationFailed)
    }
}

async fn send(
    State(stage): State<Arc<Stage>>,
    Path(api_key): Path<String>,
    Query(query): Query<Pairs>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !is_pair(&stage, &api_key, &query) {
        return refusal(ErrorKind::AuthenticationFailed);
    }
    let Some(message) = submission(&headers, &body) else {
        return refusal(ErrorKind::InvalidParameter);
    };
    if !is_number(&message.to) {
        return refusal(ErrorKind::InvalidPhoneNumber);
    }
    let message = Recorded {
        from: if is_number(&message.from) { format!("+{}", message.from) } else { message.from },
        to: format!("+{}", message.to),
        ..message
    };
    let details = json!({ "uuid": message.provider_id });
    match stage.submit(message).await.1 {
        End::Yes => {
            json(200, &json!({ "ok": true, "message": "Message sent", "details": details }))
        }
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

/// A text comes as a form, a file as JSON; a text is never missing.
fn submission(headers: &HeaderMap, body: &[u8]) -> Option<Recorded> {
    let is_form = headers.get(header::CONTENT_TYPE)?.to_str().ok()?.contains("form");
    let fields: Value = if is_form {
        let pairs = form_urlencoded::parse(body).into_owned();
        pairs.map(|(name, value)| (name, Value::String(value))).collect()
    } else {
        serde_json::from_slice(body).ok()?
    };
    let field = |name: &str| {
        fields.get(name)?.as_str().filter(|value| !value.is_empty()).map(str::to_owned)
    };
    let urls = fields.get("media_urls").and_then(Value::as_array).into_iter().flatten();
    let media_urls: Vec<_> = urls.filter_map(|url| url.as_str().map(str::to_owned)).collect();
    if media_urls.is_empty() == (field("message_type").as_deref() == Some("MMS")) {
        return None;
    }
    Some(Recorded {
        provider: "apidaze",
        provider_id: uuid::Uuid::new_v4().to_string(),
        from: field("from")?,
        to: field("to")?,
        text: Some(field("body")?),
        media_urls,
        status_url: None,
        our_id: None,
        taken: false,
        at: now(),
    })
}

fn is_number(text: &str) -> bool {
    (5..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
