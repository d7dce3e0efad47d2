//! What Bandwidth tells us: messages and what became of ours, several in one request.
//!
//! Owns the reading of callbacks. Nothing is signed: the account's application has to be named.

use serde_json::Value;

use super::{Account, codes};
use crate::exchange::{
    Failure, Inbound, InboundMedia, InboundMessage, Receipt, ReceiptStatus, Received, Refused,
    Reply, Request,
};
use crate::lenient::{first, rfc3339};

/// Why one element of a callback brings no event.
enum Not {
    /// It belongs to another application.
    Ours,
    /// We cannot read it.
    Readable(&'static str),
}

pub(super) fn receive(account: &Account, request: &Request) -> Result<Received, Refused> {
    if request.body.trim_ascii().is_empty() {
        // A first knock without user and password: a yes would lose the message behind it.
        return Err(Refused::Malformed("the body is empty".to_owned()));
    }
    let elements = match serde_json::from_slice(&request.body) {
        Ok(Value::Array(elements)) => elements,
        Ok(element) => vec![element],
        Err(_) => return Ok(received(Vec::new(), Some("it is not JSON"))),
    };
    let (mut events, mut unreadable, mut foreign) = (Vec::new(), None, 0);
    for element in &elements {
        match event(account, element) {
            Ok(event) => events.extend(event),
            Err(Not::Ours) => foreign += 1,
            Err(Not::Readable(why)) => unreadable = unreadable.or(Some(why)),
        }
    }
    if foreign > 0 && foreign == elements.len() {
        return Err(Refused::Foreign);
    }
    Ok(received(events, unreadable))
}

fn received(events: Vec<Inbound>, unreadable: Option<&str>) -> Received {
    let sentence = |why: &str| format!("Bandwidth sent something that we cannot read: {why}.");
    let reply = Reply { status: 200, content_type: None, body: String::new() };
    Received { events, reply, unreadable: unreadable.map(sentence) }
}

/// One element, as `{type, time, to, message}`; nothing for what does not concern us.
fn event(account: &Account, element: &Value) -> Result<Option<Inbound>, Not> {
    let word = |name| first(element, &[name]);
    let kind = word("type").ok_or(Not::Readable("it names no type"))?;
    let told = match kind.as_str() {
        "message-received" | "message-sending" | "message-sent" | "message-delivered"
        | "message-failed" | "message-read" => {
            element.get("message").ok_or(Not::Readable("it holds no message"))?
        }
        // Answers to cards and the like, which we never send.
        _ => return Ok(None),
    };
    if first(told, &["applicationId"])
        .is_some_and(|id| !id.eq_ignore_ascii_case(&account.application))
    {
        return Err(Not::Ours);
    }
    let id = first(told, &["id"]).ok_or(Not::Readable("the message has no id"))?;
    if id.chars().count() > 200 {
        return Err(Not::Readable("the id of the message is longer than 200 characters"));
    }
    let outbound = first(told, &["direction"]).is_some_and(|direction| direction == "out");
    match (kind.as_str(), outbound) {
        // An echo of our own.
        ("message-received", true) => Ok(None),
        ("message-received", false) => message(id, element, told).map(Some).map_err(Not::Readable),
        (kind, _) => Ok(receipt(kind, id, element, told)),
    }
}

fn message(id: String, element: &Value, told: &Value) -> Result<Inbound, &'static str> {
    let from = first(told, &["from"]).ok_or("the message has no sender")?;
    let to = first(element, &["to"]).or_else(|| first(told, &["owner"]));
    let to = to.ok_or("the message has no recipient")?;
    let texts = |name| {
        let several = told.get(name).and_then(Value::as_array).into_iter().flatten();
        several.filter_map(Value::as_str).map(str::to_owned)
    };
    let recipients: Vec<String> = texts("to").collect();
    // Several of our numbers in one group hear of it each.
    let provider_id = if recipients.len() > 1 { format!("{id}:{to}") } else { id };
    let others = recipients.into_iter().filter(|number| *number != to && *number != from);
    let others = others.collect();
    Ok(Inbound::Message(InboundMessage {
        provider_id,
        from,
        to,
        others,
        sender_name: None,
        text: first(told, &["text"]),
        media: texts("media").filter_map(file).collect(),
        at: first(told, &["time"]).as_deref().and_then(rfc3339),
        part: None,
    }))
}

/// A file; the layout of the slides (SMIL) is none.
fn file(url: String) -> Option<InboundMedia> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().filter(|name| !name.is_empty()).map(str::to_owned);
    let is_layout = name.as_deref().and_then(|name| name.rsplit_once('.'));
    if is_layout.is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("smil")) {
        return None;
    }
    Some(InboundMedia { url, content_type: None, name, size: None, sha256: None })
}

fn receipt(kind: &str, id: String, element: &Value, told: &Value) -> Option<Inbound> {
    let status = match kind {
        "message-sent" => ReceiptStatus::Sent,
        "message-delivered" => ReceiptStatus::Delivered,
        "message-read" => ReceiptStatus::Read,
        "message-failed" => failed(element),
        // We know as much already: Bandwidth has taken it.
        _ => return None,
    };
    Some(Inbound::Receipt(Receipt {
        provider_id: id,
        our_id: first(told, &["tag"]),
        status,
        at: first(element, &["time"]).as_deref().and_then(rfc3339),
    }))
}

fn failed(element: &Value) -> ReceiptStatus {
    let code = first(element, &["errorCode"]);
    match codes::kind(code.as_deref().and_then(|code| code.parse().ok()).unwrap_or(0)) {
        Some(kind) => {
            ReceiptStatus::Failed(Failure::new(kind, code, first(element, &["description"])))
        }
        None => ReceiptStatus::Sent,
    }
}
