//! Office hours: when the business is there, and when one of its channels is.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ChannelId, HolidayId, Time, words};

words! {
    /// Where the hours of the business or of a channel come from.
    HoursMode {
        /// Open at any time: neither hours nor holidays are asked.
        Always = "always",
        /// The week as it is entered, and the holidays.
        Weekly = "weekly",
        /// Of a channel only: as the business.
        Business = "business",
    }
}

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// A time of day on the wall's clock, from `00:00` to `24:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Clock(u16);

impl Clock {
    /// Midnight at the beginning of a day.
    pub const START: Self = Self(0);
    /// Midnight at its end.
    pub const END: Self = Self(DAY);

    /// Minutes since the day began, 1440 at its end.
    pub fn minutes(self) -> u16 {
        self.0
    }

    /// The time so many minutes after a day began; `None` after its end.
    pub fn of_minutes(minutes: u16) -> Option<Self> {
        (minutes <= DAY).then_some(Self(minutes))
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl From<Clock> for String {
    fn from(clock: Clock) -> Self {
        clock.to_string()
    }
}

impl FromStr for Clock {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let two = |part: &str| -> Option<u16> {
            let digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse().ok().filter(|_| digits)
        };
        text.split_once(':')
            .and_then(|(hours, minutes)| Some((two(hours)?, two(minutes)?)))
            .filter(|(_, minutes)| *minutes < 60)
            .and_then(|(hours, minutes)| Self::of_minutes(hours * 60 + minutes))
            .ok_or_else(|| crate::Error::unreadable(text))
    }
}

impl TryFrom<String> for Clock {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map_err(|_| "a time of day is written 09:00, at most 24:00".to_owned())
    }
}

/// A part of a day in which somebody is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// When it begins (`09:00`).
    #[schema(value_type = String)]
    pub from: Clock,
    /// When it ends (`17:30`, at most `24:00`).
    #[schema(value_type = String)]
    pub to: Clock,
}

/// The open parts of each day of the week, Monday first.
pub type Week = [Vec<Interval>; 7];

/// Days that are not like others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Holiday {
    /// Id.
    pub id: HolidayId,
    /// What it is called.
    pub name: String,
    /// The first day (`2026-12-25`).
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// The last day.
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    /// Whether it comes again on the same days of every year.
    pub yearly: bool,
    /// What is open on these days all the same; empty: nothing.
    pub intervals: Vec<Interval>,
}

/// A holiday as it is entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewHoliday {
    /// What it is called, 1 to 80 characters.
    #[schema(min_length = 1, max_length = 80)]
    pub name: String,
    /// The first day (`2026-12-25`).
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// The last day; the same as `from` for one day.
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    /// Whether it comes again on the same days of every year.
    #[serde(default)]
    pub yearly: bool,
    /// What is open on these days all the same; empty: nothing.
    #[serde(default)]
    pub intervals: Vec<Interval>,
}

/// The hours of a channel, and what it answers by itself outside of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChannelHours {
    /// Which channel.
    pub channel_id: ChannelId,
    /// As the business, a week of its own, or always.
    pub mode: HoursMode,
    /// Its own week, Monday first: seven days.
    #[schema(value_type = Vec<Vec<Interval>>)]
    pub days: Week,
    /// The automatic answer while it is closed, once for each session and closed time; `null`:
    /// none. `{next_opening}`, `{next_date}`, `{next_time}` and `{business}` stand for what they say.
    #[schema(max_length = 1000)]
    pub closed_text: Option<String>,
}

/// When the business is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// Name of the time zone that all of it is meant in (`America/New_York`).
    #[schema(max_length = 64)]
    pub zone: String,
    /// Always, or by the week.
    pub mode: HoursMode,
    /// The week, Monday first: seven days.
    #[schema(value_type = Vec<Vec<Interval>>)]
    pub days: Week,
    /// Channels that differ from the business or answer by themselves.
    #[serde(default)]
    pub channels: Vec<ChannelHours>,
}

/// The hours and how it is right now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OfficeHours {
    /// Name of the time zone that all of it is meant in (`America/New_York`).
    pub zone: String,
    /// Always, or by the week.
    pub mode: HoursMode,
    /// The week, Monday first: seven days.
    #[schema(value_type = Vec<Vec<Interval>>)]
    pub days: Week,
    /// Channels that differ from the business or answer by themselves.
    pub channels: Vec<ChannelHours>,
    /// How it is now.
    pub now: Opening,
}

impl OfficeHours {
    /// The hours, with how it is now.
    pub fn of(hours: Hours, now: Opening) -> Self {
        let Hours { zone, mode, days, channels } = hours;
        Self { zone, mode, days, channels, now }
    }
}

/// Which rule says whether it is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum HoursRule {
    /// Always open.
    Always,
    /// The day of the week.
    Weekly,
    /// A holiday.
    Holiday {
        /// Which.
        id: HolidayId,
        /// What it is called.
        name: String,
    },
}

/// Whether it is open at a moment, why, and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Opening {
    /// Whether somebody is there.
    pub open: bool,
    /// Which rule says so.
    pub rule: HoursRule,
    /// When it will be the other way; `null`: not within a year.
    pub changes_at: Option<Time>,
}

/// What happens at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HoursPreview {
    /// The moment.
    pub at: Time,
    /// The same on the wall's clock of the business (`2026-12-25T10:00`).
    pub local: String,
    /// Whether it is open then, why, and until when.
    #[serde(flatten)]
    pub opening: Opening,
    /// Whose hours decided: `business` for those of the business, `weekly` or `always` for the
    /// channel's own.
    pub source: HoursMode,
    /// The automatic answer that a customer who writes then gets; `null`: none.
    pub answer: Option<String>,
}

/// What became of a list of holidays that was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct HolidaysRead {
    /// Those that are new.
    pub added: Vec<Holiday>,
    /// How many were there already.
    pub known: u32,
    /// How many are over.
    pub past: u32,
    /// What could not be read, in words, at most 20.
    pub problems: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_four_digits_and_ends_at_midnight() {
        for (text, minutes) in [
            ("00:00", Some(0)),
            ("09:05", Some(545)),
            ("23:59", Some(1439)),
            ("24:00", Some(1440)),
            ("24:01", None),
            ("25:00", None),
            ("09:60", None),
            ("9:00", None),
            ("09:0", None),
            ("+9:00", None),
            ("0900", None),
            ("", None),
        ] {
            let found = text.parse::<Clock>().ok();
            assert_eq!(found.map(Clock::minutes), minutes, "{text}");
            assert_eq!(found.map(|clock| clock.to_string()), minutes.map(|_| text.to_owned()));
        }
    }
}
