//! A table in a text: what stands between its cells, its headings, its rows. Pure, and bounded.

use csv::{Reader, ReaderBuilder, StringRecord};

use super::headings;
use super::raw::{Raw, labels_of};
use crate::model::{ColumnUse, ContactField, ImportTarget};

/// Columns at most: more than any program writes.
pub(super) const COLUMNS: usize = 200;
/// Rows that are looked at to find out how the table is written.
const LOOK: usize = 20;
/// Rows that are shown.
const PREVIEW: usize = 5;
/// Characters of a cell that are shown.
const SHOWN: usize = 120;

/// A table that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) delimiter: u8,
    /// Headings; without any, as many empty ones.
    pub(super) headings: Vec<String>,
    /// Whether the first row is the headings.
    headed: bool,
    /// Where the rows begin: some programs say first what stands between the cells.
    start: usize,
}

/// A row with the line where it begins.
pub(super) type Line = (u32, Vec<String>);

impl Table {
    /// Looks at the beginning of a text.
    pub(super) fn of(text: &str, is_number: impl Fn(&str) -> bool) -> Result<Self, String> {
        let (start, told) = told_delimiter(text);
        let body = text.get(start..).unwrap_or_default();
        let delimiter = told.unwrap_or_else(|| likeliest(body));
        let mut first = Vec::new();
        for record in reader(body, delimiter).records().take(LOOK) {
            let record = record.map_err(|error| error.to_string())?;
            if record.len() > COLUMNS {
                return Err(format!(
                    "A row has {} columns; at most {COLUMNS} are taken.",
                    record.len()
                ));
            }
            first.push(cells(&record));
        }
        let width = first.iter().map(Vec::len).max().unwrap_or_default();
        let mut headings = first.first().cloned().unwrap_or_default();
        headings.resize(width, String::new());
        let known = headings::recognise_all(&headings, &[]);
        let headed = known.iter().any(|one| one.to != ImportTarget::Skip)
            || !headings.iter().any(|cell| is_number(cell));
        if headed {
            headings = headings.iter().map(|heading| shown(heading.trim())).collect();
        } else {
            headings = vec![String::new(); width];
        }
        Ok(Self { delimiter, headings, headed, start })
    }

    /// What its columns are likely to be; without headings the first that holds numbers is one.
    pub(super) fn uses(
        &self,
        text: &str,
        fields: &[ContactField],
        is_number: impl Fn(&str) -> bool,
    ) -> Vec<ColumnUse> {
        let mut uses = headings::recognise_all(&self.headings, fields);
        if uses.iter().any(|one| one.to == ImportTarget::Number) {
            return uses;
        }
        let sample: Vec<Line> = self.rows(text).take(LOOK).flatten().collect();
        let numbers = |at: usize| {
            let mut filled = sample.iter().filter_map(|(_, row)| row.get(at));
            let filled: Vec<&String> = filled.by_ref().filter(|cell| !cell.is_empty()).collect();
            !filled.is_empty() && filled.iter().all(|cell| is_number(cell))
        };
        let found = (0..uses.len()).find(|at| numbers(*at));
        if let Some(one) = found.and_then(|at| uses.get_mut(at)) {
            *one = ColumnUse::plain(ImportTarget::Number);
        }
        uses
    }

    /// The rows, without headings and without those in which nothing stands.
    pub(super) fn rows<'a>(
        &self,
        text: &'a str,
    ) -> impl Iterator<Item = Result<Line, String>> + use<'a> {
        let body = text.get(self.start..).unwrap_or_default();
        let above = u64::from(self.start > 0);
        let rows = reader(body, self.delimiter).into_records().skip(usize::from(self.headed));
        rows.map(move |record| {
            let record = record.map_err(|error| error.to_string())?;
            let line = record.position().map_or(0, |at| begins(body, at)) + above;
            let line = u32::try_from(line).unwrap_or(u32::MAX);
            if record.len() > COLUMNS {
                return Err(format!(
                    "Line {line} has {} columns; at most {COLUMNS} are taken.",
                    record.len()
                ));
            }
            Ok((line, cells(&record)))
        })
        .filter(
            |row| !matches!(row, Ok((_, cells)) if cells.iter().all(|cell| cell.trim().is_empty())),
        )
    }

    /// The first rows, cut to what can be looked at.
    pub(super) fn preview(&self, text: &str) -> Vec<Vec<String>> {
        let rows = self.rows(text).filter_map(Result::ok).take(PREVIEW);
        rows.map(|(_, row)| row.iter().map(|cell| shown(cell)).collect()).collect()
    }
}

