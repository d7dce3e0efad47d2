//! What customers say, from the provider's request to the agent's window.

use deskbell_simulator::webhook::Said;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Agent, Desk, Fixtures, Line, Options, media_of, said, to_queue, to_user};

const CUSTOMER: &str = "+15555550123";

/// A desk with a manual queue, its agent, and a channel of each provider.
async fn desk() -> (Desk, Agent, [Line; 2]) {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "manual").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let lines = desk.both(&to_queue(&queue)).await;
    (desk, ana, lines)
}

#[tokio::test]
async fn a_customers_text_reaches_the_agent_of_the_queue() {
    let (desk, ana, lines) = desk().await;
    for line in &lines {
        desk.says(line, CUSTOMER, "Are you open?").await;
    }
    let sessions = ana.folder("unowned").await;
    assert_eq!(sessions.len(), 2, "a session for each channel");
    for session in &sessions {
        assert_eq!(session["address"], CUSTOMER);
        assert_eq!(session["preview"], "Are you open?");
        assert_eq!(session["unread"], 1);
        let id = session["id"].as_str().unwrap();
        let heard = ana.said(id).await;
        assert_eq!(heard.len(), 1);
        assert_eq!(heard[0]["text"], "Are you open?");
        assert_eq!(
            (&heard[0]["direction"], &heard[0]["state"]),
            (&json!("in"), &json!("received"))
        );
        assert_eq!(ana.timeline(id).await, ["opened"]);
    }
    assert_eq!(sessions[0]["contact_id"], sessions[1]["contact_id"], "it is the same customer");
}

