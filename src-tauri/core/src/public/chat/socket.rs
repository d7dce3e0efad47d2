//! The way to a visitor's line: the page is looked at before the upgrade, so that a page of another
//! website has no line at all.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message as Frame, WebSocket, WebSocketUpgrade};
use axum::extract::{ConnectInfo, Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use deskbell_channels::livechat::frames::{
    self, BadFrame, FRAME_BYTES, Hello, Stage, VisitorFrame,
};

use super::super::Door;
use super::frames::DeskFrame;
use super::line::{self, Left};
use crate::app::App;
use crate::chat::sites::Site;

/// How long a browser may take to say who it is.
const GREETING_LIMIT: Duration = Duration::from_secs(10);
/// How long one frame may take to leave; a browser that is slower than that is let go.
const FRAME_LIMIT: Duration = Duration::from_secs(20);
/// How long what a browser still sends is read after the end.
const DRAIN: Duration = Duration::from_secs(2);
/// Bytes that a line sets aside for what comes in; most of the time nothing does.
const BUFFER: usize = 1_024;
/// Bytes that may wait to leave.
const WAITING: usize = 512 * 1024;

/// Opens a visitor's line.
pub(super) async fn open(
    State(door): State<Arc<Door>>,
    Path(site): Path<String>,
    peer: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let guest = match super::guest(&door, &site, &headers).await {
        Ok(guest) => guest,
        Err(response) => return response,
    };
    let Ok(upgrade) = upgrade else { return StatusCode::NOT_FOUND.into_response() };
    let peer = peer.map(|axum::Extension(peer)| peer);
    let address = match super::sender_of(&door, peer, &headers).await {
        Ok(address) => address,
        Err(error) => return super::failed(&error),
    };
    let agent = headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok());
    let agent: String = agent.unwrap_or_default().chars().take(300).collect();
    let app = door.app.clone();
    let upgrade = upgrade
        .max_message_size(FRAME_BYTES)
        .max_frame_size(FRAME_BYTES)
        .read_buffer_size(BUFFER)
        .write_buffer_size(0)
        .max_write_buffer_size(WAITING);
    let tasks = app.tasks().clone();
    upgrade.on_upgrade(move |socket| {
        tasks.track_future(serve(app, guest.site, address, agent, Wire { socket }))
    })
}

/// Why a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// It broke, or the browser left.
    Gone,
    /// The browser is told why.
    Told(u16, &'static str, &'static str),
}

impl From<BadFrame> for End {
    fn from(bad: BadFrame) -> Self {
        let code = match bad {
            BadFrame::TooLarge => 1_009,
            BadFrame::Unreadable | BadFrame::Unfit => 1_007,
            BadFrame::OutOfTurn => 1_002,
        };
        Self::Told(code, "bad_frame", "What this page sent cannot be read.")
    }
}

/// The desk stops.
pub(super) const STOPPING: End = End::Told(1_012, "stopping", "The desk starts anew.");
/// Too much of something.
pub(super) const TOO_MANY: End = End::Told(1_008, "too_many", "This is too much at a time.");
/// The desk failed.
pub(super) const FAILED: End = End::Told(1_011, "failed", "Something went wrong at the desk.");

/// The wire of one line.
pub(super) struct Wire {
    socket: WebSocket,
}

impl Wire {
    /// The next frame of the browser.
    pub(super) async fn hear(&mut self) -> Result<VisitorFrame, End> {
        loop {
            match self.socket.recv().await {
                Some(Ok(Frame::Text(text))) => return frames::read(&text).map_err(End::from),
                Some(Ok(Frame::Ping(_) | Frame::Pong(_))) => {}
                Some(Ok(Frame::Binary(_))) => return Err(BadFrame::Unreadable.into()),
                Some(Ok(Frame::Close(_))) | None => return Err(End::Gone),
                Some(Err(error)) => return Err(broken(&error)),
            }
        }
    }

    /// Tells the browser something.
    pub(super) async fn tell(&mut self, frame: &DeskFrame) -> Result<(), End> {
        let text = serde_json::to_string(frame).map_err(|_| FAILED)?;
        let sending = self.socket.send(Frame::Text(text.into()));
        match tokio::time::timeout(FRAME_LIMIT, sending).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Gone),
        }
    }

    async fn close(mut self, end: End) {
        if let End::Told(close, code, message) = end {
            if self.tell(&DeskFrame::Bye { code, message }).await.is_err() {
                return;
            }
            let reason = CloseFrame { code: close, reason: code.into() };
            let closing = self.socket.send(Frame::Close(Some(reason)));
            tokio::time::timeout(FRAME_LIMIT, closing).await.ok();
            // What is still on its way is read and dropped: else the browser would not hear why.
            let rest = async { while let Some(Ok(_)) = self.socket.recv().await {} };
            tokio::time::timeout(DRAIN, rest).await.ok();
        }
    }
}

/// A frame that is too large is told so; everything else that breaks a line has no end to be told.
fn broken(error: &axum::Error) -> End {
    let too_large = error.to_string().to_lowercase().contains("too long")
        || error.to_string().to_lowercase().contains("space limit");
    if too_large { BadFrame::TooLarge.into() } else { End::Gone }
}

async fn serve(app: App, site: Arc<Site>, address: Option<IpAddr>, agent: String, mut wire: Wire) {
    let hello = tokio::select! {
        () = app.stopping().cancelled() => Err(STOPPING),
        hello = tokio::time::timeout(GREETING_LIMIT, greeting(&mut wire)) => {
            hello.unwrap_or(Err(End::Told(1_008, "no_hello", "This page said nothing.")))
        }
    };
    let hello = match hello {
        Ok(hello) => hello,
        Err(end) => return wire.close(end).await,
    };
    // What a line does is kept apart from what it is while it waits: thousands wait.
    let begun = Box::pin(line::begin(&app, &site, address, agent, hello, &mut wire)).await;
    let (mut line, mut news) = match begun {
        Ok(begun) => begun,
        Err(end) => return wire.close(end).await,
    };
    let end = line::follow(&app, &mut line, &mut news, &mut wire).await;
    let Left { hash } = line.leave();
    app.tasks().spawn(line::gone(app.clone(), hash));
    wire.close(end).await;
}

/// The first frame, which has to be a `hello`.
async fn greeting(wire: &mut Wire) -> Result<Hello, End> {
    let frame = wire.hear().await?;
    frames::in_turn(Stage::Fresh, &frame).map_err(End::from)?;
    match frame {
        VisitorFrame::Hello(hello) => Ok(hello),
        _ => Err(BadFrame::OutOfTurn.into()),
    }
}
