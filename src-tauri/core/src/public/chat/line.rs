//! One line of a visitor: what it is told when it begins and from then on, and what its frames do.

mod calls;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use deskbell_channels::livechat::frames::{self, Hello, Page, Say, Stage, VisitorFrame};
use tokio::sync::mpsc::Receiver;

use super::frames::{Agent, DeskFrame, Session, Welcome};
use super::socket::{End, FAILED, STOPPING, TOO_MANY, Wire};
use super::told::{self, Reader, Told};
use crate::app::App;
use crate::chat::ending;
use crate::chat::floods::{FRAMES, Left as Allowance};
use crate::chat::greeting::Room;
use crate::chat::hub::{Allowed, Coming, News, Taken};
use crate::chat::saying::{self, Refusal, Speaker};
use crate::chat::sites::Site;
use crate::chat::visits::{self, Has};
use crate::clock;
use crate::error::Error;
use crate::events::Audience;
use crate::model::{ClosedBy, IdentityId, MessageId, SessionId, SessionStatus, VisitedPage};
use crate::store::chat_lines::ChatLine;
use crate::store::visitors::{Browser, LastSession, TokenHash};

/// How often a browser hears that the line lives.
const BEAT: Duration = Duration::from_secs(25);
/// How long a visitor may be away from every page before they have left: the way to the next page.
const COMING_BACK: Duration = Duration::from_secs(5);

/// One line.
pub(super) struct Line {
    site: Arc<Site>,
    taken: Taken,
    identity: Option<IdentityId>,
    browser: Browser,
    frames: Allowance,
    told: Told,
    known: Known,
    writing: bool,
}

/// What the browser was told of its session.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
struct Known {
    session: Option<(SessionId, bool)>,
    agent: Option<Agent>,
    seen: i64,
}

/// A line that ended.
pub(super) struct Left {
    /// Whose it was.
    pub(super) hash: TokenHash,
}

fn failed(error: Error) -> End {
    match error {
        Error::Stopping => STOPPING,
        error => {
            tracing::error!(%error, "a visitor's line failed");
            FAILED
        }
    }
}

/// Lets a visitor in and tells them everything that they have missed.
pub(super) async fn begin(
    app: &App,
    site: &Arc<Site>,
    address: Option<IpAddr>,
    agent: String,
    hello: Hello,
    wire: &mut Wire,
) -> Result<(Line, Receiver<News>), End> {
    let channel = site.row.channel;
    let hash = visits::hash_of(channel, &hello.token);
    let now = clock::now();
    let Hello { since, page, referrer, language, zone, .. } = hello;
    let browser = Browser { agent, language, time_zone: zone, referrer };
    let coming = Coming { channel, hash, page, address };
    // Listening begins before the store is read, so that nothing falls between the two.
    let (taken, news) = app.chat().hub().come(coming, now).ok_or(TOO_MANY)?;
    let asked = Arc::clone(site);
    let found =
        app.db().read(move |c| visits::welcome(c, channel, asked.settings(), &hash, since, now));
    let found = found.await.map_err(failed)?;
    let mut line = Line {
        site: Arc::clone(site),
        taken,
        identity: found.identity,
        browser,
        frames: Allowance::all_of(FRAMES, now),
        told: Told::default(),
        known: Known::default(),
        writing: false,
    };
    if let (Some(identity), Some(last), Some(audience)) =
        (found.identity, &found.last, found.audience.clone())
    {
        let (_, pages) = line.taken.pages();
        app.chat().hub().know(&hash, identity, (last.id, audience), now);
        keep_visit(app, &line, identity, pages).await;
    }
    line.known = line.known_of(found.last.as_ref());
    line.told.begin_at(since);
    let servers = line.servers(app).await?;
    let welcome = Welcome {
        now,
        session: line.known.session.map(|(id, open)| Session {
            id,
            open,
            agent: line.known.agent.clone(),
        }),
        online: found.online,
        greeting: found.greeting,
        messages: found.lines.into_iter().map(|one| line.word(one)).collect(),
        more: found.more,
        seen: line.known.seen,
        full: found.room == Room::Full,
        form_needed: found.form_needed,
        calls: servers.is_some(),
        ice: servers.unwrap_or_default(),
    };
    wire.tell(&DeskFrame::Welcome(Box::new(welcome))).await?;
    line.ring_if_called(app, wire).await?;
    Ok((line, news))
}

async fn keep_visit(app: &App, line: &Line, identity: IdentityId, pages: Vec<VisitedPage>) {
    if app.db().read_only().is_some() {
        return;
    }
    let kept = visits::keep_visit(app, identity, line.browser.clone(), pages).await;
    if let Err(error) = kept {
        tracing::warn!(%error, "a visit could not be kept");
    }
}

