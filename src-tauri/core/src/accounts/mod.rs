//! Accounts: the first run, signing in and out, devices, and what users say of themselves.
//! Who may change whom is in [`users`], groups of agents in [`queues`].
//!
//! Knows the store and the rules; knows nothing of HTTP or sessions.

pub mod invites;
pub mod links;
mod lockout;
mod passwords;
pub mod photos;
pub mod presence;
pub mod queues;
mod sign_in;
mod tokens;
pub mod users;
mod visits;

pub use links::Links;
pub use lockout::Strangers;
pub use sign_in::{NewSignIn, caller_of, setup, sign_in, sign_out};
pub use visits::Visits;

use rusqlite::Connection;
use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::fields::Fields;
use crate::model::{Device, DeviceId, Me, Person, Presence, Role, Time, UserId};
use crate::store::{self, Tx};

/// Bytes of the UI's preferences of one user.
const PREFERENCES: usize = 64 * 1024;

/// Changes to one's own account; what is left out stays as it is.
#[derive(Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeChange {
    /// Shown name.
    #[schema(min_length = 1, max_length = 80)]
    pub name: Option<String>,
    /// Where they say they are.
    pub presence: Option<Presence>,
    /// When they will be available again by themselves; goes with `presence`.
    pub presence_until: Option<Time>,
    /// Minutes without a touch after which they are away by themselves, 1 to 480; 0: never.
    #[schema(maximum = 480)]
    pub away_after: Option<u32>,
    /// Preferences of the UI, an object of at most 64 KiB, kept as it is.
    #[schema(value_type = Option<Object>)]
    pub preferences: Option<serde_json::Map<String, serde_json::Value>>,
    /// Another password, with the one so far.
    pub password: Option<PasswordChange>,
}

/// Another password.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The one so far.
    #[schema(value_type = String, max_length = 256)]
    pub current: SecretString,
    /// The new one, at least 8 characters.
    #[schema(value_type = String, min_length = 8, max_length = 256)]
    pub new: SecretString,
}

/// The caller and what they may do.
pub async fn me(app: &App, caller: &Caller, now: Time) -> Result<Me> {
    let user = caller.user;
    app.db().read(move |c| me_of(c, user, now)).await
}

fn me_of(c: &Connection, user: UserId, now: Time) -> Result<Me> {
    let preferences = store::users::preferences(c, user)?;
    let said = store::presence::of(c, user)?;
    let user = store::users::get(c, user, now)?;
    let (may_administer, may_supervise) = match user.role {
        Role::Administrator => (true, true),
        Role::Supervisor => (false, true),
        Role::Agent => (false, false),
    };
    Ok(Me {
        may_administer,
        may_supervise,
        startable: store::users::startable(c, user.id)?,
        presence_until: said.until,
        presence_by: said.by,
        presence_idle: said.idle,
        away_after: said.away_after,
        preferences: serde_json::from_str(&preferences)
            .map_err(|error| Error::Internal(error.to_string()))?,
        user,
    })
}

/// Changes the caller's own account.
pub async fn change_me(app: &App, caller: &Caller, change: MeChange, now: Time) -> Result<Me> {
    let mut fields = Fields::new();
    let name = change.name.map(|name| fields.line("name", &name, 1, 80));
    let preferences = change.preferences.map(|map| serde_json::Value::Object(map).to_string());
    if preferences.as_ref().is_some_and(|text| text.len() > PREFERENCES) {
        fields.refuse("preferences", "These preferences are too large to keep.");
    }
    if let Some(password) = &change.password {
        passwords::check(&mut fields, "password.new", &password.new);
    }
    presence::check(&mut fields, "presence_until", change.presence_until, now);
    if change.away_after.is_some_and(|minutes| minutes > presence::LONGEST_WAIT) {
        fields.refuse("away_after", "At most 480 minutes, please.");
    }
    fields.finish()?;
    let hash = match change.password {
        Some(password) => Some(sign_in::other_password(app, caller, password, now).await?),
        None => None,
    };
    let (user, device) = (caller.user, caller.device);
    app.db()
        .write(move |tx| {
            // Whoever was deleted meanwhile changes nothing.
            store::users::get(tx, user, now)?;
            if let Some(name) = &name {
                store::users::set_name(tx, user, name)?;
            }
            if let Some(presence) = change.presence {
                presence::say(tx, user, presence, change.presence_until)?;
            }
            if let Some(minutes) = change.away_after {
                store::presence::set_away_after(tx, user, (minutes > 0).then_some(minutes), now)?;
            }
            if let Some(preferences) = &preferences {
                store::users::set_preferences(tx, user, preferences)?;
            }
            if let Some(hash) = &hash {
                store::users::set_password(tx, user, hash)?;
                log_out(tx, user, Some(device))?;
            }
            tx.emit(Event::UserChanged { user_id: user }, Audience::everyone());
            me_of(tx, user, now)
        })
        .await
}

/// Names, roles and presence of everyone to whom something can be given.
pub async fn people(app: &App, now: Time) -> Result<Vec<Person>> {
    app.db().read(move |c| store::users::people(c, now)).await
}

/// Where a user is signed in; others than one's own are for administrators.
pub async fn devices(app: &App, caller: &Caller, user: UserId, now: Time) -> Result<Vec<Device>> {
    may_see_devices(caller, user)?;
    let current = caller.device;
    app.db()
        .read(move |c| {
            store::users::get(c, user, now)?;
            store::devices::of_user(c, user, current, now)
        })
        .await
}

/// Logs one device of a user out.
pub async fn log_device_out(
    app: &App,
    caller: &Caller,
    user: UserId,
    device: DeviceId,
) -> Result<()> {
    may_see_devices(caller, user)?;
    app.db()
        .write(move |tx| {
            if !store::devices::delete(tx, user, device)? {
                return Err(Error::NotFound("device"));
            }
            tx.emit(Event::SignedOut { device_id: device }, Audience::user(user));
            tx.emit(Event::UserChanged { user_id: user }, Audience::everyone());
            Ok(())
        })
        .await
}

fn may_see_devices(caller: &Caller, user: UserId) -> Result<()> {
    if caller.user == user { Ok(()) } else { caller.must_administer() }
}

/// Logs a user out everywhere, but for the device that asks.
fn log_out(tx: &mut Tx<'_>, user: UserId, except: Option<DeviceId>) -> Result<()> {
    for device_id in store::devices::ids_of_user(tx, user)? {
        if Some(device_id) != except {
            store::devices::delete(tx, user, device_id)?;
            tx.emit(Event::SignedOut { device_id }, Audience::user(user));
        }
    }
    Ok(())
}
