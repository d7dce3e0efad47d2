//! Apidaze (Sangoma, VoIP Innovations): SMS and MMS.
//!
//! Owns its wire format. The secret travels in the address: it is taken out of everything that is
//! told of an answer. Nothing is signed: the unguessable address of the webhook is the proof.

use std::sync::Arc;

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde_json::Value;
use url::Url;

use crate::exchange::{
    Effect, ErrorKind, Failure, Health, HealthState, Inbound, InboundMedia, InboundMessage, Limits,
    Millis, Outgoing, PartSizes, Received, Refused, Reply, Request, SendError, Sent,
};
use crate::form::{
    Abilities, Description, Field, FieldKind, FieldProblem, IdentityKind, Medium, Settings, Signing,
};
use crate::http::{Answer, Http};
use crate::lenient::{first, rfc3339, text};
use crate::number::{digits, plus};
use crate::{Channel, Provider, signature, status, wire, wording};

const API_KEY: &str = "api_key";
const SECRET: &str = "api_secret";
const BASE_URL: &str = "https://api.apidaze.io";
/// Names that a member of a webhook may have; those after the first are third parties' or guesses.
const FROM: [&str; 2] = ["caller_id_number", "from"];
const TO: [&str; 2] = ["destination_number", "to"];
const TEXT: [&str; 2] = ["text", "body"];
const ID: [&str; 3] = ["id", "uuid", "message_id"];
const MEDIA: [&str; 3] = ["media_urls", "media", "mms_media"];
/// The text of a message with a file when nobody wrote one: it must not be empty.
const NO_TEXT: &str = "File";
/// A webhook without an id is the same one again if it says the same within this time.
const SAME: Millis = 30_000;

const LIMITS: Limits = Limits {
    text_chars: 1600,
    files: 1,
    file_bytes: 100_000_000,
    total_bytes: 100_000_000,
    parts: PartSizes::STANDARD,
    text_with_files: true,
    may_start: true,
    idempotent: false,
    receipts: false,
};

/// The provider Apidaze.
#[derive(Debug)]
pub struct Apidaze;

impl Provider for Apidaze {
    fn description(&self) -> Description {
        Description {
            id: "apidaze",
            label: "Apidaze",
            tagline: "SMS and MMS",
            medium: Medium::Sms,
            fields: fields(),
            steps: vec![
                "Ask Apidaze for the **API Key** and the **Secret** of your application, and for a \
                 **number** that can do SMS.",
                "In your Apidaze application, set the **External Script URL** to this address. At \
                 VoIP Innovations, set it as the **SMS URL** of the number: {webhook_url}",
            ],
            notes: vec![
                "For numbers in the United States, register brand and campaign (10DLC) with \
                 Apidaze first; carriers block messages from numbers that are not registered.",
                "Apidaze calls the External Script URL for telephone calls too; the desk answers \
                 those with nothing. Let calls go elsewhere if the number takes any.",
                "One file to a message, always with a text. Apidaze publishes no limit for its \
                 size; pictures below 1 MB arrive best.",
                "Apidaze sends no receipts: a message stays at Sent.",
                "Customers of VoIP Innovations set `https://cpaas-api.voipinnovations.com` as the \
                 base address.",
                "Apidaze signs nothing: the webhook address is the proof. Keep it to yourself.",
            ],
            unconfirmed: vec![
                "How a message with a file is sent, and how one comes in: the names of the members \
                 are our best guess.",
                "Whether webhooks carry an id. Without one, two equal texts of a customer within \
                 half a minute may show as one, and a message that Apidaze brings twice may show \
                 twice.",
                "Most words of refusals: they are shown as they are.",
            ],
            portal: "",
            abilities: Abilities::default(),
            signing: Signing::Never,
            networks: Vec::new(),
            answers_keywords: false,
            sender_ids: true,
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
            name: API_KEY,
            label: "API Key",
            hint: "Apidaze gives it to you with your application.",
            kind: FieldKind::Text,
            required: true,
            pattern: "",
            placeholder: "",
        },
        Field {
            name: SECRET,
            label: "Secret",
            hint: "Belongs to the API Key; the two work only together.",
            kind: FieldKind::Secret,
            required: true,
            pattern: "",
            placeholder: "",
        },
    ]
}

/// One application at Apidaze.
struct Account {
    api_key: String,
    secret: SecretString,
    base: Url,
}

