//! VoiceMeUp: SMS and MMS of Canada and the United States.
//!
//! Owns its wire format. VoiceMeUp's manual is for customers only: names, codes and their meaning
//! are what a working open library shows, and stand in one place each. Nothing is signed: the
//! unguessable address of the webhook is the proof.

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;

use crate::exchange::{
    Effect, ErrorKind, Failure, Health, HealthState, Inbound, InboundMedia, InboundMessage, Limits,
    Outgoing, Part, PartSizes, Receipt, ReceiptStatus, Received, Refused, Reply, Request,
    SendError, Sent,
};
use crate::form::{
    Abilities, Description, Field, FieldKind, FieldProblem, IdentityKind, Medium, Settings, Signing,
};
use crate::http::{Answer, Http};
use crate::lenient::{first, rfc3339, size};
use crate::number::{digits, plus};
use crate::{Channel, Provider, status, wire, wording};

const USERNAME: &str = "username";
const AUTH_TOKEN: &str = "auth_token";
const BASE_URL: &str = "https://clients.voicemeup.com/api/v1.1/json";
/// SMS and MMS alike; a method of its own for MMS was found nowhere.
const SEND: &str = "queue_sms";
/// The code beside the id of a message that was taken.
const TAKEN: &str = "queued_sms_hash";
/// More files than one message has.
const PLACES: u64 = 250;
/// The code for a text that waits already.
const DUPLICATE: &str = "duplicate_entry";

const LIMITS: Limits = Limits {
    text_chars: 1000,
    // One attachment to a request. Several requests for one message could half succeed, and nobody
    // could tell which half: the desk refuses more files instead.
    files: 1,
    file_bytes: 100_000_000,
    total_bytes: 100_000_000,
    parts: PartSizes::STANDARD,
    text_with_files: true,
    may_start: true,
    idempotent: false,
    receipts: false,
};

/// The provider VoiceMeUp.
#[derive(Debug)]
pub struct VoiceMeUp;

impl Provider for VoiceMeUp {
    fn description(&self) -> Description {
        Description {
            id: "voicemeup",
            label: "VoiceMeUp",
            tagline: "SMS and MMS",
            medium: Medium::Sms,
            fields: fields(),
            steps: vec![
                "Sign in to the VoiceMeUp portal and buy a **DID** that can do SMS.",
                "Open the DID, **enable SMS/MMS**, and set its **Callback URL** to this address: \
                 {webhook_url}",
                "Make a **user account** with **API access** enabled. Its name is the \
                 **Username**.",
                "Open the account's details and copy the **Auth Token**.",
            ],
            notes: vec![
                "For numbers in the United States, register brand and campaign (10DLC) with \
                 VoiceMeUp first; carriers block messages from numbers that are not registered.",
                "One file to a message. VoiceMeUp publishes no limit for its size; pictures below \
                 1 MB arrive best.",
                "VoiceMeUp brings a picture with a text in two pieces, a second apart; the desk puts \
                 them together.",
                "The same text to the same number again, soon after, is not sent a second time: \
                 VoiceMeUp says that it is queued already. The desk shows it as uncertain, for an \
                 earlier attempt of its own may have gone out.",
                "VoiceMeUp sends no receipts that we know of: a message stays at Sent.",
                "Every few minutes the token is tried with a message that has no recipient. \
                 VoiceMeUp refuses it, sends nothing and charges nothing.",
                "VoiceMeUp signs nothing: the webhook address is the proof. Keep it to yourself.",
            ],
            unconfirmed: vec![
                "Most codes of refusals: they are read by the words in them, and shown as they are.",
                "That a message without a recipient is refused for that, when the token is right.",
                "Whether the id that is told for a sent message comes back in callbacks.",
                "In which time zone VoiceMeUp tells times: messages get the time of their coming.",
                "How several pictures of one message come in: pieces of the same second are put \
                 together.",
                "Whether there are callbacks for messages that we sent: one that tells a failure \
                 is read, one that says completed changes nothing.",
            ],
            portal: "https://clients.voicemeup.com",
            abilities: Abilities::default(),
            signing: Signing::Never,
            networks: Vec::new(),
            answers_keywords: false,
            sender_ids: false,
            default_rate: 1.0,
            base_url: BASE_URL,
            limits: LIMITS,
            identity: IdentityKind::Phone,
        }
    }

    fn problems(&self, settings: &Settings) -> Vec<FieldProblem> {
        Account::from_settings(settings).err().unwrap_or_default()
    }

