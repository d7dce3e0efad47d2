//! Calls through Twilio: the request, and the news of both telephones.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use deskbell_channels::simulated::engine::Verdict;
use serde_json::json;

use super::told::twilio_signed;
use super::{MANY, Problem, TwilioAccount, WHO, is_number, refusal, signed_in, wrong};
use crate::stage::{CallEnd, End, RecordedCall, Stage, json, never};
use crate::webhook;

/// Milliseconds between two pieces of news at full pace.
const STEP: u64 = 1_500;

pub(super) async fn dial(
    State(stage): State<Arc<Stage>>,
    Path(sid): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let account = signed_in(&stage, &headers, &sid)?;
    let (call, customer) = asked(&body)?;
    let end = stage.dial(call.clone());
    let shown = json!({
        "sid": call.provider_id, "account_sid": sid, "status": "queued", "to": call.to,
        "from": call.from, "direction": "outbound-api", "duration": null,
    });
    let taken = matches!(end, End::Yes | End::Nothing) && stage.calls().contains(&call);
    if taken {
        tell(Arc::clone(&stage), account, call, customer);
    }
    match end {
        End::Yes => Ok(json(201, &shown)),
        End::No(Verdict::RateLimited { .. }) => Err(MANY),
        End::No(_) => Err(WHO),
        End::Refused(kind) => Err(refusal(kind)),
        End::Bare(status) => Ok(status.into_response()),
        End::Nothing => Ok(never().await),
    }
}

/// The call as a form, checked as Twilio checks it, and the customer's number in its script.
fn asked(body: &[u8]) -> Result<(RecordedCall, String), Problem> {
    let fields: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
    let one = |name: &str| {
        let found = fields.iter().find(|(key, value)| key == name && !value.is_empty());
        found.map(|(_, value)| value.clone())
    };
    let to = one("To").ok_or_else(|| wrong(21201, "No 'To' number is specified"))?;
    let from = one("From").ok_or_else(|| wrong(21213, "No 'From' number is specified"))?;
    if !is_number(&to) {
        return Err(wrong(21211, "Invalid 'To' Phone Number"));
    }
    let script = one("Twiml").ok_or_else(|| wrong(21205, "Url is not a valid URL"))?;
    let customer = script
        .split_once("<Number")
        .and_then(|(_, rest)| rest.split_once('>'))
        .and_then(|(_, rest)| rest.split_once("</Number>"))
        .map(|(number, _)| number.to_owned())
        .ok_or_else(|| wrong(12100, "Document parse failure"))?;
    let provider_id = format!("CA{}", uuid::Uuid::new_v4().simple());
    let call = RecordedCall { provider_id, to, from, script, status_url: one("StatusCallback") };
    Ok((call, customer))
}

/// What is told of a call: of which telephone, with which status, after which seconds.
fn news(end: CallEnd) -> &'static [(bool, &'static str)] {
    match end {
        CallEnd::Talked => &[
            (false, "ringing"),
            (false, "in-progress"),
            (true, "ringing"),
            (true, "in-progress"),
            (true, "completed"),
            (false, "completed"),
        ],
        CallEnd::Busy => {
            &[(false, "in-progress"), (true, "ringing"), (true, "busy"), (false, "completed")]
        }
        CallEnd::NoAnswer => {
            &[(false, "in-progress"), (true, "ringing"), (true, "no-answer"), (false, "completed")]
        }
        CallEnd::NotPickedUp => &[(false, "ringing"), (false, "no-answer")],
        CallEnd::Silence => &[],
    }
}

/// Tells the desk, if it asked, rightly signed over the address with its query.
fn tell(stage: Arc<Stage>, account: TwilioAccount, call: RecordedCall, customer: String) {
    let Some(url) = call.status_url.clone() else { return };
    let conduct = stage.conduct();
    tokio::spawn(async move {
        let child = format!("CA{}", uuid::Uuid::new_v4().simple());
        for (at_customer, status) in news(conduct.call) {
            let wait = Duration::from_millis(STEP * conduct.receipt_percent / 100);
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = stage.stop.cancelled() => return,
            }
            let mut fields = vec![
                ("AccountSid".to_owned(), account.sid.clone()),
                ("ApiVersion".to_owned(), "2010-04-01".to_owned()),
                ("CallStatus".to_owned(), (*status).to_owned()),
                ("From".to_owned(), call.from.clone()),
            ];
            if *at_customer {
                fields.push(("CallSid".to_owned(), child.clone()));
                fields.push(("ParentCallSid".to_owned(), call.provider_id.clone()));
                fields.push(("To".to_owned(), customer.clone()));
            } else {
                fields.push(("CallSid".to_owned(), call.provider_id.clone()));
                fields.push(("To".to_owned(), call.to.clone()));
            }
            if *status == "completed" {
                fields.push(("CallDuration".to_owned(), "61".to_owned()));
            }
            let target = webhook::rewritten(&url, conduct.callback_to);
            let told = twilio_signed(&account, &url, &fields);
            if let Err(error) = told.deliver(&stage.client, &target).await {
                tracing::warn!(%error, "news of a call did not arrive");
            }
        }
    });
}
