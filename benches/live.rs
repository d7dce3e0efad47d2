//! From a webhook to the windows of a hundred agents, over real sockets.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use deskbell_simulator::Simulator;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{Instant, MissedTickBehavior};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use crate::desk::{Desk, Line};
use crate::host::Place;
use crate::load::{Connection, Spread};
use crate::table::{Aim, Table};
use crate::webhooks::webhook;
use crate::{HOST, scratch};

/// Agents that follow.
const AGENTS: usize = 100;
/// Messages a second, and how many.
const STREAMS: [(u32, usize); 2] = [(20, 300), (100, 1_000)];

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Measures.
pub(crate) async fn measure() -> Result<Table> {
    let folder = scratch()?;
    let simulator = Simulator::start("127.0.0.1:0".parse()?).await?;
    let place = Place::new(HOST, folder.path().join("desk"))?;
    let host = place.start().await?;
    let admin = Desk::set_up(place.workspace()).await?;
    let logins: Vec<String> = (0..AGENTS).map(|agent| format!("agent{agent}")).collect();
    let queue = admin.staff(&logins, "manual").await?;
    admin.publish(place.public()).await?;
    let line = admin.twilio(&simulator.base_url(), &queue).await?;
    let (heard, mut arrivals) = unbounded_channel();
    for login in &logins {
        let agent = Desk::sign_in(place.workspace(), login).await?;
        let socket = follow(&place, &agent).await?;
        tokio::spawn(listen(socket, heard.clone()));
    }
    let mut connection = Connection::open(place.public()).await?;
    let mut table = Table::new("live");
    // The first message opens the session.
    stream(&mut connection, &place, &line, 10, 5, 0, &mut arrivals).await?;
    let mut told = 5;
    for (rate, count) in STREAMS {
        let spread =
            stream(&mut connection, &place, &line, rate, count, told, &mut arrivals).await?;
        told += count;
        table.add(
            format!("{rate} webhooks a second, {AGENTS} agents"),
            spread.rate(),
            "/s",
            Aim::None,
        );
        table.add("  half of the windows within", spread.percentile(0.5), "ms", Aim::None);
        table.add("  99 % within", spread.percentile(0.99), "ms", Aim::Below(50.0));
        table.add("  the slowest", spread.percentile(1.0), "ms", Aim::None);
    }
    host.stop().await?;
    table.note("From the first byte of the webhook to the event in each agent's WebSocket; the");
    table.note("hundred receiving sockets are in the measuring process, on the same processors.");
    Ok(table)
}

/// Follows from now on.
async fn follow(place: &Place, agent: &Desk) -> Result<Socket> {
    let url = format!("ws://{}/api/v1/events", place.workspace());
    let (mut socket, _) = tokio_tungstenite::connect_async(url).await?;
    let greeting = json!({ "token": agent.token(), "since": null });
    socket.send(Message::text(greeting.to_string())).await?;
    let hello = socket.next().await.context("no hello")??;
    ensure!(hello.to_text()?.contains("\"hello\""), "{hello}");
    Ok(socket)
}

/// Tells when each of the customers' messages was heard of, counted from 0.
async fn listen(mut socket: Socket, heard: UnboundedSender<(usize, Instant)>) -> Result<()> {
    let mut count = 0;
    while let Some(frame) = socket.next().await {
        let Message::Text(text) = frame? else { continue };
        let now = Instant::now();
        // The desk's own lines in the timeline are not what is waited for.
        let frame: Value = serde_json::from_str(&text)?;
        let event = |name: &str| frame.pointer(&format!("/event/{name}")).and_then(Value::as_str);
        if event("kind") == Some("message_added") && event("direction") == Some("in") {
            heard.send((count, now))?;
            count += 1;
        }
    }
    Ok(())
}

/// Sends `count` messages at this rate and waits until everybody has heard of all.
async fn stream(
    connection: &mut Connection,
    place: &Place,
    line: &Line,
    rate: u32,
    count: usize,
    told: usize,
    arrivals: &mut UnboundedReceiver<(usize, Instant)>,
) -> Result<Spread> {
    let requests: Vec<_> = (0..count)
        .map(|number| webhook(line, place.public(), "+12025551234", &format!("message {number}")))
        .collect();
    let mut ticks = tokio::time::interval(Duration::from_secs(1) / rate);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut sent = Vec::new();
    let begun = Instant::now();
    for request in &requests {
        ticks.tick().await;
        sent.push(Instant::now());
        connection.ask(request).await?;
    }
    let mut times = Vec::new();
    while times.len() < count * AGENTS {
        let arrival = tokio::time::timeout(Duration::from_secs(10), arrivals.recv()).await;
        let (number, at) =
            arrival.context("an agent has not heard of everything")?.context("gone")?;
        let sent = sent.get(number - told).context("an event too many")?;
        times.push(at.duration_since(*sent));
    }
    Spread::of(times, begun.elapsed())
}
