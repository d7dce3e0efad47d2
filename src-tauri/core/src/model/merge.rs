//! Contacts that become one, and who may be the same person.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Contact, ContactId, ContactMergeId, Time, UserId, words};

/// That a contact became part of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactMerge {
    /// Id.
    pub id: ContactMergeId,
    /// Who stayed.
    pub kept_id: ContactId,
    /// Who became part of them.
    pub merged_id: ContactId,
    /// What they were called: their name, else a number.
    pub merged_name: String,
    /// When.
    pub at: Time,
    /// Who merged them.
    pub by_id: UserId,
    /// Their name at that time.
    pub by_name: String,
    /// Until when the two can be taken apart; `null`: not any more.
    pub until: Option<Time>,
    /// Set when they were taken apart.
    pub undone: Option<MergeUndone>,
}

/// That a merge was undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MergeUndone {
    /// When.
    pub at: Time,
    /// Who did it.
    pub by_id: Option<UserId>,
    /// Their name at that time.
    pub by_name: String,
}

/// What a merge would make of two contacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MergePreview {
    /// Who stays, as they are now.
    pub kept: Contact,
    /// Who would become part of them, as they are now.
    pub other: Contact,
    /// What stands on the card afterwards.
    pub result: Contact,
    /// What each of them brings along.
    pub brings: MergeSides,
    /// Why the caller may not do it, one sentence; `null`: they may.
    pub refused: Option<String>,
}

/// What two contacts bring along, one beside the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MergeSides {
    /// Of who stays.
    pub kept: MergeCounts,
    /// Of the other.
    pub other: MergeCounts,
}

/// How much belongs to a contact. Of sessions and files those that the caller may know of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MergeCounts {
    /// Notes.
    pub notes: i64,
    /// Sessions.
    pub sessions: i64,
    /// Files in those sessions.
    pub files: i64,
}

/// Two contacts that have become one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Merged {
    /// Who stayed.
    pub contact: Contact,
    /// What is needed to take them apart.
    pub merge: ContactMerge,
}

/// What taking a merge apart would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnmergePreview {
    /// The merge.
    pub merge: ContactMerge,
    /// Who stays, as they would be; `null`: it cannot be done.
    pub kept: Option<Contact>,
    /// Who comes back, as they would be; `null`: it cannot be done.
    pub other: Option<Contact>,
    /// Notes that go back.
    pub notes: i64,
    /// What was changed on the card since, and therefore stays with who stayed: `name`,
    /// `company`, `email`, `remarks`, `language`, `time_zone`, or `values.` and a field's id.
    pub stays: Vec<String>,
    /// Numbers that came since, and stay.
    pub numbers_stay: Vec<String>,
    /// Notes that were written since, and stay.
    pub notes_stay: i64,
    /// Why it cannot be done, or not by the caller, one sentence; `null`: it can.
    pub refused: Option<String>,
}

/// Two contacts that were one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Unmerged {
    /// Who stayed.
    pub kept: Contact,
    /// Who is back.
    pub other: Contact,
}

words! {
    /// Why two contacts look like the same person.
    LikeBy {
        /// The same e-mail address.
        Email = "email",
        /// The same name.
        Name = "name",
        /// The same number, written in two ways.
        Number = "number",
    }
}

/// A contact that looks like the same person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Lookalike {
    /// Who.
    pub contact: Contact,
    /// What is the same.
    pub by: Vec<LikeBy>,
}
