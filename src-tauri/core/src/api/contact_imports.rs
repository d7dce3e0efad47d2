//! Files of contacts: brought, looked at, brought in, taken back.

use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use futures_util::StreamExt;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path, Query};
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::contacts::import::{self, FILE_BYTES};
use crate::error::{Error, Result};
use crate::fields::Fields;
use crate::model::{
    ContactImport, ContactImportId, ImportDraft, ImportPlan, ImportProblems, ImportWish,
};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_contact_imports, read_contact_file))
        .routes(routes!(get_contact_import))
        .routes(routes!(check_contact_import))
        .routes(routes!(list_import_problems))
        .routes(routes!(start_contact_import))
        .routes(routes!(undo_contact_import))
}

/// What the file is called.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FileQuery {
    /// Its name, for people.
    #[param(max_length = 200)]
    name: String,
}

/// The bytes of a file, as they are.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "describes a body that is streamed")]
struct ContactFileBytes(Vec<u8>);

/// Brings a CSV or vCard file of at most 10 MB and 50,000 contacts, and tells what is in it.
/// Nothing is changed yet; the file waits for an hour, and for the caller only.
#[utoipa::path(post, path = "/contact-imports", tag = "contacts", params(FileQuery),
    request_body(content = inline(ContactFileBytes), content_type = "application/octet-stream"),
    responses((status = 201, body = ImportDraft), Problems))]
async fn read_contact_file(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<FileQuery>,
    body: Body,
) -> Result<(StatusCode, Json<ImportDraft>)> {
    caller.must_supervise()?;
    let mut fields = Fields::new();
    let name = fields.line("name", &query.name, 0, 200);
    fields.finish()?;
    let bytes = whole(body).await?;
    Ok((StatusCode::CREATED, Json(import::read(&app, &caller, name, bytes).await?)))
}

/// The body, if it is not too large. The rest of one that is gets read and dropped, so that the
/// client hears why.
async fn whole(body: Body) -> Result<Vec<u8>> {
    let (mut bytes, mut length) = (Vec::new(), 0_u64);
    let mut parts = body.into_data_stream();
    while let Some(part) = parts.next().await {
        let part =
            part.map_err(|_| Error::BadRequest("the file broke off; send it again".to_owned()))?;
        length += u64::try_from(part.len()).unwrap_or(u64::MAX);
        if length <= FILE_BYTES {
            bytes.extend_from_slice(&part);
        } else if length > FILE_BYTES * 10 {
            break;
        }
    }
    if length > FILE_BYTES { Err(Error::TooLarge(FILE_BYTES)) } else { Ok(bytes) }
}

/// The newest imports.
#[utoipa::path(get, path = "/contact-imports", tag = "contacts",
    responses((status = 200, body = Vec<ContactImport>), Problems))]
async fn list_contact_imports(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<Vec<ContactImport>>> {
    Ok(Json(import::list(&app, &caller).await?))
}

/// How far an import is.
#[utoipa::path(get, path = "/contact-imports/{id}", tag = "contacts",
    params(("id" = ContactImportId, Path)),
    responses((status = 200, body = ContactImport), Problems))]
async fn get_contact_import(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactImportId>,
) -> Result<Json<ContactImport>> {
    Ok(Json(import::get(&app, &caller, id).await?))
}

/// A dry run: what would come of the file. Nothing is changed.
#[utoipa::path(post, path = "/contact-imports/{id}/check", tag = "contacts",
    params(("id" = ContactImportId, Path)), request_body = ImportWish,
    responses((status = 200, body = ImportPlan), Problems))]
async fn check_contact_import(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactImportId>,
    Json(wish): Json<ImportWish>,
) -> Result<Json<ImportPlan>> {
    Ok(Json(import::check(&app, &caller, id, wish).await?))
}

/// All rows of the file of which something cannot be used, with what stands in them.
#[utoipa::path(post, path = "/contact-imports/{id}/problems", tag = "contacts",
    params(("id" = ContactImportId, Path)), request_body = ImportWish,
    responses((status = 200, body = ImportProblems), Problems))]
async fn list_import_problems(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactImportId>,
    Json(wish): Json<ImportWish>,
) -> Result<Json<ImportProblems>> {
    Ok(Json(import::problems(&app, &caller, id, wish).await?))
}

/// Brings the file in. It goes on by itself, few by few; `contact_import_changed` tells how far.
/// The same file again changes nothing more.
#[utoipa::path(post, path = "/contact-imports/{id}/start", tag = "contacts",
    params(("id" = ContactImportId, Path)), request_body = ImportWish,
    responses((status = 202, body = ContactImport), Problems))]
async fn start_contact_import(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactImportId>,
    Json(wish): Json<ImportWish>,
) -> Result<(StatusCode, Json<ContactImport>)> {
    let import = import::start(&app, &caller, id, wish).await?;
    Ok((StatusCode::ACCEPTED, Json(import)))
}

/// Takes an import back, within half an hour: newcomers go, known contacts are what they were.
/// Those with whom somebody wrote since, or whom somebody changed, stay as they are.
#[utoipa::path(post, path = "/contact-imports/{id}/undo", tag = "contacts",
    params(("id" = ContactImportId, Path)),
    responses((status = 202, body = ContactImport), Problems))]
async fn undo_contact_import(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactImportId>,
) -> Result<(StatusCode, Json<ContactImport>)> {
    Ok((StatusCode::ACCEPTED, Json(import::undo(&app, &caller, id).await?)))
}
