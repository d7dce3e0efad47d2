//! One run: a desk under customers, agents and receipts is killed again and again; then all is
//! finished, the desk stops in order, and everybody's promises are compared with the file.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use deskbell_channels::simulated::engine::{Fault, Faults};
use deskbell_simulator::{Conduct, Simulator, webhook};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use reqwest::Method;
use serde_json::Value;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::agents::{Agent, Held, Sent};
use crate::customers::{Customer, Written, pause};
use crate::desk::{Desk, Line, text};
use crate::facts::{Facts, unsettled};
use crate::host::{Host, Place};
use crate::verdict::{Promises, Verdict};

/// How long what waits may take to leave after the last start.
const SETTLING: Duration = Duration::from_mins(3);
/// Agents that answer.
const AGENTS: usize = 6;
/// Milliseconds before the providers answer: time in which a kill hits what is being sent.
const LATENCY: u64 = 60;

/// How much is tried.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wish {
    /// How often the desk is killed.
    pub(crate) kills: u32,
    /// Seed of everything that is left to chance.
    pub(crate) seed: u64,
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Ran {
    /// Promises beside facts.
    pub(crate) verdict: Verdict,
    /// From the first kill to the last start.
    pub(crate) killing: Duration,
    /// From the last start until nothing waited.
    pub(crate) settling: Duration,
    /// The slowest start.
    pub(crate) slowest: Duration,
}

/// Runs it in this folder, with this program as the desk.
pub(crate) async fn run(program: &str, folder: &Path, wish: Wish) -> Result<Ran> {
    let simulator = Arc::new(Simulator::start("127.0.0.1:0".parse()?).await?);
    let usual = Conduct { latency_ms: LATENCY, receipt_percent: 20, ..Conduct::default() };
    simulator.set_conduct(usual);
    let place = Place::new(program, folder.join("desk"))?;
    let host = place.start().await?;
    let mut chance = StdRng::seed_from_u64(wish.seed);
    let crowd = Crowd::gather(&place, &simulator, wish, &mut chance).await?;
    let stop = CancellationToken::new();
    let busy = crowd.begin(&stop)?;
    let moody = tokio::spawn(moods(Arc::clone(&simulator), stop.clone(), wish.seed));
    let begun = Instant::now();
    let (host, slowest) = kill_again_and_again(&place, host, wish.kills, &mut chance).await?;
    let killing = begun.elapsed();
    stop.cancel();
    moody.await?;
    let promises = busy.promises().await?;
    let begun = Instant::now();
    settle(&place).await?;
    let settling = begun.elapsed();
    let status = host.stop().await?;
    ensure!(status.success(), "the desk did not stop in order: {status}");
    let facts = Facts::gather(&place.database(), &simulator.sent())?;
    Ok(Ran { verdict: Verdict::of(&promises, &facts), killing, settling, slowest })
}

/// Kills and starts; answers the desk that runs at the end, and how long the slowest start took.
async fn kill_again_and_again(
    place: &Place,
    mut host: Host,
    kills: u32,
    chance: &mut StdRng,
) -> Result<(Host, Duration)> {
    let mut slowest = host.opening();
    for kill in 1..=kills {
        // Now and then before it has got over the last one.
        match chance.random_range(0..5) {
            0 => pause(chance, 5..400).await,
            _ => pause(chance, 800..4_500).await,
        }
        host.kill().await.with_context(|| format!("before kill {kill}"))?;
        if chance.random_bool(0.3) {
            pause(chance, 50..600).await;
        }
        host = place.start().await.with_context(|| format!("after kill {kill}"))?;
        slowest = slowest.max(host.opening());
    }
    Ok((host, slowest))
}

/// Now and then the providers want fewer messages for a moment.
async fn moods(simulator: Arc<Simulator>, stop: CancellationToken, seed: u64) {
    let mut chance = StdRng::seed_from_u64(seed ^ 0x6d6f_6f64);
    while !stop.is_cancelled() {
        pause(&mut chance, 2_000..6_000).await;
        simulator.set_faults(Faults::from_iter([Fault::RateLimited]));
        pause(&mut chance, 50..200).await;
        simulator.set_faults(Faults::default());
    }
}

