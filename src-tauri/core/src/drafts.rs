//! What people have begun to write, an answer and a note apart: kept as it is typed, the same on all
//! devices of a person, shown to those who see the session as far as the desk allows. Knows no HTTP.

use crate::App;
use crate::access::{self, Caller, Sight};
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::model::{Draft, DraftInput, KeptDraft, NewMessage, SessionDrafts, SessionId};
use crate::store::drafts as store;
use crate::store::{Tx, messages, sessions, settings};
use crate::{content, rooms};

/// Drafts of one person that are told at once.
const MOST: u32 = 500;

/// All drafts of the caller, the newest first: also those of sessions that somebody else has now.
pub async fn mine(app: &App, caller: &Caller) -> Result<Vec<Draft>> {
    let user = caller.user;
    app.db().read(move |connection| store::of_user(connection, user, MOST)).await
}

/// The drafts of a session that the caller may see.
pub async fn of_session(app: &App, caller: &Caller, id: SessionId) -> Result<SessionDrafts> {
    crate::sessions::look(app, caller, id).await?;
    let caller = caller.clone();
    app.db()
        .read(move |connection| {
            crate::sessions::see(connection, &caller, id)?;
            let mut others = store::of_others(connection, caller.user, id)?;
            if !settings::drafts_visible(connection)? {
                for draft in &mut others {
                    draft.text = None;
                }
            }
            Ok(SessionDrafts { mine: store::of_session(connection, caller.user, id)?, others })
        })
        .await
}

/// Keeps what the caller has written so far; nothing written means that there is no draft any more.
/// The newest wins; what another device had written and this one did not know is handed back.
pub async fn keep(
    app: &App,
    caller: &Caller,
    id: SessionId,
    input: DraftInput,
) -> Result<KeptDraft> {
    let caller = caller.clone();
    let user = caller.user;
    let note = input.note;
    let (kept, audience) = app
        .db()
        .write(move |tx| {
            let place = (id, input.note);
            let known = store::get(tx, user, place)?;
            let empty = input.text.trim().is_empty() && input.file_ids.is_empty();
            let version = if empty {
                store::remove(tx, user, place)?;
                0
            } else {
                check(tx, &caller, id, &input)?;
                let after = known.as_ref().map_or(0, |draft| draft.version + 1);
                let version = tx.now().max(after).max(input.base + 1);
                store::put(tx, user, id, version, &input, tx.now())?;
                version
            };
            let audience = match &known {
                // Who writes on changes nothing that a list shows.
                Some(_) if !empty => Some(audience(tx, &caller, id)?),
                None if empty => None,
                Some(_) | None => {
                    tell(tx, &caller, place, version)?;
                    None
                }
            };
            let replaced =
                known.filter(|draft| draft.version != input.base && differs(draft, &input));
            Ok((KeptDraft { version, replaced }, audience))
        })
        .await?;
    if let Some(audience) = audience {
        let news = rooms::DraftNews { session: id, user, note, version: kept.version };
        app.rooms().tell_draft(news, audience);
    }
    Ok(kept)
}

/// Refuses a draft that could never be sent.
fn check(tx: &Tx<'_>, caller: &Caller, id: SessionId, input: &DraftInput) -> Result<()> {
    let holder = sessions::holder(tx, id, caller.user)?;
    if access::sight(caller, &holder) == Sight::None {
        return Err(Error::NotFound("session"));
    }
    content::check_files(tx, caller, &input.file_ids)?;
    match input.reply_to.map(|quoted| messages::get(tx, quoted)).transpose()? {
        Some(quoted) if quoted.session_id != id => Err(Error::NotFound("message")),
        Some(_) | None => Ok(()),
    }
}

/// Whether a draft holds something that the other one does not.
fn differs(draft: &Draft, input: &DraftInput) -> bool {
    let files = draft.files.iter().any(|file| !input.file_ids.contains(&file.id));
    files || draft.text.trim() != input.text.trim()
}

/// A message was sent or a note written: what was typed on the way to it is no draft any more.
pub(crate) fn sent(
    tx: &mut Tx<'_>,
    caller: &Caller,
    id: SessionId,
    new: &NewMessage,
) -> Result<()> {
    let place = (id, new.note);
    let Some(draft) = store::get(tx, caller.user, place)? else { return Ok(()) };
    let files = draft.files.iter().all(|file| new.file_ids.contains(&file.id));
    if !files || !new.text.trim().starts_with(draft.text.trim()) {
        return Ok(());
    }
    store::remove(tx, caller.user, place)?;
    tell(tx, caller, place, 0)
}

/// Tells that somebody began to write, or has no draft any more.
fn tell(
    tx: &mut Tx<'_>,
    caller: &Caller,
    (id, note): (SessionId, bool),
    version: i64,
) -> Result<()> {
    let audience = audience(tx, caller, id)?;
    let event = Event::DraftChanged { session_id: id, user_id: caller.user, note, version };
    tx.emit(event, audience);
    Ok(())
}

/// Who may know of a draft: those who may know of the session, and its author's other devices.
fn audience(tx: &Tx<'_>, caller: &Caller, id: SessionId) -> Result<Audience> {
    let mut audience = sessions::audience(tx, id)?;
    if !audience.users.contains(&caller.user) {
        audience.users.push(caller.user);
    }
    Ok(audience)
}
