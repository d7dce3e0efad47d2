//! A file that was read: its text, and how it is walked. Pure.

use super::cards;
use super::raw::Raw;
use super::rows::Reading;
use super::table::{self, Table};
use super::text::{self, Decoded};
use super::vcard::{self, Card};
use crate::error::{Error, Result};
use crate::model::{
    ColumnUse, ContactField, ContactFileKind, ContactImportId, ImportColumn, ImportDraft,
    NumberWords,
};

/// Rows or cards at most.
pub(super) const ROWS: usize = 50_000;

/// What a text is.
#[derive(Debug)]
enum Shape {
    Table(Table),
    Cards(Vec<Card>),
}

/// A file that was read.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) file_name: String,
    encoding: &'static str,
    text: String,
    shape: Shape,
    /// Rows or cards.
    pub(super) rows: u32,
}

/// The rows of a file, each with its cells.
pub(super) type Walk<'a> = Box<dyn Iterator<Item = (Raw, Vec<String>)> + Send + 'a>;

impl Source {
    /// Reads bytes; refused in words if they are no contacts.
    pub(super) fn read(file_name: String, bytes: &[u8], country: &str) -> Result<Self> {
        let decoded = text::decode(bytes).map_err(|why| Error::field("file", why.words()))?;
        let Decoded { encoding, text } = decoded;
        let (shape, rows) = if vcard::is_cards(&text) {
            let cards = vcard::cards(&text);
            let count = cards.len();
            (Shape::Cards(cards), count)
        } else {
            let refuse = |words: String| Error::field("file", words);
            let table = Table::of(&text, is_number(country)).map_err(refuse)?;
            let mut count = 0;
            for row in table.rows(&text).take(ROWS + 1) {
                row.map_err(refuse)?;
                count += 1;
            }
            (Shape::Table(table), count)
        };
        if rows > ROWS {
            return Err(Error::field(
                "file",
                "At most 50,000 contacts are taken at once: split the file.",
            ));
        }
        if rows == 0 {
            return Err(Error::field("file", "There is no contact in this file."));
        }
        let rows = u32::try_from(rows).unwrap_or(u32::MAX);
        Ok(Self { file_name, encoding, text, shape, rows })
    }

    /// How it is told to whoever brought it.
    pub(super) fn draft(
        &self,
        id: ContactImportId,
        country: &str,
        fields: &[ContactField],
    ) -> ImportDraft {
        let mut draft = ImportDraft {
            id,
            file_name: self.file_name.clone(),
            kind: ContactFileKind::Vcard,
            encoding: self.encoding.to_owned(),
            delimiter: None,
            rows: self.rows,
            columns: Vec::new(),
            preview: Vec::new(),
            photos: 0,
            left_out: Vec::new(),
        };
        match &self.shape {
            Shape::Cards(cards) => (draft.photos, draft.left_out) = cards::left_out(cards),
            Shape::Table(table) => {
                draft.kind = ContactFileKind::Csv;
                draft.delimiter = Some(char::from(table.delimiter).to_string());
                let uses = table.uses(&self.text, fields, is_number(country));
                let named = table.headings.iter().zip(uses);
                draft.columns =
                    named.map(|(name, usage)| ImportColumn { name: name.clone(), usage }).collect();
                draft.preview = table.preview(&self.text);
            }
        }
        draft
    }

    /// How many columns its table has; none for cards.
    pub(super) fn width(&self) -> usize {
        match &self.shape {
            Shape::Table(table) => table.headings.len(),
            Shape::Cards(_) => 0,
        }
    }

    /// Headings of the cells of a walk; of cards there are none, and the client has its own words.
    pub(super) fn headings(&self) -> Vec<String> {
        match &self.shape {
            Shape::Table(table) => table.headings.clone(),
            Shape::Cards(_) => Vec::new(),
        }
    }

    /// Every row or card, in order.
    pub(super) fn walk<'a>(
        &'a self,
        uses: &'a [ColumnUse],
        reading: &'a Reading,
        words: &'a NumberWords,
    ) -> Walk<'a> {
        match &self.shape {
            Shape::Table(table) => {
                let rows = table.rows(&self.text).filter_map(std::result::Result::ok);
                Box::new(rows.map(|(line, cells)| (table::raw(line, &cells, uses), cells)))
            }
            Shape::Cards(cards) => {
                let fields: Vec<ContactField> = reading.fields.iter().flatten().cloned().collect();
                Box::new(cards.iter().map(move |card| {
                    let raw = cards::raw(card, &fields, words);
                    let numbers = raw.numbers.iter().map(|(number, _)| number.as_str());
                    let cells = vec![raw.name.clone(), numbers.collect::<Vec<_>>().join(", ")];
                    (raw, cells)
                }))
            }
        }
    }
}

fn is_number(country: &str) -> impl Fn(&str) -> bool + Copy + use<'_> {
    move |cell: &str| cell.len() < 40 && crate::phone::parse(cell, country).is_ok()
}
