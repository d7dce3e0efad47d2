//! What the internet reaches: webhooks, media links, live chat and a sign of life. Everything else is the
//! same empty 404, and nothing tells which product answers.
//!
//! Knows neither the workspace API nor SQL.

mod chat;
mod health;
mod limits;
mod media;
mod origins;
mod sender;
mod webhooks;

use std::any::Any;
use std::future::Future;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use axum_server::Handle;
use hyper_util::rt::TokioTimer;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::app::App;
use crate::error::Result;
use limits::{Doorkeeper, Refusals};
use origins::Origins;

/// How long a client may take to send its headers; a tunnel may keep an idle line as long.
const HEADER_TIME: Duration = Duration::from_mins(1);
/// Bytes of all headers of a request together.
const HEADER_BYTES: usize = 32 * 1024;
/// How long answers under way may take once the desk stops.
const CLOSING_LIMIT: Duration = Duration::from_secs(10);

/// What the handlers share.
struct Door {
    app: App,
    origins: Origins,
}

/// Everything that the internet reaches.
pub fn router(app: App) -> Router {
    let door = Arc::new(Door { origins: Origins::new(app.bus()), app });
    let refusals = Arc::new(Refusals::new());
    Router::new()
        .route("/media/{token}/{name}", any(media::serve))
        .route("/healthz", any(health::answer))
        .layer(middleware::from_fn(only_reading))
        .route("/api/v1.0/webhook/{provider}/{token}", any(webhooks::receive))
        .merge(chat::routes())
        .fallback(nothing_here)
        .with_state(door)
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn_with_state(refusals, limits::slow_down))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(set(header::CACHE_CONTROL, "no-store"))
        .layer(set(header::REFERRER_POLICY, "no-referrer"))
}

/// Serves what the internet reaches until the desk stops.
pub fn serve(app: App, listener: TcpListener) -> Result<impl Future<Output = ()> + Send> {
    let stopping = app.stopping().clone();
    let handle = Handle::new();
    let mut server =
        axum_server::from_tcp(listener)?.acceptor(Doorkeeper::new()).handle(handle.clone());
    // The server's own `http1_only` knows no upgrade, and a visitor's line is one.
    let only_http1 = server.http_builder().clone().http1_only();
    *server.http_builder() = only_http1;
    server
        .http_builder()
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .max_buf_size(HEADER_BYTES);
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    Ok(async move {
        let closing = async {
            stopping.cancelled().await;
            handle.graceful_shutdown(Some(CLOSING_LIMIT));
            std::future::pending::<()>().await;
        };
        tokio::select! {
            result = server.serve(service) => {
                if let Err(error) = result {
                    tracing::error!(%error, "the public listener failed");
                }
            }
            () = closing => {}
        }
    })
}

/// A path with another method looks like a path that is not there; axum would name the methods.
async fn only_reading(request: Request, next: Next) -> Response {
    match *request.method() {
        Method::GET | Method::HEAD => next.run(request).await,
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn nothing_here() -> StatusCode {
    StatusCode::NOT_FOUND
}

fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let said = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no words");
    tracing::error!(said, "a public request made a handler panic");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// A header for every answer that does not set it itself.
fn set(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}
