//! Working in one room: notes that name colleagues, drafts, who is viewing and writing, and answers
//! that cross each other.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Agent, Answer, Desk, Line, key};
use crate::support::{to_queue, to_user};

const CUSTOMER: &str = "+15555550123";

/// A desk with one queue of this mode, two of its agents, and one agent of no queue.
async fn desk(mode: &str) -> (Desk, Line, [Agent; 3]) {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", mode).await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let tom = desk.agent("Tom", &[&queue]).await;
    let otto = desk.agent("Otto", &[]).await;
    let line = desk.general(&to_queue(&queue)).await;
    (desk, line, [ana, tom, otto])
}

async fn try_note(author: &Agent, session: &str, text: &str, named: &[&Agent]) -> Answer {
    let mentions: Vec<&str> = named.iter().map(|one| one.id.as_str()).collect();
    let note = json!({ "client_key": key(), "text": text, "note": true, "mentions": mentions });
    author.try_post(&format!("/sessions/{session}/messages"), note).await
}

async fn try_answer(author: &Agent, session: &str, text: &str, after_seq: i64) -> Answer {
    let answer = json!({ "client_key": key(), "text": text, "after_seq": after_seq });
    author.try_post(&format!("/sessions/{session}/messages"), answer).await
}

async fn try_draft(author: &Agent, session: &str, draft: Value) -> Answer {
    author.call("PUT", &format!("/sessions/{session}/draft"), Some(&draft)).await
}

async fn draft(author: &Agent, session: &str, text: &str, base: i64) -> Value {
    try_draft(author, session, json!({ "text": text, "base": base })).await.ok()
}

async fn last_seq(agent: &Agent, session: &str) -> i64 {
    agent.thread(session).await.last().unwrap()["seq"].as_i64().unwrap()
}

#[tokio::test]
async fn who_is_named_in_a_note_reads_along_and_writes_notes_and_never_answers() {
    let (desk, line, [ana, _, otto]) = desk("manual").await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    let path = format!("/sessions/{session}");
    assert_eq!(otto.try_get(&path).await.status, 404);
    let mut follower = otto.follow(None).await;
    let note = try_note(&ana, &session, "@Otto do you know her?", &[&otto]).await.ok();
    assert_eq!(note["mentions"], json!([otto.id]));
    let heard = follower.next("mentioned").await;
    assert_eq!(heard["message_id"], note["id"]);
    assert_eq!(otto.get("/sessions/counts").await["mentions"], 1);
    let found = otto.only_session("mentions").await;
    assert_eq!(found["id"], session.as_str());
    assert_eq!(found["mention"]["by_name"], "Ana");
    assert_eq!(found["mention"]["unread"], true);
    let permits = &found["permits"];
    for (what, expected) in [("answer", false), ("note", true), ("bring_in", false), ("end", false)]
    {
        assert_eq!(permits[what], expected, "{what}");
    }
    assert!(otto.folder("recent").await.is_empty(), "it is not his");
    let timeline = otto.timeline(&session).await;
    assert_eq!(timeline[timeline.len() - 2..], ["brought_in", "viewed"], "{timeline:?}");
    assert_eq!(otto.try_send(&session, "Hi").await.refusal(), "409 session_owned");
    try_note(&otto, &session, "A regular", &[]).await.ok();
    otto.post(&format!("{path}/read"), json!({ "seq": last_seq(&otto, &session).await })).await;
    assert_eq!(otto.get("/sessions/counts").await["mentions"], 0);
    assert_eq!(otto.only_session("mentions").await["mention"]["unread"], false);
    desk.says(&line, CUSTOMER, "Are you there?").await;
    assert_eq!(follower.said().await["direction"], "in", "he goes on to hear of it");
}

