//! What supervisors read of sessions that are not theirs: recorded where content leaves, once an
//! hour, and nowhere else.

use serde_json::{Value, json};

use crate::support::{Agent, Desk, Line, key, to_queue, to_user};

const CUSTOMER: &str = "+15555550123";

/// A desk with an agent, a supervisor, and a session that the agent has.
async fn desk() -> (Desk, [Agent; 2], Line, String) {
    let desk = Desk::start().await;
    let people = [desk.agent("Ana", &[]).await, desk.supervisor("Sam").await];
    let line = desk.general(&to_user(&people[0].id)).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = people[0].session_with(CUSTOMER).await;
    (desk, people, line, session)
}

/// Names of those who looked, in order.
async fn looks(agent: &Agent, session: &str) -> Vec<String> {
    let thread = agent.thread(session).await;
    let viewed = thread.iter().filter(|entry| entry["event"]["kind"] == "viewed");
    viewed.map(|entry| entry["author_name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_row_of_a_session_is_no_look() {
    let (desk, [ana, sam], _, session) = desk().await;
    let mut follower = ana.follow(None).await;
    for _ in 0..3 {
        sam.get(&format!("/sessions/{session}")).await;
        sam.folder("all").await;
        let contact = sam.get(&format!("/sessions/{session}")).await["contact_id"].clone();
        sam.get(&format!("/contacts/{}/sessions", contact.as_str().unwrap())).await;
    }
    assert_eq!(looks(&ana, &session).await, [""; 0]);
    desk.admin.patch("/settings", json!({ "country": "US" })).await;
    assert_eq!(follower.all_before("settings_changed").await, [Value::Null; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whatever_shows_content_is_one_look_of_each_person() {
    let (desk, [ana, sam], _, session) = desk().await;
    let text = ana.said(&session).await[0]["id"].as_str().unwrap().to_owned();
    let path = format!("/sessions/{session}/messages");
    let file = ana.upload("price.txt", b"Ten".to_vec()).await;
    let note = json!({ "client_key": key(), "text": "See", "note": true, "file_ids": [file] });
    ana.post(&path, note).await;
    for what in [path, format!("/messages/{text}"), format!("/files/{file}/content")] {
        let forget = "DELETE FROM messages WHERE operation LIKE '%viewed%'";
        desk.app().db().write(move |tx| Ok(tx.execute(forget, [])?)).await.unwrap();
        assert_eq!(ana.try_get(&what).await.status, 200);
        assert_eq!(looks(&ana, &session).await, [""; 0], "{what}: their own");
        let all = (0..8).map(|_| sam.try_get(&what));
        for answer in futures_util::future::join_all(all).await {
            assert_eq!(answer.status, 200);
        }
        assert_eq!(looks(&ana, &session).await, ["Sam"], "{what}");
        assert_eq!(desk.admin.try_get(&what).await.status, 200);
        assert_eq!(looks(&ana, &session).await, ["Sam", "Ada"], "{what}");
    }
    let earlier = "UPDATE messages SET at = at - 3600001 WHERE operation LIKE '%viewed%'";
    desk.app().db().write(move |tx| Ok(tx.execute(earlier, [])?)).await.unwrap();
    let thread = sam.thread(&session).await;
    assert_eq!(thread.last().unwrap()["event"]["kind"], "viewed", "it stands in what is read");
    assert_eq!(looks(&ana, &session).await, ["Sam", "Ada", "Sam"], "an hour later it is another");
}

#[tokio::test]
async fn a_supervisor_who_holds_a_session_or_is_in_its_queue_just_reads() {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "manual").await;
    let sam = desk.user("Sam", "supervisor", &[&queue]).await;
    let line = desk.general(&to_queue(&queue)).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = sam.session_with(CUSTOMER).await;
    sam.thread(&session).await;
    sam.post(&format!("/sessions/{session}/pick-up"), Value::Null).await;
    assert_eq!(looks(&sam, &session).await, [""; 0]);
}
