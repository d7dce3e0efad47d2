//! Calls from a session: who may, the link that opens, and calls through the provider with what it
//! tells of them.

use deskbell_channels::exchange::ErrorKind;
use deskbell_core::timers;
use deskbell_simulator::{CallEnd, Conduct, Manner};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::support::{Agent, Answer, Desk, Line, NUMBER, Options, key, to_user, until};

const CUSTOMER: &str = "+15555550123";
const OWN: &str = "+12025550177";

/// A desk, an agent who may call and has a customer's session, and the channel.
async fn stage() -> (Desk, Agent, Line, String) {
    let desk = Desk::start().await;
    desk.simulator.set_conduct(Conduct { receipt_percent: 0, ..desk.simulator.conduct() });
    let ana = desk.agent("Ana", &[]).await;
    desk.admin.patch(&format!("/users/{}", ana.id), json!({ "may_call": true })).await;
    let line = desk.twilio_with(&to_user(&ana.id), Options::default()).await;
    desk.says(&line, CUSTOMER, "Please call me").await;
    let session = ana.session_with(CUSTOMER).await;
    (desk, ana, line, session)
}

async fn method(agent: &Agent, calling: Value) -> Answer {
    agent.call("PUT", "/me/calling", Some(&calling)).await
}

async fn call(agent: &Agent, session: &str) -> Answer {
    agent.try_post(&format!("/sessions/{session}/call"), json!({ "client_key": key() })).await
}

/// What the timeline says of calls: the first word and the states after it.
async fn told(agent: &Agent, session: &str) -> Vec<String> {
    let thread = agent.thread(session).await;
    let events = thread.iter().map(|entry| &entry["event"]).filter(|event| !event.is_null());
    let word = |event: &Value| match event["kind"].as_str().unwrap() {
        "called" => Some(format!("called by {}", event["method"].as_str().unwrap())),
        "call_changed" => Some(event["state"].as_str().unwrap().to_owned()),
        _ => None,
    };
    events.filter_map(word).collect()
}

async fn until_told(agent: &Agent, session: &str, last: &str) -> Vec<String> {
    until(&format!("the call is {last}"), || async {
        let told = told(agent, session).await;
        (told.last().map(String::as_str) == Some(last)).then_some(told)
    })
    .await
}

#[tokio::test]
async fn a_link_opens_on_the_users_own_device() {
    let (desk, ana, _, session) = stage().await;
    let started = call(&ana, &session).await;
    assert_eq!(started.status, 201);
    let started = started.json();
    assert_eq!(started["link"], format!("tel:{CUSTOMER}"));
    assert_eq!(started["call"]["state"], "handed_over");
    let pattern = "https://pbx.example/call?to={number}";
    method(&ana, json!({ "method": "pattern", "pattern": pattern })).await.ok();
    let started = call(&ana, &session).await.ok();
    assert_eq!(started["link"], "https://pbx.example/call?to=%2B15555550123");
    assert_eq!(told(&ana, &session).await, ["called by tel", "called by pattern"]);
    let calls = ana.get(&format!("/sessions/{session}/calls")).await;
    assert_eq!(
        (calls[0]["method"].as_str(), calls[1]["method"].as_str()),
        (Some("pattern"), Some("tel"))
    );
    assert_eq!(desk.simulator.calls().len(), 0);
}

#[tokio::test]
async fn the_same_key_is_the_same_call() {
    let (desk, ana, _, session) = stage().await;
    method(&ana, json!({ "method": "provider", "phone": OWN })).await.ok();
    let path = format!("/sessions/{session}/call");
    let body = json!({ "client_key": key() });
    let first = ana.post(&path, body.clone()).await;
    let again = ana.post(&path, body.clone()).await;
    assert_eq!(first["call"]["id"], again["call"]["id"]);
    assert_eq!(desk.simulator.calls().len(), 1);
    let other = desk.supervisor("Sam").await;
    assert_eq!(other.try_post(&path, body).await.refusal(), "409 conflict");
    assert_eq!(
        ana.try_post(&path, json!({ "client_key": "short" })).await.refusal(),
        "422 invalid"
    );
}

#[tokio::test]
async fn only_those_who_may_call_and_may_answer_call() {
    let (desk, ana, line, session) = stage().await;
    let ben = desk.agent("Ben", &[]).await;
    let sam = desk.supervisor("Sam").await;
    assert_eq!(ben.get("/me").await["user"]["may_call"], false, "agents may not by default");
    assert_eq!(sam.get("/me").await["user"]["may_call"], true);
    assert_eq!(call(&ben, &session).await.refusal(), "404 not_found");
    assert_eq!(ben.try_get(&format!("/sessions/{session}/calls")).await.refusal(), "404 not_found");
    assert_eq!(call(&sam, &session).await.refusal(), "409 session_owned");
    desk.admin.patch(&format!("/users/{}", ana.id), json!({ "may_call": false })).await;
    assert_eq!(call(&ana, &session).await.refusal(), "403 forbidden");
    desk.admin.patch(&format!("/users/{}", ana.id), json!({ "role": "supervisor" })).await;
    assert_eq!(call(&ana, &session).await.refusal(), "403 forbidden", "what was decided stays");
    desk.admin.patch(&format!("/users/{}", ana.id), json!({ "may_call": true })).await;
    desk.says(&line, "40404", "Your code is 12").await;
    let machine = ana.session_with("40404").await;
    assert_eq!(call(&ana, &machine).await.refusal(), "409 conflict");
    ana.post(&format!("/sessions/{session}/end"), Value::Null).await;
    assert_eq!(call(&ana, &session).await.refusal(), "409 session_closed");
    assert_eq!(desk.number("SELECT count(*) FROM calls"), 0, "what is refused is no call");
}

