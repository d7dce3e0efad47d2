//! What Twilio tells us: whether a request is Twilio's, and what it says.
//!
//! Owns the signature over URL and parameters, inbound messages and status callbacks.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use secrecy::ExposeSecret;

use super::{Account, calls, codes};
use crate::exchange::{
    ErrorKind, Failure, Inbound, InboundMedia, InboundMessage, Receipt, ReceiptStatus, Received,
    Refused, Reply, Request,
};
use crate::signature;

const FORM: &str = "application/x-www-form-urlencoded";
const EMPTY_TWIML: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Response></Response>"#;

/// A keyed hash: of the key, of the message.
type Hash = fn(&[u8], &[u8]) -> Vec<u8>;

/// Parameters with all their distinct values, both sorted by bytes as Twilio signs them.
type Parameters = BTreeMap<String, BTreeSet<String>>;

pub(super) fn receive(account: &Account, request: &Request) -> Result<Received, Refused> {
    let body = body(request)?;
    if !request.kept && !is_signed(account, request, &body) {
        return Err(Refused::Signature { status: 403 });
    }
    let parameters = match body {
        Body::Form(parameters) => parameters,
        Body::None => pairs(query(&request.path_and_query).as_bytes()),
        Body::Json => return Ok(unreadable("it is JSON and neither a message nor a status")),
    };
    let told = Told(parameters);
    match told.value("AccountSid") {
        Some(sid) if sid != account.sid => return Err(Refused::Foreign),
        Some(_) => {}
        None => return Ok(unreadable("it names no account")),
    }
    if told.message_sid().is_none() && told.value("CallStatus").is_some() {
        let news = calls::news(|name| told.value(name), query(&request.path_and_query));
        return Ok(news.unwrap_or_else(unreadable));
    }
    Ok(match told.value("MessageStatus") {
        Some("received" | "receiving") | None => message(&told),
        Some(status) => receipt(&told, status),
    })
}

/// How the parameters travel.
enum Body {
    /// In the body, and signed with it.
    Form(Parameters),
    /// Nowhere: a JSON body is signed through its hash in the URL.
    Json,
    /// In the URL (a number set to HTTP GET).
    None,
}

fn body(request: &Request) -> Result<Body, Refused> {
    if request.method == "GET" {
        return Ok(Body::None);
    }
    if request.is_of_type(FORM) {
        return Ok(Body::Form(pairs(&request.body)));
    }
    if request.is_of_type("application/json") {
        return Ok(Body::Json);
    }
    Err(Refused::ContentType)
}

fn pairs(encoded: &[u8]) -> Parameters {
    let mut parameters = Parameters::new();
    for (name, value) in form_urlencoded::parse(encoded) {
        parameters.entry(name.into_owned()).or_default().insert(value.into_owned());
    }
    parameters
}

fn query(path_and_query: &str) -> &str {
    path_and_query.split_once('?').map_or("", |(_, query)| query)
}

fn is_signed(account: &Account, request: &Request, body: &Body) -> bool {
    let Some(given) = request.header("x-twilio-signature").filter(|given| !given.is_empty()) else {
        return false;
    };
    let (key, hash): (_, Hash) = match request.header("x-twilio-webhooks-signature-settings") {
        None => (&account.auth_token, signature::hmac_sha1),
        Some(settings) if says_sha256(settings) => match &account.shared_key {
            Some(key) => (key, signature::hmac_sha256),
            None => return false,
        },
        Some(_) => return false,
    };
    if matches!(body, Body::Json) && !is_hashed_in_url(request) {
        return false;
    }
    let mut signed = String::new();
    if let Body::Form(parameters) = body {
        for (name, values) in parameters {
            for value in values {
                signed.push_str(name);
                signed.push_str(value);
            }
        }
    }
    let key = key.expose_secret().as_bytes();
    // Every candidate is tried, so that the time taken does not tell which one matched.
    candidates(request).iter().fold(false, |matched, url| {
        let message = [url.as_bytes(), signed.as_bytes()].concat();
        matched
            | signature::equal(
                given.as_bytes(),
                BASE64_STANDARD.encode(hash(key, &message)).as_bytes(),
            )
    })
}

fn says_sha256(settings: &str) -> bool {
    let mut parts = settings.split(',').filter_map(|part| part.trim().split_once('='));
    parts.any(|(name, value)| name == "algorithm" && value == "HMAC_SHA256")
}

