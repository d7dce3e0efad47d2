//! What a brand tells us: messages (the envelope, and the flat form of old accounts) and receipts.

use std::collections::BTreeMap;

use serde_json::Value;

use super::answer::IDS;
use crate::exchange::{
    ErrorKind, Failure, Inbound, InboundMedia, InboundMessage, Receipt, ReceiptStatus, Received,
    Refused, Reply, Request,
};
use crate::lenient::{first, rfc3339, size};
use crate::{number, wording};

/// Reads one webhook. `name` is the brand's, for sentences.
pub(super) fn receive(name: &str, request: &Request) -> Result<Received, Refused> {
    if request.method != "POST" {
        return Err(Refused::Malformed("it is no POST".to_owned()));
    }
    if !is_json(request) {
        return Err(Refused::ContentType);
    }
    let told = match serde_json::from_slice::<Value>(&request.body) {
        Ok(body) => read(&body),
        Err(_) => Err("the body is not JSON"),
    };
    let (event, unreadable) = match told {
        Ok(event) => (event, None),
        Err(why) => (None, Some(format!("{name} sent something that we cannot read: {why}."))),
    };
    // Anything but 200 makes it come again four times, and then never.
    let reply = Reply { status: 200, content_type: None, body: String::new() };
    Ok(Received { events: event.into_iter().collect(), reply, unreadable })
}

/// Any type of JSON, or none told.
fn is_json(request: &Request) -> bool {
    let Some(told) = request.header("content-type") else { return true };
    let media_type = told.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    media_type.ends_with("/json") || media_type.ends_with("+json")
}

fn read(body: &Value) -> Result<Option<Inbound>, &'static str> {
    let data = body.get("data").unwrap_or(&Value::Null);
    match first(data, &["type"]).as_deref() {
        Some("message") => message(data, body),
        Some("delivery_receipt") => receipt(data),
        Some(_) => Ok(None),
        None if data.is_null() && body.get("from").is_some() => whole(plain(None, body)?).map(Some),
        None => Err("it names no type"),
    }
}

fn message(data: &Value, body: &Value) -> Result<Option<Inbound>, &'static str> {
    let attributes = data.get("attributes").ok_or("the message has no attributes")?;
    let direction = first(attributes, &["direction"]);
    if direction.is_some_and(|direction| direction != "inbound") {
        return Ok(None);
    }
    let id = first(data, &["message_id", "id"]);
    let message = plain(id, attributes)?;
    whole(InboundMessage { media: media(data, body), ..message }).map(Some)
}

/// The message in these members: the attributes of the envelope, or the whole of the old flat form
/// `{"to","from","body","id"}`.
fn plain(id: Option<String>, told: &Value) -> Result<InboundMessage, &'static str> {
    let number = |member| first(told, &[member]).map(|number| ours(&number));
    Ok(InboundMessage {
        provider_id: id.or_else(|| first(told, &["id"])).ok_or("the message has no id")?,
        from: number("from").ok_or("the message has no sender")?,
        to: number("to").ok_or("the message has no recipient")?,
        others: Vec::new(),
        sender_name: None,
        text: first(told, &["body"]),
        media: Vec::new(),
        at: first(told, &["timestamp"]).as_deref().and_then(rfc3339),
        part: None,
    })
}

/// The number as we keep it; ten digits are North American ones without their 1.
pub(super) fn ours(number: &str) -> String {
    let ten = number.len() == 10 && number.bytes().all(|byte| byte.is_ascii_digit());
    if ten { format!("+1{number}") } else { number::plus(number) }
}

fn whole(message: InboundMessage) -> Result<Inbound, &'static str> {
    if message.text.is_none() && message.media.is_empty() {
        return Err("the message has neither text nor a file");
    }
    Ok(Inbound::Message(message))
}

/// The files in the order in which the message names them, then any that it does not name.
fn media(data: &Value, body: &Value) -> Vec<InboundMedia> {
    let list = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
    let id = |value: &Value| first(value, &["id"]);
    let named = list(data.pointer("/relationships/media/data"));
    let places: BTreeMap<_, _> =
        named.iter().enumerate().map(|(place, named)| (id(named), place)).collect();
    let mut files = list(body.get("included"));
    files.retain(|file| first(file, &["type"]).is_none_or(|kind| kind == "media"));
    files.sort_by_cached_key(|file| places.get(&id(file)).copied().unwrap_or(usize::MAX));
    files.iter().filter_map(|file| self::file(file.get("attributes")?)).collect()
}

fn file(attributes: &Value) -> Option<InboundMedia> {
    let content_type = first(attributes, &["mime_type"]);
    // The order of the slides, not one of them.
    if content_type.as_deref().is_some_and(|it| it.starts_with("application/smil")) {
        return None;
    }
    Some(InboundMedia {
        url: first(attributes, &["url"])?,
        content_type,
        name: first(attributes, &["file_name"]),
        size: attributes.get("file_size").and_then(size),
        sha256: None,
    })
}

fn receipt(data: &Value) -> Result<Option<Inbound>, &'static str> {
    let provider_id = first(data, &IDS).ok_or("the receipt names no message")?;
    let attributes = data.get("attributes").unwrap_or(&Value::Null);
    let told = first(attributes, &["status"]).ok_or("the receipt tells no status")?;
    let said = |member| first(attributes, &[member]);
    let Some(status) = status(&told, said("status_code"), said("status_code_description")) else {
        return Ok(None);
    };
    let at = said("timestamp").as_deref().and_then(rfc3339);
    Ok(Some(Inbound::Receipt(Receipt { provider_id, our_id: None, status, at })))
}

/// Only "smsc submit" and "message buffered" are in the documents; the others are what gateways of
/// this kind say. An unknown word changes nothing.
fn status(told: &str, code: Option<String>, description: Option<String>) -> Option<ReceiptStatus> {
    Some(match told.to_lowercase().as_str() {
        "smsc submit" | "message buffered" | "message sent" | "sent" => ReceiptStatus::Sent,
        "delivered" | "delivery success" => ReceiptStatus::Delivered,
        "failed" | "delivery failure" | "smsc reject" | "rejected" | "undelivered"
        | "undeliverable" | "expired" => {
            let words = description.unwrap_or_else(|| told.to_owned());
            let kind = wording::opted_out_or_blocked(&words).unwrap_or(ErrorKind::Other);
            ReceiptStatus::Failed(Failure::new(kind, code, Some(words)))
        }
        _ => return None,
    })
}
