//! What the team does with calls: answers, declines, calls back, hangs up. Allowed or refused in the
//! transaction that does it.

use std::sync::Arc;

use deskbell_channels::livechat::frames::{is_candidate, is_sdp};
use rusqlite::Connection;

use super::ending::{Because, over};
use super::switchboard::{Agent, Declined, Live};
use super::{servers, switchboard::Switchboard};
use crate::App;
use crate::access::{self, Caller, Holder, Sight};
use crate::error::{Error, Result, sentence};
use crate::model::{
    CallBack, CallServer, ChannelState, ChatCall, ChatCallId, ChatCallState, ChatCaller, ChatMode,
    SessionId, SessionStatus,
};
use crate::store::chat_calls::{self as store, ChatCallRow, Waiting};
use crate::store::visitors::TokenHash;
use crate::store::{Tx, channels, chat_sites, sessions};

/// Calls that ring for the caller, and the one that they are in.
pub fn mine(app: &App, caller: &Caller) -> Vec<ChatCall> {
    app.chat().calls().of_user(caller.user)
}

fn checked_sdp(sdp: &str) -> Result<()> {
    if is_sdp(sdp) { Ok(()) } else { Err(Error::field("sdp", "Send 1 to 16384 bytes.")) }
}

/// Whom the caller would call in a session, if they may.
struct Callable {
    hash: TokenHash,
    servers: Vec<CallServer>,
}

/// Refuses whoever cannot call the visitor of a session at this moment.
fn callable(
    app: &App,
    c: &Connection,
    caller: &Caller,
    session: SessionId,
    holder: &Holder,
) -> Result<Callable> {
    crate::calls::must_be_allowed(c, caller, session, holder)?;
    let channel = sessions::line(c, session)?.channel;
    let settings = chat_sites::settings(c, channel)?;
    let works = channels::get(c, channel)?.is_some_and(|row| row.state == ChannelState::Active);
    let settings = settings.filter(|kept| works && kept.mode == ChatMode::ChatAndCalls);
    let Some(settings) = settings else { return Err(Error::NoCalls) };
    if store::of_session(c, session)?.is_some() || store::is_calling(c, caller.user)? {
        return Err(Error::CallRunning);
    }
    if store::count_under_way(c, channel)? >= settings.max_calls {
        return Err(Error::Busy);
    }
    let hash = app.chat().hub().visitor_here(session).ok_or(Error::VisitorLeft)?;
    Ok(Callable { hash, servers: servers::of_site(app, c, channel, &settings)? })
}

/// Whether the caller can call the visitor of a session that they see, and with which servers.
pub async fn outlook(app: &App, caller: &Caller, session: SessionId) -> Result<CallBack> {
    let (desk, asking) = (app.clone(), caller.clone());
    let found = app.db().read(move |c| {
        let holder = sessions::holder(c, session, asking.user)?;
        if access::sight(&asking, &holder) == Sight::None {
            return Err(Error::NotFound("session"));
        }
        Ok(callable(&desk, c, &asking, session, &holder))
    });
    match found.await? {
        Ok(callable) => {
            Ok(CallBack { possible: true, code: None, message: None, ice: callable.servers })
        }
        Err(error @ (Error::Store(_) | Error::Io(_) | Error::Internal(_))) => Err(error),
        Err(refusal) => Ok(CallBack {
            possible: false,
            code: Some(refusal.code()),
            message: Some(sentence(&refusal.to_string())),
            ice: Vec::new(),
        }),
    }
}

/// Calls the visitor of a session. The same key again is the same call.
pub async fn call(
    app: &App,
    caller: &Caller,
    session: SessionId,
    (client_key, sdp): (String, String),
) -> Result<ChatCall> {
    crate::calls::check_key(&client_key)?;
    checked_sdp(&sdp)?;
    let (desk, asking) = (app.clone(), caller.clone());
    let begun = app.db().write(move |tx| begin(tx, &desk, &asking, session, &client_key)).await?;
    let switchboard = app.chat().calls();
    let (row, callable) = begun;
    let Some(Callable { hash, servers }) = callable else {
        return Ok(seen(switchboard, &row, caller));
    };
    let mut live = Live::begins(row.clone(), (hash, row.id.to_string()), sdp, servers);
    live.agent = Some(Agent { user: caller.user, device: caller.device });
    switchboard.begin(live);
    Ok(seen(switchboard, &row, caller))
}

/// Writes a call to a visitor down; without whom to call: it was there before.
fn begin(
    tx: &mut Tx<'_>,
    app: &App,
    caller: &Caller,
    session: SessionId,
    client_key: &str,
) -> Result<(ChatCallRow, Option<Callable>)> {
    let key = format!("{}.{client_key}", caller.user);
    if let Some(row) = store::of_key(tx, &key)? {
        if row.session != session {
            return Err(Error::Conflict("this client key belongs to another call".into()));
        }
        return Ok((row, None));
    }
    let holder = sessions::holder(tx, session, caller.user)?;
    let callable = callable(app, tx, caller, session, &holder)?;
    let now = tx.now();
    let place = (sessions::line(tx, session)?.channel, session);
    let agent = Some((caller.user, caller.name.clone()));
    let row = ChatCallRow::rings(key, place, agent, now);
    store::insert(tx, &row)?;
    store::note_in_session(tx, session, Waiting::Stays, now)?;
    metrics::counter!("deskbell_chat_calls_total").increment(1);
    Ok((row, Some(callable)))
}

