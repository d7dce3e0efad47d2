//! Who asks, and what they may do with a session (rules §2.4). Pure: the whole table is here, and
//! everything that reads or changes a session asks it. Knows no store and no HTTP.

use crate::error::{Error, Result};
use crate::model::{DeviceId, Permits, PickUpMode, QueueId, Role, SessionStatus, UserId};

/// The signed-in user that asks for something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Who.
    pub user: UserId,
    /// Their shown name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Queues they are an agent of.
    pub queues: Vec<QueueId>,
    /// From which device.
    pub device: DeviceId,
}

impl Caller {
    /// Refuses everyone but administrators.
    pub fn must_administer(&self) -> Result<()> {
        match self.role {
            Role::Administrator => Ok(()),
            Role::Supervisor | Role::Agent => {
                Err(Error::Forbidden("only an administrator may do this"))
            }
        }
    }

    /// Refuses agents.
    pub fn must_supervise(&self) -> Result<()> {
        if self.supervises() {
            Ok(())
        } else {
            Err(Error::Forbidden("only a supervisor or an administrator may do this"))
        }
    }

    /// Whether they see every session.
    pub fn supervises(&self) -> bool {
        match self.role {
            Role::Administrator | Role::Supervisor => true,
            Role::Agent => false,
        }
    }
}

/// What access to a session depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// Open or closed.
    pub status: SessionStatus,
    /// Its owner.
    pub owner: Option<UserId>,
    /// Its queue.
    pub queue: Option<QueueId>,
    /// The queue's mode.
    pub mode: Option<PickUpMode>,
    /// Whether the caller held or answered it at some time.
    pub took_part: bool,
    /// Whether a note in it names the caller.
    pub mentioned: bool,
}

/// How a caller comes to see a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// They own it, wait for it in a queue, or took part in it before it ended.
    Own,
    /// Only because a note names them: they read and write notes, and never answer. Such a look
    /// is recorded.
    Mentioned,
    /// Only as a supervisor or administrator; such a look is recorded.
    Supervising,
    /// Not at all.
    None,
}

/// How `caller` sees a session.
pub fn sight(caller: &Caller, holder: &Holder) -> Sight {
    if holds(caller, holder) || (holder.status == SessionStatus::Closed && holder.took_part) {
        Sight::Own
    } else if caller.supervises() {
        Sight::Supervising
    } else if holder.mentioned {
        Sight::Mentioned
    } else {
        Sight::None
    }
}

/// Whether `caller` is its owner, or one of the agents of the queue where it waits.
pub fn holds(caller: &Caller, holder: &Holder) -> bool {
    match (holder.owner, holder.queue) {
        (Some(owner), _) => owner == caller.user,
        (None, Some(queue)) => caller.queues.contains(&queue),
        (None, None) => false,
    }
}

