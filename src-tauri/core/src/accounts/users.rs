//! What an administrator does to users. A desk always keeps an administrator; whoever is switched
//! off, deleted or gets another password is logged out.

use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{log_out, passwords};
use crate::access::Caller;
use crate::app::App;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::fields::Fields;
use crate::model::{QueueId, Role, Time, User, UserId};
use crate::store::{self, Tx};

/// A user to be added.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewUser {
    /// Sign-in name, unique without regard to case.
    #[schema(min_length = 1, max_length = 64)]
    pub login: String,
    /// Shown name.
    #[schema(min_length = 1, max_length = 80)]
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Password, at least 8 characters.
    #[schema(value_type = String, min_length = 8, max_length = 256)]
    pub password: SecretString,
    /// Queues to be an agent of.
    #[serde(default)]
    pub queues: Vec<QueueId>,
    /// Whether they may call customers; left out: administrators and supervisors may.
    #[serde(default)]
    pub may_call: Option<bool>,
}

/// Changes to a user; what is left out stays as it is.
#[derive(Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserChange {
    /// Shown name.
    #[schema(min_length = 1, max_length = 80)]
    pub name: Option<String>,
    /// Sign-in name.
    #[schema(min_length = 1, max_length = 64)]
    pub login: Option<String>,
    /// What they may do.
    pub role: Option<Role>,
    /// Another password; it logs them out everywhere else.
    #[schema(value_type = Option<String>, min_length = 8, max_length = 256)]
    pub password: Option<SecretString>,
    /// Switch the account off or on.
    pub disabled: Option<bool>,
    /// Queues to be an agent of: all of them.
    pub queues: Option<Vec<QueueId>>,
    /// Whether they may call customers.
    pub may_call: Option<bool>,
}

/// All users by name.
pub async fn list(app: &App, caller: &Caller, now: Time) -> Result<Vec<User>> {
    caller.must_administer()?;
    app.db().read(move |c| store::users::list(c, now)).await
}

/// Adds a user.
pub async fn create(app: &App, caller: &Caller, wish: NewUser, now: Time) -> Result<User> {
    caller.must_administer()?;
    let mut fields = Fields::new();
    let login = fields.line("login", &wish.login, 1, 64);
    let name = fields.line("name", &wish.name, 1, 80);
    passwords::check(&mut fields, "password", &wish.password);
    fields.finish()?;
    let password_hash = passwords::turn().await?.hash(wish.password).await?;
    let entry = store::users::Entry { login, name, role: wish.role, password_hash };
    app.db()
        .write(move |tx| {
            free_login(tx, &entry.login, None)?;
            let user = store::users::insert(tx, &entry, now)?;
            set_queues(tx, user, &wish.queues)?;
            if let Some(may_call) = wish.may_call {
                store::calls::set_may_call(tx, user, may_call)?;
            }
            tx.emit(Event::UserChanged { user_id: user }, Audience::everyone());
            store::users::get(tx, user, now)
        })
        .await
}

/// Changes a user.
pub async fn change(
    app: &App,
    caller: &Caller,
    user: UserId,
    change: UserChange,
    now: Time,
) -> Result<User> {
    caller.must_administer()?;
    let mut fields = Fields::new();
    let name = change.name.as_deref().map(|name| fields.line("name", name, 1, 80));
    let login = change.login.as_deref().map(|login| fields.line("login", login, 1, 64));
    if let Some(password) = &change.password {
        passwords::check(&mut fields, "password", password);
    }
    fields.finish()?;
    let hash = match change.password.clone() {
        Some(password) => Some(passwords::turn().await?.hash(password).await?),
        None => None,
    };
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let before = store::users::get(tx, user, now)?;
            let role = change.role.unwrap_or(before.role);
            let disabled = change.disabled.unwrap_or(before.disabled);
            may_become(tx, &caller, user, role, disabled)?;
            store::users::set_role(tx, user, role)?;
            store::users::set_disabled(tx, user, disabled)?;
            if let Some(name) = &name {
                store::users::set_name(tx, user, name)?;
            }
            if let Some(login) = &login {
                free_login(tx, login, Some(user))?;
                store::users::set_login(tx, user, login)?;
            }
            if let Some(queues) = &change.queues {
                set_queues(tx, user, queues)?;
            }
            if let Some(may_call) = change.may_call {
                store::calls::set_may_call(tx, user, may_call)?;
            }
            if let Some(hash) = &hash {
                store::users::set_password(tx, user, hash)?;
            }
            if hash.is_some() || disabled {
                log_out(tx, user, Some(caller.device))?;
            }
            tell(tx, user);
            store::users::get(tx, user, now)
        })
        .await
}

/// Deletes a user. Their sessions stay, and appear under "Needs attention" while they are open.
pub async fn delete(app: &App, caller: &Caller, user: UserId, now: Time) -> Result<()> {
    caller.must_administer()?;
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            store::users::get(tx, user, now)?;
            may_become(tx, &caller, user, Role::Agent, true)?;
            let numbers = store::users::destination_of(tx, user)?;
            if !numbers.is_empty() {
                return Err(Error::InUse(format!(
                    "new sessions of {} go to this user; give them another destination first",
                    numbers.join(", ")
                )));
            }
            for queue_id in store::users::queues_of(tx, user)? {
                tx.emit(Event::QueueChanged { queue_id }, Audience::everyone());
            }
            store::users::leave_queues(tx, user)?;
            store::users::leave_numbers(tx, user)?;
            log_out(tx, user, None)?;
            store::users::delete(tx, user, now)?;
            tell(tx, user);
            Ok(())
        })
        .await
}

