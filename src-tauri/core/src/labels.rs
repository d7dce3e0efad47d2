//! What people do with labels: make them, put them on sessions and contacts, tidy them up.
//!
//! Everyone makes and puts labels; what changes a label for everybody is for supervisors and
//! administrators. Knows no HTTP.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::App;
use crate::access::Caller;
use crate::error::{Error, Result};
use crate::events::{Audience, Event, SessionChange};
use crate::fields::Fields;
use crate::model::{
    Contact, ContactId, Label, LabelColour, LabelId, Operation, Session, SessionId,
};
use crate::sessions;
use crate::store::{Tx, contacts, labels as store, sessions as session_store, views as view_store};
use crate::views;

/// Characters of a name.
const NAME: usize = 40;
/// Labels on one session or contact.
pub(crate) const LIMIT: usize = 20;
/// Labels that there are: every client has all of them.
const MOST: i64 = 500;

/// A label to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLabel {
    /// Name, unique without regard to case.
    #[schema(min_length = 1, max_length = 40)]
    pub name: String,
    /// Its colour.
    pub colour: LabelColour,
}

/// Changes to a label; what is left out stays as it is.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LabelChange {
    /// Name.
    #[schema(min_length = 1, max_length = 40)]
    pub name: Option<String>,
    /// Colour.
    pub colour: Option<LabelColour>,
}

/// All labels by name.
pub async fn list(app: &App) -> Result<Vec<Label>> {
    app.db().read(store::list).await
}

/// Makes a label.
pub async fn create(app: &App, wish: NewLabel) -> Result<Label> {
    let mut fields = Fields::new();
    let name = fields.line("name", &wish.name, 1, NAME);
    fields.finish()?;
    app.db()
        .write(move |tx| {
            free_name(tx, &name, None)?;
            if store::count(tx)? >= MOST {
                return Err(Error::Conflict(format!(
                    "there are {MOST} labels already: delete one that nobody needs, or merge two"
                )));
            }
            let id = store::insert(tx, &name, wish.colour, tx.now())?;
            tell(tx, id);
            store::get(tx, id)
        })
        .await
}

/// Renames or recolours a label, for everyone.
pub async fn change(app: &App, caller: &Caller, id: LabelId, change: LabelChange) -> Result<Label> {
    caller.must_supervise()?;
    let mut fields = Fields::new();
    let name = change.name.as_deref().map(|name| fields.line("name", name, 1, NAME));
    fields.finish()?;
    app.db()
        .write(move |tx| {
            store::get(tx, id)?;
            if let Some(name) = &name {
                free_name(tx, name, Some(id))?;
                store::set_name(tx, id, name)?;
            }
            if let Some(colour) = change.colour {
                store::set_colour(tx, id, colour)?;
            }
            tell(tx, id);
            store::get(tx, id)
        })
        .await
}

/// Deletes a label; it leaves everything that it was put on.
pub async fn delete(app: &App, caller: &Caller, id: LabelId) -> Result<()> {
    caller.must_supervise()?;
    app.db()
        .write(move |tx| {
            store::get(tx, id)?;
            store::delete(tx, id)?;
            tell(tx, id);
            Ok(())
        })
        .await
}

/// Makes one label of two: everything that has `id` has `into` instead, saved views as well.
pub async fn merge(app: &App, caller: &Caller, id: LabelId, into: LabelId) -> Result<Label> {
    caller.must_supervise()?;
    if id == into {
        return Err(Error::field("into", "Choose another label than this one."));
    }
    app.db()
        .write(move |tx| {
            store::get(tx, id)?;
            store::name(tx, into)
                .map_err(|_| Error::field("into", "This label is not there any more."))?;
            store::put_where(tx, into, id)?;
            for view in view_store::replace_label(tx, id, into)? {
                let event = Event::ViewChanged { view_id: view.id };
                tx.emit(event, views::audience(view.maker_id, view.shared));
            }
            store::delete(tx, id)?;
            tell(tx, id);
            tell(tx, into);
            store::get(tx, into)
        })
        .await
}

/// Gives a session exactly these labels, and says in its timeline what changed.
pub async fn put_on_session(
    app: &App,
    caller: &Caller,
    id: SessionId,
    wanted: Vec<LabelId>,
) -> Result<Session> {
    few(&wanted)?;
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            sessions::see(tx, &caller, id)?;
            set(tx, &caller, id, &wanted)?;
            session_store::get(tx, &caller, id)
        })
        .await
}

/// Puts labels on a session and takes others off; what else it has stays.
pub async fn relabel(
    app: &App,
    caller: &Caller,
    id: SessionId,
    add: Vec<LabelId>,
    remove: Vec<LabelId>,
) -> Result<()> {
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            sessions::see(tx, &caller, id)?;
            let mut wanted = store::of_session(tx, id)?;
            wanted.retain(|label| !remove.contains(label));
            let fresh: Vec<LabelId> =
                add.into_iter().filter(|label| !wanted.contains(label)).collect();
            wanted.extend(fresh);
            wanted.dedup();
            few(&wanted)?;
            set(tx, &caller, id, &wanted)
        })
        .await
}

/// Gives a session exactly these labels. Whether the caller may see it is decided elsewhere.
fn set(tx: &mut Tx<'_>, caller: &Caller, id: SessionId, wanted: &[LabelId]) -> Result<()> {
    let had = store::of_session(tx, id)?;
    let (mut added, mut removed) = (Vec::new(), Vec::new());
    for label in wanted.iter().filter(|label| !had.contains(label)) {
        let name = store::name(tx, *label).map_err(|_| unknown())?;
        if !added.contains(&name) {
            added.push(name);
        }
        store::put_on_session(tx, id, *label)?;
    }
    for label in had.iter().filter(|label| !wanted.contains(label)) {
        removed.push(store::name(tx, *label)?);
        store::take_off_session(tx, id, *label)?;
    }
    if added.is_empty() && removed.is_empty() {
        return Ok(());
    }
    removed.sort_unstable();
    let channel = session_store::line(tx, id)?.channel;
    let operation = Operation::Labelled { added, removed };
    sessions::record(tx, id, channel, Some(caller), operation)?;
    sessions::tell_changed(tx, id, SessionChange::Other, None)
}

/// Gives a contact exactly these labels.
pub async fn put_on_contact(app: &App, id: ContactId, wanted: Vec<LabelId>) -> Result<Contact> {
    few(&wanted)?;
    app.db()
        .write(move |tx| {
            contacts::get(tx, id)?;
            for label in &wanted {
                store::name(tx, *label).map_err(|_| unknown())?;
            }
            store::set_of_contact(tx, id, &wanted)?;
            tx.emit(Event::ContactChanged { contact_id: id }, Audience::everyone());
            contacts::get(tx, id)
        })
        .await
}

fn few(wanted: &[LabelId]) -> Result<()> {
    if wanted.len() > LIMIT {
        return Err(Error::field("labels", format!("At most {LIMIT} labels, please.")));
    }
    Ok(())
}

fn unknown() -> Error {
    Error::field("labels", "One of these labels is not there any more.")
}

fn tell(tx: &mut Tx<'_>, label_id: LabelId) {
    tx.emit(Event::LabelChanged { label_id }, Audience::everyone());
}

fn free_name(tx: &Tx<'_>, name: &str, own: Option<LabelId>) -> Result<()> {
    match store::id_of_name(tx, name)? {
        Some(other) if Some(other) != own => {
            Err(Error::field("name", "There is a label with this name."))
        }
        Some(_) | None => Ok(()),
    }
}
