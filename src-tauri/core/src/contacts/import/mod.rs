//! Contacts out of a file: read, looked at in a dry run, brought in few by few, taken back.
//!
//! A file waits in memory until somebody decides about it. What a row would do is judged by the
//! same function in the dry run and in the transaction that does it. Knows no HTTP.

mod apply;
mod cards;
pub(crate) mod headings;
mod plan;
pub(crate) mod raw;
mod rows;
mod source;
mod table;
mod text;
mod undo;
mod vcard;
mod verdict;
mod waiting;
mod wish;

use std::sync::Arc;

use crate::access::Caller;
use crate::app::{App, blocking};
use crate::clock;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::model::{
    ContactImport, ContactImportId, ImportDraft, ImportPlan, ImportProblems, ImportState,
    ImportWish, Role, Time, UserId,
};
use crate::store::contact_imports::{self as store, Begun, Counts};
use crate::store::{Tx, contact_fields, settings, users};

use rows::{Row, Seen};
use source::Source;
pub use waiting::Imports;
use waiting::Turn;
use wish::Prepared;

/// Bytes of a file at most.
pub const FILE_BYTES: u64 = 10 * 1024 * 1024;
/// Rows in one transaction.
const AT_ONCE: usize = 200;
/// For how long an import can be taken back, in milliseconds.
const UNDO: Time = 30 * 60_000;
/// Imports that are listed.
const LISTED: u32 = 20;

/// Reads a file that somebody brings; nothing is changed yet.
pub async fn read(
    app: &App,
    caller: &Caller,
    file_name: String,
    bytes: Vec<u8>,
) -> Result<ImportDraft> {
    caller.must_supervise()?;
    let (country, fields) = app
        .db()
        .read(|connection| Ok((settings::country(connection)?, contact_fields::all(connection)?)))
        .await?;
    let id = ContactImportId::new();
    let (source, draft) = blocking(move || {
        let source = Source::read(file_name, &bytes, &country)?;
        let draft = source.draft(id, &country, &fields);
        Ok((source, draft))
    })
    .await?;
    app.imports().keep(id, caller.user, source, clock::now());
    Ok(draft)
}

/// The file that the caller brought.
fn of(app: &App, caller: &Caller, id: ContactImportId) -> Result<Arc<Source>> {
    caller.must_supervise()?;
    app.imports().of(id, caller.user, clock::now())
}

/// What would come of a file.
pub async fn check(
    app: &App,
    caller: &Caller,
    id: ContactImportId,
    wish: ImportWish,
) -> Result<ImportPlan> {
    let source = of(app, caller, id)?;
    let prepared = Prepared::of(app, caller, &source, wish).await?;
    plan::plan(app, source, prepared).await
}

/// All rows of which something cannot be used.
pub async fn problems(
    app: &App,
    caller: &Caller,
    id: ContactImportId,
    wish: ImportWish,
) -> Result<ImportProblems> {
    let source = of(app, caller, id)?;
    let prepared = Prepared::of(app, caller, &source, wish).await?;
    plan::problems(app, source, prepared).await
}

/// Begins to bring a file in; it goes on by itself.
pub async fn start(
    app: &App,
    caller: &Caller,
    id: ContactImportId,
    wish: ImportWish,
) -> Result<ContactImport> {
    let source = of(app, caller, id)?;
    let mut prepared = Prepared::of(app, caller, &source, wish).await?;
    let turn = app.imports().claim(id)?;
    let begun = Begun {
        id,
        by: caller.user,
        by_name: caller.name.clone(),
        file_name: source.file_name.clone(),
        total: source.rows,
    };
    prepared = app
        .db()
        .write(move |tx| {
            must_still_supervise(tx, begun.by)?;
            let now = tx.now();
            store::begin(tx, &begun, now)?;
            prepared.make_fields(tx, id)?;
            tx.emit(Event::ContactImportChanged { import_id: id }, Audience::everyone());
            Ok(prepared)
        })
        .await?;
    app.imports().drop(id);
    tracing::info!(import.id = %id, user.id = %caller.user, rows = source.rows, "contacts are brought in");
    let (user, going) = (caller.user, app.clone());
    app.tasks().spawn(async move {
        if let Err(error) = run(&going, turn, id, user, source, prepared).await {
            tracing::warn!(import.id = %id, %error, "an import of contacts broke off; the same file goes on where it ended");
        }
    });
    get(app, caller, id).await
}

