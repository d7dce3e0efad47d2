//! Messages whose answer never came, looked for in the account's list.
//!
//! Owns what the list is asked for and what it proves. How soon a message is listed is documented
//! nowhere: that ours is there proves that it was taken, that it is not there proves nothing.

use serde_json::Value;

use super::straight;
use crate::exchange::{Found, Millis, Outgoing, Sent, Sought};
use crate::http::Answer;
use crate::lenient::{first, rfc3339};
use crate::number::digits;

/// Messages asked for at once.
const PAGE: &str = "500";
/// How much further back is asked than messages count: before the answer, nobody knows how far our
/// clock is ahead of theirs.
const MARGIN: Millis = 3_600_000;

/// What the list is asked for.
pub(super) fn query(sought: &Sought) -> Option<[(&'static str, String); 2]> {
    let from = sought.attempted_at - Sought::LOOK_BACK - MARGIN;
    let time = jiff::Timestamp::from_millisecond(from).ok()?;
    let start = time.strftime("%Y-%m-%dT%H:%M:%S.00Z").to_string();
    Some([("start_date", start), ("limit", PAGE.to_owned())])
}

/// What the list says of the message.
pub(super) fn found(sought: &Sought, answer: &Answer) -> Found {
    let told = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default();
    let Some(listed) = told.get("data").and_then(Value::as_array) else { return Found::CannotTell };
    // The list tells times by their clock, the attempt is told by ours.
    let apart = answer.date.map_or(0, |date| date - sought.asked_at);
    let earliest = sought.attempted_at + apart - Sought::LOOK_BACK;
    let ours = listed
        .iter()
        .filter_map(|message| Some((first(message, &["id"])?, created(message), message)))
        .filter(|(id, ..)| !sought.known_provider_ids.contains(id))
        .filter(|(_, created, _)| created.is_none_or(|created| created >= earliest))
        .filter(|(.., message)| carries(message, &sought.outgoing))
        .min_by_key(|(_, created, _)| created.unwrap_or(Millis::MAX));
    ours.map_or(Found::NotYet, |(provider_id, ..)| Found::Sent(Sent { provider_id }))
}

fn created(message: &Value) -> Option<Millis> {
    rfc3339(&first(message.get("attributes")?, &["timestamp"])?)
}

fn carries(message: &Value, outgoing: &Outgoing) -> bool {
    let attributes = message.get("attributes").unwrap_or(&Value::Null);
    let said = |member| first(attributes, &[member]);
    let is = |member, ours| said(member).as_deref().map(digits) == Some(digits(ours));
    let text = straight(outgoing.text.as_deref().unwrap_or_default());
    let has_files = match attributes.get("is_mms") {
        Some(Value::Bool(told)) => Some(*told),
        Some(Value::String(told)) => Some(told == "true"),
        _ => None,
    };
    said("direction").as_deref() == Some("outbound")
        && is("to", &outgoing.to)
        && is("from", &outgoing.from)
        && has_files.is_none_or(|told| told != outgoing.media_urls.is_empty())
        && said("body").unwrap_or_default().trim() == text.trim()
}
