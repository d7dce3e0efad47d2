//! Contacts and their identities.

use deskbell_channels::form::IdentityKind;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::{Error, Result};
use crate::model::{Contact, ContactId, Identity, IdentityId, Time};

/// An identity and the contact it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The identity.
    pub identity: IdentityId,
    /// Its contact.
    pub contact: ContactId,
}

/// The identity with this address, if there is one.
pub fn find_identity(
    connection: &Connection,
    kind: IdentityKind,
    address: &str,
) -> Result<Option<Known>> {
    let mut statement = connection
        .prepare_cached("SELECT id, contact_id FROM identities WHERE kind = ?1 AND address = ?2")?;
    let known = statement.query_row(params![kind.as_str(), address], |row| {
        Ok(Known { identity: row.get(0)?, contact: row.get(1)? })
    });
    Ok(known.optional()?)
}

/// The identity with this address; a new contact with it if there is none.
pub fn of_address(
    connection: &Connection,
    kind: IdentityKind,
    address: &str,
    name: &str,
    now: Time,
) -> Result<Known> {
    if let Some(known) = find_identity(connection, kind, address)? {
        return Ok(known);
    }
    let contact = ContactId::new();
    insert(connection, contact, name, now)?;
    let identity = add_identity(connection, contact, kind, address, now)?;
    Ok(Known { identity, contact })
}

/// Adds a contact.
pub fn insert(connection: &Connection, id: ContactId, name: &str, now: Time) -> Result<()> {
    connection
        .prepare_cached("INSERT INTO contacts (id, name, created_at) VALUES (?1, ?2, ?3)")?
        .execute(params![id, name, now])?;
    Ok(())
}

/// Gives a contact another address.
pub fn add_identity(
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

/// Gives an identity and its sessions to another contact.
pub fn move_identity(connection: &Connection, known: Known, to: ContactId) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE sessions SET contact_id = ?3 WHERE contact_id = ?2 AND identity_id = ?1",
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
pub fn delete_identity(
    connection: &Connection,
    contact: ContactId,
    identity: IdentityId,
) -> Result<bool> {
    let deleted = connection
        .prepare_cached("DELETE FROM identities WHERE id = ?1 AND contact_id = ?2")?
        .execute(params![identity, contact])?;
    Ok(deleted > 0)
}

/// Name, company, e-mail address and remarks of a contact.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// Name.
    pub name: String,
    /// Company.
    pub company: String,
    /// E-mail address.
    pub email: String,
    /// What the team should know.
    pub remarks: String,
}

/// Writes a contact's card.
pub fn set_card(connection: &Connection, id: ContactId, card: &Card) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE contacts SET name = ?2, company = ?3, email = ?4, remarks = ?5 WHERE id = ?1",
        )?
        .execute(params![id, card.name, card.company, card.email, card.remarks])?;
    Ok(())
}

/// One contact.
pub fn get(connection: &Connection, id: ContactId) -> Result<Contact> {
    let mut statement = connection.prepare_cached(
        "SELECT id, name, company, email, remarks, created_at FROM contacts WHERE id = ?1",
    )?;
    let contact = statement.query_row([id], read).optional()?;
    let mut contact = contact.ok_or(Error::NotFound("contact"))?;
    contact.identities = identities_of(connection, id)?;
    contact.labels = super::labels::of_contact(connection, id)?;
    Ok(contact)
}

/// Contacts whose name, company, e-mail or address contains `query`, by name, after `cursor`.
pub fn search(
    connection: &Connection,
    query: &str,
    cursor: Option<(&str, ContactId)>,
    limit: u32,
) -> Result<Vec<Contact>> {
    let (name, id) = cursor.map_or_else(
        || (String::new(), String::new()),
        |(name, id)| (name.to_owned(), id.to_string()),
    );
    let mut statement = connection.prepare_cached(
        "SELECT c.id, c.name, c.company, c.email, c.remarks, c.created_at FROM contacts c \
         WHERE (?1 = '' OR instr(lower(c.name || ' ' || c.company || ' ' || c.email), lower(?1)) > 0 \
                OR EXISTS (SELECT 1 FROM identities i WHERE i.contact_id = c.id AND instr(i.address, ?1) > 0)) \
           AND (c.name, c.id) > (?2, ?3) \
         ORDER BY c.name, c.id LIMIT ?4",
    )?;
    let mut rows = statement.query(params![query, name, id, limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut contact = read(row)?;
        contact.identities = identities_of(connection, contact.id)?;
        contact.labels = super::labels::of_contact(connection, contact.id)?;
        found.push(contact);
    }
    Ok(found)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Contact> {
    Ok(Contact {
        id: row.get(0)?,
        name: row.get(1)?,
        company: row.get(2)?,
        email: row.get(3)?,
        remarks: row.get(4)?,
        created_at: row.get(5)?,
        identities: Vec::new(),
        labels: Vec::new(),
    })
}

fn identities_of(connection: &Connection, id: ContactId) -> Result<Vec<Identity>> {
    let mut statement = connection.prepare_cached(
        "SELECT id, kind, address FROM identities WHERE contact_id = ?1 ORDER BY created_at, id",
    )?;
    let rows = statement.query_map([id], |row| {
        let (kind, opted_out): (String, _) = (row.get(1)?, Vec::new());
        Ok(Identity { id: row.get(0)?, kind: kind_of(&kind), address: row.get(2)?, opted_out })
    })?;
    let mut identities: Vec<Identity> = rows.collect::<rusqlite::Result<_>>()?;
    for identity in &mut identities {
        identity.opted_out = super::optouts::numbers_of(connection, identity.id)?;
    }
    Ok(identities)
}

/// The kind with this name.
fn kind_of(word: &str) -> IdentityKind {
    if word == IdentityKind::Demo.as_str() { IdentityKind::Demo } else { IdentityKind::Phone }
}
