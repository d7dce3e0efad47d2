//! How a file is to be brought in: checked, with the custom fields that its columns mean.

use super::rows::{Reading, SHORT};
use super::source::Source;
use super::verdict::Manner;
use crate::access::Caller;
use crate::app::App;
use crate::contacts::custom::FIELDS;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::fields::Fields;
use crate::model::{
    ColumnUse, ContactField, ContactFieldId, ContactFieldKind, ContactImportId, ImportTarget,
    ImportWish, NumberWords, fold,
};
use crate::store::{Tx, contact_fields, contact_imports as store, settings};

/// A wish that fits its file and this desk.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    pub(super) columns: Vec<ColumnUse>,
    pub(super) reading: Reading,
    pub(super) manner: Manner,
    pub(super) words: NumberWords,
}

impl Prepared {
    /// Checks a wish.
    pub(super) async fn of(
        app: &App,
        caller: &Caller,
        source: &Source,
        wish: ImportWish,
    ) -> Result<Self> {
        if wish.columns.len() != source.width() {
            return Err(Error::field("columns", "Say what becomes of every column of the file."));
        }
        let mut fields = Fields::new();
        let label = fields.line("label", &wish.label, 0, SHORT);
        for word in [&wish.words.mobile, &wish.words.work, &wish.words.home] {
            fields.line("words", word, 0, SHORT);
        }
        for one in &wish.columns {
            fields.line("columns", &one.remark, 0, SHORT);
            if one.to == ImportTarget::NewField {
                fields.line("columns", &one.name, 1, 60);
            }
        }
        fields.finish()?;
        if wish.columns.iter().any(|one| one.to == ImportTarget::NewField) {
            caller.must_administer()?;
        }
        let (country, all) = app
            .db()
            .read(|connection| {
                Ok((settings::country(connection)?, contact_fields::all(connection)?))
            })
            .await?;
        let fields = if source.width() == 0 {
            all.into_iter().map(Some).collect()
        } else {
            fields_of(&wish.columns, &all)?
        };
        Ok(Self {
            columns: wish.columns,
            reading: Reading { country, fields },
            manner: Manner { known: wish.known, label },
            words: wish.words,
        })
    }

    /// Makes the custom fields that are not there yet.
    pub(super) fn make_fields(&mut self, tx: &mut Tx<'_>, id: ContactImportId) -> Result<()> {
        let mut made = store::made(tx, id)?;
        let mut known = contact_fields::all(tx)?;
        for (one, place) in self.columns.iter().zip(&mut self.reading.fields) {
            if one.to != ImportTarget::NewField {
                continue;
            }
            let name = one.name.trim();
            let there = known.iter().find(|field| fold(&field.name) == fold(name));
            if let Some(field) = there {
                *place = Some(field.clone());
                continue;
            }
            if known.len() >= FIELDS {
                return Err(Error::field(
                    "columns",
                    format!(
                        "There can be {FIELDS} custom fields: leave out a column, or put it into one that is there."
                    ),
                ));
            }
            let now = tx.now();
            let field = contact_fields::insert(tx, name, ContactFieldKind::Text, &[], now)?;
            made.fields.push(field);
            let field = contact_fields::get(tx, field)?;
            known.push(field.clone());
            *place = Some(field);
        }
        if !made.fields.is_empty() {
            store::set_made(tx, id, &made)?;
            tx.emit(Event::SettingsChanged, Audience::everyone());
        }
        Ok(())
    }
}

/// The custom field of each column; one that is to be made is a text.
fn fields_of(columns: &[ColumnUse], all: &[ContactField]) -> Result<Vec<Option<ContactField>>> {
    columns
        .iter()
        .map(|one| match one.to {
            ImportTarget::Field => {
                let found = all.iter().find(|field| Some(field.id) == one.field_id);
                let gone = || Error::field("columns", "A custom field is not there any more.");
                found.cloned().map(Some).ok_or_else(gone)
            }
            ImportTarget::NewField => {
                let name = one.name.trim();
                let known = all.iter().find(|field| fold(&field.name) == fold(name)).cloned();
                Ok(Some(known.unwrap_or_else(|| ContactField {
                    id: ContactFieldId::new(),
                    name: name.to_owned(),
                    kind: ContactFieldKind::Text,
                    choices: Vec::new(),
                    used_by: 0,
                })))
            }
            _ => Ok(None),
        })
        .collect()
}
