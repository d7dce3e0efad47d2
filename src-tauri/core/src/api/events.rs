//! The event stream: a WebSocket on which every client follows what changed, from the last number
//! it has. Nothing is missed after a sleep, and a slow client holds up nobody else.

mod calls;
mod screen;

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{Message as Frame, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::screen::Screen;
use super::guard::Door;
use super::problem::{Problem, Problems};
use crate::access::Caller;
use crate::app::App;
use crate::attention::Taken;
use crate::error::{Code, Error, Result};
use crate::events::{Audience, Event, Logged};
use crate::model::{Attention, ChatCall, ChatCallId, SessionId, Time, UserId};
use crate::rooms::{Room, Stir, Told, VisitorNews};
use crate::store::events as log;
use crate::{accounts, clock, rooms};

/// How long a client may take to say who it is.
const GREETING_LIMIT: Duration = Duration::from_secs(10);
/// How long one frame may take to leave; a client that is slower than that is let go.
const FRAME_LIMIT: Duration = Duration::from_secs(20);
/// How often every client hears that the line lives.
const BEAT: Duration = Duration::from_secs(20);
/// How often it is looked whether the caller is still signed in.
const RECHECK: Duration = Duration::from_mins(1);
/// Bytes that a client may send in one frame.
const GREETING_BYTES: usize = 4 * 1024;
/// Events read from the log at once.
const PAGE: usize = 500;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(follow_events))
}

/// The first frame of a client.
#[derive(Deserialize, ToSchema)]
pub(super) struct Greeting {
    /// Bearer token.
    token: String,
    /// Number of the last event it has; `null`: from now on.
    #[serde(default)]
    since: Option<i64>,
}

/// What a client tells after its greeting: which session is on its screen. Sent when that changes,
/// and again every few seconds while somebody writes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Whereabouts {
    /// The session; `null`: none.
    session_id: Option<SessionId>,
    /// Whether somebody writes in it; this ends by itself 5 seconds after it was last told.
    #[serde(default)]
    writing: bool,
    /// Whether what they write is a note for the team; a visitor of a live chat does not hear of it.
    #[serde(default)]
    note: bool,
}

/// A further frame of a client. Others, and what cannot be read, are passed over.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum ClientFrame {
    /// Where the person in front of it is, whenever it changes.
    Attention(Attention),
}

/// A frame to a client.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum EventFrame {
    /// The client is known; events after `seq` follow.
    Hello {
        /// Number of the last event that it has or that happened before it came.
        seq: i64,
    },
    /// Something changed.
    Event {
        /// Its number.
        seq: i64,
        /// When.
        at: Time,
        /// What.
        event: Event,
    },
    /// Nothing happened, but the line lives: sent every 20 seconds, for clients that cannot see
    /// pings. Who hears nothing for longer should connect again.
    Beat {
        /// Number of the last event that was looked at for this client.
        seq: i64,
    },
    /// Somebody came to a session, left it, began or stopped writing. Has no number and is not kept.
    Room(Room),
    /// Every session that somebody has on the screen; what was told before does not hold any more.
    /// Comes after `Hello` and `Resync` too, unless there is none: a line begins with empty rooms.
    Rooms {
        /// Who is where.
        rooms: Vec<Room>,
    },
    /// A draft has another text. Has no number and is not kept.
    Draft {
        /// Its session.
        session_id: SessionId,
        /// Whose it is.
        user_id: UserId,
        /// `true`: it is one of a note.
        note: bool,
        /// Its version.
        version: i64,
    },
    /// The visitor of a live chat came, left, began or stopped writing, or went to another page. Has
    /// no number and is not kept.
    Visitor(VisitorNews),
    /// Every visitor of a live chat who is there; of those who were told before and are not among
    /// them, everybody has left. Comes after `Hello` and `Resync` too, unless there is none.
    Visitors {
        /// How they are.
        visitors: Vec<VisitorNews>,
    },
    /// A call in a live chat is new, or different; as this user sees it. Has no number and is not
    /// kept.
    ChatCall {
        /// The call.
        call: ChatCall,
    },
    /// Every call in a live chat that rings for this user, and the one that they are in; of others
    /// that were told before, none is under way. Comes after `Hello` and `Resync` too, unless there
    /// is none.
    ChatCalls {
        /// The calls.
        calls: Vec<ChatCall>,
    },
    /// The visitor whom this user called answers. Told again on a new line while they talk.
    ChatCallAnswer {
        /// The call.
        call: ChatCallId,
        /// The visitor's answer.
        sdp: String,
    },
    /// A further way to reach the visitor with whom this user talks. Told again on a new line.
    ChatCallCandidate {
        /// The call.
        call: ChatCallId,
        /// The browser's own words for it; empty: there are no more.
        candidate: String,
    },
    /// The client was away for too long: ask for everything again, then follow from `seq`.
    Resync {
        /// Number of the last event.
        seq: i64,
    },
    /// The client is not let in, or no longer; the line closes.
    Error {
        /// For machines.
        code: Code,
        /// For people.
        message: String,
    },
}

