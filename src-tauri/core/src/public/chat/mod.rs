//! Live chat as visitors' browsers meet it: the script, how it looks, the line, and pictures.
//!
//! A page of another website gets nothing: no answer that its scripts could read, and no line. What
//! is not there and what may not be had look the same. Knows no SQL.

mod assets;
mod files;
mod frames;
mod keys;
mod line;
mod look;
mod pictures;
mod socket;
mod told;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;

use super::Door;
use super::sender;
use crate::chat::sites::Site;
use crate::error::{Error, Result};
use crate::gate::Sender;

/// Says that other websites may show this.
const SHARED: (HeaderName, HeaderValue) = (
    HeaderName::from_static("cross-origin-resource-policy"),
    HeaderValue::from_static("cross-origin"),
);

/// Everything below `/chat/`.
pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .merge(assets::routes())
        .route("/chat/{site}/look", any(look::show))
        .route("/chat/{site}/socket", any(socket::open))
        .route("/chat/{site}/files", any(files::take))
        .route("/chat/{site}/files/{file}/{key}", any(files::give))
        .route("/chat/{site}/pictures/{file}", any(pictures::give))
}

/// A page that may have what it asks for.
struct Guest {
    site: Arc<Site>,
    origin: HeaderValue,
}

impl Guest {
    /// Lets the page read the answer.
    fn may_read(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, self.origin.clone());
        headers.insert(header::VARY, HeaderValue::from_static("Origin"));
        response
    }
}

/// The site with this token, for a page of this origin; otherwise the answer.
async fn guest(
    door: &Door,
    token: &str,
    headers: &HeaderMap,
) -> std::result::Result<Guest, Response> {
    let site = site(door, token).await?;
    let origin = headers.get(header::ORIGIN).cloned();
    let named = origin.as_ref().and_then(|origin| origin.to_str().ok());
    let own_port = door.app.workspace_addr().port();
    let came = named.and_then(|origin| site.admit(origin, own_port));
    match (origin, came) {
        (Some(origin), Some(_)) => Ok(Guest { site, origin }),
        _ => Err(varying(StatusCode::FORBIDDEN.into_response())),
    }
}

/// The site with this token, whoever asks.
async fn site(door: &Door, token: &str) -> std::result::Result<Arc<Site>, Response> {
    match door.app.chat().sites().get(&door.app, token).await {
        Ok(Some(site)) => Ok(site),
        Ok(None) => Err(StatusCode::NOT_FOUND.into_response()),
        Err(error) => Err(failed(&error)),
    }
}

/// A cache must not give one page what another was refused.
fn varying(mut response: Response) -> Response {
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("Origin"));
    response
}

fn failed(error: &Error) -> Response {
    tracing::error!(%error, "a visitor could not be answered");
    match error {
        Error::ReadOnly(_) | Error::Stopping => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
    .into_response()
}

/// From which address somebody comes.
async fn sender_of(
    door: &Door,
    peer: Option<ConnectInfo<SocketAddr>>,
    headers: &HeaderMap,
) -> Result<Option<std::net::IpAddr>> {
    let reach = door.origins.current(&door.app).await?;
    let peer = peer.map(|info| info.0.ip());
    Ok(match sender::sender(peer, headers, reach.proxy_header) {
        Sender::At(address) => Some(super::limits::network(address)),
        Sender::Hidden => None,
    })
}
