//! Requests to providers: time limits, bounded answers, and whether a failed request had left.
//!
//! Owns the client and what is never logged (bodies, addresses, credentials). Knows no provider.
//! TLS comes from the process-wide rustls provider, which the program installs first.

use std::error::Error as _;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::{
    ACCEPT, CONTENT_TYPE, DATE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER,
};
use reqwest::redirect::Policy;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::exchange::{Effect, ErrorKind, Failure, Health, HealthState, Millis, SendError};

/// More than any provider answers; the rest of a longer body is not read.
const ANSWER_BYTES: usize = 1024 * 1024;

/// How long a request may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// To connect, TLS included.
    pub connect: Duration,
    /// From the first byte out to the last byte in.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(5), total: Duration::from_secs(20) }
    }
}

/// The client of one channel: its own connections, no redirects, no proxy.
#[derive(Debug, Clone)]
pub struct Http {
    client: reqwest::Client,
}

/// The client could not be made, for instance because the system has no certificates.
#[derive(Debug, thiserror::Error)]
#[error("the connection to providers could not be set up: {0}")]
pub struct NoClient(#[from] reqwest::Error);

/// What a provider answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// `Retry-After` in seconds; a date is counted from the provider's own clock.
    pub retry_after: Option<u64>,
    /// The provider's clock (`Date`), if told.
    pub date: Option<Millis>,
    /// The body, at most 1 MiB of it.
    pub body: Bytes,
    headers: HeaderMap,
}

impl Answer {
    /// The value of a header, if it is text; `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failed {
    /// The request never left: name not found, connection refused, TLS refused.
    #[error("no connection: {0}")]
    NotSent(String),
    /// It left and no whole answer came back: it may have taken effect.
    #[error("no answer: {0}")]
    Broke(String),
}

impl Failed {
    /// As the outcome of a send.
    pub fn into_send_error(self) -> SendError {
        let effect = match self {
            Self::NotSent(_) => Effect::NoneTryAgain,
            Self::Broke(_) => Effect::Unknown,
        };
        let failure = Failure::new(ErrorKind::Other, None, Some(self.to_string()));
        SendError { failure, effect, retry_after: None }
    }

    /// As the state of a channel.
    pub fn into_health(self) -> Health {
        Health { state: HealthState::RequestFailed, detail: Some(self.to_string()) }
    }
}

