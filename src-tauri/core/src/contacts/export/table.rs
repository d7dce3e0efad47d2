//! Contacts as a table: CSV as spreadsheets and other address books read it. Pure.

use csv::WriterBuilder;
use deskbell_channels::form::IdentityKind;

use super::{Desk, opt_outs};
use crate::contacts::import::headings;
use crate::contacts::import::raw::BETWEEN;
use crate::error::{Error, Result};
use crate::model::Contact;

/// A spreadsheet takes a text for UTF-8 by this.
const MARK: &str = "\u{feff}";

/// The headings. Address books of others know those of numbers.
pub(super) fn head(desk: &Desk) -> Result<String> {
    let mut row: Vec<String> = ["Name", "Company", "E-mail"].map(str::to_owned).to_vec();
    for number in 1..=desk.numbers.max(1) {
        row.push(format!("Phone {number} - Label"));
        row.push(format!("Phone {number} - Value"));
    }
    row.extend(["Language", "Time zone", "Notes", "Labels"].map(str::to_owned));
    row.extend(desk.fields.iter().map(|field| guarded(&headings::of_field(&field.name))));
    row.extend(["Blocked", "Opted out"].map(str::to_owned));
    Ok(format!("{MARK}{}", lines([row])?))
}

/// A row for each contact.
pub(super) fn rows(contacts: &[Contact], desk: &Desk) -> Result<String> {
    lines(contacts.iter().map(|contact| row(contact, desk)))
}

fn row(contact: &Contact, desk: &Desk) -> Vec<String> {
    let mut row = vec![guarded(&contact.name), guarded(&contact.company), guarded(&contact.email)];
    let numbers = contact.identities.iter().filter(|one| one.kind == IdentityKind::Phone);
    let mut numbers = numbers.map(|one| [guarded(&one.remark), number(&one.address)]);
    for _ in 0..desk.numbers.max(1) {
        row.extend(numbers.next().unwrap_or_default());
    }
    row.extend([&contact.language, &contact.time_zone, &contact.remarks].map(|fact| guarded(fact)));
    row.push(guarded(&labels(&desk.labels_of(contact))));
    let values = desk.fields.iter().map(|field| contact.values.get(&field.id));
    row.extend(values.map(|value| value.map(|value| guarded(value)).unwrap_or_default()));
    row.push(if contact.blocked.is_some() { "yes".to_owned() } else { String::new() });
    row.push(guarded(&opt_outs(contact).join("; ")));
    row
}

/// Labels in one cell, so that they come apart again.
fn labels(names: &[&str]) -> String {
    if names.iter().any(|name| name.contains([',', ';'])) {
        names.iter().map(|name| format!("{name} {BETWEEN} ")).collect::<Vec<_>>().concat()
    } else {
        names.join("; ")
    }
}

/// A cell that no spreadsheet calculates: what would be a formula begins with an apostrophe.
fn guarded(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// A number stays a number: plus and digits calculate nothing.
fn number(address: &str) -> String {
    let digits = address
        .strip_prefix('+')
        .is_some_and(|rest| !rest.is_empty() && rest.chars().all(|one| one.is_ascii_digit()));
    if digits { address.to_owned() } else { guarded(address) }
}

fn lines(rows: impl IntoIterator<Item = Vec<String>>) -> Result<String> {
    let broken = |error: String| Error::Internal(error);
    let mut writer = WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(|error| broken(error.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|error| broken(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| broken(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_numbers_stay_numbers() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("+1+1", "'+1+1"),
            ("-2", "'-2"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("Vera", "Vera"),
            ("'=1", "'=1"),
            ("", ""),
        ] {
            assert_eq!(guarded(cell), expected);
        }
        assert_eq!(number("+12025550147"), "+12025550147");
        assert_eq!(number("+1+1"), "'+1+1");
        assert_eq!(number("+"), "'+");
        assert_eq!(labels(&["VIP", "new"]), "VIP; new");
        assert_eq!(labels(&["A, B"]), "A, B ::: ");
    }

    #[test]
    fn cells_with_marks_and_breaks_are_quoted() {
        let row = ["a,b", "say \"x\"", "one\ntwo", "plain"].map(str::to_owned).to_vec();
        assert_eq!(lines([row]).unwrap(), "\"a,b\",\"say \"\"x\"\"\",\"one\ntwo\",plain\r\n");
    }
}
