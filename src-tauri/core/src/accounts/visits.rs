//! Devices that signed in while the database can only be read: kept in memory, gone at the next
//! start. Knows no store and no clock.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::model::{DeviceId, Time, UserId};

/// Visits at the same time; beyond that the oldest one ends.
const VISITS: usize = 1_000;

/// The devices, by the hash of their token.
#[derive(Debug, Default)]
pub struct Visits(Mutex<HashMap<[u8; 32], Visit>>);

/// One of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Visit {
    pub(super) user: UserId,
    pub(super) device: DeviceId,
    pub(super) expires_at: Time,
}

impl Visits {
    /// Adds a device of a user.
    pub(super) fn begin(&self, token_hash: [u8; 32], user: UserId, expires_at: Time) {
        let mut visits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if visits.len() >= VISITS {
            let oldest = visits.iter().min_by_key(|(_, visit)| visit.device).map(|(hash, _)| *hash);
            oldest.and_then(|hash| visits.remove(&hash));
        }
        visits.insert(token_hash, Visit { user, device: DeviceId::new(), expires_at });
    }

    /// Who holds the device with this token.
    pub(super) fn of(&self, token_hash: &[u8; 32], now: Time) -> Option<Visit> {
        let visits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        visits.get(token_hash).copied().filter(|visit| visit.expires_at > now)
    }

    /// Ends a visit; `false`: there was none.
    pub(super) fn end(&self, device: DeviceId) -> bool {
        let mut visits = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = visits.len();
        visits.retain(|_, visit| visit.device != device);
        visits.len() < before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_lasts_until_it_ends_or_its_time_is_over() {
        let (visits, user) = (Visits::default(), UserId::new());
        visits.begin([1; 32], user, 100);
        visits.begin([2; 32], user, 100);
        let visit = visits.of(&[1; 32], 99).unwrap();
        assert_eq!(visit.user, user);
        assert_eq!(visits.of(&[1; 32], 100), None);
        assert_eq!(visits.of(&[3; 32], 0), None);
        assert!(visits.end(visit.device) && !visits.end(visit.device));
        assert_eq!(visits.of(&[1; 32], 0), None);
        assert!(visits.of(&[2; 32], 0).is_some());
    }

    #[test]
    fn there_are_never_too_many() {
        let (visits, user) = (Visits::default(), UserId::new());
        let hash = |n: usize| {
            let mut hash = [0; 32];
            hash[..8].copy_from_slice(&n.to_be_bytes());
            hash
        };
        for n in 0..=VISITS {
            visits.begin(hash(n), user, 100);
        }
        assert_eq!(visits.of(&hash(0), 0), None, "the oldest one ended");
        assert!(visits.of(&hash(1), 0).is_some() && visits.of(&hash(VISITS), 0).is_some());
    }
}
