//! Blocked contacts: what they write is kept and in nobody's way, and nothing leaves to them.

use deskbell_simulator::Conduct;
use serde_json::{Value, json};

use crate::support::{Agent, Desk, Line, Options, key, to_queue};

const CUSTOMER: &str = "+15555550123";

/// A desk with a queue, two agents of it, a supervisor, and a customer who waits.
async fn stage() -> (Desk, Line, [Agent; 2], Agent, Value) {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "manual").await;
    let agents = [desk.agent("Ana", &[&queue]).await, desk.agent("Ben", &[&queue]).await];
    let sam = desk.supervisor("Sam").await;
    let options = Options {
        more: json!({ "stop_text": "You will hear no more." }),
        starters: vec![agents[0].id.clone()],
        ..Options::default()
    };
    let line = desk.general_with(&to_queue(&queue), options).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = agents[0].only_session("unowned").await;
    (desk, line, agents, sam, session)
}

fn path(session: &Value) -> String {
    format!("/contacts/{}", session["contact_id"].as_str().unwrap())
}

#[tokio::test]
async fn a_blocked_contact_is_in_nobodys_way_and_nothing_is_lost() {
    let (desk, line, [ana, ben], sam, session) = stage().await;
    let id = session["id"].as_str().unwrap();
    let mut follower = ben.follow(None).await;
    let contact = ana.post(&format!("{}/block", path(&session)), json!({ "reason": "Spam" })).await;
    assert_eq!(
        (&contact["blocked"]["by_name"], &contact["blocked"]["reason"]),
        (&json!("Ana"), &json!("Spam"))
    );
    follower.next("session_changed").await;
    follower.next("contact_changed").await;
    for agent in [&ana, &ben] {
        for folder in ["recent", "unowned", "mine"] {
            assert!(agent.folder(folder).await.is_empty(), "{folder}");
        }
        let counts = agent.get("/sessions/counts").await;
        assert_eq!(
            (&counts["recent"], &counts["unowned"], &counts["unread"]),
            (&json!(0), &json!(0), &json!(0))
        );
    }
    assert_eq!(sam.only_session("all").await["blocked"], true);
    desk.says(&line, CUSTOMER, "Are you there?").await;
    assert_eq!(ana.said(id).await.len(), 2, "what was acknowledged is stored");
    assert!(ana.folder("recent").await.is_empty(), "and shows nowhere");
    assert_eq!(ana.get("/contacts?show=blocked").await["total"], 1);
    assert_eq!(ana.get("/contacts/counts").await["blocked"], 1);
    let again = ana.post(&format!("{}/block", path(&session)), json!({})).await;
    assert_eq!(again["blocked"]["reason"], "Spam", "once is enough");
    assert_eq!(
        ben.try_post(&format!("{}/unblock", path(&session)), Value::Null).await.refusal(),
        "403 forbidden"
    );
    assert!(
        ana.post(&format!("{}/unblock", path(&session)), Value::Null).await["blocked"].is_null()
    );
    assert_eq!(ben.only_session("unowned").await["blocked"], false);
    assert_eq!(ana.timeline(id).await, ["opened", "blocked", "unblocked"]);
}

#[tokio::test]
async fn a_new_session_of_a_blocked_contact_opens_aside_and_says_so() {
    let (desk, line, [ana, _], sam, session) = stage().await;
    sam.post(&format!("{}/block", path(&session)), json!({})).await;
    ana.post(&format!("/sessions/{}/end", session["id"].as_str().unwrap()), Value::Null).await;
    desk.says(&line, CUSTOMER, "Hello again").await;
    let opened = sam.only_session("all").await;
    assert_ne!(opened["id"], session["id"]);
    assert_eq!(opened["blocked"], true);
    assert!(ana.folder("recent").await.is_empty());
    let id = opened["id"].as_str().unwrap();
    let thread = ana.thread(id).await;
    let line = thread.iter().find(|one| one["event"]["kind"] == "blocked").unwrap();
    assert_eq!((&line["author_id"], &line["event"]["reason"]), (&Value::Null, &Value::Null));
    let listed = ana.get(&format!("{}/sessions", path(&session))).await;
    assert!(listed.as_array().unwrap().iter().any(|one| one["id"] == id), "it is on their page");
}

