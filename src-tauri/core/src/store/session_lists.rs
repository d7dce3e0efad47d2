//! The folders of the inbox: which sessions a user's lists hold, in which order, and how many.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::session_filter::{self, Condition};
use crate::access::Caller;
use crate::error::{Error, Result};
use crate::model::{
    ContactId, Folder, FolderCounts, Session, SessionFilter, SessionId, SessionSort, SessionStatus,
    WaitingQueue,
};
use crate::store::mentions;

/// What a list is asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Which folder.
    pub folder: Folder,
    /// What it is narrowed to.
    pub filter: SessionFilter,
    /// Sessions in which the words of the filter are known to be, wherever they were said.
    pub said: Vec<SessionId>,
    /// Its order; `None`: the folder's own.
    pub sort: Option<SessionSort>,
    /// After this place.
    pub after: Option<Place>,
    /// At most this many.
    pub limit: u32,
}

/// A place in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Sort key of the last session.
    pub key: i64,
    /// Its id.
    pub id: SessionId,
}

/// The caller's queues; `?1` is the caller.
const MY_QUEUES: &str = "(SELECT queue_id FROM queue_agents WHERE user_id = ?1)";
/// Open sessions that the caller holds. Each branch names the status, so that its index is used.
const HELD: &str = "((s.status = 'open' AND s.owner_id = ?1) OR (s.status = 'open' AND s.owner_id IS NULL \
    AND s.queue_id IN (SELECT queue_id FROM queue_agents WHERE user_id = ?1)))";
/// A note in it names the caller.
const NAMED: &str =
    "EXISTS (SELECT 1 FROM mentions mn WHERE mn.user_id = ?1 AND mn.session_id = s.id)";
/// Not begun by a campaign, or answered by the customer since (rules §2.7).
const ORDINARY: &str = "s.blocked = 0 AND (s.campaign_id IS NULL OR s.messages_in > 0)";
/// Not put away by the caller.
const LISTED: &str =
    "coalesce(m.archived, 0) = 0 AND coalesce(m.removed, 0) = 0 AND coalesce(m.snoozed, 0) = 0";
/// Sessions with a failed or uncertain message.
const FAILED: &str = "SELECT f.id FROM sessions f WHERE f.failed > 0";
/// Open sessions that a campaign began.
const CAMPAIGN: &str =
    "SELECT k.id FROM sessions k WHERE k.status = 'open' AND k.campaign_id IS NOT NULL";
/// Sessions that nobody can answer: the owner is gone, or the queue has nobody.
const STRANDED: &str = "SELECT o.id FROM users gone CROSS JOIN sessions o ON o.owner_id = gone.id AND o.status = 'open' \
        WHERE gone.disabled = 1 OR gone.deleted_at IS NOT NULL \
    UNION ALL SELECT o.id FROM queues empty CROSS JOIN sessions o ON o.queue_id = empty.id AND o.status = 'open' AND o.owner_id IS NULL \
        WHERE NOT EXISTS (SELECT 1 FROM queue_agents qa JOIN users a ON a.id = qa.user_id \
            WHERE qa.queue_id = empty.id AND a.disabled = 0 AND a.deleted_at IS NULL)";
/// What a condition may speak of. Those that it does not are left out by SQLite.
const JOINS: &str = "FROM sessions s LEFT JOIN queues q ON q.id = s.queue_id \
    LEFT JOIN contacts c ON c.id = s.contact_id LEFT JOIN identities i ON i.id = s.identity_id \
    LEFT JOIN session_marks m ON m.session_id = s.id AND m.user_id = ?1";
/// What the condition of a folder speaks of, without what only a search looks at: where sessions
/// are counted, SQLite would look at all of it.
const COUNT_JOINS: &str = "FROM sessions s LEFT JOIN queues q ON q.id = s.queue_id \
    LEFT JOIN session_marks m ON m.session_id = s.id AND m.user_id = ?1";
/// The archive begins with what the caller's own lists know.
const ARCHIVE_JOINS: &str = "FROM session_marks m CROSS JOIN sessions s ON s.id = m.session_id \
    LEFT JOIN contacts c ON c.id = s.contact_id LEFT JOIN identities i ON i.id = s.identity_id";

