//! Live chat: a site of one's own, without a provider. Visitors are connected to the desk itself,
//! so that nothing is handed over anywhere: what was said is in the store, and the desk tells it to
//! the visitor's line from there.
//!
//! Owns the description of such a channel and what visitors and desk say to each other
//! ([`frames`]). Pure; knows no socket and no store.

pub mod frames;

use std::sync::Arc;

use async_trait::async_trait;

use crate::exchange::{
    Health, HealthState, Limits, Outgoing, PartSizes, Received, Refused, Request, SendError, Sent,
};
use crate::form::{Abilities, Description, FieldProblem, IdentityKind, Medium, Settings, Signing};
use crate::http::Http;
use crate::{Channel, Provider};

/// Its id, in SQL and on the wire.
pub const ID: &str = "livechat";
/// Characters of a message, either way.
pub const TEXT_CHARS: u32 = 5_000;
/// Files of a message, either way.
pub const FILES: u32 = 10;
/// Bytes of a file, either way.
pub const FILE_BYTES: u64 = 10 * 1024 * 1024;

const LIMITS: Limits = Limits {
    text_chars: TEXT_CHARS,
    files: FILES,
    file_bytes: FILE_BYTES,
    total_bytes: FILE_BYTES * FILES as u64,
    parts: PartSizes::STANDARD,
    text_with_files: true,
    may_start: false,
    idempotent: true,
    receipts: true,
};

/// The provider "Live chat".
#[derive(Debug)]
pub struct LiveChat;

impl Provider for LiveChat {
    fn description(&self) -> Description {
        Description {
            id: ID,
            label: "Live chat",
            tagline: "Visitors of your website write to you",
            medium: Medium::Livechat,
            fields: Vec::new(),
            steps: vec![
                "Enter the **domain** of your website and choose who answers.",
                "Copy the **snippet** and paste it into your pages, just before `</body>`.",
            ],
            notes: vec![
                "Nobody else is between you and your visitors: what they write is on this computer \
                 only.",
                "Visitors reach the chat through the public address of this desk. On your own \
                 computer the test page works without one.",
            ],
            unconfirmed: Vec::new(),
            portal: "",
            abilities: Abilities::default(),
            signing: Signing::Never,
            networks: Vec::new(),
            answers_keywords: false,
            sender_ids: false,
            default_rate: 1_000.0,
            base_url: "",
            limits: LIMITS,
            identity: IdentityKind::Visitor,
        }
    }

    fn problems(&self, _settings: &Settings) -> Vec<FieldProblem> {
        Vec::new()
    }

    fn connect(&self, _settings: Settings) -> Result<Arc<dyn Channel>, Vec<FieldProblem>> {
        Ok(Arc::new(Site))
    }
}

/// One site.
struct Site;

#[async_trait]
impl Channel for Site {
    fn limits(&self) -> Limits {
        LIMITS
    }

    fn receive(&self, _request: &Request) -> Result<Received, Refused> {
        // Nobody has anything to bring here: visitors have lines of their own.
        Err(Refused::Foreign)
    }

    async fn send(&self, outgoing: &Outgoing, _http: &Http) -> Result<Sent, SendError> {
        Ok(Sent { provider_id: outgoing.id.clone() })
    }

    async fn check(&self, _http: &Http) -> Health {
        Health { state: HealthState::Connected, detail: None }
    }
}
