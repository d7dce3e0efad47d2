//! The channel to Plivo against the simulated Plivo.
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
    Pair::of("plivo").await.sends().await;
}

#[tokio::test]
async fn messages_come_in_unless_they_are_forged_or_garbled() {
    Pair::of("plivo").await.receives();
}

#[tokio::test]
async fn refusals_are_told_as_what_they_are() {
    Pair::of("plivo").await.is_refused().await;
}

#[tokio::test]
async fn numbers_get_the_webhook_through_the_application_they_have_or_a_new_one() {
    let pair = Pair::of("plivo").await;
    let numbers = pair.channel.numbers(&pair.http).await.unwrap();
    let listed: Vec<_> =
        numbers.iter().map(|it| (it.address.as_str(), it.problem.is_some())).collect();
    assert_eq!(listed, [("+15555550100", false), ("+15555550101", false)]);

    let ours = ["+15555550100".to_owned(), "+15555550101".into(), "+15555550199".into()];
    let set = pair.channel.set_webhook(&pair.url(), &ours, &pair.http).await.unwrap();
    assert_eq!((set.done.len(), set.left.len()), (2, 1), "{set:?}");
    assert!(set.done[0].contains("application") && !set.done[1].contains("application"));
    let again = pair.channel.set_webhook(&pair.url(), &ours, &pair.http).await.unwrap();
    assert_eq!((again.done.len(), &again.left), (2, &set.left));
    assert!(again.done[1].contains("application"), "it has the one from before: {again:?}");

    pair.simulator.set_faults(Faults::from_iter([Fault::Refused]));
    let failure = pair.channel.set_webhook(&pair.url(), &ours, &pair.http).await.unwrap_err();
    assert_eq!(failure.kind, ErrorKind::AuthenticationFailed);
}
