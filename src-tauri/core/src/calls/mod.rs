//! Calls from a session: a link for the user's own device, or through the provider of the channel,
//! which calls the user and then the customer and shows them the number of the business.
//!
//! Allowed or refused in the transaction that writes the call down; a lost answer of the provider
//! leaves it uncertain, and nothing is called twice. Knows no HTTP and no provider by name.

pub mod link;
mod state;

use std::sync::Arc;

use deskbell_channels::exchange::{CallNews, Dial, Effect, ErrorKind, SendError};
use deskbell_channels::form::IdentityKind;
use rusqlite::Connection;

use crate::App;
use crate::access::{Caller, Holder};
use crate::connections::{Live, webhook_path};
use crate::error::{Error, Result};
use crate::fields::Fields;
use crate::model::{
    Call, CallId, CallMethod, CallStarted, CallState, Calling, ChannelId, NumberKind, Operation,
    SessionId, Time,
};
use crate::store::calls::{self as store, CallRow};
use crate::store::{Tx, contacts, sessions, settings};

/// After so long without an answer of the provider nobody knows what became of it: 2 minutes.
const ASKED: Time = 120_000;
/// After so long without news a call is taken to be over, in a way that nobody knows: 4 hours.
const TOLD: Time = 4 * 3_600_000;

/// What the transaction decided: the call, and what to ask of which provider.
struct Begun {
    row: CallRow,
    link: Option<String>,
    /// Empty when the call was there before, or when a link does it.
    dial: Option<(Arc<Live>, Dial)>,
}

/// Calls the customer of a session.
pub async fn start(
    app: &App,
    caller: &Caller,
    session: SessionId,
    client_key: String,
) -> Result<CallStarted> {
    check_key(&client_key)?;
    let (asking, app_in) = (caller.clone(), app.clone());
    let begun = app.db().write(move |tx| begin(tx, &app_in, &asking, session, &client_key)).await?;
    let Some((live, dial)) = begun.dial else {
        return Ok(CallStarted { call: begun.row.call, link: begun.link });
    };
    // The call goes on whether or not whoever asked for it waits for the answer.
    let id = begun.row.call.id;
    let desk = app.clone();
    let handed = app.tasks().spawn(async move {
        let answer = live.channel.call(&dial, &live.http).await;
        desk.db().write(move |tx| note_answer(tx, id, answer)).await
    });
    let call = match handed.await {
        Ok(call) => call?,
        Err(error) => return Err(Error::Internal(error.to_string())),
    };
    Ok(CallStarted { call, link: None })
}

/// Refuses what is no id of a client for a call.
pub(crate) fn check_key(key: &str) -> Result<()> {
    let fits = (8..=64).contains(&key.len())
        && key.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.:".contains(letter));
    if fits {
        Ok(())
    } else {
        Err(Error::field("client_key", "Use 8 to 64 letters, digits and - _ . : characters."))
    }
}

/// The call that this key stands for, if it does.
fn same_key(
    tx: &Tx<'_>,
    caller: &Caller,
    session: SessionId,
    client_key: &str,
) -> Result<Option<Begun>> {
    let Some(row) = store::of_client_key(tx, client_key)? else { return Ok(None) };
    if row.call.user_id != caller.user || row.call.session_id != session {
        return Err(Error::Conflict("this client key belongs to another call".into()));
    }
    let calling = store::calling(tx, caller.user)?;
    let link = link::link(row.call.method, &calling.pattern, &row.call.number).ok();
    Ok(Some(Begun { row, link, dial: None }))
}

/// Refuses whoever may not call this session's customer now.
fn may_call(tx: &Tx<'_>, caller: &Caller, session: SessionId) -> Result<()> {
    let holder = sessions::holder(tx, session, caller.user)?;
    must_be_allowed(tx, caller, session, &holder)
}

/// Refuses whoever may not call the customer of a session, over whatever line.
pub(crate) fn must_be_allowed(
    c: &Connection,
    caller: &Caller,
    session: SessionId,
    holder: &Holder,
) -> Result<()> {
    crate::sessions::must_hold(c, caller, session, holder)?;
    if !store::may_call(c, caller.user)? {
        return Err(Error::Forbidden("you may not call customers; ask an administrator"));
    }
    if contacts::is_blocked(c, session)? {
        return Err(Error::Conflict(
            "this contact is blocked: unblock them on their page under Contacts to call them"
                .into(),
        ));
    }
    Ok(())
}

