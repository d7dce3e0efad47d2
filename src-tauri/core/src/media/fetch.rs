//! Fetches one file from a provider: the address checked at every hop, the size and the time
//! limited, the provider's credentials given to the provider alone.

use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use reqwest::header::{AUTHORIZATION, LOCATION};
use reqwest::{Response, StatusCode};
use secrecy::ExposeSecret;
use tokio::sync::OnceCell;
use url::Url;

use super::addresses::{NotPublic, PublicOnly, must_be_public};
use super::disk::Incoming;
use super::{FILE_BYTES, kinds};
use crate::connections::{Live, host_and_port};
use crate::error::Error;
use crate::model::File;
use crate::store::files::{Content, PendingFile};

/// Redirects that are followed.
const HOPS: usize = 5;
/// How long one attempt may take.
const TIME: Duration = Duration::from_mins(1);
/// How long connecting may take.
const CONNECT_TIME: Duration = Duration::from_secs(10);

/// The two ways out: one for addresses that come from outside, one for what an administrator
/// entered. Made when the first file is fetched.
#[derive(Debug)]
pub(super) struct Clients {
    guarded: OnceCell<reqwest::Client>,
    trusting: OnceCell<reqwest::Client>,
    private_hosts: bool,
}

/// Why a file did not come.
#[derive(Debug)]
pub(super) enum Missed {
    /// Trying again may help.
    ForNow(String),
    /// It will never come.
    ForGood(String),
}

impl Clients {
    /// With `private_hosts` every address is trusted: for tests.
    pub(super) fn new(private_hosts: bool) -> Self {
        Self { guarded: OnceCell::new(), trusting: OnceCell::new(), private_hosts }
    }

    /// The client that may ask for this URL.
    async fn for_url(&self, url: &Url, live: Option<&Live>) -> Result<&reqwest::Client, Missed> {
        let trusted = self.private_hosts
            || host_and_port(url)
                .is_some_and(|host| live.is_some_and(|live| live.trusted_hosts.contains(&host)));
        let made = if trusted {
            self.trusting.get_or_try_init(async || builder().build()).await
        } else {
            must_be_public(url).map_err(|refused| Missed::ForGood(refused.to_string()))?;
            let guarded = async || builder().dns_resolver(PublicOnly).build();
            self.guarded.get_or_try_init(guarded).await
        };
        made.map_err(|error| Missed::ForNow(format!("no connection can be made: {error}")))
    }
}

fn builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .connect_timeout(CONNECT_TIME)
        .timeout(TIME)
        .pool_idle_timeout(Duration::from_secs(10))
        .user_agent(concat!("Deskbell/", env!("CARGO_PKG_VERSION")))
}

/// Bytes of a page that are looked at.
const PAGE_BYTES: usize = 2 * 1024 * 1024;
/// How long a page may take.
const PAGE_TIME: Duration = Duration::from_secs(10);

/// A page of a website.
#[derive(Debug)]
pub(crate) struct Page {
    /// Where it is: where the address led.
    pub(crate) url: Url,
    /// What it says.
    pub(crate) text: String,
}

/// Fetches a page, or says why it does not come.
pub(super) async fn page(clients: &Clients, url: Url) -> Result<Page, String> {
    let whole = async {
        let mut response = ask(clients, url.as_str(), None).await?;
        let (url, mut bytes) = (response.url().clone(), Vec::new());
        while let Some(chunk) = response.chunk().await.map_err(|error| no_answer(&error))? {
            let room = PAGE_BYTES.saturating_sub(bytes.len());
            bytes.extend_from_slice(chunk.get(..room.min(chunk.len())).unwrap_or_default());
            if bytes.len() >= PAGE_BYTES {
                break;
            }
        }
        Ok(Page { url, text: String::from_utf8_lossy(&bytes).into_owned() })
    };
    let late = "it took longer than ten seconds".to_owned();
    match tokio::time::timeout(PAGE_TIME, whole).await {
        Ok(Ok(page)) => Ok(page),
        Ok(Err(Missed::ForNow(reason) | Missed::ForGood(reason))) => Err(reason),
        Err(_) => Err(late),
    }
}

/// Fetches a file to its place; answers its name and what it is.
pub(super) async fn fetch(
    clients: &Clients,
    folder: &std::path::Path,
    pending: &PendingFile,
    live: Option<&Live>,
) -> Result<(String, Content), Missed> {
    let whole = async {
        let incoming = match pending.url.strip_prefix("data:") {
            Some(inline) => unpack(folder, pending, inline).await?,
            None => keep(folder, pending, ask(clients, &pending.url, live).await?).await?,
        };
        let content = incoming.finish().await.map_err(ours)?;
        let name = kinds::named(&File::safe_name(&pending.name), &content.content_type);
        Ok((name, content))
    };
    match tokio::time::timeout(TIME, whole).await {
        Ok(outcome) => outcome,
        Err(_) => Err(Missed::ForNow("it took longer than a minute".to_owned())),
    }
}

