//! The counters of the process, for administrators and their monitoring.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::counters;
use crate::error::Result;
use crate::store::outbox;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_metrics))
}

/// Counters in Prometheus' text form, for administrators.
#[utoipa::path(get, path = "/metrics", tag = "metrics",
    responses((status = 200, description = "The counters.", body = String, content_type = "text/plain"), Problems))]
async fn get_metrics(State(app): State<App>, caller: Caller) -> Result<impl IntoResponse> {
    caller.must_administer()?;
    let depth = app.db().read(outbox::depth).await?;
    #[expect(clippy::cast_precision_loss, reason = "a gauge; nobody has 2^52 messages waiting")]
    metrics::gauge!("deskbell_outbox_depth").set(depth as f64);
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], counters::render()))
}
