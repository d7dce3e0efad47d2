//! Requests of providers to the desk, ready to be delivered. Knows no provider's format.

use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use serde::Deserialize;

pub use crate::providers::general::{general_garbled, general_message};
pub use crate::providers::twilio::{TwilioAccount, twilio_garbled, twilio_message, twilio_receipt};

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
    pub(crate) fn halved(body: &str) -> &str {
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
