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
    }
}

/// A customer asked to hear no more from a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OptOut {
    /// When.
    pub at: Time,
    /// What the customer wrote; `null`: the provider told it.
    pub word: Option<String>,
    /// Who told it.
    pub told_by: ToldBy,
    /// The provider's own words, if it was the provider.
    pub told: Option<String>,
}
