//! Who sees a session, who may answer it and who owns it then (rules of sessions), through the API.

use deskbell_core::model::ClosedBy;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Agent, Desk, Line, Options, key, to_queue, to_user};

/// Agent of the queues, owner, agent of no queue, supervisor, administrator.
struct People([Agent; 5]);

/// How a session is held.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Held {
    ByOwner,
    Waiting(&'static str),
    Owned(&'static str),
}

struct Stage {
    desk: Desk,
    people: People,
    lines: Vec<(Option<&'static str>, Line)>,
    customers: std::cell::Cell<u32>,
}

impl Stage {
    async fn set() -> Self {
        let desk = Desk::start().await;
        let mut queues = Vec::new();
        for mode in ["manual", "auto", "none"] {
            queues.push((mode, desk.queue(mode, mode).await));
        }
        let ids: Vec<&str> = queues.iter().map(|(_, id)| id.as_str()).collect();
        let ana = desk.agent("Ana", &ids).await;
        let owner = desk.agent("Owen", &ids).await;
        let other = desk.agent("Otto", &[]).await;
        let supervisor = desk.supervisor("Sam").await;
        let mut lines = vec![(None, desk.general(&to_user(&owner.id)).await)];
        for (mode, queue) in &queues {
            lines.push((Some(*mode), desk.general(&to_queue(queue)).await));
        }
        let people = People([ana, owner, other, supervisor, desk.admin.clone()]);
        Self { desk, people, lines, customers: std::cell::Cell::new(0) }
    }

    /// A fresh session that is held like this.
    async fn session(&self, held: Held) -> String {
        let mode = match held {
            Held::ByOwner => None,
            Held::Waiting(mode) | Held::Owned(mode) => Some(mode),
        };
        let (_, line) = self.lines.iter().find(|(one, _)| *one == mode).unwrap();
        let number = self.customers.get() + 1;
        self.customers.set(number);
        let customer = format!("+1555555{number:04}");
        self.desk.says(line, &customer, "Hello").await;
        let owner = &self.people.0[1];
        let session = owner.session_with(&customer).await;
        match held {
            Held::Owned("none") => {
                let transfer = json!({ "to": to_user(&owner.id) });
                owner.post(&format!("/sessions/{session}/transfer"), transfer).await;
            }
            Held::Owned(_) => {
                owner.post(&format!("/sessions/{session}/pick-up"), Value::Null).await;
            }
            Held::ByOwner | Held::Waiting(_) => {}
        }
        session
    }
}

/// What each of the five sees (status of reading the session, of reading its thread) and what
/// becomes of an answer; then who owns it.
const TABLE: &[(Held, [&str; 5])] = &[
    (Held::ByOwner, ["404 404", "200 201", "404 404", "200 409", "200 409"]),
    (Held::Waiting("manual"), ["200 201", "200 201", "404 404", "200 409", "200 409"]),
    (Held::Waiting("auto"), ["200 201", "200 201", "404 404", "200 409", "200 409"]),
    (Held::Waiting("none"), ["200 201", "200 201", "404 404", "200 409", "200 409"]),
    (Held::Owned("manual"), ["404 409", "200 201", "404 404", "200 409", "200 409"]),
    (Held::Owned("auto"), ["404 409", "200 201", "404 404", "200 409", "200 409"]),
];

#[tokio::test]
async fn the_table_of_who_sees_and_who_may_answer_holds() {
    let stage = Stage::set().await;
    for (held, expected) in TABLE {
        for (person, expected) in stage.people.0.iter().zip(expected) {
            let session = stage.session(*held).await;
            let seen = person.try_get(&format!("/sessions/{session}")).await;
            let thread = person.try_get(&format!("/sessions/{session}/messages")).await;
            assert_eq!(seen.status, thread.status, "{held:?}, {}", person.name);
            let answered = person.try_send(&session, "Hello").await;
            let found = format!("{} {}", seen.status, answered.status);
            assert_eq!(found, *expected, "{held:?}, {}: {}", person.name, answered.text);
            if answered.status == 409 {
                assert_eq!(answered.refusal(), "409 session_owned");
            }
            if seen.status == 200 {
                let may = &seen.json()["permits"]["answer"];
                assert_eq!(*may, answered.status == 201, "{held:?}, {}", person.name);
            }
        }
    }
}

#[tokio::test]
async fn an_answer_takes_a_session_in_auto_mode_only() {
    let stage = Stage::set().await;
    let [ana, owner, ..] = &stage.people.0;
    for (mode, owned) in [("manual", false), ("auto", true), ("none", false)] {
        let session = stage.session(Held::Waiting(mode)).await;
        ana.send(&session, "Hello").await;
        let now = stage.desk.admin.get(&format!("/sessions/{session}")).await;
        assert_eq!(now["owner_id"] == ana.id.as_str(), owned, "{mode}");
        let second = owner.try_send(&session, "Hello too").await;
        assert_eq!(second.status, if owned { 409 } else { 201 }, "{mode}");
        if owned {
            assert!(second.text.contains("Ana has this session"), "{}", second.text);
        }
    }
    let shared = stage.session(Held::Waiting("none")).await;
    let refused = ana.try_post(&format!("/sessions/{shared}/pick-up"), Value::Null).await;
    assert_eq!(refused.refusal(), "409 conflict", "nobody ever owns these");
}

#[tokio::test]
async fn lists_show_what_their_owner_may_see() {
    let stage = Stage::set().await;
    let [ana, owner, other, supervisor, admin] = &stage.people.0;
    stage.session(Held::ByOwner).await;
    for mode in ["manual", "auto", "none"] {
        stage.session(Held::Waiting(mode)).await;
    }
    stage.session(Held::Owned("manual")).await;
    for (person, recent, mine, unowned) in [
        (ana, 3, 0, 2),
        (owner, 5, 2, 2),
        (other, 0, 0, 0),
        (supervisor, 0, 0, 0),
        (admin, 0, 0, 0),
    ] {
        assert_eq!(person.folder("recent").await.len(), recent, "{}", person.name);
        assert_eq!(person.folder("mine").await.len(), mine, "{}", person.name);
        assert_eq!(person.folder("unowned").await.len(), unowned, "{}", person.name);
        let counts = person.get("/sessions/counts").await;
        assert_eq!(counts["recent"], recent, "{}", person.name);
        assert_eq!(counts["unowned"], unowned, "{}", person.name);
    }
    assert_eq!(supervisor.folder("all").await.len(), 5);
    assert_eq!(ana.try_get("/sessions?folder=all").await.status, 403);
    let contact = supervisor.folder("all").await[0]["contact_id"].as_str().unwrap().to_owned();
    let path = format!("/contacts/{contact}/sessions");
    assert_eq!(other.get(&path).await, json!([]), "earlier sessions follow the same rule");
    assert_eq!(supervisor.get(&path).await.as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_twenty_who_pick_up_at_once_one_gets_it() {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "manual").await;
    let names: Vec<String> = (0..20).map(|n| format!("Agent{n}")).collect();
    let queues = [queue.as_str()];
    let agents = join_all(names.iter().map(|name| desk.agent(name, &queues))).await;
    let line = desk.general(&to_queue(&queue)).await;
    desk.says(&line, "+15555550123", "Hello").await;
    let session = agents[0].session_with("+15555550123").await;
    let path = format!("/sessions/{session}/pick-up");
    let answers = join_all(agents.iter().map(|agent| agent.try_post(&path, Value::Null))).await;
    let winners: Vec<usize> = (0..20).filter(|place| answers[*place].status == 200).collect();
    assert_eq!(winners.len(), 1, "{answers:?}");
    let winner = &agents[winners[0]];
    for (agent, answer) in agents.iter().zip(&answers).filter(|(agent, _)| agent.id != winner.id) {
        assert_eq!(answer.refusal(), "409 session_owned", "{}", agent.name);
        assert!(answer.text.contains(&format!("{} has this session", winner.name)));
    }
    let timeline = winner.timeline(&session).await;
    assert_eq!(timeline, ["opened", "picked_up"]);
    assert_eq!(
        winner.try_post(&path, Value::Null).await.status,
        200,
        "picking up twice is harmless"
    );
    assert_eq!(winner.timeline(&session).await, timeline);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_answers_at_once_in_auto_mode_the_customer_gets_one() {
    let stage = Stage::set().await;
    let [ana, owner, ..] = &stage.people.0;
    for _ in 0..10 {
        let session = stage.session(Held::Waiting("auto")).await;
        let (one, two) = tokio::join!(ana.try_send(&session, "A"), owner.try_send(&session, "O"));
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
        let said = stage.desk.admin.said(&session).await;
        assert_eq!(said.iter().filter(|one| one["direction"] == "out").count(), 1);
    }
}

#[tokio::test]
async fn a_transfer_takes_the_history_along_and_leaves_the_givers_lists() {
    let stage = Stage::set().await;
    let [ana, owner, other, ..] = &stage.people.0;
    let session = stage.session(Held::ByOwner).await;
    owner.send(&session, "I will ask a colleague").await;
    let transfer = format!("/sessions/{session}/transfer");
    let to_otto = json!({ "to": to_user(&other.id), "note": "Please help" });
    assert_eq!(ana.try_post(&transfer, to_otto.clone()).await.status, 404);
    owner.post(&transfer, to_otto).await;
    for folder in ["recent", "mine", "archived"] {
        assert!(owner.folder(folder).await.is_empty(), "{folder}");
    }
    assert_eq!(owner.try_get(&format!("/sessions/{session}")).await.status, 404);
    let thread = other.thread(&session).await;
    let kinds: Vec<_> = thread.iter().map(|entry| entry["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["event", "message", "message", "note", "event"]);
    assert_eq!(thread[4]["event"], json!({ "kind": "transferred", "from": "Owen", "to": "Otto" }));
    let queues = stage.desk.admin.get("/queues").await;
    let auto = queues.as_array().unwrap().iter().find(|queue| queue["name"] == "auto").unwrap();
    let to_auto = json!({ "to": to_queue(auto["id"].as_str().unwrap()) });
    other.post(&transfer, to_auto).await;
    let now = ana.get(&format!("/sessions/{session}")).await;
    assert!(now["owner_id"].is_null() && now["queue_name"] == "auto", "{now}");
    let gone = json!({ "to": to_user(&key()) });
    assert_eq!(ana.try_post(&transfer, gone).await.refusal(), "422 invalid");
}

#[tokio::test]
async fn supervisors_transfer_and_take_over_what_others_have_and_end_only_their_own() {
    let stage = Stage::set().await;
    let [ana, owner, other, supervisor, admin] = &stage.people.0;
    let session = stage.session(Held::ByOwner).await;
    let take_over = format!("/sessions/{session}/take-over");
    assert_eq!(ana.try_post(&take_over, Value::Null).await.status, 403);
    let taken = supervisor.post(&take_over, Value::Null).await;
    assert_eq!((&taken["owner_name"], &taken["permits"]["answer"]), (&json!("Sam"), &json!(true)));
    supervisor.send(&session, "The manager here").await;
    let lost = owner.try_send(&session, "Mine!").await;
    assert_eq!(lost.refusal(), "409 session_owned", "who had it hears who has it now");
    assert!(lost.text.contains("Sam has this session"), "{}", lost.text);
    assert!(lost.json()["session_id"].is_null(), "and sees no more of it: {}", lost.text);
    assert_eq!(owner.try_get(&format!("/sessions/{session}")).await.status, 404);
    let to_otto = json!({ "to": to_user(&other.id) });
    admin.post(&format!("/sessions/{session}/transfer"), to_otto).await;
    assert_eq!(other.only_session("mine").await["id"], session.as_str());
    let end = format!("/sessions/{session}/end");
    let refused = admin.try_post(&end, Value::Null).await;
    assert_eq!(refused.refusal(), "409 session_owned", "they take over first");
    assert_eq!(refused.json()["session_id"], session.as_str());
    let seen = admin.get(&format!("/sessions/{session}")).await;
    assert_eq!(
        (&seen["permits"]["end"], &seen["permits"]["take_over"]),
        (&json!(false), &json!(true))
    );
    let ended = other.post(&end, Value::Null).await;
    assert_eq!(ended["closed_by"], ClosedBy::Agent.as_str());
    assert_eq!(owner.try_send(&session, "Still mine?").await.status, 404, "its end is not told");
    let timeline = admin.timeline(&session).await;
    assert_eq!(timeline, ["opened", "taken_over", "transferred", "ended", "viewed"]);
    let refused = admin.try_post(&take_over, Value::Null).await;
    assert_eq!(refused.refusal(), "409 session_closed");
}

#[tokio::test]
async fn a_shared_session_is_never_owned_not_even_by_take_over() {
    let stage = Stage::set().await;
    let [ana, _, _, supervisor, _] = &stage.people.0;
    let session = stage.session(Held::Waiting("none")).await;
    let seen = supervisor.get(&format!("/sessions/{session}")).await;
    assert_eq!(
        (&seen["permits"]["take_over"], &seen["permits"]["transfer"]),
        (&json!(false), &json!(true))
    );
    let refused = supervisor.try_post(&format!("/sessions/{session}/take-over"), Value::Null).await;
    assert_eq!(refused.refusal(), "409 conflict");
    assert!(refused.text.contains("transfer it to give it to one person"), "{}", refused.text);
    ana.send(&session, "Still ours").await;
    assert!(ana.get(&format!("/sessions/{session}")).await["owner_id"].is_null());
    let transfer = json!({ "to": to_user(&supervisor.id) });
    supervisor.post(&format!("/sessions/{session}/transfer"), transfer).await;
    assert_eq!(supervisor.only_session("mine").await["id"], session.as_str());
}

#[tokio::test]
async fn who_starts_a_session_that_is_open_elsewhere_is_led_there_if_they_may_see_it() {
    let desk = Desk::start().await;
    let [ana, ben] = [desk.agent("Ana", &[]).await, desk.agent("Ben", &[]).await];
    let supervisor = desk.supervisor("Sam").await;
    let options =
        Options { starters: vec![ben.id.clone(), supervisor.id.clone()], ..Options::default() };
    let line = desk.general_with(&to_user(&ana.id), options).await;
    desk.says(&line, "+15555550123", "Hello").await;
    let session = ana.session_with("+15555550123").await;
    for (who, led) in [(&ben, json!(null)), (&supervisor, json!(session))] {
        let start = json!({
            "number_id": line.number_id, "to": "+15555550123", "client_key": key(), "text": "Hi",
        });
        let refused = who.try_post("/sessions", start).await;
        assert_eq!(refused.refusal(), "409 session_owned", "{}", who.name);
        assert!(refused.text.contains("Ana has this session"), "{}", refused.text);
        assert_eq!(refused.json()["session_id"], led, "{}", who.name);
    }
}

#[tokio::test]
async fn a_note_is_for_the_team_and_never_leaves() {
    let stage = Stage::set().await;
    let [ana, owner, other, supervisor, _] = &stage.people.0;
    let session = stage.session(Held::Waiting("manual")).await;
    let path = format!("/sessions/{session}/messages");
    let note = |text: &str| json!({ "client_key": key(), "text": text, "note": true });
    ana.post(&path, note("She is a regular")).await;
    supervisor.post(&path, note("Be generous")).await;
    assert_eq!(other.try_post(&path, note("?")).await.status, 404);
    let answer = owner.send(&session, "Hello").await;
    owner.until_state(&answer, "sent").await;
    let texts: Vec<_> =
        stage.desk.simulator.sent().into_iter().map(|one| one.text.unwrap()).collect();
    assert_eq!(texts, ["Hello"]);
    let seen = owner.thread(&session).await;
    assert_eq!(seen.iter().filter(|entry| entry["kind"] == "note").count(), 2);
    let now = owner.get(&format!("/sessions/{session}")).await;
    assert_eq!(now["preview"], "Hello", "lists never show notes");
}

#[tokio::test]
async fn sessions_of_whoever_is_gone_need_attention_and_stay_visible() {
    let stage = Stage::set().await;
    let [_, owner, _, supervisor, admin] = &stage.people.0;
    let session = stage.session(Held::Owned("manual")).await;
    assert!(supervisor.folder("attention").await.is_empty());
    admin.patch(&format!("/users/{}", owner.id), json!({ "disabled": true })).await;
    assert_eq!(supervisor.only_session("attention").await["id"], session.as_str());
    assert_eq!(supervisor.get("/sessions/counts").await["attention"], 1);
    supervisor.post(&format!("/sessions/{session}/take-over"), Value::Null).await;
    assert!(supervisor.folder("attention").await.is_empty());
}

#[tokio::test]
async fn a_queue_that_a_number_points_to_cannot_be_deleted() {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "manual").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let line = desk.twilio(&to_queue(&queue)).await;
    desk.says(&line, "+15555550123", "Hello").await;
    let path = format!("/queues/{queue}");
    let refused = desk.admin.try_delete(&path).await;
    assert_eq!(refused.refusal(), "409 in_use");
    assert!(
        refused.text.contains("5555550100") || refused.text.contains("555-0100"),
        "{}",
        refused.text
    );
    let numbers = json!([{ "address": "+15555550100", "destination": to_user(&ana.id) }]);
    desk.admin.patch(&format!("/channels/{}", line.id), json!({ "numbers": numbers })).await;
    desk.admin.delete(&path).await;
    let supervisor = desk.supervisor("Sam").await;
    let stranded = supervisor.only_session("attention").await;
    assert_eq!(stranded["address"], "+15555550123", "its session is not lost");
    let user = desk.admin.try_delete(&format!("/users/{}", ana.id)).await;
    assert_eq!(user.refusal(), "409 in_use");
}
