//! The first run, signing in and out, and who holds a token.

use rusqlite::Connection;
use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;

use super::passwords::Turn;
use super::{PasswordChange, lockout, me_of, passwords, tokens};
use crate::access::Caller;
use crate::app::App;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::fields::Fields;
use crate::model::{Role, Setup, SignedIn, Time, UserId};
use crate::store::users::Credentials;
use crate::store::{self, Tx};
use crate::{demo, desk};

/// What a device without a name is called.
const NAMELESS: &str = "Unnamed device";

/// Who wants to sign in.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSignIn {
    /// Sign-in name.
    #[schema(max_length = 64)]
    pub login: String,
    /// Password.
    #[schema(value_type = String, max_length = 256)]
    pub password: SecretString,
    /// What the device calls itself.
    #[serde(default)]
    #[schema(max_length = 80)]
    pub device_name: Option<String>,
}

/// The first run: the first administrator, signed in, and the name of the business. Only while
/// there is no user.
pub async fn setup(app: &App, setup: Setup, now: Time) -> Result<SignedIn> {
    if app.db().read(store::users::any).await? {
        return Err(Error::Conflict("this desk is set up already; sign in instead".into()));
    }
    let mut fields = Fields::new();
    let business_name = fields.line("business_name", &setup.business_name, 1, 80);
    let login = fields.line("login", &setup.login, 1, 64);
    let name = fields.line("name", &setup.name, 1, 80);
    let country = setup.country.as_deref().map(|country| desk::country(&mut fields, country));
    let device = device_name(&mut fields, setup.device_name.as_deref());
    passwords::check(&mut fields, "password", &setup.password);
    fields.finish()?;
    let password_hash = passwords::turn().await?.hash(setup.password).await?;
    let entry = store::users::Entry { login, name, role: Role::Administrator, password_hash };
    let signed_in = app
        .db()
        .write(move |tx| {
            if store::users::any(tx)? {
                return Err(Error::Conflict("this desk is set up already; sign in instead".into()));
            }
            let user = store::users::insert(tx, &entry, now)?;
            store::settings::set_business_name(tx, &business_name)?;
            if let Some(country) = &country {
                store::settings::set_country(tx, country)?;
            }
            if let Some(language) = setup.customer_language {
                store::settings::set_customer_language(tx, language)?;
            }
            tx.emit(Event::SettingsChanged, Audience::everyone());
            demo::welcome(tx, user)?;
            admit(tx, user, &device, now)
        })
        .await?;
    tracing::info!("the desk is set up");
    if setup.examples {
        demo::play_all(app).await?;
    }
    Ok(signed_in)
}

/// Signs a user in on a device. While the database can only be read the device is kept in memory.
pub async fn sign_in(app: &App, wish: NewSignIn, now: Time) -> Result<SignedIn> {
    let mut fields = Fields::new();
    let device = device_name(&mut fields, wish.device_name.as_deref());
    fields.finish()?;
    let login = wish.login.trim().to_owned();
    let turn = passwords::turn().await?;
    // Only now, so that tries that wait for their turn see what the ones before them did.
    let name = login.clone();
    let found = app.db().read(move |c| store::users::credentials_of_login(c, &name)).await?;
    let user = found.as_ref().map(|credentials| credentials.user);
    // Neither words nor time tell a name that exists from one that does not.
    if user.is_none()
        && let Some(seconds) = app.strangers().locked(&login, now)
    {
        return Err(Error::LockedOut(seconds));
    }
    if app.db().read_only().is_some() {
        return visit(app, turn, &login, found, wish.password, now).await;
    }
    let right = is_right(turn, found, wish.password, now).await?;
    let Some(user) = user else {
        let locked = app.strangers().tried(&login, now);
        return Err(locked.map_or(Error::WrongPassword, Error::LockedOut));
    };
    let verdict = app
        .db()
        .write(move |tx| match judge(tx, user, right, now)? {
            Ok(()) => admit(tx, user, &device, now).map(Ok),
            Err(refusal) => Ok(Err(refusal)),
        })
        .await?;
    verdict.map_err(Error::from)
}

/// Signs a user in where nothing can be written: wrong passwords are counted in memory as well,
/// for every name alike.
async fn visit(
    app: &App,
    turn: Turn,
    login: &str,
    found: Option<Credentials>,
    password: SecretString,
    now: Time,
) -> Result<SignedIn> {
    if let Some(seconds) = app.strangers().locked(login, now) {
        return Err(Error::LockedOut(seconds));
    }
    let who = found.as_ref().map(|credentials| (credentials.user, credentials.disabled));
    let right = is_right(turn, found, password, now).await?;
    let Some((user, disabled)) = who.filter(|_| right) else {
        let locked = app.strangers().tried(login, now);
        return Err(locked.map_or(Error::WrongPassword, Error::LockedOut));
    };
    if disabled {
        return Err(Refusal::SwitchedOff.into());
    }
    let token = tokens::generate()?;
    let hash = tokens::hash(&token).ok_or_else(|| Error::Internal("a token is not one".into()))?;
    app.visits().begin(hash, user, tokens::expires_at(now, now));
    let me = app.db().read(move |c| me_of(c, user, now)).await?;
    Ok(SignedIn { token, me })
}

