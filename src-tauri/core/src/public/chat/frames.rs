//! What the desk tells a visitor's browser: JSON text frames, told apart by `t`. The widget's own
//! types are the same.

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use crate::model::{AutomaticKind, FileId, MessageId, SessionId, Time};

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
    /// Whether somebody can answer.
    Online { online: bool },
    /// What was said before.
    More { messages: Vec<Line>, more: bool },
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
        check(&DeskFrame::Online { online: true }, r#"{"t":"online","online":true}"#);
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
