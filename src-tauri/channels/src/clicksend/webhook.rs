//! What ClickSend tells us: inbound messages and delivery reports, as JSON or as a form.
//!
//! Owns the names of its members. Nothing is signed: the unguessable address is the proof, and the
//! User ID if one is entered.

use serde_json::{Map, Value};

use super::{Account, codes};
use crate::exchange::{
    Failure, Inbound, InboundMedia, InboundMessage, Millis, Receipt, ReceiptStatus, Received,
    Refused, Reply, Request,
};
use crate::lenient::first;
use crate::{number, wire};

/// UNCONFIRMED: where an inbound MMS names its file.
const MEDIA: [&str; 4] = ["media_file_url", "_media_file_url", "media_file", "media_url"];

pub(super) fn receive(account: &Account, request: &Request) -> Result<Received, Refused> {
    let Some(told) = body(request)? else { return Ok(unreadable("the body is not JSON")) };
    let status = first(&told, &["status_code"]);
    if let Some(ours) = &account.user_id {
        // Messages name the account; reports need not.
        let is_ours = match first(&told, &["user_id"]) {
            Some(theirs) => *ours == theirs,
            None => status.is_some(),
        };
        if !is_ours {
            return Err(Refused::Foreign);
        }
    }
    let event = match status {
        Some(status) => receipt(&told, &status),
        None => message(&told).map(Inbound::Message).map(Some),
    };
    Ok(match event {
        Ok(event) => received(event.into_iter().collect()),
        Err(why) => unreadable(why),
    })
}

/// `None`: it cannot be read. The address vouches for the sender, so it is kept all the same.
fn body(request: &Request) -> Result<Option<Value>, Refused> {
    if request.is_of_type("application/x-www-form-urlencoded") {
        let parameters = wire::parameters(&request.body).into_iter();
        let members: Map<_, _> = parameters.map(|(name, it)| (name, Value::String(it))).collect();
        return Ok(Some(Value::Object(members)));
    }
    if request.is_of_type("application/json") {
        return Ok(serde_json::from_slice(&request.body).ok());
    }
    Err(Refused::ContentType)
}

fn message(told: &Value) -> Result<InboundMessage, &'static str> {
    let text = first(told, &["body", "message"]);
    let file = first(told, &MEDIA).map(|url| InboundMedia {
        url,
        content_type: None,
        name: None,
        size: None,
        sha256: None,
    });
    if text.is_none() && file.is_none() {
        return Err("the message has neither text nor a file");
    }
    let from = first(told, &["from", "sms"]).ok_or("the message has no sender")?;
    let to = first(told, &["to", "originalsenderid"]).ok_or("the message has no recipient")?;
    Ok(InboundMessage {
        provider_id: first(told, &["message_id"]).ok_or("the message has no message_id")?,
        from: number::plus(&from),
        to: number::plus(&to),
        others: Vec::new(),
        sender_name: None,
        text,
        media: file.into_iter().collect(),
        at: at(told),
        part: None,
    })
}

/// Seconds since 1970, as a number or a text.
fn at(told: &Value) -> Option<Millis> {
    let seconds: i64 = first(told, &["timestamp"])?.trim().parse().ok()?;
    seconds.checked_mul(1_000)
}

fn receipt(told: &Value, status: &str) -> Result<Option<Inbound>, &'static str> {
    let provider_id = first(told, &["message_id"]).ok_or("the report has no message_id")?;
    let status = match status.parse::<u16>() {
        Ok(200) => ReceiptStatus::Sent,
        Ok(201) => ReceiptStatus::Delivered,
        // UNCONFIRMED: a fault that may pass; another report follows.
        Ok(300) => return Ok(None),
        Ok(301..=499) => ReceiptStatus::Failed(failure(told, status)),
        _ => return Err("it is a status that we do not know"),
    };
    let our_id = first(told, &["custom_string"]);
    Ok(Some(Inbound::Receipt(Receipt { provider_id, our_id, status, at: at(told) })))
}

fn failure(told: &Value, status: &str) -> Failure {
    let words = first(told, &["error_text", "status_text"]);
    let kind = codes::of_receipt(words.as_deref().unwrap_or_default());
    let code = first(told, &["error_code"]).unwrap_or_else(|| status.to_owned());
    Failure::new(kind, Some(code), words)
}

fn received(events: Vec<Inbound>) -> Received {
    let reply = Reply { status: 200, content_type: None, body: String::new() };
    Received { events, reply, unreadable: None }
}

fn unreadable(why: &str) -> Received {
    let sentence = format!("ClickSend sent something that we cannot read: {why}.");
    Received { unreadable: Some(sentence), ..received(Vec::new()) }
}
