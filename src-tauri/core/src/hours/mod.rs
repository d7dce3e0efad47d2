//! Office hours: what people do to them, and who asks whether it is open.
//!
//! What the hours mean is decided in [`open`], which is pure; [`import`] reads lists of holidays,
//! [`answer`] is what a closed channel says by itself. Knows the store; knows no HTTP.

mod answer;
mod import;
pub mod open;
mod spoken;

use jiff::ToSpan as _;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use rusqlite::Connection;

use crate::access::Caller;
use crate::app::App;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::fields::Fields;
use crate::model::{
    ChannelHours, ChannelId, Clock, Holiday, HolidayId, HolidaysRead, Hours, HoursMode,
    HoursPreview, Interval, NewHoliday, OfficeHours, Time, Week,
};
use crate::store::holidays;
use crate::store::hours::{self as store, BusinessHours};
use open::Rules;

pub(crate) use answer::answer;

/// Open parts of one day at most.
const PARTS: usize = 8;
/// Days that a closed time is looked for, back and ahead, and some more.
const YEAR: i64 = 400;
/// Holidays at most.
const HOLIDAYS: usize = 2_000;
/// Characters of an automatic answer.
const TEXT: usize = 1_000;
/// Bytes of a list of holidays.
const LIST: usize = 900_000;

/// Everything that decides for the business or for one of its channels.
#[derive(Debug)]
pub(crate) struct Decided {
    mode: HoursMode,
    days: Week,
    holidays: Vec<Holiday>,
    zone: TimeZone,
    /// Whose hours they are.
    source: HoursMode,
}

impl Decided {
    fn of_business(c: &Connection) -> Result<Self> {
        let BusinessHours { zone, mode, days } = business(c)?;
        let holidays = holidays::list(c)?;
        Ok(Self { mode, days, holidays, zone: zone_of(&zone), source: HoursMode::Business })
    }

    /// A channel has the hours of the business unless it has its own; holidays are everybody's.
    fn of_channel(c: &Connection, channel: ChannelId) -> Result<Self> {
        let business = Self::of_business(c)?;
        Ok(match store::of_channel(c, channel)? {
            None | Some((HoursMode::Business, _)) => business,
            Some((mode, days)) => Self { mode, days, source: mode, ..business },
        })
    }

    /// Leaves out the holidays that decide nothing about a year around `now`: a list of many years
    /// costs no message anything.
    fn forget_far_holidays(&mut self, now: Time) {
        let today = open::local(&self.zone, now).date();
        let (first, last) = (today.saturating_sub(YEAR.days()), today.saturating_add(YEAR.days()));
        self.holidays.retain(|one| one.yearly || (one.to >= first && one.from <= last));
    }

    fn rules(&self) -> Rules<'_> {
        Rules { mode: self.mode, days: &self.days, holidays: &self.holidays, zone: &self.zone }
    }
}

