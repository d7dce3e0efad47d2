//! What was begun in a composer: an answer and a note for each person and session.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{File, FileId, MessageId, SessionId, Time, UserId};

/// A draft of the caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Draft {
    /// Where it belongs.
    pub session_id: SessionId,
    /// Grows with every change.
    pub version: i64,
    /// The text.
    pub text: String,
    /// `true`: it will be a note.
    pub note: bool,
    /// The message that it answers, if it quotes one.
    pub reply_to: Option<MessageId>,
    /// Colleagues named in it.
    pub mentions: Vec<UserId>,
    /// Files that go along, in order.
    pub files: Vec<File>,
    /// When it last changed.
    pub at: Time,
}

/// A draft as the caller has it on the screen. Without text and files it is no draft any more.
#[derive(Debug, Clone, Default, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DraftInput {
    /// `version` of the draft that this one continues; 0: there was none.
    #[serde(default)]
    #[schema(minimum = 0)]
    pub base: i64,
    /// The text.
    #[serde(default)]
    #[schema(max_length = 20000)]
    pub text: String,
    /// `true`: it will be a note. An answer that was begun beside it stays as it is.
    #[serde(default)]
    pub note: bool,
    /// The message that it answers, if it quotes one.
    #[serde(default)]
    pub reply_to: Option<MessageId>,
    /// Colleagues named in it.
    #[serde(default)]
    pub mentions: Vec<UserId>,
    /// Files uploaded before.
    #[serde(default)]
    pub file_ids: Vec<FileId>,
}

/// What became of a draft that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct KeptDraft {
    /// Its version now; 0: there is no draft any more.
    pub version: i64,
    /// What another device had written meanwhile and this one does not continue: the newest wins,
    /// and what it takes the place of is handed back.
    pub replaced: Option<Draft>,
}

/// Somebody who has begun to write in a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DraftBy {
    /// Who.
    pub user_id: UserId,
    /// Their name.
    pub name: String,
    /// `true`: it will be a note.
    pub note: bool,
}

/// What a colleague has begun to write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ColleagueDraft {
    /// Who.
    pub user_id: UserId,
    /// Their name.
    pub name: String,
    /// `true`: it will be a note.
    pub note: bool,
    /// The text; `null` where the desk keeps drafts private.
    pub text: Option<String>,
    /// When it last changed.
    pub at: Time,
}

/// The drafts of a session: the caller's own and the colleagues'.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SessionDrafts {
    /// The caller's: at most one of an answer and one of a note.
    pub mine: Vec<Draft>,
    /// The others', the newest first.
    pub others: Vec<ColleagueDraft>,
}
