//! The calls that are under way, and which pages of the workspace are open. In memory only: what
//! the two browsers tell each other passes through here and is gone with the call.
//!
//! Whatever is told is told while the board is held, so that nothing of a call overtakes what came
//! before it; telling waits for nobody.

mod line;
mod live;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::{CANDIDATES, GONE, RINGING};
use crate::chat::hub::{CallNews, CallTold, Hub};
use crate::error::{Error, Result};
use crate::model::{
    ChatCall, ChatCallId, ChatCallState, ChatCaller, DeviceId, SessionId, Time, UserId,
};
use crate::rooms::{CallNews as TeamNews, Rooms};
use crate::store::chat_calls::ChatCallRow;
use crate::store::visitors::TokenHash;

pub use self::line::AgentLine;
pub(super) use self::line::Team;
pub(super) use self::live::{Agent, Live};

/// All calls that are under way. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Switchboard(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    board: Mutex<Board>,
    hub: Hub,
    rooms: Rooms,
    /// Rings when somebody of the team comes or leaves.
    bell: Notify,
}

#[derive(Debug, Default)]
struct Board {
    calls: HashMap<ChatCallId, Live>,
    lines: HashMap<u64, (UserId, DeviceId)>,
    next: u64,
}

/// What has to happen because time passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// It rang for long enough.
    NoAnswer,
    /// An end is gone for too long.
    LineLost,
}

/// What became of somebody's wish not to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Declined {
    /// It goes on ringing for others.
    RingsOn,
    /// It rings for nobody any more.
    Last,
}

impl Switchboard {
    /// No calls.
    pub(crate) fn new(hub: &Hub, rooms: &Rooms) -> Self {
        let (hub, rooms) = (hub.clone(), rooms.clone());
        Self(Arc::new(Shared { board: Mutex::default(), hub, rooms, bell: Notify::new() }))
    }

    fn board(&self) -> MutexGuard<'_, Board> {
        self.0.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell_user(&self, user: UserId, news: TeamNews) {
        self.0.rooms.tell_call(user, news);
    }

    /// Tells everybody of the team whom a call concerns how it is now.
    fn tell_team(&self, live: &Live) {
        for user in live.concerned() {
            self.tell_user(user, TeamNews::Call(live.seen_by(user)));
        }
    }

    fn tell_visitor(&self, live: &Live, told: CallTold) {
        self.0.hub.tell_call(&live.hash, CallNews { call: live.wire.clone(), told });
    }

    /// Tells the line that has the call.
    fn tell_line(&self, live: &Live, told: CallTold) {
        let news = CallNews { call: live.wire.clone(), told };
        self.0.hub.tell_call_on(&live.hash, live.line, news);
    }

    /// A call rings: whom it rings for is told.
    pub(super) fn begin(&self, live: Live) {
        let mut board = self.board();
        self.tell_team(&live);
        if let Some(told) = live.rings_at_visitor() {
            self.tell_visitor(&live, told);
        }
        board.calls.insert(live.row.id, live);
    }

    /// Somebody of the team answers: the visitor hears it, and everybody for whom it rang. `None`:
    /// it is not under way any more.
    pub(super) fn answer(
        &self,
        row: &ChatCallRow,
        agent: Agent,
        sdp: Arc<str>,
    ) -> Option<ChatCall> {
        let mut board = self.board();
        let live = board.calls.get_mut(&row.id)?;
        let user = agent.user;
        live.row = row.clone();
        live.agent = Some(agent);
        live.rings.clear();
        live.answer = Some(Arc::clone(&sdp));
        self.tell_line(live, CallTold::Answered { user, sdp });
        self.tell_visitor(live, live.state());
        self.tell_team(live);
        for candidate in &live.of_visitor {
            self.tell_user(user, TeamNews::Candidate(row.id, Arc::clone(candidate)));
        }
        Some(live.seen_by(user))
    }

    /// The visitor answers on one of their lines: whoever calls hears it. `false`: it is not under
    /// way any more.
    pub(super) fn visitor_answers(&self, row: &ChatCallRow, on: u64, sdp: Arc<str>) -> bool {
        let mut board = self.board();
        let Some(live) = board.calls.get_mut(&row.id) else { return false };
        live.row = row.clone();
        live.line = Some(on);
        live.answer = Some(Arc::clone(&sdp));
        self.tell_visitor(live, live.state());
        if let Some(agent) = &live.agent {
            self.tell_user(agent.user, TeamNews::Answer(row.id, sdp));
        }
        self.tell_team(live);
        for candidate in &live.of_agent {
            self.tell_line(live, CallTold::Candidate(Arc::clone(candidate)));
        }
        true
    }