#[tokio::test]
async fn a_repeated_delivery_changes_nothing_and_is_answered_like_the_first() {
    let (desk, _, lines) = desk().await;
    for line in &lines {
        let webhook = line.message(&said(CUSTOMER, "once"));
        let first = desk.deliver(line, &webhook).await;
        let rows = desk.rows();
        for _ in 0..3 {
            let again = desk.deliver(line, &webhook).await;
            assert_eq!((again.status, &again.text), (first.status, &first.text));
        }
        assert_eq!(desk.rows(), rows, "{}", line.provider);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_deliveries_of_one_message_at_once_store_it_once() {
    let (desk, ana, lines) = desk().await;
    for line in &lines {
        let webhook = line.message(&said(CUSTOMER, "once"));
        let answers = join_all((0..50).map(|_| desk.deliver(line, &webhook))).await;
        let good = if line.provider == "twilio" { 200 } else { 204 };
        assert!(answers.iter().all(|answer| answer.status == good), "{answers:?}");
    }
    let sessions = ana.folder("recent").await;
    assert_eq!(sessions.len(), 2);
    for session in sessions {
        assert_eq!(ana.said(session["id"].as_str().unwrap()).await.len(), 1);
    }
    assert_eq!(desk.number("SELECT count(*) FROM deliveries"), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn first_messages_at_once_open_one_session() {
    let (desk, ana, [line, _]) = desk().await;
    let texts: Vec<String> = (0..30).map(|n| format!("message {n}")).collect();
    join_all(texts.iter().map(|text| desk.says(&line, CUSTOMER, text))).await;
    let session = ana.only_session("recent").await;
    assert_eq!(session["messages_in"], 30);
    let heard = ana.said(session["id"].as_str().unwrap()).await;
    let mut kept: Vec<&str> = heard.iter().map(|one| one["text"].as_str().unwrap()).collect();
    kept.sort_unstable();
    let mut sent: Vec<&str> = texts.iter().map(String::as_str).collect();
    sent.sort_unstable();
    assert_eq!(kept, sent);
    assert_eq!(desk.number("SELECT count(*) FROM contacts"), 1);
}

/// Every number that the recorded messages are addressed to.
fn numbers(fixtures: &Fixtures, line: &Line, queue: &str) -> Value {
    let mut addresses: Vec<String> = Vec::new();
    for recorded in fixtures.webhooks(line) {
        for event in recorded.expect["events"].as_array().unwrap() {
            let to = event["message"]["to"].as_str().map(str::to_owned);
            addresses.extend(to.filter(|to| !addresses.contains(to)));
        }
    }
    let number = |address| json!({ "address": address, "destination": to_queue(queue) });
    addresses.into_iter().map(number).collect()
}

#[tokio::test]
async fn every_recorded_webhook_is_answered_and_kept_as_recorded() {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "manual").await;
    for line in desk.both(&to_queue(&queue)).await {
        let fixtures = Fixtures::of(line.provider);
        let wanted = json!({ "numbers": numbers(&fixtures, &line, &queue) });
        desk.admin.patch(&format!("/channels/{}", line.id), wanted).await;
        let recorded = fixtures.webhooks(&line);
        assert!(recorded.len() >= 14, "{} of {}", recorded.len(), line.provider);
        for one in recorded {
            let before = unreadable(&desk);
            let answer = desk.deliver(&line, &one.webhook).await;
            let reply = &one.expect["reply"];
            assert_eq!(answer.status, reply["status"], "{}", one.name);
            assert_eq!(answer.text.as_bytes(), fixtures.body_of(reply), "{}", one.name);
            let kept = i64::from(one.expect["unreadable"] == true);
            assert_eq!(unreadable(&desk) - before, kept, "{}", one.name);
            for event in one.expect["events"].as_array().unwrap() {
                assert_kept(&desk, &line, event, &one.name);
            }
        }
    }
}

fn unreadable(desk: &Desk) -> i64 {
    desk.number("SELECT count(*) FROM deliveries WHERE outcome = 'unreadable'")
}

/// The message of an event is in the store once, with its text and as many files.
fn assert_kept(desk: &Desk, line: &Line, event: &Value, name: &str) {
    let message = &event["message"];
    if message.is_null() {
        return;
    }
    let sql = "SELECT count(*), max(m.body), count(f.file_id) FROM messages m \
        LEFT JOIN message_files f ON f.message_id = m.id \
        WHERE m.channel_id = ?1 AND m.provider_id = ?2 GROUP BY m.id";
    let provider_id = message["provider_id"].as_str().unwrap();
    let (rows, text, files): (i64, String, i64) = desk
        .database()
        .query_row(sql, [line.id.as_str(), provider_id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    let expected = message["media"].as_array().unwrap().len();
    assert_eq!(rows, i64::try_from(expected.max(1)).unwrap(), "{name}");
    assert_eq!(text, message["text"].as_str().unwrap_or_default(), "{name}");
    assert_eq!(files, i64::try_from(expected).unwrap(), "{name}");
}

#[tokio::test]
async fn what_cannot_be_read_is_kept_once_and_shown_to_supervisors() {
    let (desk, ana, lines) = desk().await;
    for line in &lines {
        let garbled = line.garbled();
        for _ in 0..3 {
            let answer = desk.deliver(line, &garbled).await;
            assert!([200, 204].contains(&answer.status), "{answer:?}");
        }
    }
    let supervisor = desk.supervisor("Sam").await;
    assert_eq!(supervisor.get("/sessions/counts").await["attention"], 2);
    let kept = supervisor.get("/deliveries?outcome=unreadable").await;
    let kept = kept.as_array().unwrap();
    assert_eq!(kept.len(), 2, "a repeat is not kept twice");
    assert!(kept[0]["error"].as_str().unwrap().contains("cannot read"), "{}", kept[0]);
    let id = kept[0]["id"].as_str().unwrap();
    assert_eq!(ana.try_get("/deliveries").await.status, 403);
    assert_eq!(
        supervisor.try_post(&format!("/deliveries/{id}/replay"), Value::Null).await.status,
        403
    );
    let replayed = desk.admin.post(&format!("/deliveries/{id}/replay"), Value::Null).await;
    assert_eq!(replayed["outcome"], "unreadable", "it is no clearer than before");
    assert!(replayed["replayed_at"].is_i64());
    desk.admin.post(&format!("/deliveries/{id}/dismiss"), Value::Null).await;
    assert_eq!(supervisor.get("/sessions/counts").await["attention"], 1);
}

#[tokio::test]
async fn a_message_to_an_unknown_number_waits_until_the_number_is_there() {
    let (desk, ana, lines) = desk().await;
    let queue = desk.admin.get("/queues").await[0]["id"].as_str().unwrap().to_owned();
    for line in &lines {
        let stray = Said { to: "+15555550177".into(), ..said(CUSTOMER, "Anybody there?") };
        desk.hears(line, &stray).await;
        assert!(ana.folder("recent").await.is_empty());
        let kept = desk.admin.get("/deliveries?outcome=unreadable").await;
        let sentence = kept[0]["error"].as_str().unwrap();
        assert!(sentence.contains("dd the number, then replay"), "{sentence}");
        let number = |address| json!({ "address": address, "destination": to_queue(&queue) });
        let both = json!({ "numbers": [number("+15555550100"), number("+15555550177")] });
        desk.admin.patch(&format!("/channels/{}", line.id), both).await;
        let replay = format!("/deliveries/{}/replay", kept[0]["id"].as_str().unwrap());
        assert_eq!(desk.admin.post(&replay, Value::Null).await["outcome"], "stored");
        let session = ana.only_session("recent").await;
        assert_eq!(
            (&session["preview"], &session["number"]),
            (&json!("Anybody there?"), &json!("+15555550177"))
        );
        let end = format!("/sessions/{}/end", session["id"].as_str().unwrap());
        ana.post(&end, Value::Null).await;
    }
}

#[tokio::test]
async fn a_message_stands_where_it_arrived_and_tells_when_it_was_said() {
    let (desk, ana, [_, line]) = desk().await;
    let now = deskbell_core::clock::now();
    for (text, told) in
        [("first", now - 3_600_000), ("second", now - 7_200_000), ("third", now + 7_200_000)]
    {
        let said = said(CUSTOMER, text);
        let secret = Line::secrets()[2];
        let webhook = deskbell_simulator::webhook::general_message(Some(secret), &said, told);
        assert_eq!(desk.deliver(&line, &webhook).await.status, 204);
    }
    let heard = ana.said(&ana.session_with(CUSTOMER).await).await;
    let texts: Vec<_> = heard.iter().map(|one| one["text"].as_str().unwrap()).collect();
    assert_eq!(texts, ["first", "second", "third"]);
    assert_eq!(heard[0]["at"], now - 3_600_000);
    let clamped = heard[2]["at"].as_i64().unwrap();
    assert!((now..now + 60_000).contains(&clamped), "nothing was said in the future");
    assert!(heard.windows(2).all(|two| two[0]["seq"].as_i64() < two[1]["seq"].as_i64()));
}

#[tokio::test]
async fn after_the_end_a_new_session_opens_at_the_destination() {
    let (desk, ana, [line, _]) = desk().await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let first = ana.session_with(CUSTOMER).await;
    ana.post(&format!("/sessions/{first}/pick-up"), Value::Null).await;
    ana.post(&format!("/sessions/{first}/end"), Value::Null).await;
    assert_eq!(ana.try_send(&first, "too late").await.refusal(), "409 session_closed");
    desk.says(&line, CUSTOMER, "One more thing").await;
    let second = ana.only_session("recent").await;
    assert_ne!(second["id"], first.as_str());
    assert!(second["owner_id"].is_null(), "it waits in the queue, whoever owned the last one");
    assert_eq!(ana.said(&first).await.len(), 1, "the old thread stays as it was");
}

#[tokio::test]
async fn a_number_of_one_user_gives_them_its_sessions() {
    let desk = Desk::start().await;
    let ben = desk.agent("Ben", &[]).await;
    let other = desk.agent("Cleo", &[]).await;
    let line = desk.twilio(&to_user(&ben.id)).await;
    desk.says(&line, CUSTOMER, "For Ben").await;
    assert_eq!(ben.only_session("mine").await["owner_id"], ben.id.as_str());
    assert!(other.folder("recent").await.is_empty());
}

#[tokio::test]
async fn whatever_people_write_comes_through_unchanged() {
    let (desk, ana, lines) = desk().await;
    let texts = [
        "Žluťoučký kůň & co. = 100 %",
        "👩🏽‍🚀 emoji, 日本語, العربية, עברית",
        "line one\nline two\ttab",
        "  spaces around  ",
        "a\u{301} combining, zero\u{200b}width",
        "'; DROP TABLE messages; --",
        "+ plus & amp ; % 41 \\ back / slash \"quotes\"",
    ];
    for line in &lines {
        for text in texts {
            desk.says(line, CUSTOMER, text).await;
        }
    }
    for session in ana.folder("recent").await {
        let heard = ana.said(session["id"].as_str().unwrap()).await;
        let heard: Vec<_> = heard.iter().map(|one| one["text"].as_str().unwrap()).collect();
        assert_eq!(heard, texts);
    }
}

#[tokio::test]
async fn eleven_files_come_with_one_message_in_their_order() {
    let (desk, ana, lines) = desk().await;
    let base = desk.simulator.base_url();
    for line in &lines {
        let urls: Vec<String> = (0..11).map(|n| format!("{base}/media/{n}.png")).collect();
        let with_files = Said { media: media_of(&urls), ..said(CUSTOMER, "all of these") };
        desk.hears(line, &with_files).await;
    }
    for session in ana.folder("recent").await {
        let heard = ana.said(session["id"].as_str().unwrap()).await;
        let message = heard[0]["id"].as_str().unwrap().to_owned();
        let files = crate::support::until("eleven stored files", || async {
            let message = ana.get(&format!("/messages/{message}")).await;
            let files = message["files"].as_array().unwrap().clone();
            files.iter().all(|file| file["state"] == "stored").then_some(files)
        })
        .await;
        assert_eq!(files.len(), 11);
        assert!(files.iter().all(|file| file["content_type"] == "image/png"));
        let order = "SELECT group_concat(remote_url) FROM (SELECT f.remote_url FROM message_files m \
            JOIN files f ON f.id = m.file_id WHERE m.message_id = ?1 ORDER BY m.position)";
        let order: Option<String> =
            desk.database().query_row(order, [&message], |row| row.get(0)).unwrap();
        if let Some(order) = order {
            let expected: Vec<_> = (0..11).map(|n| format!("{base}/media/{n}.png")).collect();
            assert_eq!(order, expected.join(","));
        }
    }
}

#[tokio::test]
async fn twilio_is_believed_under_every_address_that_it_knew() {
    let (desk, ana, [line, _]) = desk().await;
    let old = line.message(&said(CUSTOMER, "to the old address"));
    let change = json!({ "public_url": "https://new.example.com" });
    desk.admin.patch("/settings", change).await;
    assert_eq!(desk.deliver(&line, &old).await.status, 200);
    let url = format!("https://new.example.com{}", line.path);
    let said = said(CUSTOMER, "to the new one");
    let new = deskbell_simulator::webhook::twilio_message(&Line::account(), &url, &said);
    assert_eq!(desk.deliver(&line, &new).await.status, 200);
    let never = deskbell_simulator::webhook::twilio_message(
        &Line::account(),
        &format!("https://never.example.com{}", line.path),
        &said,
    );
    assert_eq!(desk.deliver(&line, &never).await.status, 403);
    assert_eq!(ana.said(&ana.session_with(CUSTOMER).await).await.len(), 2);
}

#[tokio::test]
async fn a_channel_without_secret_takes_unsigned_messages() {
    let desk = Desk::start().await;
    let ben = desk.agent("Ben", &[]).await;
    let options = Options {
        more: json!({ "secrets": { "api_key": "k", "secret": "" } }),
        ..Options::default()
    };
    let line = desk.general_with(&to_user(&ben.id), options).await;
    let webhook = deskbell_simulator::webhook::general_message(None, &said(CUSTOMER, "hi"), 0);
    assert_eq!(desk.deliver(&line, &webhook).await.status, 204);
    assert_eq!(ben.only_session("mine").await["preview"], "hi");
}
