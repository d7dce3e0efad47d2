//! What Telnyx's API does for whoever sets a channel up: lists the numbers, sets the webhook.
//!
//! Owns the reading of both. A webhook belongs to a messaging profile, not to a number.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::{Account, Problem};
use crate::exchange::{AccountNumber, Failure, WebhookSet};
use crate::http::{Answer, Call, Http};
use crate::lenient::{first, size};

/// Numbers on a page, the most that Telnyx gives.
const PAGE: &str = "250";
/// More numbers than any small business has.
const PAGES: u64 = 40;

/// A number and the messaging profile that it belongs to.
struct Listed {
    number: String,
    profile: Option<String>,
    carries_sms: bool,
}

pub(super) async fn numbers(account: &Account, http: &Http) -> Result<Vec<AccountNumber>, Failure> {
    let listed = list(account, http).await?;
    let shown = |listed: Listed| {
        let problem = problem(&listed, account.profile.as_deref()).map(str::to_owned);
        AccountNumber { address: listed.number, name: None, problem }
    };
    Ok(listed.into_iter().map(shown).collect())
}

fn problem(listed: &Listed, ours: Option<&str>) -> Option<&'static str> {
    match (&listed.profile, ours) {
        (None, _) => Some(
            "It has no messaging profile yet. Choose one at Telnyx, under Numbers › My Numbers.",
        ),
        (Some(profile), Some(ours)) if profile != ours => {
            Some("It belongs to another messaging profile than the one entered here.")
        }
        _ if !listed.carries_sms => Some("Telnyx lists it without SMS."),
        _ => None,
    }
}

async fn list(account: &Account, http: &Http) -> Result<Vec<Listed>, Failure> {
    let mut listed = Vec::new();
    for page in 1..=PAGES {
        let mut url = account.url("/phone_numbers/messaging");
        let query = [("page[number]", page.to_string()), ("page[size]", PAGE.to_owned())];
        url.query_pairs_mut().extend_pairs(query);
        let answer = ask(account, http.get(url)).await?;
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let Some(data) = body.get("data").and_then(Value::as_array) else {
            return Err(Problem::foreign().failure(None));
        };
        listed.extend(data.iter().filter_map(number));
        let pages = body.pointer("/meta/total_pages").and_then(size).unwrap_or(1);
        if page >= pages {
            break;
        }
    }
    Ok(listed)
}

fn number(value: &Value) -> Option<Listed> {
    let features = value.get("features");
    let sms = features.and_then(|features| features.get("sms"));
    Some(Listed {
        number: first(value, &["phone_number"])?,
        profile: first(value, &["messaging_profile_id"]),
        carries_sms: sms.is_none_or(|sms| !sms.is_null()),
    })
}

async fn ask(account: &Account, call: Call) -> Result<Answer, Failure> {
    let answered = call.bearer(&account.api_key).answer().await;
    let answer = answered.map_err(|failed| failed.into_send_error().failure)?;
    match answer.status {
        200..=299 => Ok(answer),
        status => Err(Problem::of_answer(&answer).failure(Some(status))),
    }
}

#[derive(Serialize)]
struct Change<'a> {
    webhook_url: &'a str,
    webhook_api_version: &'static str,
}

pub(super) async fn set_webhook(
    account: &Account,
    url: &str,
    numbers: &[String],
    http: &Http,
) -> Result<WebhookSet, Failure> {
    let listed = list(account, http).await?;
    let mut set = WebhookSet { done: Vec::new(), left: Vec::new() };
    let mut profiles: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    profiles.extend(account.profile.as_deref().map(|profile| (profile, Vec::new())));
    for number in numbers.iter().filter(|number| number.starts_with('+')) {
        match listed.iter().find(|listed| listed.number == *number) {
            Some(Listed { profile: Some(profile), .. }) => {
                profiles.entry(profile).or_default().push(number);
            }
            Some(_) => set.left.push(format!(
                "{number} has no messaging profile. Choose one at Telnyx, under Numbers › My \
                 Numbers, and come back."
            )),
            None => set.left.push(format!(
                "Telnyx lists no {number} in this account. Check the number, or the API Key."
            )),
        }
    }
    if profiles.is_empty() && set.left.is_empty() {
        set.left.push(
            "Nothing is set yet: add a number to this channel, or enter the Messaging Profile ID."
                .to_owned(),
        );
    }
    for (profile, numbers) in profiles {
        point(account, (profile, &numbers), url, http, &mut set).await?;
    }
    Ok(set)
}

/// Points one profile to `url`.
async fn point(
    account: &Account,
    (profile, numbers): (&str, &[&str]),
    url: &str,
    http: &Http,
    set: &mut WebhookSet,
) -> Result<(), Failure> {
    let place = account.url(&format!("/messaging_profiles/{profile}"));
    let change = Change { webhook_url: url, webhook_api_version: "2" };
    let answer = ask(account, http.patch_json(place, &change)).await?;
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let data = body.get("data").unwrap_or(&Value::Null);
    let name = first(data, &["name"]).unwrap_or_else(|| profile.to_owned());
    let of = match numbers {
        [] => String::new(),
        numbers => format!(" ({})", numbers.join(", ")),
    };
    set.done.push(format!("The messaging profile “{name}”{of} now sends its messages here."));
    if data.get("enabled") == Some(&Value::Bool(false)) {
        set.left.push(format!(
            "The messaging profile “{name}” is switched off at Telnyx. Switch it on there."
        ));
    }
    Ok(())
}
