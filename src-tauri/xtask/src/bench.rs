//! `cargo xtask bench`: measurements of a release build. Never a test: nothing fails by being slow.

use anyhow::{Result, bail};

use crate::packages::{self, Needs};
use crate::programs::{cargo, must};

/// All measurements, or the one that is named.
pub(crate) fn bench(arguments: &[String]) -> Result<()> {
    if arguments.len() > 1 {
        bail!("bench takes one name at most");
    }
    packages::install(Needs::Host)?;
    // Cargo builds the host that is started and measured along with it, the same way.
    let mut bench = cargo("bench");
    bench.args(["-p", "deskbell-core", "--bench", "figures", "--"]).args(arguments);
    must(&mut bench)
}
