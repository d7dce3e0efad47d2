//! A desk in a process of its own.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::{Arc, RwLock};

use tempfile::TempDir;

use super::{Agent, PASSWORD, client, sign_in};

/// A folder for the data of a host, and what it wrote on standard error.
pub(crate) struct Place(TempDir);

/// A running host; it is killed when this is dropped.
pub(crate) struct Host {
    child: Child,
    /// `http://…` of the workspace.
    pub(crate) workspace: String,
    /// `http://…` of the public listener.
    pub(crate) public: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// The data folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    /// File with what the hosts wrote on standard error.
    pub(crate) fn stderr(&self) -> PathBuf {
        self.0.path().join("stderr")
    }

    /// Makes the first administrator, `ada`, as a script does.
    pub(crate) fn set_up(&self, password: &str) -> Output {
        let mut child = host(&self.data(), &["setup", "--login", "ada", "--name", "Ada"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(child.stdin.take().unwrap(), "{password}").unwrap();
        child.wait_with_output().unwrap()
    }

    /// Starts a host here.
    pub(crate) fn start(&self) -> Host {
        let log = File::options().create(true).append(true).open(self.stderr()).unwrap();
        let listen = ["--workspace-listen", "127.0.0.1:0", "--public-listen", "127.0.0.1:0"];
        let mut child =
            host(&self.data(), &listen).stdout(Stdio::piped()).stderr(log).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut address = |name: &str| {
            let line =
                lines.next().unwrap_or_else(|| panic!("no address: {}", self.said())).unwrap();
            line.strip_prefix(name).unwrap_or_else(|| panic!("{line}")).to_owned()
        };
        let (workspace, public) = (address("workspace: "), address("public: "));
        Host { child, workspace, public }
    }

    /// What the hosts wrote on standard error.
    pub(crate) fn said(&self) -> String {
        std::fs::read_to_string(self.stderr()).unwrap_or_default()
    }
}

/// The program, told to use this folder and to keep its key in a file there.
pub(crate) fn host(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_deskbell-host"));
    command.args(["--no-demo", "--key-file", "--data-dir"]).arg(data).args(arguments);
    command.env_remove("DESKBELL_LOG").stdin(Stdio::null());
    command
}

impl Host {
    /// Asks it to stop, and waits until it has.
    pub(crate) fn terminate(&mut self) -> ExitStatus {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        self.child.wait().unwrap()
    }

    /// Ends it in the middle of whatever it does.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Signs a user in.
    pub(crate) async fn sign_in(&self, login: &str) -> Agent {
        let http = client();
        let answer = sign_in(&http, &self.workspace, login, PASSWORD).await;
        let place = self.workspace.strip_prefix("http://").unwrap().to_owned();
        Agent::of(&answer.ok(), &Arc::new(RwLock::new(place)), &http)
    }

    /// Somebody who signed in at the host before this one.
    pub(crate) fn again(&self, agent: &Agent) -> Agent {
        let place = self.workspace.strip_prefix("http://").unwrap().to_owned();
        Agent { place: Arc::new(RwLock::new(place)), ..agent.clone() }
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
