//! Who gets no call, and who reaches none: sites without calls, nobody there, floods, blocked
//! visitors, other visitors' tokens, other people of the team.

use serde_json::{Value, json};

use super::calling::{Stage, calls, stage, stage_with, text};
use crate::support::{key, until};

const CALL: &str = "call-00001";

#[tokio::test]
async fn only_sites_that_offer_calls_take_them() {
    let Stage { desk, site, .. } = stage_with(|settings| {
        calls(settings);
        settings["mode"] = json!("chat");
    })
    .await;
    let mut visitor = desk.visitor(&site).await;
    assert_eq!((&visitor.welcome["calls"], &visitor.welcome["ice"]), (&json!(false), &json!([])));
    assert_eq!(visitor.ring(CALL).await["code"], "not_allowed");
    let rows = "SELECT (SELECT count(*) FROM sessions) + (SELECT count(*) FROM visitors)";
    assert_eq!(desk.number(rows), 0, "what is refused leaves nothing");
}

#[tokio::test]
async fn where_nobody_is_there_nobody_is_called() {
    let Stage { desk, site, ana, page, .. } = stage().await;
    ana.patch("/me", json!({ "presence": "do_not_disturb" })).await;
    let mut visitor = desk.visitor(&site).await;
    assert_eq!((&visitor.welcome["calls"], &visitor.welcome["ice"]), (&json!(false), &json!([])));
    assert_eq!(visitor.ring(CALL).await["code"], "offline");
    ana.patch("/me", json!({ "presence": "available" })).await;
    let online = visitor.next("online").await;
    assert_eq!((&online["online"], &online["calls"]), (&json!(true), &json!(true)));
    assert_eq!(online["ice"][0]["urls"][0], "stun:stun.example.com");
    drop(page);
    until("the page is gone", || async {
        let visitor = desk.visitor(&site).await;
        (visitor.welcome["calls"] == false).then_some(())
    })
    .await;
    assert_eq!(visitor.ring(CALL).await["code"], "offline", "she is available, but not here");
    let _page = ana.follow(None).await;
    assert_eq!(visitor.ring(CALL).await["t"], "call.ok");
}

#[tokio::test]
async fn whoever_could_answer_may_be_busy() {
    let Stage { desk, site, ana, mut page, .. } = stage().await;
    let mut first = desk.visitor(&site).await;
    first.ring(CALL).await;
    let id = text(&page.call_is("ringing").await["id"]);
    ana.post(&format!("/chat-calls/{id}/answer"), json!({ "sdp": "answer" })).await;
    let mut second = desk.visitor(&site).await;
    assert_eq!(second.ring(CALL).await["code"], "busy");
    assert_eq!(first.ring("call-00002").await["code"], "busy", "a chat has one call at a time");
    ana.post(&format!("/chat-calls/{id}/end"), Value::Null).await;
    assert_eq!(second.ring(CALL).await["t"], "call.ok");
}

#[tokio::test]
async fn another_visitors_token_reaches_no_call() {
    let Stage { desk, site, ana, mut page, .. } = stage().await;
    let mut visitor = desk.visitor(&site).await;
    visitor.ring(CALL).await;
    let id = text(&page.call_is("ringing").await["id"]);
    let mut thief = desk.visitor(&site).await;
    thief.say("I was here").await;
    for name in [CALL, id.as_str()] {
        for kind in ["call.end", "call.decline", "call.failed", "call.here"] {
            thief.tell(&json!({ "t": kind, "call": name })).await;
            let told = thief.call_is(name, "failed").await;
            assert_eq!((&told["here"], &told["reason"]), (&json!(false), &Value::Null), "{kind}");
        }
        thief.tell(&json!({ "t": "call.answer", "call": name, "sdp": "stolen" })).await;
        thief.call_is(name, "failed").await;
        thief.tell(&json!({ "t": "call.ice", "call": name, "candidate": "stolen" })).await;
    }
    ana.post(&format!("/chat-calls/{id}/answer"), json!({ "sdp": "answer" })).await;
    visitor.tell(&json!({ "t": "call.ice", "call": CALL, "candidate": "own" })).await;
    assert_eq!(page.stir("chat_call_candidate").await["candidate"], "own");
    // The same id of another visitor is another call.
    assert_eq!(thief.ring(CALL).await["code"], "busy");
    visitor.tell(&json!({ "t": "call.end", "call": CALL })).await;
    visitor.call_is(CALL, "ended").await;
    assert_eq!(thief.ring(CALL).await["t"], "call.ok");
    assert_eq!(desk.number("SELECT count(*) FROM chat_calls"), 2);
}

