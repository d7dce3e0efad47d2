//! Presence: where people say they are, until when, and what becomes of it because time passed or
//! because they touched nothing. Every change is recorded. Knows the store; knows no HTTP.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::fields::Fields;
use crate::model::{Person, Presence, Time, UserId};
use crate::store::presence::{self as store, Change};
use crate::store::{self as stores, Tx};

/// Minutes without a touch that somebody may choose at most.
pub(super) const LONGEST_WAIT: u32 = 480;
/// How long a presence may be set for, in milliseconds: a month.
const LONGEST: Time = 31 * 86_400_000;
/// Touches within this time are one, in milliseconds.
const TOUCH: Time = 20_000;
/// How long changes stay on the record, in milliseconds: a year.
const RECORD: Time = 366 * 86_400_000;

/// A colleague's presence, set by a supervisor or administrator.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PresenceChange {
    /// Which.
    pub presence: Presence,
    /// When they will be available again by themselves.
    #[serde(default)]
    pub until: Option<Time>,
}

/// Refuses an end that is over or too far away.
pub(super) fn check(fields: &mut Fields, field: &str, until: Option<Time>, now: Time) {
    match until {
        Some(until) if until <= now => fields.refuse(field, "Choose a time that is still to come."),
        Some(until) if until - now > LONGEST => fields.refuse(field, "At most a month, please."),
        Some(_) | None => {}
    }
}

/// Somebody says where they are.
pub(super) fn say(
    tx: &mut Tx<'_>,
    user: UserId,
    presence: Presence,
    until: Option<Time>,
) -> Result<()> {
    let now = tx.now();
    store::touch(tx, user, now)?;
    let until = until.filter(|_| presence != Presence::Available);
    let change = Change { presence, until, by: None, set_by: Some(user), idle: false };
    store::set(tx, user, &change, now)
}

/// Sets a colleague's presence.
pub async fn set_of_colleague(
    app: &App,
    caller: &Caller,
    user: UserId,
    wish: PresenceChange,
    now: Time,
) -> Result<Person> {
    caller.must_supervise()?;
    let mut fields = Fields::new();
    check(&mut fields, "until", wish.until, now);
    fields.finish()?;
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let known = stores::users::get(tx, user, now)?;
            if known.disabled {
                return Err(Error::NotFound("colleague"));
            }
            let until = wish.until.filter(|_| wish.presence != Presence::Available);
            let by = Some(caller.name.as_str()).filter(|_| caller.user != user);
            let set_by = Some(caller.user);
            let change = Change { presence: wish.presence, until, by, set_by, idle: false };
            // Whoever is made available is not sent away again at once.
            store::touch(tx, user, now)?;
            store::set(tx, user, &change, now)?;
            tell(tx, user);
            let people = stores::users::people(tx, now)?;
            people.into_iter().find(|one| one.id == user).ok_or(Error::NotFound("colleague"))
        })
        .await
}

/// Somebody touched one of their devices.
pub async fn touched(app: &App, caller: &Caller, now: Time) -> Result<()> {
    let user = caller.user;
    let kept = app.db().read(move |c| store::of(c, user)).await?;
    if !kept.idle && now.saturating_sub(kept.active_at) < TOUCH {
        return Ok(());
    }
    app.db()
        .write(move |tx| {
            store::touch(tx, user, now)?;
            if store::of(tx, user)?.idle {
                store::set(tx, user, &by_itself(Presence::Available), now)?;
                tell(tx, user);
            }
            Ok(())
        })
        .await
}

fn by_itself(presence: Presence) -> Change<'static> {
    let idle = presence == Presence::Away;
    Change { presence, until: None, by: None, set_by: None, idle }
}

/// What is due because time passed: ends of presences, and those who touched nothing.
pub(crate) fn keep_time(tx: &mut Tx<'_>, now: Time) -> Result<()> {
    for user in store::ended(tx, now)? {
        store::touch(tx, user, now)?;
        store::set(tx, user, &by_itself(Presence::Available), now)?;
        tell(tx, user);
    }
    for user in store::idle(tx, now)? {
        store::set(tx, user, &by_itself(Presence::Away), now)?;
        tell(tx, user);
    }
    store::trim(tx, now.saturating_sub(RECORD))
}

fn tell(tx: &mut Tx<'_>, user: UserId) {
    tx.emit(Event::UserChanged { user_id: user }, Audience::everyone());
}
