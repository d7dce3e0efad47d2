//! Contacts: list, add, correct, block, delete; what was said with them.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path, Query};
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::contacts;
use crate::contacts::shape::{is_email, is_language};
use crate::error::{Error, Result};
use crate::fields::Fields;
use crate::model::{
    Contact, ContactCounts, ContactFieldId, ContactFiles, ContactId, ContactShow, ContactSort,
    Session, sought,
};
use crate::phone;
use crate::store::contact_lists::{self, Place, Wanted};
use crate::store::contacts::{self as store, Card};
use crate::store::settings;

/// Contacts in a page.
const PAGE: u32 = 60;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_contacts, add_contact))
        .routes(routes!(count_contacts))
        .routes(routes!(get_contact, change_contact, delete_contact))
        .routes(routes!(block_contact))
        .routes(routes!(unblock_contact))
        .routes(routes!(list_contact_sessions))
        .routes(routes!(list_contact_files))
}

/// Which contacts are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ContactQuery {
    /// Words that all have to be found in name, company, e-mail address, numbers or custom fields.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Which contacts; all, if left out.
    show: Option<ContactShow>,
    /// In which order; by name, if left out.
    sort: Option<ContactSort>,
    /// `next` of the page before.
    #[param(max_length = 700)]
    cursor: Option<String>,
}

/// A page of contacts.
#[derive(Debug, Serialize, ToSchema)]
struct ContactPage {
    /// Contacts in the order that was asked for.
    contacts: Vec<Contact>,
    /// Give this to get the next page; `null`: there is none.
    next: Option<String>,
    /// How many there are in all; told with the first page.
    total: Option<i64>,
}

/// Contacts.
#[utoipa::path(get, path = "/contacts", tag = "contacts", params(ContactQuery),
    responses((status = 200, body = ContactPage), Problems))]
async fn list_contacts(
    State(app): State<App>,
    _caller: Caller,
    Query(query): Query<ContactQuery>,
) -> Result<Json<ContactPage>> {
    let mut fields = Fields::new();
    let text = fields.text("q", query.q.as_deref().unwrap_or_default(), 200);
    let after = query.cursor.as_deref().map(read_cursor).transpose();
    if after.is_err() {
        fields.refuse("cursor", "Give back the `next` of the page before.");
    }
    fields.finish()?;
    let wanted = Wanted {
        sought: sought(&text),
        show: query.show.unwrap_or(ContactShow::All),
        sort: query.sort.unwrap_or(ContactSort::Name),
        after: after?,
        limit: PAGE,
    };
    let page = app
        .db()
        .read(move |connection| {
            let (contacts, next) = contact_lists::page(connection, &wanted)?;
            let total = match (&wanted.after, &next) {
                (Some(_), _) => None,
                (None, Some(_)) => Some(contact_lists::count(connection, &wanted)?),
                // They are all here.
                (None, None) => i64::try_from(contacts.len()).ok(),
            };
            let next = next.map(|place| format!("{}_{}", place.id, place.key));
            Ok(ContactPage { contacts, next, total })
        })
        .await?;
    Ok(Json(page))
}

fn read_cursor(text: &str) -> Result<Place> {
    let (id, key) = text.split_once('_').ok_or_else(|| Error::unreadable(text))?;
    Ok(Place { key: key.to_owned(), id: id.parse()? })
}

/// How many contacts there are.
#[utoipa::path(get, path = "/contacts/counts", tag = "contacts",
    responses((status = 200, body = ContactCounts), Problems))]
async fn count_contacts(State(app): State<App>, _caller: Caller) -> Result<Json<ContactCounts>> {
    Ok(Json(app.db().read(contact_lists::counts).await?))
}

/// What stands on a contact's card; what is left out stays as it is.
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
    /// Language they speak, such as `de` or `pt-BR`; empty: unknown.
    #[schema(max_length = 35)]
    language: Option<String>,
    /// Where they live, such as `Europe/Vienna`; empty: unknown.
    #[schema(max_length = 64)]
    time_zone: Option<String>,
    /// What stands in the custom fields, by field; an empty text takes it away.
    values: BTreeMap<ContactFieldId, String>,
}

impl ContactChange {
    /// Checks what was typed.
    fn checked(self, fields: &mut Fields) -> Self {
        let line = |fields: &mut Fields, name: &str, text: Option<String>, most: usize| {
            text.map(|text| fields.line(name, &text, 0, most))
        };
        Self {
            name: line(fields, "name", self.name, 120),
            company: line(fields, "company", self.company, 120),
            email: line(fields, "email", self.email, 254).inspect(|email| {
                if !email.is_empty() && !is_email(email) {
                    fields.refuse("email", "This is not an e-mail address.");
                }
            }),
            remarks: self.remarks.map(|text| fields.text("remarks", &text, 4_000)),
            language: line(fields, "language", self.language, 35).inspect(|language| {
                if !language.is_empty() && !is_language(language) {
                    fields.refuse("language", "Choose a language of the list.");
                }
            }),
            time_zone: line(fields, "time_zone", self.time_zone, 64).inspect(|zone| {
                if !zone.is_empty() && jiff::tz::TimeZone::get(zone).is_err() {
                    fields.refuse("time_zone", "There is no such time zone.");
                }
            }),
            values: self.values,
        }
    }

