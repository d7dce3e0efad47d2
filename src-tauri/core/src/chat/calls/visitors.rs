//! What visitors do with calls: call, answer, decline, hang up. A call belongs to whoever proves to
//! be its visitor; of another's they reach nothing.

use std::sync::Arc;

use deskbell_channels::livechat::frames::Form;

use super::callees::{self, Reach};
use super::ending::{Because, over};
use super::servers;
use super::switchboard::{Live, Team};
use crate::App;
use crate::chat::greeting::{self, Greeting, Room};
use crate::chat::hub::{CallNews, CallTold};
use crate::chat::saying::{self, Answers, Place, Refusal, Speaker, full_key};
use crate::chat::visits;
use crate::clock;
use crate::error::Result;
use crate::events::{Audience, SessionChange};
use crate::model::{
    CallServer, ChannelId, ChannelState, ChatCallId, ChatCallState, ChatCaller, ChatMode,
    IdentityId, SessionId, UserId,
};
use crate::routing;
use crate::store::chat_calls::{self as store, ChatCallRow, Waiting};
use crate::store::identities::Known;
use crate::store::visitors::{self as people, TokenHash};
use crate::store::{Tx, channels, chat_sites, contacts, marks, numbers, sessions};

/// A visitor's wish to speak with somebody.
#[derive(Debug, Clone)]
pub struct Wish {
    /// The browser's own id for the call.
    pub call: String,
    /// How the browser can be reached.
    pub sdp: String,
    /// What they answered in the form before the chat.
    pub form: Option<Form>,
    /// Whether they agreed to what stands under it.
    pub consent: bool,
}

/// What came of a wish to call.
#[derive(Debug, Clone)]
pub enum Rung {
    /// It is on disk and rings.
    Rings {
        /// The session.
        session: SessionId,
        /// Who may know of it.
        audience: Audience,
        /// Whose it is.
        identity: IdentityId,
        /// Servers that help the two ends to find each other.
        servers: Vec<CallServer>,
    },
    /// There was this call already, and it is over.
    Over(CallNews),
}

/// A call that was written down, and for whom it rings; for nobody: it was there before.
struct Begun {
    row: ChatCallRow,
    identity: IdentityId,
    audience: Audience,
    servers: Vec<CallServer>,
    rings: Vec<UserId>,
}

