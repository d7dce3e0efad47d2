//! Messages that wait for later, and what happens to their session meanwhile; what happens with
//! "Send & end"; who decides over them.

use deskbell_core::{clock, later, timers};
use serde_json::{Value, json};

use crate::support::{Agent, Desk, Line, Options, key, to_queue, to_user};

const CUSTOMER: &str = "+15555550123";
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// A desk whose sessions close after three silent days, and an agent who has one.
async fn desk() -> (Desk, Agent, Line, String) {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let options = Options { more: json!({ "auto_close_days": 3 }), ..Options::default() };
    let line = desk.general_with(&to_user(&ana.id), options).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    (desk, ana, line, session)
}

async fn schedule(agent: &Agent, session: &str, text: &str, send_at: i64) -> String {
    let body = json!({ "client_key": key(), "text": text, "send_at": send_at });
    let message = agent.post(&format!("/sessions/{session}/messages"), body).await;
    message["id"].as_str().unwrap().to_owned()
}

async fn seen(agent: &Agent, session: &str) -> Value {
    agent.get(&format!("/sessions/{session}")).await
}

#[tokio::test]
async fn what_waits_for_later_keeps_its_session_from_closing_by_silence() {
    let (desk, ana, _, session) = desk().await;
    let now = clock::now();
    let in_a_week = now + 7 * DAY;
    let message = schedule(&ana, &session, "A reminder", in_a_week).await;
    let held = seen(&ana, &session).await;
    assert_eq!(held["closes_at"], in_a_week + 3 * DAY, "it counts as said until it leaves");
    timers::run(desk.app(), now + 6 * DAY).await.unwrap();
    assert_eq!(seen(&ana, &session).await["status"], "open");
    later::settle(desk.app(), in_a_week).await.unwrap();
    ana.until_state(&message, "sent").await;
    assert_eq!(desk.simulator.taken(), 1, "it left");
    timers::run(desk.app(), clock::now() + 4 * DAY).await.unwrap();
    let closed = seen(&ana, &session).await;
    assert_eq!((&closed["status"], &closed["closed_by"]), (&json!("closed"), &json!("silence")));
}

#[tokio::test]
async fn what_was_taken_back_holds_nothing_open() {
    let (desk, ana, _, session) = desk().await;
    let message = schedule(&ana, &session, "A reminder", clock::now() + 7 * DAY).await;
    ana.post(&format!("/messages/{message}/cancel"), Value::Null).await;
    timers::run(desk.app(), clock::now() + 4 * DAY).await.unwrap();
    assert_eq!(seen(&ana, &session).await["closed_by"], "silence");
}

#[tokio::test]
async fn a_session_tells_how_many_messages_its_end_would_leave_unsent() {
    let (_desk, ana, _, session) = desk().await;
    assert_eq!(seen(&ana, &session).await["scheduled"], 0);
    schedule(&ana, &session, "One", clock::now() + HOUR).await;
    let two = schedule(&ana, &session, "Two", clock::now() + HOUR).await;
    assert_eq!(seen(&ana, &session).await["scheduled"], 2);
    assert_eq!(ana.folder("mine").await[0]["scheduled"], 2, "the row knows it as well");
    ana.post(&format!("/messages/{two}/cancel"), Value::Null).await;
    assert_eq!(seen(&ana, &session).await["scheduled"], 1);
}

#[tokio::test]
async fn an_end_with_a_message_is_taken_back_like_an_end_alone() {
    let (desk, ana, _, session) = desk().await;
    let body = json!({ "client_key": key(), "text": "Goodbye", "then": "end" });
    ana.post(&format!("/sessions/{session}/messages"), body).await;
    assert_eq!(seen(&ana, &session).await["status"], "closed");
    let undo = format!("/sessions/{session}/undo");
    let back = ana.post(&undo, Value::Null).await;
    assert_eq!((&back["status"], &back["owner_name"]), (&json!("open"), &json!("Ana")));
    assert_eq!(ana.folder("mine").await.len(), 1);
    assert_eq!(ana.timeline(&session).await, ["opened", "ended", "undone"]);
    let again = ana.try_post(&undo, Value::Null).await;
    assert_eq!(again.refusal(), "409 conflict", "once");
    ana.send(&session, "One more thing").await;
    desk.simulator.until_taken(2).await;
    assert_eq!(desk.simulator.taken(), 2, "the goodbye left all the same");
}

#[tokio::test]
async fn a_customer_who_wrote_meanwhile_keeps_an_end_with_a_message() {
    let (desk, ana, line, session) = desk().await;
    let body = json!({ "client_key": key(), "text": "Goodbye", "then": "end" });
    ana.post(&format!("/sessions/{session}/messages"), body).await;
    desk.says(&line, CUSTOMER, "Wait!").await;
    let refused = ana.try_post(&format!("/sessions/{session}/undo"), Value::Null).await;
    assert_eq!(refused.refusal(), "409 conflict");
}

/// Who asks, and what becomes of: other words, send now, another time, take back.
type Row<'a> = (&'a str, &'a Agent, [&'a str; 4]);

