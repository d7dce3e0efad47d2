//! Who is connected: visitors by what their browsers prove themselves with, each with the lines of
//! its tabs. In memory only, gone with the lines; nothing of it is ever the only copy of anything.

mod taken;

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use deskbell_channels::livechat::frames::Page;
use tokio::sync::mpsc;

pub use self::taken::{Allowed, Taken};
use super::floods::{self, Left};
use crate::events::Audience;
use crate::model::{
    CallServer, ChannelId, ChatCallReason, ChatCallState, IdentityId, MessageId, SessionId, Time,
    UserId, VisitedPage, VisitorState,
};
use crate::rooms::{Rooms, VisitorNews};
use crate::store::visitors::TokenHash;

/// News that may wait for one line; a line that is slower than that is closed and comes again.
const NEWS: usize = 256;
/// Pages that are remembered of a visitor who has not written yet.
const PAGES: usize = 10;
/// How long after the last key somebody counts as writing, in milliseconds.
const WRITING: Time = 5_000;
/// Lines of one visitor at a time: tabs.
const LINES: usize = 20;

/// What a line is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum News {
    /// A message is new or has another state.
    Message(MessageId),
    /// Something else of the session may be different: who has it, whether it is open, what was seen.
    Session,
    /// Somebody of the team writes, or nobody does any more.
    Writing(Option<UserId>),
    /// Whether somebody can answer, or whether visitors can call, is different.
    Online(bool),
    /// Something about a call.
    Call(Arc<CallNews>),
    /// Something may have been missed: look at everything again.
    Again,
}

/// What a visitor is told of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallNews {
    /// The call, by the name that it has on the visitor's line.
    pub call: String,
    /// What.
    pub told: CallTold,
}

/// What is told of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallTold {
    /// Somebody of the team calls.
    Rings {
        /// Who.
        user: UserId,
        /// How their browser can be reached.
        sdp: Arc<str>,
        /// Servers that help the two ends to find each other.
        servers: Arc<[CallServer]>,
    },
    /// Somebody of the team answers.
    Answered {
        /// Who.
        user: UserId,
        /// How their browser can be reached.
        sdp: Arc<str>,
    },
    /// A further way to reach the team's browser; empty: there are no more.
    Candidate(Arc<str>),
    /// How far it is.
    State {
        /// How far.
        state: ChatCallState,
        /// The line that has the call.
        line: Option<u64>,
        /// How long they talked.
        seconds: Option<u32>,
        /// Why it was missed, or failed.
        reason: Option<ChatCallReason>,
    },
}

/// Everybody who is connected. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Hub(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    house: Mutex<House>,
    next: AtomicU64,
    rooms: Rooms,
}

#[derive(Debug, Default)]
struct House {
    visitors: HashMap<TokenHash, Present>,
    sessions: HashMap<SessionId, TokenHash>,
    addresses: HashMap<IpAddr, Address>,
}

/// A visitor with at least one line, or who has just left.
#[derive(Debug)]
struct Present {
    channel: ChannelId,
    identity: Option<IdentityId>,
    /// Their newest session, and who may know of it.
    session: Option<(SessionId, Audience)>,
    lines: Vec<Seat>,
    page: Option<VisitedPage>,
    /// Pages that are not kept yet.
    pages: Vec<VisitedPage>,
    saying: Left,
    calling: Left,
    page_turns: Left,
    files: Left,
    writing_until: Time,
    /// What was last told of them.
    told: Option<VisitorNews>,
}

#[derive(Debug)]
struct Seat {
    id: u64,
    news: mpsc::Sender<News>,
    away: bool,
}

/// What an address has left of its allowances.
#[derive(Debug)]
struct Address {
    lines: u32,
    saying: Left,
    beginning: Left,
    files: Left,
}

/// A visitor who comes.
#[derive(Debug)]
pub struct Coming {
    /// The site.
    pub channel: ChannelId,
    /// What their browser proves itself with, hashed.
    pub hash: TokenHash,
    /// The page on their screen.
    pub page: Page,
    /// From which address they come, where it is known.
    pub address: Option<IpAddr>,
}

impl Present {
    fn state(&self) -> VisitorState {
        if self.lines.is_empty() {
            VisitorState::Left
        } else if self.lines.iter().all(|line| line.away) {
            VisitorState::Away
        } else {
            VisitorState::Online
        }
    }

    /// How they are at `now`, for the team.
    fn news(&self, now: Time) -> Option<(VisitorNews, Audience)> {
        let (session, audience) = self.session.clone()?;
        let state = self.state();
        let page = self.page.clone().filter(|_| state != VisitorState::Left);
        let writing = state != VisitorState::Left && now < self.writing_until;
        Some((VisitorNews { session_id: session, state, writing, page }, audience))
    }
}

