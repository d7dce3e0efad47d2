//! The verdict: what was promised beside what is true. Pure: counts, and whatever is broken.

use std::collections::{HashMap, HashSet};
use std::fmt;

use crate::agents::Sent;
use crate::customers::Written;
use crate::facts::Facts;

/// What was promised, as those saw it to whom it was promised.
#[derive(Debug, Default)]
pub(crate) struct Promises {
    /// Messages of customers.
    pub(crate) written: Vec<Written>,
    /// Answers of agents.
    pub(crate) sent: Vec<Sent>,
}

/// The counts. What has to be nothing is in [`Verdict::broken`].
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    rows: Vec<(&'static str, i64, Must)>,
    notes: Vec<String>,
}

/// What a count must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Must {
    /// Anything: it tells how much was tried.
    Any,
    /// At least one, or nothing was tried at all.
    BeThere,
    /// Nothing.
    BeZero,
}

impl Verdict {
    /// Compares.
    pub(crate) fn of(promises: &Promises, facts: &Facts) -> Self {
        let mut verdict = Self::default();
        verdict.inbound(&promises.written, facts);
        verdict.outbound(&promises.sent, facts);
        verdict.file(facts);
        verdict
    }

    /// What is broken, in words. Empty: every promise was kept.
    pub(crate) fn broken(&self) -> Vec<String> {
        let wrong = self.rows.iter().filter(|(_, count, must)| match must {
            Must::Any => false,
            Must::BeThere => *count == 0,
            Must::BeZero => *count != 0,
        });
        let mut broken: Vec<String> =
            wrong.map(|(name, count, _)| format!("{name}: {count}")).collect();
        if !broken.is_empty() {
            broken.extend(self.notes.iter().take(20).cloned());
        }
        broken
    }

    fn add(&mut self, name: &'static str, count: impl TryInto<i64>, must: Must) {
        self.rows.push((name, count.try_into().unwrap_or(i64::MAX), must));
    }

    fn inbound(&mut self, written: &[Written], facts: &Facts) {
        let acknowledged: Vec<&Written> =
            written.iter().filter(|message| message.acknowledged > 0).collect();
        let sum = |of: fn(&Written) -> u32| -> u32 { written.iter().map(of).sum() };
        let times = |message: &Written| facts.stored.get(&message.words).map_or(0, |it| it.times);
        let lost: Vec<_> = acknowledged.iter().filter(|message| times(message) == 0).collect();
        self.notes.extend(lost.iter().map(|message| format!("lost: {}", message.words)));
        self.add("customers' messages", written.len(), Must::BeThere);
        self.add("  deliveries tried", sum(|message| message.tried), Must::Any);
        self.add("  deliveries acknowledged", sum(|message| message.acknowledged), Must::BeThere);
        self.add("  messages acknowledged", acknowledged.len(), Must::BeThere);
        let once = acknowledged.iter().filter(|message| times(message) == 1).count();
        self.add("  … and stored once", once, Must::BeThere);
        self.add("  … and lost", lost.len(), Must::BeZero);
        let twice = written.iter().filter(|message| times(message) > 1).count();
        self.add("  … and stored twice", twice, Must::BeZero);
        self.add("  out of order", out_of_order(written, facts), Must::BeZero);
        self.add("  rightly signed, yet refused", sum(|message| message.refused), Must::BeZero);
        self.add("  raw deliveries kept twice", facts.deliveries_twice, Must::BeZero);
    }

    fn outbound(&mut self, sent: &[Sent], facts: &Facts) {
        let accepted: Vec<&Sent> = sent.iter().filter(|answer| answer.accepted > 0).collect();
        self.add("agents' answers", sent.len(), Must::BeThere);
        self.add("  requests", sent.iter().map(|answer| answer.asked).sum::<u32>(), Must::Any);
        self.add("  answers accepted", accepted.len(), Must::BeThere);
        let missing = accepted.iter().filter(|answer| !facts.kept.contains_key(&answer.key));
        self.add("  … and not in the store", missing.count(), Must::BeZero);
        let split = sent.iter().filter(|answer| answer.ids.len() > 1).count();
        self.add("  one key, two messages", split, Must::BeZero);
        let refused: Vec<&String> = sent.iter().flat_map(|answer| &answer.refused).collect();
        self.notes.extend(refused.iter().map(|why| format!("refused: {why}")));
        self.add("  right, yet refused", refused.len(), Must::BeZero);
        let fates: Vec<(&Sent, Fate)> =
            accepted.iter().map(|answer| (*answer, fate(answer, facts))).collect();
        for (answer, fate) in &fates {
            if matches!(fate, Fate::Never | Fate::Unfinished) {
                let state = facts.kept.get(&answer.key).map_or("missing", |kept| &kept.state);
                self.notes.push(format!("{fate:?}, {state}: {answer:?}"));
            }
        }
        self.provider("Twilio: reached it once", true, &fates, facts);
        self.provider("General: reached it once", false, &fates, facts);
    }

