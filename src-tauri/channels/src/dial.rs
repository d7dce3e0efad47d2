//! The common language of calls: what a provider is asked for, and what it tells of it. Part of
//! [`crate::exchange`]; owns no wire format.

use crate::exchange::Failure;

/// A call for a provider to make: the user's own telephone first, then the customer's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dial {
    /// Our id of the call; news of it carries it.
    pub id: String,
    /// Our number, which the customer sees.
    pub shown: String,
    /// The user's telephone.
    pub phone: String,
    /// The customer's number.
    pub to: String,
    /// Where news should go: the channel's public webhook URL, if the desk has one.
    pub status_url: Option<String>,
}

/// The provider makes the call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialled {
    /// The provider's id of it.
    pub provider_id: String,
}

/// News of a call that we asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallNews {
    /// The provider's id of the call.
    pub provider_id: String,
    /// Our id of it ([`Dial::id`]), where the provider gives it back.
    pub our_id: Option<String>,
    /// Which of the two telephones it speaks of.
    pub leg: Leg,
    /// What happened there.
    pub status: CallStatus,
    /// How long they talked, in seconds, once it is over.
    pub seconds: Option<u32>,
    /// Why it failed, if it did.
    pub failure: Option<Failure>,
}

/// One of the two telephones of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leg {
    /// The user's own.
    Agent,
    /// The customer's.
    Customer,
}

/// What happened at a telephone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallStatus {
    /// It rings.
    Ringing,
    /// Somebody answered.
    Answered,
    /// Somebody had answered, and it is over.
    Completed,
    /// Its line is busy.
    Busy,
    /// Nobody answered.
    NoAnswer,
    /// It could not be reached.
    Failed,
    /// It was given up.
    Cancelled,
}
