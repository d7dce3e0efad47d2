//! Sites with live chat: what administrators choose for them, and what goes into their pages.

use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::channels::SpanQuery;
use super::extract::{Json, Path, Query};
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::chat::{figures, page_check, settings, snippet, visits};
use crate::error::Result;
use crate::model::{
    ChannelId, ChatCheck, ChatFigures, ChatSettings, ChatSnippet, SessionId, Visitor,
};

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_chat_settings, set_chat_settings))
        .routes(routes!(get_chat_snippet))
        .routes(routes!(check_chat_page))
        .routes(routes!(get_chat_figures))
        .routes(routes!(get_visitor))
}

/// What was chosen for a site with live chat.
#[utoipa::path(get, path = "/channels/{id}/chat", tag = "channels",
    params(("id" = ChannelId, Path, description = "The channel; a draft will do.")),
    responses((status = 200, description = "Its settings.", body = ChatSettings), Problems))]
async fn get_chat_settings(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ChannelId>,
) -> Result<Json<ChatSettings>> {
    Ok(Json(settings::get(&app, &caller, id).await?))
}

/// Chooses anew for a site with live chat, everything at once.
#[utoipa::path(put, path = "/channels/{id}/chat", tag = "channels", request_body = ChatSettings,
    params(("id" = ChannelId, Path, description = "The channel; a draft will do.")),
    responses((status = 200, description = "Its settings, as they are kept.", body = ChatSettings),
        Problems))]
async fn set_chat_settings(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ChannelId>,
    Json(wanted): Json<ChatSettings>,
) -> Result<Json<ChatSettings>> {
    Ok(Json(settings::set(&app, &caller, id, wanted).await?))
}

/// The line that goes into the pages of the website.
#[utoipa::path(get, path = "/channels/{id}/chat/snippet", tag = "channels",
    params(("id" = ChannelId, Path, description = "The channel; a draft will do.")),
    responses((status = 200, description = "The line, and what a strict page has to allow.",
        body = ChatSnippet), Problems))]
async fn get_chat_snippet(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ChannelId>,
) -> Result<Json<ChatSnippet>> {
    Ok(Json(snippet::of_site(&app, &caller, id).await?))
}

/// A page of the website.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PageToCheck {
    /// Its address.
    #[schema(min_length = 1, max_length = 2000)]
    url: String,
}

/// Fetches a page of the website and looks whether it carries the chat.
#[utoipa::path(post, path = "/channels/{id}/chat/check", tag = "channels",
    request_body = PageToCheck,
    params(("id" = ChannelId, Path, description = "The channel; a draft will do.")),
    responses((status = 200, description = "What the page says.", body = ChatCheck), Problems))]
async fn check_chat_page(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ChannelId>,
    Json(page): Json<PageToCheck>,
) -> Result<Json<ChatCheck>> {
    Ok(Json(page_check::check(&app, &caller, id, &page.url).await?))
}

/// Who is on the website now, how many chats there were, how many nobody answered, and how long the
/// others waited.
#[utoipa::path(get, path = "/channels/{id}/chat/figures", tag = "channels",
    params(("id" = ChannelId, Path, description = "The channel."), SpanQuery),
    responses((status = 200, description = "Its figures.", body = ChatFigures), Problems))]
async fn get_chat_figures(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<ChannelId>,
    Query(query): Query<SpanQuery>,
) -> Result<Json<ChatFigures>> {
    Ok(Json(figures::of_site(&app, &caller, id, query.span()?).await?))
}

/// What is known of the visitor of a live chat. A supervisor's look is recorded as for a thread.
#[utoipa::path(get, path = "/sessions/{id}/visitor", tag = "sessions",
    params(("id" = SessionId, Path, description = "The session.")),
    responses((status = 200, description = "The visitor.", body = Visitor), Problems))]
async fn get_visitor(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SessionId>,
) -> Result<Json<Visitor>> {
    Ok(Json(visits::details(&app, &caller, id).await?))
}
