//! The simulator's own API, for browser tests and for people: JSON under `/control`.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{get, post};
use axum::{Json, Router};
use deskbell_channels::exchange::{ErrorKind, Millis};
use deskbell_channels::form::Settings;
use deskbell_channels::simulated::engine::Fault;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::provider::{News, Provider, Route};
use crate::providers::{self, PROVIDERS};
use crate::stage::{Conduct, Recorded, RecordedCall, Stage, now};
use crate::webhook::{Said, Webhook};

pub(crate) fn router() -> Router<Arc<Stage>> {
    Router::new()
        .route("/control/providers", get(played))
        .route("/control/faults", get(conduct).post(set_conduct))
        .route("/control/calls", get(calls))
        .route("/control/sent", get(sent).delete(forget))
        .route("/control/deliver", post(deliver))
        .route("/control/receipt", post(receipt))
}

async fn conduct(State(stage): State<Arc<Stage>>) -> Json<Conduct> {
    Json(stage.conduct())
}

/// What is left out goes back to its default; the callback listener stays.
async fn set_conduct(
    State(stage): State<Arc<Stage>>,
    Json(wanted): Json<Conduct>,
) -> Json<Conduct> {
    stage.change(|conduct| {
        let callback_to = wanted.callback_to.or(conduct.callback_to);
        *conduct = Conduct { callback_to, ..wanted };
    });
    Json(stage.conduct())
}

async fn calls(State(stage): State<Arc<Stage>>) -> Json<Vec<RecordedCall>> {
    Json(stage.calls())
}

async fn sent(State(stage): State<Arc<Stage>>) -> Json<Vec<Recorded>> {
    Json(stage.sent())
}

async fn forget(State(stage): State<Arc<Stage>>) -> StatusCode {
    stage.forget();
    StatusCode::NO_CONTENT
}

/// A provider that can be played, for programs that drive the simulator.
#[derive(Serialize)]
struct Played {
    id: &'static str,
    /// Settings that work here, as the desk's API takes them.
    settings: Account,
    signs_time: bool,
    refusals: &'static [ErrorKind],
}

/// Settings in plain text: nothing of a simulator is secret.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Account {
    values: BTreeMap<String, String>,
    secrets: BTreeMap<String, String>,
    base_url: Option<String>,
}

impl From<Settings> for Account {
    fn from(settings: Settings) -> Self {
        let secrets = settings.secrets.into_iter();
        let shown = |(name, secret): (_, SecretString)| (name, secret.expose_secret().to_owned());
        Self {
            values: settings.values,
            secrets: secrets.map(shown).collect(),
            base_url: settings.base_url,
        }
    }
}

impl From<Account> for Settings {
    fn from(account: Account) -> Self {
        let secrets = account.secrets.into_iter();
        Self {
            values: account.values,
            secrets: secrets.map(|(name, secret)| (name, secret.into())).collect(),
            base_url: account.base_url,
        }
    }
}

async fn played(headers: HeaderMap) -> Json<Vec<Played>> {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let all = PROVIDERS.iter().map(|provider| Played {
        id: provider.id(),
        settings: provider.settings(&format!("http://{host}/{}", provider.id())).into(),
        signs_time: provider.signs_time(),
        refusals: provider.refusals(),
    });
    Json(all.collect())
}

/// Who tells, where to, and signed how.
#[derive(Deserialize)]
struct Way {
    /// Id of the provider.
    provider: String,
    /// Where the request really goes.
    target_url: String,
    /// The address that the provider knows and signs; the target when left out.
    public_url: Option<String>,
    /// The account, as the desk knows it.
    #[serde(default)]
    settings: Account,
    /// Short for Twilio's Auth Token or General's Secret in `settings`.
    secret: Option<String>,
    /// Short for Twilio's Account SID in `settings`.
    account_sid: Option<String>,
    /// When it is told, in milliseconds since 1970; now when left out.
    at: Option<Millis>,
}

