//! Set-up and tasks, the same on every system: `cargo xtask run`, `cargo xtask test` and friends.
//! Owns how the project is built and tested; knows nothing of what it does.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]

mod api_table;
mod bench;
mod count;
mod fresh;
mod fuzz;
mod generate;
mod packages;
mod programs;
mod providers_page;
mod run;
mod sentences;
mod setup;
mod steps;
mod test;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
Usage: cargo xtask <task>

  setup                      install what is missing for building and testing
  run [--release] [--headless] [-- arguments]
                             build and open Deskbell; without a display, start the host
  test [--only STEP]... [--list]
                             every check and test, or only these steps
  bench [NAME]               measure a release build, print the table, keep it under target/;
                             `bench ui` measures the pages in a browser
  fuzz [TARGET]... [--seconds N]
                             random and half-valid webhooks, from the inputs kept in fuzz/corpus
  openapi                    write docs/{openapi.json,api.md,providers.md}, ui/src/api/gen/api.ts and
                             ui/src/i18n/gen/sentences.json anew
  sentences                  write only ui/src/i18n/gen/sentences.json anew
  conformance                play every scenario at every provider, write docs/conformance.md
  permissions                ask every operation as everybody, write docs/permissions.md
  docs                       the Rust documentation of our crates, warnings as errors";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode> {
    let (task, rest) = match arguments.split_first() {
        Some((task, rest)) => (task.as_str(), rest),
        None => ("help", arguments),
    };
    match task {
        "setup" => {
            no_arguments(rest)?;
            setup::everything()?;
        }
        "run" => run::run(&run::Wish::parse(rest)?)?,
        "test" => return Ok(test::test(&test::Wish::parse(rest)?)),
        "bench" => bench::bench(rest)?,
        "fuzz" => {
            let count = fuzz::fuzz(&fuzz::Wish::parse(rest)?)?;
            return Ok(if count.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        "openapi" => {
            no_arguments(rest)?;
            setup::npm_packages()?;
            generate::write()?;
        }
        "sentences" => {
            no_arguments(rest)?;
            generate::sentences()?;
        }
        "conformance" => {
            no_arguments(rest)?;
            generate::conformance()?;
        }
        "permissions" => {
            no_arguments(rest)?;
            generate::permissions()?;
        }
        "docs" => {
            no_arguments(rest)?;
            generate::rust_docs()?;
        }
        "help" | "--help" | "-h" => println!("{HELP}"),
        other => bail!("there is no task {other}\n\n{HELP}"),
    }
    Ok(ExitCode::SUCCESS)
}

fn no_arguments(rest: &[String]) -> Result<()> {
    match rest.first() {
        Some(extra) => bail!("{extra} means nothing here\n\n{HELP}"),
        None => Ok(()),
    }
}
