//! Contacts that become one, in one transaction. Sessions go with their addresses; who holds and
//! who sees them stays as it is.

use std::collections::BTreeSet;

use rusqlite::Connection;

use super::tell;
use crate::App;
use crate::access::{self, Caller, Sight};
use crate::error::{Error, Result, sentence};
use crate::events::SessionChange;
use crate::model::{
    Before, Contact, ContactFieldId, ContactId, FACTS, MergeCounts, MergePreview, MergeSides,
    Merged, Operation, SessionId, Side, same_block,
};
use crate::store::contact_merges::{self as store, By};
use crate::store::contacts::{self, Card};
use crate::store::identities::{self, Known};
use crate::store::{Tx, contact_fields, labels, sessions};

/// Who stays and who becomes part of them, and what is taken from the second although the first
/// has it.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Who stays.
    pub kept: ContactId,
    /// Who becomes part of them.
    pub other: ContactId,
    /// Names of facts.
    pub take: Vec<String>,
}

const ONE_IS_BLOCKED: &str =
    "one of the two is blocked, or somebody else blocked them: ask a supervisor to merge them";
const NOT_WITH_ITSELF: &str = "This is the same contact: choose another.";

/// Both contacts, or why they cannot be merged.
fn both(connection: &Connection, wish: &Wish) -> Result<[Contact; 2]> {
    if wish.kept == wish.other {
        return Err(Error::field("other_id", NOT_WITH_ITSELF));
    }
    let known = |name: &str| {
        FACTS.contains(&name)
            || name.strip_prefix("values.").is_some_and(|id| id.parse::<ContactFieldId>().is_ok())
    };
    if !wish.take.iter().all(|name| known(name)) {
        return Err(Error::field("take", "This is not on a card."));
    }
    Ok([contacts::get(connection, wish.kept)?, contacts::get(connection, wish.other)?])
}

/// Refuses what would block or unblock somebody by a way around the rules for that.
fn must_not_get_around_a_block(caller: &Caller, kept: &Contact, other: &Contact) -> Result<()> {
    if caller.supervises() || same_block(kept.blocked.as_ref(), other.blocked.as_ref()) {
        return Ok(());
    }
    Err(Error::Forbidden(ONE_IS_BLOCKED))
}

/// What a merge would make of two contacts. Changes nothing.
pub async fn preview_merge(app: &App, caller: &Caller, wish: Wish) -> Result<MergePreview> {
    let caller = caller.clone();
    app.db()
        .read(move |connection| {
            let [kept, other] = both(connection, &wish)?;
            let result = joined(connection, &kept, &other, &wish.take)?;
            let brings = MergeSides {
                kept: counts(connection, &caller, kept.id)?,
                other: counts(connection, &caller, other.id)?,
            };
            let refused = must_not_get_around_a_block(&caller, &kept, &other).err();
            let refused = refused.map(|error| sentence(&error.to_string()));
            Ok(MergePreview { kept, other, result, brings, refused })
        })
        .await
}

/// The contact that two become.
fn joined(
    connection: &Connection,
    kept: &Contact,
    other: &Contact,
    take: &[String],
) -> Result<Contact> {
    let mut result = kept.clone();
    let side = Side::of(kept).joined(&Side::of(other), take);
    put_on(&mut result, &side);
    result.labels = labels::in_order(connection, &side.labels)?;
    let mut addresses = kept.identities.clone();
    addresses.extend(other.identities.iter().cloned());
    let order = identities::in_order(connection, &[kept.id, other.id])?;
    addresses.sort_by_key(|one| order.iter().position(|id| *id == one.id));
    result.identities = addresses;
    result.last_message_at = kept.last_message_at.max(other.last_message_at);
    Ok(result)
}

/// Writes the facts and the block of a side onto a contact as it is shown.
pub(super) fn put_on(contact: &mut Contact, side: &Side) {
    let fact = |name: &str| side.fact(name).to_owned();
    contact.name = fact("name");
    contact.company = fact("company");
    contact.email = fact("email");
    contact.remarks = fact("remarks");
    contact.language = fact("language");
    contact.time_zone = fact("time_zone");
    contact.values = values(side).map(|(field, value)| (field, value.to_owned())).collect();
    contact.blocked.clone_from(&side.blocked);
}

/// What stands in custom fields.
fn values(side: &Side) -> impl Iterator<Item = (ContactFieldId, &str)> {
    side.facts.iter().filter_map(|(name, value)| {
        let field = name.strip_prefix("values.")?.parse().ok()?;
        Some((field, value.as_str()))
    })
}

