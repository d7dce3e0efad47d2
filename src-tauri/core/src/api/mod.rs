//! The workspace API: HTTP and JSON for every client, described as OpenAPI; one file per noun.
//!
//! Handlers are thin: extract, permit, call, answer. They know no SQL, no provider and no window.

pub mod alerts;
pub mod calls;
pub mod channels;
pub mod chat;
pub mod chat_calls;
pub mod chat_test;
pub mod contact_addresses;
pub mod contact_export;
pub mod contact_fields;
pub mod contact_imports;
pub mod contact_merges;
pub mod contact_notes;
pub mod contacts;
pub mod deliveries;
pub mod demo;
pub mod desk;
pub mod drafts;
pub mod events;
pub mod extract;
pub mod files;
pub mod guard;
pub mod hours;
pub mod invites;
pub mod labels;
pub mod me;
pub mod messages;
pub mod metrics;
pub mod phone;
pub mod problem;
pub mod providers;
pub mod push;
pub mod qr;
pub mod queues;
pub mod quick_replies;
pub mod search;
pub mod session_lists;
pub mod sessions;
pub mod settings;
pub mod sign_in_links;
pub mod timeline;
pub mod ui;
pub mod users;
pub mod views;

use std::any::Any;
use std::future::Future;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use axum::serve::ListenerExt;
use axum::{Extension, Router};
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{AllowHeaders, AllowMethods, AllowOrigin, CorsLayer};
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::error::{Code, Result};
use crate::model::{ContactShow, ContactSort, Folder};
use guard::{Door, Doors, WINDOW_ORIGINS};
use problem::Problem;

/// Bytes of a request body; uploads have a limit of their own.
const BODY_LIMIT: usize = 1024 * 1024;
/// How long an operation may take; uploads may take longer.
const TIME_LIMIT: Duration = Duration::from_mins(1);
/// How long answers under way may take once the desk stops.
const CLOSING_LIMIT: Duration = Duration::from_secs(10);

/// What a page of ours may load and ask. The window has the same policy in its configuration.
const POLICY: &str = "default-src 'self'; script-src 'self'; style-src 'self'; \
    img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; object-src 'none'; \
    base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

/// The head of the description.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Deskbell",
        description = "The workspace API that every client of a desk speaks. Times are epoch \
            milliseconds, ids are UUIDs. Sign in and send `Authorization: Bearer <token>`.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    components(schemas(
        Problem, Folder, ContactShow, ContactSort,
        events::Greeting, events::Whereabouts, events::EventFrame, events::ClientFrame
    )),
    security(("bearer" = [])),
    modifiers(&Bearer)
)]
struct Head;

/// Describes how a caller proves who they are.
struct Bearer;

impl Modify for Bearer {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
        openapi.components.get_or_insert_default().add_security_scheme("bearer", scheme);
    }
}

/// Every operation with its description.
fn operations() -> OpenApiRouter<App> {
    let quick = OpenApiRouter::new()
        .merge(calls::routes())
        .merge(alerts::routes())
        .merge(channels::routes())
        .merge(chat::routes())
        .merge(chat_calls::routes())
        .merge(contacts::routes())
        .merge(contact_addresses::routes())
        .merge(contact_fields::routes())
        .merge(contact_merges::routes())
        .merge(contact_notes::routes())
        .merge(deliveries::routes())
        .merge(demo::routes())
        .merge(desk::routes())
        .merge(drafts::routes())
        .merge(events::routes())
        .merge(hours::routes())
        .merge(invites::routes())
        .merge(sign_in_links::routes())
        .merge(labels::routes())
        .merge(me::routes())
        .merge(messages::routes())
        .merge(metrics::routes())
        .merge(phone::routes())
        .merge(providers::routes())
        .merge(qr::routes())
        .merge(push::routes())
        .merge(queues::routes())
        .merge(search::routes())
        .merge(quick_replies::routes())
        .merge(sessions::routes())
        .merge(timeline::routes())
        .merge(settings::routes())
        .merge(users::routes())
        .merge(views::routes())
        .layer(middleware::from_fn(in_time));
    // Uploads take as long as the line needs.
    let files = files::routes().merge(contact_imports::routes()).merge(contact_export::routes());
    let nouns = quick.merge(files);
    OpenApiRouter::with_openapi(Head::openapi()).nest("/api/v1", nouns)
}

