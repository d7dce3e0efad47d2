//! Calls that Twilio makes for a user: their own telephone first, then the customer's, who sees the
//! number of the business. And what Twilio tells of them.
//!
//! No public source confirms which code the API answers with when our number cannot call at all
//! (only messages were bought with it): any code that we do not know is told in Twilio's words.

use serde::Deserialize;

use super::{Account, Problem, codes};
use crate::exchange::{
    CallNews, CallStatus, Dial, Dialled, Effect, ErrorKind, Failure, Inbound, Leg, Received, Reply,
    SendError,
};
use crate::http::{Answer, Http};

/// The parameter of our webhook address that carries our id of a call.
pub(super) const OUR_ID: &str = "call";
/// What Twilio is asked to tell of each of the two calls.
const EVENTS: [&str; 4] = ["initiated", "ringing", "answered", "completed"];
/// Seconds that the user's own telephone rings.
const PATIENCE: &str = "40";

pub(super) async fn call(
    account: &Account,
    dial: &Dial,
    http: &Http,
) -> Result<Dialled, SendError> {
    let status_url = dial.status_url.as_deref().map(|url| told_at(url, &dial.id));
    let twiml = twiml(dial, status_url.as_deref());
    let mut fields = vec![
        ("To", dial.phone.as_str()),
        ("From", dial.shown.as_str()),
        ("Twiml", twiml.as_str()),
        ("Timeout", PATIENCE),
    ];
    if let Some(url) = status_url.as_deref() {
        fields.push(("StatusCallback", url));
        fields.extend(EVENTS.map(|event| ("StatusCallbackEvent", event)));
    }
    let call = http.post_form(account.url("/Calls.json"), &fields);
    match call.basic(&account.sid, &account.auth_token).answer().await {
        Ok(answer) => outcome(&answer),
        Err(failed) => Err(failed.into_send_error()),
    }
}

/// Our webhook address with our id of the call, so that news needs no other.
fn told_at(url: &str, id: &str) -> String {
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}{OUR_ID}={id}")
}

