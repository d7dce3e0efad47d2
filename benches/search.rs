//! Search on a desk with a million messages: how long the index takes to be made, and how soon the
//! first hits of a question are there, also for somebody who may see next to nothing.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use reqwest::Method;
use serde_json::{Value, json};

use crate::desk::{Desk, PASSWORD, text};
use crate::fill::{self, AGENT, LONG, SESSIONS};
use crate::load::{Connection, Spread, get};
use crate::table::{Aim, Table};

/// How often each question is asked.
const TIMES: usize = 100;
/// Login name of an agent with only a few sessions.
const NEWCOMER: &str = "eve";
/// Sessions of theirs.
const FEW: usize = 5;
/// How long making the index may take.
const PATIENCE: Duration = Duration::from_mins(30);

/// Somebody who looks for something, on one connection.
struct Seeker {
    connection: Connection,
    workspace: std::net::SocketAddr,
    token: String,
}

impl Seeker {
    async fn of(workspace: std::net::SocketAddr, desk: &Desk) -> Result<Self> {
        let connection = Connection::open(workspace).await?;
        Ok(Self { connection, workspace, token: desk.token().to_owned() })
    }

    async fn ask(&mut self, path: &str) -> Result<Value> {
        let raw = get(self.workspace, &format!("/api/v1{path}"), &self.token);
        let answer = self.connection.ask(&raw).await.with_context(|| path.to_owned())?;
        Ok(serde_json::from_slice(answer)?)
    }

    /// How long the answer to each of these takes, over and over.
    async fn times(&mut self, paths: &[String]) -> Result<Spread> {
        let begun = Instant::now();
        let mut times = Vec::new();
        for round in 0..TIMES {
            let Some(path) = paths.get(round % paths.len()) else { continue };
            let raw = get(self.workspace, &format!("/api/v1{path}"), &self.token);
            let asked = Instant::now();
            self.connection.ask(&raw).await.with_context(|| path.clone())?;
            times.push(asked.elapsed());
        }
        Spread::of(times, begun.elapsed())
    }
}

fn messages(q: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("in", "messages").append_pair("q", q);
    format!("/search?{}", query.finish())
}

/// Measures.
pub(crate) async fn measure() -> Result<Table> {
    let place = fill::large().await?;
    let mut table = Table::new("search");
    forget_index(&place.database())?;
    let host = place.start().await?;
    let begun = Instant::now();
    let admin = Desk::sign_in(place.workspace(), "ada").await?;
    let mut supervisor = Seeker::of(place.workspace(), &admin).await?;
    until_indexed(&mut supervisor).await?;
    table.add("a million messages indexed anew", begun.elapsed().as_secs_f64(), "s", Aim::None);
    let agent = Desk::sign_in(place.workspace(), AGENT).await?;
    let mut agent = Seeker::of(place.workspace(), &agent).await?;
    let newcomer = newcomer(&admin, place.workspace()).await?;
    let mut newcomer = Seeker::of(place.workspace(), &newcomer).await?;
    questions(&mut table, "", &mut agent).await?;
    questions(&mut table, " (5 sessions)", &mut newcomer).await?;
    others(&mut table, &mut agent).await?;
    let everything = supervisor.times(&[messages("order tomorrow")]).await?;
    row(&mut table, "as a supervisor, looks recorded", &everything);
    host.stop().await?;
    table.note("First page over HTTP on a desk with a million messages. Every message holds the");
    table.note("common words; an agent sees 10,001 sessions, and one of them only five.");
    Ok(table)
}

fn row(table: &mut Table, what: &str, spread: &Spread) {
    table.add(format!("{what}, half within"), spread.percentile(0.5), "ms", Aim::None);
    table.add("  99 % within", spread.percentile(0.99), "ms", Aim::Below(50.0));
}

/// Messages, as they are typed.
async fn questions(table: &mut Table, who: &str, seeker: &mut Seeker) -> Result<()> {
    let rare: Vec<String> =
        (0..20).map(|n| messages(&format!("order {}", 20_000 + n * 3_001))).collect();
    let typed: Vec<String> =
        ["or", "ord", "orde", "order", "order i", "order is", "order is r", "order is ready"]
            .map(messages)
            .to_vec();
    for (what, paths) in [
        ("a word that few messages hold", rare),
        ("words that all messages hold", vec![messages("order ready tomorrow")]),
        ("a phrase", vec![messages("\"picked up today\"")]),
        ("letter by letter", typed),
        ("nothing to be found", vec![messages("order refund")]),
    ] {
        let spread = seeker.times(&paths).await?;
        row(table, &format!("{what}{who}"), &spread);
    }
    Ok(())
}

/// The other places to look.
async fn others(table: &mut Table, agent: &mut Seeker) -> Result<()> {
    let page = agent.ask("/sessions?folder=recent&limit=1").await?;
    let id = text(&page, "/sessions/0/id")?;
    let count = page.pointer("/sessions/0/messages_in").and_then(Value::as_u64);
    ensure!(count == Some(u64::from(LONG) / 2), "this is not the long conversation: {page}");
    let inside: Vec<String> =
        (0..20).map(|n| format!("{}&session={id}", messages(&format!("{}", n * 4_999)))).collect();
    let customers: Vec<String> = (1..20)
        .map(|n| format!("/search?in=contacts&q=Customer+{}", u64::from(SESSIONS) * n / 20))
        .collect();
    for (what, paths) in [
        ("found in the long conversation", inside),
        ("a customer", customers),
        ("sessions", vec!["/search?in=sessions&q=order".to_owned()]),
        ("counts of all four", vec!["/search/counts?q=order".to_owned()]),
        ("the list, searched", vec!["/sessions?folder=recent&limit=50&q=tomorrow".to_owned()]),
    ] {
        let spread = agent.times(&paths).await?;
        row(table, what, &spread);
    }
    Ok(())
}

/// An agent who holds only a few sessions; made once.
async fn newcomer(admin: &Desk, workspace: std::net::SocketAddr) -> Result<Desk> {
    if let Ok(known) = Desk::sign_in(workspace, NEWCOMER).await {
        return Ok(known);
    }
    let user = json!({ "login": NEWCOMER, "name": NEWCOMER, "role": "agent", "queues": [],
        "password": PASSWORD });
    let id = text(&admin.ask(Method::POST, "/users", Some(&user)).await?, "/id")?;
    let page = admin.ask(Method::GET, "/sessions?folder=all&limit=200", None).await?;
    let sessions = page.pointer("/sessions").and_then(Value::as_array).context("no sessions")?;
    for session in sessions.iter().rev().take(FEW) {
        let path = format!("/sessions/{}/transfer", text(session, "/id")?);
        let to = json!({ "to": { "kind": "user", "id": id } });
        admin.ask(Method::POST, &path, Some(&to)).await?;
    }
    Desk::sign_in(workspace, NEWCOMER).await
}

/// Throws the index away.
fn forget_index(database: &Path) -> Result<()> {
    for name in ["search.db", "search.db-wal", "search.db-shm"] {
        match std::fs::remove_file(database.with_file_name(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

/// Waits until everything can be found.
async fn until_indexed(seeker: &mut Seeker) -> Result<()> {
    let begun = Instant::now();
    loop {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let page = seeker.ask(&messages("nothing of the kind")).await?;
        let number = |name: &str| page.get(name).and_then(Value::as_i64).context("no progress");
        if number("behind")? == 0 && number("all")? > 0 {
            return Ok(());
        }
        ensure!(begun.elapsed() < PATIENCE, "the index was never done: {page}");
    }
}