    /// What became of the answers that went to one of the two providers.
    fn provider(
        &mut self,
        name: &'static str,
        tells: bool,
        fates: &[(&Sent, Fate)],
        facts: &Facts,
    ) {
        let count = |wanted: Fate| {
            fates.iter().filter(|(sent, fate)| sent.tells == tells && *fate == wanted).count()
        };
        let blind = blind(tells, fates, facts);
        self.notes.extend(blind.iter().map(|words| format!("handed over too often: {words}")));
        self.add(name, count(Fate::Once), Must::BeThere);
        self.add("  never", count(Fate::Never), Must::BeZero);
        self.add("  again, without being asked to", blind.len(), Must::BeZero);
        let asked = if tells { Must::BeZero } else { Must::Any };
        self.add("  uncertain: a person is asked", count(Fate::Asked), asked);
        self.add("  not finished", count(Fate::Unfinished), Must::BeZero);
    }

    fn file(&mut self, facts: &Facts) {
        self.add("receipts: delivered", facts.delivered, Must::BeThere);
        self.add("  known and not applied", facts.receipts_left, Must::BeZero);
        self.add("messages without their event", facts.without_event, Must::BeZero);
        self.add("gaps in the event log", facts.event_gaps, Must::BeZero);
        self.add("two open sessions of one key", facts.sessions_twice, Must::BeZero);
        self.add("broken references", facts.foreign_keys, Must::BeZero);
        self.add("integrity check failed", i64::from(facts.integrity != "ok"), Must::BeZero);
        if facts.integrity != "ok" {
            self.notes.push(facts.integrity.clone());
        }
    }
}

/// What became of an accepted answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// The provider took it, and we know it under the provider's id.
    Once,
    /// The provider never got it, although we say it did, or it failed.
    Never,
    /// It is marked uncertain: a person decides.
    Asked,
    /// It still waits or is still being sent.
    Unfinished,
}

fn fate(answer: &Sent, facts: &Facts) -> Fate {
    let Some(kept) = facts.kept.get(&answer.key) else { return Fate::Never };
    let place = (answer.to.clone(), answer.words.clone());
    let taken = facts.taken.get(&place).is_some_and(|ids| {
        let known = kept.provider_id.as_ref();
        known.is_some_and(|known| ids.contains(known))
    });
    match kept.state.as_str() {
        "queued" | "sending" => Fate::Unfinished,
        "uncertain" => Fate::Asked,
        "sent" | "delivered" | "read" if taken => Fate::Once,
        _ => Fate::Never,
    }
}

/// What a provider took beyond what we know of and, where it does not tell, what is uncertain.
fn blind(tells: bool, fates: &[(&Sent, Fate)], facts: &Facts) -> Vec<String> {
    let known: HashSet<&String> =
        facts.kept.values().filter_map(|kept| kept.provider_id.as_ref()).collect();
    let mut uncertain: HashMap<(&str, &str), usize> = HashMap::new();
    let mut places: HashSet<(&str, &str)> = HashSet::new();
    for (answer, fate) in fates.iter().filter(|(answer, _)| answer.tells == tells) {
        let place = (answer.to.as_str(), answer.words.as_str());
        places.insert(place);
        *uncertain.entry(place).or_default() += usize::from(*fate == Fate::Asked);
    }
    let mut blind = Vec::new();
    for ((to, words), ids) in &facts.taken {
        let place = (to.as_str(), words.as_str());
        if places.contains(&place) {
            let unknown = ids.iter().filter(|id| !known.contains(id)).count();
            let allowed = uncertain.get(&place).copied().unwrap_or_default();
            blind.extend((allowed..unknown).map(|_| words.clone()));
        }
    }
    blind
}

