//! Agents who answer: each send has a client key and is asked for again, with the same key, until
//! the desk has said that it has it. Some click twice.

use anyhow::{Result, bail};
use rand::rngs::StdRng;
use rand::seq::IteratorRandom;
use rand::{RngExt, SeedableRng};
use reqwest::Method;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::customers::pause;
use crate::desk::{Desk, text};

/// Answers in one session. Twilio lists so many messages at once that with fewer than these it can
/// always tell whether it took one.
const PER_SESSION: u32 = 45;

/// A session that an agent holds.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    /// Its id.
    pub(crate) id: String,
    /// The customer's address.
    pub(crate) address: String,
    /// Whether its provider tells what it took.
    pub(crate) tells: bool,
    /// Answers so far.
    pub(crate) answers: u32,
}

/// An agent with the sessions that are theirs.
#[derive(Debug)]
pub(crate) struct Agent {
    /// Their line to the desk.
    pub(crate) desk: Desk,
    /// Their sessions.
    pub(crate) sessions: Vec<Held>,
    /// Seed of everything that is left to chance for them.
    pub(crate) seed: u64,
}

/// One answer of an agent, and what asking for it came to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sent {
    /// The client's key.
    pub(crate) key: String,
    /// The customer's address.
    pub(crate) to: String,
    /// Its words. Some say the same to the same customer more than once.
    pub(crate) words: String,
    /// Whether its provider tells what it took.
    pub(crate) tells: bool,
    /// Requests that were made for it.
    pub(crate) asked: u32,
    /// Requests that were answered with the message.
    pub(crate) accepted: u32,
    /// Ids that the desk gave it: more than one is a fault.
    pub(crate) ids: Vec<String>,
    /// Answers that a right request must not get, in words.
    pub(crate) refused: Vec<String>,
}

impl Agent {
    /// Answers until told to stop.
    pub(crate) async fn answer(mut self, stop: CancellationToken) -> Result<Vec<Sent>> {
        let mut chance = StdRng::seed_from_u64(self.seed);
        let mut sent = Vec::new();
        while !stop.is_cancelled() {
            let open = self.sessions.iter_mut().filter(|held| held.answers < PER_SESSION);
            let Some(session) = open.choose(&mut chance) else {
                bail!("an agent ran out of sessions: let more customers write");
            };
            session.answers += 1;
            let session = session.clone();
            sent.push(self.one(&session, &mut chance).await);
            pause(&mut chance, 20..200).await;
        }
        Ok(sent)
    }

    /// Sends one answer; returns when the desk has it.
    async fn one(&self, session: &Held, chance: &mut StdRng) -> Sent {
        let key = uuid::Uuid::from_u128(chance.random()).to_string();
        let words = if chance.random_bool(0.2) { "ok".to_owned() } else { format!("answer {key}") };
        let (to, tells) = (session.address.clone(), session.tells);
        let mut sent = Sent { key, to, words, tells, ..Sent::default() };
        let habit = chance.random_range(0..10);
        while sent.accepted == 0 && sent.refused.is_empty() {
            if sent.asked > 0 {
                pause(chance, 20..120).await;
            }
            if habit < 2 {
                let (one, two) =
                    tokio::join!(self.ask(&session.id, &sent), self.ask(&session.id, &sent));
                sent.note(one);
                sent.note(two);
            } else {
                let one = self.ask(&session.id, &sent).await;
                sent.note(one);
            }
        }
        if habit == 9 {
            let again = self.ask(&session.id, &sent).await;
            sent.note(again);
        }
        sent
    }

    async fn ask(&self, session: &str, sent: &Sent) -> Asked {
        let body = json!({ "client_key": sent.key, "text": sent.words });
        let path = format!("/sessions/{session}/messages");
        match self.desk.try_ask(Method::POST, &path, Some(&body)).await {
            Ok((200 | 201, message)) => match text(&message, "/id") {
                Ok(id) => Asked::Accepted(id),
                Err(error) => Asked::Refused(error.to_string()),
            },
            Ok((status, answer)) if status < 500 => Asked::Refused(format!("{status}: {answer}")),
            // A fault of the desk, or no answer: the client asks again.
            Ok(_) | Err(_) => Asked::Nothing,
        }
    }
}

/// What a request came to.
enum Asked {
    Accepted(String),
    Refused(String),
    Nothing,
}

impl Sent {
    fn note(&mut self, asked: Asked) {
        self.asked += 1;
        match asked {
            Asked::Accepted(id) => {
                self.accepted += 1;
                if !self.ids.contains(&id) {
                    self.ids.push(id);
                }
            }
            Asked::Refused(why) => self.refused.push(why),
            Asked::Nothing => {}
        }
    }
}
