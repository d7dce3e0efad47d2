//! What the simulator remembers and how it behaves. Knows no provider's format.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use deskbell_channels::exchange::ErrorKind;
use deskbell_channels::simulated::engine::{self, Faults, Verdict};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

/// How the simulator behaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Conduct {
    /// What goes wrong on purpose.
    pub faults: Faults,
    /// Milliseconds before every answer to a send.
    pub latency_ms: u64,
    /// Sends are refused for this reason, in the provider's own words, if it can tell it.
    pub refuse: Option<ErrorKind>,
    /// How sends are answered.
    pub manner: Manner,
    /// Every call of a provider's API is answered with this HTTP status and no body.
    pub outage: Option<u16>,
    /// Pace of receipts: 100 as planned by the engine, 0 at once.
    pub receipt_percent: u64,
    /// What Twilio says of the account: `active`, `suspended`, `closed`.
    pub account_status: String,
    /// Milliseconds by which Twilio's clock is ahead of this computer's; less than 0: behind.
    pub clock_ahead_ms: i64,
    /// What Twilio makes of the text of a message that it takes.
    pub alter_text: Alteration,
    /// Listener that gets the status callbacks in place of the host in their URL.
    pub callback_to: Option<SocketAddr>,
    /// How calls end that a provider was asked for.
    pub call: CallEnd,
}

/// How a call ends: whose telephone does what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallEnd {
    /// Both answer, and talk for 61 seconds.
    #[default]
    Talked,
    /// The customer's line is busy.
    Busy,
    /// The customer does not answer.
    NoAnswer,
    /// The user does not answer their own telephone.
    NotPickedUp,
    /// Nothing is told after the call was taken.
    Silence,
}

/// A call as a provider was asked for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordedCall {
    /// The provider's id of it.
    pub provider_id: String,
    /// Which telephone is called first.
    pub to: String,
    /// The number that it shows.
    pub from: String,
    /// What happens once it is answered.
    pub script: String,
    /// Where news is asked for.
    pub status_url: Option<String>,
}

impl Default for Conduct {
    fn default() -> Self {
        Self {
            faults: Faults::default(),
            latency_ms: 0,
            refuse: None,
            manner: Manner::Proper,
            outage: None,
            receipt_percent: 100,
            account_status: "active".to_owned(),
            clock_ahead_ms: 0,
            alter_text: Alteration::None,
            callback_to: None,
            call: CallEnd::Talked,
        }
    }
}

/// How sends are answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Manner {
    /// As the carrier's engine decides.
    #[default]
    Proper,
    /// Never; nothing is taken.
    Hang,
    /// The connection breaks; nothing is taken.
    Break,
    /// The connection breaks, though the message is taken.
    TakeAndBreak,
    /// With this HTTP status and no body; nothing is taken.
    Status(u16),
    /// With this HTTP status and no body, though the message is taken.
    TakeAndStatus(u16),
}

/// How a provider changes the text that it was given, in its own records and for the customer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alteration {
    /// Not at all.
    #[default]
    None,
    /// A trial account's line comes before it.
    TrialPrefix,
    /// Characters that take more room give way to plain ones ("smart encoding").
    SmartEncoding,
}

impl Alteration {
    pub(crate) fn of(self, text: &str) -> String {
        match self {
            Self::None => text.to_owned(),
            Self::TrialPrefix => format!("Sent from your Twilio trial account - {text}"),
            Self::SmartEncoding => {
                let quotes = text.replace(['‘', '’'], "'").replace(['“', '”'], "\"");
                quotes.replace(['–', '—'], "-").replace('…', "...")
            }
        }
    }
}

/// One message as it was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// Id of the provider.
    pub provider: &'static str,
    /// The id that the carrier gave it, whether or not it took it.
    pub provider_id: String,
    /// Sender; empty when a Messaging Service chooses.
    pub from: String,
    /// Recipient.
    pub to: String,
    /// The text.
    pub text: Option<String>,
    /// Links to files.
    pub media_urls: Vec<String>,
    /// Where receipts are asked for.
    pub status_url: Option<String>,
    /// The desk's id of it, where the provider takes one and gives it back.
    pub our_id: Option<String>,
    /// Whether the carrier took it.
    pub taken: bool,
    /// Milliseconds since 1970 at which it came.
    pub at: i64,
}

/// What the sender hears of a send, whether or not it was taken.
#[derive(Debug)]
pub enum End {
    /// That it was taken.
    Yes,
    /// That it was not, and why.
    No(Verdict),
    /// That it was not, for this reason.
    Refused(ErrorKind),
    /// A bare HTTP status.
    Bare(StatusCode),
    /// Nothing.
    Nothing,
}

/// The simulator's memory.
#[derive(Debug)]
pub struct Stage {
    inner: Mutex<Inner>,
    changed: watch::Sender<()>,
    pub(crate) client: reqwest::Client,
    pub(crate) stop: CancellationToken,
}

