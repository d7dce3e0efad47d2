//! What a live chat says by itself, put into the thread and the outbox in the transaction that is
//! the reason for it: so it is said once, however often the reason is told.

use crate::error::Result;
use crate::model::{AutomaticKind, ChannelId, Direction, MessageKind, MessageState, SessionId};
use crate::store::messages::{self, Author, NewRow};
use crate::store::{Tx, contacts, sessions};

/// Who has written what the desk says by itself.
const AUTOMATIC: &str = "Automatic answer";

/// Says something; to a contact who is blocked nothing is said.
pub(crate) fn say(
    tx: &mut Tx<'_>,
    channel: ChannelId,
    session: SessionId,
    kind: AutomaticKind,
    text: &str,
) -> Result<()> {
    if contacts::is_blocked(tx, session)? {
        return Ok(());
    }
    let now = tx.now();
    let entry = NewRow {
        kind: MessageKind::Message,
        direction: Direction::Out,
        author: Some(Author { id: None, name: AUTOMATIC.to_owned() }),
        text: text.to_owned(),
        state: MessageState::Queued,
        automatic: true,
        auto: Some(kind),
        ..NewRow::at(session, channel, now)
    };
    let (id, _) = messages::insert(tx, &entry, now)?;
    // What people said stays what the list shows, and whoever waits for a person still does.
    sessions::note_automatic(tx, session)?;
    crate::sessions::tell_added(tx, session, id, &entry)?;
    metrics::counter!("deskbell_messages_queued_total").increment(1);
    Ok(())
}