/// A way with its provider found.
struct Found {
    provider: &'static dyn Provider,
    settings: Settings,
    target_url: String,
    signed_url: String,
    at: Millis,
}

impl Way {
    fn find(self) -> Result<Found, (StatusCode, String)> {
        let Some(provider) = providers::provider(&self.provider) else {
            return Err((StatusCode::NOT_FOUND, format!("nobody plays {}", self.provider)));
        };
        let mut settings = Settings::from(self.settings);
        for name in ["auth_token", "secret"] {
            let secret = self.secret.clone().map(|secret| (name.to_owned(), secret.into()));
            settings.secrets.extend(secret);
        }
        settings.values.extend(self.account_sid.map(|sid| ("account_sid".to_owned(), sid)));
        Ok(Found {
            provider,
            settings,
            signed_url: self.public_url.unwrap_or_else(|| self.target_url.clone()),
            target_url: self.target_url,
            at: self.at.unwrap_or_else(now),
        })
    }
}

impl Found {
    fn route(&self) -> Route<'_> {
        Route { settings: &self.settings, url: &self.signed_url, at: self.at }
    }

    async fn deliver(&self, stage: &Stage, webhook: &Webhook) -> Result<u16, (StatusCode, String)> {
        let arrived = webhook.deliver(&stage.client, &self.target_url).await;
        arrived.map_err(|error| {
            (StatusCode::BAD_GATEWAY, format!("the request did not arrive: {error}"))
        })
    }
}

#[derive(Deserialize)]
struct Delivery {
    #[serde(flatten)]
    way: Way,
    #[serde(flatten)]
    said: Said,
}

/// What became of a delivery.
#[derive(Serialize)]
struct Delivered {
    id: String,
    /// HTTP status of every attempt.
    statuses: Vec<u16>,
}

type Answered<T> = Result<Json<T>, (StatusCode, String)>;

/// As often as the faults say.
async fn deliver(
    State(stage): State<Arc<Stage>>,
    Json(Delivery { way, mut said }): Json<Delivery>,
) -> Answered<Delivered> {
    if said.id.is_empty() {
        said.id = format!("SM{}", uuid::Uuid::new_v4().simple());
    }
    let found = way.find()?;
    let faults = stage.conduct().faults;
    let webhooks = if faults.has(Fault::Unparsable) {
        vec![found.provider.garbled(&found.route(), &said)]
    } else {
        found.provider.message(&found.route(), &said)
    };
    let mut statuses = Vec::new();
    for webhook in &webhooks {
        for _ in 0..faults.copies() {
            statuses.push(found.deliver(&stage, webhook).await?);
        }
    }
    Ok(Json(Delivered { id: said.id, statuses }))
}

#[derive(Deserialize)]
struct Receipt {
    #[serde(flatten)]
    way: Way,
    /// The message, by the id that the provider gave it.
    id: String,
    status: Fate,
    /// Why it failed.
    kind: Option<ErrorKind>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Fate {
    Sent,
    Delivered,
    #[serde(alias = "undelivered")]
    Failed,
}

/// News of a message that the desk sent, where the provider tells any.
async fn receipt(
    State(stage): State<Arc<Stage>>,
    Json(Receipt { way, id, status, kind }): Json<Receipt>,
) -> Answered<Delivered> {
    let Some(message) = stage.sent().into_iter().find(|message| message.provider_id == id) else {
        return Err((StatusCode::NOT_FOUND, format!("no message has the id {id}")));
    };
    let news = match status {
        Fate::Sent => News::Sent,
        Fate::Delivered => News::Delivered,
        Fate::Failed => News::Failed(kind.unwrap_or(ErrorKind::Other)),
    };
    let found = way.find()?;
    let Some(webhook) = found.provider.receipt(&found.route(), &message, news) else {
        let words = format!("{} never tells that", found.provider.id());
        return Err((StatusCode::CONFLICT, words));
    };
    let answered = found.deliver(&stage, &webhook).await?;
    Ok(Json(Delivered { id, statuses: vec![answered] }))
}
