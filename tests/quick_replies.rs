//! Quick replies: who has them, who writes them, what goes along, and messages that quote.

use serde_json::{Value, json};

use crate::support::{Agent, Desk, key, to_user};

const CUSTOMER: &str = "+15555550123";

/// An entry of mine.
fn mine(name: &str, body: &str) -> Value {
    json!({ "name": name, "body": body, "visible": "me" })
}

fn with(entry: Value, more: &Value) -> Value {
    let mut entry = entry;
    for (name, value) in more.as_object().unwrap() {
        entry[name] = value.clone();
    }
    entry
}

async fn names(agent: &Agent) -> Vec<String> {
    let listed = agent.get("/quick-replies").await;
    let names = listed.as_array().unwrap().iter();
    names.map(|reply| reply["name"].as_str().unwrap().to_owned()).collect()
}

async fn add(agent: &Agent, entry: Value) -> Value {
    agent.post("/quick-replies", entry).await
}

#[tokio::test]
async fn each_has_their_own_those_of_the_team_and_those_of_their_queues() {
    let desk = Desk::start().await;
    let [sales, support] =
        [desk.queue("Sales", "manual").await, desk.queue("Support", "manual").await];
    let ana = desk.agent("Ana", &[&sales]).await;
    let ben = desk.agent("Ben", &[&support]).await;
    let sam = desk.supervisor("Sam").await;
    add(&ana, mine("Greeting", "Hi!")).await;
    add(&sam, with(mine("Hours", "We open at 8."), &json!({ "visible": "team" }))).await;
    let of_sales = json!({ "visible": "queue", "queue_id": sales });
    let price = add(&sam, with(mine("Price", "10 each"), &of_sales)).await;
    assert_eq!(names(&ana).await, ["Greeting", "Hours", "Price"]);
    assert_eq!(names(&ben).await, ["Hours"]);
    assert_eq!(names(&sam).await, ["Hours", "Price"]);
    let path = format!("/quick-replies/{}", price["id"].as_str().unwrap());
    let body = with(mine("Price", "Free"), &of_sales);
    assert_eq!(ana.call("PUT", &path, Some(&body)).await.refusal(), "403 forbidden");
    assert_eq!(ana.try_delete(&path).await.refusal(), "403 forbidden");
    assert_eq!(ben.call("PUT", &path, Some(&body)).await.refusal(), "404 not_found");
    assert_eq!(ben.try_delete(&path).await.refusal(), "404 not_found");
    let team = with(mine("Mine for all", "x"), &json!({ "visible": "team" }));
    assert_eq!(ana.try_post("/quick-replies", team).await.refusal(), "403 forbidden");
    let mine_of_ana = ana.get("/quick-replies").await[0]["id"].clone();
    let hers = format!("/quick-replies/{}", mine_of_ana.as_str().unwrap());
    assert_eq!(sam.try_delete(&hers).await.refusal(), "404 not_found", "mine is mine alone");
    sam.delete(&path).await;
    assert_eq!(names(&ana).await, ["Greeting", "Hours"]);
}

#[tokio::test]
async fn what_does_not_fit_is_told_field_by_field() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    add(&ana, with(mine("Hours", "We open at 8."), &json!({ "shortcut": "/h" }))).await;
    let table = [
        (mine("hours", "Again"), "name"),
        (with(mine("Other", "x"), &json!({ "shortcut": "H" })), "shortcut"),
        (with(mine("Other", "x"), &json!({ "shortcut": "a b" })), "shortcut"),
        (mine("", "x"), "name"),
        (mine("Empty", " "), "body"),
        (mine("Typo", "Hello {{contact.frist_name}}"), "body"),
        (mine("Long", &"x".repeat(10_001)), "body"),
        (with(mine("Q", "x"), &json!({ "file_ids": [uuid::Uuid::now_v7()] })), "file_ids"),
        (
            with(mine("L", "x"), &json!({ "bodies": [{ "language": "!", "body": "y" }] })),
            "bodies.0.language",
        ),
    ];
    for (entry, field) in table {
        let answer = ana.try_post("/quick-replies", entry.clone()).await;
        assert_eq!(answer.refusal(), "422 invalid", "{entry}");
        assert_eq!(answer.json()["fields"][0]["field"], field, "{entry}: {}", answer.text);
    }
    let told = ana.try_post("/quick-replies", mine("Typo", "{{contact.frist_name}}")).await;
    assert!(told.text.contains("{{contact.first_name}}"), "it says which there are: {}", told.text);
    assert_eq!(names(&ana).await, ["Hours"]);
    let ben = desk.agent("Ben", &[]).await;
    add(&ben, mine("Hours", "Somebody else's")).await;
}

