//! What the index of words is asked. The newest comes first, and an answer looks through only so
//! much: whoever may see little of a desk would otherwise wait for all of it.
//!
//! Who may see a session is not decided here: every session that a hit belongs to is put to
//! [`access::sight`], as everywhere. What SQL leaves out beforehand only saves looking.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use crate::access::{self, Caller, Sight};
use crate::error::{Error, Result};
use crate::model::{ContactId, Search, SessionId, Time};
use crate::store::sessions::{self, DAY};
use crate::words::Question;

/// Words of ours in the third column of the index: they narrow a search as fast as words do.
pub(crate) mod place {
    use crate::model::{ChannelId, Direction, SessionId, UserId};

    /// A message with files.
    pub(crate) const WITH_FILES: &str = "files";

    pub(crate) fn session(id: SessionId) -> String {
        word('s', &id.to_string())
    }

    pub(crate) fn channel(id: ChannelId) -> String {
        word('c', &id.to_string())
    }

    pub(crate) fn author(id: UserId) -> String {
        word('a', &id.to_string())
    }

    pub(crate) fn way(direction: Direction) -> String {
        format!("way{}", direction.as_str())
    }

    /// The part of an id that is random is enough: what it lets through is looked at again. Its 48
    /// bits are four characters, since every beginning of a word costs a place in the index.
    fn word(letter: char, id: &str) -> String {
        let end = id.rsplit('-').next().unwrap_or_default();
        let bits = u64::from_str_radix(end, 16).unwrap_or_default();
        let mut word = String::from(letter);
        for shift in [36, 24, 12, 0] {
            let part = u32::try_from((bits >> shift) & 0xfff).unwrap_or_default();
            word.extend(char::from_u32(0x4e00 + part));
        }
        word
    }
}

/// Hits that one answer looks at, at most.
const LOOKED_AT: u32 = 8_000;
/// Sessions of a caller by which the index itself is narrowed.
const NARROW: usize = 200;
/// Sessions of a caller that are worth a list.
const LISTED: usize = 20_000;
/// Contacts that are put in order by how well they fit.
const CONTACTS: u32 = 3_000;
/// How much messages may be out of order.
const DISORDER: i64 = 2 * DAY;

/// Which words of a message are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// What was said.
    Body,
    /// Names of files.
    Files,
}

/// A message that was found and may be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// Its place.
    pub seq: i64,
    /// Its session.
    pub session: SessionId,
    /// How the caller sees that.
    pub sight: Sight,
}

/// A part of what there is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<T> {
    /// What was found.
    pub found: Vec<T>,
    /// Place from which older ones follow; `None`: that was all.
    pub next: Option<i64>,
}

/// Which sessions can hold something for a caller.
enum Reach {
    /// They may see any.
    All,
    /// At most these.
    These(HashSet<SessionId>),
}

/// Somebody who looks for something, and what they were found to see.
pub struct Seeker<'a> {
    connection: &'a Connection,
    caller: &'a Caller,
    search: &'a Search,
    question: Option<Question>,
    reach: Reach,
    seen: HashMap<SessionId, Sight>,
}

impl<'a> Seeker<'a> {
    /// Reads the question, and finds out where it is worth looking.
    pub fn new(connection: &'a Connection, caller: &'a Caller, search: &'a Search) -> Result<Self> {
        let reach = if caller.supervises() {
            Reach::All
        } else {
            match sessions::within_reach(connection, caller.user, LISTED)? {
                Some(ids) => Reach::These(ids),
                None => Reach::All,
            }
        };
        let question = Question::read(&search.q);
        Ok(Self { connection, caller, search, question, reach, seen: HashMap::new() })
    }

    /// The words that are looked for.
    pub fn question(&self) -> Option<&Question> {
        self.question.as_ref()
    }

