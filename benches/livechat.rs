//! Live chat under load: two thousand visitors on a website, a hundred of them writing, an agent
//! who follows and answers. What each of them must hear is counted: nothing lost, nothing doubled.

use std::collections::HashMap;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use futures_util::{SinkExt, StreamExt};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::desk::{Desk, text};
use crate::host::{Host, Place};
use crate::load::Spread;
use crate::standing::megabytes;
use crate::table::{Aim, Table};
use crate::{HOST, scratch};

/// Visitors with a line, unless `LIVECHAT_VISITORS` says otherwise.
const VISITORS: usize = 2_000;
/// Of those, how many write.
const WRITERS: usize = 100;
/// Each of them writes so often.
const EVERY: Duration = Duration::from_secs(3);
/// For so many seconds, unless `LIVECHAT_SECONDS` says otherwise.
const SECONDS: u64 = 300;
/// How long the last answers may take.
const LAST: Duration = Duration::from_secs(30);
/// Name of the website.
const WEBSITE: &str = "https://www.shop.example";

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What one writer did and heard.
struct Written {
    session: String,
    sent: Vec<Instant>,
    taken: usize,
    /// Answers as they came, by what they answer.
    answers: Vec<(usize, Instant)>,
}

/// Measures.
pub(crate) async fn measure() -> Result<Table> {
    let visitors = wanted("LIVECHAT_VISITORS", VISITORS)?;
    let seconds = wanted("LIVECHAT_SECONDS", SECONDS)?;
    let folder = scratch()?;
    let place = Place::new(HOST, folder.path().join("desk"))?;
    let host = place.start().await?;
    let admin = Desk::set_up(place.workspace()).await?;
    let queue = admin.staff(&["agent0".to_owned()], "none").await?;
    let site = open_site(&admin, &queue).await?;
    let agent = Desk::sign_in(place.workspace(), "agent0").await?;
    let mut table = Table::new("livechat");
    let mut sockets = come(&mut table, &host, &place, &site, visitors).await?;
    let writers = sockets.split_off(sockets.len().saturating_sub(WRITERS));
    let mut idle = JoinSet::new();
    for mut socket in sockets {
        idle.spawn(async move { while let Some(Ok(_)) = socket.next().await {} });
    }
    let (heard, mut arrivals) = unbounded_channel();
    tokio::spawn(attend(follow(&place, &agent).await?, agent, heard));
    let span = Duration::from_secs(seconds);
    let begun = Instant::now();
    let mut work = JoinSet::new();
    for (number, socket) in writers.into_iter().enumerate() {
        work.spawn(write(socket, number, span));
    }
    let mut written = Vec::new();
    while let Some(done) = work.join_next().await {
        written.push(done?.context("a visitor's line failed")?);
    }
    let elapsed = begun.elapsed();
    let mut events: HashMap<String, Vec<Instant>> = HashMap::new();
    while let Ok((session, at)) = arrivals.try_recv() {
        events.entry(session).or_default().push(at);
    }
    add(&mut table, &written, &events, elapsed)?;
    compare(&admin, &written).await?;
    table.add("memory at the end", megabytes(host.pid()?, "VmRSS")?, "MB", Aim::None);
    ensure!(idle.len() == visitors - WRITERS, "an idle visitor's line ended");
    idle.shutdown().await;
    host.stop().await?;
    table.note(
        "Every message was on disk once, told to the agent once, answered once and heard once;",
    );
    table.note(
        "times are from the visitor's send to the agent's event, and from the agent's answer to",
    );
    table.note("the visitor's frame. The lines of all visitors end in the measuring process.");
    Ok(table)
}

fn wanted<T: std::str::FromStr>(name: &str, usual: T) -> Result<T> {
    match std::env::var(name) {
        Ok(value) => value.parse().ok().with_context(|| format!("{name} is no number")),
        Err(_) => Ok(usual),
    }
}

/// A live site; answers its token.
async fn open_site(admin: &Desk, queue: &str) -> Result<String> {
    let new = json!({ "provider": "livechat" });
    let draft = admin.ask(Method::POST, "/channels", Some(&new)).await?;
    let path = format!("/channels/{}", text(&draft, "/id")?);
    let mut settings = admin.ask(Method::GET, &format!("{path}/chat"), None).await?;
    if let Some(settings) = settings.as_object_mut() {
        settings.insert("domains".to_owned(), json!(["www.shop.example"]));
    }
    for one in ["online_greeting", "first_answer"] {
        if let Some(automatic) = settings.pointer_mut(&format!("/messages/{one}")) {
            *automatic = json!({ "on": false, "text": "" });
        }
    }
    admin.ask(Method::PUT, &format!("{path}/chat"), Some(&settings)).await?;
    let destination = json!({ "kind": "queue", "id": queue });
    let number = json!({ "address": "www.shop.example", "destination": destination });
    let on = json!({ "state": "active", "numbers": [number] });
    let live = admin.ask(Method::PATCH, &path, Some(&on)).await?;
    let webhook = text(&live, "/webhook_path")?;
    Ok(webhook.rsplit('/').next().unwrap_or_default().to_owned())
}