/// Brings in row after row.
async fn run(
    app: &App,
    turn: Turn,
    id: ContactImportId,
    by: UserId,
    source: Arc<Source>,
    prepared: Prepared,
) -> Result<()> {
    let reading = Arc::new(prepared.reading);
    let (kept, at, words) = (prepared.columns, Arc::clone(&reading), prepared.words);
    let (rows, refused) = blocking(move || {
        let (mut rows, mut refused) = (Vec::new(), 0_u32);
        for (raw, _) in source.walk(&kept, &at, &words) {
            match at.read(raw) {
                Ok(row) => rows.push(row),
                Err(_) => refused += 1,
            }
        }
        Ok((rows, refused))
    })
    .await?;
    let mut seen = Seen::default();
    let mut rest = rows.into_iter();
    loop {
        let some: Vec<Row> = rest.by_ref().take(AT_ONCE).collect();
        if some.is_empty() {
            break;
        }
        if app.stopping().is_cancelled() {
            return Err(Error::Stopping);
        }
        let (manner, reading) = (prepared.manner.clone(), Arc::clone(&reading));
        seen = app
            .db()
            .write(move |tx| {
                must_still_supervise(tx, by)?;
                apply::bring_in(tx, id, by, &some, &reading, &manner, &mut seen)?;
                Ok(seen)
            })
            .await?;
    }
    app.db()
        .write(move |tx| {
            let now = tx.now();
            let counts = Counts { done: refused, skipped: refused, ..Counts::default() };
            store::count(tx, id, counts)?;
            store::end(tx, id, now)
        })
        .await?;
    over(app, turn, id).await?;
    tracing::info!(import.id = %id, "contacts were brought in");
    Ok(())
}

/// Whoever lost the right meanwhile changes nothing any more.
fn must_still_supervise(tx: &Tx<'_>, user: UserId) -> Result<()> {
    let user = users::get(tx, user, tx.now())?;
    match user.role {
        Role::Administrator | Role::Supervisor if !user.disabled => Ok(()),
        Role::Administrator | Role::Supervisor | Role::Agent => {
            Err(Error::Forbidden("only a supervisor or an administrator may do this"))
        }
    }
}

/// One import.
pub async fn get(app: &App, caller: &Caller, id: ContactImportId) -> Result<ContactImport> {
    caller.must_supervise()?;
    let import = app.db().read(move |connection| store::get(connection, id)).await?;
    Ok(told(app, import))
}

/// The newest imports.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<ContactImport>> {
    caller.must_supervise()?;
    let imports = app.db().read(|connection| store::newest(connection, LISTED)).await?;
    Ok(imports.into_iter().map(|import| told(app, import)).collect())
}

/// An import with what is known besides the store: whether it goes on, and until when it can be
/// taken back.
fn told(app: &App, mut import: ContactImport) -> ContactImport {
    let running = app.imports().is_running(import.id);
    import.state = match import.state {
        ImportState::Running | ImportState::Undoing if !running => ImportState::Interrupted,
        ImportState::Done if running => ImportState::Running,
        ImportState::Undone if running => ImportState::Undoing,
        other => other,
    };
    let open = matches!(import.state, ImportState::Done | ImportState::Interrupted);
    let until = import.ended_at.unwrap_or(import.started_at) + UNDO;
    let something = import.added + import.changed > 0;
    import.undo_until = Some(until).filter(|until| open && something && *until > clock::now());
    import
}

/// Begins to take an import back; it goes on by itself.
pub async fn undo(app: &App, caller: &Caller, id: ContactImportId) -> Result<ContactImport> {
    let import = get(app, caller, id).await?;
    if import.undo_until.is_none() {
        return Err(Error::Conflict(
            "this import cannot be taken back: that goes once, and for half an hour".to_owned(),
        ));
    }
    let (turn, by) = (app.imports().claim(id)?, caller.user);
    app.db()
        .write(move |tx| {
            must_still_supervise(tx, by)?;
            store::set_state(tx, id, ImportState::Undoing)?;
            tx.emit(Event::ContactImportChanged { import_id: id }, Audience::everyone());
            Ok(())
        })
        .await?;
    tracing::info!(import.id = %id, user.id = %by, "an import of contacts is taken back");
    let going = app.clone();
    app.tasks().spawn(async move {
        if let Err(error) = take_back(&going, turn, id).await {
            tracing::warn!(import.id = %id, %error, "an import was not taken back whole; it can be tried again");
        }
    });
    get(app, caller, id).await
}

async fn take_back(app: &App, turn: Turn, id: ContactImportId) -> Result<()> {
    let limit = u32::try_from(AT_ONCE).unwrap_or(u32::MAX);
    loop {
        if app.stopping().is_cancelled() {
            return Err(Error::Stopping);
        }
        let some = app.db().write(move |tx| undo::take_back(tx, id, limit)).await?;
        if some.is_none() {
            break;
        }
    }
    app.db()
        .write(move |tx| {
            undo::tidy(tx, id)?;
            store::set_state(tx, id, ImportState::Undone)
        })
        .await?;
    over(app, turn, id).await
}

/// It is told only when the next one may begin: whoever hears it may take it back at once.
async fn over(app: &App, turn: Turn, id: ContactImportId) -> Result<()> {
    drop(turn);
    let event = Event::ContactImportChanged { import_id: id };
    app.db()
        .write(move |tx| {
            tx.emit(event, Audience::everyone());
            Ok(())
        })
        .await
}

/// Drops what nobody can take back any more, and files that nobody decided about.
pub(crate) fn keep_time(app: &App, tx: &Tx<'_>, now: Time) -> Result<()> {
    app.imports().drop_old(now);
    store::drop_old(tx, now - UNDO, 1_000)
}
