//! Somebody who is signed in and speaks the workspace API.

use std::sync::{Arc, Mutex, RwLock};

use reqwest::header::HeaderMap;
use reqwest::{Client, Method};
use serde_json::{Value, json};

use super::patiently;

/// Where the desk listens; it changes with every start.
pub(crate) type Place = Arc<RwLock<String>>;

/// An answer, read whole.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) async fn of(response: reqwest::Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self { status, headers, text: response.text().await.unwrap() }
    }

    /// The body as JSON; `null` when there is none.
    pub(crate) fn json(&self) -> Value {
        if self.text.is_empty() {
            return Value::Null;
        }
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    /// The code of a refusal, with its status: `409 session_owned`.
    pub(crate) fn refusal(&self) -> String {
        let code = self.json()["code"].as_str().unwrap_or("-").to_owned();
        format!("{} {code}", self.status)
    }

    /// The body of a success.
    pub(crate) fn ok(&self) -> Value {
        assert!((200..300).contains(&self.status), "{}: {}", self.status, self.text);
        self.json()
    }
}

/// A signed-in user.
#[derive(Debug, Clone)]
pub(crate) struct Agent {
    pub(crate) place: Place,
    pub(crate) http: Client,
    pub(crate) token: String,
    pub(crate) id: String,
    pub(crate) name: String,
}

/// A fresh client key.
pub(crate) fn key() -> String {
    uuid::Uuid::new_v4().to_string()
}

impl Agent {
    /// Who was signed in with this answer.
    pub(crate) fn of(body: &Value, place: &Place, http: &Client) -> Self {
        let user = &body["me"]["user"];
        Self {
            place: Arc::clone(place),
            http: http.clone(),
            token: text(&body["token"]),
            id: text(&user["id"]),
            name: text(&user["name"]),
        }
    }

    /// The answer to one call, whatever it is.
    pub(crate) async fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let url = format!("http://{}/api/v1{path}", self.place.read().unwrap());
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.http.request(method, url).bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(body);
        }
        Answer::of(request.send().await.unwrap()).await
    }

    /// The body of an answer as it came, with a byte order mark if it has one.
    pub(crate) async fn download(&self, path: &str) -> Vec<u8> {
        let url = format!("http://{}/api/v1{path}", self.place.read().unwrap());
        let response = self.http.get(url).bearer_auth(&self.token).send().await.unwrap();
        response.error_for_status().unwrap().bytes().await.unwrap().to_vec()
    }

    pub(crate) async fn try_get(&self, path: &str) -> Answer {
        self.call("GET", path, None).await
    }

    pub(crate) async fn try_post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, Some(&body).filter(|body| !body.is_null())).await
    }

    pub(crate) async fn try_patch(&self, path: &str, body: Value) -> Answer {
        self.call("PATCH", path, Some(&body)).await
    }

    pub(crate) async fn try_put(&self, path: &str, body: Value) -> Answer {
        self.call("PUT", path, Some(&body)).await
    }

    pub(crate) async fn try_delete(&self, path: &str) -> Answer {
        self.call("DELETE", path, None).await
    }

    /// The answer to a call that has to succeed.
    pub(crate) async fn get(&self, path: &str) -> Value {
        self.try_get(path).await.ok()
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Value {
        self.try_post(path, body).await.ok()
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Value {
        self.try_patch(path, body).await.ok()
    }

    pub(crate) async fn put(&self, path: &str, body: Value) -> Value {
        self.try_put(path, body).await.ok()
    }

    pub(crate) async fn delete(&self, path: &str) {
        self.try_delete(path).await.ok();
    }

    /// Sessions of a folder.
    pub(crate) async fn folder(&self, folder: &str) -> Vec<Value> {
        let page = self.get(&format!("/sessions?folder={folder}&limit=200")).await;
        page["sessions"].as_array().unwrap().clone()
    }

    /// The one session of a folder.
    pub(crate) async fn only_session(&self, folder: &str) -> Value {
        let mut sessions = self.folder(folder).await;
        assert_eq!(sessions.len(), 1, "{folder}: {sessions:?}");
        sessions.remove(0)
    }

    /// Id of the open session with a customer, as this user's Recent shows it.
    pub(crate) async fn session_with(&self, address: &str) -> String {
        let sessions = self.folder("recent").await;
        let found = sessions.iter().find(|session| session["address"] == address);
        text(&found.unwrap_or_else(|| panic!("no session with {address}: {sessions:?}"))["id"])
    }

    /// Every entry of a thread, oldest first.
    pub(crate) async fn thread(&self, session: &str) -> Vec<Value> {
        let part = self.get(&format!("/sessions/{session}/messages?limit=200")).await;
        part["messages"].as_array().unwrap().clone()
    }

    /// What was said in a thread, notes and events left out.
    pub(crate) async fn said(&self, session: &str) -> Vec<Value> {
        let thread = self.thread(session).await;
        thread.into_iter().filter(|entry| entry["kind"] == "message").collect()
    }

    /// Kinds of the operations on a session, in order.
    pub(crate) async fn timeline(&self, session: &str) -> Vec<String> {
        let thread = self.thread(session).await;
        let events = thread.iter().filter(|entry| entry["kind"] == "event");
        events.map(|entry| text(&entry["event"]["kind"])).collect()
    }

    /// Queues an answer; gives the answer of the desk.
    pub(crate) async fn try_send(&self, session: &str, words: &str) -> Answer {
        let body = json!({ "client_key": key(), "text": words });
        self.try_post(&format!("/sessions/{session}/messages"), body).await
    }

    /// Queues an answer; gives its id.
    pub(crate) async fn send(&self, session: &str, words: &str) -> String {
        text(&self.try_send(session, words).await.ok()["id"])
    }

    /// Uploads a file; gives its id.
    pub(crate) async fn upload(&self, name: &str, bytes: Vec<u8>) -> String {
        text(&self.try_upload(name, bytes).await.ok()["id"])
    }

    pub(crate) async fn try_upload(&self, name: &str, bytes: Vec<u8>) -> Answer {
        let url = format!("http://{}/api/v1/files", self.place.read().unwrap());
        let request = self.http.post(url).query(&[("name", name)]).bearer_auth(&self.token);
        let request = request.header("content-type", "application/octet-stream").body(bytes);
        Answer::of(request.send().await.unwrap()).await
    }

    /// Waits until a message is in this state, and gives it.
    pub(crate) async fn until_state(&self, message: &str, state: &str) -> Value {
        let path = format!("/messages/{message}");
        let last = Mutex::new(Value::Null);
        let found = patiently(|| async {
            let message = self.get(&path).await;
            *last.lock().unwrap() = message.clone();
            (message["state"] == state).then_some(message)
        })
        .await;
        found.unwrap_or_else(|| panic!("it never was {state}: {}", last.lock().unwrap()))
    }
}

/// A text inside JSON.
fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
