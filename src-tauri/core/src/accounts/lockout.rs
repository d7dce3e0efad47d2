//! How long wrong passwords keep someone out. Pure.

use crate::model::Time;

/// Wrong passwords that cost nothing but the try.
const FREE: u32 = 4;
/// Milliseconds of the first lock-out.
const FIRST: Time = 30_000;
/// Milliseconds of the longest one.
const LONGEST: Time = 3_600_000;

/// Until when sign-in is refused after so many wrong passwords in a row; 0: it is not.
pub(super) fn until(wrong_passwords: u32, now: Time) -> Time {
    let Some(doublings) = wrong_passwords.checked_sub(FREE + 1) else { return 0 };
    let factor = 1_i64.checked_shl(doublings.min(20)).unwrap_or(i64::MAX);
    now.saturating_add(FIRST.saturating_mul(factor).min(LONGEST))
}

/// Seconds for which sign-in is still refused, rounded up; `None`: it is not.
pub(super) fn seconds_left(locked_until: Time, now: Time) -> Option<u64> {
    let left = u64::try_from(locked_until.saturating_sub(now)).ok()?;
    (left > 0).then(|| left.div_ceil(1_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_wrong_password_locks_and_each_more_doubles_up_to_an_hour() {
        for (wrong, seconds) in [
            (0, None),
            (1, None),
            (4, None),
            (5, Some(30)),
            (6, Some(60)),
            (7, Some(120)),
            (11, Some(1_920)),
            (12, Some(3_600)),
            (13, Some(3_600)),
            (40, Some(3_600)),
            (u32::MAX, Some(3_600)),
        ] {
            assert_eq!(seconds_left(until(wrong, 1_000), 1_000), seconds, "{wrong}");
        }
    }

    #[test]
    fn the_last_moment_still_counts_as_a_second() {
        assert_eq!(seconds_left(10_001, 10_000), Some(1));
        assert_eq!(seconds_left(10_000, 10_000), None);
        assert_eq!(seconds_left(0, 10_000), None);
    }
}