/// A call as the caller sees it.
fn seen(switchboard: &Switchboard, row: &ChatCallRow, caller: &Caller) -> ChatCall {
    switchboard.seen_by(row.id, caller.user).unwrap_or_else(|| row.seen())
}

/// Answers a visitor's call: the first answer wins, and takes a session that waits.
pub async fn answer(app: &App, caller: &Caller, id: ChatCallId, sdp: String) -> Result<ChatCall> {
    checked_sdp(&sdp)?;
    let (switchboard, asking) = (app.chat().calls().clone(), caller.clone());
    let answered = app.db().write(move |tx| take(tx, &switchboard, &asking, id));
    let row = answered.await?;
    let agent = Agent { user: caller.user, device: caller.device };
    let told = app.chat().calls().answer(&row, agent, Arc::from(sdp));
    told.ok_or(Error::CallOver)
}

fn take(
    tx: &mut Tx<'_>,
    switchboard: &Switchboard,
    caller: &Caller,
    id: ChatCallId,
) -> Result<ChatCallRow> {
    let row = store::get(tx, id)?;
    let holder = sessions::holder(tx, row.session, caller.user)?;
    let knows =
        switchboard.rang_for(id, caller.user) || access::sight(caller, &holder) != Sight::None;
    if row.by != ChatCaller::Visitor || !knows {
        return Err(Error::NotFound("call"));
    }
    if row.state == ChatCallState::Connected {
        let name = row.user_name.unwrap_or_default();
        return Err(Error::AnsweredElsewhere(name));
    }
    if row.state.is_over() {
        return Err(Error::CallOver);
    }
    crate::sessions::must_hold(tx, caller, row.session, &holder)?;
    if store::is_calling(tx, caller.user)? {
        return Err(Error::CallRunning);
    }
    if access::permits(caller, &holder).pick_up {
        crate::sessions::own(tx, caller, row.session, &holder)?;
    }
    let now = tx.now();
    store::answer(tx, id, caller.user, &caller.name, now)?;
    store::note_in_session(tx, row.session, Waiting::Ends, now)?;
    store::get(tx, id)
}

/// Somebody for whom a call rings does not want to answer. Where it rings for others, it rings on.
pub async fn decline(app: &App, caller: &Caller, id: ChatCallId) -> Result<ChatCall> {
    let row = known(app, caller, id).await?;
    let switchboard = app.chat().calls();
    if row.by != ChatCaller::Visitor {
        return Err(Error::NotFound("call"));
    }
    if switchboard.decline(id, caller.user) != Some(Declined::Last) {
        return Ok(seen(switchboard, &row, caller));
    }
    let declined = over(app, id, Because::Declined).await?;
    Ok(declined.ok_or(Error::NotFound("call"))?.seen())
}

/// Hangs up. A call that only rings for the caller is declined by it; one that is over stays as
/// it is.
pub async fn end(app: &App, caller: &Caller, id: ChatCallId) -> Result<ChatCall> {
    let row = known(app, caller, id).await?;
    if row.by == ChatCaller::Visitor && row.state == ChatCallState::Ringing {
        return decline(app, caller, id).await;
    }
    finished(app, caller, row, Because::HungUp).await
}

/// The two browsers do not reach each other.
pub async fn fail(app: &App, caller: &Caller, id: ChatCallId) -> Result<ChatCall> {
    let row = known(app, caller, id).await?;
    finished(app, caller, row, Because::NoMedia).await
}

async fn finished(
    app: &App,
    caller: &Caller,
    row: ChatCallRow,
    because: Because,
) -> Result<ChatCall> {
    if row.user != Some(caller.user) {
        return Err(Error::NotFound("call"));
    }
    let row = over(app, row.id, because).await?.ok_or(Error::NotFound("call"))?;
    Ok(seen(app.chat().calls(), &row, caller))
}

/// A call that the caller may know of: it is theirs, it rang for them, or they hold its session.
async fn known(app: &App, caller: &Caller, id: ChatCallId) -> Result<ChatCallRow> {
    let (switchboard, asking) = (app.chat().calls().clone(), caller.clone());
    let found = app.db().read(move |c| {
        let row = store::get(c, id)?;
        let holder = sessions::holder(c, row.session, asking.user)?;
        let holds = holder.status == SessionStatus::Open && access::holds(&asking, &holder);
        let mine = row.user == Some(asking.user) || switchboard.rang_for(id, asking.user);
        if holds || mine { Ok(row) } else { Err(Error::NotFound("call")) }
    });
    found.await
}

/// A further way to reach the caller's browser: passed on, or kept until the visitor answers.
pub async fn add_candidate(
    app: &App,
    caller: &Caller,
    id: ChatCallId,
    candidate: &str,
) -> Result<()> {
    if !is_candidate(candidate) {
        return Err(Error::field("candidate", "Send at most 2048 bytes."));
    }
    let row = known(app, caller, id).await?;
    if row.user != Some(caller.user) {
        return Err(Error::NotFound("call"));
    }
    app.chat().calls().agent_candidate(id, caller.user, candidate)
}
