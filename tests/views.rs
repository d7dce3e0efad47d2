//! Saved views: whose they are, who changes them, and in which order each user has them.

use serde_json::{Value, json};

use crate::support::{Agent, Desk};

/// Saves a view; gives its id.
async fn save(agent: &Agent, name: &str, shared: bool) -> String {
    let view = json!({
        "name": name, "folder": "recent", "shared": shared, "sort": "waiting",
        "filter": { "owner": "me", "unanswered": true },
    });
    agent.post("/views", view).await["id"].as_str().unwrap().to_owned()
}

async fn names(agent: &Agent) -> Vec<String> {
    let views = agent.get("/views").await;
    let name = |view: &Value| view["name"].as_str().unwrap().to_owned();
    views.as_array().unwrap().iter().map(name).collect()
}

#[tokio::test]
async fn a_private_view_is_its_makers_alone() {
    let desk = Desk::start().await;
    let [ana, ben] = [desk.agent("Ana", &[]).await, desk.agent("Ben", &[]).await];
    let sam = desk.supervisor("Sam").await;
    let mut follower = ben.follow(None).await;
    let view = save(&ana, "To answer", false).await;
    let mine = ana.get("/views").await;
    assert_eq!(mine[0]["filter"], json!({ "owner": "me", "unanswered": true }));
    assert_eq!((&mine[0]["sort"], &mine[0]["may_change"]), (&json!("waiting"), &json!(true)));
    for other in [&ben, &sam] {
        assert_eq!(names(other).await, [""; 0]);
        let path = format!("/views/{view}");
        let refused = other.try_patch(&path, json!({ "name": "Mine now" })).await;
        assert_eq!(refused.refusal(), "404 not_found", "{}", other.name);
        assert_eq!(other.try_delete(&path).await.refusal(), "404 not_found");
    }
    let shared = save(&ana, "Everybody’s", true).await;
    let told = follower.next("view_changed").await;
    assert_eq!(told["view_id"], shared.as_str(), "of the private one he hears nothing");
}

#[tokio::test]
async fn a_shared_view_is_changed_by_its_maker_and_by_supervisors() {
    let desk = Desk::start().await;
    let [ana, ben] = [desk.agent("Ana", &[]).await, desk.agent("Ben", &[]).await];
    let sam = desk.supervisor("Sam").await;
    let view = save(&ana, "To answer", true).await;
    let path = format!("/views/{view}");
    assert_eq!(ben.get("/views").await[0]["may_change"], false);
    let refused = ben.try_patch(&path, json!({ "name": "Mine now" })).await;
    assert_eq!(refused.refusal(), "403 forbidden");
    assert_eq!(ben.try_delete(&path).await.refusal(), "403 forbidden");
    sam.patch(&path, json!({ "name": "To do" })).await;
    assert_eq!(names(&ben).await, ["To do"]);
    let hidden = sam.try_patch(&path, json!({ "shared": false })).await;
    assert_eq!(hidden.refusal(), "403 forbidden", "it would be gone for her as well");
    let mut follower = ben.follow(None).await;
    let shows = json!({ "folder": "archived", "filter": { "status": "closed", "q": "  cake " } });
    let changed = ana.patch(&path, json!({ "shows": shows })).await;
    assert_eq!(changed["filter"], json!({ "q": "cake", "status": "closed" }));
    assert_eq!((&changed["folder"], &changed["sort"]), (&json!("archived"), &Value::Null));
    follower.next("view_changed").await;
    ana.patch(&path, json!({ "shared": false })).await;
    follower.next("view_changed").await;
    assert_eq!(names(&ben).await, [""; 0], "who had it until now hears that it is gone");
    ana.delete(&path).await;
    assert_eq!(names(&ana).await, [""; 0]);
}

#[tokio::test]
async fn everyone_has_the_views_in_an_order_of_their_own() {
    let desk = Desk::start().await;
    let [ana, ben] = [desk.agent("Ana", &[]).await, desk.agent("Ben", &[]).await];
    let one = save(&ana, "One", true).await;
    let two = save(&ben, "Two", true).await;
    let three = save(&ben, "Three", false).await;
    ben.put("/views/order", json!({ "views": [three, two, one] })).await;
    assert_eq!(names(&ben).await, ["Three", "Two", "One"]);
    assert_eq!(names(&ana).await, ["One", "Two"]);
    ana.put("/views/order", json!({ "views": [two, three, one] })).await;
    assert_eq!(names(&ana).await, ["Two", "One"], "others' private views stay out");
    save(&ana, "Four", true).await;
    assert_eq!(names(&ben).await, ["Three", "Two", "One", "Four"], "a new one comes last");
}

#[tokio::test]
async fn a_view_that_makes_no_sense_is_refused() {
    let desk = Desk::start().await;
    for (field, body) in [
        ("name", json!({ "name": " ", "folder": "recent" })),
        ("q", json!({ "name": "x", "folder": "recent", "filter": { "q": "x".repeat(201) } })),
        (
            "before",
            json!({ "name": "x", "folder": "recent", "filter": { "after": 9, "before": 9 } }),
        ),
    ] {
        let refused = desk.admin.try_post("/views", body).await;
        assert_eq!(refused.json()["fields"][0]["field"], field, "{}", refused.text);
    }
    for filter in [json!({ "owner": "somebody" }), json!({ "colour": "red" })] {
        let body = json!({ "name": "x", "folder": "recent", "filter": filter });
        assert_eq!(desk.admin.try_post("/views", body).await.refusal(), "422 invalid");
    }
}
