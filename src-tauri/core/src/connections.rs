//! The live channels, by id and by webhook token: made from the store, remade when settings change.
//!
//! Only channels that are switched on are live. Knows providers through their traits alone, and
//! neither HTTP nor what a message is.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use deskbell_channels::exchange::Limits;
use deskbell_channels::form::{FieldKind, FieldProblem, IdentityKind, Settings};
use deskbell_channels::http::{Http, Timeouts};
use deskbell_channels::{Channel, Provider};
use secrecy::SecretString;
use tokio::sync::{Notify, watch};
use url::Url;

use crate::app::App;
use crate::error::{Error, Result};
use crate::gate::{self, Gate, Refusals};
use crate::model::{ChannelId, ChannelState};
use crate::store::channels::{self, ChannelRow};

/// A channel that can receive and send.
pub struct Live {
    /// Id.
    pub id: ChannelId,
    /// Id of its provider.
    pub provider: &'static str,
    /// Name of the channel.
    pub name: String,
    /// What the addresses of its customers are.
    pub identity: IdentityKind,
    /// What the provider allows.
    pub limits: Limits,
    /// Messages per second at most.
    pub rate: f64,
    /// Text that goes with files sent without one.
    pub file_text: Option<String>,
    /// Last part of its webhook path.
    pub token: String,
    /// Speaks with the provider.
    pub channel: Arc<dyn Channel>,
    /// Its connections to the provider.
    pub http: Http,
    /// `host:port` of the addresses that an administrator entered: files may be fetched from there
    /// even if the address is private.
    pub trusted_hosts: Vec<String>,
    /// Who may bring its webhooks.
    pub gate: Gate,
    /// Webhook requests that it did not believe.
    pub refusals: Refusals,
}

impl std::fmt::Debug for Live {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Live")
            .field("id", &self.id)
            .field("provider", &self.provider)
            .finish_non_exhaustive()
    }
}

/// Path of the webhook of a channel.
pub fn webhook_path(provider: &str, token: &str) -> String {
    format!("/api/v1.0/webhook/{provider}/{token}")
}

/// Where a stored secret is sealed to: the same bytes are worthless in another place.
pub(crate) fn secret_place(channel: ChannelId, name: &str) -> String {
    format!("channel_secrets/{channel}/{name}")
}

/// What a person entered, with the secrets opened.
pub(crate) fn settings_of(
    app: &App,
    row: &ChannelRow,
    sealed: &BTreeMap<String, Vec<u8>>,
) -> Result<Settings> {
    let mut secrets: BTreeMap<String, SecretString> = BTreeMap::new();
    for (name, sealed) in sealed {
        let opened = app.vault().open_sealed(&secret_place(row.id, name), sealed)?;
        secrets.insert(name.clone(), opened);
    }
    Ok(Settings { values: row.values.clone(), secrets, base_url: row.base_url.clone() })
}

/// Makes a channel live from its settings; `Err` names the fields that do not fit.
pub(crate) fn connect(
    row: &ChannelRow,
    mut settings: Settings,
) -> Result<std::result::Result<Live, Vec<FieldProblem>>> {
    let provider = provider_of(row)?;
    let description = provider.description();
    let trusted_hosts = trusted_hosts(provider, &settings);
    let password = settings.secrets.remove(gate::PASSWORD);
    let gate = Gate::new(&row.allowed_networks, row.webhook_user.as_deref(), password.as_ref());
    let channel = match provider.connect(settings) {
        Ok(channel) => channel,
        Err(problems) => return Ok(Err(problems)),
    };
    let http =
        Http::new(Timeouts::default()).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Ok(Live {
        id: row.id,
        provider: description.id,
        name: row.name.clone(),
        identity: description.identity,
        limits: channel.limits(),
        rate: row.rate,
        file_text: row.file_text.clone(),
        token: row.token.clone(),
        channel,
        http,
        trusted_hosts,
        gate,
        refusals: Refusals::default(),
    }))
}

/// The provider of a stored channel.
pub(crate) fn provider_of(row: &ChannelRow) -> Result<&'static dyn Provider> {
    deskbell_channels::provider(&row.provider)
        .ok_or_else(|| Error::Conflict(format!("this version does not know “{}”", row.provider)))
}

/// The live channels.
#[derive(Debug)]
pub struct Connections {
    live: RwLock<Maps>,
    /// Keeps two reloads from overtaking each other.
    reloading: tokio::sync::Mutex<()>,
    changes: watch::Sender<u64>,
    /// Channels whose provider is to be asked soon whether they work.
    doubtful: std::sync::Mutex<BTreeSet<ChannelId>>,
    doubt: Notify,
}

#[derive(Debug, Default)]
struct Maps {
    by_id: HashMap<ChannelId, Arc<Live>>,
    by_token: HashMap<String, Arc<Live>>,
}

impl Maps {
    fn put(&mut self, live: Live) {
        let live = Arc::new(live);
        self.by_token.insert(live.token.clone(), Arc::clone(&live));
        self.by_id.insert(live.id, live);
    }

    fn remove(&mut self, id: ChannelId) {
        if let Some(live) = self.by_id.remove(&id) {
            self.by_token.remove(&live.token);
        }
    }
}