/// A zone that was known when it was entered and is not any more is as good as none.
fn zone_of(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// The hours of the business; until somebody enters them it is always open, and an ordinary office
/// week is proposed.
fn business(c: &Connection) -> Result<BusinessHours> {
    Ok(store::business(c)?.unwrap_or_else(|| {
        let zone = TimeZone::system().iana_name().unwrap_or("UTC").to_owned();
        BusinessHours { zone, mode: HoursMode::Always, days: office_week() }
    }))
}

/// Monday to Friday, nine to five.
fn office_week() -> Week {
    let parts = Clock::of_minutes(9 * 60).zip(Clock::of_minutes(17 * 60));
    let day: Vec<Interval> = parts.map(|(from, to)| Interval { from, to }).into_iter().collect();
    std::array::from_fn(|weekday| if weekday < 5 { day.clone() } else { Vec::new() })
}

/// Whether a channel is within its hours at `now`.
pub(crate) fn is_open(c: &Connection, channel: ChannelId, now: Time) -> Result<bool> {
    let mut decided = Decided::of_channel(c, channel)?;
    decided.forget_far_holidays(now);
    Ok(open::open_now(&decided.rules(), now).open)
}

/// The hours and how it is at `now`.
pub async fn get(app: &App, now: Time) -> Result<OfficeHours> {
    app.db().read(move |c| whole(c, now)).await
}

fn whole(c: &Connection, now: Time) -> Result<OfficeHours> {
    let BusinessHours { zone, mode, days } = business(c)?;
    let hours = Hours { zone, mode, days, channels: store::of_channels(c)? };
    let decided = Decided::of_business(c)?;
    Ok(OfficeHours::of(hours, open::open_now(&decided.rules(), now)))
}

/// Enters the hours, all of them, for administrators.
pub async fn set(app: &App, caller: &Caller, hours: Hours, now: Time) -> Result<OfficeHours> {
    caller.must_administer()?;
    let hours = checked(hours)?;
    app.db()
        .write(move |tx| {
            let Hours { zone, mode, days, channels } = &hours;
            let business = BusinessHours { zone: zone.clone(), mode: *mode, days: days.clone() };
            store::set_business(tx, &business)?;
            store::clear_channels(tx)?;
            for channel in channels {
                if !store::has_channel(tx, channel.channel_id)? {
                    return Err(Error::field("channels", "One of these channels is gone."));
                }
                store::insert_channel(tx, channel)?;
            }
            tx.emit(Event::HoursChanged, Audience::everyone());
            whole(tx, now)
        })
        .await
}

/// The hours in order, or what does not fit.
fn checked(hours: Hours) -> Result<Hours> {
    let mut fields = Fields::new();
    let zone = fields.line("zone", &hours.zone, 1, 64);
    if TimeZone::get(&zone).is_err() {
        fields
            .refuse("zone", "This computer does not know that time zone. Choose one of the list.");
    }
    if hours.mode == HoursMode::Business {
        fields.refuse("mode", "Choose always open, or weekly hours.");
    }
    let days = week(&mut fields, "days", hours.days);
    let mut channels: Vec<ChannelHours> = Vec::new();
    for (place, channel) in hours.channels.into_iter().enumerate() {
        if channels.iter().any(|other| other.channel_id == channel.channel_id) {
            fields.refuse("channels", "A channel is named twice.");
        }
        let channel = checked_channel(&mut fields, place, channel);
        // A channel that differs in nothing needs no row.
        if channel.mode != HoursMode::Business || channel.closed_text.is_some() {
            channels.push(channel);
        }
    }
    fields.finish()?;
    Ok(Hours { zone, mode: hours.mode, days, channels })
}

fn checked_channel(fields: &mut Fields, place: usize, channel: ChannelHours) -> ChannelHours {
    let days = week(fields, &format!("channels.{place}.days"), channel.days);
    let name = format!("channels.{place}.closed_text");
    let text = channel.closed_text.map(|text| fields.text(&name, text.trim(), TEXT));
    let text = text.filter(|text| !text.is_empty());
    if let Some(unknown) = text.as_deref().and_then(answer::unknown_place) {
        let words = format!(
            "{unknown} stands for nothing. There are {{next_opening}}, {{next_date}}, {{next_time}} and {{business}}."
        );
        fields.refuse(&name, words);
    }
    ChannelHours { days, closed_text: text, ..channel }
}

/// A week in order: the parts of each day sorted, none of them empty or over another.
fn week(fields: &mut Fields, field: &str, mut days: Week) -> Week {
    for (weekday, parts) in days.iter_mut().enumerate() {
        in_order(fields, &format!("{field}.{weekday}"), parts);
    }
    days
}

fn in_order(fields: &mut Fields, field: &str, parts: &mut [Interval]) {
    parts.sort_unstable();
    if parts.len() > PARTS {
        fields.refuse(field, format!("At most {PARTS} parts a day, please."));
    }
    if let Some(backwards) = parts.iter().find(|part| part.from >= part.to) {
        let words = format!(
            "{}–{} ends before it begins. To go past midnight, end at 24:00 and go on the next day.",
            backwards.from, backwards.to
        );
        fields.refuse(field, words);
        return;
    }
    for pair in parts.windows(2) {
        if let [one, other] = pair
            && other.from < one.to
        {
            let words = format!("{}–{} and {}–{} overlap.", one.from, one.to, other.from, other.to);
            fields.refuse(field, words);
        }
    }
}

/// What happens at a moment: `at` in milliseconds, or on the wall's clock of the business
/// (`2026-12-25T10:00`).
pub async fn preview(app: &App, at: String, channel: Option<ChannelId>) -> Result<HoursPreview> {
    app.db().read(move |c| preview_of(c, &at, channel)).await
}

fn preview_of(c: &Connection, at: &str, channel: Option<ChannelId>) -> Result<HoursPreview> {
    let decided = match channel {
        Some(channel) if store::has_channel(c, channel)? => Decided::of_channel(c, channel)?,
        Some(_) => return Err(Error::NotFound("channel")),
        None => Decided::of_business(c)?,
    };
    let wrong = || Error::field("at", "Give a moment, such as 2026-12-25T10:00.");
    let at: Time = match at.parse() {
        Ok(at) => at,
        Err(_) => open::moment(&decided.zone, at.parse::<DateTime>().map_err(|_| wrong())?),
    };
    if jiff::Timestamp::from_millisecond(at).is_err() {
        return Err(wrong());
    }
    let opening = open::open_now(&decided.rules(), at);
    let text = match channel {
        Some(channel) if !opening.open => store::closed_text(c, channel)?,
        Some(_) | None => None,
    };
    let voice = answer::Voice::of(c)?;
    let answer = text.map(|text| answer::filled(&text, &decided.zone, &opening, &voice, at));
    let local = open::local(&decided.zone, at).strftime("%Y-%m-%dT%H:%M").to_string();
    Ok(HoursPreview { at, local, opening, source: decided.source, answer })
}

/// All holidays by their first day.
pub async fn list_holidays(app: &App) -> Result<Vec<Holiday>> {
    app.db().read(holidays::list).await
}

fn checked_holiday(mut new: NewHoliday) -> Result<NewHoliday> {
    let mut fields = Fields::new();
    new.name = fields.line("name", &new.name, 1, 80);
    if new.to < new.from {
        fields.refuse("to", "The last day is before the first one.");
    } else if new.from.until(new.to).map_or(true, |span| span.get_days() > 365) {
        fields.refuse("to", "A holiday lasts a year at most.");
    }
    in_order(&mut fields, "intervals", &mut new.intervals);
    fields.finish()?;
    Ok(new)
}

/// Adds a holiday, for administrators.
pub async fn add_holiday(
    app: &App,
    caller: &Caller,
    new: NewHoliday,
    now: Time,
) -> Result<Holiday> {
    caller.must_administer()?;
    let new = checked_holiday(new)?;
    app.db()
        .write(move |tx| {
            if holidays::count(tx)? >= HOLIDAYS {
                return Err(full());
            }
            let id = holidays::insert(tx, &new, now)?;
            tx.emit(Event::HoursChanged, Audience::everyone());
            holidays::get(tx, id)
        })
        .await
}

fn full() -> Error {
    Error::Conflict(format!("{HOLIDAYS} holidays are kept at most; delete those that are over"))
}

/// Changes a holiday, for administrators.
pub async fn change_holiday(
    app: &App,
    caller: &Caller,
    id: HolidayId,
    new: NewHoliday,
) -> Result<Holiday> {
    caller.must_administer()?;
    let new = checked_holiday(new)?;
    app.db()
        .write(move |tx| {
            holidays::get(tx, id)?;
            holidays::change(tx, id, &new)?;
            tx.emit(Event::HoursChanged, Audience::everyone());
            holidays::get(tx, id)
        })
        .await
}

/// Deletes a holiday, for administrators.
pub async fn delete_holiday(app: &App, caller: &Caller, id: HolidayId) -> Result<()> {
    caller.must_administer()?;
    app.db()
        .write(move |tx| {
            if !holidays::delete(tx, id)? {
                return Err(Error::NotFound("holiday"));
            }
            tx.emit(Event::HoursChanged, Audience::everyone());
            Ok(())
        })
        .await
}

/// Adds the holidays of a calendar file or of a typed list that are new and not over, for
/// administrators.
pub async fn read_holidays(
    app: &App,
    caller: &Caller,
    text: &str,
    now: Time,
) -> Result<HolidaysRead> {
    caller.must_administer()?;
    if text.len() > LIST {
        return Err(Error::field("text", "This is too long for a list of holidays."));
    }
    let found = import::read(text);
    app.db()
        .write(move |tx| {
            let today = open::date_of(&zone_of(&business(tx)?.zone), now);
            let kept = holidays::list(tx)?;
            let mut read = HolidaysRead { problems: found.problems, ..HolidaysRead::default() };
            for new in found.holidays {
                if !new.yearly && new.to < today {
                    read.past += 1;
                } else if kept.iter().any(|old| is_same(old, &new)) {
                    read.known += 1;
                } else if kept.len() + read.added.len() >= HOLIDAYS {
                    return Err(full());
                } else {
                    let id = holidays::insert(tx, &new, now)?;
                    read.added.push(holidays::get(tx, id)?);
                }
            }
            tx.emit(Event::HoursChanged, Audience::everyone());
            Ok(read)
        })
        .await
}

/// Whether a holiday is there already: the same name on the same days.
fn is_same(old: &Holiday, new: &NewHoliday) -> bool {
    let days = (old.from, old.to) == (new.from, new.to);
    let again =
        old.yearly && (old.from.month(), old.from.day()) == (new.from.month(), new.from.day());
    old.name.eq_ignore_ascii_case(&new.name) && (days || again)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(parts: &[(&str, &str)]) -> Hours {
        let part = |(from, to): &(&str, &str)| Interval {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
        };
        let mut days = office_week();
        days[2] = parts.iter().map(part).collect();
        Hours { zone: "Europe/Berlin".into(), mode: HoursMode::Weekly, days, channels: vec![] }
    }

    fn problem(hours: Hours) -> String {
        match checked(hours) {
            Ok(_) => String::new(),
            Err(Error::Invalid(problems)) => {
                format!("{}: {}", problems[0].field, problems[0].message)
            }
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn a_day_is_put_in_order_or_refused_in_words() {
        let sorted = checked(hours(&[("13:00", "17:00"), ("08:00", "12:00")])).unwrap();
        assert_eq!(sorted.days[2][0].from.to_string(), "08:00");
        assert_eq!(problem(hours(&[("08:00", "12:00"), ("12:00", "13:00")])), "");
        assert_eq!(
            problem(hours(&[("11:00", "13:00"), ("08:00", "12:00")])),
            "days.2: 08:00–12:00 and 11:00–13:00 overlap."
        );
        assert!(problem(hours(&[("22:00", "02:00")])).contains("end at 24:00"));
        assert!(problem(hours(&[("08:00", "08:00")])).contains("ends before it begins"));
        assert!(problem(Hours { zone: "Mars/Base".into(), ..hours(&[]) }).starts_with("zone: "));
        assert!(problem(Hours { mode: HoursMode::Business, ..hours(&[]) }).starts_with("mode: "));
    }

    #[test]
    fn a_channel_that_differs_in_nothing_is_not_kept() {
        let channel = |mode, text: Option<&str>| ChannelHours {
            channel_id: ChannelId::new(),
            mode,
            days: office_week(),
            closed_text: text.map(str::to_owned),
        };
        let given = vec![
            channel(HoursMode::Business, Some("  ")),
            channel(HoursMode::Business, Some(" Back {next_opening}. ")),
            channel(HoursMode::Always, None),
        ];
        let kept = checked(Hours { channels: given, ..hours(&[]) }).unwrap().channels;
        assert_eq!(kept.len(), 2);
        assert_eq!(kept[0].closed_text.as_deref(), Some("Back {next_opening}."));
        let wrong = vec![channel(HoursMode::Business, Some("Back {when}"))];
        let words = problem(Hours { channels: wrong, ..hours(&[]) });
        assert!(words.starts_with("channels.0.closed_text: {when} stands for nothing"), "{words}");
    }
}
