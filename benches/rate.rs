//! How exactly a channel keeps its rate, measured where the messages arrive: a thousand at 10 a
//! second with a few refused in between, and a provider that takes only 4 a second for a while.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use deskbell_simulator::{Conduct, Manner, Recorded, Simulator};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::desk::{Desk, Line, text};
use crate::host::Place;
use crate::load::Connection;
use crate::table::{Aim, Table};
use crate::webhooks::webhook;
use crate::{HOST, scratch};

/// Conversations among which the messages are spread.
const CONVERSATIONS: usize = 50;
/// Messages a second that the channel is set to.
const RATE: u32 = 10;
/// Messages at that rate, and after how many submissions one is refused as one too many.
const MESSAGES: usize = 1_000;
const REFUSED: [usize; 5] = [150, 350, 550, 700, 850];
/// Messages while the provider takes fewer, and how many it then takes a second.
const LIMITED: usize = 200;
const ALLOWED: usize = 4;
/// Messages after that.
const AFTER: usize = 200;

/// Measures.
pub(crate) async fn measure() -> Result<Table> {
    let folder = scratch()?;
    let simulator = Simulator::start("127.0.0.1:0".parse()?).await?;
    let place = Place::new(HOST, folder.path().join("desk"))?;
    let host = place.start().await?;
    let admin = Desk::set_up(place.workspace()).await?;
    let queue = admin.staff(&["ben".to_owned()], "none").await?;
    admin.publish(place.public()).await?;
    let line = admin.twilio(&simulator.base_url(), &queue).await?;
    let change = json!({ "rate": RATE });
    admin.ask(Method::PATCH, &format!("/channels/{}", line.id), Some(&change)).await?;
    let ben = Desk::sign_in(place.workspace(), "ben").await?;
    let sessions = sessions(&place, &line, &ben).await?;
    let mut table = Table::new("rate");
    at_the_rate(&mut table, &simulator, &ben, &sessions).await?;
    with_a_limit(&mut table, &simulator, &ben, &sessions).await?;
    let failed = admin.ask(Method::GET, "/sessions/counts", None).await?;
    table.add(
        "messages that need a person",
        failed.get("attention").and_then(Value::as_f64).unwrap_or(-1.0),
        "",
        Aim::Below(1.0),
    );
    host.stop().await?;
    table.note(
        "Measured where they arrive, from the first message that the provider took to the last;",
    );
    table.note(
        "each conversation's messages came in their order, none was lost and none came twice.",
    );
    Ok(table)
}

/// Opens the conversations: each customer says hello.
async fn sessions(place: &Place, line: &Line, ben: &Desk) -> Result<Vec<String>> {
    let mut connection = Connection::open(place.public()).await?;
    for customer in 0..CONVERSATIONS {
        let from = format!("+1202555{:04}", 1_000 + customer);
        connection.ask(&webhook(line, place.public(), &from, "Hello")).await?;
    }
    let page = ben.ask(Method::GET, "/sessions?folder=recent&limit=200", None).await?;
    let listed = page.get("sessions").and_then(Value::as_array).context("no sessions")?;
    ensure!(listed.len() == CONVERSATIONS, "{} sessions", listed.len());
    listed.iter().map(|session| text(session, "/id")).collect()
}

/// Queues so many messages, each conversation's one after the other; they are numbered from 0.
async fn write(ben: &Desk, sessions: &[String], count: usize) -> Result<()> {
    let mut writers = JoinSet::new();
    for session in sessions {
        let (ben, path) = (ben.clone(), format!("/sessions/{session}/messages"));
        let each = count / sessions.len();
        writers.spawn(async move {
            for number in 0..each {
                let key = uuid::Uuid::new_v4().to_string();
                let message = json!({ "client_key": key, "text": number.to_string() });
                ben.ask(Method::POST, &path, Some(&message)).await?;
            }
            anyhow::Ok(Value::Null)
        });
    }
    while let Some(done) = writers.join_next().await {
        done??;
    }
    Ok(())
}

