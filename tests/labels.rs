//! Labels: who makes them, who tidies them up, and what they are put on.

use serde_json::{Value, json};

use crate::support::{Agent, Desk, Line, key, to_queue};

const CUSTOMER: &str = "+15555550123";

/// A desk with a queue, two agents of it, a supervisor outside, and a session in the queue.
async fn desk() -> (Desk, [Agent; 3], Line, String) {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "none").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let ben = desk.agent("Ben", &[&queue]).await;
    let sam = desk.supervisor("Sam").await;
    let line = desk.general(&to_queue(&queue)).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    (desk, [ana, ben, sam], line, session)
}

/// Makes a label; gives its id.
async fn label(agent: &Agent, name: &str, colour: &str) -> String {
    let label = agent.post("/labels", json!({ "name": name, "colour": colour })).await;
    label["id"].as_str().unwrap().to_owned()
}

async fn names(agent: &Agent) -> Vec<String> {
    let labels = agent.get("/labels").await;
    let name = |label: &Value| label["name"].as_str().unwrap().to_owned();
    labels.as_array().unwrap().iter().map(name).collect()
}

#[tokio::test]
async fn everyone_makes_labels_and_no_two_differ_by_case_alone() {
    let (_desk, [ana, ben, _], _, _) = desk().await;
    label(&ana, "  Wholesale ", "blue").await;
    label(&ben, "État", "red").await;
    for name in ["wholesale", "ÉTAT"] {
        let twin = ben.try_post("/labels", json!({ "name": name, "colour": "grey" })).await;
        assert_eq!(twin.json()["fields"][0]["field"], "name", "{name}: {}", twin.text);
    }
    for (name, colour) in [("", "red"), ("two\nlines", "red"), ("x", "#ff0000")] {
        let refused = ben.try_post("/labels", json!({ "name": name, "colour": colour })).await;
        assert_eq!(refused.refusal(), "422 invalid", "{name:?} {colour}");
    }
    assert_eq!(names(&ana).await, ["Wholesale", "État"]);
}

#[tokio::test]
async fn labels_of_a_session_are_told_in_its_timeline_and_to_who_sees_it() {
    let (desk, [ana, ben, _], _, session) = desk().await;
    let [vip, late] = [label(&ana, "VIP", "purple").await, label(&ana, "Late", "red").await];
    let mut follower = ben.follow(None).await;
    let path = format!("/sessions/{session}/labels");
    let labelled = ana.put(&path, json!({ "labels": [vip, late, vip] })).await;
    assert_eq!(labelled["labels"].as_array().unwrap().len(), 2);
    assert_eq!(follower.next("session_changed").await["session_id"], session.as_str());
    ana.put(&path, json!({ "labels": [late] })).await;
    ana.put(&path, json!({ "labels": [late] })).await;
    assert_eq!(ben.only_session("recent").await["labels"], json!([late]));
    let thread = ben.thread(&session).await;
    let told: Vec<_> = thread.iter().filter(|one| one["event"]["kind"] == "labelled").collect();
    let events: Vec<_> = told.iter().map(|one| one["event"].clone()).collect();
    let line = |added: Value, removed: Value| json!({ "kind": "labelled", "added": added, "removed": removed });
    assert_eq!(events, [line(json!(["VIP", "Late"]), json!([])), line(json!([]), json!(["VIP"]))]);
    assert_eq!(told[0]["author_name"], "Ana");
    let unknown = ana.try_put(&path, json!({ "labels": [late, key()] })).await;
    assert_eq!(unknown.json()["fields"][0]["field"], "labels");
    let many: Vec<_> = (0..21).map(|_| key()).collect();
    assert_eq!(ana.try_put(&path, json!({ "labels": many })).await.refusal(), "422 invalid");
    let outsider = desk.agent("Olga", &[]).await;
    let refused = outsider.try_put(&path, json!({ "labels": [] })).await;
    assert_eq!(refused.refusal(), "404 not_found");
    assert_eq!(ben.only_session("recent").await["labels"], json!([late]));
    ana.post(&format!("/sessions/{session}/end"), Value::Null).await;
    let ended = ana.put(&path, json!({ "labels": [vip] })).await;
    assert_eq!(ended["labels"], json!([vip]), "what ended is sorted afterwards");
}

