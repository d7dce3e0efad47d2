//! How a chat ends, whoever ends it, and what comes after.

use deskbell_core::{clock, timers};
use serde_json::{Value, json};

use crate::support::{Agent, Desk, Site, Visitor, to_queue};

const CLOSED: &str = "This chat session has ended. Please feel free to contact us if you have any \
    further questions.";

struct Stage {
    desk: Desk,
    site: Site,
    ana: Agent,
    visitor: Visitor,
    session: String,
}

/// A chat that is under way.
async fn stage() -> Stage {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "auto").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let site = desk
        .site(&to_queue(&queue), |settings| {
            for one in ["online_greeting", "first_answer"] {
                settings["messages"][one] = json!({ "on": false, "text": "" });
            }
            settings["close_after_minutes"] = json!(7);
        })
        .await;
    let mut visitor = desk.visitor(&site).await;
    let session = visitor.say("Hello").await["session"].as_str().unwrap().to_owned();
    Stage { desk, site, ana, visitor, session }
}

/// The visitor hears that it ended, and the words for it, once.
async fn hears_the_end(visitor: &mut Visitor, by: &str) {
    let (mut ended, mut said) = (None, None);
    while ended.is_none() || said.is_none() {
        let frame = visitor.frame().await.unwrap();
        match frame["t"].as_str().unwrap() {
            "ended" => ended = Some(frame),
            "message" if frame["auto"] == "closing" => said = Some(frame),
            _ => {}
        }
    }
    let ended = ended.unwrap();
    assert_eq!((&ended["by"], &ended["text"]), (&json!(by), &json!(CLOSED)));
    assert_eq!(said.unwrap()["text"], CLOSED);
}

#[tokio::test]
async fn an_agent_ends_it_and_the_next_message_begins_anew() {
    let Stage { desk, site, ana, mut visitor, session } = stage().await;
    ana.send(&session, "Bye").await;
    visitor.hears("Bye").await;
    ana.post(&format!("/sessions/{session}/end"), Value::Null).await;
    hears_the_end(&mut visitor, "agent").await;
    let back = desk.visitor_with(&site, &visitor.token, 0).await;
    assert_eq!(back.welcome["session"]["open"], false);
    assert_eq!(back.welcome["messages"].as_array().unwrap().len(), 3, "what was said stays");
    let anew = visitor.say("One more thing").await;
    assert_ne!(anew["session"], json!(session));
    assert_eq!(ana.only_session("recent").await["id"], anew["session"]);
}

#[tokio::test]
async fn the_visitor_ends_it() {
    let Stage { ana, mut visitor, session, .. } = stage().await;
    visitor.tell(&json!({ "t": "end" })).await;
    hears_the_end(&mut visitor, "visitor").await;
    let ended = ana.get(&format!("/sessions/{session}")).await;
    assert_eq!((&ended["status"], &ended["closed_by"]), (&json!("closed"), &json!("visitor")));
    visitor.tell(&json!({ "t": "end" })).await;
    visitor.tell(&json!({ "t": "end" })).await;
    visitor.say("Again").await;
    let closings = ana.said(&session).await;
    assert_eq!(closings.iter().filter(|one| one["auto"] == "closing").count(), 1);
}

#[tokio::test]
async fn silence_ends_it_after_minutes() {
    let Stage { desk, ana, mut visitor, session, .. } = stage().await;
    let closes = ana.get(&format!("/sessions/{session}")).await;
    let span = closes["closes_at"].as_i64().unwrap() - closes["last_message_at"].as_i64().unwrap();
    assert_eq!(span, 7 * 60_000);
    timers::run(desk.app(), clock::now() + 6 * 60_000).await.unwrap();
    assert_eq!(ana.get(&format!("/sessions/{session}")).await["status"], "open");
    timers::run(desk.app(), clock::now() + 8 * 60_000).await.unwrap();
    hears_the_end(&mut visitor, "silence").await;
    assert_eq!(ana.get(&format!("/sessions/{session}")).await["closed_by"], "silence");
}

#[tokio::test]
async fn a_deleted_site_ends_its_chats_and_says_nothing_more() {
    let Stage { desk, site, ana, mut visitor, session } = stage().await;
    desk.admin.delete(&format!("/channels/{}?end_sessions=true", site.id)).await;
    assert_eq!(visitor.next("ended").await["by"], "agent");
    assert!(ana.said(&session).await.iter().all(|one| one["auto"] != "closing"));
    let refused = visitor.say_as("a-key-of-mine", json!({ "text": "Hello?" })).await;
    assert_eq!(refused["code"], "not_ready");
    let gone = desk.ask_site(&site, "look", Some(crate::support::WEBSITE)).await;
    assert_eq!(gone.status, 404);
}
