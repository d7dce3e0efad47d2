//! What becomes of two contacts that become one, and of one that becomes two again. Pure.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Blocked, Contact, ContactNoteId, IdentityId, LabelId, Time, UserId};

/// What a contact has one of, by field: `name` … `time_zone`, and `values.` with a field's id.
pub type Facts = BTreeMap<String, String>;

/// The names of what stands on every card.
pub const FACTS: [&str; 6] = ["name", "company", "email", "remarks", "language", "time_zone"];

/// What a merge changes of a contact.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// What it has one of; empty ones are left out.
    pub facts: Facts,
    /// Its labels.
    pub labels: Vec<LabelId>,
    /// Its block.
    pub blocked: Option<Blocked>,
}

/// What two contacts were before they became one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// Who stayed, before.
    pub kept: Side,
    /// Who stayed, right afterwards.
    pub after: Side,
    /// Who became part of them.
    pub other: Side,
    /// What was taken from the other although the first had it.
    pub take: Vec<String>,
    /// When somebody last wrote with who stayed; 0: never.
    pub kept_said_at: Time,
    /// When somebody last wrote with the other; 0: never.
    pub other_said_at: Time,
    /// When the other first appeared.
    pub created_at: Time,
    /// Who added the other.
    pub created_by: Option<UserId>,
    /// Addresses of the other.
    pub identities: Vec<IdentityId>,
    /// Notes about the other.
    pub notes: Vec<ContactNoteId>,
}

impl Side {
    /// What a contact has.
    pub fn of(contact: &Contact) -> Self {
        let card = [
            &contact.name,
            &contact.company,
            &contact.email,
            &contact.remarks,
            &contact.language,
            &contact.time_zone,
        ];
        let card = FACTS.iter().zip(card).map(|(name, value)| ((*name).to_owned(), value.clone()));
        let values =
            contact.values.iter().map(|(field, value)| (format!("values.{field}"), value.clone()));
        let facts = card.chain(values).filter(|(_, value)| !value.is_empty()).collect();
        Self { facts, labels: contact.labels.clone(), blocked: contact.blocked.clone() }
    }

    /// A fact, empty if it is not known.
    pub fn fact(&self, name: &str) -> &str {
        self.facts.get(name).map_or("", String::as_str)
    }

    /// Writes a fact; an empty one takes it away.
    fn set(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            self.facts.remove(name);
        } else {
            self.facts.insert(name.to_owned(), value.to_owned());
        }
    }

    /// This side with the other in it: what is in `take` comes from the other, and what this one
    /// does not know. Nothing that only one of them knows is lost, and nobody is unblocked.
    #[must_use]
    pub fn joined(&self, other: &Self, take: &[String]) -> Self {
        let mut joined = self.clone();
        for (name, value) in &other.facts {
            if self.fact(name).is_empty() || take.contains(name) {
                joined.set(name, value);
            }
        }
        let more = other.labels.iter().filter(|label| !self.labels.contains(label));
        joined.labels.extend(more);
        joined.blocked = self.blocked.clone().or_else(|| other.blocked.clone());
        joined
    }
}

