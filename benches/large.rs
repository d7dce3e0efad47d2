//! What an agent waits for on a desk with a million messages: a very long conversation, a very
//! long list.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use rand::RngExt;
use serde_json::Value;

use crate::desk::{Desk, text};
use crate::fill::{self, AGENT, LONG, SESSIONS};
use crate::host::Host;
use crate::load::{Connection, Spread, get};
use crate::table::{Aim, Table};

/// How often each thing is done.
const TIMES: usize = 300;

/// An agent of the large desk, on one connection.
struct Agent {
    _host: Host,
    connection: Connection,
    workspace: std::net::SocketAddr,
    token: String,
}

impl Agent {
    async fn arrive() -> Result<Self> {
        let place = fill::large().await?;
        let host = place.start().await?;
        let desk = Desk::sign_in(place.workspace(), AGENT).await?;
        let connection = Connection::open(place.workspace()).await?;
        let (workspace, token) = (place.workspace(), desk.token().to_owned());
        Ok(Self { _host: host, connection, workspace, token })
    }

    async fn ask(&mut self, path: &str) -> Result<&[u8]> {
        let raw = get(self.workspace, &format!("/api/v1{path}"), &self.token);
        self.connection.ask(&raw).await
    }

    /// How long these requests, one after the other, take.
    async fn time(&mut self, paths: &[String]) -> Result<Duration> {
        let begun = Instant::now();
        for path in paths {
            self.ask(path).await.with_context(|| path.clone())?;
        }
        Ok(begun.elapsed())
    }

    /// How long they take, many times over.
    async fn times(&mut self, mut paths: impl FnMut() -> Vec<String>) -> Result<Spread> {
        let begun = Instant::now();
        let mut times = Vec::new();
        for _ in 0..TIMES {
            times.push(self.time(&paths()).await?);
        }
        Spread::of(times, begun.elapsed())
    }
}

fn rows(table: &mut Table, what: &str, spread: &Spread, aim: Aim) {
    table.add(format!("{what}, half within"), spread.percentile(0.5), "ms", Aim::None);
    table.add("  99 % within", spread.percentile(0.99), "ms", aim);
}

/// The long conversation.
pub(crate) async fn thread() -> Result<Table> {
    let mut agent = Agent::arrive().await?;
    // It was filled last and is the newest.
    let page: Value = serde_json::from_slice(agent.ask("/sessions?folder=recent&limit=1").await?)?;
    let id = text(&page, "/sessions/0/id")?;
    let count = page.pointer("/sessions/0/messages_in").and_then(Value::as_u64);
    ensure!(count == Some(u64::from(LONG) / 2), "this is not the long conversation: {page}");
    let tail = format!("/sessions/{id}/messages?limit=40");
    let open = vec![format!("/sessions/{id}"), tail.clone()];
    let mut table = Table::new("thread");
    let first = agent.time(&open).await?.as_secs_f64() * 1_000.0;
    table.add(
        format!("opened for the first time ({LONG} messages)"),
        first,
        "ms",
        Aim::Below(100.0),
    );
    let spread = agent.times(|| open.clone()).await?;
    rows(&mut table, "opened", &spread, Aim::Below(100.0));
    let newest: Value = serde_json::from_slice(agent.ask(&tail).await?)?;
    let last = newest.pointer("/messages/39/seq").and_then(Value::as_i64).context("no messages")?;
    let spread = agent
        .times(|| {
            let before = rand::random_range(last / 10..last);
            vec![format!("/sessions/{id}/messages?limit=40&before={before}")]
        })
        .await?;
    rows(&mut table, "paged back to any place", &spread, Aim::Below(100.0));
    table.note("Session and last 40 messages, or 40 messages before a random one, over HTTP, on a");
    table.note("desk with a million messages.");
    Ok(table)
}

/// The long list.
pub(crate) async fn list() -> Result<Table> {
    let mut agent = Agent::arrive().await?;
    let mut table = Table::new("list");
    let open = vec!["/sessions?folder=recent&limit=50".to_owned(), "/sessions/counts".to_owned()];
    let first = agent.time(&open).await?.as_secs_f64() * 1_000.0;
    let name = format!("opened for the first time ({SESSIONS} open sessions)");
    table.add(name, first, "ms", Aim::Below(100.0));
    let spread = agent.times(|| open.clone()).await?;
    rows(&mut table, "opened, with the counts", &spread, Aim::Below(100.0));
    for folder in ["recent", "unowned"] {
        let spread = agent.times(|| vec![format!("/sessions?folder={folder}&limit=50")]).await?;
        rows(&mut table, &format!("first page of {folder}"), &spread, Aim::Below(100.0));
    }
    let spread = agent.times(|| vec!["/sessions/counts".to_owned()]).await?;
    rows(&mut table, "counts of the folders", &spread, Aim::Below(100.0));
    let mut cursors = vec![String::new()];
    for _ in 0..SESSIONS / 200 - 1 {
        let path = format!("/sessions?folder=recent&limit=200{}", cursors.last().context("none")?);
        let page: Value = serde_json::from_slice(agent.ask(&path).await?)?;
        cursors.push(format!("&cursor={}", text(&page, "/next")?));
    }
    let mut chance = rand::rng();
    let spread = agent
        .times(|| {
            let cursor = cursors.get(chance.random_range(0..cursors.len()));
            let cursor = cursor.map_or("", String::as_str);
            vec![format!("/sessions?folder=recent&limit=50{cursor}")]
        })
        .await?;
    rows(&mut table, "a page anywhere in the list", &spread, Aim::Below(100.0));
    let spread = agent
        .times(|| {
            let number = rand::random_range(1..SESSIONS);
            vec![format!("/sessions?folder=recent&limit=50&q=Customer%20{number}")]
        })
        .await?;
    rows(&mut table, "a search for a customer", &spread, Aim::None);
    table.note("As an agent of the queue in which all these sessions wait, over HTTP.");
    Ok(table)
}
