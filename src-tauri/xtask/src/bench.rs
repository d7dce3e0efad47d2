//! `cargo xtask bench`: measurements of a release build. Never a test: nothing fails by being slow.

use anyhow::{Result, bail};

use crate::packages::{self, Needs};
use crate::programs::{cargo, must, npm, output, program, root, target};

/// All measurements, or the one that is named.
pub(crate) fn bench(arguments: &[String]) -> Result<()> {
    if arguments.len() > 1 {
        bail!("bench takes one name at most");
    }
    if arguments.first().is_some_and(|name| name == "ui") {
        return pages();
    }
    packages::install(Needs::Host)?;
    // Cargo builds the host that is started and measured along with it, the same way.
    let mut bench = cargo("bench");
    bench.args(["-p", "deskbell-core", "--bench", "figures", "--"]).args(arguments);
    must(&mut bench)
}

/// The pages in a browser, on the large desk, with the host of a release.
fn pages() -> Result<()> {
    packages::install(Needs::Host)?;
    must(&mut npm(&["run", "build"]))?;
    must(&mut npm(&["run", "size"]))?;
    must(cargo("build").args(["--release", "-p", "deskbell-core", "--bin", "deskbell-host"]))?;
    let mut desk = cargo("bench");
    let desk = desk.args(["-p", "deskbell-core", "--bench", "figures", "--", "desk"]);
    let said = output(desk)?;
    let Some(folder) = said.lines().rev().find(|line| !line.trim().is_empty()) else {
        bail!("nobody said where the large desk is");
    };
    let mut measure = program("node");
    measure.arg(root().join("tests/browser/measure.mjs")).arg(folder.trim());
    must(measure.env("DESKBELL_BIN_DIR", target().join("release")))
}
