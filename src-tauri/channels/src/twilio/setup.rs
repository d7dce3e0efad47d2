//! What Twilio's API does for whoever sets a channel up: lists the numbers, sets their webhook.
//!
//! Owns the reading of the list and the judgement of a number. The webhook of a Messaging Service
//! is set in the console: its API is another one.

use serde_json::Value;
use url::Url;

use super::{Account, problem};
use crate::exchange::{AccountNumber, ErrorKind, Failure, WebhookSet};
use crate::http::{Answer, Call, Http};
use crate::lenient::first;

/// Numbers on a page: Twilio gives up to 1,000, of which an answer of 1 MiB does not hold all.
const PAGE: &str = "200";
/// More numbers than any small business has.
const PAGES: usize = 50;

/// A number of the account and where its messages go.
struct Listed {
    sid: String,
    number: String,
    name: Option<String>,
    carries_sms: bool,
    url: Option<String>,
    by_post: bool,
    /// Takes the messages, whatever the number's own webhook is.
    application: Option<String>,
}

impl Listed {
    fn of(value: &Value) -> Option<Self> {
        let member = |name| first(value, &[name]);
        let number = member("phone_number")?;
        let name = member("friendly_name").filter(|name| digits(name) != digits(&number));
        // By default a number is called by its national form.
        let name = name.filter(|name| name.chars().any(char::is_alphabetic));
        Some(Self {
            sid: member("sid")?,
            name,
            carries_sms: value.pointer("/capabilities/sms") != Some(&Value::Bool(false)),
            url: member("sms_url"),
            by_post: member("sms_method").is_none_or(|method| method == "POST"),
            application: member("sms_application_sid"),
            number,
        })
    }

    fn problem(&self) -> Option<&'static str> {
        match (self.carries_sms, &self.application) {
            (false, _) => Some("Twilio lists it without SMS."),
            (true, Some(_)) => Some(
                "A TwiML App takes its messages. Take the app off the number in the Twilio Console.",
            ),
            (true, None) => None,
        }
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

pub(super) async fn numbers(account: &Account, http: &Http) -> Result<Vec<AccountNumber>, Failure> {
    let listed = list(account, http).await?.into_iter();
    let shown = |listed: Listed| {
        let problem = listed.problem().map(str::to_owned);
        AccountNumber { address: listed.number, name: listed.name, problem }
    };
    Ok(listed.map(shown).collect())
}

async fn list(account: &Account, http: &Http) -> Result<Vec<Listed>, Failure> {
    let place = account.url("/IncomingPhoneNumbers.json");
    let mut url = place.clone();
    url.query_pairs_mut().append_pair("PageSize", PAGE);
    let mut listed = Vec::new();
    for _ in 0..PAGES {
        let answer = ask(account, http.get(url)).await?;
        let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let Some(numbers) = body.get("incoming_phone_numbers").and_then(Value::as_array) else {
            let words = "The answer does not come from Twilio. Check the address.".to_owned();
            return Err(Failure::new(ErrorKind::Other, None, Some(words)));
        };
        listed.extend(numbers.iter().filter_map(Listed::of));
        match first(&body, &["next_page_uri"]) {
            Some(next) => url = page(&place, &next),
            None => break,
        }
    }
    Ok(listed)
}

/// The next page, at the account's own address whatever host or path `next` names.
fn page(place: &Url, next: &str) -> Url {
    let mut url = place.clone();
    url.set_query(next.split_once('?').map(|(_, query)| query));
    url
}

async fn ask(account: &Account, call: Call) -> Result<Answer, Failure> {
    let answered = call.basic(&account.sid, &account.auth_token).answer().await;
    let answer = answered.map_err(|failed| failed.into_send_error().failure)?;
    match answer.status {
        200..=299 => Ok(answer),
        _ => Err(problem(&answer)),
    }
}

pub(super) async fn set_webhook(
    account: &Account,
    url: &str,
    numbers: &[String],
    http: &Http,
) -> Result<WebhookSet, Failure> {
    let listed = list(account, http).await?;
    let mut set = WebhookSet { done: Vec::new(), left: Vec::new() };
    for number in numbers.iter().filter(|number| number.starts_with('+')) {
        let Some(listed) = listed.iter().find(|listed| listed.number == *number) else {
            set.left.push(format!(
                "Twilio lists no {number} in this account. Check the number, or the Account SID."
            ));
            continue;
        };
        if listed.url.as_deref() != Some(url) || !listed.by_post {
            let place = account.url(&format!("/IncomingPhoneNumbers/{}.json", listed.sid));
            let fields = [("SmsUrl", url), ("SmsMethod", "POST")];
            ask(account, http.post_form(place, &fields)).await?;
        }
        match listed.problem() {
            None => set.done.push(format!("{number} now sends its messages here.")),
            Some(problem) => set.left.push(format!("{number}: {problem}")),
        }
    }
    if set.done.is_empty() && set.left.is_empty() {
        set.left.push("Nothing is set yet: add a number to this channel first.".to_owned());
    }
    if account.messaging_service_sid.is_some() {
        set.left.push(
            "Your Messaging Service may take the messages of its numbers before they do. In the \
             Twilio Console open it under Messaging › Services › Integration, and choose “Defer \
             to sender's webhook”."
                .to_owned(),
        );
    }
    Ok(set)
}
