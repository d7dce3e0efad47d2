//! Who gets a new session, and what a receipt does to a message. Pure: no store, no clock.

use deskbell_channels::exchange::ReceiptStatus;

use crate::model::{Destination, MessageState, QueueId, UserId};

/// First holder of a new session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstHolder {
    /// Owner, if the number belongs to a user.
    pub owner: Option<UserId>,
    /// Queue, if the number belongs to a queue.
    pub queue: Option<QueueId>,
}

/// Where a customer's first message goes: to the number's destination, whoever owned the last
/// session (rules §2.2).
pub fn first_holder(destination: Destination) -> FirstHolder {
    match destination {
        Destination::User { id } => FirstHolder { owner: Some(id), queue: None },
        Destination::Queue { id } => FirstHolder { owner: None, queue: Some(id) },
    }
}

/// Rank of a state that a provider may tell (rules §3): the higher one wins, so that a late
/// "delivered" corrects a "failed" and nothing ever moves backwards.
fn rank(state: MessageState) -> Option<u8> {
    match state {
        MessageState::Queued | MessageState::Sending | MessageState::Uncertain => Some(0),
        MessageState::Sent => Some(1),
        MessageState::Failed => Some(2),
        MessageState::Delivered => Some(3),
        MessageState::Read => Some(4),
        MessageState::Received | MessageState::Scheduled | MessageState::Cancelled => None,
    }
}

/// The state a receipt speaks of.
pub fn state_of(status: &ReceiptStatus) -> MessageState {
    match status {
        ReceiptStatus::Sent => MessageState::Sent,
        ReceiptStatus::Failed(_) => MessageState::Failed,
        ReceiptStatus::Delivered => MessageState::Delivered,
        ReceiptStatus::Read => MessageState::Read,
    }
}

/// Whether a receipt that speaks of `told` changes a message that is `current`.
pub fn advances(current: MessageState, told: MessageState) -> bool {
    match (rank(current), rank(told)) {
        (Some(current), Some(told)) => told > current,
        (None, _) | (_, None) => false,
    }
}

/// Seconds before the next attempt after `attempts` failed ones; `None`: give up (rules §3).
pub fn pause_after(attempts: u32) -> Option<u64> {
    match attempts {
        0 | 1 => Some(1),
        2 => Some(5),
        3 => Some(30),
        4 => Some(120),
        5 => Some(600),
        _ => None,
    }
}

/// The pause in milliseconds: the step for that attempt spread by `jitter` (0 to 1) over ±20 %, and
/// never less than the provider asked for, up to a day.
pub fn pause_ms(attempts: u32, retry_after: Option<u64>, jitter: f64) -> Option<i64> {
    let step = pause_after(attempts)? * 1_000;
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        reason = "at most 600,000"
    )]
    let spread = (step as f64 * (0.8 + 0.4 * jitter.clamp(0.0, 1.0))) as i64;
    let asked = i64::try_from(retry_after.unwrap_or(0).min(86_400) * 1_000).unwrap_or(0);
    Some(spread.max(asked))
}

/// How often a message may be refused only because it is too many at the time.
const MANY: u32 = 40;

/// The pause after a 429, in milliseconds; `None`: give up. The provider speaks of the channel,
/// which slows down, and not of this message: it comes round soon and for longer than others.
pub fn pause_of_many_ms(refusals: u32, retry_after: Option<u64>, jitter: f64) -> Option<i64> {
    if refusals >= MANY {
        return None;
    }
    let step = match refusals {
        0..=5 => 1,
        6..=15 => 2,
        _ => 3,
    };
    pause_ms(step, retry_after, jitter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_never_moves_a_message_backwards() {
        use MessageState::{Cancelled, Delivered, Failed, Queued, Read, Sending, Sent, Uncertain};
        let order = [Sent, Failed, Delivered, Read];
        for (lower, a) in order.iter().enumerate() {
            for (upper, b) in order.iter().enumerate() {
                assert_eq!(advances(*a, *b), upper > lower, "{a:?} then {b:?}");
            }
        }
        for waiting in [Queued, Sending, Uncertain] {
            assert!(order.iter().all(|told| advances(waiting, *told)));
        }
        assert!(order.iter().all(|told| !advances(Cancelled, *told)));
    }

    #[test]
    fn a_message_that_was_one_too_many_comes_round_soon_and_for_long() {
        assert_eq!(pause_of_many_ms(1, None, 0.5), Some(1_000));
        assert_eq!(pause_of_many_ms(5, None, 0.5), Some(1_000));
        assert_eq!(pause_of_many_ms(6, None, 0.5), Some(5_000));
        assert_eq!(pause_of_many_ms(39, None, 0.5), Some(30_000));
        assert_eq!(pause_of_many_ms(4, Some(90), 0.5), Some(90_000));
        assert_eq!(pause_of_many_ms(40, None, 0.5), None);
        let all: i64 = (1..40).filter_map(|refusals| pause_of_many_ms(refusals, None, 0.5)).sum();
        assert!(all > 12 * 60 * 1_000, "{all} ms");
    }

    #[test]
    fn pauses_grow_and_honour_the_provider() {
        assert_eq!(pause_ms(1, None, 0.5), Some(1_000));
        assert_eq!(pause_ms(3, None, 0.0), Some(24_000));
        assert_eq!(pause_ms(1, Some(17), 0.5), Some(17_000));
        assert_eq!(pause_ms(5, Some(1), 1.0), Some(720_000));
        assert_eq!(pause_ms(1, Some(7_200), 0.5), Some(7_200_000));
        assert_eq!(pause_ms(1, Some(u64::MAX), 0.5), Some(86_400_000));
        assert_eq!(pause_ms(6, None, 0.5), None);
    }
}
