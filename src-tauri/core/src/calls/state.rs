//! What news of a call makes of it. Pure: nothing moves backwards, and the end is the end.

use deskbell_channels::exchange::{CallNews, CallStatus, Leg};

use crate::model::CallState;

/// The state that news speaks of; `None`: nothing new.
pub(super) fn next(current: CallState, news: &CallNews) -> Option<CallState> {
    let told = told(current, news);
    let (now, then) = (rank(current)?, rank(told)?);
    (then > now).then_some(told)
}

/// How far a state is; `None`: nobody tells anything of it.
fn rank(state: CallState) -> Option<u8> {
    Some(match state {
        CallState::HandedOver => return None,
        // News settles what was uncertain.
        CallState::Starting | CallState::Uncertain => 0,
        CallState::YourPhone => 1,
        CallState::Ringing => 2,
        CallState::Answered => 3,
        CallState::Ended
        | CallState::Busy
        | CallState::NoAnswer
        | CallState::NotPickedUp
        | CallState::Cancelled
        | CallState::Failed => 4,
    })
}

fn told(current: CallState, news: &CallNews) -> CallState {
    match (news.leg, news.status) {
        (Leg::Customer, CallStatus::Ringing) => CallState::Ringing,
        (Leg::Customer, CallStatus::Answered) => CallState::Answered,
        (Leg::Customer, CallStatus::Completed) => CallState::Ended,
        (Leg::Customer, CallStatus::Busy) => CallState::Busy,
        (Leg::Customer, CallStatus::NoAnswer) => CallState::NoAnswer,
        (Leg::Agent, CallStatus::Ringing | CallStatus::Answered) => CallState::YourPhone,
        (Leg::Agent, CallStatus::Busy | CallStatus::NoAnswer) => CallState::NotPickedUp,
        // The user put the receiver down: after they talked, or before anybody answered.
        (Leg::Agent, CallStatus::Completed) if current == CallState::Answered => CallState::Ended,
        (Leg::Agent, CallStatus::Completed) | (_, CallStatus::Cancelled) => CallState::Cancelled,
        (_, CallStatus::Failed) => CallState::Failed,
    }
}

/// Whether a call is over, as far as anybody will tell.
pub(super) fn is_over(state: CallState) -> bool {
    state == CallState::HandedOver || rank(state) == Some(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn news(leg: Leg, status: CallStatus) -> CallNews {
        CallNews {
            provider_id: "CA1".into(),
            our_id: None,
            leg,
            status,
            seconds: None,
            failure: None,
        }
    }

    #[test]
    fn a_call_goes_forwards_only() {
        use CallState::{
            Answered, Busy, Cancelled, Ended, NoAnswer, NotPickedUp, Ringing, Starting, Uncertain,
            YourPhone,
        };
        use CallStatus as S;
        for (current, leg, status, expected) in [
            (Starting, Leg::Agent, S::Ringing, Some(YourPhone)),
            (Uncertain, Leg::Agent, S::Ringing, Some(YourPhone)),
            (YourPhone, Leg::Agent, S::Answered, None),
            (YourPhone, Leg::Customer, S::Ringing, Some(Ringing)),
            (Ringing, Leg::Agent, S::Ringing, None),
            (Ringing, Leg::Customer, S::Answered, Some(Answered)),
            (Answered, Leg::Customer, S::Ringing, None),
            (Answered, Leg::Customer, S::Completed, Some(Ended)),
            (Answered, Leg::Agent, S::Completed, Some(Ended)),
            (Ringing, Leg::Agent, S::Completed, Some(Cancelled)),
            (Ended, Leg::Customer, S::Completed, None),
            (Ringing, Leg::Customer, S::Busy, Some(Busy)),
            (Ringing, Leg::Customer, S::NoAnswer, Some(NoAnswer)),
            (NoAnswer, Leg::Agent, S::Completed, None),
            (YourPhone, Leg::Agent, S::NoAnswer, Some(NotPickedUp)),
            (CallState::HandedOver, Leg::Customer, S::Completed, None),
        ] {
            assert_eq!(
                next(current, &news(leg, status)),
                expected,
                "{current:?} {leg:?} {status:?}"
            );
        }
        assert!(is_over(Busy) && is_over(CallState::HandedOver) && !is_over(Ringing));
        assert!(!is_over(Uncertain));
    }
}
