//! Messages written for later: they leave at their time, once, whatever happened in between.

use serde_json::{Value, json};

use crate::support::{Agent, Desk, Line, key, patiently, to_queue, to_user};

const CUSTOMER: &str = "+15555550123";
/// Far enough for everything that a test does before.
const HOUR: i64 = 3_600_000;

fn now() -> i64 {
    deskbell_core::clock::now()
}

/// A desk with an agent who has a session.
async fn desk() -> (Desk, Agent, Line, String) {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.twilio(&to_user(&ana.id)).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    (desk, ana, line, session)
}

fn later(text: &str, send_at: i64) -> Value {
    json!({ "client_key": key(), "text": text, "send_at": send_at })
}

async fn schedule(agent: &Agent, session: &str, body: Value) -> Value {
    agent.post(&format!("/sessions/{session}/messages"), body).await
}

async fn waiting(agent: &Agent, session: &str) -> Vec<Value> {
    agent.get(&format!("/sessions/{session}/scheduled")).await.as_array().unwrap().clone()
}

/// What waits is due since so long ago; the desk learns of it when it looks.
async fn make_due(desk: &Desk, ago: i64) {
    let at = now() - ago;
    let change = "UPDATE scheduled_messages SET send_at = ?1";
    desk.app().db().write(move |tx| Ok(tx.execute(change, [at])?)).await.unwrap();
}

async fn settle(desk: &Desk) {
    deskbell_core::later::settle(desk.app(), now()).await.unwrap();
}

fn id(message: &Value) -> String {
    message["id"].as_str().unwrap().to_owned()
}

async fn until_nothing_waits(agent: &Agent, session: &str) {
    let gone = patiently(|| async { waiting(agent, session).await.is_empty().then_some(()) }).await;
    assert!(gone.is_some(), "it still waits");
}

#[tokio::test]
async fn it_leaves_at_its_time_by_itself_and_once() {
    let (desk, ana, _, session) = desk().await;
    let body = later("See you tomorrow", now() + 1_500);
    let message = schedule(&ana, &session, body.clone()).await;
    assert_eq!(message["state"], "scheduled");
    assert_eq!(message["due_at"], body["send_at"]);
    let path = format!("/sessions/{session}/messages");
    let again = ana.try_post(&path, body.clone()).await;
    assert_eq!(
        (again.status, &again.json()["id"]),
        (200, &message["id"]),
        "same key, same message"
    );
    assert_eq!(ana.said(&session).await.len(), 1, "it has no place in the thread yet");
    assert_eq!(waiting(&ana, &session).await, std::slice::from_ref(&message));
    assert_eq!(desk.simulator.taken(), 0);
    let sent = ana.until_state(&id(&message), "sent").await;
    assert!(sent["at"].as_i64().unwrap() >= body["send_at"].as_i64().unwrap(), "not before");
    assert_eq!(waiting(&ana, &session).await, Vec::<Value>::new());
    let after = ana.try_post(&path, body).await;
    assert_eq!((after.status, &after.json()["id"]), (200, &message["id"]));
    assert_eq!(desk.simulator.taken(), 1);
    assert_eq!(ana.timeline(&session).await, ["opened", "scheduled"]);
}

#[tokio::test]
async fn a_desk_that_was_off_sends_it_once_when_it_is_back_and_says_that_it_is_late() {
    let (mut desk, ana, _, session) = desk().await;
    let late = schedule(&ana, &session, later("Late", now() + HOUR)).await;
    desk.stop().await;
    let path = desk.folder.path().join("deskbell.db");
    let past = now() - 20 * 60_000;
    let change = "UPDATE scheduled_messages SET send_at = ?1";
    assert_eq!(rusqlite::Connection::open(path).unwrap().execute(change, [past]).unwrap(), 1);
    let app = deskbell_core::App::start(crate::support::config(desk.folder.path())).await.unwrap();
    desk.started(app);
    ana.until_state(&id(&late), "sent").await;
    desk.restart().await;
    assert_eq!(desk.simulator.taken(), 1, "once, over two restarts");
    assert_eq!(ana.timeline(&session).await, ["opened", "scheduled", "sent_late"]);
}