/// Waits until nothing waits to be sent.
async fn settle(place: &Place) -> Result<()> {
    let begun = Instant::now();
    loop {
        let left = unsettled(&place.database())?;
        if left == 0 {
            return Ok(());
        }
        if begun.elapsed() > SETTLING {
            bail!("{left} messages still wait or are being sent; see {}", place.log().display());
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Everybody who makes the desk promise something.
struct Crowd {
    customers: Vec<Customer>,
    agents: Vec<Agent>,
    /// The customers' first messages.
    greetings: Vec<Written>,
}

impl Crowd {
    /// Sets the desk up and lets every customer say hello, so that there are sessions to answer.
    async fn gather(
        place: &Place,
        simulator: &Simulator,
        wish: Wish,
        chance: &mut StdRng,
    ) -> Result<Self> {
        let admin = Desk::set_up(place.workspace()).await?;
        let logins: Vec<String> = (0..AGENTS).map(|agent| format!("agent{agent}")).collect();
        let queue = admin.staff(&logins, "auto").await?;
        admin.publish(place.public()).await?;
        let twilio = admin.twilio(&simulator.base_url(), &queue).await?;
        let general = admin.general(&simulator.general_send_url(), &queue).await?;
        let customers = customers(wish, &twilio, &general, chance);
        let client = webhook::client()?;
        let mut greetings = Vec::new();
        for customer in &customers {
            greetings.push(customer.one(&client, 0, chance).await);
        }
        let mut shares = shares(&admin, &general).await?;
        ensure!(
            shares.iter().map(Vec::len).sum::<usize>() == customers.len(),
            "a session is missing"
        );
        let mut agents = Vec::new();
        for login in &logins {
            let desk = Desk::sign_in(place.workspace(), login).await?;
            let sessions = shares.pop().unwrap_or_default();
            agents.push(Agent { desk, sessions, seed: chance.random() });
        }
        Ok(Self { customers, agents, greetings })
    }

    /// Lets them begin.
    fn begin(self, stop: &CancellationToken) -> Result<Busy> {
        let mut busy =
            Busy { written: JoinSet::new(), sent: JoinSet::new(), greetings: self.greetings };
        for customer in self.customers {
            // Each has a connection of its own, as if it were another computer of the provider.
            busy.written.spawn(customer.write(webhook::client()?, stop.clone()));
        }
        for agent in self.agents {
            busy.sent.spawn(agent.answer(stop.clone()));
        }
        Ok(busy)
    }
}

/// Three of four write over Twilio. For longer runs there are more of them, so that no session
/// gets more answers than Twilio lists at once.
fn customers(wish: Wish, twilio: &Line, general: &Line, chance: &mut StdRng) -> Vec<Customer> {
    let count = u64::from(wish.kills).clamp(12, 400) * 5;
    let of = |number: u64| Customer {
        line: if number.is_multiple_of(4) { general.clone() } else { twilio.clone() },
        address: format!("+1202555{:04}", 1_000 + number),
        seed: chance.random(),
    };
    (0..count).map(of).collect()
}

/// The open sessions, dealt out to the agents.
async fn shares(admin: &Desk, general: &Line) -> Result<Vec<Vec<Held>>> {
    let (mut dealt, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/sessions?folder=all&limit=100{cursor}");
        let page = admin.ask(Method::GET, &path, None).await?;
        for session in page.pointer("/sessions").and_then(Value::as_array).into_iter().flatten() {
            let tells = text(session, "/channel_id")? != general.id;
            let (id, address) = (text(session, "/id")?, text(session, "/address")?);
            let held = Held { id, address, tells, answers: 0 };
            dealt.push(held);
        }
        match page.pointer("/next").and_then(Value::as_str) {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    Ok(dealt.chunks(dealt.len().div_ceil(AGENTS).max(1)).map(<[Held]>::to_vec).collect())
}

/// Everybody at work.
struct Busy {
    written: JoinSet<Vec<Written>>,
    sent: JoinSet<Result<Vec<Sent>>>,
    greetings: Vec<Written>,
}

impl Busy {
    /// Waits until everybody has what they are waiting for.
    async fn promises(mut self) -> Result<Promises> {
        let mut promises = Promises { written: self.greetings, sent: Vec::new() };
        while let Some(written) = self.written.join_next().await {
            promises.written.extend(written?);
        }
        while let Some(sent) = self.sent.join_next().await {
            promises.sent.extend(sent??);
        }
        Ok(promises)
    }
}
