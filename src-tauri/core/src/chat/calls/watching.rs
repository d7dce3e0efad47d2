//! What happens to calls by itself: time passes, sessions change hands or end, people come and
//! leave, the desk starts.

use super::callees::{self, Reach};
use super::ending::{Because, finish, outcome, over, settle};
use super::switchboard::{Due, Team};
use super::visitors;
use crate::App;
use crate::access::{self, Caller};
use crate::clock;
use crate::error::Result;
use crate::model::{ChannelId, ChatCall, ChatMode, DeviceId, Presence, SessionId, Time};
use crate::store::chat_calls as store;
use crate::store::{chat_sites, sessions, users};

/// A desk that starts knows nothing more of the calls that were under way: they failed.
pub async fn fail_left(app: &App) -> Result<()> {
    app.db()
        .write(|tx| {
            for row in store::under_way(tx)? {
                if let Some(outcome) = outcome(row.state, Because::DeskStopped) {
                    finish(tx, &row, outcome)?;
                }
            }
            Ok(())
        })
        .await
}

/// Calls that rang for long enough are missed; one whose end is gone for too long is over.
pub async fn keep_time(app: &App, now: Time) -> Result<()> {
    for (id, due) in app.chat().calls().due(now) {
        let because = match due {
            Due::NoAnswer => Because::NoAnswer,
            Due::LineLost => Because::LineLost,
        };
        over(app, id, because).await?;
    }
    Ok(())
}

/// A session changed hands or ended: its call rings for whoever has it, or is over. Who talks goes
/// on.
pub(crate) async fn reassigned(app: &App, session: SessionId) -> Result<()> {
    let switchboard = app.chat().calls();
    let Some(id) = switchboard.of_session(session) else { return Ok(()) };
    settle(app, id).await?;
    if switchboard.of_session(session).is_none() {
        return Ok(());
    }
    let (team, now) = (switchboard.team(), clock::now());
    let reach = app.db().read(move |c| {
        let circle = sessions::circle(c, session)?;
        callees::reach(c, &team, (circle.owner, circle.queue), now)
    });
    match reach.await? {
        Reach::Rings(users) => switchboard.ring_for(id, &users),
        Reach::Busy | Reach::Nobody => switchboard.ring_for(id, &[]),
    }
    Ok(())
}

/// A device was signed out: its call is over.
pub(crate) async fn signed_out(app: &App, device: DeviceId) -> Result<()> {
    for id in app.chat().calls().of_device(device) {
        over(app, id, Because::HungUp).await?;
    }
    Ok(())
}

/// Somebody opens a page of the workspace: what rings in sessions that they hold rings for them as
/// well. Answers everything that concerns them.
pub(crate) async fn join(app: &App, caller: &Caller) -> Result<Vec<ChatCall>> {
    let switchboard = app.chat().calls();
    let ringing = switchboard.ringing_at_team();
    if !ringing.is_empty() {
        let (asking, now) = (caller.clone(), clock::now());
        let found = app.db().read(move |c| {
            let presence = users::presence(c, asking.user, now)?;
            let mut theirs = Vec::new();
            for (id, session) in ringing {
                let holder = sessions::holder(c, session, asking.user)?;
                let owns = holder.owner == Some(asking.user);
                if access::holds(&asking, &holder)
                    && (owns || presence == Some(Presence::Available))
                {
                    theirs.push(id);
                }
            }
            Ok(theirs)
        });
        for id in found.await? {
            switchboard.ring_also_for(id, caller.user);
        }
    }
    Ok(switchboard.of_user(caller.user))
}

/// Whether visitors of a site can call at `now`.
pub(crate) fn site_calls(
    c: &rusqlite::Connection,
    team: &Team,
    channel: ChannelId,
    now: Time,
) -> Result<bool> {
    let settings = chat_sites::settings(c, channel)?;
    if settings.is_none_or(|kept| kept.mode != ChatMode::ChatAndCalls) {
        return Ok(false);
    }
    visitors::of_site(c, team, channel, now)
}
