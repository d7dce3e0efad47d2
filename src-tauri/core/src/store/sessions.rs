//! Sessions: who holds them, what changed in them, and how one of them looks.

use std::collections::HashSet;

use deskbell_channels::form::IdentityKind;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::access::{Caller, Holder};
use crate::error::{Error, Result};
use crate::events::Audience;
use crate::model::{
    ChannelId, ClosedBy, ContactId, Direction, DraftBy, IdentityId, Mention, MessageId, NumberId,
    Permits, QueueId, Session, SessionId, SessionStatus, Time, UserId,
};

/// Day in milliseconds.
pub(crate) const DAY: i64 = 86_400_000;
/// Minute in milliseconds.
const MINUTE: i64 = 60_000;

/// A session to open.
#[derive(Debug, Clone, Copy)]
pub struct NewRow {
    /// Channel, number and identity: the key.
    pub channel: ChannelId,
    /// Our number.
    pub number: NumberId,
    /// The customer's address.
    pub identity: IdentityId,
    /// The customer.
    pub contact: ContactId,
    /// First owner.
    pub owner: Option<UserId>,
    /// First queue.
    pub queue: Option<QueueId>,
    /// Who starts it; `None`: the customer.
    pub started_by: Option<UserId>,
}

/// Opens a session.
pub fn insert(connection: &Connection, new: &NewRow, now: Time) -> Result<SessionId> {
    let id = SessionId::new();
    connection
        .prepare_cached(
            "INSERT INTO sessions (id, status, channel_id, number_id, identity_id, contact_id, \
             owner_id, queue_id, started_by, opened_at, last_message_at, blocked) \
             VALUES (?1, 'open', ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, \
             (SELECT blocked_at IS NOT NULL FROM contacts WHERE id = ?5))",
        )?
        .execute(params![
            id,
            new.channel,
            new.number,
            new.identity,
            new.contact,
            new.owner,
            new.queue,
            new.started_by,
            now
        ])?;
    Ok(id)
}

/// The open session of a key; there is at most one.
pub fn open_of_key(
    connection: &Connection,
    channel: ChannelId,
    number: NumberId,
    identity: IdentityId,
) -> Result<Option<SessionId>> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM sessions \
         WHERE channel_id = ?1 AND number_id = ?2 AND identity_id = ?3 AND status = 'open'",
    )?;
    Ok(statement.query_row(params![channel, number, identity], |row| row.get(0)).optional()?)
}

/// What access to a session depends on, as `user` stands to it.
pub fn holder(connection: &Connection, id: SessionId, user: UserId) -> Result<Holder> {
    let mut statement = connection.prepare_cached(
        "SELECT s.status, s.owner_id, s.queue_id, q.mode, coalesce(m.took_part, 0), \
         EXISTS (SELECT 1 FROM mentions mn WHERE mn.session_id = s.id AND mn.user_id = ?2) \
         FROM sessions s LEFT JOIN queues q ON q.id = s.queue_id \
         LEFT JOIN session_marks m ON m.session_id = s.id AND m.user_id = ?2 WHERE s.id = ?1",
    )?;
    let holder = statement.query_row(params![id, user], |row| {
        Ok(Holder {
            status: row.get(0)?,
            owner: row.get(1)?,
            queue: row.get(2)?,
            mode: row.get(3)?,
            took_part: row.get(4)?,
            mentioned: row.get(5)?,
        })
    });
    holder.optional()?.ok_or(Error::NotFound("session"))
}

/// The sessions among which are all that an agent may see; `None`: more than `most`. What
/// [`crate::access::sight`] says yes to has to be among them.
pub fn within_reach(
    connection: &Connection,
    user: UserId,
    most: usize,
) -> Result<Option<HashSet<SessionId>>> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM main.sessions WHERE status = 'open' AND owner_id = ?1 \
         UNION ALL SELECT id FROM main.sessions WHERE status = 'closed' AND owner_id = ?1 \
         UNION ALL SELECT s.id FROM main.queue_agents a CROSS JOIN main.sessions s \
            ON s.status = 'open' AND s.owner_id IS NULL AND s.queue_id = a.queue_id \
            WHERE a.user_id = ?1 \
         UNION ALL SELECT s.id FROM main.queue_agents a CROSS JOIN main.sessions s \
            ON s.status = 'closed' AND s.owner_id IS NULL AND s.queue_id = a.queue_id \
            WHERE a.user_id = ?1 \
         UNION ALL SELECT session_id FROM main.session_marks WHERE user_id = ?1 \
         UNION ALL SELECT session_id FROM main.mentions WHERE user_id = ?1",
    )?;
    let mut found = HashSet::new();
    let mut rows = statement.query([user])?;
    while let Some(row) = rows.next()? {
        found.insert(row.get(0)?);
        if found.len() > most {
            return Ok(None);
        }
    }
    Ok(Some(found))
}

