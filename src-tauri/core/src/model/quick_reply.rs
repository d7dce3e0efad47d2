//! Quick replies: words that are written once and used often.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{AfterSending, ChannelId, File, FileId, QueueId, QuickReplyId, Time, UserId, words};

words! {
    /// Who has a quick reply.
    ReplyVisibility {
        /// Whoever wrote it.
        Me = "me",
        /// Everybody.
        Team = "team",
        /// The agents of one queue.
        Queue = "queue",
    }
}

/// The words of a quick reply in another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyBody {
    /// Language tag such as `de` or `pt-BR`.
    #[schema(min_length = 2, max_length = 35)]
    pub language: String,
    /// The words.
    #[schema(max_length = 10000)]
    pub body: String,
}

/// A quick reply as its user sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct QuickReply {
    /// Id.
    pub id: QuickReplyId,
    /// Name.
    pub name: String,
    /// What is typed after `/` to find it at once; empty: nothing.
    pub shortcut: String,
    /// Folder; empty: none.
    pub folder: String,
    /// The words, with variables such as `{{contact.first_name|there}}`.
    pub body: String,
    /// The words in other languages.
    pub bodies: Vec<ReplyBody>,
    /// Files that go along.
    pub files: Vec<File>,
    /// Channels it is for; empty: all.
    pub channels: Vec<ChannelId>,
    /// Who has it.
    pub visible: ReplyVisibility,
    /// The one user who has it.
    pub user_id: Option<UserId>,
    /// The queue whose agents have it.
    pub queue_id: Option<QueueId>,
    /// What becomes of the session when a message made from it is sent.
    pub after: Option<AfterSending>,
    /// How often I used it.
    pub uses: i64,
    /// When I last used it.
    pub used_at: Option<Time>,
    /// Whether I may change or delete it.
    pub may_change: bool,
    /// When it last changed.
    pub updated_at: Time,
}

/// A quick reply as it is to be.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuickReplyEntry {
    /// Name, unique among those that the same people have.
    #[schema(min_length = 1, max_length = 80)]
    pub name: String,
    /// What is typed after `/`, unique among those that the same people have.
    #[serde(default)]
    #[schema(max_length = 30)]
    pub shortcut: String,
    /// Folder.
    #[serde(default)]
    #[schema(max_length = 80)]
    pub folder: String,
    /// The words.
    #[serde(default)]
    #[schema(max_length = 10000)]
    pub body: String,
    /// The words in other languages.
    #[serde(default)]
    pub bodies: Vec<ReplyBody>,
    /// Files uploaded before.
    #[serde(default)]
    pub file_ids: Vec<FileId>,
    /// Channels it is for; empty: all.
    #[serde(default)]
    pub channels: Vec<ChannelId>,
    /// Who has it.
    pub visible: ReplyVisibility,
    /// With `queue`: which.
    #[serde(default)]
    pub queue_id: Option<QueueId>,
    /// What becomes of the session when a message made from it is sent.
    #[serde(default)]
    pub after: Option<AfterSending>,
}

words! {
    /// What happens to quick replies that are there already under the same name.
    ExistingReplies {
        /// They stay as they are.
        Keep = "keep",
        /// They become what is brought in.
        Replace = "replace",
    }
}

/// What bringing in quick replies led to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportedReplies {
    /// New ones.
    pub added: u32,
    /// Replaced ones.
    pub changed: u32,
    /// Those that were there already and stayed.
    pub kept: u32,
}
