//! How the index follows the database: the messages after the last one, the changes after the last
//! one, and once through all contacts. What was done and how far it came is one commit.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::Pass;
use crate::error::Result;
use crate::model::{ChannelId, ContactId, Direction, MessageId, MessageKind, SessionId, UserId};
use crate::store::db::snapshot;
use crate::store::search::place;
use crate::words;

/// Messages taken in at once.
const MESSAGES: u32 = 400;
/// Changes followed at once, and contacts of the first run.
const CHANGES: u32 = 200;

/// How far the index has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Progress {
    pub(super) seq: i64,
    anchor: String,
    pub(super) change: i64,
    contacts: Option<i64>,
}

const START: Progress = Progress { seq: 0, anchor: String::new(), change: 0, contacts: Some(0) };

pub(super) fn progress(index: &Connection) -> Result<Progress> {
    let mut statement =
        index.prepare_cached("SELECT seq, anchor, change, contacts FROM progress WHERE id = 1")?;
    Ok(statement.query_row([], |row| {
        Ok(Progress {
            seq: row.get(0)?,
            anchor: row.get(1)?,
            change: row.get(2)?,
            contacts: row.get(3)?,
        })
    })?)
}

/// Takes in the next part; answers how far it is now and the place of the newest message.
pub(super) fn step(source: &Connection, index: &mut Connection) -> Result<(Pass, i64)> {
    let mut progress = progress(index)?;
    let found = snapshot(source, |source| find(source, &mut progress))?;
    let tx = index.transaction()?;
    if found.anew {
        clear(&tx)?;
    }
    for message in &found.messages {
        write_message(&tx, message)?;
    }
    for contact in &found.contacts {
        write_contact(&tx, contact)?;
    }
    if found.anew || progress != self::progress(&tx)? {
        tx.prepare_cached("UPDATE progress SET seq = ?1, anchor = ?2, change = ?3, contacts = ?4")?
            .execute(params![progress.seq, progress.anchor, progress.change, progress.contacts])?;
    }
    tx.commit()?;
    let behind = if found.more { (found.newest - progress.seq).max(0) } else { 0 };
    Ok((Pass { more: found.more, behind }, found.newest))
}

/// What the next commit of the index holds.
#[derive(Default)]
struct Found {
    /// The index was of another database: it begins from nothing.
    anew: bool,
    messages: Vec<Message>,
    contacts: Vec<Contact>,
    more: bool,
    newest: i64,
}

/// Words of a message; those without any are taken out of the index.
struct Message {
    seq: i64,
    /// Whether it may be in the index already.
    known: bool,
    body: String,
    files: String,
    place: String,
}

/// Words of a contact; `None`: it is gone.
struct Contact {
    id: ContactId,
    words: Option<[String; 5]>,
}

fn find(source: &Connection, progress: &mut Progress) -> Result<Found> {
    let newest = newest(source)?;
    let last_change = last_change(source)?;
    let mut found = Found { newest, ..Found::default() };
    if is_another(source, progress, newest, last_change)? {
        *progress = Progress { change: last_change, ..START };
        found.anew = true;
    }
    let changes = changes(source, progress.change)?;
    found.more = changes.len() >= CHANGES as usize;
    for change in changes {
        progress.change = change.seq;
        match change.noun.as_str() {
            "contact" => found.contacts.extend(contact(source, &change.key)?),
            // Later ones come anyway.
            _ => match change.key.parse() {
                Ok(seq) if seq <= progress.seq => found.messages.push(message(source, seq)?),
                Ok(_) | Err(_) => {}
            },
        }
    }
    if let Some(after) = progress.contacts {
        let ids = contacts_after(source, after)?;
        progress.contacts = ids.last().map(|(rowid, _)| *rowid);
        found.more |= progress.contacts.is_some();
        for (_, id) in ids {
            found.contacts.extend(contact(source, &id)?);
        }
    }
    take_messages(source, progress, &mut found)?;
    Ok(found)
}

