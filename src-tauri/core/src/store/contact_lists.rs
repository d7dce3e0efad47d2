//! Lists of contacts: which, in which order, and how many.

use std::fmt::Write as _;

use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

use super::contacts;
use crate::error::{Error, Result};
use crate::model::{Contact, ContactCounts, ContactId, ContactShow, ContactSort, LAST, Sought};

/// What a list is asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// All of this has to be found in a contact.
    pub sought: Vec<Sought>,
    /// Which contacts.
    pub show: ContactShow,
    /// In which order.
    pub sort: ContactSort,
    /// After this place.
    pub after: Option<Place>,
    /// At most this many.
    pub limit: u32,
}

/// A place in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// What the last contact is sorted by.
    pub key: String,
    /// Its id.
    pub id: ContactId,
}

/// What an order sorts by, and in which direction.
fn order(sort: ContactSort) -> (&'static str, &'static str, &'static str) {
    match sort {
        ContactSort::Name => ("c.name_key", ">", "ASC"),
        ContactSort::Newest => ("c.created_at", "<", "DESC"),
        ContactSort::LastMessage => ("c.last_message_at", "<", "DESC"),
    }
}

/// The value that a place is compared by.
fn key_of(sort: ContactSort, key: &str) -> Result<Value> {
    match sort {
        ContactSort::Name => Ok(Value::Text(key.to_owned())),
        ContactSort::Newest | ContactSort::LastMessage => {
            Ok(Value::Integer(key.parse().map_err(|_| Error::unreadable(key))?))
        }
    }
}

/// The condition of a list, with its values.
fn condition(wanted: &Wanted) -> (String, Vec<Value>) {
    let mut values = Vec::new();
    let mut sql = match wanted.show {
        ContactShow::All => "c.anonymous = 0".to_owned(),
        ContactShow::Named | ContactShow::Unnamed => {
            values.push(Value::Text(LAST.to_string()));
            let side = if wanted.show == ContactShow::Named { "<" } else { ">=" };
            format!("c.anonymous = 0 AND c.name_key {side} ?1")
        }
        ContactShow::Blocked => "c.anonymous = 0 AND c.blocked_at IS NOT NULL".to_owned(),
    };
    for [word, digits] in &wanted.sought {
        values.push(Value::Text(word.clone()));
        let first = values.len();
        if word == digits {
            write!(sql, " AND instr(c.needle, ?{first}) > 0").ok();
        } else {
            values.push(Value::Text(digits.clone()));
            let second = values.len();
            write!(sql, " AND (instr(c.needle, ?{first}) > 0 OR instr(c.needle, ?{second}) > 0)")
                .ok();
        }
    }
    (sql, values)
}

/// A page of contacts, and the place after it if there is more.
pub fn page(connection: &Connection, wanted: &Wanted) -> Result<(Vec<Contact>, Option<Place>)> {
    let (key, beyond, direction) = order(wanted.sort);
    let (mut sql, mut values) = condition(wanted);
    if let Some(after) = &wanted.after {
        values.push(key_of(wanted.sort, &after.key)?);
        values.push(Value::Text(after.id.to_string()));
        let at = values.len();
        write!(sql, " AND ({key}, c.id) {beyond} (?{}, ?{at})", at - 1).ok();
    }
    values.push(Value::Integer(i64::from(wanted.limit) + 1));
    let sql = format!(
        "SELECT c.id, CAST({key} AS TEXT) FROM contacts c WHERE {sql} \
         ORDER BY {key} {direction}, c.id {direction} LIMIT ?{}",
        values.len()
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| {
        Ok(Place { id: row.get(0)?, key: row.get(1)? })
    })?;
    let mut places: Vec<Place> = rows.collect::<rusqlite::Result<_>>()?;
    let limit =
        usize::try_from(wanted.limit).map_err(|error| Error::Internal(error.to_string()))?;
    let more = places.len() > limit;
    places.truncate(limit);
    let mut found = Vec::with_capacity(places.len());
    for place in &places {
        found.push(contacts::get(connection, place.id)?);
    }
    Ok((found, places.pop().filter(|_| more)))
}

/// How many contacts a list has in all.
pub fn count(connection: &Connection, wanted: &Wanted) -> Result<i64> {
    let (sql, values) = condition(wanted);
    let mut statement =
        connection.prepare_cached(&format!("SELECT count(*) FROM contacts c WHERE {sql}"))?;
    Ok(statement.query_row(params_from_iter(values), |row| row.get(0))?)
}

/// How many contacts there are.
pub fn counts(connection: &Connection) -> Result<ContactCounts> {
    let mut statement = connection.prepare_cached(
        "SELECT (SELECT count(*) FROM contacts WHERE anonymous = 0), \
                (SELECT count(*) FROM contacts WHERE anonymous = 0 AND name_key >= ?1), \
                (SELECT count(*) FROM contacts WHERE anonymous = 0 AND blocked_at IS NOT NULL)",
    )?;
    let counts = statement.query_row(params![LAST.to_string()], |row| {
        Ok(ContactCounts { all: row.get(0)?, unnamed: row.get(1)?, blocked: row.get(2)? })
    });
    Ok(counts?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::sought;

    /// What SQLite does to answer a page.
    fn plan(sort: ContactSort, query: &str, after: Option<Place>) -> String {
        let folder = tempfile::tempdir().unwrap();
        let prepared = crate::store::migrate::prepare(folder.path(), 1).unwrap();
        let connection = Connection::open(&prepared.path).unwrap();
        let sought = sought(query);
        let wanted = Wanted { sought, show: ContactShow::All, sort, after, limit: 50 };
        let (mut sql, mut values) = condition(&wanted);
        let (key, beyond, direction) = order(sort);
        if let Some(after) = &wanted.after {
            values.push(key_of(sort, &after.key).unwrap());
            values.push(Value::Text(after.id.to_string()));
            let at = values.len();
            write!(sql, " AND ({key}, c.id) {beyond} (?{}, ?{at})", at - 1).ok();
        }
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT c.id, {key} FROM contacts c WHERE {sql} \
             ORDER BY {key} {direction}, c.id {direction} LIMIT 51"
        );
        let mut statement = connection.prepare(&sql).unwrap();
        let steps =
            statement.query_map(params_from_iter(values), |row| row.get::<_, String>(3)).unwrap();
        steps.map(Result::unwrap).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn every_order_reads_one_index_and_sorts_nothing() {
        for (sort, index, key) in [
            (ContactSort::Name, "contacts_by_name", "vera"),
            (ContactSort::Newest, "contacts_by_age", "7"),
            (ContactSort::LastMessage, "contacts_by_last_message", "7"),
        ] {
            for query in ["", "vera 555"] {
                let place = Place { key: key.to_owned(), id: ContactId::new() };
                for after in [None, Some(place.clone())] {
                    let plan = plan(sort, query, after);
                    let covering = format!("USING COVERING INDEX {index}");
                    assert!(plan.contains(&covering), "{sort:?} {query:?}: {plan}");
                    assert!(!plan.contains("TEMP"), "{sort:?} {query:?}: {plan}");
                }
            }
        }
    }
}
