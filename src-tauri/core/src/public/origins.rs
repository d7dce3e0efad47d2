//! How this desk is reached: the addresses under which providers may know it, and where a tunnel
//! tells who calls. Remembered until the settings change.

use std::sync::Arc;

use rusqlite::Connection;
use tokio::sync::Mutex;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;

use crate::app::App;
use crate::error::Result;
use crate::events::{Bus, Event, Logged};
use crate::model::ProxyHeader;
use crate::store::settings;

/// What holds for requests from the internet.
pub(super) struct Origins(Mutex<Known>);

struct Known {
    news: Receiver<Arc<Logged>>,
    reach: Option<Reach>,
}

/// How this desk is reached.
#[derive(Debug, Clone)]
pub(super) struct Reach {
    /// Its public addresses, newest first.
    pub(super) origins: Arc<[String]>,
    /// Where a tunnel or proxy tells who calls.
    pub(super) proxy_header: ProxyHeader,
}

impl Origins {
    /// Nothing is known yet.
    pub(super) fn new(bus: &Bus) -> Self {
        Self(Mutex::new(Known { news: bus.subscribe(), reach: None }))
    }

    /// What holds now. A change is seen here before whoever made it has their answer.
    pub(super) async fn current(&self, app: &App) -> Result<Reach> {
        let mut known = self.0.lock().await;
        if changed(&mut known.news) {
            known.reach = None;
        }
        if let Some(reach) = &known.reach {
            return Ok(reach.clone());
        }
        let read = |c: &Connection| Ok((settings::public_origins(c)?, settings::proxy_header(c)?));
        let (origins, proxy_header) = app.db().read(read).await?;
        let reach = Reach { origins: origins.into(), proxy_header };
        known.reach = Some(reach.clone());
        Ok(reach)
    }
}

/// Reads the news; whether the settings may have changed.
fn changed(news: &mut Receiver<Arc<Logged>>) -> bool {
    let mut changed = false;
    loop {
        match news.try_recv() {
            Ok(logged) => changed |= logged.event == Event::SettingsChanged,
            Err(TryRecvError::Lagged(_)) => changed = true,
            Err(TryRecvError::Empty | TryRecvError::Closed) => return changed,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::events::Audience;

    use super::*;

    fn publish(bus: &Bus, event: Event) {
        let audience = Audience::everyone();
        bus.publish(Arc::new(Logged { seq: 1, at: 0, event, audience }));
    }

    #[test]
    fn only_changed_settings_are_read_again() {
        let bus = Bus::new(4);
        let mut news = bus.subscribe();
        assert!(!changed(&mut news));
        publish(&bus, Event::AttentionChanged);
        assert!(!changed(&mut news));
        publish(&bus, Event::SettingsChanged);
        publish(&bus, Event::AttentionChanged);
        assert!(changed(&mut news));
        assert!(!changed(&mut news));
    }

    #[test]
    fn after_too_much_news_the_settings_are_read_again() {
        let bus = Bus::new(2);
        let mut news = bus.subscribe();
        for _ in 0..9 {
            publish(&bus, Event::AttentionChanged);
        }
        assert!(changed(&mut news));
    }
}
