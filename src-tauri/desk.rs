//! The desk behind the window: the core that runs inside this process, or another desk that was
//! joined. Starts it, tells its address, stops it. Knows nothing of windows.

use std::path::{Path, PathBuf};
use std::time::Duration;

use deskbell_core::{App, Config};
use tokio::sync::watch;

use crate::joining::Address;

/// How long a stop may take: as long as a provider may take to answer, and a little more.
const STOP_WITHIN: Duration = Duration::from_secs(30);

/// Where the desk is.
#[derive(Clone)]
enum Seat {
    /// The core is starting.
    Starting,
    /// The core runs in this process.
    Here(App),
    /// On another machine.
    There(Address),
    /// The core did not start; a sentence for people.
    Refused(String),
    /// The core has stopped, or never will start.
    Closed,
}

/// The desk of this window.
pub(crate) struct Desk {
    data_dir: PathBuf,
    seat: watch::Sender<Seat>,
}

/// Where the page finds the desk.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Whereabouts {
    /// Origin of the workspace API, `http://127.0.0.1:41234`.
    address: String,
    /// Whether it is another machine's desk.
    joined: bool,
    /// Always true: the page runs in the window and not in a browser.
    desktop: bool,
}

impl Desk {
    /// A desk whose core is about to start, or another one that was joined.
    pub(crate) fn new(data_dir: PathBuf, joined: Option<Address>) -> Self {
        let seat = joined.map_or(Seat::Starting, Seat::There);
        Self { data_dir, seat: watch::Sender::new(seat) }
    }

    /// Where everything is kept.
    pub(crate) fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// The desk that was joined, if any.
    pub(crate) fn joined(&self) -> Option<Address> {
        match &*self.seat.borrow() {
            Seat::There(address) => Some(address.clone()),
            _ => None,
        }
    }

    /// Starts the core, once, unless another desk was joined. The error is a sentence for people.
    pub(crate) async fn start(&self, config: Config) -> Result<(), String> {
        if self.joined().is_some() {
            return Ok(());
        }
        match App::start(config).await {
            Ok(app) => {
                self.seat.send_replace(Seat::Here(app));
                Ok(())
            }
            Err(error) => {
                tracing::error!(%error, "the desk did not open");
                self.seat.send_replace(Seat::Refused(error.to_string()));
                Err(error.to_string())
            }
        }
    }

    /// Where the desk is, as soon as it is open.
    pub(crate) async fn whereabouts(&self) -> Result<Whereabouts, String> {
        match self.settled().await {
            Seat::Here(app) => Ok(Whereabouts {
                address: format!("http://{}", app.workspace_addr()),
                joined: false,
                desktop: true,
            }),
            Seat::There(address) => Ok(Whereabouts {
                address: address.as_str().to_owned(),
                joined: true,
                desktop: true,
            }),
            Seat::Refused(sentence) => Err(sentence),
            Seat::Starting | Seat::Closed => Err("Deskbell is closing.".to_owned()),
        }
    }

    /// Whether nothing is left to stop.
    pub(crate) fn is_closed(&self) -> bool {
        matches!(&*self.seat.borrow(), Seat::There(_) | Seat::Refused(_) | Seat::Closed)
    }

    /// Finishes what is being sent and closes the store, within a time limit.
    pub(crate) async fn stop(&self) {
        let stopping = async {
            if let Seat::Here(app) = self.settled().await {
                app.stop().await;
            }
        };
        if tokio::time::timeout(STOP_WITHIN, stopping).await.is_err() {
            tracing::warn!(seconds = STOP_WITHIN.as_secs(), "the desk did not close in time");
        }
        self.seat.send_if_modified(|seat| {
            let open = matches!(seat, Seat::Starting | Seat::Here(_));
            if open {
                *seat = Seat::Closed;
            }
            open
        });
    }

    async fn settled(&self) -> Seat {
        let mut seat = self.seat.subscribe();
        match seat.wait_for(|seat| !matches!(seat, Seat::Starting)).await {
            Ok(seat) => seat.clone(),
            Err(_) => Seat::Closed,
        }
    }
}