#[derive(Debug, Default)]
struct Inner {
    conduct: Conduct,
    sent: Vec<Recorded>,
    calls: Vec<RecordedCall>,
    taken: usize,
}

impl Stage {
    pub(crate) fn new(stop: CancellationToken) -> anyhow::Result<Self> {
        let client = crate::webhook::client()?;
        let changed = watch::Sender::new(());
        Ok(Self { inner: Mutex::default(), changed, client, stop })
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How the simulator behaves now.
    pub fn conduct(&self) -> Conduct {
        self.lock().conduct.clone()
    }

    pub(crate) fn change(&self, change: impl FnOnce(&mut Conduct)) {
        change(&mut self.lock().conduct);
    }

    pub(crate) fn sent(&self) -> Vec<Recorded> {
        self.lock().sent.clone()
    }

    pub(crate) fn calls(&self) -> Vec<RecordedCall> {
        self.lock().calls.clone()
    }

    /// Decides about a call that a provider is asked for, as about a message, and remembers it if
    /// it is taken.
    pub(crate) fn dial(&self, call: RecordedCall) -> End {
        let conduct = self.conduct();
        let (taken, end) = decide(&conduct);
        if taken {
            self.lock().calls.push(call);
            self.changed.send_replace(());
        }
        if matches!(conduct.manner, Manner::Break | Manner::TakeAndBreak) {
            CUT.try_with(|cut| cut.notify_one()).ok();
        }
        end
    }

    pub(crate) fn submissions(&self) -> usize {
        self.lock().sent.len()
    }

    pub(crate) fn taken(&self) -> usize {
        self.lock().taken
    }

    pub(crate) fn forget(&self) {
        let mut inner = self.lock();
        inner.sent.clear();
        inner.taken = 0;
    }

    pub(crate) async fn until(&self, holds: impl Fn(&Self) -> bool) {
        let mut changes = self.changed.subscribe();
        while !holds(self) {
            if changes.changed().await.is_err() {
                return;
            }
        }
    }

    /// Decides about a submission, remembers it, and waits as long as the provider would.
    /// The first value tells whether the carrier took it.
    pub async fn submit(&self, mut submission: Recorded) -> (bool, End) {
        let conduct = self.conduct();
        let (taken, end) = decide(&conduct);
        submission.taken = taken;
        {
            let mut inner = self.lock();
            inner.taken += usize::from(taken);
            inner.sent.push(submission);
        }
        self.changed.send_replace(());
        if conduct.latency_ms > 0 {
            tokio::time::sleep(Duration::from_millis(conduct.latency_ms)).await;
        }
        if matches!(conduct.manner, Manner::Break | Manner::TakeAndBreak) {
            // Outside of a request there is no connection to break.
            CUT.try_with(|cut| cut.notify_one()).ok();
        }
        (taken, end)
    }
}

tokio::task_local! {
    /// Told when the connection of the present request is to break.
    static CUT: Arc<Notify>;
}

/// Stands before every provider's API: nothing comes through an outage, and [`Stage::submit`] may
/// break the connection of the request that it decides about.
pub(crate) async fn reached(
    Extension(stage): Extension<Arc<Stage>>,
    request: Request,
    next: Next,
) -> Response {
    if let Some(status) = stage.conduct().outage {
        return StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY).into_response();
    }
    let cut = Arc::new(Notify::new());
    tokio::select! {
        answer = CUT.scope(Arc::clone(&cut), next.run(request)) => answer,
        () = cut.notified() => broken(),
    }
}

/// An answer that ends before it is whole.
fn broken() -> Response {
    let end = io::Error::from(io::ErrorKind::ConnectionReset);
    Body::from_stream(stream::iter([Err::<Bytes, _>(end)])).into_response()
}

fn decide(conduct: &Conduct) -> (bool, End) {
    if let (Manner::Proper, Some(kind)) = (conduct.manner, conduct.refuse) {
        return (false, End::Refused(kind));
    }
    let bare = |status| End::Bare(StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY));
    match conduct.manner {
        Manner::Hang | Manner::Break => (false, End::Nothing),
        Manner::TakeAndBreak => (true, End::Nothing),
        Manner::Status(status) => (false, bare(status)),
        Manner::TakeAndStatus(status) => (true, bare(status)),
        Manner::Proper => match engine::verdict(&conduct.faults) {
            Verdict::Accept => (true, End::Yes),
            Verdict::Silence => (true, End::Nothing),
            refusal => (false, End::No(refusal)),
        },
    }
}

/// An answer with a JSON body.
pub(crate) fn json(status: u16, body: &serde_json::Value) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, axum::Json(body)).into_response()
}

/// Milliseconds since 1970.
pub(crate) fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

/// The answer that never comes: the request waits until the other side gives up.
pub(crate) async fn never() -> Response {
    std::future::pending().await
}
