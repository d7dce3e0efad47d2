//! The paces of all channels. They outlive a channel's sending task, so that an edit of a channel
//! gives no free burst and forgets no refusal.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::pace::{Left, Pace};
use crate::model::ChannelId;

/// The pace of each channel that has sent since the desk started.
#[derive(Debug, Default)]
pub struct Paces(Mutex<HashMap<ChannelId, Pace>>);

impl Paces {
    fn lock(&self) -> MutexGuard<'_, HashMap<ChannelId, Pace>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A channel sends at this rate from now on.
    pub(super) fn set_rate(&self, id: ChannelId, rate: f64) {
        self.lock().entry(id).or_insert_with(|| Pace::new(rate)).set_rate(rate);
    }

    /// Lets one message of a channel leave, or says how long it has to wait.
    pub(super) fn try_leave(&self, id: ChannelId, now: Instant) -> Result<Left, Duration> {
        self.lock().entry(id).or_insert_with(|| Pace::new(1.0)).try_leave(now)
    }

    /// Nothing left after all.
    pub(super) fn give_back(&self, id: ChannelId, left: &Left) {
        self.lock().entry(id).and_modify(|pace| pace.give_back(left));
    }

    /// The provider says that it is too much. `true`: the channel begins to be slow.
    pub(super) fn refused(
        &self,
        id: ChannelId,
        left: &Left,
        pause: Option<Duration>,
        now: Instant,
    ) -> bool {
        self.lock().get_mut(&id).is_some_and(|pace| pace.refused(left, pause, now))
    }

    /// The provider took a message. `true`: the channel is slow no longer.
    pub(super) fn accepted(&self, id: ChannelId, left: &Left) -> bool {
        self.lock().get_mut(&id).is_some_and(|pace| pace.accepted(left))
    }

    /// Messages per second of a channel at present, if the provider wants fewer than allowed; 0
    /// while it wants none.
    pub fn slowed_to(&self, id: ChannelId) -> Option<f64> {
        self.lock().get(&id)?.slowed_to(Instant::now())
    }
}
