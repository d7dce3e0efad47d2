//! The addresses of contacts.

use deskbell_channels::form::IdentityKind;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::Result;
use crate::model::{ContactId, Identity, IdentityId, Time};

/// An identity and the contact it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The identity.
    pub identity: IdentityId,
    /// Its contact.
    pub contact: ContactId,
}

/// The identity with this address, if there is one.
pub fn find(connection: &Connection, kind: IdentityKind, address: &str) -> Result<Option<Known>> {
    let mut statement = connection
        .prepare_cached("SELECT id, contact_id FROM identities WHERE kind = ?1 AND address = ?2")?;
    let known = statement.query_row(params![kind.as_str(), address], |row| {
        Ok(Known { identity: row.get(0)?, contact: row.get(1)? })
    });
    Ok(known.optional()?)
}

/// The identity with this id, if there is one.
pub fn get(connection: &Connection, id: IdentityId) -> Result<Option<Known>> {
    let mut statement =
        connection.prepare_cached("SELECT contact_id FROM identities WHERE id = ?1")?;
    let contact = statement.query_row([id], |row| row.get(0)).optional()?;
    Ok(contact.map(|contact| Known { identity: id, contact }))
}

/// Gives a contact another address.
pub fn insert(
    connection: &Connection,
    contact: ContactId,
    kind: IdentityKind,
    address: &str,
    now: Time,
) -> Result<IdentityId> {
    let id = IdentityId::new();
    connection
        .prepare_cached(
            "INSERT INTO identities (id, contact_id, kind, address, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![id, contact, kind.as_str(), address, now])?;
    Ok(id)
}

/// Says what an address is; `false`: it is not theirs.
pub fn set_remark(
    connection: &Connection,
    contact: ContactId,
    identity: IdentityId,
    remark: &str,
) -> Result<bool> {
    let changed = connection
        .prepare_cached("UPDATE identities SET remark = ?3 WHERE id = ?1 AND contact_id = ?2")?
        .execute(params![identity, contact, remark])?;
    Ok(changed > 0)
}

/// Gives an identity and its sessions to another contact: they are blocked if it is.
pub fn give(connection: &Connection, known: Known, to: ContactId) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE sessions SET contact_id = ?3, \
             blocked = (SELECT blocked_at IS NOT NULL FROM contacts WHERE id = ?3) \
             WHERE contact_id = ?2 AND identity_id = ?1",
        )?
        .execute(params![known.identity, known.contact, to])?;
    connection
        .prepare_cached("UPDATE identities SET contact_id = ?2 WHERE id = ?1")?
        .execute(params![known.identity, to])?;
    Ok(())
}

/// Whether there are sessions with an identity of a contact.
pub fn has_sessions(
    connection: &Connection,
    contact: ContactId,
    identity: IdentityId,
) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM sessions WHERE contact_id = ?1 AND identity_id = ?2 LIMIT 1",
    )?;
    Ok(statement.exists(params![contact, identity])?)
}

/// Takes an address from a contact; `false`: it is not theirs.
pub fn delete(connection: &Connection, contact: ContactId, identity: IdentityId) -> Result<bool> {
    let deleted = connection
        .prepare_cached("DELETE FROM identities WHERE id = ?1 AND contact_id = ?2")?
        .execute(params![identity, contact])?;
    Ok(deleted > 0)
}

/// The addresses of a contact, oldest first.
pub fn of_contact(connection: &Connection, id: ContactId) -> Result<Vec<Identity>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, kind, address, remark FROM identities WHERE contact_id = ?1 ORDER BY created_at, id",
    )?;
    let rows = statement.query_map([id], |row| {
        Ok(Identity {
            id: row.get(0)?,
            kind: IdentityKind::of_word(&row.get::<_, String>(1)?),
            address: row.get(2)?,
            remark: row.get(3)?,
            opted_out: Vec::new(),
        })
    })?;
    let mut identities: Vec<Identity> = rows.collect::<rusqlite::Result<_>>()?;
    for identity in &mut identities {
        identity.opted_out = super::optouts::numbers_of(connection, identity.id)?;
    }
    Ok(identities)
}

/// The addresses of several contacts in the order of one who has them all, oldest first.
pub fn in_order(connection: &Connection, contacts: &[ContactId; 2]) -> Result<Vec<IdentityId>> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM identities WHERE contact_id IN (?1, ?2) ORDER BY created_at, id",
    )?;
    let rows = statement.query_map(*contacts, |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// When somebody last wrote with an address; 0: never.
pub fn said_at(connection: &Connection, id: IdentityId) -> Result<Time> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(max(last_message_at), 0) FROM sessions WHERE identity_id = ?1",
    )?;
    Ok(statement.query_row([id], |row| row.get(0))?)
}

/// The addresses of a contact that were written down since.
pub fn since(connection: &Connection, id: ContactId, at: Time) -> Result<Vec<IdentityId>> {
    let mut statement = connection
        .prepare_cached("SELECT id FROM identities WHERE contact_id = ?1 AND created_at >= ?2")?;
    let rows = statement.query_map(params![id, at], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many telephone numbers the contact has who has most.
pub fn most(connection: &Connection) -> Result<usize> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(max(n), 0) FROM \
         (SELECT count(*) AS n FROM identities WHERE kind = ?1 GROUP BY contact_id)",
    )?;
    let most: u32 = statement.query_row([IdentityKind::Phone.as_str()], |row| row.get(0))?;
    Ok(usize::try_from(most).unwrap_or_default())
}
