//! Who may come in: the Host and Origin of a request, and the bearer token that makes it a
//! [`Caller`]. Knows no operation.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::Response;

use tokio_util::sync::CancellationToken;

use super::problem::Problem;
use crate::access::Caller;
use crate::app::App;
use crate::error::{Code, Error, Result};
use crate::{accounts, clock};

/// Origins of the window: macOS and Linux, then Windows.
pub(super) const WINDOW_ORIGINS: [&str; 2] = ["tauri://localhost", "http://tauri.localhost"];

impl FromRequestParts<App> for Caller {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let token = bearer(&parts.headers).ok_or(Error::NotSignedIn)?;
        accounts::caller_of(app, token, clock::now()).await
    }
}

/// The token of `Authorization: Bearer …`.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Whether a request comes from this very computer and was not passed on by a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Distance {
    /// It does.
    Here,
    /// It does not, or nobody knows.
    Elsewhere,
}

impl<S: Sync> FromRequestParts<S> for Distance {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let near = peer.is_some_and(|ConnectInfo(peer)| peer.ip().to_canonical().is_loopback());
        let passed_on = ["forwarded", "x-forwarded-for", "x-real-ip", "cf-connecting-ip"]
            .iter()
            .any(|name| parts.headers.contains_key(*name));
        Ok(if near && !passed_on { Self::Here } else { Self::Elsewhere })
    }
}

/// The listener that a request came through. Lines that stay open end when it closes.
#[derive(Debug, Clone)]
pub(super) struct Door(CancellationToken);

impl Door {
    /// The listener that closes with this token.
    pub(super) fn closing(token: CancellationToken) -> Self {
        Self(token)
    }

    /// Waits until it is closed.
    pub(super) async fn closed(&self) {
        self.0.cancelled().await;
    }
}

/// The names under which this computer may be asked. A page on the internet can make a name of its
/// own point at this computer; a browser then sends that name, and it is refused here.
#[derive(Debug, Clone)]
pub(super) struct Doors {
    names: Arc<[String]>,
}

impl Doors {
    /// Loopback names, the name of this machine, and `more` that the administrator gave it.
    pub(super) fn of_this_machine(more: &[String]) -> Self {
        Self::named(machine_name().as_deref(), more)
    }

    fn named(machine: Option<&str>, more: &[String]) -> Self {
        let mut names = vec!["localhost".to_owned()];
        names.extend_from_slice(more);
        if let Some(machine) = machine {
            let short = machine.split('.').next().unwrap_or(machine);
            names.push(machine.to_owned());
            // Names of the local network that nobody on the internet can hold.
            for suffix in ["", ".local", ".lan", ".home.arpa", ".internal"] {
                names.push(format!("{short}{suffix}"));
            }
        }
        Self { names: names.into_iter().map(|name| name.to_ascii_lowercase()).collect() }
    }

    /// Whether a `Host` header names this computer.
    fn admit_host(&self, host: &str) -> bool {
        let name = name_of(host);
        let literal = name.trim_start_matches('[').trim_end_matches(']');
        literal.parse::<IpAddr>().is_ok()
            || self.names.iter().any(|known| known.eq_ignore_ascii_case(name))
    }
}

/// Whether a page of `origin` may ask the host it asks: the window, or a page of that host itself.
fn admit_origin(origin: &str, host: &str) -> bool {
    WINDOW_ORIGINS.contains(&origin)
        || ["http://", "https://"]
            .iter()
            .filter_map(|scheme| origin.strip_prefix(scheme))
            .any(|place| place.eq_ignore_ascii_case(host))
}

/// A `Host` header without its port.
fn name_of(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Refuses requests whose Host or Origin is not ours.
pub(super) async fn admit(
    State(doors): State<Doors>,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let host = request
        .uri()
        .authority()
        .map(|authority| authority.as_str().to_owned())
        .or_else(|| text(request.headers(), header::HOST))
        .ok_or_else(|| Problem::new(Code::BadRequest, "the request names no host"))?;
    if !doors.admit_host(&host) {
        return Err(Problem::new(
            Code::Forbidden,
            "this desk is not known under that name; use its IP address or this computer's name, or \
             start the host with --workspace-name",
        ));
    }
    if request.headers().contains_key(header::ORIGIN) {
        let origin = text(request.headers(), header::ORIGIN).unwrap_or_default();
        if !admit_origin(&origin, &host) {
            return Err(Problem::new(
                Code::Forbidden,
                "pages of other sites may not use this desk",
            ));
        }
    }
    Ok(next.run(request).await)
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

/// What the system calls this computer.
fn machine_name() -> Option<String> {
    let name = std::env::var("COMPUTERNAME")
        .ok()
        .or_else(|| std::fs::read_to_string("/proc/sys/kernel/hostname").ok())
        .or_else(|| {
            let output = std::process::Command::new("hostname").output().ok()?;
            String::from_utf8(output.stdout).ok()
        })?;
    let name = name.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_computer_are_admitted() {
        let doors = Doors::named(Some("Desk.example.org"), &["Team.Example.com".to_owned()]);
        for (host, admitted) in [
            ("localhost:8788", true),
            ("LOCALHOST", true),
            ("127.0.0.1:8788", true),
            ("192.168.1.20:8788", true),
            ("[::1]:8788", true),
            ("[fe80::1]", true),
            ("desk:8788", true),
            ("desk.local:8788", true),
            ("desk.example.org", true),
            ("team.example.com", true),
            ("team.example.com:443", true),
            ("www.team.example.com", false),
            ("desk.evil.example", false),
            ("evil.example:8788", false),
            ("localhost.evil.example", false),
            ("127.0.0.1.evil.example", false),
            ("", false),
        ] {
            assert_eq!(doors.admit_host(host), admitted, "{host}");
        }
    }

    #[test]
    fn only_our_own_pages_may_ask() {
        for (origin, host, admitted) in [
            ("tauri://localhost", "127.0.0.1:8788", true),
            ("http://tauri.localhost", "127.0.0.1:8788", true),
            ("http://127.0.0.1:8788", "127.0.0.1:8788", true),
            ("https://desk.local", "desk.local", true),
            ("http://localhost:3000", "localhost:8788", false),
            ("https://evil.example", "127.0.0.1:8788", false),
            ("null", "127.0.0.1:8788", false),
            ("", "", false),
        ] {
            assert_eq!(admit_origin(origin, host), admitted, "{origin} -> {host}");
        }
    }

    #[test]
    fn a_bearer_token_is_found_whatever_the_case() {
        let mut headers = HeaderMap::new();
        assert_eq!(bearer(&headers), None);
        headers.insert(header::AUTHORIZATION, "bearer dbt_x".parse().unwrap());
        assert_eq!(bearer(&headers), Some("dbt_x"));
        headers.insert(header::AUTHORIZATION, "Basic dbt_x".parse().unwrap());
        assert_eq!(bearer(&headers), None);
    }
}