    /// A call is over: everybody whom it concerned is told, and it is forgotten.
    pub(super) fn end(&self, row: &ChatCallRow) {
        let mut board = self.board();
        let Some(mut live) = board.calls.remove(&row.id) else { return };
        live.row = row.clone();
        live.rings.clear();
        self.tell_visitor(&live, live.state());
        self.tell_team(&live);
    }

    /// A call that the store has no more.
    pub(super) fn forget(&self, id: ChatCallId) {
        self.board().calls.remove(&id);
    }

    /// It stops ringing for somebody who does not want to answer. `None`: it does not ring for
    /// them.
    pub(super) fn decline(&self, id: ChatCallId, user: UserId) -> Option<Declined> {
        let mut board = self.board();
        let live = board.calls.get_mut(&id)?;
        let before = live.rings.len();
        live.rings.retain(|one| *one != user);
        if live.rings.len() == before {
            return None;
        }
        live.declined.push(user);
        if live.rings.is_empty() {
            return Some(Declined::Last);
        }
        self.tell_user(user, TeamNews::Call(live.seen_by(user)));
        Some(Declined::RingsOn)
    }

    /// It rings for these from now on, and for nobody else.
    pub(super) fn ring_for(&self, id: ChatCallId, users: &[UserId]) {
        let mut board = self.board();
        let Some(live) = board.calls.get_mut(&id).filter(|live| live.rings_at_team()) else {
            return;
        };
        let wanted = users.iter().filter(|user| !live.declined.contains(user));
        let wanted: Vec<UserId> = wanted.copied().collect();
        let before = std::mem::replace(&mut live.rings, wanted);
        let stops = before.iter().filter(|user| !live.rings.contains(user));
        let starts = live.rings.iter().filter(|user| !before.contains(user));
        let differs: Vec<UserId> = stops.chain(starts).copied().collect();
        for user in &differs {
            if !live.rang.contains(user) {
                live.rang.push(*user);
            }
            self.tell_user(*user, TeamNews::Call(live.seen_by(*user)));
        }
    }

    /// It rings for one more, who came while it rang. They are told with everything else.
    pub(super) fn ring_also_for(&self, id: ChatCallId, user: UserId) {
        let mut board = self.board();
        let Some(live) = board.calls.get_mut(&id).filter(|live| live.rings_at_team()) else {
            return;
        };
        if live.declined.contains(&user) || live.rings.contains(&user) {
            return;
        }
        live.rings.push(user);
        if !live.rang.contains(&user) {
            live.rang.push(user);
        }
    }

    /// Visitors' calls that ring, with their sessions.
    pub(super) fn ringing_at_team(&self) -> Vec<(ChatCallId, SessionId)> {
        let board = self.board();
        let ringing = board.calls.values().filter(|live| live.rings_at_team());
        ringing.map(|live| (live.row.id, live.row.session)).collect()
    }

    /// A further way to reach the visitor: passed on, or kept until somebody answers. More than are
    /// taken, and what does not come from the line that has the call, is passed over.
    pub(super) fn visitor_candidate(
        &self,
        hash: &TokenHash,
        (call, on): (&str, u64),
        candidate: &str,
    ) {
        let mut board = self.board();
        let Some(live) = board.of_visitor(hash, call) else { return };
        if live.line != Some(on) || live.of_visitor.len() >= CANDIDATES {
            return;
        }
        let candidate: Arc<str> = candidate.into();
        live.of_visitor.push(Arc::clone(&candidate));
        if let Some(agent) = live.agent.as_ref().filter(|_| live.talks()) {
            self.tell_user(agent.user, TeamNews::Candidate(live.row.id, candidate));
        }
    }

    /// A further way to reach the agent: passed on, or kept until the visitor answers.
    pub(super) fn agent_candidate(
        &self,
        id: ChatCallId,
        user: UserId,
        candidate: &str,
    ) -> Result<()> {
        let mut board = self.board();
        let live = board.calls.get_mut(&id).filter(|live| live.is_of(user));
        let live = live.ok_or(Error::CallOver)?;
        if live.of_agent.len() >= CANDIDATES {
            return Err(Error::TooManyRequests(60));
        }
        let candidate: Arc<str> = candidate.into();
        live.of_agent.push(Arc::clone(&candidate));
        if live.talks() {
            self.tell_line(live, CallTold::Candidate(candidate));
        }
        Ok(())
    }

    /// The call that a visitor names, if it is under way.
    pub(super) fn of_visitor(&self, hash: &TokenHash, call: &str) -> Option<ChatCallId> {
        self.board().of_visitor(hash, call).map(|live| live.row.id)
    }

