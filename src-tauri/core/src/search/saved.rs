//! Searches that users keep, each for themselves.

use crate::App;
use crate::access::Caller;
use crate::error::{Error, Result};
use crate::model::{SavedSearch, SavedSearchId, Search, SearchIn};
use crate::store::saved_searches as store;

/// Searches that one user keeps at most.
const MOST: usize = 100;

/// The caller's searches, oldest first.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<SavedSearch>> {
    let user = caller.user;
    app.db().read(move |connection| store::of_user(connection, user)).await
}

/// Keeps a search for the caller.
pub async fn add(
    app: &App,
    caller: &Caller,
    name: String,
    within: SearchIn,
    search: Search,
) -> Result<SavedSearch> {
    let user = caller.user;
    app.db()
        .write(move |tx| {
            if store::of_user(tx, user)?.len() >= MOST {
                return Err(Error::Conflict(
                    "you keep 100 searches already: remove one first".to_owned(),
                ));
            }
            let id = SavedSearchId::new();
            let saved = SavedSearch { id, name, within, search, created_at: tx.now() };
            store::insert(tx, user, &saved)?;
            Ok(saved)
        })
        .await
}

/// Forgets a search of the caller.
pub async fn remove(app: &App, caller: &Caller, id: SavedSearchId) -> Result<()> {
    let user = caller.user;
    app.db()
        .write(
            move |tx| {
                if store::delete(tx, user, id)? { Ok(()) } else { Err(Error::NotFound("search")) }
            },
        )
        .await
}
