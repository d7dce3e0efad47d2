//! The steps of `cargo xtask test`: what each one calls and how its result is counted.
//!
//! All Rust steps choose the same packages and features, so that no dependency is built twice.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use crate::count::{self, Count};
use crate::fuzz;
use crate::generate;
use crate::programs::{npm, of_workspace, program, root, target, watch};
use crate::setup;

/// One step.
pub(crate) struct Step {
    /// Its name in the terminal and for `--only`.
    pub(crate) name: &'static str,
    /// Does it; the error is what failed.
    pub(crate) run: fn() -> Result<Count>,
}

/// In this order: the cheap ones first, then what the later ones need.
pub(crate) const STEPS: &[Step] = &[
    Step { name: "setup", run: || alone(setup::everything()) },
    Step { name: "fmt", run: fmt },
    Step { name: "ui-lint", run: ui_lint },
    Step { name: "ui-unit", run: ui_unit },
    Step { name: "ui-build", run: ui_build },
    Step { name: "clippy", run: clippy },
    Step { name: "window-build", run: window_build },
    Step { name: "rust", run: rust },
    Step { name: "crash", run: crash },
    Step { name: "fuzz", run: fuzz::briefly },
    Step { name: "openapi", run: || alone(generate::check()) },
    Step { name: "browser", run: browser },
    Step { name: "api-stranger", run: api_stranger },
    Step { name: "desktop", run: desktop },
];

const BUILD_LIMIT: Duration = Duration::from_mins(45);
const TEST_LIMIT: Duration = Duration::from_mins(30);

fn fmt() -> Result<Count> {
    let mut command = program(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    plain(command.args(["fmt", "--all", "--check"]))
}

fn clippy() -> Result<Count> {
    plain(of_workspace("clippy").args(["--all-targets", "--", "-D", "warnings"]))
}

fn ui_lint() -> Result<Count> {
    let lint = plain(&mut npm(&["run", "lint"]))?;
    Ok(lint + plain(&mut npm(&["run", "check"]))?)
}

/// The pages, and that the first of them is light.
fn ui_build() -> Result<Count> {
    let built = plain(&mut npm(&["run", "build"]))?;
    Ok(built + plain(&mut npm(&["run", "size"]))?)
}

fn ui_unit() -> Result<Count> {
    suite(&mut npm(&["test"]), count::of_vitest)
}

fn window_build() -> Result<Count> {
    plain(of_workspace("build").args(["--bins", "--tests"]))
}

fn rust() -> Result<Count> {
    suite(
        of_workspace("test").args(["--no-fail-fast", "--", "--skip", "crash::every_promise"]),
        count::of_cargo,
    )
}

/// On its own, so that its counts are seen and nothing else is slowed down by it.
fn crash() -> Result<Count> {
    let mut command = of_workspace("test");
    suite(command.args(["--test", "crash", "--", "--nocapture"]), count::of_cargo)
}

fn browser() -> Result<Count> {
    script(program("node"), "tests/browser/run.mjs")
}

fn api_stranger() -> Result<Count> {
    let (shell, python) = ("tests/stranger/run.sh", "tests/stranger/run.py");
    if root().join(shell).is_file() {
        return script(program("bash"), shell);
    }
    let bin = if cfg!(windows) { "venv/Scripts/python" } else { "venv/bin/python" };
    script(program(target().join(bin)), python)
}

fn desktop() -> Result<Count> {
    const SCRIPT: &str = "tests/desktop/run.mjs";
    if !cfg!(target_os = "linux") {
        return script(program("node"), SCRIPT);
    }
    // A screen and a session bus of its own: it disturbs nobody and nobody disturbs it.
    let mut command = program("xvfb-run");
    command.args(["-a", "-s", "-screen 0 1440x900x24", "dbus-run-session", "--", "node"]);
    script(command, SCRIPT)
}

fn script(mut command: Command, path: &str) -> Result<Count> {
    if !root().join(path).is_file() {
        bail!("{path} is missing");
    }
    let bin = target().join("debug");
    suite(command.arg(Path::new(path)).env("DESKBELL_BIN_DIR", bin), count::of_script)
}

/// A suite that counts by itself. One that ran nothing has not passed.
fn suite(command: &mut Command, count: fn(&str) -> Count) -> Result<Count> {
    let watched = watch(command, TEST_LIMIT)?;
    let count = count(&watched.printed);
    if watched.success && count == Count::default() {
        bail!("it says nothing of tests that ran");
    }
    Ok(if watched.success || count.failed > 0 {
        count
    } else {
        count + Count { passed: 0, failed: 1 }
    })
}

/// A check that passes or fails as a whole.
fn plain(command: &mut Command) -> Result<Count> {
    let success = watch(command, BUILD_LIMIT)?.success;
    Ok(Count { passed: u32::from(success), failed: u32::from(!success) })
}

fn alone(result: Result<()>) -> Result<Count> {
    result.map(|()| Count { passed: 1, failed: 0 })
}