/// A file that came inside of its address: base64, as large as a message can be.
async fn unpack(
    folder: &std::path::Path,
    pending: &PendingFile,
    inline: &str,
) -> Result<Incoming, Missed> {
    let encoded = inline.split_once(";base64,").map(|(_, encoded)| encoded);
    let bytes = encoded.and_then(|encoded| BASE64_STANDARD.decode(encoded).ok());
    let bytes = bytes.filter(|bytes| !bytes.is_empty()).ok_or_else(no_address)?;
    let mut incoming = Incoming::begin(folder, pending.id).await.map_err(ours)?;
    incoming.write(&bytes).await.map_err(ours)?;
    Ok(incoming)
}

fn no_address() -> Missed {
    Missed::ForGood("its address is not a web address".to_owned())
}

/// Follows redirects by hand, so that every hop is checked and credentials stay where they belong.
async fn ask(clients: &Clients, url: &str, live: Option<&Live>) -> Result<Response, Missed> {
    let mut url = Url::parse(url).map_err(|_| no_address())?;
    for _ in 0..=HOPS {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(no_address());
        }
        let mut request = clients.for_url(&url, live).await?.get(url.clone());
        if let Some(secret) = live.and_then(|live| live.channel.media_authorization(&url)) {
            request = request.header(AUTHORIZATION, secret.expose_secret());
        }
        let response = request.send().await.map_err(|error| no_answer(&error))?;
        if !leads_on(response.status()) {
            return answered(response);
        }
        let next = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
        url = next.and_then(|to| url.join(to).ok()).ok_or_else(|| {
            Missed::ForGood("it is said to be at an address that is none".to_owned())
        })?;
    }
    Err(Missed::ForGood("its address leads on and on".to_owned()))
}

fn leads_on(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    )
}

fn answered(response: Response) -> Result<Response, Missed> {
    let status = response.status();
    if status != StatusCode::OK {
        return Err(Missed::ForNow(format!("the provider answered {}", status.as_u16())));
    }
    if response.content_length().is_some_and(|size| size > FILE_BYTES) {
        return Err(too_large());
    }
    Ok(response)
}

async fn keep(
    folder: &std::path::Path,
    pending: &PendingFile,
    mut response: Response,
) -> Result<Incoming, Missed> {
    let mut incoming = Incoming::begin(folder, pending.id).await.map_err(ours)?;
    while let Some(chunk) = response.chunk().await.map_err(|error| no_answer(&error))? {
        incoming.write(&chunk).await.map_err(|error| match error {
            Error::TooLarge(_) => too_large(),
            error => ours(error),
        })?;
    }
    if incoming.size() == 0 {
        return Err(Missed::ForNow("the provider answered with an empty file".to_owned()));
    }
    match &pending.sha256 {
        Some(told) if !told.eq_ignore_ascii_case(&incoming.sha256()) => Err(Missed::ForNow(
            "what came is not what the provider announced (its checksum differs)".to_owned(),
        )),
        Some(_) | None => Ok(incoming),
    }
}

fn too_large() -> Missed {
    Missed::ForGood("it is larger than 100 MB".to_owned())
}

/// Our own disk failed: that is logged with its cause and told in plain words.
fn ours(error: Error) -> Missed {
    tracing::error!(%error, "a fetched file could not be written");
    Missed::ForNow("it could not be written to this computer's disk".to_owned())
}

