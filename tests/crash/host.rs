//! A desk as a process of its own: started, killed without warning, stopped in order.
//! Knows the command line of the host and nothing of what it does.

use std::fs::OpenOptions;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// How long a desk may take to open its doors.
const OPENING: Duration = Duration::from_secs(30);
/// Ports that no outgoing connection is given by itself: while a desk is down nobody takes its.
const PORTS: std::ops::Range<u16> = 21_000..31_000;

/// Where a desk keeps everything and listens; the same after every start.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    program: PathBuf,
    data_dir: PathBuf,
    workspace: SocketAddr,
    public: SocketAddr,
}

impl Place {
    /// A place for this program in this folder, on two free ports.
    pub(crate) fn new(program: impl Into<PathBuf>, data_dir: impl Into<PathBuf>) -> Result<Self> {
        let first = rand::random_range(PORTS);
        let mut free = (first..PORTS.end).chain(PORTS.start..first).filter_map(free);
        let (Some(workspace), Some(public)) = (free.next(), free.next()) else {
            bail!("no free ports");
        };
        Ok(Self { program: program.into(), data_dir: data_dir.into(), workspace, public })
    }

    /// Its database.
    pub(crate) fn database(&self) -> PathBuf {
        self.data_dir.join("deskbell.db")
    }

    /// What it has said on standard error, over all starts.
    pub(crate) fn log(&self) -> PathBuf {
        self.data_dir.with_extension("log")
    }

    /// Where its API listens.
    pub(crate) fn workspace(&self) -> SocketAddr {
        self.workspace
    }

    /// Where providers reach it.
    pub(crate) fn public(&self) -> SocketAddr {
        self.public
    }

    /// Starts the desk; it is open when this returns.
    pub(crate) async fn start(&self) -> Result<Host> {
        let begun = Instant::now();
        let log = OpenOptions::new().create(true).append(true).open(self.log())?;
        let mut child = Command::new(&self.program)
            .arg("--data-dir")
            .arg(&self.data_dir)
            .args(["--workspace-listen", &self.workspace.to_string()])
            .args(["--public-listen", &self.public.to_string()])
            .args(["--no-demo", "--key-file"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log)
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} does not start", self.program.display()))?;
        let stdout = child.stdout.take().context("no standard output")?;
        let mut lines = BufReader::new(stdout).lines();
        let opened = tokio::time::timeout(OPENING, opened(&mut lines)).await;
        if !opened.context("the desk did not open in time")?? {
            bail!("the desk did not open; it says: {}", last_words(&self.log()));
        }
        Ok(Host { child, said: begun.elapsed(), _stdout: lines })
    }
}

/// Reads until both listeners are named; `false`: the program ended before.
async fn opened(lines: &mut Lines<BufReader<ChildStdout>>) -> Result<bool> {
    while let Some(line) = lines.next_line().await? {
        if line.starts_with("public: ") {
            return Ok(true);
        }
    }
    Ok(false)
}

fn last_words(log: &Path) -> String {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let mut lines: Vec<&str> = text.lines().rev().take(5).collect();
    lines.reverse();
    lines.join("\n")
}

fn free(port: u16) -> Option<SocketAddr> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    TcpListener::bind(address).is_ok().then_some(address)
}

/// A running desk. It is killed when this is dropped.
#[derive(Debug)]
pub(crate) struct Host {
    child: Child,
    said: Duration,
    _stdout: Lines<BufReader<ChildStdout>>,
}

impl Host {
    /// From the start of the process until it named its listeners.
    pub(crate) fn opening(&self) -> Duration {
        self.said
    }

    /// Its process id.
    pub(crate) fn pid(&self) -> Result<u32> {
        self.child.id().context("the desk has ended")
    }

    /// Kills it without warning (SIGKILL) and waits until it is gone.
    pub(crate) async fn kill(mut self) -> Result<()> {
        if let Some(status) = self.child.try_wait()? {
            bail!("the desk ended by itself: {status}");
        }
        self.child.kill().await?;
        Ok(())
    }

    /// Tells it to stop (SIGTERM) and waits until it has.
    pub(crate) async fn stop(mut self) -> Result<ExitStatus> {
        let pid = self.pid()?.to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status().await?;
        if !told.success() {
            bail!("the desk could not be told to stop");
        }
        Ok(self.child.wait().await?)
    }
}
