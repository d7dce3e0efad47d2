//! What an answer of the API means: for a send, and for the channel's light.
//!
//! The dialect knows no codes but the HTTP status; only the words of its `errors` say more.

use serde_json::Value;

use super::{Brand, Reach};
use crate::exchange::{Effect, ErrorKind, Failure, Health, HealthState, Outgoing, SendError, Sent};
use crate::http::Answer;
use crate::lenient::first;
use crate::{status, wording};

/// Names of a message's id: Flowroute's own, and that of SIPTRUNK's webhooks.
pub(super) const IDS: [&str; 2] = ["id", "message_id"];
/// Longer plain text is a page and no sentence.
const SENTENCE: usize = 300;

/// What became of a send.
pub(super) fn outcome(
    brand: &Brand,
    outgoing: &Outgoing,
    answer: &Answer,
) -> Result<Sent, SendError> {
    if matches!(answer.status, 200..=299) {
        let told = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default();
        let id = told.get("data").and_then(|data| first(data, &IDS));
        let id = match brand.reach {
            Reach::Whole => id,
            // Only the status is known to tell: nothing else that it says makes a yes a no.
            Reach::Messages => Some(id.unwrap_or_else(|| format!("desk-{}", outgoing.id))),
        };
        if let Some(provider_id) = id {
            return Ok(Sent { provider_id });
        }
        let text = format!("{} answered {} without an id.", brand.name, answer.status);
        let failure = Failure::new(ErrorKind::Other, None, Some(text));
        return Err(SendError { failure, effect: Effect::Unknown, retry_after: None });
    }
    let problem = Problem::of(answer);
    let effect = match answer.status {
        // It says itself that it is closed for a while; what a gateway says tells nothing.
        503 if problem.code.is_some() => Effect::NoneTryAgain,
        status => status::effect(status),
    };
    let retry_after = answer.retry_after;
    Err(SendError { failure: problem.failure(brand.name, answer.status), effect, retry_after })
}

/// What the light says after the call that [`super::Account::check`] makes.
pub(super) fn light(brand: &Brand, answer: &Answer) -> Health {
    let problem = Problem::of(answer);
    let connected = Health { state: HealthState::Connected, detail: None };
    match (brand.reach, answer.status) {
        (Reach::Whole, 200) if lists(&answer.body) => connected,
        // The keys were right: what is missing is the recipient.
        (Reach::Messages, 400 | 422) => connected,
        (Reach::Whole, _) | (Reach::Messages, 401 | 403 | 500..) => {
            let mut health =
                status::light(brand.name, "Access Key and Secret Key", answer, problem.words);
            if answer.status == 404 {
                health.state = HealthState::Unknown;
            }
            health
        }
        (Reach::Messages, answered) => {
            let said = problem.words.map(|words| format!(" It says: {words}")).unwrap_or_default();
            let detail = format!(
                "{} answered {answered}, which tells nothing of the keys. Send a message to see \
                 whether they work.{said}",
                brand.name
            );
            Health { state: HealthState::Unknown, detail: Some(detail) }
        }
    }
}

fn lists(body: &[u8]) -> bool {
    serde_json::from_slice::<Value>(body)
        .is_ok_and(|told| told.get("data").is_some_and(Value::is_array))
}

/// The first of an answer's `errors`, or what a gateway says in plain text.
pub(super) struct Problem {
    code: Option<String>,
    pub(super) words: Option<String>,
}

impl Problem {
    pub(super) fn of(answer: &Answer) -> Self {
        let Ok(told) = serde_json::from_slice::<Value>(&answer.body) else {
            return Self { code: None, words: plain(&answer.body) };
        };
        let first_of = told.pointer("/errors/0").unwrap_or(&Value::Null);
        let said = |member| first(first_of, &[member]);
        let mut words = match (said("title"), said("detail")) {
            (Some(title), Some(detail)) => Some(format!("{title} – {detail}")),
            (title, detail) => title.or(detail),
        };
        if let (Some(words), Some(reference)) = (&mut words, said("id")) {
            *words = format!("{words} (reference for support: {reference})");
        }
        Self { code: said("status"), words }
    }

    /// The refusal in our words and in theirs.
    pub(super) fn failure(self, name: &str, status: u16) -> Failure {
        let words = self.words.unwrap_or_else(|| format!("{name} answered {status}."));
        let code = self.code.unwrap_or_else(|| status.to_string());
        Failure::new(kind(status, &words), Some(code), Some(words))
    }
}

fn plain(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body).ok()?.trim();
    let is_sentence = !text.is_empty() && text.len() <= SENTENCE && !text.starts_with(['<', '{']);
    is_sentence.then(|| text.to_owned())
}

/// Only the two texts about media are the provider's own; those that tell a bad number or an
/// opt-out are our guess, kept here.
fn kind(status: u16, words: &str) -> ErrorKind {
    let lower = words.to_lowercase();
    let says = |phrase: &str| lower.contains(phrase);
    match status {
        404 | 405 => ErrorKind::Other,
        415 => ErrorKind::InvalidParameter,
        400 | 422 if says("error fetching media") && says("byte limit") => ErrorKind::FileTooLarge,
        400 | 422 if says("error fetching media") => ErrorKind::UnsupportedMedia,
        400 | 403 | 422 => wording::opted_out_or_blocked(words).unwrap_or_else(|| {
            let names = |places: &[&str]| places.iter().any(|place| says(place));
            match status {
                403 => ErrorKind::PermissionDenied,
                _ if wording::has_word(words, &["media"]) => ErrorKind::UnsupportedMedia,
                _ if names(&["'to'", "'from'", "\"to\"", "\"from\""])
                    || wording::has_word(words, &["number"]) =>
                {
                    ErrorKind::InvalidPhoneNumber
                }
                _ => ErrorKind::InvalidParameter,
            }
        }),
        status => status::kind(status),
    }
}
