//! Search over everything that a caller may see: messages, sessions, contacts, files.
//!
//! What is found of sessions that a caller sees only as a supervisor is recorded as a look before
//! it leaves. Knows no HTTP and no SQL.

mod hits;
mod keeper;
mod saved;

pub use keeper::start;
pub use saved::{add, list, remove};

use std::collections::BTreeSet;

use crate::App;
use crate::access::Caller;
use crate::error::{Error, Result};
use crate::model::{Hit, Search, SearchCount, SearchCounts, SearchIn, SearchPage, SessionId};
use crate::sessions;
use crate::store::search::{Column, Seeker};
use crate::words::Question;

/// Sessions that are found for one question at most.
const SESSIONS: usize = 200;
/// So far it is counted how much there is.
const COUNTED: usize = 100;

/// What is wanted of what there is.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// What is looked for.
    pub search: Search,
    /// Where.
    pub within: SearchIn,
    /// Place from which it goes on.
    pub after: Option<i64>,
    /// At most so many.
    pub limit: u32,
}

/// What was found, and which looks have to be recorded first.
struct Found {
    hits: Vec<Hit>,
    next: Option<i64>,
    supervised: BTreeSet<SessionId>,
}

/// A page of what was found.
pub async fn find(app: &App, caller: &Caller, wanted: Wanted) -> Result<SearchPage> {
    let asking = caller.clone();
    let found = app.index().read(move |connection| {
        let mut seeker = Seeker::new(connection, &asking, &wanted.search)?;
        match wanted.within {
            SearchIn::Messages => hits::messages(connection, &mut seeker, &wanted),
            SearchIn::Files => hits::files(connection, &mut seeker, &wanted),
            SearchIn::Sessions => hits::sessions(connection, &asking, &mut seeker, &wanted),
            SearchIn::Contacts => hits::contacts(connection, &seeker, &wanted),
        }
    });
    let found = found.await?;
    sessions::look_at(app, caller, found.supervised.into_iter().collect()).await?;
    let (behind, all) = app.index().behind();
    let next = found.next.map(|place| place.to_string());
    Ok(SearchPage { hits: found.hits, next, behind, all })
}

/// How much there is where, as far as it is counted.
pub async fn count(app: &App, caller: &Caller, search: Search) -> Result<SearchCounts> {
    let asking = caller.clone();
    app.index()
        .read(move |connection| {
            let mut seeker = Seeker::new(connection, &asking, &search)?;
            let messages = seeker.messages(Column::Body, None, COUNTED)?;
            let files = seeker.messages(Column::Files, None, COUNTED)?;
            let (sessions, more_sessions) = seeker.sessions(COUNTED)?;
            let (contacts, more_contacts) =
                seeker.contacts(0, u32::try_from(COUNTED).unwrap_or(u32::MAX))?;
            Ok(SearchCounts {
                messages: counted(messages.found.len(), messages.next.is_some()),
                sessions: counted(sessions.len(), more_sessions),
                contacts: counted(contacts.len(), more_contacts),
                files: counted(files.found.len(), files.next.is_some()),
            })
        })
        .await
}

fn counted(count: usize, more: bool) -> SearchCount {
    SearchCount { count: i64::try_from(count).unwrap_or(i64::MAX), more }
}

/// Sessions in which these words were said, or whose customer has them: for a list that is searched.
pub async fn sessions_with(app: &App, caller: &Caller, text: &str) -> Result<Vec<SessionId>> {
    if Question::read(text).is_none() {
        return Ok(Vec::new());
    }
    let asking = caller.clone();
    let search = Search { q: text.to_owned(), ..Search::default() };
    app.index()
        .read(move |connection| {
            Ok(Seeker::new(connection, &asking, &search)?.sessions(SESSIONS)?.0)
        })
        .await
}

/// Reads a place that a page gave.
pub fn read_place(text: &str) -> Result<i64> {
    text.parse().ok().filter(|place| *place >= 0).ok_or_else(|| Error::unreadable(text))
}
