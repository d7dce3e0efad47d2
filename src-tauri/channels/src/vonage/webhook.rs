//! What Vonage tells us, in each of its three shapes: Messages API v1 and v0.1, SMS API.
//!
//! Owns inbound messages and statuses; [`proof`] says whether they are Vonage's.

use std::collections::BTreeMap;

use secrecy::ExposeSecret;
use serde_json::Value;

use super::{Account, codes, proof};
use crate::exchange::{
    ErrorKind, Failure, Inbound, InboundMedia, InboundMessage, Millis, Part, Receipt,
    ReceiptStatus, Received, Refused, Reply, Request,
};
use crate::{lenient, number, wire};

/// Kinds of files in a message, each the name of the member that holds it.
const FILES: [&str; 5] = ["image", "video", "audio", "vcard", "file"];

type Parameters = BTreeMap<String, String>;

pub(super) fn receive(account: &Account, request: &Request) -> Result<Received, Refused> {
    let body = body(request)?;
    if let Body::Parameters(parameters) = &body
        && parameters.is_empty()
    {
        // Vonage asks so whether the address answers, before it takes it.
        return Ok(received(Vec::new()));
    }
    if !request.kept {
        verify(account, request, &body)?;
    }
    match body {
        Body::Parameters(parameters) => sms_api(account, &parameters),
        Body::Json(value) => match flat(&value) {
            Some(parameters) => sms_api(account, &parameters),
            None => Ok(messages_api(&value)),
        },
        Body::Unreadable if account.signature_secret.is_some() => {
            Ok(unreadable("the body is not JSON"))
        }
        Body::Unreadable => Err(Refused::Malformed("the body is not JSON".to_owned())),
    }
}

enum Body {
    /// The SMS API, by GET or as a form.
    Parameters(Parameters),
    Json(Value),
    Unreadable,
}

fn body(request: &Request) -> Result<Body, Refused> {
    if request.method == "GET" {
        let query = wire::query(&request.path_and_query);
        return Ok(Body::Parameters(wire::parameters(query.as_bytes())));
    }
    if request.is_of_type("application/x-www-form-urlencoded") {
        return Ok(Body::Parameters(wire::parameters(&request.body)));
    }
    if request.is_of_type("application/json") {
        let value = serde_json::from_slice(&request.body);
        return Ok(value.map_or(Body::Unreadable, Body::Json));
    }
    Err(Refused::ContentType)
}

/// A message or status of the SMS API that came as JSON.
fn flat(value: &Value) -> Option<Parameters> {
    let members = value.as_object()?;
    if !members.contains_key("messageId") {
        return None;
    }
    let pair = |(name, value): (&String, &Value)| {
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        (name.clone(), text)
    };
    Some(members.iter().map(pair).collect())
}

fn verify(account: &Account, request: &Request, body: &Body) -> Result<(), Refused> {
    let Some(secret) = &account.signature_secret else { return Ok(()) };
    let secret = secret.expose_secret().as_bytes();
    // A token vouches for the body, so it says nothing of what came in the URL.
    let token = request.header("authorization").and_then(|it| it.strip_prefix("Bearer "));
    let flat = match body {
        Body::Parameters(parameters) => Some(parameters.clone()),
        Body::Json(value) => flat(value),
        Body::Unreadable => None,
    };
    let signed = match (token, flat) {
        (Some(token), _) if request.method != "GET" => proof::is_token(
            token.trim(),
            secret,
            &account.api_key,
            &request.body,
            request.received_at,
        ),
        (_, Some(parameters)) if parameters.contains_key("sig") => {
            proof::is_sig(&parameters, secret, request.received_at)
        }
        // Vonage repeats what gets a 5xx, and a switch to signing then takes effect.
        _ => return Err(Refused::Signature { status: 500 }),
    };
    if signed { Ok(()) } else { Err(Refused::Signature { status: 401 }) }
}

fn messages_api(value: &Value) -> Received {
    if wire::text(value, "/message_uuid").is_none() {
        return unreadable("it names no message");
    }
    let told = match wire::text(value, "/status") {
        Some(status) => status_of(value, status),
        None => message_of(value).map(Inbound::Message).map(Some),
    };
    match told {
        Ok(event) => received(event.into_iter().collect()),
        Err(why) => unreadable(why),
    }
}

/// A message of v1, or of v0.1 (where the addresses are objects and the content lies deeper).
fn message_of(value: &Value) -> Result<InboundMessage, &'static str> {
    let channel = wire::text(value, "/channel").or(wire::text(value, "/from/type"));
    if channel.is_some_and(|channel| !matches!(channel, "sms" | "mms")) {
        return Err(
            "it came over another way than SMS or MMS, and this channel cannot answer there",
        );
    }
    let content = value.pointer("/message/content").unwrap_or(value);
    let media = files(content);
    let caption = FILES.iter().find_map(|kind| wire::text(content, &format!("/{kind}/caption")));
    let text = wire::text(content, "/text").or(caption).map(str::to_owned);
    if text.is_none() && media.is_empty() {
        return Err("the message has neither text nor a file");
    }
    Ok(InboundMessage {
        provider_id: wire::text(value, "/message_uuid").unwrap_or_default().to_owned(),
        from: address(value, "from").ok_or("the message has no sender")?,
        to: address(value, "to").ok_or("the message has no recipient")?,
        others: Vec::new(),
        sender_name: None,
        text,
        media,
        at: wire::text(value, "/timestamp").and_then(lenient::rfc3339),
        part: None,
    })
}

