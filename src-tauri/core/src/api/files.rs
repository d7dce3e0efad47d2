//! Files: uploads, and what came with messages. Always streamed, never whole in memory.

use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt;
use serde::Deserialize;
use tokio_util::io::ReaderStream;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path, Query};
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::clock;
use crate::error::{Error, Result};
use crate::media::{self, FILE_BYTES, Opened};
use crate::model::{File, FileId};

/// Bytes that are read from disk at once.
const CHUNK: usize = 64 * 1024;
/// How long the rest of an upload that is too large is read and dropped.
const DRAIN_TIME: Duration = Duration::from_secs(15);
/// A file that somebody opens in a browser can do nothing there.
const SANDBOX: &str = "sandbox; default-src 'none'";

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(upload_file))
        .routes(routes!(get_file))
        .routes(routes!(get_file_content))
        .routes(routes!(fetch_file))
}

/// What the file is called.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct UploadQuery {
    /// Its name; a path in front of it is dropped.
    #[param(max_length = 1000)]
    name: String,
}

/// The bytes of a file, as they are.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "describes a body that is streamed")]
struct FileBytes(Vec<u8>);

/// Uploads a file of at most 100 MB, to be sent with a message.
#[utoipa::path(post, path = "/files", tag = "files", params(UploadQuery),
    request_body(content = inline(FileBytes), content_type = "application/octet-stream"),
    responses((status = 201, description = "The file.", body = File), Problems))]
async fn upload_file(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<UploadQuery>,
    headers: HeaderMap,
    body: Body,
) -> Result<(StatusCode, Json<File>)> {
    if query.name.chars().count() > 1000 {
        return Err(Error::field("name", "At most 1000 characters, please."));
    }
    let mut bytes = body.into_data_stream();
    let kept = if says_too_large(&headers) {
        Err(Error::TooLarge(FILE_BYTES))
    } else {
        media::keep_upload(&app, &caller, &query.name, &mut bytes, clock::now()).await
    };
    if matches!(kept, Err(Error::TooLarge(_))) {
        // A client that is still sending would not hear why it was cut off.
        let rest = async { while let Some(Ok(_)) = bytes.next().await {} };
        tokio::time::timeout(DRAIN_TIME, rest).await.ok();
    }
    Ok((StatusCode::CREATED, Json(kept?)))
}

/// Whether the client announces more than is taken.
fn says_too_large(headers: &HeaderMap) -> bool {
    let told =
        headers.get(header::CONTENT_LENGTH).and_then(|size| size.to_str().ok()?.parse().ok());
    told.is_some_and(|size: u64| size > FILE_BYTES)
}

/// One file.
#[utoipa::path(get, path = "/files/{id}", tag = "files",
    params(("id" = FileId, Path, description = "The file.")),
    responses((status = 200, description = "The file.", body = File), Problems))]
async fn get_file(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<FileId>,
) -> Result<Json<File>> {
    Ok(Json(media::see(&app, &caller, id).await?.file))
}

/// The bytes of a file. A supervisor's look is recorded as for a thread.
#[utoipa::path(get, path = "/files/{id}/content", tag = "files",
    params(("id" = FileId, Path, description = "The file.")),
    responses(
        (status = 200, description = "The bytes.", body = inline(FileBytes), content_type = "*/*"),
        Problems))]
async fn get_file_content(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<FileId>,
) -> Result<Response> {
    let Opened { file, bytes } = media::open(&app, &caller, id).await?;
    let body = Body::from_stream(ReaderStream::with_capacity(bytes, CHUNK));
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(file.size));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(harmless(&file.content_type)));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX));
    if let Ok(value) = HeaderValue::from_str(&media::disposition(&file.name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// Asks the provider again for a file that could not be fetched.
#[utoipa::path(post, path = "/files/{id}/fetch", tag = "files",
    params(("id" = FileId, Path, description = "The file.")),
    responses((status = 200, description = "The file, on its way.", body = File), Problems))]
async fn fetch_file(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<FileId>,
) -> Result<Json<File>> {
    Ok(Json(media::fetch_again(&app, &caller, id, clock::now()).await?))
}

/// The media type under which a client gets a file. A page of ours could run anything else, such
/// as HTML, with our own rights.
fn harmless(content_type: &str) -> &'static str {
    const SHOWN: &[&str] = &[
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/webp",
        "image/avif",
        "image/bmp",
        "image/heif",
        "video/mp4",
        "video/webm",
        "video/quicktime",
        "video/3gpp",
        "audio/mpeg",
        "audio/m4a",
        "audio/ogg",
        "audio/opus",
        "audio/aac",
        "audio/amr",
        "audio/x-wav",
        "application/pdf",
        "text/plain",
    ];
    let known = SHOWN.iter().find(|shown| **shown == content_type);
    known.copied().unwrap_or("application/octet-stream")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_browser_would_run_is_called_by_its_name() {
        for (content_type, expected) in [
            ("image/png", "image/png"),
            ("text/html", "application/octet-stream"),
            ("text/xml", "application/octet-stream"),
            ("image/svg+xml", "application/octet-stream"),
            ("application/javascript", "application/octet-stream"),
        ] {
            assert_eq!(harmless(content_type), expected);
        }
    }
}
