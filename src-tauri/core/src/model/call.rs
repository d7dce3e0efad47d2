//! Calls: how a user calls a customer, and what became of it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CallId, SessionId, Time, UserId, words};

words! {
    /// How a user calls.
    CallMethod {
        /// A `tel:` link opens.
        Tel = "tel",
        /// A `sip:` link opens.
        Sip = "sip",
        /// A `callto:` link opens.
        Callto = "callto",
        /// A link of the user's own opens.
        Pattern = "pattern",
        /// The provider of the channel calls the user's telephone, then the customer.
        Provider = "provider",
    }
}

words! {
    /// What became of a call, as far as anybody tells.
    CallState {
        /// A link was handed to the user's device; nobody tells what follows.
        HandedOver = "handed_over",
        /// The provider is being asked.
        Starting = "starting",
        /// The user's own telephone is called.
        YourPhone = "your_phone",
        /// The customer's telephone rings.
        Ringing = "ringing",
        /// They talk.
        Answered = "answered",
        /// They talked.
        Ended = "ended",
        /// The customer's line was busy.
        Busy = "busy",
        /// The customer did not answer.
        NoAnswer = "no_answer",
        /// The user's own telephone was not answered.
        NotPickedUp = "not_picked_up",
        /// It was given up before the customer answered.
        Cancelled = "cancelled",
        /// It did not work.
        Failed = "failed",
        /// Perhaps: the provider's answer never came. It is not tried again by itself.
        Uncertain = "uncertain",
    }
}

/// A call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Call {
    /// Id.
    pub id: CallId,
    /// The session it was made from.
    pub session_id: SessionId,
    /// Who called.
    pub user_id: UserId,
    /// How.
    pub method: CallMethod,
    /// Whom.
    pub number: String,
    /// What became of it.
    pub state: CallState,
    /// How long they talked, in seconds, if the provider tells.
    pub seconds: Option<u32>,
    /// Why it did not work, in words.
    pub reason: Option<String>,
    /// When it was made.
    pub created_at: Time,
}

/// A call that was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CallStarted {
    /// The call.
    pub call: Call,
    /// What the user's device opens; `null` where the provider calls.
    pub link: Option<String>,
}

/// How a user calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Calling {
    /// How.
    pub method: CallMethod,
    /// The link of the user's own (`https://pbx.example/call?to={number}`); `{number}` stands for
    /// the number with its `+`, `{digits}` for its digits.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub pattern: String,
    /// The user's telephone, which the provider calls first.
    #[serde(default)]
    #[schema(max_length = 64)]
    pub phone: String,
}