    /// Writes it onto a card.
    fn onto(self, card: &mut Card) {
        let set = |field: &mut String, text: Option<String>| {
            if let Some(text) = text {
                *field = text;
            }
        };
        set(&mut card.name, self.name);
        set(&mut card.company, self.company);
        set(&mut card.email, self.email);
        set(&mut card.remarks, self.remarks);
        set(&mut card.language, self.language);
        set(&mut card.time_zone, self.time_zone);
    }
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
    /// Language they speak, such as `de` or `pt-BR`.
    #[serde(default)]
    #[schema(max_length = 35)]
    language: Option<String>,
    /// Where they live, such as `Europe/Vienna`.
    #[serde(default)]
    #[schema(max_length = 64)]
    time_zone: Option<String>,
    /// What stands in the custom fields, by field.
    #[serde(default)]
    values: BTreeMap<ContactFieldId, String>,
}

/// Adds a contact.
#[utoipa::path(post, path = "/contacts", tag = "contacts", request_body = NewContact,
    responses((status = 201, body = Contact), Problems))]
async fn add_contact(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<NewContact>,
) -> Result<(StatusCode, Json<Contact>)> {
    let mut fields = Fields::new();
    if new.name.trim().is_empty() {
        fields.refuse("name", "Fill this in.");
    }
    let card = ContactChange {
        name: Some(new.name),
        company: new.company,
        email: new.email,
        remarks: new.remarks,
        language: new.language,
        time_zone: new.time_zone,
        values: new.values,
    };
    let mut change = card.checked(&mut fields);
    let values = std::mem::take(&mut change.values);
    let mut card = Card::default();
    change.onto(&mut card);
    let number = match new.phone.filter(|raw| !raw.trim().is_empty()) {
        Some(raw) => {
            let country = app.db().read(settings::country).await?;
            phone::parse(&raw, &country)
                .map_err(|problem| fields.refuse("phone", problem))
                .map(|number| number.e164)
                .ok()
        }
        None => None,
    };
    fields.finish()?;
    let contact = contacts::add(&app, &caller, card, values, number).await?;
    Ok((StatusCode::CREATED, Json(contact)))
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
    let mut change = change.checked(&mut fields);
    fields.finish()?;
    let values = std::mem::take(&mut change.values);
    let contact = contacts::change(&app, id, values, move |card| change.onto(card)).await?;
    Ok(Json(contact))
}

/// Deletes a contact with whom nobody has written.
#[utoipa::path(delete, path = "/contacts/{id}", tag = "contacts",
    params(("id" = ContactId, Path)), responses((status = 204), Problems))]
async fn delete_contact(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactId>,
) -> Result<StatusCode> {
    contacts::remove(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Why a contact is blocked.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
struct BlockReason {
    /// The reason, for the team.
    #[schema(max_length = 500)]
    reason: Option<String>,
}

/// Blocks a contact: what they write is kept, in nobody's way, and nothing is sent to them.
#[utoipa::path(post, path = "/contacts/{id}/block", tag = "contacts",
    params(("id" = ContactId, Path)), request_body = BlockReason,
    responses((status = 200, body = Contact), Problems))]
async fn block_contact(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactId>,
    Json(body): Json<BlockReason>,
) -> Result<Json<Contact>> {
    let mut fields = Fields::new();
    let reason = body.reason.map(|reason| fields.line("reason", &reason, 0, 500));
    fields.finish()?;
    let reason = reason.filter(|reason| !reason.is_empty());
    Ok(Json(contacts::block(&app, &caller, id, reason).await?))
}

/// Takes a contact out of the block.
#[utoipa::path(post, path = "/contacts/{id}/unblock", tag = "contacts",
    params(("id" = ContactId, Path)), responses((status = 200, body = Contact), Problems))]
async fn unblock_contact(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactId>,
) -> Result<Json<Contact>> {
    Ok(Json(contacts::unblock(&app, &caller, id).await?))
}

/// The contact's sessions that the caller may see, newest first.
#[utoipa::path(get, path = "/contacts/{id}/sessions", tag = "contacts",
    params(("id" = ContactId, Path)), responses((status = 200, body = Vec<Session>), Problems))]
async fn list_contact_sessions(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactId>,
) -> Result<Json<Vec<Session>>> {
    Ok(Json(contacts::sessions(&app, &caller, id).await?))
}

/// Files and links of the contact's sessions that the caller may see, newest first. What a
/// supervisor is shown of the sessions of others is recorded there as a look.
#[utoipa::path(get, path = "/contacts/{id}/files", tag = "contacts",
    params(("id" = ContactId, Path)), responses((status = 200, body = ContactFiles), Problems))]
async fn list_contact_files(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactId>,
) -> Result<Json<ContactFiles>> {
    Ok(Json(contacts::shared(&app, &caller, id).await?))
}
