//! Live chat: visitors of a website and the desk. Everything of it that is not HTTP.
//!
//! What a visitor says goes into the store in one transaction, by the same building blocks as any
//! customer's message; what is said to them is told from the store, once the outbox has let it go.
//! Who is connected is known in memory only.

pub(crate) mod automatic;
pub mod calls;
pub(crate) mod checks;
pub mod domains;
pub mod ending;
pub mod figures;
pub mod floods;
pub(crate) mod following;
pub(crate) mod forms;
pub mod greeting;
pub mod hub;
pub mod page_check;
pub mod saying;
pub mod settings;
pub mod sites;
pub mod snippet;
mod usual;
pub mod visits;

use std::sync::Arc;

use crate::events::Bus;
use crate::rooms::Rooms;
use calls::Switchboard;
use hub::Hub;
use sites::Sites;

/// What a desk remembers of its live chats. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Chat(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    sites: Sites,
    hub: Hub,
    calls: Switchboard,
}

impl Chat {
    /// Nobody is connected.
    pub(crate) fn new(bus: &Bus, rooms: &Rooms) -> Self {
        let hub = Hub::new(rooms);
        let calls = Switchboard::new(&hub, rooms);
        Self(Arc::new(Parts { sites: Sites::new(bus), hub, calls }))
    }

    /// The sites, by the token in their addresses.
    pub fn sites(&self) -> &Sites {
        &self.0.sites
    }

    /// Who is connected.
    pub fn hub(&self) -> &Hub {
        &self.0.hub
    }

    /// Calls that are under way.
    pub fn calls(&self) -> &Switchboard {
        &self.0.calls
    }
}

/// Whether a channel of this provider is a site with live chat.
pub fn is_site(provider: &str) -> bool {
    provider == deskbell_channels::livechat::ID
}
