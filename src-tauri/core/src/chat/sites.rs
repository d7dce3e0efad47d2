//! The sites as visitors meet them, by the token in their addresses: remembered until something of
//! a channel changes.

use std::collections::HashMap;
use std::sync::Arc;

use tokio::sync::Mutex;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;

use super::domains;
use crate::app::App;
use crate::error::Result;
use crate::events::{Bus, Event, Logged};
use crate::model::{ChannelState, ChatSettings};
use crate::store::chat_sites::{self, SiteRow};

/// Tokens that are remembered; of strangers' guesses nothing is.
const REMEMBERED: usize = 1_000;

/// A site as visitors meet it.
#[derive(Debug)]
pub struct Site {
    /// The last part of its addresses.
    pub token: String,
    /// What is kept of it.
    pub row: SiteRow,
}

/// From which page somebody comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// From a page of the website.
    FromWebsite,
    /// From the desk's own test page.
    FromTestPage,
}

impl Site {
    /// What was chosen for it.
    pub fn settings(&self) -> &ChatSettings {
        &self.row.settings
    }

    /// From where a page of this origin comes; `None`: it may not load the chat. `own_port` is the
    /// one of the workspace, where the test page is.
    pub fn admit(&self, origin: &str, own_port: u16) -> Option<Came> {
        if is_own(origin, own_port) {
            return (self.row.state != ChannelState::Disabled).then_some(Came::FromTestPage);
        }
        let admitted = self.row.state == ChannelState::Active
            && domains::admit(&self.row.settings.domains, origin);
        admitted.then_some(Came::FromWebsite)
    }
}

/// Whether an origin is the workspace of this desk, seen from this computer.
fn is_own(origin: &str, own_port: u16) -> bool {
    ["http://127.0.0.1", "http://localhost", "http://[::1]"].iter().any(|host| {
        origin
            .strip_prefix(host)
            .and_then(|rest| rest.strip_prefix(':'))
            .is_some_and(|port| port.parse() == Ok(own_port))
    })
}

/// The sites that were asked for.
#[derive(Debug)]
pub struct Sites(Mutex<Known>);

#[derive(Debug)]
struct Known {
    news: Receiver<Arc<Logged>>,
    sites: HashMap<String, Arc<Site>>,
}

impl Sites {
    /// None is known yet.
    pub(crate) fn new(bus: &Bus) -> Self {
        Self(Mutex::new(Known { news: bus.subscribe(), sites: HashMap::new() }))
    }

    /// The site with this token. A change is seen here before whoever made it has their answer.
    pub async fn get(&self, app: &App, token: &str) -> Result<Option<Arc<Site>>> {
        let mut known = self.0.lock().await;
        if changed(&mut known.news) || known.sites.len() > REMEMBERED {
            known.sites.clear();
        }
        if let Some(site) = known.sites.get(token) {
            return Ok(Some(Arc::clone(site)));
        }
        if !is_token(token) {
            return Ok(None);
        }
        let asked = token.to_owned();
        let Some(row) = app.db().read(move |c| chat_sites::of_token(c, &asked)).await? else {
            return Ok(None);
        };
        let site = Arc::new(Site { token: token.to_owned(), row });
        known.sites.insert(token.to_owned(), Arc::clone(&site));
        Ok(Some(site))
    }
}

fn is_token(token: &str) -> bool {
    token.len() == 32 && token.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Reads the news; whether a site may have changed.
fn changed(news: &mut Receiver<Arc<Logged>>) -> bool {
    let mut changed = false;
    loop {
        match news.try_recv() {
            Ok(logged) => changed |= matches!(logged.event, Event::ChannelChanged { .. }),
            Err(TryRecvError::Lagged(_)) => changed = true,
            Err(TryRecvError::Empty | TryRecvError::Closed) => return changed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chat::settings::usual;
    use crate::model::ChannelId;

    #[test]
    fn only_pages_of_the_website_and_the_test_page_load_it() {
        let site = |state| Site {
            token: String::new(),
            row: SiteRow {
                channel: ChannelId::new(),
                name: "Shop".into(),
                state,
                settings: ChatSettings { domains: vec!["www.shop.example".into()], ..usual() },
            },
        };
        let (page, test) = (Some(Came::FromWebsite), Some(Came::FromTestPage));
        for (state, origin, expected) in [
            (ChannelState::Active, "https://www.shop.example", page),
            (ChannelState::Active, "https://other.example", None),
            (ChannelState::Active, "http://127.0.0.1:8788", test),
            (ChannelState::Active, "http://localhost:8788", test),
            (ChannelState::Active, "http://127.0.0.1:8789", None),
            (ChannelState::Active, "https://127.0.0.1:8788", None),
            (ChannelState::Active, "http://127.0.0.1.evil.example:8788", None),
            (ChannelState::Draft, "https://www.shop.example", None),
            (ChannelState::Draft, "http://[::1]:8788", test),
            (ChannelState::Disabled, "http://127.0.0.1:8788", None),
            (ChannelState::Disabled, "https://www.shop.example", None),
        ] {
            assert_eq!(site(state).admit(origin, 8_788), expected, "{state:?} {origin}");
        }
    }
}