/// What of a message that waits each of them may do, as the desk says and as it does.
async fn decide(desk: &Desk, author: &Agent, session: &str, rows: &[Row<'_>]) {
    let deeds = ["reword", "send_now", "move", "take_back"];
    for (name, agent, expected) in rows {
        for (deed, expected) in deeds.iter().zip(expected) {
            // Someone who may answer puts it there in the author's name: a table needs many.
            let id = put(desk, author, session).await;
            let told = agent.try_get(&format!("/sessions/{session}/scheduled")).await;
            let may = told.status == 200
                && told.json().as_array().unwrap().iter().any(|one| {
                    one["id"] == id.as_str()
                        && one["may"].as_array().unwrap().contains(&json!(deed))
                });
            let path = format!("/messages/{id}");
            let answer = match *deed {
                "reword" => agent.try_patch(&path, json!({ "text": "Other" })).await,
                "send_now" => agent.try_post(&format!("{path}/send-now"), Value::Null).await,
                "move" => {
                    let later = json!({ "send_at": clock::now() + 2 * HOUR });
                    agent.try_patch(&path, later).await
                }
                _ => agent.try_post(&format!("{path}/cancel"), Value::Null).await,
            };
            let found = if answer.status == 200 { "ok".to_owned() } else { answer.refusal() };
            assert_eq!(found, *expected, "{name}: {deed}");
            assert_eq!(may, *expected == "ok", "{name}: {deed} is what the desk says");
        }
    }
}

/// A message of the author that waits, whoever has the session by now.
async fn put(desk: &Desk, author: &Agent, session: &str) -> String {
    let (id, session, author) =
        (uuid::Uuid::now_v7().to_string(), session.to_owned(), author.id.clone());
    let given = id.clone();
    desk.app()
        .db()
        .write(move |tx| {
            tx.execute(
                "INSERT INTO scheduled_messages (id, session_id, author_id, author_name, body, \
                 client_key, send_at, unless_answered, after_seq, created_at, updated_at) \
                 VALUES (?1, ?2, ?3, 'Ana', 'Later', ?1, ?4, 0, 0, 0, 0)",
                rusqlite::params![given, session, author, clock::now() + HOUR],
            )?;
            Ok(())
        })
        .await
        .unwrap();
    id
}

const ALL: [&str; 4] = ["ok"; 4];
/// Who reads along may let it wait longer and not leave, and says nothing in another's name.
const HOLDS_BACK: [&str; 4] = ["409 session_owned", "409 session_owned", "ok", "ok"];
const NOT_THERE: [&str; 4] = ["404 not_found"; 4];

#[tokio::test]
async fn who_decides_over_a_message_that_waits_in_a_queue() {
    for mode in ["manual", "none"] {
        let desk = Desk::start().await;
        let queue = desk.queue("Sales", mode).await;
        let ana = desk.agent("Ana", &[&queue]).await;
        let ben = desk.agent("Ben", &[&queue]).await;
        let otto = desk.agent("Otto", &[]).await;
        let sam = desk.supervisor("Sam").await;
        let line = desk.general(&to_queue(&queue)).await;
        desk.says(&line, CUSTOMER, "Hello").await;
        let session = ana.session_with(CUSTOMER).await;
        let rows = [
            ("author", &ana, ALL),
            ("colleague", &ben, ALL),
            ("outside", &otto, NOT_THERE),
            ("supervisor", &sam, HOLDS_BACK),
        ];
        decide(&desk, &ana, &session, &rows).await;
    }
}

#[tokio::test]
async fn in_a_queue_whose_first_answer_takes_it_sending_now_does() {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "auto").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let ben = desk.agent("Ben", &[&queue]).await;
    let line = desk.general(&to_queue(&queue)).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    let id = schedule(&ana, &session, "Later", clock::now() + HOUR).await;
    let back = json!({ "to": to_queue(&queue) });
    ana.post(&format!("/sessions/{session}/transfer"), back).await;
    ben.patch(&format!("/messages/{id}"), json!({ "text": "Soon" })).await;
    assert!(seen(&ben, &session).await["owner_id"].is_null(), "words alone take nothing");
    ben.post(&format!("/messages/{id}/send-now"), Value::Null).await;
    assert_eq!(seen(&ben, &session).await["owner_name"], "Ben");
    let cancel = format!("/messages/{id}/cancel");
    assert_eq!(ana.try_post(&cancel, Value::Null).await.refusal(), "404 not_found");
}

#[tokio::test]
async fn who_decides_over_a_message_that_waits_in_a_session_of_another() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let ben = desk.agent("Ben", &[]).await;
    let mia = desk.agent("Mia", &[]).await;
    let sam = desk.supervisor("Sam").await;
    let line = desk.general(&to_user(&ana.id)).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    let to = json!({ "to": to_user(&ben.id) });
    ana.post(&format!("/sessions/{session}/transfer"), to).await;
    let gone = ("author, transferred", &ana, NOT_THERE);
    let rows = [gone, ("new owner", &ben, ALL), ("supervisor", &sam, HOLDS_BACK)];
    decide(&desk, &ana, &session, &rows).await;
    let note = json!({ "client_key": key(), "text": "@Ana @Mia", "note": true,
        "mentions": [ana.id, mia.id] });
    ben.post(&format!("/sessions/{session}/messages"), note).await;
    let named = ["409 session_owned", "409 session_owned", "403 forbidden", "403 forbidden"];
    let rows = [("author, named", &ana, HOLDS_BACK), ("named", &mia, named)];
    decide(&desk, &ana, &session, &rows).await;
    ben.post(&format!("/sessions/{session}/end"), Value::Null).await;
    let ended = ["409 session_closed", "409 session_closed", "409 session_closed", "ok"];
    let rows = [("owner, ended", &ben, ended), ("supervisor, ended", &sam, ended)];
    decide(&desk, &ana, &session, &rows).await;
}
