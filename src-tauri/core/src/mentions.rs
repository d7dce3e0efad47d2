//! Colleagues named in notes: whom a note may name, and what that gives them: they read the session
//! and write notes in it from then on. Knows no HTTP.

use crate::access::{self, Caller, Holder, Sight};
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::model::{ChannelId, MessageId, Operation, SessionId, UserId};
use crate::store::mentions::{self as store, Note};
use crate::store::{Tx, messages, sessions, users};

/// Somebody whom a note names.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    user: UserId,
    name: String,
    /// Whether they could see the session already.
    saw: bool,
}

/// Those of `wanted` whom a note of the caller names; refused when one of them may not be named.
/// Who could give the session to anybody may name anybody; who was named themselves brings nobody
/// else in.
pub(crate) fn named(
    tx: &Tx<'_>,
    caller: &Caller,
    id: SessionId,
    holder: &Holder,
    wanted: &[UserId],
) -> Result<Vec<Named>> {
    let brings_in = access::permits(caller, holder).bring_in;
    let mut named: Vec<Named> = Vec::new();
    for user in wanted {
        if *user == caller.user || named.iter().any(|one| one.user == *user) {
            continue;
        }
        let Some((name, role)) = store::nameable(tx, *user)? else {
            return Err(Error::field("mentions", "One of them cannot sign in. Choose again."));
        };
        let queues = users::queues_of(tx, *user)?;
        let them = Caller { user: *user, name, role, queues, device: caller.device };
        let saw = access::sight(&them, &sessions::holder(tx, id, *user)?) != Sight::None;
        if !saw && !brings_in {
            let message = format!(
                "{} does not see this session. Only who has it, or a supervisor, can bring them in.",
                them.name
            );
            return Err(Error::field("mentions", message));
        }
        named.push(Named { user: *user, name: them.name, saw });
    }
    Ok(named)
}

/// The note was written: whom it names may read along, and hears of it.
pub(crate) fn tell(
    tx: &mut Tx<'_>,
    caller: &Caller,
    message_id: MessageId,
    channel: ChannelId,
    people: &[Named],
) -> Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    let note = messages::get(tx, message_id)?;
    let session_id = note.session_id;
    let (by, at) = (caller.author(), tx.now());
    let everybody: Vec<UserId> = people.iter().map(|one| one.user).collect();
    store::keep(tx, message_id, &everybody)?;
    for user in &everybody {
        let note = Note { session: session_id, seq: note.seq, by: &by, at };
        store::add(tx, *user, &note)?;
    }
    let names: Vec<String> =
        people.iter().filter(|one| !one.saw).map(|one| one.name.clone()).collect();
    if !names.is_empty() {
        let operation = Operation::BroughtIn { names };
        crate::sessions::record(tx, session_id, channel, Some(caller), operation)?;
    }
    let event = Event::Mentioned { session_id, message_id, author_id: caller.user };
    tx.emit(event, Audience::users(everybody));
    Ok(())
}
