//! Contacts and their identities.

use deskbell_channels::form::IdentityKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ContactId, IdentityId, LabelId, Time};

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Contact {
    /// Id.
    pub id: ContactId,
    /// Name; empty when nobody has given one yet.
    pub name: String,
    /// Company, if known.
    pub company: String,
    /// E-mail address, if known.
    pub email: String,
    /// What the team should know.
    pub remarks: String,
    /// Addresses, oldest first.
    pub identities: Vec<Identity>,
    /// Labels that they have.
    pub labels: Vec<LabelId>,
    /// When they first appeared.
    pub created_at: Time,
}

/// One address of a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Identity {
    /// Id.
    pub id: IdentityId,
    /// What kind of address.
    pub kind: IdentityKind,
    /// The address.
    pub address: String,
    /// Numbers of ours that this address wants to hear no more from.
    pub opted_out: Vec<String>,
}
