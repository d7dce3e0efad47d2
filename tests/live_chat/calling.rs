//! A visitor calls: it rings at the team, the first answer has it, and what the two browsers tell
//! each other arrives.

use serde_json::{Value, json};

use crate::support::{Agent, Desk, Follower, Site, all_files, holds, key, to_queue, to_user};

/// Password of the TURN server of the tests.
pub(super) const SECRET: &str = "turn-password-1";

/// A desk with a site whose visitors may call, and an agent with an open page.
pub(super) struct Stage {
    pub(super) desk: Desk,
    pub(super) site: Site,
    pub(super) queue: String,
    pub(super) ana: Agent,
    pub(super) page: Follower,
}

/// Visitors may call, and nothing is said by itself.
pub(super) fn calls(settings: &mut Value) {
    for one in ["online_greeting", "offline_greeting", "first_answer", "closed"] {
        settings["messages"][one] = json!({ "on": false, "text": "" });
    }
    settings["mode"] = json!("chat_and_calls");
    settings["ice_servers"] = json!([
        { "urls": ["stun:stun.example.com"], "username": "" },
        { "urls": ["turn:turn.example.com"], "username": "desk", "credential": SECRET },
    ]);
}

pub(super) async fn stage() -> Stage {
    stage_with(calls).await
}

pub(super) async fn stage_with(change: impl FnOnce(&mut Value)) -> Stage {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "auto").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    desk.admin.patch(&format!("/users/{}", ana.id), json!({ "may_call": true })).await;
    let site = desk.site(&to_queue(&queue), change).await;
    let page = ana.follow(None).await;
    Stage { desk, site, queue, ana, page }
}

