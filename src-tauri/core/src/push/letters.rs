//! What a device is told, decided when it is about to be sent: whether its user may see the session
//! now, whether they want to be told now, and what may be said.
//!
//! Reads the store; knows no push service. The words of a notification are made by the client.

use rusqlite::Connection;
use serde::Serialize;

use crate::access::{self, Caller, Sight};
use crate::alerts::{self, Situation};
use crate::attention::Seats;
use crate::error::{Error, Result};
use crate::model::{AlertKind, Badge, ChannelId, DeviceId, MessageId, Session, SessionId, Time};
use crate::store::alerts::Holder;
use crate::store::push::Subscription;
use crate::store::{alerts as store, channels, marks, messages, push, session_lists, sessions};

/// Characters of a name and of a text; both fit into one message.
const NAME: usize = 80;
const TEXT: usize = 240;
/// How long a push service may keep something, in seconds.
const HOURS: u32 = 3_600;

/// Something that one device is to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Errand {
    pub(super) device: DeviceId,
    pub(super) about: About,
    /// When it happened.
    pub(super) at: Time,
}

/// What it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum About {
    /// An alert in a session.
    Session { kind: AlertKind, session: SessionId, message: Option<MessageId> },
    /// A channel that stopped working.
    Channel { channel: ChannelId },
    /// The session was read, or is somebody else's: what is still shown of it can go.
    Over { session: SessionId },
    /// Nothing happened; somebody wants to see what it would be like.
    Test { kind: AlertKind },
}

/// A letter, ready to be sealed.
#[derive(Debug)]
pub(super) struct Letter {
    pub(super) subscription: Subscription,
    pub(super) content: Content,
    /// How long it is worth anything, in seconds.
    pub(super) ttl: u32,
    /// `very-low` to `high`.
    pub(super) urgency: &'static str,
    /// A newer one under the same topic takes the place of one that still waits.
    pub(super) topic: Option<SessionId>,
}

/// What the client gets.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Content {
    /// What it is about; `over`: what is shown of the session can go.
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) session_id: Option<SessionId>,
    /// Who wrote, or what is down; left out when nothing may be shown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) name: String,
    /// What they wrote; left out when nothing may be shown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) text: String,
    /// Whether the user may pick it up.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) pick_up: bool,
    /// The number for the icon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) badge: Option<i64>,
    /// Somebody tries it out.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) test: bool,
}

/// The letter for an errand as things are now; `None`: there is nothing to tell any more.
pub(super) fn write(
    c: &Connection,
    errand: &Errand,
    seats: &Seats,
    now: Time,
) -> Result<Option<Letter>> {
    let Some(subscription) = push::of_device(c, errand.device)? else { return Ok(None) };
    let Some(holder) = store::holder(c, errand.device, now)? else { return Ok(None) };
    let content = match errand.about {
        About::Session { kind, session, message } => {
            of_session(c, &holder, seats, (kind, session, message), now)?
        }
        About::Channel { channel } => of_channel(c, &holder, seats, channel, now)?,
        About::Over { session } => Some(Content {
            kind: "over",
            session_id: Some(session),
            badge: badge(c, &holder)?,
            ..Content::default()
        }),
        About::Test { kind } => Some(Content {
            kind: kind.as_str(),
            badge: badge(c, &holder)?,
            test: true,
            ..Content::default()
        }),
    };
    Ok(content.map(|content| addressed(subscription, content, errand.about)))
}

fn addressed(subscription: Subscription, content: Content, about: About) -> Letter {
    let (ttl, urgency, topic) = match about {
        About::Session { kind: AlertKind::Unowned, session, .. } => (600, "high", Some(session)),
        About::Session { session, .. } => (4 * HOURS, "high", Some(session)),
        About::Channel { .. } => (4 * HOURS, "normal", None),
        About::Over { session } => (HOURS, "low", Some(session)),
        About::Test { .. } => (60, "high", None),
    };
    Letter { subscription, content, ttl, urgency, topic }
}

fn of_session(
    c: &Connection,
    holder: &Holder,
    seats: &Seats,
    (kind, id, message): (AlertKind, SessionId, Option<MessageId>),
    now: Time,
) -> Result<Option<Content>> {
    let caller = &holder.caller;
    let Some(session) = seen(c, caller, kind, id)? else { return Ok(None) };
    let waits = kind == AlertKind::Unowned;
    // Read, here or elsewhere: nobody needs to be told.
    if (waits || kind == AlertKind::Mine) && session.unread == 0 {
        return Ok(None);
    }
    let situation = Situation {
        kind,
        whereabouts: seats.of(caller.user, Some(id)),
        presence: holder.presence,
        queue: session.queue_id.filter(|_| waits),
        muted: session.muted,
        now,
    };
    // A page in sight shows it itself.
    if seats.is_visible(caller.device) || !alerts::is_pushed(&holder.alerts, &situation) {
        return Ok(None);
    }
    let (name, text) = if holder.alerts.private {
        (String::new(), String::new())
    } else {
        (cut(&session.customer(), NAME), cut(&words(c, &session, message)?, TEXT))
    };
    Ok(Some(Content {
        kind: kind.as_str(),
        session_id: Some(id),
        name,
        text,
        pick_up: session.permits.pick_up,
        badge: badge(c, holder)?,
        test: false,
    }))
}

