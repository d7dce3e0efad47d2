//! The script that a website carries and the pieces that it loads: the same bytes for every site.

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use std::sync::Arc;
use tower_http::compression::CompressionLayer;

use super::super::Door;
use super::SHARED;
use crate::built::Built;

/// The script is asked for anew every five minutes.
const LOADER: HeaderValue = HeaderValue::from_static("public, max-age=300");
/// Pieces never change under their name.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// All of it travels compressed: it is the same for everybody, so nothing is learnt from its size.
pub(super) fn routes() -> Router<Arc<Door>> {
    Router::new()
        .route("/chat/assets/{name}", any(piece))
        .route("/chat/{site}/widget.js", any(loader))
        .layer(CompressionLayer::new())
}

/// The script of a site.
async fn loader(
    State(door): State<Arc<Door>>,
    Path(site): Path<String>,
    request: Request,
) -> Response {
    if let Err(response) = super::site(&door, &site).await {
        return response;
    }
    answer(request.method(), request.headers(), "widget/widget.js", LOADER)
}

/// One of its pieces.
async fn piece(Path(name): Path<String>, request: Request) -> Response {
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if !plain || name.starts_with('.') {
        return StatusCode::NOT_FOUND.into_response();
    }
    let path = format!("widget/assets/{name}");
    answer(request.method(), request.headers(), &path, FOR_EVER)
}

fn answer(method: &Method, asked: &HeaderMap, path: &str, caching: HeaderValue) -> Response {
    if !matches!(*method, Method::GET | Method::HEAD) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Some(file) = Built::get(path) else { return StatusCode::NOT_FOUND.into_response() };
    let tag = format!("\"{}\"", hex::encode(file.metadata.sha256_hash()));
    let same = asked.get(header::IF_NONE_MATCH).is_some_and(|given| given == tag.as_str());
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut response = Body::from(file.data.into_owned()).into_response();
        let kind = kind_of(path, file.metadata.mimetype());
        if let Ok(kind) = HeaderValue::from_str(kind) {
            response.headers_mut().insert(header::CONTENT_TYPE, kind);
        }
        response
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, caching);
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    let (name, value) = SHARED;
    headers.insert(name, value);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// Modules run only if they are called what they are.
fn kind_of<'a>(path: &str, guessed: &'a str) -> &'a str {
    match path.rsplit('.').next() {
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        _ => guessed,
    }
}
