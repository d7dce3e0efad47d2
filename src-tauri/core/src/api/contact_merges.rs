//! Contacts that are the same person: who may be, how they become one, and two again.

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
use crate::contacts::{self, MergeWish as Wish};
use crate::error::Result;
use crate::fields::Fields;
use crate::model::{
    ContactId, ContactMerge, ContactMergeId, Lookalike, MergePreview, Merged, UnmergePreview,
    Unmerged,
};
use crate::store::{contact_merges as store, contacts as contact_store};

/// Merges that are shown.
const MERGES: u32 = 50;
/// More facts than a card has.
const TAKEN: usize = 60;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(preview_contact_merge))
        .routes(routes!(merge_contacts))
        .routes(routes!(list_contact_merges))
        .routes(routes!(preview_contact_unmerge))
        .routes(routes!(unmerge_contacts))
        .routes(routes!(list_lookalikes))
        .routes(routes!(set_contacts_distinct, unset_contacts_distinct))
}

/// Whom to merge, and how.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct MergeWish {
    /// Who becomes part of the contact in the path.
    other_id: ContactId,
    /// What is taken from the other although the first has it too: `name`, `company`, `email`,
    /// `remarks`, `language`, `time_zone`, or `values.` and the id of a custom field. What only
    /// one of them has is kept in any case.
    #[serde(default)]
    #[schema(max_items = 60)]
    take: Vec<String>,
}

impl MergeWish {
    fn checked(self, kept: ContactId) -> Result<Wish> {
        let mut fields = Fields::new();
        if self.take.len() > TAKEN {
            fields.refuse("take", "That is more than stands on a card.");
        }
        fields.finish()?;
        Ok(Wish { kept, other: self.other_id, take: self.take })
    }
}

/// What merging two contacts would make of them. Changes nothing. Of sessions and files those
/// count that the caller may know of.
#[utoipa::path(post, path = "/contacts/{id}/merge-preview", tag = "contacts",
    params(("id" = ContactId, Path)), request_body = MergeWish,
    responses((status = 200, body = MergePreview), Problems))]
async fn preview_contact_merge(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactId>,
    Json(wish): Json<MergeWish>,
) -> Result<Json<MergePreview>> {
    Ok(Json(contacts::preview_merge(&app, &caller, wish.checked(id)?).await?))
}

/// Makes another contact part of this one: its numbers with their sessions and opt-outs, its
/// labels, notes and facts. Its id answers 410 from then on, and says where it went. While exactly
/// one of the two is blocked, or different people blocked them, only supervisors may; the result
/// is blocked.
#[utoipa::path(post, path = "/contacts/{id}/merge", tag = "contacts",
    params(("id" = ContactId, Path)), request_body = MergeWish,
    responses((status = 200, body = Merged), Problems))]
async fn merge_contacts(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactId>,
    Json(wish): Json<MergeWish>,
) -> Result<Json<Merged>> {
    Ok(Json(contacts::merge(&app, &caller, wish.checked(id)?).await?))
}

/// The merges of a contact, newest first, with those that were taken apart again.
#[utoipa::path(get, path = "/contacts/{id}/merges", tag = "contacts",
    params(("id" = ContactId, Path)), responses((status = 200, body = Vec<ContactMerge>), Problems))]
async fn list_contact_merges(
    State(app): State<App>,
    _caller: Caller,
    Path(id): Path<ContactId>,
) -> Result<Json<Vec<ContactMerge>>> {
    let merges = app
        .db()
        .read(move |connection| {
            contact_store::get(connection, id)?;
            store::of_contact(connection, id, MERGES)
        })
        .await?;
    Ok(Json(merges))
}

/// What taking a merge apart would do, and what stays. Changes nothing.
#[utoipa::path(get, path = "/contact-merges/{id}", tag = "contacts",
    params(("id" = ContactMergeId, Path)),
    responses((status = 200, body = UnmergePreview), Problems))]
async fn preview_contact_unmerge(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactMergeId>,
) -> Result<Json<UnmergePreview>> {
    Ok(Json(contacts::preview_unmerge(&app, &caller, id).await?))
}

/// Takes a merge apart: both contacts are as they were; what was added or changed since stays with
/// the one who stayed. For 90 days after the merge.
#[utoipa::path(post, path = "/contact-merges/{id}/undo", tag = "contacts",
    params(("id" = ContactMergeId, Path)), responses((status = 200, body = Unmerged), Problems))]
async fn unmerge_contacts(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ContactMergeId>,
) -> Result<Json<Unmerged>> {
    Ok(Json(contacts::unmerge(&app, &caller, id).await?))
}

/// Contacts that look like the same person: the same e-mail address, the same name, or the same
/// number written in two ways. At most five.
#[utoipa::path(get, path = "/contacts/{id}/lookalikes", tag = "contacts",
    params(("id" = ContactId, Path)), responses((status = 200, body = Vec<Lookalike>), Problems))]
async fn list_lookalikes(
    State(app): State<App>,
    _caller: Caller,
    Path(id): Path<ContactId>,
) -> Result<Json<Vec<Lookalike>>> {
    Ok(Json(contacts::lookalikes(&app, id).await?))
}

/// Remembers that two contacts are not the same person.
#[utoipa::path(put, path = "/contacts/{id}/distinct/{other}", tag = "contacts",
    params(("id" = ContactId, Path), ("other" = ContactId, Path)),
    responses((status = 204), Problems))]
async fn set_contacts_distinct(
    State(app): State<App>,
    caller: Caller,
    Path((id, other)): Path<(ContactId, ContactId)>,
) -> Result<StatusCode> {
    contacts::set_distinct(&app, &caller, id, other).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes back that two contacts are not the same person.
#[utoipa::path(delete, path = "/contacts/{id}/distinct/{other}", tag = "contacts",
    params(("id" = ContactId, Path), ("other" = ContactId, Path)),
    responses((status = 204), Problems))]
async fn unset_contacts_distinct(
    State(app): State<App>,
    _caller: Caller,
    Path((id, other)): Path<(ContactId, ContactId)>,
) -> Result<StatusCode> {
    contacts::unset_distinct(&app, id, other).await?;
    Ok(StatusCode::NO_CONTENT)
}
