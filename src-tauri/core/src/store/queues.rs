//! Queues: named groups of agents. A deleted queue keeps its row, because sessions still name it,
//! and has no agents any more.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::Tx;
use crate::error::{Error, Result};
use crate::model::{PickUpMode, Queue, QueueId, Time, UserId};

const COLUMNS: &str = "SELECT id, name, mode, created_at FROM queues";

fn queue(row: &Row<'_>) -> rusqlite::Result<Queue> {
    Ok(Queue {
        id: row.get(0)?,
        name: row.get(1)?,
        mode: row.get(2)?,
        agents: Vec::new(),
        used_by: Vec::new(),
        created_at: row.get(3)?,
    })
}

/// Adds a queue.
pub fn insert(tx: &Tx<'_>, name: &str, mode: PickUpMode, now: Time) -> Result<QueueId> {
    let id = QueueId::new();
    tx.prepare_cached("INSERT INTO queues (id, name, mode, created_at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![id, name, mode, now])?;
    Ok(id)
}

/// One queue; refused when there is none.
pub fn get(c: &Connection, id: QueueId) -> Result<Queue> {
    let found = c
        .prepare_cached(&format!("{COLUMNS} WHERE id = ?1 AND deleted_at IS NULL"))?
        .query_row([id], queue)
        .optional()?;
    let mut queue = found.ok_or(Error::NotFound("queue"))?;
    queue.agents = agents(c, id)?;
    queue.used_by = used_by(c, id)?;
    Ok(queue)
}

/// All queues by name.
pub fn list(c: &Connection) -> Result<Vec<Queue>> {
    let mut statement = c.prepare_cached(&format!(
        "{COLUMNS} WHERE deleted_at IS NULL ORDER BY name COLLATE NOCASE, id"
    ))?;
    let mut queues: Vec<Queue> =
        statement.query_map([], queue)?.collect::<rusqlite::Result<_>>()?;
    for queue in &mut queues {
        queue.agents = agents(c, queue.id)?;
        queue.used_by = used_by(c, queue.id)?;
    }
    Ok(queues)
}

/// Whether there is such a queue.
pub fn exists(c: &Connection, id: QueueId) -> Result<bool> {
    let mut statement = c.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM queues WHERE id = ?1 AND deleted_at IS NULL)",
    )?;
    Ok(statement.query_row([id], |row| row.get(0))?)
}

/// The queue with this name.
pub fn id_of_name(c: &Connection, name: &str) -> Result<Option<QueueId>> {
    let mut statement =
        c.prepare_cached("SELECT id FROM queues WHERE name = ?1 AND deleted_at IS NULL")?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

/// Its agents, by name.
pub fn agents(c: &Connection, id: QueueId) -> Result<Vec<UserId>> {
    let mut statement = c.prepare_cached(
        "SELECT a.user_id FROM queue_agents a JOIN users u ON u.id = a.user_id
         WHERE a.queue_id = ?1 ORDER BY u.name COLLATE NOCASE, u.id",
    )?;
    let rows = statement.query_map([id], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Numbers whose new sessions come here, as they are shown.
pub fn used_by(c: &Connection, id: QueueId) -> Result<Vec<String>> {
    let mut statement = c.prepare_cached(
        "SELECT ch.name || ' · ' || n.address
         FROM numbers n JOIN channels ch ON ch.id = n.channel_id
         WHERE n.queue_id = ?1 AND n.deleted_at IS NULL AND ch.deleted_at IS NULL
         ORDER BY ch.name, n.address",
    )?;
    let rows = statement.query_map([id], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Sets another name.
pub fn set_name(tx: &Tx<'_>, id: QueueId, name: &str) -> Result<()> {
    tx.prepare_cached("UPDATE queues SET name = ?2 WHERE id = ?1")?.execute(params![id, name])?;
    Ok(())
}

/// Sets another way in which its sessions get an owner.
pub fn set_mode(tx: &Tx<'_>, id: QueueId, mode: PickUpMode) -> Result<()> {
    tx.prepare_cached("UPDATE queues SET mode = ?2 WHERE id = ?1")?.execute(params![id, mode])?;
    Ok(())
}

/// Makes a user one of its agents.
pub fn add_agent(tx: &Tx<'_>, id: QueueId, user: UserId) -> Result<()> {
    tx.prepare_cached("INSERT OR IGNORE INTO queue_agents (queue_id, user_id) VALUES (?1, ?2)")?
        .execute(params![id, user])?;
    Ok(())
}

/// Takes every agent out of it.
pub fn remove_agents(tx: &Tx<'_>, id: QueueId) -> Result<()> {
    tx.prepare_cached("DELETE FROM queue_agents WHERE queue_id = ?1")?.execute([id])?;
    Ok(())
}

/// Marks a queue as deleted; another one may have its name.
pub fn delete(tx: &Tx<'_>, id: QueueId, now: Time) -> Result<()> {
    tx.prepare_cached("UPDATE queues SET deleted_at = ?2 WHERE id = ?1")?
        .execute(params![id, now])?;
    Ok(())
}
