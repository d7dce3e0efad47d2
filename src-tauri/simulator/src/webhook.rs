//! What providers tell the desk: rightly signed requests, and their delivery.
//!
//! Signs by itself, not with the code that verifies, so that one checks the other's reading.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use deskbell_channels::signature;
use serde::Deserialize;
use serde_json::json;

use crate::stage::Recorded;

/// A message from a customer.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Said {
    /// The provider's id; a fresh one when empty.
    #[serde(default)]
    pub id: String,
    /// The customer's number.
    pub from: String,
    /// The desk's number.
    pub to: String,
    /// The text.
    #[serde(default)]
    pub text: Option<String>,
    /// Files.
    #[serde(default)]
    pub media: Vec<File>,
}

/// A file that a customer sends.
#[derive(Debug, Clone, Deserialize)]
pub struct File {
    /// Where the desk can fetch it.
    pub url: String,
    /// What the provider says it is.
    #[serde(default)]
    pub content_type: Option<String>,
}

/// The Twilio account that tells.
#[derive(Debug, Clone)]
pub struct TwilioAccount {
    /// Account SID.
    pub sid: String,
    /// Auth Token: the key of the signature.
    pub auth_token: String,
}

/// A signed request, ready to be delivered any number of times.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// Header names in lower case, with values.
    pub headers: Vec<(&'static str, String)>,
    /// The body that was signed.
    pub body: Bytes,
}

/// A client for deliveries: no redirects, no proxy, Twilio's 15 seconds.
pub fn client() -> anyhow::Result<reqwest::Client> {
    // Another part of the program may have installed one already, which is as good.
    rustls::crypto::ring::default_provider().install_default().ok();
    let client = reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(15))
        .build()?;
    Ok(client)
}

impl Webhook {
    /// Posts it to `url` and gives the HTTP status of the answer; like Twilio, tries once more
    /// when there is no connection.
    pub async fn deliver(&self, client: &reqwest::Client, url: &str) -> anyhow::Result<u16> {
        match self.post(client, url).await {
            Err(error) if error.is_connect() => Ok(self.post(client, url).await?),
            answered => Ok(answered?),
        }
    }

    async fn post(&self, client: &reqwest::Client, url: &str) -> Result<u16, reqwest::Error> {
        let mut request = client.post(url).body(self.body.clone());
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        Ok(request.send().await?.status().as_u16())
    }

    /// The same with half of its body, signed again as `sign` says: garbled, and still genuine.
    fn halved(body: &str) -> &str {
        body.get(..body.len() / 2).unwrap_or_default()
    }
}

/// `url` with `listener` in place of its host, if there is one.
pub fn rewritten(url: &str, listener: Option<SocketAddr>) -> String {
    match (listener, url::Url::parse(url)) {
        (Some(listener), Ok(parsed)) => {
            let query = parsed.query().map(|query| format!("?{query}")).unwrap_or_default();
            format!("http://{listener}{}{query}", parsed.path())
        }
        _ => url.to_owned(),
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

fn twilio_signed(account: &TwilioAccount, url: &str, fields: &[(String, String)]) -> Webhook {
    let mut sorted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, value) in fields {
        sorted.entry(name).or_default().insert(value);
    }
    let mut message = url.split('#').next().unwrap_or_default().to_owned();
    for (name, values) in sorted {
        for value in values {
            message.extend([name, value]);
        }
    }
    let mac = signature::hmac_sha1(account.auth_token.as_bytes(), message.as_bytes());
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    Webhook {
        headers: vec![
            ("content-type", "application/x-www-form-urlencoded; charset=UTF-8".to_owned()),
            ("user-agent", "TwilioProxy/1.1".to_owned()),
            ("x-twilio-signature", BASE64_STANDARD.encode(mac)),
        ],
        body: body.into(),
    }
}

/// A customer's message as a General gateway brings it; signed if there is a secret.
pub fn general_message(secret: Option<&str>, said: &Said, received_at: i64) -> Webhook {
    general_signed(secret, &general_body(said, received_at))
}

/// A genuine General request that cannot be read.
pub fn general_garbled(secret: Option<&str>, said: &Said, received_at: i64) -> Webhook {
    general_signed(secret, Webhook::halved(&general_body(said, received_at)))
}

fn general_body(said: &Said, received_at: i64) -> String {
    let time = jiff::Timestamp::from_millisecond(received_at).unwrap_or_default();
    let mut payload = json!({
        "id": said.id,
        "from": { "phone_number": said.from },
        "to": [{ "phone_number": said.to }],
        "received_at": time.strftime("%Y-%m-%dT%H:%M:%S.%3f+00:00").to_string(),
        "record_type": "message",
    });
    if let Some(payload) = payload.as_object_mut() {
        payload.extend(said.text.as_ref().map(|text| ("text".to_owned(), json!(text))));
        let files = said.media.iter();
        let media: Vec<_> = files
            .map(|file| json!({ "url": file.url, "content_type": file.content_type }))
            .collect();
        if !media.is_empty() {
            payload.insert("media".to_owned(), json!(media));
        }
    }
    let id = uuid::Uuid::new_v4();
    json!({ "data": { "event_type": "message.received", "id": id, "payload": payload } })
        .to_string()
}

fn general_signed(secret: Option<&str>, body: &str) -> Webhook {
    let mut headers = vec![("content-type", "application/json".to_owned())];
    headers.extend(secret.map(|secret| {
        let mac = signature::hmac_sha256(secret.as_bytes(), body.as_bytes());
        ("x-signature-256", format!("sha256={}", hex::encode(mac)))
    }));
    Webhook { headers, body: Bytes::from(body.to_owned()) }
}
