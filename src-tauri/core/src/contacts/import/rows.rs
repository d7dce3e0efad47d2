//! What a row says, checked and as the desk keeps it; what does not fit is told. Pure.

use std::collections::HashMap;

use super::raw::Raw;
use crate::contacts::shape::{is_email, is_language};
use crate::fields::disturbs;
use crate::model::{ContactField, ContactFieldKind, ContactId, ImportIssue, ImportIssueKind, fold};
use crate::phone;

/// Characters of a line on a card.
const LINE: usize = 120;
/// Characters of an e-mail address.
const EMAIL: usize = 254;
/// Characters of remarks.
const REMARKS: usize = 4_000;
/// Characters of what a number is, and of a label.
pub(super) const SHORT: usize = 40;
/// Numbers of one row.
const NUMBERS: usize = 20;
/// Labels of a contact.
pub(super) const LABELS: usize = 20;
/// Characters of what is told back.
const TOLD: usize = 60;

/// A number of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    pub(super) e164: String,
    pub(super) remark: String,
}

/// A row that can be used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) line: u32,
    pub(super) name: String,
    pub(super) company: String,
    pub(super) email: String,
    pub(super) remarks: String,
    pub(super) language: String,
    pub(super) time_zone: String,
    pub(super) numbers: Vec<Typed>,
    pub(super) labels: Vec<String>,
    /// Values, by the place of their field.
    pub(super) values: Vec<(usize, String)>,
    /// What of it cannot be used.
    pub(super) issues: Vec<ImportIssue>,
}

/// What reading needs to know of the desk.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// Country of numbers without `+`.
    pub(super) country: String,
    /// Custom fields, by their place in what is read.
    pub(super) fields: Vec<Option<ContactField>>,
}

impl Reading {
    /// Checks a row; refused if it cannot be used at all.
    pub(super) fn read(&self, raw: Raw) -> Result<Row, ImportIssue> {
        let mut row = Row { line: raw.line, ..Row::default() };
        let numbered = self.numbers(&raw, &mut row);
        let name = if raw.name.trim().is_empty() { raw.parts.join(" ") } else { raw.name };
        row.name = row.fact(&line(&name), LINE);
        if row.numbers.is_empty() {
            if numbered && let Some(issue) = row.issues.first() {
                return Err(ImportIssue { used: false, ..issue.clone() });
            }
            if row.name.is_empty() && line(&raw.company).is_empty() {
                return Err(issue(raw.line, ImportIssueKind::Nothing, ""));
            }
        }
        row.company = row.fact(&line(&raw.company), LINE);
        row.email(&raw.emails);
        row.remarks = row.fact(&text(&raw.remarks), REMARKS);
        row.place(&raw.language, &raw.time_zone);
        row.labels(&raw.labels);
        self.values(&raw.values, &mut row);
        Ok(row)
    }

    /// Whether there were numbers, readable or not.
    fn numbers(&self, raw: &Raw, row: &mut Row) -> bool {
        let mut any = false;
        for (number, remark) in &raw.numbers {
            let number = line(number);
            if number.is_empty() {
                continue;
            }
            any = true;
            match self.number(&number) {
                Some(e164) if row.numbers.iter().any(|known| known.e164 == e164) => {}
                Some(_) if row.numbers.len() == NUMBERS => {
                    row.tell(ImportIssueKind::TooMany, &number);
                }
                Some(e164) => {
                    let remark = line(remark).chars().take(SHORT).collect();
                    row.numbers.push(Typed { e164, remark });
                }
                None if is_shortened(&number) => {
                    row.tell(ImportIssueKind::ShortenedNumber, &number);
                }
                None => row.tell(ImportIssueKind::BadNumber, &number),
            }
        }
        any
    }

    fn number(&self, text: &str) -> Option<String> {
        let number = phone::parse(text, &self.country);
        // Spreadsheets take the plus for a sign.
        let whole = || {
            let digits = text.chars().all(|one| one.is_ascii_digit()) && !text.starts_with('0');
            digits.then(|| phone::parse(&format!("+{text}"), "")).and_then(Result::ok)
        };
        number.ok().or_else(whole).map(|number| number.e164)
    }