/// The session, if this kind of alert is for the user now.
fn seen(
    c: &Connection,
    caller: &Caller,
    kind: AlertKind,
    id: SessionId,
) -> Result<Option<Session>> {
    let held = match sessions::holder(c, id, caller.user) {
        Ok(held) => held,
        Err(Error::NotFound(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let owns = held.owner == Some(caller.user);
    let for_them = match kind {
        AlertKind::Unowned => held.owner.is_none() && access::holds(caller, &held),
        AlertKind::Mine | AlertKind::Transfer | AlertKind::Asked => owns,
        AlertKind::Mention | AlertKind::Snooze | AlertKind::Failed => {
            access::sight(caller, &held) != Sight::None
        }
        AlertKind::ChannelDown => false,
    };
    if !for_them {
        return Ok(None);
    }
    let session = sessions::get(c, caller, id)?;
    // Nobody is told of a contact who is blocked.
    Ok((!session.blocked).then_some(session))
}

/// Whether what a device shows of a session is of no use any more: it was read elsewhere, or
/// somebody else has it.
pub(super) fn is_over(
    c: &Connection,
    device: DeviceId,
    session: SessionId,
    now: Time,
) -> Result<bool> {
    let Some(holder) = store::holder(c, device, now)? else { return Ok(true) };
    let user = holder.caller.user;
    let held = access::holds(&holder.caller, &sessions::holder(c, session, user)?);
    Ok(!held || marks::has_read(c, session, user)?)
}

/// What stands in the notification: the message that it is about, where it is known.
fn words(c: &Connection, session: &Session, message: Option<MessageId>) -> Result<String> {
    let Some(message) = message else { return Ok(session.preview.clone()) };
    match messages::get(c, message) {
        Ok(message) => Ok(message.text),
        Err(Error::NotFound(_)) => Ok(session.preview.clone()),
        Err(error) => Err(error),
    }
}

fn of_channel(
    c: &Connection,
    holder: &Holder,
    seats: &Seats,
    id: ChannelId,
    now: Time,
) -> Result<Option<Content>> {
    let Some(channel) = channels::get(c, id)? else { return Ok(None) };
    let situation = Situation {
        kind: AlertKind::ChannelDown,
        whereabouts: seats.of(holder.caller.user, None),
        presence: holder.presence,
        queue: None,
        muted: false,
        now,
    };
    let works = channel.health.state.is_none_or(|state| !crate::channels::is_down(state));
    if works
        || !holder.caller.supervises()
        || seats.is_visible(holder.caller.device)
        || !alerts::is_pushed(&holder.alerts, &situation)
    {
        return Ok(None);
    }
    let (name, text) = if holder.alerts.private {
        (String::new(), String::new())
    } else {
        let detail = channel.health.detail.as_deref().unwrap_or_default();
        (cut(&channel.name, NAME), cut(detail, TEXT))
    };
    let kind = AlertKind::ChannelDown.as_str();
    Ok(Some(Content { kind, name, text, badge: badge(c, holder)?, ..Content::default() }))
}

/// The number for the icon, as the user wants it; `None`: no number.
fn badge(c: &Connection, holder: &Holder) -> Result<Option<i64>> {
    let counts = session_lists::counts(c, &holder.caller)?;
    Ok(match holder.alerts.badge {
        Badge::MineAndUnowned => Some(counts.unread + counts.unowned),
        Badge::Mine => Some(counts.unread),
        Badge::Nothing => None,
    })
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_letter_fits_into_a_push() {
        let content = Content {
            kind: AlertKind::ChannelDown.as_str(),
            session_id: Some(SessionId::new()),
            name: cut(&"𝔸\"".repeat(500), NAME),
            text: cut(&"\\𝔸\u{1}".repeat(500), TEXT),
            pick_up: true,
            badge: Some(i64::MAX),
            test: true,
        };
        let text = serde_json::to_vec(&content).unwrap();
        assert!(text.len() <= super::super::sealing::TEXT, "{}", text.len());
    }

    #[test]
    fn what_is_left_out_is_not_there() {
        let content = Content { kind: "mine", ..Content::default() };
        assert_eq!(serde_json::to_string(&content).unwrap(), r#"{"kind":"mine"}"#);
    }
}
