//! A client that follows the events.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::{Agent, PATIENCE};

/// A client's line.
pub(crate) struct Follower {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// Number of the last event it has.
    pub(crate) seq: i64,
}

impl Follower {
    /// Connects and says who it is; the first frame is left to read.
    pub(crate) async fn greet(agent: &Agent, greeting: &Value) -> Self {
        let url = format!("ws://{}/api/v1/events", agent.place.read().unwrap());
        let (mut socket, _) = connect_async(url).await.unwrap();
        socket.send(Message::text(greeting.to_string())).await.unwrap();
        Self { socket, seq: 0 }
    }

    /// Tells the desk something over the line.
    pub(crate) async fn say(&mut self, frame: &Value) {
        self.socket.send(Message::text(frame.to_string())).await.unwrap();
    }

    /// The next frame; `None` when the line has ended.
    pub(crate) async fn frame(&mut self) -> Option<Value> {
        loop {
            let frame = tokio::time::timeout(PATIENCE, self.socket.next()).await;
            match frame.expect("no frame came")? {
                Ok(Message::Text(text)) => return Some(serde_json::from_str(&text).unwrap()),
                Ok(Message::Close(_)) | Err(_) => return None,
                Ok(_) => {}
            }
        }
    }

    /// The next event; beats of the line, and what has no number, are passed over.
    pub(crate) async fn event(&mut self) -> Value {
        let mut frame = self.frame().await.expect("the line ended");
        while is_passing(&frame) {
            frame = self.frame().await.expect("the line ended");
        }
        assert_eq!(frame["type"], "event", "{frame}");
        self.seq = frame["seq"].as_i64().unwrap();
        frame["event"].clone()
    }

    /// The next frame of this type, of those that have no number.
    pub(crate) async fn stir(&mut self, kind: &str) -> Value {
        loop {
            let frame = self.frame().await.expect("the line ended");
            if frame["type"] == kind {
                return frame;
            }
        }
    }

    /// Waits until a call in a live chat is in this state, and gives it.
    pub(crate) async fn call_is(&mut self, state: &str) -> Value {
        loop {
            let call = self.stir("chat_call").await["call"].clone();
            if call["state"] == state {
                return call;
            }
        }
    }

    /// The next event of this kind.
    pub(crate) async fn next(&mut self, kind: &str) -> Value {
        loop {
            let event = self.event().await;
            if event["kind"] == kind {
                return event;
            }
        }
    }

    /// The next message that was said: neither a note nor a line of the timeline.
    pub(crate) async fn said(&mut self) -> Value {
        loop {
            let event = self.next("message_added").await;
            if event["message_kind"] == "message" {
                return event;
            }
        }
    }

    /// Everything up to the first event of this kind, which is left out.
    pub(crate) async fn all_before(&mut self, kind: &str) -> Vec<Value> {
        let mut events = Vec::new();
        loop {
            let event = self.event().await;
            if event["kind"] == kind {
                return events;
            }
            events.push(event);
        }
    }
}

/// Whether a frame has no number.
fn is_passing(frame: &Value) -> bool {
    const PASSING: [&str; 10] = [
        "beat",
        "room",
        "rooms",
        "draft",
        "visitor",
        "visitors",
        "chat_call",
        "chat_calls",
        "chat_call_answer",
        "chat_call_candidate",
    ];
    PASSING.iter().any(|kind| frame["type"] == *kind)
}

impl Agent {
    /// Follows from now on, or from the event with this number.
    pub(crate) async fn follow(&self, since: Option<i64>) -> Follower {
        let greeting = json!({ "token": self.token, "since": since });
        let mut follower = Follower::greet(self, &greeting).await;
        let hello = follower.frame().await.expect("the line ended");
        assert_eq!(hello["type"], "hello", "{hello}");
        follower.seq = hello["seq"].as_i64().unwrap();
        follower
    }
}
