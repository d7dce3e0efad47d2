//! Customers who asked to hear no more from a number.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Time, words};

words! {
    /// Who told that a customer wants to hear no more.
    ToldBy {
        /// The customer wrote it.
        Customer = "customer",
        /// The provider refuses messages to them.
        Provider = "provider",
        /// A colleague, for the customer said so in another way.
        User = "user",
    }
}

/// A customer asked to hear no more from a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OptOut {
    /// When.
    pub at: Time,
    /// What the customer wrote; `null`: somebody else told it.
    pub word: Option<String>,
    /// Who told it.
    pub told_by: ToldBy,
    /// The provider's own words, or the colleague's reason.
    pub told: Option<String>,
}