#[tokio::test]
async fn nobody_else_of_the_team_reaches_a_call() {
    let Stage { desk, site, ana, mut page, .. } = stage().await;
    let otto = desk.agent("Otto", &[]).await;
    let mut outsider = otto.follow(None).await;
    let sam = desk.supervisor("Sam").await;
    let mut visitor = desk.visitor(&site).await;
    visitor.ring(CALL).await;
    let id = text(&page.call_is("ringing").await["id"]);
    let path = |verb: &str| format!("/chat-calls/{id}/{verb}");
    let answer = json!({ "sdp": "answer" });
    assert_eq!(otto.try_post(&path("answer"), answer.clone()).await.refusal(), "404 not_found");
    assert_eq!(sam.try_post(&path("answer"), answer.clone()).await.status, 409, "sees, holds not");
    ana.post(&path("answer"), answer.clone()).await;
    for other in [&otto, &sam] {
        for verb in ["decline", "end", "failed"] {
            let refused = other.try_post(&path(verb), Value::Null).await;
            assert_eq!(refused.refusal(), "404 not_found", "{verb}, {}", other.name);
        }
        let candidate = json!({ "candidate": "stolen" });
        let refused = other.try_post(&path("candidates"), candidate).await;
        assert_eq!(refused.refusal(), "404 not_found");
        assert_eq!(other.get("/chat-calls").await, json!([]));
    }
    let long = json!({ "candidate": "x".repeat(2_049) });
    assert_eq!(ana.try_post(&path("candidates"), long).await.refusal(), "422 invalid");
    assert_eq!(ana.try_post(&path("answer"), answer).await.refusal(), "409 answered_elsewhere");
    ana.post(&path("end"), Value::Null).await;
    let late = json!({ "candidate": "late" });
    assert_eq!(ana.try_post(&path("candidates"), late).await.refusal(), "409 call_over");
    visitor.call_is(CALL, "ended").await;
    otto.post("/quick-replies", json!({ "name": "Q", "body": "Q", "visible": "me" })).await;
    loop {
        let frame = outsider.frame().await.unwrap();
        assert!(!text(&frame["type"]).starts_with("chat_call"), "something was told: {frame}");
        if frame["event"]["kind"] == "quick_reply_changed" {
            break;
        }
    }
}

#[tokio::test]
async fn floods_of_calls_are_slowed_down_and_what_cannot_be_ends_the_line() {
    let Stage { desk, site, .. } = stage().await;
    let mut visitor = desk.visitor(&site).await;
    let (mut taken, mut refused) = (0, 0);
    for number in 0..8 {
        let call = format!("call-0000{number}");
        match visitor.ring(&call).await["code"].as_str() {
            Some("too_fast") => refused += 1,
            Some(_) | None => taken += 1,
        }
        visitor.tell(&json!({ "t": "call.end", "call": call })).await;
    }
    assert!((4..=5).contains(&taken) && refused >= 3, "{taken} taken, {refused} refused");
    assert!(desk.number("SELECT count(*) FROM chat_calls") <= taken);
    for (kind, field, length) in
        [("ring", "sdp", 16 * 1024 + 1), ("answer", "sdp", 0), ("ice", "candidate", 2_049)]
    {
        let mut visitor = desk.visitor(&site).await;
        visitor
            .tell(&json!({ "t": format!("call.{kind}"), "call": key(), field: "x".repeat(length) }))
            .await;
        assert_eq!(visitor.bye().await, "bad_frame", "{kind}");
    }
}

#[tokio::test]
async fn a_blocked_visitor_finds_nobody_there() {
    let Stage { desk, site, ana, .. } = stage().await;
    let mut visitor = desk.visitor(&site).await;
    let taken = visitor.say("Rude words").await;
    let session = ana.get(&format!("/sessions/{}", text(&taken["session"]))).await;
    let contact = text(&session["contact_id"]);
    desk.admin.post(&format!("/contacts/{contact}/block"), json!({ "reason": "Rude" })).await;
    assert_eq!(visitor.ring(CALL).await["code"], "offline", "nothing tells them");
    assert_eq!(desk.number("SELECT count(*) FROM chat_calls"), 0);
}