    /// How the caller sees a session.
    pub fn sight(&mut self, id: SessionId) -> Result<Sight> {
        if let Reach::These(ids) = &self.reach
            && !ids.contains(&id)
        {
            return Ok(Sight::None);
        }
        if let Some(sight) = self.seen.get(&id) {
            return Ok(*sight);
        }
        let sight = match sessions::holder(self.connection, id, self.caller.user) {
            Ok(holder) => access::sight(self.caller, &holder),
            Err(Error::NotFound(_)) => Sight::None,
            Err(error) => return Err(error),
        };
        self.seen.insert(id, sight);
        Ok(sight)
    }

    /// Messages that hold it, newest first, before a place.
    pub fn messages(
        &mut self,
        column: Column,
        before: Option<i64>,
        limit: usize,
    ) -> Result<Part<Match>> {
        let mut part = Part { found: Vec::new(), next: None };
        let Some(expression) = self.expression(column) else { return Ok(part) };
        let upper = self.upper(before)?;
        let lower = match self.search.after {
            Some(after) => place_at(self.connection, after.saturating_sub(DISORDER))?,
            None => 0,
        };
        let connection = self.connection;
        let mut statement = connection.prepare_cached(
            "SELECT m.seq, m.session_id, m.at FROM search.message_words \
             CROSS JOIN main.messages m ON m.seq = message_words.rowid \
             WHERE message_words MATCH ?1 AND message_words.rowid < ?2 \
               AND message_words.rowid >= ?3 ORDER BY message_words.rowid DESC",
        )?;
        let mut rows = statement.query(params![expression, upper, lower])?;
        let mut looked_at = 0;
        while let Some(row) = rows.next()? {
            let seq: i64 = row.get(0)?;
            if part.found.len() == limit || looked_at == LOOKED_AT {
                part.next = Some(seq + 1);
                break;
            }
            looked_at += 1;
            let session: SessionId = row.get(1)?;
            if !self.is_in_time(row.get(2)?) || !self.is_wanted(session)? {
                continue;
            }
            let sight = self.sight(session)?;
            if sight != Sight::None {
                part.found.push(Match { seq, session, sight });
            }
        }
        Ok(part)
    }

    fn upper(&self, before: Option<i64>) -> Result<i64> {
        let by_time = match self.search.before {
            Some(before) => place_at(self.connection, before.saturating_add(DISORDER))?,
            None => i64::MAX,
        };
        Ok(before.unwrap_or(i64::MAX).min(by_time))
    }

    fn is_in_time(&self, at: Time) -> bool {
        self.search.before.is_none_or(|before| at < before)
            && self.search.after.is_none_or(|after| at >= after)
    }

    /// Whether a session is one that was asked for.
    fn is_wanted(&self, id: SessionId) -> Result<bool> {
        if self.search.session.is_some_and(|wanted| wanted != id) {
            return Ok(false);
        }
        let Some(owner) = self.search.owner else { return Ok(true) };
        let mut statement = self
            .connection
            .prepare_cached("SELECT 1 FROM main.sessions WHERE id = ?1 AND owner_id = ?2")?;
        Ok(statement.exists(params![id, owner])?)
    }

    /// What the index is asked; `None`: nothing narrows it.
    fn expression(&self, column: Column) -> Option<String> {
        let search = self.search;
        let mut all: Vec<String> = Vec::new();
        all.extend(search.session.map(place::session));
        all.extend(search.channel.map(place::channel));
        all.extend(search.author.map(place::author));
        all.extend(search.direction.map(place::way));
        if search.has_file || column == Column::Files {
            all.push(place::WITH_FILES.to_owned());
        }
        if self.question.is_none() && all.is_empty() {
            return None;
        }
        let name = match column {
            Column::Body => "body",
            Column::Files => "files",
        };
        let mut asked: Vec<String> = Vec::new();
        asked.extend(
            self.question.as_ref().map(|question| format!("{name} : ({})", question.expression())),
        );
        asked.extend(all.iter().map(|word| format!("place : \"{word}\"")));
        if let Reach::These(ids) = &self.reach
            && search.session.is_none()
            && ids.len() <= NARROW
        {
            if ids.is_empty() {
                return None;
            }
            let ids: Vec<String> =
                ids.iter().map(|id| format!("\"{}\"", place::session(*id))).collect();
            asked.push(format!("place : ({})", ids.join(" OR ")));
        }
        Some(asked.join(" AND "))
    }

