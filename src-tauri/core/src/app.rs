//! The running desk: everything that lives as long as the program, started and stopped in one
//! place. Every task is spawned here or owned by something that is. Knows no window.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::accounts::{Links, Strangers, Visits};
use crate::attention::Seats;
use crate::chat::{self, Chat};
use crate::config::Config;
use crate::connections::Connections;
use crate::contacts::import::Imports;
use crate::error::{Error, Result};
use crate::events::Bus;
use crate::lan::{self, Lan};
use crate::media::Media;
use crate::rooms::Rooms;
use crate::secrets::Vault;
use crate::store::{Db, Index, migrate};
use crate::{
    api, channels, clock, counters, demo, later, outbox, phone, public, push, search, timers,
};

/// How far a listener of the bus may lag before it reads the log instead.
const BUS_CAPACITY: usize = 4_096;
/// How long a stop waits for what is being sent and answered.
const STOP_LIMIT: Duration = Duration::from_secs(25);

/// The running desk. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    config: Config,
    db: Db,
    index: Index,
    bus: Bus,
    vault: Vault,
    connections: Connections,
    media: Media,
    rooms: Rooms,
    chat: Chat,
    push: push::Push,
    seats: Seats,
    imports: Imports,
    outbox: Arc<Notify>,
    paces: outbox::Paces,
    strangers: Strangers,
    visits: Visits,
    links: Links,
    lan: Lan,
    stopping: CancellationToken,
    tasks: TaskTracker,
    workspace_addr: SocketAddr,
    public_addr: SocketAddr,
    prepared: migrate::Prepared,
}

impl App {
    /// Opens the store, binds both listeners and starts every task.
    pub async fn start(config: Config) -> Result<Self> {
        let at = config.data_dir.clone();
        let prepared = blocking(move || migrate::prepare(&at, clock::now())).await?;
        let (at, keychain) = (config.data_dir.clone(), config.keychain);
        let vault = blocking(move || Vault::open(&at, keychain)).await?;
        let bus = Bus::new(BUS_CAPACITY);
        let db = Db::open(&prepared.path, &bus, prepared.read_only.clone())?;
        let at = prepared.path.clone();
        let index = blocking(move || Index::open(&at)).await?;
        let workspace = bind(config.workspace_listen, "workspace")?;
        let public = bind(config.public_listen, "public")?;
        let media = Media::new(&config)?;
        let push = push::Push::new(&config);
        let rooms = Rooms::new();
        let chat = Chat::new(&bus, &rooms);
        let app = Self(Arc::new(Inner {
            workspace_addr: workspace.local_addr()?,
            public_addr: public.local_addr()?,
            config,
            db,
            index,
            bus,
            vault,
            connections: Connections::new(),
            media,
            chat,
            rooms,
            push,
            seats: Seats::default(),
            imports: Imports::default(),
            outbox: Arc::new(Notify::new()),
            paces: outbox::Paces::default(),
            strangers: Strangers::default(),
            visits: Visits::default(),
            links: Links::default(),
            lan: Lan::default(),
            stopping: CancellationToken::new(),
            tasks: TaskTracker::new(),
            prepared,
        }));
        counters::install();
        app.begin().await?;
        app.serve(workspace, public)?;
        lan::follow(&app).await?;
        tracing::info!(workspace = %app.workspace_addr(), public = %app.public_addr(), "the desk is open");
        Ok(app)
    }

    /// Starts the tasks. On a database that can only be read nothing is sent, fetched or timed.
    async fn begin(&self) -> Result<()> {
        let numbers = std::thread::Builder::new().name("numbers".into());
        numbers.spawn(phone::initialise)?;
        if self.db().read_only().is_some() {
            // Providers hear that nothing can be stored at present; those that repeat come again.
            return self.connections().load_all(self).await;
        }
        if self.config().demo && self.0.prepared.fresh {
            demo::install(self, clock::now()).await?;
        }
        self.connections().load_all(self).await?;
        outbox::start(self);
        channels::start_checks(self);
        self.media().start(self);
        timers::start(self);
        search::start(self);
        later::start(self);
        chat::calls::fail_left(self).await?;
        chat::following::start(self);
        push::start(self).await?;
        demo::start(self);
        if self.0.prepared.unclean {
            self.check_in_background();
        }
        Ok(())
    }

