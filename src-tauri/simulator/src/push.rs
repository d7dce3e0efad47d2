//! A push service over real HTTP, and the browsers that it stands for: it checks that a message is
//! from the desk that a browser subscribed to (RFC 8292), opens it with the browser's keys
//! (RFC 8291) and remembers what it says. Nothing of it is secret.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde::Serialize;
use serde_json::Value;
use tokio::sync::watch;

use crate::curve::Point;

/// Bytes of a body at most, as real services have it.
const BODY: usize = 4_096;

/// What a browser gives to the page that subscribed, as `PushSubscription.toJSON` has it.
#[derive(Debug, Clone, Serialize)]
pub struct Subscription {
    /// Where to send.
    pub endpoint: String,
    /// What to seal with.
    pub keys: Keys,
}

/// Keys of a subscription, base64url.
#[derive(Debug, Clone, Serialize)]
pub struct Keys {
    /// The browser's public key.
    pub p256dh: String,
    /// The secret that it shares with the desk.
    pub auth: String,
}

/// A message that came, was right in everything, and what it says.
#[derive(Debug, Clone)]
pub struct Pushed {
    /// For which browser.
    pub endpoint: String,
    /// What it says.
    pub content: Value,
    /// How long it may wait, in seconds.
    pub ttl: u64,
    /// How urgent it is.
    pub urgency: String,
    /// What it would take the place of.
    pub topic: Option<String>,
}

/// A browser at the service.
struct Browser {
    secret: [u8; 32],
    auth: [u8; 16],
    /// The key of the desk that it subscribed to.
    desk: String,
    gone: bool,
}

/// The service.
#[derive(Clone)]
pub struct PushPost(Arc<Inner>);

struct Inner {
    address: SocketAddr,
    browsers: Mutex<HashMap<String, Browser>>,
    pushed: Mutex<Vec<Pushed>>,
    /// Answers to come before everything is as usual again: status and `Retry-After`.
    answers: Mutex<Vec<(u16, Option<u64>)>>,
    /// Requests so far, whatever became of them.
    asked: watch::Sender<usize>,
}

impl std::fmt::Debug for PushPost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PushPost({})", self.0.address)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl PushPost {
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self(Arc::new(Inner {
            address,
            browsers: Mutex::default(),
            pushed: Mutex::default(),
            answers: Mutex::default(),
            asked: watch::Sender::new(0),
        }))
    }

    pub(crate) fn router(self) -> Router {
        Router::new().route("/push/{browser}", post(take)).with_state(self)
    }

    /// A new browser subscribes to the desk with this key.
    pub fn subscribe(&self, desk: &str) -> anyhow::Result<Subscription> {
        let random = SystemRandom::new();
        let fill =
            |bytes: &mut [u8]| random.fill(bytes).map_err(|_| anyhow::anyhow!("no random numbers"));
        let (mut secret, mut auth, mut id) = ([0; 32], [0; 16], [0; 12]);
        fill(&mut secret)?;
        fill(&mut auth)?;
        fill(&mut id)?;
        // Below the order of the curve, whatever follows.
        secret[0] &= 0x7f;
        let id = BASE64_URL_SAFE_NO_PAD.encode(id);
        let keys = Keys {
            p256dh: BASE64_URL_SAFE_NO_PAD.encode(point_of(&secret)?),
            auth: BASE64_URL_SAFE_NO_PAD.encode(auth),
        };
        let browser = Browser { secret, auth, desk: desk.to_owned(), gone: false };
        lock(&self.0.browsers).insert(id.clone(), browser);
        Ok(Subscription { endpoint: format!("http://{}/push/{id}", self.0.address), keys })
    }

    /// The browser unsubscribed, and the desk does not know.
    pub fn unsubscribe(&self, endpoint: &str) {
        let id = endpoint.rsplit('/').next().unwrap_or_default();
        if let Some(browser) = lock(&self.0.browsers).get_mut(id) {
            browser.gone = true;
        }
    }

    /// The next requests get these answers: status and `Retry-After`.
    pub fn answer_next(&self, answers: &[(u16, Option<u64>)]) {
        lock(&self.0.answers).extend_from_slice(answers);
    }

    /// Everything that came and was right.
    pub fn pushed(&self) -> Vec<Pushed> {
        lock(&self.0.pushed).clone()
    }

    /// Requests so far, whatever became of them.
    pub fn asked(&self) -> usize {
        *self.0.asked.borrow()
    }

    /// Waits until so many requests came.
    pub async fn until_asked(&self, count: usize) {
        self.0.asked.subscribe().wait_for(|asked| *asked >= count).await.ok();
    }
}

