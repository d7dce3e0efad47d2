//! `cargo xtask run`: from a fresh clone to an open window, or to a host where there is none.

use std::process::Command;

use anyhow::{Result, bail};

use crate::packages::Needs;
use crate::programs::{built, cargo, must};
use crate::setup;

/// How it is to run.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Wish {
    release: bool,
    headless: bool,
    /// Handed on to Deskbell.
    arguments: Vec<String>,
}

impl Wish {
    /// Reads what stands after `run`.
    pub(crate) fn parse(arguments: &[String]) -> Result<Self> {
        let mut wish = Self::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--release" => wish.release = true,
                "--headless" => wish.headless = true,
                "--" => wish.arguments = rest.by_ref().cloned().collect(),
                other => bail!("run does not know {other}; what is for Deskbell stands after --"),
            }
        }
        Ok(wish)
    }
}

/// Sets up, builds, starts.
pub(crate) fn run(wish: &Wish) -> Result<()> {
    let window = !wish.headless && has_display();
    setup::building(if window { Needs::Window } else { Needs::Host })?;
    setup::ui_build()?;
    let mut build = cargo("build");
    if window {
        build.args(["-p", "deskbell", "--features", "custom-protocol"]);
    } else {
        build.args(["-p", "deskbell-core", "--bin", "deskbell-host"]);
    }
    if wish.release {
        build.arg("--release");
    }
    must(&mut build)?;
    let profile = if wish.release { "release" } else { "debug" };
    if !window {
        println!(
            "\nStarting the host. Open its workspace address in a browser; Ctrl-C stops it.\n"
        );
    }
    let mut deskbell =
        Command::new(built(profile, if window { "deskbell" } else { "deskbell-host" }));
    deskbell.args(&wish.arguments);
    become_it(deskbell)
}

fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// The task ends and Deskbell takes its place: signals reach it directly.
#[cfg(unix)]
fn become_it(mut deskbell: Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;

    Err(deskbell.exec().into())
}

#[cfg(not(unix))]
fn become_it(mut deskbell: Command) -> Result<()> {
    must(&mut deskbell)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Wish> {
        Wish::parse(&arguments.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn what_follows_the_dashes_is_for_deskbell() {
        let wish = parse(&["--release", "--", "--data-dir", "x", "--headless"]).unwrap();
        assert_eq!(
            wish,
            Wish {
                release: true,
                headless: false,
                arguments: ["--data-dir", "x", "--headless"].map(String::from).to_vec()
            }
        );
        assert!(parse(&["--data-dir"]).is_err());
    }
}
