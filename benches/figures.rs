//! Fixed measurements of a release build, each printed as a table and kept as JSON under
//! `target/figures/`: `cargo xtask bench`, or one of them with `cargo xtask bench NAME`.
//!
//! The desk that is measured is the real host, a process of its own; load comes from this process
//! over real sockets on the same computer and shares its processors with the desk.
#![expect(clippy::print_stdout, reason = "the tables are what this is for")]

#[path = "../tests/crash/desk.rs"]
#[expect(dead_code, reason = "the crash test uses the rest")]
mod desk;
mod fill;
mod floor;
#[path = "../tests/crash/host.rs"]
#[expect(dead_code, reason = "the crash test uses the rest")]
mod host;
mod large;
mod live;
mod livechat;
mod load;
mod rate;
mod search;
mod standing;
mod table;
mod webhooks;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use table::Table;

/// The program that is measured.
const HOST: &str = env!("CARGO_BIN_EXE_deskbell-host");

/// Where tables and the large desk are kept.
fn folder() -> PathBuf {
    let target = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    target.parent().map_or(target.clone(), |target| target.join("figures"))
}

/// A folder for a new desk, gone when it is dropped.
fn scratch() -> Result<tempfile::TempDir> {
    Ok(tempfile::Builder::new().prefix("bench-").tempdir_in(env!("CARGO_TARGET_TMPDIR"))?)
}

async fn measure(name: &str) -> Result<Table> {
    match name {
        "webhooks" => webhooks::measure().await,
        "live" => live::measure().await,
        "livechat" => livechat::measure().await,
        "thread" => large::thread().await,
        "list" => large::list().await,
        "rate" => rate::measure().await,
        "search" => search::measure().await,
        "host" => standing::measure().await,
        _ => bail!("there is no measurement {name}; there are {}", NAMES.join(", ")),
    }
}

const NAMES: [&str; 8] =
    ["webhooks", "live", "livechat", "thread", "list", "host", "rate", "search"];

fn main() -> ExitCode {
    // Cargo adds a flag of its own.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if wanted == ["desk"] {
        return say_where();
    }
    let names = if wanted.is_empty() { NAMES.map(str::to_owned).to_vec() } else { wanted };
    match run(&names) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("figures: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Prints where the large desk is, for those who measure it from outside.
fn say_where() -> ExitCode {
    let made = tokio::runtime::Builder::new_multi_thread().enable_all().build().map(|runtime| {
        std::fs::create_dir_all(folder()).ok();
        runtime.block_on(fill::large())
    });
    match made {
        Ok(Ok(place)) => {
            println!("{}", place.database().parent().unwrap_or(&place.database()).display());
            ExitCode::SUCCESS
        }
        Ok(Err(error)) => {
            eprintln!("figures: {error:#}");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("figures: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(names: &[String]) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    std::fs::create_dir_all(folder())?;
    for name in names {
        let table = runtime.block_on(measure(name)).with_context(|| name.clone())?;
        println!("{table}");
        table.keep(&folder())?;
    }
    Ok(())
}
