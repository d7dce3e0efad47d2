//! Channels: everyone sees their lights, administrators set them up.

use axum::extract::State;
use axum::http::StatusCode;
use deskbell_channels::exchange::WebhookSet;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path, Query};
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::channels::{self, OpenSessions};
use crate::clock;
use crate::error::{Error, Result};
use crate::model::{Channel, ChannelChange, ChannelHealth, ChannelId, ListedNumber, Time};
use crate::store::figures::Span;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_channels, create_channel))
        .routes(routes!(get_channel, change_channel, delete_channel))
        .routes(routes!(check_channel))
        .routes(routes!(list_account_numbers))
        .routes(routes!(set_webhook))
}

/// The span of time that the figures are counted over.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct SpanQuery {
    /// First millisecond; left out: from the beginning.
    from: Option<Time>,
    /// First millisecond that does not count any more; left out: until now.
    to: Option<Time>,
}

impl SpanQuery {
    pub(super) fn span(&self) -> Result<Span> {
        let span = Span {
            from: self.from.unwrap_or(Span::ALWAYS.from),
            to: self.to.unwrap_or(Span::ALWAYS.to),
        };
        if span.from > span.to {
            return Err(Error::field("to", "The end is before the beginning."));
        }
        Ok(span)
    }
}

/// A channel to be set up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewChannel {
    /// Id of the provider.
    #[schema(min_length = 1, max_length = 40)]
    provider: String,
}

/// What becomes of open sessions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DeleteQuery {
    /// `true`: open sessions end with the channel. Otherwise they keep it from being deleted.
    #[serde(default)]
    end_sessions: bool,
}

/// All channels. Others than administrators get name, provider and light only.
#[utoipa::path(get, path = "/channels", tag = "channels", params(SpanQuery),
    responses((status = 200, description = "Channels, oldest first.", body = Vec<Channel>), Problems))]
async fn list_channels(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<SpanQuery>,
) -> Result<Json<Vec<Channel>>> {
    Ok(Json(channels::list(&app, &caller, query.span()?, clock::now()).await?))
}

/// Opens the form for a new channel; the same form again is the same draft with the same webhook.
#[utoipa::path(post, path = "/channels", tag = "channels", request_body = NewChannel,
    responses((status = 201, description = "The draft.", body = Channel), Problems))]
async fn create_channel(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<NewChannel>,
) -> Result<(StatusCode, Json<Channel>)> {
    let channel = channels::create_draft(&app, &caller, &new.provider, clock::now()).await?;
    Ok((StatusCode::CREATED, Json(channel)))
}

/// One channel.
#[utoipa::path(get, path = "/channels/{id}", tag = "channels",
    params(("id" = ChannelId, Path, description = "The channel."), SpanQuery),
    responses((status = 200, description = "The channel.", body = Channel), Problems))]
async fn get_channel(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ChannelId>,
    Query(query): Query<SpanQuery>,
) -> Result<Json<Channel>> {
    Ok(Json(channels::get(&app, &caller, id, query.span()?, clock::now()).await?))
}

/// Changes a channel; to switch it on, its settings have to be complete.
#[utoipa::path(patch, path = "/channels/{id}", tag = "channels", request_body = ChannelChange,
    params(("id" = ChannelId, Path, description = "The channel.")),
    responses((status = 200, description = "The channel, changed.", body = Channel), Problems))]
async fn change_channel(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ChannelId>,
    Json(change): Json<ChannelChange>,
) -> Result<Json<Channel>> {
    Ok(Json(channels::change(&app, &caller, id, change, clock::now()).await?))
}

/// Deletes a channel; its conversations stay.
#[utoipa::path(delete, path = "/channels/{id}", tag = "channels",
    params(("id" = ChannelId, Path, description = "The channel."), DeleteQuery),
    responses((status = 204, description = "The channel is deleted."), Problems))]
async fn delete_channel(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ChannelId>,
    Query(query): Query<DeleteQuery>,
) -> Result<StatusCode> {
    let open = if query.end_sessions { OpenSessions::End } else { OpenSessions::Keep };
    channels::delete(&app, &caller, id, open).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Asks the provider now whether the saved settings work.
#[utoipa::path(post, path = "/channels/{id}/check", tag = "channels",
    params(("id" = ChannelId, Path, description = "The channel.")),
    responses((status = 200, description = "Its light.", body = ChannelHealth), Problems))]
async fn check_channel(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ChannelId>,
) -> Result<Json<ChannelHealth>> {
    Ok(Json(channels::check(&app, &caller, id, clock::now()).await?))
}

/// Asks the provider, with the saved credentials, which numbers the account has.
#[utoipa::path(get, path = "/channels/{id}/account-numbers", tag = "channels",
    params(("id" = ChannelId, Path, description = "The channel; a draft will do.")),
    responses((status = 200, description = "Its numbers.", body = Vec<ListedNumber>), Problems))]
async fn list_account_numbers(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ChannelId>,
) -> Result<Json<Vec<ListedNumber>>> {
    Ok(Json(channels::account_numbers(&app, &caller, id).await?))
}

/// Sets the webhook address at the provider, for every saved number; doing it again changes nothing.
#[utoipa::path(post, path = "/channels/{id}/webhook", tag = "channels",
    params(("id" = ChannelId, Path, description = "The channel; a draft will do.")),
    responses((status = 200, description = "What was set, and what is left to do.",
        body = WebhookSet), Problems))]
async fn set_webhook(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ChannelId>,
) -> Result<Json<WebhookSet>> {
    Ok(Json(channels::set_webhook(&app, &caller, id, clock::now()).await?))
}
