//! What stands in a thread: messages, notes and the events of the timeline.

use deskbell_channels::exchange::ErrorKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    AutomaticKind, CallMethod, CallState, ChatCallReason, ChatCallState, ChatCaller, File, FileId,
    MessageId, SessionId, Time, ToldBy, Undoable, UserId, words,
};

words! {
    /// What an entry of a thread is.
    MessageKind {
        /// Said to or by the customer.
        Message = "message",
        /// Seen by the team only.
        Note = "note",
        /// A line of the timeline.
        Event = "event",
    }
}

words! {
    /// Which way a message went.
    Direction {
        /// From the customer.
        In = "in",
        /// To the customer.
        Out = "out",
        /// Neither: notes and events.
        None = "none",
    }
}

words! {
    /// What became of a message (rules §3).
    MessageState {
        /// From the customer, or a note or event.
        Received = "received",
        /// Written for later; it waits for its time.
        Scheduled = "scheduled",
        /// On disk, waiting to leave.
        Queued = "queued",
        /// Being handed to the provider.
        Sending = "sending",
        /// Taken by the provider.
        Sent = "sent",
        /// On the customer's device.
        Delivered = "delivered",
        /// Read by the customer.
        Read = "read",
        /// Did not go or did not arrive.
        Failed = "failed",
        /// Perhaps taken: the answer never came and the provider does not tell. A person decides.
        Uncertain = "uncertain",
        /// Taken back by a person before it left.
        Cancelled = "cancelled",
    }
}

/// An entry of a thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Message {
    /// Id.
    pub id: MessageId,
    /// Its session.
    pub session_id: SessionId,
    /// Place in the order of arrival; never reused. 0 while it is scheduled: it has none yet.
    pub seq: i64,
    /// What it is.
    pub kind: MessageKind,
    /// Which way it went.
    pub direction: Direction,
    /// Who wrote it or did it; `null`: the customer or the desk itself.
    pub author_id: Option<UserId>,
    /// Their name at that time.
    pub author_name: Option<String>,
    /// The text.
    pub text: String,
    /// Files, in order.
    pub files: Vec<File>,
    /// What became of it.
    pub state: MessageState,
    /// Why it failed, or why it waits.
    pub error: Option<MessageError>,
    /// How often it was handed over.
    pub attempts: u32,
    /// While it waits to be tried again, or for the time it was written for: when.
    pub due_at: Option<Time>,
    /// While it is scheduled: `true` if it does not leave when the customer writes first.
    pub unless_answered: bool,
    /// While it is scheduled: what the caller may do with it.
    #[serde(default)]
    pub may: Vec<ScheduledDeed>,
    /// The message of this session that it answers. The customer is not told.
    pub reply_to: Option<Quoted>,
    /// `true`: the desk itself wrote it, in answer to STOP or HELP, or in a live chat.
    pub automatic: bool,
    /// Which of the automatic messages of a live chat it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto: Option<AutomaticKind>,
    /// Further participants of a group message: an answer goes to its sender only.
    pub others: Vec<String>,
    /// While pieces of it have not come: which.
    pub parts: Option<Parts>,
    /// The sender's id for it, given when it was sent.
    pub client_key: Option<String>,
    /// For notes: colleagues who are named in it.
    pub mentions: Vec<UserId>,
    /// The provider's id of it, once it is known.
    pub provider_id: Option<String>,
    /// For events, and for the note in which a colleague asks for the session: what happened.
    pub event: Option<Operation>,
    /// When it was said: the provider's time where it tells one, never after its arrival.
    pub at: Time,
    /// When it last changed.
    pub updated_at: Time,
}

/// A message that another one answers, as far as it is shown there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Quoted {
    /// Which.
    pub id: MessageId,
    /// Message or note.
    pub kind: MessageKind,
    /// Which way it went.
    pub direction: Direction,
    /// Who wrote it; `null`: the customer or the desk itself.
    pub author_id: Option<UserId>,
    /// Their name at that time.
    pub author_name: Option<String>,
    /// How it begins, at most 200 characters.
    pub text: String,
    /// How many files it has.
    pub files: i64,
}

