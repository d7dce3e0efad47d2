//! What a list of sessions is narrowed to, and its order: asked for, and kept in saved views.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::ToSchema;

use super::{ChannelId, Direction, LabelId, QueueId, SessionStatus, Time, UserId, words};

words! {
    /// The order of a list of sessions.
    SessionSort {
        /// What was said last comes first.
        Newest = "newest",
        /// What was said last comes last.
        Oldest = "oldest",
        /// Who waits longest for an answer comes first; who does not wait comes after them.
        Waiting = "waiting",
    }
}

/// Who has the sessions: `me`, `none`, or the id of a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// Whoever asks.
    Me,
    /// Nobody.
    Nobody,
    /// This user.
    User(UserId),
}

impl fmt::Display for Holding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Me => f.write_str("me"),
            Self::Nobody => f.write_str("none"),
            Self::User(user) => user.fmt(f),
        }
    }
}

impl FromStr for Holding {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "me" => Ok(Self::Me),
            "none" => Ok(Self::Nobody),
            id => Ok(Self::User(id.parse()?)),
        }
    }
}

impl Serialize for Holding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Holding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What a list of sessions is narrowed to; all of it must be true of each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SessionFilter {
    /// The customer or the last message contains this.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 200)]
    pub q: String,
    /// It came through this channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<ChannelId>,
    /// It came through this queue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<QueueId>,
    /// Who has it: `me`, `none`, or the id of a user.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub owner: Option<Holding>,
    /// It has all of these labels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20)]
    pub labels: Vec<LabelId>,
    /// Open or closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<SessionStatus>,
    /// Somebody said something that I have not seen.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unread: bool,
    /// The customer waits for an answer.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unanswered: bool,
    /// A message of it had a file.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub has_file: bool,
    /// Something was last said in it before this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Time>,
    /// Something was last said in it then or later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Time>,
    /// Which way the last message went: in or out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_keeps_only_what_it_says() {
        let text = |filter: &SessionFilter| serde_json::to_string(filter).unwrap();
        assert_eq!(text(&SessionFilter::default()), "{}");
        let filter = SessionFilter {
            owner: Some(Holding::Me),
            unread: true,
            status: Some(SessionStatus::Open),
            ..SessionFilter::default()
        };
        assert_eq!(text(&filter), r#"{"owner":"me","status":"open","unread":true}"#);
        assert_eq!(serde_json::from_str::<SessionFilter>(&text(&filter)).unwrap(), filter);
        assert!(serde_json::from_str::<SessionFilter>(r#"{"owner":"somebody"}"#).is_err());
        assert!(serde_json::from_str::<SessionFilter>(r#"{"colour":"red"}"#).is_err());
    }
}
