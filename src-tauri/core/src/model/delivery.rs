//! Webhook deliveries as they came.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ChannelId, DeliveryId, Time, words};

words! {
    /// What became of a delivery.
    DeliveryOutcome {
        /// It was read and what follows from it is stored.
        Stored = "stored",
        /// Rightly signed, but nobody could read it: it needs attention.
        Unreadable = "unreadable",
        /// A person looked at it and put it aside.
        Dismissed = "dismissed",
    }
}

/// A webhook request as it came, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Delivery {
    /// Id.
    pub id: DeliveryId,
    /// Its channel.
    pub channel_id: ChannelId,
    /// Name of the channel.
    pub channel_name: String,
    /// When it came.
    pub received_at: Time,
    /// Its `Content-Type`.
    pub content_type: String,
    /// Its body as text; bytes that are no text are shown as `�`. Only in the single view.
    pub body: Option<String>,
    /// Bytes of the body.
    pub size: i64,
    /// What became of it.
    pub outcome: DeliveryOutcome,
    /// Why it could not be read.
    pub error: Option<String>,
    /// When it was last replayed.
    pub replayed_at: Option<Time>,
}
