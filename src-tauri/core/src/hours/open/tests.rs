//! The hours as tables of facts, and what holds whatever the hours are.

use jiff::civil::date;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

use super::*;
use crate::model::HolidayId;

fn clock(text: &str) -> Clock {
    text.parse().unwrap()
}

fn interval(text: &str) -> Interval {
    let (from, to) = text.split_once('-').unwrap();
    Interval { from: clock(from), to: clock(to) }
}

/// The same parts on Monday to Friday.
fn office(parts: &[&str]) -> Week {
    let day: Vec<Interval> = parts.iter().map(|part| interval(part)).collect();
    std::array::from_fn(|weekday| if weekday < 5 { day.clone() } else { Vec::new() })
}

fn every_day(parts: &[&str]) -> Week {
    std::array::from_fn(|_| parts.iter().map(|part| interval(part)).collect())
}

fn holiday(name: &str, from: Date, to: Date, yearly: bool, parts: &[&str]) -> Holiday {
    let intervals = parts.iter().map(|part| interval(part)).collect();
    Holiday { id: HolidayId::new(), name: name.to_owned(), from, to, yearly, intervals }
}

fn ms(text: &str) -> Time {
    text.parse::<Timestamp>().unwrap().as_millisecond()
}

fn shown(at: Option<Time>) -> String {
    at.map_or("-".to_owned(), |at| Timestamp::from_millisecond(at).unwrap().to_string())
}

/// Checks moments: when, open or not, the next change.
fn check(zone: &str, days: &Week, holidays: &[Holiday], table: &[(&str, bool, &str)]) {
    let zone = TimeZone::get(zone).unwrap();
    let rules = Rules { mode: HoursMode::Weekly, days, holidays, zone: &zone };
    for (now, open, change) in table {
        let found = open_now(&rules, ms(now));
        assert_eq!((found.open, shown(found.changes_at).as_str()), (*open, *change), "{now}");
    }
}

#[test]
fn an_ordinary_week_with_a_lunch_break() {
    // Monday is 23 November 2026; New York is five hours behind.
    check(
        "America/New_York",
        &office(&["09:00-12:00", "13:00-17:30"]),
        &[],
        &[
            ("2026-11-23T13:59:59Z", false, "2026-11-23T14:00:00Z"),
            ("2026-11-23T14:00:00Z", true, "2026-11-23T17:00:00Z"),
            ("2026-11-23T17:00:00Z", false, "2026-11-23T18:00:00Z"),
            ("2026-11-23T18:00:00Z", true, "2026-11-23T22:30:00Z"),
            ("2026-11-27T22:30:00Z", false, "2026-11-30T14:00:00Z"),
            ("2026-11-28T15:00:00Z", false, "2026-11-30T14:00:00Z"),
        ],
    );
}

#[test]
fn a_night_goes_on_over_midnight() {
    let mut days = office(&["00:00-02:00", "22:00-24:00"]);
    days[0] = vec![interval("22:00-24:00")];
    check(
        "Europe/Berlin",
        &days,
        &[],
        &[
            ("2026-11-23T20:59:00Z", false, "2026-11-23T21:00:00Z"),
            ("2026-11-23T21:00:00Z", true, "2026-11-24T01:00:00Z"),
            ("2026-11-23T23:30:00Z", true, "2026-11-24T01:00:00Z"),
            ("2026-11-24T01:00:00Z", false, "2026-11-24T21:00:00Z"),
        ],
    );
}

#[test]
fn who_is_always_there_has_no_next_change() {
    let round = every_day(&["00:00-24:00"]);
    check("Europe/Berlin", &round, &[], &[("2026-03-29T01:00:00Z", true, "-")]);
    check("Europe/Berlin", &office(&[]), &[], &[("2026-03-29T01:00:00Z", false, "-")]);
    let christmas = holiday("Christmas", date(2020, 12, 25), date(2020, 12, 26), true, &[]);
    check(
        "Europe/Berlin",
        &round,
        &[christmas],
        &[
            ("2026-11-23T12:00:00Z", true, "2026-12-24T23:00:00Z"),
            ("2026-12-25T12:00:00Z", false, "2026-12-26T23:00:00Z"),
        ],
    );
    let zone = TimeZone::UTC;
    let days = office(&[]);
    let rules = Rules { mode: HoursMode::Always, days: &days, holidays: &[], zone: &zone };
    let found = open_now(&rules, 0);
    assert_eq!(found, Opening { open: true, rule: HoursRule::Always, changes_at: None });
}

