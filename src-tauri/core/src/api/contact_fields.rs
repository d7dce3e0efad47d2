//! Custom fields of contacts.

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
use crate::contacts::{self, FieldChange};
use crate::error::Result;
use crate::fields::Fields;
use crate::model::{ContactField, ContactFieldId, ContactFieldKind};
use crate::store::contact_fields as store;

/// Things to choose, at most.
const CHOICES: usize = 50;
/// The last place in an order that can be asked for.
const PLACES: u32 = 1_000;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_contact_fields, add_contact_field))
        .routes(routes!(change_contact_field, delete_contact_field))
}

/// The custom fields, in their order.
#[utoipa::path(get, path = "/contact-fields", tag = "contacts",
    responses((status = 200, body = Vec<ContactField>), Problems))]
async fn list_contact_fields(
    State(app): State<App>,
    _caller: Caller,
) -> Result<Json<Vec<ContactField>>> {
    Ok(Json(app.db().read(store::all).await?))
}

/// A custom field to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewContactField {
    /// Name.
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    /// What may stand in it.
    kind: ContactFieldKind,
    /// Of a choice: what there is to choose.
    #[serde(default)]
    #[schema(max_items = 50)]
    choices: Vec<String>,
}

/// Adds a custom field at the end.
#[utoipa::path(post, path = "/contact-fields", tag = "contacts", request_body = NewContactField,
    responses((status = 201, body = ContactField), Problems))]
async fn add_contact_field(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<NewContactField>,
) -> Result<(StatusCode, Json<ContactField>)> {
    caller.must_administer()?;
    let mut fields = Fields::new();
    let name = fields.line("name", &new.name, 1, 60);
    let choices = read_choices(&mut fields, new.choices);
    fields.finish()?;
    let field = contacts::add_field(&app, &caller, name, new.kind, choices).await?;
    Ok((StatusCode::CREATED, Json(field)))
}

fn read_choices(fields: &mut Fields, choices: Vec<String>) -> Vec<String> {
    if choices.len() > CHOICES {
        fields.refuse("choices", format!("At most {CHOICES}, please."));
        return Vec::new();
    }
    choices.iter().map(|choice| fields.line("choices", choice, 1, 80)).collect()
}

/// What to change of a custom field; what is left out stays as it is.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct ContactFieldChange {
    /// Name.
    #[schema(min_length = 1, max_length = 60)]
    name: Option<String>,
    /// What there is to choose; what contacts have cannot be taken away.
    #[schema(max_items = 50)]
    choices: Option<Vec<String>>,
    /// Its place in the order, from 0.
    #[schema(maximum = 1000)]
    position: Option<u32>,
}

/// Changes a custom field.
#[utoipa::path(patch, path = "/contact-fields/{id}", tag = "contacts",
    params(("id" = ContactFieldId, Path)), request_body = ContactFieldChange,
    responses((status = 200, body = ContactField), Problems))]
async fn change_contact_field(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactFieldId>,
    Json(change): Json<ContactFieldChange>,
) -> Result<Json<ContactField>> {
    caller.must_administer()?;
    let mut fields = Fields::new();
    let name = change.name.map(|name| fields.line("name", &name, 1, 60));
    let choices = change.choices.map(|choices| read_choices(&mut fields, choices));
    if change.position.is_some_and(|position| position > PLACES) {
        fields.refuse("position", format!("At most {PLACES}, please."));
    }
    fields.finish()?;
    let position = change.position.and_then(|position| usize::try_from(position).ok());
    let change = FieldChange { name, choices, position };
    Ok(Json(contacts::change_field(&app, &caller, id, change).await?))
}

/// Deletes a custom field with everything that stands in it.
#[utoipa::path(delete, path = "/contact-fields/{id}", tag = "contacts",
    params(("id" = ContactFieldId, Path)), responses((status = 204), Problems))]
async fn delete_contact_field(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactFieldId>,
) -> Result<StatusCode> {
    contacts::remove_field(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
