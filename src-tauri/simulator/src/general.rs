//! The simulated General gateway: takes messages, answers the challenge.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use deskbell_channels::simulated::engine::{Fault, Verdict};
use serde::Deserialize;
use serde_json::json;

use crate::stage::{End, Recorded, Stage, json, never, now};

pub(crate) fn router() -> Router<Arc<Stage>> {
    Router::new().route("/general/send", post(send)).route("/general/verify", get(verify))
}

#[derive(Deserialize)]
struct Message {
    from: String,
    to: String,
    text: Option<String>,
    #[serde(default)]
    media_urls: Vec<String>,
}

async fn send(
    State(stage): State<Arc<Stage>>,
    headers: HeaderMap,
    Json(message): Json<Message>,
) -> Response {
    if !has_key(&headers) {
        return error(401, "10004", "Authentication failed");
    }
    let provider_id = uuid::Uuid::new_v4().to_string();
    let submission = Recorded {
        provider: "general",
        provider_id: provider_id.clone(),
        from: message.from,
        to: message.to,
        text: message.text,
        media_urls: message.media_urls,
        status_url: None,
        taken: false,
        at: now(),
    };
    match stage.submit(submission).await.1 {
        End::Yes => json(200, &json!({ "data": { "id": provider_id } })),
        End::No(Verdict::RateLimited { retry_after }) => {
            let mut answer = error(429, "10006", "Too many requests");
            answer.headers_mut().insert(header::RETRY_AFTER, retry_after.into());
            answer
        }
        End::No(_) | End::Refused(_) => error(401, "10004", "Authentication failed"),
        End::Bare(status) => status.into_response(),
        End::Nothing => never().await,
    }
}

#[derive(Deserialize)]
struct Challenge {
    challenge: String,
}

async fn verify(
    State(stage): State<Arc<Stage>>,
    headers: HeaderMap,
    Query(question): Query<Challenge>,
) -> Response {
    if !has_key(&headers) || stage.conduct().faults.has(Fault::Refused) {
        return error(401, "10004", "Authentication failed");
    }
    question.challenge.into_response()
}

fn has_key(headers: &HeaderMap) -> bool {
    let header = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    header.and_then(|value| value.strip_prefix("Bearer ")).is_some_and(|key| !key.is_empty())
}

fn error(status: u16, code: &str, title: &str) -> Response {
    let detail = "said by the simulator";
    json(status, &json!({ "errors": [{ "code": code, "title": title, "detail": detail }] }))
}