/// What a row says, by the use of its columns. `fields` are those of the uses, in their order.
pub(super) fn raw(line: u32, cells: &[String], uses: &[ColumnUse]) -> Raw {
    let mut raw = Raw { line, ..Raw::default() };
    let mut remark = String::new();
    for (at, (one, cell)) in uses.iter().zip(cells).enumerate() {
        let cell = bare(cell);
        if cell.trim().is_empty() {
            continue;
        }
        match one.to {
            ImportTarget::Skip => {}
            ImportTarget::Name => first(&mut raw.name, cell),
            ImportTarget::FirstName => first(&mut raw.parts[0], cell),
            ImportTarget::MiddleName => first(&mut raw.parts[1], cell),
            ImportTarget::LastName => first(&mut raw.parts[2], cell),
            ImportTarget::Company => first(&mut raw.company, cell),
            ImportTarget::Email => raw.emails.push(cell.to_owned()),
            ImportTarget::Remarks if raw.remarks.is_empty() => cell.clone_into(&mut raw.remarks),
            ImportTarget::Remarks => raw.remarks = format!("{}\n{cell}", raw.remarks),
            ImportTarget::Language => first(&mut raw.language, cell),
            ImportTarget::TimeZone => first(&mut raw.time_zone, cell),
            ImportTarget::NumberRemark => cell.clone_into(&mut remark),
            ImportTarget::Number => {
                let told = std::mem::take(&mut remark);
                let said = if told.is_empty() { one.remark.clone() } else { told };
                // Google puts several of one kind into one cell.
                raw.numbers.extend(cell.split(":::").map(|one| (one.to_owned(), said.clone())));
            }
            ImportTarget::Labels => raw.labels.extend(labels_of(cell)),
            ImportTarget::Field | ImportTarget::NewField => {
                raw.values.push((at, cell.to_owned()));
            }
        }
    }
    raw
}

fn first(fact: &mut String, cell: &str) {
    if fact.is_empty() {
        cell.clone_into(fact);
    }
}

/// A cell without the apostrophe that keeps a spreadsheet from calculating it.
fn bare(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        Some(_) | None => cell,
    }
}

fn reader(text: &str, delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
}

fn cells(record: &StringRecord) -> Vec<String> {
    record.iter().map(str::to_owned).collect()
}

fn shown(cell: &str) -> String {
    let one_line = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    one_line.chars().filter(|one| !crate::fields::disturbs(*one)).take(SHOWN).collect()
}

/// The line in which a row begins: the reader names the place before the end of the line above.
fn begins(body: &str, at: &csv::Position) -> u64 {
    let from = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let rest = body.as_bytes().get(from..).unwrap_or_default();
    let ends = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let passed = ends.filter(|byte| **byte == b'\n').count();
    at.line() + u64::try_from(passed).unwrap_or_default()
}

/// `sep=;` in the first line says what stands between cells; where the table begins after it.
fn told_delimiter(text: &str) -> (usize, Option<u8>) {
    let Some(end) = text.get(..64).unwrap_or(text).find('\n') else { return (0, None) };
    let line = text.get(..end).unwrap_or_default().trim_end().trim_matches('"');
    match line.strip_prefix("sep=").map(str::as_bytes) {
        Some(&[delimiter]) => (end + 1, Some(delimiter)),
        Some(_) | None => (0, None),
    }
}