#[tokio::test]
async fn only_who_could_give_a_session_away_brings_somebody_in() {
    let (desk, line, [ana, tom, otto]) = desk("manual").await;
    let [nina, sam] = [desk.agent("Nina", &[]).await, desk.supervisor("Sam").await];
    let gone = desk.agent("Gus", &[]).await;
    desk.admin.patch(&format!("/users/{}", gone.id), json!({ "disabled": true })).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    assert_eq!(try_note(&otto, &session, "Hi", &[&nina]).await.status, 404);
    assert_eq!(try_note(&ana, &session, "Hi", &[&gone]).await.refusal(), "422 invalid");
    let answer = json!({ "client_key": key(), "text": "Hi", "mentions": [otto.id] });
    let refused = ana.try_post(&format!("/sessions/{session}/messages"), answer).await;
    assert_eq!(refused.json()["fields"][0]["field"], "mentions", "a customer sees an answer");
    try_note(&ana, &session, "@Otto @Ana", &[&otto, &ana]).await.ok();
    let refused = try_note(&otto, &session, "@Nina?", &[&nina]).await;
    assert_eq!(refused.json()["fields"][0]["field"], "mentions");
    assert!(refused.text.contains("Nina does not see this session"), "{}", refused.text);
    try_note(&otto, &session, "@Tom", &[&tom]).await.ok();
    assert_eq!(ana.get("/sessions/counts").await["mentions"], 0, "nobody names themselves");
    assert_eq!(nina.try_get(&format!("/sessions/{session}")).await.status, 404);
    try_note(&sam, &session, "@Nina", &[&nina]).await.ok();
    assert_eq!(nina.try_get(&format!("/sessions/{session}")).await.status, 200);
    let brought: Vec<Value> = ana.thread(&session).await;
    let brought: Vec<&Value> =
        brought.iter().filter(|one| one["event"]["kind"] == "brought_in").collect();
    assert_eq!(brought.len(), 2, "Tom saw it anyway");
    assert_eq!(brought[0]["event"]["names"], json!(["Otto"]));
}

#[tokio::test]
async fn who_was_named_reads_on_when_the_session_moves_on_or_ends_and_has_no_part_in_it() {
    let (desk, line, [ana, tom, otto]) = desk("manual").await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    let path = format!("/sessions/{session}");
    ana.post(&format!("{path}/pick-up"), Value::Null).await;
    try_note(&ana, &session, "@Otto", &[&otto]).await.ok();
    let mut follower = tom.follow(None).await;
    ana.post(&format!("{path}/transfer"), json!({ "to": to_user(&tom.id) })).await;
    let moved = follower.next("session_changed").await;
    assert_eq!(moved["owner_id"], tom.id.as_str(), "the owner, not who was named");
    assert_eq!(otto.try_get(&path).await.status, 200);
    tom.post(&format!("{path}/end"), Value::Null).await;
    assert_eq!(otto.try_get(&path).await.status, 200);
    assert!(otto.folder("archived").await.is_empty(), "he never held it");
    assert_eq!(otto.only_session("mentions").await["status"], "closed");
    otto.post(&format!("{path}/archive"), Value::Null).await;
    assert!(otto.folder("mentions").await.is_empty());
    assert_eq!(otto.only_session("archived").await["id"], session.as_str());
    try_note(&tom, &session, "@Otto again", &[&otto]).await.ok();
    assert_eq!(otto.only_session("mentions").await["mention"]["unread"], true, "it comes back");
}

#[tokio::test]
async fn a_draft_follows_its_author_and_colleagues_see_whose_it_is() {
    let (mut desk, line, [ana, tom, otto]) = desk("none").await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    let path = format!("/sessions/{session}/drafts");
    let mut colleague = tom.follow(None).await;
    let kept = draft(&ana, &session, "Dear M", 0).await;
    let begun = colleague.next("draft_changed").await;
    assert_eq!(begun["user_id"], ana.id.as_str());
    assert_eq!(begun["version"], kept["version"]);
    let kept = draft(&ana, &session, "Dear Maria", kept["version"].as_i64().unwrap()).await;
    assert_eq!(kept["replaced"], Value::Null);
    let news = colleague.stir("draft").await;
    assert_eq!(news["session_id"], session.as_str());
    assert_eq!(news["version"], kept["version"]);
    let phone = desk.sign_in("ana").await;
    assert_eq!(phone.get(&path).await["mine"][0]["text"], "Dear Maria");
    let seen = tom.get(&path).await;
    assert_eq!(seen["mine"], json!([]));
    assert_eq!(seen["others"][0]["text"], "Dear Maria");
    let row = tom.only_session("recent").await;
    assert_eq!(row["drafts"], json!([{ "user_id": ana.id, "name": "Ana", "note": false }]));
    assert_eq!(ana.only_session("recent").await["drafts"], json!([]), "one's own is no news");
    assert_eq!(otto.try_get(&path).await.status, 404);
    desk.admin.patch("/settings", json!({ "drafts_visible": false })).await;
    assert_eq!(tom.get(&path).await["others"][0]["text"], Value::Null);
    assert_eq!(tom.get(&path).await["others"][0]["name"], "Ana");
    desk.restart().await;
    assert_eq!(ana.get("/drafts").await[0]["text"], "Dear Maria");
    let mut colleague = tom.follow(None).await;
    ana.send(&session, "Dear Maria, we are open").await;
    let over = colleague.next("draft_changed").await;
    assert_eq!((&over["user_id"], &over["version"]), (&json!(ana.id), &json!(0)));
    assert_eq!(ana.get("/drafts").await, json!([]), "what was sent is no draft any more");
    assert_eq!(tom.only_session("recent").await["drafts"], json!([]));
}