/// So do the notes that name the caller.
const MENTION_JOINS: &str = "FROM mentions mn CROSS JOIN sessions s ON s.id = mn.session_id \
    LEFT JOIN contacts c ON c.id = s.contact_id LEFT JOIN identities i ON i.id = s.identity_id \
    LEFT JOIN session_marks m ON m.session_id = s.id AND m.user_id = ?1";

/// What is snoozed begins there too, and nothing else of it is asked when it is counted.
const SNOOZED_JOINS: &str = "FROM session_marks m CROSS JOIN sessions s ON s.id = m.session_id";

/// Where the sessions of a folder come from.
fn joins(folder: Folder) -> &'static str {
    match folder {
        Folder::Archived | Folder::Snoozed => ARCHIVE_JOINS,
        Folder::Mentions => MENTION_JOINS,
        Folder::Recent
        | Folder::Mine
        | Folder::Unowned
        | Folder::All
        | Folder::Attention
        | Folder::Campaign => JOINS,
    }
}

/// The condition of a folder.
fn condition(folder: Folder, caller: &Caller) -> String {
    match folder {
        Folder::Recent => format!("{HELD} AND {LISTED} AND {ORDINARY}"),
        Folder::Mine => {
            format!("s.status = 'open' AND s.owner_id = ?1 AND {LISTED} AND {ORDINARY}")
        }
        Folder::Unowned => format!(
            "s.status = 'open' AND s.owner_id IS NULL AND q.mode IN ('manual', 'auto') \
             AND s.queue_id IN {MY_QUEUES} AND {LISTED} AND {ORDINARY}"
        ),
        Folder::Mentions => format!("mn.user_id = ?1 AND {LISTED}"),
        Folder::Archived => format!(
            "m.user_id = ?1 AND m.removed = 0 AND ((m.archived = 1 AND ({HELD} OR {NAMED})) \
             OR (s.status = 'closed' AND m.took_part = 1))"
        ),
        Folder::Snoozed => format!("m.user_id = ?1 AND m.snoozed = 1 AND {HELD}"),
        Folder::All => "s.status = 'open'".to_owned(),
        Folder::Attention if caller.supervises() => {
            format!("s.id IN ({FAILED} UNION ALL {STRANDED})")
        }
        Folder::Attention => format!("s.id IN ({FAILED}) AND ({HELD} OR m.took_part = 1)"),
        // The signs keep SQLite from reading all that the caller holds to find these few.
        Folder::Campaign => format!(
            "s.id IN ({CAMPAIGN}) AND (+s.owner_id = ?1 OR (+s.owner_id IS NULL \
             AND +s.queue_id IN {MY_QUEUES})) AND {LISTED}"
        ),
    }
}

/// A page of a folder, and the place after it if there is more.
pub fn page(
    connection: &Connection,
    caller: &Caller,
    wanted: &Wanted,
) -> Result<(Vec<Session>, Option<Place>)> {
    if wanted.folder == Folder::All {
        caller.must_supervise()?;
    }
    let sort = session_filter::sort(wanted.folder, wanted.sort);
    let key = session_filter::key(wanted.folder, sort);
    let whole = match (wanted.folder, wanted.filter.status) {
        // Supervisors look through what ended as well, if they ask for it.
        (Folder::All, Some(SessionStatus::Closed)) => "1".to_owned(),
        (folder, _) => condition(folder, caller),
    };
    let mut condition = Condition::of(caller);
    // The page is found first; only its sessions are then looked at in full.
    condition.sql =
        format!("SELECT s.id AS page_id, {key} AS sort_key {} WHERE {whole}", joins(wanted.folder));
    condition.narrow(&wanted.filter, &wanted.said);
    if let Some(after) = wanted.after {
        condition.add(&format!(" AND ({key}, s.id) < ($, "), Value::Integer(after.key));
        condition.add("$)", Value::Text(after.id.to_string()));
    }
    condition.add(
        " ORDER BY sort_key DESC, s.id DESC LIMIT $",
        Value::Integer(i64::from(wanted.limit) + 1),
    );
    let Condition { sql, values } = condition;
    let columns = super::sessions::SELECT.replacen(
        " FROM sessions s ",
        ", page.sort_key FROM page CROSS JOIN sessions s ON s.id = page.page_id ",
        1,
    );
    let sql = format!(
        "WITH page AS MATERIALIZED ({sql}) {columns} ORDER BY page.sort_key DESC, s.id DESC"
    );
    collect(connection, caller, wanted.limit, &sql, values)
}

