//! The Demo provider: a carrier and customers that do not exist, for trying out and for tests.
//!
//! Owns its small signed JSON format, what its carrier does ([`engine`]) and its customers
//! ([`personas`]). Pure: time and ids come in, planned webhook requests come out; whoever delivers
//! them at their time plays the network. What arrives takes the road of every other provider.

pub mod engine;
pub mod personas;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use async_trait::async_trait;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

use crate::exchange::{
    Effect, ErrorKind, Failure, Health, HealthState, Inbound, InboundMedia, InboundMessage, Limits,
    Millis, Outgoing, PartSizes, Receipt, ReceiptStatus, Received, Refused, Reply, Request,
    SendError, Sent,
};
use crate::form::{Abilities, Description, FieldProblem, IdentityKind, Medium, Settings, Signing};
use crate::http::Http;
use crate::{Channel, Provider, signature};
use engine::{Fault, Faults, Verdict};
use personas::{Line, PHOTO, Persona};

/// Name of the secret that signs the demo's webhooks. Whoever creates the channel makes it up.
pub const SIGNING_KEY: &str = "signing_key";
const SIGNATURE_HEADER: &str = "x-demo-signature";

const LIMITS: Limits = Limits {
    text_chars: 1600,
    files: 10,
    file_bytes: 100_000_000,
    total_bytes: 1_000_000_000,
    parts: PartSizes::STANDARD,
    text_with_files: true,
    may_start: true,
    idempotent: false,
    receipts: true,
};

/// The provider "Demo".
#[derive(Debug)]
pub struct Demo;

impl Provider for Demo {
    fn description(&self) -> Description {
        Description {
            id: "demo",
            label: "Demo",
            tagline: "Customers who do not exist, for trying things out",
            medium: Medium::Demo,
            fields: Vec::new(),
            steps: vec![
                "Nothing to set up. Write as one of the demo customers and answer yourself.",
            ],
            notes: vec![
                "Nothing of this leaves your computer, and none of it counts in the statistics.",
            ],
            unconfirmed: Vec::new(),
            portal: "",
            abilities: Abilities::default(),
            signing: Signing::Always,
            networks: Vec::new(),
            answers_keywords: false,
            sender_ids: false,
            default_rate: 10.0,
            base_url: "",
            limits: LIMITS,
            identity: IdentityKind::Demo,
        }
    }

    fn problems(&self, _settings: &Settings) -> Vec<FieldProblem> {
        Vec::new()
    }

    fn connect(&self, settings: Settings) -> Result<Arc<dyn Channel>, Vec<FieldProblem>> {
        Ok(Arc::new(Carrier { settings }))
    }
}

/// The carrier behind one Demo channel.
struct Carrier {
    settings: Settings,
}

#[async_trait]
impl Channel for Carrier {
    fn limits(&self) -> Limits {
        LIMITS
    }

    fn receive(&self, request: &Request) -> Result<Received, Refused> {
        let header = request.header(SIGNATURE_HEADER).unwrap_or_default();
        let signed = self.settings.secret(SIGNING_KEY).is_some_and(|key| {
            signature::is_sha256_header(header, key.expose_secret().as_bytes(), &request.body)
        });
        if !request.kept && !signed {
            return Err(Refused::Signature { status: 403 });
        }
        let reply = Reply { status: 204, content_type: None, body: String::new() };
        Ok(match serde_json::from_slice::<News>(&request.body) {
            Ok(news) => Received { events: vec![news.into_inbound()], reply, unreadable: None },
            Err(_) => Received {
                events: Vec::new(),
                reply,
                unreadable: Some("The demo sent something that we cannot read.".to_owned()),
            },
        })
    }

