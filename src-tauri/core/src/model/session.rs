//! Sessions: one conversation between a number and an identity, from first message to end.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    ChannelId, ClosedBy, ContactId, Destination, Direction, DraftBy, FileId, IdentityId, LabelId,
    Mention, NumberId, OptOut, PickUpMode, QueueId, SessionId, Time, UserId, words,
};

words! {
    /// Whether a session takes messages.
    SessionStatus {
        /// It does.
        Open = "open",
        /// It does not; the customer's next message opens a new one.
        Closed = "closed",
    }
}

words! {
    /// A list of sessions in the inbox.
    Folder {
        /// Mine and those that wait in my queues.
        Recent = "recent",
        /// Those that I own.
        Mine = "mine",
        /// Those that wait in my queues.
        Unowned = "unowned",
        /// Those in which a note named me.
        Mentions = "mentions",
        /// Those that I put aside until a moment, or until the customer writes.
        Snoozed = "snoozed",
        /// Those that I archived, or that have ended.
        Archived = "archived",
        /// Every open session: for supervisors and administrators.
        All = "all",
        /// Failed or uncertain messages, and sessions that nobody can see any more.
        Attention = "attention",
        /// Those of mine that a campaign began; they are in the other lists once the customer answers.
        Campaign = "campaign",
    }
}

/// What the caller may do with a session.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a button")]
pub struct Permits {
    /// Write to the customer.
    pub answer: bool,
    /// Write a note.
    pub note: bool,
    /// Name any colleague in a note, also those who do not see the session yet.
    pub bring_in: bool,
    /// Become the owner of a session that waits.
    pub pick_up: bool,
    /// Give it to someone else.
    pub transfer: bool,
    /// Become the owner of a session that somebody has (supervisors, administrators).
    pub take_over: bool,
    /// End it.
    pub end: bool,
}

/// A session as the lists and the details show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mark of its own")]
pub struct Session {
    /// Id.
    pub id: SessionId,
    /// Open or closed.
    pub status: SessionStatus,
    /// Its channel.
    pub channel_id: ChannelId,
    /// Name of the channel.
    pub channel_name: String,
    /// Provider of the channel.
    pub provider: String,
    /// Our number.
    pub number_id: NumberId,
    /// Its address.
    pub number: String,
    /// The customer's contact.
    pub contact_id: ContactId,
    /// Their name; empty when unknown.
    pub contact_name: String,
    /// The identity it is with.
    pub identity_id: IdentityId,
    /// The customer's address.
    pub address: String,
    /// Of a live chat: path of the page on which the visitor wrote last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Set when the customer asked to hear no more from this number: nothing is sent to them.
    pub opted_out: Option<OptOut>,
    /// `true`: the contact is blocked. It is in nobody's way, and nothing is sent to them.
    pub blocked: bool,
    /// Owner, if it has one.
    pub owner_id: Option<UserId>,
    /// The owner's name.
    pub owner_name: Option<String>,
    /// Queue, if it came through one.
    pub queue_id: Option<QueueId>,
    /// The queue's name.
    pub queue_name: Option<String>,
    /// The queue's mode.
    pub queue_mode: Option<PickUpMode>,
    /// Who started it; `null`: the customer.
    pub started_by: Option<UserId>,
    /// When it was opened.
    pub opened_at: Time,
    /// When something was last said in it.
    pub last_message_at: Time,
    /// Since when the customer waits for an answer; `null`: they do not.
    pub waiting_since: Option<Time>,
    /// When it will close if nobody writes; a message that waits for its time keeps it open until then.
    pub closes_at: Option<Time>,
    /// When it ended.
    pub closed_at: Option<Time>,
    /// What ended it.
    pub closed_by: Option<ClosedBy>,
    /// Beginning of the last message.
    pub preview: String,
    /// Which way that went.
    pub preview_direction: Direction,
    /// Its author's name, if a user wrote it.
    pub preview_author: Option<String>,
    /// Messages from the customer.
    pub messages_in: i64,
    /// Messages to the customer.
    pub messages_out: i64,
    /// Messages that failed or are uncertain and that nobody has dealt with.
    pub failed: i64,
    /// Messages that wait for their time. They are not sent if it ends before.
    pub scheduled: i64,
    /// Messages from the customer that I have not seen.
    pub unread: i64,
    /// The newest note that names me.
    pub mention: Option<Mention>,
    /// Colleagues who have begun to write in it.
    pub drafts: Vec<DraftBy>,
    /// Whether it is in my archive.
    pub archived: bool,
    /// Labels that it has.
    pub labels: Vec<LabelId>,
    /// The campaign that began it.
    pub campaign_id: Option<String>,
    /// Whether I put it aside.
    pub snoozed: bool,
    /// Until when; `null` while it is snoozed: until the customer writes.
    pub snoozed_until: Option<Time>,
    /// When its time came last: its place in my lists.
    pub woken_at: Option<Time>,
    /// It woke by its time, and I have not looked at it since.
    pub reminder: bool,
    /// Whether it is quiet for me.
    pub muted: bool,
    /// I marked it as unread, however much I have seen.
    pub marked_unread: bool,
    /// What I may do with it.
    pub permits: Permits,
}

