//! Contacts: search, add, correct, earlier sessions.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path, Query};
use super::problem::Problems;
use crate::access::{self, Caller, Sight};
use crate::app::App;
use crate::contacts::Elsewhere;
use crate::error::{Error, Result};
use crate::fields::Fields;
use crate::model::{Contact, ContactId, IdentityId, Session};
use crate::store::contacts::{self as store, Card};
use crate::store::{session_lists, sessions, settings};
use crate::{contacts, phone};

/// Contacts in a page.
const PAGE: u32 = 50;
/// Earlier sessions that are shown.
const EARLIER: u32 = 50;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_contacts, add_contact))
        .routes(routes!(get_contact, change_contact))
        .routes(routes!(add_identity))
        .routes(routes!(remove_identity))
        .routes(routes!(list_contact_sessions))
}

/// Which contacts are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ContactQuery {
    /// Part of a name, company, e-mail address or number.
    #[param(max_length = 200)]
    q: Option<String>,
    /// `next` of the page before.
    #[param(max_length = 600)]
    cursor: Option<String>,
}

/// A page of contacts.
#[derive(Debug, Serialize, ToSchema)]
struct ContactPage {
    /// Contacts by name.
    contacts: Vec<Contact>,
    /// Give this to get the next page; `null`: there is none.
    next: Option<String>,
}

/// Contacts, by name.
#[utoipa::path(get, path = "/contacts", tag = "contacts", params(ContactQuery),
    responses((status = 200, body = ContactPage), Problems))]
async fn list_contacts(
    State(app): State<App>,
    _caller: Caller,
    Query(query): Query<ContactQuery>,
) -> Result<Json<ContactPage>> {
    let mut fields = Fields::new();
    let text = fields.text("q", query.q.as_deref().unwrap_or_default(), 200);
    let cursor = query.cursor.as_deref().map(read_cursor).transpose();
    if cursor.is_err() {
        fields.refuse("cursor", "Give back the `next` of the page before.");
    }
    fields.finish()?;
    let cursor = cursor?;
    let page = app
        .db()
        .read(move |connection| {
            let after = cursor.as_ref().map(|(name, id)| (name.as_str(), *id));
            let mut contacts = store::search(connection, &text, after, PAGE + 1)?;
            let more = contacts.len() > PAGE as usize;
            contacts.truncate(PAGE as usize);
            let next =
                contacts.last().filter(|_| more).map(|last| format!("{}_{}", last.id, last.name));
            Ok(ContactPage { contacts, next })
        })
        .await?;
    Ok(Json(page))
}

fn read_cursor(text: &str) -> Result<(String, ContactId)> {
    let (id, name) = text.split_once('_').ok_or_else(|| Error::unreadable(text))?;
    Ok((name.to_owned(), id.parse()?))
}

/// A contact to add.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewContact {
    /// Name.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// Telephone number, in E.164 or as it is written in the desk's country.
    #[serde(default)]
    #[schema(max_length = 64)]
    phone: Option<String>,
    /// Company.
    #[serde(default)]
    #[schema(max_length = 120)]
    company: Option<String>,
    /// E-mail address.
    #[serde(default)]
    #[schema(max_length = 254)]
    email: Option<String>,
    /// What the team should know.
    #[serde(default)]
    #[schema(max_length = 4000)]
    remarks: Option<String>,
}

/// Adds a contact.
#[utoipa::path(post, path = "/contacts", tag = "contacts", request_body = NewContact,
    responses((status = 201, body = Contact), Problems))]
async fn add_contact(
    State(app): State<App>,
    _caller: Caller,
    Json(new): Json<NewContact>,
) -> Result<(StatusCode, Json<Contact>)> {
    let mut fields = Fields::new();
    let card = Card {
        name: fields.line("name", &new.name, 1, 120),
        company: fields.line("company", new.company.as_deref().unwrap_or_default(), 0, 120),
        email: fields.line("email", new.email.as_deref().unwrap_or_default(), 0, 254),
        remarks: fields.text("remarks", new.remarks.as_deref().unwrap_or_default(), 4_000),
    };
    let country = app.db().read(settings::country).await?;
    let number =
        new.phone.filter(|raw| !raw.trim().is_empty()).map(|raw| phone::parse(&raw, &country));
    let number = match number {
        Some(Ok(number)) => Some(number.e164),
        Some(Err(problem)) => {
            fields.refuse("phone", problem);
            None
        }
        None => None,
    };
    fields.finish()?;
    Ok((StatusCode::CREATED, Json(contacts::add(&app, card, number).await?)))
}

