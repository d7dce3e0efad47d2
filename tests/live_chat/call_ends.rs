//! How calls end: nobody answers, an end is lost, the chat ends, somebody signs out, the desk stops.

use deskbell_core::chat::calls::keep_time;
use deskbell_core::{clock, timers};
use serde_json::{Value, json};

use super::calling::{Stage, calls, stage, stage_with, text, told};
use crate::support::{Agent, Desk, Follower, Site, Visitor, to_user, until};

const CALL: &str = "call-00001";
/// The visitors of the tests read German.
const SORRY: &str =
    "Leider konnten wir Ihren Anruf nicht annehmen. Schreiben Sie uns hier, wir antworten Ihnen.";

/// A visitor talks with the agent; the call and its session.
async fn talk(
    desk: &Desk,
    site: &Site,
    ana: &Agent,
    page: &mut Follower,
) -> (Visitor, String, String) {
    let mut visitor = desk.visitor(site).await;
    visitor.ring(CALL).await;
    let rings = page.call_is("ringing").await;
    let (id, session) = (text(&rings["id"]), text(&rings["session_id"]));
    ana.post(&format!("/chat-calls/{id}/answer"), json!({ "sdp": "answer" })).await;
    visitor.call_is(CALL, "connected").await;
    (visitor, id, session)
}

/// What the one line of the timeline about a call says: its state and reason.
async fn outcome(agent: &Agent, session: &str) -> (String, Value) {
    let told = told(agent, session).await;
    assert_eq!(told.len(), 1, "{told:?}");
    (text(&told[0]["state"]), told[0]["reason"].clone())
}

#[tokio::test]
async fn nobody_answers_for_half_a_minute() {
    let Stage { desk, site, ana, mut page, .. } = stage().await;
    let mut visitor = desk.visitor(&site).await;
    visitor.ring(CALL).await;
    let session = text(&page.call_is("ringing").await["session_id"]);
    keep_time(desk.app(), clock::now() + 29_000).await.unwrap();
    assert_eq!(ana.get("/chat-calls").await.as_array().unwrap().len(), 1, "it still rings");
    keep_time(desk.app(), clock::now() + 31_000).await.unwrap();
    let missed = visitor.call_is(CALL, "missed").await;
    assert_eq!((&missed["reason"], &missed["here"]), (&json!("no_answer"), &json!(true)));
    assert_eq!(visitor.hears(SORRY).await["auto"], "missed");
    assert_eq!(page.call_is("missed").await["sdp"], Value::Null);
    assert_eq!(outcome(&ana, &session).await, ("missed".into(), json!("no_answer")));
    let waits = ana.get(&format!("/sessions/{session}")).await;
    assert!(waits["waiting_since"].as_i64().is_some(), "somebody should write: {waits}");
    assert_eq!(ana.only_session("unowned").await["id"], json!(session));
    let figures = desk.admin.get(&format!("/channels/{}/chat/figures", site.id)).await;
    assert_eq!((&figures["calls"], &figures["missed_calls"]), (&json!(1), &json!(1)));
    visitor.tell(&json!({ "t": "call.end", "call": CALL })).await;
    assert_eq!(visitor.call_is(CALL, "missed").await["reason"], "no_answer", "it is over once");
}

#[tokio::test]
async fn it_is_declined_when_the_last_does_not_want_to() {
    let Stage { desk, site, queue, ana, mut page } = stage().await;
    let ben = desk.agent("Ben", &[&queue]).await;
    let mut other = ben.follow(None).await;
    let mut visitor = desk.visitor(&site).await;
    visitor.ring(CALL).await;
    let rings = page.call_is("ringing").await;
    let path = format!("/chat-calls/{}/decline", text(&rings["id"]));
    let stops = ana.post(&path, Value::Null).await;
    assert_eq!((&stops["state"], &stops["sdp"]), (&json!("ringing"), &Value::Null));
    assert_eq!(ana.get("/chat-calls").await, json!([]));
    assert_eq!(other.call_is("ringing").await["sdp"], "offer", "it rings on for the other");
    assert_eq!(ben.post(&path, Value::Null).await["state"], "declined");
    visitor.call_is(CALL, "declined").await;
    visitor.hears(SORRY).await;
    page.call_is("declined").await;
    let session = text(&rings["session_id"]);
    assert_eq!(outcome(&ana, &session).await, ("declined".into(), Value::Null));
}

#[tokio::test]
async fn a_visitor_who_hangs_up_at_once_is_not_told_that_it_is_a_pity() {
    let Stage { desk, site, ana, mut page, .. } = stage().await;
    let mut visitor = desk.visitor(&site).await;
    visitor.ring(CALL).await;
    let session = text(&page.call_is("ringing").await["session_id"]);
    visitor.tell(&json!({ "t": "call.end", "call": CALL })).await;
    assert_eq!(visitor.call_is(CALL, "missed").await["reason"], "given_up");
    assert_eq!(outcome(&ana, &session).await, ("missed".into(), json!("given_up")));
    assert_eq!(ana.said(&session).await.len(), 0);
    visitor.say("Never mind").await;
}