impl House {
    fn address(&mut self, address: IpAddr, now: Time) -> &mut Address {
        self.addresses.entry(address).or_insert_with(|| Address {
            lines: 0,
            saying: Left::all_of(floods::SAYING_OF_ADDRESS, now),
            beginning: Left::all_of(floods::NEW_OF_ADDRESS, now),
            files: Left::all_of(floods::FILES, now),
        })
    }

    /// What there is to tell the team of a visitor, if it is news.
    fn stir(&mut self, hash: &TokenHash, now: Time) -> Option<(VisitorNews, Audience)> {
        let present = self.visitors.get_mut(hash)?;
        let (news, audience) = present.news(now)?;
        if present.told.as_ref() == Some(&news) {
            return None;
        }
        present.told = Some(news.clone());
        Some((news, audience))
    }
}

impl Hub {
    /// Nobody is connected.
    pub(crate) fn new(rooms: &Rooms) -> Self {
        let (house, next) = (Mutex::default(), AtomicU64::new(0));
        Self(Arc::new(Shared { house, next, rooms: rooms.clone() }))
    }

    fn house(&self) -> MutexGuard<'_, House> {
        self.0.house.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell_team(&self, stir: Option<(VisitorNews, Audience)>) {
        if let Some((news, audience)) = stir {
            self.0.rooms.tell_visitor(news, audience);
        }
    }

    /// A line for a visitor; `None`: their address, or they themselves, have too many.
    pub fn come(&self, coming: Coming, now: Time) -> Option<(Taken, mpsc::Receiver<News>)> {
        let (sender, receiver) = mpsc::channel(NEWS);
        let id = self.0.next.fetch_add(1, Ordering::Relaxed);
        let Coming { channel, hash, page, address } = coming;
        let stir = {
            let mut house = self.house();
            if house.visitors.get(&hash).is_some_and(|present| present.lines.len() >= LINES) {
                return None;
            }
            if let Some(address) = address {
                let counted = house.address(address, now);
                if counted.lines >= floods::LINES_OF_ADDRESS {
                    return None;
                }
                counted.lines += 1;
            }
            let present = house.visitors.entry(hash).or_insert_with(|| Present {
                channel,
                identity: None,
                session: None,
                lines: Vec::with_capacity(1),
                page: None,
                pages: Vec::new(),
                saying: Left::all_of(floods::SAYING, now),
                calling: Left::all_of(floods::CALLING, now),
                page_turns: Left::all_of(floods::PAGES, now),
                files: Left::all_of(floods::FILES, now),
                writing_until: 0,
                told: None,
            });
            present.lines.push(Seat { id, news: sender, away: false });
            turn(present, page, now);
            house.stir(&hash, now)
        };
        self.tell_team(stir);
        Some((Taken::new(self.clone(), hash, id, address), receiver))
    }

    /// A visitor has a session now.
    pub fn know(
        &self,
        hash: &TokenHash,
        identity: IdentityId,
        (session, audience): (SessionId, Audience),
        now: Time,
    ) {
        let stir = {
            let mut house = self.house();
            let Some(present) = house.visitors.get_mut(hash) else { return };
            present.identity = Some(identity);
            present.pages.clear();
            present.writing_until = 0;
            let newer = present.session.as_ref().is_none_or(|(known, _)| *known != session);
            present.session = Some((session, audience));
            if newer {
                present.told = None;
                // What happened in it before it was known here was told to nobody.
                present.lines.retain(|line| deliver(line, &News::Again));
            }
            house.sessions.insert(session, *hash);
            house.stir(hash, now)
        };
        self.tell_team(stir);
    }

    /// Tells every line of a session's visitor; lines that are too slow are closed.
    pub(super) fn tell(&self, session: SessionId, news: &News) {
        let mut house = self.house();
        let Some(hash) = house.sessions.get(&session).copied() else { return };
        if let Some(present) = house.visitors.get_mut(&hash) {
            present.lines.retain(|line| deliver(line, news));
        }
    }

    /// Whether a session's visitor is connected.
    pub fn has(&self, session: SessionId) -> bool {
        self.house().sessions.contains_key(&session)
    }

    /// Tells every line of a visitor something about a call.
    pub(super) fn tell_call(&self, hash: &TokenHash, news: CallNews) {
        let news = News::Call(Arc::new(news));
        if let Some(present) = self.house().visitors.get_mut(hash) {
            present.lines.retain(|line| deliver(line, &news));
        }
    }

    /// Tells one line of a visitor something about a call.
    pub(super) fn tell_call_on(&self, hash: &TokenHash, line: Option<u64>, news: CallNews) {
        let news = News::Call(Arc::new(news));
        if let Some(present) = self.house().visitors.get_mut(hash) {
            present.lines.retain(|one| Some(one.id) != line || deliver(one, &news));
        }
    }

    /// Whether a visitor still has this line.
    pub(super) fn has_line(&self, hash: &TokenHash, line: Option<u64>) -> bool {
        let house = self.house();
        let Some(present) = house.visitors.get(hash) else { return false };
        present.lines.iter().any(|one| Some(one.id) == line)
    }

