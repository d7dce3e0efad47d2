//! Saved views, and the order in which each user has them.

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::{Error, Result};
use crate::model::{Folder, LabelId, SessionFilter, SessionSort, Time, UserId, View, ViewId};

/// A view as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Name.
    pub name: String,
    /// The folder that it looks through.
    pub folder: Folder,
    /// What it is narrowed to.
    pub filter: SessionFilter,
    /// Its order.
    pub sort: Option<SessionSort>,
    /// Whether everybody sees it.
    pub shared: bool,
}

const COLUMNS: &str = "SELECT v.id, v.name, v.folder, v.filter, v.sort, v.shared, v.maker_id, \
    u.name, v.created_at FROM views v JOIN users u ON u.id = v.maker_id";

/// Whether the caller may change it is decided elsewhere.
fn view(row: &Row<'_>) -> rusqlite::Result<View> {
    let filter: String = row.get(3)?;
    Ok(View {
        id: row.get(0)?,
        name: row.get(1)?,
        folder: row.get(2)?,
        filter: read(&filter)?,
        sort: row.get(4)?,
        shared: row.get(5)?,
        maker_id: row.get(6)?,
        maker_name: row.get(7)?,
        may_change: false,
        created_at: row.get(8)?,
    })
}

fn read(filter: &str) -> rusqlite::Result<SessionFilter> {
    serde_json::from_str(filter)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(3, Type::Text, Box::new(error)))
}

fn written(filter: &SessionFilter) -> Result<String> {
    serde_json::to_string(filter).map_err(|error| Error::Internal(error.to_string()))
}

/// How many views everybody sees.
pub fn count_shared(connection: &Connection) -> Result<i64> {
    let mut statement = connection.prepare_cached("SELECT count(*) FROM views WHERE shared = 1")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// How many views a user keeps to themselves.
pub fn count_private(connection: &Connection, maker: UserId) -> Result<i64> {
    let mut statement = connection
        .prepare_cached("SELECT count(*) FROM views WHERE shared = 0 AND maker_id = ?1")?;
    Ok(statement.query_row([maker], |row| row.get(0))?)
}

/// The views that a user sees, in their order; those that they never moved come last, by age.
pub fn of_user(connection: &Connection, user: UserId) -> Result<Vec<View>> {
    let mut statement = connection.prepare_cached(&format!(
        "{COLUMNS} LEFT JOIN view_places p ON p.view_id = v.id AND p.user_id = ?1 \
         WHERE v.shared = 1 OR v.maker_id = ?1 \
         ORDER BY p.position IS NULL, p.position, v.created_at, v.id"
    ))?;
    let rows = statement.query_map([user], view)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One view; refused when there is none.
pub fn get(connection: &Connection, id: ViewId) -> Result<View> {
    let mut statement = connection.prepare_cached(&format!("{COLUMNS} WHERE v.id = ?1"))?;
    statement.query_row([id], view).optional()?.ok_or(Error::NotFound("view"))
}

/// Keeps a view.
pub fn insert(connection: &Connection, maker: UserId, entry: &Entry, now: Time) -> Result<ViewId> {
    let id = ViewId::new();
    let Entry { name, folder, filter, sort, shared } = entry;
    connection
        .prepare_cached(
            "INSERT INTO views (id, name, maker_id, shared, folder, filter, sort, created_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![id, name, maker, shared, folder, written(filter)?, sort, now])?;
    Ok(id)
}

/// Makes of a view what `entry` says.
pub fn set(connection: &Connection, id: ViewId, entry: &Entry) -> Result<()> {
    let Entry { name, folder, filter, sort, shared } = entry;
    connection
        .prepare_cached(
            "UPDATE views SET name = ?2, shared = ?3, folder = ?4, filter = ?5, sort = ?6 \
             WHERE id = ?1",
        )?
        .execute(params![id, name, shared, folder, written(filter)?, sort])?;
    Ok(())
}

/// Forgets a view.
pub fn delete(connection: &Connection, id: ViewId) -> Result<()> {
    connection.prepare_cached("DELETE FROM views WHERE id = ?1")?.execute([id])?;
    Ok(())
}

/// Gives a user this order of the views.
pub fn set_order(connection: &Connection, user: UserId, views: &[ViewId]) -> Result<()> {
    connection.prepare_cached("DELETE FROM view_places WHERE user_id = ?1")?.execute([user])?;
    let mut statement = connection.prepare_cached(
        "INSERT OR IGNORE INTO view_places (user_id, view_id, position) \
         SELECT ?1, id, ?3 FROM views WHERE id = ?2 AND (shared = 1 OR maker_id = ?1)",
    )?;
    for (position, view) in (0_i64..).zip(views) {
        statement.execute(params![user, view, position])?;
    }
    Ok(())
}

/// Views that ask for a label ask for another one from now on; answers which they are.
pub fn replace_label(connection: &Connection, label: LabelId, with: LabelId) -> Result<Vec<View>> {
    let mut statement =
        connection.prepare_cached(&format!("{COLUMNS} WHERE instr(v.filter, ?1) > 0"))?;
    let rows = statement.query_map([label], view)?;
    let mut found: Vec<View> = rows.collect::<rusqlite::Result<_>>()?;
    found.retain(|view| view.filter.labels.contains(&label));
    for view in &mut found {
        let labels = &mut view.filter.labels;
        labels.retain(|one| *one != label && *one != with);
        labels.push(with);
        connection
            .prepare_cached("UPDATE views SET filter = ?2 WHERE id = ?1")?
            .execute(params![view.id, written(&view.filter)?])?;
    }
    Ok(found)
}
