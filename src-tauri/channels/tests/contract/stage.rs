//! A provider on loopback that gives recorded answers, and addresses where the network fails.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use deskbell_channels::http::{Http, Timeouts};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use crate::folder::Folder;

/// A request as it arrived.
pub(crate) type Asked = (Method, Uri, HeaderMap, Bytes);

/// A provider on loopback: gives one answer and remembers what it was asked.
pub(crate) struct Stage {
    pub(crate) url: String,
    pub(crate) seen: Arc<Mutex<Vec<Asked>>>,
}

impl Stage {
    pub(crate) async fn answering(
        status: u16,
        headers: &Value,
        body: Vec<u8>,
        challenge: Option<String>,
    ) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (log, headers) = (Arc::clone(&seen), headers.clone());
        let answer = move |method: Method, uri: Uri, asked: HeaderMap, question: Bytes| async move {
            let query = uri.query().unwrap_or_default().to_owned();
            log.lock().unwrap().push((method, uri, asked, question));
            let mut body = body.clone();
            if let (Some(known), Some(fresh)) = (&challenge, parameters(&query).get("challenge")) {
                body = String::from_utf8(body).unwrap().replace(known, fresh).into_bytes();
            }
            let mut response: Response =
                (StatusCode::from_u16(status).unwrap(), body).into_response();
            for (name, value) in headers.as_object().into_iter().flatten() {
                let name: HeaderName = name.parse().unwrap();
                response.headers_mut().insert(name, value.as_str().unwrap().parse().unwrap());
            }
            response
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = axum::Router::new().fallback(answer);
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { url, seen }
    }

    /// Gives these answers in turn; a request beyond them gets 500.
    pub(crate) async fn playing<'a>(
        folder: &Folder,
        answers: impl Iterator<Item = &'a Value>,
    ) -> Self {
        let answers = answers.map(|answer| {
            let status = u16::try_from(answer["status"].as_u64().unwrap_or(200)).unwrap();
            (StatusCode::from_u16(status).unwrap(), folder.body_of(answer))
        });
        let answers: Arc<Mutex<VecDeque<_>>> = Arc::new(Mutex::new(answers.collect()));
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let answer = move |method: Method, uri: Uri, asked: HeaderMap, question: Bytes| async move {
            log.lock().unwrap().push((method, uri, asked, question));
            let next = answers.lock().unwrap().pop_front();
            next.unwrap_or((StatusCode::INTERNAL_SERVER_ERROR, Vec::new())).into_response()
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = axum::Router::new().fallback(answer);
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { url, seen }
    }

    /// The stage that a case describes, or an address where the network fails as it says.
    pub(crate) async fn of(folder: &Folder, case: &Value, challenge: Option<String>) -> Self {
        if let Some(fault) = case["fault"].as_str() {
            return Self { url: broken(fault).await, seen: Arc::default() };
        }
        let status = u16::try_from(case["http_status"].as_u64().unwrap_or(200)).unwrap();
        Self::answering(status, &case["headers"], folder.body_of(case), challenge).await
    }
}

pub(crate) async fn broken(fault: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    match fault {
        "refused" => format!("http://{address}"),
        "no_such_host" => "https://no-such-host.invalid".to_owned(),
        "tls" | "hang" | "break" => {
            let hangs = fault == "hang";
            tokio::spawn(async move {
                let (mut stream, _) = listener.accept().await.unwrap();
                let read = stream.read(&mut [0; 4096]).await;
                if hangs {
                    std::future::pending::<()>().await;
                }
                drop((stream, read));
            });
            format!("{}://{address}", if fault == "tls" { "https" } else { "http" })
        }
        other => panic!("no fault is called {other}"),
    }
}

thread_local! {
    /// One client for all cases of a test: it takes longer to make than a case to run.
    static PATIENT: Http = client(Duration::from_secs(20));
}

pub(crate) fn http(case: &Value) -> Http {
    match case["fault"].as_str() {
        Some("hang") => client(Duration::from_millis(300)),
        _ => PATIENT.with(Clone::clone),
    }
}

fn client(total: Duration) -> Http {
    rustls::crypto::ring::default_provider().install_default().ok();
    Http::new(Timeouts { connect: Duration::from_secs(5), total }).unwrap()
}

pub(crate) fn parameters(query: &str) -> BTreeMap<String, String> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

impl Stage {
    /// Compares everything that arrived with the steps of an exchange.
    pub(crate) fn assert_exchange(&self, folder: &Folder, steps: &[Value], name: &str) {
        let seen = self.seen.lock().unwrap();
        assert_eq!(seen.len(), steps.len(), "{name}: {seen:?}");
        for (asked, step) in seen.iter().zip(steps) {
            assert_asked(asked, folder, &step["request"], name);
        }
    }
}

/// Compares the one request that arrived with the recorded one; only what the record names.
pub(crate) fn assert_request(stage: &Stage, folder: &Folder, expect: &Value, name: &str) {
    let seen = stage.seen.lock().unwrap();
    let [asked] = seen.as_slice() else { panic!("{name}: {} requests", seen.len()) };
    assert_asked(asked, folder, expect, name);
}

fn assert_asked(asked: &Asked, folder: &Folder, expect: &Value, name: &str) {
    let (method, uri, headers, body) = asked;
    let header = |name: &str| headers.get(name).map(|value| value.to_str().unwrap());
    assert_eq!(method.as_str(), expect["method"], "{name}");
    if let Some(path) = expect["path_and_query"].as_str() {
        assert_eq!(uri.path_and_query().unwrap().as_str(), path, "{name}");
    }
    if let Some(path) = expect["path"].as_str() {
        assert_eq!(uri.path(), path, "{name}");
    }
    for (key, value) in expect["query"].as_object().into_iter().flatten() {
        let query = parameters(uri.query().unwrap_or_default());
        assert_eq!(json!(query.get(key)), *value, "{name}: {key}");
    }
    assert_eq!(json!(header("authorization")), expect["authorization"], "{name}");
    if let Some(content_type) = expect["content_type"].as_str() {
        assert_eq!(header("content-type"), Some(content_type), "{name}");
    }
    for (key, value) in expect["headers"].as_object().into_iter().flatten() {
        assert_eq!(json!(header(key)), *value, "{name}: {key}");
    }
    if let Some(file) = expect["json_file"].as_str() {
        let ours: Value = serde_json::from_slice(body).unwrap();
        assert_eq!(ours, serde_json::from_slice::<Value>(&folder.bytes(file)).unwrap(), "{name}");
    } else if method != Method::GET {
        let recorded = String::from_utf8(folder.body_of(expect)).unwrap();
        assert_eq!(String::from_utf8_lossy(body), recorded, "{name}");
    }
}
