//! Invitations: a link that makes one colleague a user.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{InviteId, QueueId, Role, Time, UserId};

/// An invitation that nobody has used yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Invite {
    /// Id.
    pub id: InviteId,
    /// Whom it is for; empty when nobody wrote it down.
    pub name: String,
    /// What they will be allowed to do.
    pub role: Role,
    /// Queues they will be an agent of.
    pub queues: Vec<QueueId>,
    /// Who invited them.
    pub created_by: UserId,
    /// When.
    pub created_at: Time,
    /// Until when it can be used.
    pub expires_at: Time,
}

/// A new invitation, with the token that its link carries.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct NewInvite {
    /// The invitation.
    pub invite: Invite,
    /// Goes into the link; shown only here.
    pub token: String,
}

/// What an invitation tells the one who holds its link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InviteLook {
    /// Name of the business.
    pub business_name: String,
    /// Who invited.
    pub invited_by: String,
    /// Whom; empty when nobody wrote it down.
    pub name: String,
    /// What they will be allowed to do.
    pub role: Role,
}
