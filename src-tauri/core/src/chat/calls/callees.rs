//! For whom a visitor's call rings. Pure, but for reading what it depends on.

use rusqlite::Connection;

use super::switchboard::Team;
use crate::error::Result;
use crate::model::{Presence, QueueId, Time, UserId};
use crate::store::{queues, users};

/// Somebody who could answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colleague {
    pub(super) user: UserId,
    /// What they say of themselves; `None`: they cannot sign in.
    pub(super) presence: Option<Presence>,
    /// Whether a page of the workspace is open.
    pub(super) here: bool,
    /// Whether they are in a call.
    pub(super) talks: bool,
}

/// What comes of a visitor's wish to call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reach {
    /// It rings for them.
    Rings(Vec<UserId>),
    /// Everybody who could answer talks.
    Busy,
    /// Nobody is there.
    Nobody,
}

/// For whom it rings if a session belongs to one user: for them, whatever they say of themselves
/// but that they are off work.
pub(super) fn of_owner(owner: &Colleague) -> Reach {
    let there = owner.here && !matches!(owner.presence, None | Some(Presence::OffWork));
    match (there, owner.talks) {
        (false, _) => Reach::Nobody,
        (true, true) => Reach::Busy,
        (true, false) => Reach::Rings(vec![owner.user]),
    }
}

/// For whom it rings if a session waits in a queue: for those who are available; only where nobody
/// is, for those who are away from their desk.
pub(super) fn of_queue(agents: &[Colleague]) -> Reach {
    let free = |wanted: fn(Presence) -> bool| {
        let found = agents.iter().filter(|one| one.here && !one.talks);
        let found = found.filter(|one| one.presence.is_some_and(wanted));
        found.map(|one| one.user).collect::<Vec<_>>()
    };
    let available = free(|presence| presence == Presence::Available);
    let rings = if available.is_empty() { free(is_near) } else { available };
    if !rings.is_empty() {
        return Reach::Rings(rings);
    }
    let may =
        |one: &Colleague| one.presence.is_some_and(|is| is == Presence::Available || is_near(is));
    if agents.iter().any(|one| one.here && one.talks && may(one)) {
        Reach::Busy
    } else {
        Reach::Nobody
    }
}

/// Whether somebody who says this of themselves may still be called.
fn is_near(presence: Presence) -> bool {
    match presence {
        Presence::Away | Presence::BusinessTrip | Presence::LunchBreak => true,
        Presence::Available | Presence::DoNotDisturb | Presence::OffWork => false,
    }
}

/// What comes of a call in a session of this owner, or that waits in this queue.
pub(super) fn reach(
    c: &Connection,
    team: &Team,
    (owner, queue): (Option<UserId>, Option<QueueId>),
    now: Time,
) -> Result<Reach> {
    let colleague = |user: UserId| -> Result<Colleague> {
        let presence = users::presence(c, user, now)?;
        Ok(Colleague { user, presence, here: team.is_here(user), talks: team.talks(user) })
    };
    match (owner, queue) {
        (Some(owner), _) => Ok(of_owner(&colleague(owner)?)),
        (None, Some(queue)) => {
            let agents = queues::agents(c, queue)?.into_iter().filter(|user| team.is_here(*user));
            let agents = agents.map(colleague).collect::<Result<Vec<_>>>()?;
            Ok(of_queue(&agents))
        }
        (None, None) => Ok(Reach::Nobody),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colleague(presence: Presence) -> Colleague {
        Colleague { user: UserId::new(), presence: Some(presence), here: true, talks: false }
    }

    #[test]
    fn an_owner_is_called_unless_they_are_gone_or_talk() {
        let here = colleague(Presence::DoNotDisturb);
        assert_eq!(of_owner(&here), Reach::Rings(vec![here.user]));
        assert_eq!(of_owner(&Colleague { talks: true, ..here }), Reach::Busy);
        assert_eq!(of_owner(&Colleague { here: false, talks: true, ..here }), Reach::Nobody);
        assert_eq!(of_owner(&Colleague { presence: None, ..here }), Reach::Nobody);
        assert_eq!(of_owner(&colleague(Presence::OffWork)), Reach::Nobody);
    }

    #[test]
    fn a_queue_rings_where_somebody_is_free_the_available_first() {
        let (ana, ben) = (colleague(Presence::Available), colleague(Presence::Available));
        let lunch = colleague(Presence::LunchBreak);
        let busy = Colleague { talks: true, ..ana };
        let quiet = colleague(Presence::DoNotDisturb);
        let rings = |users: &[&Colleague]| Reach::Rings(users.iter().map(|one| one.user).collect());
        for (agents, expected) in [
            (vec![ana, lunch, ben], rings(&[&ana, &ben])),
            (vec![busy, lunch], rings(&[&lunch])),
            (vec![busy, quiet], Reach::Busy),
            (vec![Colleague { here: false, ..ana }, lunch], rings(&[&lunch])),
            (vec![quiet, colleague(Presence::OffWork)], Reach::Nobody),
            (vec![Colleague { talks: true, ..quiet }], Reach::Nobody),
            (vec![Colleague { here: false, ..busy }], Reach::Nobody),
            (vec![], Reach::Nobody),
        ] {
            assert_eq!(of_queue(&agents), expected, "{agents:?}");
        }
    }
}
