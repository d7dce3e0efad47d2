//! A session as a whole: its timeline, what was shared in it, the sessions before it; lists that
//! have an end; reading on after giving it away.

use serde_json::{Value, json};

use crate::support::{Agent, Desk, Line, key, to_queue, to_user};

const CUSTOMER: &str = "+15555550123";

async fn desk() -> (Desk, Agent, Agent, Line, String) {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let ben = desk.agent("Ben", &[]).await;
    let line = desk.general(&to_user(&ana.id)).await;
    desk.says(&line, CUSTOMER, "Hello, see https://example.com/one.").await;
    let session = ana.session_with(CUSTOMER).await;
    (desk, ana, ben, line, session)
}

async fn note(agent: &Agent, session: &str, text: &str) {
    let body = json!({ "client_key": key(), "text": text, "note": true });
    agent.post(&format!("/sessions/{session}/messages"), body).await;
}

#[tokio::test]
async fn the_timeline_has_every_event_and_note_however_much_was_said_since() {
    let (desk, ana, ben, line, session) = desk().await;
    for n in 0..4 {
        ana.post(&format!("/sessions/{session}/mute"), Value::Null).await;
        note(&ana, &session, &format!("Note {n}")).await;
    }
    for n in 0..60 {
        desk.says(&line, CUSTOMER, &format!("Message {n}")).await;
    }
    let path = format!("/sessions/{session}/timeline");
    let mut kinds = Vec::new();
    let (mut before, mut pages) = (String::new(), 0);
    loop {
        let page = ana.get(&format!("{path}?limit=4{before}")).await;
        let entries = page["entries"].as_array().unwrap();
        kinds.extend(entries.iter().map(|one| one["kind"].as_str().unwrap().to_owned()));
        pages += 1;
        if page["more"] == false {
            break;
        }
        before = format!("&before={}", entries.last().unwrap()["seq"]);
    }
    assert_eq!(pages, 3);
    let expected = ["note", "event", "note", "event", "note", "event", "note", "event", "event"];
    assert_eq!(kinds, expected, "newest first, the opening last, no message among them");
    assert_eq!(ben.try_get(&path).await.refusal(), "404 not_found");
    assert_eq!(ana.try_get(&format!("{path}?limit=0")).await.refusal(), "422 invalid");
    assert_eq!(ana.try_get(&format!("{path}?before=-1")).await.refusal(), "422 invalid");
}

