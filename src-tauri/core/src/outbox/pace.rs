//! How fast messages of one channel may leave: never faster than its rate, and slower for a while
//! when the provider says that it is too much. Pure: time comes in, nobody waits here.
//!
//! A limiter off the shelf keeps a rate that is fixed when it is made. What is needed here is none
//! of that: a rate that falls when the provider answers 429 and recovers by itself, a pause that
//! the provider asks for, one that an administrator changes without giving a free burst, and one
//! that does not lose a little with every timer that fires late.

use std::time::{Duration, Instant};

/// What is left of the pace after the provider said that it is too much, and what is left when it
/// says so again of a pace that it had kept up with: then it has a limit of its own just there.
const SLOWER: f64 = 0.8;
const GENTLY: f64 = 0.85;
/// Part of the rate that the pace never falls below.
const LEAST: f64 = 0.05;
/// Part of the rate that every message taken gives back.
const RECOVERY: f64 = 0.1;
/// The same near such a limit: whether it still holds is asked in small steps.
const PROBE: f64 = 0.02;
/// Part of that limit from which on it is near, and part of the rate beyond it from which on it is
/// no more.
const NEAR: f64 = 0.8;
const BEYOND: f64 = 0.1;
/// What is late by two turns keeps its place, within these bounds.
const LATE: (Duration, Duration) = (Duration::from_millis(50), Duration::from_millis(250));
/// A provider is believed if it asks for a pause up to this; the message itself waits longer.
const LONGEST_PAUSE: Duration = Duration::from_hours(1);

/// The pace of one channel: one message, then the next an interval later.
#[derive(Debug, Clone)]
pub(super) struct Pace {
    /// Messages per second that an administrator allows.
    rate: f64,
    /// Part of it that is used at present.
    share: f64,
    /// When the last message was to leave. The next is counted from there and not from when it
    /// left: a late timer takes nothing from the rate.
    last: Option<Instant>,
    /// When it really left: what catches up keeps half an interval from it.
    left: Option<Instant>,
    /// Part of the rate at which the provider has its own limit, as far as one can see.
    limit: Option<f64>,
    /// The provider took something since the pace last fell.
    kept_up: bool,
    /// The provider wants nothing until then.
    paused_until: Option<Instant>,
    /// When the pace last fell. What left before tells nothing of the pace since.
    slowed_at: Option<Instant>,
}

/// Leave for one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Left {
    /// When it was given.
    at: Instant,
    /// What `last` was before and after.
    before: (Option<Instant>, Option<Instant>),
    after: Instant,
}

impl Pace {
    /// Of so many messages per second; the first may leave at once.
    pub(super) fn new(rate: f64) -> Self {
        let rate = usable(rate);
        Self {
            rate,
            share: 1.0,
            last: None,
            left: None,
            limit: None,
            kept_up: false,
            paused_until: None,
            slowed_at: None,
        }
    }

    /// Another rate from now on. Nothing is forgotten: neither when the last message left, nor
    /// that the provider wants fewer.
    pub(super) fn set_rate(&mut self, rate: f64) {
        self.rate = usable(rate);
    }

    /// Lets one message leave, or says how long it has to wait.
    pub(super) fn try_leave(&mut self, now: Instant) -> Result<Left, Duration> {
        let interval = self.interval();
        let due = self.last.map(|last| last + interval);
        let apart = self.left.map(|left| left + interval / 2);
        let earliest = due.max(apart).max(self.paused_until);
        if let Some(earliest) = earliest.filter(|earliest| *earliest > now) {
            return Err(earliest - now);
        }
        // What is only a little late keeps its place, so that the rate is kept in the long run.
        let little = (interval * 2).clamp(LATE.0, LATE.1).max(interval / 2);
        let after = due.filter(|due| now.duration_since(*due) <= little).unwrap_or(now);
        let left = Left { at: now, before: (self.last, self.left), after };
        self.last = Some(after);
        self.left = Some(now);
        Ok(left)
    }

    /// Nothing left after all.
    pub(super) fn give_back(&mut self, left: &Left) {
        if self.last == Some(left.after) {
            (self.last, self.left) = left.before;
        }
    }

    /// The provider says that it is too much, and perhaps for how long it wants nothing. `true`:
    /// the channel is slow from now on and was not before.
    pub(super) fn refused(&mut self, left: &Left, pause: Option<Duration>, now: Instant) -> bool {
        let before = self.is_slow();
        if self.concerns(left) {
            let at_its_limit = before && self.kept_up;
            if at_its_limit {
                self.limit = Some(self.share);
            }
            let left_of_it = if at_its_limit { GENTLY } else { SLOWER };
            self.share = (self.share * left_of_it).max(LEAST);
            (self.slowed_at, self.kept_up) = (Some(now), false);
        }
        if let Some(pause) = pause {
            let until = now + pause.min(LONGEST_PAUSE);
            self.paused_until = self.paused_until.max(Some(until));
        }
        !before && self.is_slow()
    }

