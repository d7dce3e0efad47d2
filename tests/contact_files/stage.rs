//! What the tests of files of contacts share.

use serde_json::{Value, json};

use crate::support::{Agent, Answer, Desk, until};

/// Brings a file.
pub(super) async fn try_read(agent: &Agent, name: &str, bytes: impl Into<Vec<u8>>) -> Answer {
    let url = format!("http://{}/api/v1/contact-imports", agent.place.read().unwrap());
    let request = agent.http.post(url).query(&[("name", name)]).bearer_auth(&agent.token);
    let request = request.header("content-type", "application/octet-stream").body(bytes.into());
    Answer::of(request.send().await.unwrap()).await
}

/// Brings a file, and decides as its columns were recognised.
pub(super) async fn read(agent: &Agent, name: &str, bytes: impl Into<Vec<u8>>) -> (String, Value) {
    let draft = try_read(agent, name, bytes).await.ok();
    let columns: Vec<Value> =
        draft["columns"].as_array().unwrap().iter().map(|one| one["usage"].clone()).collect();
    let path = format!("/contact-imports/{}", draft["id"].as_str().unwrap());
    (path, json!({ "columns": columns, "known": "fill", "label": "" }))
}

pub(super) fn with(wish: &Value, name: &str, value: &str) -> Value {
    let mut wish = wish.clone();
    wish[name] = json!(value);
    wish
}

/// Waits until an import is over.
pub(super) async fn over(agent: &Agent, path: &str) -> Value {
    until("the import is over", || async {
        let import = agent.get(path).await;
        let going = ["running", "undoing"].contains(&import["state"].as_str().unwrap());
        (!going).then_some(import)
    })
    .await
}

pub(super) async fn start(agent: &Agent, path: &str, wish: Value) -> Value {
    agent.post(&format!("{path}/start"), wish).await;
    over(agent, path).await
}

/// Brings a file in as it was recognised.
pub(super) async fn bring_in(agent: &Agent, name: &str, bytes: impl Into<Vec<u8>>) -> Value {
    let (path, wish) = read(agent, name, bytes).await;
    start(agent, &path, wish).await
}

pub(super) fn counts(import: &Value) -> [i64; 4] {
    ["added", "changed", "unchanged", "skipped"].map(|name| import[name].as_i64().unwrap())
}

pub(super) fn planned(plan: &Value) -> [i64; 5] {
    ["added", "changed", "unchanged", "duplicates", "unusable"]
        .map(|name| plan[name].as_i64().unwrap())
}

pub(super) async fn contacts(agent: &Agent) -> Vec<Value> {
    agent.get("/contacts").await["contacts"].as_array().unwrap().clone()
}

/// What a contact is, without ids.
pub(super) async fn facts(agent: &Agent) -> Vec<Value> {
    let labels = agent.get("/labels").await;
    let name_of = |id: &Value| {
        let mut all = labels.as_array().unwrap().iter();
        all.find(|label| label["id"] == *id).unwrap()["name"].clone()
    };
    let mut found = Vec::new();
    for mut contact in contacts(agent).await {
        let numbers: Vec<Value> = contact["identities"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| json!([one["address"], one["remark"]]))
            .collect();
        let labels: Vec<Value> =
            contact["labels"].as_array().unwrap().iter().map(name_of).collect();
        let values: Vec<Value> = contact["values"].as_object().unwrap().values().cloned().collect();
        let contact = contact.as_object_mut().unwrap();
        contact.retain(|name, _| {
            ["name", "company", "email", "remarks", "language", "time_zone"]
                .contains(&name.as_str())
        });
        contact.extend([
            ("numbers".to_owned(), json!(numbers)),
            ("labels".to_owned(), json!(labels)),
            ("values".to_owned(), json!(values)),
        ]);
        found.push(json!(contact));
    }
    found
}

/// A desk whose contacts have everything that can be had.
pub(super) async fn full() -> Desk {
    let desk = Desk::start().await;
    let admin = &desk.admin;
    let field = admin.post("/contact-fields", json!({ "name": "Notes", "kind": "text" })).await;
    let day = admin.post("/contact-fields", json!({ "name": "Birthday", "kind": "date" })).await;
    let [vip, odd] = ["VIP", "A, B; C"].map(|name| json!({ "name": name, "colour": "blue" }));
    let vip = admin.post("/labels", vip).await;
    let odd = admin.post("/labels", odd).await;
    let mut vera = json!({
        "name": "=Věra \"V\" Nováková, 李", "phone": "+15555550123", "company": "-Novák & Co; a\\b",
        "email": "vera@example.com", "remarks": "Likes rye,\n\"a lot\"; =1+1", "language": "cs",
        "time_zone": "Europe/Prague",
    });
    vera["values"] = json!({});
    vera["values"][field["id"].as_str().unwrap()] = json!("@home");
    vera["values"][day["id"].as_str().unwrap()] = json!("1990-05-14");
    let vera = admin.post("/contacts", vera).await;
    let path = format!("/contacts/{}", vera["id"].as_str().unwrap());
    let first = vera["identities"][0]["id"].as_str().unwrap();
    admin.patch(&format!("{path}/identities/{first}"), json!({ "remark": "Mobil" })).await;
    let second = json!({ "phone": "+4930901820", "remark": "Boat; red" });
    admin.post(&format!("{path}/identities"), second).await;
    admin.put(&format!("{path}/labels"), json!({ "labels": [vip["id"], odd["id"]] })).await;
    admin.post("/contacts", json!({ "name": "Jo", "email": "jo@example.com" })).await;
    desk
}

pub(super) async fn export(agent: &Agent, query: &str) -> Answer {
    let answer = agent.try_get(&format!("/contacts/export?{query}")).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer
}
