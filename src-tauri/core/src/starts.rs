//! How a user starts a session: its first message creates it, or continues the open one if they
//! hold it. Knows no provider: the outbox does the sending.

use rusqlite::Connection;

use crate::App;
use crate::access::{self, Caller};
use crate::connections::Live;
use crate::error::{Error, Result};
use crate::events::SessionChange;
use crate::messages::{Said, check_key, key_taken, live, queue, same_key};
use crate::model::{Message, MessageId, NewSession, Operation, PickUpMode, Session, SessionId};
use crate::store::{
    Tx, contacts, identities, marks, messages as store, numbers, sessions, settings,
};

/// A session that was started, with its first message.
#[derive(Debug)]
pub struct Started {
    /// The session.
    pub session: Session,
    /// The message.
    pub message: Message,
}

/// Starts a session with its first message, or continues the open one if the caller holds it.
pub async fn start(app: &App, caller: &Caller, new: NewSession) -> Result<Started> {
    check_key(&new.client_key)?;
    let asking = caller.clone();
    let app_in = app.clone();
    let started = app
        .db()
        .write(move |tx| {
            if let Some(message) = same_key(tx, &asking, &new.client_key)? {
                let session = crate::sessions::see(tx, &asking, message.session_id)?;
                if session.number_id != new.number_id {
                    return Err(key_taken());
                }
                return Ok(Started { session, message });
            }
            let (session, message) = open_and_queue(tx, &app_in, &asking, &new)?;
            Ok(Started {
                session: sessions::get(tx, &asking, session)?,
                message: store::get(tx, message)?,
            })
        })
        .await?;
    app.wake_outbox();
    Ok(started)
}

fn open_and_queue(
    tx: &mut Tx<'_>,
    app: &App,
    caller: &Caller,
    new: &NewSession,
) -> Result<(SessionId, MessageId)> {
    let number = numbers::get(tx, new.number_id)?.ok_or(Error::NotFound("number"))?;
    if !numbers::may_start(tx, new.number_id, caller.user)? {
        return Err(Error::Forbidden(
            "you may not start sessions from this number; ask an administrator",
        ));
    }
    let live = live(app, number.channel_id)?;
    if !live.limits.may_start {
        return Err(Error::Forbidden("on this channel only the customer can begin"));
    }
    let now = tx.now();
    let address = recipient(tx, &live, new)?;
    let known = contacts::of_address(tx, live.identity, &address, "", now)?;
    let open = sessions::open_of_key(tx, live.id, new.number_id, known.identity)?;
    let id = if let Some(id) = open {
        let holder = sessions::holder(tx, id, caller.user)?;
        if !access::holds(caller, &holder) {
            return Err(crate::sessions::owned(tx, caller, id, &holder)?);
        }
        if holder.owner.is_none() && holder.mode == Some(PickUpMode::Auto) {
            crate::sessions::own(tx, caller, id, &holder)?;
        }
        id
    } else {
        open_session(tx, caller, &live, new, known)?
    };
    let said = Said {
        client_key: &new.client_key,
        text: &new.text,
        file_ids: &new.file_ids,
        reply_to: None,
    };
    let message = queue(tx, caller, &live, id, &said)?;
    Ok((id, message))
}

fn open_session(
    tx: &mut Tx<'_>,
    caller: &Caller,
    live: &Live,
    new: &NewSession,
    known: identities::Known,
) -> Result<SessionId> {
    let now = tx.now();
    let row = sessions::NewRow {
        channel: live.id,
        number: new.number_id,
        identity: known.identity,
        contact: known.contact,
        owner: Some(caller.user),
        queue: None,
        started_by: Some(caller.user),
    };
    let id = sessions::insert(tx, &row, now)?;
    marks::take_part(tx, id, caller.user)?;
    crate::sessions::record(tx, id, live.id, Some(caller), Operation::Started)?;
    crate::sessions::tell_changed(tx, id, SessionChange::Opened, None)?;
    Ok(id)
}

/// The recipient's address in the form in which it is kept.
fn recipient(connection: &Connection, live: &Live, new: &NewSession) -> Result<String> {
    match live.identity {
        // Refused before: visitors begin.
        deskbell_channels::form::IdentityKind::Visitor => Err(Error::NotFound("visitor")),
        deskbell_channels::form::IdentityKind::Demo => {
            let known = identities::find(connection, live.identity, new.to.trim())?;
            match known {
                Some(_) => Ok(new.to.trim().to_owned()),
                None => Err(Error::field(
                    "to",
                    "On the demo channel only its customers can be written to.",
                )),
            }
        }
        deskbell_channels::form::IdentityKind::Phone => {
            let country = match &new.country {
                Some(country) => country.clone(),
                None => settings::country(connection)?,
            };
            crate::phone::parse(&new.to, &country)
                .map(|number| number.e164)
                .map_err(|problem| Error::field("to", problem))
        }
    }
}