    /// The provider took a message. `true`: the channel is as fast as it may be again.
    pub(super) fn accepted(&mut self, left: &Left) -> bool {
        if !self.is_slow() || !self.concerns(left) {
            return false;
        }
        self.kept_up = true;
        self.share = self.recovered().min(1.0);
        self.limit = self.limit.filter(|limit| self.share < limit + BEYOND);
        !self.is_slow()
    }

    /// Messages per second at present, if these are fewer than allowed; 0 in a pause.
    pub(super) fn slowed_to(&self, now: Instant) -> Option<f64> {
        if self.paused_until.is_some_and(|until| until > now) {
            return Some(0.0);
        }
        self.is_slow().then_some(self.rate * self.share)
    }

    /// The share after one more message was taken.
    fn recovered(&self) -> f64 {
        let Some(limit) = self.limit else { return self.share + RECOVERY };
        let near = limit * NEAR;
        if self.share < near { (self.share + RECOVERY).min(near) } else { self.share + PROBE }
    }

    fn is_slow(&self) -> bool {
        self.share < 1.0
    }

    /// Whether a message left at the pace that is kept now.
    fn concerns(&self, left: &Left) -> bool {
        self.slowed_at.is_none_or(|slowed| left.at > slowed)
    }

    fn interval(&self) -> Duration {
        Duration::from_secs_f64(1.0 / (self.rate * self.share))
    }
}

