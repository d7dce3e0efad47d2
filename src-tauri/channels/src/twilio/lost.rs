//! Messages whose answer never came, looked for in Twilio's list.
//!
//! Owns what the list is asked for and what it proves. Knows neither account nor connection. A
//! second copy to a customer is worse than a question to a person: only a list without any message
//! that could be ours proves that ours was not taken.

use serde::Deserialize;

use crate::exchange::{Found, Millis, Outgoing, Sent, Sought};
use crate::http::{Answer, rfc2822_millis};

/// Messages asked for at once: as many as an answer surely holds.
const PAGE: usize = 300;
/// How long after an attempt a message that is not listed was certainly not taken.
const SETTLED: Millis = 10_000;
/// What a trial account puts before every text.
const TRIAL: &str = "Sent from your Twilio trial account";

/// What the list is asked for; a Messaging Service leaves the sender open. No day is named: the list
/// knows only days of sending, and a message that still waits at Twilio has none.
pub(super) fn query(sought: &Sought, by_service: bool) -> Vec<(&'static str, String)> {
    let mut query = vec![("To", sought.outgoing.to.clone())];
    if !by_service {
        query.push(("From", sought.outgoing.from.clone()));
    }
    query.push(("PageSize", PAGE.to_string()));
    query
}

#[derive(Deserialize)]
struct List {
    messages: Vec<Listed>,
    next_page_uri: Option<String>,
}

#[derive(Deserialize)]
struct Listed {
    sid: String,
    body: Option<String>,
    direction: String,
    num_media: Option<String>,
    date_created: Option<String>,
}

/// What Twilio's list says of the message.
pub(super) fn found(sought: &Sought, answer: &Answer) -> Found {
    let Ok(List { messages, next_page_uri }) = serde_json::from_slice(&answer.body) else {
        return Found::CannotTell;
    };
    // The list tells times by Twilio's clock, the attempt is told by ours.
    let apart = answer.date.map_or(0, |date| date - sought.asked_at);
    let earliest = sought.attempted_at + apart - Sought::LOOK_BACK;
    let whole = messages.len() < PAGE && next_page_uri.is_none_or(|next| next.is_empty());
    let unknown: Vec<Listed> = messages
        .into_iter()
        .filter(|message| message.direction.starts_with("outbound"))
        .filter(|message| message.created().is_none_or(|created| created >= earliest))
        .filter(|message| !sought.known_provider_ids.contains(&message.sid))
        .collect();
    let ours = unknown.iter().filter(|message| message.carries(&sought.outgoing));
    if let Some(ours) = ours.min_by_key(|message| message.created().unwrap_or(Millis::MAX)) {
        return Found::Sent(Sent { provider_id: ours.sid.clone() });
    }
    // Without Twilio's clock nobody knows which messages count.
    if answer.date.is_none() || sought.asked_at < sought.attempted_at + SETTLED {
        Found::NotYet
    } else if whole && unknown.is_empty() {
        Found::NotSent
    } else {
        Found::CannotTell
    }
}

impl Listed {
    fn created(&self) -> Option<Millis> {
        rfc2822_millis(self.date_created.as_deref()?)
    }

    fn carries(&self, outgoing: &Outgoing) -> bool {
        let files = outgoing.media_urls.len().to_string();
        let text = outgoing.text.as_deref().unwrap_or_default();
        self.num_media.as_ref().is_none_or(|count| *count == files)
            && is_text(self.body.as_deref().unwrap_or_default(), text)
    }
}

/// Whether `body` is `text`, apart from white space around it and a trial account's line before it.
fn is_text(body: &str, text: &str) -> bool {
    let (body, text) = (body.trim(), text.trim());
    let between = body.strip_prefix(TRIAL).and_then(|rest| rest.strip_suffix(text));
    body == text || between.is_some_and(|between| !between.contains(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_accounts_line_hides_no_text_and_makes_none_up() {
        for (body, text, same) in [
            ("Hi", "Hi", true),
            (" Hi\r\n", "Hi", true),
            ("Sent from your Twilio trial account - Hi", "Hi", true),
            ("Sent from your Twilio trial account - - one\n- two", "- one\n- two", true),
            ("Sent from your Twilio trial account - ", "", true),
            ("Sent from your Twilio trial account - Oh, Hi", "Hi", false),
            ("Sent from your Twilio trial account - Hi", "", false),
            ("Reply with Hi", "Hi", false),
            ("Reply", "", false),
            ("Hi", "hi", false),
        ] {
            assert_eq!(is_text(body, text), same, "{body:?} and {text:?}");
        }
    }
}