fn collect(
    connection: &Connection,
    caller: &Caller,
    limit: u32,
    sql: &str,
    values: Vec<Value>,
) -> Result<(Vec<Session>, Option<Place>)> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut sessions: Vec<Session> = Vec::new();
    let mut keys: Vec<i64> = Vec::new();
    while let Some(row) = rows.next()? {
        keys.push(row.get("sort_key")?);
        sessions.push(super::sessions::read(row, caller)?);
    }
    let limit = usize::try_from(limit).map_err(|error| Error::Internal(error.to_string()))?;
    let more = sessions.len() > limit;
    sessions.truncate(limit);
    let next = if more {
        sessions
            .last()
            .zip(keys.get(limit.saturating_sub(1)))
            .map(|(last, key)| Place { key: *key, id: last.id })
    } else {
        None
    };
    Ok((sessions, next))
}

/// Earlier and present sessions of a contact, newest first; permission is decided elsewhere.
pub fn of_contact(
    connection: &Connection,
    caller: &Caller,
    contact: ContactId,
    limit: u32,
) -> Result<Vec<Session>> {
    let sql = format!(
        "{} WHERE s.contact_id = ?2 ORDER BY s.opened_at DESC LIMIT ?3",
        super::sessions::SELECT
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(rusqlite::params![caller.user, contact, limit], |row| {
        super::sessions::read(row, caller)
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many sessions wait where.
pub fn counts(connection: &Connection, caller: &Caller) -> Result<FolderCounts> {
    let count = |folder: Folder| count_and_oldest(connection, caller, folder);
    let (unowned, unowned_since) = count(Folder::Unowned)?;
    let unreadable: i64 = if caller.supervises() {
        connection
            .prepare_cached("SELECT count(*) FROM deliveries WHERE outcome = 'unreadable'")?
            .query_row([], |row| row.get(0))?
    } else {
        0
    };
    Ok(FolderCounts {
        recent: count(Folder::Recent)?.0,
        mine: count(Folder::Mine)?.0,
        unowned,
        unowned_since,
        waiting: waiting(connection, caller)?,
        snoozed: count(Folder::Snoozed)?.0,
        attention: count(Folder::Attention)?.0 + unreadable,
        campaign: count(Folder::Campaign)?.0,
        unread: unread_of_mine(connection, caller)?,
        mentions: mentions::unread(connection, caller.user)?,
    })
}

/// How many sessions a folder holds, and since when the first of them waits.
fn count_and_oldest(
    connection: &Connection,
    caller: &Caller,
    folder: Folder,
) -> Result<(i64, Option<i64>)> {
    let sql = format!(
        "SELECT count(*), min(s.waiting_since) {} WHERE {}",
        if folder == Folder::Snoozed { SNOOZED_JOINS } else { COUNT_JOINS },
        condition(folder, caller)
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let user = caller.user.to_string();
    Ok(statement.query_row(params_from_iter([user]), |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Since when the newest of those who wait does, in each queue of the caller.
fn waiting(connection: &Connection, caller: &Caller) -> Result<Vec<WaitingQueue>> {
    let sql = format!(
        "SELECT s.queue_id, max(s.waiting_since) {COUNT_JOINS} WHERE {} \
         AND s.waiting_since IS NOT NULL AND coalesce(m.muted, 0) = 0 \
         GROUP BY s.queue_id ORDER BY s.queue_id",
        condition(Folder::Unowned, caller)
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([caller.user], |row| {
        Ok(WaitingQueue { queue_id: row.get(0)?, newest: row.get(1)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn unread_of_mine(connection: &Connection, caller: &Caller) -> Result<i64> {
    let sql = format!(
        "SELECT coalesce(sum(max(coalesce(m.marked_unread, 0), (SELECT count(*) FROM (SELECT 1 FROM messages x \
            WHERE x.session_id = s.id AND x.seq > coalesce(m.seen_seq, 0) AND x.direction = 'in' LIMIT 100))) \
            * (1 - coalesce(m.muted, 0))), 0) \
         {JOINS} WHERE {}",
        condition(Folder::Mine, caller)
    );
    Ok(connection.prepare_cached(&sql)?.query_row([caller.user], |row| row.get(0))?)
}