/// Whether the index belongs to another database: this one was put back from a copy.
fn is_another(
    source: &Connection,
    progress: &Progress,
    newest: i64,
    last_change: i64,
) -> Result<bool> {
    if progress.seq > newest || progress.change > last_change {
        return Ok(true);
    }
    let id: Option<String> = source
        .prepare_cached("SELECT id FROM messages WHERE seq = ?1")?
        .query_row([progress.seq], |row| row.get(0))
        .optional()?;
    Ok(id.is_some_and(|id| id != progress.anchor))
}

fn take_messages(source: &Connection, progress: &mut Progress, found: &mut Found) -> Result<()> {
    let mut statement =
        source.prepare_cached(&format!("{MESSAGE} WHERE m.seq > ?1 ORDER BY m.seq LIMIT ?2"))?;
    let mut rows = statement.query(params![progress.seq, MESSAGES])?;
    let mut taken = 0;
    while let Some(row) = rows.next()? {
        taken += 1;
        progress.seq = row.get(0)?;
        progress.anchor = row.get(1)?;
        let message = read_message(source, row)?;
        if !message.is_empty() {
            found.messages.push(message);
        }
    }
    found.more |= taken == MESSAGES;
    Ok(())
}

const MESSAGE: &str = "SELECT m.seq, m.id, m.session_id, m.channel_id, m.kind, m.direction, \
    m.author_id, m.body, EXISTS (SELECT 1 FROM message_files f WHERE f.message_id = m.id) \
    FROM messages m";

fn read_message(source: &Connection, row: &rusqlite::Row<'_>) -> Result<Message> {
    let kind: MessageKind = row.get(4)?;
    let mut message = Message::without_words(row.get(0)?);
    message.known = false;
    if kind == MessageKind::Event {
        return Ok(message);
    }
    let id: MessageId = row.get(1)?;
    let body: String = row.get(7)?;
    let has_files: bool = row.get(8)?;
    message.body = words::indexed(&body);
    if has_files {
        message.files = names(source, id)?;
    }
    let (session, channel): (SessionId, ChannelId) = (row.get(2)?, row.get(3)?);
    let (direction, author): (Direction, Option<UserId>) = (row.get(5)?, row.get(6)?);
    let mut places = vec![place::session(session), place::channel(channel), place::way(direction)];
    places.extend(author.map(place::author));
    if has_files {
        places.push(place::WITH_FILES.to_owned());
    }
    message.place = places.join(" ");
    Ok(message)
}

/// Names of the files of a message, as words.
fn names(source: &Connection, message: MessageId) -> Result<String> {
    let mut statement = source.prepare_cached(
        "SELECT f.name FROM message_files mf JOIN files f ON f.id = mf.file_id \
         WHERE mf.message_id = ?1 ORDER BY mf.position",
    )?;
    let names = statement.query_map([message], |row| row.get(0))?;
    let names: Vec<String> = names.collect::<rusqlite::Result<_>>()?;
    Ok(names.iter().map(|name| words::indexed(name)).collect::<Vec<_>>().join(" "))
}

impl Message {
    fn without_words(seq: i64) -> Self {
        Self { seq, known: true, body: String::new(), files: String::new(), place: String::new() }
    }

    fn is_empty(&self) -> bool {
        self.body.is_empty() && self.files.is_empty() && !self.place.contains(place::WITH_FILES)
    }
}

/// A message whose text changed, or that is gone.
fn message(source: &Connection, seq: i64) -> Result<Message> {
    let mut statement = source.prepare_cached(&format!("{MESSAGE} WHERE m.seq = ?1"))?;
    let mut rows = statement.query([seq])?;
    match rows.next()? {
        Some(row) => Ok(Message { known: true, ..read_message(source, row)? }),
        None => Ok(Message::without_words(seq)),
    }
}

