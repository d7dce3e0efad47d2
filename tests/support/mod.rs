//! What the tests share: a running desk with its people, its channels and a simulated provider.

mod agent;
mod customer;
mod desk;
mod disk;
mod fixtures;
mod follower;
#[cfg(unix)]
mod host;
mod line;
mod server;
mod visitor;

pub(crate) use agent::{Agent, Answer, key};
pub(crate) use customer::{media_of, said};
pub(crate) use desk::{Desk, PASSWORD, PUBLIC, client, config, sign_in};
pub(crate) use disk::{all_files, holds};
pub(crate) use fixtures::{Fixtures, signed_form};
pub(crate) use follower::Follower;
#[cfg(unix)]
pub(crate) use host::{Host, Place, host};
pub(crate) use line::{Line, NUMBER, Options, post, set_up, to_queue, to_user};
pub(crate) use server::{Asked, Reply, Server};
pub(crate) use visitor::{Site, Visitor, WEBSITE, browser};

use std::future::Future;
use std::time::{Duration, Instant};

/// How long anything may take before a test gives up.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Asks again and again until there is an answer; the one place where a test waits without an
/// event. `None`: it never came.
pub(crate) async fn patiently<T, F: Future<Output = Option<T>>>(
    mut ask: impl FnMut() -> F,
) -> Option<T> {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if let Some(found) = ask().await {
            return Some(found);
        }
        tokio::time::sleep(Duration::from_millis(15)).await;
    }
    None
}

/// Asks until there is an answer; `what` is said when it never comes.
pub(crate) async fn until<T, F: Future<Output = Option<T>>>(
    what: &str,
    ask: impl FnMut() -> F,
) -> T {
    patiently(ask).await.unwrap_or_else(|| panic!("it never happened: {what}"))
}
