//! The numbers of a channel as they are entered: each is read, has a destination that exists, and
//! is a kind of sender that the provider takes.

use std::collections::BTreeSet;

use deskbell_channels::form::{Description, Medium};
use rusqlite::Connection;

use crate::chat;
use crate::error::Result;
use crate::fields::Fields;
use crate::model::{ChannelId, Number, NumberId, NumberInput, NumberKind, Time, UserId};
use crate::phone;
use crate::store::{Tx, numbers, settings, users};

/// Numbers of one channel at most: far more than any account has.
const NUMBERS: usize = 1_000;
/// Starters of one number at most.
const STARTERS: usize = 5_000;

/// The numbers as they are to be: those that exist keep their id.
pub(super) fn wanted(
    fields: &mut Fields,
    connection: &Connection,
    channel: ChannelId,
    description: &Description,
    inputs: &[NumberInput],
) -> Result<Vec<Number>> {
    if description.medium == Medium::Livechat {
        return wanted_of_site(fields, connection, channel, inputs);
    }
    if inputs.len() > NUMBERS {
        fields.refuse("numbers", format!("At most {NUMBERS} numbers, please."));
        return Ok(Vec::new());
    }
    let country = settings::country(connection)?;
    let existing = numbers::of_channel(connection, channel)?;
    let mut addresses = BTreeSet::new();
    let mut wanted = Vec::with_capacity(inputs.len());
    for (place, input) in inputs.iter().enumerate() {
        let name = |part: &str| format!("numbers.{place}.{part}");
        if input.id.is_some_and(|id| existing.iter().all(|number| number.id != id)) {
            fields.refuse(&name("id"), "This channel has no such number.");
        }
        let (address, kind) = match address(&input.address, &country) {
            Ok(address) => address,
            Err(problem) => {
                fields.refuse(&name("address"), problem);
                continue;
            }
        };
        if kind == NumberKind::SenderId && !description.sender_ids {
            let label = description.label;
            let message = format!("{label} sends from numbers only: enter one of your numbers.");
            fields.refuse(&name("address"), message);
        }
        if !addresses.insert(address.clone()) {
            fields.refuse(&name("address"), "This number is in the list twice.");
        }
        let before = existing.iter().find(|number| number.address == address);
        check_people(fields, connection, place, input, before)?;
        wanted.push(Number {
            id: before.map_or_else(NumberId::new, |number| number.id),
            address,
            kind,
            destination: input.destination,
            starters: known_users(connection, &input.starters)?,
        });
    }
    Ok(wanted)
}

/// The one number of a site: its main domain. Nobody starts from it.
fn wanted_of_site(
    fields: &mut Fields,
    connection: &Connection,
    channel: ChannelId,
    inputs: &[NumberInput],
) -> Result<Vec<Number>> {
    let [input] = inputs else {
        fields.refuse("numbers", "A website has one entry: where its new chats go.");
        return Ok(Vec::new());
    };
    let existing = numbers::of_channel(connection, channel)?;
    let before = existing.first();
    check_people(fields, connection, 0, input, before)?;
    let address = match chat::settings::main_domain(connection, channel)? {
        Some(domain) => domain,
        None => match chat::domains::read(&input.address) {
            Ok(domain) => domain,
            Err(problem) => {
                fields.refuse("numbers.0.address", problem);
                return Ok(Vec::new());
            }
        },
    };
    Ok(vec![Number {
        id: before.map_or_else(NumberId::new, |number| number.id),
        address,
        kind: NumberKind::Website,
        destination: input.destination,
        starters: Vec::new(),
    }])
}

/// New destinations and starters have to exist; those that were there before may have gone since.
fn check_people(
    fields: &mut Fields,
    connection: &Connection,
    place: usize,
    input: &NumberInput,
    before: Option<&Number>,
) -> Result<()> {
    let is_new = before.is_none_or(|number| number.destination != input.destination);
    if is_new && !numbers::is_destination(connection, input.destination)? {
        let field = format!("numbers.{place}.destination");
        fields.refuse(&field, "This person or queue is not there any more: choose another.");
    }
    let field = format!("numbers.{place}.starters");
    if input.starters.len() > STARTERS {
        fields.refuse(&field, format!("At most {STARTERS} people, please."));
        return Ok(());
    }
    for user in &input.starters {
        let was_there = before.is_some_and(|number| number.starters.contains(user));
        if !was_there && !users::exists(connection, *user)? {
            fields.refuse(&field, "One of these people is not there any more: choose again.");
            break;
        }
    }
    Ok(())
}

fn known_users(connection: &Connection, starters: &[UserId]) -> Result<Vec<UserId>> {
    let mut known = Vec::new();
    for user in starters.iter().take(STARTERS) {
        if !known.contains(user) && users::exists(connection, *user)? {
            known.push(*user);
        }
    }
    Ok(known)
}

/// Stores the numbers in place of those before.
pub(super) fn replace(
    tx: &Tx<'_>,
    channel: ChannelId,
    wanted: Vec<Number>,
    now: Time,
) -> Result<()> {
    let existing = numbers::of_channel(tx, channel)?;
    for number in &existing {
        if wanted.iter().all(|kept| kept.id != number.id) {
            numbers::mark_deleted(tx, number.id, now)?;
        }
    }
    for number in &wanted {
        if existing.iter().any(|known| known.id == number.id) {
            numbers::update(tx, number)?;
        } else {
            numbers::insert(tx, channel, number, now)?;
        }
    }
    Ok(())
}

/// The address as it is kept: E.164, a short code, or an alphanumeric sender id.
fn address(raw: &str, country: &str) -> Result<(String, NumberKind), &'static str> {
    let raw = raw.trim();
    let digits = raw.bytes().all(|byte| byte.is_ascii_digit());
    if digits && (3..=6).contains(&raw.len()) {
        return Ok((raw.to_owned(), NumberKind::ShortCode));
    }
    if !raw.chars().any(char::is_alphabetic) {
        return Ok((phone::parse(raw, country)?.e164, NumberKind::E164));
    }
    let fits = raw.len() <= 11
        && raw.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -+_&".contains(&byte));
    if fits {
        Ok((raw.to_owned(), NumberKind::SenderId))
    } else {
        Err("A sender id has at most 11 letters, digits, spaces or - + _ &.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_number_a_short_code_or_a_sender_id() {
        for (raw, expected) in [
            ("+1 410 216 1183", Some(("+14102161183", NumberKind::E164))),
            ("(410) 216-1183", Some(("+14102161183", NumberKind::E164))),
            (" Bakery ", Some(("Bakery", NumberKind::SenderId))),
            ("A&B - 24_7+", Some(("A&B - 24_7+", NumberKind::SenderId))),
            ("40404", Some(("40404", NumberKind::ShortCode))),
            ("Shop 24", Some(("Shop 24", NumberKind::SenderId))),
            ("Twelve chars", None),
            ("Bakery on Main", None),
            ("Bäckerei", None),
            ("", None),
            ("+1", None),
        ] {
            let found = address(raw, "US").ok();
            let found = found.as_ref().map(|(address, kind)| (address.as_str(), *kind));
            assert_eq!(found, expected, "{raw}");
        }
    }
}
