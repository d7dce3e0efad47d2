//! Users: people who can sign in. A deleted user keeps their row, because sessions and messages
//! still name them, and gives their sign-in name back.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::Tx;
use crate::error::{Error, Result};
use crate::model::{FileId, Person, Presence, QueueId, Role, StartableNumber, Time, User, UserId};

/// A user to be added.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Sign-in name.
    pub login: String,
    /// Shown name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Argon2 hash of their password.
    pub password_hash: String,
}

/// What a sign-in is checked against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Who.
    pub user: UserId,
    /// Argon2 hash of their password.
    pub password_hash: String,
    /// Wrong passwords since the last right one.
    pub wrong_passwords: u32,
    /// Until when sign-in is refused.
    pub locked_until: Time,
    /// Whether the account is switched off.
    pub disabled: bool,
}

/// Whether there is any user.
pub fn any(c: &Connection) -> Result<bool> {
    let mut statement =
        c.prepare_cached("SELECT EXISTS (SELECT 1 FROM users WHERE deleted_at IS NULL)")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

/// Adds a user.
pub fn insert(tx: &Tx<'_>, entry: &Entry, now: Time) -> Result<UserId> {
    let id = UserId::new();
    tx.prepare_cached(
        "INSERT INTO users (id, login, name, role, password_hash, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![id, entry.login, entry.name, entry.role, entry.password_hash, now])?;
    Ok(id)
}

const COLUMNS: &str = "SELECT id, login, name, role, presence, disabled, locked_until, created_at, \
     coalesce(may_call, role <> 'agent'), photo, \
     (SELECT max(d.expires_at) FROM devices d WHERE d.user_id = users.id) FROM users";

fn user(row: &Row<'_>, now: Time) -> rusqlite::Result<User> {
    let locked_until: Time = row.get(6)?;
    let signed_in = row.get::<_, Option<Time>>(10)?.is_some_and(|until| until > now);
    Ok(User {
        id: row.get(0)?,
        login: row.get(1)?,
        name: row.get(2)?,
        role: row.get(3)?,
        presence: if signed_in { row.get(4)? } else { Presence::OffWork },
        disabled: row.get(5)?,
        locked_until: (locked_until > now).then_some(locked_until),
        queues: Vec::new(),
        created_at: row.get(7)?,
        may_call: row.get(8)?,
        photo: row.get(9)?,
    })
}

/// One user; refused when there is none.
pub fn get(c: &Connection, id: UserId, now: Time) -> Result<User> {
    let found = c
        .prepare_cached(&format!("{COLUMNS} WHERE id = ?1 AND deleted_at IS NULL"))?
        .query_row([id], |row| user(row, now))
        .optional()?;
    let mut user = found.ok_or(Error::NotFound("user"))?;
    user.queues = queues_of(c, id)?;
    Ok(user)
}

/// All users by name.
pub fn list(c: &Connection, now: Time) -> Result<Vec<User>> {
    let mut statement = c.prepare_cached(&format!(
        "{COLUMNS} WHERE deleted_at IS NULL ORDER BY name COLLATE NOCASE, id"
    ))?;
    let rows = statement.query_map([], |row| user(row, now))?;
    let mut users: Vec<User> = rows.collect::<rusqlite::Result<_>>()?;
    for user in &mut users {
        user.queues = queues_of(c, user.id)?;
    }
    Ok(users)
}

/// What everyone may know of everyone, by name. Switched-off users are left out: nothing can be
/// given to them.
pub fn people(c: &Connection, now: Time) -> Result<Vec<Person>> {
    let mut statement = c.prepare_cached(
        "SELECT u.id, u.name, u.role, u.presence, u.presence_until, u.presence_since, u.presence_by,
                EXISTS (SELECT 1 FROM devices d WHERE d.user_id = u.id AND d.expires_at > ?1),
                (SELECT count(*) FROM sessions s WHERE s.owner_id = u.id AND s.status = 'open'), u.photo
         FROM users u WHERE deleted_at IS NULL AND disabled = 0
         ORDER BY name COLLATE NOCASE, id",
    )?;
    let rows = statement.query_map([now], |row| {
        let signed_in: bool = row.get(7)?;
        let since: Option<Time> = row.get::<_, Option<Time>>(5)?.filter(|since| *since > 0);
        Ok(Person {
            id: row.get(0)?,
            name: row.get(1)?,
            role: row.get(2)?,
            presence: if signed_in { row.get(3)? } else { Presence::OffWork },
            presence_until: row.get::<_, Option<Time>>(4)?.filter(|_| signed_in),
            presence_since: since.filter(|_| signed_in),
            presence_by: row.get::<_, Option<String>>(6)?.filter(|_| signed_in),
            open_sessions: row.get(8)?,
            photo: row.get(9)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Where a user is, signed out counting as off work; `None` when they cannot sign in.
pub fn presence(c: &Connection, id: UserId, now: Time) -> Result<Option<Presence>> {
    let mut statement = c.prepare_cached(
        "SELECT CASE WHEN EXISTS (SELECT 1 FROM devices d WHERE d.user_id = u.id AND d.expires_at > ?2)
                     THEN presence ELSE 'off_work' END
         FROM users u WHERE id = ?1 AND deleted_at IS NULL AND disabled = 0",
    )?;
    Ok(statement.query_row(params![id, now], |row| row.get(0)).optional()?)
}

/// Name and photo of a user.
pub fn shown(c: &Connection, id: UserId) -> Result<(String, Option<FileId>)> {
    let mut statement = c.prepare_cached("SELECT name, photo FROM users WHERE id = ?1")?;
    let found = statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    found.ok_or(Error::NotFound("user"))
}

/// Another picture of a user, or none any more.
pub fn set_photo(tx: &Tx<'_>, id: UserId, photo: Option<FileId>) -> Result<()> {
    tx.prepare_cached("UPDATE users SET photo = ?2 WHERE id = ?1")?.execute(params![id, photo])?;
    Ok(())
}

/// Whether somebody who can sign in looks like this.
pub fn has_photo(c: &Connection, file: FileId) -> Result<bool> {
    let mut statement = c.prepare_cached(
        "SELECT 1 FROM users WHERE photo = ?1 AND deleted_at IS NULL AND disabled = 0",
    )?;
    Ok(statement.exists([file])?)
}

/// Whether there is such a user, switched off or not.
pub fn exists(c: &Connection, id: UserId) -> Result<bool> {
    let mut statement = c.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM users WHERE id = ?1 AND deleted_at IS NULL)",
    )?;
    Ok(statement.query_row([id], |row| row.get(0))?)
}

/// Who has this sign-in name.
pub fn id_of_login(c: &Connection, login: &str) -> Result<Option<UserId>> {
    let mut statement = c.prepare_cached("SELECT id FROM users WHERE login = ?1")?;
    Ok(statement.query_row([login], |row| row.get(0)).optional()?)
}

fn credentials(row: &Row<'_>) -> rusqlite::Result<Credentials> {
    Ok(Credentials {
        user: row.get(0)?,
        password_hash: row.get(1)?,
        wrong_passwords: row.get(2)?,
        locked_until: row.get(3)?,
        disabled: row.get(4)?,
    })
}

/// What a sign-in with this name is checked against.
pub fn credentials_of_login(c: &Connection, login: &str) -> Result<Option<Credentials>> {
    let mut statement = c.prepare_cached(
        "SELECT id, password_hash, wrong_passwords, locked_until, disabled FROM users
         WHERE login = ?1 AND deleted_at IS NULL",
    )?;
    Ok(statement.query_row([login], credentials).optional()?)
}

/// What this user's password is checked against.
pub fn credentials_of(c: &Connection, id: UserId) -> Result<Credentials> {
    let mut statement = c.prepare_cached(
        "SELECT id, password_hash, wrong_passwords, locked_until, disabled FROM users
         WHERE id = ?1 AND deleted_at IS NULL",
    )?;
    statement.query_row([id], credentials).optional()?.ok_or(Error::NotFound("user"))
}

/// Active administrators other than this user.
pub fn other_administrators(c: &Connection, except: UserId) -> Result<u32> {
    let mut statement = c.prepare_cached(
        "SELECT count(*) FROM users
         WHERE role = 'administrator' AND disabled = 0 AND deleted_at IS NULL AND id <> ?1",
    )?;
    Ok(statement.query_row([except], |row| row.get(0))?)
}

/// Counts wrong passwords, and refuses sign-in for a while.
pub fn set_wrong_passwords(tx: &Tx<'_>, id: UserId, wrong: u32, locked_until: Time) -> Result<()> {
    tx.prepare_cached("UPDATE users SET wrong_passwords = ?2, locked_until = ?3 WHERE id = ?1")?
        .execute(params![id, wrong, locked_until])?;
    Ok(())
}

/// Sets another password, which also ends a lock-out.
pub fn set_password(tx: &Tx<'_>, id: UserId, password_hash: &str) -> Result<()> {
    tx.prepare_cached(
        "UPDATE users SET password_hash = ?2, wrong_passwords = 0, locked_until = 0 WHERE id = ?1",
    )?
    .execute(params![id, password_hash])?;
    Ok(())
}

/// Sets another shown name.
pub fn set_name(tx: &Tx<'_>, id: UserId, name: &str) -> Result<()> {
    tx.prepare_cached("UPDATE users SET name = ?2 WHERE id = ?1")?.execute(params![id, name])?;
    Ok(())
}

/// Sets another sign-in name.
pub fn set_login(tx: &Tx<'_>, id: UserId, login: &str) -> Result<()> {
    tx.prepare_cached("UPDATE users SET login = ?2 WHERE id = ?1")?.execute(params![id, login])?;
    Ok(())
}

/// Sets another role.
pub fn set_role(tx: &Tx<'_>, id: UserId, role: Role) -> Result<()> {
    tx.prepare_cached("UPDATE users SET role = ?2 WHERE id = ?1")?.execute(params![id, role])?;
    Ok(())
}

/// Switches an account off or on.
pub fn set_disabled(tx: &Tx<'_>, id: UserId, disabled: bool) -> Result<()> {
    tx.prepare_cached("UPDATE users SET disabled = ?2 WHERE id = ?1")?
        .execute(params![id, disabled])?;
    Ok(())
}

/// Preferences of the UI, as JSON.
pub fn preferences(c: &Connection, id: UserId) -> Result<String> {
    let mut statement = c.prepare_cached("SELECT preferences FROM users WHERE id = ?1")?;
    Ok(statement.query_row([id], |row| row.get(0))?)
}

/// Keeps preferences of the UI.
pub fn set_preferences(tx: &Tx<'_>, id: UserId, preferences: &str) -> Result<()> {
    tx.prepare_cached("UPDATE users SET preferences = ?2 WHERE id = ?1")?
        .execute(params![id, preferences])?;
    Ok(())
}

/// Queues of which they are an agent.
pub fn queues_of(c: &Connection, id: UserId) -> Result<Vec<QueueId>> {
    let mut statement =
        c.prepare_cached("SELECT queue_id FROM queue_agents WHERE user_id = ?1 ORDER BY queue_id")?;
    let rows = statement.query_map([id], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Takes a user out of all queues.
pub fn leave_queues(tx: &Tx<'_>, id: UserId) -> Result<()> {
    tx.prepare_cached("DELETE FROM queue_agents WHERE user_id = ?1")?.execute([id])?;
    Ok(())
}

/// Numbers from which they may start sessions.
pub fn startable(c: &Connection, id: UserId) -> Result<Vec<StartableNumber>> {
    let mut statement = c.prepare_cached(
        "SELECT n.id, n.address, ch.name, ch.provider
         FROM number_starters s
         JOIN numbers n ON n.id = s.number_id AND n.deleted_at IS NULL
         JOIN channels ch ON ch.id = n.channel_id AND ch.deleted_at IS NULL AND ch.state = 'active'
         WHERE s.user_id = ?1 ORDER BY ch.name, n.address",
    )?;
    let rows = statement.query_map([id], |row| {
        Ok(StartableNumber {
            id: row.get(0)?,
            address: row.get(1)?,
            channel_name: row.get(2)?,
            provider: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Numbers whose new sessions go to this user, as they are shown.
pub fn destination_of(c: &Connection, id: UserId) -> Result<Vec<String>> {
    let mut statement = c.prepare_cached(
        "SELECT ch.name || ' · ' || n.address
         FROM numbers n JOIN channels ch ON ch.id = n.channel_id
         WHERE n.user_id = ?1 AND n.deleted_at IS NULL AND ch.deleted_at IS NULL
         ORDER BY ch.name, n.address",
    )?;
    let rows = statement.query_map([id], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Marks a user as deleted and gives their sign-in name back.
pub fn delete(tx: &Tx<'_>, id: UserId, now: Time) -> Result<()> {
    tx.prepare_cached(
        "UPDATE users SET deleted_at = ?2, login = login || '~' || id WHERE id = ?1",
    )?
    .execute(params![id, now])?;
    Ok(())
}

/// Takes their right to start sessions from every number.
pub fn leave_numbers(tx: &Tx<'_>, id: UserId) -> Result<()> {
    tx.prepare_cached("DELETE FROM number_starters WHERE user_id = ?1")?.execute([id])?;
    Ok(())
}