#[tokio::test]
async fn it_is_changed_sent_now_or_taken_back_by_those_who_may() {
    let (desk, ana, _, session) = desk().await;
    let sam = desk.supervisor("Sam").await;
    let ben = desk.agent("Ben", &[]).await;
    let one = schedule(&ana, &session, later("One", now() + HOUR)).await;
    let two = schedule(&ana, &session, later("Two", now() + 2 * HOUR)).await;
    let one = format!("/messages/{}", id(&one));
    assert_eq!(ben.try_patch(&one, json!({ "text": "x" })).await.refusal(), "404 not_found");
    let past = ana.try_patch(&one, json!({ "send_at": now() - 1 })).await;
    assert_eq!(past.json()["fields"][0]["field"], "send_at");
    let at = now() + 3 * HOUR;
    let words = json!({ "text": "One!", "send_at": at });
    let refused = sam.try_patch(&one, words.clone()).await;
    assert_eq!(refused.refusal(), "409 session_owned", "supervisors read, and say nothing");
    let moved = sam.patch(&one, json!({ "send_at": at - HOUR })).await;
    assert_eq!((&moved["text"], moved["due_at"].as_i64()), (&json!("One"), Some(at - HOUR)));
    let changed = ana.patch(&one, words).await;
    assert_eq!((&changed["text"], changed["due_at"].as_i64()), (&json!("One!"), Some(at)));
    assert_eq!(changed["author_name"], "Ana", "its author stays");
    let order: Vec<String> = waiting(&ana, &session).await.iter().map(id).collect();
    assert_eq!(order, [id(&two), one.rsplit('/').next().unwrap().to_owned()]);
    let taken_back = ana.post(&format!("/messages/{}/cancel", id(&two)), Value::Null).await;
    assert_eq!(taken_back["state"], "cancelled");
    assert_eq!(taken_back["text"], "Two", "so that it can go back into the box");
    ana.post(&format!("{one}/send-now"), Value::Null).await;
    ana.until_state(one.rsplit('/').next().unwrap(), "sent").await;
    let too_late = ana.try_patch(&one, json!({ "text": "x" })).await;
    assert_eq!(too_late.refusal(), "409 conflict");
    assert_eq!(desk.simulator.sent()[0].text.as_deref(), Some("One!"));
    assert_eq!(desk.simulator.taken(), 1);
    let timeline = ana.timeline(&session).await;
    let expected = [
        "opened",
        "scheduled",
        "scheduled",
        "rescheduled",
        "reworded",
        "rescheduled",
        "unscheduled",
    ];
    let told: Vec<&str> =
        timeline.iter().map(String::as_str).filter(|kind| *kind != "viewed").collect();
    let wanted: Vec<&str> = expected.into_iter().filter(|kind| *kind != "viewed").collect();
    assert_eq!(told[..wanted.len()], wanted);
    assert_eq!(told.last(), Some(&"sent_early"));
}

#[tokio::test]
async fn after_a_transfer_it_still_leaves_and_the_new_owner_decides() {
    let (desk, ana, _, session) = desk().await;
    let ben = desk.agent("Ben", &[]).await;
    let keep = schedule(&ana, &session, later("Kept", now() + HOUR)).await;
    let drop = schedule(&ana, &session, later("Dropped", now() + HOUR)).await;
    ana.post(&format!("/sessions/{session}/transfer"), json!({ "to": to_user(&ben.id) })).await;
    assert_eq!(waiting(&ben, &session).await.len(), 2);
    let cancel = format!("/messages/{}/cancel", id(&drop));
    assert_eq!(ana.try_post(&cancel, Value::Null).await.status, 404, "out of sight, out of hand");
    ben.post(&cancel, Value::Null).await;
    make_due(&desk, 0).await;
    settle(&desk).await;
    let sent = ben.until_state(&id(&keep), "sent").await;
    assert_eq!(sent["author_name"], "Ana");
    assert_eq!(desk.simulator.taken(), 1);
}

#[tokio::test]
async fn in_a_session_that_somebody_ended_it_is_taken_back_and_nobody_is_alarmed() {
    let (desk, ana, _, session) = desk().await;
    let message = schedule(&ana, &session, later("Too late", now() + HOUR)).await;
    ana.post(&format!("/sessions/{session}/end"), Value::Null).await;
    assert_eq!(waiting(&ana, &session).await.len(), 1, "the end can be taken back for a while");
    make_due(&desk, 0).await;
    settle(&desk).await;
    let over = ana.get(&format!("/messages/{}", id(&message))).await;
    assert_eq!(over["state"], "cancelled");
    let counted = desk.admin.get(&format!("/sessions/{session}")).await;
    assert_eq!(counted["messages_out"], 1, "it stands in the thread, and is counted there");
    assert!(desk.admin.folder("attention").await.is_empty());
    assert_eq!(desk.simulator.taken(), 0);
}