impl Session {
    /// What the customer is called where their name has to stand: by name, else by their address.
    pub fn customer(&self) -> String {
        if !self.contact_name.is_empty() {
            return self.contact_name.clone();
        }
        if self.provider != deskbell_channels::livechat::ID {
            return self.address.clone();
        }
        let last = self.address.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
        format!("Visitor {}", self.address.get(last..).unwrap_or_default())
    }
}

/// A page of sessions.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SessionPage {
    /// Sessions in the folder's order.
    pub sessions: Vec<Session>,
    /// Give this to get the next page; `null`: there is none.
    pub next: Option<String>,
    /// Number of the last event that is contained in this answer: follow the events from here.
    pub event_seq: i64,
}

/// A queue of mine in which a customer waits for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct WaitingQueue {
    /// The queue.
    pub queue_id: QueueId,
    /// Since when the newest of those who wait in it does; sessions that I muted do not count.
    pub newest: Time,
}

/// How many sessions wait where.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FolderCounts {
    /// Open sessions in Recent.
    pub recent: i64,
    /// Open sessions of mine.
    pub mine: i64,
    /// Sessions that wait in my queues.
    pub unowned: i64,
    /// Since when the oldest of those waits.
    pub unowned_since: Option<Time>,
    /// Where somebody waits, so that the bell can ring again for each of them.
    pub waiting: Vec<WaitingQueue>,
    /// Sessions that I put aside.
    pub snoozed: i64,
    /// Things that need attention.
    pub attention: i64,
    /// Sessions of mine that a campaign began.
    pub campaign: i64,
    /// Unread messages in mine; muted ones do not count.
    pub unread: i64,
    /// Notes that name me and that I have not seen.
    pub mentions: i64,
}

/// Start a session with its first message.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSession {
    /// The number to write from.
    pub number_id: NumberId,
    /// The customer's number; E.164 or as it is written in `country`.
    #[schema(min_length = 2, max_length = 64)]
    pub to: String,
    /// Two-letter country for numbers without `+`.
    #[serde(default)]
    pub country: Option<String>,
    /// The client's own id for the first message, 8 to 64 characters.
    #[schema(min_length = 8, max_length = 64)]
    pub client_key: String,
    /// The text; may be empty if there are files.
    #[serde(default)]
    #[schema(max_length = 20000)]
    pub text: String,
    /// Files uploaded before.
    #[serde(default)]
    pub file_ids: Vec<FileId>,
}

words! {
    /// Something that its author can take back for a moment.
    Undoable {
        /// Picked up.
        PickedUp = "picked_up",
        /// Taken over.
        TakenOver = "taken_over",
        /// Transferred.
        Transferred = "transferred",
        /// Ended.
        Ended = "ended",
        /// Archived.
        Archived = "archived",
        /// Removed from one's own lists.
        Removed = "removed",
    }
}

/// Something done to many sessions at once; each of them is decided for itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BulkOperation {
    /// Pick up.
    PickUp,
    /// Give to a colleague or a queue.
    Transfer {
        /// To whom.
        to: Destination,
        /// A note that goes along.
        #[serde(default)]
        #[schema(max_length = 20000)]
        note: String,
        /// Whether I read on, as if a note had named me.
        #[serde(default)]
        follow: bool,
    },
    /// End.
    End,
    /// Put into my archive.
    Archive,
    /// Take out of my archive.
    Unarchive,
    /// Hide from my lists.
    Remove,
    /// Put aside.
    Snooze {
        /// Until when; `null`: until the customer writes.
        until: Option<Time>,
    },
    /// End my snooze.
    Wake,
    /// Make quiet for me.
    Mute,
    /// Let be heard again.
    Unmute,
    /// I have seen all of it.
    MarkRead,
    /// Mark as unread.
    MarkUnread,
    /// Put labels on and take others off.
    Label {
        /// Those to put on.
        #[serde(default)]
        #[schema(max_items = 20)]
        add: Vec<LabelId>,
        /// Those to take off.
        #[serde(default)]
        #[schema(max_items = 500)]
        remove: Vec<LabelId>,
    },
    /// Take back what I did to it last.
    Undo,
}
