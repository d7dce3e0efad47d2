//! Fuzzing: builds the targets of `fuzz/` with libFuzzer's instrumentation and runs them from the
//! kept inputs. The folder is laid out for cargo-fuzz, which is not needed here: its flags for a
//! stable compiler are these.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::count::Count;
use crate::programs::{cargo, must, output, program, root, target, watch};

const TARGETS: &[&str] = &["webhook", "signature", "keywords", "visitor"];
const SECONDS: u64 = 20;
const INSTRUMENTED: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares \
    --cfg fuzzing -Ccodegen-units=1";

/// Which targets, and how long each.
pub(crate) struct Wish {
    targets: Vec<&'static str>,
    seconds: u64,
}

impl Wish {
    /// Reads what stands after `fuzz`.
    pub(crate) fn parse(arguments: &[String]) -> Result<Self> {
        let mut wish = Self { targets: Vec::new(), seconds: SECONDS };
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            if argument == "--seconds" {
                let seconds = rest.next().and_then(|seconds| seconds.parse().ok());
                wish.seconds = seconds.context("--seconds needs a number")?;
            } else if let Some(known) = TARGETS.iter().find(|name| *name == argument) {
                wish.targets.push(known);
            } else {
                bail!("there is no target {argument}; there are {}", TARGETS.join(", "));
            }
        }
        if wish.targets.is_empty() {
            wish.targets.extend(TARGETS);
        }
        Ok(wish)
    }
}

/// Every target for a short while: the step of the tests.
pub(crate) fn briefly() -> Result<Count> {
    fuzz(&Wish::parse(&[])?)
}

/// Runs the targets; a crash leaves its input under `target/fuzz/found`.
pub(crate) fn fuzz(wish: &Wish) -> Result<Count> {
    if !cfg!(target_os = "linux") {
        println!("libFuzzer runs on Linux here; the kept inputs are replayed by the Rust tests");
        return Ok(Count { passed: 1, failed: 0 });
    }
    let triple = triple()?;
    must(
        cargo("build")
            .args(["--manifest-path", "fuzz/Cargo.toml", "--release", "--target", &triple])
            .env("RUSTFLAGS", INSTRUMENTED)
            .env("CARGO_TARGET_DIR", place()),
    )?;
    let mut count = Count::default();
    for name in &wish.targets {
        let mut command = run(name, &triple, wish.seconds)?;
        let success = watch(&mut command, Duration::from_secs(wish.seconds + 300))?.success;
        count = count + Count { passed: u32::from(success), failed: u32::from(!success) };
    }
    Ok(count)
}

fn place() -> PathBuf {
    target().join("fuzz")
}

fn run(name: &str, triple: &str, seconds: u64) -> Result<Command> {
    let (grown, found) = (place().join("corpus").join(name), place().join("found"));
    fs::create_dir_all(&grown)?;
    fs::create_dir_all(&found)?;
    let mut command = program(place().join(triple).join("release").join(name));
    // New inputs go to the first folder; the kept ones stay as they are.
    command.arg(grown).arg(root().join("fuzz/corpus").join(name)).args([
        format!("-max_total_time={seconds}"),
        format!("-artifact_prefix={}/", found.display()),
        "-max_len=8192".to_owned(),
        "-timeout=10".to_owned(),
        "-rss_limit_mb=2048".to_owned(),
        "-print_final_stats=1".to_owned(),
    ]);
    Ok(command)
}

/// What the compiler builds for. Named, so that build scripts are not instrumented.
fn triple() -> Result<String> {
    let told = output(program("rustc").arg("-vV"))?;
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not tell its host")?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_and_time_are_chosen_by_name() {
        let parse = |words: &[&str]| {
            Wish::parse(&words.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        let wish = parse(&["webhook", "--seconds", "1800"]).unwrap();
        assert_eq!((wish.targets, wish.seconds), (vec!["webhook"], 1_800));
        assert_eq!(parse(&[]).unwrap().targets, TARGETS);
        assert!(parse(&["nothing"]).is_err());
        assert!(parse(&["--seconds"]).is_err());
    }

    #[test]
    fn every_target_has_a_file_and_kept_inputs() {
        for name in TARGETS {
            assert!(root().join("fuzz/fuzz_targets").join(format!("{name}.rs")).is_file());
            assert!(root().join("fuzz/corpus").join(name).is_dir());
        }
    }
}
