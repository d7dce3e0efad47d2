//! Logo and photos that a site shows: those named in its settings, and those of users where the
//! site shows them. Nothing else is under these addresses.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio_util::io::ReaderStream;

use super::super::Door;
use super::SHARED;
use crate::error::Result;
use crate::media::{self, Opened};
use crate::model::{AgentInfo, FileId};
use crate::store::{chat_sites, users};

/// A photo that was changed has another address.
const CACHED: HeaderValue = HeaderValue::from_static("public, max-age=86400");

/// Gives a picture.
pub(super) async fn give(
    State(door): State<Arc<Door>>,
    Path((site, file)): Path<(String, String)>,
    method: Method,
) -> Response {
    let Ok(file) = file.parse::<FileId>() else { return StatusCode::NOT_FOUND.into_response() };
    if !matches!(method, Method::GET | Method::HEAD) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let site = match super::site(&door, &site).await {
        Ok(site) => site,
        Err(response) => return response,
    };
    let shows_people = site.settings().appearance.agent_info == AgentInfo::NameAndPhoto;
    let channel = site.row.channel;
    let shown = door.app.db().read(move |c| {
        Ok(chat_sites::has_file(c, channel, file)? || (shows_people && users::has_photo(c, file)?))
    });
    let opened: Result<Option<Opened>> =
        async { if shown.await? { media::open_decided(&door.app, file).await } else { Ok(None) } }
            .await;
    match opened {
        Ok(Some(opened)) => picture(opened),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => super::failed(&error),
    }
}

/// A picture as an answer; whatever else a file is, it is no picture.
fn picture(opened: Opened) -> Response {
    let kind = match opened.file.content_type.as_str() {
        "image/png" => HeaderValue::from_static("image/png"),
        "image/jpeg" => HeaderValue::from_static("image/jpeg"),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let mut response = Body::from_stream(ReaderStream::new(opened.bytes)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(opened.file.size));
    headers.insert(header::CACHE_CONTROL, CACHED);
    let (name, value) = SHARED;
    headers.insert(name, value);
    response
}
