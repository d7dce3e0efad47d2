//! Channels, their numbers, destinations and figures.

use std::collections::BTreeMap;

use deskbell_channels::exchange::{AccountNumber, HealthState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ChannelId, NumberId, QueueId, Time, UserId, words};

words! {
    /// Whether a channel works.
    ChannelState {
        /// Its form was opened; it has a webhook token and nothing else is promised.
        Draft = "draft",
        /// It receives and sends.
        Active = "active",
        /// It was switched off: it neither receives nor sends.
        Disabled = "disabled",
    }
}

words! {
    /// What a sender address is.
    NumberKind {
        /// A telephone number, `+` and digits.
        E164 = "e164",
        /// A short code, three to six digits.
        ShortCode = "short_code",
        /// An alphanumeric sender id: customers cannot answer it.
        SenderId = "sender_id",
        /// The domain of a website with live chat.
        Website = "website",
    }
}

words! {
    /// Why a webhook request was refused.
    RefusalReason {
        /// Its signature is missing or wrong.
        Signature = "signature",
        /// Its signature is right, but was made at quite another time.
        Clock = "clock",
        /// It is meant for another account.
        Foreign = "foreign",
        /// It came with a wrong name or password.
        Password = "password",
        /// It came without name and password, and nobody came with them since.
        NoPassword = "no_password",
        /// It came from an address that is not allowed.
        Address = "address",
        /// Addresses are asked for, and nothing tells from which it came.
        UnknownAddress = "unknown_address",
    }
}

/// One configured account at one provider.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Channel {
    /// Id.
    pub id: ChannelId,
    /// Id of the provider.
    pub provider: String,
    /// Name.
    pub name: String,
    /// Whether it works.
    pub state: ChannelState,
    /// Plain settings by field name.
    pub values: BTreeMap<String, String>,
    /// Names of the secrets that are set. Their values never leave the core.
    pub secrets_set: Vec<String>,
    /// Override of the provider's base URL.
    pub base_url: Option<String>,
    /// Messages per second at most.
    pub rate: f64,
    /// Days of silence after which a session closes; `null`: never. Of a live chat it is always
    /// `null`: its own settings say it in minutes.
    pub auto_close_days: Option<u32>,
    /// Text that goes with files sent without one.
    pub file_text: Option<String>,
    /// Automatic answer to STOP; `null`: none.
    pub stop_text: Option<String>,
    /// Automatic answer to HELP; `null`: none.
    pub help_text: Option<String>,
    /// Path of its webhook; it never changes.
    pub webhook_path: String,
    /// Whole address of its webhook; `null` while the desk has no public address.
    pub webhook_url: Option<String>,
    /// What was last set at the provider through its API; `null`: nothing.
    pub webhook_at_provider: Option<WebhookAtProvider>,
    /// Name that webhooks have to come with; its password is the secret `webhook_password`.
    pub webhook_user: Option<String>,
    /// Networks that webhooks may come from (`192.0.2.0/27`); empty: any.
    pub allowed_networks: Vec<String>,
    /// Its numbers.
    pub numbers: Vec<Number>,
    /// Its light.
    pub health: ChannelHealth,
    /// What passed through it in the asked time.
    pub figures: Figures,
    /// When its form was first opened.
    pub created_at: Time,
}

/// The webhook address as it was set at the provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WebhookAtProvider {
    /// The address.
    pub url: String,
    /// When it was set.
    pub at: Time,
    /// Whether it is today's address, for every number.
    pub is_current: bool,
    /// Numbers that the channel got since.
    pub missing: Vec<String>,
}

/// A number of the account at the provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ListedNumber {
    /// What the provider says of it.
    #[serde(flatten)]
    pub number: AccountNumber,
    /// Whether the channel has it already.
    pub added: bool,
    /// Name of another channel of this desk that has it.
    pub in_channel: Option<String>,
}

/// The light of a channel.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ChannelHealth {
    /// Which light; `null` before the first check.
    pub state: Option<HealthState>,
    /// The exact words for it.
    pub words: String,
    /// What the provider said.
    pub detail: Option<String>,
    /// When it was last checked.
    pub checked_at: Option<Time>,
    /// When a customer's message last came in.
    pub last_inbound_at: Option<Time>,
    /// When a message was last taken by the provider.
    pub last_outbound_at: Option<Time>,
    /// Messages per second at present, if the provider asked for fewer than `rate`; 0 while it
    /// wants none.
    pub slowed_to: Option<f64>,
    /// Webhook requests that were not believed since the desk started or the channel was last
    /// changed. Nothing of them is kept.
    pub refused: u64,
    /// The same by reason.
    pub refusals: Vec<RefusalCount>,
    /// When the last of those came.
    pub last_refused_at: Option<Time>,
    /// Why the last of those was refused, and what to do, in words.
    pub last_refused_why: Option<String>,
}

/// How many webhook requests were refused for one reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RefusalCount {
    /// The reason.
    pub why: RefusalReason,
    /// How many.
    pub count: u64,
}

/// What passed through a channel in a span of time (requirement N1).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Figures {
    /// Messages that the provider took.
    pub sent: i64,
    /// Messages from customers.
    pub received: i64,
    /// Messages that failed.
    pub failed: i64,
    /// Sent and failed together.
    pub total: i64,
}

/// A sender address inside a channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Number {
    /// Id.
    pub id: NumberId,
    /// E.164 number, sender id or domain.
    pub address: String,
    /// Which of them.
    pub kind: NumberKind,
    /// Where its new sessions go.
    pub destination: Destination,
    /// Users who may start sessions from it.
    pub starters: Vec<UserId>,
}

/// Where new sessions of a number go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Destination {
    /// To one user.
    User {
        /// Who.
        id: UserId,
    },
    /// To a queue.
    Queue {
        /// Which.
        id: QueueId,
    },
}

/// A number as it is entered: without an id it is new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NumberInput {
    /// Id of a number that exists already.
    #[serde(default)]
    pub id: Option<NumberId>,
    /// E.164 number or sender id. Of a live chat that has a domain already, that domain counts.
    pub address: String,
    /// Where its new sessions go.
    pub destination: Destination,
    /// Users who may start sessions from it.
    #[serde(default)]
    pub starters: Vec<UserId>,
}

/// Changes to a channel; what is left out stays as it is.
#[derive(Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelChange {
    /// New name.
    pub name: Option<String>,
    /// Plain settings to set, by field name.
    pub values: Option<BTreeMap<String, String>>,
    /// Secrets to set, by field name; an empty one removes it. Never answered back.
    #[schema(value_type = Option<BTreeMap<String, String>>)]
    pub secrets: Option<BTreeMap<String, secrecy::SecretString>>,
    /// Base URL; an empty one goes back to the provider's own.
    pub base_url: Option<String>,
    /// Messages per second at most.
    pub rate: Option<f64>,
    /// Days of silence after which a session closes; 0: never.
    pub auto_close_days: Option<u32>,
    /// Text that goes with files sent without one; empty: none.
    pub file_text: Option<String>,
    /// Automatic answer to STOP; empty: none.
    pub stop_text: Option<String>,
    /// Automatic answer to HELP; empty: none.
    pub help_text: Option<String>,
    /// Name that webhooks have to come with, together with the secret `webhook_password`; empty:
    /// none.
    pub webhook_user: Option<String>,
    /// Networks that webhooks may come from, all of them; empty: any.
    pub allowed_networks: Option<Vec<String>>,
    /// All its numbers; those left out are removed.
    pub numbers: Option<Vec<NumberInput>>,
    /// Switch it on or off.
    pub state: Option<ChannelState>,
}
