//! Users, their roles, presence and signed-in devices.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{DeviceId, FileId, NumberId, QueueId, Time, UserId, words};

words! {
    /// What a user may do.
    Role {
        /// Everything, settings included.
        Administrator = "administrator",
        /// Sees every session read-only, may transfer and take over.
        Supervisor = "supervisor",
        /// Answers their own sessions and those of their queues.
        Agent = "agent",
    }
}

words! {
    /// Where a user says they are (requirement M1).
    #[expect(missing_docs, reason = "the names are the words of the guide")]
    Presence {
        Available = "available",
        Away = "away",
        BusinessTrip = "business_trip",
        DoNotDisturb = "do_not_disturb",
        LunchBreak = "lunch_break",
        OffWork = "off_work",
    }
}

/// A person who can sign in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct User {
    /// Id.
    pub id: UserId,
    /// Sign-in name, unique without regard to case.
    pub login: String,
    /// Shown name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Where they say they are.
    pub presence: Presence,
    /// A disabled user cannot sign in.
    pub disabled: bool,
    /// Until when sign-in is refused after wrong passwords; `null` when it is not.
    pub locked_until: Option<Time>,
    /// Queues they are an agent of.
    pub queues: Vec<QueueId>,
    /// Whether they may call customers.
    pub may_call: bool,
    /// Their picture, at `/api/v1/users/{id}/photo`; another one has another id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<FileId>,
    /// When they were added.
    pub created_at: Time,
}

/// What everyone may know of a colleague.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Person {
    /// Id.
    pub id: UserId,
    /// Shown name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Presence; `off_work` when signed out everywhere.
    pub presence: Presence,
    /// When they will be available again, as far as they say.
    pub presence_until: Option<Time>,
    /// Since when; `null`: nobody knows.
    pub presence_since: Option<Time>,
    /// The supervisor or administrator who set it; `null`: they themselves.
    pub presence_by: Option<String>,
    /// Sessions that they own and that are open.
    pub open_sessions: i64,
    /// Their picture, at `/api/v1/users/{id}/photo`; another one has another id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<FileId>,
}

/// A browser, window or phone where a user is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Device {
    /// Id.
    pub id: DeviceId,
    /// What it called itself.
    pub name: String,
    /// When it signed in.
    pub created_at: Time,
    /// When it last asked for something.
    pub last_seen_at: Time,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// The signed-in user and what they may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Me {
    /// The user.
    pub user: User,
    /// May change settings.
    pub may_administer: bool,
    /// May see every session, transfer and take over.
    pub may_supervise: bool,
    /// Numbers from which they may start sessions.
    pub startable: Vec<StartableNumber>,
    /// When their presence becomes available again by itself.
    pub presence_until: Option<Time>,
    /// The supervisor or administrator who set their presence; `null`: they themselves.
    pub presence_by: Option<String>,
    /// Whether they are away only because they touched nothing.
    pub presence_idle: bool,
    /// Minutes without a touch after which they are away by themselves; `null`: never.
    pub away_after: Option<u32>,
    /// Preferences of the UI, kept for them as they are.
    #[schema(value_type = Object)]
    pub preferences: serde_json::Value,
}

/// A number from which the caller may start a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StartableNumber {
    /// Id.
    pub id: NumberId,
    /// The number or sender id.
    pub address: String,
    /// Name of its channel.
    pub channel_name: String,
    /// Provider of its channel.
    pub provider: String,
}

/// A link that signs its own user in on one more device.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SignInLink {
    /// Goes into the link; shown only here.
    pub token: String,
    /// Until when it can be used.
    pub expires_at: Time,
}

/// The answer to a sign-in.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SignedIn {
    /// Bearer token; shown once, kept by the device.
    pub token: String,
    /// Who signed in.
    pub me: Me,
}