#[tokio::test]
async fn in_a_session_that_ended_by_itself_it_fails_where_people_look() {
    let (desk, ana, _, session) = desk().await;
    let message = schedule(&ana, &session, later("Too late", now() + HOUR)).await;
    let ended = session.parse().unwrap();
    let silence = deskbell_core::model::ClosedBy::Silence;
    let closing = move |tx: &mut deskbell_core::store::Tx<'_>| {
        deskbell_core::store::sessions::close(tx, ended, silence, tx.now())
    };
    desk.app().db().write(closing).await.unwrap();
    make_due(&desk, 0).await;
    settle(&desk).await;
    let failed = ana.get(&format!("/messages/{}", id(&message))).await;
    assert_eq!(failed["state"], "failed");
    assert!(failed["error"]["text"].as_str().unwrap().contains("the session ended"));
    assert_eq!(desk.admin.folder("attention").await.len(), 1);
    assert_eq!(desk.simulator.taken(), 0);
}

#[tokio::test]
async fn a_customer_who_opted_out_meanwhile_is_left_alone() {
    let (desk, ana, line, session) = desk().await;
    let message = schedule(&ana, &session, later("News", now() + HOUR)).await;
    desk.says(&line, CUSTOMER, "STOP").await;
    make_due(&desk, 0).await;
    settle(&desk).await;
    let failed = ana.until_state(&id(&message), "failed").await;
    assert_eq!(failed["error"]["kind"], "opted_out");
    assert_eq!(desk.simulator.taken(), 0);
    let refused =
        ana.try_post(&format!("/sessions/{session}/messages"), later("More", now() + HOUR)).await;
    assert_eq!(refused.refusal(), "409 opted_out");
}

#[tokio::test]
async fn one_that_gives_way_is_dropped_as_soon_as_the_customer_writes() {
    let (desk, ana, line, session) = desk().await;
    let mut gives_way = later("Are you still there?", now() + HOUR);
    gives_way["unless_answered"] = json!(true);
    schedule(&ana, &session, gives_way).await;
    let stays = schedule(&ana, &session, later("A reminder", now() + HOUR)).await;
    desk.says(&line, CUSTOMER, "Here I am").await;
    let left = patiently(|| async {
        let waiting = waiting(&ana, &session).await;
        (waiting.len() == 1).then_some(waiting)
    })
    .await;
    assert_eq!(id(&left.expect("it still waits")[0]), id(&stays));
    assert_eq!(ana.timeline(&session).await, ["opened", "scheduled", "scheduled", "unscheduled"]);
}

#[tokio::test]
async fn what_cannot_wait_is_refused_before_it_is_promised() {
    let (desk, ana, _, session) = desk().await;
    let path = format!("/sessions/{session}/messages");
    let table = [
        (json!({ "send_at": now() - 1 }), "send_at"),
        (json!({ "send_at": now() + 400 * 24 * HOUR }), "send_at"),
        (json!({ "send_at": now() + HOUR, "note": true }), "send_at"),
        (json!({ "unless_answered": true }), "unless_answered"),
        (json!({ "send_at": now() + HOUR, "then": "end" }), "then"),
        (json!({ "send_at": now() + HOUR, "text": "x".repeat(1_601) }), "text"),
    ];
    for (more, field) in table {
        let mut body = json!({ "client_key": key(), "text": "Later" });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        let answer = ana.try_post(&path, body).await;
        assert_eq!(answer.json()["fields"][0]["field"], field, "{more}: {}", answer.text);
    }
    assert_eq!(waiting(&ana, &session).await, Vec::<Value>::new());
    assert_eq!(desk.simulator.taken(), 0);
}

#[tokio::test]
async fn its_file_goes_along_and_its_thread_shows_the_quote() {
    let (desk, ana, _, session) = desk().await;
    let file = ana.upload("menu.txt", b"Bread 3".to_vec()).await;
    let quoted = ana.said(&session).await[0]["id"].clone();
    let mut body = later("The menu", now() + HOUR);
    body["file_ids"] = json!([file]);
    body["reply_to"] = quoted.clone();
    let message = schedule(&ana, &session, body).await;
    assert_eq!(message["files"][0]["name"], "menu.txt");
    assert_eq!(message["reply_to"]["id"], quoted);
    let content = ana.try_get(&format!("/files/{file}/content")).await;
    assert_eq!(content.text, "Bread 3");
    make_due(&desk, 0).await;
    settle(&desk).await;
    let sent = ana.until_state(&id(&message), "sent").await;
    assert_eq!(sent["reply_to"]["id"], quoted);
    assert_eq!(desk.simulator.sent()[0].media_urls.len(), 1);
    until_nothing_waits(&ana, &session).await;
}

#[tokio::test]
async fn in_a_queue_whose_first_answer_takes_it_the_promise_of_one_does() {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "auto").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let line = desk.twilio(&to_queue(&queue)).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    schedule(&ana, &session, later("Tomorrow", now() + HOUR)).await;
    assert_eq!(ana.get(&format!("/sessions/{session}")).await["owner_id"], ana.id.as_str());
}