/// Follows a line until it ends.
pub(super) async fn follow(
    app: &App,
    line: &mut Line,
    news: &mut Receiver<News>,
    wire: &mut Wire,
) -> End {
    let mut beat = tokio::time::interval(BEAT);
    beat.reset();
    loop {
        let done = tokio::select! {
            () = app.stopping().cancelled() => Err(STOPPING),
            frame = wire.hear() => match frame {
                Ok(frame) => Box::pin(line.take(app, wire, frame)).await,
                Err(end) => Err(end),
            },
            one = news.recv() => match one {
                Some(one) => Box::pin(line.hear(app, wire, one)).await,
                // It was too slow: the browser comes again and asks for what it missed.
                None => Err(End::Gone),
            },
            _ = beat.tick() => wire.tell(&DeskFrame::Beat).await,
        };
        if let Err(end) = done {
            return end;
        }
    }
}

/// A visitor's line ended: if they do not come back soon they have left.
pub(super) async fn gone(app: App, hash: TokenHash) {
    tokio::select! {
        () = app.stopping().cancelled() => return,
        () = tokio::time::sleep(COMING_BACK) => {}
    }
    let left = app.chat().hub().forget(&hash, clock::now());
    if let Some(identity) = left
        && app.db().read_only().is_none()
        && let Err(error) = visits::keep_leaving(&app, identity).await
    {
        tracing::warn!(%error, "it could not be kept when a visitor left");
    }
}

impl Line {
    /// The line ends.
    pub(super) fn leave(self) -> Left {
        Left { hash: *self.taken.hash() }
    }

    /// A line of the store in the words of a frame; from now on it counts as told.
    fn word(&mut self, line: ChatLine) -> super::frames::Line {
        self.told.note(line.seq, line.id);
        self.in_words(line)
    }

    fn in_words(&self, line: ChatLine) -> super::frames::Line {
        let reader = Reader {
            site: &self.site,
            hash: self.taken.hash(),
            visitor: self.identity.unwrap_or_else(IdentityId::new),
            now: clock::now(),
        };
        told::line(&reader, line)
    }

    fn known_of(&self, last: Option<&LastSession>) -> Known {
        let Some(last) = last else { return Known::default() };
        let open = last.status == SessionStatus::Open;
        let agent = told::agent(&self.site, last.owner.as_deref(), last.photo);
        Known { session: Some((last.id, open)), agent: agent.filter(|_| open), seen: last.seen }
    }

    /// Does what a frame asks for.
    async fn take(&mut self, app: &App, wire: &mut Wire, frame: VisitorFrame) -> Result<(), End> {
        let now = clock::now();
        if !self.frames.take(now) {
            return Err(TOO_MANY);
        }
        frames::in_turn(Stage::Greeted, &frame).map_err(End::from)?;
        match frame {
            VisitorFrame::Say(say) => self.say(app, wire, say).await,
            VisitorFrame::Page(page) => self.turn(app, page).await,
            VisitorFrame::Away { away } => {
                self.taken.set_away(away, now);
                Ok(())
            }
            VisitorFrame::Typing { on } => {
                self.taken.set_writing(on, now);
                Ok(())
            }
            VisitorFrame::Got { seq } => self.receipt(app, Has::Got, seq).await,
            VisitorFrame::Seen { seq } => self.receipt(app, Has::Seen, seq).await,
            VisitorFrame::More { before } => self.more(app, wire, before).await,
            VisitorFrame::End {} => {
                let (channel, hash) = (self.site.row.channel, *self.taken.hash());
                ending::by_visitor(app, channel, hash).await.map(drop).map_err(failed)
            }
            VisitorFrame::Call(call) => self.call(app, wire, call).await,
            // Whether the chat is open changes nothing at the desk: pages do.
            VisitorFrame::Open { .. } | VisitorFrame::Hello(_) => Ok(()),
        }
    }

    async fn say(&mut self, app: &App, wire: &mut Wire, say: Say) -> Result<(), End> {
        let now = clock::now();
        let key = say.key.clone();
        if self.taken.may_say(now) == Allowed::TooFast {
            return refuse(wire, key, Refusal::TooFast).await;
        }
        let said = match saying::say(app, self.speaker(), say).await {
            Ok(Ok(said)) => said,
            Ok(Err(refusal)) => return refuse(wire, key, refusal).await,
            Err(error) => return Err(failed(error)),
        };
        self.told.note(said.seq, said.message);
        let (seq, at, session) = (said.seq, said.at, said.session);
        if self.known.session != Some((session, true)) && said.new {
            self.known = Known { session: Some((session, true)), agent: None, seen: 0 };
        }
        self.know(app, said.identity, (session, said.audience));
        wire.tell(&DeskFrame::Taken { key, seq, at, session }).await?;
        // Who answers may be known already.
        self.look(app, wire).await
    }

    /// Who says or does something on this line.
    fn speaker(&self) -> Speaker {
        let (page, pages) = self.taken.pages();
        Speaker {
            channel: self.site.row.channel,
            hash: *self.taken.hash(),
            browser: self.browser.clone(),
            page,
            pages,
        }
    }

    /// The visitor is known now, and their session.
    fn know(&mut self, app: &App, identity: IdentityId, session: (SessionId, Audience)) {
        self.identity = Some(identity);
        app.chat().hub().know(self.taken.hash(), identity, session, clock::now());
    }