/// The description of the API.
pub fn openapi() -> utoipa::openapi::OpenApi {
    operations().into_openapi()
}

/// The workspace: the API, its description, and the UI under every other path.
pub fn router(app: App) -> Router {
    let (operations, description) = operations().split_for_parts();
    let description = description.to_json().unwrap_or_default();
    let doors = Doors::of_this_machine(&app.config().workspace_names);
    let description = ([(header::CONTENT_TYPE, "application/json")], description);
    operations
        .route("/api/v1/openapi.json", get(async || description))
        .route("/chat-test/{site}", get(chat_test::show))
        .route("/api", any(no_such_path))
        .route("/api/{*path}", any(no_such_path))
        .fallback_service(ui::pages())
        .method_not_allowed_fallback(no_such_method)
        .with_state(app)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(window_may_ask())
        .layer(middleware::from_fn_with_state(doors, guard::admit))
        .layer(set(header::CACHE_CONTROL, "no-store"))
        .layer(set(header::CONTENT_SECURITY_POLICY, POLICY))
        .layer(set(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(set(header::X_FRAME_OPTIONS, "DENY"))
        .layer(set(header::REFERRER_POLICY, "no-referrer"))
        .layer(middleware::from_fn(note))
}

/// Serves the workspace until `stopping` is cancelled.
pub fn serve(
    app: App,
    listener: TcpListener,
    stopping: CancellationToken,
) -> Result<impl Future<Output = ()> + Send + use<>> {
    // Small answers leave at once.
    let listener = tokio::net::TcpListener::from_std(listener)?.tap_io(|stream| {
        stream.set_nodelay(true).ok();
    });
    let stopped = stopping.clone();
    let door = Door::closing(stopping.clone());
    let service =
        router(app).layer(Extension(door)).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service)
        .with_graceful_shutdown(async move { stopping.cancelled().await });
    Ok(async move {
        let late = async move {
            stopped.cancelled().await;
            tokio::time::sleep(CLOSING_LIMIT).await;
        };
        tokio::select! {
            result = serving => {
                if let Err(error) = result {
                    tracing::error!(%error, "the workspace listener failed");
                }
            }
            () = late => tracing::warn!("some answers did not finish in time"),
        }
    })
}

/// A header for every answer that does not set it itself.
fn set(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}

/// The window's page has an origin of its own and may ask nevertheless.
fn window_may_ask() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(WINDOW_ORIGINS.map(HeaderValue::from_static)))
        .allow_methods(AllowMethods::mirror_request())
        .allow_headers(AllowHeaders::list([header::AUTHORIZATION, header::CONTENT_TYPE]))
        .expose_headers([header::RETRY_AFTER])
        .max_age(Duration::from_hours(1))
}

async fn no_such_path() -> Problem {
    Problem::new(Code::NotFound, "there is nothing under this address")
}

async fn no_such_method() -> Problem {
    Problem::new(Code::MethodNotAllowed, "this address does not take that method")
}

/// Answers for an operation that takes too long.
async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(TIME_LIMIT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(Code::Unavailable, "this took too long; try again").into_response(),
    }
}

/// Notes what was asked, without what was in it: queries hold names and numbers.
async fn note(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let started = std::time::Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    let ms = started.elapsed().as_millis();
    tracing::debug!(%method, path, status, ms, "asked");
    response
}

fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let said = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("no words");
    crate::Error::Internal(format!("a handler panicked: {said}")).into_response()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_operation_is_named_once_and_says_how_it_refuses() {
        let document = serde_json::to_value(openapi()).unwrap();
        let mut names = BTreeSet::new();
        for (path, methods) in document["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let name = operation["operationId"].as_str().unwrap();
                assert!(names.insert(name.to_owned()), "{method} {path}: {name} is taken");
                assert!(operation["responses"]["500"].is_object(), "{method} {path}");
            }
        }
        assert!(names.contains("sign_in"));
    }

    #[test]
    fn every_schema_that_is_named_is_described() {
        let document = serde_json::to_value(openapi()).unwrap();
        let schemas = document["components"]["schemas"].as_object().unwrap();
        let text = document.to_string();
        let named = text.split("#/components/schemas/").skip(1);
        let missing: BTreeSet<&str> = named
            .map(|part| part.split('"').next().unwrap())
            .filter(|name| !schemas.contains_key(*name))
            .collect();
        assert_eq!(missing, BTreeSet::new());
    }
}