async fn take(
    State(office): State<PushPost>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let planned = {
        let mut answers = lock(&office.0.answers);
        if answers.is_empty() { None } else { Some(answers.remove(0)) }
    };
    let response = match planned {
        Some((status, pause)) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
            let pause = pause.map(|seconds| [("retry-after", seconds.to_string())]);
            match pause {
                Some(pause) => (status, pause).into_response(),
                None => status.into_response(),
            }
        }
        None => match office.read(&id, &headers, &body) {
            Ok(pushed) => {
                lock(&office.0.pushed).push(pushed);
                StatusCode::CREATED.into_response()
            }
            Err((status, words)) => (status, words).into_response(),
        },
    };
    office.0.asked.send_modify(|asked| *asked += 1);
    response
}

type Refusal = (StatusCode, String);

fn refused(status: StatusCode, words: &str) -> Refusal {
    (status, words.to_owned())
}

impl PushPost {
    /// Checks everything that a real service checks, and then reads what it could not.
    fn read(&self, id: &str, headers: &HeaderMap, body: &[u8]) -> Result<Pushed, Refusal> {
        let browsers = lock(&self.0.browsers);
        let browser = browsers
            .get(id)
            .filter(|browser| !browser.gone)
            .ok_or_else(|| refused(StatusCode::GONE, "this subscription is no more"))?;
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let own = format!("http://{}", self.0.address);
        authorized(header("authorization"), &browser.desk, &own)
            .map_err(|words| refused(StatusCode::FORBIDDEN, &words))?;
        let wrong = |words: &str| refused(StatusCode::BAD_REQUEST, words);
        let ttl = header("ttl").and_then(|ttl| ttl.parse().ok());
        let ttl = ttl.ok_or_else(|| wrong("there is no TTL"))?;
        let urgency = header("urgency").unwrap_or("normal").to_owned();
        if !["very-low", "low", "normal", "high"].contains(&urgency.as_str()) {
            return Err(wrong("this urgency is not known"));
        }
        let topic = header("topic").map(str::to_owned);
        if topic.as_ref().is_some_and(|topic| topic.len() > 32) {
            return Err(wrong("the topic is too long"));
        }
        if header("content-encoding") != Some("aes128gcm") {
            return Err(wrong("the body is not aes128gcm"));
        }
        if body.len() > BODY {
            return Err(refused(StatusCode::PAYLOAD_TOO_LARGE, "the body is too long"));
        }
        let text = open(body, &browser.secret, &browser.auth)
            .map_err(|error| wrong(&format!("the browser cannot open it: {error}")))?;
        let content = serde_json::from_slice(&text).map_err(|_| wrong("it says no JSON"))?;
        Ok(Pushed { endpoint: format!("{own}/push/{id}"), content, ttl, urgency, topic })
    }
}