/// Messages that stand before an earlier one of the same customer.
fn out_of_order(written: &[Written], facts: &Facts) -> usize {
    let mut last: HashMap<(&str, &str), i64> = HashMap::new();
    let mut wrong = 0;
    for message in written {
        let Some(stored) = facts.stored.get(&message.words) else { continue };
        let last = last.entry((&message.channel, &message.address)).or_insert(0);
        wrong += usize::from(stored.seq < *last);
        *last = stored.seq;
    }
    wrong
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, count, must) in &self.rows {
            let mark = match must {
                Must::BeZero if *count != 0 => "  ← must be 0",
                Must::BeThere if *count == 0 => "  ← must not be 0",
                Must::Any | Must::BeThere | Must::BeZero => "",
            };
            writeln!(f, "  {name:<34}{count:>8}{mark}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Kept, Stored};

    fn written(words: &str) -> Written {
        Written { words: words.to_owned(), tried: 1, acknowledged: 1, ..Written::default() }
    }

    fn answered(words: &str, tells: bool) -> Sent {
        let (key, words) = (format!("key of {words}"), words.to_owned());
        Sent { key, words, tells, asked: 1, accepted: 1, ..Sent::default() }
    }

    /// A run in which everything was kept.
    fn kept_word() -> (Promises, Facts) {
        let promises = Promises {
            written: vec![written("one"), written("two")],
            sent: vec![
                answered("three", true),
                answered("four", false),
                answered("five", true),
                answered("six", false),
            ],
        };
        let mut facts = Facts { integrity: "ok".to_owned(), delivered: 1, ..Facts::default() };
        for (seq, words) in [(1, "one"), (2, "two")] {
            facts.stored.insert(words.to_owned(), Stored { times: 1, seq });
        }
        for answer in &promises.sent {
            let provider_id = format!("id of {}", answer.words);
            facts.taken.insert(place(&answer.words), vec![provider_id.clone()]);
            let kept = Kept { state: "sent".to_owned(), provider_id: Some(provider_id) };
            facts.kept.insert(answer.key.clone(), kept);
        }
        (promises, facts)
    }

    /// What is said when one thing is different.
    fn broken(change: impl FnOnce(&mut Promises, &mut Facts)) -> String {
        let (mut promises, mut facts) = kept_word();
        change(&mut promises, &mut facts);
        Verdict::of(&promises, &facts).broken().first().cloned().unwrap_or_default()
    }

    /// Where the providers keep what they took.
    fn place(words: &str) -> (String, String) {
        (String::new(), words.to_owned())
    }

    fn set_state(facts: &mut Facts, words: &str, state: &str) {
        facts.kept.get_mut(&format!("key of {words}")).unwrap().state = state.to_owned();
    }

    #[test]
    fn promises_that_were_kept_are_not_complained_of() {
        assert_eq!(broken(|_, _| {}), "");
        // Where the provider does not tell, asking a person is right, whether it took it or not.
        assert_eq!(
            broken(|_, facts| {
                set_state(facts, "four", "uncertain");
                facts.taken.remove(&place("four"));
            }),
            ""
        );
    }

    #[test]
    fn every_broken_promise_of_the_inbox_is_found() {
        assert_eq!(broken(|_, facts| _ = facts.stored.remove("one")), "  … and lost: 1");
        let twice = broken(|_, facts| facts.stored.get_mut("one").unwrap().times = 2);
        assert_eq!(twice, "  … and stored twice: 1");
        let order = broken(|_, facts| facts.stored.get_mut("one").unwrap().seq = 9);
        assert_eq!(order, "  out of order: 1");
        let refused = broken(|promises, _| promises.written[0].refused = 1);
        assert_eq!(refused, "  rightly signed, yet refused: 1");
        assert_eq!(broken(|_, facts| facts.deliveries_twice = 1), "  raw deliveries kept twice: 1");
    }

    #[test]
    fn every_broken_promise_of_the_outbox_is_found() {
        for (words, other) in [("three", "Twilio"), ("four", "General")] {
            let never = broken(|_, facts| _ = facts.taken.remove(&place(words)));
            assert_eq!(never, "  never: 1", "{other}");
            let failed = broken(|_, facts| set_state(facts, words, "failed"));
            assert_eq!(failed, "  never: 1", "{other}");
            let again = broken(|_, facts| {
                facts.taken.get_mut(&place(words)).unwrap().push("again".to_owned());
            });
            assert_eq!(again, "  again, without being asked to: 1", "{other}");
            let waits = broken(|_, facts| set_state(facts, words, "sending"));
            assert_eq!(waits, "  not finished: 1", "{other}");
        }
        let asked = broken(|_, facts| set_state(facts, "three", "uncertain"));
        assert_eq!(asked, "  uncertain: a person is asked: 1");
        // Uncertain means handed over once: a second time is one too many.
        let again = broken(|_, facts| {
            facts.taken.insert(place("four"), vec!["a".into(), "b".into()]);
            facts.kept.get_mut("key of four").unwrap().provider_id = None;
            set_state(facts, "four", "uncertain");
        });
        assert_eq!(again, "  again, without being asked to: 1");
        let gone = broken(|_, facts| _ = facts.kept.remove("key of three"));
        assert_eq!(gone, "  … and not in the store: 1");
        let split = broken(|promises, _| promises.sent[0].ids = vec!["1".into(), "2".into()]);
        assert_eq!(split, "  one key, two messages: 1");
    }

    #[test]
    fn a_file_that_is_not_whole_is_found() {
        assert_eq!(broken(|_, facts| facts.integrity.clear()), "integrity check failed: 1");
        assert_eq!(broken(|_, facts| facts.foreign_keys = 2), "broken references: 2");
        assert_eq!(broken(|_, facts| facts.event_gaps = 1), "gaps in the event log: 1");
        assert_eq!(broken(|_, facts| facts.without_event = 1), "messages without their event: 1");
        assert_eq!(broken(|_, facts| facts.receipts_left = 1), "  known and not applied: 1");
        assert_eq!(broken(|_, facts| facts.delivered = 0), "receipts: delivered: 0");
    }
}
