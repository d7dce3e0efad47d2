//! Contacts: their cards, what a search finds them by, and whether they are blocked.

use std::collections::BTreeMap;

use deskbell_channels::form::IdentityKind;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::identities::{self, Known};
use super::{contact_fields, contact_merges};
use crate::error::{Error, Result};
use crate::model::{Blocked, Contact, ContactId, LAST, MessageId, SessionId, Time, UserId, fold};

/// Time that may pass before a contact's last message is written down anew, in milliseconds.
const MINUTE: Time = 60_000;

/// The identity with this address; a new contact with it if there is none.
pub fn of_address(
    connection: &Connection,
    kind: IdentityKind,
    address: &str,
    name: &str,
    now: Time,
) -> Result<Known> {
    if let Some(known) = identities::find(connection, kind, address)? {
        return Ok(known);
    }
    let contact = ContactId::new();
    connection
        .prepare_cached(
            "INSERT INTO contacts (id, name, created_at, last_message_at, name_key, needle) \
             VALUES (?1, ?2, ?3, ?3, ?4, ?5)",
        )?
        .execute(params![
            contact,
            name,
            now,
            name_key(name, address),
            format!("{}\n{}", fold(name), fold(address))
        ])?;
    let identity = identities::insert(connection, contact, kind, address, now)?;
    Ok(Known { identity, contact })
}

/// What a contact is sorted by: its name, else its address, behind all names.
fn name_key(name: &str, address: &str) -> String {
    if name.is_empty() { format!("{LAST}{address}") } else { fold(name) }
}

/// Adds a contact; what it is found by follows with [`index`].
pub fn insert(
    connection: &Connection,
    id: ContactId,
    name: &str,
    by: Option<UserId>,
    now: Time,
) -> Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO contacts (id, name, created_at, created_by) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![id, name, now, by])?;
    Ok(())
}

/// Writes down what a contact is found and sorted by, after anything of it changed.
pub fn index(connection: &Connection, id: ContactId) -> Result<()> {
    let contact = get(connection, id)?;
    let addresses: Vec<&str> =
        contact.identities.iter().map(|identity| identity.address.as_str()).collect();
    let key = name_key(&contact.name, addresses.first().copied().unwrap_or_default());
    let card = [contact.name.as_str(), &contact.company, &contact.email];
    let values = contact.values.values().map(String::as_str);
    let parts: Vec<&str> = card.into_iter().chain(values).chain(addresses).collect();
    connection
        .prepare_cached(
            "UPDATE contacts SET name_key = ?2, needle = ?3, anonymous = anonymous AND ?4 WHERE id = ?1",
        )?
        .execute(params![id, key, fold(&parts.join("\n")), is_unknown(&contact)])?;
    Ok(())
}

/// Whether all that is known of a contact is that its browser was here.
fn is_unknown(contact: &Contact) -> bool {
    let card = [&contact.name, &contact.company, &contact.email, &contact.remarks];
    card.iter().all(|word| word.is_empty())
        && contact.values.is_empty()
        && contact.identities.iter().all(|one| one.kind == IdentityKind::Visitor)
}

/// Something was said in a session: its contact's last message is now, to the minute.
pub fn note_said(connection: &Connection, session: SessionId, at: Time) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE contacts SET last_message_at = ?2 \
             WHERE id = (SELECT contact_id FROM sessions WHERE id = ?1) AND last_message_at < ?2 - ?3",
        )?
        .execute(params![session, at, MINUTE])?;
    Ok(())
}

/// Sessions came or went: the contact's last message is looked up.
pub fn recount(connection: &Connection, id: ContactId) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE contacts SET last_message_at = \
             coalesce((SELECT max(s.last_message_at) FROM sessions s WHERE s.contact_id = ?1), 0) \
             WHERE id = ?1",
        )?
        .execute([id])?;
    Ok(())
}

/// What people write on a contact's card.
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
    /// Language they speak.
    pub language: String,
    /// Where they live.
    pub time_zone: String,
}

/// Writes a contact's card.
pub fn set_card(connection: &Connection, id: ContactId, card: &Card) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE contacts SET name = ?2, company = ?3, email = ?4, remarks = ?5, \
             language = ?6, time_zone = ?7 WHERE id = ?1",
        )?
        .execute(params![
            id,
            card.name,
            card.company,
            card.email,
            card.remarks,
            card.language,
            card.time_zone
        ])?;
    Ok(())
}

/// One contact.
pub fn get(connection: &Connection, id: ContactId) -> Result<Contact> {
    let mut statement = connection.prepare_cached(
        "SELECT c.id, c.name, c.company, c.email, c.remarks, c.language, c.time_zone, \
         c.last_message_at, c.created_at, c.created_by, \
         c.blocked_at, c.blocked_by, u.name, c.blocked_reason \
         FROM contacts c LEFT JOIN users u ON u.id = c.blocked_by WHERE c.id = ?1",
    )?;
    let contact = statement.query_row([id], read).optional()?;
    let Some(mut contact) = contact else { return Err(missing(connection, id)?) };
    contact.identities = identities::of_contact(connection, id)?;
    contact.values = contact_fields::values_of(connection, id)?;
    contact.labels = super::labels::of_contact(connection, id)?;
    Ok(contact)
}

