//! Queues and their pick-up modes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{QueueId, Time, UserId, words};

words! {
    /// How a session of a queue gets an owner (rules §2).
    PickUpMode {
        /// Someone presses Pick up; until then all its agents may answer.
        Manual = "manual",
        /// The first answer takes it.
        Auto = "auto",
        /// Nobody ever owns it; all its agents may always answer.
        None = "none",
    }
}

/// A named group of agents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Queue {
    /// Id.
    pub id: QueueId,
    /// Name, unique.
    pub name: String,
    /// How its sessions get an owner.
    pub mode: PickUpMode,
    /// Its agents.
    pub agents: Vec<UserId>,
    /// Numbers whose new sessions come here, as they are shown ("Shop number · +1 555 …").
    pub used_by: Vec<String>,
    /// When it was added.
    pub created_at: Time,
}
