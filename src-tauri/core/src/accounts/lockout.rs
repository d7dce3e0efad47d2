//! How long wrong passwords keep someone out. Knows no store and no clock.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

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

/// Names that are remembered at the same time; beyond that the ones tried longest ago are forgotten.
const STRANGERS: usize = 10_000;

/// Sign-in names that nobody has: they lock out like real ones, so that a lock-out does not tell
/// which names exist. Kept in memory only.
#[derive(Debug, Default)]
pub struct Strangers(Mutex<HashMap<String, Tries>>);

#[derive(Debug, Clone, Copy)]
struct Tries {
    wrong: u32,
    locked_until: Time,
    last: Time,
}

impl Strangers {
    /// Seconds for which sign-in with a name that nobody has is refused unlooked at.
    pub(super) fn locked(&self, login: &str, now: Time) -> Option<u64> {
        let tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = tries.get(&login.to_lowercase())?;
        seconds_left(entry.locked_until, now)
    }

    /// Counts a try with a name that nobody has; `Some`: seconds for which it is refused now.
    pub(super) fn tried(&self, login: &str, now: Time) -> Option<u64> {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= STRANGERS {
            let oldest =
                tries.iter().min_by_key(|(_, tries)| tries.last).map(|(name, _)| name.clone());
            oldest.and_then(|name| tries.remove(&name));
        }
        let entry = tries.entry(login.to_lowercase()).or_insert(Tries {
            wrong: 0,
            locked_until: 0,
            last: now,
        });
        entry.last = now;
        if seconds_left(entry.locked_until, now).is_none() {
            entry.wrong = entry.wrong.saturating_add(1);
            entry.locked_until = until(entry.wrong, now);
        }
        seconds_left(entry.locked_until, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_nobody_has_locks_out_like_a_real_one() {
        let strangers = Strangers::default();
        for _ in 0..4 {
            assert_eq!(strangers.tried("Nobody", 1_000), None);
        }
        assert_eq!(strangers.locked("nobody", 1_000), None);
        assert_eq!(strangers.tried("nobody", 1_000), Some(30));
        assert_eq!(strangers.locked("NOBODY", 1_000), Some(30));
        assert_eq!(strangers.tried("somebody", 1_000), None);
        assert_eq!(strangers.locked("nobody", 31_000), None);
        assert_eq!(strangers.tried("NOBODY", 31_000), Some(60));
    }

    #[test]
    fn only_so_many_names_are_remembered() {
        let strangers = Strangers::default();
        for number in 0..STRANGERS + 50 {
            strangers.tried(&number.to_string(), i64::try_from(number).unwrap());
        }
        assert!(strangers.0.lock().unwrap().len() <= STRANGERS);
    }

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