impl Account {
    fn from_settings(settings: &Settings) -> Result<Self, Vec<FieldProblem>> {
        let api_key = match settings.value(API_KEY) {
            Some(key) if key.bytes().all(|byte| byte.is_ascii_graphic()) => Ok(key.to_owned()),
            Some(_) => Err("The API Key holds a character that cannot be in it. Copy it again."),
            None => Err("Enter the API Key."),
        };
        let api_key = api_key.map_err(|text| FieldProblem::new(API_KEY, text.to_owned()));
        let secret = settings.token(SECRET, "Secret");
        let base = settings.base(BASE_URL);
        match (api_key, secret, base) {
            (Ok(api_key), Ok(secret), Ok(base)) => Ok(Self { api_key, secret, base }),
            (api_key, secret, base) => {
                let problems = [api_key.err(), secret.err(), base.err()];
                Err(problems.into_iter().flatten().collect())
            }
        }
    }

    /// `{base}/{api_key}/{path}?api_secret={secret}`: never to be shown.
    fn url(&self, path: &[&str]) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push(&self.api_key).extend(path);
        }
        url.query_pairs_mut().append_pair(SECRET, self.secret.expose_secret());
        url
    }

    /// The words of an answer, without the secret that they may repeat.
    fn problem(&self, answer: &Answer) -> Problem {
        let told = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default();
        let secret = self.secret.expose_secret();
        let encoded: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        let clean = |words: String| words.replace(secret, "…").replace(&encoded, "…");
        Problem {
            code: first(&told, &["code"]).map(clean),
            words: first(&told, &["message"]).map(clean),
        }
    }
}

#[async_trait]
impl Channel for Account {
    fn limits(&self) -> Limits {
        LIMITS
    }

    fn receive(&self, request: &Request) -> Result<Received, Refused> {
        if request.method == "GET" {
            // A telephone call, which asks for a script.
            return Ok(Received { events: Vec::new(), reply: taken(), unreadable: None });
        }
        let told = body(request)?.ok_or("the body is not JSON");
        let told = told.and_then(|body| read(&body, request.received_at));
        let (event, unreadable) = match told {
            Ok(message) => (Some(Inbound::Message(message)), None),
            Err(why) => (None, Some(format!("Apidaze sent something that we cannot read: {why}."))),
        };
        Ok(Received { events: event.into_iter().collect(), reply: taken(), unreadable })
    }

    async fn send(&self, outgoing: &Outgoing, http: &Http) -> Result<Sent, SendError> {
        let url = self.url(&["sms", "send"]);
        let (from, to) = (digits(&outgoing.from), digits(&outgoing.to));
        let text = outgoing.text.as_deref();
        let call = if outgoing.media_urls.is_empty() {
            let body = text.unwrap_or_default();
            http.post_form(url, &[("from", from), ("to", to), ("body", body)])
        } else {
            let body = text.unwrap_or(NO_TEXT);
            let media_urls = &outgoing.media_urls;
            http.post_json(url, &WithFile { from, to, body, message_type: "MMS", media_urls })
        };
        match call.answer().await {
            Ok(answer) => self.outcome(outgoing, &answer),
            Err(failed) => Err(failed.into_send_error()),
        }
    }

    async fn check(&self, http: &Http) -> Health {
        match http.get(self.url(&["validates"])).answer().await {
            Ok(answer) => self.light(&answer),
            Err(failed) => failed.into_health(),
        }
    }
}

/// Unconfirmed, member by member.
#[derive(Serialize)]
struct WithFile<'a> {
    from: &'a str,
    to: &'a str,
    body: &'a str,
    message_type: &'static str,
    media_urls: &'a [String],
}

/// `{"code":"E_…","message":"…"}`, or `{"ok":false,"message":"…"}`.
struct Problem {
    code: Option<String>,
    words: Option<String>,
}

impl Problem {
    /// Apidaze says so with 404.
    fn is_about_keys(&self) -> bool {
        self.words.as_deref().is_some_and(|words| words.contains("not a pair"))
    }

