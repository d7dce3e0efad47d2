//! What a list of sessions is narrowed to, and its order, in the words of the store. Knows no
//! folders: those are in `session_lists`.

use rusqlite::types::Value;

use crate::access::Caller;
use crate::model::{
    self, Direction, Folder, Holding, SessionFilter, SessionId, SessionSort, SessionStatus,
};

/// Somebody said something that the caller has not seen, or they marked it; of a session `s` and
/// the caller's marks `m`.
const UNREAD: &str = "(coalesce(m.marked_unread, 0) = 1 OR EXISTS (SELECT 1 FROM messages x \
    WHERE x.session_id = s.id AND x.seq > coalesce(m.seen_seq, 0) AND x.direction = 'in'))";
/// The customer or the last message contains the folded `$`; what follows closes the bracket. The
/// index of words finds what the last message says in other letters than these.
const SAYS: &str = "(instr(c.needle, $) > 0 OR instr(i.address, $) > 0 \
    OR instr(lower(s.preview), $) > 0";
/// It has the label `$`.
const LABELLED: &str =
    "EXISTS (SELECT 1 FROM session_labels x WHERE x.session_id = s.id AND x.label_id = $)";
/// Larger than any time: who does not wait comes after everyone who does.
const LATER_THAN_ANY: &str = "10000000000000";

/// The order of a list that was asked for, or else the folder's own.
pub(crate) fn sort(folder: Folder, wanted: Option<SessionSort>) -> SessionSort {
    match (wanted, folder) {
        (Some(sort), _) => sort,
        (None, Folder::Unowned) => SessionSort::Waiting,
        (
            None,
            Folder::Recent
            | Folder::Mine
            | Folder::Archived
            | Folder::All
            | Folder::Attention
            | Folder::Campaign
            | Folder::Mentions
            | Folder::Snoozed,
        ) => SessionSort::Newest,
    }
}

/// What sessions are ordered by: larger comes first. The plain column is an index's own order.
pub(crate) fn key(folder: Folder, sort: SessionSort) -> String {
    match sort {
        // Among mentions the newest mention.
        SessionSort::Newest if folder == Folder::Mentions => "mn.at".to_owned(),
        // What woke by its time is at the top, as if somebody had just written.
        SessionSort::Newest if matches!(folder, Folder::Recent | Folder::Mine) => {
            "max(s.last_message_at, coalesce(m.woken_at, 0))".to_owned()
        }
        // What wakes next comes first; what waits for the customer last.
        SessionSort::Newest if folder == Folder::Snoozed => {
            format!("-coalesce(m.snoozed_until, {LATER_THAN_ANY})")
        }
        SessionSort::Newest => "s.last_message_at".to_owned(),
        SessionSort::Oldest => "-s.last_message_at".to_owned(),
        SessionSort::Waiting => {
            format!("coalesce(-s.waiting_since, s.last_message_at - {LATER_THAN_ANY})")
        }
    }
}

/// A condition that grows, and what stands in its places.
#[derive(Debug)]
pub(crate) struct Condition {
    /// The SQL so far.
    pub(crate) sql: String,
    /// Values of `?1`, `?2`, …
    pub(crate) values: Vec<Value>,
}

impl Condition {
    /// Begins with the caller as `?1`.
    pub(crate) fn of(caller: &Caller) -> Self {
        Self { sql: String::new(), values: vec![Value::Text(caller.user.to_string())] }
    }

    /// Adds text; `$` in it is `value`.
    pub(crate) fn add(&mut self, text: &str, value: Value) {
        self.values.push(value);
        self.sql.push_str(&text.replace('$', &format!("?{}", self.values.len())));
    }

    fn also(&mut self, text: &str, value: Value) {
        self.add(&format!(" AND {text}"), value);
    }

    /// Adds the words of a filter; in the sessions of `said` they are known to be.
    fn say(&mut self, words: &str, said: &[SessionId]) {
        self.also(SAYS, Value::Text(model::fold(words.trim())));
        let said: Vec<String> = said.iter().map(|id| format!("\"{id}\"")).collect();
        let said = Value::Text(format!("[{}]", said.join(",")));
        self.add(" OR s.id IN (SELECT value FROM json_each($)))", said);
    }

    /// Adds what a filter asks of each session.
    pub(crate) fn narrow(&mut self, filter: &SessionFilter, said: &[SessionId]) {
        if !filter.q.is_empty() {
            self.say(&filter.q, said);
        }
        if let Some(channel) = filter.channel {
            self.also("s.channel_id = $", Value::Text(channel.to_string()));
        }
        if let Some(queue) = filter.queue {
            self.also("s.queue_id = $", Value::Text(queue.to_string()));
        }
        match filter.owner {
            Some(Holding::Me) => self.sql.push_str(" AND s.owner_id = ?1"),
            Some(Holding::Nobody) => self.sql.push_str(" AND s.owner_id IS NULL"),
            Some(Holding::User(user)) => {
                self.also("s.owner_id = $", Value::Text(user.to_string()));
            }
            None => {}
        }
        for label in &filter.labels {
            self.also(LABELLED, Value::Text(label.to_string()));
        }
        // Written out, so that the indexes of what is open and what is closed are seen.
        match filter.status {
            Some(SessionStatus::Open) => self.sql.push_str(" AND s.status = 'open'"),
            Some(SessionStatus::Closed) => self.sql.push_str(" AND s.status = 'closed'"),
            None => {}
        }
        if filter.unread {
            self.sql.push_str(" AND ");
            self.sql.push_str(UNREAD);
        }
        if filter.unanswered {
            self.sql.push_str(" AND s.waiting_since IS NOT NULL");
        }
        if filter.has_file {
            self.sql.push_str(" AND s.has_file = 1");
        }
        if let Some(before) = filter.before {
            self.also("s.last_message_at < $", Value::Integer(before));
        }
        if let Some(after) = filter.after {
            self.also("s.last_message_at >= $", Value::Integer(after));
        }
        match filter.direction {
            Some(direction @ (Direction::In | Direction::Out)) => {
                self.also("s.preview_direction = $", Value::Text(direction.as_str().to_owned()));
            }
            // Notes and events are never the last thing that was said.
            Some(Direction::None) | None => {}
        }
    }
}
