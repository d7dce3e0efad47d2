//! Invitations. Only hashes of their tokens are here; a used one is gone.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::Tx;
use crate::error::{Error, Result};
use crate::model::{Invite, InviteId, Time};

const SELECT: &str =
    "SELECT id, name, role, queues, created_by, created_at, expires_at FROM invites";

fn read(row: &Row<'_>) -> rusqlite::Result<Invite> {
    let queues: String = row.get(3)?;
    Ok(Invite {
        id: row.get(0)?,
        name: row.get(1)?,
        role: row.get(2)?,
        queues: serde_json::from_str(&queues).unwrap_or_default(),
        created_by: row.get(4)?,
        created_at: row.get(5)?,
        expires_at: row.get(6)?,
    })
}

/// Invitations that can still be used, the newest first.
pub fn list(c: &Connection, now: Time) -> Result<Vec<Invite>> {
    let mut statement = c.prepare_cached(&format!(
        "{SELECT} WHERE expires_at > ?1 ORDER BY created_at DESC, id DESC"
    ))?;
    let rows = statement.query_map([now], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The invitation with this token, if it can still be used: who was an administrator once invites
/// nobody any more.
pub fn holding(c: &Connection, token_hash: &[u8], now: Time) -> Result<Option<Invite>> {
    let mut statement = c.prepare_cached(&format!(
        "{SELECT} WHERE token_hash = ?1 AND expires_at > ?2 AND EXISTS (SELECT 1 FROM users u \
         WHERE u.id = invites.created_by AND u.role = 'administrator' AND u.disabled = 0 \
         AND u.deleted_at IS NULL)"
    ))?;
    Ok(statement.query_row(params![token_hash, now], read).optional()?)
}

/// Adds an invitation.
pub fn insert(tx: &Tx<'_>, invite: &Invite, token_hash: &[u8]) -> Result<()> {
    let queues = serde_json::to_string(&invite.queues)
        .map_err(|error| Error::Internal(error.to_string()))?;
    tx.prepare_cached(
        "INSERT INTO invites (id, token_hash, name, role, queues, created_by, created_at, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        invite.id,
        token_hash,
        invite.name,
        invite.role,
        queues,
        invite.created_by,
        invite.created_at,
        invite.expires_at
    ])?;
    Ok(())
}

/// Takes an invitation back, or notes that it was used; whether it was there.
pub fn delete(tx: &Tx<'_>, id: InviteId) -> Result<bool> {
    Ok(tx.prepare_cached("DELETE FROM invites WHERE id = ?1")?.execute([id])? == 1)
}

/// Forgets those that can't be used any more.
pub fn delete_expired(tx: &Tx<'_>, now: Time) -> Result<()> {
    tx.prepare_cached("DELETE FROM invites WHERE expires_at <= ?1")?.execute([now])?;
    Ok(())
}
