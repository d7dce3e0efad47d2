//! The UI as files: what the window shows, for browsers and phones. A release carries them inside;
//! a debug build reads `ui/dist`. Knows no operation.

use axum::Router;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tower_http::compression::CompressionLayer;

use crate::built::Built;

/// Shown when the UI has not been built.
const NOT_BUILT: &str = "<!doctype html><meta charset=\"utf-8\"><title>Deskbell</title>\
    <p>This build carries no pages. Start it with <code>cargo xtask run</code>.</p>";

/// Hashed files never change under their name.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Everything else is asked for anew.
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// All pages. They are files for everybody, so that nothing can be learnt from how small they get:
/// what the desk answers about messages is never compressed.
pub(super) fn pages() -> Router {
    Router::new().fallback(serve).layer(CompressionLayer::new())
}

/// A file of the UI; any other path is the page itself, which finds its way by the fragment.
async fn serve(uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    if let Some(file) = Built::get(path).filter(|_| !path.is_empty()) {
        return answer(path, &file, &headers);
    }
    // A missing file is missing; a missing page is the page.
    if path.contains('.') {
        return StatusCode::NOT_FOUND.into_response();
    }
    match Built::get("index.html") {
        Some(page) => answer("index.html", &page, &headers),
        None => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], NOT_BUILT).into_response(),
    }
}

fn answer(path: &str, file: &rust_embed::EmbeddedFile, headers: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", hex::encode(file.metadata.sha256_hash()));
    let caching = if path.starts_with("assets/") { FOR_EVER } else { ASK_AGAIN };
    let same = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|given| given.to_str().ok())
        .is_some_and(|given| given == tag);
    let mut response = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let kind = file.metadata.mimetype().to_owned();
        ([(header::CONTENT_TYPE, kind)], file.data.to_vec()).into_response()
    };
    response.headers_mut().insert(header::CACHE_CONTROL, caching);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}
