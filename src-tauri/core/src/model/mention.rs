//! Colleagues named in a note.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Time, UserId};

/// The newest note of a session that names the caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Mention {
    /// Place of the note in the thread.
    pub seq: i64,
    /// Who wrote it.
    pub by_id: UserId,
    /// Their name at that time.
    pub by_name: String,
    /// When.
    pub at: Time,
    /// Whether the caller has not seen it.
    pub unread: bool,
}