/// Whether two blocks are the same for the rules: neither, or both by the same person. Only then
/// may anybody put what belongs to one of them under the other.
pub fn same_block(one: Option<&Blocked>, other: Option<&Blocked>) -> bool {
    match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => one.by.is_some() && one.by == other.by,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// Takes out of `now` what a merge brought, as far as nobody changed it since, and out of what the
/// merges after it (oldest first) found there. They then come apart as if this one had never been.
pub fn taken_out(merge: &Before, later: &mut [Before], now: &Side) -> Side {
    let mut left = now.clone();
    let names: BTreeSet<&String> =
        merge.kept.facts.keys().chain(merge.after.facts.keys()).collect();
    for name in names {
        let (came, was) = (merge.after.fact(name), merge.kept.fact(name));
        if came != was {
            take_fact(name, came, was, later, &mut left);
        }
    }
    for label in merge.after.labels.iter().filter(|label| !merge.kept.labels.contains(label)) {
        take_label(*label, later, &mut left);
    }
    if merge.after.blocked != merge.kept.blocked {
        let (came, was) = (merge.after.blocked.as_ref(), merge.kept.blocked.as_ref());
        take_block(came, was, later, &mut left);
    }
    left
}

/// The same for when somebody last wrote with who stayed: without what the merge brought, as far as
/// nobody wrote between it and the merges after it.
pub fn said_without(merge: &Before, later: &mut [Before]) -> Time {
    let (mut came, mut was) = (merge.kept_said_at.max(merge.other_said_at), merge.kept_said_at);
    for next in later {
        if next.kept_said_at != came {
            break;
        }
        next.kept_said_at = was;
        (came, was) = (came.max(next.other_said_at), was.max(next.other_said_at));
    }
    was
}

fn take_fact(name: &str, came: &str, was: &str, later: &mut [Before], left: &mut Side) {
    let mut was = was.to_owned();
    for next in later {
        if next.kept.fact(name) != came {
            return;
        }
        next.kept.set(name, &was);
        let theirs = next.other.fact(name).to_owned();
        let chosen = next.take.iter().any(|one| one == name) && !theirs.is_empty();
        if chosen || next.after.fact(name) != came {
            return;
        }
        if was.is_empty() {
            was = theirs;
        }
        next.after.set(name, &was);
        if was == came {
            return;
        }
    }
    if left.fact(name) == came {
        left.set(name, &was);
    }
}

fn take_label(label: LabelId, later: &mut [Before], left: &mut Side) {
    for next in later {
        if !next.kept.labels.contains(&label) {
            return;
        }
        next.kept.labels.retain(|one| *one != label);
        if next.other.labels.contains(&label) {
            return;
        }
        next.after.labels.retain(|one| *one != label);
    }
    left.labels.retain(|one| *one != label);
}

fn take_block(
    came: Option<&Blocked>,
    was: Option<&Blocked>,
    later: &mut [Before],
    left: &mut Side,
) {
    let mut was = was.cloned();
    for next in later {
        if next.kept.blocked.as_ref() != came {
            return;
        }
        next.kept.blocked.clone_from(&was);
        if next.after.blocked.as_ref() != came {
            return;
        }
        was = was.or_else(|| next.other.blocked.clone());
        next.after.blocked.clone_from(&was);
        if was.as_ref() == came {
            return;
        }
    }
    if left.blocked.as_ref() == came {
        left.blocked = was;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(facts: &[(&str, &str)]) -> Side {
        let facts = facts.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Side { facts: facts.collect(), ..Side::default() }
    }

    fn merge(kept: &Side, other: &Side, take: &[&str]) -> Before {
        let take: Vec<String> = take.iter().map(|one| (*one).to_owned()).collect();
        Before {
            kept: kept.clone(),
            after: kept.joined(other, &take),
            other: other.clone(),
            take,
            kept_said_at: 0,
            other_said_at: 0,
            created_at: 0,
            created_by: None,
            identities: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn block(by: UserId) -> Blocked {
        Blocked { at: 1, by: Some(by), by_name: None, reason: None }
    }

    #[test]
    fn what_only_one_of_them_knows_is_kept_and_a_choice_decides_between_two() {
        let one = side(&[("name", "Maria"), ("email", "m@example.com")]);
        let other = side(&[("name", "Maria Lang"), ("company", "Lang")]);
        let both = [("name", "Maria"), ("email", "m@example.com"), ("company", "Lang")];
        assert_eq!(one.joined(&other, &[]), side(&both));
        let taken = one.joined(&other, &["name".to_owned(), "email".to_owned()]);
        assert_eq!(taken.fact("name"), "Maria Lang");
        assert_eq!(taken.fact("email"), "m@example.com", "an unknown one replaces nothing");
    }

    #[test]
    fn a_block_is_kept_whoever_brings_it() {
        let (ana, ben) = (UserId::new(), UserId::new());
        let blocked = Side { blocked: Some(block(ana)), ..side(&[]) };
        assert!(side(&[]).joined(&blocked, &[]).blocked.is_some());
        assert!(blocked.joined(&side(&[]), &[]).blocked.is_some());
        for (one, other, same) in [
            (None, None, true),
            (Some(block(ana)), None, false),
            (None, Some(block(ana)), false),
            (Some(block(ana)), Some(block(ana)), true),
            (Some(block(ana)), Some(block(ben)), false),
        ] {
            assert_eq!(same_block(one.as_ref(), other.as_ref()), same, "{one:?} {other:?}");
        }
    }

    #[test]
    fn what_was_changed_since_stays_and_the_rest_goes() {
        let one = side(&[("name", "Maria")]);
        let other = side(&[("company", "Lang"), ("email", "m@example.com")]);
        let merge = merge(&one, &other, &[]);
        let mut now = merge.after.clone();
        now.set("email", "maria@example.com");
        now.set("remarks", "Likes rye");
        let left = taken_out(&merge, &mut [], &now);
        let stays = [("name", "Maria"), ("email", "maria@example.com"), ("remarks", "Likes rye")];
        assert_eq!(left, side(&stays));
    }

    #[test]
    fn two_merges_come_apart_in_any_order() {
        let shared = LabelId::new();
        for (a, b, c, take) in [
            ("", "b", "c", &[][..]),
            ("", "b", "c", &["email"]),
            ("a", "b", "c", &["email"]),
            ("a", "b", "c", &[]),
            ("", "b", "b", &[]),
            ("", "", "c", &[]),
            ("a", "b", "b", &["email"]),
        ] {
            let mut all = [a, b, c].map(|value| {
                let mut one = side(&[]);
                one.set("email", value);
                one
            });
            all[1].labels = vec![shared];
            all[2].labels = vec![shared];
            all[2].blocked = Some(block(UserId::new()));
            let [one, two, three] = all;
            let first = merge(&one, &two, &[]);
            let second = merge(&first.after, &three, take);
            // The last first.
            let left = taken_out(&second, &mut [], &second.after);
            assert_eq!(left, first.after, "{a} {b} {c} {take:?}");
            assert_eq!(taken_out(&first, &mut [], &left), one);
            // The first first: as if it had never been.
            let mut later = [second.clone()];
            let left = taken_out(&first, &mut later, &second.after);
            let alone = merge(&one, &three, take);
            assert_eq!(left, alone.after, "{a} {b} {c} {take:?}");
            assert_eq!(taken_out(&later[0], &mut [], &left), one, "{a} {b} {c} {take:?}");
        }
    }
}
