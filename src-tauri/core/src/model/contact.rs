//! Contacts, their identities, and notes about them.

use std::collections::BTreeMap;

use deskbell_channels::form::IdentityKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    ContactFieldId, ContactId, ContactNoteId, File, IdentityId, LabelId, MessageId, SessionId,
    Time, UserId, words,
};

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
    /// Language they speak, such as `de` or `pt-BR`; empty when unknown.
    pub language: String,
    /// Where they live, such as `Europe/Vienna`; empty when unknown.
    pub time_zone: String,
    /// What stands in the custom fields, by field.
    pub values: BTreeMap<ContactFieldId, String>,
    /// Set while they are blocked.
    pub blocked: Option<Blocked>,
    /// Addresses, oldest first.
    pub identities: Vec<Identity>,
    /// Labels that they have.
    pub labels: Vec<LabelId>,
    /// When somebody last wrote, to the minute; `null`: never.
    pub last_message_at: Option<Time>,
    /// When they first appeared.
    pub created_at: Time,
    /// Who added them; `null`: they wrote by themselves.
    pub created_by: Option<UserId>,
}

/// That a contact is blocked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Blocked {
    /// Since when.
    pub at: Time,
    /// By whom.
    pub by: Option<UserId>,
    /// Their name.
    pub by_name: Option<String>,
    /// Why, in their words.
    pub reason: Option<String>,
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
    /// What it is, in the team's words: mobile, work …
    pub remark: String,
    /// Numbers of ours that this address wants to hear no more from.
    pub opted_out: Vec<String>,
}

/// A dated note about a contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactNote {
    /// Id.
    pub id: ContactNoteId,
    /// Whom it is about.
    pub contact_id: ContactId,
    /// Who wrote it.
    pub author_id: Option<UserId>,
    /// Their name at that time.
    pub author_name: String,
    /// The text.
    pub text: String,
    /// When it was written.
    pub created_at: Time,
    /// When it was last changed.
    pub changed_at: Option<Time>,
}

words! {
    /// The order of a list of contacts.
    ContactSort {
        /// By name; those without one last.
        Name = "name",
        /// Who appeared last first.
        Newest = "newest",
        /// With whom somebody wrote last first.
        LastMessage = "last_message",
    }
}

words! {
    /// Which contacts a list shows.
    ContactShow {
        /// All.
        All = "all",
        /// Those that somebody gave a name.
        Named = "named",
        /// Those that nobody gave a name yet.
        Unnamed = "unnamed",
        /// Those that are blocked.
        Blocked = "blocked",
    }
}

/// How many contacts there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactCounts {
    /// All.
    pub all: i64,
    /// Without a name.
    pub unnamed: i64,
    /// Blocked.
    pub blocked: i64,
}

/// A file that came from a contact or went to them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactFile {
    /// The file.
    pub file: File,
    /// Where it was said.
    pub session_id: SessionId,
    /// In which message.
    pub message_id: MessageId,
    /// When.
    pub at: Time,
}

/// A link that was written to a contact or by them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactLink {
    /// The address.
    pub url: String,
    /// Where it was said.
    pub session_id: SessionId,
    /// In which message.
    pub message_id: MessageId,
    /// When.
    pub at: Time,
}

/// Files and links of a contact, newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactFiles {
    /// Files.
    pub files: Vec<ContactFile>,
    /// Links.
    pub links: Vec<ContactLink>,
}