#[tokio::test]
async fn the_newest_of_two_devices_wins_and_the_other_text_is_handed_back() {
    let (desk, line, [ana, ..]) = desk("none").await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    let file = ana.upload("plan.txt", b"plan".to_vec()).await;
    let first = try_draft(&ana, &session, json!({ "text": "From the desk", "file_ids": [file] }));
    let first = first.await.ok();
    let second = draft(&ana, &session, "From the phone", 0).await;
    assert_eq!(second["replaced"]["text"], "From the desk");
    assert_eq!(second["replaced"]["files"][0]["name"], "plan.txt");
    assert!(second["version"].as_i64() > first["version"].as_i64());
    let stale = draft(&ana, &session, "", first["version"].as_i64().unwrap()).await;
    assert_eq!(stale["version"], 0);
    assert_eq!(stale["replaced"]["text"], "From the phone", "emptying loses nothing silently");
    assert_eq!(draft(&ana, &session, " ", 0).await["replaced"], Value::Null);
    assert_eq!(ana.get("/drafts").await, json!([]));
    for wrong in [
        json!({ "text": "x".repeat(20_001) }),
        json!({ "text": "x", "file_ids": [key()] }),
        json!({ "text": "x", "base": -1 }),
    ] {
        assert_eq!(try_draft(&ana, &session, wrong).await.refusal(), "422 invalid");
    }
}

