//! A visitor at the desk: what they are told when they come, what they have had and seen, and what
//! they look at. Whose it is decides what they prove themselves with, and nothing else.

use deskbell_channels::exchange::{Receipt, ReceiptStatus};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use super::forms;
use super::greeting::{self, Greeting, Room};
use crate::App;
use crate::access::Caller;
use crate::clock;
use crate::error::{Error, Result};
use crate::events::Audience;
use crate::model::{
    AutomaticKind, ChannelId, ChatSettings, ClosedBy, FileId, IdentityId, MessageId, MessageState,
    SessionId, SessionStatus, Time, UserId, VisitedPage, Visitor, VisitorState,
};
use crate::receipts;
use crate::store::chat_lines::{self, ChatLine, Wanted};
use crate::store::visitors::{self, Browser, LastSession, TokenHash};
use crate::store::{chat_sites, sessions, users};

/// Messages that are told at once.
pub const AT_ONCE: usize = 50;

/// What a browser proves itself with, as the desk keeps it: worthless at another site.
pub fn hash_of(channel: ChannelId, token: &str) -> TokenHash {
    let mut digest = Sha256::new();
    digest.update(channel.to_string().as_bytes());
    digest.update([b':']);
    digest.update(token.as_bytes());
    digest.finalize().into()
}

/// Everything that a visitor is told when they come.
#[derive(Debug, Clone)]
pub struct Welcome {
    /// Who they are, if they have written before.
    pub identity: Option<IdentityId>,
    /// Their newest session.
    pub last: Option<LastSession>,
    /// Who may know of it.
    pub audience: Option<Audience>,
    /// Whether somebody can answer.
    pub online: bool,
    /// What greets them; `None`: they have an open chat, or nothing is said.
    pub greeting: Option<String>,
    /// What was said, oldest first.
    pub lines: Vec<ChatLine>,
    /// Whether there is more of it.
    pub more: bool,
    /// Whether there is room for one more chat.
    pub room: Room,
    /// Whether the form has to be asked.
    pub form_needed: bool,
}

/// Whether a site has room for one more chat.
pub(crate) fn room(c: &Connection, channel: ChannelId) -> Result<Room> {
    let most = chat_sites::settings(c, channel)?.and_then(|settings| settings.max_chats);
    let Some(most) = most else { return Ok(Room::Free) };
    let open = visitors::open_chats(c, channel)?;
    Ok(if open < most { Room::Free } else { Room::Full })
}

/// What a visitor is told who comes with everything up to `since`.
pub(crate) fn welcome(
    c: &Connection,
    channel: ChannelId,
    settings: &ChatSettings,
    hash: &TokenHash,
    since: i64,
    now: Time,
) -> Result<Welcome> {
    let identity = visitors::of_token(c, hash)?.map(|known| known.identity);
    let last = identity.map(|id| visitors::last(c, id)).transpose()?.flatten();
    let audience = last.as_ref().map(|last| sessions::audience(c, last.id)).transpose()?;
    let open = last.as_ref().is_some_and(|last| last.status == SessionStatus::Open);
    let room = if open { Room::Free } else { room(c, channel)? };
    let greeting = greeting::decide(&greeting::situation(c, channel, room, now)?);
    let (mut lines, more) = match identity {
        Some(id) => chat_lines::part(c, id, Wanted::After(since), AT_ONCE)?,
        None => (Vec::new(), false),
    };
    if let Some(id) = identity.filter(|_| since > 0) {
        let mut not_got = chat_lines::not_got(c, id, since)?;
        not_got.append(&mut lines);
        lines = not_got;
    }
    let form = identity.map(|id| visitors::get(c, id)).transpose()?.flatten().map(|row| row.form);
    let pre_chat = &settings.messages.pre_chat;
    let unknown = form.as_ref().is_none_or(|form| !forms::names(form));
    let must_leave_name = room == Room::Full && unknown && forms::asks_who(pre_chat);
    let form_needed = !open && (forms::is_needed(pre_chat, form.as_ref()) || must_leave_name);
    let words = greeting::words(&settings.messages, greeting).filter(|_| !open);
    Ok(Welcome {
        identity,
        last,
        audience,
        online: greeting == Greeting::Online,
        greeting: words.map(str::to_owned),
        lines,
        more,
        room,
        form_needed,
    })
}

/// The newest session of a visitor as it is now.
pub(crate) async fn last(app: &App, id: IdentityId) -> Result<Option<LastSession>> {
    app.db().read(move |c| visitors::last(c, id)).await
}

/// A message of a visitor, if they may read it.
pub(crate) async fn line(
    app: &App,
    id: IdentityId,
    message: MessageId,
) -> Result<Option<ChatLine>> {
    app.db().read(move |c| chat_lines::one(c, id, message)).await
}

