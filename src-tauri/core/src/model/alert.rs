//! What rings for a user, and how: their alerts as they are stored, spoken and shown.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Presence, QueueId, SessionId, Time, words};

words! {
    /// What an alert is about.
    AlertKind {
        /// A message in a session that waits in one of my queues.
        Unowned = "unowned",
        /// A message in a session of mine.
        Mine = "mine",
        /// A session was given to me.
        Transfer = "transfer",
        /// A colleague named me in a note.
        Mention = "mention",
        /// A session that I had put off is back.
        Snooze = "snooze",
        /// A message of mine did not go.
        Failed = "failed",
        /// A channel stopped working: for supervisors and administrators.
        ChannelDown = "channel_down",
        /// A colleague asks for a session of mine.
        Asked = "asked",
    }
}

impl AlertKind {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 8] = [
        Self::Unowned,
        Self::Mine,
        Self::Transfer,
        Self::Asked,
        Self::Mention,
        Self::Snooze,
        Self::Failed,
        Self::ChannelDown,
    ];
}

words! {
    /// Where a user is when something happens. Who looks at the session itself is not disturbed.
    Moment {
        /// In front of Deskbell, at something else.
        Elsewhere = "elsewhere",
        /// Deskbell is open behind another window.
        Unfocused = "unfocused",
        /// Nobody has touched it for five minutes, or it is not open at all.
        Away = "away",
    }
}

words! {
    /// What rings. All are made by the client itself.
    #[expect(missing_docs, reason = "the names are what they sound like")]
    Sound {
        Bell = "bell",
        Chime = "chime",
        Marimba = "marimba",
        Knock = "knock",
        Ping = "ping",
        Tick = "tick",
        /// A file of one's own, kept on each device.
        Own = "own",
    }
}

words! {
    /// What the number on the program's icon counts.
    Badge {
        /// My unread messages, and sessions that wait in my queues.
        MineAndUnowned = "mine_and_unowned",
        /// My unread messages.
        Mine = "mine",
        /// Nothing: there is no number.
        Nothing = "nothing",
    }
}

words! {
    /// What sessions that wait in one queue may do.
    QueueLevel {
        /// They are shown; nothing rings and no phone buzzes.
        Silent = "silent",
        /// Nothing at all.
        Off = "off",
    }
}

/// How one kind of alert reaches a user, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AlertRow {
    /// Which kind.
    pub kind: AlertKind,
    /// What rings.
    pub sound: Sound,
    /// When a card appears at the edge of the page.
    pub toast: Vec<Moment>,
    /// When the system shows a notification.
    pub system: Vec<Moment>,
    /// When it rings.
    pub ring: Vec<Moment>,
    /// When devices that have push switched on are told.
    pub push: Vec<Moment>,
}

/// Hours in which nothing disturbs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// Days on which they begin, 1 (Monday) to 7.
    pub days: Vec<u8>,
    /// Minute of the day at which they begin, 0 to 1439.
    pub from: u16,
    /// Minute of the day at which they end; not after `from`: on the next day.
    pub until: u16,
    /// Time zone, such as `Europe/Berlin`.
    #[schema(max_length = 64)]
    pub zone: String,
}

/// Another rule for one queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QueueAlerts {
    /// Which queue.
    pub queue_id: QueueId,
    /// What its sessions may do.
    pub level: QueueLevel,
}

/// What rings for a user, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Alerts {
    /// One row for each kind; a kind that is left out is as usual.
    pub rows: Vec<AlertRow>,
    /// Sessions that wait ring again every 30 seconds, for 10 minutes at most.
    pub repeat: bool,
    /// No alert shows who wrote or what.
    pub private: bool,
    /// The edge of the page lights up as well.
    pub flash: bool,
    /// What the number on the icon counts.
    pub badge: Badge,
    /// While I say that I am one of these, nothing disturbs me.
    pub quiet_presence: Vec<Presence>,
    /// Hours in which nothing disturbs; `null`: none.
    pub quiet_hours: Option<QuietHours>,
    /// Queues with a rule of their own.
    pub queues: Vec<QueueAlerts>,
}

impl AlertRow {
    /// How this kind reaches a user who has said nothing of it.
    pub fn usual(kind: AlertKind) -> Self {
        use Moment::{Away, Elsewhere, Unfocused};
        let sound = match kind {
            AlertKind::Unowned => Sound::Bell,
            AlertKind::Failed | AlertKind::ChannelDown => Sound::Knock,
            AlertKind::Snooze => Sound::Marimba,
            AlertKind::Mine | AlertKind::Transfer | AlertKind::Mention | AlertKind::Asked => {
                Sound::Chime
            }
        };
        let ring = match kind {
            AlertKind::ChannelDown => Vec::new(),
            AlertKind::Unowned
            | AlertKind::Mine
            | AlertKind::Transfer
            | AlertKind::Mention
            | AlertKind::Snooze
            | AlertKind::Failed
            | AlertKind::Asked => vec![Elsewhere, Unfocused, Away],
        };
        Self {
            kind,
            sound,
            toast: vec![Elsewhere, Unfocused, Away],
            system: vec![Unfocused, Away],
            ring,
            push: vec![Away],
        }
    }
}

impl Default for Alerts {
    fn default() -> Self {
        Self {
            rows: AlertKind::ALL.map(AlertRow::usual).to_vec(),
            repeat: true,
            private: false,
            flash: false,
            badge: Badge::MineAndUnowned,
            quiet_presence: vec![Presence::DoNotDisturb, Presence::OffWork],
            quiet_hours: None,
            queues: Vec::new(),
        }
    }
}

impl Alerts {
    /// The row of a kind.
    pub fn row(&self, kind: AlertKind) -> AlertRow {
        let found = self.rows.iter().find(|row| row.kind == kind);
        found.cloned().unwrap_or_else(|| AlertRow::usual(kind))
    }
}

/// The desk's public key for push services.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PushKey {
    /// P-256 point, uncompressed, base64url: `applicationServerKey` of `PushManager.subscribe`.
    pub key: String,
}

/// A browser's subscription at its push service, as `PushSubscription.toJSON` has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
pub struct NewPush {
    /// Where to send.
    #[schema(max_length = 1024)]
    pub endpoint: String,
    /// What to encrypt with.
    pub keys: PushKeys,
}

/// Keys of a subscription, base64url.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
pub struct PushKeys {
    /// The browser's public key.
    #[schema(max_length = 128)]
    pub p256dh: String,
    /// The secret that it shares with the desk.
    #[schema(max_length = 64)]
    pub auth: String,
}

/// Whether this device is told by push.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PushState {
    /// Whether it is.
    pub on: bool,
    /// The push service (`fcm.googleapis.com`).
    pub service: Option<String>,
    /// Since when.
    pub since: Option<Time>,
    /// When the push service last took something.
    pub delivered_at: Option<Time>,
    /// What it said when it last took nothing.
    pub problem: Option<String>,
}

/// Asks for a push to this device, to see and hear what it is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PushTest {
    /// As if this had happened.
    pub kind: AlertKind,
}

/// What a client tells of itself over the event stream, whenever it changes: whether somebody sits
/// in front of it, and at what. Nothing of it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
pub struct Attention {
    /// The page has the focus.
    pub focused: bool,
    /// It can be seen.
    pub visible: bool,
    /// Nobody has touched it for a while.
    pub idle: bool,
    /// The session on the screen.
    #[serde(default)]
    pub session_id: Option<SessionId>,
}