/// A thousand messages, a few of them refused once.
async fn at_the_rate(
    table: &mut Table,
    simulator: &Simulator,
    ben: &Desk,
    sessions: &[String],
) -> Result<()> {
    let refuse = async {
        for place in REFUSED {
            simulator.until_sent(place).await;
            set(simulator, Manner::Status(429));
            simulator.until_sent(place + 1).await;
            set(simulator, Manner::Proper);
        }
        simulator.until_taken(MESSAGES).await;
    };
    let (written, ()) = tokio::join!(write(ben, sessions, MESSAGES), refuse);
    written?;
    let sent = simulator.sent();
    check_order(&sent, sessions.len(), MESSAGES)?;
    let planned = number(MESSAGES) / f64::from(RATE);
    let span = span(&taken(&sent));
    let refused = sent.len() - MESSAGES;
    table.add(
        format!("{MESSAGES} messages at {RATE} a second, {refused} refused once"),
        span,
        "s",
        Aim::None,
    );
    table.add(
        "  off what the rate says",
        (span - planned).abs() / planned * 100.0,
        "%",
        Aim::Below(1.0),
    );
    table.add("  most in any second", most_in_a_second(&sent), "", Aim::None);
    simulator.forget();
    Ok(())
}

/// A provider that takes fewer than the channel is set to, then all again.
async fn with_a_limit(
    table: &mut Table,
    simulator: &Simulator,
    ben: &Desk,
    sessions: &[String],
) -> Result<()> {
    let limit = async {
        while simulator.taken() < LIMITED {
            let now = deskbell_core::clock::now();
            let lately =
                simulator.sent().iter().filter(|one| one.taken && now - one.at < 1_000).count();
            set(simulator, if lately < ALLOWED { Manner::Proper } else { Manner::Status(429) });
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        set(simulator, Manner::Proper);
        simulator.until_taken(LIMITED + AFTER).await;
    };
    let (written, ()) = tokio::join!(write(ben, sessions, LIMITED + AFTER), limit);
    written?;
    let sent = simulator.sent();
    check_order(&sent, sessions.len(), LIMITED + AFTER)?;
    let times = taken(&sent);
    let (limited, after) = times.split_at(LIMITED);
    let refused = sent.iter().filter(|one| !one.taken).count();
    let rate = number(LIMITED - 1) / span(limited);
    table.add(format!("provider takes {ALLOWED} a second: taken"), rate, "/s", Aim::Above(3.5));
    table.add("  refused beside", number(refused) / span(limited), "/s", Aim::None);
    // The first few still recover.
    let whole = after.get(30..).unwrap_or_default();
    let rate = number(whole.len().saturating_sub(1)) / span(whole);
    table.add("it takes all again: taken", rate, "/s", Aim::Above(9.5));
    Ok(())
}

fn set(simulator: &Simulator, manner: Manner) {
    simulator.set_conduct(Conduct { manner, ..simulator.conduct() });
}

/// When messages were taken, in milliseconds.
fn taken(sent: &[Recorded]) -> Vec<i64> {
    let mut times: Vec<i64> = sent.iter().filter(|one| one.taken).map(|one| one.at).collect();
    times.sort_unstable();
    times
}

/// Seconds from the first to the last.
fn span(times: &[i64]) -> f64 {
    let ends = times.first().zip(times.last());
    ends.map_or(0.0, |(first, last)| {
        Duration::from_millis(u64::try_from(last - first).unwrap_or(0)).as_secs_f64()
    })
}

#[expect(clippy::cast_precision_loss, reason = "a count of messages")]
fn number(count: usize) -> f64 {
    count as f64
}

/// Submissions within any second at most, taken or not.
fn most_in_a_second(sent: &[Recorded]) -> f64 {
    let mut times: Vec<i64> = sent.iter().map(|one| one.at).collect();
    times.sort_unstable();
    let within =
        |first: &i64| times.iter().filter(|at| (*first..first + 1_000).contains(*at)).count();
    number(times.iter().map(within).max().unwrap_or(0))
}

/// Every conversation got all of its messages, once, in their order.
fn check_order(sent: &[Recorded], conversations: usize, count: usize) -> Result<()> {
    let mut got: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for one in sent.iter().filter(|one| one.taken) {
        let next = got.entry(&one.to).or_default();
        let said = one.text.as_deref().unwrap_or_default();
        ensure!(said == next.to_string(), "{} got {said} in place of {next}", one.to);
        *next += 1;
    }
    ensure!(got.len() == conversations, "{} conversations", got.len());
    let each = count / conversations;
    ensure!(got.values().all(|count| *count == each), "{got:?}");
    Ok(())
}
