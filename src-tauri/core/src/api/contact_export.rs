//! Contacts into a file that is downloaded; streamed, never whole in memory.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::Query;
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::contacts::export;
use crate::error::Result;
use crate::fields::Fields;
use crate::media;
use crate::model::{ContactFileKind, ContactShow, ContactSort, sought};
use crate::store::contact_lists::Wanted;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(export_contacts))
}

/// Which contacts are wanted, and how they are written.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ExportQuery {
    /// How they are written.
    format: ContactFileKind,
    /// Words that all have to be found, as in the list of contacts; all contacts, if left out.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Which contacts; all, if left out.
    show: Option<ContactShow>,
    /// In which order; by name, if left out.
    sort: Option<ContactSort>,
}

/// The contacts, as a file.
#[derive(ToSchema)]
#[schema(value_type = String)]
#[expect(dead_code, reason = "describes a body that is streamed")]
struct ContactFile(String);

/// Contacts as CSV or vCard 4.0, for supervisors and administrators.
#[utoipa::path(get, path = "/contacts/export", tag = "contacts", params(ExportQuery),
    responses(
        (status = 200, description = "The file.", content(
            (inline(ContactFile) = "text/csv"), (inline(ContactFile) = "text/vcard"))),
        Problems))]
async fn export_contacts(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ExportQuery>,
) -> Result<Response> {
    caller.must_supervise()?;
    let mut fields = Fields::new();
    let text = fields.text("q", query.q.as_deref().unwrap_or_default(), 200);
    fields.finish()?;
    let wanted = Wanted {
        sought: sought(&text),
        show: query.show.unwrap_or(ContactShow::All),
        sort: query.sort.unwrap_or(ContactSort::Name),
        after: None,
        limit: 0,
    };
    let parts = export::write(&app, &caller, query.format, wanted).await?;
    let parts = stream::unfold(parts, |mut parts| async move {
        let part = parts.recv().await?;
        Some((part.map_err(|error| error.to_string()), parts))
    });
    let mut response = Body::from_stream(parts).into_response();
    let (kind, name) = match query.format {
        ContactFileKind::Csv => ("text/csv; charset=utf-8", "contacts.csv"),
        ContactFileKind::Vcard => ("text/vcard; charset=utf-8", "contacts.vcf"),
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(value) = HeaderValue::from_str(&media::disposition(name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