#[test]
fn clocks_that_jump_ahead_open_at_the_jump() {
    // Berlin, 29 March 2026: 02:00 becomes 03:00, at 01:00 UTC.
    check(
        "Europe/Berlin",
        &every_day(&["02:30-04:00"]),
        &[],
        &[
            ("2026-03-29T00:59:59Z", false, "2026-03-29T01:00:00Z"),
            ("2026-03-29T01:00:00Z", true, "2026-03-29T02:00:00Z"),
        ],
    );
    check(
        "Europe/Berlin",
        &every_day(&["02:00-03:00"]),
        &[],
        &[
            ("2026-03-28T02:00:00Z", false, "2026-03-30T00:00:00Z"),
            ("2026-03-29T01:00:00Z", false, "2026-03-30T00:00:00Z"),
        ],
    );
    check(
        "Europe/Berlin",
        &every_day(&["01:00-05:00"]),
        &[],
        &[("2026-03-29T00:30:00Z", true, "2026-03-29T03:00:00Z")],
    );
}

#[test]
fn clocks_that_go_back_neither_close_nor_open_twice() {
    // New York, 1 November 2026: 02:00 becomes 01:00, at 06:00 UTC.
    check(
        "America/New_York",
        &every_day(&["00:00-01:30"]),
        &[],
        &[
            ("2026-11-01T05:29:00Z", true, "2026-11-01T05:30:00Z"),
            ("2026-11-01T05:30:00Z", false, "2026-11-02T05:00:00Z"),
            ("2026-11-01T06:15:00Z", false, "2026-11-02T05:00:00Z"),
        ],
    );
    check(
        "America/New_York",
        &every_day(&["01:30-03:00"]),
        &[],
        &[
            ("2026-11-01T05:30:00Z", true, "2026-11-01T08:00:00Z"),
            ("2026-11-01T06:10:00Z", true, "2026-11-01T08:00:00Z"),
        ],
    );
}

#[test]
fn a_day_that_a_country_left_out_is_no_day() {
    // Samoa went from 29 to 31 December 2011.
    check(
        "Pacific/Apia",
        &every_day(&["08:00-16:00"]),
        &[],
        &[("2011-12-30T03:00:00Z", false, "2011-12-30T18:00:00Z")],
    );
}

#[test]
fn midnight_may_be_missing() {
    // Beirut, 29 March 2026: 00:00 becomes 01:00, at 22:00 UTC the day before.
    check(
        "Asia/Beirut",
        &every_day(&["00:00-24:00"]),
        &[holiday("Closed", date(2026, 3, 29), date(2026, 3, 29), false, &[])],
        &[
            ("2026-03-28T21:59:00Z", true, "2026-03-28T22:00:00Z"),
            ("2026-03-28T22:00:00Z", false, "2026-03-29T21:00:00Z"),
        ],
    );
}

#[test]
fn a_holiday_decides_and_the_shorter_one_first() {
    let days = office(&["09:00-17:00"]);
    let holidays = [
        holiday("Winter break", date(2025, 12, 24), date(2026, 1, 2), true, &[]),
        holiday("Stock taking", date(2026, 12, 29), date(2026, 12, 29), false, &["10:00-12:00"]),
    ];
    check(
        "Europe/London",
        &days,
        &holidays,
        &[
            ("2026-12-23T17:00:00Z", false, "2026-12-29T10:00:00Z"),
            ("2026-12-29T11:00:00Z", true, "2026-12-29T12:00:00Z"),
            ("2026-12-29T12:00:00Z", false, "2027-01-04T09:00:00Z"),
            ("2027-01-01T12:00:00Z", false, "2027-01-04T09:00:00Z"),
            ("2027-12-29T11:00:00Z", false, "2028-01-03T09:00:00Z"),
        ],
    );
    let zone = TimeZone::get("Europe/London").unwrap();
    let rules = Rules { mode: HoursMode::Weekly, days: &days, holidays: &holidays, zone: &zone };
    let name = |now| match open_now(&rules, ms(now)).rule {
        HoursRule::Holiday { name, .. } => name,
        other => format!("{other:?}"),
    };
    assert_eq!(name("2026-12-29T11:00:00Z"), "Stock taking");
    assert_eq!(name("2026-12-30T11:00:00Z"), "Winter break");
    assert_eq!(name("2026-12-23T11:00:00Z"), "Weekly");
}

