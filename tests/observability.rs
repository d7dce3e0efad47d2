//! What an administrator's monitoring sees.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::{Answer, Desk, said, to_user};

const CUSTOMER: &str = "+15555550123";

/// Names and values of everything that is counted.
async fn counted(desk: &Desk) -> BTreeMap<String, f64> {
    let answer = desk.admin.try_get("/metrics").await;
    assert_eq!(answer.status, 200);
    assert!(
        answer.headers["content-type"].to_str().unwrap().starts_with("text/plain; version=0.0.4")
    );
    let lines = answer.text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines
        .map(|line| {
            let (name, value) = line.rsplit_once(' ').unwrap();
            (name.to_owned(), value.parse().unwrap())
        })
        .collect()
}

#[tokio::test]
async fn counters_are_for_administrators_and_count_what_passes() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.general(&to_user(&ana.id)).await;
    assert_eq!(ana.try_get("/metrics").await.refusal(), "403 forbidden");
    let url = format!("{}/api/v1/metrics", desk.workspace());
    let nobody = Answer::of(desk.http.get(url).send().await.unwrap()).await;
    assert_eq!(nobody.refusal(), "401 not_signed_in");
    let before = counted(&desk).await;
    let webhook = line.message(&said(CUSTOMER, "Hello"));
    for _ in 0..3 {
        desk.deliver(&line, &webhook).await;
    }
    let mut forged = webhook.clone();
    forged.headers.retain(|(name, _)| *name != "x-signature-256");
    desk.deliver(&line, &forged).await;
    desk.deliver(&line, &line.garbled()).await;
    let session = ana.session_with(CUSTOMER).await;
    let message = ana.send(&session, "Hello").await;
    ana.until_state(&message, "sent").await;
    let after = counted(&desk).await;
    // Other tests run in this process: what is counted here is the least.
    for (name, least) in [
        ("deskbell_webhooks_received_total", 5.0),
        ("deskbell_webhooks_verified_total", 4.0),
        ("deskbell_webhooks_stored_total", 1.0),
        ("deskbell_webhooks_repeated_total", 2.0),
        ("deskbell_webhooks_refused_total", 1.0),
        ("deskbell_webhooks_unreadable_total", 1.0),
        ("deskbell_messages_queued_total", 1.0),
        ("deskbell_messages_sent_total", 1.0),
        ("deskbell_events_total", 4.0),
        ("deskbell_commit_seconds_count", 3.0),
    ] {
        let more = after[name] - before.get(name).copied().unwrap_or_default();
        assert!(more >= least, "{name}: {more}");
    }
    for name in [
        "deskbell_messages_failed_total",
        "deskbell_messages_uncertain_total",
        "deskbell_outbox_depth",
    ] {
        assert!(after.contains_key(name), "{name}");
    }
}

#[tokio::test]
async fn nothing_that_is_counted_names_anybody() {
    let desk = Desk::start().await;
    let line = desk.twilio(&to_user(&desk.admin.id)).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let text = desk.admin.try_get("/metrics").await.text;
    for private in ["5550123", "5550100", "Ada", line.path.rsplit('/').next().unwrap(), &line.id] {
        assert!(!text.contains(private), "{private}");
    }
    let health = desk.http.get(format!("{}/healthz", desk.public())).send().await.unwrap();
    assert_eq!(health.text().await.unwrap(), "ok", "and the internet hears only that it lives");
    let refused = desk.http.get(format!("{}/api/v1/metrics", desk.public())).send().await.unwrap();
    assert_eq!((refused.status().as_u16(), refused.text().await.unwrap()), (404, String::new()));
    assert_eq!(
        desk.admin.try_post("/metrics", Value::Null).await.refusal(),
        "405 method_not_allowed"
    );
}

#[tokio::test]
async fn pages_travel_compressed_and_what_the_desk_says_does_not() {
    let desk = Desk::start().await;
    let asked = async |path: &str| {
        let request = desk.http.get(format!("{}{path}", desk.workspace()));
        let request = request.header("accept-encoding", "gzip").bearer_auth(&desk.admin.token);
        request.send().await.unwrap()
    };
    // The client unpacks what it gets, and takes away that it was packed and how long it was.
    let packed = |answer: &reqwest::Response| {
        let by_size = answer.headers().contains_key("content-length");
        assert_eq!(answer.status(), 200);
        !by_size && answer.headers()["vary"].to_str().unwrap().contains("accept-encoding")
    };
    assert!(packed(&asked("/").await));
    assert!(!packed(&asked("/api/v1/me").await));
}