    async fn turn(&mut self, app: &App, page: Page) -> Result<(), End> {
        let Some((identity, pages)) = self.taken.turn(page, clock::now()) else { return Ok(()) };
        if app.db().read_only().is_some() {
            return Ok(());
        }
        visits::keep_pages(app, identity, pages).await.map_err(failed)
    }

    async fn receipt(&mut self, app: &App, has: Has, seq: i64) -> Result<(), End> {
        let Some(identity) = self.identity else { return Ok(()) };
        if app.db().read_only().is_some() {
            return Ok(());
        }
        let told = self.told.upto(seq);
        let channel = self.site.row.channel;
        visits::note_receipt(app, channel, identity, (has, seq), told).await.map_err(failed)
    }

    async fn more(&mut self, app: &App, wire: &mut Wire, before: i64) -> Result<(), End> {
        let (lines, more) = match self.identity {
            Some(identity) => visits::before(app, identity, before).await.map_err(failed)?,
            None => (Vec::new(), false),
        };
        let messages = lines.into_iter().map(|one| self.in_words(one)).collect();
        wire.tell(&DeskFrame::More { messages, more }).await
    }

    /// Tells what happened at the desk.
    async fn hear(&mut self, app: &App, wire: &mut Wire, news: News) -> Result<(), End> {
        match news {
            News::Message(id) => self.said(app, wire, id).await,
            News::Session => {
                self.identity = self.identity.or(self.taken.identity());
                self.look(app, wire).await
            }
            News::Writing(user) => {
                let name = match user {
                    Some(user) => {
                        let (name, photo) = visits::name_of(app, user).await.map_err(failed)?;
                        told::agent(&self.site, Some(&name), photo).map(|agent| agent.name)
                    }
                    None => None,
                };
                let on = user.is_some();
                if std::mem::replace(&mut self.writing, on) == on && !on {
                    return Ok(());
                }
                wire.tell(&DeskFrame::Typing { on, name }).await
            }
            News::Online(online) => {
                let servers = self.servers(app).await?;
                let (calls, ice) = (servers.is_some(), servers.unwrap_or_default());
                wire.tell(&DeskFrame::Online { online, calls, ice }).await
            }
            News::Call(news) => self.call_news(app, wire, &news).await,
            News::Again => {
                self.catch_up(app, wire).await?;
                self.look(app, wire).await
            }
        }
    }

    /// A message is new or has another state.
    async fn said(&mut self, app: &App, wire: &mut Wire, id: MessageId) -> Result<(), End> {
        self.identity = self.identity.or(self.taken.identity());
        let Some(identity) = self.identity else { return Ok(()) };
        let Some(line) = visits::line(app, identity, id).await.map_err(failed)? else {
            return Ok(());
        };
        if !self.told.is_news(&line) {
            return Ok(());
        }
        let words = self.in_words(line);
        wire.tell(&DeskFrame::Message(Box::new(words))).await
    }

    /// Something may have been missed: everything that is newer than what was told.
    async fn catch_up(&mut self, app: &App, wire: &mut Wire) -> Result<(), End> {
        self.identity = self.identity.or(self.taken.identity());
        let Some(identity) = self.identity else { return Ok(()) };
        let newest = self.told.newest();
        let missed = visits::since(app, identity, newest).await.map_err(failed)?;
        for line in missed {
            if self.told.is_news(&line) {
                let words = self.in_words(line);
                wire.tell(&DeskFrame::Message(Box::new(words))).await?;
            }
        }
        Ok(())
    }

    /// Looks at the session, and tells what is different.
    async fn look(&mut self, app: &App, wire: &mut Wire) -> Result<(), End> {
        let Some(identity) = self.identity else { return Ok(()) };
        let last = visits::last(app, identity).await.map_err(failed)?;
        let now = self.known_of(last.as_ref());
        let before = std::mem::replace(&mut self.known, now.clone());
        if let (Some((id, false)), Some((known, true))) = (now.session, before.session)
            && id == known
        {
            self.ended(app, wire, id).await?;
        } else if now.agent != before.agent {
            let (name, photo) = now.agent.map_or((None, None), |one| (Some(one.name), one.photo));
            wire.tell(&DeskFrame::Agent { name, photo }).await?;
        }
        if now.seen > before.seen {
            wire.tell(&DeskFrame::Seen { seq: now.seen }).await?;
        }
        Ok(())
    }

    async fn ended(&mut self, app: &App, wire: &mut Wire, id: SessionId) -> Result<(), End> {
        let (by, text) = visits::ending(app, id).await.map_err(failed)?;
        let by = match by {
            Some(ClosedBy::Visitor) => "visitor",
            Some(ClosedBy::Silence) => "silence",
            Some(ClosedBy::Agent | ClosedBy::Administrator) | None => "agent",
        };
        wire.tell(&DeskFrame::Ended { by, text }).await
    }
}

async fn refuse(wire: &mut Wire, key: String, refusal: Refusal) -> Result<(), End> {
    let (code, message) = (refusal.code(), refusal.words());
    wire.tell(&DeskFrame::Refused { key: Some(key), code, message }).await
}
