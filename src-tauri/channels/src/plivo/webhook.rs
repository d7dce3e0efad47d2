//! What Plivo tells us: inbound messages and news of messages that we sent.
//!
//! Owns the names of its parameters; [`proof`] says whether they are Plivo's.

use std::collections::BTreeMap;

use secrecy::ExposeSecret;

use super::{Account, OUR_ID, codes, proof};
use crate::exchange::{
    ErrorKind, Failure, Inbound, InboundMedia, InboundMessage, Receipt, ReceiptStatus, Received,
    Refused, Reply, Request,
};
use crate::{number, wire};

pub(super) fn receive(account: &Account, request: &Request) -> Result<Received, Refused> {
    let by_get = request.method == "GET";
    if !by_get && !request.is_of_type("application/x-www-form-urlencoded") {
        return Err(Refused::ContentType);
    }
    let tokens = [Some(&account.auth_token), account.main_auth_token.as_ref()];
    let tokens: Vec<_> =
        tokens.into_iter().flatten().map(|token| token.expose_secret().as_bytes()).collect();
    if !request.kept && !proof::is_signed(request, &tokens) {
        return Err(Refused::Signature { status: 403 });
    }
    let query = wire::parameters(wire::query(&request.path_and_query).as_bytes());
    let our_id = query.get(OUR_ID).filter(|id| !id.is_empty()).cloned();
    let told = Told(if by_get { query } else { wire::parameters(&request.body) });
    let event = match told.value("Status") {
        Some(status) => receipt(&told, status, our_id),
        None => message(&told).map(Inbound::Message).map(Some),
    };
    Ok(match event {
        Ok(event) => received(event.into_iter().collect()),
        Err(why) => {
            let sentence = format!("Plivo sent something that we cannot read: {why}.");
            Received { unreadable: Some(sentence), ..received(Vec::new()) }
        }
    })
}

/// The parameters of a request that is certainly Plivo's.
struct Told(BTreeMap<String, String>);

impl Told {
    /// The value of a parameter; `None` when it is missing or empty.
    fn value(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// `Media0`, `Media1`, … in the order of their numbers: Plivo's documents begin with either.
    fn media(&self) -> Vec<InboundMedia> {
        let place = |name: &str| name.strip_prefix("Media")?.parse::<u32>().ok();
        let mut files: Vec<_> = self
            .0
            .iter()
            .filter(|(_, url)| !url.is_empty())
            .filter_map(|(name, url)| Some((place(name)?, url.clone())))
            .collect();
        files.sort();
        let file = |(_, url)| InboundMedia {
            url,
            content_type: None,
            name: None,
            size: None,
            sha256: None,
        };
        files.into_iter().map(file).collect()
    }
}

fn message(told: &Told) -> Result<InboundMessage, &'static str> {
    if told.value("Type").is_some_and(|kind| !matches!(kind, "sms" | "mms")) {
        return Err(
            "it came over another way than SMS or MMS, and this channel cannot answer there",
        );
    }
    // An SMS holds its text in one, an MMS in the other.
    let text = told.value("Text").or(told.value("Body")).map(str::to_owned);
    let media = told.media();
    if text.is_none() && media.is_empty() {
        return Err("the message has neither text nor a file");
    }
    Ok(InboundMessage {
        provider_id: told.value("MessageUUID").ok_or("the message has no MessageUUID")?.to_owned(),
        from: number::plus(told.value("From").ok_or("the message has no sender")?),
        to: number::plus(told.value("To").ok_or("the message has no recipient")?),
        others: Vec::new(),
        sender_name: None,
        text,
        media,
        at: None,
        part: None,
    })
}

/// Each part of a long text has news of its own, all under the id of the whole.
fn receipt(
    told: &Told,
    status: &str,
    our_id: Option<String>,
) -> Result<Option<Inbound>, &'static str> {
    let id = told.value("ParentMessageUUID").or(told.value("MessageUUID"));
    let provider_id = id.ok_or("the status has no MessageUUID")?.to_owned();
    let status = match status {
        // We know as much already: Plivo has taken it.
        "queued" => return Ok(None),
        "sent" => ReceiptStatus::Sent,
        "delivered" => ReceiptStatus::Delivered,
        "read" => ReceiptStatus::Read,
        "undelivered" | "failed" | "rejected" => ReceiptStatus::Failed(failure(told)),
        _ => return Err("it is a status that we do not know"),
    };
    let times = ["DeliveryReportTime", "SentTime", "QueuedTime"];
    let at = times.into_iter().find_map(|name| told.value(name)).and_then(wire::utc);
    Ok(Some(Inbound::Receipt(Receipt { provider_id, our_id, status, at })))
}

fn failure(told: &Told) -> Failure {
    let code = told.value("ErrorCode").filter(|code| *code != "000");
    let meaning = code.and_then(codes::meaning);
    let kind = meaning.map_or(ErrorKind::Other, |(kind, _)| kind);
    Failure::new(kind, code.map(str::to_owned), meaning.map(|(_, words)| words.to_owned()))
}

fn received(events: Vec<Inbound>) -> Received {
    let reply = Reply { status: 200, content_type: None, body: String::new() };
    Received { events, reply, unreadable: None }
}
