//! Who has which session on the screen, and who is writing in it: told to those who may know of the
//! session, kept in memory only, gone with the line that said it. Knows no HTTP.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use tokio::sync::broadcast;
use utoipa::ToSchema;

use crate::App;
use crate::access::{self, Caller, Sight};
use crate::error::{Error, Result};
use crate::events::Audience;
use crate::model::{ChatCall, ChatCallId, SessionId, UserId, VisitedPage, VisitorState};
use crate::store::sessions;

/// How far a listener may lag before it is told everything anew.
const CAPACITY: usize = 1_024;

/// Somebody who has a session on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Onlooker {
    /// Who.
    pub user_id: UserId,
    /// Whether they are writing; else they only look.
    pub writing: bool,
    /// Whether what they write is a note for the team.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub note: bool,
}

/// A session and who has it on the screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Room {
    /// The session.
    pub session_id: SessionId,
    /// Everybody once, in a fixed order.
    pub people: Vec<Onlooker>,
}

/// A draft has another text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DraftNews {
    /// Its session.
    pub session: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// `true`: it is one of a note.
    pub note: bool,
    /// Its version.
    pub version: i64,
}

/// How the visitor of a live chat is at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct VisitorNews {
    /// Their session.
    pub session_id: SessionId,
    /// Where they are.
    pub state: VisitorState,
    /// Whether they write.
    pub writing: bool,
    /// The page on their screen; `null` when they have left.
    pub page: Option<VisitedPage>,
}

/// Something about a call of a live chat, for one user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallNews {
    /// It is new, or different, as this user sees it.
    Call(ChatCall),
    /// The visitor whom this user calls answers.
    Answer(ChatCallId, Arc<str>),
    /// A further way to reach the visitor; empty: there are no more.
    Candidate(ChatCallId, Arc<str>),
}

/// What happened that is worth telling and not worth keeping.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stir {
    /// Somebody came, went, began or stopped writing.
    Room(Room),
    /// A draft has another text.
    Draft(DraftNews),
    /// A visitor came, left, wrote or went to another page.
    Visitor(VisitorNews),
    /// Something about a call.
    Call(CallNews),
}

/// A stir and who may know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What.
    pub stir: Stir,
    /// To whom.
    pub audience: Audience,
}

/// What somebody does in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    /// They look at it.
    Viewing,
    /// They write to the customer.
    Writing,
    /// They write a note.
    Noting,
}

/// All rooms. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Rooms(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    house: Mutex<House>,
    next: AtomicU64,
    sender: broadcast::Sender<Arc<Told>>,
}

/// Every seat is in one room at most, so this is never larger than the number of lines.
#[derive(Debug, Default)]
struct House {
    rooms: HashMap<SessionId, Seats>,
    places: HashMap<u64, SessionId>,
}

#[derive(Debug)]
struct Seats {
    audience: Audience,
    taken: HashMap<u64, (UserId, Doing)>,
}

impl Seats {
    /// Everybody once; who writes on one of their screens writes.
    fn people(&self) -> Vec<Onlooker> {
        let mut people: Vec<Onlooker> = Vec::new();
        for (user_id, doing) in self.taken.values() {
            let (writing, note) = match doing {
                Doing::Viewing => (false, false),
                Doing::Writing => (true, false),
                Doing::Noting => (true, true),
            };
            match people.iter_mut().find(|one| one.user_id == *user_id) {
                // Who writes to the customer on one screen does, whatever they do on another.
                Some(one) if one.writing => one.note &= note || !writing,
                Some(one) => (one.writing, one.note) = (writing, note),
                None => people.push(Onlooker { user_id: *user_id, writing, note }),
            }
        }
        people.sort_by_key(|one| one.user_id);
        people
    }
}

impl House {
    fn people(&self, session: SessionId) -> Vec<Onlooker> {
        self.rooms.get(&session).map(Seats::people).unwrap_or_default()
    }

    /// Takes a seat out of the room where it is.
    fn empty(&mut self, seat: u64) -> Option<Told> {
        let session = self.places.remove(&seat)?;
        let before = self.people(session);
        let seats = self.rooms.get_mut(&session)?;
        seats.taken.remove(&seat);
        let audience = seats.audience.clone();
        if seats.taken.is_empty() {
            self.rooms.remove(&session);
        }
        self.told(session, &before, audience)
    }

    /// What there is to tell if a room looks different from before.
    fn told(&self, session: SessionId, before: &[Onlooker], audience: Audience) -> Option<Told> {
        let people = self.people(session);
        let room = Room { session_id: session, people };
        (room.people != before).then_some(Told { stir: Stir::Room(room), audience })
    }
}

impl Rooms {
    /// Empty rooms.
    pub(crate) fn new() -> Self {
        let sender = broadcast::Sender::new(CAPACITY);
        Self(Arc::new(Shared { house: Mutex::default(), next: AtomicU64::new(0), sender }))
    }