/// Hashes another password after the one so far was right.
pub(super) async fn other_password(
    app: &App,
    caller: &Caller,
    change: PasswordChange,
    now: Time,
) -> Result<String> {
    let user = caller.user;
    let turn = passwords::turn().await?;
    let found = app.db().read(move |c| store::users::credentials_of(c, user)).await?;
    let right = is_right(turn, Some(found), change.current, now).await?;
    match app.db().write(move |tx| judge(tx, user, right, now)).await? {
        Ok(()) => passwords::turn().await?.hash(change.new).await,
        // The caller is signed in; it is the form that is wrong.
        Err(Refusal::Wrong) => {
            Err(Error::field("password.current", "This is not your password so far."))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// Whether the password is right. While sign-in is refused none is even looked at.
async fn is_right(
    turn: Turn,
    found: Option<Credentials>,
    password: SecretString,
    now: Time,
) -> Result<bool> {
    if let Some(credentials) = &found
        && let Some(seconds) = lockout::seconds_left(credentials.locked_until, now)
    {
        return Err(Error::LockedOut(seconds));
    }
    turn.matches(password, found.map(|credentials| credentials.password_hash)).await
}

/// Why a sign-in is refused. Not an error inside the write: the count must be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    Wrong,
    Locked(u64),
    SwitchedOff,
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Wrong => Self::WrongPassword,
            Refusal::Locked(seconds) => Self::LockedOut(seconds),
            Refusal::SwitchedOff => {
                Self::Forbidden("this account is switched off; an administrator can switch it on")
            }
        }
    }
}

/// Counts a try and says what it leads to. Tries at the same time meet here one after another, so
/// that a right guess during a lock-out does not pass.
fn judge(tx: &Tx<'_>, user: UserId, right: bool, now: Time) -> Result<Result<(), Refusal>> {
    let before = store::users::credentials_of(tx, user)?;
    if let Some(seconds) = lockout::seconds_left(before.locked_until, now) {
        return Ok(Err(Refusal::Locked(seconds)));
    }
    if !right {
        let wrong = before.wrong_passwords.saturating_add(1);
        let until = lockout::until(wrong, now);
        store::users::set_wrong_passwords(tx, user, wrong, until)?;
        return Ok(Err(lockout::seconds_left(until, now).map_or(Refusal::Wrong, Refusal::Locked)));
    }
    if before.wrong_passwords > 0 {
        store::users::set_wrong_passwords(tx, user, 0, 0)?;
    }
    Ok(if before.disabled { Err(Refusal::SwitchedOff) } else { Ok(()) })
}

/// Adds a device for a user whose password was right.
pub(super) fn admit(tx: &mut Tx<'_>, user: UserId, device: &str, now: Time) -> Result<SignedIn> {
    let token = tokens::generate()?;
    let hash = tokens::hash(&token).ok_or_else(|| Error::Internal("a token is not one".into()))?;
    store::devices::insert(tx, user, device, &hash, tokens::expires_at(now, now), now)?;
    tx.emit(Event::UserChanged { user_id: user }, Audience::everyone());
    Ok(SignedIn { token, me: me_of(tx, user, now)? })
}

/// Signs the caller's device out.
pub async fn sign_out(app: &App, caller: &Caller) -> Result<()> {
    let (user, device_id) = (caller.user, caller.device);
    if app.visits().end(device_id) {
        return Ok(());
    }
    app.db()
        .write(move |tx| {
            store::devices::delete(tx, user, device_id)?;
            tx.emit(Event::SignedOut { device_id }, Audience::user(user));
            tx.emit(Event::UserChanged { user_id: user }, Audience::everyone());
            Ok(())
        })
        .await
}

