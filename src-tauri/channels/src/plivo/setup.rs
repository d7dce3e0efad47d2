//! Setting up through Plivo's API: the account's numbers, and the address of their messages.
//!
//! Plivo keeps the address in an application that numbers share, so a number keeps the application
//! that it has (and with it what happens to its calls); only a number without one gets ours.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Account, said};
use crate::exchange::{AccountNumber, Failure, WebhookSet};
use crate::http::{Answer, Call, Http};
use crate::{lenient, number, status, wire};

/// Entries on one page, the most that Plivo gives.
const PAGE: usize = 20;
/// Pages that are read at most.
const PAGES: usize = 50;

pub(super) async fn numbers(account: &Account, http: &Http) -> Result<Vec<AccountNumber>, Failure> {
    let listed = all(account, "Number/", http).await?;
    Ok(listed.iter().filter_map(listed_number).collect())
}

fn listed_number(value: &Value) -> Option<AccountNumber> {
    let is =
        |name: &str, expected: bool| value.get(name).and_then(Value::as_bool) == Some(expected);
    let says = |name: &str, expected: &str| value.get(name).is_some_and(|it| it == expected);
    let problem = if is("sms_enabled", false) {
        Some("This number carries no SMS.")
    } else if is("active", false) {
        Some("Plivo has not switched this number on yet.")
    } else if says("tendlc_registration_status", "UNREGISTERED")
        && says("country", "United States")
        && says("number_type", "local")
    {
        Some("Carriers block messages from this number until it is registered (10DLC).")
    } else {
        None
    };
    Some(AccountNumber {
        address: number::plus(&lenient::text(value.get("number")?)?),
        name: wire::text(value, "/alias").map(str::to_owned),
        problem: problem.map(str::to_owned),
    })
}

pub(super) async fn set_webhook(
    account: &Account,
    url: &str,
    numbers: &[String],
    http: &Http,
) -> Result<WebhookSet, Failure> {
    let mut set = WebhookSet { done: Vec::new(), left: Vec::new() };
    let mut ours = None;
    let mut changed = BTreeSet::new();
    for address in numbers {
        let place = format!("Number/{}/", number::digits(address));
        let answer = answer(account, http.get(account.url(&place))).await?;
        if answer.status == 404 {
            set.left.push(format!("{address} is not in this Plivo account. Check the number."));
            continue;
        }
        let held = read(&answer)?;
        if let Some(application) = wire::text(&held, "/application").and_then(application_id) {
            if changed.insert(application.to_owned()) {
                point(account, application, url, http).await?;
            }
            set.done.push(format!(
                "{address} now sends its messages here, as does every number with the same \
                 application at Plivo."
            ));
            continue;
        }
        let application = match &ours {
            Some(application) => application,
            None => ours.insert(own_application(account, url, http).await?),
        };
        let change = json!({ "app_id": application });
        read(&self::answer(account, http.post_json(account.url(&place), &change)).await?)?;
        set.done.push(format!("{address} now sends its messages here."));
    }
    Ok(set)
}

/// The last part of `/v1/Account/MA…/Application/29986316244302815/`.
fn application_id(path: &str) -> Option<&str> {
    let (_, id) = path.trim_end_matches('/').rsplit_once("/Application/")?;
    (!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(id)
}

/// Has an application send messages to `url`, and leaves its calls alone.
async fn point(
    account: &Account,
    application: &str,
    url: &str,
    http: &Http,
) -> Result<(), Failure> {
    let place = account.url(&format!("Application/{application}/"));
    let change = json!({ "message_url": url, "message_method": "POST" });
    read(&answer(account, http.post_json(place, &change)).await?)?;
    Ok(())
}

/// The application that already sends messages to `url`, or a new one.
async fn own_application(account: &Account, url: &str, http: &Http) -> Result<String, Failure> {
    let listed = all(account, "Application/", http).await?;
    let fits = |it: &&Value| wire::text(it, "/message_url") == Some(url);
    if let Some(id) = listed.iter().find(fits).and_then(|it| lenient::text(it.get("app_id")?)) {
        return Ok(id);
    }
    // Names are unique at Plivo: the end of the address tells two channels apart.
    let end = url.get(url.len().saturating_sub(6)..).unwrap_or_default();
    let new = json!({ "app_name": format!("Deskbell-{end}"), "message_url": url,
                      "message_method": "POST" });
    let answer = answer(account, http.post_json(account.url("Application/"), &new)).await?;
    let made = read(&answer)?;
    let id = made.get("app_id").and_then(lenient::text);
    id.ok_or_else(|| status::failure("Plivo", &answer, None))
}

/// Every entry of a list that Plivo gives in pages.
async fn all(account: &Account, list: &str, http: &Http) -> Result<Vec<Value>, Failure> {
    let mut entries = Vec::new();
    for page in 0..PAGES {
        let mut url = account.url(list);
        let (limit, offset) = (PAGE.to_string(), (page * PAGE).to_string());
        url.query_pairs_mut().append_pair("limit", &limit).append_pair("offset", &offset);
        let mut body = read(&answer(account, http.get(url)).await?)?;
        if let Some(Value::Array(found)) = body.get_mut("objects").map(Value::take) {
            entries.extend(found);
        }
        if wire::text(&body, "/meta/next").is_none() {
            break;
        }
    }
    Ok(entries)
}

async fn answer(account: &Account, call: Call) -> Result<Answer, Failure> {
    let call = call.basic(&account.auth_id, &account.auth_token);
    call.answer().await.map_err(|failed| failed.into_send_error().failure)
}

fn read(answer: &Answer) -> Result<Value, Failure> {
    match serde_json::from_slice(&answer.body) {
        Ok(body) if matches!(answer.status, 200..=299) => Ok(body),
        _ => Err(status::failure("Plivo", answer, said(answer))),
    }
}
