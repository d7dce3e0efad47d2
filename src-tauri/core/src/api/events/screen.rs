//! What one client tells of its screen: which session is on it, and whether somebody writes. Who goes
//! fast through many sessions is seen where they rest.

use std::time::Duration;

use tokio::time::Instant;

use super::{End, Whereabouts, Who};
use crate::app::App;
use crate::error::{Error, Result};
use crate::rooms::{Doing, Seat};

/// How long after the last key somebody counts as writing.
const QUIET: Duration = Duration::from_secs(5);
/// Whereabouts of a client that are told to others within [`FRAMES_IN`]; of further ones only the
/// last, once that time is over.
const FRAMES: u32 = 60;
/// Frames within [`FRAMES_IN`] that no honest client sends.
const ABUSE: u32 = 1_000;
/// The time for [`FRAMES`].
const FRAMES_IN: Duration = Duration::from_secs(10);

/// One client's screen, as it tells.
pub(super) struct Screen {
    seat: Seat,
    /// When who writes on it stops, unless they go on.
    quiet_at: Option<Instant>,
    /// Frames since `since`.
    frames: u32,
    since: Instant,
    /// The last of the frames that were too many; it counts later.
    surplus: Option<Whereabouts>,
}

impl Screen {
    pub(super) fn new(app: &App) -> Self {
        Self {
            seat: app.rooms().seat(),
            quiet_at: None,
            frames: 0,
            since: Instant::now(),
            surplus: None,
        }
    }

    /// Takes a frame; what it cannot read it leaves, so that newer clients may say more.
    pub(super) async fn told(&mut self, app: &App, who: &Who, text: &str) -> Result<(), End> {
        if self.since.elapsed() > FRAMES_IN {
            (self.frames, self.since) = (0, Instant::now());
        }
        self.frames += 1;
        if self.frames > ABUSE {
            return Err(Error::TooManyRequests(FRAMES_IN.as_secs()).into());
        }
        let Ok(told) = serde_json::from_str::<Whereabouts>(text) else { return Ok(()) };
        if self.frames > FRAMES {
            self.surplus = Some(told);
            return Ok(());
        }
        self.go(app, who, told).await
    }

    /// Goes where the person is.
    async fn go(&mut self, app: &App, who: &Who, told: Whereabouts) -> Result<(), End> {
        (self.quiet_at, self.surplus) = (None, None);
        let Some(session) = told.session_id else {
            self.seat.leave();
            return Ok(());
        };
        let doing = match (told.writing, told.note) {
            (false, _) => Doing::Viewing,
            (true, false) => Doing::Writing,
            (true, true) => Doing::Noting,
        };
        match self.seat.enter(app, &who.caller, session, doing).await {
            Ok(()) => {
                self.quiet_at = told.writing.then(|| Instant::now() + QUIET);
                Ok(())
            }
            Err(Error::NotFound(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Ends when frames are taken again, if there is one that was put off.
    pub(super) async fn taken_again(&self) {
        match self.surplus {
            Some(_) => tokio::time::sleep_until(self.since + FRAMES_IN).await,
            None => std::future::pending().await,
        }
    }

    /// Goes where the last frame that was put off says.
    pub(super) async fn catch_up(&mut self, app: &App, who: &Who) -> Result<(), End> {
        match self.surplus.take() {
            Some(told) => self.go(app, who, told).await,
            None => Ok(()),
        }
    }

    /// Ends when who writes has been quiet for long enough; never while nobody writes.
    pub(super) async fn quiet(&self) {
        match self.quiet_at {
            Some(at) => tokio::time::sleep_until(at).await,
            None => std::future::pending().await,
        }
    }

    pub(super) fn pause(&mut self) {
        self.quiet_at = None;
        self.seat.pause();
    }
}
