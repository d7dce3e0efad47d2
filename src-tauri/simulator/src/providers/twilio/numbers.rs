//! The numbers of the simulated Twilio account, and where each sends its messages.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};

use super::{Problem, signed_in, wrong};
use crate::stage::{Stage, json};

/// The numbers of every account: one that carries messages and one that does not.
const NUMBERS: [(&str, &str, bool); 2] = [
    ("PN00000000000000000000000000000001", "+15555550100", true),
    ("PN00000000000000000000000000000002", "+15555550101", false),
];

/// Address and method of the webhook, by the number's SID.
#[derive(Debug, Default)]
pub(super) struct Webhooks(Mutex<BTreeMap<String, (String, String)>>);

impl Webhooks {
    fn all(&self) -> MutexGuard<'_, BTreeMap<String, (String, String)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn shown(&self, account: &str, (sid, number, sms): (&str, &str, bool)) -> Value {
        let (url, method) = self.all().get(sid).cloned().unwrap_or_default();
        json!({
            "sid": sid,
            "account_sid": account,
            "phone_number": number,
            "friendly_name": number,
            "status": "in-use",
            "sms_url": url,
            "sms_method": if method.is_empty() { "POST" } else { method.as_str() },
            "sms_application_sid": "",
            "capabilities": { "voice": true, "sms": sms, "mms": sms, "fax": false },
            "uri": format!("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers/{sid}.json"),
        })
    }
}

pub(super) async fn list(
    State(stage): State<Arc<Stage>>,
    Extension(webhooks): Extension<Arc<Webhooks>>,
    Path(account): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers, &account)?;
    let numbers: Vec<Value> =
        NUMBERS.into_iter().map(|number| webhooks.shown(&account, number)).collect();
    let end = numbers.len().saturating_sub(1);
    let shown = json!({ "incoming_phone_numbers": numbers, "page": 0, "page_size": 200,
                        "start": 0, "end": end, "next_page_uri": null });
    Ok(json(200, &shown))
}

pub(super) async fn change(
    State(stage): State<Arc<Stage>>,
    Extension(webhooks): Extension<Arc<Webhooks>>,
    Path((account, file)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    signed_in(&stage, &headers, &account)?;
    let number = NUMBERS.into_iter().find(|(sid, ..)| file.strip_suffix(".json") == Some(sid));
    let Some(number) = number else {
        return Err(Problem { status: 404, code: 20404, message: "The resource was not found" });
    };
    let mut webhook = webhooks.all().get(number.0).cloned().unwrap_or_default();
    for (name, value) in form_urlencoded::parse(&body).into_owned() {
        match name.as_str() {
            "SmsUrl" if url::Url::parse(&value).is_err() => {
                return Err(wrong(21502, "SmsUrl is not a valid URL"));
            }
            "SmsUrl" => webhook.0 = value,
            "SmsMethod" => webhook.1 = value,
            _ => {}
        }
    }
    webhooks.all().insert(number.0.to_owned(), webhook);
    Ok(json(200, &webhooks.shown(&account, number)))
}
