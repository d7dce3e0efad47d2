//! The place of one line of a visitor: what it may do, and what it tells.

use std::net::IpAddr;

use deskbell_channels::livechat::frames::Page;

use super::{Hub, turn};
use crate::chat::hub::WRITING;
use crate::model::{IdentityId, Time, VisitedPage};
use crate::store::visitors::TokenHash;

/// The place of one line; whoever had it leaves when it is dropped.
#[derive(Debug)]
pub struct Taken {
    hub: Hub,
    hash: TokenHash,
    id: u64,
    address: Option<IpAddr>,
}

/// What a visitor may say at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    /// It may be said.
    Yes,
    /// Too much of it.
    TooFast,
}

impl Taken {
    pub(super) fn new(hub: Hub, hash: TokenHash, id: u64, address: Option<IpAddr>) -> Self {
        Self { hub, hash, id, address }
    }

    /// What the visitor's browser proves itself with, hashed.
    pub fn hash(&self) -> &TokenHash {
        &self.hash
    }

    /// Who the visitor is, if they have written.
    pub fn identity(&self) -> Option<IdentityId> {
        self.hub.house().visitors.get(&self.hash)?.identity
    }

    /// Whether the visitor may say one more thing.
    pub fn may_say(&self, now: Time) -> Allowed {
        let mut house = self.hub.house();
        let Some(present) = house.visitors.get_mut(&self.hash) else { return Allowed::TooFast };
        let begins = present.identity.is_none();
        if !present.saying.take(now) {
            return Allowed::TooFast;
        }
        let Some(address) = self.address else { return Allowed::Yes };
        let counted = house.address(address, now);
        if !counted.saying.take(now) || (begins && !counted.beginning.take(now)) {
            return Allowed::TooFast;
        }
        Allowed::Yes
    }

    /// Which line of the visitor this is.
    pub fn line(&self) -> u64 {
        self.id
    }

    /// Whether the visitor may call once more.
    pub fn may_call(&self, now: Time) -> Allowed {
        let mut house = self.hub.house();
        let Some(present) = house.visitors.get_mut(&self.hash) else { return Allowed::TooFast };
        let begins = present.identity.is_none();
        if !present.calling.take(now) {
            return Allowed::TooFast;
        }
        let Some(address) = self.address.filter(|_| begins) else { return Allowed::Yes };
        if house.address(address, now).beginning.take(now) {
            Allowed::Yes
        } else {
            Allowed::TooFast
        }
    }

    /// The page on the screen and those that are not kept yet, oldest first.
    pub fn pages(&self) -> (Page, Vec<VisitedPage>) {
        let house = self.hub.house();
        let Some(present) = house.visitors.get(&self.hash) else { return Default::default() };
        let page = present.page.clone();
        let page = page.map(|one| Page { url: one.url, title: one.title }).unwrap_or_default();
        (page, present.pages.clone())
    }

    /// Another page is on the screen. Answers it, if it is to be kept now.
    pub fn turn(&self, page: Page, now: Time) -> Option<(IdentityId, Vec<VisitedPage>)> {
        let (kept, stir) = {
            let mut house = self.hub.house();
            let present = house.visitors.get_mut(&self.hash)?;
            if !present.page_turns.take(now) || !turn(present, page, now) {
                return None;
            }
            let kept = present.identity.map(|id| (id, std::mem::take(&mut present.pages)));
            (kept, house.stir(&self.hash, now))
        };
        self.hub.tell_team(stir);
        kept
    }

    /// The tab went to the back, or came to the front.
    pub fn set_away(&self, away: bool, now: Time) {
        let stir = {
            let mut house = self.hub.house();
            let Some(present) = house.visitors.get_mut(&self.hash) else { return };
            if let Some(line) = present.lines.iter_mut().find(|line| line.id == self.id) {
                line.away = away;
            }
            house.stir(&self.hash, now)
        };
        self.hub.tell_team(stir);
    }

    /// The visitor writes, or stopped.
    pub fn set_writing(&self, on: bool, now: Time) {
        let stir = {
            let mut house = self.hub.house();
            let Some(present) = house.visitors.get_mut(&self.hash) else { return };
            present.writing_until = if on { now.saturating_add(WRITING) } else { 0 };
            house.stir(&self.hash, now)
        };
        self.hub.tell_team(stir);
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        let mut house = self.hub.house();
        if let Some(present) = house.visitors.get_mut(&self.hash) {
            present.lines.retain(|line| line.id != self.id);
        }
        if let Some(address) = self.address.and_then(|one| house.addresses.get_mut(&one)) {
            address.lines = address.lines.saturating_sub(1);
        }
    }
}
