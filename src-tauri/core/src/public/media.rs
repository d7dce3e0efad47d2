//! Files behind unguessable links, for providers to fetch.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio_util::io::ReaderStream;

use super::Door;
use crate::clock;
use crate::media::{self, Linked, Opened};

/// Bytes that are read from disk at once.
const CHUNK: usize = 64 * 1024;
/// A file that somebody opens in a browser can do nothing there.
const SANDBOX: &str = "sandbox; default-src 'none'";

/// Streams the file behind a link. The name only makes the link readable; the token decides.
pub(super) async fn serve(
    State(door): State<Arc<Door>>,
    path: Result<Path<(String, String)>, axum::extract::rejection::PathRejection>,
) -> Response {
    let Ok(Path((token, _name))) = path else { return StatusCode::NOT_FOUND.into_response() };
    let opened = match media::open_link(&door.app, &token, clock::now()).await {
        Ok(Linked::Here(opened)) => opened,
        Ok(Linked::Expired) => return StatusCode::GONE.into_response(),
        Ok(Linked::Unknown) => return StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "a linked file could not be read");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let Opened { file, bytes } = *opened;
    let body = Body::from_stream(ReaderStream::with_capacity(bytes, CHUNK));
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(file.size));
    for (name, value) in [
        (header::CONTENT_TYPE, file.content_type),
        (header::CONTENT_DISPOSITION, media::disposition(&file.name)),
        (header::CONTENT_SECURITY_POLICY, SANDBOX.to_owned()),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}