/// Lines of the timeline about calls.
pub(super) async fn told(agent: &Agent, session: &str) -> Vec<Value> {
    let thread = agent.thread(session).await;
    let events = thread.iter().map(|entry| entry["event"].clone());
    events.filter(|event| event["kind"] == "chat_call").collect()
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

#[tokio::test]
async fn a_visitor_calls_and_the_two_browsers_find_each_other() {
    let Stage { desk, site, queue, ana, mut page } = stage().await;
    let ben = desk.agent("Ben", &[&queue]).await;
    let mut other = ben.follow(None).await;
    let mut visitor = desk.visitor(&site).await;
    assert_eq!(visitor.welcome["calls"], true);
    assert_eq!(visitor.welcome["ice"][0], json!({ "urls": ["stun:stun.example.com"] }));
    assert_eq!(visitor.welcome["ice"][1]["credential"], SECRET);
    assert_eq!(desk.number("SELECT count(*) FROM visitors"), 0, "looking is no call");
    let call = key();
    let ok = visitor.ring(&call).await;
    assert_eq!((&ok["t"], &ok["ice"][1]["username"]), (&json!("call.ok"), &json!("desk")));
    visitor.tell(&json!({ "t": "call.ice", "call": call, "candidate": "way of V" })).await;

    let rings = page.call_is("ringing").await;
    assert_eq!((&rings["by"], &rings["sdp"]), (&json!("visitor"), &json!("offer")));
    assert_eq!(rings["ice"][1]["credential"], SECRET);
    assert_eq!(other.call_is("ringing").await["sdp"], "offer", "it rings for all of the queue");
    assert_eq!(ana.get("/chat-calls").await[0]["id"], rings["id"]);
    let path = format!("/chat-calls/{}", text(&rings["id"]));
    let talk = ana.post(&format!("{path}/answer"), json!({ "sdp": "answer" })).await;
    assert_eq!((&talk["state"], &talk["user_id"]), (&json!("connected"), &json!(ana.id)));
    let answer = visitor.next("call.answer").await;
    assert_eq!((&answer["sdp"], &answer["name"]), (&json!("answer"), &json!("Ana")));
    assert_eq!(visitor.call_is(&call, "connected").await["here"], true);
    assert_eq!(page.stir("chat_call_candidate").await["candidate"], "way of V");
    ana.post(&format!("{path}/candidates"), json!({ "candidate": "way of A" })).await;
    assert_eq!(visitor.next("call.ice").await["candidate"], "way of A");
    visitor.tell(&json!({ "t": "call.ice", "call": call, "candidate": "" })).await;
    assert_eq!(page.stir("chat_call_candidate").await["candidate"], "");

    let elsewhere = other.call_is("connected").await;
    assert_eq!((&elsewhere["sdp"], &elsewhere["ice"]), (&Value::Null, &json!([])));
    assert_eq!(elsewhere["user_name"], "Ana");
    assert_eq!(ben.get("/chat-calls").await, json!([]));
    let session = text(&rings["session_id"]);
    assert_eq!(ana.get(&format!("/sessions/{session}")).await["owner_id"], json!(ana.id));

    visitor.tell(&json!({ "t": "call.end", "call": call })).await;
    let ended = page.call_is("ended").await;
    assert!(ended["ended_at"].as_i64() >= ended["answered_at"].as_i64(), "{ended}");
    assert_eq!(visitor.call_is(&call, "ended").await["seconds"], 0);
    let told = told(&ana, &session).await;
    assert_eq!(told.len(), 1, "one line for one call");
    assert_eq!((&told[0]["name"], &told[0]["state"]), (&json!("Ana"), &json!("ended")));
    for file in all_files(desk.folder.path()) {
        for passed in ["way of V", "way of A", SECRET] {
            assert!(!holds(&file, passed), "{passed} is in {}", file.display());
        }
    }
}

#[tokio::test]
async fn the_same_key_is_the_same_call() {
    let Stage { desk, site, ana, mut page, .. } = stage().await;
    let mut visitor = desk.visitor(&site).await;
    let call = key();
    for _ in 0..2 {
        visitor.tell(&json!({ "t": "call.ring", "call": call, "sdp": "offer" })).await;
        visitor.next("call.ok").await;
    }
    let id = text(&page.call_is("ringing").await["id"]);
    assert_eq!(desk.number("SELECT count(*) FROM chat_calls"), 1);
    assert_eq!(desk.number("SELECT count(*) FROM sessions"), 1);
    ana.post(&format!("/chat-calls/{id}/answer"), json!({ "sdp": "answer" })).await;
    visitor.next("call.answer").await;
    ana.post(&format!("/chat-calls/{id}/end"), Value::Null).await;
    visitor.call_is(&call, "ended").await;
    assert_eq!(visitor.ring(&call).await["state"], "ended", "it does not ring again");
    let again = ana.post(&format!("/chat-calls/{id}/end"), Value::Null).await;
    assert_eq!(again["state"], "ended", "it is over once");
    assert_eq!(told(&ana, &text(&again["session_id"])).await.len(), 1);
}

#[tokio::test]
async fn of_two_who_answer_one_has_it() {
    let Stage { desk, site, queue, ana, mut page } = stage().await;
    let ben = desk.agent("Ben", &[&queue]).await;
    let mut other = ben.follow(None).await;
    let mut visitor = desk.visitor(&site).await;
    let call = key();
    visitor.ring(&call).await;
    let id = text(&page.call_is("ringing").await["id"]);
    other.call_is("ringing").await;
    let path = format!("/chat-calls/{id}/answer");
    let (one, two) = tokio::join!(
        ana.try_post(&path, json!({ "sdp": "of Ana" })),
        ben.try_post(&path, json!({ "sdp": "of Ben" })),
    );
    let (winner, loser) = if one.status == 200 { (one, two) } else { (two, one) };
    assert_eq!(winner.status, 200);
    assert_eq!(loser.refusal(), "409 answered_elsewhere");
    let name = text(&winner.json()["user_name"]);
    assert_eq!(visitor.next("call.answer").await["sdp"], format!("of {name}"));
    assert!(loser.text.contains(&format!("{name} has answered this call")), "{}", loser.text);
    assert_eq!(desk.number("SELECT count(*) FROM chat_calls WHERE state = 'connected'"), 1);
}

#[tokio::test]
async fn a_call_in_a_chat_that_somebody_has_rings_for_them_alone() {
    let Stage { desk, site, queue, ana, mut page } = stage().await;
    let ben = desk.agent("Ben", &[&queue]).await;
    let mut other = ben.follow(None).await;
    let mut visitor = desk.visitor(&site).await;
    let session = text(&visitor.say("Hello").await["session"]);
    ana.post(&format!("/sessions/{session}/pick-up"), Value::Null).await;
    visitor.ring("call-00001").await;
    let rings = page.call_is("ringing").await;
    assert_eq!(rings["session_id"], json!(session), "it is the chat that is open");
    assert_eq!(ben.get("/chat-calls").await, json!([]));
    let id = text(&rings["id"]);
    let answer = format!("/chat-calls/{id}/answer");
    let foreign = ben.try_post(&answer, json!({ "sdp": "answer" })).await;
    assert_eq!(foreign.refusal(), "404 not_found");
    // It follows the chat.
    ana.post(&format!("/sessions/{session}/transfer"), json!({ "to": to_user(&ben.id) })).await;
    assert_eq!(other.call_is("ringing").await["sdp"], "offer");
    assert_eq!(page.call_is("ringing").await["sdp"], Value::Null, "it stops ringing here");
    ben.post(&answer, json!({ "sdp": "answer" })).await;
    assert_eq!(visitor.next("call.answer").await["name"], "Ben");
}

#[tokio::test]
async fn who_comes_while_it_rings_hears_it_and_who_reloads_hears_it_again() {
    let Stage { desk, site, queue, ana, mut page } = stage().await;
    let mut visitor = desk.visitor(&site).await;
    visitor.ring("call-00001").await;
    let id = text(&page.call_is("ringing").await["id"]);
    let ben = desk.agent("Ben", &[&queue]).await;
    let mut late = ben.follow(None).await;
    assert_eq!(late.stir("chat_calls").await["calls"][0]["sdp"], "offer");
    ana.post(&format!("/chat-calls/{id}/answer"), json!({ "sdp": "answer" })).await;
    visitor.tell(&json!({ "t": "call.ice", "call": "call-00001", "candidate": "way" })).await;
    page.stir("chat_call_candidate").await;
    let mut reloaded = ana.follow(None).await;
    assert_eq!(reloaded.stir("chat_calls").await["calls"][0]["state"], "connected");
    assert_eq!(reloaded.stir("chat_call_candidate").await["candidate"], "way");
    let mut outsider = ben.follow(None).await;
    ana.post(&format!("/chat-calls/{id}/end"), Value::Null).await;
    assert_eq!(outsider.call_is("ended").await["ice"], json!([]));
}

#[tokio::test]
async fn a_call_that_opens_a_chat_is_greeted_and_brings_the_answers_to_the_form() {
    let Stage { desk, site, ana, mut page, .. } = stage_with(|settings| {
        calls(settings);
        settings["messages"]["online_greeting"] = json!({ "on": true, "text": "Hello!" });
        settings["messages"]["first_answer"] = json!({ "on": true, "text": "We have it." });
        settings["messages"]["pre_chat"]["on"] = json!(true);
    })
    .await;
    let mut visitor = desk.visitor(&site).await;
    assert_eq!(visitor.welcome["form_needed"], true);
    visitor
        .tell(&json!({
            "t": "call.ring", "call": "call-00001", "sdp": "offer",
            "form": { "name": "Vera Stone" }, "consent": true,
        }))
        .await;
    visitor.next("call.ok").await;
    let session = text(&page.call_is("ringing").await["session_id"]);
    let shown = ana.get(&format!("/sessions/{session}")).await;
    assert_eq!(
        (&shown["contact_name"], &shown["page"]),
        (&json!("Vera Stone"), &json!("/pricing"))
    );
    assert!(shown["waiting_since"].as_i64().is_some(), "the visitor waits");
    assert_eq!(visitor.hears("Hello!").await["auto"], "greeting");
    let said = ana.said(&session).await;
    assert_eq!(said.len(), 1, "nothing was written, so nothing is answered: {said:?}");
}
