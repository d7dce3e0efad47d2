//! The common language between a provider's file and the product: what came in, what goes out,
//! what became of it. Owns no wire format and no storage.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use crate::dial::{CallNews, CallStatus, Dial, Dialled, Leg};

/// Milliseconds since 1970-01-01 UTC.
pub type Millis = i64;

/// A webhook request as it came, before anything is believed of it.
#[derive(Debug, Clone)]
pub struct Request {
    /// `GET` or `POST`.
    pub method: String,
    /// Path and query as received, beginning with `/`.
    pub path_and_query: String,
    /// Addresses under which the provider may know us (`https://desk.example.com`, no trailing
    /// slash), newest first. Signatures over the URL are tried against each.
    pub public_origins: Vec<String>,
    /// Header names in lower case, with values.
    pub headers: Vec<(String, String)>,
    /// The raw body.
    pub body: bytes::Bytes,
    /// When it came in, by our clock. A kept delivery that is replayed keeps the time of its coming.
    pub received_at: Millis,
    /// A kept delivery that was verified when it came: its signature is not asked again.
    pub kept: bool,
}

impl Request {
    /// The first value of a header; `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether the body is said to be of this media type (lower case, without parameters).
    pub fn is_of_type(&self, media_type: &str) -> bool {
        let said = self.header("content-type").and_then(|header| header.split(';').next());
        said.is_some_and(|said| said.trim().eq_ignore_ascii_case(media_type))
    }
}

/// What a rightly signed webhook turned out to be.
#[derive(Debug, Clone)]
pub struct Received {
    /// What happened, in the order the provider told it. Empty: nothing that concerns us.
    pub events: Vec<Inbound>,
    /// The answer that the provider expects once we have it on disk.
    pub reply: Reply,
    /// Set when the signature was right but the content could not be read: the delivery is kept
    /// under "Needs attention" with this sentence, and `reply` is still given.
    pub unreadable: Option<String>,
}

/// An answer to a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// `Content-Type`, if there is a body.
    pub content_type: Option<&'static str>,
    /// The body.
    pub body: String,
}

/// Why a webhook is not believed. Nothing is stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Signature missing or wrong. `status` is what this provider's documents ask for.
    #[error("the signature is missing or wrong")]
    Signature {
        /// 403, or 400 where the provider's table says so.
        status: u16,
    },
    /// The content type is not one that this provider sends: 415.
    #[error("the content type is not one that this provider sends")]
    ContentType,
    /// Rightly addressed but malformed in a way that the provider's table answers with 400.
    #[error("the request is malformed: {0}")]
    Malformed(String),
    /// Rightly signed, but for another account or number than this channel's: 403.
    #[error("the request is meant for another account")]
    Foreign,
}

/// One thing that a provider tells us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inbound {
    /// A customer wrote.
    Message(InboundMessage),
    /// News of a message that we sent.
    Receipt(Receipt),
    /// News of a call that we asked for.
    Call(CallNews),
}

/// A message from a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboundMessage {
    /// The provider's id, the key against repeats. A message whose id is missing or longer than 255
    /// characters needs attention.
    pub provider_id: String,
    /// The customer's address.
    pub from: String,
    /// Our number.
    pub to: String,
    /// Further participants of a group message: neither the sender nor our number.
    pub others: Vec<String>,
    /// Name of the customer, if the provider tells it.
    pub sender_name: Option<String>,
    /// The text, if any.
    pub text: Option<String>,
    /// Files to fetch.
    pub media: Vec<InboundMedia>,
    /// The provider's time, if it tells one.
    pub at: Option<Millis>,
    /// Set when the provider tells one message in several webhooks.
    pub part: Option<Part>,
}

/// Which piece of a message that comes in several webhooks this is. Each is shown as soon as it is
/// there; those with one key become one message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The same in all pieces of one message of one sender to one number.
    pub key: String,
    /// Place of this piece, from 1.
    pub position: u32,
    /// How many there are; `None` where the provider does not tell.
    pub total: Option<u32>,
}

/// A file that a customer sent, still at the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboundMedia {
    /// Where to fetch it.
    pub url: String,
    /// What the provider says it is. Never trusted.
    pub content_type: Option<String>,
    /// File name, if told.
    pub name: Option<String>,
    /// Size in bytes, if told.
    pub size: Option<u64>,
    /// Lower-case hex, if told.
    pub sha256: Option<String>,
}

