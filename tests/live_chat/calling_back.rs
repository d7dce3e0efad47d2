//! Somebody of the team calls a visitor in an open chat.

use serde_json::{Value, json};

use super::calling::{SECRET, Stage, calls, stage, stage_with, text, told};
use crate::support::{Agent, Answer, Desk, Site, Visitor, key, to_queue};

/// A visitor whose chat the agent has.
async fn chat(desk: &Desk, site: &Site, ana: &Agent) -> (Visitor, String) {
    let mut visitor = desk.visitor(site).await;
    let session = text(&visitor.say("Please call me").await["session"]);
    ana.post(&format!("/sessions/{session}/pick-up"), Value::Null).await;
    visitor.next("agent").await;
    (visitor, session)
}

async fn call(agent: &Agent, session: &str) -> Answer {
    let body = json!({ "client_key": key(), "sdp": "offer" });
    agent.try_post(&format!("/sessions/{session}/chat-calls"), body).await
}

async fn outlook(agent: &Agent, session: &str) -> Value {
    agent.get(&format!("/sessions/{session}/chat-calls")).await
}

#[tokio::test]
async fn an_agent_calls_back_and_the_first_page_that_answers_has_it() {
    let Stage { desk, site, ana, mut page, .. } = stage().await;
    let (mut visitor, session) = chat(&desk, &site, &ana).await;
    let mut other = desk.visitor_with(&site, &visitor.token.clone(), 0).await;
    let may = outlook(&ana, &session).await;
    assert_eq!((&may["possible"], &may["code"]), (&json!(true), &Value::Null));
    assert_eq!(may["ice"][1]["credential"], SECRET);
    let body = json!({ "client_key": key(), "sdp": "offer" });
    let path = format!("/sessions/{session}/chat-calls");
    let made = ana.post(&path, body.clone()).await;
    assert_eq!((&made["state"], &made["by"]), (&json!("ringing"), &json!("agent")));
    assert_eq!(ana.post(&path, body).await["id"], made["id"], "the same key is the same call");
    let id = text(&made["id"]);
    ana.post(&format!("/chat-calls/{id}/candidates"), json!({ "candidate": "way of A" })).await;
    for tab in [&mut visitor, &mut other] {
        let ring = tab.next("call.ring").await;
        assert_eq!((&ring["call"], &ring["sdp"]), (&json!(id), &json!("offer")));
        assert_eq!((&ring["name"], &ring["ice"][1]["username"]), (&json!("Ana"), &json!("desk")));
    }
    let mut late = desk.visitor_with(&site, &visitor.token.clone(), 0).await;
    assert_eq!(late.next("call.ring").await["call"], json!(id), "also who comes while it rings");
    other.tell(&json!({ "t": "call.answer", "call": id, "sdp": "answer" })).await;
    assert_eq!(other.call_is(&id, "connected").await["here"], true);
    assert_eq!(other.next("call.ice").await["candidate"], "way of A", "it was kept until now");
    assert_eq!(visitor.call_is(&id, "connected").await["here"], false);
    assert_eq!(page.stir("chat_call_answer").await["sdp"], "answer");
    // Too late.
    visitor.tell(&json!({ "t": "call.answer", "call": id, "sdp": "late" })).await;
    assert_eq!(visitor.call_is(&id, "connected").await["here"], false);
    other.tell(&json!({ "t": "call.ice", "call": id, "candidate": "way of V" })).await;
    assert_eq!(page.stir("chat_call_candidate").await["candidate"], "way of V");
    let mut again = ana.follow(None).await;
    assert_eq!(again.stir("chat_call_answer").await["sdp"], "answer", "a new page hears it too");
    ana.post(&format!("/chat-calls/{id}/end"), Value::Null).await;
    other.call_is(&id, "ended").await;
    visitor.call_is(&id, "ended").await;
    let told = told(&ana, &session).await;
    assert_eq!((&told[0]["by"], &told[0]["name"]), (&json!("agent"), &json!("Ana")));
}

#[tokio::test]
async fn a_visitor_may_decline_and_an_agent_may_give_up() {
    let Stage { desk, site, ana, mut page, .. } = stage().await;
    let (mut visitor, session) = chat(&desk, &site, &ana).await;
    for (frame, state) in [("call.decline", "declined"), ("call.end", "declined")] {
        call(&ana, &session).await.ok();
        let id = text(&visitor.next("call.ring").await["call"]);
        visitor.tell(&json!({ "t": frame, "call": id })).await;
        page.call_is(state).await;
        visitor.call_is(&id, state).await;
    }
    let made = call(&ana, &session).await.ok();
    visitor.next("call.ring").await;
    let given_up = ana.post(&format!("/chat-calls/{}/end", text(&made["id"])), Value::Null).await;
    assert_eq!((&given_up["state"], &given_up["reason"]), (&json!("missed"), &json!("given_up")));
    visitor.call_is(&text(&made["id"]), "missed").await;
    let made = call(&ana, &session).await.ok();
    let failed = ana.post(&format!("/chat-calls/{}/failed", text(&made["id"])), Value::Null).await;
    assert_eq!((&failed["state"], &failed["reason"]), (&json!("failed"), &json!("no_media")));
    let states: Vec<_> = told(&ana, &session).await.iter().map(|one| text(&one["state"])).collect();
    assert_eq!(states, ["declined", "declined", "missed", "failed"]);
    assert!(
        ana.said(&session).await.iter().all(|one| one["auto"] != "missed"),
        "nobody is sorry for a call of ours"
    );
}

