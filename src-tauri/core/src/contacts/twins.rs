//! Who may be the same person: the same e-mail address, the same name, the same number written in
//! two ways.

use rusqlite::Connection;

use crate::App;
use crate::access::Caller;
use crate::error::{Error, Result};
use crate::model::{Contact, ContactId, LikeBy, Lookalike, fold};
use crate::phone;
use crate::store::contact_twins::{self as store, Common};
use crate::store::{contacts, settings};

/// Contacts that are shown.
const SHOWN: usize = 5;
/// Contacts that are looked at closely.
const LOOKED_AT: u32 = 60;
/// Digits at the end of a number that are the same however it is written.
const END: usize = 7;

/// Contacts that look like the same person, but for those of whom somebody said they are not.
pub async fn lookalikes(app: &App, id: ContactId) -> Result<Vec<Lookalike>> {
    app.db().read(move |connection| found(connection, id)).await
}

fn found(connection: &Connection, id: ContactId) -> Result<Vec<Lookalike>> {
    let country = settings::country(connection)?;
    let contact = contacts::get(connection, id)?;
    let digits = contact.identities.iter().map(|one| only_digits(&one.address));
    let ends = digits.filter_map(|all| Some(all.get(all.len().checked_sub(END)?..)?.to_owned()));
    let common =
        Common { name: fold(&contact.name), email: fold(&contact.email), ends: ends.collect() };
    if common.name.is_empty() && common.email.is_empty() && common.ends.is_empty() {
        return Ok(Vec::new());
    }
    let mut all = Vec::new();
    for other in store::candidates(connection, id, &common, LOOKED_AT)? {
        let other = contacts::get(connection, other)?;
        let by = same(&contact, &other, &country);
        if !by.is_empty() && !store::are_distinct(connection, id, other.id)? {
            all.push(Lookalike { contact: other, by });
        }
    }
    // Who has most in common comes first.
    all.sort_by_key(|one| std::cmp::Reverse(one.by.len()));
    all.truncate(SHOWN);
    Ok(all)
}

/// What two contacts have in common.
fn same(one: &Contact, other: &Contact, country: &str) -> Vec<LikeBy> {
    let mut by = Vec::new();
    let both = |one: &str, other: &str| !one.is_empty() && fold(one) == fold(other);
    let mut numbers = one.identities.iter().flat_map(|mine| {
        other.identities.iter().map(move |theirs| (mine.address.as_str(), theirs.address.as_str()))
    });
    if both(&one.email, &other.email) {
        by.push(LikeBy::Email);
    }
    if numbers.any(|(mine, theirs)| same_number(mine, theirs, country)) {
        by.push(LikeBy::Number);
    }
    if both(&one.name, &other.name) {
        by.push(LikeBy::Name);
    }
    by
}

fn only_digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether two addresses are one number: read as in the desk's country, or one is the end of the
/// other behind a country's code.
fn same_number(one: &str, other: &str, country: &str) -> bool {
    let read = |text: &str| phone::parse(text, country).ok().map(|number| number.e164);
    let with_plus = |text: &str| read(&format!("+{}", only_digits(text)));
    let forms = |text: &str| [read(text), with_plus(text)].into_iter().flatten();
    if forms(one).any(|form| forms(other).any(|theirs| theirs == form)) {
        return true;
    }
    let [one, other] = [one, other].map(|text| {
        let digits = only_digits(text);
        digits.trim_start_matches('0').to_owned()
    });
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let code = long.len() - short.len();
    // What is longer begins with a country's code.
    short.len() > END && code <= 3 && long.ends_with(&short)
}

/// Remembers that two contacts are not the same person.
pub async fn set_distinct(
    app: &App,
    caller: &Caller,
    id: ContactId,
    other: ContactId,
) -> Result<()> {
    let by = caller.user;
    app.db()
        .write(move |tx| {
            if id == other {
                return Err(Error::field("other", "This is the same contact."));
            }
            for one in [id, other] {
                contacts::get(tx, one)?;
            }
            let now = tx.now();
            store::set_distinct(tx, id, other, by, now)?;
            tell_both(tx, id, other);
            Ok(())
        })
        .await
}

/// Takes it back: they may look like the same person again.
pub async fn unset_distinct(app: &App, id: ContactId, other: ContactId) -> Result<()> {
    app.db()
        .write(move |tx| {
            contacts::get(tx, id)?;
            store::unset_distinct(tx, id, other)?;
            tell_both(tx, id, other);
            Ok(())
        })
        .await
}

fn tell_both(tx: &mut crate::store::Tx<'_>, one: ContactId, other: ContactId) {
    super::tell(tx, one);
    super::tell(tx, other);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_same_however_it_is_written() {
        for (one, other, same) in [
            ("+15555550123", "15555550123", true),
            ("+15555550123", "(555) 555-0123", true),
            ("+436601234567", "06601234567", true),
            ("+436601234567", "00436601234567", true),
            ("+15555550123", "+15555550124", false),
            ("+15555550123", "+445555550123", false),
            ("5550123", "+15555550123", false),
            ("Pizza", "Pizza", false),
        ] {
            assert_eq!(same_number(one, other, "US"), same, "{one} {other}");
            assert_eq!(same_number(other, one, "US"), same, "{other} {one}");
        }
    }
}
