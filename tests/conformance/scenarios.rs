//! The scenarios, and which provider offers what they need. One list for the test and the page.

use std::future::Future;
use std::pin::Pin;

use deskbell_channels::exchange::ErrorKind;
use deskbell_simulator::Manner;

use super::doubt::{Trouble, never_twice};
use super::ground::{Ground, Party};
use super::{hostile, inbound, outbound, set_up};

type Played = Pin<Box<dyn Future<Output = ()> + Send>>;
type Offered = Box<dyn Fn(&Party) -> Result<(), &'static str> + Send + Sync>;

/// One thing that every provider is put through.
pub(super) struct Scenario {
    /// Its line on the page.
    pub(super) title: String,
    /// `Err`: why a provider has nothing to show here.
    pub(super) offered: Offered,
    /// Plays it; panics where something is wrong.
    pub(super) run: Box<dyn Fn(Ground) -> Played + Send + Sync>,
}

fn scenario<F: Future<Output = ()> + Send + 'static>(
    title: impl Into<String>,
    run: impl Fn(Ground) -> F + Send + Sync + 'static,
) -> Scenario {
    let run = move |ground| -> Played { Box::pin(run(ground)) };
    Scenario { title: title.into(), offered: Box::new(|_| Ok(())), run: Box::new(run) }
}

impl Scenario {
    /// Only where this holds; otherwise the page says why not.
    fn only(
        mut self,
        why_not: &'static str,
        holds: impl Fn(&Party) -> bool + Send + Sync + 'static,
    ) -> Self {
        self.offered = Box::new(move |party| if holds(party) { Ok(()) } else { Err(why_not) });
        self
    }
}

/// All of them, in the order of the page.
pub(super) fn scenarios() -> Vec<Scenario> {
    let mut all = inbound_scenarios();
    all.extend(hostile_scenarios());
    all.extend(outbound_scenarios());
    all.extend(refusals());
    all.extend(doubts());
    all.extend(receipts());
    all.extend(set_up_scenarios());
    all
}

fn inbound_scenarios() -> Vec<Scenario> {
    vec![
        scenario("A text comes in", inbound::text),
        scenario("Files come in, up to three, and are fetched", inbound::files)
            .only("The provider takes no files", |party| party.description().limits.files > 0),
        scenario("Every alphabet, emoji, line ends", inbound::unicode),
        scenario("A repeated webhook is stored once and answered the same", inbound::repeat),
        scenario("A wrong signature is refused, nothing is stored", inbound::forged)
            .only("The provider signs nothing", signs),
        scenario("A wrong address is not found, nothing is stored", inbound::wrong_address),
        scenario("An old webhook is refused, or only a repeat", inbound::old_signature),
        scenario("A genuine webhook that cannot be read needs attention", inbound::garbled),
        scenario("A message to an unknown number needs attention", inbound::unknown_number),
        scenario(
            "What was addressed to an unknown number comes in once the number is added",
            inbound::replayed,
        ),
    ]
}

fn hostile_scenarios() -> Vec<Scenario> {
    vec![
        scenario("A webhook that is too large is refused", hostile::too_large),
        scenario("What is no message of the provider never becomes one", hostile::nonsense),
        scenario("Impossible addresses never become a message", hostile::odd_addresses),
        scenario("Markup stays text, however long", hostile::markup),
    ]
}

fn signs(party: &Party) -> bool {
    party.description().signing != deskbell_channels::form::Signing::Never
}

fn outbound_scenarios() -> Vec<Scenario> {
    vec![
        scenario("A text goes out", outbound::text),
        scenario("Files go out and can be fetched", outbound::files)
            .only("The provider takes no files", |party| party.description().limits.files > 0),
        scenario("429 with Retry-After: goes later, once", outbound::slow_down),
    ]
}

fn refusals() -> Vec<Scenario> {
    let refusal = |kind: ErrorKind| {
        let title = format!("Refused: {}", kind.as_str().replace('_', " "));
        scenario(title, move |ground| outbound::refused(ground, kind))
            .only("This is not told at once by this provider, or not played", move |party| {
                party.played.refusals().contains(&kind)
            })
    };
    outbound::KINDS.into_iter().map(refusal).collect()
}

fn doubts() -> Vec<Scenario> {
    let doubt = |title: &str, trouble| scenario(title, move |ground| never_twice(ground, trouble));
    vec![
        doubt("500, not taken: never twice", Trouble::Answer(Manner::Status(500))),
        doubt("500, but taken: never twice", Trouble::Answer(Manner::TakeAndStatus(500))),
        doubt("503, not taken: never twice", Trouble::Answer(Manner::Status(503))),
        doubt("No answer, not taken: never twice", Trouble::Answer(Manner::Hang)),
        doubt("No answer, but taken: never twice", Trouble::Silence),
        doubt("Broken connection, not taken: never twice", Trouble::Answer(Manner::Break)),
        doubt("Broken connection, but taken: never twice", Trouble::Answer(Manner::TakeAndBreak)),
    ]
}

fn receipts() -> Vec<Scenario> {
    let receipts = [
        scenario("Receipts: sent, then delivered, each twice", outbound::delivered),
        scenario("Receipts: delivered before sent", outbound::delivered_before_sent),
        scenario("Receipts: delivered before the answer", outbound::receipt_before_answer),
        scenario("Not delivered, for a reason that receipts do not tell", |ground: Ground| {
            let told = ground.party.played.losses();
            outbound::lost_otherwise(ground, told)
        }),
    ];
    let receipts = receipts.into_iter().map(|one| one.only(NO_RECEIPTS, tells_receipts));
    receipts.chain(outbound::KINDS.into_iter().map(lost)).collect()
}

const NO_RECEIPTS: &str = "The provider tells no receipts";

fn tells_receipts(party: &Party) -> bool {
    party.description().limits.receipts
}

fn lost(kind: ErrorKind) -> Scenario {
    let title = format!("Not delivered: {}", kind.as_str().replace('_', " "));
    let offered = move |party: &Party| {
        if !tells_receipts(party) {
            return Err(NO_RECEIPTS);
        }
        let told = party.played.losses().contains(&kind);
        if told {
            Ok(())
        } else {
            Err("The provider's receipts do not tell this, or it is not played")
        }
    };
    Scenario {
        offered: Box::new(offered),
        ..scenario(title, move |ground| outbound::lost(ground, kind))
    }
}

fn set_up_scenarios() -> Vec<Scenario> {
    vec![
        scenario("The light: connected", set_up::connected),
        scenario("The light: unauthorized, and connected again", set_up::unauthorized),
        scenario("The light: the provider is unavailable", set_up::unavailable),
        scenario("The light: unknown", set_up::unknown),
        scenario("The light: request failed, and connected again", set_up::request_failed),
        scenario("The light: an odd answer is never connected", set_up::odd_answer),
        scenario("The account's numbers are listed", set_up::numbers)
            .only("Deskbell cannot list its numbers", |party| {
                party.description().abilities.numbers
            }),
        scenario("The webhook address is set, twice", set_up::webhook)
            .only("Deskbell cannot set it there", |party| party.description().abilities.webhook),
    ]
}