#[tokio::test]
async fn who_cannot_call_back_hears_why() {
    let Stage { desk, site, queue, ana, .. } = stage().await;
    let (visitor, session) = chat(&desk, &site, &ana).await;
    let path = format!("/sessions/{session}/chat-calls");
    let otto = desk.agent("Otto", &[]).await;
    assert_eq!(call(&otto, &session).await.refusal(), "404 not_found");
    assert_eq!(otto.try_get(&path).await.refusal(), "404 not_found");
    let sam = desk.supervisor("Sam").await;
    assert_eq!(call(&sam, &session).await.refusal(), "409 session_owned");
    let seen = outlook(&sam, &session).await;
    assert_eq!((&seen["possible"], &seen["code"]), (&json!(false), &json!("session_owned")));
    assert_eq!(seen["ice"], json!([]), "who does not call needs no password");
    let may = |on: bool| {
        let (admin, user) = (desk.admin.clone(), format!("/users/{}", ana.id));
        async move { admin.patch(&user, json!({ "may_call": on })).await }
    };
    may(false).await;
    assert_eq!(call(&ana, &session).await.refusal(), "403 forbidden");
    assert_eq!(outlook(&ana, &session).await["code"], "forbidden");
    may(true).await;
    let large = json!({ "client_key": key(), "sdp": "x".repeat(16 * 1024 + 1) });
    assert_eq!(ana.try_post(&path, large).await.refusal(), "422 invalid");
    let empty = json!({ "client_key": key(), "sdp": "" });
    assert_eq!(ana.try_post(&path, empty).await.refusal(), "422 invalid");

    let line = desk.general(&to_queue(&queue)).await;
    desk.says(&line, "+15555550123", "Hi").await;
    let phone = ana.session_with("+15555550123").await;
    assert_eq!(call(&ana, &phone).await.refusal(), "409 no_calls");

    let made = call(&ana, &session).await.ok();
    assert_eq!(call(&ana, &session).await.refusal(), "409 call_running");
    let (_other, second) = chat(&desk, &site, &ana).await;
    assert_eq!(call(&ana, &second).await.refusal(), "409 call_running", "one at a time");
    ana.post(&format!("/chat-calls/{}/end", text(&made["id"])), Value::Null).await;

    visitor.leave().await;
    crate::support::until("the visitor has left", || async {
        (outlook(&ana, &session).await["code"] == "visitor_left").then_some(())
    })
    .await;
    assert_eq!(call(&ana, &session).await.refusal(), "409 visitor_left");
    ana.post(&format!("/sessions/{session}/end"), Value::Null).await;
    assert_eq!(call(&ana, &session).await.refusal(), "409 session_closed");
    let mut settings = desk.admin.get(&format!("/channels/{}/chat", site.id)).await;
    settings["mode"] = json!("chat");
    desk.admin.put(&format!("/channels/{}/chat", site.id), settings).await;
    assert_eq!(call(&ana, &second).await.refusal(), "409 no_calls");
    assert_eq!(desk.number("SELECT count(*) FROM chat_calls"), 1, "what is refused is no call");
}

#[tokio::test]
async fn as_many_calls_as_the_site_allows_whoever_makes_them() {
    let Stage { desk, site, queue, ana, mut page } = stage_with(|settings| {
        calls(settings);
        settings["max_calls"] = json!(1);
    })
    .await;
    let ben = desk.agent("Ben", &[&queue]).await;
    desk.admin.patch(&format!("/users/{}", ben.id), json!({ "may_call": true })).await;
    let _page = ben.follow(None).await;
    let (_waits, session) = chat(&desk, &site, &ben).await;
    let mut first = desk.visitor(&site).await;
    let mut second = desk.visitor(&site).await;
    assert_eq!(first.ring("call-00001").await["t"], "call.ok");
    assert_eq!(second.ring("call-00002").await["code"], "busy");
    assert_eq!(call(&ben, &session).await.refusal(), "409 busy");
    let id = text(&page.call_is("ringing").await["id"]);
    ana.post(&format!("/chat-calls/{id}/decline"), Value::Null).await;
    ben.post(&format!("/chat-calls/{id}/decline"), Value::Null).await;
    first.call_is("call-00001", "declined").await;
    assert_eq!(second.ring("call-00003").await["t"], "call.ok", "there is room again");
    assert_eq!(desk.number("SELECT count(*) FROM sessions"), 3, "who was refused opened none");
}
