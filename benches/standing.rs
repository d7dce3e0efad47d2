//! The host at rest: how soon it is open, and how much memory it keeps.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::desk::Desk;
use crate::fill::{self, AGENT};
use crate::host::{Host, Place};
use crate::load::{Connection, get};
use crate::table::{Aim, Table};
use crate::{HOST, scratch};

/// Starts that are measured.
const STARTS: usize = 9;
/// How long it rests before it is looked at.
const REST: Duration = Duration::from_secs(12);

/// Measures.
pub(crate) async fn measure() -> Result<Table> {
    let mut table = Table::new("host");
    let large = fill::large().await?;
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let (host, time) = start(&large).await?;
        starts.push(time);
        host.stop().await?;
    }
    starts.sort_unstable();
    let ms = |time: Option<&Duration>| time.map_or(0.0, |time| time.as_secs_f64() * 1_000.0);
    let usual = ms(starts.get(STARTS / 2));
    table.add("start with a million messages, usual", usual, "ms", Aim::Below(300.0));
    table.add("  slowest", ms(starts.last()), "ms", Aim::Below(300.0));
    let folder = scratch()?;
    let fresh = Place::new(HOST, folder.path().join("desk"))?;
    at_rest(&mut table, "new desk", &fresh, None).await?;
    at_rest(&mut table, "desk with a million messages", &large, Some(AGENT)).await?;
    table.note(
        "A start is measured from running the program to the first answer of both listeners,",
    );
    table.note("the file being in the system's cache. Memory is VmRSS and its highest (VmHWM).");
    Ok(table)
}

/// Starts it; open means that both listeners have answered.
async fn start(place: &Place) -> Result<(Host, Duration)> {
    let begun = Instant::now();
    let host = place.start().await?;
    let health = get(place.public(), "/healthz", "");
    Connection::open(place.public()).await?.ask(&health).await?;
    let desk = get(place.workspace(), "/api/v1/desk", "");
    Connection::open(place.workspace()).await?.ask(&desk).await?;
    Ok((host, begun.elapsed()))
}

async fn at_rest(table: &mut Table, name: &str, place: &Place, login: Option<&str>) -> Result<()> {
    let (host, _) = start(place).await?;
    let pid = host.pid()?;
    table.add(format!("{name}: memory after the start"), megabytes(pid, "VmRSS")?, "MB", Aim::None);
    tokio::time::sleep(REST).await;
    table.add("  at rest", megabytes(pid, "VmRSS")?, "MB", Aim::Below(60.0));
    table.add("  highest until then", megabytes(pid, "VmHWM")?, "MB", Aim::Below(60.0));
    match login {
        Some(login) => drop(Desk::sign_in(place.workspace(), login).await?),
        None => drop(Desk::set_up(place.workspace()).await?),
    }
    tokio::time::sleep(REST).await;
    table.add("  at rest after a sign-in", megabytes(pid, "VmRSS")?, "MB", Aim::Below(60.0));
    table.add("  highest until then", megabytes(pid, "VmHWM")?, "MB", Aim::None);
    host.stop().await?;
    Ok(())
}

/// A size from the kernel's account of a process. There is one on Linux only.
pub(crate) fn megabytes(pid: u32, name: &str) -> Result<f64> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let size = line.and_then(|line| line.split_whitespace().next());
    let kilobytes: f64 = size.context("the kernel does not tell")?.parse()?;
    Ok(kilobytes / 1_024.0)
}