fn address(value: &Value, name: &str) -> Option<String> {
    let member = value.get(name)?;
    lenient::text(member.get("number").unwrap_or(member)).map(|it| number::plus(&it))
}

fn files(content: &Value) -> Vec<InboundMedia> {
    let one = FILES.iter().filter_map(|kind| file(content.get(kind)?));
    // The members of these elements are UNCONFIRMED: `url`, or an object named as the type.
    let several = content.get("content").and_then(Value::as_array).into_iter().flatten();
    let several = several.filter_map(|element| {
        file(element).or_else(|| file(element.get(wire::text(element, "/type")?)?))
    });
    one.chain(several).collect()
}

fn file(value: &Value) -> Option<InboundMedia> {
    Some(InboundMedia {
        url: wire::text(value, "/url")?.to_owned(),
        content_type: None,
        name: wire::text(value, "/name").map(str::to_owned),
        size: None,
        sha256: None,
    })
}

fn status_of(value: &Value, status: &str) -> Result<Option<Inbound>, &'static str> {
    let status = match status {
        "submitted" => ReceiptStatus::Sent,
        "delivered" => ReceiptStatus::Delivered,
        "read" => ReceiptStatus::Read,
        "rejected" | "undeliverable" => ReceiptStatus::Failed(failure(value)),
        _ => return Err("it is a status that we do not know"),
    };
    Ok(Some(Inbound::Receipt(Receipt {
        provider_id: wire::text(value, "/message_uuid").unwrap_or_default().to_owned(),
        our_id: wire::text(value, "/client_ref").map(str::to_owned),
        status,
        at: wire::text(value, "/timestamp").and_then(lenient::rfc3339),
    })))
}

/// v1 tells `{type, title, detail}`, v0.1 `{code, reason}`.
fn failure(value: &Value) -> Failure {
    let problem = value.get("error").map(super::Problem::of).unwrap_or_default();
    let known = problem.code.as_deref().and_then(|code| code.parse().ok());
    let meaning = known.and_then(codes::meaning);
    let kind = meaning.map_or(ErrorKind::Other, |(kind, _)| kind);
    Failure::new(kind, problem.code, problem.words)
}

fn sms_api(account: &Account, parameters: &Parameters) -> Result<Received, Refused> {
    let value =
        |name: &str| parameters.get(name).map(String::as_str).filter(|value| !value.is_empty());
    if value("api-key").is_some_and(|key| key != account.api_key) {
        return Err(Refused::Foreign);
    }
    let Some(id) = value("messageId") else { return Ok(unreadable("it names no message")) };
    let at = value("message-timestamp").and_then(wire::utc);
    if let Some(status) = value("status") {
        let code = value("err-code");
        return Ok(sms_receipt(id, status, code, value("client-ref"), at));
    }
    let (Some(from), Some(to)) = (value("msisdn"), value("to")) else {
        return Ok(unreadable("the message has no sender or no recipient"));
    };
    let Some(text) = value("text") else {
        return Ok(unreadable("the message has no text"));
    };
    Ok(received(vec![Inbound::Message(InboundMessage {
        provider_id: id.to_owned(),
        from: number::plus(from),
        to: number::plus(to),
        others: Vec::new(),
        sender_name: None,
        text: Some(text.to_owned()),
        media: Vec::new(),
        at,
        part: part(parameters),
    })]))
}

fn part(parameters: &Parameters) -> Option<Part> {
    if parameters.get("concat").is_none_or(|concat| concat != "true") {
        return None;
    }
    Some(Part {
        key: parameters.get("concat-ref")?.clone(),
        position: parameters.get("concat-part")?.parse().ok()?,
        total: parameters.get("concat-total").and_then(|total| total.parse().ok()),
    })
}

fn sms_receipt(
    id: &str,
    status: &str,
    code: Option<&str>,
    our_id: Option<&str>,
    at: Option<Millis>,
) -> Received {
    let status = match status {
        "accepted" | "buffered" => ReceiptStatus::Sent,
        "delivered" => ReceiptStatus::Delivered,
        "expired" | "failed" | "rejected" => {
            let kind = code.map_or(ErrorKind::Other, codes::of_receipt);
            let words = format!("The message is {status}.");
            ReceiptStatus::Failed(Failure::new(kind, code.map(str::to_owned), Some(words)))
        }
        // Vonage does not know either.
        "unknown" => return received(Vec::new()),
        _ => return unreadable("it is a status that we do not know"),
    };
    let our_id = our_id.map(str::to_owned);
    received(vec![Inbound::Receipt(Receipt { provider_id: id.to_owned(), our_id, status, at })])
}

fn received(events: Vec<Inbound>) -> Received {
    let reply = Reply { status: 200, content_type: None, body: String::new() };
    Received { events, reply, unreadable: None }
}

fn unreadable(why: &str) -> Received {
    let sentence = format!("Vonage sent something that we cannot read: {why}.");
    Received { unreadable: Some(sentence), ..received(Vec::new()) }
}