#[test]
fn a_holiday_of_a_leap_day_comes_with_leap_days() {
    let leap = holiday("Leap day", date(2024, 2, 29), date(2024, 2, 29), true, &[]);
    for (day, falls) in [
        (date(2028, 2, 29), true),
        (date(2027, 2, 28), false),
        (date(2027, 3, 1), false),
        (date(2024, 2, 29), true),
    ] {
        assert_eq!(falls_on(&leap, day), falls, "{day}");
    }
    let once = holiday("Once", date(2026, 5, 1), date(2026, 5, 3), false, &[]);
    assert!(falls_on(&once, date(2026, 5, 3)) && !falls_on(&once, date(2027, 5, 3)));
    assert!(is_past(&once, date(2026, 5, 4)) && !is_past(&once, date(2026, 5, 3)));
    assert!(!is_past(&leap, date(2099, 1, 1)));
}

#[test]
fn a_closed_time_knows_its_beginning() {
    let zone = TimeZone::get("America/New_York").unwrap();
    let days = office(&["09:00-17:00"]);
    let rules = Rules { mode: HoursMode::Weekly, days: &days, holidays: &[], zone: &zone };
    for (now, since) in [
        ("2026-11-23T13:00:00Z", "2026-11-20T22:00:00Z"),
        ("2026-11-23T15:00:00Z", "-"),
        ("2026-11-23T22:00:00Z", "2026-11-23T22:00:00Z"),
        ("2026-11-24T03:00:00Z", "2026-11-23T22:00:00Z"),
    ] {
        assert_eq!(shown(closed_since(&rules, ms(now))), since, "{now}");
    }
    let never = office(&[]);
    assert_eq!(closed_since(&Rules { days: &never, ..rules }, 0), None);
}

/// Hours, holidays and a zone of all sorts, the same with the same seed.
fn anything(seed: u64) -> (Week, Vec<Holiday>, TimeZone, Time) {
    const ZONES: [&str; 6] = [
        "America/New_York",
        "Europe/Berlin",
        "Asia/Beirut",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "America/St_Johns",
    ];
    let mut random = StdRng::seed_from_u64(seed);
    let mut parts = |most: u16| -> Vec<Interval> {
        let count = random.random_range(0..=most);
        let mut found = Vec::new();
        let mut at = 0u16;
        for _ in 0..count {
            let from = at + random.random_range(0..600);
            let to = from + random.random_range(1..700);
            let Some((from, to)) = Clock::of_minutes(from).zip(Clock::of_minutes(to)) else {
                break;
            };
            found.push(Interval { from, to });
            at = to.minutes();
        }
        found
    };
    let days: Week = std::array::from_fn(|_| parts(3));
    let half = parts(2);
    // Two years around 2026.
    let now = ms("2026-01-01T00:00:00Z") + random.random_range(0..730 * 86_400_000_i64);
    let zone = TimeZone::get(ZONES[random.random_range(0..ZONES.len())]).unwrap();
    let holidays = (0..random.random_range(0..4))
        .map(|n| {
            let from = shifted(date(2026, 1, 1), random.random_range(0..365));
            let to = shifted(from, random.random_range(0..20));
            let yearly = random.random_range(0..2) == 0;
            let intervals = if n == 0 { half.clone() } else { Vec::new() };
            Holiday { id: HolidayId::new(), name: format!("{n}"), from, to, yearly, intervals }
        })
        .collect();
    (days, holidays, zone, now)
}

#[test]
fn whatever_the_hours_are_nothing_changes_before_the_next_change_and_then_it_does() {
    for seed in 0..400 {
        let (days, holidays, zone, now) = anything(seed);
        let rules =
            Rules { mode: HoursMode::Weekly, days: &days, holidays: &holidays, zone: &zone };
        let found = open_now(&rules, now);
        let Some(change) = found.changes_at else { continue };
        assert!(change > now, "seed {seed}");
        let after = open_now(&rules, change);
        assert_eq!(after.open, !found.open, "seed {seed}: at the change");
        let before = open_now(&rules, change - 1);
        assert_eq!((before.open, before.changes_at), (found.open, Some(change)), "seed {seed}");
        for part in 1..8 {
            let between = now + (change - now) / 8 * part;
            let between = open_now(&rules, between);
            assert_eq!(
                (between.open, between.changes_at),
                (found.open, Some(change)),
                "seed {seed}"
            );
        }
    }
}

#[test]
fn whatever_the_hours_are_a_closed_time_begins_where_an_open_one_ended() {
    for seed in 0..400 {
        let (days, holidays, zone, now) = anything(seed);
        let rules =
            Rules { mode: HoursMode::Weekly, days: &days, holidays: &holidays, zone: &zone };
        let since = closed_since(&rules, now);
        if open_now(&rules, now).open {
            assert_eq!(since, None, "seed {seed}");
        } else if let Some(since) = since {
            assert!(since <= now, "seed {seed}");
            assert!(
                !open_now(&rules, since).open && open_now(&rules, since - 1).open,
                "seed {seed}"
            );
        }
    }
}