impl Http {
    /// A client with these time limits.
    pub fn new(timeouts: Timeouts) -> Result<Self, NoClient> {
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .connect_timeout(timeouts.connect)
            .timeout(timeouts.total)
            // Shorter than servers keep idle connections: a request on one that they have just
            // closed would look as if it had left.
            .pool_idle_timeout(Duration::from_secs(10))
            .user_agent(concat!("Deskbell/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { client })
    }

    /// A `GET`.
    pub fn get(&self, url: Url) -> Call {
        Call::from(self.client.get(url))
    }

    /// A `POST` of a JSON value.
    pub fn post_json(&self, url: Url, body: &impl serde::Serialize) -> Call {
        Call::from(self.client.post(url).json(body))
    }

    /// A `PUT` of a JSON value.
    pub fn put_json(&self, url: Url, body: &impl serde::Serialize) -> Call {
        Call::from(self.client.put(url).json(body))
    }

    /// A `PATCH` of a JSON value.
    pub fn patch_json(&self, url: Url, body: &impl serde::Serialize) -> Call {
        Call::from(self.client.patch(url).json(body))
    }

    /// A `PATCH` of an XML document, answered in XML.
    pub fn patch_xml(&self, url: Url, document: String) -> Call {
        let request = self.client.patch(url).body(document);
        let request = request.header(CONTENT_TYPE, "application/xml; charset=utf-8");
        Call { request, answer: "application/xml" }
    }

    /// A `POST` of a form; a name may occur several times.
    pub fn post_form(&self, url: Url, fields: &[(&str, &str)]) -> Call {
        Call::from(self.client.post(url).form(fields))
    }
}

/// A request that is about to leave.
#[derive(Debug)]
pub struct Call {
    request: reqwest::RequestBuilder,
    /// Media type of the answer.
    answer: &'static str,
}

impl From<reqwest::RequestBuilder> for Call {
    fn from(request: reqwest::RequestBuilder) -> Self {
        Self { request, answer: "application/json" }
    }
}

impl Call {
    /// With `Authorization: Bearer`.
    #[must_use]
    pub fn bearer(self, token: &SecretString) -> Self {
        self.with(|request| request.bearer_auth(token.expose_secret()))
    }

    /// With `Authorization: Basic`.
    #[must_use]
    pub fn basic(self, user: &str, password: &SecretString) -> Self {
        self.with(|request| request.basic_auth(user, Some(password.expose_secret())))
    }

    /// With this header in place of one of the same name (a media type of the provider's own, an
    /// idempotency key).
    #[must_use]
    pub fn header(self, name: &'static str, value: &str) -> Self {
        let Ok(value) = HeaderValue::from_str(value) else { return self };
        let headers = HeaderMap::from_iter([(HeaderName::from_static(name), value)]);
        self.with(|request| request.headers(headers))
    }

    /// With this time limit in place of the client's, for a provider that fetches our files while
    /// it keeps the request open.
    #[must_use]
    pub fn within(self, limit: Duration) -> Self {
        self.with(|request| request.timeout(limit))
    }

    fn with(self, change: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder) -> Self {
        Self { request: change(self.request), ..self }
    }

    /// Sends it and reads the whole answer.
    pub async fn answer(self) -> Result<Answer, Failed> {
        let sent = self.request.header(ACCEPT, self.answer).send().await;
        let mut response = sent.map_err(|error| failed(&error))?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let date = date(&headers);
        let retry_after = retry_after(&headers, date);
        let mut body = BytesMut::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| failed(&error))? {
            let room = ANSWER_BYTES - body.len();
            body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
            if body.len() == ANSWER_BYTES {
                break;
            }
        }
        tracing::debug!(status, bytes = body.len(), "a provider answered");
        Ok(Answer { status, retry_after, date, body: body.freeze(), headers })
    }
}

/// Seconds as told, or until the date that was told, by the clock that told it.
fn retry_after(headers: &HeaderMap, now: Option<Millis>) -> Option<u64> {
    let told = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = told.parse() {
        return Some(seconds);
    }
    let wait = rfc2822_millis(told)?.saturating_sub(now?);
    Some(u64::try_from(wait).unwrap_or(0).div_ceil(1_000))
}

fn date(headers: &HeaderMap) -> Option<Millis> {
    rfc2822_millis(headers.get(DATE)?.to_str().ok()?)
}

/// Milliseconds since 1970 of `Thu, 24 Aug 2023 05:01:45 +0000` (or `GMT`).
pub(crate) fn rfc2822_millis(text: &str) -> Option<Millis> {
    jiff::fmt::rfc2822::parse(text).ok().map(|time| time.timestamp().as_millisecond())
}

fn failed(error: &reqwest::Error) -> Failed {
    let words = words(error);
    if error.is_connect() || error.is_builder() {
        Failed::NotSent(words)
    } else {
        Failed::Broke(words)
    }
}

/// The innermost cause: it says why and, unlike the outer ones, never where to.
fn words(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "it took too long".to_owned();
    }
    let mut cause = error.source();
    let mut words = "the request could not be made".to_owned();
    while let Some(inner) = cause {
        words = inner.to_string();
        cause = inner.source();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_told_in_seconds_or_as_a_date() {
        let now = rfc2822_millis("Thu, 24 Aug 2023 05:01:45 GMT");
        for (told, now, seconds) in [
            ("120", None, Some(120)),
            (" 7 ", now, Some(7)),
            ("Thu, 24 Aug 2023 05:03:45 GMT", now, Some(120)),
            ("Fri, 25 Aug 2023 05:01:45 GMT", now, Some(86_400)),
            ("Thu, 24 Aug 2023 05:01:44 GMT", now, Some(0)),
            ("Thu, 24 Aug 2023 05:03:45 GMT", None, None),
            ("-1", now, None),
            ("soon", now, None),
        ] {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, told.parse().unwrap())]);
            assert_eq!(retry_after(&headers, now), seconds, "{told}");
        }
    }
}
