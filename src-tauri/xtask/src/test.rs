//! `cargo xtask test`: every step in order, all of them even if one fails, and the sum at the end.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::count::Count;
use crate::steps::{STEPS, Step};

/// Which steps.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Wish {
    /// Empty: all.
    only: Vec<String>,
    list: bool,
}

impl Wish {
    /// Reads what stands after `test`.
    pub(crate) fn parse(arguments: &[String]) -> Result<Self> {
        let mut wish = Self::default();
        let mut rest = arguments.iter();
        while let Some(argument) = rest.next() {
            match argument.as_str() {
                "--list" => wish.list = true,
                "--only" => match rest.next() {
                    Some(name) if STEPS.iter().any(|step| step.name == name) => {
                        wish.only.push(name.clone());
                    }
                    Some(name) => bail!("there is no step {name}; cargo xtask test --list"),
                    None => bail!("--only needs the name of a step; cargo xtask test --list"),
                },
                other => bail!("test does not know {other}"),
            }
        }
        Ok(wish)
    }

    fn includes(&self, step: &Step) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| name == step.name)
    }
}

/// What came of a step.
struct Outcome {
    name: &'static str,
    count: Count,
    took: Duration,
}

/// Runs the steps. The last line that it prints is the sum, alone.
pub(crate) fn test(wish: &Wish) -> ExitCode {
    if wish.list {
        for step in STEPS {
            println!("{}", step.name);
        }
        return ExitCode::SUCCESS;
    }
    let mut outcomes = Vec::new();
    for step in STEPS.iter().filter(|step| wish.includes(step)) {
        let outcome = take(step);
        // Without its set-up every other step would only fail in a more puzzling way.
        let hopeless = step.name == "setup" && outcome.count.failed > 0;
        outcomes.push(outcome);
        if hopeless {
            println!("The other steps need the set-up and were left out.");
            break;
        }
    }
    report(&outcomes)
}

fn take(step: &Step) -> Outcome {
    println!("\n━━ {} ━━", step.name);
    let begun = Instant::now();
    let count = (step.run)().unwrap_or_else(|error| {
        println!("{}: {error:#}", step.name);
        Count { passed: 0, failed: 1 }
    });
    let took = begun.elapsed();
    println!("━━ {}: {count} in {} s", step.name, took.as_secs());
    Outcome { name: step.name, count, took }
}

fn report(outcomes: &[Outcome]) -> ExitCode {
    println!();
    for Outcome { name, count, took } in outcomes {
        let mark = if count.failed == 0 { "ok    " } else { "FAILED" };
        println!("{mark}  {name:<14}{:>6} s   {count}", took.as_secs());
    }
    let failed: Vec<&str> =
        outcomes.iter().filter(|outcome| outcome.count.failed > 0).map(|one| one.name).collect();
    if !failed.is_empty() {
        println!("\nFailed: {}", failed.join(", "));
    }
    let sum = outcomes.iter().fold(Count::default(), |sum, outcome| sum + outcome.count);
    println!("\n{sum}");
    if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_steps_can_be_chosen() {
        let parse = |words: &[&str]| {
            Wish::parse(&words.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        let wish = parse(&["--only", "fmt", "--only", "rust"]).unwrap();
        let chosen: Vec<_> = STEPS.iter().filter(|step| wish.includes(step)).collect();
        assert_eq!(chosen.iter().map(|step| step.name).collect::<Vec<_>>(), ["fmt", "rust"]);
        assert!(parse(&["--only", "rusty"]).is_err());
        assert!(parse(&["--only"]).is_err());
        assert!(STEPS.iter().all(|step| Wish::default().includes(step)));
    }

    #[test]
    fn one_failure_fails_the_whole() {
        let outcome = |name, passed, failed| Outcome {
            name,
            count: Count { passed, failed },
            took: Duration::ZERO,
        };
        let code = |outcomes: &[Outcome]| format!("{:?}", report(outcomes));
        let good = format!("{:?}", ExitCode::SUCCESS);
        assert_eq!(code(&[outcome("a", 2, 0), outcome("b", 1, 0)]), good);
        assert_ne!(code(&[outcome("a", 2, 0), outcome("b", 1, 1)]), good);
    }
}