    fn connect(&self, settings: Settings) -> Result<Arc<dyn Channel>, Vec<FieldProblem>> {
        Ok(Arc::new(Account::from_settings(&settings)?))
    }
}

fn fields() -> Vec<Field> {
    vec![
        Field {
            name: USERNAME,
            label: "Username",
            hint: "The user account in the VoiceMeUp portal that has API access.",
            kind: FieldKind::Text,
            required: true,
            pattern: "",
            placeholder: "",
        },
        Field {
            name: AUTH_TOKEN,
            label: "Auth Token",
            hint: "In the details of that user account.",
            kind: FieldKind::Secret,
            required: true,
            pattern: "",
            placeholder: "",
        },
    ]
}

/// One user account with API access.
struct Account {
    username: String,
    auth_token: SecretString,
    base: Url,
}

impl Account {
    fn from_settings(settings: &Settings) -> Result<Self, Vec<FieldProblem>> {
        let username = settings.value(USERNAME).ok_or_else(|| {
            FieldProblem::new(USERNAME, "Enter the Username of the account.".to_owned())
        });
        let auth_token = settings.token(AUTH_TOKEN, "Auth Token");
        let base = settings.base(BASE_URL);
        match (username, auth_token, base) {
            (Ok(username), Ok(auth_token), Ok(base)) => {
                Ok(Self { username: username.to_owned(), auth_token, base })
            }
            (username, auth_token, base) => {
                let problems = [username.err(), auth_token.err(), base.err()];
                Err(problems.into_iter().flatten().collect())
            }
        }
    }

    /// Who asks travels in the body, with everything else: the address tells no secret.
    async fn ask(
        &self,
        message: &[(&str, &str)],
        http: &Http,
    ) -> Result<Answer, crate::http::Failed> {
        let mut url = self.base.clone();
        url.set_path(&format!("{}/{SEND}", self.base.path().trim_end_matches('/')));
        let mut fields =
            vec![(USERNAME, self.username.as_str()), (AUTH_TOKEN, self.auth_token.expose_secret())];
        fields.extend_from_slice(message);
        http.post_form(url, &fields).answer().await
    }
}

#[async_trait]
impl Channel for Account {
    fn limits(&self) -> Limits {
        LIMITS
    }

    fn receive(&self, request: &Request) -> Result<Received, Refused> {
        if request.method != "POST" {
            return Err(Refused::Malformed("it is no POST".to_owned()));
        }
        let told = body(request)?.ok_or("the body is not JSON").and_then(|body| read(&body));
        let (event, unreadable) = match told {
            Ok(event) => (event, None),
            Err(why) => {
                (None, Some(format!("VoiceMeUp sent something that we cannot read: {why}.")))
            }
        };
        let reply = Reply { status: 200, content_type: None, body: String::new() };
        Ok(Received { events: event.into_iter().collect(), reply, unreadable })
    }

    async fn send(&self, outgoing: &Outgoing, http: &Http) -> Result<Sent, SendError> {
        let mut message = vec![
            ("source_number", digits(&outgoing.from)),
            ("destination_number", digits(&outgoing.to)),
        ];
        message.extend(outgoing.text.as_deref().map(|text| ("message", text)));
        match outgoing.media_urls.as_slice() {
            [] => {}
            [file] => message.push(("attachment", file)),
            [_, _, ..] => {
                let text = "VoiceMeUp takes one file in a message.".to_owned();
                let failure = Failure::new(ErrorKind::InvalidParameter, None, Some(text));
                return Err(SendError { failure, effect: Effect::None, retry_after: None });
            }
        }
        match self.ask(&message, http).await {
            Ok(answer) => outcome(outgoing, &answer),
            Err(failed) => Err(failed.into_send_error()),
        }
    }

    async fn check(&self, http: &Http) -> Health {
        // No call that only reads is known: a message without a recipient goes nowhere.
        match self.ask(&[], http).await {
            Ok(answer) => light(&answer),
            Err(failed) => failed.into_health(),
        }
    }
}

/// What VoiceMeUp says to a request, with HTTP 200 also where it says no.
enum Verdict {
    /// Taken, with its id if it told one.
    Yes(Option<String>),
    /// Not taken: code and words, as far as told.
    No(Option<String>, Option<String>),
    /// Nothing that VoiceMeUp would say.
    Unclear,
}

