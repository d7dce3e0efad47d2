//! A session as a whole: all that was done in it, all that was shared in it, and what came before.
//! Who may read the thread may read this, and their look is recorded in the same way.

use crate::App;
use crate::access::{self, Caller, Sight};
use crate::contacts::collected;
use crate::error::Result;
use crate::model::{ContactFiles, Message, Session, SessionId};
use crate::store::{contact_files, sessions as store, timeline as entries};

use super::{look, see};

/// Earlier sessions that are told at once.
const EARLIER: usize = 20;

/// Events and notes that are older than `before`, newest first, and whether there are more.
pub async fn timeline(
    app: &App,
    caller: &Caller,
    id: SessionId,
    before: i64,
    limit: u32,
) -> Result<(Vec<Message>, bool)> {
    look(app, caller, id).await?;
    let caller = caller.clone();
    app.db()
        .read(move |connection| {
            see(connection, &caller, id)?;
            entries::part(connection, id, before, limit)
        })
        .await
}

/// Files and links that are older than `before`, newest first, and from where they go on.
pub async fn shared(
    app: &App,
    caller: &Caller,
    id: SessionId,
    before: i64,
    limit: u32,
) -> Result<(ContactFiles, Option<i64>)> {
    look(app, caller, id).await?;
    let caller = caller.clone();
    app.db()
        .read(move |connection| {
            see(connection, &caller, id)?;
            let (found, next) = contact_files::part(connection, id, before, limit)?;
            Ok((collected(found), next))
        })
        .await
}

/// The sessions with the same customer on the same number before this one that the caller may see,
/// newest first. Those that they may not see are not told of.
pub async fn earlier(app: &App, caller: &Caller, id: SessionId) -> Result<Vec<Session>> {
    let caller = caller.clone();
    app.db()
        .read(move |connection| {
            see(connection, &caller, id)?;
            let mut seen = Vec::new();
            for earlier in entries::earlier(connection, id)? {
                let holder = store::holder(connection, earlier, caller.user)?;
                if access::sight(&caller, &holder) != Sight::None {
                    seen.push(store::get(connection, &caller, earlier)?);
                }
                if seen.len() == EARLIER {
                    break;
                }
            }
            Ok(seen)
        })
        .await
}