/// How much belongs to a contact, as far as the caller may know of it.
fn counts(connection: &Connection, caller: &Caller, id: ContactId) -> Result<MergeCounts> {
    let notes = i64::try_from(store::notes_of(connection, id)?.len()).unwrap_or(i64::MAX);
    let mut counts = MergeCounts { notes, ..MergeCounts::default() };
    for session in store::sessions_of(connection, id)? {
        let holder = sessions::holder(connection, session, caller.user)?;
        if access::sight(caller, &holder) != Sight::None {
            counts.sessions += 1;
            counts.files += store::count_files(connection, session)?;
        }
    }
    Ok(counts)
}

/// Makes one contact of two.
pub async fn merge(app: &App, caller: &Caller, wish: Wish) -> Result<Merged> {
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let [kept, other] = both(tx, &wish)?;
            must_not_get_around_a_block(&caller, &kept, &other)?;
            let (was, theirs) = (Side::of(&kept), Side::of(&other));
            let after = was.joined(&theirs, &wish.take);
            let before = Before {
                kept_said_at: kept.last_message_at.unwrap_or_default(),
                other_said_at: other.last_message_at.unwrap_or_default(),
                created_at: other.created_at,
                created_by: other.created_by,
                identities: other.identities.iter().map(|one| one.id).collect(),
                notes: store::notes_of(tx, other.id)?,
                kept: was,
                after,
                other: theirs,
                take: wish.take,
            };
            let open = [open_of(tx, &kept)?, open_of(tx, &other)?].concat();
            bring_together(tx, &before, kept.id, other.id)?;
            let by = By { id: caller.user, name: &caller.name };
            let (now, ids) = (tx.now(), [kept.id, other.id]);
            let merge = store::insert(tx, ids, &called(&other), &before, by, now)?;
            tell_blocks(tx, &caller, &open)?;
            tell(tx, other.id);
            tell(tx, kept.id);
            Ok(Merged { contact: contacts::get(tx, kept.id)?, merge: store::get(tx, merge)? })
        })
        .await
}

/// What a contact is called: the name, else a number.
fn called(contact: &Contact) -> String {
    let number = || contact.identities.first().map(|one| one.address.clone());
    Some(contact.name.clone()).filter(|name| !name.is_empty()).or_else(number).unwrap_or_default()
}

/// Carries everything of one contact to another, and its row away.
fn bring_together(tx: &Tx<'_>, before: &Before, kept: ContactId, other: ContactId) -> Result<()> {
    write_side(tx, kept, &before.after)?;
    for identity in &before.identities {
        identities::give(tx, Known { identity: *identity, contact: other }, kept)?;
    }
    store::give_notes(tx, other, kept)?;
    store::absorb(tx, other)?;
    store::set_said_at(tx, kept, before.kept_said_at.max(before.other_said_at))?;
    contacts::index(tx, kept)
}

/// Writes facts, labels and block of a contact; fields and labels that are not there any more are
/// left out.
pub(super) fn write_side(tx: &Tx<'_>, id: ContactId, side: &Side) -> Result<()> {
    let fact = |name: &str| side.fact(name).to_owned();
    let card = Card {
        name: fact("name"),
        company: fact("company"),
        email: fact("email"),
        remarks: fact("remarks"),
        language: fact("language"),
        time_zone: fact("time_zone"),
    };
    contacts::set_card(tx, id, &card)?;
    for field in contact_fields::all(tx)? {
        contact_fields::set_value(tx, id, field.id, side.fact(&format!("values.{}", field.id)))?;
    }
    labels::set_of_contact(tx, id, &labels::in_order(tx, &side.labels)?)?;
    store::set_block(tx, id, side.blocked.as_ref())
}

/// An open session, and whether it was blocked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open {
    id: SessionId,
    blocked: bool,
}

/// The open sessions of a contact as they are before something happens to it.
pub(super) fn open_of(tx: &Tx<'_>, contact: &Contact) -> Result<Vec<Open>> {
    let blocked = contact.blocked.is_some();
    let open = contacts::open_sessions(tx, contact.id)?;
    Ok(open.into_iter().map(|id| Open { id, blocked }).collect())
}

/// Tells that open sessions look different; where that blocked or unblocked one, its timeline says
/// so.
pub(super) fn tell_blocks(tx: &mut Tx<'_>, caller: &Caller, open: &[Open]) -> Result<()> {
    let mut told = BTreeSet::new();
    for one in open {
        if !told.insert(one.id) {
            continue;
        }
        let line = sessions::line(tx, one.id)?;
        let operation = match (one.blocked, contacts::is_blocked(tx, one.id)?) {
            (false, true) => Some(Operation::Blocked { reason: None }),
            (true, false) => Some(Operation::Unblocked),
            (false, false) | (true, true) => None,
        };
        if let Some(operation) = operation {
            crate::sessions::record(tx, one.id, line.channel, Some(caller), operation)?;
        }
        crate::sessions::tell_changed(tx, one.id, SessionChange::Other, None)?;
    }
    Ok(())
}