/// The delimiter with which most rows are equally long, and longest.
fn likeliest(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let widths: Vec<usize> = reader(text, delimiter)
            .records()
            .take(LOOK)
            .flatten()
            .map(|record| record.len())
            .collect();
        let width = widths.first().copied().unwrap_or_default();
        let alike = widths.iter().filter(|other| **other == width).count();
        let even = width > 1 && alike * 5 >= widths.len() * 4;
        (even, width)
    };
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|one| score(*one)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_number(cell: &str) -> bool {
        crate::phone::parse(cell, "US").is_ok()
    }

    fn rows(text: &str) -> Vec<Line> {
        let table = Table::of(text, is_number).unwrap();
        table.rows(text).map(Result::unwrap).collect()
    }

    fn check(text: &str, delimiter: char, headings: &[&str], cells: &[&[&str]]) {
        let table = Table::of(text, is_number).unwrap();
        assert_eq!(char::from(table.delimiter), delimiter, "{text}");
        assert_eq!(table.headings, headings, "{text}");
        let found: Vec<Vec<String>> = rows(text).into_iter().map(|(_, row)| row).collect();
        assert_eq!(found, cells, "{text}");
    }

    #[test]
    fn commas_semicolons_and_tabs_are_told_apart() {
        check("Name,Phone\nA,1\n", ',', &["Name", "Phone"], &[&["A", "1"]]);
        check("Name;Phone\r\n\"A; B\";1,5\r\n", ';', &["Name", "Phone"], &[&["A; B", "1,5"]]);
        check("Name\tPhone\nA, B\t1", '\t', &["Name", "Phone"], &[&["A, B", "1"]]);
        check("sep=;\nName;Phone\nA;1", ';', &["Name", "Phone"], &[&["A", "1"]]);
        check("Phone\n+12025550100\n", ',', &["Phone"], &[&["+12025550100"]]);
    }

    #[test]
    fn quoted_cells_may_hold_everything_and_lines_are_counted() {
        let text = "Name,Notes\n\"A \"\"x\"\"\",\"one\ntwo, three\"\n\n,\nB,\n";
        assert_eq!(
            rows(text),
            [
                (2, vec!["A \"x\"".to_owned(), "one\ntwo, three".to_owned()]),
                (6, vec!["B".to_owned(), String::new()]),
            ]
        );
        assert_eq!(rows("sep=,\nName,Phone\nA,1")[0].0, 3);
        let windows = rows(&text.replace('\n', "\r\n"));
        assert_eq!(windows.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [2, 6]);
    }

    #[test]
    fn a_table_without_headings_is_one_as_well() {
        check("Vera,+12025550100\n", ',', &["", ""], &[&["Vera", "+12025550100"]]);
        let text = "Vera,+12025550100\nJo,\n";
        let uses = Table::of(text, is_number).unwrap().uses(text, &[], is_number);
        assert_eq!(uses[1].to, ImportTarget::Number);
    }

    #[test]
    fn nothing_that_a_table_holds_is_too_much() {
        let wide = "a,".repeat(10_000);
        assert!(Table::of(&wide, is_number).unwrap_err().contains("at most 200"));
        let late = format!("Name,Phone\n{}{wide}", "A,1\n".repeat(30));
        let table = Table::of(&late, is_number).unwrap();
        assert!(table.rows(&late).any(|row| row.is_err()));
        let open = format!("Name,Phone\n\"{}", "x\n".repeat(100_000));
        assert_eq!(rows(&open).len(), 1);
        let deep = format!("Name,Phone\n{}", "\"".repeat(100_001));
        assert_eq!(rows(&deep).len(), 1);
    }

    #[test]
    fn a_row_is_read_by_what_its_columns_are() {
        let plain = ColumnUse::plain;
        let mobile = ColumnUse { remark: "Mobile".to_owned(), ..plain(ImportTarget::Number) };
        let uses = [
            plain(ImportTarget::NumberRemark),
            plain(ImportTarget::Number),
            mobile,
            plain(ImportTarget::Labels),
            plain(ImportTarget::Remarks),
            plain(ImportTarget::NewField),
        ];
        let cells = ["Boat", "1 ::: 2", "3", "VIP; new", "'=1+1", "7"].map(str::to_owned);
        let raw = raw(9, &cells, &uses);
        let numbers: Vec<(&str, &str)> =
            raw.numbers.iter().map(|(number, remark)| (number.trim(), remark.as_str())).collect();
        assert_eq!(numbers, [("1", "Boat"), ("2", "Boat"), ("3", "Mobile")]);
        assert_eq!(raw.labels, ["VIP", "new"]);
        assert_eq!((raw.line, raw.remarks.as_str()), (9, "=1+1"));
        assert_eq!(raw.values, [(5, "7".to_owned())]);
    }
}
