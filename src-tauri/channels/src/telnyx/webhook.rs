//! What Telnyx tells us: whether a request is Telnyx's and fresh, and what it says.
//!
//! Owns the signature over time and raw body, inbound messages and receipts.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use url::Url;

use super::{Account, OUR_ID, Problem};
use crate::exchange::{
    Inbound, InboundMedia, InboundMessage, Millis, Receipt, ReceiptStatus, Received, Refused,
    Reply, Request,
};
use crate::lenient::{first, rfc3339, size, text};
use crate::signature;

/// Seconds that the signed time and our clock may be apart, either way.
const TOLERANCE: u64 = 300;

pub(super) fn receive(account: &Account, request: &Request) -> Result<Received, Refused> {
    if !request.kept && !is_signed(account, request) {
        return Err(Refused::Signature { status: 403 });
    }
    let Ok(body) = serde_json::from_slice::<Value>(&request.body) else {
        return Ok(unreadable("it is not JSON"));
    };
    let (Some(event), Some(payload)) =
        (at(&body, "/data/event_type"), body.pointer("/data/payload"))
    else {
        return Ok(unreadable(
            "it has an older shape. Choose API v2 as the webhook version of the messaging profile",
        ));
    };
    let told_at = at(&body, "/data/occurred_at").as_deref().and_then(rfc3339);
    let told = match event.as_str() {
        "message.received" => message(payload, told_at).map(Some),
        "message.sent" | "message.finalized" | "message.delivered" | "message.failed"
        | "message.read" => receipt(payload, &event, told_at),
        // Other events are none of ours.
        _ => Ok(None),
    };
    Ok(match told {
        Ok(event) => {
            Received { events: event.into_iter().collect(), reply: taken(), unreadable: None }
        }
        Err(why) => unreadable(why),
    })
}

fn is_signed(account: &Account, request: &Request) -> bool {
    let headers = ["telnyx-timestamp", "telnyx-signature-ed25519"];
    let [Some(time), Some(given)] = headers.map(|name| request.header(name)) else { return false };
    let (Ok(seconds), Ok(given)) = (time.parse::<i64>(), BASE64_STANDARD.decode(given)) else {
        return false;
    };
    let message = [time.as_bytes(), b"|", &request.body].concat();
    let apart = request.received_at.div_euclid(1_000).abs_diff(seconds);
    signature::is_ed25519(&account.public_key, &message, &given) && apart <= TOLERANCE
}

/// The text at a pointer.
fn at(value: &Value, pointer: &str) -> Option<String> {
    text(value.pointer(pointer)?)
}

fn message(payload: &Value, told_at: Option<Millis>) -> Result<Inbound, &'static str> {
    let provider_id = at(payload, "/id").ok_or("the message has no id")?;
    if provider_id.chars().count() > 255 {
        return Err("the id of the message is longer than 255 characters");
    }
    let from = numbers(payload, "from").into_iter().next().ok_or("the message has no sender")?;
    let mut recipients = numbers(payload, "to").into_iter();
    let to = recipients.next().ok_or("the message has no recipient")?;
    let mut others: Vec<String> = Vec::new();
    for number in recipients.chain(numbers(payload, "cc")) {
        if number != from && number != to && !others.contains(&number) {
            others.push(number);
        }
    }
    let words = [at(payload, "/subject"), at(payload, "/text")];
    let words: Vec<String> = words.into_iter().flatten().collect();
    let media = payload.get("media").and_then(Value::as_array).into_iter().flatten();
    let media: Vec<InboundMedia> = media.filter_map(file).collect();
    let of_phones = at(payload, "/type").is_none_or(|kind| kind == "SMS" || kind == "MMS");
    if words.is_empty() && media.is_empty() && !of_phones {
        return Err("it is neither SMS nor MMS, and holds neither text nor files");
    }
    Ok(Inbound::Message(InboundMessage {
        provider_id,
        from,
        to,
        others,
        sender_name: None,
        text: if words.is_empty() { None } else { Some(words.join("\n")) },
        media,
        at: at(payload, "/received_at").as_deref().and_then(rfc3339).or(told_at),
        part: None,
    }))
}

/// The numbers in a member: one or several, as objects or as plain texts. The documents show all.
fn numbers(payload: &Value, name: &str) -> Vec<String> {
    let number = |value: &Value| text(value.get("phone_number").unwrap_or(value));
    match payload.get(name) {
        Some(Value::Array(several)) => several.iter().filter_map(number).collect(),
        one => one.and_then(number).into_iter().collect(),
    }
}

fn file(value: &Value) -> Option<InboundMedia> {
    // The documents and the schema call the hash by different names.
    let hash = first(value, &["sha256", "hash_sha256"]);
    let is_hex = |hash: &String| hash.len() == 64 && hash.bytes().all(|it| it.is_ascii_hexdigit());
    Some(InboundMedia {
        url: first(value, &["url"])?,
        content_type: first(value, &["content_type"]),
        name: None,
        size: value.get("size").and_then(size),
        sha256: hash.filter(is_hex).map(|hash| hash.to_ascii_lowercase()),
    })
}

fn receipt(
    payload: &Value,
    event: &str,
    told_at: Option<Millis>,
) -> Result<Option<Inbound>, &'static str> {
    let provider_id = at(payload, "/id").ok_or("the status has no id")?;
    // Telnyx tells the status of each recipient; we write to one at a time.
    let status = at(payload, "/to/0/status").or_else(|| at(payload, "/to/status"));
    let (status, time) = match status.as_deref().unwrap_or_else(|| usual(event)) {
        // We know as much already: Telnyx has taken it.
        "queued" | "sending" | "webhook_delivered" => return Ok(None),
        // The carrier told no more, and will not.
        "sent" | "delivery_unconfirmed" => (ReceiptStatus::Sent, "/sent_at"),
        "delivered" => (ReceiptStatus::Delivered, "/completed_at"),
        "sending_failed" | "delivery_failed" | "failed" | "expired" => {
            (ReceiptStatus::Failed(Problem::of(payload).failure(None)), "/completed_at")
        }
        "read" => (ReceiptStatus::Read, "/read_at"),
        _ => return Err("it is a status that we do not know"),
    };
    Ok(Some(Inbound::Receipt(Receipt {
        provider_id,
        our_id: at(payload, "/webhook_url").as_deref().and_then(our_id),
        status,
        at: at(payload, time).as_deref().and_then(rfc3339).or(told_at),
    })))
}

/// What an event says of a recipient about whom it tells nothing else.
fn usual(event: &str) -> &str {
    match event.rsplit('.').next().unwrap_or_default() {
        "finalized" => "sent",
        word => word,
    }
}

/// Our id, which we put at the end of the address that receipts of the message go to.
fn our_id(webhook_url: &str) -> Option<String> {
    let url = Url::parse(webhook_url).ok()?;
    let mut pairs = url.query_pairs().filter(|(name, value)| name == OUR_ID && !value.is_empty());
    pairs.next().map(|(_, id)| id.into_owned())
}

/// Exactly 200: other kinds of success are among Telnyx's errors.
fn taken() -> Reply {
    Reply { status: 200, content_type: None, body: String::new() }
}

fn unreadable(why: &str) -> Received {
    let sentence = format!("Telnyx sent something that we cannot read: {why}.");
    Received { events: Vec::new(), reply: taken(), unreadable: Some(sentence) }
}
