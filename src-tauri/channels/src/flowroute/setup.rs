//! What a person would do on Flowroute's site: list the numbers, set the webhooks of the account.
//!
//! Only ever reads below [`NUMBERS`]: a `POST` there buys a number, a `DELETE` gives one back.

use serde_json::{Value, json};

use super::answer::Problem;
use super::webhook::ours;
use super::{Account, JSON_API};
use crate::exchange::{AccountNumber, Failure, WebhookSet};
use crate::http::{Answer, Failed, Http};
use crate::lenient::first;
use crate::status;

pub(super) const NUMBERS: &str = "/v2/numbers";
/// Numbers asked for at once.
const PAGE: usize = 100;
/// More pages than any desk has numbers.
const PAGES: usize = 100;
/// The callbacks of an account, and what comes through each.
const CALLBACKS: [(&str, &str); 4] = [
    ("sms_callback", "text messages"),
    ("mms_callback", "messages with files"),
    ("sms_dlr_callback", "receipts of text messages"),
    ("mms_dlr_callback", "receipts of messages with files"),
];

/// The account's numbers.
pub(super) async fn numbers(account: &Account, http: &Http) -> Result<Vec<AccountNumber>, Failure> {
    let mut numbers = Vec::new();
    for page in 0..PAGES {
        let mut url = account.url(NUMBERS);
        let offset = (page * PAGE).to_string();
        url.query_pairs_mut()
            .append_pair("limit", &PAGE.to_string())
            .append_pair("offset", &offset);
        let answer = asked(account, account.signed(http.get(url)).answer().await, 200..=200)?;
        let told = serde_json::from_slice::<Value>(&answer.body).unwrap_or_default();
        let Some(listed) = told.get("data").and_then(Value::as_array) else {
            return Err(status::failure(account.brand.name, &answer, None));
        };
        numbers.extend(listed.iter().filter_map(read));
        if listed.is_empty() || told.pointer("/links/next").is_none_or(Value::is_null) {
            break;
        }
    }
    Ok(numbers)
}

fn read(listed: &Value) -> Option<AccountNumber> {
    let attributes = listed.get("attributes").unwrap_or(&Value::Null);
    let number = first(attributes, &["value"]).or_else(|| first(listed, &["id"]))?;
    let name = first(attributes, &["alias"]);
    Some(AccountNumber { address: ours(&number), name, problem: None })
}

/// Sets every callback of the account; doing it again changes nothing.
pub(super) async fn set_webhook(
    account: &Account,
    url: &str,
    http: &Http,
) -> Result<WebhookSet, Failure> {
    let body = json!({ "data": { "attributes": { "callback_url": url } } });
    let mut done = Vec::with_capacity(CALLBACKS.len());
    for (callback, what) in CALLBACKS {
        let place = account.url(&format!("{}/{callback}", account.brand.messages));
        let call = http.put_json(place, &body).header("content-type", JSON_API);
        let answered = account.signed(call).answer().await;
        asked(account, answered, 200..=299).map_err(|failure| {
            let text = failure.text.unwrap_or_default();
            let text = format!("The address for {what} could not be set. {text}");
            Failure::new(failure.kind, failure.code, Some(text))
        })?;
        done.push(format!("The account now sends {what} here."));
    }
    let left = [
        "This holds for every number of the account. Where another program takes the messages of a \
         number, give that number a callback of its own at Flowroute.",
        "A number that has a callback of its own already keeps it: set this address there too, or \
         remove it there.",
    ];
    let left = left.map(str::to_owned).to_vec();
    Ok(WebhookSet { done, left })
}

/// The answer, if its status is one of these.
fn asked(
    account: &Account,
    answered: Result<Answer, Failed>,
    wanted: std::ops::RangeInclusive<u16>,
) -> Result<Answer, Failure> {
    let answer = answered.map_err(|failed| failed.into_send_error().failure)?;
    if wanted.contains(&answer.status) {
        return Ok(answer);
    }
    Err(Problem::of(&answer).failure(account.brand.name, answer.status))
}
