//! Labels: everyone sees, makes and puts them; supervisors tidy them up.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path};
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::error::Result;
use crate::labels::{self, LabelChange, NewLabel};
use crate::model::{Contact, ContactId, Label, LabelId, Session, SessionId};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_labels, create_label))
        .routes(routes!(change_label, delete_label))
        .routes(routes!(merge_label))
        .routes(routes!(label_session))
        .routes(routes!(label_contact))
}

/// All labels.
#[utoipa::path(get, path = "/labels", tag = "labels",
    responses((status = 200, description = "Labels by name.", body = Vec<Label>), Problems))]
async fn list_labels(State(app): State<App>, _caller: Caller) -> Result<Json<Vec<Label>>> {
    Ok(Json(labels::list(&app).await?))
}

/// Makes a label.
#[utoipa::path(post, path = "/labels", tag = "labels", request_body = NewLabel,
    responses((status = 201, description = "The label.", body = Label), Problems))]
async fn create_label(
    State(app): State<App>,
    _caller: Caller,
    Json(wish): Json<NewLabel>,
) -> Result<(StatusCode, Json<Label>)> {
    Ok((StatusCode::CREATED, Json(labels::create(&app, wish).await?)))
}

/// Renames or recolours a label, for everyone. Supervisors and administrators only.
#[utoipa::path(patch, path = "/labels/{id}", tag = "labels", request_body = LabelChange,
    params(("id" = LabelId, Path, description = "The label.")),
    responses((status = 200, description = "The label, changed.", body = Label), Problems))]
async fn change_label(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<LabelId>,
    Json(change): Json<LabelChange>,
) -> Result<Json<Label>> {
    Ok(Json(labels::change(&app, &caller, id, change).await?))
}

/// Deletes a label; it leaves everything that it was put on. Supervisors and administrators only.
#[utoipa::path(delete, path = "/labels/{id}", tag = "labels",
    params(("id" = LabelId, Path, description = "The label.")),
    responses((status = 204, description = "The label is deleted."), Problems))]
async fn delete_label(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<LabelId>,
) -> Result<StatusCode> {
    labels::delete(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which label takes its place.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LabelMerge {
    /// The label that stays.
    into: LabelId,
}

/// Makes one label of two: everything that has this one has the other instead, saved views as
/// well. Supervisors and administrators only.
#[utoipa::path(post, path = "/labels/{id}/merge", tag = "labels", request_body = LabelMerge,
    params(("id" = LabelId, Path, description = "The label that goes.")),
    responses((status = 200, description = "The label that stays.", body = Label), Problems))]
async fn merge_label(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<LabelId>,
    Json(merge): Json<LabelMerge>,
) -> Result<Json<Label>> {
    Ok(Json(labels::merge(&app, &caller, id, merge.into).await?))
}

/// The labels that something is to have.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Labels {
    /// All of them; others are taken off.
    #[schema(max_items = 20)]
    labels: Vec<LabelId>,
}

/// Gives a session exactly these labels.
#[utoipa::path(put, path = "/sessions/{id}/labels", tag = "labels", request_body = Labels,
    params(("id" = SessionId, Path)), responses((status = 200, body = Session), Problems))]
async fn label_session(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
    Json(wanted): Json<Labels>,
) -> Result<Json<Session>> {
    Ok(Json(labels::put_on_session(&app, &caller, id, wanted.labels).await?))
}

/// Gives a contact exactly these labels.
#[utoipa::path(put, path = "/contacts/{id}/labels", tag = "labels", request_body = Labels,
    params(("id" = ContactId, Path)), responses((status = 200, body = Contact), Problems))]
async fn label_contact(
    State(app): State<App>,
    _caller: Caller,
    Path(id): Path<ContactId>,
    Json(wanted): Json<Labels>,
) -> Result<Json<Contact>> {
    Ok(Json(labels::put_on_contact(&app, id, wanted.labels).await?))
}
