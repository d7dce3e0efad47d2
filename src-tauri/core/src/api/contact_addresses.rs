//! Addresses of contacts: add, move, name, take away; and whether they want to hear from us.

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
use crate::contacts::{Added, Elsewhere};
use crate::error::{Error, Result};
use crate::fields::Fields;
use crate::model::{Contact, ContactId, IdentityId, NumberId};
use crate::optouts::Wish;
use crate::store::settings;
use crate::{contacts, optouts, phone};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(add_identity))
        .routes(routes!(change_identity, remove_identity))
        .routes(routes!(set_opt_out))
        .routes(routes!(lift_contact_opt_out))
}

/// Another address of a contact: a number that is typed, or an address that is known already.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewIdentity {
    /// Telephone number, in E.164 or as it is written in the desk's country.
    #[serde(default)]
    #[schema(max_length = 64)]
    phone: Option<String>,
    /// An address that another contact has, instead of a number.
    #[serde(default)]
    identity_id: Option<IdentityId>,
    /// What it is: mobile, work …
    #[serde(default)]
    #[schema(max_length = 40)]
    remark: Option<String>,
    /// `true`: if it belongs to another contact, it moves here with all its sessions.
    #[serde(default, rename = "move")]
    moves: bool,
}

/// Gives a contact another address. If another contact has it, 409 says who, unless it is to move.
#[utoipa::path(post, path = "/contacts/{id}/identities", tag = "contacts",
    params(("id" = ContactId, Path)), request_body = NewIdentity,
    responses((status = 201, body = Contact), Problems))]
async fn add_identity(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactId>,
    Json(new): Json<NewIdentity>,
) -> Result<(StatusCode, Json<Contact>)> {
    let mut fields = Fields::new();
    let remark = new.remark.map(|text| fields.line("remark", &text, 0, 40));
    let typed = match new.identity_id {
        Some(_) => String::new(),
        None => fields.line("phone", new.phone.as_deref().unwrap_or_default(), 2, 64),
    };
    fields.finish()?;
    let added = if let Some(identity) = new.identity_id {
        Added::Known(identity)
    } else {
        let country = app.db().read(settings::country).await?;
        let number =
            phone::parse(&typed, &country).map_err(|problem| Error::field("phone", problem))?;
        Added::Phone(number.e164)
    };
    let elsewhere = if new.moves { Elsewhere::Moves } else { Elsewhere::Stays };
    let contact = contacts::add_address(&app, &caller, id, added, remark, elsewhere).await?;
    Ok((StatusCode::CREATED, Json(contact)))
}

/// What to change of an address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct IdentityChange {
    /// What it is: mobile, work …
    #[schema(max_length = 40)]
    remark: String,
}

/// Says what an address of a contact is.
#[utoipa::path(patch, path = "/contacts/{id}/identities/{identity}", tag = "contacts",
    params(("id" = ContactId, Path), ("identity" = IdentityId, Path)),
    request_body = IdentityChange, responses((status = 200, body = Contact), Problems))]
async fn change_identity(
    State(app): State<App>,
    _caller: Caller,
    Path((id, identity)): Path<(ContactId, IdentityId)>,
    Json(change): Json<IdentityChange>,
) -> Result<Json<Contact>> {
    let mut fields = Fields::new();
    let remark = fields.line("remark", &change.remark, 0, 40);
    fields.finish()?;
    Ok(Json(contacts::set_remark(&app, id, identity, remark).await?))
}

/// Takes an address from a contact that has no sessions.
#[utoipa::path(delete, path = "/contacts/{id}/identities/{identity}", tag = "contacts",
    params(("id" = ContactId, Path), ("identity" = IdentityId, Path)),
    responses((status = 204), Problems))]
async fn remove_identity(
    State(app): State<App>,
    _caller: Caller,
    Path((id, identity)): Path<(ContactId, IdentityId)>,
) -> Result<StatusCode> {
    contacts::remove_address(&app, id, identity).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether a contact wants to hear from one of our numbers.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct OptOutWish {
    /// Their address.
    identity_id: IdentityId,
    /// Our number.
    number_id: NumberId,
    /// How one knows, for the timeline.
    #[schema(min_length = 3, max_length = 500)]
    reason: String,
}

impl OptOutWish {
    fn checked(self, contact: ContactId) -> Result<(Wish, String)> {
        let mut fields = Fields::new();
        let reason = fields.line("reason", &self.reason, 3, 500);
        fields.finish()?;
        Ok((Wish { contact, identity: self.identity_id, number: self.number_id }, reason))
    }
}

/// Notes that the contact said in another way that they want to hear no more from a number.
#[utoipa::path(post, path = "/contacts/{id}/opt-out", tag = "contacts",
    params(("id" = ContactId, Path)), request_body = OptOutWish,
    responses((status = 200, body = Contact), Problems))]
async fn set_opt_out(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactId>,
    Json(wish): Json<OptOutWish>,
) -> Result<Json<Contact>> {
    let (wish, reason) = wish.checked(id)?;
    Ok(Json(optouts::set_by_hand(&app, &caller, wish, reason).await?))
}

/// Lifts the contact's opt-out, for supervisors and administrators.
#[utoipa::path(post, path = "/contacts/{id}/lift-opt-out", tag = "contacts",
    params(("id" = ContactId, Path)), request_body = OptOutWish,
    responses((status = 200, body = Contact), Problems))]
async fn lift_contact_opt_out(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactId>,
    Json(wish): Json<OptOutWish>,
) -> Result<Json<Contact>> {
    caller.must_supervise()?;
    let (wish, reason) = wish.checked(id)?;
    Ok(Json(optouts::lift_by_hand(&app, &caller, wish, reason).await?))
}
