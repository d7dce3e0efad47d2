//! What Twilio tells the desk: rightly signed forms.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use deskbell_channels::signature;

use crate::provider::Route;
use crate::stage::Recorded;
use crate::webhook::{Said, Webhook};

/// The Twilio account that tells.
#[derive(Debug, Clone)]
pub struct TwilioAccount {
    /// Account SID.
    pub sid: String,
    /// Auth Token: the key of the signature.
    pub auth_token: String,
}

impl TwilioAccount {
    /// The account that a channel's settings name.
    pub fn of(route: &Route<'_>) -> Self {
        Self {
            sid: route.value(super::SID).to_owned(),
            auth_token: route.secret(super::AUTH_TOKEN).to_owned(),
        }
    }
}

/// A customer's message as Twilio brings it to `public_url`, the address that Twilio knows.
pub fn twilio_message(account: &TwilioAccount, public_url: &str, said: &Said) -> Webhook {
    let count = said.media.len().to_string();
    let mut fields = vec![
        ("ToCountry".to_owned(), "US".to_owned()),
        ("SmsMessageSid".to_owned(), said.id.clone()),
        ("NumMedia".to_owned(), count),
        ("ToCity".to_owned(), String::new()),
        ("SmsSid".to_owned(), said.id.clone()),
        ("SmsStatus".to_owned(), "received".to_owned()),
        ("FromCity".to_owned(), String::new()),
        ("Body".to_owned(), said.text.clone().unwrap_or_default()),
        ("To".to_owned(), said.to.clone()),
        ("NumSegments".to_owned(), "1".to_owned()),
        ("MessageSid".to_owned(), said.id.clone()),
        ("AccountSid".to_owned(), account.sid.clone()),
        ("From".to_owned(), said.from.clone()),
        ("ApiVersion".to_owned(), "2010-04-01".to_owned()),
    ];
    for (index, file) in said.media.iter().enumerate() {
        fields.push((format!("MediaUrl{index}"), file.url.clone()));
        let content_type = file.content_type.clone().unwrap_or_else(|| "image/png".to_owned());
        fields.push((format!("MediaContentType{index}"), content_type));
    }
    twilio_signed(account, public_url, &fields)
}

/// Twilio's news of a message that the desk sent.
pub fn twilio_receipt(
    account: &TwilioAccount,
    public_url: &str,
    message: &Recorded,
    status: &str,
    error_code: Option<u32>,
) -> Webhook {
    let mut fields = vec![
        ("SmsSid".to_owned(), message.provider_id.clone()),
        ("SmsStatus".to_owned(), status.to_owned()),
        ("MessageStatus".to_owned(), status.to_owned()),
        ("To".to_owned(), message.to.clone()),
        ("MessageSid".to_owned(), message.provider_id.clone()),
        ("AccountSid".to_owned(), account.sid.clone()),
        ("From".to_owned(), message.from.clone()),
        ("ApiVersion".to_owned(), "2010-04-01".to_owned()),
    ];
    fields.extend(error_code.map(|code| ("ErrorCode".to_owned(), code.to_string())));
    twilio_signed(account, public_url, &fields)
}

/// A genuine Twilio request that holds no message.
pub fn twilio_garbled(account: &TwilioAccount, public_url: &str) -> Webhook {
    let fields = [("AccountSid".to_owned(), account.sid.clone()), ("Bo".to_owned(), String::new())];
    twilio_signed(account, public_url, &fields)
}

pub(super) fn twilio_signed(
    account: &TwilioAccount,
    url: &str,
    fields: &[(String, String)],
) -> Webhook {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    signed(account, url, body.into())
}

/// A form, signed over the address and its sorted fields.
pub(super) fn signed(account: &TwilioAccount, url: &str, body: Bytes) -> Webhook {
    let mut sorted: BTreeMap<Cow<'_, str>, BTreeSet<Cow<'_, str>>> = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(&body) {
        sorted.entry(name).or_default().insert(value);
    }
    let mut message = url.split('#').next().unwrap_or_default().to_owned();
    for (name, values) in &sorted {
        for value in values {
            message.push_str(name);
            message.push_str(value);
        }
    }
    let mac = signature::hmac_sha1(account.auth_token.as_bytes(), message.as_bytes());
    Webhook {
        headers: vec![
            ("content-type", "application/x-www-form-urlencoded; charset=UTF-8".to_owned()),
            ("user-agent", "TwilioProxy/1.1".to_owned()),
            ("x-twilio-signature", BASE64_STANDARD.encode(mac)),
        ],
        body,
    }
}
