//! The simulated VoiceMeUp: one method, HTTP 200 for no as for yes, and a picture with a text told
//! in pieces. Nothing is signed.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Form, Router};
use deskbell_channels::exchange::{ErrorKind, Millis};
use deskbell_channels::form::Settings;
use deskbell_channels::simulated::engine::{Fault, Verdict};
use serde_json::{Value, json};

use crate::provider::{News, Provider, Route};
use crate::stage::{End, Recorded, Stage, json, never, now};
use crate::webhook::{Said, Webhook};

const USERNAME: &str = "simulated-user";
const AUTH_TOKEN: &str = "simulated-auth-token";
/// The entry of the log that every message begins with.
const LOG: usize = 5_237_355;

/// The provider "VoiceMeUp".
#[derive(Debug)]
pub struct VoiceMeUp;

impl Provider for VoiceMeUp {
    fn id(&self) -> &'static str {
        "voicemeup"
    }

    fn router(&self) -> Router<Arc<Stage>> {
        Router::new().route("/queue_sms", post(send))
    }

    fn settings(&self, base: &str) -> Settings {
        let mut settings = Settings { base_url: Some(base.to_owned()), ..Settings::default() };
        settings.values.insert("username".to_owned(), USERNAME.to_owned());
        settings.secrets.insert("auth_token".to_owned(), AUTH_TOKEN.into());
        settings
    }

    /// A text with files: first the text with a page around it, then every file by itself.
    fn message(&self, route: &Route<'_>, said: &Said) -> Vec<Webhook> {
        let mut pieces = Vec::new();
        if said.text.is_some() || said.media.is_empty() {
            let page = ("https://clients.voicemeup.com/file/simulated.mms.html", "text/html");
            let page = (!said.media.is_empty()).then_some(page);
            pieces.push((said.text.as_deref(), page));
        }
        for file in &said.media {
            let content_type = file.content_type.as_deref().unwrap_or("image/png");
            pieces.push((None, Some((file.url.as_str(), content_type))));
        }
        let told = pieces.into_iter().enumerate().map(|(index, (text, attachment))| {
            let hash = match index {
                0 => said.id.clone(),
                index => format!("{}-{index}", said.id),
            };
            let mut piece = piece(route, said, &hash, text, attachment);
            if let Some(entry) = piece.get_mut("sms_log_id") {
                *entry = json!((LOG + index).to_string());
            }
            told(piece.to_string())
        });
        told.collect()
    }

    fn receipt(&self, _: &Route<'_>, _: &Recorded, _: News) -> Option<Webhook> {
        None
    }

    fn garbled(&self, route: &Route<'_>, said: &Said) -> Webhook {
        let whole = piece(route, said, &said.id, said.text.as_deref(), None).to_string();
        told(Webhook::halved(&whole).to_owned())
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

fn piece(
    route: &Route<'_>,
    said: &Said,
    hash: &str,
    text: Option<&str>,
    attachment: Option<(&str, &str)>,
) -> Value {
    let (url, content_type) = attachment.unwrap_or_default();
    json!({
        "sms_log_id": LOG.to_string(),
        "sms_hash": hash,
        "direction": "inbound",
        "source_number": bare(&said.from),
        "destination_number": bare(&said.to),
        "client_did_id": "87289",
        "message": text.unwrap_or_default(),
        "attachment": url,
        "attachment_size": if attachment.is_some() { "1024" } else { "" },
        "attachment_mime_type": content_type,
        "status": "enabled",
        "transmission_status": "completed",
        "datetime_transmission": time(route.at),
    })
}

fn bare(number: &str) -> &str {
    number.strip_prefix('+').unwrap_or(number)
}

fn time(at: Millis) -> String {
    let time = jiff::Timestamp::from_millisecond(at).unwrap_or_default();
    time.strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// The reasons that VoiceMeUp refuses a send for; [`refusal`] has its words.
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
    let (code, words) = match kind {
        ErrorKind::InvalidPhoneNumber => {
            ("invalid_destination_number", "destination_number is not valid")
        }
        ErrorKind::InvalidParameter => ("missing_parameter", "destination_number is missing"),
        ErrorKind::UnsupportedMedia => ("attachment_type", "This type of file is not supported"),
        ErrorKind::FileTooLarge => ("attachment_size", "The file is too large"),
        ErrorKind::AuthenticationFailed => ("authentication_failed", "Authentication failed"),
        ErrorKind::PermissionDenied => ("permission_refused", "Permission refused"),
        ErrorKind::TooManyRequests => ("rate_exceeded", "Slow down"),
        ErrorKind::OptedOut => ("recipient_opted_out", "The recipient has opted out"),
        ErrorKind::Blocked => ("destination_blacklisted", "The recipient is blacklisted"),
        ErrorKind::ServiceUnavailable | ErrorKind::OutsideWindow | ErrorKind::Other => {
            ("some_new_code", "Something new")
        }
    };
    answer("error", code, words)
}

/// One message is told as an object.
fn answer(status: &str, code: &str, content: &str) -> Response {
    let message = json!({ "code": code, "_content": content });
    let details = json!({ "response_status": status, "response_messages": { "message": message } });
    json(200, &json!({ "response_details": details }))
}

async fn send(
    State(stage): State<Arc<Stage>>,
    Form(mut fields): Form<HashMap<String, String>>,
) -> Response {
    let mut field = |name: &str| fields.remove(name).filter(|value| !value.is_empty());
    let pair = (field("username"), field("auth_token"));
    let known = pair == (Some(USERNAME.to_owned()), Some(AUTH_TOKEN.to_owned()));
    if !known || stage.conduct().faults.has(Fault::Refused) {
        return refusal(ErrorKind::AuthenticationFailed);
    }
    let (Some(from), Some(to)) = (field("source_number"), field("destination_number")) else {
        return refusal(ErrorKind::InvalidParameter);
    };
    let (text, attachment) = (field("message"), field("attachment"));
    if !is_number(&from) || !is_number(&to) {
        return refusal(ErrorKind::InvalidPhoneNumber);
    }
    if text.is_none() && attachment.is_none() {
        return answer("error", "missing_parameter", "message is missing");
    }
    let message = Recorded {
        provider: "voicemeup",
        provider_id: uuid::Uuid::new_v4().to_string(),
        from: format!("+{from}"),
        to: format!("+{to}"),
        text,
        media_urls: attachment.into_iter().collect(),
        status_url: None,
        our_id: None,
        taken: false,
        at: now(),
    };
    let yes = answer("success", "queued_sms_hash", &message.provider_id);
    match stage.submit(message).await.1 {
        End::Yes => yes,
        End::No(Verdict::RateLimited { retry_after }) => {
            let mut answer = json(429, &json!({}));
            answer.headers_mut().insert(header::RETRY_AFTER, retry_after.into());
            answer
        }
        End::No(_) => refusal(ErrorKind::AuthenticationFailed),
        End::Refused(kind) => refusal(kind),
        End::Bare(status) => status.into_response(),
        End::Nothing => never().await,
    }
}

fn is_number(text: &str) -> bool {
    (5..=15).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}