/// What happens once the user has answered: the customer is called from the business's number.
fn twiml(dial: &Dial, status_url: Option<&str>) -> String {
    let told = status_url.map_or_else(String::new, |url| {
        let events = EVENTS.join(" ");
        format!(r#" statusCallback="{}" statusCallbackEvent="{events}""#, escaped(url))
    });
    format!(
        r#"<Response><Dial callerId="{}" answerOnBridge="true"><Number{told}>{}</Number></Dial></Response>"#,
        escaped(&dial.shown),
        escaped(&dial.to),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn outcome(answer: &Answer) -> Result<Dialled, SendError> {
    #[derive(Deserialize)]
    struct Call {
        sid: String,
    }
    let taken = matches!(answer.status, 200..=299);
    if taken && let Ok(call) = serde_json::from_slice::<Call>(&answer.body) {
        return Ok(Dialled { provider_id: call.sid });
    }
    let Problem { code, words } = Problem::of(&answer.body);
    let kind = code.and_then(meaning).unwrap_or_else(|| codes::kind(answer.status, code));
    let text = words.or_else(|| Some(format!("Twilio answered {}.", answer.status)));
    let effect = match answer.status {
        200..=299 | 500.. => Effect::Unknown,
        429 => Effect::NoneTryAgain,
        _ => Effect::None,
    };
    let failure = Failure::new(kind, code.map(|code| code.to_string()), text);
    Err(SendError { failure, effect, retry_after: answer.retry_after })
}

/// Codes that mean something for calls only.
fn meaning(code: u32) -> Option<ErrorKind> {
    Some(match code {
        // Not a number of the account, country not allowed, account restricted, trial account.
        21210 | 21215 | 21216 | 21219 | 13227 | 32205 => ErrorKind::PermissionDenied,
        13224 | 21201 | 21202 => ErrorKind::InvalidPhoneNumber,
        13214 => ErrorKind::InvalidParameter,
        _ => return None,
    })
}

/// What Twilio tells of a call, by its parameters and the query of our address.
pub(super) fn news<'a>(
    value: impl Fn(&str) -> Option<&'a str>,
    query: &str,
) -> Result<Received, &'static str> {
    let sid = value("CallSid").ok_or("it names no call")?;
    let leg = if value("ParentCallSid").is_some() { Leg::Customer } else { Leg::Agent };
    let status = match value("CallStatus").unwrap_or_default() {
        "queued" | "initiated" => None,
        "ringing" => Some(CallStatus::Ringing),
        "in-progress" | "answered" => Some(CallStatus::Answered),
        "completed" => Some(CallStatus::Completed),
        "busy" => Some(CallStatus::Busy),
        "no-answer" => Some(CallStatus::NoAnswer),
        "failed" => Some(CallStatus::Failed),
        "canceled" => Some(CallStatus::Cancelled),
        _ => return Err("it is a status of a call that we do not know"),
    };
    let our_id = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == OUR_ID)
        .map(|(_, id)| id.into_owned());
    let failure = value("ErrorCode").or(value("SipResponseCode")).filter(|code| *code != "200");
    let event = status.map(|status| {
        Inbound::Call(CallNews {
            provider_id: value("ParentCallSid").unwrap_or(sid).to_owned(),
            our_id,
            leg,
            status,
            seconds: value("CallDuration").and_then(|seconds| seconds.parse().ok()),
            failure: failure.filter(|_| status == CallStatus::Failed).map(|code| {
                let kind = code.parse().ok().and_then(meaning).unwrap_or(ErrorKind::Other);
                Failure::new(kind, Some(code.to_owned()), value("ErrorMessage").map(str::to_owned))
            }),
        })
    });
    let reply = Reply { status: 204, content_type: None, body: String::new() };
    Ok(Received { events: event.into_iter().collect(), reply, unreadable: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dial() -> Dial {
        Dial {
            id: "c1".into(),
            shown: "+15555550100".into(),
            phone: "+15555550177".into(),
            to: "+15555550123".into(),
            status_url: None,
        }
    }

    #[test]
    fn the_customer_sees_the_number_of_the_business() {
        assert_eq!(
            twiml(&dial(), None),
            r#"<Response><Dial callerId="+15555550100" answerOnBridge="true"><Number>+15555550123</Number></Dial></Response>"#
        );
        let url = told_at("https://desk.example.com/hook?v=1", "c1");
        assert_eq!(url, "https://desk.example.com/hook?v=1&call=c1");
        let told = twiml(&dial(), Some(&url));
        assert!(told.contains(r#"statusCallback="https://desk.example.com/hook?v=1&amp;call=c1""#));
    }

    fn told(fields: &[(&str, &'static str)]) -> Result<Option<CallNews>, &'static str> {
        let value =
            |name: &str| fields.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
        news(value, "v=1&call=c1").map(|received| match received.events.into_iter().next() {
            Some(Inbound::Call(news)) => Some(news),
            _ => None,
        })
    }

    #[test]
    fn both_legs_tell_what_becomes_of_them() {
        let own = [("CallSid", "CA1"), ("CallStatus", "no-answer")];
        let news = told(&own).unwrap().unwrap();
        assert_eq!((news.leg, news.status), (Leg::Agent, CallStatus::NoAnswer));
        assert_eq!((news.provider_id.as_str(), news.our_id.as_deref()), ("CA1", Some("c1")));
        let theirs = [
            ("CallSid", "CA2"),
            ("ParentCallSid", "CA1"),
            ("CallStatus", "completed"),
            ("CallDuration", "61"),
        ];
        let news = told(&theirs).unwrap().unwrap();
        assert_eq!((news.leg, news.status), (Leg::Customer, CallStatus::Completed));
        assert_eq!((news.provider_id.as_str(), news.seconds), ("CA1", Some(61)));
        assert_eq!(told(&[("CallSid", "CA1"), ("CallStatus", "queued")]), Ok(None));
        assert!(told(&[("CallSid", "CA1"), ("CallStatus", "melted")]).is_err());
        assert!(told(&[("CallStatus", "busy")]).is_err());
    }
}