#[tokio::test]
async fn an_answer_and_a_note_are_begun_beside_each_other() {
    let (desk, line, [ana, tom, _]) = desk("none").await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    let path = format!("/sessions/{session}/drafts");
    let file = ana.upload("plan.txt", b"plan".to_vec()).await;
    draft(&ana, &session, "Dear Maria", 0).await;
    let note = json!({ "text": "Do not tell her", "note": true, "file_ids": [file] });
    let kept = try_draft(&ana, &session, note).await.ok();
    assert_eq!(kept["replaced"], Value::Null, "a note takes no answer's place");
    let mine = ana.get(&path).await["mine"].clone();
    let told = |at: usize| (mine[at]["text"].clone(), mine[at]["note"].clone());
    assert_eq!(told(0), (json!("Dear Maria"), json!(false)));
    assert_eq!(told(1), (json!("Do not tell her"), json!(true)));
    assert_eq!(mine[1]["files"][0]["name"], "plan.txt");
    let row = tom.only_session("recent").await;
    assert_eq!(row["drafts"], json!([{ "user_id": ana.id, "name": "Ana", "note": false }]));
    assert_eq!(tom.get(&path).await["others"].as_array().map(Vec::len), Some(2));
    let mut phone = ana.follow(None).await;
    ana.send(&session, "Dear Maria, we are open").await;
    let over = phone.next("draft_changed").await;
    assert_eq!((&over["note"], &over["version"]), (&json!(false), &json!(0)));
    assert_eq!(ana.get("/drafts").await[0]["text"], "Do not tell her", "the note stays");
    assert_eq!(ana.get("/drafts").await.as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn who_loses_a_session_keeps_what_they_had_begun() {
    let (desk, line, [ana, tom, _]) = desk("manual").await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    let kept = draft(&ana, &session, "I am sorry to hear", 0).await;
    tom.post(&format!("/sessions/{session}/pick-up"), Value::Null).await;
    assert_eq!(ana.try_get(&format!("/sessions/{session}/drafts")).await.status, 404);
    assert_eq!(ana.get("/drafts").await[0]["text"], "I am sorry to hear");
    assert_eq!(ana.get("/drafts").await[0]["session_id"], session.as_str());
    let more = json!({ "text": "more", "base": kept["version"] });
    assert_eq!(try_draft(&ana, &session, more).await.status, 404);
    draft(&ana, &session, "", kept["version"].as_i64().unwrap()).await;
    assert_eq!(ana.get("/drafts").await, json!([]), "one's own may always be put away");
}

#[tokio::test]
async fn viewing_and_writing_are_told_to_those_who_may_know_and_end_by_themselves() {
    let (desk, line, [ana, tom, otto]) = desk("manual").await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    let room = |people: Value| json!({ "type": "room", "session_id": session, "people": people });
    let ana_there = |writing: bool| json!([{ "user_id": ana.id, "writing": writing }]);
    let (mut one, mut two) = (ana.follow(None).await, tom.follow(None).await);
    let mut outside = otto.follow(None).await;
    outside.say(&json!({ "session_id": session })).await;
    one.say(&json!({ "session_id": session })).await;
    assert_eq!(two.stir("room").await, room(ana_there(false)), "who may not see it is not there");
    one.say(&json!({ "session_id": session, "writing": true })).await;
    assert_eq!(two.stir("room").await, room(ana_there(true)));
    let mut late = desk.admin.follow(None).await;
    let rooms = late.stir("rooms").await;
    assert_eq!(rooms["rooms"][0]["people"], ana_there(true), "who comes later is told");
    assert_eq!(two.stir("room").await, room(ana_there(false)), "the keys are quiet for 5 s");
    one.say(&json!({ "session_id": session, "writing": true })).await;
    assert_eq!(two.stir("room").await, room(ana_there(true)));
    drop(one);
    assert_eq!(two.stir("room").await, room(json!([])), "the line is gone");
    desk.admin.patch("/settings", json!({ "country": "US" })).await;
    assert_eq!(outside.frame().await.unwrap()["event"]["kind"], "settings_changed");
}

#[tokio::test]
async fn who_goes_fast_through_the_list_keeps_the_line_and_is_seen_where_they_rest() {
    let (desk, line, [ana, tom, _]) = desk("manual").await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    let (mut one, mut two) = (ana.follow(None).await, tom.follow(None).await);
    for _ in 0..300 {
        one.say(&json!({ "session_id": null })).await;
    }
    one.say(&json!({ "session_id": session })).await;
    let rests = two.stir("room").await;
    assert_eq!(rests["people"], json!([{ "user_id": ana.id, "writing": false }]));
    desk.admin.patch("/settings", json!({ "country": "US" })).await;
    assert_eq!(one.next("settings_changed").await["kind"], "settings_changed", "the line is live");
}

#[tokio::test]
async fn a_client_that_tells_too_much_is_let_go() {
    let (_desk, _, [ana, ..]) = desk("manual").await;
    let mut follower = ana.follow(None).await;
    for _ in 0..1_001 {
        follower.say(&json!({ "session_id": null })).await;
    }
    assert_eq!(follower.frame().await.unwrap()["code"], "too_many_requests");
    assert!(follower.frame().await.is_none());
}

#[tokio::test]
async fn a_colleagues_answer_in_between_is_shown_before_a_second_one_goes() {
    let (desk, line, [ana, tom, _]) = desk("none").await;
    desk.says(&line, CUSTOMER, "Are you open?").await;
    let session = ana.session_with(CUSTOMER).await;
    let seen = last_seq(&tom, &session).await;
    desk.says(&line, CUSTOMER, "Hello?").await;
    try_note(&ana, &session, "I take it", &[]).await.ok();
    try_answer(&ana, &session, "Yes, until six", seen).await.ok();
    let refused = try_answer(&tom, &session, "Yes!", seen).await;
    assert_eq!(refused.refusal(), "409 newer_arrived");
    let newer = refused.json()["newer"].clone();
    assert_eq!(newer.as_array().unwrap().len(), 1, "the answer, neither customer nor note");
    assert_eq!(newer[0]["text"], "Yes, until six");
    assert!(refused.text.contains("Ana has answered meanwhile"), "{}", refused.text);
    try_answer(&ana, &session, "And on Sunday too", seen).await.ok();
    let confirmed = last_seq(&tom, &session).await;
    try_answer(&tom, &session, "Yes!", confirmed).await.ok();
    tom.send(&session, "See you").await;
    desk.simulator.until_sent(4).await;
    let texts: Vec<String> = desk.simulator.sent().into_iter().filter_map(|one| one.text).collect();
    assert_eq!(texts, ["Yes, until six", "And on Sunday too", "Yes!", "See you"]);
}

#[tokio::test]
async fn of_two_answers_at_the_same_moment_exactly_one_goes_out() {
    let (desk, line, [ana, tom, _]) = desk("none").await;
    let mut went = 0;
    for number in 0..10 {
        let customer = format!("+155555502{number:02}");
        desk.says(&line, &customer, "Hello").await;
        let session = ana.session_with(&customer).await;
        let seen = last_seq(&ana, &session).await;
        let both = [&ana, &tom].map(|agent| try_answer(agent, &session, "Hi", seen));
        let mut found: Vec<u16> = join_all(both).await.iter().map(|one| one.status).collect();
        found.sort_unstable();
        assert_eq!(found, [201, 409], "{customer}");
        went += 1;
    }
    desk.simulator.until_sent(went).await;
    assert_eq!(desk.simulator.sent().len(), 10);
}