    /// Contacts that hold it, those that fit best first, and whether there are more.
    pub fn contacts(&self, skip: u32, limit: u32) -> Result<(Vec<ContactId>, bool)> {
        let Some(question) = &self.question else { return Ok((Vec::new(), false)) };
        let mut statement = self.connection.prepare_cached(
            "SELECT d.contact_id FROM \
                (SELECT rowid AS doc, bm25(contact_words, 10.0, 4.0, 4.0, 8.0, 1.0) AS fit \
                 FROM search.contact_words WHERE contact_words MATCH ?1 \
                 ORDER BY rowid DESC LIMIT ?2) f \
             JOIN search.contact_docs d ON d.doc = f.doc \
             ORDER BY f.fit, f.doc DESC LIMIT ?3 OFFSET ?4",
        )?;
        let wanted = params![question.expression(), CONTACTS, i64::from(limit) + 1, skip];
        let rows = statement.query_map(wanted, |row| row.get(0))?;
        let mut found: Vec<ContactId> = rows.collect::<rusqlite::Result<_>>()?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = found.len() > limit;
        found.truncate(limit);
        Ok((found, more))
    }

    /// Sessions whose customer or messages hold it, those with the newest messages first, and
    /// whether there may be more. `most`: no more are looked for.
    pub fn sessions(&mut self, most: usize) -> Result<(Vec<SessionId>, bool)> {
        let (contacts, mut more) = self.contacts(0, 200)?;
        let mut candidates: Vec<SessionId> = Vec::new();
        for contact in contacts {
            let mut statement = self.connection.prepare_cached(
                "SELECT id FROM main.sessions WHERE contact_id = ?1 ORDER BY opened_at DESC LIMIT 50",
            )?;
            let rows = statement.query_map([contact], |row| row.get(0))?;
            candidates.extend(rows.collect::<rusqlite::Result<Vec<SessionId>>>()?);
        }
        let part = self.messages(Column::Body, None, most * 5)?;
        more |= part.next.is_some();
        candidates.extend(part.found.iter().map(|found| found.session));
        let mut keyed: Vec<(Time, SessionId)> = Vec::new();
        let mut known = HashSet::new();
        for id in candidates {
            if !known.insert(id) || self.sight(id)? == Sight::None || !self.is_wanted(id)? {
                continue;
            }
            keyed.extend(self.in_place(id)?.map(|at| (at, id)));
        }
        keyed.sort_unstable_by(|a, b| b.cmp(a));
        more |= keyed.len() > most;
        keyed.truncate(most);
        Ok((keyed.into_iter().map(|(_, id)| id).collect(), more))
    }

    /// When something was last said in a session, if it came where and when it was asked for.
    fn in_place(&self, id: SessionId) -> Result<Option<Time>> {
        let mut statement = self.connection.prepare_cached(
            "SELECT last_message_at FROM main.sessions WHERE id = ?1 \
             AND (?2 IS NULL OR channel_id = ?2) AND (?3 IS NULL OR opened_at < ?3) \
             AND (?4 IS NULL OR last_message_at >= ?4)",
        )?;
        let search = self.search;
        Ok(statement
            .query_row(params![id, search.channel, search.before, search.after], |row| row.get(0))
            .optional()?)
    }
}

/// The place of the first message that was said at a time or later, about: messages stand nearly
/// in the order in which they were said.
fn place_at(connection: &Connection, time: Time) -> Result<i64> {
    let mut statement = connection
        .prepare_cached("SELECT seq, at FROM main.messages WHERE seq >= ?1 ORDER BY seq LIMIT 1")?;
    let newest: i64 = connection
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM main.messages")?
        .query_row([], |row| row.get(0))?;
    let (mut low, mut high) = (0, newest + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        let found: Option<(i64, Time)> =
            statement.query_row([middle], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        match found {
            Some((seq, at)) if at < time => low = seq + 1,
            Some(_) | None => high = middle,
        }
    }
    Ok(low)
}
