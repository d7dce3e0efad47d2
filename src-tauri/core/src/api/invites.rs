//! Invitations: made by administrators, used once by whoever holds the link.

use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path};
use super::problem::Problems;
use crate::access::Caller;
use crate::accounts::invites::{self, InviteInput, InviteToken, Joining};
use crate::app::App;
use crate::clock;
use crate::error::Result;
use crate::model::{Invite, InviteId, InviteLook, NewInvite, SignedIn};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_invites, create_invite))
        .routes(routes!(delete_invite))
        .routes(routes!(look_at_invite))
        .routes(routes!(join_desk))
}

/// Invitations that nobody has used yet.
#[utoipa::path(get, path = "/invites", tag = "users",
    responses((status = 200, description = "The newest first.", body = Vec<Invite>), Problems))]
async fn list_invites(State(app): State<App>, caller: Caller) -> Result<Json<Vec<Invite>>> {
    Ok(Json(invites::list(&app, &caller, clock::now()).await?))
}

/// Makes an invitation, good for a week and for one person.
#[utoipa::path(post, path = "/invites", tag = "users", request_body = InviteInput,
    responses((status = 201, description = "It, and the token of its link.", body = NewInvite), Problems))]
async fn create_invite(
    State(app): State<App>,
    caller: Caller,
    Json(wish): Json<InviteInput>,
) -> Result<(StatusCode, Json<NewInvite>)> {
    let made = invites::create(&app, &caller, wish, clock::now()).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Takes an invitation back.
#[utoipa::path(delete, path = "/invites/{id}", tag = "users",
    params(("id" = InviteId, Path, description = "The invitation.")),
    responses((status = 204, description = "Its link is worth nothing now."), Problems))]
async fn delete_invite(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<InviteId>,
) -> Result<StatusCode> {
    invites::delete(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the holder of a link may know.
#[utoipa::path(post, path = "/invites/look", tag = "desk", security(()), request_body = InviteToken,
    responses((status = 200, description = "Who invites whom to what.", body = InviteLook), Problems))]
async fn look_at_invite(
    State(app): State<App>,
    Json(link): Json<InviteToken>,
) -> Result<Json<InviteLook>> {
    Ok(Json(invites::look(&app, &link.token, clock::now()).await?))
}

/// Makes the holder of a link a user, signed in on this device; the link is used up.
#[utoipa::path(post, path = "/join", tag = "desk", security(()), request_body = Joining,
    responses((status = 200, description = "Signed in; the token is shown only here.", body = SignedIn), Problems))]
async fn join_desk(State(app): State<App>, Json(joining): Json<Joining>) -> Result<Json<SignedIn>> {
    Ok(Json(invites::join(&app, joining, clock::now()).await?))
}
