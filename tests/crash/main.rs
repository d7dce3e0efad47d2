//! The crash test: a desk is killed with SIGKILL at random moments, under a stream of signed
//! webhooks with repeats and of agents' answers, and every promise that it made has to hold.
//!
//! `CRASH_KILLS` says how often (default 12), `CRASH_SEED` repeats what is left to chance.

mod agents;
mod customers;
#[expect(dead_code, reason = "the measurements use the rest")]
mod desk;
mod facts;
mod host;
mod run;
mod verdict;

mod crash {
    use super::run::{Wish, run};

    fn number<T: std::str::FromStr>(name: &str, usual: T) -> T {
        match std::env::var(name) {
            Ok(given) => given.parse().ok().unwrap_or_else(|| panic!("{name}={given}: no number")),
            Err(_) => usual,
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn every_promise_outlives_sudden_death() {
        let wish = Wish {
            kills: number("CRASH_KILLS", 12),
            seed: number("CRASH_SEED", rand::random_range(0..1_000_000)),
        };
        println!("\nkilling the desk {} times (CRASH_SEED={})", wish.kills, wish.seed);
        // Kept if something is wrong: what is left of the desk tells why.
        let folder = tempfile::Builder::new()
            .prefix("crash-")
            .disable_cleanup(true)
            .tempdir_in(env!("CARGO_TARGET_TMPDIR"))
            .unwrap();
        let ran = run(env!("CARGO_BIN_EXE_deskbell-host"), folder.path(), wish).await;
        let ran = ran.unwrap_or_else(|error| {
            panic!("{error:#}\nkept: {}", folder.path().display());
        });
        println!(
            "{} kills in {:.0} s, slowest start {:.0} ms, all finished {:.0} s after the last\n\n{}",
            wish.kills,
            ran.killing.as_secs_f64(),
            ran.slowest.as_secs_f64() * 1_000.0,
            ran.settling.as_secs_f64(),
            ran.verdict,
        );
        let broken = ran.verdict.broken();
        assert!(
            broken.is_empty(),
            "promises were broken:\n{}\nkept: {}",
            broken.join("\n"),
            folder.path().display()
        );
        std::fs::remove_dir_all(folder.path()).unwrap();
    }
}
