//! Contacts that became one become two again. What was added or changed since stays with who
//! stayed.

use rusqlite::Connection;

use super::merging::{open_of, put_on, tell_blocks, write_side};
use super::tell;
use crate::App;
use crate::access::Caller;
use crate::error::{Error, Result, sentence};
use crate::model::{
    Before, Contact, ContactId, ContactMerge, ContactMergeId, Identity, Side, Time, UnmergePreview,
    Unmerged, said_without, same_block, taken_out,
};
use crate::store::contact_merges::{self as store, By};
use crate::store::contacts;
use crate::store::identities::{self, Known};
use crate::store::{Tx, contact_fields, contact_notes, labels};

/// A contact's last message is written down to the minute.
const MINUTE: Time = 60_000;

const BLOCK: &str =
    "that would block or unblock one of the two: ask a supervisor to take them apart";
const TOO_LATE: &str = "what the two were is not kept any more: give the numbers to a new contact";
const DELETED: &str = "the contact was deleted meanwhile, and with it what was known of both";

/// What taking a merge apart does.
struct Plan {
    /// Who stayed, as they are.
    now: Contact,
    before: Before,
    /// The merges after it, as they have to be written down then.
    later: Vec<(ContactMergeId, Before)>,
    /// Who stayed, afterwards.
    left: Side,
    /// When somebody last wrote with who stayed, without what the merge brought.
    left_said_at: Time,
    /// Addresses that go back.
    back: Vec<Identity>,
}

/// Finds out what would happen, or why it cannot.
fn plan(connection: &Connection, merge: &ContactMerge, now: Time) -> Result<Plan> {
    let conflict = |text: &str| Error::Conflict(text.to_owned());
    if let Some(undone) = &merge.undone {
        let by = &undone.by_name;
        return Err(Error::Conflict(format!("{by} has taken these two apart already")));
    }
    let kept = match contacts::get(connection, merge.kept_id) {
        Ok(kept) => kept,
        Err(Error::ContactMerged { name, .. }) => {
            return Err(Error::Conflict(format!(
                "the contact became part of {name} since: take those two apart first"
            )));
        }
        Err(Error::NotFound(_)) => return Err(conflict(DELETED)),
        Err(error) => return Err(error),
    };
    let before = store::before(connection, merge.id)?.ok_or_else(|| conflict(TOO_LATE))?;
    if merge.until.is_none_or(|until| until < now) {
        return Err(conflict(TOO_LATE));
    }
    let mut back = Vec::new();
    for id in &before.identities {
        let Some(known) = identities::get(connection, *id)? else { continue };
        if known.contact != kept.id {
            return Err(elsewhere(connection, known)?);
        }
        back.extend(kept.identities.iter().find(|one| one.id == *id).cloned());
    }
    let (ids, mut later): (Vec<_>, Vec<_>) = store::later(connection, merge)?.into_iter().unzip();
    let left = taken_out(&before, &mut later, &Side::of(&kept));
    let left_said_at = said_without(&before, &mut later);
    let later = ids.into_iter().zip(later).collect();
    Ok(Plan { now: kept, before, later, left, left_said_at, back })
}

/// The refusal that says where a number is now.
fn elsewhere(connection: &Connection, known: Known) -> Result<Error> {
    let other = contacts::get(connection, known.contact)?;
    let address = other.identities.iter().find(|one| one.id == known.identity);
    let number = address.map(|one| crate::phone::shown(&one.address)).unwrap_or_default();
    let name = if other.name.is_empty() { "a contact without a name" } else { &other.name };
    Ok(Error::Conflict(format!(
        "{number} belongs to {name} since: move it back first if the two are to be taken apart"
    )))
}

/// Refuses what would block or unblock somebody by a way around the rules for that.
fn must_not_get_around_a_block(caller: &Caller, plan: &Plan) -> Result<()> {
    let now = plan.now.blocked.as_ref();
    let stays = same_block(now, plan.left.blocked.as_ref());
    let back = same_block(now, plan.before.other.blocked.as_ref());
    if caller.supervises() || (stays && back) { Ok(()) } else { Err(Error::Forbidden(BLOCK)) }
}

/// What taking a merge apart would do. Changes nothing.
pub async fn preview_unmerge(
    app: &App,
    caller: &Caller,
    id: ContactMergeId,
) -> Result<UnmergePreview> {
    let caller = caller.clone();
    let now = crate::clock::now();
    app.db()
        .read(move |connection| {
            let merge = store::get(connection, id)?;
            let plan = match plan(connection, &merge, now) {
                Ok(plan) => plan,
                Err(Error::Conflict(reason)) => return Ok(impossible(merge, reason)),
                Err(error) => return Err(error),
            };
            let refused = must_not_get_around_a_block(&caller, &plan).err();
            shown(connection, merge, &plan, refused.map(|error| sentence(&error.to_string())))
        })
        .await
}