/// News of a message that we sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The provider's id of our message.
    pub provider_id: String,
    /// Our id of it ([`Outgoing::id`]), where the provider gives back what it was given: it settles
    /// a message whose answer never came.
    pub our_id: Option<String>,
    /// What became of it.
    pub status: ReceiptStatus,
    /// The provider's time, if told.
    pub at: Option<Millis>,
}

/// What became of a message that we sent. Ordered by rank: a higher one replaces a lower one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReceiptStatus {
    /// Handed on to the carrier.
    Sent,
    /// Did not arrive.
    Failed(Failure),
    /// Arrived on the device.
    Delivered,
    /// Was read.
    Read,
}

/// Why a message was not delivered, in our words and in the provider's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Failure {
    /// The kind that retries and words are chosen by.
    pub kind: ErrorKind,
    /// The provider's own code.
    pub code: Option<String>,
    /// The provider's own words.
    pub text: Option<String>,
}

impl Failure {
    /// A failure whose words are at most 500 characters of what the provider said.
    pub fn new(kind: ErrorKind, code: Option<String>, text: Option<String>) -> Self {
        let clip = |text: String| text.chars().take(500).collect();
        Self { kind, code, text: text.map(clip) }
    }
}

/// The closed list of reasons for a failed send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the words of the product")]
pub enum ErrorKind {
    InvalidPhoneNumber,
    InvalidParameter,
    UnsupportedMedia,
    AuthenticationFailed,
    PermissionDenied,
    TooManyRequests,
    ServiceUnavailable,
    FileTooLarge,
    OutsideWindow,
    OptedOut,
    Blocked,
    Other,
}

impl ErrorKind {
    /// The name in SQL and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidPhoneNumber => "invalid_phone_number",
            Self::InvalidParameter => "invalid_parameter",
            Self::UnsupportedMedia => "unsupported_media",
            Self::AuthenticationFailed => "authentication_failed",
            Self::PermissionDenied => "permission_denied",
            Self::TooManyRequests => "too_many_requests",
            Self::ServiceUnavailable => "service_unavailable",
            Self::FileTooLarge => "file_too_large",
            Self::OutsideWindow => "outside_window",
            Self::OptedOut => "opted_out",
            Self::Blocked => "blocked",
            Self::Other => "other",
        }
    }

    /// The sentence that an agent reads (requirement C6, word for word where the guide has one).
    pub fn prompt(self) -> &'static str {
        match self {
            Self::InvalidPhoneNumber => "Invalid Phone Number",
            Self::InvalidParameter => "Invalid Parameter",
            Self::UnsupportedMedia => {
                "This type of message is not supported due to the restriction of the recipient platform."
            }
            Self::AuthenticationFailed | Self::PermissionDenied => "Authentication Failed",
            Self::TooManyRequests => "Too frequent operations. Please try again later.",
            Self::ServiceUnavailable => "Recipient Platform Service Unavailable",
            Self::FileTooLarge => "The file size exceeds the limit of the recipient's platform.",
            Self::OutsideWindow => "The reply window has closed.",
            Self::OptedOut => "The customer has opted out of messages from this number.",
            Self::Blocked => "The carrier or the customer blocks messages from this number.",
            Self::Other => "Failed to send",
        }
    }
}

/// A message to hand to a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Our id of the message; where the provider takes an idempotency key, it is this.
    pub id: String,
    /// Our number or sender id.
    pub from: String,
    /// The customer's address.
    pub to: String,
    /// The text, if any.
    pub text: Option<String>,
    /// Public links to the files, absolute `https://` URLs (plain `http://` only in tests).
    pub media_urls: Vec<String>,
    /// Where receipts should go: the channel's public webhook URL, if the desk has one.
    pub status_url: Option<String>,
}

/// The provider has taken the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The provider's id of it.
    pub provider_id: String,
}

/// The provider did not take the message, or we cannot know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", failure.kind.as_str())]
pub struct SendError {
    /// Reason, in our words and the provider's.
    pub failure: Failure,
    /// Whether the request may have taken effect all the same.
    pub effect: Effect,
    /// Wait at least this many seconds before trying again (`Retry-After`).
    pub retry_after: Option<u64>,
}

