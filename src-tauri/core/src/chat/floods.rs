//! How much one visitor and one address may do: allowances that fill again with time. Pure: time
//! comes in. Whoever is honest never meets them.

use crate::model::Time;

/// An allowance: so many at once, and so many a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// At once.
    pub burst: u32,
    /// In a minute.
    pub a_minute: u32,
}

/// Messages of a visitor.
pub const SAYING: Allowance = Allowance { burst: 10, a_minute: 30 };
/// Calls of a visitor.
pub const CALLING: Allowance = Allowance { burst: 4, a_minute: 4 };
/// Frames of a line, whatever they say.
pub const FRAMES: Allowance = Allowance { burst: 120, a_minute: 600 };
/// Pages of a visitor that are written down.
pub const PAGES: Allowance = Allowance { burst: 20, a_minute: 30 };
/// Messages of an address.
pub const SAYING_OF_ADDRESS: Allowance = Allowance { burst: 120, a_minute: 120 };
/// Visitors of an address who write for the first time.
pub const NEW_OF_ADDRESS: Allowance = Allowance { burst: 20, a_minute: 20 };
/// Files of a visitor, and of an address.
pub const FILES: Allowance = Allowance { burst: 10, a_minute: 10 };
/// Lines of an address at a time.
pub const LINES_OF_ADDRESS: u32 = 60;

/// What is left of an allowance, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    allowance: Allowance,
    thousandths: u64,
    at: Time,
}

impl Left {
    /// All of it.
    pub fn all_of(allowance: Allowance, now: Time) -> Self {
        Self { allowance, thousandths: u64::from(allowance.burst) * 1_000, at: now }
    }

    /// Takes one, if there is one.
    pub fn take(&mut self, now: Time) -> bool {
        self.fill(now);
        if self.thousandths < 1_000 {
            return false;
        }
        self.thousandths -= 1_000;
        true
    }

    /// Whether nothing of it is used, so that it need not be remembered.
    pub fn is_whole(&mut self, now: Time) -> bool {
        self.fill(now);
        self.thousandths == self.most()
    }

    fn most(&self) -> u64 {
        u64::from(self.allowance.burst) * 1_000
    }

    fn fill(&mut self, now: Time) {
        let passed = u64::try_from(now.saturating_sub(self.at)).unwrap_or(0);
        let more = passed.saturating_mul(u64::from(self.allowance.a_minute)) / 60;
        self.thousandths = self.thousandths.saturating_add(more).min(self.most());
        // What is too little to count yet is not lost: the time goes on from where it counted.
        if more > 0 {
            self.at = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_is_taken_and_the_rest_comes_with_time() {
        let mut left = Left::all_of(SAYING, 0);
        let taken = (0..20).filter(|_| left.take(0)).count();
        assert_eq!(taken, 10);
        assert!(!left.take(1_999));
        assert!(left.take(2_001));
        assert!(!left.take(2_002));
        let in_a_minute = (0..60_000).filter(|at| left.take(10_000 + at)).count();
        assert!((30..=34).contains(&in_a_minute), "{in_a_minute}");
        assert!(!left.is_whole(70_000));
        assert!(left.is_whole(1_000_000));
    }

    #[test]
    fn a_clock_that_goes_back_gives_and_takes_nothing() {
        let mut left = Left::all_of(FILES, 1_000);
        for _ in 0..10 {
            assert!(left.take(1_000));
        }
        assert!(!left.take(0));
        assert!(!left.take(1_000));
    }
}