#[tokio::test]
async fn it_keeps_its_words_languages_channels_and_counts_my_uses() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let sam = desk.supervisor("Sam").await;
    let line = desk.twilio(&to_user(&ana.id)).await;
    let entry = json!({
        "name": "Hours", "shortcut": "hours", "folder": "Shop", "visible": "team", "after": "archive",
        "body": "We open at 8, {{contact.first_name|there}}.", "channels": [line.id],
        "bodies": [{ "language": "de", "body": "Wir öffnen um 8." }],
    });
    let kept = add(&sam, entry.clone()).await;
    for field in ["name", "shortcut", "folder", "visible", "after", "body", "channels", "bodies"] {
        assert_eq!(kept[field], entry[field], "{field}");
    }
    let use_it = format!("/quick-replies/{}/use", kept["id"].as_str().unwrap());
    for _ in 0..3 {
        ana.post(&use_it, Value::Null).await;
    }
    assert_eq!(ana.get("/quick-replies").await[0]["uses"], 3);
    assert_eq!(sam.get("/quick-replies").await[0]["uses"], 0, "each has a count of their own");
}

#[tokio::test]
async fn its_files_stay_and_go_out_with_whoever_uses_it() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let sam = desk.supervisor("Sam").await;
    let line = desk.twilio(&to_user(&ana.id)).await;
    desk.says(&line, CUSTOMER, "The menu, please").await;
    let session = ana.session_with(CUSTOMER).await;
    let file = sam.upload("menu.txt", b"Bread 3".to_vec()).await;
    assert_eq!(ana.try_get(&format!("/files/{file}")).await.status, 404);
    let answer = json!({ "client_key": key(), "text": "Here", "file_ids": [file] });
    let path = format!("/sessions/{session}/messages");
    assert_eq!(ana.try_post(&path, answer.clone()).await.refusal(), "422 invalid");
    let entry = json!({ "name": "Menu", "visible": "team", "file_ids": [file] });
    let reply = add(&sam, entry).await;
    assert_eq!(reply["files"][0]["name"], "menu.txt");
    let content = ana.try_get(&format!("/files/{file}/content")).await;
    assert_eq!(content.text, "Bread 3", "whoever has the reply has its file");
    let sent = ana.post(&path, answer).await;
    ana.until_state(sent["id"].as_str().unwrap(), "sent").await;
    assert_eq!(desk.simulator.sent()[0].media_urls.len(), 1);
    sam.delete(&format!("/quick-replies/{}", reply["id"].as_str().unwrap())).await;
    let thread = ana.said(&session).await;
    assert_eq!(thread[1]["files"][0]["id"], file.as_str(), "what was sent keeps it");
}