/// What has come of a message that its provider tells in pieces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Parts {
    /// Pieces that are here.
    pub have: u32,
    /// How many there are; `null` where the provider does not tell.
    pub total: Option<u32>,
    /// Places of the missing ones, from 1.
    pub missing: Vec<u32>,
}

/// Why a message failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MessageError {
    /// The kind.
    pub kind: ErrorKind,
    /// The sentence for the agent.
    pub prompt: String,
    /// The provider's own code.
    pub code: Option<String>,
    /// The provider's own words.
    pub text: Option<String>,
}

/// An operation on a session, as the timeline tells it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Operation {
    /// A customer's message opened it.
    Opened {
        /// Where it went ("Sales", "Ana").
        at: String,
    },
    /// A user started it.
    Started,
    /// A user picked it up, or their first answer took it.
    PickedUp {
        /// From which queue.
        from: Option<String>,
    },
    /// It went to someone else.
    Transferred {
        /// From whom or which queue.
        from: Option<String>,
        /// To whom or which queue.
        to: String,
    },
    /// A supervisor or administrator took it over.
    TakenOver {
        /// From whom or which queue.
        from: Option<String>,
    },
    /// It was put into a user's archive.
    Archived,
    /// It was taken out of a user's archive.
    Unarchived,
    /// It ended.
    Ended {
        /// By an agent, by silence or by an administrator.
        by: ClosedBy,
    },
    /// Somebody looked at a session that is not theirs: a supervisor, an administrator, or a
    /// colleague whom a note named.
    Viewed,
    /// A person decided what became of an uncertain message.
    Resolved {
        /// `true`: it arrived; `false`: it was sent again.
        arrived: bool,
    },
    /// A failed message was sent again.
    Retried,
    /// A message was taken back before it left.
    Cancelled,
    /// A message was written for later.
    Scheduled {
        /// When it is to leave.
        at: Time,
    },
    /// A scheduled message got another time.
    Rescheduled {
        /// When it is to leave now.
        at: Time,
    },
    /// A scheduled message got other words.
    Reworded,
    /// A scheduled message was sent before its time.
    SentEarly,
    /// A scheduled message left late: the desk was off at its time.
    SentLate {
        /// When it was to leave.
        at: Time,
    },
    /// A scheduled message will not leave.
    Unscheduled {
        /// `true`: the customer wrote first; `false`: a person took it back.
        answered: bool,
    },
    /// It was removed from a user's lists.
    Removed,
    /// A note named colleagues who could not see it until then.
    BroughtIn {
        /// Their names.
        names: Vec<String>,
    },
    /// Who gave it away reads on.
    Follows,
    /// A user put it aside.
    Snoozed {
        /// Until when; `null`: until the customer writes.
        until: Option<Time>,
    },
    /// A user ended their snooze before its time.
    Woken,
    /// It was made quiet for a user.
    Muted,
    /// It is heard by a user again.
    Unmuted,
    /// A user marked it as unread.
    MarkedUnread,
    /// A user took back what they had just done.
    Undone {
        /// What that was.
        operation: Undoable,
    },
    /// A colleague asks for it, in a note.
    Asked,
    /// The customer wants to hear no more from this number.
    OptedOut {
        /// What they wrote; `null`: the provider told it.
        word: Option<String>,
        /// Who told it.
        told_by: ToldBy,
    },
    /// The customer wants to hear from this number again.
    OptedIn {
        /// What they wrote.
        word: String,
    },
    /// A user called the customer.
    Called {
        /// How.
        method: CallMethod,
        /// Which number.
        number: String,
    },
    /// A call got further, or is over.
    CallChanged {
        /// What became of it.
        state: CallState,
        /// Who called.
        name: String,
        /// How long they talked, in seconds, if the provider tells.
        seconds: Option<u32>,
        /// Why it did not work, in words.
        reason: Option<String>,
    },
    /// A call in a live chat is over.
    ChatCall {
        /// Who called.
        by: ChatCaller,
        /// What came of it.
        state: ChatCallState,
        /// Who of the team called or answered.
        name: Option<String>,
        /// How long they talked, in seconds.
        seconds: Option<u32>,
        /// Why it was missed, or failed.
        reason: Option<ChatCallReason>,
    },
    /// A supervisor or administrator lifted the customer's opt-out.
    OptOutLifted {
        /// Why, in their words.
        reason: String,
    },
    /// Somebody put labels on it or took some off.
    Labelled {
        /// Names of those that were put on.
        added: Vec<String>,
        /// Names of those that were taken off.
        removed: Vec<String>,
    },
    /// A user noted that the customer wants to hear no more from this number.
    OptOutSet {
        /// How they know, in their words.
        reason: String,
    },
    /// The contact was blocked; without a user: a blocked contact wrote, and nobody was told.
    Blocked {
        /// Why, in the words of who did it.
        reason: Option<String>,
    },
    /// The contact is blocked no more.
    Unblocked,
}

