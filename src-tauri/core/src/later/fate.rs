//! What becomes of a scheduled message, from how things stand when its time comes. Pure.

use crate::model::{Message, SessionStatus, Time};
use crate::store::scheduled::Standing;

/// What becomes of a message whose time has come, or whose customer wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It goes into the outbox.
    Leaves,
    /// The customer wrote first, and it was to give way.
    GivesWay,
    /// Its session ended by itself: it becomes a failed message.
    Fails,
    /// Somebody ended its session and was told that it would not be sent: it is taken back.
    Lapses,
    /// Its time has not come.
    Waits,
}

/// What becomes of a scheduled message at `now`. Pure.
pub(super) fn of(message: &Message, standing: Standing, now: Time) -> Fate {
    let due = message.due_at.is_none_or(|due| due <= now);
    match (message.unless_answered && standing.answered, due, standing.status) {
        (true, _, _) => Fate::GivesWay,
        (false, false, _) => Fate::Waits,
        (false, true, SessionStatus::Open) => Fate::Leaves,
        (false, true, SessionStatus::Closed) if standing.ended_by_person => Fate::Lapses,
        (false, true, SessionStatus::Closed) => Fate::Fails,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Direction, MessageId, MessageKind, MessageState, SessionId};

    fn scheduled(due_at: Time, unless_answered: bool) -> Message {
        Message {
            id: MessageId::new(),
            session_id: SessionId::new(),
            seq: 0,
            kind: MessageKind::Message,
            direction: Direction::Out,
            author_id: None,
            author_name: None,
            text: "See you".into(),
            files: Vec::new(),
            state: MessageState::Scheduled,
            error: None,
            attempts: 0,
            due_at: Some(due_at),
            unless_answered,
            reply_to: None,
            automatic: false,
            auto: None,
            others: Vec::new(),
            parts: None,
            client_key: None,
            may: Vec::new(),
            mentions: Vec::new(),
            provider_id: None,
            event: None,
            at: 0,
            updated_at: 0,
        }
    }

    #[test]
    fn what_becomes_of_a_message_at_its_time() {
        let open = (SessionStatus::Open, false);
        let (silent, ended) = ((SessionStatus::Closed, false), (SessionStatus::Closed, true));
        // Due, gives way, customer wrote, session and whether a person ended it.
        let table = [
            (100, false, false, open, Fate::Leaves),
            (100, false, true, open, Fate::Leaves),
            (100, true, false, open, Fate::Leaves),
            (100, true, true, open, Fate::GivesWay),
            (100, false, false, silent, Fate::Fails),
            (100, false, false, ended, Fate::Lapses),
            (100, true, true, ended, Fate::GivesWay),
            (100, true, true, silent, Fate::GivesWay),
            (101, false, false, open, Fate::Waits),
            (101, false, true, open, Fate::Waits),
            (101, true, true, open, Fate::GivesWay),
            (101, false, false, silent, Fate::Waits),
            (101, false, false, ended, Fate::Waits),
        ];
        for (due, gives_way, answered, (status, ended_by_person), expected) in table {
            let standing = Standing { status, ended_by_person, answered };
            let found = of(&scheduled(due, gives_way), standing, 100);
            assert_eq!(found, expected, "{due} {gives_way} {answered} {standing:?}");
        }
    }
}