    fn serve(&self, workspace: TcpListener, public: TcpListener) -> Result<()> {
        let workspace = api::serve(self.clone(), workspace, self.stopping().clone())?;
        let public = public::serve(self.clone(), public)?;
        self.tasks().spawn(workspace);
        self.tasks().spawn(public);
        Ok(())
    }

    /// After a stop that was not clean the file is checked while the desk already works.
    fn check_in_background(&self) {
        let app = self.clone();
        self.tasks().spawn(async move {
            let path = app.db().path().to_owned();
            match blocking(move || migrate::quick_check(&path)).await {
                Ok(None) => tracing::info!("the database passed its check"),
                Ok(Some(problem)) => {
                    tracing::error!(problem, "the database is damaged");
                    app.db().set_damaged();
                }
                Err(error) => tracing::error!(%error, "the database could not be checked"),
            }
        });
    }

    /// Stops taking requests, lets what is being sent finish, commits and closes.
    pub async fn stop(&self) {
        self.stopping().cancel();
        self.tasks().close();
        if tokio::time::timeout(STOP_LIMIT, self.tasks().wait()).await.is_err() {
            tracing::warn!("some work did not finish in time; it is resumed at the next start");
        }
        let app = self.clone();
        tokio::task::spawn_blocking(move || {
            app.index().close();
            app.db().close();
            app.0.prepared.stopped_cleanly();
        })
        .await
        .ok();
        tracing::info!("the desk is closed");
    }

    /// How it was started.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// The store.
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The index of words.
    pub fn index(&self) -> &Index {
        &self.0.index
    }

    /// What changed.
    pub fn bus(&self) -> &Bus {
        &self.0.bus
    }

    /// Seals and opens secrets.
    pub fn vault(&self) -> &Vault {
        &self.0.vault
    }

    /// The live channels.
    pub fn connections(&self) -> &Connections {
        &self.0.connections
    }

    /// Files on disk and their way in.
    pub fn media(&self) -> &Media {
        &self.0.media
    }

    /// Who has which session on the screen.
    pub fn rooms(&self) -> &Rooms {
        &self.0.rooms
    }

    /// Visitors of websites.
    pub fn chat(&self) -> &Chat {
        &self.0.chat
    }

    /// What browsers are told with while no page is open.
    pub(crate) fn push(&self) -> &push::Push {
        &self.0.push
    }

    /// Where people are at this moment.
    pub fn seats(&self) -> &Seats {
        &self.0.seats
    }

    /// Files of contacts that wait for a decision.
    pub(crate) fn imports(&self) -> &Imports {
        &self.0.imports
    }

    /// Links that sign their users in once more.
    pub(crate) fn links(&self) -> &Links {
        &self.0.links
    }

    /// Sign-in names that nobody has.
    pub(crate) fn strangers(&self) -> &Strangers {
        &self.0.strangers
    }

    /// Devices that signed in while the database can only be read.
    pub(crate) fn visits(&self) -> &Visits {
        &self.0.visits
    }

    /// The door for colleagues in the office network.
    pub fn lan(&self) -> &Lan {
        &self.0.lan
    }

    /// Cancelled when the desk stops.
    pub fn stopping(&self) -> &CancellationToken {
        &self.0.stopping
    }

    /// Owner of every task.
    pub fn tasks(&self) -> &TaskTracker {
        &self.0.tasks
    }

    /// Says that something waits in the outbox. Call it after the commit.
    pub fn wake_outbox(&self) {
        self.0.outbox.notify_waiters();
    }

    /// Rings when something waits in the outbox.
    pub(crate) fn outbox_bell(&self) -> Arc<Notify> {
        Arc::clone(&self.0.outbox)
    }

    /// How fast each channel sends at present.
    pub fn paces(&self) -> &outbox::Paces {
        &self.0.paces
    }

    /// Where UI and API are.
    pub fn workspace_addr(&self) -> SocketAddr {
        self.0.workspace_addr
    }

    /// Where providers come in: what a tunnel or proxy has to reach.
    pub fn public_addr(&self) -> SocketAddr {
        self.0.public_addr
    }
}

/// Runs what blocks on a thread that may.
pub(crate) async fn blocking<T, F>(work: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T> + Send + 'static,
{
    tokio::task::spawn_blocking(work).await.map_err(|error| Error::Internal(error.to_string()))?
}

fn bind(address: SocketAddr, which: &str) -> Result<TcpListener> {
    let listener = TcpListener::bind(address).map_err(|error| {
        Error::Conflict(format!(
            "the {which} listener cannot use {address} ({error}); another program may have it: choose another port"
        ))
    })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}
