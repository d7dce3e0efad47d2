//! What is counted in the whole process, kept in Prometheus' form. Whoever counts uses the
//! `metrics` macros where it happens; nothing of what passed through is in here.

use std::sync::OnceLock;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// Bounds of the buckets for the time of a commit, in seconds.
const COMMIT_BUCKETS: [f64; 10] = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2.0];

/// What is counted, and what it means.
const COUNTED: [(&str, &str); 16] = [
    ("deskbell_webhooks_received_total", "Webhook requests that reached a known channel."),
    ("deskbell_webhooks_verified_total", "Webhook requests that were rightly signed."),
    ("deskbell_webhooks_repeated_total", "Rightly signed requests that had come before."),
    ("deskbell_webhooks_stored_total", "Webhook requests whose content was stored."),
    ("deskbell_webhooks_refused_total", "Webhook requests that were refused."),
    ("deskbell_webhooks_unreadable_total", "Rightly signed requests that nobody could read."),
    ("deskbell_messages_queued_total", "Messages that were queued for sending."),
    ("deskbell_messages_sent_total", "Messages that a provider took."),
    ("deskbell_messages_again_total", "Tries that are repeated after a pause."),
    ("deskbell_messages_failed_total", "Messages that failed."),
    (
        "deskbell_messages_uncertain_total",
        "Messages of which nobody knows whether they were taken.",
    ),
    ("deskbell_chat_calls_total", "Calls between visitors of websites and the team."),
    ("deskbell_chat_calls_missed_total", "Calls of visitors that nobody answered."),
    ("deskbell_events_total", "Events that were told after their commit."),
    ("deskbell_writes_total", "Writes to the database."),
    ("deskbell_commits_total", "Commits that carried them."),
];

/// The recorder is one for the whole process, whatever runs in it.
static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// Starts counting; once for a process, further calls change nothing.
pub fn install() {
    handle();
}

/// Everything in Prometheus' text form.
pub fn render() -> String {
    handle().map(PrometheusHandle::render).unwrap_or_default()
}

/// Sorts what was measured into its buckets; to be called every few seconds, or it piles up.
pub fn upkeep() {
    if let Some(handle) = handle() {
        handle.run_upkeep();
    }
}

fn handle() -> Option<&'static PrometheusHandle> {
    HANDLE.get_or_init(start).as_ref()
}

fn start() -> Option<PrometheusHandle> {
    let commit = Matcher::Full("deskbell_commit_seconds".to_owned());
    let builder = PrometheusBuilder::new().set_buckets_for_metric(commit, &COMMIT_BUCKETS).ok()?;
    let recorder = builder.build_recorder();
    let handle = recorder.handle();
    // Another recorder of the program that embeds the desk stays; then there is nothing to show.
    metrics::set_global_recorder(recorder).ok()?;
    for (name, meaning) in COUNTED {
        metrics::describe_counter!(name, meaning);
        metrics::counter!(name).absolute(0);
    }
    metrics::describe_gauge!("deskbell_outbox_depth", "Messages that wait or are being sent.");
    metrics::describe_histogram!("deskbell_commit_seconds", "Seconds that a commit took.");
    Some(handle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_counted_shows_from_the_start() {
        install();
        metrics::histogram!("deskbell_commit_seconds").record(0.003);
        upkeep();
        let text = render();
        for (name, meaning) in COUNTED {
            assert!(text.contains(&format!("# HELP {name} {meaning}")), "{name}: {text}");
            assert!(text.contains(&format!("\n{name} ")), "{name}: {text}");
        }
        assert!(text.contains("deskbell_commit_seconds_bucket{le=\"0.005\"}"), "{text}");
    }
}