/// A visitor calls, on one of their lines. When this answers with [`Rung::Rings`], it is on disk.
pub async fn ring(
    app: &App,
    speaker: Speaker,
    on: u64,
    wish: Wish,
) -> Result<std::result::Result<Rung, Refusal>> {
    let (hash, call) = (speaker.hash, wish.call.clone());
    let (desk, sdp) = (app.clone(), wish.sdp.clone());
    let begun = app.db().write(move |tx| begin(tx, &desk, &speaker, &wish)).await?;
    let Begun { row, identity, audience, servers, rings } = match begun {
        Ok(begun) => begun,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let switchboard = app.chat().calls();
    if row.state.is_over() {
        return Ok(Ok(Rung::Over(news_of(&call, &row))));
    }
    if rings.is_empty() {
        switchboard.claim(&hash, &call, on);
    } else {
        let mut live = Live::begins(row.clone(), (hash, call), sdp, servers.clone());
        live.line = Some(on);
        (live.rang, live.rings) = (rings.clone(), rings);
        switchboard.begin(live);
        app.wake_outbox();
    }
    Ok(Ok(Rung::Rings { session: row.session, audience, identity, servers }))
}

fn news_of(call: &str, row: &ChatCallRow) -> CallNews {
    let told = CallTold::State {
        state: row.state,
        line: None,
        seconds: row.seconds(),
        reason: row.reason,
    };
    CallNews { call: call.to_owned(), told }
}

fn begin(
    tx: &mut Tx<'_>,
    app: &App,
    speaker: &Speaker,
    wish: &Wish,
) -> Result<std::result::Result<Begun, Refusal>> {
    let known = people::of_token(tx, &speaker.hash)?;
    if let Some(known) = known
        && let Some(row) = store::of_key(tx, &full_key(known.identity, &wish.call))?
    {
        let settings = chat_sites::settings(tx, row.channel)?;
        let servers = match settings.filter(|_| !row.state.is_over()) {
            Some(settings) => servers::of_site(app, tx, row.channel, &settings)?,
            None => Vec::new(),
        };
        let audience = sessions::audience(tx, row.session)?;
        let identity = known.identity;
        return Ok(Ok(Begun { row, identity, audience, servers, rings: Vec::new() }));
    }
    let place = match saying::place(tx, speaker.channel)? {
        Ok(place) => place,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if place.settings.mode != ChatMode::ChatAndCalls {
        return Ok(Err(Refusal::NotAllowed));
    }
    if store::count_under_way(tx, place.channel)? >= place.settings.max_calls {
        return Ok(Err(Refusal::Busy));
    }
    let rings = match rings_for(tx, &app.chat().calls().team(), &place, known)? {
        Ok(Reach::Rings(users)) => users,
        Ok(Reach::Busy) => return Ok(Err(Refusal::Busy)),
        Ok(Reach::Nobody) => return Ok(Err(Refusal::Offline)),
        Err(refusal) => return Ok(Err(refusal)),
    };
    let (row, identity) = put(tx, speaker, &place, known, wish)?;
    let audience = sessions::audience(tx, row.session)?;
    let servers = servers::of_site(app, tx, place.channel, &place.settings)?;
    Ok(Ok(Begun { row, identity, audience, servers, rings }))
}

/// For whom a call of this visitor would ring: in their open chat whoever has it, otherwise those
/// who would get a new one.
fn rings_for(
    tx: &Tx<'_>,
    team: &Team,
    place: &Place,
    known: Option<Known>,
) -> Result<std::result::Result<Reach, Refusal>> {
    let now = tx.now();
    let open = match known {
        Some(known) => sessions::open_of_key(tx, place.channel, place.number.id, known.identity)?,
        None => None,
    };
    // Nothing tells somebody that they are blocked.
    if let Some(known) = known
        && contacts::get(tx, known.contact)?.blocked.is_some()
    {
        return Ok(Ok(Reach::Nobody));
    }
    if let Some(open) = open {
        if store::of_session(tx, open)?.is_some() {
            return Ok(Err(Refusal::Busy));
        }
        let circle = sessions::circle(tx, open)?;
        return Ok(Ok(callees::reach(tx, team, (circle.owner, circle.queue), now)?));
    }
    let room = visits::room(tx, place.channel)?;
    let greeting = greeting::decide(&greeting::situation(tx, place.channel, room, now)?);
    if greeting != Greeting::Online {
        return Ok(Ok(Reach::Nobody));
    }
    let first = routing::first_holder(place.number.destination);
    Ok(Ok(callees::reach(tx, team, (first.owner, first.queue), now)?))
}

/// Writes a call down, in the visitor's chat: it is opened if none is.
fn put(
    tx: &mut Tx<'_>,
    speaker: &Speaker,
    place: &Place,
    known: Option<Known>,
    wish: &Wish,
) -> Result<(ChatCallRow, IdentityId)> {
    let now = tx.now();
    let answers = Answers { form: wish.form.as_ref(), consent: wish.consent };
    let entered = saying::enter(tx, speaker, place, (known, Room::Free), answers)?;
    let (session, identity) = (entered.session, entered.known.identity);
    let key = full_key(identity, &wish.call);
    let row = ChatCallRow::rings(key, (place.channel, session), None, now);
    store::insert(tx, &row)?;
    store::note_in_session(tx, session, Waiting::Begins, now)?;
    people::set_page(tx, session, &speaker.page)?;
    channels::note_inbound(tx, place.channel, now)?;
    marks::bring_back(tx, session)?;
    crate::sessions::tell_changed(tx, session, SessionChange::Other, None)?;
    metrics::counter!("deskbell_chat_calls_total").increment(1);
    Ok((row, identity))
}

/// What became of a visitor's word on a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// It was done; whoever has to hear of it does.
    Done,
    /// The call is over, or there is none.
    Over(CallNews),
}

/// The visitor answers an agent's call, on one of their lines: the first answer wins.
pub async fn answer(
    app: &App,
    hash: &TokenHash,
    (call, line): (&str, u64),
    sdp: String,
) -> Result<Heard> {
    let Some(id) = app.chat().calls().of_visitor(hash, call) else {
        return gone(app, hash, call).await;
    };
    let answered = app.db().write(move |tx| {
        let row = store::get(tx, id)?;
        let (ChatCaller::Agent, ChatCallState::Ringing) = (row.by, row.state) else {
            return Ok((row, false));
        };
        let (Some(user), Some(name)) = (row.user, row.user_name.as_deref()) else {
            return Ok((row, false));
        };
        let now = tx.now();
        store::answer(tx, id, user, name, now)?;
        store::note_in_session(tx, row.session, Waiting::Ends, now)?;
        Ok((store::get(tx, id)?, true))
    });
    let (row, first) = answered.await?;
    if first && app.chat().calls().visitor_answers(&row, line, Arc::from(sdp)) {
        return Ok(Heard::Done);
    }
    Ok(Heard::Over(news_of(call, &row)))
}

/// A visitor's word that ends a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// They do not want to.
    Declines,
    /// They hang up.
    HangsUp,
    /// The two browsers do not reach each other.
    Failed,
}