impl Connections {
    /// None yet.
    #[expect(clippy::new_without_default, reason = "made once, at the start")]
    pub fn new() -> Self {
        Self {
            live: RwLock::default(),
            reloading: tokio::sync::Mutex::default(),
            changes: watch::Sender::new(0),
            doubtful: std::sync::Mutex::default(),
            doubt: Notify::new(),
        }
    }

    /// The channel that a webhook is meant for.
    pub fn by_token(&self, provider: &str, token: &str) -> Option<Arc<Live>> {
        let live = self.live.read().unwrap_or_else(PoisonError::into_inner);
        live.by_token.get(token).filter(|live| live.provider == provider).cloned()
    }

    /// The channel with this id, if it is live.
    pub fn get(&self, id: ChannelId) -> Option<Arc<Live>> {
        self.live.read().unwrap_or_else(PoisonError::into_inner).by_id.get(&id).cloned()
    }

    /// All live channels.
    pub fn all(&self) -> Vec<Arc<Live>> {
        let live = self.live.read().unwrap_or_else(PoisonError::into_inner);
        live.by_id.values().cloned().collect()
    }

    /// Counts up whenever a channel was made live, remade or ended.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Makes every channel live that is switched on.
    pub async fn load_all(&self, app: &App) -> Result<()> {
        let ids = app
            .db()
            .read(|connection| {
                let rows = channels::all(connection)?;
                Ok(rows.into_iter().map(|row| row.id).collect::<Vec<_>>())
            })
            .await?;
        for id in ids {
            self.reload(app, id).await?;
        }
        Ok(())
    }

    /// Makes a channel live from what is stored now, or ends it.
    pub async fn reload(&self, app: &App, id: ChannelId) -> Result<()> {
        let _alone = self.reloading.lock().await;
        let stored = app
            .db()
            .read(move |connection| {
                Ok((channels::get(connection, id)?, channels::secrets(connection, id)?))
            })
            .await?;
        let live = match stored {
            (Some(row), sealed) if row.state == ChannelState::Active => revive(app, &row, &sealed),
            _ => None,
        };
        {
            let mut maps = self.live.write().unwrap_or_else(PoisonError::into_inner);
            maps.remove(id);
            if let Some(live) = live {
                maps.put(live);
            }
        }
        self.changes.send_modify(|count| *count += 1);
        Ok(())
    }

    /// Says that the provider of a channel is to be asked soon whether it works.
    pub(crate) fn doubt(&self, id: ChannelId) {
        self.doubtful.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
        self.doubt.notify_one();
    }

    /// Waits until there are doubts, and takes them.
    pub(crate) async fn doubts(&self) -> BTreeSet<ChannelId> {
        loop {
            let doubtful =
                std::mem::take(&mut *self.doubtful.lock().unwrap_or_else(PoisonError::into_inner));
            if !doubtful.is_empty() {
                return doubtful;
            }
            self.doubt.notified().await;
        }
    }
}

/// A live channel from its row; one that cannot be is logged, not fatal for the others.
fn revive(app: &App, row: &ChannelRow, sealed: &BTreeMap<String, Vec<u8>>) -> Option<Live> {
    let id = row.id;
    match settings_of(app, row, sealed).and_then(|settings| connect(row, settings)) {
        Ok(Ok(live)) => Some(live),
        Ok(Err(problems)) => {
            let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
            tracing::error!(channel.id = %id, ?fields, "a channel has settings that do not fit");
            None
        }
        Err(error) => {
            tracing::error!(channel.id = %id, %error, "a channel could not be connected");
            None
        }
    }
}

/// `host:port` of every address that an administrator entered.
fn trusted_hosts(provider: &dyn Provider, settings: &Settings) -> Vec<String> {
    let fields = provider.description().fields;
    let urls = fields.iter().filter(|field| field.kind == FieldKind::Url);
    urls.filter_map(|field| settings.value(field.name))
        .chain(settings.base_url.as_deref())
        .filter_map(|url| host_and_port(&Url::parse(url.trim()).ok()?))
        .collect()
}

/// `host:port` of a URL, with the port that its scheme implies.
pub(crate) fn host_and_port(url: &Url) -> Option<String> {
    Some(format!("{}:{}", url.host_str()?, url.port_or_known_default()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_trusted_with_its_port_only() {
        let general = deskbell_channels::provider("general").unwrap();
        let mut settings = Settings::default();
        settings.values.insert("send_url".into(), "http://10.0.0.5/send".into());
        settings.values.insert("verify_url".into(), "not an address".into());
        settings.base_url = Some("https://gateway.example.com:8443".into());
        assert_eq!(trusted_hosts(general, &settings), ["10.0.0.5:80", "gateway.example.com:8443"]);
    }

    #[test]
    fn a_secret_belongs_to_one_field_of_one_channel() {
        let (one, two) = (ChannelId::new(), ChannelId::new());
        assert_ne!(secret_place(one, "api_key"), secret_place(two, "api_key"));
        assert_ne!(secret_place(one, "api_key"), secret_place(one, "secret"));
    }
}