    fn values(&self, values: &[(usize, String)], row: &mut Row) {
        for (place, value) in values {
            let Some(Some(field)) = self.fields.get(*place) else { continue };
            let value = line(value);
            if value.is_empty() || row.values.iter().any(|(known, _)| known == place) {
                continue;
            }
            match field.read(&lenient(field, &value)) {
                Ok(value) => row.values.push((*place, value)),
                Err(_) => row.tell(ImportIssueKind::BadValue, &format!("{}: {value}", field.name)),
            }
        }
    }
}

impl Row {
    /// Tells that a part of the row is left out.
    fn tell(&mut self, kind: ImportIssueKind, what: &str) {
        self.issues.push(ImportIssue { used: true, ..issue(self.line, kind, what) });
    }

    fn fact(&mut self, value: &str, most: usize) -> String {
        if value.chars().count() > most {
            self.tell(ImportIssueKind::TooLong, value);
            return String::new();
        }
        value.to_owned()
    }

    fn email(&mut self, typed: &[String]) {
        let typed: Vec<String> =
            typed.iter().map(|one| line(one)).filter(|one| !one.is_empty()).collect();
        let fits = |one: &&String| is_email(one) && one.chars().count() <= EMAIL;
        match (typed.iter().find(fits), typed.first()) {
            (Some(email), _) => self.email.clone_from(email),
            (None, Some(wrong)) => self.tell(ImportIssueKind::BadEmail, wrong),
            (None, None) => {}
        }
    }

    fn place(&mut self, language: &str, time_zone: &str) {
        let tag = line(language).replace('_', "-");
        let (first, rest) = tag.split_once('-').unwrap_or((&tag, ""));
        let first = first.to_lowercase();
        let tag = if rest.is_empty() { first } else { format!("{first}-{rest}") };
        match tag.as_str() {
            "" => {}
            tag if is_language(tag) && tag.len() <= 35 => tag.clone_into(&mut self.language),
            _ => self.tell(ImportIssueKind::BadLanguage, language),
        }
        let zone = line(time_zone);
        match jiff::tz::TimeZone::get(&zone) {
            _ if zone.is_empty() => {}
            Ok(_) if zone.len() <= 64 => self.time_zone = zone,
            Ok(_) | Err(_) => self.tell(ImportIssueKind::BadTimeZone, &zone),
        }
    }

    fn labels(&mut self, names: &[String]) {
        for name in names {
            let name = line(name);
            let known = self.labels.iter().any(|one| one.to_lowercase() == name.to_lowercase());
            if name.is_empty() || known {
                continue;
            }
            if name.chars().count() > SHORT {
                self.tell(ImportIssueKind::TooLong, &name);
            } else if self.labels.len() == LABELS {
                self.tell(ImportIssueKind::TooMany, &name);
            } else {
                self.labels.push(name);
            }
        }
    }

    /// What tells it from other rows if it has no number.
    pub(super) fn own_words(&self) -> String {
        let second = if self.email.is_empty() { &self.company } else { &self.email };
        let mark = if self.email.is_empty() { "c" } else { "e" };
        format!("{}\n{mark}\n{}", fold(&self.shown_name()), fold(second))
    }

    /// The name that a new contact gets: a business without a person has its own.
    pub(super) fn shown_name(&self) -> String {
        if self.name.is_empty() { self.company.clone() } else { self.name.clone() }
    }
}

/// Which rows and contacts came already: each contact is of one row.
#[derive(Debug, Default)]
pub(super) struct Seen {
    words: HashMap<String, u32>,
    contacts: HashMap<ContactId, u32>,
}

impl Seen {
    /// Refuses a row that is of the same contact as an earlier one.
    pub(super) fn row(&mut self, row: &Row) -> Result<(), ImportIssue> {
        let keys: Vec<String> = if row.numbers.is_empty() {
            vec![row.own_words()]
        } else {
            row.numbers.iter().map(|number| number.e164.clone()).collect()
        };
        if let Some((key, line)) = keys.iter().find_map(|key| Some((key, self.words.get(key)?))) {
            let what = if row.numbers.is_empty() { row.shown_name() } else { key.clone() };
            return Err(duplicate(row.line, &what, *line));
        }
        self.words.extend(keys.into_iter().map(|key| (key, row.line)));
        Ok(())
    }

