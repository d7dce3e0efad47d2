//! Which pages of the workspace are open: only who has one can be called.

use std::collections::HashSet;

use super::Switchboard;
use crate::model::{DeviceId, UserId};

/// The place of one page of the workspace; it is left when this is dropped.
#[derive(Debug)]
pub struct AgentLine {
    switchboard: Switchboard,
    id: u64,
}

/// Who of the team is there at a moment, and who talks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Team {
    here: HashSet<UserId>,
    talking: HashSet<UserId>,
}

impl Team {
    pub(crate) fn is_here(&self, user: UserId) -> bool {
        self.here.contains(&user)
    }

    pub(crate) fn talks(&self, user: UserId) -> bool {
        self.talking.contains(&user)
    }
}

impl Switchboard {
    /// A place for a page of the workspace.
    pub(crate) fn come(&self, user: UserId, device: DeviceId) -> AgentLine {
        let mut board = self.board();
        board.next += 1;
        let id = board.next;
        board.lines.insert(id, (user, device));
        self.0.bell.notify_one();
        AgentLine { switchboard: self.clone(), id }
    }

    /// Ends when somebody of the team came or left.
    pub(crate) async fn team_changed(&self) {
        self.0.bell.notified().await;
    }

    /// Who of the team is there, and who talks.
    pub(crate) fn team(&self) -> Team {
        let board = self.board();
        let talking = board.calls.values().filter_map(|live| live.agent.map(|agent| agent.user));
        Team {
            here: board.lines.values().map(|(user, _)| *user).collect(),
            talking: talking.collect(),
        }
    }
}

impl Drop for AgentLine {
    fn drop(&mut self) {
        self.switchboard.board().lines.remove(&self.id);
        self.switchboard.0.bell.notify_one();
    }
}