impl Verdict {
    fn of(answer: &Answer) -> Self {
        let told = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default();
        let details = told.get("response_details").unwrap_or(&Value::Null);
        // One message is an object, several are an array.
        let messages = match details.pointer("/response_messages/message") {
            Some(Value::Array(messages)) => messages.as_slice(),
            Some(message) => std::slice::from_ref(message),
            None => &[],
        };
        let code = |message: &Value| first(message, &["code"]);
        let words = |message: &Value| first(message, &["_content"]);
        match first(details, &["response_status"]).as_deref() {
            Some("success") => {
                let id = messages.iter().find(|message| code(message).as_deref() == Some(TAKEN));
                Self::Yes(id.and_then(words))
            }
            Some("error") => {
                let first = messages.first();
                Self::No(first.and_then(code), first.and_then(words))
            }
            _ => Self::Unclear,
        }
    }
}

fn outcome(outgoing: &Outgoing, answer: &Answer) -> Result<Sent, SendError> {
    let refused = |kind, code, words, effect| {
        let failure = Failure::new(kind, code, Some(words));
        Err(SendError { failure, effect, retry_after: answer.retry_after })
    };
    let said = || format!("VoiceMeUp answered {}.", answer.status);
    match Verdict::of(answer) {
        Verdict::Yes(id) if answer.status < 300 => {
            let provider_id = id.unwrap_or_else(|| format!("desk-{}", outgoing.id));
            Ok(Sent { provider_id })
        }
        Verdict::No(code, words) => {
            let kind = match (answer.status, code.as_deref()) {
                (401 | 403 | 413 | 429 | 500.., _) => status::kind(answer.status),
                (_, Some(code)) => kind(code, words.as_deref().unwrap_or_default()),
                (_, None) => ErrorKind::Other,
            };
            let is_repeat = code.as_deref() == Some(DUPLICATE);
            let effect = match kind {
                // What it has already may be our own attempt whose answer never came.
                _ if is_repeat => Effect::Unknown,
                ErrorKind::TooManyRequests => Effect::NoneTryAgain,
                _ if answer.status < 300 => Effect::None,
                _ => status::effect(answer.status),
            };
            let words = words.or_else(|| code.clone()).unwrap_or_else(said);
            let words = if is_repeat {
                format!(
                    "VoiceMeUp has this same text for this number already, perhaps from an \
                     earlier attempt, and did not take it a second time: {words}"
                )
            } else {
                words
            };
            refused(kind, code, words, effect)
        }
        Verdict::Yes(_) | Verdict::Unclear if answer.status < 300 => {
            let words = "The answer does not come from VoiceMeUp.".to_owned();
            refused(ErrorKind::Other, None, words, Effect::Unknown)
        }
        Verdict::Yes(_) | Verdict::Unclear => {
            let kind = match answer.status {
                404 | 405 => ErrorKind::Other,
                status => status::kind(status),
            };
            refused(kind, None, said(), status::effect(answer.status))
        }
    }
}

/// What a code means. Two are known; the others are read by what is in them.
fn kind(code: &str, words: &str) -> ErrorKind {
    let code = code.to_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|part| code.contains(part));
    let reason =
        wording::opted_out_or_blocked(&code).or_else(|| wording::opted_out_or_blocked(words));
    match code.as_str() {
        "permission_refused" => ErrorKind::PermissionDenied,
        DUPLICATE => ErrorKind::Other,
        _ if has(&["auth", "token", "username"]) => ErrorKind::AuthenticationFailed,
        _ if reason.is_some() => reason.unwrap_or(ErrorKind::Other),
        _ if has(&["attachment"]) && has(&["size"]) => ErrorKind::FileTooLarge,
        _ if has(&["attachment"]) => ErrorKind::UnsupportedMedia,
        _ if has(&["destination", "source", "number"]) => ErrorKind::InvalidPhoneNumber,
        _ if has(&["missing", "invalid", "parameter"]) => ErrorKind::InvalidParameter,
        _ if has(&["limit", "throttle"]) || wording::has_word(&code, &["rate"]) => {
            ErrorKind::TooManyRequests
        }
        _ => ErrorKind::Other,
    }
}