/// Who holds a token.
pub async fn caller_of(app: &App, token: &str, now: Time) -> Result<Caller> {
    let hash = tokens::hash(token).ok_or(Error::NotSignedIn)?;
    if let Some(visit) = app.visits().of(&hash, now) {
        let visitor =
            app.db().read(move |c| store::devices::visitor(c, visit.user, visit.device)).await?;
        return visitor.ok_or(Error::NotSignedIn);
    }
    let found = app.db().read(move |c: &Connection| store::devices::holding(c, &hash)).await?;
    let holding = found.filter(|holding| holding.expires_at > now).ok_or(Error::NotSignedIn)?;
    if tokens::is_stale(holding.last_seen_at, now) {
        let expires_at = tokens::expires_at(holding.created_at, now);
        let device = holding.caller.device;
        let noted =
            app.db().write(move |tx| store::devices::touch(tx, device, expires_at, now)).await;
        match noted {
            // Whoever may only read may still read.
            Ok(()) | Err(Error::ReadOnly(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(holding.caller)
}

pub(super) fn device_name(fields: &mut Fields, name: Option<&str>) -> String {
    let name = fields.line("device_name", name.unwrap_or_default(), 0, 80);
    if name.is_empty() { NAMELESS.to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::Bus;
    use crate::store::{Db, migrate};

    async fn desk_with_ana(folder: &std::path::Path) -> (Db, UserId) {
        let prepared = migrate::prepare(folder, 0).unwrap();
        let db = Db::open(&prepared.path, &Bus::new(8), None).unwrap();
        let entry = store::users::Entry {
            login: "ana".into(),
            name: "Ana".into(),
            role: Role::Agent,
            password_hash: "-".into(),
        };
        let ana = db.write(move |tx| store::users::insert(tx, &entry, 0)).await.unwrap();
        (db, ana)
    }

    #[tokio::test]
    async fn wrong_passwords_lock_and_a_right_one_forgets_them() {
        let folder = tempfile::tempdir().unwrap();
        let (db, ana) = desk_with_ana(folder.path()).await;
        let judge = async |right: bool, now: Time| {
            db.write(move |tx| judge(tx, ana, right, now)).await.unwrap()
        };
        for _ in 0..4 {
            assert_eq!(judge(false, 0).await, Err(Refusal::Wrong));
        }
        assert_eq!(judge(false, 0).await, Err(Refusal::Locked(30)));
        assert_eq!(judge(true, 29_000).await, Err(Refusal::Locked(1)), "not even the right one");
        assert_eq!(judge(false, 30_000).await, Err(Refusal::Locked(60)));
        assert_eq!(judge(true, 90_000).await, Ok(()));
        assert_eq!(judge(false, 90_000).await, Err(Refusal::Wrong), "counted from one again");
        db.close();
    }

    #[tokio::test]
    async fn a_switched_off_account_is_told_so_only_after_the_right_password() {
        let folder = tempfile::tempdir().unwrap();
        let (db, ana) = desk_with_ana(folder.path()).await;
        db.write(move |tx| store::users::set_disabled(tx, ana, true)).await.unwrap();
        let wrong = db.write(move |tx| judge(tx, ana, false, 0)).await.unwrap();
        assert_eq!(wrong, Err(Refusal::Wrong));
        let right = db.write(move |tx| judge(tx, ana, true, 0)).await.unwrap();
        assert_eq!(right, Err(Refusal::SwitchedOff));
        db.close();
    }

    #[tokio::test]
    async fn an_admitted_device_holds_its_token() {
        let folder = tempfile::tempdir().unwrap();
        let (db, ana) = desk_with_ana(folder.path()).await;
        let signed_in = db.write(move |tx| admit(tx, ana, "Till", 1_000)).await.unwrap();
        let hash = tokens::hash(&signed_in.token).unwrap();
        let holding = db.read(move |c| store::devices::holding(c, &hash)).await.unwrap().unwrap();
        assert_eq!((holding.caller.user, holding.created_at), (ana, 1_000));
        let device = holding.caller.device;
        let devices =
            db.read(move |c| store::devices::of_user(c, ana, device, 1_000)).await.unwrap();
        assert_eq!(devices[0].name, "Till");
        assert!(devices[0].current);
        db.write(move |tx| super::super::log_out(tx, ana, None)).await.unwrap();
        assert_eq!(db.read(move |c| store::devices::holding(c, &hash)).await.unwrap(), None);
        db.close();
    }

    #[tokio::test]
    async fn who_is_signed_in_nowhere_is_off_work() {
        let folder = tempfile::tempdir().unwrap();
        let (db, ana) = desk_with_ana(folder.path()).await;
        let presence = async |now: Time| {
            let people = db.read(move |c| store::users::people(c, now)).await.unwrap();
            let users = db.read(move |c| store::users::list(c, now)).await.unwrap();
            assert_eq!(people[0].presence, users[0].presence, "both lists say the same");
            people[0].presence
        };
        assert_eq!(presence(0).await, crate::model::Presence::OffWork);
        db.write(move |tx| admit(tx, ana, "Till", 0)).await.unwrap();
        assert_eq!(presence(0).await, crate::model::Presence::Available);
        let month = 31 * 24 * 3_600_000;
        assert_eq!(presence(month).await, crate::model::Presence::OffWork);
        db.close();
    }
}