/// The innermost cause says why and, unlike the outer ones, never where to.
fn no_answer(error: &reqwest::Error) -> Missed {
    if error.is_timeout() {
        return Missed::ForNow("the provider took too long".to_owned());
    }
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        if inner.is::<NotPublic>() {
            return Missed::ForGood(NotPublic.to_string());
        }
        cause = inner;
    }
    if cause.is::<NotPublic>() {
        return Missed::ForGood(NotPublic.to_string());
    }
    if error.is_connect() {
        return Missed::ForNow(format!("the provider cannot be reached ({cause})"));
    }
    Missed::ForNow(format!("the transfer broke off ({cause})"))
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use axum::Router;
    use axum::http::{HeaderMap, header};
    use axum::response::{IntoResponse, Redirect};
    use axum::routing::get;
    use deskbell_channels::form::Settings;

    use super::*;
    use crate::channels::new_row;
    use crate::connections;
    use crate::media::disk;
    use crate::model::{ChannelId, ChannelState, FileId, MessageId};

    type Seen = Arc<Mutex<Vec<Option<String>>>>;

    /// A place with files; it remembers the credentials that it was given.
    async fn place(leads_to: &str) -> (String, Seen) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let seen = Seen::default();
        let (noted, on) = (Arc::clone(&seen), format!("{leads_to}/cat"));
        let cat = async move |headers: HeaderMap| {
            let given = headers.get(AUTHORIZATION).map(|given| given.to_str().unwrap().to_owned());
            noted.lock().unwrap().push(given);
            ([(header::CONTENT_TYPE, "text/html")], b"\xff\xd8\xff\xe0 a cat".to_vec())
        };
        let huge = async || {
            let body = futures_util::stream::pending::<Result<bytes::Bytes, std::io::Error>>();
            let size = (FILE_BYTES + 1).to_string();
            ([(header::CONTENT_LENGTH, size)], axum::body::Body::from_stream(body)).into_response()
        };
        let places = Router::new()
            .route("/cat", get(cat))
            .route("/huge", get(huge))
            .route("/nothing", get(async || ""))
            .route("/round", get(async || Redirect::temporary("/round")))
            .route("/on", get(async move || Redirect::temporary(&on)));
        tokio::spawn(async move { axum::serve(listener, places).await });
        (base, seen)
    }

    /// A channel whose provider is at `base`.
    fn live(base: &str) -> Live {
        let row = new_row("twilio", "Shop", "token", ChannelState::Active, None, 0).unwrap();
        let mut settings = Settings { base_url: Some(base.to_owned()), ..Settings::default() };
        settings.values.insert("account_sid".into(), format!("AC{}", "0".repeat(32)));
        settings.secrets.insert("auth_token".into(), "secret".into());
        connections::connect(&row, settings).unwrap().unwrap()
    }

    /// What becomes of a URL: name and type, or why it missed.
    async fn check(clients: &Clients, url: &str, live: Option<&Live>) -> String {
        rustls::crypto::ring::default_provider().install_default().ok();
        let folder = tempfile::tempdir().unwrap();
        disk::prepare(folder.path()).unwrap();
        let pending = PendingFile {
            id: FileId::new(),
            name: "file".into(),
            url: url.into(),
            sha256: url.contains("?wrong").then(|| "00".into()),
            attempts: 0,
            channel_id: ChannelId::new(),
            message_id: MessageId::new(),
        };
        match fetch(clients, folder.path(), &pending, live).await {
            Ok((name, content)) => format!("{name} {} {}", content.content_type, content.size),
            Err(Missed::ForNow(why)) => format!("now: {why}"),
            Err(Missed::ForGood(why)) => format!("for good: {why}"),
        }
    }

    const NOT_PUBLIC: &str = "for good: the address is not on the internet";

    #[tokio::test]
    async fn the_providers_own_host_is_trusted_and_no_other_of_this_network() {
        rustls::crypto::ring::default_provider().install_default().ok();
        let (other, asked) = place("").await;
        let (base, _) = place(&other).await;
        let (clients, live) = (Clients::new(false), live(&base));
        let cat = "file.jpg image/jpeg 10";
        assert_eq!(check(&clients, &format!("{base}/cat"), Some(&live)).await, cat);
        assert_eq!(check(&clients, &format!("{base}/on"), Some(&live)).await, NOT_PUBLIC);
        assert_eq!(check(&clients, &format!("{other}/cat"), Some(&live)).await, NOT_PUBLIC);
        assert_eq!(check(&clients, &format!("{base}/cat"), None).await, NOT_PUBLIC);
        let by_name = other.replace("127.0.0.1", "localhost");
        assert_eq!(check(&clients, &format!("{by_name}/cat"), Some(&live)).await, NOT_PUBLIC);
        assert!(asked.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn credentials_stay_with_their_provider() {
        rustls::crypto::ring::default_provider().install_default().ok();
        let (other, elsewhere) = place("").await;
        let (base, own) = place(&other).await;
        let (clients, live) = (Clients::new(true), live(&base));
        check(&clients, &format!("{base}/cat"), Some(&live)).await;
        check(&clients, &format!("{base}/on"), Some(&live)).await;
        assert!(own.lock().unwrap()[0].as_deref().unwrap().starts_with("Basic "));
        assert_eq!(*elsewhere.lock().unwrap(), [None]);
    }

    #[tokio::test]
    async fn what_cannot_be_kept_is_told_in_words() {
        let (base, _) = place("").await;
        let clients = Clients::new(true);
        for (path, expected) in [
            ("/huge", "for good: it is larger than 100 MB"),
            ("/round", "for good: its address leads on and on"),
            ("/missing", "now: the provider answered 404"),
            ("/nothing", "now: the provider answered with an empty file"),
            (
                "/cat?wrong",
                "now: what came is not what the provider announced (its checksum differs)",
            ),
        ] {
            assert_eq!(check(&clients, &format!("{base}{path}"), None).await, expected, "{path}");
        }
        let file = check(&clients, "file:///etc/passwd", None).await;
        assert_eq!(file, "for good: its address is not a web address");
        let gone = check(&clients, "http://127.0.0.1:9/", None).await;
        assert!(gone.starts_with("now: the provider cannot be reached"), "{gone}");
    }
}
