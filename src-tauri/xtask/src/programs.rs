//! Starting other programs: where the project is, how a call is shown, what came of it.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// The root of the project.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// Where cargo puts what it builds.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// A program that cargo built.
pub(crate) fn built(profile: &str, name: &str) -> PathBuf {
    target().join(profile).join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// A call of a program in the root.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// A call of cargo with exactly the dependencies of Cargo.lock.
pub(crate) fn cargo(task: &str) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = program(cargo);
    command.args([task, "--locked"]);
    command
}

/// A call of cargo for every crate with the window: always the same choice of packages and
/// features, so that no dependency is built twice.
pub(crate) fn of_workspace(task: &str) -> Command {
    let mut command = cargo(task);
    command.args(["--workspace", "--features", "deskbell/custom-protocol"]);
    if cfg!(windows) {
        // A running program cannot be replaced there.
        command.args(["--exclude", "xtask"]);
    }
    command
}

/// A call of npm in `ui/`.
pub(crate) fn npm(arguments: &[&str]) -> Command {
    let mut command = program(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.current_dir(root().join("ui")).args(arguments);
    command
}

/// Whether a program can be started at all.
pub(crate) fn exists(name: &str) -> bool {
    Command::new(name)
        .arg("--version")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok()
}

/// Runs it, shown in the terminal; anything but success is an error.
pub(crate) fn must(command: &mut Command) -> Result<()> {
    let shown = show(command);
    println!("$ {shown}");
    let status = command.status().with_context(|| format!("{shown} did not start"))?;
    if !status.success() {
        bail!("{shown} failed ({status})");
    }
    Ok(())
}

/// Runs it and returns what it printed.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let shown = show(command);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("{shown} did not start"))?;
    if !output.status.success() {
        bail!("{shown} failed ({})", output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// What came of a watched program.
pub(crate) struct Watched {
    /// Whether it ended well.
    pub(crate) success: bool,
    /// What it printed on its standard output, as far as it was readable.
    pub(crate) printed: String,
}

/// Runs it with its output shown and kept; ends it when the time is over.
pub(crate) fn watch(command: &mut Command, limit: Duration) -> Result<Watched> {
    let shown = show(command);
    println!("$ {shown}");
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{shown} did not start"))?;
    let printed = Arc::new(Mutex::new(String::new()));
    let reader = child.stdout.take().map(|stdout| {
        let printed = Arc::clone(&printed);
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).split(b'\n').map_while(Result::ok) {
                let line = String::from_utf8_lossy(&line).into_owned();
                println!("{line}");
                let mut printed = printed.lock().unwrap_or_else(PoisonError::into_inner);
                printed.push_str(&line);
                printed.push('\n');
            }
        })
    });
    let success = wait(&mut child, limit, &shown)?;
    if let (Some(reader), Some(_)) = (reader, success) {
        let _ = reader.join();
    }
    let _ = std::io::stdout().flush();
    let printed = printed.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Ok(Watched { success: success.unwrap_or(false), printed })
}

/// `None`: the time was over.
fn wait(child: &mut Child, limit: Duration, shown: &str) -> Result<Option<bool>> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status.success()));
        }
        if begun.elapsed() > limit {
            println!("{shown} took more than {} minutes and was ended", limit.as_secs() / 60);
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn show(command: &Command) -> String {
    let name = Path::new(command.get_program()).file_stem().unwrap_or_default().to_string_lossy();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy());
    std::iter::once(name).chain(arguments).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_program_that_never_ends_is_ended() {
        let begun = Instant::now();
        let watched = watch(program("sleep").arg("60"), Duration::from_millis(200)).unwrap();
        assert!(!watched.success);
        assert!(begun.elapsed() < Duration::from_secs(30));
    }

    #[cfg(unix)]
    #[test]
    fn what_a_program_prints_is_kept() {
        let watched =
            watch(program("sh").args(["-c", "echo a; echo b; exit 3"]), Duration::from_secs(30))
                .unwrap();
        assert_eq!((watched.success, watched.printed.as_str()), (false, "a\nb\n"));
    }

    #[test]
    fn the_root_holds_the_manifest_of_the_app() {
        assert!(root().join("tauri.conf.json").is_file());
    }
}
