//! Saved views: who sees them, who changes them, in which order each user has them.
//!
//! A private view is its maker's alone. A shared one is everybody's to use, and its maker's,
//! supervisors' and administrators' to change. Knows no HTTP.

use rusqlite::Connection;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::App;
use crate::access::Caller;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::fields::Fields;
use crate::model::{Folder, SessionFilter, SessionSort, UserId, View, ViewId};
use crate::store::views::{self as store, Entry};

/// Characters of a name.
const NAME: usize = 60;
/// Labels that a filter asks for.
pub(crate) const LABELS: usize = 20;
/// Views that one user keeps to themselves, and views that everybody sees.
const MOST: i64 = 200;
/// Views in one order; nobody sees as many.
const ORDER: usize = 1_000;

/// A view to be saved.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewView {
    /// Name.
    #[schema(min_length = 1, max_length = 60)]
    pub name: String,
    /// The folder that it looks through.
    pub folder: Folder,
    /// What it is narrowed to.
    #[serde(default)]
    pub filter: SessionFilter,
    /// Its order; `null`: the folder's own.
    #[serde(default)]
    pub sort: Option<SessionSort>,
    /// Whether everybody sees it.
    #[serde(default)]
    pub shared: bool,
}

/// Changes to a view; what is left out stays as it is.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ViewChange {
    /// Name.
    #[schema(min_length = 1, max_length = 60)]
    pub name: Option<String>,
    /// Whether everybody sees it.
    pub shared: Option<bool>,
    /// What it shows instead of what it shows now.
    pub shows: Option<Shown>,
}

/// What a view shows.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Shown {
    /// The folder that it looks through.
    pub folder: Folder,
    /// What it is narrowed to.
    #[serde(default)]
    pub filter: SessionFilter,
    /// Its order; `null`: the folder's own.
    #[serde(default)]
    pub sort: Option<SessionSort>,
}

/// Checks a filter that somebody wants to keep or to ask.
pub(crate) fn check(fields: &mut Fields, mut filter: SessionFilter) -> SessionFilter {
    filter.q = fields.text("q", filter.q.trim(), 200);
    if filter.labels.len() > LABELS {
        fields.refuse("label", format!("Ask for at most {LABELS} labels."));
    }
    if let (Some(after), Some(before)) = (filter.after, filter.before)
        && after >= before
    {
        fields.refuse("before", "This is not after the first day.");
    }
    filter
}

/// The views that the caller sees, in their order.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<View>> {
    let caller = caller.clone();
    app.db()
        .read(move |connection| {
            let views = store::of_user(connection, caller.user)?;
            Ok(views.into_iter().map(|view| seen(&caller, view)).collect())
        })
        .await
}

/// Saves a view.
pub async fn create(app: &App, caller: &Caller, new: NewView) -> Result<View> {
    let mut fields = Fields::new();
    let name = fields.line("name", &new.name, 1, NAME);
    let filter = check(&mut fields, new.filter);
    fields.finish()?;
    let NewView { folder, sort, shared, .. } = new;
    let entry = Entry { name, folder, filter, sort, shared };
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            must_be_few(tx, caller.user, entry.shared)?;
            let id = store::insert(tx, caller.user, &entry, tx.now())?;
            tx.emit(Event::ViewChanged { view_id: id }, audience(caller.user, entry.shared));
            Ok(seen(&caller, store::get(tx, id)?))
        })
        .await
}

/// Renames a view, shares it or keeps it to its maker, or lets it show something else.
pub async fn change(app: &App, caller: &Caller, id: ViewId, change: ViewChange) -> Result<View> {
    let mut fields = Fields::new();
    let name = change.name.as_deref().map(|name| fields.line("name", name, 1, NAME));
    let shows =
        change.shows.map(|shows| Shown { filter: check(&mut fields, shows.filter), ..shows });
    fields.finish()?;
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let view = changeable(tx, &caller, id)?;
            let shared = change.shared.unwrap_or(view.shared);
            if !shared && view.maker_id != caller.user {
                return Err(Error::Forbidden("only who made a view may keep it to themselves"));
            }
            if shared != view.shared {
                must_be_few(tx, view.maker_id, shared)?;
            }
            let (folder, filter, sort) = shows
                .map_or((view.folder, view.filter, view.sort), |shows| {
                    (shows.folder, shows.filter, shows.sort)
                });
            let name = name.unwrap_or(view.name);
            store::set(tx, id, &Entry { name, folder, filter, sort, shared })?;
            let told = audience(view.maker_id, shared || view.shared);
            tx.emit(Event::ViewChanged { view_id: id }, told);
            Ok(seen(&caller, store::get(tx, id)?))
        })
        .await
}

/// Forgets a view.
pub async fn delete(app: &App, caller: &Caller, id: ViewId) -> Result<()> {
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let view = changeable(tx, &caller, id)?;
            store::delete(tx, id)?;
            tx.emit(Event::ViewChanged { view_id: id }, audience(view.maker_id, view.shared));
            Ok(())
        })
        .await
}

/// Remembers the caller's own order of the views that they see.
pub async fn reorder(app: &App, caller: &Caller, views: Vec<ViewId>) -> Result<Vec<View>> {
    if views.len() > ORDER {
        return Err(Error::field("views", format!("At most {ORDER} views, please.")));
    }
    let asking = caller.clone();
    app.db()
        .write(move |tx| {
            store::set_order(tx, asking.user, &views)?;
            if let Some(&view_id) = views.first() {
                tx.emit(Event::ViewChanged { view_id }, Audience::user(asking.user));
            }
            let views = store::of_user(tx, asking.user)?;
            Ok(views.into_iter().map(|view| seen(&asking, view)).collect())
        })
        .await
}

/// The view as the caller sees it.
fn seen(caller: &Caller, view: View) -> View {
    let may_change = view.maker_id == caller.user || (view.shared && caller.supervises());
    View { may_change, ..view }
}

/// The view, if the caller may change it. Others' private views do not exist for them.
fn changeable(connection: &Connection, caller: &Caller, id: ViewId) -> Result<View> {
    let view = seen(caller, store::get(connection, id)?);
    if view.may_change {
        Ok(view)
    } else if view.shared {
        Err(Error::Forbidden("only who made this view, or a supervisor, may change it"))
    } else {
        Err(Error::NotFound("view"))
    }
}

/// Refuses one more than everybody's lists hold.
fn must_be_few(connection: &Connection, maker: UserId, shared: bool) -> Result<()> {
    if shared && store::count_shared(connection)? >= MOST {
        let message = format!("{MOST} views are shared already: delete one that nobody uses");
        return Err(Error::Conflict(message));
    }
    if !shared && store::count_private(connection, maker)? >= MOST {
        let message = format!("you keep {MOST} views already: delete one that you do not use");
        return Err(Error::Conflict(message));
    }
    Ok(())
}

/// Who may know of a view.
pub(crate) fn audience(maker: UserId, shared: bool) -> Audience {
    if shared { Audience::everyone() } else { Audience::user(maker) }
}