/// What was said after a place.
pub(crate) async fn since(app: &App, id: IdentityId, seq: i64) -> Result<Vec<ChatLine>> {
    let read = move |c: &Connection| {
        let mut lines = chat_lines::not_got(c, id, seq)?;
        lines.append(&mut chat_lines::part(c, id, Wanted::After(seq), AT_ONCE)?.0);
        Ok(lines)
    };
    app.db().read(read).await
}

/// What ended a session, and what was said then.
pub(crate) async fn ending(
    app: &App,
    session: SessionId,
) -> Result<(Option<ClosedBy>, Option<String>)> {
    let read = move |c: &Connection| {
        let by = visitors::closed_by(c, session)?;
        Ok((by, chat_lines::automatic_of(c, session, AutomaticKind::Closing)?))
    };
    app.db().read(read).await
}

/// What was said before a place.
pub(crate) async fn before(app: &App, id: IdentityId, seq: i64) -> Result<(Vec<ChatLine>, bool)> {
    app.db().read(move |c| chat_lines::part(c, id, Wanted::Before(seq), AT_ONCE)).await
}

/// What a browser has of what it was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Has {
    /// It is in the browser.
    Got,
    /// It was on the screen.
    Seen,
}

/// A browser has what it was told on this line, `told`, or earlier: up to a place.
pub(crate) async fn note_receipt(
    app: &App,
    channel: ChannelId,
    id: IdentityId,
    (has, upto): (Has, i64),
    told: Vec<MessageId>,
) -> Result<()> {
    let status = match has {
        Has::Got => ReceiptStatus::Delivered,
        Has::Seen => ReceiptStatus::Read,
    };
    let asked = told.clone();
    let due = app.db().read(move |c| due_receipts(c, id, (has, upto), &asked)).await?;
    if due.is_empty() {
        return Ok(());
    }
    app.db()
        .write(move |tx| {
            for id in due_receipts(tx, id, (has, upto), &told)? {
                let receipt = Receipt {
                    provider_id: id.to_string(),
                    our_id: None,
                    status: status.clone(),
                    at: Some(tx.now()),
                };
                receipts::apply(tx, channel, &receipt)?;
            }
            Ok(())
        })
        .await
}

/// Messages for which a receipt is news. One that no browser has said to have counts only if this
/// line was told it.
fn due_receipts(
    c: &Connection,
    id: IdentityId,
    (has, upto): (Has, i64),
    told: &[MessageId],
) -> Result<Vec<MessageId>> {
    let found = chat_lines::told_upto(c, id, upto)?;
    let due = found.into_iter().filter(|(id, state)| match (has, state) {
        (Has::Got | Has::Seen, MessageState::Sent) => told.contains(id),
        (Has::Seen, MessageState::Delivered) => true,
        _ => false,
    });
    Ok(due.map(|(id, _)| id).collect())
}

/// What is known of the visitor of a session, for whoever sees it; a supervisor's look is recorded.
pub async fn details(app: &App, caller: &Caller, session: SessionId) -> Result<Visitor> {
    crate::sessions::look(app, caller, session).await?;
    let caller = caller.clone();
    let found = app.db().read(move |c| {
        let seen = crate::sessions::see(c, &caller, session)?;
        let row = visitors::get(c, seen.identity_id)?;
        let row = row.ok_or_else(|| Error::Conflict("this session is no live chat".into()))?;
        Ok((row, visitors::pages(c, seen.identity_id)?))
    });
    let (row, pages) = found.await?;
    let now = app.chat().hub().visitor_of(session, clock::now());
    let (state, writing, page) =
        now.map_or((VisitorState::Left, false, None), |news| (news.state, news.writing, news.page));
    let Browser { agent: browser, language, time_zone, referrer } = row.browser;
    Ok(Visitor {
        state,
        writing,
        page,
        pages,
        referrer,
        browser,
        language,
        time_zone,
        form: row.form,
        consented_at: row.consented_at,
        first_seen_at: row.first_seen_at,
        last_seen_at: row.last_seen_at,
    })
}

/// Keeps pages that a visitor saw.
pub(crate) async fn keep_pages(app: &App, id: IdentityId, pages: Vec<VisitedPage>) -> Result<()> {
    app.db().write(move |tx| visitors::add_pages(tx, id, &pages)).await
}

/// A visitor who has written before is here again.
pub(crate) async fn keep_visit(
    app: &App,
    id: IdentityId,
    browser: Browser,
    pages: Vec<VisitedPage>,
) -> Result<()> {
    app.db()
        .write(move |tx| {
            visitors::touch(tx, id, &browser, tx.now())?;
            if pages.is_empty() { Ok(()) } else { visitors::add_pages(tx, id, &pages) }
        })
        .await
}

/// A visitor has left.
pub(crate) async fn keep_leaving(app: &App, id: IdentityId) -> Result<()> {
    app.db().write(move |tx| visitors::note_seen(tx, id, tx.now())).await
}

/// Name of a user, for visitors who see that they write.
pub(crate) async fn name_of(app: &App, user: UserId) -> Result<(String, Option<FileId>)> {
    app.db().read(move |c| users::shown(c, user)).await
}
