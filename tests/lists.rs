//! What one user's lists show: archive, remove, end, silence, unread.

use deskbell_core::{clock, timers};
use serde_json::{Value, json};

use crate::support::{Agent, Desk, Line, Options, to_queue};

const CUSTOMER: &str = "+15555550123";
const HOUR: i64 = 3_600_000;

/// A desk with a shared queue, two agents of it, and a session in it.
async fn desk() -> (Desk, [Agent; 2], Line, String) {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "none").await;
    let agents = [desk.agent("Ana", &[&queue]).await, desk.agent("Ben", &[&queue]).await];
    let options = Options { more: json!({ "auto_close_days": 1 }), ..Options::default() };
    let line = desk.general_with(&to_queue(&queue), options).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = agents[0].session_with(CUSTOMER).await;
    (desk, agents, line, session)
}

async fn lists(agent: &Agent) -> (usize, usize) {
    (agent.folder("recent").await.len(), agent.folder("archived").await.len())
}

#[tokio::test]
async fn the_archive_is_each_users_own_and_the_customer_opens_it() {
    let (desk, [ana, ben], line, session) = desk().await;
    ana.post(&format!("/sessions/{session}/archive"), Value::Null).await;
    assert_eq!((lists(&ana).await, lists(&ben).await), ((0, 1), (1, 0)));
    desk.says(&line, CUSTOMER, "One more thing").await;
    assert_eq!(lists(&ana).await, (1, 0));
    ana.post(&format!("/sessions/{session}/archive"), Value::Null).await;
    ana.post(&format!("/sessions/{session}/unarchive"), Value::Null).await;
    assert_eq!(lists(&ana).await, (1, 0));
    ana.post(&format!("/sessions/{session}/archive"), Value::Null).await;
    ana.send(&session, "Here you are").await;
    assert_eq!(lists(&ana).await, (1, 0), "writing brings it back, too");
    let timeline = ana.timeline(&session).await;
    assert_eq!(timeline, ["opened", "archived", "archived", "unarchived", "archived"]);
}

#[tokio::test]
async fn a_removed_session_is_hidden_from_one_user_until_the_customer_writes() {
    let (desk, [ana, ben], line, session) = desk().await;
    ana.post(&format!("/sessions/{session}/remove"), Value::Null).await;
    assert_eq!((lists(&ana).await, lists(&ben).await), ((0, 0), (1, 0)));
    let still = ana.get(&format!("/sessions/{session}")).await;
    assert_eq!(still["status"], "open", "it is hidden, not ended");
    desk.says(&line, CUSTOMER, "Hello again").await;
    assert_eq!(lists(&ana).await, (1, 0));
}

#[tokio::test]
async fn what_was_removed_stays_removed_when_it_ends_and_the_next_one_shows() {
    let (desk, [ana, ben], line, mut session) = desk().await;
    for by_silence in [false, true] {
        ana.post(&format!("/sessions/{session}/remove"), Value::Null).await;
        if by_silence {
            timers::run(desk.app(), clock::now() + 25 * HOUR).await.unwrap();
        } else {
            ben.post(&format!("/sessions/{session}/end"), Value::Null).await;
        }
        assert_eq!(lists(&ana).await, (0, 0), "by silence: {by_silence}");
        assert!(ben.folder("archived").await.iter().any(|one| one["id"] == session.as_str()));
        desk.says(&line, CUSTOMER, "Hello again").await;
        assert_eq!(lists(&ana).await, (1, 0), "by silence: {by_silence}");
        let next = ana.only_session("recent").await["id"].as_str().unwrap().to_owned();
        assert_ne!(next, session);
        session = next;
    }
}

