//! Webhooks: the whole request passes the channel's gate, is verified, then stored, and only then
//! answered.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Path, Request as HttpRequest, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::BytesMut;
use deskbell_channels::exchange::{Refused, Reply, Request};
use futures_util::StreamExt;

use super::Door;
use super::limits::Uncounted;
use super::origins::Reach;
use super::sender;
use crate::app::App;
use crate::clock;
use crate::connections::Live;
use crate::error::{Error, Result};
use crate::gate::{self, Sender, Verdict};
use crate::inbox::{self, Accepted};
use crate::model::{RefusalReason, Time};
use crate::store::channels;

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
        // No channel is live then: a provider that repeats what gets a 5xx comes again.
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    let Some(live) = door.app.connections().by_token(&provider, &token) else {
        return nobody_live(&door.app, provider, token).await.into_response();
    };
    metrics::counter!("deskbell_webhooks_received_total").increment(1);
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let (parts, body) = request.into_parts();
    let body = match whole(body).await {
        Ok(body) => body,
        Err(status) => return refuse(&live, status),
    };
    let reach = match door.origins.current(&door.app).await {
        Ok(reach) => reach,
        Err(error) => return failed(&live, &error),
    };
    let sender = sender::sender(peer, &parts.headers, reach.proxy_header);
    if let Some(response) = stopped(&live, sender, &parts.headers, clock::now()) {
        return response;
    }
    match take(&door, &live, &reach, parts, body).await {
        Ok(response) => response,
        Err(error) => failed(&live, &error),
    }
}

/// The answer where no live channel is. One that is a draft, switched off or could not be connected
/// may be live soon, and providers that repeat what gets a 5xx come again until then. An address of
/// no channel is not found, like any other.
async fn nobody_live(app: &App, provider: String, token: String) -> StatusCode {
    let known =
        app.db().read(move |connection| channels::has_token(connection, &provider, &token)).await;
    match known {
        Ok(false) => StatusCode::NOT_FOUND,
        Ok(true) | Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

/// The answer to a request that the channel's gate does not let through.
fn stopped(live: &Live, sender: Sender, headers: &HeaderMap, now: Time) -> Option<Response> {
    let authorization = headers.get(header::AUTHORIZATION);
    // A value that is no text is a wrong one.
    let authorization = authorization.map(|value| value.to_str().unwrap_or("Basic ="));
    match live.gate.verdict(sender, authorization) {
        Verdict::Admitted => {
            if live.gate.asks_for_password() {
                live.refusals.note_password();
            }
            None
        }
        Verdict::AskForPassword => {
            live.refusals.note_challenge(now);
            let mut response = asking(StatusCode::UNAUTHORIZED.into_response());
            response.extensions_mut().insert(Uncounted);
            Some(response)
        }
        Verdict::Refused(reason, words) => {
            live.refusals.note(reason, words, now);
            Some(match reason {
                RefusalReason::Password => asking(refuse(live, StatusCode::UNAUTHORIZED)),
                _ => refuse(live, StatusCode::FORBIDDEN),
            })
        }
    }
}

/// Providers bring name and password only to those who ask.
fn asking(mut response: Response) -> Response {
    let ask = HeaderValue::from_static("Basic realm=\"deskbell\"");
    response.headers_mut().insert(header::WWW_AUTHENTICATE, ask);
    response
}

async fn take(
    door: &Door,
    live: &Live,
    reach: &Reach,
    parts: axum::http::request::Parts,
    body: Bytes,
) -> Result<Response> {
    let path_and_query = parts.uri.path_and_query().map_or("/", |path| path.as_str());
    let request = Request {
        method: parts.method.as_str().to_owned(),
        path_and_query: path_and_query.to_owned(),
        public_origins: reach.origins.to_vec(),
        headers: readable(&parts.headers),
        body,
        received_at: clock::now(),
        kept: false,
    };
    let received = match live.channel.receive(&request) {
        Ok(received) => received,
        Err(refused) => {
            if let Some(reason) = reason_of(live, &request, &refused) {
                live.refusals.note(reason, gate::words(reason).to_owned(), request.received_at);
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

/// Why a request is not believed; `None` where that is not the question.
fn reason_of(live: &Live, request: &Request, refused: &Refused) -> Option<RefusalReason> {
    match refused {
        Refused::Signature { .. } if is_late(live, request) => Some(RefusalReason::Clock),
        Refused::Signature { .. } => Some(RefusalReason::Signature),
        Refused::Foreign => Some(RefusalReason::Foreign),
        Refused::ContentType | Refused::Malformed(_) => None,
    }
}

/// Whether the request would be believed at the time that one of its headers tells: then nothing
/// but the time is wrong.
fn is_late(live: &Live, request: &Request) -> bool {
    let told = request.headers.iter().filter_map(|(_, value)| unix_time(value));
    told.take(4).any(|received_at| {
        let then = Request { received_at, ..request.clone() };
        !matches!(live.channel.receive(&then), Err(Refused::Signature { .. }))
    })
}

/// Milliseconds of a time in seconds or milliseconds since 1970, if that is all there is.
fn unix_time(value: &str) -> Option<Time> {
    let digits = value.bytes().all(|byte| byte.is_ascii_digit());
    let number: Time = value.parse().ok().filter(|_| digits)?;
    match value.len() {
        10 => Some(number * 1_000),
        13 => Some(number),
        _ => None,
    }
}

/// Header names in lower case, with their values as text. A password for the gate is not kept.
fn readable(headers: &HeaderMap) -> Vec<(String, String)> {
    let kept = headers.iter().filter(|(name, value)| {
        **name != header::AUTHORIZATION || !value.to_str().is_ok_and(gate::is_basic)
    });
    kept.map(|(name, value)| {
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

/// Nothing was stored: the provider must not take it as done, and may come again.
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
    fn a_header_that_is_a_time_is_found() {
        for (value, expected) in [
            ("1700000000", Some(1_700_000_000_000)),
            ("1700000000123", Some(1_700_000_000_123)),
            ("170000000", None),
            ("17000000000", None),
            ("-700000000", None),
            ("+700000000", None),
            ("2023-11-14", None),
        ] {
            assert_eq!(unix_time(value), expected, "{value}");
        }
    }

    #[test]
    fn a_password_for_the_gate_goes_no_further() {
        let mut headers = HeaderMap::new();
        headers.insert("x-signature", HeaderValue::from_static("abc"));
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static("Basic ZGVzazpwdw=="));
        assert_eq!(readable(&headers), [("x-signature".to_owned(), "abc".to_owned())]);
        headers.insert(header::AUTHORIZATION, HeaderValue::from_static("Bearer signed"));
        assert_eq!(readable(&headers).len(), 2);
    }

    #[test]
    fn a_reply_without_content_type_has_none() {
        let reply = Reply { status: 204, content_type: None, body: String::new() };
        let response = answer(reply);
        assert_eq!(response.status(), StatusCode::NO_CONTENT);
        assert!(!response.headers().contains_key(header::CONTENT_TYPE));
    }
}