/// Lets all visitors in, and measures what one costs while they do nothing.
async fn come(
    table: &mut Table,
    host: &Host,
    place: &Place,
    site: &str,
    visitors: usize,
) -> Result<Vec<Socket>> {
    // What the first one needs is needed once.
    let first = visitor(place, site, usize::MAX).await?;
    tokio::time::sleep(Duration::from_secs(5)).await;
    let before = megabytes(host.pid()?, "VmRSS")?;
    let begun = Instant::now();
    let mut sockets = Vec::with_capacity(visitors);
    for number in 0..visitors {
        sockets.push(visitor(place, site, number).await?);
    }
    table.add(
        format!("{visitors} visitors come, one after the other, within"),
        begun.elapsed().as_secs_f64(),
        "s",
        Aim::None,
    );
    tokio::time::sleep(Duration::from_secs(5)).await;
    let grown = megabytes(host.pid()?, "VmRSS")? - before;
    #[expect(clippy::cast_precision_loss, reason = "a count of visitors")]
    let each = grown * 1_024.0 / visitors as f64;
    table.add("memory of an idle visitor", each, "kB", Aim::Below(20.0));
    drop(first);
    Ok(sockets)
}

/// A visitor who has come: welcomed.
async fn visitor(place: &Place, site: &str, number: usize) -> Result<Socket> {
    let url = format!("ws://{}/chat/{site}/socket", place.public());
    let mut request = url.into_client_request()?;
    request.headers_mut().insert("origin", WEBSITE.parse()?);
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await?;
    let hello = json!({
        "t": "hello", "v": 1, "token": format!("{number:043}"),
        "since": 0, "page": { "url": format!("{WEBSITE}/{number}"), "title": "Shop" },
        "language": "en", "zone": "Europe/Berlin", "open": true,
    });
    socket.send(Message::text(hello.to_string())).await?;
    let welcome = socket.next().await.context("no welcome")??;
    ensure!(welcome.to_text()?.contains("\"welcome\""), "{welcome}");
    Ok(socket)
}

/// The agent follows from now on.
async fn follow(place: &Place, agent: &Desk) -> Result<Socket> {
    let url = format!("ws://{}/api/v1/events", place.workspace());
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await?;
    let greeting = json!({ "token": agent.token(), "since": null });
    socket.send(Message::text(greeting.to_string())).await?;
    let hello = socket.next().await.context("no hello")??;
    ensure!(hello.to_text()?.contains("\"hello\""), "{hello}");
    Ok(socket)
}

/// The agent answers everything once, with its number in its session.
async fn attend(
    mut socket: Socket,
    agent: Desk,
    heard: UnboundedSender<(String, Instant)>,
) -> Result<()> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    while let Some(frame) = socket.next().await {
        let Message::Text(text) = frame? else { continue };
        let now = Instant::now();
        let frame: Value = serde_json::from_str(&text)?;
        let event = |name: &str| frame.pointer(&format!("/event/{name}")).and_then(Value::as_str);
        if event("kind") != Some("message_added") || event("direction") != Some("in") {
            continue;
        }
        let session = event("session_id").context("an event without a session")?.to_owned();
        heard.send((session.clone(), now))?;
        let count = counts.entry(session.clone()).or_default();
        let body =
            json!({ "client_key": format!("{session}-{count}"), "text": format!("{count}") });
        *count += 1;
        let agent = agent.clone();
        tokio::spawn(async move {
            let path = format!("/sessions/{session}/messages");
            agent.ask(Method::POST, &path, Some(&body)).await
        });
    }
    Ok(())
}

