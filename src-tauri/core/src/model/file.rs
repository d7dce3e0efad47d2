//! Files that travel with messages.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{FileId, words};

words! {
    /// Where a file is.
    FileState {
        /// Still at the provider; being fetched.
        Pending = "pending",
        /// On our disk.
        Stored = "stored",
        /// Could not be fetched.
        Failed = "failed",
    }
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct File {
    /// Id; its bytes are at `/api/v1/files/{id}/content`.
    pub id: FileId,
    /// Name without path.
    pub name: String,
    /// What its bytes are, found by looking at them.
    pub content_type: String,
    /// Bytes.
    pub size: i64,
    /// Where it is.
    pub state: FileState,
    /// Why it could not be fetched.
    pub error: Option<String>,
}
