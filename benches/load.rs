//! Requests over kept-alive connections, as fast as they are answered or at a fixed pace, and how
//! long each took. A client as small as can be, because it shares the processors with the desk.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// A request as it goes over the line.
pub(crate) type Raw = Vec<u8>;

/// A request with these headers and this body.
pub(crate) fn post(host: SocketAddr, path: &str, headers: &[(&str, String)], body: &[u8]) -> Raw {
    let mut head = format!("POST {path} HTTP/1.1\r\nhost: {host}\r\n");
    for (name, value) in headers {
        head.extend([*name, ": ", value, "\r\n"]);
    }
    head.extend(["content-length: ", &body.len().to_string(), "\r\n\r\n"]);
    let mut raw = head.into_bytes();
    raw.extend_from_slice(body);
    raw
}

/// A request of a signed-in user.
pub(crate) fn get(host: SocketAddr, path: &str, token: &str) -> Raw {
    format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {token}\r\n\r\n")
        .into_bytes()
}

/// A connection that is kept.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Connects.
    pub(crate) async fn open(host: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(host).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    /// Asks and reads the whole answer; anything but 2xx is an error. Gives the body.
    pub(crate) async fn ask(&mut self, raw: &[u8]) -> Result<&[u8]> {
        self.stream.write_all(raw).await?;
        self.buffer.clear();
        let (start, length) = loop {
            ensure!(self.stream.read_buf(&mut self.buffer).await? > 0, "the desk hung up");
            if let Some(end) = find(&self.buffer, b"\r\n\r\n") {
                let head = std::str::from_utf8(self.buffer.get(..end).unwrap_or_default())?;
                break (end + 4, body_length(head)?);
            }
        };
        while self.buffer.len() < start + length {
            ensure!(self.stream.read_buf(&mut self.buffer).await? > 0, "the desk hung up");
        }
        Ok(self.buffer.get(start..start + length).unwrap_or_default())
    }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

/// Length of the body of an answer, if it is one that was hoped for.
fn body_length(head: &str) -> Result<usize> {
    let status = head.split(' ').nth(1).unwrap_or_default();
    if !status.starts_with('2') {
        bail!("answered {status}");
    }
    for line in head.lines() {
        let Some((name, value)) = line.split_once(':') else { continue };
        if name.eq_ignore_ascii_case("content-length") {
            return Ok(value.trim().parse()?);
        }
        ensure!(!name.eq_ignore_ascii_case("transfer-encoding"), "the answer has no length");
    }
    Ok(0)
}

/// What many requests came to.
pub(crate) struct Spread {
    /// How long each took, shortest first.
    times: Vec<Duration>,
    /// From the first to the last.
    span: Duration,
}

impl Spread {
    /// Of these times.
    pub(crate) fn of(mut times: Vec<Duration>, span: Duration) -> Result<Self> {
        ensure!(!times.is_empty(), "nothing was measured");
        times.sort_unstable();
        Ok(Self { times, span })
    }

    /// Milliseconds within which this share of requests was answered.
    pub(crate) fn percentile(&self, share: f64) -> f64 {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in a list that fits into memory"
        )]
        let place = ((self.times.len() as f64 * share).ceil() as usize).saturating_sub(1);
        self.times.get(place).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
    }

    /// Requests a second.
    pub(crate) fn rate(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a count of requests")]
        let count = self.times.len() as f64;
        count / self.span.as_secs_f64()
    }
}

/// When a request is made.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pace {
    /// As soon as the one before on its connection is answered.
    Eager,
    /// So many a second, answered or not. Times count from when a request was due, so that waiting
    /// for a free connection is not hidden.
    Fixed(f64),
}

/// Makes these requests over so many connections, for this long at most.
pub(crate) async fn press(
    host: SocketAddr,
    requests: Arc<Vec<Raw>>,
    connections: usize,
    pace: Pace,
    span: Duration,
) -> Result<Spread> {
    let next = Arc::new(AtomicUsize::new(0));
    let mut open = Vec::new();
    for _ in 0..connections {
        open.push(Connection::open(host).await?);
    }
    let begun = Instant::now();
    let mut workers = JoinSet::new();
    for connection in open {
        let (requests, next) = (Arc::clone(&requests), Arc::clone(&next));
        workers.spawn(work(connection, requests, next, pace, begun, span));
    }
    let mut times = Vec::new();
    while let Some(done) = workers.join_next().await {
        times.extend(done?.context("a request failed")?);
    }
    Spread::of(times, begun.elapsed())
}

async fn work(
    mut connection: Connection,
    requests: Arc<Vec<Raw>>,
    next: Arc<AtomicUsize>,
    pace: Pace,
    begun: Instant,
    span: Duration,
) -> Result<Vec<Duration>> {
    let mut times = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let Some(raw) = requests.get(number) else { return Ok(times) };
        let due = match pace {
            Pace::Eager => Instant::now(),
            Pace::Fixed(rate) => {
                #[expect(clippy::cast_precision_loss, reason = "a count of requests")]
                let due = begun + Duration::from_secs_f64(number as f64 / rate);
                tokio::time::sleep_until(due).await;
                due
            }
        };
        if due.duration_since(begun) >= span {
            return Ok(times);
        }
        connection.ask(raw).await?;
        times.push(due.elapsed());
    }
}