#[tokio::test]
async fn the_provider_calls_the_user_and_then_the_customer() {
    let (desk, ana, _, session) = stage().await;
    method(&ana, json!({ "method": "provider", "phone": "(202) 555-0177" })).await.ok();
    assert_eq!(ana.get("/me/calling").await["phone"], OWN);
    let started = call(&ana, &session).await.ok();
    assert_eq!(started["link"], Value::Null);
    let told = until_told(&ana, &session, "ended").await;
    assert_eq!(told, ["called by provider", "your_phone", "ringing", "answered", "ended"]);
    let asked = desk.simulator.calls().remove(0);
    assert_eq!((asked.to.as_str(), asked.from.as_str()), (OWN, NUMBER));
    assert!(asked.script.contains(&format!(r#"callerId="{NUMBER}""#)), "{}", asked.script);
    assert!(asked.script.contains(&format!(">{CUSTOMER}</Number>")), "{}", asked.script);
    let calls = ana.get(&format!("/sessions/{session}/calls")).await;
    assert_eq!((&calls[0]["state"], &calls[0]["seconds"]), (&json!("ended"), &json!(61)));
    for (end, last) in [
        (CallEnd::Busy, "busy"),
        (CallEnd::NoAnswer, "no_answer"),
        (CallEnd::NotPickedUp, "not_picked_up"),
    ] {
        desk.simulator.set_conduct(Conduct { call: end, ..desk.simulator.conduct() });
        call(&ana, &session).await.ok();
        until_told(&ana, &session, last).await;
    }
}

#[tokio::test]
async fn a_refusal_is_told_in_words_and_a_lost_answer_is_not_repeated() {
    let (desk, ana, _, session) = stage().await;
    assert_eq!(method(&ana, json!({ "method": "provider" })).await.refusal(), "422 invalid");
    method(&ana, json!({ "method": "provider", "phone": OWN })).await.ok();
    let usual = desk.simulator.conduct();
    let refuse = Some(ErrorKind::PermissionDenied);
    desk.simulator.set_conduct(Conduct { refuse, ..usual.clone() });
    let refused = call(&ana, &session).await.ok();
    assert_eq!(refused["call"]["state"], "failed");
    let reason = refused["call"]["reason"].as_str().unwrap();
    assert!(reason.starts_with("The provider does not allow this call: "), "{reason}");
    let lost = Conduct { manner: Manner::TakeAndBreak, call: CallEnd::Silence, ..usual.clone() };
    desk.simulator.set_conduct(lost);
    let uncertain = call(&ana, &session).await.ok();
    assert_eq!(uncertain["call"]["state"], "uncertain");
    assert_eq!(desk.simulator.calls().len(), 1, "it is asked for once");
    // News settles what nobody knew.
    desk.simulator.set_conduct(Conduct { manner: Manner::TakeAndBreak, ..usual.clone() });
    call(&ana, &session).await.ok();
    until_told(&ana, &session, "ended").await;
    desk.simulator.set_conduct(Conduct { call: CallEnd::Silence, ..usual });
    call(&ana, &session).await.ok();
    until_told(&ana, &session, "your_phone").await;
    let later = Timestamp::now().as_millisecond() + 5 * 3_600_000;
    timers::run(desk.app(), later).await.unwrap();
    assert_eq!(told(&ana, &session).await.last().unwrap(), "uncertain");
}

#[tokio::test]
async fn only_what_can_do_no_harm_is_a_link() {
    let (desk, ana, _, session) = stage().await;
    for wrong in [
        "javascript:alert('{number}')",
        "data:text/html,{number}",
        "file:///etc/{number}",
        "https://pbx.example/call",
        "",
    ] {
        let refused = method(&ana, json!({ "method": "pattern", "pattern": wrong })).await;
        assert_eq!(refused.json()["fields"][0]["field"], "pattern", "{wrong}");
        let trial = json!({ "method": "pattern", "pattern": wrong, "number": CUSTOMER });
        assert_eq!(
            ana.try_post("/me/calling/try", trial).await.refusal(),
            "422 invalid",
            "{wrong}"
        );
    }
    let trial = json!({ "method": "sip", "number": "(202) 555-0177" });
    assert_eq!(ana.post("/me/calling/try", trial).await["link"], format!("sip:{OWN}"));
    assert_eq!(ana.get("/me/calling").await["method"], "tel", "what was refused changed nothing");
    let general = desk.general(&to_user(&ana.id)).await;
    desk.says(&general, CUSTOMER, "Hi").await;
    let sessions = ana.folder("recent").await;
    let other = sessions.iter().find(|one| one["id"] != session.as_str()).unwrap();
    method(&ana, json!({ "method": "provider", "phone": OWN })).await.ok();
    let refused = call(&ana, other["id"].as_str().unwrap()).await;
    assert_eq!(refused.refusal(), "409 conflict");
    assert!(refused.text.contains("makes no calls"), "{}", refused.text);
}