/// Whether the token is the desk's, for this service and still good.
fn authorized(header: Option<&str>, desk: &str, own: &str) -> Result<(), String> {
    let said =
        header.and_then(|header| header.strip_prefix("vapid ")).ok_or("there is no token")?;
    let mut parts = HashMap::new();
    for part in said.split(',') {
        let (name, value) = part.trim().split_once('=').ok_or("the token is malformed")?;
        parts.insert(name, value);
    }
    let (token, key) = (parts.get("t").ok_or("no t")?, parts.get("k").ok_or("no k")?);
    if *key != desk {
        return Err("it is not the desk that was subscribed to".to_owned());
    }
    let (signed, signature) = token.rsplit_once('.').ok_or("the token is malformed")?;
    let decode =
        |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|error| error.to_string());
    UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, decode(key)?)
        .verify(signed.as_bytes(), &decode(signature)?)
        .map_err(|_| "the signature is wrong")?;
    let (head, claims) = signed.split_once('.').ok_or("the token is malformed")?;
    let read = |text: &str| -> Result<Value, String> {
        serde_json::from_slice(&decode(text)?).map_err(|error| error.to_string())
    };
    let (head, claims) = (read(head)?, read(claims)?);
    if head.get("alg").and_then(Value::as_str) != Some("ES256") {
        return Err("the token is not ES256".to_owned());
    }
    if claims.get("aud").and_then(Value::as_str) != Some(own) {
        return Err("the token is for another service".to_owned());
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|error| error.to_string())?;
    let left = claims
        .get("exp")
        .and_then(Value::as_u64)
        .and_then(|exp| exp.checked_sub(now.as_secs()))
        .ok_or("the token is over")?;
    if left > 24 * 3_600 {
        return Err("the token is good for too long".to_owned());
    }
    let contact = claims.get("sub").and_then(Value::as_str).unwrap_or_default();
    if !contact.starts_with("https://") && !contact.starts_with("mailto:") {
        return Err("nobody can be asked".to_owned());
    }
    Ok(())
}

/// Opens a body with a browser's keys.
fn open(body: &[u8], secret: &[u8], auth: &[u8]) -> anyhow::Result<Vec<u8>> {
    let short = || anyhow::anyhow!("it is too short");
    let (salt, rest) = body.split_at_checked(16).ok_or_else(short)?;
    let (_record, rest) = rest.split_at_checked(4).ok_or_else(short)?;
    let (length, rest) = rest.split_first().ok_or_else(short)?;
    let (sender, sealed) = rest.split_at_checked(usize::from(*length)).ok_or_else(short)?;
    let sender_point = Point::read(sender).ok_or_else(|| anyhow::anyhow!("no key"))?;
    let shared = sender_point.times(secret).ok_or_else(|| anyhow::anyhow!("no secret"))?;
    let own = point_of(secret)?;
    let info = [b"WebPush: info\0", own.as_slice(), sender].concat();
    let input: [u8; 32] = expand(auth, &shared.x(), &info)?;
    let key: [u8; 16] = expand(salt, &input, b"Content-Encoding: aes128gcm\0")?;
    let nonce: [u8; 12] = expand(salt, &input, b"Content-Encoding: nonce\0")?;
    let failed = |_| anyhow::anyhow!("the key does not fit");
    let cipher = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).map_err(failed)?);
    let mut record = sealed.to_vec();
    let opened = cipher
        .open_in_place(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut record)
        .map_err(failed)?;
    // The last record ends with 2 and then zeros.
    let end = opened.iter().rposition(|byte| *byte != 0).ok_or_else(short)?;
    match opened.get(end) {
        Some(2) => Ok(opened.get(..end).unwrap_or_default().to_vec()),
        _ => Err(anyhow::anyhow!("it has no end")),
    }
}

/// A browser's public key, not compressed.
fn point_of(secret: &[u8]) -> anyhow::Result<Vec<u8>> {
    let point = Point::base().times(secret).ok_or_else(|| anyhow::anyhow!("no key"))?;
    Ok(point.encode())
}

fn expand<const N: usize>(salt: &[u8], input: &[u8], info: &[u8]) -> anyhow::Result<[u8; N]> {
    let mut bytes = [0; N];
    let failed = |_| anyhow::anyhow!("the key cannot be derived");
    let prk = Salt::new(HKDF_SHA256, salt).extract(input);
    prk.expand(&[info], Length(N)).map_err(failed)?.fill(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standards_own_message_is_opened() {
        let of = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text).unwrap();
        // RFC 8291, section 5.
        let secret = of("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94");
        let body = of("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIg\
                       Dll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
        let text = open(&body, &secret, &of("BTBZMqHH6r4Tts7J_aSIgg")).unwrap();
        assert_eq!(text, b"When I grow up, I want to be a watermelon");
        let mut bent = body.clone();
        bent[100] ^= 1;
        assert!(open(&bent, &secret, &of("BTBZMqHH6r4Tts7J_aSIgg")).is_err());
    }
}