    /// Hear what happens from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<Told>> {
        self.0.sender.subscribe()
    }

    /// Every room that is not empty, and who may know of it.
    pub fn all(&self) -> Vec<(Room, Audience)> {
        let house = self.house();
        let rooms = house.rooms.iter();
        rooms
            .map(|(session_id, seats)| {
                let room = Room { session_id: *session_id, people: seats.people() };
                (room, seats.audience.clone())
            })
            .collect()
    }

    /// A place for one screen; whoever had it leaves when it is dropped.
    pub fn seat(&self) -> Seat {
        Seat { rooms: self.clone(), id: self.0.next.fetch_add(1, Ordering::Relaxed) }
    }

    /// Tells that a draft has another text.
    pub(crate) fn tell_draft(&self, news: DraftNews, audience: Audience) {
        self.tell(Some(Told { stir: Stir::Draft(news), audience }));
    }

    /// Tells how a visitor is.
    pub(crate) fn tell_visitor(&self, news: VisitorNews, audience: Audience) {
        self.tell(Some(Told { stir: Stir::Visitor(news), audience }));
    }

    /// Tells a user something about a call.
    pub(crate) fn tell_call(&self, user: UserId, news: CallNews) {
        self.tell(Some(Told { stir: Stir::Call(news), audience: Audience::user(user) }));
    }

    fn house(&self) -> MutexGuard<'_, House> {
        self.0.house.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, told: Option<Told>) {
        if let Some(told) = told {
            self.0.sender.send(Arc::new(told)).ok();
        }
    }
}

/// The place of one screen.
#[derive(Debug)]
pub struct Seat {
    rooms: Rooms,
    id: u64,
}

impl Seat {
    /// The caller has this session on the screen now, and nothing else. Refused when they do not
    /// see it; then this screen is in no room.
    pub async fn enter(
        &self,
        app: &App,
        caller: &Caller,
        session: SessionId,
        doing: Doing,
    ) -> Result<()> {
        let asking = caller.clone();
        let found = app
            .db()
            .read(move |connection| {
                let holder = sessions::holder(connection, session, asking.user)?;
                match access::sight(&asking, &holder) {
                    Sight::None => Err(Error::NotFound("session")),
                    Sight::Own | Sight::Mentioned | Sight::Supervising => {
                        sessions::audience(connection, session)
                    }
                }
            })
            .await;
        match found {
            Ok(audience) => {
                self.sit(caller.user, session, doing, audience);
                Ok(())
            }
            Err(error) => {
                self.leave();
                Err(error)
            }
        }
    }

    fn sit(&self, user: UserId, session: SessionId, doing: Doing, audience: Audience) {
        let (left, came) = {
            let mut house = self.rooms.house();
            let moves = house.places.get(&self.id).is_some_and(|at| *at != session);
            let left = if moves { house.empty(self.id) } else { None };
            let before = house.people(session);
            let fresh = || Seats { audience: audience.clone(), taken: HashMap::new() };
            let seats = house.rooms.entry(session).or_insert_with(fresh);
            seats.audience = audience.clone();
            seats.taken.insert(self.id, (user, doing));
            house.places.insert(self.id, session);
            (left, house.told(session, &before, audience))
        };
        self.rooms.tell(left);
        self.rooms.tell(came);
    }

    /// The keys were quiet: who wrote only looks now.
    pub fn pause(&self) {
        let told = {
            let mut house = self.rooms.house();
            let Some(session) = house.places.get(&self.id).copied() else { return };
            let before = house.people(session);
            let Some(seats) = house.rooms.get_mut(&session) else { return };
            if let Some((_, doing)) = seats.taken.get_mut(&self.id) {
                *doing = Doing::Viewing;
            }
            let audience = seats.audience.clone();
            house.told(session, &before, audience)
        };
        self.rooms.tell(told);
    }

    /// No session is on this screen any more.
    pub fn leave(&self) {
        let told = self.rooms.house().empty(self.id);
        self.rooms.tell(told);
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.leave();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn onlooker(user_id: UserId, writing: bool) -> Onlooker {
        Onlooker { user_id, writing, note: false }
    }

    fn heard(listener: &mut broadcast::Receiver<Arc<Told>>) -> Vec<Vec<Onlooker>> {
        std::iter::from_fn(|| listener.try_recv().ok())
            .map(|told| match &told.stir {
                Stir::Room(room) => room.people.clone(),
                Stir::Draft(_) | Stir::Visitor(_) | Stir::Call(_) => Vec::new(),
            })
            .collect()
    }

    #[test]
    fn a_room_tells_what_changes_and_forgets_who_goes() {
        let rooms = Rooms::new();
        let mut listener = rooms.subscribe();
        let (ana, session, other) = (UserId::new(), SessionId::new(), SessionId::new());
        let (desk, phone) = (rooms.seat(), rooms.seat());
        let sit = |seat: &Seat, session, doing| seat.sit(ana, session, doing, Audience::default());
        let (looks, writes) = (onlooker(ana, false), onlooker(ana, true));
        sit(&desk, session, Doing::Viewing);
        sit(&desk, session, Doing::Viewing);
        assert_eq!(heard(&mut listener), [vec![looks]], "the same again is no news");
        sit(&phone, session, Doing::Writing);
        assert_eq!(heard(&mut listener), [vec![writes]], "one person on two screens is one");
        phone.pause();
        drop(phone);
        assert_eq!(heard(&mut listener), [vec![looks]]);
        sit(&desk, other, Doing::Viewing);
        assert_eq!(heard(&mut listener), [vec![], vec![looks]], "nobody is in two rooms");
        drop(desk);
        assert_eq!(heard(&mut listener), [vec![]]);
        let house = rooms.house();
        assert!(house.rooms.is_empty() && house.places.is_empty());
    }
}