fn begin(
    tx: &mut Tx<'_>,
    app: &App,
    caller: &Caller,
    session: SessionId,
    client_key: &str,
) -> Result<Begun> {
    if let Some(begun) = same_key(tx, caller, session, client_key)? {
        return Ok(begun);
    }
    may_call(tx, caller, session)?;
    let line = sessions::line(tx, session)?;
    if sessions::identity_kind(tx, session)? != IdentityKind::Phone || !line.to.starts_with('+') {
        return Err(Error::Conflict("this customer has no telephone number to call".into()));
    }
    let calling = store::calling(tx, caller.user)?;
    let now = tx.now();
    let mut row = CallRow {
        call: Call {
            id: CallId::new(),
            session_id: session,
            user_id: caller.user,
            method: calling.method,
            number: line.to.clone(),
            state: CallState::HandedOver,
            seconds: None,
            reason: None,
            created_at: now,
        },
        client_key: client_key.to_owned(),
        user_name: caller.name.clone(),
        channel: line.channel,
        shown: line.from.clone(),
        phone: calling.phone.clone(),
        provider_id: None,
    };
    let mut begun = if calling.method == CallMethod::Provider {
        row.call.state = CallState::Starting;
        let dial = dial(tx, app, &row)?;
        Begun { row, link: None, dial: Some(dial) }
    } else {
        let opens = link::link(calling.method, &calling.pattern, &line.to).map_err(|words| {
            Error::Conflict(format!("your calling method does not fit: {words}"))
        })?;
        row.phone = String::new();
        Begun { row, link: Some(opens), dial: None }
    };
    store::insert(tx, &begun.row)?;
    let operation = Operation::Called { method: calling.method, number: line.to };
    crate::sessions::record(tx, session, line.channel, Some(caller), operation)?;
    begun.row = store::get(tx, begun.row.call.id)?;
    Ok(begun)
}

/// What the provider is asked for, or why it cannot be.
fn dial(tx: &Tx<'_>, app: &App, row: &CallRow) -> Result<(Arc<Live>, Dial)> {
    let live = app.connections().get(row.channel).ok_or_else(|| {
        Error::Conflict(
            "this channel is switched off: switch it on under Settings, Channels".into(),
        )
    })?;
    let able = deskbell_channels::provider(live.provider)
        .is_some_and(|provider| provider.description().abilities.calls);
    if !able {
        return Err(Error::Conflict(
            "the provider of this channel makes no calls: choose another method under Settings, Calling"
                .into(),
        ));
    }
    if store::number_kind(tx, row.call.session_id)? != NumberKind::E164 {
        return Err(Error::Conflict("this channel writes under a name, which cannot call".into()));
    }
    if row.phone.is_empty() {
        return Err(Error::Conflict(
            "enter your own telephone under Settings, Calling: the provider calls it first".into(),
        ));
    }
    let public = settings::public_url(tx)?;
    let status_url =
        public.map(|origin| format!("{origin}{}", webhook_path(live.provider, &live.token)));
    let dial = Dial {
        id: row.call.id.to_string(),
        shown: row.shown.clone(),
        phone: row.phone.clone(),
        to: row.call.number.clone(),
        status_url,
    };
    Ok((live, dial))
}

/// What the provider answered to the request for a call.
fn note_answer(
    tx: &mut Tx<'_>,
    id: CallId,
    answer: std::result::Result<deskbell_channels::exchange::Dialled, SendError>,
) -> Result<Call> {
    let row = store::get(tx, id)?;
    match answer {
        Ok(dialled) => {
            store::set_provider_id(tx, id, &dialled.provider_id)?;
            // News may have been faster.
            if row.call.state == CallState::Starting {
                become_state(tx, &row, CallState::YourPhone, None, None)?;
            }
        }
        Err(error) if state::is_over(row.call.state) || row.call.state != CallState::Starting => {
            tracing::info!(call.id = %id, %error, "news of a call was faster than its answer");
        }
        Err(SendError { failure, effect: Effect::Unknown, .. }) => {
            let reason = failure.text.clone();
            become_state(tx, &row, CallState::Uncertain, None, reason.as_deref())?;
        }
        Err(SendError { failure, .. }) => {
            let reason = words(failure.kind, failure.text.as_deref());
            become_state(tx, &row, CallState::Failed, None, Some(&reason))?;
        }
    }
    Ok(store::get(tx, id)?.call)
}

/// Why a call did not work: our words, then the provider's.
fn words(kind: ErrorKind, told: Option<&str>) -> String {
    let ours = match kind {
        ErrorKind::InvalidPhoneNumber => "A telephone number is not right",
        ErrorKind::AuthenticationFailed => "The provider does not accept the account any more",
        ErrorKind::PermissionDenied => "The provider does not allow this call",
        ErrorKind::TooManyRequests => "Too many calls at the moment; try again soon",
        ErrorKind::ServiceUnavailable => "The provider has a fault of its own; try again later",
        ErrorKind::Blocked | ErrorKind::OptedOut => "Calls to this number are blocked",
        ErrorKind::InvalidParameter
        | ErrorKind::UnsupportedMedia
        | ErrorKind::FileTooLarge
        | ErrorKind::OutsideWindow
        | ErrorKind::Other => "The call did not go through",
    };
    match told.map(str::trim).filter(|told| !told.is_empty()) {
        Some(told) => format!("{ours}: {told}"),
        None => format!("{ours}."),
    }
}

