//! Who may do what with a message that waits for its time. Pure.
//!
//! Its words reach the customer in its author's name, so that only who may answer the session now
//! says them: who may not lets it wait longer, or not leave at all.

use crate::access::{self, Caller, Holder, Sight};
use crate::model::{ScheduledDeed, SessionStatus, UserId};

/// What `caller` may do with a scheduled message of `author`.
pub(crate) fn deeds(
    caller: &Caller,
    holder: &Holder,
    author: Option<UserId>,
) -> Vec<ScheduledDeed> {
    if access::sight(caller, holder) == Sight::None {
        return Vec::new();
    }
    let open = holder.status == SessionStatus::Open;
    let holds = access::holds(caller, holder);
    let decides = holds || caller.supervises() || author == Some(caller.user);
    ScheduledDeed::ALL
        .into_iter()
        .filter(|deed| match deed {
            ScheduledDeed::Reword | ScheduledDeed::SendNow => open && holds,
            ScheduledDeed::Move => open && decides,
            ScheduledDeed::TakeBack => decides,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DeviceId, PickUpMode, QueueId, Role};

    fn caller(role: Role, queues: &[QueueId]) -> Caller {
        Caller {
            user: UserId::new(),
            name: "Ana".into(),
            role,
            queues: queues.to_vec(),
            device: DeviceId::new(),
        }
    }

    /// Letters of what is permitted: Reword, send Now, Move, take Back.
    fn letters(caller: &Caller, holder: &Holder, author: UserId) -> String {
        let deeds = deeds(caller, holder, Some(author));
        deeds
            .iter()
            .map(|deed| match deed {
                ScheduledDeed::Reword => 'R',
                ScheduledDeed::SendNow => 'N',
                ScheduledDeed::Move => 'M',
                ScheduledDeed::TakeBack => 'B',
            })
            .collect()
    }

    /// How it is held; then its author, a colleague of the queue, another owner, an agent whom a
    /// note named, a supervisor.
    #[test]
    fn the_table_of_who_decides_over_what_waits() {
        let sales = QueueId::new();
        let author = caller(Role::Agent, &[sales]);
        let colleague = caller(Role::Agent, &[sales]);
        let owner = caller(Role::Agent, &[]);
        let named = caller(Role::Agent, &[]);
        let supervisor = caller(Role::Supervisor, &[]);
        let people = [&author, &colleague, &owner, &named, &supervisor];
        let (manual, auto, none) =
            (Some(PickUpMode::Manual), Some(PickUpMode::Auto), Some(PickUpMode::None));
        let rows = [
            ("the author's", Some(author.user), None, ["RNMB", "", "", "", "MB"]),
            ("manual, waits", None, manual, ["RNMB", "RNMB", "", "", "MB"]),
            ("auto, waits", None, auto, ["RNMB", "RNMB", "", "", "MB"]),
            ("shared", None, none, ["RNMB", "RNMB", "", "", "MB"]),
            ("transferred", Some(owner.user), None, ["", "", "RNMB", "", "MB"]),
            ("picked up by another", Some(owner.user), manual, ["", "", "RNMB", "", "MB"]),
        ];
        for (name, owner_id, mode, expected) in rows {
            for (who, expected) in people.iter().zip(expected) {
                let holder = Holder {
                    status: SessionStatus::Open,
                    owner: owner_id,
                    queue: mode.map(|_| sales),
                    mode,
                    took_part: who.user == author.user,
                    mentioned: who.user == named.user,
                };
                let found = letters(who, &holder, author.user);
                assert_eq!(found, expected, "{name}, {:?}", who.role);
                let ended = Holder { status: SessionStatus::Closed, ..holder };
                let left = if who.user == author.user || expected.contains('B') { "B" } else { "" };
                assert_eq!(letters(who, &ended, author.user), left, "{name}, ended");
            }
        }
    }

    #[test]
    fn an_author_who_only_reads_along_takes_back_and_says_nothing() {
        let author = caller(Role::Agent, &[]);
        let holder = Holder {
            status: SessionStatus::Open,
            owner: Some(UserId::new()),
            queue: None,
            mode: None,
            took_part: false,
            mentioned: true,
        };
        assert_eq!(letters(&author, &holder, author.user), "MB");
    }
}
