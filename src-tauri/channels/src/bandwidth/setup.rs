//! What a person would do in Bandwidth's dashboard: enter the webhook at the messaging application.
//!
//! Speaks the dashboard's own API, which is XML on another host than the one for messages.

use quick_xml::{de, se};
use serde::{Deserialize, Serialize};
use url::Url;

use super::Account;
use super::portal::BASE_URL;
use crate::exchange::{ErrorKind, Failure, WebhookSet};
use crate::http::{Answer, Http};
use crate::status;

/// Where applications are kept.
const DASHBOARD: &str = "https://dashboard.bandwidth.com";
/// Kinds of receipts that the desk reads. Their names here are UNCONFIRMED: taken from `type` of
/// the callbacks themselves.
const RECEIPTS: [&str; 3] = ["message-sending", "message-delivered", "message-failed"];

/// A change of the application that leaves everything else as it is.
#[derive(Serialize)]
#[serde(rename = "Application", rename_all = "PascalCase")]
struct Change<'a> {
    inbound_callback_url: &'a str,
    outbound_callback_url: &'a str,
    requested_callback_types: CallbackTypes,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct CallbackTypes {
    callback_type: [&'static str; RECEIPTS.len()],
}

/// What the dashboard answers, right or wrong.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Answered {
    application: Application,
    response_status: ResponseStatus,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Application {
    inbound_callback_url: Option<String>,
    outbound_callback_url: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct ResponseStatus {
    error_code: Option<String>,
    description: Option<String>,
}

/// Sets both addresses of the application; doing it again changes nothing.
pub(super) async fn set_webhook(
    account: &Account,
    url: &str,
    http: &Http,
) -> Result<WebhookSet, Failure> {
    let change = Change {
        inbound_callback_url: url,
        outbound_callback_url: url,
        requested_callback_types: CallbackTypes { callback_type: RECEIPTS },
    };
    let document = se::to_string(&change)
        .map_err(|error| Failure::new(ErrorKind::Other, None, Some(error.to_string())))?;
    let call = http.patch_xml(application(account), document);
    let answer = call
        .basic(&account.username, &account.password)
        .answer()
        .await
        .map_err(|failed| failed.into_send_error().failure)?;
    let text = String::from_utf8_lossy(&answer.body);
    let answered: Answered = de::from_str(&text).unwrap_or_default();
    if !matches!(answer.status, 200..=299) {
        return Err(refused(&answer, answered.response_status));
    }
    let set = |told: Option<String>| told.as_deref() == Some(url);
    let told = answered.application;
    if !set(told.inbound_callback_url) || !set(told.outbound_callback_url) {
        let words = "Bandwidth did not confirm the address. Look at the application in the \
                     dashboard, and enter it there if it is another.";
        return Err(Failure::new(ErrorKind::Other, None, Some(words.to_owned())));
    }
    Ok(WebhookSet {
        done: vec![
            "The application now sends messages here.".to_owned(),
            "The application now sends receipts here.".to_owned(),
        ],
        left: vec![
            "Give the application's location your numbers, if they are not in it yet: messages of \
             other locations go elsewhere."
                .to_owned(),
        ],
    })
}

/// `{dashboard}/api/accounts/{account}/applications/{application}`. Where somebody entered another
/// base URL, its host plays the dashboard too.
fn application(account: &Account) -> Url {
    let own = Url::parse(BASE_URL).is_ok_and(|base| base.origin() == account.base.origin());
    let mut url = match Url::parse(DASHBOARD) {
        Ok(dashboard) if own => dashboard,
        Ok(_) | Err(_) => account.base.clone(),
    };
    let before = url.path().trim_end_matches('/').trim_end_matches("/api/v2").to_owned();
    let place =
        format!("{before}/api/accounts/{}/applications/{}", account.id, account.application);
    url.set_path(&place);
    url.set_query(None);
    url
}

/// The refusal, with what to do where it is the user's role.
fn refused(answer: &Answer, told: ResponseStatus) -> Failure {
    let said = told.description.or_else(|| match answer.status {
        401 | 403 => Some(
            "Bandwidth does not let this user change applications. Give it the role for \
             configuration in the dashboard, or enter the address there yourself."
                .to_owned(),
        ),
        404 => Some("Bandwidth knows no such application. Check the Application ID.".to_owned()),
        _ => None,
    });
    Failure { code: told.error_code, ..status::failure("Bandwidth", answer, said) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_names_only_what_changes() {
        let change = Change {
            inbound_callback_url: "https://desk.example.com/a&b",
            outbound_callback_url: "https://desk.example.com/a&b",
            requested_callback_types: CallbackTypes { callback_type: RECEIPTS },
        };
        assert_eq!(
            se::to_string(&change).unwrap(),
            "<Application>\
             <InboundCallbackUrl>https://desk.example.com/a&amp;b</InboundCallbackUrl>\
             <OutboundCallbackUrl>https://desk.example.com/a&amp;b</OutboundCallbackUrl>\
             <RequestedCallbackTypes><CallbackType>message-sending</CallbackType>\
             <CallbackType>message-delivered</CallbackType>\
             <CallbackType>message-failed</CallbackType></RequestedCallbackTypes></Application>"
        );
    }
}
