//! What the desk tells a visitor's browser: JSON text frames, told apart by `t`. The widget's own
//! types are the same.

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use crate::model::{
    AutomaticKind, CallServer, ChatCallReason, ChatCallState, FileId, MessageId, SessionId, Time,
};

/// A frame to a visitor.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub(super) enum DeskFrame {
    /// Everything that a line begins with.
    Welcome(Box<Welcome>),
    /// What the visitor said under this key is on disk.
    Taken {
        key: String,
        seq: i64,
        #[serde(serialize_with = "moment")]
        at: Time,
        session: SessionId,
    },
    /// Something is not taken.
    Refused { key: Option<String>, code: &'static str, message: &'static str },
    /// Something was said.
    Message(Box<Line>),
    /// Somebody of the team writes, or nobody does.
    Typing { on: bool, name: Option<String> },
    /// Up to here somebody of the team has seen what the visitor said.
    Seen { seq: i64 },
    /// Who has the chat; without a name: nobody has.
    Agent {
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        photo: Option<String>,
    },
    /// The chat ended.
    Ended { by: &'static str, text: Option<String> },
    /// Whether somebody can answer, whether one can call, and with which servers.
    Online { online: bool, calls: bool, ice: Vec<Ice> },
    /// What was said before.
    More { messages: Vec<Line>, more: bool },
    /// The visitor's call is on disk and rings.
    #[serde(rename = "call.ok")]
    CallOk { call: String, ice: Vec<Ice> },
    /// Somebody of the team calls.
    #[serde(rename = "call.ring")]
    CallRing {
        call: String,
        sdp: String,
        name: Option<String>,
        photo: Option<String>,
        ice: Vec<Ice>,
    },
    /// Somebody of the team answers the visitor's call.
    #[serde(rename = "call.answer")]
    CallAnswer { call: String, sdp: String, name: Option<String>, photo: Option<String> },
    /// A further way to reach the team's browser; empty: there are no more.
    #[serde(rename = "call.ice")]
    CallIce { call: String, candidate: String },
    /// How far a call is; `here`: on this line.
    #[serde(rename = "call.state")]
    CallState {
        call: String,
        state: ChatCallState,
        here: bool,
        seconds: Option<u32>,
        reason: Option<ChatCallReason>,
    },
    /// The line lives.
    Beat,
    /// The line ends, and why.
    Bye { code: &'static str, message: &'static str },
}

/// What a line begins with.
#[derive(Debug, Clone, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Welcome {
    #[serde(serialize_with = "moment")]
    pub(super) now: Time,
    pub(super) session: Option<Session>,
    pub(super) online: bool,
    pub(super) greeting: Option<String>,
    pub(super) messages: Vec<Line>,
    pub(super) more: bool,
    pub(super) seen: i64,
    pub(super) full: bool,
    pub(super) form_needed: bool,
    pub(super) calls: bool,
    pub(super) ice: Vec<Ice>,
}

/// A server that helps the two ends of a call to find each other.
#[derive(Clone, Serialize)]
pub(super) struct Ice {
    urls: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    username: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential: Option<String>,
}

impl std::fmt::Debug for Ice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ice").field("urls", &self.urls).finish_non_exhaustive()
    }
}

impl std::convert::From<CallServer> for Ice {
    fn from(server: CallServer) -> Self {
        let CallServer { urls, username, credential } = server;
        Self { urls, username, credential }
    }
}

/// The newest session of a visitor.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Session {
    pub(super) id: SessionId,
    pub(super) open: bool,
    pub(super) agent: Option<Agent>,
}

/// Who answers, as far as visitors are shown it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Agent {
    pub(super) name: String,
    pub(super) photo: Option<String>,
}

/// Who said something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum From {
    Visitor,
    Agent,
    Auto,
}

/// Something that was said.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Line {
    pub(super) seq: i64,
    pub(super) id: MessageId,
    pub(super) from: From,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) auto: Option<AutomaticKind>,
    pub(super) name: Option<String>,
    pub(super) photo: Option<String>,
    pub(super) text: String,
    pub(super) files: Vec<LineFile>,
    #[serde(serialize_with = "moment")]
    pub(super) at: Time,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) key: Option<String>,
}

/// A file of something that was said.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LineFile {
    pub(super) id: FileId,
    pub(super) name: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) size: i64,
    pub(super) url: String,
}

/// A moment as browsers read it.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn moment<S: Serializer>(time: &Time, serializer: S) -> Result<S::Ok, S::Error> {
    let shown = Timestamp::from_millisecond(*time).map_err(serde::ser::Error::custom)?;
    serializer.collect_str(&shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(frame: &DeskFrame, expected: &str) {
        assert_eq!(serde_json::to_string(frame).unwrap(), expected);
    }

    #[test]
    fn frames_are_what_the_widget_reads() {
        check(&DeskFrame::Beat, r#"{"t":"beat"}"#);
        check(&DeskFrame::Agent { name: None, photo: None }, r#"{"t":"agent","photo":null}"#);
        let server = CallServer {
            urls: vec!["stun:stun.example.com".into()],
            username: None,
            credential: None,
        };
        let online = DeskFrame::Online { online: true, calls: true, ice: vec![server.into()] };
        check(
            &online,
            r#"{"t":"online","online":true,"calls":true,"ice":[{"urls":["stun:stun.example.com"]}]}"#,
        );
        let state = DeskFrame::CallState {
            call: "c".into(),
            state: ChatCallState::Missed,
            here: false,
            seconds: None,
            reason: Some(ChatCallReason::NoAnswer),
        };
        check(
            &state,
            r#"{"t":"call.state","call":"c","state":"missed","here":false,"seconds":null,"reason":"no_answer"}"#,
        );
        check(
            &DeskFrame::Refused { key: Some("k".into()), code: "full", message: "M" },
            r#"{"t":"refused","key":"k","code":"full","message":"M"}"#,
        );
        let session = SessionId::new();
        check(
            &DeskFrame::Taken { key: "k".into(), seq: 7, at: 1_700_000_000_123, session },
            &format!(
                r#"{{"t":"taken","key":"k","seq":7,"at":"2023-11-14T22:13:20.123Z","session":"{session}"}}"#
            ),
        );
    }
}
