//! The event stream: nothing is missed, nothing is told to those who may not know, nobody waits
//! for anybody.

use std::time::{Duration, Instant};

use deskbell_core::events::{Audience, Event};
use serde_json::{Value, json};

use crate::support::{Agent, Desk, Follower, Line, PATIENCE, to_queue, to_user};

const CUSTOMER: &str = "+15555550123";

async fn desk() -> (Desk, Agent, Line) {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "manual").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let line = desk.general(&to_queue(&queue)).await;
    (desk, ana, line)
}

/// Something that everybody hears of, to see that nothing came before it.
async fn ring(desk: &Desk) {
    desk.admin.patch("/settings", json!({ "country": "US" })).await;
}

#[tokio::test]
async fn an_event_carries_ids_and_never_content() {
    let (desk, ana, line) = desk().await;
    let mut follower = ana.follow(None).await;
    desk.says(&line, CUSTOMER, "my secret order").await;
    ring(&desk).await;
    let events = follower.all_before("settings_changed").await;
    let kinds: Vec<_> = events.iter().map(|event| event["kind"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"session_changed") && kinds.contains(&"message_added"), "{kinds:?}");
    let session = ana.session_with(CUSTOMER).await;
    for event in &events {
        let text = event.to_string();
        assert!(!text.contains("secret") && !text.contains("5550123"), "{text}");
        if event["kind"] == "message_added" {
            assert_eq!(event["session_id"], session.as_str());
        }
    }
}

#[tokio::test]
async fn who_was_away_gets_exactly_what_was_missed() {
    let (mut desk, ana, line) = desk().await;
    let mut follower = ana.follow(None).await;
    desk.says(&line, CUSTOMER, "one").await;
    follower.said().await;
    let since = follower.seq;
    drop(follower);
    for text in ["two", "three"] {
        desk.says(&line, CUSTOMER, text).await;
    }
    desk.restart().await;
    let mut follower = ana.follow(Some(since)).await;
    assert_eq!(follower.seq, since);
    let mut last = since;
    for text in ["two", "three"] {
        let added = follower.said().await;
        assert!(follower.seq > last);
        last = follower.seq;
        let message =
            ana.get(&format!("/messages/{}", added["message_id"].as_str().unwrap())).await;
        assert_eq!(message["text"], text);
    }
    desk.says(&line, CUSTOMER, "four").await;
    follower.said().await;
    assert!(follower.seq > last, "then it goes on as it happens");
}

#[tokio::test]
async fn the_answers_say_from_which_event_to_follow() {
    let (desk, ana, line) = desk().await;
    desk.says(&line, CUSTOMER, "one").await;
    let page = ana.get("/sessions?folder=recent").await;
    desk.says(&line, CUSTOMER, "two").await;
    let mut follower = ana.follow(page["event_seq"].as_i64()).await;
    let added = follower.said().await;
    let message = ana.get(&format!("/messages/{}", added["message_id"].as_str().unwrap())).await;
    assert_eq!(message["text"], "two", "the first one was in the page");
}

#[tokio::test]
async fn who_was_away_too_long_or_in_another_world_is_told_to_ask_anew() {
    let (desk, ana, line) = desk().await;
    desk.says(&line, CUSTOMER, "one").await;
    let cut = "DELETE FROM events WHERE seq < (SELECT max(seq) FROM events)";
    desk.app().db().write(move |tx| Ok(tx.execute(cut, [])?)).await.unwrap();
    for since in [0, 1, 1_000_000_000] {
        let mut follower =
            Follower::greet(&ana, &json!({ "token": ana.token, "since": since })).await;
        let frame = follower.frame().await.unwrap();
        assert_eq!(frame["type"], "resync", "{since}: {frame}");
        let last = desk.number("SELECT max(seq) FROM events");
        assert_eq!(frame["seq"], last);
        desk.says(&line, CUSTOMER, "more").await;
        follower.said().await;
        assert!(follower.seq > last);
    }
}

#[tokio::test]
async fn nobody_hears_of_sessions_that_they_may_not_see() {
    let (desk, ana, line) = desk().await;
    let outsider = desk.agent("Otto", &[]).await;
    let supervisor = desk.supervisor("Sam").await;
    let (mut hers, mut his, mut supervisors) =
        (ana.follow(None).await, outsider.follow(None).await, supervisor.follow(None).await);
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    ana.send(&session, "Hello").await;
    ana.post(&format!("/sessions/{session}/pick-up"), Value::Null).await;
    ring(&desk).await;
    let about = |events: &[Value]| {
        events.iter().filter(|event| event["session_id"] == session.as_str()).count()
    };
    let heard = about(&hers.all_before("settings_changed").await);
    assert!(heard >= 4, "{heard}");
    assert!(about(&supervisors.all_before("settings_changed").await) >= 4);
    let foreign = his.all_before("settings_changed").await;
    assert_eq!(about(&foreign), 0, "{foreign:?}");
    assert!(foreign.iter().all(|event| event["kind"] != "attention_changed"), "{foreign:?}");
}

