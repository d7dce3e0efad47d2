//! Search over everything, and the searches that users keep.

use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::extract::{Json, Path, Query};
use super::problem::Problems;
use crate::access::Caller;
use crate::app::App;
use crate::error::Result;
use crate::fields::Fields;
use crate::model::{
    ChannelId, Direction, SavedSearch, SavedSearchId, Search, SearchCounts, SearchIn, SearchPage,
    SessionId, Time, UserId,
};
use crate::search::{self, Wanted};

/// Hits in a page unless asked otherwise.
const PAGE: u32 = 30;
/// Hits in a page at most.
const PAGE_LIMIT: u32 = 100;
/// Characters of what is looked for.
const LENGTH: usize = 200;

/// The operations.
pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(search_everything))
        .routes(routes!(count_hits))
        .routes(routes!(list_saved_searches, save_search))
        .routes(routes!(remove_saved_search))
}

/// What is looked for, and where.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct SearchQuery {
    /// The words. Each has to be there, the beginning of one is enough; words in quotation marks
    /// have to stand side by side.
    #[serde(default)]
    #[param(max_length = 200)]
    q: String,
    /// Where to look.
    #[serde(rename = "in")]
    within: SearchIn,
    /// Only what came through this channel.
    channel: Option<ChannelId>,
    /// Only what this user wrote.
    author: Option<UserId>,
    /// Only sessions that this user owns.
    owner: Option<UserId>,
    /// Only what came in, or went out.
    direction: Option<Direction>,
    /// Only what was said before this time.
    before: Option<Time>,
    /// Only what was said at this time or later.
    after: Option<Time>,
    /// `true`: only messages with files.
    #[serde(default)]
    has_file: bool,
    /// Only inside this session.
    session: Option<SessionId>,
    /// `next` of the page before.
    #[param(max_length = 40)]
    cursor: Option<String>,
    /// At most this many, 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

impl SearchQuery {
    fn search(&self) -> Search {
        Search {
            q: self.q.clone(),
            channel: self.channel,
            author: self.author,
            owner: self.owner,
            direction: self.direction,
            before: self.before,
            after: self.after,
            has_file: self.has_file,
            session: self.session,
        }
    }
}

/// What was found among what the caller may see, newest first, a page at a time. Hits in sessions
/// that they see only as a supervisor are recorded as a look.
#[utoipa::path(get, path = "/search", tag = "search", params(SearchQuery),
    responses((status = 200, body = SearchPage), Problems))]
async fn search_everything(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<SearchQuery>,
) -> Result<Json<SearchPage>> {
    let mut fields = Fields::new();
    fields.text("q", &query.q, LENGTH);
    let limit = query.limit.unwrap_or(PAGE);
    if !(1..=PAGE_LIMIT).contains(&limit) {
        fields.refuse("limit", "Ask for 1 to 100 hits.");
    }
    let after = query.cursor.as_deref().map(search::read_place).transpose();
    if after.is_err() {
        fields.refuse("cursor", "Give back the `next` of the page before.");
    }
    fields.finish()?;
    let wanted = Wanted { search: query.search(), within: query.within, after: after?, limit };
    Ok(Json(search::find(&app, &caller, wanted).await?))
}

/// What is looked for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CountQuery {
    /// The words.
    #[serde(default)]
    #[param(max_length = 200)]
    q: String,
    /// Only what came through this channel.
    channel: Option<ChannelId>,
    /// Only what this user wrote.
    author: Option<UserId>,
    /// Only sessions that this user owns.
    owner: Option<UserId>,
    /// Only what came in, or went out.
    direction: Option<Direction>,
    /// Only what was said before this time.
    before: Option<Time>,
    /// Only what was said at this time or later.
    after: Option<Time>,
    /// `true`: only messages with files.
    #[serde(default)]
    has_file: bool,
    /// Only inside this session.
    session: Option<SessionId>,
}

/// How much there is where; counted up to 100.
#[utoipa::path(get, path = "/search/counts", tag = "search", params(CountQuery),
    responses((status = 200, body = SearchCounts), Problems))]
async fn count_hits(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<CountQuery>,
) -> Result<Json<SearchCounts>> {
    let mut fields = Fields::new();
    fields.text("q", &query.q, LENGTH);
    fields.finish()?;
    let CountQuery { q, channel, author, owner, direction, before, after, has_file, session } =
        query;
    let search = Search { q, channel, author, owner, direction, before, after, has_file, session };
    Ok(Json(search::count(&app, &caller, search).await?))
}

/// The caller's searches, oldest first.
#[utoipa::path(get, path = "/saved-searches", tag = "search",
    responses((status = 200, body = Vec<SavedSearch>), Problems))]
async fn list_saved_searches(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<Vec<SavedSearch>>> {
    Ok(Json(search::list(&app, &caller).await?))
}

/// A search to keep.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSavedSearch {
    /// Its name.
    #[schema(min_length = 1, max_length = 80)]
    name: String,
    /// Where it looks.
    #[serde(rename = "in")]
    within: SearchIn,
    /// What it looks for.
    search: Search,
}

/// Keeps a search for the caller.
#[utoipa::path(post, path = "/saved-searches", tag = "search", request_body = NewSavedSearch,
    responses((status = 201, body = SavedSearch), Problems))]
async fn save_search(
    State(app): State<App>,
    caller: Caller,
    Json(new): Json<NewSavedSearch>,
) -> Result<(StatusCode, Json<SavedSearch>)> {
    let mut fields = Fields::new();
    let name = fields.line("name", &new.name, 1, 80);
    fields.text("search", &new.search.q, LENGTH);
    fields.finish()?;
    let saved = search::add(&app, &caller, name, new.within, new.search).await?;
    Ok((StatusCode::CREATED, Json(saved)))
}

/// Forgets a search of the caller.
#[utoipa::path(delete, path = "/saved-searches/{id}", tag = "search",
    params(("id" = SavedSearchId, Path)), responses((status = 204), Problems))]
async fn remove_saved_search(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<SavedSearchId>,
) -> Result<StatusCode> {
    search::remove(&app, &caller, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
