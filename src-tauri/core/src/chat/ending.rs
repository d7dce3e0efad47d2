//! How a chat ends: by the agent, by the visitor, by silence. Whoever ends it, the visitor hears the
//! same words, in the same transaction.

use super::automatic;
use crate::App;
use crate::error::Result;
use crate::model::{AutomaticKind, ChannelId, ChannelState, ClosedBy, SessionId};
use crate::store::visitors::{self, TokenHash};
use crate::store::{Tx, channels, chat_sites, numbers, sessions};

/// A session is about to end: a live chat says so to its visitor.
pub(crate) fn say_goodbye(tx: &mut Tx<'_>, session: SessionId, by: ClosedBy) -> Result<()> {
    match by {
        ClosedBy::Agent | ClosedBy::Visitor | ClosedBy::Silence => {}
        // The channel goes, and what would be said with it.
        ClosedBy::Administrator => return Ok(()),
    }
    let channel = sessions::line(tx, session)?.channel;
    let Some(settings) = chat_sites::settings(tx, channel)? else { return Ok(()) };
    let closed = settings.messages.closed;
    let works = channels::get(tx, channel)?.is_some_and(|row| row.state == ChannelState::Active);
    if !closed.on || !works {
        return Ok(());
    }
    automatic::say(tx, channel, session, AutomaticKind::Closing, &closed.text)
}

/// The visitor ends their chat. `None`: none was open.
pub async fn by_visitor(
    app: &App,
    channel: ChannelId,
    hash: TokenHash,
) -> Result<Option<SessionId>> {
    let ended = app
        .db()
        .write(move |tx| {
            let Some(known) = visitors::of_token(tx, &hash)? else { return Ok(None) };
            let Some(number) = numbers::of_channel(tx, channel)?.into_iter().next() else {
                return Ok(None);
            };
            let open = sessions::open_of_key(tx, channel, number.id, known.identity)?;
            if let Some(session) = open {
                crate::sessions::close(tx, session, None, ClosedBy::Visitor)?;
            }
            Ok(open)
        })
        .await?;
    app.wake_outbox();
    Ok(ended)
}
