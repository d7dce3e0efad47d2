//! What must be on the machine before anything is built or tested. System packages apart,
//! everything stays inside the project: `ui/node_modules` and `target/`.

use anyhow::{Context as _, Result, bail};

use crate::fresh::is_fresh;
use crate::packages::{self, Needs};
use crate::programs::{cargo, exists, must, npm, output, program, root, target};

/// The oldest Node that the UI's tools run on.
const NODE: (u32, u32) = (20, 19);
/// Pinned, so that a test says the same today and next year.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";
const TAURI_DRIVER: &str = "2.1.0";

/// For building and for every test.
pub(crate) fn everything() -> Result<()> {
    packages::install(Needs::Tests)?;
    npm_packages()?;
    driver()?;
    schemathesis()
}

/// For building the window, or the host alone.
pub(crate) fn building(needs: Needs) -> Result<()> {
    packages::install(needs)?;
    npm_packages()
}

/// The UI's packages, exactly as locked.
pub(crate) fn npm_packages() -> Result<()> {
    node()?;
    let lock = root().join("ui/package-lock.json");
    let installed = root().join("ui/node_modules/.package-lock.json");
    if is_fresh(&installed, &[&lock]) {
        return Ok(());
    }
    must(&mut npm(&["ci", "--no-audit", "--no-fund"]))
}

/// The UI as the window and the host carry it.
pub(crate) fn ui_build() -> Result<()> {
    let ui = root().join("ui");
    let sources = ["src", "public", "index.html", "vite.config.ts", "package-lock.json"];
    let sources = sources.map(|name| ui.join(name));
    if is_fresh(&ui.join("dist/index.html"), &sources.each_ref().map(AsRef::as_ref)) {
        return Ok(());
    }
    must(&mut npm(&["run", "build"]))
}

fn node() -> Result<()> {
    let advice = format!(
        "Node {}.{} or newer with npm is needed: see https://nodejs.org (Debian 12's own is older)",
        NODE.0, NODE.1
    );
    let version = output(program("node").arg("--version")).with_context(|| advice.clone())?;
    if !new_enough(&version) {
        bail!("Node {} is here. {advice}", version.trim());
    }
    if !exists(if cfg!(windows) { "npm.cmd" } else { "npm" }) {
        bail!("{advice}");
    }
    Ok(())
}

fn new_enough(version: &str) -> bool {
    let mut parts = version.trim().trim_start_matches('v').split('.').map(str::parse::<u32>);
    match (parts.next(), parts.next()) {
        (Some(Ok(major)), Some(Ok(minor))) => (major, minor) >= NODE,
        _ => false,
    }
}

/// The program between a test and the real window.
fn driver() -> Result<()> {
    let tools = target().join("tools");
    if !cfg!(any(target_os = "linux", windows)) || tools.join("bin").join(driver_name()).exists() {
        return Ok(());
    }
    let mut install = cargo("install");
    install.args(["tauri-driver", "--version", TAURI_DRIVER, "--root"]).arg(tools);
    // Its own build folder, so that ours is not built for it anew.
    install.env_remove("CARGO_TARGET_DIR");
    must(&mut install)
}

fn driver_name() -> String {
    format!("tauri-driver{}", std::env::consts::EXE_SUFFIX)
}

/// The stranger who tries the API with nothing but its document.
fn schemathesis() -> Result<()> {
    let venv = target().join("venv");
    let bin = venv.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let mark = venv.join("installed");
    if std::fs::read_to_string(&mark).is_ok_and(|installed| installed == SCHEMATHESIS) {
        return Ok(());
    }
    let python = ["python3", "python"].into_iter().find(|name| exists(name));
    let Some(python) = python else { bail!("Python 3.10 or newer is needed for the API test") };
    must(program(python).args(["-m", "venv"]).arg(&venv))?;
    must(program(bin.join("python")).args(["-m", "pip", "install", "--quiet", SCHEMATHESIS]))?;
    std::fs::write(mark, SCHEMATHESIS)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_must_be_new_enough() {
        for (version, expected) in [
            ("v20.19.0\n", true),
            ("v20.20.2", true),
            ("v22.1.0", true),
            ("v20.18.3", false),
            ("v18.19.1", false),
            ("", false),
        ] {
            assert_eq!(new_enough(version), expected, "{version}");
        }
    }
}
