//! The addresses under which providers may know this desk, remembered until the settings change.

use std::sync::Arc;

use tokio::sync::Mutex;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;

use crate::app::App;
use crate::error::Result;
use crate::events::{Bus, Event, Logged};
use crate::store::settings;

/// The public addresses of the desk, newest first.
pub(super) struct Origins(Mutex<Known>);

struct Known {
    news: Receiver<Arc<Logged>>,
    origins: Option<Arc<[String]>>,
}

impl Origins {
    /// Nothing is known yet.
    pub(super) fn new(bus: &Bus) -> Self {
        Self(Mutex::new(Known { news: bus.subscribe(), origins: None }))
    }

    /// What holds now. A change is seen here before whoever made it has their answer.
    pub(super) async fn current(&self, app: &App) -> Result<Arc<[String]>> {
        let mut known = self.0.lock().await;
        if changed(&mut known.news) {
            known.origins = None;
        }
        if let Some(origins) = &known.origins {
            return Ok(Arc::clone(origins));
        }
        let origins: Arc<[String]> = app.db().read(settings::public_origins).await?.into();
        known.origins = Some(Arc::clone(&origins));
        Ok(origins)
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
