//! Calls in a live chat: voice between a visitor's browser and an agent's.

use serde::Serialize;
use utoipa::ToSchema;

use super::{ChannelId, ChatCallId, SessionId, Time, UserId, words};

words! {
    /// Who called.
    ChatCaller {
        /// The visitor.
        Visitor = "visitor",
        /// Somebody of the team.
        Agent = "agent",
    }
}

words! {
    /// How far a call in a live chat is.
    ChatCallState {
        /// It rings at the other end.
        Ringing = "ringing",
        /// They talk.
        Connected = "connected",
        /// They talked.
        Ended = "ended",
        /// The other end did not want to.
        Declined = "declined",
        /// Nobody answered.
        Missed = "missed",
        /// It did not come about, or broke.
        Failed = "failed",
    }
}

impl ChatCallState {
    /// Whether nothing can come of it any more.
    pub fn is_over(self) -> bool {
        match self {
            Self::Ringing | Self::Connected => false,
            Self::Ended | Self::Declined | Self::Missed | Self::Failed => true,
        }
    }
}

words! {
    /// Why a call in a live chat was missed, or failed.
    ChatCallReason {
        /// It rang for 30 seconds.
        NoAnswer = "no_answer",
        /// The caller hung up.
        GivenUp = "given_up",
        /// The two browsers did not reach each other.
        NoMedia = "no_media",
        /// One end was gone for 20 seconds.
        LineLost = "line_lost",
        /// The desk was closed.
        DeskStopped = "desk_stopped",
    }
}

/// A call in a live chat, as the asker may know of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChatCall {
    /// Id.
    pub id: ChatCallId,
    /// Its session.
    pub session_id: SessionId,
    /// The site.
    pub channel_id: ChannelId,
    /// Who called.
    pub by: ChatCaller,
    /// How far it is.
    pub state: ChatCallState,
    /// Why it was missed, or failed.
    pub reason: Option<ChatCallReason>,
    /// Who of the team called or answered.
    pub user_id: Option<UserId>,
    /// Their name at that time.
    pub user_name: Option<String>,
    /// When it began to ring.
    pub started_at: Time,
    /// When it was answered.
    pub answered_at: Option<Time>,
    /// When it was over.
    pub ended_at: Option<Time>,
    /// The visitor's offer, while it rings for the asker. A visitor's call that rings and has none
    /// does not ring for the asker, or not any more.
    pub sdp: Option<String>,
    /// Servers that help the two ends to find each other; none where the asker is no end of it.
    pub ice: Vec<CallServer>,
}

/// A STUN or TURN server, for a browser that calls.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CallServer {
    /// Its addresses.
    pub urls: Vec<String>,
    /// Name for it, where it asks for one.
    pub username: Option<String>,
    /// Password for it, where it asks for one.
    pub credential: Option<String>,
}

impl std::fmt::Debug for CallServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CallServer").field("urls", &self.urls).finish_non_exhaustive()
    }
}

/// Whether the asker can call the visitor of a session at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CallBack {
    /// Whether they can.
    pub possible: bool,
    /// Why not: the code with which a call would be refused.
    pub code: Option<crate::error::Code>,
    /// The same for people.
    pub message: Option<String>,
    /// Servers that help the two ends to find each other; a browser needs them before its offer.
    pub ice: Vec<CallServer>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_does_not_print() {
        let server = CallServer {
            urls: vec!["turn:turn.example.com".into()],
            username: Some("desk".into()),
            credential: Some("not-for-the-log".into()),
        };
        let printed = format!("{server:?}");
        assert!(printed.contains("turn.example.com") && !printed.contains("not-for-the-log"));
    }
}
