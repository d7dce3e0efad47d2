//! Where people say they are: until when, away by themselves, and set by a supervisor.

use deskbell_core::timers;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::support::{Agent, Desk, Options, to_user};

const MINUTE: i64 = 60_000;

fn now() -> i64 {
    Timestamp::now().as_millisecond()
}

/// A colleague as `caller` sees them.
async fn seen(caller: &Agent, name: &str) -> Value {
    let people = caller.get("/people").await;
    people.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap().clone()
}

#[tokio::test]
async fn a_presence_ends_by_itself_when_it_was_said_to() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let until = now() + 10 * MINUTE;
    let me = ana.patch("/me", json!({ "presence": "lunch_break", "presence_until": until })).await;
    assert_eq!(
        (&me["user"]["presence"], &me["presence_until"]),
        (&json!("lunch_break"), &json!(until))
    );
    let shown = seen(&desk.admin, "Ana").await;
    assert_eq!(
        (&shown["presence"], &shown["presence_until"]),
        (&json!("lunch_break"), &json!(until))
    );
    assert!(shown["presence_since"].is_i64() && shown["presence_by"].is_null(), "{shown}");
    let mut follower = desk.admin.follow(None).await;
    timers::run(desk.app(), until - 1).await.unwrap();
    assert_eq!(seen(&desk.admin, "Ana").await["presence"], "lunch_break");
    timers::run(desk.app(), until).await.unwrap();
    assert_eq!(follower.next("user_changed").await["user_id"], ana.id.as_str());
    let shown = seen(&desk.admin, "Ana").await;
    assert_eq!((&shown["presence"], &shown["presence_until"]), (&json!("available"), &Value::Null));
    for wrong in [now() - MINUTE, now() + 40 * 86_400_000] {
        let refused =
            ana.try_patch("/me", json!({ "presence": "away", "presence_until": wrong })).await;
        assert_eq!(refused.json()["fields"][0]["field"], "presence_until");
    }
    ana.patch("/me", json!({ "presence": "away", "presence_until": now() + MINUTE })).await;
    let me = ana.patch("/me", json!({ "presence": "business_trip" })).await;
    assert_eq!(me["presence_until"], Value::Null, "another presence has an end of its own");
}

#[tokio::test]
async fn whoever_touches_nothing_is_away_and_back_with_the_first_touch() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    timers::run(desk.app(), now() + 500 * MINUTE).await.unwrap();
    assert_eq!(seen(&ana, "Ana").await["presence"], "available", "it is off by default");
    assert_eq!(ana.try_patch("/me", json!({ "away_after": 481 })).await.refusal(), "422 invalid");
    assert_eq!(ana.patch("/me", json!({ "away_after": 10 })).await["away_after"], 10);
    timers::run(desk.app(), now() + 9 * MINUTE).await.unwrap();
    assert_eq!(seen(&ana, "Ana").await["presence"], "available");
    timers::run(desk.app(), now() + 10 * MINUTE).await.unwrap();
    let me = ana.get("/me").await;
    assert_eq!((&me["user"]["presence"], &me["presence_idle"]), (&json!("away"), &json!(true)));
    ana.post("/me/activity", Value::Null).await;
    let me = ana.get("/me").await;
    assert_eq!(
        (&me["user"]["presence"], &me["presence_idle"]),
        (&json!("available"), &json!(false))
    );
    ana.patch("/me", json!({ "presence": "do_not_disturb" })).await;
    timers::run(desk.app(), now() + 60 * MINUTE).await.unwrap();
    ana.post("/me/activity", Value::Null).await;
    assert_eq!(seen(&ana, "Ana").await["presence"], "do_not_disturb", "what was said stays");
    assert_eq!(ana.patch("/me", json!({ "away_after": 0 })).await["away_after"], Value::Null);
}

#[tokio::test]
async fn a_supervisor_sets_a_presence_and_it_is_on_the_record() {
    let desk = Desk::start().await;
    let [ana, ben] = [desk.agent("Ana", &[]).await, desk.agent("Ben", &[]).await];
    let sam = desk.supervisor("Sam").await;
    let path = format!("/people/{}/presence", ana.id);
    let wish = json!({ "presence": "off_work" });
    assert_eq!(ben.call("PUT", &path, Some(&wish)).await.refusal(), "403 forbidden");
    let set = sam.call("PUT", &path, Some(&wish)).await.ok();
    assert_eq!((&set["presence"], &set["presence_by"]), (&json!("off_work"), &json!("Sam")));
    assert_eq!(ana.get("/me").await["presence_by"], "Sam", "she sees who it was");
    let record = "SELECT count(*) FROM presence_changes c JOIN users u ON u.id = c.set_by \
                  WHERE u.name = 'Sam' AND c.presence = 'off_work'";
    assert_eq!(desk.number(record), 1);
    ana.patch("/me", json!({ "presence": "available" })).await;
    assert_eq!(seen(&sam, "Ana").await["presence_by"], Value::Null);
    desk.admin.patch(&format!("/users/{}", ana.id), json!({ "disabled": true })).await;
    assert_eq!(sam.call("PUT", &path, Some(&wish)).await.refusal(), "404 not_found");
}

#[tokio::test]
async fn people_show_how_many_sessions_they_have() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.general_with(&to_user(&ana.id), Options::default()).await;
    desk.says(&line, "+15555550123", "Hello").await;
    desk.says(&line, "+15555550124", "Hello").await;
    assert_eq!(seen(&desk.admin, "Ana").await["open_sessions"], 2);
    let session = ana.session_with("+15555550123").await;
    ana.post(&format!("/sessions/{session}/end"), Value::Null).await;
    assert_eq!(seen(&desk.admin, "Ana").await["open_sessions"], 1);
}
