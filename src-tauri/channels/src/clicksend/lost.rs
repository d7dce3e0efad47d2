//! Looking for a text whose answer never came, in ClickSend's history.
//!
//! The history tells our id of each message back (`custom_string`), so what is found there is ours,
//! whatever the clocks say. That it is missing proves nothing: nobody has said how soon a message
//! is listed.

use serde_json::Value;

use super::{Account, setup};
use crate::exchange::{Found, Millis, Sent, Sought};
use crate::http::Http;
use crate::lenient::first;

/// Listed from so long before the attempt: ClickSend's clock may be behind ours.
const BEFORE: Millis = 3_600_000;
/// A message that is not listed so long after its attempt is left to a person.
const LISTED_WITHIN: Millis = 120_000;

pub(super) async fn find(account: &Account, sought: &Sought, http: &Http) -> Found {
    if !sought.outgoing.media_urls.is_empty() {
        // The history of MMS does not tell our id.
        return Found::CannotTell;
    }
    let from = sought.attempted_at.saturating_sub(BEFORE).div_euclid(1_000).to_string();
    let listed = setup::all(account, "sms/history", &[("date_from", &from)], http).await;
    let Ok(listed) = listed else { return Found::NotYet };
    match listed.iter().find_map(|entry| ours(entry, sought)) {
        Some(provider_id) => Found::Sent(Sent { provider_id }),
        None if sought.asked_at.saturating_sub(sought.attempted_at) < LISTED_WITHIN => {
            Found::NotYet
        }
        None => Found::CannotTell,
    }
}

fn ours(entry: &Value, sought: &Sought) -> Option<String> {
    let fits = first(entry, &["custom_string"]).is_some_and(|id| id == sought.outgoing.id)
        && first(entry, &["direction"]).is_none_or(|direction| direction == "out");
    if fits { first(entry, &["message_id"]) } else { None }
}
