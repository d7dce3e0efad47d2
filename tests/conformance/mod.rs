//! Every provider through the same scenarios: a real desk on a real database file, the simulated
//! provider over real HTTP in both directions.
//!
//! Knows no provider: a new one is put through everything by itself, and fails without a simulated
//! counterpart. The results are the table of docs/conformance.md; what a provider does not offer is
//! in it with the reason.

mod doubt;
mod ground;
mod hostile;
mod inbound;
mod outbound;
mod page;
mod scenarios;
mod set_up;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Mutex, Semaphore};
use tokio::task::JoinSet;

use crate::support::Desk;
use ground::{Ground, Office, Party, parties};
use page::Outcome;
use scenarios::{Scenario, scenarios};

/// How long one scenario may take.
const LIMIT: Duration = Duration::from_secs(110);
/// Scenarios that are played at the same time: most wait for an answer that never comes.
const AT_ONCE: usize = 192;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_provider_passes_every_scenario_that_it_offers() {
    let parties = parties().expect("every provider of text messages has a simulated counterpart");
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    for party in &parties {
        running.spawn(all_of(*party, Arc::clone(&room)));
    }
    let outcomes: Vec<Outcome> = running.join_all().await.into_iter().flatten().collect();
    let page = page::page(&parties, &outcomes);
    page::keep(&page);
    let line = |one: Outcome| Some(format!("{}: {}: {}", one.party, one.title, one.passed.err()?));
    let mut red: Vec<String> = outcomes.into_iter().filter_map(line).collect();
    red.sort();
    assert!(red.is_empty(), "\n{}", red.join("\n"));
    assert!(
        page::is_fresh(&page),
        "docs/conformance.md is not what this run showed: run cargo xtask conformance and commit it"
    );
}

/// What one provider made of everything that it offers.
async fn all_of(party: Party, room: Arc<Semaphore>) -> Vec<Outcome> {
    let office = Arc::new(Office { desk: Desk::start().await, door: Mutex::default() });
    let mut running = JoinSet::new();
    for scenario in scenarios().into_iter().filter(|scenario| (scenario.offered)(&party).is_ok()) {
        let (office, room) = (Arc::clone(&office), Arc::clone(&room));
        running.spawn(async move {
            let _place = room.acquire_owned().await.unwrap();
            let title = scenario.title.clone();
            Outcome { party: party.id(), title, passed: played(scenario, party, office).await }
        });
    }
    running.join_all().await
}

/// A scenario fails like a test: by a panic, whose words are the result.
async fn played(scenario: Scenario, party: Party, office: Arc<Office>) -> Result<(), String> {
    let task = tokio::spawn(async move {
        let ground = Ground::prepare(office, party).await;
        (scenario.run)(ground).await;
    });
    match tokio::time::timeout(LIMIT, task).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(match error.into_panic().downcast::<String>() {
            Ok(words) => *words,
            Err(other) => other.downcast_ref::<&str>().unwrap_or(&"it panicked").to_string(),
        }),
        Err(_) => Err("it took too long".to_owned()),
    }
}