/// Follows what changes. After the upgrade the client sends one `Greeting` within 10 seconds and
/// then reads `EventFrame`s, one every 20 seconds at least. It may tell its `Whereabouts`, and where
/// the person in front of it is, as a `ClientFrame`.
#[utoipa::path(get, path = "/events", tag = "events", security(()),
    responses((status = 101, description = "A WebSocket that carries EventFrame", body = EventFrame), Problems))]
async fn follow_events(
    State(app): State<App>,
    Extension(door): Extension<Door>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Result<Response, Problem> {
    let upgrade = upgrade.map_err(|_| {
        Problem::new(Code::BadRequest, "this address is a WebSocket: ask for an upgrade")
    })?;
    let upgrade = upgrade.max_message_size(GREETING_BYTES).max_frame_size(GREETING_BYTES);
    let tasks = app.tasks().clone();
    Ok(upgrade.on_upgrade(move |socket| {
        tasks.track_future(async move {
            tokio::select! {
                () = door.closed() => {}
                () = serve(app, socket) => {}
            }
        })
    }))
}

async fn serve(app: App, socket: WebSocket) {
    let mut line = Line { socket, sent: 0 };
    let greeted = tokio::select! {
        () = app.stopping().cancelled() => return,
        greeted = tokio::time::timeout(GREETING_LIMIT, line.greeting()) => greeted,
    };
    let Ok(Some(greeting)) = greeted else { return };
    if let Err(End::Refused(error)) = follow(&app, &mut line, greeting).await {
        let problem = Problem::from(error);
        let frame = EventFrame::Error { code: problem.code, message: problem.message };
        line.send(&frame).await.ok();
    }
}

/// Why a line ends.
enum End {
    /// It broke, or the client left.
    Gone,
    /// The client is told why.
    Refused(Error),
}

impl From<Error> for End {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

/// One client's line.
struct Line {
    socket: WebSocket,
    /// Number of the last event that was looked at for it.
    sent: i64,
}

impl Line {
    async fn greeting(&mut self) -> Option<Greeting> {
        loop {
            match self.socket.recv().await? {
                Ok(Frame::Text(text)) => return serde_json::from_str(&text).ok(),
                Ok(Frame::Ping(_) | Frame::Pong(_)) => {}
                Ok(Frame::Binary(_) | Frame::Close(_)) | Err(_) => return None,
            }
        }
    }

    async fn send(&mut self, frame: &EventFrame) -> Result<(), End> {
        let text = serde_json::to_string(frame).map_err(|_| End::Gone)?;
        let frame = Frame::Text(text.into());
        match tokio::time::timeout(FRAME_LIMIT, self.socket.send(frame)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Gone),
        }
    }

    /// Sends an event if the caller may know of it and has not got it.
    async fn tell(&mut self, who: &Who, logged: &Logged) -> Result<(), End> {
        if logged.seq <= self.sent {
            return Ok(());
        }
        self.sent = logged.seq;
        if !may_know(&who.caller, &logged.audience) || !concerns(&who.caller, &logged.event) {
            return Ok(());
        }
        let frame =
            EventFrame::Event { seq: logged.seq, at: logged.at, event: logged.event.clone() };
        self.send(&frame).await?;
        match logged.event {
            Event::SignedOut { .. } => Err(End::Gone),
            _ => Ok(()),
        }
    }
}

/// Who follows.
struct Who {
    token: String,
    caller: Caller,
}

impl Who {
    async fn of(app: &App, token: String) -> Result<Self> {
        let caller = accounts::caller_of(app, &token, clock::now()).await?;
        Ok(Self { token, caller })
    }

    /// Queues and role may have changed; the device may have been logged out.
    async fn refresh(&mut self, app: &App) -> Result<()> {
        self.caller = accounts::caller_of(app, &self.token, clock::now()).await?;
        Ok(())
    }
}

async fn follow(app: &App, line: &mut Line, greeting: Greeting) -> Result<(), End> {
    let mut who = Who::of(app, greeting.token).await?;
    let seat = app.seats().take(who.caller.user, who.caller.device);
    let _callable = app.chat().calls().come(who.caller.user, who.caller.device);
    // Listening begins before the log is read, so that nothing falls between the two.
    let mut bus = app.bus().subscribe();
    let mut stirs = app.rooms().subscribe();
    begin(app, line, &who, greeting.since).await?;
    // A new line begins with empty rooms.
    let rooms = known_rooms(app, &who);
    if !rooms.is_empty() {
        line.send(&EventFrame::Rooms { rooms }).await?;
    }
    let visitors = known_visitors(app, &who);
    if !visitors.is_empty() {
        line.send(&EventFrame::Visitors { visitors }).await?;
    }
    calls::begin(app, line, &who).await?;
    let mut screen = Screen::new(app);
    let mut beat = tokio::time::interval(BEAT);
    beat.reset();
    let mut recheck = tokio::time::interval(RECHECK);
    recheck.reset();
    loop {
        tokio::select! {
            () = app.stopping().cancelled() => return Err(Error::Stopping.into()),
            heard = bus.recv() => hear(app, line, &mut who, &mut bus, heard).await?,
            frame = line.socket.recv() => match frame {
                Some(Ok(Frame::Close(_)) | Err(_)) | None => return Err(End::Gone),
                Some(Ok(Frame::Text(text))) => {
                    attend(&seat, &text);
                    screen.told(app, &who, &text).await?;
                }
                Some(Ok(_)) => {}
            },
            stir = stirs.recv() => stirred(app, line, &who, stir).await?,
            () = screen.quiet() => screen.pause(),
            () = screen.taken_again() => screen.catch_up(app, &who).await?,
            _ = beat.tick() => line.send(&EventFrame::Beat { seq: line.sent }).await?,
            _ = recheck.tick() => who.refresh(app).await?,
        }
    }
}

/// Takes what a client says of its person; the rest is for its screen.
fn attend(seat: &Taken, text: &str) {
    match serde_json::from_str(text) {
        Ok(ClientFrame::Attention(attention)) => seat.tell(attention),
        // Of a newer client, perhaps.
        Err(_) => {}
    }
}

/// Says hello and sends what the client has missed, or tells it to ask for everything again.
async fn begin(app: &App, line: &mut Line, who: &Who, since: Option<i64>) -> Result<(), End> {
    let (oldest, last) =
        app.db().read(|connection| Ok((log::oldest(connection)?, log::last(connection)?))).await?;
    let Some(since) = since else {
        line.sent = last;
        return line.send(&EventFrame::Hello { seq: last }).await;
    };
    if since > last || since + 1 < oldest {
        line.sent = last;
        return line.send(&EventFrame::Resync { seq: last }).await;
    }
    line.sent = since;
    line.send(&EventFrame::Hello { seq: since }).await?;
    catch_up(app, line, who).await
}

/// Sends what is in the log after the last event that was sent.
async fn catch_up(app: &App, line: &mut Line, who: &Who) -> Result<(), End> {
    loop {
        let since = line.sent;
        let missed = app.db().read(move |connection| log::after(connection, since, PAGE)).await?;
        for logged in &missed {
            line.tell(who, logged).await?;
        }
        if missed.len() < PAGE {
            return Ok(());
        }
    }
}

async fn hear(
    app: &App,
    line: &mut Line,
    who: &mut Who,
    bus: &mut Receiver<Arc<Logged>>,
    heard: Result<Arc<Logged>, RecvError>,
) -> Result<(), End> {
    match heard {
        Ok(logged) => {
            if changes_rights(&logged.event) {
                // A logged-out device hears of it before it is refused.
                line.tell(who, &logged).await?;
                who.refresh(app).await?;
            }
            line.tell(who, &logged).await
        }
        // The client was slower than the desk: the log has what the bus has dropped.
        Err(RecvError::Lagged(_)) => {
            *bus = app.bus().subscribe();
            catch_up(app, line, who).await
        }
        Err(RecvError::Closed) => Err(End::Gone),
    }
}

/// Who has which session on the screen, as far as the caller may know.
fn known_rooms(app: &App, who: &Who) -> Vec<Room> {
    let rooms = app.rooms().all().into_iter();
    let known = rooms.filter(|(_, audience)| may_know(&who.caller, audience));
    known.map(|(room, _)| room).collect()
}

/// Visitors who are there, as far as the caller may know.
fn known_visitors(app: &App, who: &Who) -> Vec<VisitorNews> {
    let all = app.chat().hub().all(clock::now()).into_iter();
    all.filter(|(_, audience)| may_know(&who.caller, audience)).map(|(news, _)| news).collect()
}

/// Tells what is worth telling and not worth keeping.
async fn stirred(
    app: &App,
    line: &mut Line,
    who: &Who,
    heard: Result<Arc<Told>, RecvError>,
) -> Result<(), End> {
    match heard {
        Ok(told) if !may_know(&who.caller, &told.audience) => Ok(()),
        Ok(told) => match &told.stir {
            Stir::Room(room) => line.send(&EventFrame::Room(room.clone())).await,
            Stir::Draft(news) => {
                let rooms::DraftNews { session: session_id, user: user_id, note, version } = *news;
                let frame = EventFrame::Draft { session_id, user_id, note, version };
                line.send(&frame).await
            }
            Stir::Visitor(news) => line.send(&EventFrame::Visitor(news.clone())).await,
            Stir::Call(news) => line.send(&calls::frame(news)).await,
        },
        Err(RecvError::Lagged(_)) => {
            line.send(&EventFrame::Rooms { rooms: known_rooms(app, who) }).await?;
            line.send(&EventFrame::Visitors { visitors: known_visitors(app, who) }).await?;
            calls::again(app, line, who).await
        }
        Err(RecvError::Closed) => Err(End::Gone),
    }
}

fn changes_rights(event: &Event) -> bool {
    matches!(
        event,
        Event::UserChanged { .. } | Event::QueueChanged { .. } | Event::SignedOut { .. }
    )
}

/// Whether a caller belongs to an audience.
fn may_know(caller: &Caller, audience: &Audience) -> bool {
    audience.everyone
        || (audience.supervisors && caller.supervises())
        || audience.users.contains(&caller.user)
        || audience.queues.iter().any(|queue| caller.queues.contains(queue))
}

/// Logging out concerns the device that it happens to, not the user's other ones.
fn concerns(caller: &Caller, event: &Event) -> bool {
    match event {
        Event::SignedOut { device_id } => *device_id == caller.device,
        _ => true,
    }
}
