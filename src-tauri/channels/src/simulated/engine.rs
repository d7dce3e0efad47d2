//! What a simulated carrier does with a message: takes it, refuses it, keeps silent, and what it
//! reports afterwards. Pure: the same faults give the same plan. Knows no wire format.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::exchange::{ErrorKind, Failure, ReceiptStatus};
use crate::form::Settings;

/// Something that goes wrong on purpose.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Every webhook comes three times.
    Duplicate,
    /// Later news comes before earlier news.
    OutOfOrder,
    /// The provider wants us to slow down (429).
    RateLimited,
    /// The provider does not accept our credentials (401).
    Refused,
    /// The provider takes messages and they never arrive.
    Failed,
    /// The provider takes messages and never answers.
    Uncertain,
    /// Webhooks are rightly signed and cannot be read.
    Unparsable,
}

impl Fault {
    /// Every fault, in the order to offer them.
    pub const ALL: [Self; 7] = [
        Self::Duplicate,
        Self::OutOfOrder,
        Self::RateLimited,
        Self::Refused,
        Self::Failed,
        Self::Uncertain,
        Self::Unparsable,
    ];

    /// Key in [`Settings::values`]; the value `on` switches the fault on.
    pub fn field(self) -> &'static str {
        match self {
            Self::Duplicate => "fault_duplicate",
            Self::OutOfOrder => "fault_out_of_order",
            Self::RateLimited => "fault_rate_limited",
            Self::Refused => "fault_refused",
            Self::Failed => "fault_failed",
            Self::Uncertain => "fault_uncertain",
            Self::Unparsable => "fault_unparsable",
        }
    }

    /// What it does, for the person who switches it on.
    pub fn label(self) -> &'static str {
        match self {
            Self::Duplicate => "Everything comes three times",
            Self::OutOfOrder => "News comes in the wrong order",
            Self::RateLimited => "The provider says: too many messages",
            Self::Refused => "The provider does not know our key",
            Self::Failed => "Messages do not arrive",
            Self::Uncertain => "The provider takes messages and does not answer",
            Self::Unparsable => "Messages from customers are garbled",
        }
    }
}

/// The faults that are switched on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Faults(BTreeSet<Fault>);

impl Faults {
    /// The faults that a Demo channel's settings switch on.
    pub fn of(settings: &Settings) -> Self {
        let is_on = |fault: &Fault| settings.value(fault.field()) == Some("on");
        Fault::ALL.into_iter().filter(is_on).collect()
    }

    /// Whether this fault is switched on.
    pub fn has(&self, fault: Fault) -> bool {
        self.0.contains(&fault)
    }

    /// How often every webhook is delivered.
    pub fn copies(&self) -> usize {
        if self.has(Fault::Duplicate) { 3 } else { 1 }
    }
}

impl FromIterator<Fault> for Faults {
    fn from_iter<T: IntoIterator<Item = Fault>>(faults: T) -> Self {
        Self(faults.into_iter().collect())
    }
}

/// What the carrier does with a message that is handed to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Takes it and says so.
    Accept,
    /// Wants it again later.
    RateLimited {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// Does not take it.
    Refuse(Failure),
    /// Takes it and never answers.
    Silence,
}

/// What the carrier does while these faults are on. The strongest fault wins.
pub fn verdict(faults: &Faults) -> Verdict {
    if faults.has(Fault::Refused) {
        let text = "the key is not valid (switched on in the demo)".to_owned();
        let code = Some("demo_refused".to_owned());
        Verdict::Refuse(Failure::new(ErrorKind::AuthenticationFailed, code, Some(text)))
    } else if faults.has(Fault::RateLimited) {
        Verdict::RateLimited { retry_after: 2 }
    } else if faults.has(Fault::Uncertain) {
        Verdict::Silence
    } else {
        Verdict::Accept
    }
}

/// One piece of news about a message, and when it comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Milliseconds after the message was taken.
    pub after_ms: u64,
    /// The news.
    pub status: ReceiptStatus,
}

const SOON_MS: u64 = 400;
const LATER_MS: u64 = 1_400;
const REPEAT_MS: u64 = 60;

/// What the carrier reports of a message that it took.
pub fn receipt_steps(faults: &Faults) -> Vec<Step> {
    let end = if faults.has(Fault::Failed) {
        let text = "the phone is switched off or out of reach (switched on in the demo)".to_owned();
        let code = Some("demo_unreachable".to_owned());
        ReceiptStatus::Failed(Failure::new(ErrorKind::Other, code, Some(text)))
    } else {
        ReceiptStatus::Delivered
    };
    let statuses = if faults.has(Fault::OutOfOrder) {
        [end, ReceiptStatus::Sent]
    } else {
        [ReceiptStatus::Sent, end]
    };
    let mut steps = Vec::new();
    for (status, after_ms) in statuses.into_iter().zip([SOON_MS, LATER_MS]) {
        for after_ms in repeats(faults, after_ms) {
            steps.push(Step { after_ms, status: status.clone() });
        }
    }
    steps
}

/// The moments at which a webhook due at `after_ms` is delivered.
pub fn repeats(faults: &Faults, after_ms: u64) -> Vec<u64> {
    (0..).take(faults.copies()).map(|copy: u64| after_ms + copy * REPEAT_MS).collect()
}

/// The moments of several webhooks in a row, turned round if news is to come out of order.
pub fn moments(faults: &Faults, in_order: Vec<u64>) -> Vec<u64> {
    if faults.has(Fault::OutOfOrder) { in_order.into_iter().rev().collect() } else { in_order }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(faults: &Faults) -> Vec<(u64, &'static str)> {
        let name = |status: &ReceiptStatus| match status {
            ReceiptStatus::Sent => "sent",
            ReceiptStatus::Failed(_) => "failed",
            ReceiptStatus::Delivered => "delivered",
            ReceiptStatus::Read => "read",
        };
        receipt_steps(faults).iter().map(|step| (step.after_ms, name(&step.status))).collect()
    }

    #[test]
    fn a_carrier_without_faults_takes_and_delivers() {
        assert_eq!(verdict(&Faults::default()), Verdict::Accept);
        assert_eq!(names(&Faults::default()), [(400, "sent"), (1400, "delivered")]);
    }

    #[test]
    fn out_of_order_turns_the_receipts_round() {
        let faults = Faults::from_iter([Fault::OutOfOrder, Fault::Failed]);
        assert_eq!(names(&faults), [(400, "failed"), (1400, "sent")]);
    }

    #[test]
    fn duplicate_brings_everything_three_times() {
        let receipts = names(&Faults::from_iter([Fault::Duplicate]));
        assert_eq!(receipts.iter().filter(|(_, name)| *name == "sent").count(), 3);
        assert_eq!(receipts.len(), 6);
    }

    #[test]
    fn the_strongest_fault_wins() {
        let all = Faults::from_iter(Fault::ALL);
        assert!(matches!(verdict(&all), Verdict::Refuse(_)));
        let two = Faults::from_iter([Fault::RateLimited, Fault::Uncertain]);
        assert_eq!(verdict(&two), Verdict::RateLimited { retry_after: 2 });
        assert_eq!(verdict(&Faults::from_iter([Fault::Uncertain])), Verdict::Silence);
    }

    #[test]
    fn settings_switch_faults_on_by_name() {
        let mut settings = Settings::default();
        settings.values.insert("fault_duplicate".to_owned(), "on".to_owned());
        settings.values.insert("fault_failed".to_owned(), "off".to_owned());
        assert_eq!(Faults::of(&settings), Faults::from_iter([Fault::Duplicate]));
    }
}
