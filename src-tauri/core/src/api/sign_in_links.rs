//! Links that sign their own user in once more, in a browser on the same computer.

use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::Json;
use super::problem::Problems;
use crate::access::Caller;
use crate::accounts::links::{self, LinkSignIn};
use crate::app::App;
use crate::clock;
use crate::error::Result;
use crate::model::{SignInLink, SignedIn};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(make_sign_in_link)).routes(routes!(sign_in_by_link))
}

/// Makes a link that signs the caller in on one more device, once and within a minute. It is the
/// only one of its user.
#[utoipa::path(post, path = "/me/sign-in-links", tag = "me",
    responses((status = 201, description = "Its token is shown only here.", body = SignInLink), Problems))]
async fn make_sign_in_link(
    State(app): State<App>,
    caller: Caller,
) -> Result<(StatusCode, Json<SignInLink>)> {
    Ok((StatusCode::CREATED, Json(links::create(&app, &caller, clock::now())?)))
}

/// Signs the user of a link in on this device; the link is used up.
#[utoipa::path(post, path = "/sign-in/link", tag = "desk", security(()),
    request_body = LinkSignIn,
    responses((status = 200, description = "Signed in; the token is shown only here.", body = SignedIn), Problems))]
async fn sign_in_by_link(
    State(app): State<App>,
    Json(wish): Json<LinkSignIn>,
) -> Result<Json<SignedIn>> {
    Ok(Json(links::sign_in(&app, wish, clock::now()).await?))
}