    fn kind(&self, status: u16) -> ErrorKind {
        let words = self.words.as_deref().unwrap_or_default();
        let has = |wanted: &[&str]| wording::has_word(words, wanted);
        match status {
            404 if self.is_about_keys() => ErrorKind::AuthenticationFailed,
            404 | 405 => ErrorKind::Other,
            415 => ErrorKind::UnsupportedMedia,
            200..=299 | 400 | 422 => match wording::opted_out_or_blocked(words) {
                Some(kind) => kind,
                None if has(&["destination", "number", "recipient"]) || words.contains("'to'") => {
                    ErrorKind::InvalidPhoneNumber
                }
                None if has(&["media", "mms"]) => ErrorKind::UnsupportedMedia,
                None if status < 300 => ErrorKind::Other,
                None => ErrorKind::InvalidParameter,
            },
            status => status::kind(status),
        }
    }
}

impl Account {
    fn outcome(&self, outgoing: &Outgoing, answer: &Answer) -> Result<Sent, SendError> {
        let told = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default();
        let ok = told.get("ok").and_then(Value::as_bool);
        if answer.status < 300 && ok == Some(true) {
            // Older answers hold no id.
            let id = told.get("details").and_then(|details| first(details, &["uuid"]));
            let provider_id = id.unwrap_or_else(|| format!("desk-{}", outgoing.id));
            return Ok(Sent { provider_id });
        }
        let problem = self.problem(answer);
        let kind = problem.kind(answer.status);
        let effect = match (answer.status, ok) {
            (200..=299, Some(false)) => Effect::None,
            (status, _) => status::effect(status),
        };
        let words = problem.words.unwrap_or_else(|| format!("Apidaze answered {}.", answer.status));
        let failure = Failure::new(kind, problem.code, Some(words));
        Err(SendError { failure, effect, retry_after: answer.retry_after })
    }

    fn light(&self, answer: &Answer) -> Health {
        let problem = self.problem(answer);
        let told = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default();
        let says_yes = ["/global", "/status/global"].into_iter().any(|place| {
            let said = told.pointer(place).and_then(Value::as_str).unwrap_or_default();
            said == "Authentication succeeded"
        });
        if answer.status == 200 && says_yes {
            return Health { state: HealthState::Connected, detail: None };
        }
        if answer.status == 404 && !problem.is_about_keys() {
            let detail = "Apidaze answered 404. Check the address.".to_owned();
            return Health { state: HealthState::Unknown, detail: Some(detail) };
        }
        status::light("Apidaze", "API Key and Secret", answer, problem.words)
    }
}

/// What Apidaze expects; the customer never sees it.
fn taken() -> Reply {
    Reply { status: 200, content_type: Some("text/plain"), body: "ok".to_owned() }
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

fn read(told: &Value, received_at: Millis) -> Result<InboundMessage, &'static str> {
    let from = plus(&first(told, &FROM).ok_or("the message has no sender")?);
    let to = plus(&first(told, &TO).ok_or("the message has no recipient")?);
    let text = first(told, &TEXT);
    let media = MEDIA.iter().filter_map(|name| told.get(name)).find_map(files).unwrap_or_default();
    if text.is_none() && media.is_empty() {
        return Err("the message has neither text nor a file");
    }
    let id = first(told, &ID);
    let provider_id =
        id.unwrap_or_else(|| derived(&from, &to, text.as_deref(), &media, received_at));
    let at = first(told, &["timestamp"]).as_deref().and_then(rfc3339);
    Ok(InboundMessage {
        provider_id,
        from,
        to,
        others: Vec::new(),
        sender_name: None,
        text,
        media,
        at,
        part: None,
    })
}

/// One file or several, as addresses or as objects with one; `None`: there is none.
fn files(value: &Value) -> Option<Vec<InboundMedia>> {
    let each = match value {
        Value::Array(several) => several.as_slice(),
        one => std::slice::from_ref(one),
    };
    let file = |value: &Value| {
        let url = first(value, &["url"]).or_else(|| text(value))?;
        let content_type = first(value, &["content_type", "mime_type"]);
        Some(InboundMedia { url, content_type, name: None, size: None, sha256: None })
    };
    let files: Vec<_> = each.iter().filter_map(file).collect();
    if files.is_empty() { None } else { Some(files) }
}

/// The key of a message that came without one: what it says and the half minute of its coming.
fn derived(
    from: &str,
    to: &str,
    text: Option<&str>,
    media: &[InboundMedia],
    received_at: Millis,
) -> String {
    let time = received_at.div_euclid(SAME).to_string();
    let mut said = vec![from, to, text.unwrap_or_default(), &time];
    said.extend(media.iter().map(|file| file.url.as_str()));
    format!("desk-{}", signature::sha256_hex(said.join("\0").as_bytes()))
}