#[tokio::test]
async fn files_and_links_of_the_whole_session_come_in_parts() {
    let (desk, ana, ben, line, session) = desk().await;
    let file = ana.upload("menu.txt", b"Bread 3".to_vec()).await;
    let body = json!({ "client_key": key(), "text": "The menu", "file_ids": [file] });
    ana.post(&format!("/sessions/{session}/messages"), body).await;
    for n in 0..50 {
        desk.says(&line, CUSTOMER, &format!("Message {n}")).await;
    }
    desk.says(&line, CUSTOMER, "And https://example.com/two").await;
    let path = format!("/sessions/{session}/shared");
    let all = ana.get(&path).await;
    let urls = |part: &Value| -> Vec<String> {
        let links = part["links"].as_array().unwrap();
        links.iter().map(|one| one["url"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(urls(&all), ["https://example.com/two", "https://example.com/one"]);
    assert_eq!(all["files"][0]["file"]["name"], "menu.txt");
    assert_eq!(all["next"], Value::Null);
    let first = ana.get(&format!("{path}?limit=1")).await;
    assert_eq!(urls(&first), ["https://example.com/two"]);
    let rest = ana.get(&format!("{path}?limit=10&before={}", first["next"])).await;
    assert_eq!((urls(&rest).len(), rest["files"].as_array().unwrap().len()), (1, 1));
    assert_eq!(rest["next"], Value::Null);
    assert_eq!(ben.try_get(&path).await.refusal(), "404 not_found");
}

#[tokio::test]
async fn a_supervisors_look_at_the_whole_is_recorded_as_for_the_thread() {
    for part in ["timeline", "shared"] {
        let (desk, ana, _, _, session) = desk().await;
        let sam = desk.supervisor("Sam").await;
        sam.get(&format!("/sessions/{session}/{part}")).await;
        sam.get(&format!("/sessions/{session}/{part}")).await;
        assert_eq!(ana.timeline(&session).await, ["opened", "viewed"], "{part}: once");
    }
}

#[tokio::test]
async fn earlier_sessions_of_the_same_number_follow_for_those_who_saw_them() {
    let (desk, ana, ben, line, first) = desk().await;
    let other = desk.general(&to_user(&ana.id)).await;
    ana.post(&format!("/sessions/{first}/end"), Value::Null).await;
    desk.says(&line, CUSTOMER, "Again").await;
    let second = ana.only_session("mine").await["id"].as_str().unwrap().to_owned();
    desk.says(&other, CUSTOMER, "On another number").await;
    let to = json!({ "to": to_user(&ben.id) });
    ana.post(&format!("/sessions/{second}/transfer"), to).await;
    ben.post(&format!("/sessions/{second}/end"), Value::Null).await;
    desk.says(&line, CUSTOMER, "A third time").await;
    let third = ana.folder("mine").await;
    let third = third.iter().find(|one| one["preview"] == "A third time").unwrap();
    let third = third["id"].as_str().unwrap();
    let earlier = |agent: &Agent, of: &str| {
        let (agent, path) = (agent.clone(), format!("/sessions/{of}/earlier"));
        async move {
            let found = agent.get(&path).await;
            let all = found.as_array().unwrap().iter();
            all.map(|one| one["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        }
    };
    assert_eq!(
        earlier(&ana, third).await,
        std::slice::from_ref(&first),
        "what went away is not told of"
    );
    assert_eq!(earlier(&ben, &second).await, Vec::<String>::new());
    assert_eq!(earlier(&desk.admin, third).await, [second.clone(), first.clone()]);
    let foreign = ben.try_get(&format!("/sessions/{third}/earlier")).await;
    assert_eq!(foreign.refusal(), "404 not_found");
    assert_eq!(earlier(&desk.admin, &first).await, Vec::<String>::new());
    assert_eq!(desk.admin.timeline(&first).await[..2], ["opened", "ended"], "no look yet");
}

#[tokio::test]
async fn who_gives_a_session_away_may_read_on_and_write_notes() {
    let (_desk, ana, ben, _, session) = desk().await;
    let path = format!("/sessions/{session}");
    let give = json!({ "to": to_user(&ben.id), "follow": true });
    ana.post(&format!("{path}/transfer"), give.clone()).await;
    assert_eq!(ana.folder("mine").await.len(), 0);
    let seen = ana.get(&path).await;
    assert_eq!(
        (&seen["permits"]["answer"], &seen["permits"]["note"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(seen["mention"]["unread"], false, "it is no news");
    assert_eq!(ana.folder("mentions").await.len(), 1);
    note(&ana, &session, "Ask for the order number").await;
    assert_eq!(ana.try_send(&session, "Hello").await.refusal(), "409 session_owned");
    let timeline = ben.timeline(&session).await;
    assert_eq!(timeline, ["opened", "transferred", "follows"]);
    // Given back, and away again without it: then it is gone.
    ben.post(&format!("{path}/transfer"), json!({ "to": to_user(&ana.id) })).await;
    ana.post(&format!("{path}/transfer"), json!({ "to": to_user(&ben.id) })).await;
    assert_eq!(ana.try_get(&path).await.refusal(), "404 not_found");
}

#[tokio::test]
async fn a_transfer_that_is_taken_back_leaves_nobody_reading_along() {
    let (_desk, ana, ben, _, session) = desk().await;
    let path = format!("/sessions/{session}");
    let give = json!({ "to": to_user(&ben.id), "follow": true });
    ana.post(&format!("{path}/transfer"), give).await;
    ana.post(&format!("{path}/undo"), Value::Null).await;
    assert_eq!(ana.get(&path).await["owner_name"], "Ana");
    ana.post(&format!("{path}/transfer"), json!({ "to": to_user(&ben.id) })).await;
    assert_eq!(ana.try_get(&path).await.refusal(), "404 not_found");
}

#[tokio::test]
async fn many_sessions_get_and_lose_labels_at_once() {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "none").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let otto = desk.agent("Otto", &[]).await;
    let line = desk.general(&to_queue(&queue)).await;
    let mut labels = Vec::new();
    for name in ["VIP", "Late", "Old"] {
        let made = ana.post("/labels", json!({ "name": name, "colour": "grey" })).await;
        labels.push(made["id"].as_str().unwrap().to_owned());
    }
    let mut ids = Vec::new();
    for n in 0..3 {
        desk.says(&line, &format!("+1555555012{n}"), "Hello").await;
        ids.push(ana.session_with(&format!("+1555555012{n}")).await);
    }
    let old = json!({ "labels": [labels[2]] });
    ana.put(&format!("/sessions/{}/labels", ids[0]), old).await;
    let operation =
        json!({ "kind": "label", "add": [labels[0], labels[1]], "remove": [labels[2]] });
    let body = json!({ "ids": ids, "operation": operation });
    let answer = ana.post("/sessions/bulk", body.clone()).await;
    assert!(answer["results"].as_array().unwrap().iter().all(|one| one["refused"].is_null()));
    for id in &ids {
        let mut had: Vec<String> =
            serde_json::from_value(ana.get(&format!("/sessions/{id}")).await["labels"].clone())
                .unwrap();
        had.sort();
        let mut wanted = labels[..2].to_vec();
        wanted.sort();
        assert_eq!(had, wanted);
    }
    assert_eq!(ana.timeline(&ids[1]).await, ["opened", "labelled"]);
    ana.post("/sessions/bulk", body.clone()).await;
    assert_eq!(ana.timeline(&ids[1]).await, ["opened", "labelled"], "nothing changed");
    let refused = otto.post("/sessions/bulk", body).await;
    assert_eq!(refused["results"][0]["refused"]["code"], "not_found", "only what they see");
    let many: Vec<String> = (0..21).map(|_| labels[0].clone()).collect();
    let body = json!({ "ids": ids, "operation": { "kind": "label", "add": many } });
    assert_eq!(ana.try_post("/sessions/bulk", body).await.refusal(), "422 invalid");
}

/// Puts this many rows into a table at once.
async fn fill(desk: &Desk, count: usize, sql: &'static str, who: &str) {
    let who = who.to_owned();
    desk.app()
        .db()
        .write(move |tx| {
            for n in 0..count {
                let id = uuid::Uuid::now_v7().to_string();
                tx.execute(sql, rusqlite::params![id, n.to_string(), who])?;
            }
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn lists_that_every_client_has_whole_come_to_an_end() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let ben = desk.agent("Ben", &[]).await;
    let labels = "INSERT INTO labels (id, name, folded, colour, created_at) \
        SELECT ?1, 'L' || ?2, 'l' || ?2, 'grey', 0 WHERE ?3 <> ''";
    fill(&desk, 499, labels, &ana.id).await;
    ana.post("/labels", json!({ "name": "Last", "colour": "grey" })).await;
    let refused = ana.try_post("/labels", json!({ "name": "More", "colour": "grey" })).await;
    assert_eq!(refused.refusal(), "409 conflict");
    assert!(refused.text.contains("500 labels"), "{}", refused.text);
    for shared in [false, true] {
        let sql = if shared {
            "INSERT INTO views (id, name, folder, filter, shared, maker_id, created_at) \
             VALUES (?1, 'V' || ?2, 'mine', '{}', 1, ?3, 0)"
        } else {
            "INSERT INTO views (id, name, folder, filter, shared, maker_id, created_at) \
             VALUES (?1, 'V' || ?2, 'mine', '{}', 0, ?3, 0)"
        };
        fill(&desk, 199, sql, &ana.id).await;
        let new = json!({ "name": "Mine", "folder": "mine", "shared": shared });
        ana.post("/views", new.clone()).await;
        assert_eq!(ana.try_post("/views", new.clone()).await.refusal(), "409 conflict");
        let others = ben.try_post("/views", new).await.status;
        assert_eq!(others, if shared { 409 } else { 201 }, "private ones are counted for each");
    }
    let views = ana.get("/views").await;
    let own = views.as_array().unwrap().iter().find(|one| one["shared"] == false).unwrap();
    let path = format!("/views/{}", own["id"].as_str().unwrap());
    let share = ana.try_patch(&path, json!({ "shared": true })).await;
    assert_eq!(share.refusal(), "409 conflict", "sharing is no way around it");
}

#[tokio::test]
async fn older_notes_about_a_contact_are_reached_part_by_part() {
    let (_desk, ana, _, _, session) = desk().await;
    let contact = ana.get(&format!("/sessions/{session}")).await["contact_id"].clone();
    let path = format!("/contacts/{}/notes", contact.as_str().unwrap());
    for n in 0..7 {
        ana.post(&path, json!({ "text": format!("Note {n}") })).await;
    }
    let mut found = Vec::new();
    let mut before = String::new();
    loop {
        let part = ana.get(&format!("{path}?limit=3{before}")).await;
        let part = part.as_array().unwrap();
        let Some(last) = part.last() else { break };
        before = format!("&before={}", last["id"].as_str().unwrap());
        found.extend(part.iter().map(|one| one["text"].as_str().unwrap().to_owned()));
    }
    let expected: Vec<String> = (0..7).rev().map(|n| format!("Note {n}")).collect();
    assert_eq!(found, expected, "each once, newest first");
    assert_eq!(ana.try_get(&format!("{path}?limit=201")).await.refusal(), "422 invalid");
    let unknown = uuid::Uuid::now_v7();
    let refused = ana.try_get(&format!("{path}?before={unknown}")).await;
    assert_eq!(refused.refusal(), "404 not_found");
}

#[tokio::test]
async fn the_bell_knows_for_each_queue_who_came_last_and_forgets_what_is_muted() {
    let desk = Desk::start().await;
    let sales = desk.queue("Sales", "manual").await;
    let support = desk.queue("Support", "manual").await;
    let ana = desk.agent("Ana", &[&sales, &support]).await;
    let ben = desk.agent("Ben", &[&sales]).await;
    let lines = [desk.general(&to_queue(&sales)).await, desk.general(&to_queue(&support)).await];
    desk.says(&lines[0], "+15555550101", "Forgotten").await;
    desk.says(&lines[0], "+15555550102", "New").await;
    desk.says(&lines[1], "+15555550103", "Elsewhere").await;
    let since = |agent: &Agent, address: &'static str| {
        let agent = agent.clone();
        async move {
            let id = agent.session_with(address).await;
            agent.get(&format!("/sessions/{id}")).await["waiting_since"].clone()
        }
    };
    let waiting = |agent: &Agent| {
        let agent = agent.clone();
        async move { agent.get("/sessions/counts").await["waiting"].clone() }
    };
    let row = |queue: &str, newest: &Value| json!({ "queue_id": queue, "newest": newest });
    let newest = since(&ana, "+15555550102").await;
    let elsewhere = since(&ana, "+15555550103").await;
    let mut expected = vec![row(&sales, &newest), row(&support, &elsewhere)];
    expected.sort_by_key(|one| one["queue_id"].to_string());
    assert_eq!(waiting(&ana).await, json!(expected));
    assert_eq!(waiting(&ben).await, json!([row(&sales, &newest)]));
    let session = ben.session_with("+15555550102").await;
    ben.post(&format!("/sessions/{session}/mute"), Value::Null).await;
    let forgotten = since(&ben, "+15555550101").await;
    assert_eq!(waiting(&ben).await, json!([row(&sales, &forgotten)]), "muted for Ben alone");
    assert_eq!(waiting(&ana).await, json!(expected));
    for address in ["+15555550101", "+15555550102"] {
        let session = ana.session_with(address).await;
        ana.post(&format!("/sessions/{session}/pick-up"), Value::Null).await;
    }
    assert_eq!(waiting(&ben).await, json!([]), "nobody waits");
}
