//! Custom fields: what this business keeps of its contacts besides what everybody does.

use crate::App;
use crate::access::Caller;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::model::{ContactField, ContactFieldId, ContactFieldKind};
use crate::store::contact_fields as store;
use crate::store::{Tx, contacts};

/// Fields at most: more than anybody reads on a card.
pub(super) const FIELDS: usize = 40;

/// Adds a custom field.
pub async fn add_field(
    app: &App,
    caller: &Caller,
    name: String,
    kind: ContactFieldKind,
    choices: Vec<String>,
) -> Result<ContactField> {
    caller.must_administer()?;
    app.db()
        .write(move |tx| {
            must_be_free(tx, &name, None)?;
            must_fit(kind, &choices)?;
            if store::all(tx)?.len() >= FIELDS {
                return Err(Error::Conflict(format!(
                    "there are {FIELDS} custom fields already: delete one that nobody needs"
                )));
            }
            let now = tx.now();
            let id = store::insert(tx, &name, kind, &choices, now)?;
            tx.emit(Event::SettingsChanged, Audience::everyone());
            store::get(tx, id)
        })
        .await
}

/// What to change of a custom field; what is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct FieldChange {
    /// Its name.
    pub name: Option<String>,
    /// What there is to choose.
    pub choices: Option<Vec<String>>,
    /// Its place in the order, from 0.
    pub position: Option<usize>,
}

/// Changes a custom field. What may stand in it stays as it is: values hold to it.
pub async fn change_field(
    app: &App,
    caller: &Caller,
    id: ContactFieldId,
    change: FieldChange,
) -> Result<ContactField> {
    caller.must_administer()?;
    app.db()
        .write(move |tx| {
            let field = store::get(tx, id)?;
            let name = change.name.unwrap_or_else(|| field.name.clone());
            let choices = change.choices.unwrap_or_else(|| field.choices.clone());
            must_be_free(tx, &name, Some(id))?;
            must_fit(field.kind, &choices)?;
            must_be_unused(tx, &field, &choices)?;
            store::update(tx, id, &name, &choices)?;
            if let Some(position) = change.position {
                reorder(tx, id, position)?;
            }
            tx.emit(Event::SettingsChanged, Audience::everyone());
            store::get(tx, id)
        })
        .await
}

fn must_be_free(tx: &Tx<'_>, name: &str, but: Option<ContactFieldId>) -> Result<()> {
    if store::is_taken(tx, name, but)? {
        return Err(Error::field("name", "There is a field of this name already."));
    }
    Ok(())
}

/// A choice has at least two things to choose, each once; the others have none.
fn must_fit(kind: ContactFieldKind, choices: &[String]) -> Result<()> {
    let mut seen: Vec<&String> = Vec::new();
    for choice in choices {
        if seen.contains(&choice) {
            return Err(Error::field("choices", format!("“{choice}” is there twice.")));
        }
        seen.push(choice);
    }
    match (kind, choices.len()) {
        (ContactFieldKind::Choice, 0 | 1) => {
            Err(Error::field("choices", "Enter at least two, one on each line."))
        }
        (ContactFieldKind::Choice, _) | (_, 0) => Ok(()),
        (_, _) => Err(Error::field("choices", "Only a choice has something to choose.")),
    }
}

/// What contacts have is not taken out of the list.
fn must_be_unused(tx: &Tx<'_>, field: &ContactField, choices: &[String]) -> Result<()> {
    for gone in field.choices.iter().filter(|choice| !choices.contains(choice)) {
        let count = store::count_value(tx, field.id, gone)?;
        if count > 0 {
            let message = if count == 1 {
                format!("A contact has “{gone}”: give them another choice first.")
            } else {
                format!("{count} contacts have “{gone}”: give them another choice first.")
            };
            return Err(Error::field("choices", message));
        }
    }
    Ok(())
}

/// Puts a field at a place; the others move up or down.
fn reorder(tx: &Tx<'_>, id: ContactFieldId, position: usize) -> Result<()> {
    let mut order: Vec<ContactFieldId> =
        store::all(tx)?.into_iter().map(|field| field.id).filter(|other| *other != id).collect();
    order.insert(position.min(order.len()), id);
    for (position, id) in order.into_iter().enumerate() {
        store::place(tx, id, position)?;
    }
    Ok(())
}

/// Deletes a custom field with everything that stands in it.
pub async fn remove_field(app: &App, caller: &Caller, id: ContactFieldId) -> Result<()> {
    caller.must_administer()?;
    app.db()
        .write(move |tx| {
            store::get(tx, id)?;
            for contact in store::delete(tx, id)? {
                contacts::index(tx, contact)?;
            }
            tx.emit(Event::SettingsChanged, Audience::everyone());
            Ok(())
        })
        .await
}
