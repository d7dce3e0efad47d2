//! Links that sign their own user in once more: where a window carries no voice, it opens the
//! browser of its computer with one. They last a minute, are used once and are kept in memory only.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use utoipa::ToSchema;

use super::sign_in::{admit, device_name};
use super::tokens;
use crate::access::Caller;
use crate::app::App;
use crate::error::{Error, Result};
use crate::fields::Fields;
use crate::model::{DeviceId, SignInLink, SignedIn, Time, UserId};
use crate::store;

/// How long a link can be used, in milliseconds.
const LASTS: Time = 60_000;

/// Who wants to sign in by a link.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkSignIn {
    /// As in the link.
    #[schema(value_type = String, max_length = 100)]
    pub token: SecretString,
    /// What the device calls itself.
    #[serde(default)]
    #[schema(max_length = 80)]
    pub device_name: Option<String>,
}

/// All links that can be used, by the hash of their token; one a user.
#[derive(Debug, Default)]
pub struct Links(Mutex<HashMap<[u8; 32], Link>>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Link {
    user: UserId,
    /// Who made it: signed out there, it is worth nothing.
    device: DeviceId,
    expires_at: Time,
}

impl Links {
    /// The user's older link, and whatever is too old, is worth nothing from now on.
    fn add(&self, hash: [u8; 32], link: Link, now: Time) {
        let mut links = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        links.retain(|_, other| other.user != link.user && other.expires_at > now);
        links.insert(hash, link);
    }

    /// The link, which is used up by that.
    fn take(&self, hash: &[u8; 32], now: Time) -> Option<Link> {
        let mut links = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        links.remove(hash).filter(|link| link.expires_at > now)
    }
}

/// Makes a link for the caller themselves.
pub fn create(app: &App, caller: &Caller, now: Time) -> Result<SignInLink> {
    let token = tokens::generate()?;
    let hash = tokens::hash(&token).ok_or_else(|| Error::Internal("a token is not one".into()))?;
    let expires_at = now + LASTS;
    app.links().add(hash, Link { user: caller.user, device: caller.device, expires_at }, now);
    Ok(SignInLink { token, expires_at })
}

/// Signs the user of a link in on this device.
pub async fn sign_in(app: &App, wish: LinkSignIn, now: Time) -> Result<SignedIn> {
    let mut fields = Fields::new();
    let device = device_name(&mut fields, wish.device_name.as_deref());
    fields.finish()?;
    let hash = tokens::hash(wish.token.expose_secret()).ok_or_else(gone)?;
    let link = app.links().take(&hash, now).ok_or_else(gone)?;
    app.db()
        .write(move |tx| {
            let there = store::devices::ids_of_user(tx, link.user)?.contains(&link.device);
            let user = store::devices::visitor(tx, link.user, link.device)?;
            // Switched off or signed out since: whoever holds the link is told no more than others.
            if !there || user.is_none() {
                return Err(gone());
            }
            admit(tx, link.user, &device, now)
        })
        .await
}

/// Wrong, used and too old are one to whoever holds it.
fn gone() -> Error {
    Error::NotFound("link")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_used_once_in_its_minute_and_gives_way_to_a_newer_one() {
        let links = Links::default();
        let (user, device) = (UserId::new(), DeviceId::new());
        let link = |expires_at| Link { user, device, expires_at };
        links.add([1; 32], link(60_000), 0);
        assert_eq!(links.take(&[2; 32], 1), None);
        assert_eq!(links.take(&[1; 32], 1), Some(link(60_000)));
        assert_eq!(links.take(&[1; 32], 2), None, "used");
        links.add([1; 32], link(60_000), 0);
        assert_eq!(links.take(&[1; 32], 60_000), None, "too old");
        links.add([1; 32], link(60_000), 0);
        links.add([2; 32], link(61_000), 1_000);
        assert_eq!(links.take(&[1; 32], 2_000), None, "there is a newer one");
        assert_eq!(links.take(&[2; 32], 2_000), Some(link(61_000)));
        links.add([3; 32], link(60_000), 0);
        let other = Link { user: UserId::new(), device, expires_at: 200_000 };
        links.add([4; 32], other, 100_000);
        assert_eq!(links.0.lock().unwrap().len(), 1, "old ones are not kept");
    }
}
