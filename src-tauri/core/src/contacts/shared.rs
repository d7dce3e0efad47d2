//! What was said with a contact, as far as the caller may know of it: sessions, files, links.

use std::collections::BTreeSet;

use rusqlite::Connection;

use crate::App;
use crate::access::{self, Caller, Sight};
use crate::error::Result;
use crate::model::{ContactFile, ContactFiles, ContactId, ContactLink, Session, SessionId};
use crate::store::contact_files::{self, Shared};
use crate::store::{contacts, session_lists, sessions as session_store};

/// Sessions that are shown and looked through.
const SESSIONS: u32 = 50;
/// Messages of a session that share something, at most.
const SHARED: u32 = 60;
/// Files, and links, at most.
const SHOWN: usize = 100;

/// The sessions with a contact that the caller may see, newest first.
pub async fn sessions(app: &App, caller: &Caller, id: ContactId) -> Result<Vec<Session>> {
    let caller = caller.clone();
    let found = app.db().read(move |connection| seen(connection, &caller, id)).await?;
    Ok(found.into_iter().map(|(session, _)| session).collect())
}

/// The sessions that the caller may see, and how.
fn seen(connection: &Connection, caller: &Caller, id: ContactId) -> Result<Vec<(Session, Sight)>> {
    contacts::get(connection, id)?;
    let mut seen = Vec::new();
    for session in session_lists::of_contact(connection, caller, id, SESSIONS)? {
        let holder = session_store::holder(connection, session.id, caller.user)?;
        let sight = access::sight(caller, &holder);
        if sight != Sight::None {
            seen.push((session, sight));
        }
    }
    Ok(seen)
}

/// Files and links of a contact, newest first. What a supervisor sees of the sessions of others
/// is a look at them, and recorded as one.
pub async fn shared(app: &App, caller: &Caller, id: ContactId) -> Result<ContactFiles> {
    let asking = caller.clone();
    let (shared, looked) = app
        .db()
        .read(move |connection| {
            let (mut shared, mut looked) = (Vec::new(), Vec::<SessionId>::new());
            for (session, sight) in seen(connection, &asking, id)? {
                let found = contact_files::of_session(connection, session.id, SHARED)?;
                if !found.is_empty() && matches!(sight, Sight::Supervising | Sight::Mentioned) {
                    looked.push(session.id);
                }
                shared.extend(found);
            }
            Ok((shared, looked))
        })
        .await?;
    for session in looked {
        crate::sessions::look(app, caller, session).await?;
    }
    Ok(sorted(shared))
}

/// The newest first, each link once.
fn sorted(shared: Vec<Shared>) -> ContactFiles {
    let mut all = collected(shared);
    all.files.truncate(SHOWN);
    all.links.truncate(SHOWN);
    all
}

/// The newest first, each link once.
pub(crate) fn collected(mut shared: Vec<Shared>) -> ContactFiles {
    shared.sort_by_key(|one| std::cmp::Reverse(one.at));
    let (mut all, mut known) = (ContactFiles::default(), BTreeSet::new());
    for one in shared {
        let Shared { message: message_id, session: session_id, at, text, files, .. } = one;
        let files = files.into_iter().map(|file| ContactFile { file, session_id, message_id, at });
        all.files.extend(files);
        for url in links(&text) {
            if known.insert(url.to_owned()) {
                all.links.push(ContactLink { url: url.to_owned(), session_id, message_id, at });
            }
        }
    }
    all
}

/// The web addresses in a text, without the punctuation around them.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter_map(|word| {
        let begin = word.find("https://").or_else(|| word.find("http://"))?;
        let link = word.get(begin..)?;
        let link = link.trim_end_matches(|end: char| ".,;:!?)]}>'\"”’»".contains(end));
        let url = url::Url::parse(link).ok()?;
        url.host_str().is_some_and(|host| !host.is_empty()).then_some(link)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_in_what_people_write() {
        for (text, expected) in [
            ("see https://example.com/a?b=1.", &["https://example.com/a?b=1"][..]),
            ("(http://example.com), ok?", &["http://example.com"]),
            (
                "https://a.example and https://b.example!",
                &["https://a.example", "https://b.example"],
            ),
            ("no://thing, https://", &[]),
            ("javascript://x", &[]),
        ] {
            assert_eq!(links(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