#[tokio::test]
async fn an_end_that_is_gone_for_too_long_ends_the_call_and_one_that_comes_back_does_not() {
    let Stage { desk, site, ana, mut page, .. } = stage().await;
    let (visitor, _, session) = talk(&desk, &site, &ana, &mut page).await;
    let (token, channel) = (visitor.token.clone(), site.id.parse().unwrap());
    let gone = async || {
        until("the line is gone", || async {
            (desk.app().chat().hub().visitors_of(channel) == 0).then_some(())
        })
        .await;
        keep_time(desk.app(), clock::now()).await.unwrap();
    };
    visitor.leave().await;
    gone().await;
    let mut back = desk.visitor_with(&site, &token, 0).await;
    back.tell(&json!({ "t": "call.here", "call": CALL })).await;
    assert_eq!(back.call_is(CALL, "connected").await["here"], true);
    assert_eq!(back.next("call.answer").await["sdp"], "answer", "it hears the answer again");
    keep_time(desk.app(), clock::now() + 60_000).await.unwrap();
    assert_eq!(ana.get("/chat-calls").await[0]["state"], "connected");
    back.leave().await;
    gone().await;
    keep_time(desk.app(), clock::now() + 19_000).await.unwrap();
    assert_eq!(ana.get("/chat-calls").await[0]["state"], "connected");
    keep_time(desk.app(), clock::now() + 21_000).await.unwrap();
    assert_eq!(page.call_is("failed").await["reason"], "line_lost");
    assert_eq!(outcome(&ana, &session).await, ("failed".into(), json!("line_lost")));
    let mut late = desk.visitor_with(&site, &token, 0).await;
    late.tell(&json!({ "t": "call.here", "call": CALL })).await;
    assert_eq!(late.call_is(CALL, "failed").await["reason"], "line_lost");
}

#[tokio::test]
async fn an_agent_whose_page_is_gone_is_waited_for_and_then_it_is_over() {
    let Stage { desk, site, ana, mut page, .. } = stage().await;
    let (mut visitor, _, _) = talk(&desk, &site, &ana, &mut page).await;
    drop(page);
    until("the call has failed", || async {
        keep_time(desk.app(), clock::now()).await.unwrap();
        keep_time(desk.app(), clock::now() + 21_000).await.unwrap();
        (ana.get("/chat-calls").await == json!([])).then_some(())
    })
    .await;
    assert_eq!(visitor.call_is(CALL, "failed").await["reason"], "line_lost");
}

#[tokio::test]
async fn a_chat_that_ends_ends_its_call() {
    let Stage { desk, site, ana, mut page, .. } = stage().await;
    let (mut visitor, _, session) = talk(&desk, &site, &ana, &mut page).await;
    ana.post(&format!("/sessions/{session}/end"), Value::Null).await;
    visitor.call_is(CALL, "ended").await;
    page.call_is("ended").await;
    let timeline = ana.timeline(&session).await;
    let (call, end) = (timeline.iter().position(|one| one == "chat_call"), timeline.len() - 1);
    assert_eq!((call, timeline[end].as_str()), (Some(end - 1), "ended"));
    visitor.ring("call-00002").await;
    let anew = page.call_is("ringing").await;
    assert_ne!(anew["session_id"], json!(session), "a call after the end opens a new chat");
    visitor.tell(&json!({ "t": "end" })).await;
    assert_eq!(visitor.call_is("call-00002", "missed").await["reason"], "given_up");
    page.call_is("missed").await;
}

#[tokio::test]
async fn who_gave_the_chat_away_talks_on_and_who_signs_out_does_not() {
    let Stage { desk, site, queue, ana, mut page } = stage().await;
    let ben = desk.agent("Ben", &[&queue]).await;
    let mut other = ben.follow(None).await;
    let (mut visitor, id, session) = talk(&desk, &site, &ana, &mut page).await;
    ana.post(&format!("/sessions/{session}/transfer"), json!({ "to": to_user(&ben.id) })).await;
    visitor.next("agent").await;
    ana.post(&format!("/chat-calls/{id}/candidates"), json!({ "candidate": "way" })).await;
    assert_eq!(visitor.next("call.ice").await["candidate"], "way");
    let end = format!("/chat-calls/{id}/end");
    assert_eq!(ben.try_post(&end, Value::Null).await.refusal(), "404 not_found", "it is Ana's");
    ana.post("/sign-out", Value::Null).await;
    visitor.call_is(CALL, "ended").await;
    assert_eq!(outcome(&ben, &session).await, ("ended".into(), Value::Null));
    other.next("session_changed").await;
}

#[tokio::test]
async fn who_talks_is_not_silent() {
    let Stage { desk, site, ana, mut page, .. } = stage_with(|settings| {
        calls(settings);
        settings["close_after_minutes"] = json!(7);
    })
    .await;
    let (_visitor, id, session) = talk(&desk, &site, &ana, &mut page).await;
    let later = || clock::now() + 8 * 60_000;
    timers::run(desk.app(), later()).await.unwrap();
    assert_eq!(ana.get(&format!("/sessions/{session}")).await["status"], "open");
    ana.post(&format!("/chat-calls/{id}/end"), Value::Null).await;
    timers::run(desk.app(), later()).await.unwrap();
    assert_eq!(ana.get(&format!("/sessions/{session}")).await["closed_by"], "silence");
}

#[tokio::test]
async fn a_desk_that_starts_again_says_that_its_calls_failed() {
    let Stage { mut desk, site, ana, mut page, .. } = stage().await;
    let (_visitor, _, session) = talk(&desk, &site, &ana, &mut page).await;
    desk.restart().await;
    assert_eq!(outcome(&ana, &session).await, ("failed".into(), json!("desk_stopped")));
    assert_eq!(ana.get("/chat-calls").await, json!([]));
    let left = "SELECT count(*) FROM chat_calls WHERE state IN ('ringing', 'connected')";
    assert_eq!(desk.number(left), 0);
    desk.restart().await;
    assert_eq!(told(&ana, &session).await.len(), 1, "it is told once");
}