/// Whether a user may get this role and state.
fn may_become(
    tx: &Tx<'_>,
    caller: &Caller,
    user: UserId,
    role: Role,
    disabled: bool,
) -> Result<()> {
    if caller.user == user && disabled {
        return Err(Error::Conflict("you cannot switch off or delete your own account".into()));
    }
    let administers = role == Role::Administrator && !disabled;
    if !administers && store::users::other_administrators(tx, user)? == 0 {
        return Err(Error::Conflict(
            "a desk needs an administrator; make somebody else one first".into(),
        ));
    }
    Ok(())
}

pub(super) fn free_login(tx: &Tx<'_>, login: &str, own: Option<UserId>) -> Result<()> {
    match store::users::id_of_login(tx, login)? {
        Some(other) if Some(other) != own => {
            Err(Error::field("login", "Somebody else signs in with this name."))
        }
        Some(_) | None => Ok(()),
    }
}

/// Makes a user an agent of exactly these queues.
pub(super) fn set_queues(tx: &mut Tx<'_>, user: UserId, queues: &[QueueId]) -> Result<()> {
    let before = store::users::queues_of(tx, user)?;
    store::users::leave_queues(tx, user)?;
    for &queue in queues {
        if !store::queues::exists(tx, queue)? {
            return Err(Error::field("queues", "One of these queues is not there any more."));
        }
        store::queues::add_agent(tx, queue, user)?;
    }
    let after = store::users::queues_of(tx, user)?;
    let changed = before
        .iter()
        .filter(|queue| !after.contains(queue))
        .chain(after.iter().filter(|queue| !before.contains(queue)));
    for &queue_id in changed {
        tx.emit(Event::QueueChanged { queue_id }, Audience::everyone());
    }
    Ok(())
}

/// Tells everyone; what a user held may now need somebody else.
fn tell(tx: &mut Tx<'_>, user: UserId) {
    tx.emit(Event::UserChanged { user_id: user }, Audience::everyone());
    tx.emit(Event::AttentionChanged, Audience::supervisors());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::Bus;
    use crate::model::{DeviceId, PickUpMode};
    use crate::store::{Db, migrate};

    fn desk(folder: &std::path::Path) -> Db {
        let prepared = migrate::prepare(folder, 0).unwrap();
        Db::open(&prepared.path, &Bus::new(8), None).unwrap()
    }

    async fn add(db: &Db, login: &'static str, role: Role) -> UserId {
        let entry = store::users::Entry {
            login: login.into(),
            name: login.into(),
            role,
            password_hash: "-".into(),
        };
        db.write(move |tx| store::users::insert(tx, &entry, 0)).await.unwrap()
    }

    fn caller(user: UserId) -> Caller {
        Caller {
            user,
            name: "Ana".into(),
            role: Role::Administrator,
            queues: vec![],
            device: DeviceId::new(),
        }
    }

    #[tokio::test]
    async fn a_desk_always_keeps_an_administrator() {
        let folder = tempfile::tempdir().unwrap();
        let db = desk(folder.path());
        let ana = add(&db, "ana", Role::Administrator).await;
        let ben = add(&db, "ben", Role::Agent).await;
        let may = async |who: UserId, user: UserId, role: Role, disabled: bool| {
            let caller = caller(who);
            db.write(move |tx| may_become(tx, &caller, user, role, disabled)).await.is_ok()
        };
        assert!(may(ana, ana, Role::Administrator, false).await);
        assert!(!may(ana, ana, Role::Agent, false).await, "she is the last one");
        assert!(may(ana, ben, Role::Agent, true).await);
        db.write(move |tx| store::users::set_role(tx, ben, Role::Administrator)).await.unwrap();
        assert!(may(ana, ana, Role::Agent, false).await);
        assert!(!may(ana, ana, Role::Administrator, true).await, "not oneself");
        db.write(move |tx| store::users::set_disabled(tx, ben, true)).await.unwrap();
        assert!(!may(ana, ana, Role::Supervisor, false).await, "Ben cannot sign in");
        db.close();
    }

    #[tokio::test]
    async fn a_deleted_user_gives_the_sign_in_name_back() {
        let folder = tempfile::tempdir().unwrap();
        let db = desk(folder.path());
        let ana = add(&db, "ana", Role::Agent).await;
        db.write(move |tx| free_login(tx, "ANA", Some(ana))).await.unwrap();
        let taken = db.write(|tx| free_login(tx, "ANA", None)).await.unwrap_err();
        assert!(matches!(taken, Error::Invalid(_)), "{taken}");
        db.write(move |tx| store::users::delete(tx, ana, 1)).await.unwrap();
        db.write(|tx| free_login(tx, "ana", None)).await.unwrap();
        assert!(!db.read(store::users::any).await.unwrap());
        db.close();
    }

    #[tokio::test]
    async fn queues_of_a_user_are_replaced_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let db = desk(folder.path());
        let ana = add(&db, "ana", Role::Agent).await;
        let queue = async |name: &'static str| {
            db.write(move |tx| store::queues::insert(tx, name, PickUpMode::Manual, 0))
                .await
                .unwrap()
        };
        let (sales, support) = (queue("Sales").await, queue("Support").await);
        let set = async |queues: Vec<QueueId>| {
            db.write(move |tx| {
                set_queues(tx, ana, &queues)?;
                store::users::queues_of(tx, ana)
            })
            .await
        };
        assert_eq!(set(vec![sales, support, sales]).await.unwrap(), [sales, support]);
        assert_eq!(set(vec![support]).await.unwrap(), [support]);
        assert!(set(vec![QueueId::new()]).await.is_err());
        assert_eq!(db.read(move |c| store::users::queues_of(c, ana)).await.unwrap(), [support]);
        db.close();
    }
}