#[tokio::test]
async fn supervisors_rename_recolour_and_delete_for_everyone() {
    let (_desk, [ana, ben, sam], _, session) = desk().await;
    let vip = label(&ana, "VIP", "purple").await;
    let late = label(&ana, "Late", "red").await;
    ana.put(&format!("/sessions/{session}/labels"), json!({ "labels": [vip, late] })).await;
    let path = format!("/labels/{vip}");
    for refused in [
        ana.try_patch(&path, json!({ "name": "Mine" })).await,
        ana.try_delete(&path).await,
        ana.try_post(&format!("{path}/merge"), json!({ "into": late })).await,
    ] {
        assert_eq!(refused.refusal(), "403 forbidden");
    }
    let mut follower = ben.follow(None).await;
    let changed = sam.patch(&path, json!({ "name": "vip", "colour": "teal" })).await;
    assert_eq!((&changed["name"], &changed["colour"]), (&json!("vip"), &json!("teal")));
    assert_eq!(follower.next("label_changed").await["label_id"], vip.as_str());
    let taken = sam.try_patch(&path, json!({ "name": "LATE" })).await;
    assert_eq!(taken.json()["fields"][0]["field"], "name");
    sam.delete(&path).await;
    assert_eq!(follower.next("label_changed").await["label_id"], vip.as_str());
    assert_eq!(names(&ben).await, ["Late"]);
    assert_eq!(ben.only_session("recent").await["labels"], json!([late]));
    assert_eq!(sam.try_delete(&path).await.refusal(), "404 not_found");
}

#[tokio::test]
async fn a_merge_makes_one_label_of_two_wherever_they_are() {
    let (desk, [ana, _, sam], line, session) = desk().await;
    desk.says(&line, "+15555550124", "Hi").await;
    let second = ana.session_with("+15555550124").await;
    let [vip, gold] = [label(&ana, "VIP", "purple").await, label(&ana, "Gold", "yellow").await];
    ana.put(&format!("/sessions/{session}/labels"), json!({ "labels": [vip] })).await;
    ana.put(&format!("/sessions/{second}/labels"), json!({ "labels": [vip, gold] })).await;
    let contact = ana.get(&format!("/sessions/{session}")).await["contact_id"].clone();
    let contact = contact.as_str().unwrap();
    let labelled =
        ana.put(&format!("/contacts/{contact}/labels"), json!({ "labels": [vip] })).await;
    assert_eq!(labelled["labels"], json!([vip]));
    let filter = json!({ "labels": [vip, gold], "unread": true });
    let view = json!({ "name": "Best", "folder": "recent", "filter": filter, "shared": true });
    ana.post("/views", view).await;
    let itself = sam.try_post(&format!("/labels/{vip}/merge"), json!({ "into": vip })).await;
    assert_eq!(itself.refusal(), "422 invalid");
    let kept = sam.post(&format!("/labels/{vip}/merge"), json!({ "into": gold })).await;
    assert_eq!((&kept["sessions"], &kept["contacts"]), (&json!(2), &json!(1)));
    assert_eq!(names(&ana).await, ["Gold"]);
    for id in [&session, &second] {
        assert_eq!(ana.get(&format!("/sessions/{id}")).await["labels"], json!([gold]));
    }
    assert_eq!(ana.get(&format!("/contacts/{contact}")).await["labels"], json!([gold]));
    let views = ana.get("/views").await;
    assert_eq!(views[0]["filter"], json!({ "labels": [gold], "unread": true }));
}
