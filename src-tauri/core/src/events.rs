//! What changed, told to everyone who may know: the event log and the bus.
//!
//! An event carries ids, never content, and the audience that it is meant for. It gets its
//! sequence number in the transaction that makes the change, and reaches the bus after the commit.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;
use utoipa::ToSchema;

use crate::model::{
    AlertKind, ChannelId, ContactId, ContactImportId, DeviceId, Direction, LabelId, MessageId,
    MessageKind, QueueId, QuickReplyId, SessionId, Time, UserId, ViewId,
};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(missing_docs, reason = "ids of what the variant names")]
pub enum Event {
    /// A session is new, has another holder, is closed, or looks different in a list.
    SessionChanged {
        session_id: SessionId,
        change: SessionChange,
        /// Who has it now, told when it was assigned: who had it until now may not ask any more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner_id: Option<UserId>,
    },
    /// The time of a snooze has come: told to whoever snoozed it.
    SessionWoken { session_id: SessionId },
    /// Somebody asks for a session that another has.
    TransferAsked {
        session_id: SessionId,
        /// The note in which they ask.
        message_id: MessageId,
        /// Who asks.
        user_id: UserId,
    },
    /// A message, note or timeline event was added.
    MessageAdded {
        session_id: SessionId,
        message_id: MessageId,
        message_kind: MessageKind,
        direction: Direction,
        author_id: Option<UserId>,
        owner_id: Option<UserId>,
        queue_id: Option<QueueId>,
    },
    /// A note names those who hear this.
    Mentioned { session_id: SessionId, message_id: MessageId, author_id: UserId },
    /// Somebody began to write in a session, or has no draft there any more.
    DraftChanged {
        session_id: SessionId,
        user_id: UserId,
        /// `true`: it is one of a note.
        #[serde(default)]
        note: bool,
        /// Its version; 0: there is none.
        version: i64,
    },
    /// A message has another state, or its files arrived.
    MessageChanged { session_id: SessionId, message_id: MessageId },
    /// Something about the scheduled messages of a session changed.
    ScheduledChanged { session_id: SessionId },
    /// A quick reply was added, changed or deleted.
    QuickReplyChanged { quick_reply_id: QuickReplyId },
    /// A contact changed.
    ContactChanged { contact_id: ContactId },
    /// Contacts were brought in or taken back out, or an import ended.
    ContactImportChanged { import_id: ContactImportId },
    /// A channel changed.
    ChannelChanged { channel_id: ChannelId },
    /// A queue changed.
    QueueChanged { queue_id: QueueId },
    /// A user or their presence changed.
    UserChanged { user_id: UserId },
    /// A label is new, looks different or is gone; where it was put may have changed with it.
    LabelChanged { label_id: LabelId },
    /// A saved view is new, different or gone.
    ViewChanged { view_id: ViewId },
    /// The settings of the desk changed.
    SettingsChanged,
    /// Office hours or holidays changed.
    HoursChanged,
    /// Something under "Needs attention" changed.
    AttentionChanged,
    /// Something that the user may want to be told of at once, besides what customers write.
    Alert {
        alert: AlertKind,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        session_id: Option<SessionId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message_id: Option<MessageId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel_id: Option<ChannelId>,
    },
    /// What rings for the caller changed.
    AlertsChanged,
    /// This device was logged out.
    SignedOut { device_id: DeviceId },
}

/// In what way a session changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SessionChange {
    /// It is new.
    Opened,
    /// It has another owner or queue.
    Assigned,
    /// It ended.
    Closed,
    /// It moved in the caller's own lists (archived, seen).
    List,
    /// Anything else.
    Other,
}

/// Who may know of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Audience {
    /// Every signed-in user.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub everyone: bool,
    /// Supervisors and administrators as well.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub supervisors: bool,
    /// These users.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<UserId>,
    /// Agents of these queues.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub queues: Vec<QueueId>,
}

impl Audience {
    /// Every signed-in user.
    pub fn everyone() -> Self {
        Self { everyone: true, ..Self::default() }
    }

    /// Supervisors and administrators.
    pub fn supervisors() -> Self {
        Self { supervisors: true, ..Self::default() }
    }

    /// These users.
    pub fn users(users: Vec<UserId>) -> Self {
        Self { users, ..Self::default() }
    }

    /// One user.
    pub fn user(user: UserId) -> Self {
        Self { users: vec![user], ..Self::default() }
    }
}

/// An event with its place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// Place in the log; never reused.
    pub seq: i64,
    /// When it happened.
    pub at: Time,
    /// What happened.
    pub event: Event,
    /// Who may know.
    pub audience: Audience,
}

/// Carries events to whoever listens, after their commit.
#[derive(Debug, Clone)]
pub struct Bus {
    sender: broadcast::Sender<Arc<Logged>>,
}

impl Bus {
    /// A bus on which a listener may lag by `capacity` events before it has to read the log.
    pub(crate) fn new(capacity: usize) -> Self {
        Self { sender: broadcast::Sender::new(capacity) }
    }

    /// Listen from now on. A listener that lags is told so and reads the log instead.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Logged>> {
        self.sender.subscribe()
    }

    /// Tell everyone; without listeners nothing happens.
    pub(crate) fn publish(&self, logged: Arc<Logged>) {
        self.sender.send(logged).ok();
    }
}
