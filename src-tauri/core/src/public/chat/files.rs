//! Pictures that visitors bring, and the files of a chat for the visitor whose chat it is.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::{ConnectInfo, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use deskbell_channels::livechat::frames;
use futures_util::StreamExt;
use serde::Deserialize;
use serde_json::json;
use tokio_util::io::ReaderStream;

use super::super::Door;
use super::{Guest, SHARED, keys};
use crate::chat::visits;
use crate::clock;
use crate::error::{Error, Result};
use crate::media::{self, Opened};
use crate::model::{FileId, VisitorsMaySend};
use crate::store::{chat_lines, visitors};

/// A file that somebody opens in a browser can do nothing there.
const SANDBOX: HeaderValue = HeaderValue::from_static("sandbox; default-src 'none'");
/// What a page may send along.
const ALLOWED: HeaderValue = HeaderValue::from_static("authorization, content-type");
/// An address of a file is one for a while only.
const CACHED: HeaderValue = HeaderValue::from_static("private, max-age=86400");

/// How long the rest of a picture that is too large is read and dropped.
const DRAIN_TIME: Duration = Duration::from_secs(15);

#[derive(Deserialize)]
struct Called {
    #[serde(default)]
    name: String,
}

/// Takes a picture that a visitor brings, or answers whether it may be brought.
pub(super) async fn take(
    State(door): State<Arc<Door>>,
    Path(site): Path<String>,
    request: Request,
) -> Response {
    let guest = match super::guest(&door, &site, request.headers()).await {
        Ok(guest) => guest,
        Err(response) => return response,
    };
    let response = match *request.method() {
        Method::OPTIONS => preflight(),
        Method::POST => match bring(&door, &guest, request).await {
            Ok(response) => response,
            Err(error) => refused(&error),
        },
        _ => StatusCode::NOT_FOUND.into_response(),
    };
    guest.may_read(response)
}

fn preflight() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, ALLOWED);
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600"));
    response
}

fn refused(error: &Error) -> Response {
    let (status, code) = match error {
        Error::TooLarge(_) => (StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
        Error::TooManyRequests(_) => (StatusCode::TOO_MANY_REQUESTS, "too_fast"),
        Error::BadRequest(_) | Error::NotSignedIn | Error::Forbidden(_) => {
            (StatusCode::UNPROCESSABLE_ENTITY, "not_allowed")
        }
        error => return super::failed(error),
    };
    (status, Json(json!({ "code": code }))).into_response()
}

async fn bring(door: &Door, guest: &Guest, request: Request) -> Result<Response> {
    let site = &guest.site;
    if site.settings().visitors_may_send != VisitorsMaySend::TextAndImages {
        return Err(Error::Forbidden("this site takes no pictures"));
    }
    let token = bearer(request.headers()).filter(|token| frames::is_token(token));
    let hash = visits::hash_of(site.row.channel, token.ok_or(Error::NotSignedIn)?);
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().copied();
    let address = super::sender_of(door, peer, request.headers()).await?;
    if !door.app.chat().hub().may_bring(&hash, address, clock::now()) {
        return Err(Error::TooManyRequests(6));
    }
    let called: Called = Query::try_from_uri(request.uri())
        .map_or_else(|_| Called { name: String::new() }, |Query(called)| called);
    let name: String = called.name.chars().take(300).collect();
    let mut stream = request.into_body().into_data_stream();
    let kept = media::keep_picture(&door.app, hash, &name, &mut stream, clock::now()).await;
    if matches!(kept, Err(Error::TooLarge(_))) {
        // A browser that is still sending would not hear why it was cut off.
        let rest = async { while let Some(Ok(_)) = stream.next().await {} };
        tokio::time::timeout(DRAIN_TIME, rest).await.ok();
    }
    let file = kept?;
    let body =
        json!({ "id": file.id, "name": file.name, "type": file.content_type, "size": file.size });
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(str::trim)
}

/// Gives a file of a chat to whoever has its key.
pub(super) async fn give(
    State(door): State<Arc<Door>>,
    Path((site, file, key)): Path<(String, String, String)>,
    method: Method,
) -> Response {
    if !matches!(method, Method::GET | Method::HEAD) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match find(&door, &site, &file, &key).await {
        Ok(Some(opened)) => given(opened),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => super::failed(&error),
    }
}

async fn find(door: &Door, token: &str, file: &str, key: &str) -> Result<Option<Opened>> {
    let (Ok(file), Some(key)) = (file.parse::<FileId>(), keys::read(key)) else { return Ok(None) };
    let Some(site) = door.app.chat().sites().get(&door.app, token).await? else { return Ok(None) };
    let now = clock::now();
    let may = door.app.db().read(move |c| {
        let Some(hash) = visitors::token_of(c, key.visitor)? else { return Ok(false) };
        Ok(keys::is_good(&key, &hash, &site.token, file, now)
            && chat_lines::carries(c, key.visitor, file)?)
    });
    if may.await? { media::open_decided(&door.app, file).await } else { Ok(None) }
}

/// Pictures are shown in the chat, everything else is kept by whoever opens it.
fn given(opened: Opened) -> Response {
    let Opened { file, bytes } = opened;
    let shown = match file.content_type.as_str() {
        "image/png" => Some("image/png"),
        "image/jpeg" => Some("image/jpeg"),
        "image/gif" => Some("image/gif"),
        "image/webp" => Some("image/webp"),
        _ => None,
    };
    let mut response = Body::from_stream(ReaderStream::new(bytes)).into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static(shown.unwrap_or("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(file.size));
    headers.insert(header::CONTENT_SECURITY_POLICY, SANDBOX);
    headers.insert(header::CACHE_CONTROL, CACHED);
    let (name, value) = SHARED;
    headers.insert(name, value);
    if shown.is_none()
        && let Ok(value) = HeaderValue::from_str(&media::disposition(&file.name))
    {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
