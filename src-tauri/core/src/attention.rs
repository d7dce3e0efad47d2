//! Where people are at this moment: which clients are open, in front, and at which session.
//!
//! Only in memory, told by the clients themselves, gone with their connection. Knows no store, no
//! HTTP and no clock.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::model::{Attention, DeviceId, Moment, SessionId, UserId};

/// What one open client told last.
#[derive(Debug, Clone, Copy)]
struct Seat {
    user: UserId,
    device: DeviceId,
    attention: Attention,
}

/// Every open client that told where its person is. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Seats(Arc<Room>);

#[derive(Debug, Default)]
struct Room {
    seats: Mutex<HashMap<u64, Seat>>,
    next: AtomicU64,
}

/// Where a user is, seen from one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// They look at it.
    Looking,
    /// They do not.
    Not(Moment),
}

/// The place of one connection; it is left when this is dropped.
#[derive(Debug)]
pub struct Taken {
    room: Seats,
    place: u64,
    user: UserId,
    device: DeviceId,
}

impl Seats {
    fn lock(&self) -> MutexGuard<'_, HashMap<u64, Seat>> {
        self.0.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for one connection of a device. A client that tells nothing counts as nobody:
    /// programs follow the events too.
    pub fn take(&self, user: UserId, device: DeviceId) -> Taken {
        let place = self.0.next.fetch_add(1, Ordering::Relaxed);
        Taken { room: self.clone(), place, user, device }
    }

    /// Where a user is: the best of all their clients counts.
    pub fn of(&self, user: UserId, session: Option<SessionId>) -> Whereabouts {
        let seats = self.lock();
        let mut found = Moment::Away;
        for seat in seats.values().filter(|seat| seat.user == user && !seat.attention.idle) {
            if !seat.attention.focused {
                found = found.min(Moment::Unfocused);
                continue;
            }
            if session.is_some() && seat.attention.session_id == session {
                return Whereabouts::Looking;
            }
            found = Moment::Elsewhere;
        }
        Whereabouts::Not(found)
    }

    /// Whether a page of this device can be seen: it shows itself what there is to show.
    pub fn is_visible(&self, device: DeviceId) -> bool {
        self.lock().values().any(|seat| seat.device == device && seat.attention.visible)
    }
}

impl Taken {
    /// The client tells how it is now.
    pub fn tell(&self, attention: Attention) {
        let seat = Seat { user: self.user, device: self.device, attention };
        self.room.lock().insert(self.place, seat);
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.room.lock().remove(&self.place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attention(focused: bool, idle: bool, session_id: Option<SessionId>) -> Attention {
        Attention { focused, visible: true, idle, session_id }
    }

    #[test]
    fn the_best_of_all_clients_counts_and_leaving_is_being_away() {
        let (seats, user, session) = (Seats::default(), UserId::new(), SessionId::new());
        let away = Whereabouts::Not(Moment::Away);
        assert_eq!(seats.of(user, Some(session)), away);
        let window = seats.take(user, DeviceId::new());
        assert_eq!(seats.of(user, Some(session)), away, "it has told nothing yet");
        window.tell(attention(false, false, Some(session)));
        assert_eq!(seats.of(user, Some(session)), Whereabouts::Not(Moment::Unfocused));
        let phone = seats.take(user, DeviceId::new());
        phone.tell(attention(true, false, Some(session)));
        assert_eq!(seats.of(user, Some(session)), Whereabouts::Looking);
        let other = Some(SessionId::new());
        assert_eq!(seats.of(user, other), Whereabouts::Not(Moment::Elsewhere));
        assert_eq!(seats.of(user, None), Whereabouts::Not(Moment::Elsewhere));
        assert_eq!(seats.of(UserId::new(), Some(session)), away, "somebody else");
        phone.tell(attention(true, true, Some(session)));
        assert_eq!(seats.of(user, Some(session)), Whereabouts::Not(Moment::Unfocused));
        drop(window);
        assert_eq!(seats.of(user, Some(session)), away, "the phone lies there");
        assert!(seats.is_visible(phone.device));
        drop(phone);
        assert!(seats.lock().is_empty());
    }
}
