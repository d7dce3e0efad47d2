//! Holidays out of a text: a calendar file (iCalendar, RFC 5545) as states and schools publish
//! them, or a list that a person typed. Pure, and bounded in what it takes.
//!
//! Of a calendar only whole-day events are read, by their name, first and last day, and whether
//! they come every year; anything else in it is told or passed over.

use jiff::civil::Date;

use crate::model::NewHoliday;

/// Holidays in one text at most.
const MOST: usize = 500;
/// Problems that are told.
const TOLD: usize = 20;
/// Characters of a name.
const NAME: usize = 80;
/// Days that one holiday lasts at most.
const LONGEST: i32 = 366;

/// What was found in a text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    /// Holidays, in the order of the text.
    pub(super) holidays: Vec<NewHoliday>,
    /// What could not be read, in words.
    pub(super) problems: Vec<String>,
}

impl Found {
    fn problem(&mut self, words: String) {
        if self.problems.len() < TOLD {
            self.problems.push(words);
        }
    }

    fn take(&mut self, read: Result<NewHoliday, String>) {
        match read {
            Ok(_) if self.holidays.len() == MOST => {
                let words = format!("More than {MOST} holidays: the rest was left out.");
                if !self.problems.contains(&words) {
                    self.problem(words);
                }
            }
            Ok(holiday) if self.holidays.contains(&holiday) => {}
            Ok(holiday) => self.holidays.push(holiday),
            Err(words) => self.problem(words),
        }
    }
}

/// Reads a calendar file or a typed list, whichever it is.
pub(super) fn read(text: &str) -> Found {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR")) {
        calendar(text)
    } else {
        list(text)
    }
}

/// One holiday a line: `2026-12-25 Christmas Day`, `2026-12-24 – 2027-01-02 Winter break`, with
/// `yearly` at the end if it comes every year.
fn list(text: &str) -> Found {
    let mut found = Found::default();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if !line.is_empty() {
            found.take(typed(line).map_err(|why| format!("Line {}: {why}", number + 1)));
        }
    }
    found
}

fn typed(line: &str) -> Result<NewHoliday, String> {
    let (from, rest) = leading_date(line)
        .ok_or("Begin with the day, such as 2026-12-25, then the name.".to_owned())?;
    let dashes = |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—');
    let after = rest.trim_start_matches(dashes);
    let spoken = after.strip_prefix("to ").map_or(after, str::trim_start);
    let (to, name) = leading_date(spoken).unwrap_or((from, after));
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':'));
    let lower = name.to_lowercase();
    let yearly = ["every year", "yearly"].into_iter().find(|word| lower.ends_with(word));
    let name = match yearly {
        Some(word) => name.get(..name.len() - word.len()).unwrap_or(name),
        None => name,
    };
    let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '('));
    holiday(name, from, to, yearly.is_some())
}

/// The day that a text begins with, and what follows it.
fn leading_date(text: &str) -> Option<(Date, &str)> {
    let (day, rest) = (text.get(..10)?, text.get(10..)?);
    Some((day.parse().ok()?, rest))
}

fn holiday(name: &str, from: Date, to: Date, yearly: bool) -> Result<NewHoliday, String> {
    let name: String = name.chars().filter(|letter| !letter.is_control()).take(NAME).collect();
    let name = name.trim().to_owned();
    if name.is_empty() {
        return Err(format!("{from} has no name."));
    }
    if to < from {
        return Err(format!("“{name}” ends before it begins."));
    }
    if from.until(to).map_or(true, |span| span.get_days() >= LONGEST) {
        return Err(format!("“{name}” is longer than a year."));
    }
    Ok(NewHoliday { name, from, to, yearly, intervals: Vec::new() })
}

/// An event of a calendar while it is read.
#[derive(Debug, Default)]
struct Event {
    name: String,
    start: String,
    end: String,
    rule: String,
    cancelled: bool,
}

/// The whole-day events of a calendar.
fn calendar(text: &str) -> Found {
    let mut found = Found::default();
    let mut event: Option<Event> = None;
    // Alarms and the like lie inside of an event and have names of their own.
    let mut inner = 0_u32;
    for line in unfolded(text) {
        let Some((head, value)) = line.split_once(':') else { continue };
        let name = head.split(';').next().unwrap_or_default().to_ascii_uppercase();
        match (name.as_str(), &mut event) {
            ("BEGIN", None) if value.trim().eq_ignore_ascii_case("VEVENT") => {
                event = Some(Event::default());
            }
            ("BEGIN", Some(_)) => inner += 1,
            ("END", Some(_)) if inner > 0 => inner -= 1,
            ("END", Some(_)) => {
                if let Some(whole) = event.take().filter(|event| !event.cancelled) {
                    found.take(of_event(&whole));
                }
            }
            (_, Some(event)) if inner == 0 => match name.as_str() {
                "SUMMARY" => event.name = unescaped(value),
                "DTSTART" => value.trim().clone_into(&mut event.start),
                "DTEND" => value.trim().clone_into(&mut event.end),
                "RRULE" => event.rule = value.trim().to_ascii_uppercase(),
                "STATUS" => event.cancelled = value.trim().eq_ignore_ascii_case("CANCELLED"),
                _ => {}
            },
            _ => {}
        }
    }
    if found.holidays.is_empty() && found.problems.is_empty() {
        found.problem("There is no whole-day event in this calendar.".to_owned());
    }
    found
}