/// One visitor writes for a while, and waits for the last answer.
async fn write(mut socket: Socket, number: usize, span: Duration) -> Result<Written> {
    let mut written =
        Written { session: String::new(), sent: Vec::new(), taken: 0, answers: Vec::new() };
    #[expect(clippy::cast_possible_truncation, reason = "a hundred writers")]
    let start = Instant::now() + EVERY / WRITERS as u32 * number as u32;
    let end = Instant::now() + span;
    let mut ticks = tokio::time::interval_at(start, EVERY);
    let give_up = tokio::time::sleep_until(end + LAST);
    tokio::pin!(give_up);
    loop {
        tokio::select! {
            at = ticks.tick() => {
                if at < end {
                    let key = format!("{number:08}-{:08}", written.sent.len());
                    let say = json!({ "t": "say", "key": key, "text": format!("{}", written.sent.len()), "files": [] });
                    written.sent.push(Instant::now());
                    socket.send(Message::text(say.to_string())).await?;
                }
            }
            frame = socket.next() => {
                let frame = frame.context("the line ended")??;
                let Message::Text(text) = frame else { continue };
                note(&mut written, &serde_json::from_str(&text)?)?;
            }
            () = &mut give_up => break,
        }
        let whole =
            written.answers.len() >= written.sent.len() && written.taken >= written.sent.len();
        if whole && Instant::now() >= end {
            break;
        }
    }
    Ok(written)
}

fn note(written: &mut Written, frame: &Value) -> Result<()> {
    let word = |name: &str| frame.get(name).and_then(Value::as_str).unwrap_or_default();
    match word("t") {
        "taken" => {
            written.taken += 1;
            word("session").clone_into(&mut written.session);
        }
        "message" if word("from") == "agent" => {
            let answer = word("text").parse().context("an answer that nobody wrote")?;
            written.answers.push((answer, Instant::now()));
        }
        "refused" | "bye" => anyhow::bail!("{frame}"),
        _ => {}
    }
    Ok(())
}

/// Whether everything was taken, told and answered once; and how long it took.
fn add(
    table: &mut Table,
    written: &[Written],
    events: &HashMap<String, Vec<Instant>>,
    span: Duration,
) -> Result<()> {
    let (mut told, mut both) = (Vec::new(), Vec::new());
    for one in written {
        let count = one.sent.len();
        ensure!(one.taken == count, "{} of {count} taken", one.taken);
        let heard = events.get(&one.session).context("a session nobody heard of")?;
        ensure!(heard.len() == count, "the agent heard {} of {count}", heard.len());
        let mut answered: Vec<usize> = one.answers.iter().map(|(number, _)| *number).collect();
        answered.sort_unstable();
        ensure!(answered == (0..count).collect::<Vec<_>>(), "answers of {count}: {answered:?}");
        for (sent, heard) in one.sent.iter().zip(heard) {
            told.push(heard.duration_since(*sent));
        }
        for (number, at) in &one.answers {
            let asked = one.sent.get(*number).context("an answer too many")?;
            both.push(at.duration_since(*asked));
        }
    }
    let count = told.len();
    let told = Spread::of(told, span)?;
    let both = Spread::of(both, span)?;
    #[expect(clippy::cast_precision_loss, reason = "a count of messages")]
    table.add("messages, each answered", count as f64, "", Aim::None);
    table.add("messages a second", told.rate(), "/s", Aim::None);
    table.add("half of them before the agent within", told.percentile(0.5), "ms", Aim::None);
    table.add("  99 % within", told.percentile(0.99), "ms", Aim::Below(100.0));
    table.add("  the slowest", told.percentile(1.0), "ms", Aim::None);
    table.add(
        "half of the answers before the visitor within",
        both.percentile(0.5),
        "ms",
        Aim::None,
    );
    table.add("  99 % within", both.percentile(0.99), "ms", Aim::None);
    Ok(())
}

/// What the desk has of every session is what was written: each message and each answer once.
async fn compare(admin: &Desk, written: &[Written]) -> Result<()> {
    for one in written {
        let (mut before, mut ins, mut outs) = (i64::MAX, 0, 0);
        loop {
            let path = format!("/sessions/{}/messages?limit=200&before={before}", one.session);
            let part = admin.ask(Method::GET, &path, None).await?;
            let messages = part.get("messages").and_then(Value::as_array).cloned();
            let messages = messages.unwrap_or_default();
            for message in messages.iter().filter(|message| message["kind"] == "message") {
                if message["direction"] == "in" { ins += 1 } else { outs += 1 }
            }
            let first = messages.first().and_then(|message| message["seq"].as_i64());
            match (part.get("more").and_then(Value::as_bool), first) {
                (Some(true), Some(first)) => before = first,
                _ => break,
            }
        }
        let count = one.sent.len();
        ensure!((ins, outs) == (count, count), "{ins} and {outs} kept of {count}");
    }
    Ok(())
}