    async fn send(&self, _outgoing: &Outgoing, _http: &Http) -> Result<Sent, SendError> {
        let (failure, effect, retry_after) = match engine::verdict(&Faults::of(&self.settings)) {
            Verdict::Accept => {
                let provider_id = format!("demo-{}", uuid::Uuid::new_v4());
                return Ok(Sent { provider_id });
            }
            Verdict::RateLimited { retry_after } => {
                let text = Some("too many messages (switched on in the demo)".to_owned());
                let failure = Failure::new(ErrorKind::TooManyRequests, None, text);
                (failure, Effect::NoneTryAgain, Some(retry_after))
            }
            Verdict::Refuse(failure) => (failure, Effect::None, None),
            Verdict::Silence => {
                let text = Some("no answer (switched on in the demo)".to_owned());
                (Failure::new(ErrorKind::Other, None, text), Effect::Unknown, None)
            }
        };
        Err(SendError { failure, effect, retry_after })
    }

    async fn check(&self, _http: &Http) -> Health {
        if Faults::of(&self.settings).has(Fault::Refused) {
            let detail =
                Some("The demo provider does not know our key: it is switched on so.".to_owned());
            return Health { state: HealthState::Unauthorized, detail };
        }
        Health { state: HealthState::Connected, detail: None }
    }
}

/// The demo's wire format.
#[derive(Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum News {
    Message {
        id: String,
        from: String,
        to: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sender_name: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        media: Vec<Media>,
        at: Millis,
    },
    Receipt {
        id: String,
        status: Status,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        failure: Option<Failure>,
        at: Millis,
    },
}

/// A file that comes with a demo message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// Where it is: any URL that the desk can fetch, or a `data:` URL that holds it.
    pub url: String,
    /// What it is.
    pub content_type: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Sent,
    Failed,
    Delivered,
    Read,
}

impl News {
    fn into_inbound(self) -> Inbound {
        match self {
            Self::Message { id, from, to, sender_name, text, media, at } => {
                let media = media.into_iter().map(|file| InboundMedia {
                    url: file.url,
                    content_type: file.content_type,
                    name: file.name,
                    size: None,
                    sha256: None,
                });
                Inbound::Message(InboundMessage {
                    provider_id: id,
                    from,
                    to,
                    others: Vec::new(),
                    sender_name,
                    text: text.filter(|text| !text.is_empty()),
                    media: media.collect(),
                    at: Some(at),
                    part: None,
                })
            }
            Self::Receipt { id, status, failure, at } => {
                let status = match status {
                    Status::Sent => ReceiptStatus::Sent,
                    Status::Delivered => ReceiptStatus::Delivered,
                    Status::Read => ReceiptStatus::Read,
                    Status::Failed => ReceiptStatus::Failed(
                        failure.unwrap_or_else(|| Failure::new(ErrorKind::Other, None, None)),
                    ),
                };
                Inbound::Receipt(Receipt { provider_id: id, our_id: None, status, at: Some(at) })
            }
        }
    }

    fn at(&self) -> Millis {
        let (Self::Message { at, .. } | Self::Receipt { at, .. }) = self;
        *at
    }

    fn receipt(id: &str, status: ReceiptStatus, at: Millis) -> Self {
        let (status, failure) = match status {
            ReceiptStatus::Sent => (Status::Sent, None),
            ReceiptStatus::Failed(failure) => (Status::Failed, Some(failure)),
            ReceiptStatus::Delivered => (Status::Delivered, None),
            ReceiptStatus::Read => (Status::Read, None),
        };
        Self::Receipt { id: id.to_owned(), status, failure, at }
    }
}

/// A webhook request that is to arrive after a while.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Milliseconds from now.
    pub after_ms: u64,
    /// The signed request, for the Demo channel's `receive`.
    pub request: Request,
}

/// What a demo customer says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Id of the message, unique.
    pub id: String,
    /// Address of the customer.
    pub from: String,
    /// Our number.
    pub to: String,
    /// Name of the customer.
    pub sender_name: Option<String>,
    /// The text, if any.
    pub text: Option<String>,
    /// Files.
    pub media: Vec<Media>,
}

/// The webhooks that follow a message which the demo carrier took.
pub fn receipts(settings: &Settings, provider_id: &str, now: Millis) -> Vec<Planned> {
    let steps = engine::receipt_steps(&Faults::of(settings));
    let plan = steps.into_iter().map(|step| Planned {
        after_ms: step.after_ms,
        request: signed(
            settings,
            &News::receipt(provider_id, step.status, now + millis(step.after_ms)),
        ),
    });
    plan.collect()
}

