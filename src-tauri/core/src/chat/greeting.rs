//! How a visitor is greeted: whether somebody can answer at this moment, and with which words.
//! Pure, but for reading what it depends on.

use rusqlite::Connection;

use crate::error::Result;
use crate::hours;
use crate::model::{ChannelId, ChatMessages, Destination, Presence, Time};
use crate::store::{numbers, users};

/// Who would answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answerer {
    /// The agents of a queue.
    Queue,
    /// One user; `None`: they are signed out everywhere, or cannot sign in.
    User(Option<Presence>),
    /// Nobody was chosen.
    Nobody,
}

/// Whether a chat has room for one more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// It has.
    Free,
    /// As many chats are open as the administrator allows.
    Full,
}

/// What a greeting depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Situation {
    /// Whether the channel is within its office hours.
    pub open: bool,
    /// Who would answer.
    pub answerer: Answerer,
    /// Whether there is room.
    pub room: Room,
}

/// Which of the two greetings it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Greeting {
    /// Somebody can answer.
    Online,
    /// Nobody can.
    Offline,
}

/// Decides (requirements F15 to F18): online within office hours if a queue answers, or a user who
/// is signed in and available.
pub fn decide(situation: &Situation) -> Greeting {
    let there = match situation.answerer {
        Answerer::Queue | Answerer::User(Some(Presence::Available)) => true,
        Answerer::User(_) | Answerer::Nobody => false,
    };
    if situation.open && there && situation.room == Room::Free {
        Greeting::Online
    } else {
        Greeting::Offline
    }
}

/// The words of a greeting, if it is said.
pub fn words(messages: &ChatMessages, greeting: Greeting) -> Option<&str> {
    let automatic = match greeting {
        Greeting::Online => &messages.online_greeting,
        Greeting::Offline => &messages.offline_greeting,
    };
    automatic.on.then_some(automatic.text.as_str())
}

/// What decides for a site at `now`.
pub(crate) fn situation(
    c: &Connection,
    channel: ChannelId,
    room: Room,
    now: Time,
) -> Result<Situation> {
    let answerer = match numbers::of_channel(c, channel)?.first().map(|number| number.destination) {
        Some(Destination::Queue { .. }) => Answerer::Queue,
        Some(Destination::User { id }) => Answerer::User(users::presence(c, id, now)?),
        None => Answerer::Nobody,
    };
    Ok(Situation { open: hours::is_open(c, channel, now)?, answerer, room })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_greeted_how() {
        use Answerer::{Nobody, Queue, User};
        let user = |presence| User(Some(presence));
        for (open, answerer, expected) in [
            (true, Queue, Greeting::Online),
            (true, user(Presence::Available), Greeting::Online),
            (true, user(Presence::Away), Greeting::Offline),
            (true, user(Presence::BusinessTrip), Greeting::Offline),
            (true, user(Presence::DoNotDisturb), Greeting::Offline),
            (true, user(Presence::LunchBreak), Greeting::Offline),
            (true, user(Presence::OffWork), Greeting::Offline),
            (true, User(None), Greeting::Offline),
            (true, Nobody, Greeting::Offline),
            (false, Queue, Greeting::Offline),
            (false, user(Presence::Available), Greeting::Offline),
            (false, User(None), Greeting::Offline),
        ] {
            let situation = Situation { open, answerer, room: Room::Free };
            assert_eq!(decide(&situation), expected, "{situation:?}");
            let full = Situation { room: Room::Full, ..situation };
            assert_eq!(decide(&full), Greeting::Offline, "{full:?}");
        }
    }
}
