//! Whether it is open at a moment, why, since when and until when. Pure: hours, holidays, the zone
//! and the time come in.
//!
//! Times of day are the wall's. Each becomes the first moment at which the wall's clock has reached
//! it: an hour that a change of clocks leaves out opens when the clocks jump, and one that comes
//! twice counts the first time only, so that what has opened does not close because clocks go back.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time as WallTime};
use jiff::tz::{AmbiguousOffset, TimeZone};

use crate::model::{Clock, Holiday, HoursMode, HoursRule, Interval, Opening, Time, Week};

/// Days that are looked ahead and back for a change.
const HORIZON: i32 = 370;

/// What decides at any moment.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    /// Always, or by the week.
    pub mode: HoursMode,
    /// The week, Monday first.
    pub days: &'a Week,
    /// Days that are not like others.
    pub holidays: &'a [Holiday],
    /// Where the wall's clock hangs.
    pub zone: &'a TimeZone,
}

/// A stretch of moments in which somebody is there: from the first until before the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    from: Time,
    to: Time,
}

/// Whether it is open at `now`, why, and until when.
pub fn open_now(rules: &Rules<'_>, now: Time) -> Opening {
    if rules.mode == HoursMode::Always {
        return Opening { open: true, rule: HoursRule::Always, changes_at: None };
    }
    let today = date_of(rules.zone, now);
    let rule = match holiday_of(rules.holidays, today) {
        Some(holiday) => HoursRule::Holiday { id: holiday.id, name: holiday.name.clone() },
        None => HoursRule::Weekly,
    };
    let mut current: Option<Stretch> = None;
    for day in days(today, -1..=HORIZON) {
        for stretch in stretches(rules, day) {
            match &mut current {
                Some(open) if stretch.from <= open.to => open.to = open.to.max(stretch.to),
                Some(open) => return Opening { open: true, rule, changes_at: Some(open.to) },
                None if stretch.to <= now => {}
                None if stretch.from <= now => current = Some(stretch),
                None => return Opening { open: false, rule, changes_at: Some(stretch.from) },
            }
        }
        if let Some(open) = current
            && open.to < start_of(rules.zone, day)
        {
            break;
        }
    }
    let last = start_of(rules.zone, shifted(today, HORIZON));
    match current {
        Some(open) => {
            let changes_at = Some(open.to).filter(|end| *end < last);
            Opening { open: true, rule, changes_at }
        }
        None => Opening { open: false, rule, changes_at: None },
    }
}

/// Since when it has been closed at `now`; `None`: it is open, or has been closed for a year.
pub fn closed_since(rules: &Rules<'_>, now: Time) -> Option<Time> {
    if rules.mode == HoursMode::Always {
        return None;
    }
    let today = date_of(rules.zone, now);
    for day in days(today, -HORIZON..=0).rev() {
        let of_day = stretches(rules, day);
        let before = of_day.iter().filter(|stretch| stretch.from <= now).map(|stretch| stretch.to);
        if let Some(end) = before.max() {
            return (end <= now).then_some(end);
        }
    }
    None
}

fn days(
    today: Date,
    range: std::ops::RangeInclusive<i32>,
) -> impl DoubleEndedIterator<Item = Date> {
    range.map(move |offset| shifted(today, offset))
}

fn shifted(day: Date, by: i32) -> Date {
    day.saturating_add(jiff::Span::new().days(by))
}

/// The day that it is in `zone`.
pub(crate) fn date_of(zone: &TimeZone, at: Time) -> Date {
    local(zone, at).date()
}

/// What a clock on the wall shows.
pub(crate) fn local(zone: &TimeZone, at: Time) -> DateTime {
    let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    zone.to_datetime(at)
}

/// The moment at which the wall's clock first reaches `when`.
pub(crate) fn moment(zone: &TimeZone, when: DateTime) -> Time {
    let ambiguous = zone.to_ambiguous_timestamp(when);
    let gap = matches!(ambiguous.offset(), AmbiguousOffset::Gap { .. });
    let Ok(at) = ambiguous.compatible() else { return Time::MAX };
    if !gap {
        return at.as_millisecond();
    }
    // In the hour that is left out: when the clocks jump over it.
    let after = at.saturating_add(jiff::SignedDuration::from_millis(1)).unwrap_or(at);
    let jump = zone.preceding(after).next().map_or(at, |transition| transition.timestamp());
    jump.as_millisecond()
}

fn start_of(zone: &TimeZone, day: Date) -> Time {
    moment(zone, day.to_datetime(WallTime::midnight()))
}

/// The open stretches of one day, in order.
fn stretches(rules: &Rules<'_>, day: Date) -> Vec<Stretch> {
    let weekday = usize::from(day.weekday().to_monday_zero_offset().unsigned_abs());
    let intervals = match (holiday_of(rules.holidays, day), rules.days.get(weekday)) {
        (Some(holiday), _) => &holiday.intervals,
        (None, Some(intervals)) => intervals,
        (None, None) => return Vec::new(),
    };
    let mut found: Vec<Stretch> = intervals
        .iter()
        .map(|interval| Stretch {
            from: at_clock(rules.zone, day, interval.from),
            to: at_clock(rules.zone, day, interval.to),
        })
        .filter(|stretch| stretch.from < stretch.to)
        .collect();
    found.sort_unstable_by_key(|stretch| stretch.from);
    found
}

fn at_clock(zone: &TimeZone, day: Date, clock: Clock) -> Time {
    if clock == Clock::END {
        return start_of(zone, shifted(day, 1));
    }
    let minutes = i8::try_from(clock.minutes() % 60).unwrap_or(0);
    let hours = i8::try_from(clock.minutes() / 60).unwrap_or(0);
    let time = WallTime::new(hours, minutes, 0, 0).unwrap_or_else(|_| WallTime::midnight());
    moment(zone, day.to_datetime(time))
}

/// The holiday that decides on a day: of several the one with the fewest days, of equal ones the
/// one that leaves less open.
pub fn holiday_of(holidays: &[Holiday], day: Date) -> Option<&Holiday> {
    holidays.iter().filter(|holiday| falls_on(holiday, day)).min_by_key(|holiday| {
        let open: u32 = holiday.intervals.iter().copied().map(minutes).sum();
        (length(holiday), open)
    })
}

fn minutes(interval: Interval) -> u32 {
    u32::from(interval.to.minutes().saturating_sub(interval.from.minutes()))
}

/// Days of a holiday.
fn length(holiday: &Holiday) -> i32 {
    holiday.from.until(holiday.to).map_or(0, |span| span.get_days())
}

/// Whether a holiday names a day.
pub fn falls_on(holiday: &Holiday, day: Date) -> bool {
    if !holiday.yearly {
        return holiday.from <= day && day <= holiday.to;
    }
    let key = |date: Date| (date.month(), date.day());
    let (from, to, day) = (key(holiday.from), key(holiday.to), key(day));
    if from <= to { from <= day && day <= to } else { from <= day || day <= to }
}

/// Whether a holiday is over for good before `day`.
pub fn is_past(holiday: &Holiday, day: Date) -> bool {
    !holiday.yearly && holiday.to < day
}

#[cfg(test)]
mod tests;
