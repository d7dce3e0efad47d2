//! Device tokens: random, shown once, kept as a hash, and how long they live. Pure but for chance.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::error::Result;
use crate::model::Time;
use crate::secrets;

/// Begins every token, so that one that leaked is recognised.
const PREFIX: &str = "dbt_";
/// Characters of a whole token: the prefix, and 32 bytes in base64.
const LENGTH: usize = 47;
const DAY: Time = 24 * 60 * 60 * 1_000;
/// How long a device stays signed in without being used.
const IDLE: Time = 30 * DAY;
/// How long it stays signed in at most.
const LONGEST: Time = 180 * DAY;
/// How often its use is noted.
const NOTED_EVERY: Time = 60_000;

/// A new token.
pub(super) fn generate() -> Result<String> {
    let bytes = secrets::random::<32>()?;
    Ok(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes)))
}

/// What the store keeps of a token; `None` for what cannot be one.
pub(super) fn hash(token: &str) -> Option<[u8; 32]> {
    let plausible = token.len() == LENGTH && token.starts_with(PREFIX);
    plausible.then(|| Sha256::digest(token).into())
}

/// Until when a device that is used now stays signed in.
pub(super) fn expires_at(created_at: Time, now: Time) -> Time {
    (now + IDLE).min(created_at + LONGEST)
}

/// Whether the use of a device has to be noted again.
pub(super) fn is_stale(last_seen_at: Time, now: Time) -> bool {
    now - last_seen_at >= NOTED_EVERY
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_long_random_and_kept_as_a_hash() {
        let (one, two) = (generate().unwrap(), generate().unwrap());
        assert_ne!(one, two);
        assert_eq!(one.len(), LENGTH);
        assert!(hash(&one).is_some());
        assert_ne!(hash(&one), hash(&two));
        for wrong in ["", "dbt_", &one[1..], &format!("{one}x"), &one.replace("dbt_", "dbx_")] {
            assert_eq!(hash(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn use_keeps_a_device_signed_in_but_not_for_ever() {
        assert_eq!(expires_at(0, 0), 30 * DAY);
        assert_eq!(expires_at(0, 20 * DAY), 50 * DAY);
        assert_eq!(expires_at(0, 170 * DAY), 180 * DAY);
        assert!(!is_stale(0, 59_999));
        assert!(is_stale(0, 60_000));
    }
}
