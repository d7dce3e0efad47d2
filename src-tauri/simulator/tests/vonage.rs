//! The channel to Vonage against the simulated Vonage.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is wrong"
)]

mod support;

use deskbell_channels::exchange::ErrorKind;
use deskbell_channels::simulated::engine::{Fault, Faults};
use support::Pair;

#[tokio::test]
async fn messages_go_out_and_their_fate_comes_back() {
    let pair = Pair::of("vonage").await;
    pair.sends().await;
    let recorded = pair.simulator.sent().pop().unwrap();
    assert_eq!(recorded.our_id, Some(pair.hello().id));
    assert_eq!(recorded.status_url, Some(pair.url()));
}

#[tokio::test]
async fn messages_come_in_unless_they_are_forged_or_garbled() {
    Pair::of("vonage").await.receives();
}

#[tokio::test]
async fn refusals_are_told_as_what_they_are() {
    Pair::of("vonage").await.is_refused().await;
}

#[tokio::test]
async fn the_accounts_numbers_are_listed() {
    let pair = Pair::of("vonage").await;
    let numbers = pair.channel.numbers(&pair.http).await.unwrap();
    let listed: Vec<_> =
        numbers.iter().map(|it| (it.address.as_str(), it.problem.is_some())).collect();
    assert_eq!(listed, [("+15555550100", false), ("+15555550101", true)]);

    pair.simulator.set_faults(Faults::from_iter([Fault::Refused]));
    let failure = pair.channel.numbers(&pair.http).await.unwrap_err();
    assert_eq!(failure.kind, ErrorKind::AuthenticationFailed);
}
