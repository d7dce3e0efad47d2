//! Since when a session's customer waits, where it does not follow from what was said.

use rusqlite::params;

use super::Tx;
use crate::error::Result;
use crate::model::{SessionId, Time};

/// In a queue where somebody has to pick it up, the customer waits from now on, also if they were
/// answered before; once it is picked up, only if they were not.
pub fn after_change_of_hands(tx: &Tx<'_>, id: SessionId) -> Result<()> {
    tx.prepare_cached(
        "UPDATE sessions SET waiting_since = CASE \
           WHEN owner_id IS NULL AND (SELECT mode FROM queues WHERE id = queue_id) <> 'none' \
             THEN coalesce(waiting_since, ?2) \
           WHEN preview_direction = 'out' THEN NULL \
           ELSE waiting_since END WHERE id = ?1",
    )?
    .execute(params![id, tx.now()])?;
    Ok(())
}

/// Since when the customer waits, as it was.
pub fn put_back(tx: &Tx<'_>, id: SessionId, since: Option<Time>) -> Result<()> {
    tx.prepare_cached("UPDATE sessions SET waiting_since = ?2 WHERE id = ?1")?
        .execute(params![id, since])?;
    Ok(())
}
