//! Setting up through ClickSend's API: the account's numbers, and the rules that bring messages
//! and delivery reports here.
//!
//! A rule is ours if its address ends as the channel's does, whatever host the desk had then: it is
//! changed, and never a second one made.

use serde_json::{Value, json};

use super::{Account, said};
use crate::exchange::{AccountNumber, ErrorKind, Failure, WebhookSet};
use crate::http::{Answer, Call, Http};
use crate::lenient::{first, size, text};
use crate::{number, status};

/// Entries on one page, the most that ClickSend gives.
const PAGE: &str = "100";
/// Pages that are read at most.
const PAGES: u64 = 20;

const INBOUND: &str = "automations/sms/inbound";
/// UNCONFIRMED in ClickSend's documents, and as its own library has it.
const RECEIPTS: &str = "automations/sms/receipts";

pub(super) async fn numbers(account: &Account, http: &Http) -> Result<Vec<AccountNumber>, Failure> {
    let listed = all(account, "numbers", &[], http).await?;
    Ok(listed.iter().filter_map(listed_number).collect())
}

fn listed_number(value: &Value) -> Option<AccountNumber> {
    // 1 to 3: not registered, registration under way, something to be done for it.
    let status = value.get("status").filter(|status| {
        status.get("value").and_then(size).is_some_and(|value| (1..=3).contains(&value))
    });
    let problem = status.map(|status| {
        let words = first(status, &["description", "name"]);
        words.unwrap_or_else(|| "ClickSend has not registered this number.".to_owned())
    });
    Some(AccountNumber {
        address: number::plus(&first(value, &["dedicated_number"])?),
        name: first(value, &["notes"]),
        problem,
    })
}

pub(super) async fn set_webhook(
    account: &Account,
    url: &str,
    http: &Http,
) -> Result<WebhookSet, Failure> {
    let inbound = json!({
        "dedicated_number": "*",
        "rule_name": "desk-inbound",
        "message_search_type": 0,
        "message_search_term": "",
        "action": "URL",
        "action_address": url,
        "enabled": 1,
        "webhook_type": "json",
    });
    let ids = ["inbound_rule_id", "sms_inbound_rule_id"];
    rule(account, INBOUND, &ids, url, &inbound, http).await?;
    let done = "All numbers of the ClickSend account now send their messages here.".to_owned();
    let mut set = WebhookSet { done: vec![done], left: Vec::new() };
    let receipts = json!({
        "rule_name": "desk-receipts",
        "match_type": 0,
        "action": "URL",
        "action_address": url,
        "enabled": 1,
    });
    match rule(account, RECEIPTS, &["receipt_rule_id"], url, &receipts, http).await {
        Ok(()) => set.done.push("Delivery reports now come here.".to_owned()),
        Err(failure) if failure.kind == ErrorKind::AuthenticationFailed => return Err(failure),
        Err(failure) => set.left.push(format!(
            "ClickSend did not take the rule for delivery reports ({}). In its dashboard, under SMS \
             › Settings › Delivery Reports, add one with the action URL and this address: {url}",
            failure.text.unwrap_or_default()
        )),
    }
    Ok(set)
}

/// Makes the rule, or changes the one that is ours; leaves one alone that is as it should be.
async fn rule(
    account: &Account,
    list: &str,
    ids: &[&str],
    url: &str,
    wanted: &Value,
    http: &Http,
) -> Result<(), Failure> {
    let held = all(account, list, &[], http).await?;
    let Some(ours) = held.iter().find(|rule| is_ours(rule, url)) else {
        read(&answer(account, http.post_json(account.url(list), wanted)).await?)?;
        return Ok(());
    };
    let same = |name: &str| ours.get(name).and_then(text) == wanted.get(name).and_then(text);
    if ["action", "action_address", "enabled"].into_iter().all(same) {
        return Ok(());
    }
    let missing = || Failure::new(ErrorKind::Other, None, Some("a rule has no id".to_owned()));
    let place = format!("{list}/{}", first(ours, ids).ok_or_else(missing)?);
    read(&answer(account, http.put_json(account.url(&place), wanted)).await?)?;
    Ok(())
}

fn is_ours(rule: &Value, url: &str) -> bool {
    let end = |url: &str| url.rsplit('/').next().map(str::to_owned).filter(|end| !end.is_empty());
    first(rule, &["action_address"]).and_then(|held| end(&held)) == end(url)
}

/// Every entry of a list that ClickSend gives in pages.
pub(super) async fn all(
    account: &Account,
    list: &str,
    query: &[(&str, &str)],
    http: &Http,
) -> Result<Vec<Value>, Failure> {
    let mut entries = Vec::new();
    for page in 1..=PAGES {
        let mut url = account.url(list);
        let place = [("page", page.to_string()), ("limit", PAGE.to_owned())];
        url.query_pairs_mut().extend_pairs(query).extend_pairs(place);
        let body = read(&answer(account, http.get(url)).await?)?;
        let found = body.pointer("/data/data").and_then(Value::as_array);
        entries.extend(found.into_iter().flatten().cloned());
        if body.pointer("/data/last_page").and_then(size).is_none_or(|last| page >= last) {
            break;
        }
    }
    Ok(entries)
}

async fn answer(account: &Account, call: Call) -> Result<Answer, Failure> {
    let call = call.basic(&account.username, &account.api_key);
    call.answer().await.map_err(|failed| failed.into_send_error().failure)
}

fn read(answer: &Answer) -> Result<Value, Failure> {
    match serde_json::from_slice(&answer.body) {
        Ok(body) if matches!(answer.status, 200..=299) => Ok(body),
        _ => Err(status::failure("ClickSend", answer, said(answer))),
    }
}