    /// Refuses a row that is of a known contact of whom an earlier one is.
    pub(super) fn contact(&mut self, row: &Row, id: ContactId) -> Result<(), ImportIssue> {
        if let Some(line) = self.contacts.get(&id) {
            return Err(duplicate(row.line, &row.shown_name(), *line));
        }
        self.contacts.insert(id, row.line);
        Ok(())
    }
}

fn duplicate(line: u32, what: &str, other: u32) -> ImportIssue {
    ImportIssue { other: Some(other), ..issue(line, ImportIssueKind::Duplicate, what) }
}

/// Something because of which a row is not used.
pub(super) fn issue(line: u32, kind: ImportIssueKind, what: &str) -> ImportIssue {
    let what = self::line(what).chars().take(TOLD).collect();
    ImportIssue { line, used: false, kind, what, other: None }
}

/// One line, without what cannot be shown.
fn line(text: &str) -> String {
    let spaced = text.split_whitespace().collect::<Vec<_>>().join(" ");
    spaced.chars().filter(|one| !disturbs(*one)).collect::<String>().trim().to_owned()
}

/// Several lines, without what cannot be shown.
fn text(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = lines.chars().filter(|one| !disturbs(*one) || matches!(one, '\n' | '\t'));
    kept.collect::<String>().trim().to_owned()
}

/// `1.55556E+10`: what a spreadsheet leaves of a long number.
fn is_shortened(number: &str) -> bool {
    let Some((start, end)) =
        number.to_ascii_uppercase().split_once("E+").map(|(a, b)| (a.to_owned(), b.to_owned()))
    else {
        return false;
    };
    let digits = |text: &str| {
        !text.is_empty() && text.chars().all(|one| one.is_ascii_digit() || ".,".contains(one))
    };
    digits(&start) && digits(&end)
}

/// A value as other programs write it, in the words of its field.
fn lenient(field: &ContactField, value: &str) -> String {
    let folded = fold(value);
    match field.kind {
        ContactFieldKind::YesNo => match folded.as_str() {
            "yes" | "y" | "true" | "1" | "x" | "ja" | "si" | "oui" | "sim" | "是" | "نعم" => {
                "yes"
            }
            "no" | "n" | "false" | "0" | "nein" | "non" | "nao" | "否" | "لا" => "no",
            _ => value,
        }
        .to_owned(),
        ContactFieldKind::Choice => {
            let known = field.choices.iter().find(|choice| fold(choice) == folded);
            known.cloned().unwrap_or_else(|| value.to_owned())
        }
        ContactFieldKind::Date => day(value).unwrap_or_else(|| value.to_owned()),
        ContactFieldKind::Text | ContactFieldKind::Number | ContactFieldKind::Link => {
            value.to_owned()
        }
    }
}