/// Name of who has it now, for the timeline and for refusals.
pub fn holder_name(connection: &Connection, id: SessionId) -> Result<Option<String>> {
    let mut statement = connection.prepare_cached(
        "SELECT coalesce(u.name, q.name) FROM sessions s LEFT JOIN users u ON u.id = s.owner_id \
         LEFT JOIN queues q ON q.id = s.queue_id WHERE s.id = ?1",
    )?;
    Ok(statement.query_row([id], |row| row.get(0)).optional()?.flatten())
}

/// Who may know of what happens in a session: its owner or the agents of the queue where it waits,
/// supervisors, and whom a note named. The owner comes first.
pub fn audience(connection: &Connection, id: SessionId) -> Result<Audience> {
    Ok(circle(connection, id)?.audience)
}

/// Who holds a session, and who may know of what happens in it.
#[derive(Debug, Clone)]
pub struct Circle {
    /// Its owner.
    pub owner: Option<UserId>,
    /// The queue where it waits, if it has no owner.
    pub queue: Option<QueueId>,
    /// Everybody who may know.
    pub audience: Audience,
}

/// Who holds a session, and who may know of what happens in it.
pub fn circle(connection: &Connection, id: SessionId) -> Result<Circle> {
    let mut statement = connection.prepare_cached(
        "SELECT owner_id, queue_id, \
         (SELECT json_group_array(mn.user_id) FROM mentions mn WHERE mn.session_id = s.id) \
         FROM sessions s WHERE id = ?1",
    )?;
    let found = statement.query_row([id], |row| {
        let owner: Option<UserId> = row.get(0)?;
        Ok((owner, row.get::<_, Option<QueueId>>(1)?, row.get::<_, String>(2)?))
    });
    let (owner, queue, named) = found.optional()?.ok_or(Error::NotFound("session"))?;
    let queue = queue.filter(|_| owner.is_none());
    let named: Vec<UserId> = serde_json::from_str(&named).unwrap_or_default();
    let mut users: Vec<UserId> = owner.into_iter().collect();
    users.extend(named.into_iter().filter(|user| Some(*user) != owner));
    let queues = queue.into_iter().collect();
    let audience = Audience { supervisors: true, users, queues, ..Audience::default() };
    Ok(Circle { owner, queue, audience })
}

/// The session of a message, and who may know of it.
pub fn audience_of_message(
    connection: &Connection,
    message: MessageId,
) -> Result<(SessionId, Audience)> {
    let mut statement = connection.prepare_cached(
        "SELECT session_id FROM messages WHERE id = ?1 UNION ALL \
             SELECT session_id FROM scheduled_messages WHERE id = ?1",
    )?;
    let session: Option<SessionId> = statement.query_row([message], |row| row.get(0)).optional()?;
    let session = session.ok_or(Error::NotFound("message"))?;
    Ok((session, audience(connection, session)?))
}

/// Gives a session another owner and queue.
pub fn assign(
    connection: &Connection,
    id: SessionId,
    owner: Option<UserId>,
    queue: Option<QueueId>,
) -> Result<()> {
    connection
        .prepare_cached("UPDATE sessions SET owner_id = ?2, queue_id = ?3 WHERE id = ?1")?
        .execute(params![id, owner, queue])?;
    Ok(())
}

/// Ends a session.
pub fn close(connection: &Connection, id: SessionId, by: ClosedBy, now: Time) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE sessions SET status = 'closed', closed_at = ?3, closed_by = ?2, waiting_since = NULL, \
             failed = CASE WHEN ?2 IN ('agent', 'administrator') THEN 0 ELSE failed END \
             WHERE id = ?1 AND status = 'open'",
        )?
        .execute(params![id, by, now])?;
    Ok(())
}

