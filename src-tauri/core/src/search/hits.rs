//! From what matches to what is shown: hits with their pieces and what is around them.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

use rusqlite::Connection;

use super::{Found, SESSIONS, Wanted};
use crate::access::{Caller, Sight};
use crate::error::{Error, Result};
use crate::model::{Contact, Hit, HitSession, Piece, SessionId};
use crate::store::hits::{self as store, Said};
use crate::store::search::{Column, Match, Part, Seeker};
use crate::store::{contacts as cards, sessions as lists};
use crate::words::{self, Question};

/// Messages and notes.
pub(super) fn messages(
    connection: &Connection,
    seeker: &mut Seeker<'_>,
    wanted: &Wanted,
) -> Result<Found> {
    let part = seeker.messages(Column::Body, wanted.after, size(wanted.limit))?;
    let question = seeker.question().cloned();
    let supervised = supervised(&part);
    let hits = said(connection, &part)?
        .into_iter()
        .map(|said| Hit::Message(with_pieces(question.as_ref(), said)))
        .collect();
    Ok(Found { hits, next: part.next, supervised })
}

/// Files whose names hold it.
pub(super) fn files(
    connection: &Connection,
    seeker: &mut Seeker<'_>,
    wanted: &Wanted,
) -> Result<Found> {
    let part = seeker.messages(Column::Files, wanted.after, size(wanted.limit))?;
    let question = seeker.question().cloned();
    let supervised = supervised(&part);
    let mut hits = Vec::new();
    for said in said(connection, &part)? {
        let files = said.files.clone();
        let message = with_pieces(question.as_ref(), said);
        for file in files {
            let name = words::pieces(question.as_ref(), &file.name);
            if question.is_none() || name.iter().any(|piece| piece.hit) {
                hits.push(Hit::File { file, name, message: message.clone() });
            }
        }
    }
    Ok(Found { hits, next: part.next, supervised })
}

/// Sessions. A list shows them; nothing of what was said in them leaves with it but the preview
/// that every list shows, so that this is no look.
pub(super) fn sessions(
    connection: &Connection,
    caller: &Caller,
    seeker: &mut Seeker<'_>,
    wanted: &Wanted,
) -> Result<Found> {
    let (ids, _) = seeker.sessions(SESSIONS)?;
    let skip = usize::try_from(wanted.after.unwrap_or(0)).unwrap_or(usize::MAX);
    let shown = size(wanted.limit);
    let more = ids.len() > skip.saturating_add(shown);
    let mut hits = Vec::new();
    for id in ids.into_iter().skip(skip).take(shown) {
        let session = lists::get(connection, caller, id)?;
        hits.push(Hit::Session { session: Box::new(session) });
    }
    Ok(Found { hits, next: next(more, skip, shown), supervised: BTreeSet::new() })
}

/// Contacts; everyone who is signed in may see them.
pub(super) fn contacts(
    connection: &Connection,
    seeker: &Seeker<'_>,
    wanted: &Wanted,
) -> Result<Found> {
    let skip = u32::try_from(wanted.after.unwrap_or(0)).unwrap_or(u32::MAX);
    let (ids, more) = seeker.contacts(skip, wanted.limit)?;
    let mut hits = Vec::new();
    for id in ids {
        match cards::get(connection, id) {
            Ok(contact) => hits.extend(seeker.question().map(|q| contact_hit(q, contact))),
            Err(Error::NotFound(_)) => {}
            Err(error) => return Err(error),
        }
    }
    let next = next(more, size(skip), size(wanted.limit));
    Ok(Found { hits, next, supervised: BTreeSet::new() })
}

fn contact_hit(question: &Question, contact: Contact) -> Hit {
    let marked = |text: &String| words::pieces(Some(question), text);
    let name = marked(&contact.name);
    let mut also: Vec<Vec<Piece>> = vec![marked(&contact.company), marked(&contact.email)];
    let addresses = contact.identities.iter();
    also.extend(addresses.map(|one| words::address_pieces(question, &one.address)));
    also.push(marked(&contact.remarks));
    also.retain(|pieces| pieces.iter().any(|piece| piece.hit));
    Hit::Contact { contact, name, also }
}

fn with_pieces(question: Option<&Question>, said: Said) -> crate::model::MessageHit {
    let mut hit = said.hit;
    hit.text = words::pieces(question, &said.text);
    hit.files = said.files.iter().map(|file| words::pieces(question, &file.name)).collect();
    hit
}

/// The messages of a part with the conversations around them.
fn said(connection: &Connection, part: &Part<Match>) -> Result<Vec<Said>> {
    let mut around: HashMap<SessionId, Option<HitSession>> = HashMap::new();
    let mut all = Vec::new();
    for found in &part.found {
        if let Entry::Vacant(entry) = around.entry(found.session) {
            entry.insert(store::session(connection, found.session)?);
        }
        let Some(session) = around.get(&found.session).cloned().flatten() else { continue };
        all.extend(store::message(connection, found.seq, session)?);
    }
    Ok(all)
}

/// Sessions whose messages are seen only by the right to supervise, or because a note names the
/// caller: such a look is recorded.
fn supervised(part: &Part<Match>) -> BTreeSet<SessionId> {
    let recorded = |found: &&Match| matches!(found.sight, Sight::Supervising | Sight::Mentioned);
    let seen = part.found.iter().filter(recorded);
    seen.map(|found| found.session).collect()
}

fn size(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

fn next(more: bool, skip: usize, shown: usize) -> Option<i64> {
    more.then(|| i64::try_from(skip.saturating_add(shown)).unwrap_or(i64::MAX))
}