/// `14.5.2026` and `2026/05/14`; whether 5/6/2026 is in May or June nobody knows.
fn day(value: &str) -> Option<String> {
    let parts = |mark: char| {
        let parts: Vec<i16> =
            value.split(mark).map_while(|part| part.trim().parse().ok()).collect();
        <[i16; 3]>::try_from(parts).ok()
    };
    let [year, month, day] = match (parts('.'), parts('/')) {
        (Some([day, month, year]), _) | (None, Some([year, month, day])) if year > 999 => {
            [year, month, day]
        }
        _ => return None,
    };
    let date = jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Some(date.ok()?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ContactFieldId;

    fn field(kind: ContactFieldKind) -> ContactField {
        let choices = vec!["Gold".to_owned(), "Silver".to_owned()];
        let id = ContactFieldId::new();
        ContactField { id, name: "Level".to_owned(), kind, choices, used_by: 0 }
    }

    fn read(raw: Raw) -> Result<Row, ImportIssue> {
        let fields = vec![
            Some(field(ContactFieldKind::Choice)),
            Some(field(ContactFieldKind::YesNo)),
            Some(field(ContactFieldKind::Date)),
            None,
        ];
        Reading { country: "US".to_owned(), fields }.read(raw)
    }

    fn numbered(numbers: &[&str]) -> Raw {
        let numbers =
            numbers.iter().map(|one| ((*one).to_owned(), " Mobile ".to_owned())).collect();
        Raw { line: 2, name: " Vera\n Novak\0 ".to_owned(), numbers, ..Raw::default() }
    }

    fn told(row: &Row) -> Vec<(&'static str, &str)> {
        row.issues.iter().map(|one| (one.kind.as_str(), one.what.as_str())).collect()
    }

    #[test]
    fn a_row_is_cleaned_and_its_numbers_are_e164() {
        let row =
            read(numbered(&["\u{202a}(202) 555-0147\u{202c}", "12025550147", "4930901820000", ""]));
        let row = row.unwrap();
        assert_eq!(row.name, "Vera Novak");
        let numbers: Vec<&str> = row.numbers.iter().map(|one| one.e164.as_str()).collect();
        assert_eq!(numbers, ["+12025550147", "+4930901820000"]);
        assert_eq!(row.numbers[0].remark, "Mobile");
        assert_eq!(told(&row), Vec::<(&str, &str)>::new());
    }

    #[test]
    fn a_row_that_cannot_be_used_says_why() {
        let kind = |raw: Raw| read(raw).unwrap_err().kind;
        assert_eq!(kind(Raw::default()), ImportIssueKind::Nothing);
        assert_eq!(kind(numbered(&["twelve"])), ImportIssueKind::BadNumber);
        assert_eq!(kind(numbered(&["1.20256E+10"])), ImportIssueKind::ShortenedNumber);
        assert!(read(numbered(&[])).is_ok(), "a name is enough");
        let company = Raw { company: "Bakery".to_owned(), ..Raw::default() };
        assert_eq!(read(company).unwrap().shown_name(), "Bakery");
    }

    #[test]
    fn what_does_not_fit_is_left_out_and_told() {
        let mut raw = numbered(&["+12025550147", "nope"]);
        raw.company = "x".repeat(121);
        raw.remarks = "y".repeat(1_000_000);
        raw.emails = vec!["nobody".to_owned()];
        raw.language = "German".to_owned();
        raw.time_zone = "Mars/Base".to_owned();
        raw.labels = (0..25).map(|number| format!("L{number}")).chain(["L1".to_owned()]).collect();
        raw.values = vec![(0, "bronze".to_owned()), (3, "x".to_owned()), (99, "y".to_owned())];
        let row = read(raw).unwrap();
        let kinds: Vec<&str> = row.issues.iter().map(|one| one.kind.as_str()).collect();
        assert_eq!(
            kinds,
            [
                "bad_number",
                "too_long",
                "bad_email",
                "too_long",
                "bad_language",
                "bad_time_zone",
                "too_many",
                "too_many",
                "too_many",
                "too_many",
                "too_many",
                "bad_value",
            ]
        );
        assert!(row.issues.iter().all(|one| one.used && one.what.chars().count() <= TOLD));
        assert_eq!((row.company.as_str(), row.remarks.as_str(), row.labels.len()), ("", "", 20));
    }

    #[test]
    fn values_are_read_as_others_write_them() {
        let mut raw = numbered(&[]);
        raw.values =
            vec![(0, "gold".to_owned()), (1, "Ja".to_owned()), (2, "14.5.1990".to_owned())];
        raw.language = "pt_BR".to_owned();
        let row = read(raw).unwrap();
        assert_eq!(
            row.values,
            [(0, "Gold".to_owned()), (1, "yes".to_owned()), (2, "1990-05-14".to_owned())]
        );
        assert_eq!(row.language, "pt-BR");
        assert_eq!(day("2026/05/14").as_deref(), Some("2026-05-14"));
        for other in ["5/6/2026", "31.2.2026", "1.2", "soon"] {
            assert_eq!(day(other), None, "{other}");
        }
    }

    #[test]
    fn each_contact_is_of_one_row() {
        let mut seen = Seen::default();
        let row = |line: u32, numbers: &[&str]| {
            let mut row = read(numbered(numbers)).unwrap();
            row.line = line;
            row
        };
        assert!(seen.row(&row(2, &["+12025550147"])).is_ok());
        assert!(seen.row(&row(3, &[])).is_ok());
        let again = seen.row(&row(4, &["+12025550148", "+12025550147"])).unwrap_err();
        assert_eq!((again.other, again.what.as_str()), (Some(2), "+12025550147"));
        assert_eq!(seen.row(&row(5, &[])).unwrap_err().other, Some(3));
        let id = ContactId::new();
        assert!(seen.contact(&row(6, &[]), id).is_ok());
        assert_eq!(seen.contact(&row(7, &[]), id).unwrap_err().other, Some(6));
    }
}