/// The visitor does not want to, hangs up, or cannot reach the other end.
pub async fn end(app: &App, hash: &TokenHash, call: &str, word: Word) -> Result<Heard> {
    let Some(id) = app.chat().calls().of_visitor(hash, call) else {
        return gone(app, hash, call).await;
    };
    let row = app.db().read(move |c| store::find(c, id)).await?;
    let rings_here =
        row.is_some_and(|row| row.by == ChatCaller::Agent && row.state == ChatCallState::Ringing);
    let because = match word {
        Word::Failed => Because::NoMedia,
        // Who is called and puts the receiver down does not want to.
        Word::Declines | Word::HangsUp if rings_here => Because::Declined,
        Word::Declines | Word::HangsUp => Because::HungUp,
    };
    over(app, id, because).await?;
    Ok(Heard::Done)
}

/// One of the visitor's lines says that it has a call.
pub async fn here(app: &App, hash: &TokenHash, (call, line): (&str, u64)) -> Result<Heard> {
    if app.chat().calls().claim(hash, call, line) {
        return Ok(Heard::Done);
    }
    gone(app, hash, call).await
}

/// What a visitor is told of a call of theirs that is not under way; of one that is not theirs it
/// looks as if it had been and was over.
async fn gone(app: &App, hash: &TokenHash, call: &str) -> Result<Heard> {
    let (hash, named) = (*hash, call.to_owned());
    let found = app.db().read(move |c| {
        let Some(known) = people::of_token(c, &hash)? else { return Ok(None) };
        if let Some(row) = store::of_key(c, &full_key(known.identity, &named))? {
            return Ok(Some(row));
        }
        let Ok(id) = named.parse::<ChatCallId>() else { return Ok(None) };
        store::of_visitor(c, id, known.identity)
    });
    let told = match found.await? {
        Some(row) if row.state.is_over() => news_of(call, &row).told,
        Some(_) | None => CallTold::State {
            state: ChatCallState::Failed,
            line: None,
            seconds: None,
            reason: None,
        },
    };
    Ok(Heard::Over(CallNews { call: call.to_owned(), told }))
}

/// A further way to reach the visitor.
pub fn add_candidate(app: &App, hash: &TokenHash, place: (&str, u64), candidate: &str) {
    app.chat().calls().visitor_candidate(hash, place, candidate);
}

/// A call that rings at a visitor who has just come.
pub fn rings_at(app: &App, hash: &TokenHash) -> Option<CallNews> {
    app.chat().calls().rings_at(hash)
}

/// Whether a visitor could call at this moment, and with which servers; `None`: they cannot.
pub async fn outlook(
    app: &App,
    channel: ChannelId,
    hash: &TokenHash,
) -> Result<Option<Vec<CallServer>>> {
    let (desk, hash, now) = (app.clone(), *hash, clock::now());
    let team = app.chat().calls().team();
    app.db()
        .read(move |c| {
            let works =
                channels::get(c, channel)?.is_some_and(|row| row.state == ChannelState::Active);
            let settings = chat_sites::settings(c, channel)?;
            let settings = settings.filter(|kept| works && kept.mode == ChatMode::ChatAndCalls);
            let Some(settings) = settings else { return Ok(None) };
            let number = numbers::of_channel(c, channel)?.into_iter().next();
            let known = people::of_token(c, &hash)?;
            let open = match (&number, known) {
                (Some(number), Some(known)) => {
                    sessions::open_of_key(c, channel, number.id, known.identity)?
                }
                _ => None,
            };
            let possible = match open {
                Some(open) => {
                    let circle = sessions::circle(c, open)?;
                    callees::reach(c, &team, (circle.owner, circle.queue), now)? != Reach::Nobody
                }
                None => of_site(c, &team, channel, now)?,
            };
            if possible {
                servers::of_site(&desk, c, channel, &settings).map(Some)
            } else {
                Ok(None)
            }
        })
        .await
}

/// Whether somebody would answer a call of a new visitor of a site that offers calls.
pub(super) fn of_site(
    c: &rusqlite::Connection,
    team: &Team,
    channel: ChannelId,
    now: crate::model::Time,
) -> Result<bool> {
    let room = visits::room(c, channel)?;
    if greeting::decide(&greeting::situation(c, channel, room, now)?) != Greeting::Online {
        return Ok(false);
    }
    let Some(number) = numbers::of_channel(c, channel)?.into_iter().next() else {
        return Ok(false);
    };
    let first = routing::first_holder(number.destination);
    Ok(callees::reach(c, team, (first.owner, first.queue), now)? != Reach::Nobody)
}
