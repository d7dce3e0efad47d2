//! A call that is under way, and how it looks to whom. Pure.

use std::sync::Arc;

use crate::chat::hub::CallTold;
use crate::model::{CallServer, ChatCall, ChatCallState, ChatCaller, DeviceId, Time, UserId};
use crate::store::chat_calls::ChatCallRow;
use crate::store::visitors::TokenHash;

/// Who of the team is an end of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Agent {
    pub(crate) user: UserId,
    /// The device whose browser has the call.
    pub(crate) device: DeviceId,
}

/// A call that is under way.
#[derive(Debug)]
pub(crate) struct Live {
    /// As the store has it.
    pub(crate) row: ChatCallRow,
    /// Whose visitor it is.
    pub(crate) hash: TokenHash,
    /// What it is called on the visitor's line.
    pub(crate) wire: String,
    /// The visitor's line that has the call.
    pub(crate) line: Option<u64>,
    /// Who of the team is an end of it.
    pub(crate) agent: Option<Agent>,
    /// How the caller's browser can be reached.
    pub(crate) offer: Arc<str>,
    /// How the other one can.
    pub(crate) answer: Option<Arc<str>>,
    /// Further ways to reach the visitor.
    pub(crate) of_visitor: Vec<Arc<str>>,
    /// Further ways to reach the agent.
    pub(crate) of_agent: Vec<Arc<str>>,
    /// Servers that help the two ends to find each other.
    pub(crate) servers: Arc<[CallServer]>,
    /// For whom of the team it rings.
    pub(crate) rings: Vec<UserId>,
    /// For whom it rang at some time.
    pub(crate) rang: Vec<UserId>,
    /// Who did not want to answer.
    pub(crate) declined: Vec<UserId>,
    /// Since when the visitor's end is gone.
    pub(crate) visitor_gone: Option<Time>,
    /// Since when the agent's is.
    pub(crate) agent_gone: Option<Time>,
}

impl Live {
    /// A call that begins to ring.
    pub(crate) fn begins(
        row: ChatCallRow,
        (hash, wire): (TokenHash, String),
        offer: String,
        servers: Vec<CallServer>,
    ) -> Self {
        Self {
            row,
            hash,
            wire,
            line: None,
            agent: None,
            offer: offer.into(),
            answer: None,
            of_visitor: Vec::new(),
            of_agent: Vec::new(),
            servers: servers.into(),
            rings: Vec::new(),
            rang: Vec::new(),
            declined: Vec::new(),
            visitor_gone: None,
            agent_gone: None,
        }
    }

    /// Whether they talk.
    pub(super) fn talks(&self) -> bool {
        self.row.state == ChatCallState::Connected
    }

    /// Whether this user is an end of it.
    pub(super) fn is_of(&self, user: UserId) -> bool {
        self.agent.as_ref().is_some_and(|agent| agent.user == user)
    }

    /// Whether a visitor's call rings.
    pub(super) fn rings_at_team(&self) -> bool {
        self.row.by == ChatCaller::Visitor && self.row.state == ChatCallState::Ringing
    }

    /// What a visitor is told at whom it rings.
    pub(super) fn rings_at_visitor(&self) -> Option<CallTold> {
        let rings = self.row.by == ChatCaller::Agent && self.row.state == ChatCallState::Ringing;
        let agent = self.agent.as_ref().filter(|_| rings)?;
        let (sdp, servers) = (Arc::clone(&self.offer), Arc::clone(&self.servers));
        Some(CallTold::Rings { user: agent.user, sdp, servers })
    }

    /// How far it is, for the visitor.
    pub(super) fn state(&self) -> CallTold {
        CallTold::State {
            state: self.row.state,
            line: self.line,
            seconds: self.row.seconds(),
            reason: self.row.reason,
        }
    }

    /// Everybody of the team whom it concerns, each once.
    pub(super) fn concerned(&self) -> Vec<UserId> {
        let agent = self.agent.as_ref().map(|agent| agent.user);
        let mut users = self.rang.clone();
        users.extend(agent.filter(|user| !users.contains(user)));
        users
    }

    /// As a user sees it.
    pub(super) fn seen_by(&self, user: UserId) -> ChatCall {
        let rings = self.rings.contains(&user);
        let is_end = rings || (self.is_of(user) && !self.row.state.is_over());
        ChatCall {
            sdp: (rings && self.rings_at_team()).then(|| self.offer.to_string()),
            ice: if is_end { self.servers.to_vec() } else { Vec::new() },
            ..self.row.seen()
        }
    }

    /// Whether one of the visitor's lines has it: while an agent's call rings, all have.
    pub(super) fn needs_line(&self) -> bool {
        self.row.by == ChatCaller::Visitor || self.talks()
    }

    /// Notes which ends are there at `now`; answers since when one is gone.
    pub(super) fn note_ends(&mut self, (visitor, agent): (bool, bool), now: Time) -> Option<Time> {
        let since = |gone: Option<Time>, there: bool| (!there).then(|| gone.unwrap_or(now));
        self.visitor_gone = since(self.visitor_gone, visitor);
        self.agent_gone = since(self.agent_gone, agent);
        match (self.visitor_gone, self.agent_gone) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        }
    }
}
