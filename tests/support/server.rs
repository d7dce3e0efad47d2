//! A server on loopback that gives one answer at a time and remembers what it was asked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::Response;
use tokio::sync::watch;

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// What the server answers with.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
    /// How long it takes.
    pub(crate) delay: Duration,
}

impl Reply {
    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, body: body.into(), ..Self::default() }
    }

    /// An answer in JSON.
    pub(crate) fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::new(status, body.to_string()).with("content-type", "application/json")
    }

    pub(crate) fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

type Answering = dyn Fn(&Asked) -> Reply + Send + Sync;

struct Inner {
    answer: Mutex<Arc<Answering>>,
    asked: Mutex<Vec<Asked>>,
    count: watch::Sender<usize>,
}

/// A running server; it ends with the test's runtime.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) url: String,
    inner: Arc<Inner>,
}

impl Server {
    /// Always gives this reply.
    pub(crate) async fn replying(reply: Reply) -> Self {
        Self::answering(move |_| reply.clone()).await
    }

    /// Answers as told.
    pub(crate) async fn answering(
        answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let inner = Arc::new(Inner {
            answer: Mutex::new(Arc::new(answer)),
            asked: Mutex::default(),
            count: watch::Sender::new(0),
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(give).with_state(Arc::clone(&inner));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, inner }
    }

    /// From now on gives this reply.
    pub(crate) fn reply(&self, reply: Reply) {
        self.answer(move |_| reply.clone());
    }

    /// From now on answers as told.
    pub(crate) fn answer(&self, answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) {
        *self.inner.answer.lock().unwrap() = Arc::new(answer);
    }

    /// Requests so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.inner.asked.lock().unwrap().clone()
    }

    /// Forgets the requests so far.
    pub(crate) fn forget(&self) {
        self.inner.asked.lock().unwrap().clear();
        self.inner.count.send_replace(0);
    }

    /// Waits until so many requests came.
    pub(crate) async fn until_asked(&self, count: usize) -> Vec<Asked> {
        let mut changes = self.inner.count.subscribe();
        let enough = changes.wait_for(|now| *now >= count);
        tokio::time::timeout(super::PATIENCE, enough).await.expect("nobody asked").unwrap();
        self.asked()
    }
}

async fn give(
    State(inner): State<Arc<Inner>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let asked = Asked { method, uri, headers, body };
    let answer = Arc::clone(&inner.answer.lock().unwrap());
    let reply = answer(&asked);
    let count = {
        let mut all = inner.asked.lock().unwrap();
        all.push(asked);
        all.len()
    };
    inner.count.send_replace(count);
    tokio::time::sleep(reply.delay).await;
    let mut response = Response::builder().status(StatusCode::from_u16(reply.status).unwrap());
    for (name, value) in reply.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(reply.body)).unwrap()
}