fn is_hashed_in_url(request: &Request) -> bool {
    let query = query(&request.path_and_query).as_bytes();
    let mut hashes = form_urlencoded::parse(query).filter(|(name, _)| name == "bodySHA256");
    hashes.next().is_some_and(|(_, hash)| {
        signature::equal(hash.as_bytes(), signature::sha256_hex(&request.body).as_bytes())
    })
}

/// The URLs that Twilio may have signed: each of our addresses as it is, without its port, and
/// with the standard port of its scheme.
fn candidates(request: &Request) -> BTreeSet<String> {
    let mut urls = BTreeSet::new();
    for origin in &request.public_origins {
        let origin = origin.trim_end_matches('/');
        urls.insert(format!("{origin}{}", request.path_and_query));
        let Ok(parsed) = url::Url::parse(origin) else { continue };
        let (Some(host), Some(port)) = (parsed.host_str(), standard_port(parsed.scheme())) else {
            continue;
        };
        let port = parsed.port().unwrap_or(port);
        let bare = format!("{}://{host}", parsed.scheme());
        urls.insert(format!("{bare}{}", request.path_and_query));
        urls.insert(format!("{bare}:{port}{}", request.path_and_query));
    }
    urls
}

fn standard_port(scheme: &str) -> Option<u16> {
    match scheme {
        "https" => Some(443),
        "http" => Some(80),
        _ => None,
    }
}

/// The parameters of a request that is certainly Twilio's.
struct Told(Parameters);

impl Told {
    /// The value of a parameter; `None` when it is missing or empty.
    fn value(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.first().map(String::as_str).filter(|value| !value.is_empty())
    }

    fn message_sid(&self) -> Option<&str> {
        ["MessageSid", "SmsMessageSid", "SmsSid"].into_iter().find_map(|name| self.value(name))
    }
}

fn message(told: &Told) -> Received {
    let Some(sid) = told.message_sid() else { return unreadable("the message has no MessageSid") };
    let (Some(from), Some(to)) = (told.value("From"), told.value("To")) else {
        return unreadable("the message has no sender or no recipient");
    };
    let files = (0..).map_while(|index: usize| {
        let url = told.value(&format!("MediaUrl{index}"))?.to_owned();
        let content_type = told.value(&format!("MediaContentType{index}")).map(str::to_owned);
        Some(InboundMedia { url, content_type, name: None, size: None, sha256: None })
    });
    let message = InboundMessage {
        provider_id: sid.to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
        others: Vec::new(),
        sender_name: told.value("ProfileName").map(str::to_owned),
        text: told.value("Body").map(str::to_owned),
        media: files.collect(),
        at: None,
        part: None,
    };
    Received { events: vec![Inbound::Message(message)], reply: twiml(), unreadable: None }
}

fn receipt(told: &Told, status: &str) -> Received {
    let Some(sid) = told.message_sid() else { return unreadable("the status has no MessageSid") };
    let status = match status {
        // We know as much already: Twilio has taken it.
        "accepted" | "scheduled" | "queued" | "sending" => None,
        "sent" => Some(ReceiptStatus::Sent),
        "delivered" | "partially_delivered" => Some(ReceiptStatus::Delivered),
        "undelivered" | "failed" | "canceled" => Some(ReceiptStatus::Failed(failure(told))),
        "read" => Some(ReceiptStatus::Read),
        _ => return unreadable("it is a status that we do not know"),
    };
    let receipt = |status| {
        let provider_id = sid.to_owned();
        Inbound::Receipt(Receipt { provider_id, our_id: None, status, at: None })
    };
    Received {
        events: status.map(receipt).into_iter().collect(),
        reply: nothing(),
        unreadable: None,
    }
}

fn failure(told: &Told) -> Failure {
    let code = told.value("ErrorCode");
    let meaning = code.and_then(|code| code.parse().ok()).and_then(codes::meaning);
    let kind = meaning.map_or(ErrorKind::Other, |(kind, _)| kind);
    let text = told.value("ErrorMessage").or(told.value("ChannelStatusMessage"));
    Failure::new(kind, code.map(str::to_owned), text.map(str::to_owned))
}

/// An answer to a message that sends nothing back to the customer: Twilio texts them any plain
/// text that it finds here.
fn twiml() -> Reply {
    Reply { status: 200, content_type: Some("text/xml"), body: EMPTY_TWIML.to_owned() }
}

fn nothing() -> Reply {
    Reply { status: 204, content_type: None, body: String::new() }
}

fn unreadable(why: &str) -> Received {
    let sentence = format!("Twilio sent something that we cannot read: {why}.");
    Received { events: Vec::new(), reply: twiml(), unreadable: Some(sentence) }
}