/// A call is in another state: kept, and told in the timeline.
fn become_state(
    tx: &mut Tx<'_>,
    row: &CallRow,
    state: CallState,
    seconds: Option<u32>,
    reason: Option<&str>,
) -> Result<()> {
    let now = tx.now();
    store::set_state(tx, row.call.id, state, (seconds, reason), now)?;
    let operation = Operation::CallChanged {
        state,
        name: row.user_name.clone(),
        seconds,
        reason: reason.map(str::to_owned),
    };
    crate::sessions::record(tx, row.call.session_id, row.channel, None, operation)
}

/// Applies the provider's news of a call; `false`: nothing new, or no call of this channel.
pub(crate) fn apply(tx: &mut Tx<'_>, channel: ChannelId, news: &CallNews) -> Result<bool> {
    let ours = news.our_id.as_deref().and_then(|id| id.parse::<CallId>().ok());
    let found = match ours {
        Some(id) => store::find(tx, id)?,
        None => None,
    };
    let Some(row) = found.filter(|row| row.channel == channel) else { return Ok(false) };
    let Some(next) = state::next(row.call.state, news) else { return Ok(false) };
    let reason = match next {
        CallState::Failed => {
            let failure = news.failure.as_ref();
            let kind = failure.map_or(ErrorKind::Other, |failure| failure.kind);
            Some(words(kind, failure.and_then(|failure| failure.text.as_deref())))
        }
        _ => None,
    };
    let seconds = news.seconds.filter(|_| next == CallState::Ended);
    become_state(tx, &row, next, seconds, reason.as_deref())?;
    Ok(true)
}

/// Calls of which nothing more was heard are uncertain.
pub(crate) fn keep_time(tx: &mut Tx<'_>, now: Time) -> Result<()> {
    for row in store::silent(tx, now - ASKED, now - TOLD)? {
        let reason = "The provider told nothing more.";
        become_state(tx, &row, CallState::Uncertain, None, Some(reason))?;
    }
    Ok(())
}

/// The calls of a session that the caller may see.
pub async fn of_session(app: &App, caller: &Caller, session: SessionId) -> Result<Vec<Call>> {
    let caller = caller.clone();
    app.db()
        .read(move |c: &Connection| {
            crate::sessions::see(c, &caller, session)?;
            store::of_session(c, session)
        })
        .await
}

/// How the caller calls.
pub async fn calling(app: &App, caller: &Caller) -> Result<Calling> {
    let user = caller.user;
    app.db().read(move |c| store::calling(c, user)).await
}

/// Sets how the caller calls.
pub async fn set_calling(app: &App, caller: &Caller, wish: Calling) -> Result<Calling> {
    let user = caller.user;
    app.db()
        .write(move |tx| {
            let calling = checked(tx, wish)?;
            store::set_calling(tx, user, &calling)?;
            let event = crate::events::Event::UserChanged { user_id: user };
            tx.emit(event, crate::events::Audience::user(user));
            Ok(calling)
        })
        .await
}

fn checked(c: &Connection, wish: Calling) -> Result<Calling> {
    let mut fields = Fields::new();
    let pattern = wish.pattern.trim().to_owned();
    if (wish.method == CallMethod::Pattern || !pattern.is_empty())
        && let Some(words) = link::problem(&pattern)
    {
        fields.refuse("pattern", words);
    }
    let phone = match wish.phone.trim() {
        "" if wish.method == CallMethod::Provider => {
            fields.refuse("phone", "Enter your own telephone: the provider calls it first.");
            String::new()
        }
        "" => String::new(),
        typed => match crate::phone::parse(typed, &settings::country(c)?) {
            Ok(phone) => phone.e164,
            Err(words) => {
                fields.refuse("phone", words);
                String::new()
            }
        },
    };
    fields.finish()?;
    Ok(Calling { method: wish.method, pattern, phone })
}

/// The link that a method makes of a number, to try it out before it is saved.
pub async fn try_out(app: &App, wish: Calling, number: String) -> Result<String> {
    app.db()
        .read(move |c| {
            let number = crate::phone::parse(&number, &settings::country(c)?)
                .map_err(|words| Error::field("number", words))?;
            link::link(wish.method, &wish.pattern, &number.e164)
                .map_err(|words| Error::field("pattern", words))
        })
        .await
}
