//! Search over everything: what is looked for, and what was found.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    ChannelId, Contact, ContactId, Direction, File, MessageId, MessageKind, SavedSearchId, Session,
    SessionId, SessionStatus, Time, UserId, words,
};

words! {
    /// Where to look.
    SearchIn {
        /// What was said and noted.
        Messages = "messages",
        /// Conversations: by their customer, and by what was said in them.
        Sessions = "sessions",
        /// Customers.
        Contacts = "contacts",
        /// Names of files that travelled with messages.
        Files = "files",
    }
}

/// What is looked for. A search is not asked for all of it: at least words or one narrowing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Search {
    /// The words. Each has to be there, the beginning of one is enough; words in quotation marks
    /// have to stand side by side.
    #[schema(max_length = 200)]
    pub q: String,
    /// Only what came through this channel.
    pub channel: Option<ChannelId>,
    /// Only what this user wrote.
    pub author: Option<UserId>,
    /// Only sessions that this user owns.
    pub owner: Option<UserId>,
    /// Only what came in, or went out.
    pub direction: Option<Direction>,
    /// Only what was said before this time.
    pub before: Option<Time>,
    /// Only what was said at this time or later.
    pub after: Option<Time>,
    /// `true`: only messages with files.
    pub has_file: bool,
    /// Only inside this session.
    pub session: Option<SessionId>,
}

/// A piece of a text: texts that were found come in pieces, never as HTML.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is what was looked for.
    pub hit: bool,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Hit {
    /// A message or a note.
    Message(MessageHit),
    /// A session.
    Session {
        /// As a list shows it.
        session: Box<Session>,
    },
    /// A contact.
    Contact {
        /// The contact.
        contact: Contact,
        /// The name in pieces.
        name: Vec<Piece>,
        /// What else was hit: the company, an address or a part of the remarks.
        also: Vec<Vec<Piece>>,
    },
    /// A file of a message.
    File {
        /// The file.
        file: File,
        /// Its name in pieces.
        name: Vec<Piece>,
        /// The message that carries it.
        message: MessageHit,
    },
}

/// A message that was found, with what is needed to show and to open it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MessageHit {
    /// Its id.
    pub message_id: MessageId,
    /// Its place in the thread.
    pub seq: i64,
    /// Message or note.
    pub message_kind: MessageKind,
    /// Which way it went.
    pub direction: Direction,
    /// Who wrote it, if a user did.
    pub author_id: Option<UserId>,
    /// Their name.
    pub author_name: Option<String>,
    /// When it was said.
    pub at: Time,
    /// The text in pieces; of a long one the part around the first hit.
    pub text: Vec<Piece>,
    /// Names of its files in pieces.
    pub files: Vec<Vec<Piece>>,
    /// The conversation it is part of.
    pub session: HitSession,
}

/// The conversation around a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct HitSession {
    /// Its id.
    pub id: SessionId,
    /// Open or closed.
    pub status: SessionStatus,
    /// The customer.
    pub contact_id: ContactId,
    /// The customer's name; may be empty.
    pub contact_name: String,
    /// The customer's address.
    pub address: String,
    /// The channel's name.
    pub channel_name: String,
    /// Its provider.
    pub provider: String,
    /// The owner's name.
    pub owner_name: Option<String>,
}

/// A page of what was found.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SearchPage {
    /// Newest first; contacts by how well they fit.
    pub hits: Vec<Hit>,
    /// Give this to get what is older; `null`: that was all. A page may be short, even empty, and
    /// there is more nevertheless: an answer looks through only so much at a time.
    pub next: Option<String>,
    /// Messages that are still to be indexed; they are found later. 0: none.
    pub behind: i64,
    /// Messages there are altogether, about.
    pub all: i64,
}

/// How much was found in one place.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SearchCount {
    /// So many.
    pub count: i64,
    /// Whether there may be more: it is counted only so far.
    pub more: bool,
}

/// How much was found where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SearchCounts {
    /// Messages and notes.
    pub messages: SearchCount,
    /// Sessions.
    pub sessions: SearchCount,
    /// Contacts.
    pub contacts: SearchCount,
    /// Files.
    pub files: SearchCount,
}

/// A search that a user keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SavedSearch {
    /// Id.
    pub id: SavedSearchId,
    /// Its name.
    pub name: String,
    /// Where it looks.
    #[serde(rename = "in")]
    pub within: SearchIn,
    /// What it looks for.
    pub search: Search,
    /// When it was kept.
    pub created_at: Time,
}
