//! What can be asked before signing in: what desk this is, its first run, and signing in and out.

use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::Json;
use super::guard::Distance;
use super::problem::Problems;
use crate::access::Caller;
use crate::accounts::{self, NewSignIn};
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::{Desk, Setup, SignedIn};
use crate::{clock, desk};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_desk))
        .routes(routes!(set_up))
        .routes(routes!(sign_in))
        .routes(routes!(sign_out))
}

/// What desk this is.
#[utoipa::path(get, path = "/desk", tag = "desk", security(()),
    responses((status = 200, description = "The desk.", body = Desk), Problems))]
async fn get_desk(State(app): State<App>, distance: Distance) -> Result<Json<Desk>> {
    let mut desk = desk::state(&app).await?;
    // Whoever is elsewhere cannot make the first user.
    desk.needs_setup &= distance == Distance::Here;
    Ok(Json(desk))
}

/// The first run, from this computer only: makes the first administrator and signs them in.
#[utoipa::path(post, path = "/desk/setup", tag = "desk", security(()),
    request_body = Setup,
    responses((status = 200, description = "The first administrator, signed in.", body = SignedIn), Problems))]
async fn set_up(
    State(app): State<App>,
    distance: Distance,
    Json(setup): Json<Setup>,
) -> Result<Json<SignedIn>> {
    match distance {
        Distance::Here => Ok(Json(accounts::setup(&app, setup, clock::now()).await?)),
        Distance::Elsewhere => Err(Error::Forbidden(
            "a new desk is set up on the computer that it runs on; do that first, then sign in here",
        )),
    }
}

/// Signs in on this device.
#[utoipa::path(post, path = "/sign-in", tag = "desk", security(()),
    request_body = NewSignIn,
    responses((status = 200, description = "Signed in; the token is shown only here.", body = SignedIn), Problems))]
async fn sign_in(State(app): State<App>, Json(wish): Json<NewSignIn>) -> Result<Json<SignedIn>> {
    Ok(Json(accounts::sign_in(&app, wish, clock::now()).await?))
}

/// Signs this device out.
#[utoipa::path(post, path = "/sign-out", tag = "desk",
    responses((status = 204, description = "Signed out."), Problems))]
async fn sign_out(State(app): State<App>, caller: Caller) -> Result<StatusCode> {
    accounts::sign_out(&app, &caller).await?;
    Ok(StatusCode::NO_CONTENT)
}