/// Why there is no such contact: it became part of another, or it was never there.
fn missing(connection: &Connection, id: ContactId) -> Result<Error> {
    Ok(match contact_merges::became(connection, id)? {
        Some((into, name)) => {
            let name = if name.is_empty() { "another one".to_owned() } else { name };
            Error::ContactMerged { name, into }
        }
        None => Error::NotFound("contact"),
    })
}

fn read(row: &Row<'_>) -> rusqlite::Result<Contact> {
    Ok(Contact {
        id: row.get(0)?,
        name: row.get(1)?,
        company: row.get(2)?,
        email: row.get(3)?,
        remarks: row.get(4)?,
        language: row.get(5)?,
        time_zone: row.get(6)?,
        last_message_at: Some(row.get(7)?).filter(|at| *at > 0),
        created_at: row.get(8)?,
        created_by: row.get(9)?,
        blocked: match row.get::<_, Option<Time>>(10)? {
            Some(at) => {
                Some(Blocked { at, by: row.get(11)?, by_name: row.get(12)?, reason: row.get(13)? })
            }
            None => None,
        },
        values: BTreeMap::new(),
        identities: Vec::new(),
        labels: Vec::new(),
    })
}

/// Blocks a contact, and with it all its sessions.
pub fn block(
    connection: &Connection,
    id: ContactId,
    by: UserId,
    reason: Option<&str>,
    now: Time,
) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE contacts SET blocked_at = ?2, blocked_by = ?3, blocked_reason = ?4 WHERE id = ?1",
        )?
        .execute(params![id, now, by, reason])?;
    mark_sessions(connection, id)
}

/// Takes a contact and its sessions out of the block.
pub fn unblock(connection: &Connection, id: ContactId) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE contacts SET blocked_at = NULL, blocked_by = NULL, blocked_reason = NULL WHERE id = ?1",
        )?
        .execute([id])?;
    mark_sessions(connection, id)
}

/// Sessions are blocked if their contact is.
pub(super) fn mark_sessions(connection: &Connection, id: ContactId) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE sessions SET blocked = \
             (SELECT blocked_at IS NOT NULL FROM contacts WHERE id = ?1) WHERE contact_id = ?1",
        )?
        .execute([id])?;
    Ok(())
}

/// Whether the contact of a session is blocked.
pub fn is_blocked(connection: &Connection, session: SessionId) -> Result<bool> {
    let mut statement = connection.prepare_cached("SELECT blocked FROM sessions WHERE id = ?1")?;
    Ok(statement.query_row([session], |row| row.get(0)).optional()?.unwrap_or(false))
}

/// Whether a message would go to a contact that is blocked.
pub fn is_message_blocked(connection: &Connection, message: MessageId) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT s.blocked FROM messages m JOIN sessions s ON s.id = m.session_id WHERE m.id = ?1",
    )?;
    Ok(statement.query_row([message], |row| row.get(0)).optional()?.unwrap_or(false))
}

/// The open sessions of a contact.
pub fn open_sessions(connection: &Connection, id: ContactId) -> Result<Vec<SessionId>> {
    let mut statement = connection
        .prepare_cached("SELECT id FROM sessions WHERE contact_id = ?1 AND status = 'open'")?;
    let rows = statement.query_map([id], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many sessions there are with a contact.
pub fn count_sessions(connection: &Connection, id: ContactId) -> Result<i64> {
    let mut statement =
        connection.prepare_cached("SELECT count(*) FROM sessions WHERE contact_id = ?1")?;
    Ok(statement.query_row([id], |row| row.get(0))?)
}

/// Whether an address of a contact asked to hear no more from us.
pub fn is_opted_out(connection: &Connection, id: ContactId) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM identities i JOIN opt_outs o ON o.identity_id = i.id WHERE i.contact_id = ?1 LIMIT 1",
    )?;
    Ok(statement.exists([id])?)
}

/// Deletes a contact with its addresses, values and notes.
pub fn delete(connection: &Connection, id: ContactId) -> Result<()> {
    connection.prepare_cached("DELETE FROM identities WHERE contact_id = ?1")?.execute([id])?;
    connection.prepare_cached("DELETE FROM contacts WHERE id = ?1")?.execute([id])?;
    contact_merges::forget(connection, id)
}

/// Whether nothing is known of a contact any more: no name, no address, no note, no session.
pub fn is_empty(connection: &Connection, id: ContactId) -> Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT 1 FROM contacts c WHERE c.id = ?1 AND c.name = '' AND c.company = '' AND c.email = '' \
           AND c.remarks = '' AND c.blocked_at IS NULL \
           AND NOT EXISTS (SELECT 1 FROM identities i WHERE i.contact_id = c.id) \
           AND NOT EXISTS (SELECT 1 FROM sessions s WHERE s.contact_id = c.id) \
           AND NOT EXISTS (SELECT 1 FROM contact_notes n WHERE n.contact_id = c.id) \
           AND NOT EXISTS (SELECT 1 FROM contact_labels l WHERE l.contact_id = c.id) \
           AND NOT EXISTS (SELECT 1 FROM contact_values v WHERE v.contact_id = c.id) \
           AND NOT EXISTS (SELECT 1 FROM contact_merges g WHERE g.kept_id = c.id AND g.undone_at IS NULL)",
    )?;
    Ok(statement.exists([id])?)
}