/// The webhooks that bring what a customer says, at once.
pub fn say(settings: &Settings, said: Said, now: Millis) -> Vec<Planned> {
    arriving(settings, said, now, 0)
}

/// The webhooks that bring what a persona writes first. `seed` is unique and becomes part of ids.
pub fn opening(
    settings: &Settings,
    persona: &Persona,
    to: &str,
    seed: &str,
    now: Millis,
) -> Vec<Planned> {
    spoken(settings, persona, persona.opening, (to, seed), now)
}

/// The webhooks that bring what a persona writes after our message number `turn` (from 0);
/// empty when it has nothing more to say.
pub fn reply(
    settings: &Settings,
    persona: &Persona,
    turn: usize,
    to: &str,
    seed: &str,
    now: Millis,
) -> Vec<Planned> {
    let lines = persona.replies.get(turn).copied().unwrap_or_default();
    spoken(settings, persona, lines, (to, seed), now)
}

fn spoken(
    settings: &Settings,
    persona: &Persona,
    lines: &[Line],
    (to, seed): (&str, &str),
    now: Millis,
) -> Vec<Planned> {
    let spoken_at = lines.iter().scan(0, |elapsed, line| {
        *elapsed += line.after_ms;
        Some(*elapsed)
    });
    let spoken_at: Vec<u64> = spoken_at.collect();
    let arrive_at = engine::moments(&Faults::of(settings), spoken_at.clone());
    let mut plan = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let (Some(spoken), Some(arrives)) = (spoken_at.get(index), arrive_at.get(index)) else {
            break;
        };
        let said = Said {
            id: format!("demo-{seed}-{index}"),
            from: persona.id.to_owned(),
            to: to.to_owned(),
            sender_name: Some(persona.name.to_owned()),
            text: Some(line.text.to_owned()).filter(|text| !text.is_empty()),
            media: if line.photo { vec![photo()] } else { Vec::new() },
        };
        plan.extend(arriving(settings, said, now + millis(*spoken), *arrives));
    }
    plan.sort_by_key(|planned| planned.after_ms);
    plan
}

fn arriving(settings: &Settings, said: Said, at: Millis, after_ms: u64) -> Vec<Planned> {
    let faults = Faults::of(settings);
    let Said { id, from, to, sender_name, text, media } = said;
    let request = signed(settings, &News::Message { id, from, to, sender_name, text, media, at });
    let moments = engine::repeats(&faults, after_ms).into_iter();
    moments.map(|after_ms| Planned { after_ms, request: request.clone() }).collect()
}

/// The photo of the demo, as a `data:` URL: it needs no network.
pub fn photo() -> Media {
    Media {
        url: format!("data:image/png;base64,{}", BASE64_STANDARD.encode(PHOTO)),
        content_type: Some("image/png".to_owned()),
        name: Some("parcel.png".to_owned()),
    }
}

fn signed(settings: &Settings, news: &News) -> Request {
    let mut body = serde_json::to_vec(news).unwrap_or_default();
    if Faults::of(settings).has(Fault::Unparsable) && matches!(news, News::Message { .. }) {
        body.truncate(body.len() / 2);
    }
    let key = settings.secret(SIGNING_KEY).map_or("", |key| key.expose_secret());
    let mac = hex::encode(signature::hmac_sha256(key.as_bytes(), &body));
    Request {
        method: "POST".to_owned(),
        path_and_query: "/".to_owned(),
        public_origins: Vec::new(),
        headers: vec![
            ("content-type".to_owned(), "application/json".to_owned()),
            (SIGNATURE_HEADER.to_owned(), format!("sha256={mac}")),
        ],
        body: Bytes::from(body),
        received_at: news.at(),
        kept: false,
    }
}

fn millis(after_ms: u64) -> Millis {
    Millis::try_from(after_ms).unwrap_or(Millis::MAX)
}