    /// The visitor of a session, if a page of theirs is open.
    pub(super) fn visitor_here(&self, session: SessionId) -> Option<TokenHash> {
        let house = self.house();
        let hash = house.sessions.get(&session)?;
        let present = house.visitors.get(hash)?;
        let newest = present.session.as_ref().is_some_and(|(known, _)| *known == session);
        (newest && !present.lines.is_empty()).then_some(*hash)
    }

    /// Tells every line of a site.
    pub(super) fn tell_site(&self, channel: ChannelId, news: &News) {
        let mut house = self.house();
        for present in house.visitors.values_mut().filter(|one| one.channel == channel) {
            present.lines.retain(|line| deliver(line, news));
        }
    }

    /// Tells every line.
    pub(super) fn tell_all(&self, news: &News) {
        for present in self.house().visitors.values_mut() {
            present.lines.retain(|line| deliver(line, news));
        }
    }

    /// Others may know of a session from now on.
    pub(super) fn set_audience(&self, session: SessionId, audience: Audience, now: Time) {
        let stir = {
            let mut house = self.house();
            let Some(hash) = house.sessions.get(&session).copied() else { return };
            let Some(present) = house.visitors.get_mut(&hash) else { return };
            match &mut present.session {
                Some((known, may_know)) if *known == session => *may_know = audience,
                Some(_) | None => return,
            }
            // Who may know from now on has not been told.
            present.told = None;
            house.stir(&hash, now)
        };
        self.tell_team(stir);
    }

    /// Sites with visitors.
    pub(super) fn sites(&self) -> Vec<ChannelId> {
        let mut sites: Vec<ChannelId> =
            self.house().visitors.values().map(|present| present.channel).collect();
        sites.sort_unstable();
        sites.dedup();
        sites
    }

    /// Visitors of a site at this moment, with or without a chat.
    pub fn visitors_of(&self, channel: ChannelId) -> usize {
        let house = self.house();
        house
            .visitors
            .values()
            .filter(|one| one.channel == channel && !one.lines.is_empty())
            .count()
    }

    /// How the visitor of a session is at `now`; `None`: they have left.
    pub fn visitor_of(&self, session: SessionId, now: Time) -> Option<VisitorNews> {
        let house = self.house();
        let present = house.visitors.get(house.sessions.get(&session)?)?;
        present.news(now).map(|(news, _)| VisitorNews { session_id: session, ..news })
    }

    /// Every visitor with a session, and who may know of it.
    pub fn all(&self, now: Time) -> Vec<(VisitorNews, Audience)> {
        self.house().visitors.values().filter_map(|present| present.news(now)).collect()
    }

    /// Those who stopped writing, and those who have left for good.
    pub(super) fn sweep(&self, now: Time) {
        let stirs: Vec<_> = {
            let mut house = self.house();
            let hashes: Vec<TokenHash> = house
                .visitors
                .iter()
                .filter(|(_, one)| one.told.as_ref().is_some_and(|told| told.writing))
                .map(|(hash, _)| *hash)
                .collect();
            house.addresses.retain(|_, address| {
                address.lines > 0
                    || !(address.saying.is_whole(now)
                        && address.beginning.is_whole(now)
                        && address.files.is_whole(now))
            });
            hashes.iter().map(|hash| house.stir(hash, now)).collect()
        };
        for stir in stirs {
            self.tell_team(stir);
        }
    }

    /// Forgets a visitor who has left and did not come back; who may know is told.
    pub(crate) fn forget(&self, hash: &TokenHash, now: Time) -> Option<IdentityId> {
        let (stir, identity) = {
            let mut house = self.house();
            if house.visitors.get(hash).is_none_or(|present| !present.lines.is_empty()) {
                return None;
            }
            let stir = house.stir(hash, now);
            let identity = house.visitors.remove(hash).and_then(|present| present.identity);
            house.sessions.retain(|_, whose| whose != hash);
            (stir, identity)
        };
        self.tell_team(stir);
        identity
    }

    /// Whether a visitor, and their address, may bring one more file.
    pub fn may_bring(&self, hash: &TokenHash, address: Option<IpAddr>, now: Time) -> bool {
        let mut house = self.house();
        if let Some(address) = address
            && !house.address(address, now).files.take(now)
        {
            return false;
        }
        // A browser without a line has nothing to bring a file to.
        house.visitors.get_mut(hash).is_some_and(|present| present.files.take(now))
    }
}

fn deliver(line: &Seat, news: &News) -> bool {
    line.news.try_send(news.clone()).is_ok()
}

/// Another page is on the screen; the same again is none.
fn turn(present: &mut Present, page: Page, now: Time) -> bool {
    let Page { url, title } = page;
    if url.is_empty() || present.page.as_ref().is_some_and(|one| one.url == url) {
        return false;
    }
    let page = VisitedPage { at: now, url, title };
    if present.pages.len() >= PAGES {
        present.pages.remove(0);
    }
    present.pages.push(page.clone());
    present.page = Some(page);
    true
}