#[tokio::test]
async fn a_transfer_is_told_to_both_sides_and_then_to_one() {
    let desk = Desk::start().await;
    let [ana, ben] = [desk.agent("Ana", &[]).await, desk.agent("Ben", &[]).await];
    let line = desk.general(&to_user(&ana.id)).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    let (mut hers, mut his) = (ana.follow(None).await, ben.follow(None).await);
    let transfer = format!("/sessions/{session}/transfer");
    ana.post(&transfer, json!({ "to": to_user(&ben.id) })).await;
    for follower in [&mut hers, &mut his] {
        let told = follower.next("session_changed").await;
        assert_eq!((&told["session_id"], &told["change"]), (&json!(session), &json!("assigned")));
    }
    desk.says(&line, CUSTOMER, "One more thing").await;
    his.said().await;
    ring(&desk).await;
    let after = hers.all_before("settings_changed").await;
    assert!(after.iter().all(|event| event["session_id"].is_null()), "{after:?}");
    assert_eq!(ana.try_get(&format!("/sessions/{session}")).await.status, 404);
}

#[tokio::test]
async fn a_new_agent_of_a_queue_hears_of_it_without_connecting_again() {
    let (desk, _, line) = desk().await;
    let ben = desk.agent("Ben", &[]).await;
    let mut follower = ben.follow(None).await;
    let queue = desk.admin.get("/queues").await[0].clone();
    let mut agents = queue["agents"].as_array().unwrap().clone();
    agents.push(json!(ben.id));
    let path = format!("/queues/{}", queue["id"].as_str().unwrap());
    desk.admin.patch(&path, json!({ "agents": agents })).await;
    follower.next("queue_changed").await;
    desk.says(&line, CUSTOMER, "Hello").await;
    follower.said().await;
}

#[tokio::test]
async fn logging_out_ends_the_line() {
    let (desk, ana, _) = desk().await;
    let second = desk.sign_in("ana").await;
    let (mut one, mut two) = (ana.follow(None).await, second.follow(None).await);
    ana.post("/sign-out", Value::Null).await;
    one.next("signed_out").await;
    assert!(one.frame().await.is_none(), "the line ends");
    ring(&desk).await;
    let others = two.all_before("settings_changed").await;
    assert!(others.iter().all(|event| event["kind"] != "signed_out"), "{others:?}");
    desk.admin.patch(&format!("/users/{}", ana.id), json!({ "disabled": true })).await;
    two.next("signed_out").await;
    assert!(two.frame().await.is_none());
}

#[tokio::test]
async fn a_quiet_line_says_that_it_lives() {
    let (desk, ana, line) = desk().await;
    let mut follower = ana.follow(None).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    follower.said().await;
    let began = Instant::now();
    let beat = follower.frame().await.unwrap();
    assert_eq!(beat, json!({ "type": "beat", "seq": follower.seq }));
    assert!(began.elapsed() < Duration::from_secs(25), "{:?}", began.elapsed());
}

#[tokio::test]
async fn strangers_are_turned_away() {
    let (_desk, ana, _) = desk().await;
    for greeting in [json!({ "token": "dbt_forged" }), json!({ "token": "" })] {
        let mut follower = Follower::greet(&ana, &greeting).await;
        let frame = follower.frame().await.unwrap();
        assert_eq!((&frame["type"], &frame["code"]), (&json!("error"), &json!("not_signed_in")));
        assert!(follower.frame().await.is_none());
    }
    for nonsense in [json!({}), json!([1, 2]), json!({ "token": "x".repeat(100_000) })] {
        let mut follower = Follower::greet(&ana, &nonsense).await;
        assert!(follower.frame().await.is_none(), "{nonsense:.40}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_client_that_does_not_read_holds_up_nobody_and_misses_nothing() {
    const EVENTS: i64 = 30_000;
    let (desk, ana, _) = desk().await;
    let (mut slow, mut fast) = (ana.follow(None).await, desk.admin.follow(None).await);
    let began = Instant::now();
    for _ in 0..30 {
        let write = desk.app().db().write(|tx| {
            for _ in 0..EVENTS / 30 {
                tx.emit(Event::SettingsChanged, Audience::everyone());
            }
            Ok(())
        });
        write.await.unwrap();
    }
    let first = fast.seq;
    for _ in 0..EVENTS {
        let before = fast.seq;
        fast.event().await;
        assert_eq!(fast.seq, before + 1);
    }
    assert!(began.elapsed() < PATIENCE, "{:?}", began.elapsed());
    let quick = Instant::now();
    ana.get("/me").await;
    assert!(quick.elapsed() < Duration::from_secs(2));
    let mut last = slow.seq;
    while last < first + EVENTS {
        slow.event().await;
        assert!(slow.seq == last + 1, "after {last} came {}", slow.seq);
        last = slow.seq;
    }
}