fn impossible(merge: ContactMerge, reason: String) -> UnmergePreview {
    UnmergePreview {
        merge,
        kept: None,
        other: None,
        notes: 0,
        stays: Vec::new(),
        numbers_stay: Vec::new(),
        notes_stay: 0,
        refused: Some(sentence(&reason)),
    }
}

/// The plan as people read it.
fn shown(
    connection: &Connection,
    merge: ContactMerge,
    plan: &Plan,
    refused: Option<String>,
) -> Result<UnmergePreview> {
    let goes = |id| plan.back.iter().any(|one| one.id == id);
    let mut kept = plan.now.clone();
    put_on(&mut kept, &plan.left);
    kept.labels = labels::in_order(connection, &plan.left.labels)?;
    kept.identities.retain(|one| !goes(one.id));
    let kept_said_at = said_at(connection, &kept.identities, plan.left_said_at)?;
    kept.last_message_at = Some(kept_said_at).filter(|at| *at > 0);
    drop_missing(connection, &mut kept)?;
    let back_said_at = said_at(connection, &plan.back, plan.before.other_said_at)?;
    let mut other = Contact {
        id: merge.merged_id,
        created_at: plan.before.created_at,
        created_by: plan.before.created_by,
        last_message_at: Some(back_said_at).filter(|at| *at > 0),
        identities: plan.back.clone(),
        ..plan.now.clone()
    };
    put_on(&mut other, &plan.before.other);
    other.labels = labels::in_order(connection, &plan.before.other.labels)?;
    drop_missing(connection, &mut other)?;
    let (mut notes, mut notes_stay) = (0, 0);
    for note in contact_notes::of_contact(connection, plan.now.id, None, u32::MAX)? {
        if plan.before.notes.contains(&note.id) {
            notes += 1;
        } else if note.created_at >= merge.at {
            notes_stay += 1;
        }
    }
    let now = Side::of(&plan.now);
    let names = now.facts.keys().chain(plan.before.after.facts.keys());
    let mut stays: Vec<String> =
        names.filter(|name| now.fact(name) != plan.before.after.fact(name)).cloned().collect();
    stays.sort_unstable();
    stays.dedup();
    let came = identities::since(connection, plan.now.id, merge.at)?;
    let numbers = kept.identities.iter().filter(|one| came.contains(&one.id));
    let numbers_stay = numbers.map(|one| one.address.clone()).collect();
    let (kept, other) = (Some(kept), Some(other));
    Ok(UnmergePreview { merge, kept, other, notes, stays, numbers_stay, notes_stay, refused })
}

/// Fields that were deleted meanwhile stay away.
fn drop_missing(connection: &Connection, contact: &mut Contact) -> Result<()> {
    let fields = contact_fields::all(connection)?;
    contact.values.retain(|id, _| fields.iter().any(|field| field.id == *id));
    Ok(())
}

/// When somebody last wrote with these addresses: what was written down `before`, unless
/// something was said since.
fn said_at(connection: &Connection, addresses: &[Identity], before: Time) -> Result<Time> {
    let mut last = 0;
    for address in addresses {
        last = last.max(identities::said_at(connection, address.id)?);
    }
    let since = last > before.saturating_add(MINUTE) || last < before;
    Ok(if since { last } else { before })
}

/// Makes two contacts of one again.
pub async fn unmerge(app: &App, caller: &Caller, id: ContactMergeId) -> Result<Unmerged> {
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let merge = store::get(tx, id)?;
            let plan = plan(tx, &merge, tx.now())?;
            must_not_get_around_a_block(&caller, &plan)?;
            let (kept, other) = (merge.kept_id, merge.merged_id);
            let open = open_of(tx, &plan.now)?;
            bring_apart(tx, &plan, kept, other)?;
            let by = By { id: caller.user, name: &caller.name };
            let now = tx.now();
            store::set_undone(tx, id, by, now)?;
            tell_blocks(tx, &caller, &open)?;
            tell(tx, kept);
            tell(tx, other);
            Ok(Unmerged { kept: contacts::get(tx, kept)?, other: contacts::get(tx, other)? })
        })
        .await
}

/// Brings a contact back, with what was its own.
fn bring_apart(tx: &Tx<'_>, plan: &Plan, kept: ContactId, other: ContactId) -> Result<()> {
    store::bring_back(tx, other, &plan.before)?;
    write_side(tx, other, &plan.before.other)?;
    for identity in &plan.back {
        identities::give(tx, Known { identity: identity.id, contact: kept }, other)?;
    }
    for note in &plan.before.notes {
        store::give_note(tx, *note, kept, other)?;
    }
    write_side(tx, kept, &plan.left)?;
    for (id, before) in &plan.later {
        store::rewrite(tx, *id, before)?;
    }
    for (id, before) in [(kept, plan.left_said_at), (other, plan.before.other_said_at)] {
        let said_at = said_at(tx, &contacts::get(tx, id)?.identities, before)?;
        store::set_said_at(tx, id, said_at)?;
        contacts::index(tx, id)?;
    }
    Ok(())
}