/// Opens a session again that ended a moment ago. `false`: a newer one of its key is open.
pub fn reopen(connection: &Connection, id: SessionId, waiting_since: Option<Time>) -> Result<bool> {
    let opened = connection
        .prepare_cached(
            "UPDATE sessions SET status = 'open', closed_at = NULL, closed_by = NULL, waiting_since = ?2 \
             WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM sessions o WHERE o.status = 'open' \
               AND o.channel_id = sessions.channel_id AND o.number_id = sessions.number_id \
               AND o.identity_id = sessions.identity_id)",
        )?
        .execute(params![id, waiting_since])?;
    Ok(opened > 0)
}

/// Open sessions in which nobody has written for as long as their channel says. What waits for its
/// time counts as said until it leaves, and who talks is not silent.
pub fn silent(connection: &Connection, now: Time, limit: u32) -> Result<Vec<SessionId>> {
    let mut statement = connection.prepare_cached(
        "SELECT s.id FROM sessions s JOIN channels c ON c.id = s.channel_id \
         WHERE s.status = 'open' AND c.auto_close_minutes > 0 \
           AND s.last_message_at <= ?1 - c.auto_close_minutes * ?2 \
           AND NOT EXISTS (SELECT 1 FROM scheduled_messages p WHERE p.session_id = s.id) \
           AND NOT EXISTS (SELECT 1 FROM chat_calls k WHERE k.session_id = s.id \
             AND k.state IN ('ringing', 'connected')) ORDER BY s.last_message_at LIMIT ?3",
    )?;
    let rows = statement.query_map(params![now, MINUTE, limit], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Open sessions of a channel.
pub fn open_of_channel(connection: &Connection, channel: ChannelId) -> Result<Vec<SessionId>> {
    let mut statement = connection
        .prepare_cached("SELECT id FROM sessions WHERE channel_id = ?1 AND status = 'open'")?;
    let rows = statement.query_map([channel], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Channel, number and address that a session writes with.
#[derive(Debug, Clone)]
pub struct Line {
    /// Channel.
    pub channel: ChannelId,
    /// Our number.
    pub from: String,
    /// The customer's address.
    pub to: String,
}

/// The line of a session.
pub fn line(connection: &Connection, id: SessionId) -> Result<Line> {
    let mut statement = connection.prepare_cached(
        "SELECT s.channel_id, n.address, i.address FROM sessions s \
         JOIN numbers n ON n.id = s.number_id JOIN identities i ON i.id = s.identity_id WHERE s.id = ?1",
    )?;
    let line = statement.query_row([id], |row| {
        Ok(Line { channel: row.get(0)?, from: row.get(1)?, to: row.get(2)? })
    });
    line.optional()?.ok_or(Error::NotFound("session"))
}

/// The number that a session writes from.
pub fn number(connection: &Connection, id: SessionId) -> Result<NumberId> {
    let mut statement =
        connection.prepare_cached("SELECT number_id FROM sessions WHERE id = ?1")?;
    let number = statement.query_row([id], |row| row.get(0)).optional()?;
    number.ok_or(Error::NotFound("session"))
}

/// What a new message does to the look of its session.
#[derive(Debug, Clone)]
pub struct Said<'a> {
    /// Which way it went.
    pub direction: Direction,
    /// Its author's name, if a user wrote it.
    pub author: Option<&'a str>,
    /// Its beginning.
    pub preview: &'a str,
    /// When it was said.
    pub at: Time,
}

/// A message was said: order, preview, counts and waiting follow.
pub fn note_said(connection: &Connection, id: SessionId, said: &Said<'_>) -> Result<()> {
    let inbound = said.direction == Direction::In;
    connection
        .prepare_cached(
            "UPDATE sessions SET last_message_at = max(last_message_at, ?2), preview = ?3, \
             preview_direction = ?4, preview_author = ?5, \
             messages_in = messages_in + ?6, messages_out = messages_out + 1 - ?6, \
             waiting_since = CASE WHEN ?6 = 1 THEN coalesce(waiting_since, ?2) ELSE NULL END \
             WHERE id = ?1",
        )?
        .execute(params![id, said.at, said.preview, said.direction, said.author, inbound])?;
    super::contacts::note_said(connection, id, said.at)
}

/// The desk itself wrote: the message counts, and nothing else of the session looks different.
pub fn note_automatic(connection: &Connection, id: SessionId) -> Result<()> {
    connection
        .prepare_cached("UPDATE sessions SET messages_out = messages_out + 1 WHERE id = ?1")?
        .execute([id])?;
    Ok(())
}

/// A message grew: the session shows its beginning, unless something was said since. `false`:
/// it shows something else.
pub fn show_grown(
    connection: &Connection,
    id: SessionId,
    message: MessageId,
    preview: &str,
) -> Result<bool> {
    let shown = connection
        .prepare_cached(
            "UPDATE sessions SET preview = ?3 WHERE id = ?1 AND preview <> ?3 AND NOT EXISTS \
             (SELECT 1 FROM messages m WHERE m.session_id = ?1 AND m.kind = 'message' AND m.automatic = 0 \
              AND m.seq > (SELECT g.seq FROM messages g WHERE g.id = ?2))",
        )?
        .execute(params![id, message, preview])?;
    Ok(shown > 0)
}

/// Counts anew the messages that failed or are uncertain.
pub fn recount_failed(connection: &Connection, id: SessionId) -> Result<()> {
    connection
        .prepare_cached(
            "UPDATE sessions SET failed = (SELECT count(*) FROM messages \
             WHERE session_id = ?1 AND direction = 'out' AND state IN ('failed', 'uncertain')) WHERE id = ?1",
        )?
        .execute([id])?;
    Ok(())
}

/// What kind of addresses a session's customer has.
pub fn identity_kind(connection: &Connection, id: SessionId) -> Result<IdentityKind> {
    let mut statement = connection.prepare_cached(
        "SELECT i.kind FROM sessions s JOIN identities i ON i.id = s.identity_id WHERE s.id = ?1",
    )?;
    let kind: String = statement.query_row([id], |row| row.get(0))?;
    Ok(IdentityKind::of_word(&kind))
}

/// Columns and joins of a [`Session`]; `?1` is the caller.
pub(crate) const SELECT: &str = "SELECT s.id, s.status, s.channel_id, ch.name, ch.provider, \
    s.number_id, n.address, s.contact_id, c.name, s.identity_id, i.address, s.owner_id, u.name, \
    s.queue_id, q.name, q.mode, s.started_by, s.opened_at, s.last_message_at, s.waiting_since, \
    ch.auto_close_minutes, s.closed_at, s.closed_by, s.preview, s.preview_direction, s.preview_author, \
    s.messages_in, s.messages_out, s.failed, coalesce(m.archived, 0), coalesce(m.took_part, 0), \
    (SELECT count(*) FROM (SELECT 1 FROM messages x WHERE x.session_id = s.id \
        AND x.seq > coalesce(m.seen_seq, 0) AND x.direction = 'in' LIMIT 100)), \
    o.at, o.word, o.told_by, o.told, s.campaign_id, s.blocked AS blocked, \
    (SELECT group_concat(x.label_id) FROM session_labels x WHERE x.session_id = s.id) AS labels, \
    mn.seq AS mention_seq, mn.by_id AS mention_by, mn.by_name AS mention_name, mn.at AS mention_at, \
    mn.seq > coalesce(m.seen_seq, 0) AS mention_unread, \
    (SELECT json_group_array(json_object('user_id', d.user_id, 'name', w.name, 'note', json(iif(d.note, 'true', 'false')))) \
        FROM drafts d JOIN users w ON w.id = d.user_id AND w.disabled = 0 AND w.deleted_at IS NULL \
        WHERE d.session_id = s.id AND d.user_id <> ?1 AND (d.note = 0 OR NOT EXISTS (SELECT 1 FROM drafts e \
            WHERE e.user_id = d.user_id AND e.session_id = s.id AND e.note = 0))) AS drafts_by, \
    coalesce(m.snoozed, 0) AS snoozed, m.snoozed_until AS snoozed_until, m.woken_at AS woken_at, \
    coalesce(m.reminder, 0) AS reminder, coalesce(m.muted, 0) AS muted, \
    coalesce(m.marked_unread, 0) AS marked_unread, \
    s.page AS page, \
    (SELECT count(*) FROM scheduled_messages p WHERE p.session_id = s.id) AS scheduled, \
    (SELECT max(p.send_at) FROM scheduled_messages p WHERE p.session_id = s.id) AS scheduled_until \
    FROM sessions s JOIN channels ch ON ch.id = s.channel_id JOIN numbers n ON n.id = s.number_id \
    JOIN contacts c ON c.id = s.contact_id JOIN identities i ON i.id = s.identity_id \
    LEFT JOIN users u ON u.id = s.owner_id LEFT JOIN queues q ON q.id = s.queue_id \
    LEFT JOIN session_marks m ON m.session_id = s.id AND m.user_id = ?1 \
    LEFT JOIN mentions mn ON mn.session_id = s.id AND mn.user_id = ?1 \
    LEFT JOIN opt_outs o ON o.number_address = n.address AND o.identity_id = s.identity_id";

/// One session as `caller` sees it. Whether they may is decided elsewhere.
pub fn get(connection: &Connection, caller: &Caller, id: SessionId) -> Result<Session> {
    let mut statement = connection.prepare_cached(&format!("{SELECT} WHERE s.id = ?2"))?;
    let session = statement.query_row(params![caller.user, id], |row| read(row, caller));
    session.optional()?.ok_or(Error::NotFound("session"))
}

/// The newest note that names the caller.
fn mention(row: &Row<'_>) -> rusqlite::Result<Option<Mention>> {
    let Some(seq) = row.get("mention_seq")? else { return Ok(None) };
    Ok(Some(Mention {
        seq,
        by_id: row.get("mention_by")?,
        by_name: row.get("mention_name")?,
        at: row.get("mention_at")?,
        unread: row.get("mention_unread")?,
    }))
}

/// Colleagues who have begun to write.
fn drafts_by(row: &Row<'_>) -> rusqlite::Result<Vec<DraftBy>> {
    let drafts: String = row.get("drafts_by")?;
    Ok(serde_json::from_str(&drafts).unwrap_or_default())
}

/// How it is held, and how the caller stands to it.
fn held(row: &Row<'_>) -> rusqlite::Result<Holder> {
    Ok(Holder {
        status: row.get(1)?,
        owner: row.get(11)?,
        queue: row.get(13)?,
        mode: row.get(15)?,
        took_part: row.get(30)?,
        mentioned: row.get::<_, Option<i64>>("mention_seq")?.is_some(),
    })
}

/// Reads a row of [`SELECT`].
pub(crate) fn read(row: &Row<'_>, caller: &Caller) -> rusqlite::Result<Session> {
    let last_message_at: Time = row.get(18)?;
    let auto_close_minutes: Option<i64> = row.get(20)?;
    let scheduled_until: Option<Time> = row.get("scheduled_until")?;
    let holder = held(row)?;
    let Holder { status, .. } = holder;
    let permits: Permits = crate::access::permits(caller, &holder);
    let archived: bool = row.get(29)?;
    Ok(Session {
        id: row.get(0)?,
        status,
        channel_id: row.get(2)?,
        channel_name: row.get(3)?,
        provider: row.get(4)?,
        number_id: row.get(5)?,
        number: row.get(6)?,
        contact_id: row.get(7)?,
        contact_name: row.get(8)?,
        identity_id: row.get(9)?,
        address: row.get(10)?,
        page: row.get("page")?,
        opted_out: super::optouts::read_if_any(row, 32)?,
        blocked: row.get("blocked")?,
        owner_id: holder.owner,
        owner_name: row.get(12)?,
        queue_id: holder.queue,
        queue_name: row.get(14)?,
        queue_mode: holder.mode,
        started_by: row.get(16)?,
        opened_at: row.get(17)?,
        last_message_at,
        waiting_since: row.get(19)?,
        closes_at: auto_close_minutes
            .filter(|minutes| *minutes > 0 && status == SessionStatus::Open)
            .map(|some| last_message_at.max(scheduled_until.unwrap_or_default()) + some * MINUTE),
        closed_at: row.get(21)?,
        closed_by: row.get(22)?,
        preview: row.get(23)?,
        preview_direction: row.get(24)?,
        preview_author: row.get(25)?,
        messages_in: row.get(26)?,
        messages_out: row.get(27)?,
        failed: row.get(28)?,
        scheduled: row.get("scheduled")?,
        unread: row.get(31)?,
        mention: mention(row)?,
        drafts: drafts_by(row)?,
        archived: archived || status == SessionStatus::Closed,
        labels: super::labels::read_ids(row)?,
        campaign_id: row.get("campaign_id")?,
        snoozed: row.get("snoozed")?,
        snoozed_until: row.get("snoozed_until")?,
        woken_at: row.get("woken_at")?,
        reminder: row.get("reminder")?,
        muted: row.get("muted")?,
        marked_unread: row.get("marked_unread")?,
        permits,
    })
}