#[tokio::test]
async fn nothing_leaves_to_a_blocked_contact() {
    let (desk, line, [ana, _], _, session) = stage().await;
    let id = session["id"].as_str().unwrap();
    desk.simulator.set_conduct(Conduct { latency_ms: 300, ..desk.simulator.conduct() });
    let first = ana.send(id, "One moment").await;
    let second = ana.send(id, "Nearly there").await;
    ana.post(&format!("{}/block", path(&session)), json!({})).await;
    let stopped = ana.until_state(&second, "failed").await;
    assert_eq!(stopped["error"]["kind"], "blocked");
    let left = ana.until_state(&first, "sent").await;
    assert_eq!(left["text"], "One moment", "what was on its way arrives");
    let refused = ana.try_send(id, "Hello?").await;
    assert_eq!(refused.refusal(), "409 conflict");
    assert!(refused.text.contains("is blocked"), "{}", refused.text);
    assert_eq!(
        ana.try_post(&format!("/messages/{second}/retry"), Value::Null).await.refusal(),
        "409 conflict"
    );
    let start =
        json!({ "number_id": line.number_id, "to": CUSTOMER, "client_key": key(), "text": "News" });
    assert_eq!(ana.try_post("/sessions", start).await.refusal(), "409 conflict");
    desk.says(&line, CUSTOMER, "STOP").await;
    assert!(
        !ana.get(&format!("/sessions/{id}")).await["opted_out"].is_null(),
        "their word still counts"
    );
    let said = ana.said(id).await;
    assert!(said.iter().all(|one| one["automatic"] == false), "and is not answered: {said:?}");
    let note = json!({ "client_key": key(), "text": "Leave them", "note": true });
    ana.post(&format!("/sessions/{id}/messages"), note).await;
}

#[tokio::test]
async fn an_agent_cannot_block_the_customer_of_a_colleague() {
    let (_desk, _line, [ana, ben], sam, session) = stage().await;
    let id = session["id"].as_str().unwrap();
    ben.post(&format!("/sessions/{id}/pick-up"), Value::Null).await;
    let refused = ana.try_post(&format!("{}/block", path(&session)), json!({})).await;
    assert_eq!(refused.refusal(), "403 forbidden");
    assert_eq!(ben.folder("mine").await.len(), 1);
    sam.post(&format!("{}/block", path(&session)), json!({ "reason": "Threats" })).await;
    assert!(ben.folder("mine").await.is_empty());
    assert_eq!(
        ben.try_post(&format!("{}/unblock", path(&session)), Value::Null).await.refusal(),
        "403 forbidden"
    );
    assert_eq!(
        ben.get(&format!("/sessions/{id}")).await["owner_id"],
        ben.id.as_str(),
        "it is still theirs"
    );
}

#[tokio::test]
async fn a_number_that_moves_to_a_blocked_contact_is_blocked_with_it() {
    let (desk, _line, [ana, _], _, session) = stage().await;
    let vera = ana.post("/contacts", json!({ "name": "Vera" })).await;
    let vera = vera["id"].as_str().unwrap();
    ana.post(&format!("/contacts/{vera}/block"), json!({})).await;
    let take = json!({ "identity_id": session["identity_id"], "move": true });
    let path = format!("/contacts/{vera}/identities");
    let refused = ana.try_post(&path, take.clone()).await;
    assert_eq!(refused.status, 403, "no way around the rules for blocking");
    desk.admin.post(&path, take).await;
    assert!(ana.folder("recent").await.is_empty());
    ana.post(&format!("/contacts/{vera}/unblock"), Value::Null).await;
    assert_eq!(ana.only_session("unowned").await["contact_name"], "Vera");
}