/// The words of a contact, or that it is gone. What is no id is no contact.
fn contact(source: &Connection, key: &str) -> Result<Option<Contact>> {
    let Ok(id) = key.parse::<ContactId>() else { return Ok(None) };
    let card: Option<[String; 4]> = source
        .prepare_cached(
            "SELECT name, company, email, remarks FROM contacts WHERE id = ?1 AND anonymous = 0",
        )?
        .query_row([id], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))
        .optional()?;
    let Some([name, company, email, remarks]) = card else {
        return Ok(Some(Contact { id, words: None }));
    };
    let mut statement =
        source.prepare_cached("SELECT address FROM identities WHERE contact_id = ?1")?;
    let addresses = statement.query_map([id], |row| row.get(0))?;
    let addresses: Vec<String> = addresses.collect::<rusqlite::Result<_>>()?;
    let addresses = addresses.iter().flat_map(|address| {
        let mut words = words::tails(address);
        words.push(words::indexed(address));
        words
    });
    let addresses = addresses.collect::<Vec<_>>().join(" ");
    let [name, company, email, remarks] =
        [name, company, email, remarks].map(|text| words::indexed(&text));
    Ok(Some(Contact { id, words: Some([name, company, email, addresses, remarks]) }))
}

fn newest(source: &Connection) -> Result<i64> {
    // Not the greatest place that is there: the newest message may have been deleted.
    let mut statement =
        source.prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'messages'")?;
    Ok(statement.query_row([], |row| row.get(0)).optional()?.unwrap_or(0))
}

fn last_change(source: &Connection) -> Result<i64> {
    let mut statement =
        source.prepare_cached("SELECT coalesce(max(seq), 0) FROM search_changes")?;
    Ok(statement.query_row([], |row| row.get(0))?)
}

struct Change {
    seq: i64,
    noun: String,
    key: String,
}

fn changes(source: &Connection, after: i64) -> Result<Vec<Change>> {
    let mut statement = source.prepare_cached(
        "SELECT seq, noun, key FROM search_changes WHERE seq > ?1 ORDER BY seq LIMIT ?2",
    )?;
    let rows = statement.query_map(params![after, CHANGES], |row| {
        Ok(Change { seq: row.get(0)?, noun: row.get(1)?, key: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn contacts_after(source: &Connection, after: i64) -> Result<Vec<(i64, String)>> {
    let mut statement = source.prepare_cached(
        "SELECT rowid, id FROM contacts WHERE rowid > ?1 ORDER BY rowid LIMIT ?2",
    )?;
    let rows =
        statement.query_map(params![after, CHANGES], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Takes everything out of the index.
fn clear(tx: &Transaction<'_>) -> Result<()> {
    tx.execute_batch(
        "INSERT INTO message_words (message_words) VALUES ('delete-all');
         INSERT INTO contact_words (contact_words) VALUES ('delete-all');
         DELETE FROM contact_docs;",
    )?;
    Ok(())
}

fn write_message(tx: &Transaction<'_>, message: &Message) -> Result<()> {
    if message.known {
        tx.prepare_cached("DELETE FROM message_words WHERE rowid = ?1")?.execute([message.seq])?;
    }
    if message.is_empty() {
        return Ok(());
    }
    tx.prepare_cached(
        "INSERT INTO message_words (rowid, body, files, place) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute(params![message.seq, message.body, message.files, message.place])?;
    Ok(())
}

fn write_contact(tx: &Transaction<'_>, contact: &Contact) -> Result<()> {
    let doc: Option<i64> = tx
        .prepare_cached("SELECT doc FROM contact_docs WHERE contact_id = ?1")?
        .query_row([contact.id], |row| row.get(0))
        .optional()?;
    if let Some(doc) = doc {
        tx.prepare_cached("DELETE FROM contact_words WHERE rowid = ?1")?.execute([doc])?;
    }
    let Some([name, company, email, addresses, remarks]) = &contact.words else {
        tx.prepare_cached("DELETE FROM contact_docs WHERE contact_id = ?1")?
            .execute([contact.id])?;
        return Ok(());
    };
    let doc = match doc {
        Some(doc) => doc,
        None => tx
            .prepare_cached("INSERT INTO contact_docs (contact_id) VALUES (?1)")?
            .insert([contact.id])?,
    };
    tx.prepare_cached(
        "INSERT INTO contact_words (rowid, name, company, email, addresses, remarks) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![doc, name, company, email, addresses, remarks])?;
    Ok(())
}
