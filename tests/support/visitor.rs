//! A visitor of a website, as their browser speaks with the desk.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use super::{Answer, Desk, PATIENCE, key, until};

/// The website of the tests.
pub(crate) const WEBSITE: &str = "https://www.shop.example";

/// A site with live chat.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) id: String,
    pub(crate) token: String,
}

/// A visitor's line.
pub(crate) struct Visitor {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// What their browser proves itself with.
    pub(crate) token: String,
    /// The frame that the line began with.
    pub(crate) welcome: Value,
}

/// What a browser proves itself with: made by it.
pub(crate) fn browser() -> String {
    format!("{}{}", key().replace('-', ""), &key().replace('-', "")[..11])
}

impl Desk {
    /// A live site whose new chats go to `destination`; `change` alters what is usual.
    pub(crate) async fn site(&self, destination: &Value, change: impl FnOnce(&mut Value)) -> Site {
        let draft = self.admin.post("/channels", json!({ "provider": "livechat" })).await;
        let id = draft["id"].as_str().unwrap().to_owned();
        let path = format!("/channels/{id}");
        let mut settings = self.admin.get(&format!("{path}/chat")).await;
        settings["domains"] = json!(["www.shop.example"]);
        change(&mut settings);
        self.admin.put(&format!("{path}/chat"), settings).await;
        let number = json!({ "address": "www.shop.example", "destination": destination });
        let active = json!({ "name": "Shop", "state": "active", "numbers": [number] });
        let channel = self.admin.patch(&path, active).await;
        until("the first check of a site", || async {
            let channel = self.admin.get(&path).await;
            (!channel["health"]["state"].is_null()).then_some(())
        })
        .await;
        let webhook = channel["webhook_path"].as_str().unwrap();
        Site { token: webhook.rsplit('/').next().unwrap().to_owned(), id }
    }

    /// Asks something of a site as a page of `origin` does.
    pub(crate) async fn ask_site(&self, site: &Site, path: &str, origin: Option<&str>) -> Answer {
        let url = format!("{}/chat/{}/{path}", self.public(), site.token);
        let mut request = self.http.get(url);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        Answer::of(request.send().await.unwrap()).await
    }

    /// Tries to open a line from a page of `origin`; `Err`: the status of the refusal.
    pub(crate) async fn try_line(
        &self,
        site: &Site,
        headers: &[(&'static str, &str)],
    ) -> Result<WebSocketStream<MaybeTlsStream<TcpStream>>, u16> {
        let url = format!("ws://{}/chat/{}/socket", self.app().public_addr(), site.token);
        let mut request = url.into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        match connect_async(request).await {
            Ok((socket, _)) => Ok(socket),
            Err(tokio_tungstenite::tungstenite::Error::Http(answer)) => {
                Err(answer.status().as_u16())
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// A line that has said nothing yet.
    pub(crate) async fn silent_line(&self, site: &Site) -> Visitor {
        let socket = self.try_line(site, &[("origin", WEBSITE)]).await.unwrap();
        Visitor { socket, token: browser(), welcome: Value::Null }
    }

    /// A new visitor who has come to the website.
    pub(crate) async fn visitor(&self, site: &Site) -> Visitor {
        self.visitor_with(site, &browser(), 0).await
    }

    /// A visitor with this browser, who has everything up to `since`.
    pub(crate) async fn visitor_with(&self, site: &Site, token: &str, since: i64) -> Visitor {
        let mut visitor = self.silent_line(site).await;
        visitor.token = token.to_owned();
        visitor.greet(since).await;
        visitor
    }
}

impl Visitor {
    /// Says who it is.
    pub(crate) async fn greet(&mut self, since: i64) {
        let hello = json!({
            "t": "hello", "v": 1, "token": self.token, "since": since,
            "page": { "url": "https://www.shop.example/pricing", "title": "Pricing" },
            "referrer": "https://search.example/", "language": "de", "zone": "Europe/Berlin",
            "open": true,
        });
        self.tell(&hello).await;
        self.welcome = self.next("welcome").await;
    }

    /// Sends a frame.
    pub(crate) async fn tell(&mut self, frame: &Value) {
        self.raw(&frame.to_string()).await;
    }

    /// Sends a text as it is.
    pub(crate) async fn raw(&mut self, text: &str) {
        self.socket.send(Message::text(text.to_owned())).await.unwrap();
    }

    /// Sends the same text again and again, for as long as the desk listens.
    pub(crate) async fn flood(&mut self, text: &str, times: usize) {
        for _ in 0..times {
            if self.socket.send(Message::text(text.to_owned())).await.is_err() {
                break;
            }
        }
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

    /// The next frame of this kind; others are passed over.
    pub(crate) async fn next(&mut self, kind: &str) -> Value {
        loop {
            let frame =
                self.frame().await.unwrap_or_else(|| panic!("the line ended before {kind}"));
            if frame["t"] == kind {
                return frame;
            }
        }
    }

    /// The code of the `bye` with which the line ends.
    pub(crate) async fn bye(&mut self) -> String {
        let bye = self.next("bye").await;
        assert!(self.frame().await.is_none(), "the line goes on after {bye}");
        bye["code"].as_str().unwrap().to_owned()
    }

    /// Says something under this key; gives the answer, taken or refused.
    pub(crate) async fn say_as(&mut self, key: &str, more: Value) -> Value {
        let mut say = json!({ "t": "say", "key": key, "text": "", "files": [] });
        say.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.tell(&say).await;
        loop {
            let frame = self.frame().await.expect("the line ended");
            if (frame["t"] == "taken" || frame["t"] == "refused") && frame["key"] == key {
                return frame;
            }
        }
    }

    /// Says something; gives what the desk took.
    pub(crate) async fn say(&mut self, text: &str) -> Value {
        let taken = self.say_as(&key(), json!({ "text": text })).await;
        assert_eq!(taken["t"], "taken", "{taken}");
        taken
    }

    /// The next message with this text.
    pub(crate) async fn hears(&mut self, text: &str) -> Value {
        loop {
            let message = self.next("message").await;
            if message["text"] == text {
                return message;
            }
        }
    }

    /// Calls under this id; gives the answer: `call.ok`, the state of a call that is over, or a
    /// refusal.
    pub(crate) async fn ring(&mut self, call: &str) -> Value {
        self.tell(&json!({ "t": "call.ring", "call": call, "sdp": "offer" })).await;
        loop {
            let frame = self.frame().await.expect("the line ended");
            let refused = frame["t"] == "refused" && frame["key"] == call;
            let answered = frame["t"] == "call.ok" || frame["t"] == "call.state";
            if refused || (answered && frame["call"] == call) {
                return frame;
            }
        }
    }

    /// Waits until a call is in this state, and gives the frame that says so.
    pub(crate) async fn call_is(&mut self, call: &str, state: &str) -> Value {
        loop {
            let frame = self.next("call.state").await;
            if frame["call"] == call && frame["state"] == state {
                return frame;
            }
        }
    }

    /// Leaves the page.
    pub(crate) async fn leave(mut self) {
        self.socket.close(None).await.ok();
    }
}
