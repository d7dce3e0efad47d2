//! Customers who write, and providers that bring it: signed webhooks, tried again until they are
//! acknowledged, some of them twice at the same time, some again afterwards.

use std::time::Duration;

use deskbell_core::clock;
use deskbell_simulator::webhook::Webhook;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use reqwest::Client;
use tokio_util::sync::CancellationToken;

use crate::desk::Line;

/// A customer on one line.
#[derive(Debug, Clone)]
pub(crate) struct Customer {
    /// Which line.
    pub(crate) line: Line,
    /// Their address.
    pub(crate) address: String,
    /// Seed of everything that is left to chance for them.
    pub(crate) seed: u64,
}

/// One message of a customer, and what its deliveries came to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Written {
    /// Id of the channel.
    pub(crate) channel: String,
    /// The provider's id of it.
    pub(crate) id: String,
    /// Their address.
    pub(crate) address: String,
    /// Its words; no two messages have the same.
    pub(crate) words: String,
    /// Deliveries that were tried.
    pub(crate) tried: u32,
    /// Deliveries that were acknowledged (2xx).
    pub(crate) acknowledged: u32,
    /// Answers that a rightly signed delivery must not get (4xx).
    pub(crate) refused: u32,
}

/// How a provider brings a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Habit {
    /// Once; only this one shows whether an acknowledged delivery was lost.
    Once,
    /// Twice at the same time.
    Together,
    /// Once more after it was acknowledged.
    Again,
}

impl Customer {
    /// Writes until told to stop, one message after the other.
    pub(crate) async fn write(self, client: Client, stop: CancellationToken) -> Vec<Written> {
        let mut chance = StdRng::seed_from_u64(self.seed);
        let mut written = Vec::new();
        while !stop.is_cancelled() {
            // The first was to say hello.
            let turn = written.len() + 1;
            written.push(self.one(&client, turn, &mut chance).await);
            pause(&mut chance, 20..250).await;
        }
        written
    }

    /// Writes one message; returns when it is acknowledged.
    pub(crate) async fn one(&self, client: &Client, turn: usize, chance: &mut StdRng) -> Written {
        let mut written = Written {
            channel: self.line.id.clone(),
            id: format!("SM{:032x}", chance.random::<u128>()),
            address: self.address.clone(),
            words: format!("message {turn} from {}", self.address),
            ..Written::default()
        };
        let webhook = self.line.webhook(&self.address, &written.id, &written.words, clock::now());
        let habit = match chance.random_range(0..10) {
            0..6 => Habit::Once,
            6..8 => Habit::Together,
            _ => Habit::Again,
        };
        while written.acknowledged == 0 && written.refused == 0 {
            if written.tried > 0 {
                pause(chance, 20..120).await;
            }
            match habit {
                Habit::Once | Habit::Again => self.bring(client, &webhook, &mut written).await,
                Habit::Together => {
                    let mut other = Written::default();
                    tokio::join!(
                        self.bring(client, &webhook, &mut written),
                        self.bring(client, &webhook, &mut other)
                    );
                    written.tried += other.tried;
                    written.acknowledged += other.acknowledged;
                    written.refused += other.refused;
                }
            }
        }
        if habit == Habit::Again {
            self.bring(client, &webhook, &mut written).await;
        }
        written
    }

    /// Delivers once.
    async fn bring(&self, client: &Client, webhook: &Webhook, written: &mut Written) {
        written.tried += 1;
        match webhook.deliver(client, &self.line.url).await {
            Ok(200..300) => written.acknowledged += 1,
            Ok(400..500) => written.refused += 1,
            // A fault of the desk, or no answer: the provider comes again.
            Ok(_) | Err(_) => {}
        }
    }
}

/// Waits for some milliseconds.
pub(crate) async fn pause(chance: &mut StdRng, milliseconds: std::ops::Range<u64>) {
    tokio::time::sleep(Duration::from_millis(chance.random_range(milliseconds))).await;
}
