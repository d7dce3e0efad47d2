//! Webhooks: the whole request is verified, then stored, and only then answered.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Path, Request as HttpRequest, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::BytesMut;
use deskbell_channels::exchange::{Refused, Reply, Request};
use futures_util::StreamExt;

use super::Door;
use crate::clock;
use crate::connections::Live;
use crate::error::{Error, Result};
use crate::inbox::{self, Accepted};

/// Bytes of a webhook at most.
const BODY_BYTES: usize = 1024 * 1024;
/// Bytes of a larger one that are read and dropped, so that its sender hears the answer.
const DRAINED_BYTES: usize = 8 * BODY_BYTES;
/// How long its body may take to come in.
const BODY_TIME: Duration = Duration::from_secs(30);

/// Takes one webhook in.
pub(super) async fn receive(
    State(door): State<Arc<Door>>,
    path: std::result::Result<Path<(String, String)>, axum::extract::rejection::PathRejection>,
    request: HttpRequest,
) -> Response {
    let known = matches!(*request.method(), Method::GET | Method::POST);
    let (true, Ok(Path((provider, token)))) = (known, path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if door.app.db().read_only().is_some() {
        // No channel is live then, but the provider has to come again, not to give up.
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let Some(live) = door.app.connections().by_token(&provider, &token) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    metrics::counter!("deskbell_webhooks_received_total").increment(1);
    let (parts, body) = request.into_parts();
    let body = match whole(body).await {
        Ok(body) => body,
        Err(status) => return refuse(&live, status),
    };
    match take(&door, &live, parts, body).await {
        Ok(response) => response,
        Err(error) => failed(&live, &error),
    }
}

async fn take(
    door: &Door,
    live: &Live,
    parts: axum::http::request::Parts,
    body: Bytes,
) -> Result<Response> {
    let origins = door.origins.current(&door.app).await?;
    let path_and_query = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let request = Request {
        method: parts.method.as_str().to_owned(),
        path_and_query: path_and_query.to_owned(),
        public_origins: origins.to_vec(),
        headers: readable(&parts.headers),
        body,
        received_at: clock::now(),
    };
    let received = match live.channel.receive(&request) {
        Ok(received) => received,
        Err(refused) => {
            if matches!(refused, Refused::Signature { .. } | Refused::Foreign) {
                live.refusals.note(clock::now());
            }
            return Ok(refuse(live, status_of(&refused)));
        }
    };
    metrics::counter!("deskbell_webhooks_verified_total").increment(1);
    let reply = received.reply.clone();
    let accepted = inbox::accept(&door.app, live, &request, received).await?;
    count(accepted);
    tracing::debug!(channel.id = %live.id, ?accepted, "a webhook was taken in");
    Ok(answer(reply))
}

/// The whole body, or the status with which it is refused.
async fn whole(body: Body) -> std::result::Result<Bytes, StatusCode> {
    let read = async {
        let mut stream = body.into_data_stream();
        let (mut whole, mut size) = (BytesMut::new(), 0);
        while let Some(chunk) = stream.next().await {
            let chunk = chunk.map_err(|_| StatusCode::BAD_REQUEST)?;
            size += chunk.len();
            if size <= BODY_BYTES {
                whole.extend_from_slice(&chunk);
            } else if size > DRAINED_BYTES {
                break;
            }
        }
        if size <= BODY_BYTES { Ok(whole.freeze()) } else { Err(StatusCode::PAYLOAD_TOO_LARGE) }
    };
    tokio::time::timeout(BODY_TIME, read).await.unwrap_or(Err(StatusCode::REQUEST_TIMEOUT))
}

/// Header names in lower case, with their values as text.
fn readable(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(name, value)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        })
        .collect()
}

fn status_of(refused: &Refused) -> StatusCode {
    match refused {
        Refused::Signature { status } => {
            StatusCode::from_u16(*status).unwrap_or(StatusCode::FORBIDDEN)
        }
        Refused::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Refused::Malformed(_) => StatusCode::BAD_REQUEST,
        Refused::Foreign => StatusCode::FORBIDDEN,
    }
}

fn refuse(live: &Live, status: StatusCode) -> Response {
    metrics::counter!("deskbell_webhooks_refused_total").increment(1);
    tracing::debug!(channel.id = %live.id, status = status.as_u16(), "a webhook was refused");
    status.into_response()
}

fn count(accepted: Accepted) {
    match accepted {
        Accepted::Stored => metrics::counter!("deskbell_webhooks_stored_total").increment(1),
        Accepted::Repeated => metrics::counter!("deskbell_webhooks_repeated_total").increment(1),
        Accepted::Unreadable => {
            metrics::counter!("deskbell_webhooks_unreadable_total").increment(1);
        }
        Accepted::Nothing => {}
    }
}

/// What the provider expects once we have its request on disk.
fn answer(reply: Reply) -> Response {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::OK);
    let mut response = (status, Body::from(reply.body)).into_response();
    if let Some(content_type) = reply.content_type {
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    response
}

/// Nothing was stored: the provider has to come again.
fn failed(live: &Live, error: &Error) -> Response {
    tracing::error!(channel.id = %live.id, %error, "a webhook could not be stored");
    let status = match error {
        Error::ReadOnly(_) | Error::Stopping => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    status.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_body_is_taken_whole_up_to_its_limit() {
        let fits = whole(Body::from(vec![b'x'; BODY_BYTES])).await.unwrap();
        assert_eq!(fits.len(), BODY_BYTES);
        let large = whole(Body::from(vec![b'x'; BODY_BYTES + 1])).await;
        assert_eq!(large.unwrap_err(), StatusCode::PAYLOAD_TOO_LARGE);
    }

    #[tokio::test]
    async fn the_rest_of_a_large_body_is_dropped_up_to_a_point() {
        let chunks = futures_util::stream::repeat_with(|| {
            Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; 65_536]))
        });
        let status = whole(Body::from_stream(chunks)).await.unwrap_err();
        assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_never_ends_is_given_up() {
        let drips = futures_util::stream::pending::<std::result::Result<Bytes, std::io::Error>>();
        let status = whole(Body::from_stream(drips)).await.unwrap_err();
        assert_eq!(status, StatusCode::REQUEST_TIMEOUT);
    }

    #[test]
    fn each_refusal_has_the_status_that_its_provider_asks_for() {
        for (refused, expected) in [
            (Refused::Signature { status: 403 }, 403),
            (Refused::Signature { status: 400 }, 400),
            (Refused::ContentType, 415),
            (Refused::Malformed(String::new()), 400),
            (Refused::Foreign, 403),
        ] {
            assert_eq!(status_of(&refused).as_u16(), expected, "{refused}");
        }
    }

    #[test]
    fn a_reply_without_content_type_has_none() {
        let reply = Reply { status: 204, content_type: None, body: String::new() };
        let response = answer(reply);
        assert_eq!(response.status(), StatusCode::NO_CONTENT);
        assert!(!response.headers().contains_key(header::CONTENT_TYPE));
    }
}
