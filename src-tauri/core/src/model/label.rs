//! Labels: words that the team puts on sessions and contacts.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{LabelId, Time, words};

words! {
    /// The colours of labels. What they look like is up to the client and its theme.
    LabelColour {
        /// No colour of its own.
        Grey = "grey",
        /// Red.
        Red = "red",
        /// Orange.
        Orange = "orange",
        /// Yellow.
        Yellow = "yellow",
        /// Green.
        Green = "green",
        /// Teal.
        Teal = "teal",
        /// Blue.
        Blue = "blue",
        /// Purple.
        Purple = "purple",
    }
}

/// A label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Label {
    /// Id.
    pub id: LabelId,
    /// Name, unique without regard to case.
    pub name: String,
    /// Its colour.
    pub colour: LabelColour,
    /// Sessions that have it.
    pub sessions: i64,
    /// Contacts that have it.
    pub contacts: i64,
    /// When it was made.
    pub created_at: Time,
}
