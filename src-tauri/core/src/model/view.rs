//! Saved views: lists of sessions that somebody named.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Folder, SessionFilter, SessionSort, Time, UserId, ViewId};

/// A saved view, as the caller sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct View {
    /// Id.
    pub id: ViewId,
    /// Name.
    pub name: String,
    /// The folder that it looks through.
    pub folder: Folder,
    /// What it is narrowed to.
    pub filter: SessionFilter,
    /// Its order; `null`: the folder's own.
    pub sort: Option<SessionSort>,
    /// Whether everybody sees it, or only who made it.
    pub shared: bool,
    /// Who made it.
    pub maker_id: UserId,
    /// Their name.
    pub maker_name: String,
    /// Whether I may change or delete it.
    pub may_change: bool,
    /// When it was made.
    pub created_at: Time,
}
