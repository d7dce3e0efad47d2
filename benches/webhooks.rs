//! Signed webhooks accepted per second over real HTTP, beside what the disk gives in the same run.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use deskbell_core::clock;
use deskbell_simulator::Simulator;

use crate::desk::{Desk, Line};
use crate::host::Place;
use crate::load::{self, Pace, Raw, Spread, press};
use crate::table::{Aim, Table};
use crate::{HOST, floor, scratch};

/// How long a part with few connections is measured.
const SPAN: Duration = Duration::from_secs(6);
/// How long the peak and the steady part are measured: longer than the desk's own house-keeping
/// takes to come. A burst before it comes would be a peak that nothing can keep.
const STEADY: Duration = Duration::from_secs(40);
/// Customers that write.
const CUSTOMERS: usize = 1_000;
/// Requests made ready for each second; more than any computer takes in it.
const READY: usize = 10_000;

/// Measures.
pub(crate) async fn measure() -> Result<Table> {
    let folder = scratch()?;
    let simulator = Simulator::start("127.0.0.1:0".parse()?).await?;
    let place = Place::new(HOST, folder.path().join("desk"))?;
    let host = place.start().await?;
    let admin = Desk::set_up(place.workspace()).await?;
    let queue = admin.staff(&["ben".to_owned()], "manual").await?;
    admin.publish(place.public()).await?;
    let line = admin.twilio(&simulator.base_url(), &queue).await?;
    let mut writer = Writer { line, public: place.public(), count: 0 };
    let mut table = Table::new("webhooks");

    let before = floor::commits_per_second(folder.path(), SPAN / 2)?;
    writer.press(CUSTOMERS, 16, Pace::Eager, STEADY).await?;
    let mut peak = 0.0_f64;
    let mut rows: Vec<(usize, Spread)> = Vec::new();
    for (connections, span) in [(1, SPAN), (16, SPAN), (64, STEADY)] {
        let ready = READY * usize::try_from(span.as_secs())?;
        let spread = writer.press(ready, connections, Pace::Eager, span).await?;
        peak = peak.max(spread.rate());
        rows.push((connections, spread));
    }
    let bare = f64::midpoint(before, floor::commits_per_second(folder.path(), SPAN / 2)?);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
    let enough = (peak * STEADY.as_secs_f64()) as usize;
    let steady = writer.press(enough, 64, Pace::Fixed(peak * 0.8), STEADY).await?;
    host.stop().await?;

    table.add("bare SQLite, one-row commits (WAL, FULL)", bare, "/s", Aim::None);
    for (connections, spread) in rows {
        let name = format!("accepted, {connections} connections");
        let aim = if connections == 64 { Aim::Above(bare) } else { Aim::None };
        table.add(name, spread.rate(), "/s", aim);
        table.add("  half of them within", spread.percentile(0.5), "ms", Aim::None);
        table.add("  99 % within", spread.percentile(0.99), "ms", Aim::None);
    }
    table.add("peak beside bare SQLite", peak / bare, "times", Aim::Above(1.0));
    table.add("steady at 80 % of the peak", steady.rate(), "/s", Aim::None);
    table.add("  half of them within", steady.percentile(0.5), "ms", Aim::None);
    table.add("  99 % within", steady.percentile(0.99), "ms", Aim::Below(50.0));
    table.add("  the slowest", steady.percentile(1.0), "ms", Aim::None);
    table.note("A webhook is verified, stored with its raw request, message, session and events,");
    table.note("committed (FULL) and only then answered. Load and desk share the processors.");
    Ok(table)
}

/// Twilio, writing for many customers.
struct Writer {
    line: Line,
    public: SocketAddr,
    count: usize,
}

impl Writer {
    async fn press(
        &mut self,
        count: usize,
        connections: usize,
        pace: Pace,
        span: Duration,
    ) -> Result<Spread> {
        // Signed before the clock runs.
        let requests: Vec<Raw> = (0..count).map(|_| self.next()).collect();
        press(self.public, Arc::new(requests), connections, pace, span).await
    }

    fn next(&mut self) -> Raw {
        self.count += 1;
        let from = format!("+1202555{:04}", self.count % CUSTOMERS);
        let words = format!("Is my order {} ready to be picked up today?", self.count);
        webhook(&self.line, self.public, &from, &words)
    }
}

/// A customer's message as it goes over the line.
pub(crate) fn webhook(line: &Line, public: SocketAddr, from: &str, words: &str) -> Raw {
    let id = format!("SM{}", uuid::Uuid::new_v4().simple());
    let webhook = line.webhook(from, &id, words, clock::now());
    let path = line.url.find("/api/").and_then(|at| line.url.get(at..)).unwrap_or("/");
    load::post(public, path, &webhook.headers, &webhook.body)
}