words! {
    /// What ended a session.
    ClosedBy {
        /// A user who held it.
        Agent = "agent",
        /// The visitor of a live chat.
        Visitor = "visitor",
        /// Nobody wrote for as long as the channel says.
        Silence = "silence",
        /// An administrator, for example by deleting the channel.
        Administrator = "administrator",
    }
}

/// A message to send, or a note to keep.
#[derive(Debug, Clone, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMessage {
    /// The client's own id for it, 8 to 64 characters: the same key again is the same message.
    #[schema(min_length = 8, max_length = 64)]
    pub client_key: String,
    /// The text; may be empty if there are files.
    #[serde(default)]
    #[schema(max_length = 20000)]
    pub text: String,
    /// Files uploaded before.
    #[serde(default)]
    pub file_ids: Vec<FileId>,
    /// `true`: a note that only the team sees.
    #[serde(default)]
    pub note: bool,
    /// For notes: colleagues who are named in it. Who could not see the session may read it and
    /// write notes in it from then on.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub mentions: Vec<UserId>,
    /// For answers: `seq` of the last entry that its author had seen. If a colleague has answered
    /// since, it is refused as `newer_arrived`, so that nobody is answered twice by accident.
    #[serde(default)]
    #[schema(minimum = 0)]
    pub after_seq: Option<i64>,
    /// The message of the same session that it answers. The team sees it; the customer gets the
    /// text alone.
    #[serde(default)]
    pub reply_to: Option<MessageId>,
    /// Not now but then: it is scheduled.
    #[serde(default)]
    pub send_at: Option<Time>,
    /// Only with `send_at`: it does not leave if the customer writes first.
    #[serde(default)]
    pub unless_answered: bool,
    /// What becomes of the session with it, in the same transaction.
    #[serde(default)]
    pub then: Option<AfterSending>,
}

words! {
    /// What becomes of a session when a message is sent.
    AfterSending {
        /// It goes into the sender's archive.
        Archive = "archive",
        /// It ends.
        End = "end",
    }
}

words! {
    /// Something that can be done with a message that waits for its time.
    ScheduledDeed {
        /// Give it other words.
        Reword = "reword",
        /// Send it at once.
        SendNow = "send_now",
        /// Give it another time or condition.
        Move = "move",
        /// Take it back.
        TakeBack = "take_back",
    }
}

impl ScheduledDeed {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [Self::Reword, Self::SendNow, Self::Move, Self::TakeBack];
}

/// Changes to a scheduled message; what is left out stays as it is.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduledChange {
    /// The text.
    #[schema(max_length = 20000)]
    pub text: Option<String>,
    /// When it is to leave.
    pub send_at: Option<Time>,
    /// Whether it stays when the customer writes first.
    pub unless_answered: Option<bool>,
}