/// What `caller` may do with a session.
pub fn permits(caller: &Caller, holder: &Holder) -> Permits {
    let open = holder.status == SessionStatus::Open;
    let sight = sight(caller, holder);
    let sees = sight != Sight::None;
    let holds = open && holds(caller, holder);
    let waits = holder.owner.is_none();
    let ownable = match holder.mode {
        Some(PickUpMode::Manual | PickUpMode::Auto) => true,
        Some(PickUpMode::None) | None => false,
    };
    Permits {
        answer: holds,
        note: sees,
        // Who could give it to anybody may name anybody; who was named brings nobody in.
        bring_in: matches!(sight, Sight::Own | Sight::Supervising),
        pick_up: holds && waits && ownable,
        transfer: open && (holds || caller.supervises()),
        take_over: open
            && caller.supervises()
            && holder.owner != Some(caller.user)
            // Sessions of a shared queue are never owned; in one's own queues one picks up.
            && (ownable || !waits)
            && !(holds && waits),
        end: holds,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(role: Role, queues: &[QueueId]) -> Caller {
        Caller {
            user: UserId::new(),
            name: "Ana".into(),
            role,
            queues: queues.to_vec(),
            device: DeviceId::new(),
        }
    }

    /// How a session is held, in words and as it is, and what each of six people may do.
    type Row = (&'static str, Option<UserId>, Option<PickUpMode>, [&'static str; 6]);

    /// Letters of what is permitted: Answer, Note, Bring in, Pick up, Transfer, take Over, End.
    fn letters(permits: Permits) -> String {
        [
            (permits.answer, 'A'),
            (permits.note, 'N'),
            (permits.bring_in, 'B'),
            (permits.pick_up, 'P'),
            (permits.transfer, 'T'),
            (permits.take_over, 'O'),
            (permits.end, 'E'),
        ]
        .iter()
        .filter_map(|(on, letter)| on.then_some(*letter))
        .collect()
    }

    /// Rules §2.4 as a table: who holds it; then agent of the queue, owner, other agent,
    /// supervisor outside, administrator outside, and an
    /// agent whom a note named.
    #[test]
    fn the_table_of_who_may_do_what() {
        let sales = QueueId::new();
        let agent = caller(Role::Agent, &[sales]);
        let owner = caller(Role::Agent, &[sales]);
        let other = caller(Role::Agent, &[]);
        let supervisor = caller(Role::Supervisor, &[]);
        let administrator = caller(Role::Administrator, &[]);
        let named = caller(Role::Agent, &[]);
        let callers = [&agent, &owner, &other, &supervisor, &administrator, &named];
        let rows: [Row; 7] = [
            ("user", Some(owner.user), None, ["", "ANBTE", "", "NBTO", "NBTO", "N"]),
            (
                "manual, unowned",
                None,
                Some(PickUpMode::Manual),
                ["ANBPTE", "ANBPTE", "", "NBTO", "NBTO", "N"],
            ),
            (
                "auto, unowned",
                None,
                Some(PickUpMode::Auto),
                ["ANBPTE", "ANBPTE", "", "NBTO", "NBTO", "N"],
            ),
            ("none", None, Some(PickUpMode::None), ["ANBTE", "ANBTE", "", "NBT", "NBT", "N"]),
            (
                "manual, owned",
                Some(owner.user),
                Some(PickUpMode::Manual),
                ["", "ANBTE", "", "NBTO", "NBTO", "N"],
            ),
            (
                "auto, owned",
                Some(owner.user),
                Some(PickUpMode::Auto),
                ["", "ANBTE", "", "NBTO", "NBTO", "N"],
            ),
            (
                "none, owned since before it was shared",
                Some(owner.user),
                Some(PickUpMode::None),
                ["", "ANBTE", "", "NBTO", "NBTO", "N"],
            ),
        ];
        for (name, owner_id, mode, expected) in rows {
            let holder = Holder {
                status: SessionStatus::Open,
                owner: owner_id,
                queue: mode.map(|_| sales),
                mode,
                took_part: false,
                mentioned: false,
            };
            for (who, expected) in callers.iter().zip(expected) {
                let holder = Holder { mentioned: who.user == named.user, ..holder };
                assert_eq!(letters(permits(who, &holder)), expected, "{name}, {:?}", who.role);
            }
        }
    }

    #[test]
    fn a_supervisor_in_the_queue_picks_up_what_waits_and_owns_nothing_that_is_shared() {
        let sales = QueueId::new();
        let supervisor = caller(Role::Supervisor, &[sales]);
        for (mode, expected) in [
            (PickUpMode::Manual, "ANBPTE"),
            (PickUpMode::Auto, "ANBPTE"),
            (PickUpMode::None, "ANBTE"),
        ] {
            let holder = Holder {
                status: SessionStatus::Open,
                owner: None,
                queue: Some(sales),
                mode: Some(mode),
                took_part: false,
                mentioned: false,
            };
            assert_eq!(letters(permits(&supervisor, &holder)), expected, "{mode:?}");
        }
    }

    #[test]
    fn an_ended_session_takes_notes_from_those_who_took_part_and_nothing_else() {
        let agent = caller(Role::Agent, &[]);
        let mut holder = Holder {
            status: SessionStatus::Closed,
            owner: None,
            queue: Some(QueueId::new()),
            mode: Some(PickUpMode::Manual),
            took_part: true,
            mentioned: false,
        };
        assert_eq!(letters(permits(&agent, &holder)), "NB");
        holder.took_part = false;
        assert_eq!(letters(permits(&agent, &holder)), "");
        assert_eq!(sight(&agent, &holder), Sight::None);
        holder.mentioned = true;
        assert_eq!(sight(&agent, &holder), Sight::Mentioned);
        assert_eq!(letters(permits(&agent, &holder)), "N", "who was named reads on after the end");
        assert_eq!(letters(permits(&caller(Role::Supervisor, &[]), &holder)), "NB");
    }
}