/// Whether a failed request may have taken effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Certainly not, and trying again later can succeed (refused connection, 429, …).
    NoneTryAgain,
    /// Certainly not, and trying again will fail the same way.
    None,
    /// Perhaps: the connection broke or timed out after the request had left.
    Unknown,
}

/// A send whose answer never came, to look for at the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// What was handed over.
    pub outgoing: Outgoing,
    /// When the attempt began, by our clock.
    pub attempted_at: Millis,
    /// When the provider is asked, by our clock: its own may tell another time.
    pub asked_at: Millis,
    /// Provider ids that we already know and that are therefore other messages; complete for a
    /// little longer than [`Self::LOOK_BACK`] before the attempt.
    pub known_provider_ids: Vec<String>,
}

impl Sought {
    /// A message may be listed as having come so long before its attempt: clocks are compared by
    /// answers that take their time.
    pub const LOOK_BACK: Millis = 60_000;
}

/// What the provider knows of a sought message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It took it.
    Sent(Sent),
    /// It certainly never got it.
    NotSent,
    /// It does not tell yet: it may be too early, or it cannot be reached. Ask again later.
    NotYet,
    /// It does not tell.
    CannotTell,
}

/// The channel's light.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Health {
    /// Which light.
    pub state: HealthState,
    /// What the provider said, in plain words; `None` when connected.
    pub detail: Option<String>,
}

/// Connected, or one of the four abnormal states of the guide (requirement C5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the words of the product")]
pub enum HealthState {
    Connected,
    Unauthorized,
    ServiceUnavailable,
    Unknown,
    RequestFailed,
}

impl HealthState {
    /// The exact words of the guide.
    pub fn words(self) -> &'static str {
        match self {
            Self::Connected => "Connected",
            Self::Unauthorized => "Unauthorized",
            Self::ServiceUnavailable => "Services of the recipient platform are unavailable",
            Self::Unknown => "Unknown",
            Self::RequestFailed => "Request Failed",
        }
    }

    /// The name in SQL and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::Unauthorized => "unauthorized",
            Self::ServiceUnavailable => "service_unavailable",
            Self::Unknown => "unknown",
            Self::RequestFailed => "request_failed",
        }
    }
}

/// What a provider allows in one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "four independent facts, each read by its name")]
pub struct Limits {
    /// Characters of text.
    pub text_chars: u32,
    /// Files in one message.
    pub files: u32,
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Bytes of all files of one message.
    pub total_bytes: u64,
    /// How text is cut into parts.
    pub parts: PartSizes,
    /// Whether text and files may travel together.
    pub text_with_files: bool,
    /// Whether agents may write first.
    pub may_start: bool,
    /// Whether repeats of a send with the same [`Outgoing::id`] collapse at the provider.
    pub idempotent: bool,
    /// Whether the provider tells what became of a message after taking it.
    pub receipts: bool,
}

/// How a provider cuts text into the parts that it counts and charges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PartSizes {
    /// Places of a text in GSM-7 that goes out whole.
    pub gsm7: u32,
    /// Places of each part of a longer one.
    pub gsm7_part: u32,
    /// UTF-16 units of a text that needs Unicode and goes out whole.
    pub ucs2: u32,
    /// UTF-16 units of each part of a longer one.
    pub ucs2_part: u32,
    /// Parts at most; `None` where only [`Limits::text_chars`] bounds them.
    pub most: Option<u32>,
}

impl PartSizes {
    /// As the standard has it (3GPP TS 23.040): 160 and 153, 70 and 67.
    pub const STANDARD: Self =
        Self { gsm7: 160, gsm7_part: 153, ucs2: 70, ucs2_part: 67, most: None };
}

/// A number of the account, as the provider lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AccountNumber {
    /// E.164.
    pub address: String,
    /// What the provider calls it, if it has a name other than the number.
    pub name: Option<String>,
    /// What keeps it from carrying messages, in a sentence; `None`: nothing known.
    pub problem: Option<String>,
}

/// What became of setting the webhook address at the provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct WebhookSet {
    /// What was set, a sentence each ("+1 … now sends its messages here.").
    pub done: Vec<String>,
    /// What a person still has to do on the provider's site, a sentence each.
    pub left: Vec<String>,
}