    /// A line of the visitor has a call now: it hears everything that was told of it. `false`: the
    /// call is not under way, or has not been answered by this visitor.
    pub(super) fn claim(&self, hash: &TokenHash, call: &str, on: u64) -> bool {
        let mut board = self.board();
        let Some(live) = board.of_visitor(hash, call) else { return false };
        if live.row.by == ChatCaller::Agent && !live.talks() {
            return false;
        }
        live.line = Some(on);
        live.visitor_gone = None;
        self.tell_line(live, live.state());
        let agent = live.agent.as_ref().filter(|_| live.row.by == ChatCaller::Visitor);
        if let (Some(agent), Some(sdp)) = (agent, &live.answer) {
            let told = CallTold::Answered { user: agent.user, sdp: Arc::clone(sdp) };
            self.tell_line(live, told);
        }
        if live.talks() {
            for candidate in &live.of_agent {
                self.tell_line(live, CallTold::Candidate(Arc::clone(candidate)));
            }
        }
        true
    }

    /// What a new line of a visitor has to hear: a call that rings at them.
    pub(super) fn rings_at(&self, hash: &TokenHash) -> Option<CallNews> {
        let board = self.board();
        let mut theirs = board.calls.values().filter(|live| live.hash == *hash);
        theirs.find_map(|live| {
            let told = live.rings_at_visitor()?;
            Some(CallNews { call: live.wire.clone(), told })
        })
    }

    /// Calls that concern a user: those that ring for them, and the one that they are in.
    pub(super) fn of_user(&self, user: UserId) -> Vec<ChatCall> {
        let board = self.board();
        let mine = |live: &&Live| live.rings.contains(&user) || live.is_of(user);
        let mut calls: Vec<ChatCall> =
            board.calls.values().filter(mine).map(|live| live.seen_by(user)).collect();
        calls.sort_by_key(|call| call.started_at);
        calls
    }

    /// What was told of the call that a user is in, for a page that has just come.
    pub(crate) fn told_to(&self, user: UserId) -> Vec<TeamNews> {
        let board = self.board();
        let mut told = Vec::new();
        for live in board.calls.values().filter(|live| live.is_of(user) && live.talks()) {
            if live.row.by == ChatCaller::Agent {
                let answer = live.answer.iter().map(Arc::clone);
                told.extend(answer.map(|sdp| TeamNews::Answer(live.row.id, sdp)));
            }
            let ways = live.of_visitor.iter().map(Arc::clone);
            told.extend(ways.map(|way| TeamNews::Candidate(live.row.id, way)));
        }
        told
    }

    /// A call as a user sees it; `None`: it is not under way.
    pub(super) fn seen_by(&self, id: ChatCallId, user: UserId) -> Option<ChatCall> {
        self.board().calls.get(&id).map(|live| live.seen_by(user))
    }

    /// Whether a call rang for a user.
    pub(super) fn rang_for(&self, id: ChatCallId, user: UserId) -> bool {
        self.board().calls.get(&id).is_some_and(|live| live.rang.contains(&user))
    }

    /// The call of a session, if one is under way.
    pub(crate) fn of_session(&self, session: SessionId) -> Option<ChatCallId> {
        let board = self.board();
        board.calls.values().find(|live| live.row.session == session).map(|live| live.row.id)
    }

    /// Sessions with a call that is under way.
    pub(super) fn sessions(&self) -> Vec<SessionId> {
        self.board().calls.values().map(|live| live.row.session).collect()
    }

    /// Calls that an agent's device has.
    pub(super) fn of_device(&self, device: DeviceId) -> Vec<ChatCallId> {
        let board = self.board();
        let held = |live: &&Live| live.agent.as_ref().is_some_and(|one| one.device == device);
        board.calls.values().filter(held).map(|live| live.row.id).collect()
    }

    /// What is due at `now`; who is gone is noted.
    pub(super) fn due(&self, now: Time) -> Vec<(ChatCallId, Due)> {
        let mut board = self.board();
        let Board { calls, lines, .. } = &mut *board;
        let devices: HashSet<DeviceId> = lines.values().map(|(_, device)| *device).collect();
        let mut due = Vec::new();
        for (id, live) in calls {
            let has_line = self.0.hub.has_line(&live.hash, live.line);
            let visitor = !live.needs_line() || has_line;
            let agent = live.agent.as_ref().is_none_or(|one| devices.contains(&one.device));
            let lost = live.note_ends((visitor, agent), now);
            if live.row.state == ChatCallState::Ringing && now - live.row.started_at >= RINGING {
                due.push((*id, Due::NoAnswer));
            } else if lost.is_some_and(|since| now - since >= GONE) {
                due.push((*id, Due::LineLost));
            }
        }
        due
    }
}

impl Board {
    fn of_visitor(&mut self, hash: &TokenHash, call: &str) -> Option<&mut Live> {
        self.calls.values_mut().find(|live| live.hash == *hash && live.wire == call)
    }
}

#[cfg(test)]
mod tests;