#[tokio::test]
async fn the_end_moves_a_session_to_the_archive_of_all_who_saw_it() {
    let (desk, [ana, ben], _, session) = desk().await;
    let late = desk.agent("Cleo", &[]).await;
    ana.post(&format!("/sessions/{session}/end"), Value::Null).await;
    assert_eq!((lists(&ana).await, lists(&ben).await), ((0, 1), (0, 1)));
    assert_eq!(lists(&late).await, (0, 0));
    assert_eq!(ben.try_get(&format!("/sessions/{session}")).await.status, 200);
    assert_eq!(late.try_get(&format!("/sessions/{session}")).await.status, 404);
    assert_eq!(ben.try_send(&session, "too late").await.refusal(), "409 session_closed");
    let again = ana.try_post(&format!("/sessions/{session}/end"), Value::Null).await;
    assert_eq!(again.refusal(), "409 session_closed");
}

#[tokio::test]
async fn silence_ends_a_session_after_the_days_of_its_channel() {
    let (desk, [ana, ben], _, session) = desk().await;
    ana.post(&format!("/sessions/{session}/archive"), Value::Null).await;
    let now = clock::now();
    timers::run(desk.app(), now + 23 * HOUR).await.unwrap();
    assert_eq!(ben.get(&format!("/sessions/{session}")).await["status"], "open");
    timers::run(desk.app(), now + 25 * HOUR).await.unwrap();
    for agent in [&ana, &ben] {
        let ended = agent.get(&format!("/sessions/{session}")).await;
        assert_eq!((&ended["status"], &ended["closed_by"]), (&json!("closed"), &json!("silence")));
        assert_eq!(lists(agent).await, (0, 1), "archived ones end too");
    }
    let thread = ben.thread(&session).await;
    let last = thread.last().unwrap();
    assert_eq!(last["event"], json!({ "kind": "ended", "by": "silence" }));
    assert!(last["author_id"].is_null());
}

#[tokio::test]
async fn unread_counts_what_this_user_has_not_seen() {
    let (desk, [ana, ben], line, session) = desk().await;
    desk.says(&line, CUSTOMER, "Anybody?").await;
    let unread = async |agent: &Agent| agent.only_session("recent").await["unread"].clone();
    assert_eq!((unread(&ana).await, unread(&ben).await), (json!(2), json!(2)));
    let thread = ana.said(&session).await;
    let read = format!("/sessions/{session}/read");
    ana.post(&read, json!({ "seq": thread[0]["seq"] })).await;
    assert_eq!(unread(&ana).await, 1);
    ana.post(&read, json!({ "seq": i64::MAX })).await;
    ana.post(&read, json!({ "seq": 0 })).await;
    assert_eq!(
        (unread(&ana).await, unread(&ben).await),
        (json!(0), json!(2)),
        "it never goes back"
    );
    desk.says(&line, CUSTOMER, "Hello?").await;
    assert_eq!(unread(&ana).await, 1);
}

#[tokio::test]
async fn lists_and_threads_come_in_pages_without_gaps() {
    let (desk, [ana, _], line, session) = desk().await;
    for n in 0..25 {
        desk.says(&line, &format!("+155555506{n:02}"), "Hello").await;
        desk.says(&line, CUSTOMER, &format!("message {n}")).await;
    }
    let (mut cursor, mut ids) = (String::new(), Vec::new());
    loop {
        let page = ana.get(&format!("/sessions?folder=recent&limit=7{cursor}")).await;
        let sessions = page["sessions"].as_array().unwrap();
        ids.extend(sessions.iter().map(|one| one["id"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(ids.len(), 26);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 26);
    let (mut before, mut texts) = (String::new(), Vec::new());
    loop {
        let part = ana.get(&format!("/sessions/{session}/messages?limit=6{before}")).await;
        let messages = part["messages"].as_array().unwrap();
        texts.splice(0..0, messages.iter().map(|one| one["seq"].as_i64().unwrap()));
        if part["more"] == false {
            break;
        }
        before = format!("&before={}", messages[0]["seq"]);
    }
    assert_eq!(texts.len(), 27, "26 messages and the line that it was opened");
    assert!(texts.is_sorted());
    let found = ana.get("/sessions?folder=recent&q=5550623").await;
    assert_eq!(found["sessions"].as_array().unwrap().len(), 1);
}