/// A rate that one can count with.
fn usable(rate: f64) -> f64 {
    if rate.is_finite() { rate.clamp(0.001, 1_000.0) } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A provider that takes so many messages a second, and a clock that only this moves.
    struct World {
        now: Instant,
        pace: Pace,
        /// When messages were taken.
        taken: Vec<Instant>,
        refusals: usize,
    }

    impl World {
        fn of(rate: f64) -> Self {
            let (now, pace) = (Instant::now(), Pace::new(rate));
            Self { now, pace, taken: Vec::new(), refusals: 0 }
        }

        /// Waits until one may leave; every timer fires `late`.
        fn wait(&mut self, late: Duration) -> Left {
            loop {
                match self.pace.try_leave(self.now) {
                    Ok(left) => return left,
                    Err(wait) => self.now += wait + late,
                }
            }
        }

        /// One message; the provider decides whether it takes it.
        fn message(&mut self, late: Duration, takes: impl FnOnce(&Self) -> bool) {
            let left = self.wait(late);
            if takes(self) {
                self.taken.push(self.now);
                self.pace.accepted(&left);
            } else {
                self.refusals += 1;
                self.pace.refused(&left, None, self.now);
            }
        }

        fn span(&self) -> f64 {
            (*self.taken.last().unwrap() - self.taken[0]).as_secs_f64()
        }
    }

    #[test]
    fn a_thousand_messages_with_a_few_refusals_take_as_long_as_the_rate_says() {
        for late in [Duration::ZERO, Duration::from_millis(3)] {
            let mut world = World::of(10.0);
            let (mut attempts, refused) = (0, [120, 340, 341, 600, 900]);
            while world.taken.len() < 1_000 {
                attempts += 1;
                world.message(late, |_| !refused.contains(&attempts));
            }
            assert_eq!(world.refusals, 5);
            let span = world.span();
            assert!((99.0..=100.8).contains(&span), "{span}, timers late by {late:?}");
            let undisturbed = {
                let mut world = World::of(10.0);
                (0..1_000).for_each(|_| world.message(late, |_| true));
                world.span()
            };
            assert!((99.8..=100.0).contains(&undisturbed), "{undisturbed}, late by {late:?}");
        }
    }

    #[test]
    fn a_busy_computer_loses_nothing_of_the_rate() {
        let mut world = World::of(10.0);
        for turn in 0..1_000_u64 {
            let late = if turn.is_multiple_of(50) { 190 } else { turn % 7 };
            world.message(Duration::from_millis(late), |_| true);
        }
        assert!((99.7..=100.1).contains(&world.span()), "{}", world.span());
    }

    #[test]
    fn no_second_ever_sees_more_than_the_rate_and_two_that_were_late() {
        let mut world = World::of(20.0);
        let mut turn = 0_u64;
        for _ in 0..500 {
            turn = turn * 31 % 97 + 1;
            // Idle times and late timers.
            world.now += Duration::from_millis(if turn.is_multiple_of(13) { turn * 9 } else { 0 });
            world.message(Duration::from_millis(turn % 40), |_| true);
        }
        for window in world.taken.windows(24) {
            assert!(window[23] - window[0] >= Duration::from_secs(1));
        }
        assert!(world.taken.windows(2).all(|two| two[1] - two[0] >= Duration::from_millis(25)));
    }

    #[test]
    fn a_provider_that_takes_only_four_a_second_is_given_about_that_and_then_all_again() {
        let mut world = World::of(10.0);
        let four = |world: &World| {
            let second = world.now.checked_sub(Duration::from_secs(1)).unwrap();
            world.taken.iter().filter(|at| **at > second).count() < 4
        };
        while world.taken.len() < 400 {
            world.message(Duration::ZERO, four);
        }
        let rate = 399.0 / world.span();
        assert!((3.7..=4.01).contains(&rate), "{rate} a second");
        assert!(world.refusals * 3 < world.taken.len(), "{} refusals", world.refusals);
        assert!(world.pace.slowed_to(world.now).is_some_and(|pace| pace < 10.0));
        world.taken.clear();
        (0..120).for_each(|_| world.message(Duration::ZERO, |_| true));
        assert!(world.pace.slowed_to(world.now).is_none());
        let last = &world.taken[20..];
        let rate = 99.0 / (*last.last().unwrap() - last[0]).as_secs_f64();
        assert!((9.99..=10.01).contains(&rate), "{rate} a second");
    }

    #[test]
    fn the_pace_falls_by_a_fifth_once_for_what_left_together_and_never_to_nothing() {
        let mut world = World::of(10.0);
        let together: Vec<Left> = (0..8).map(|_| world.wait(Duration::ZERO)).collect();
        assert!(world.pace.refused(&together[0], None, world.now), "it begins");
        for left in &together[1..] {
            assert!(!world.pace.refused(left, None, world.now));
            assert!(!world.pace.accepted(left), "what left before says nothing");
        }
        assert_eq!(world.pace.slowed_to(world.now), Some(8.0));
        for _ in 0..50 {
            let left = world.wait(Duration::from_millis(1));
            world.pace.refused(&left, None, world.now);
        }
        assert_eq!(world.pace.slowed_to(world.now), Some(0.5));
        for accepted in 1..=10 {
            let left = world.wait(Duration::from_millis(1));
            assert_eq!(world.pace.accepted(&left), accepted == 10);
        }
        assert_eq!(world.pace.slowed_to(world.now), None);
    }

    #[test]
    fn a_pause_that_the_provider_asks_for_is_the_channels() {
        let mut world = World::of(10.0);
        let left = world.wait(Duration::ZERO);
        let asked = world.now;
        world.pace.refused(&left, Some(Duration::from_secs(17)), asked);
        assert_eq!(world.pace.slowed_to(world.now), Some(0.0));
        world.wait(Duration::ZERO);
        assert_eq!(world.now - asked, Duration::from_secs(17));
        world.pace.refused(&left, Some(Duration::from_hours(24)), world.now);
        assert_eq!(world.pace.try_leave(world.now), Err(LONGEST_PAUSE));
    }

    #[test]
    fn another_rate_gives_no_free_message_and_forgets_no_refusal() {
        let mut world = World::of(10.0);
        let left = world.wait(Duration::ZERO);
        world.pace.set_rate(10.0);
        assert!(world.pace.try_leave(world.now).is_err());
        world.pace.set_rate(0.1);
        assert_eq!(world.pace.try_leave(world.now), Err(Duration::from_secs(10)));
        world.pace.set_rate(100.0);
        assert_eq!(world.pace.try_leave(world.now), Err(Duration::from_millis(10)));
        world.pace.refused(&left, None, world.now);
        world.pace.set_rate(200.0);
        assert_eq!(world.pace.slowed_to(world.now), Some(160.0));
        for odd in [f64::NAN, f64::INFINITY, -1.0, 0.0] {
            world.pace.set_rate(odd);
            assert!(world.pace.interval() > Duration::ZERO);
        }
    }

    #[test]
    fn what_did_not_leave_takes_no_turn() {
        let mut world = World::of(10.0);
        let first = world.wait(Duration::ZERO);
        world.pace.give_back(&first);
        world.now += Duration::from_millis(1);
        let second = world.pace.try_leave(world.now).unwrap();
        world.pace.give_back(&first);
        assert!(world.pace.try_leave(world.now).is_err(), "only its own turn is given back");
        world.pace.give_back(&second);
        assert!(world.pace.try_leave(world.now).is_ok());
    }
}
