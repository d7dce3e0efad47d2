//! The simulator's own API, for browser tests and for people: JSON under `/control`.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use deskbell_channels::simulated::engine::{Fault, Faults};
use serde::{Deserialize, Serialize};

use crate::stage::{Conduct, Recorded, Stage, now};
use crate::webhook::{
    Said, TwilioAccount, Webhook, general_garbled, general_message, twilio_garbled, twilio_message,
    twilio_receipt,
};

pub(crate) fn router() -> Router<Arc<Stage>> {
    Router::new()
        .route("/control/faults", get(conduct).post(set_conduct))
        .route("/control/sent", get(sent).delete(forget))
        .route("/control/deliver", post(deliver))
        .route("/control/receipt", post(receipt))
}

async fn conduct(State(stage): State<Arc<Stage>>) -> Json<Conduct> {
    Json(stage.conduct())
}

/// What is left out goes back to its default; the callback listener stays.
async fn set_conduct(
    State(stage): State<Arc<Stage>>,
    Json(wanted): Json<Conduct>,
) -> Json<Conduct> {
    stage.change(|conduct| {
        let callback_to = wanted.callback_to.or(conduct.callback_to);
        *conduct = Conduct { callback_to, ..wanted };
    });
    Json(stage.conduct())
}

async fn sent(State(stage): State<Arc<Stage>>) -> Json<Vec<Recorded>> {
    Json(stage.sent())
}

async fn forget(State(stage): State<Arc<Stage>>) -> StatusCode {
    stage.forget();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Who {
    Twilio,
    General,
}

/// Where to, and signed how.
#[derive(Deserialize)]
struct Route {
    provider: Who,
    /// Where the request really goes.
    target_url: String,
    /// The address that the provider knows and signs; the target when left out.
    public_url: Option<String>,
    /// Auth Token or Secret.
    #[serde(default)]
    secret: String,
    /// Twilio's Account SID.
    #[serde(default)]
    account_sid: String,
}

impl Route {
    fn signed_url(&self) -> &str {
        self.public_url.as_deref().unwrap_or(&self.target_url)
    }

    fn account(&self) -> TwilioAccount {
        TwilioAccount { sid: self.account_sid.clone(), auth_token: self.secret.clone() }
    }

    fn secret(&self) -> Option<&str> {
        Some(self.secret.as_str()).filter(|secret| !secret.is_empty())
    }

    fn webhook(&self, said: &Said, faults: &Faults) -> Webhook {
        let garbled = faults.has(Fault::Unparsable);
        match (&self.provider, garbled) {
            (Who::Twilio, false) => twilio_message(&self.account(), self.signed_url(), said),
            (Who::Twilio, true) => twilio_garbled(&self.account(), self.signed_url()),
            (Who::General, false) => general_message(self.secret(), said, now()),
            (Who::General, true) => general_garbled(self.secret(), said, now()),
        }
    }
}

#[derive(Deserialize)]
struct Delivery {
    #[serde(flatten)]
    route: Route,
    #[serde(flatten)]
    said: Said,
}

/// What became of a delivery.
#[derive(Serialize)]
struct Delivered {
    id: String,
    /// HTTP status of every attempt.
    statuses: Vec<u16>,
}

type Answered<T> = Result<Json<T>, (StatusCode, String)>;

/// As often as the faults say.
async fn deliver(
    State(stage): State<Arc<Stage>>,
    Json(Delivery { route, mut said }): Json<Delivery>,
) -> Answered<Delivered> {
    if said.id.is_empty() {
        said.id = format!("SM{}", uuid::Uuid::new_v4().simple());
    }
    let faults = stage.conduct().faults;
    let webhook = route.webhook(&said, &faults);
    let mut statuses = Vec::new();
    for _ in 0..faults.copies() {
        let delivered = webhook.deliver(&stage.client, &route.target_url).await;
        statuses.push(delivered.map_err(not_arrived)?);
    }
    Ok(Json(Delivered { id: said.id, statuses }))
}

#[derive(Deserialize)]
struct News {
    #[serde(flatten)]
    route: Route,
    id: String,
    status: String,
    error_code: Option<u32>,
}

/// News of a message that the desk sent; Twilio only, General has none.
async fn receipt(
    State(stage): State<Arc<Stage>>,
    Json(News { route, id, status, error_code }): Json<News>,
) -> Answered<Delivered> {
    let Some(message) = stage.sent().into_iter().find(|message| message.provider_id == id) else {
        return Err((StatusCode::NOT_FOUND, format!("no message has the id {id}")));
    };
    let url = route.signed_url();
    let webhook = twilio_receipt(&route.account(), url, &message, &status, error_code);
    let answered = webhook.deliver(&stage.client, &route.target_url).await.map_err(not_arrived)?;
    Ok(Json(Delivered { id, statuses: vec![answered] }))
}

fn not_arrived(error: anyhow::Error) -> (StatusCode, String) {
    (StatusCode::BAD_GATEWAY, format!("the request did not arrive: {error}"))
}