fn of_event(event: &Event) -> Result<NewHoliday, String> {
    let name = event.name.trim();
    let shown = if name.is_empty() { "An event" } else { name };
    let Some(from) = basic_date(&event.start) else {
        return Err(format!("“{shown}” is not for whole days, so it was left out."));
    };
    // The end of a whole-day event is the day after its last one.
    let to = match basic_date(&event.end) {
        Some(end) if end > from => end.yesterday().unwrap_or(from),
        Some(_) | None => from,
    };
    let yearly = match repeats(&event.rule) {
        Repeats::Never => false,
        Repeats::Yearly => true,
        Repeats::Otherwise => {
            return Err(format!("“{shown}” comes again on other days each time: type its days."));
        }
    };
    holiday(name, from, to, yearly)
}

/// How an event comes again.
#[derive(Debug, PartialEq, Eq)]
enum Repeats {
    Never,
    Yearly,
    Otherwise,
}

fn repeats(rule: &str) -> Repeats {
    if rule.is_empty() {
        return Repeats::Never;
    }
    let mut yearly = false;
    for part in rule.split(';').filter(|part| !part.is_empty()) {
        match part.split_once('=') {
            Some(("FREQ", "YEARLY")) => yearly = true,
            // They name the day that the event begins on anyway.
            Some(("INTERVAL", "1") | ("WKST" | "BYMONTH" | "BYMONTHDAY", _)) => {}
            _ => return Repeats::Otherwise,
        }
    }
    if yearly { Repeats::Yearly } else { Repeats::Otherwise }
}

/// `20261225`, and nothing that tells a time of day.
fn basic_date(text: &str) -> Option<Date> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse().ok());
    let (year, month, day) = (text.get(..4)?.parse().ok()?, part(4..6)?, part(6..8)?);
    Date::new(year, month, day).ok()
}

/// Lines that were folded are put together again: a line that begins with a space continues.
fn unfolded(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some(last)) => last.push_str(more),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

/// A text without the backslashes of the format.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('n' | 'N') => plain.push(' '),
                Some(other) => plain.push(other),
                None => {}
            },
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(found: &Found) -> Vec<String> {
        let word = |yearly| if yearly { " yearly" } else { "" };
        found
            .holidays
            .iter()
            .map(|one| format!("{} {} {}{}", one.from, one.to, one.name, word(one.yearly)))
            .collect()
    }

    #[test]
    fn a_calendar_of_public_holidays_is_read() {
        let found = read(
            "\u{feff}BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Holidays\r\n\
             BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\n\
             SUMMARY;LANGUAGE=en:Christmas\\, both \r\n days\r\nEND:VEVENT\r\n\
             BEGIN:VEVENT\r\ndtstart:20260704\r\nRRULE:FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=4\r\n\
             SUMMARY:Independence Day\r\nBEGIN:VALARM\r\nSUMMARY:Wake up\r\nEND:VALARM\r\nEND:VEVENT\r\n\
             BEGIN:VEVENT\r\nDTSTART;TZID=Europe/Berlin:20261224T090000\r\nSUMMARY:Party\r\nEND:VEVENT\r\n\
             BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261126\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH\r\n\
             SUMMARY:Thanksgiving\r\nEND:VEVENT\r\n\
             BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260101\r\nSTATUS:CANCELLED\r\nSUMMARY:Gone\r\nEND:VEVENT\r\n\
             END:VCALENDAR\r\n",
        );
        assert_eq!(
            shown(&found),
            [
                "2026-12-25 2026-12-26 Christmas, both days",
                "2026-07-04 2026-07-04 Independence Day yearly"
            ]
        );
        assert_eq!(
            found.problems,
            [
                "“Party” is not for whole days, so it was left out.",
                "“Thanksgiving” comes again on other days each time: type its days.",
            ]
        );
    }

    #[test]
    fn a_typed_list_is_read_line_by_line() {
        let found = read(
            "2026-12-25 Christmas Day\n\n 2026-12-24 – 2027-01-02: Winter break \n\
             2026-05-01 to 2026-05-01 Labour Day, yearly\n2026-07-04  Fourth of July (every year\n\
             25.12.2026 Weihnachten\n2026-02-30 Nothing\n2026-03-01\n2026-03-05 - 2026-03-01 Backwards\n\
             2026-12-25 Christmas Day",
        );
        assert_eq!(
            shown(&found),
            [
                "2026-12-25 2026-12-25 Christmas Day",
                "2026-12-24 2027-01-02 Winter break",
                "2026-05-01 2026-05-01 Labour Day yearly",
                "2026-07-04 2026-07-04 Fourth of July yearly",
            ]
        );
        assert_eq!(found.problems.len(), 4, "{:?}", found.problems);
        assert!(found.problems[0].starts_with("Line 6: Begin with the day"));
        assert_eq!(found.problems[2], "Line 8: 2026-03-01 has no name.");
        assert_eq!(found.problems[3], "Line 9: “Backwards” ends before it begins.");
    }

    #[test]
    fn nothing_that_a_file_holds_is_too_much() {
        let many: Vec<String> = (0..2_000).map(|n| format!("2026-01-01 Day {n}")).collect();
        let many = many.join("\n");
        let found = read(&many);
        assert_eq!((found.holidays.len(), found.problems.len()), (MOST, 1));
        let wrong = "nonsense\n".repeat(1_000);
        assert_eq!(read(&wrong).problems.len(), TOLD);
        let long = format!("2026-01-01 {}", "ß".repeat(5_000));
        assert_eq!(read(&long).holidays[0].name.chars().count(), NAME);
        for text in ["", "BEGIN:VCALENDAR", "BEGIN:VCALENDAR\nBEGIN:VEVENT", "ä", "\u{feff}"] {
            assert!(read(text).holidays.is_empty(), "{text}");
        }
        assert_eq!(
            read("2020-01-01 - 2026-01-01 Ages").problems,
            ["Line 1: “Ages” is longer than a year."]
        );
    }
}