fn light(answer: &Answer) -> Health {
    let unknown = |detail: &str| Health {
        state: HealthState::Unknown,
        detail: Some(format!("{detail} Send a message to see whether the Auth Token works.")),
    };
    match Verdict::of(answer) {
        Verdict::No(code, words) if answer.status < 300 => {
            let about = [code.as_deref(), words.as_deref()].map(Option::unwrap_or_default);
            let about = about.join(" ").to_lowercase();
            let is_about = |part| about.contains(part);
            if ["auth", "permission", "token"].into_iter().any(is_about)
                || wording::has_word(&about, &["user", "username"])
            {
                let said = words.or(code).unwrap_or_default();
                let detail = format!(
                    "VoiceMeUp does not accept the Username and Auth Token. Copy them again, and \
                     see whether the account has API access. It says: {said}"
                );
                return Health { state: HealthState::Unauthorized, detail: Some(detail) };
            }
            match code {
                // Who we are was right: what is missing is the recipient.
                Some(_) => Health { state: HealthState::Connected, detail: None },
                None => unknown("VoiceMeUp refused our question without a reason."),
            }
        }
        Verdict::Yes(_) if answer.status < 300 => {
            unknown("VoiceMeUp took a message without a recipient, which tells nothing.")
        }
        _ if answer.status == 404 => unknown("VoiceMeUp answered 404: check the address."),
        Verdict::No(_, words) => {
            status::light("VoiceMeUp", "Username and Auth Token", answer, words)
        }
        Verdict::Yes(_) | Verdict::Unclear => {
            status::light("VoiceMeUp", "Username and Auth Token", answer, None)
        }
    }
}

/// The members of a webhook, from JSON or a form; `None`: it is neither.
fn body(request: &Request) -> Result<Option<Value>, Refused> {
    if request.is_of_type("application/x-www-form-urlencoded") {
        let members = wire::parameters(&request.body).into_iter();
        return Ok(Some(members.map(|(name, value)| (name, Value::String(value))).collect()));
    }
    if request.header("content-type").is_some() && !request.is_of_type("application/json") {
        return Err(Refused::ContentType);
    }
    Ok(serde_json::from_slice(&request.body).ok())
}

fn read(told: &Value) -> Result<Option<Inbound>, &'static str> {
    let id = first(told, &["sms_hash", "sms_log_id"]).ok_or("it has no sms_hash")?;
    if first(told, &["direction"]).is_some_and(|direction| direction != "inbound") {
        return Ok(failed(told, id).map(Inbound::Receipt));
    }
    let source = first(told, &["source_number"]).ok_or("the message has no sender")?;
    let destination = first(told, &["destination_number"]).ok_or("the message has no recipient")?;
    let time = first(told, &["datetime_transmission"]);
    let text = first(told, &["message"]);
    let (media, position) = match attachment(told) {
        Attachment::None => (None, None),
        Attachment::Wrapper => (None, Some(1)),
        // A file that comes alone and one that belongs to a text look the same.
        Attachment::File(file) => (Some(file), text.is_none().then(|| place(told))),
    };
    if text.is_none() && media.is_none() {
        return match position {
            // What it wraps comes by itself.
            Some(_) => Ok(None),
            None => Err("the message has neither text nor a file"),
        };
    }
    let part = time.as_deref().zip(position).map(|(time, position)| Part {
        key: format!("{source} {destination} {time}"),
        position,
        total: None,
    });
    Ok(Some(Inbound::Message(InboundMessage {
        provider_id: id,
        from: plus(&source),
        to: plus(&destination),
        others: Vec::new(),
        sender_name: None,
        text,
        media: media.into_iter().collect(),
        at: time.as_deref().and_then(rfc3339),
        part,
    })))
}

/// The place of a file behind its text. Entries of the log that follow each other have numbers that
/// do, so that several files of a message have places of their own.
fn place(told: &Value) -> u32 {
    let entry = told.get("sms_log_id").and_then(size).unwrap_or_default();
    u32::try_from(entry % PLACES).unwrap_or_default() + 2
}

/// What is attached to a message.
enum Attachment {
    None,
    /// The page around a message with files: no file itself.
    Wrapper,
    File(InboundMedia),
}

fn attachment(told: &Value) -> Attachment {
    let Some(url) = first(told, &["attachment", "attachment_url"]) else { return Attachment::None };
    let content_type = first(told, &["attachment_mime_type", "attachment_type"]);
    let is_page = content_type.as_deref().is_some_and(|it| it.starts_with("text/html"));
    if is_page || url.to_ascii_lowercase().ends_with(".mms.html") {
        return Attachment::Wrapper;
    }
    let size = told.get("attachment_size").and_then(size);
    Attachment::File(InboundMedia { url, content_type, name: None, size, sha256: None })
}

/// News of a message that we sent, if it tells a failure: "completed" tells no more than we know.
fn failed(told: &Value, provider_id: String) -> Option<Receipt> {
    let status = first(told, &["transmission_status"])?;
    if !matches!(status.as_str(), "failed" | "error" | "refused") {
        return None;
    }
    let text = format!("VoiceMeUp says: {status}");
    let failure = Failure::new(ErrorKind::Other, Some(status), Some(text));
    let status = ReceiptStatus::Failed(failure);
    Some(Receipt { provider_id, our_id: None, status, at: None })
}