#[tokio::test]
async fn many_come_in_together_or_not_at_all() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    add(&ana, mine("Hours", "At 8")).await;
    let import = |replies: Value, existing: &str| {
        let body = json!({ "replies": replies, "existing": existing });
        let ana = ana.clone();
        async move { ana.try_post("/quick-replies/import", body).await }
    };
    let wrong = json!([mine("Price", "10"), mine("Typo", "{{nobody}}")]);
    let answer = import(wrong, "keep").await;
    assert_eq!(answer.json()["fields"][0]["field"], "replies.1.body");
    let team = json!([mine("Price", "10"), with(mine("T", "x"), &json!({ "visible": "team" }))]);
    assert_eq!(import(team, "keep").await.refusal(), "403 forbidden");
    assert_eq!(names(&ana).await, ["Hours"], "nothing of it came in");
    let both = json!([mine("Price", "10"), mine("hours", "At 9")]);
    let done = import(both.clone(), "keep").await.ok();
    assert_eq!(done, json!({ "added": 1, "changed": 0, "kept": 1 }));
    assert_eq!(ana.get("/quick-replies").await[0]["body"], "At 8");
    let done = import(both, "replace").await.ok();
    assert_eq!(done, json!({ "added": 0, "changed": 2, "kept": 0 }));
    assert_eq!(ana.get("/quick-replies").await[0]["body"], "At 9");
}

#[tokio::test]
async fn who_has_it_hears_of_it_and_nobody_else() {
    let desk = Desk::start().await;
    let [ana, ben] = [desk.agent("Ana", &[]).await, desk.agent("Ben", &[]).await];
    let mut follower = ben.follow(None).await;
    add(&ana, mine("Greeting", "Hi!")).await;
    let team = with(mine("Hours", "At 8"), &json!({ "visible": "team" }));
    let kept = add(&desk.admin, team).await;
    let heard = follower.next("quick_reply_changed").await;
    assert_eq!(heard["quick_reply_id"], kept["id"], "not that of Ana");
}

#[tokio::test]
async fn an_answer_quotes_a_message_for_the_team_alone() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.twilio(&to_user(&ana.id)).await;
    desk.says(&line, CUSTOMER, "Do you have rye bread?").await;
    let session = ana.session_with(CUSTOMER).await;
    let question = ana.said(&session).await[0]["id"].clone();
    let path = format!("/sessions/{session}/messages");
    let body = json!({ "client_key": key(), "text": "Yes", "reply_to": question });
    let answer = ana.post(&path, body).await;
    assert_eq!(answer["reply_to"]["id"], question);
    assert_eq!(answer["reply_to"]["text"], "Do you have rye bread?");
    assert_eq!(answer["reply_to"]["direction"], "in");
    ana.until_state(answer["id"].as_str().unwrap(), "sent").await;
    assert_eq!(desk.simulator.sent()[0].text.as_deref(), Some("Yes"), "nothing is invented");
    let note =
        json!({ "client_key": key(), "text": "Ask Ben", "note": true, "reply_to": question });
    assert_eq!(ana.post(&path, note).await["reply_to"]["id"], question);
    desk.says(&line, "+15555550124", "Hello").await;
    let other = ana.session_with("+15555550124").await;
    let elsewhere = json!({ "client_key": key(), "text": "No", "reply_to": question });
    let refused = ana.try_post(&format!("/sessions/{other}/messages"), elsewhere).await;
    assert_eq!(refused.json()["fields"][0]["field"], "reply_to");
}

#[tokio::test]
async fn a_session_goes_away_with_the_message_that_was_its_last() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.twilio(&to_user(&ana.id)).await;
    desk.says(&line, CUSTOMER, "Thank you").await;
    let session = ana.session_with(CUSTOMER).await;
    let path = format!("/sessions/{session}/messages");
    let say = |then: &str| json!({ "client_key": key(), "text": "You are welcome", "then": then });
    let once = say("archive");
    ana.post(&path, once.clone()).await;
    ana.post(&path, once).await;
    assert_eq!(ana.get(&format!("/sessions/{session}")).await["archived"], true);
    assert_eq!(ana.timeline(&session).await, ["opened", "archived"], "once, for one key");
    let last = ana.post(&path, say("end")).await;
    assert_eq!(ana.get(&format!("/sessions/{session}")).await["status"], "closed");
    ana.until_state(last["id"].as_str().unwrap(), "sent").await;
    assert_eq!(ana.try_send(&session, "One more").await.refusal(), "409 session_closed");
    assert_eq!(desk.simulator.taken(), 2);
}