/// One contact.
#[utoipa::path(get, path = "/contacts/{id}", tag = "contacts", params(("id" = ContactId, Path)),
    responses((status = 200, body = Contact), Problems))]
async fn get_contact(
    State(app): State<App>,
    _caller: Caller,
    Path(id): Path<ContactId>,
) -> Result<Json<Contact>> {
    Ok(Json(app.db().read(move |connection| store::get(connection, id)).await?))
}

/// Changes to a contact; what is left out stays as it is.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct ContactChange {
    /// Name.
    #[schema(max_length = 120)]
    name: Option<String>,
    /// Company.
    #[schema(max_length = 120)]
    company: Option<String>,
    /// E-mail address.
    #[schema(max_length = 254)]
    email: Option<String>,
    /// What the team should know.
    #[schema(max_length = 4000)]
    remarks: Option<String>,
}

/// Corrects a contact.
#[utoipa::path(patch, path = "/contacts/{id}", tag = "contacts",
    params(("id" = ContactId, Path)), request_body = ContactChange,
    responses((status = 200, body = Contact), Problems))]
async fn change_contact(
    State(app): State<App>,
    _caller: Caller,
    Path(id): Path<ContactId>,
    Json(change): Json<ContactChange>,
) -> Result<Json<Contact>> {
    let mut fields = Fields::new();
    let name = change.name.map(|text| fields.line("name", &text, 0, 120));
    let company = change.company.map(|text| fields.line("company", &text, 0, 120));
    let email = change.email.map(|text| fields.line("email", &text, 0, 254));
    let remarks = change.remarks.map(|text| fields.text("remarks", &text, 4_000));
    fields.finish()?;
    let contact = contacts::change(&app, id, move |card| {
        card.name = name.unwrap_or(std::mem::take(&mut card.name));
        card.company = company.unwrap_or(std::mem::take(&mut card.company));
        card.email = email.unwrap_or(std::mem::take(&mut card.email));
        card.remarks = remarks.unwrap_or(std::mem::take(&mut card.remarks));
    })
    .await?;
    Ok(Json(contact))
}

/// Another number of a contact.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewIdentity {
    /// Telephone number, in E.164 or as it is written in the desk's country.
    #[schema(min_length = 2, max_length = 64)]
    phone: String,
    /// `true`: if it belongs to another contact, it moves here with all its sessions.
    #[serde(default, rename = "move")]
    moves: bool,
}

/// Gives a contact another number. If another contact has it, 409 says who, unless it is to move.
#[utoipa::path(post, path = "/contacts/{id}/identities", tag = "contacts",
    params(("id" = ContactId, Path)), request_body = NewIdentity,
    responses((status = 201, body = Contact), Problems))]
async fn add_identity(
    State(app): State<App>,
    _caller: Caller,
    Path(id): Path<ContactId>,
    Json(new): Json<NewIdentity>,
) -> Result<(StatusCode, Json<Contact>)> {
    let mut fields = Fields::new();
    let typed = fields.line("phone", &new.phone, 2, 64);
    fields.finish()?;
    let country = app.db().read(settings::country).await?;
    let number =
        phone::parse(&typed, &country).map_err(|problem| Error::field("phone", problem))?;
    let elsewhere = if new.moves { Elsewhere::Moves } else { Elsewhere::Stays };
    let contact = contacts::add_number(&app, id, number.e164, elsewhere).await?;
    Ok((StatusCode::CREATED, Json(contact)))
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
    contacts::remove_identity(&app, id, identity).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The contact's sessions that the caller may see, newest first.
#[utoipa::path(get, path = "/contacts/{id}/sessions", tag = "contacts",
    params(("id" = ContactId, Path)), responses((status = 200, body = Vec<Session>), Problems))]
async fn list_contact_sessions(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactId>,
) -> Result<Json<Vec<Session>>> {
    let found = app
        .db()
        .read(move |connection| {
            store::get(connection, id)?;
            let mut seen = Vec::new();
            for session in session_lists::of_contact(connection, &caller, id, EARLIER)? {
                let holder = sessions::holder(connection, session.id, caller.user)?;
                if access::sight(&caller, &holder) != Sight::None {
                    seen.push(session);
                }
            }
            Ok(seen)
        })
        .await?;
    Ok(Json(found))
}
