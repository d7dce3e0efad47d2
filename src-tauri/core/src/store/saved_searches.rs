//! Searches that users keep, each for themselves.

use rusqlite::{Connection, params};

use crate::error::{Error, Result};
use crate::model::{SavedSearch, SavedSearchId, Search, SearchIn, Time, UserId};

/// What is kept of a search.
#[derive(serde::Serialize, serde::Deserialize)]
struct Kept {
    #[serde(rename = "in")]
    within: SearchIn,
    search: Search,
}

/// A user's searches, oldest first. One that an older desk cannot read is left out.
pub fn of_user(connection: &Connection, user: UserId) -> Result<Vec<SavedSearch>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, name, search, created_at FROM saved_searches WHERE user_id = ?1 \
         ORDER BY created_at, id",
    )?;
    let rows = statement.query_map([user], |row| {
        let (id, name, created_at): (SavedSearchId, String, Time) =
            (row.get(0)?, row.get(1)?, row.get(3)?);
        Ok((id, name, row.get::<_, String>(2)?, created_at))
    })?;
    let mut found = Vec::new();
    for row in rows {
        let (id, name, kept, created_at) = row?;
        if let Ok(Kept { within, search }) = serde_json::from_str(&kept) {
            found.push(SavedSearch { id, name, within, search, created_at });
        }
    }
    Ok(found)
}

/// Keeps a search.
pub fn insert(connection: &Connection, user: UserId, saved: &SavedSearch) -> Result<()> {
    let kept = Kept { within: saved.within, search: saved.search.clone() };
    let kept = serde_json::to_string(&kept).map_err(|error| Error::Internal(error.to_string()))?;
    connection
        .prepare_cached(
            "INSERT INTO saved_searches (id, user_id, name, search, created_at) \
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![saved.id, user, saved.name, kept, saved.created_at])?;
    Ok(())
}

/// Forgets a user's search; `false`: they have no such.
pub fn delete(connection: &Connection, user: UserId, id: SavedSearchId) -> Result<bool> {
    let deleted = connection
        .prepare_cached("DELETE FROM saved_searches WHERE id = ?1 AND user_id = ?2")?
        .execute(params![id, user])?;
    Ok(deleted > 0)
}
