//! What people do to sessions besides answering: snooze, mute, mark as unread, take back, many at
//! once, ask a colleague, keep as a text.

use deskbell_core::{clock, sessions, timers};
use serde_json::{Value, json};

use crate::support::{Agent, Desk, Line, Options, key, to_queue, to_user};

const CUSTOMER: &str = "+15555550123";
const MINUTE: i64 = 60_000;

/// A desk with a queue that is picked up from, two agents of it, and a session that waits in it.
struct Stage {
    desk: Desk,
    ana: Agent,
    ben: Agent,
    queue: String,
    line: Line,
    session: String,
}

impl Stage {
    async fn set() -> Self {
        let desk = Desk::start().await;
        let queue = desk.queue("Sales", "manual").await;
        let ana = desk.agent("Ana", &[&queue]).await;
        let ben = desk.agent("Ben", &[&queue]).await;
        let options = Options { starters: vec![ana.id.clone()], ..Options::default() };
        let line = desk.general_with(&to_queue(&queue), options).await;
        desk.says(&line, CUSTOMER, "Hello").await;
        let session = ana.session_with(CUSTOMER).await;
        Self { desk, ana, ben, queue, line, session }
    }

    fn path(&self, verb: &str) -> String {
        format!("/sessions/{}/{verb}", self.session)
    }

    /// The session as somebody sees it.
    async fn seen_by(&self, agent: &Agent) -> Value {
        agent.get(&format!("/sessions/{}", self.session)).await
    }

    /// Makes everything that was kept for taking back this much older.
    async fn age(&self, milliseconds: i64) {
        let sql = format!("UPDATE undoable SET at = at - {milliseconds}");
        self.desk.app().db().write(move |tx| Ok(tx.execute(&sql, [])?)).await.unwrap();
    }
}

fn ids(sessions: &[Value]) -> Vec<&str> {
    sessions.iter().map(|one| one["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_snoozed_session_leaves_my_lists_and_wakes_at_the_top_at_its_time() {
    let stage = Stage::set().await;
    let Stage { desk, ana, ben, line, session, .. } = &stage;
    desk.says(line, "+15555550124", "Later").await;
    let mut follower = ana.follow(None).await;
    let until = clock::now() + 20 * MINUTE;
    let snoozed = ana.post(&stage.path("snooze"), json!({ "until": until })).await;
    assert_eq!((&snoozed["snoozed"], &snoozed["snoozed_until"]), (&json!(true), &json!(until)));
    for folder in ["recent", "unowned"] {
        assert!(!ids(&ana.folder(folder).await).contains(&session.as_str()), "{folder}");
        assert!(ids(&ben.folder(folder).await).contains(&session.as_str()), "{folder}");
    }
    assert_eq!(ids(&ana.folder("snoozed").await), [session]);
    assert_eq!(ana.get("/sessions/counts").await["snoozed"], 1);
    assert_eq!(ben.get("/sessions/counts").await["snoozed"], 0);
    timers::run(desk.app(), until - 1).await.unwrap();
    assert_eq!(ids(&ana.folder("snoozed").await), [session]);
    timers::run(desk.app(), until).await.unwrap();
    assert_eq!(follower.next("session_woken").await["session_id"], session.as_str());
    assert!(ana.folder("snoozed").await.is_empty());
    let recent = ana.folder("recent").await;
    assert_eq!(recent[0]["id"], session.as_str(), "it is above what came later");
    assert_eq!(recent[0]["reminder"], true);
    ana.post(&stage.path("read"), json!({ "seq": 0 })).await;
    assert_eq!(stage.seen_by(ana).await["reminder"], false, "it was looked at");
    assert_eq!(ana.folder("recent").await[0]["id"], session.as_str(), "and does not jump");
    assert_eq!(ana.timeline(session).await, ["opened", "snoozed"]);
}

#[tokio::test]
async fn the_customer_wakes_every_snooze_and_so_do_i() {
    let stage = Stage::set().await;
    let Stage { desk, ana, ben, line, session, .. } = &stage;
    ana.post(&stage.path("snooze"), json!({ "until": null })).await;
    ben.post(&stage.path("snooze"), json!({ "until": clock::now() + MINUTE })).await;
    sessions::wake_due(desk.app(), clock::now() + 300 * 24 * 60 * MINUTE).await.unwrap();
    assert_eq!(ids(&ana.folder("snoozed").await), [session], "no time wakes this one");
    assert!(ben.folder("snoozed").await.is_empty());
    ben.post(&stage.path("snooze"), json!({ "until": clock::now() + MINUTE })).await;
    desk.says(line, CUSTOMER, "Still there?").await;
    for agent in [ana, ben] {
        assert!(agent.folder("snoozed").await.is_empty(), "{}", agent.name);
        assert_eq!(stage.seen_by(agent).await["reminder"], false, "the message says enough");
    }
    ana.post(&stage.path("snooze"), json!({ "until": null })).await;
    let awake = ana.post(&stage.path("wake"), Value::Null).await;
    assert_eq!((&awake["snoozed"], &awake["snoozed_until"]), (&json!(false), &Value::Null));
    for (until, wrong) in [(clock::now() - 1, "past"), (i64::MAX, "never")] {
        let refused = ana.try_post(&stage.path("snooze"), json!({ "until": until })).await;
        assert_eq!(refused.refusal(), "422 invalid", "{wrong}");
        assert_eq!(refused.json()["fields"][0]["field"], "until");
    }
    ben.post(&stage.path("pick-up"), Value::Null).await;
    let refused = ana.try_post(&stage.path("snooze"), json!({ "until": null })).await;
    assert_eq!(refused.refusal(), "404 not_found", "only what is in my lists");
}

#[tokio::test]
async fn a_snooze_ends_when_the_session_goes_elsewhere_or_ends() {
    let stage = Stage::set().await;
    let Stage { ana, ben, session, .. } = &stage;
    ben.post(&stage.path("snooze"), json!({ "until": null })).await;
    ana.post(&stage.path("pick-up"), Value::Null).await;
    ana.post(&stage.path("transfer"), json!({ "to": to_user(&ben.id) })).await;
    assert_eq!(ids(&ben.folder("mine").await), [session], "what is given to me is in front of me");
    ben.post(&stage.path("snooze"), json!({ "until": null })).await;
    ben.post(&stage.path("end"), Value::Null).await;
    assert!(ben.folder("snoozed").await.is_empty());
    assert_eq!(stage.seen_by(ben).await["snoozed"], false);
}

#[tokio::test]
async fn marked_as_unread_counts_until_it_is_read_and_muted_never_counts() {
    let stage = Stage::set().await;
    let Stage { desk, ana, line, session, .. } = &stage;
    ana.post(&stage.path("pick-up"), Value::Null).await;
    let unread = async || ana.get("/sessions/counts").await["unread"].clone();
    ana.post(&stage.path("read"), json!({ "seq": i64::MAX })).await;
    assert_eq!(unread().await, 0);
    let marked = ana.post(&stage.path("unread"), Value::Null).await;
    assert_eq!((&marked["marked_unread"], &marked["unread"]), (&json!(true), &json!(0)));
    assert_eq!(unread().await, 1);
    ana.post(&stage.path("read"), json!({ "seq": 0 })).await;
    assert_eq!(stage.seen_by(ana).await["marked_unread"], false);
    let muted = ana.post(&stage.path("mute"), Value::Null).await;
    assert_eq!(muted["muted"], true);
    desk.says(line, CUSTOMER, "Hello?").await;
    assert_eq!(stage.seen_by(ana).await["unread"], 1, "the row still knows");
    assert_eq!(unread().await, 0, "but nothing is counted up");
    ana.post(&stage.path("unmute"), Value::Null).await;
    assert_eq!(unread().await, 1);
    let timeline = ana.timeline(session).await;
    assert_eq!(timeline, ["opened", "picked_up", "marked_unread", "muted", "unmuted"]);
}

#[tokio::test]
async fn a_transfer_is_taken_back_as_if_it_had_never_been() {
    let stage = Stage::set().await;
    let Stage { desk, ana, ben, session, .. } = &stage;
    ana.post(&stage.path("pick-up"), Value::Null).await;
    ana.post(&stage.path("mute"), Value::Null).await;
    ana.post(&stage.path("transfer"), json!({ "to": to_user(&ben.id) })).await;
    assert_eq!(ana.try_get(&format!("/sessions/{session}")).await.status, 404);
    let mut follower = ben.follow(None).await;
    let back = ana.post(&stage.path("undo"), Value::Null).await;
    assert_eq!((&back["owner_id"], &back["muted"]), (&json!(ana.id), &json!(true)));
    assert_eq!(back["queue_name"], "Sales", "the queue that it came through, too");
    let told = follower.next("session_changed").await;
    assert_eq!(told["session_id"], session.as_str(), "who loses it again is told");
    assert_eq!(ben.try_get(&format!("/sessions/{session}")).await.status, 404);
    let thread = ana.thread(session).await;
    let last = thread.last().unwrap();
    assert_eq!(last["event"], json!({ "kind": "undone", "operation": "transferred" }));
    assert_eq!(ana.try_post(&stage.path("undo"), Value::Null).await.refusal(), "409 conflict");
    ana.post(&stage.path("end"), Value::Null).await;
    assert_eq!(ben.try_get(&format!("/sessions/{session}")).await.status, 404, "no part is left");
    assert_eq!(desk.admin.timeline(session).await[..3], ["opened", "picked_up", "muted"]);
}

#[tokio::test]
async fn end_archive_remove_pick_up_and_take_over_are_taken_back() {
    let stage = Stage::set().await;
    let Stage { desk, ana, ben, session, .. } = &stage;
    let sam = desk.supervisor("Sam").await;
    let waiting = stage.seen_by(ana).await["waiting_since"].clone();
    assert!(waiting.is_number());
    ana.post(&stage.path("pick-up"), Value::Null).await;
    let back = ana.post(&stage.path("undo"), Value::Null).await;
    assert!(back["owner_id"].is_null());
    assert!(ids(&ben.folder("unowned").await).contains(&session.as_str()));
    for (verb, folder) in [("archive", "recent"), ("remove", "recent")] {
        ana.post(&stage.path(verb), Value::Null).await;
        assert!(ana.folder(folder).await.is_empty(), "{verb}");
        ana.post(&stage.path("undo"), Value::Null).await;
        assert_eq!(ids(&ana.folder(folder).await), [session], "{verb}");
    }
    ana.post(&stage.path("end"), Value::Null).await;
    let back = ana.post(&stage.path("undo"), Value::Null).await;
    assert_eq!((&back["status"], &back["waiting_since"]), (&json!("open"), &waiting));
    assert!(back["closed_at"].is_null() && back["closed_by"].is_null());
    ben.post(&stage.path("pick-up"), Value::Null).await;
    sam.post(&stage.path("take-over"), Value::Null).await;
    let back = sam.post(&stage.path("undo"), Value::Null).await;
    assert_eq!(back["owner_id"], ben.id.as_str());
    ben.send(session, "Back to us").await;
    let timeline = ben.timeline(session).await;
    assert_eq!(timeline.iter().filter(|kind| *kind == "undone").count(), 5);
    ben.post(&stage.path("end"), Value::Null).await;
    assert_eq!(
        ana.try_get(&format!("/sessions/{session}")).await.status,
        404,
        "never hers at last"
    );
}

#[tokio::test]
async fn nothing_is_taken_back_once_somebody_acted_the_customer_wrote_or_time_is_over() {
    let stage = Stage::set().await;
    let Stage { desk, ana, ben, line, session, queue } = &stage;
    let refused = async |agent: &Agent, words: &str| {
        let answer = agent.try_post(&stage.path("undo"), Value::Null).await;
        assert_eq!(answer.refusal(), "409 conflict", "{}", answer.text);
        assert!(answer.text.contains(words), "{}", answer.text);
    };
    refused(ana, "nothing to take back").await;
    let stranger = desk.agent("Otto", &[]).await;
    let answer = stranger.try_post(&stage.path("undo"), Value::Null).await;
    assert_eq!(answer.refusal(), "404 not_found");
    ana.post(&stage.path("pick-up"), Value::Null).await;
    ana.send(session, "One moment").await;
    refused(ana, "happened").await;
    ana.post(&stage.path("transfer"), json!({ "to": to_queue(queue) })).await;
    ben.post(&stage.path("pick-up"), Value::Null).await;
    refused(ana, "happened").await;
    ben.post(&stage.path("transfer"), json!({ "to": to_user(&ana.id) })).await;
    stage.age(9_000).await;
    ana.post(&stage.path("mute"), Value::Null).await;
    ben.post(&stage.path("undo"), Value::Null).await;
    assert_eq!(stage.seen_by(ben).await["owner_id"], ben.id.as_str(), "muting is no answer");
    ben.post(&stage.path("archive"), Value::Null).await;
    stage.age(14_000).await;
    refused(ben, "too late").await;
    timers::run(desk.app(), clock::now()).await.unwrap();
    refused(ben, "nothing to take back").await;
    ben.post(&stage.path("end"), Value::Null).await;
    desk.says(line, CUSTOMER, "One more thing").await;
    refused(ben, "opened a new session").await;
    assert_eq!(stage.seen_by(ben).await["status"], "closed");
}

#[tokio::test]
async fn many_at_once_are_each_done_or_refused_with_words() {
    let stage = Stage::set().await;
    let Stage { desk, ana, ben, line, session, .. } = &stage;
    let mut all = vec![session.clone()];
    for n in 0..5 {
        let customer = format!("+1555555020{n}");
        desk.says(line, &customer, "Hello").await;
        all.push(ana.session_with(&customer).await);
    }
    ben.post(&format!("/sessions/{}/pick-up", all[1]), Value::Null).await;
    let bulk = async |ids: Vec<String>, operation: Value| {
        ana.try_post("/sessions/bulk", json!({ "ids": ids, "operation": operation })).await
    };
    let unknown = key();
    let mut ids_given = all.clone();
    ids_given.extend([unknown.clone(), all[0].clone()]);
    let answer = bulk(ids_given, json!({ "kind": "pick_up" })).await.ok();
    let results = answer["results"].as_array().unwrap();
    assert_eq!(results.len(), 7, "the same twice is one");
    let refused: Vec<_> = results.iter().filter(|one| !one["refused"].is_null()).collect();
    assert_eq!(refused.len(), 2);
    assert_eq!(refused[0]["id"], all[1].as_str());
    assert_eq!(refused[0]["refused"]["code"], "session_owned");
    assert_eq!(refused[0]["refused"]["message"], "Ben has this session.");
    assert_eq!(refused[1]["refused"]["code"], "not_found");
    assert_eq!(ana.folder("mine").await.len(), 5);
    let mine: Vec<String> = all.iter().filter(|id| **id != all[1]).cloned().collect();
    for (operation, folder, count) in [
        (json!({ "kind": "archive" }), "archived", 5),
        (json!({ "kind": "undo" }), "mine", 5),
        (json!({ "kind": "snooze", "until": null }), "snoozed", 5),
        (json!({ "kind": "wake" }), "mine", 5),
        (json!({ "kind": "mark_read" }), "mine", 5),
        (json!({ "kind": "transfer", "to": to_user(&ben.id), "note": "For you" }), "mine", 0),
        (json!({ "kind": "undo" }), "mine", 5),
        (json!({ "kind": "end" }), "archived", 5),
    ] {
        let answer = bulk(mine.clone(), operation.clone()).await.ok();
        let results = answer["results"].as_array().unwrap();
        assert!(results.iter().all(|one| one["refused"].is_null()), "{operation}: {answer}");
        assert_eq!(ana.folder(folder).await.len(), count, "{operation}");
    }
    let timeline = ana.timeline(&all[2]).await;
    let kinds = "opened picked_up archived undone snoozed woken transferred undone ended";
    assert_eq!(timeline.join(" "), kinds, "each is recorded as one alone");
    let many = (0..201).map(|_| key()).collect();
    for ids in [vec![], many] {
        let answer = bulk(ids, json!({ "kind": "archive" })).await;
        assert_eq!(answer.json()["fields"][0]["field"], "ids", "{}", answer.text);
    }
}

#[tokio::test]
async fn who_was_told_who_has_it_may_ask_for_it() {
    let stage = Stage::set().await;
    let Stage { desk, ana, ben, line, session, .. } = &stage;
    let otto = desk.agent("Otto", &[]).await;
    let sam = desk.supervisor("Sam").await;
    ben.post(&stage.path("pick-up"), Value::Null).await;
    // Ana may start sessions from this number, and is told who has the one with this customer.
    let start = json!({
        "number_id": line.number_id, "to": CUSTOMER, "client_key": key(), "text": "Hi",
    });
    let refused = ana.try_post("/sessions", start).await;
    assert_eq!(refused.refusal(), "409 session_owned");
    let told = refused.json();
    assert_eq!((&told["session_id"], &told["ask_id"]), (&Value::Null, &json!(session)));
    let sentence = json!({ "text": "She is on the telephone with me" });
    assert_eq!(otto.try_post(&stage.path("ask"), sentence.clone()).await.status, 404);
    let unknown = format!("/sessions/{}/ask", key());
    assert_eq!(ana.try_post(&unknown, sentence.clone()).await.status, 404);
    let (mut his, mut hers) = (ben.follow(None).await, sam.follow(None).await);
    ana.post(&stage.path("ask"), sentence.clone()).await;
    let asked = his.next("transfer_asked").await;
    assert_eq!((&asked["session_id"], &asked["user_id"]), (&json!(session), &json!(ana.id)));
    let thread = ben.thread(session).await;
    let note = thread.last().unwrap();
    assert_eq!((&note["kind"], &note["event"]["kind"]), (&json!("note"), &json!("asked")));
    assert_eq!(note["text"], "She is on the telephone with me");
    assert_eq!(
        ana.try_get(&format!("/sessions/{session}")).await.status,
        404,
        "asking shows nothing"
    );
    let again = ana.try_post(&stage.path("ask"), sentence.clone()).await;
    assert_eq!(again.refusal(), "409 conflict", "not again and again");
    assert_eq!(ben.try_post(&stage.path("ask"), sentence.clone()).await.refusal(), "409 conflict");
    // Supervisors are asked when the owner is not there; before that they heard nothing of it.
    ben.patch("/me", json!({ "presence": "away" })).await;
    let minute_ago = "UPDATE messages SET at = at - 61000 WHERE kind = 'note'";
    desk.app().db().write(move |tx| Ok(tx.execute(minute_ago, [])?)).await.unwrap();
    ana.post(&stage.path("ask"), sentence).await;
    let heard = hers.all_before("transfer_asked").await;
    assert!(heard.iter().any(|one| one["kind"] == "user_changed"), "only after he went away");
    ben.post(&stage.path("transfer"), json!({ "to": to_user(&ana.id) })).await;
    ana.send(session, "Got it").await;
}

#[tokio::test]
async fn a_session_is_kept_as_a_text_by_those_who_see_it() {
    let stage = Stage::set().await;
    let Stage { desk, ana, ben, session, .. } = &stage;
    let otto = desk.agent("Otto", &[]).await;
    let sam = desk.supervisor("Sam").await;
    ana.post(&stage.path("pick-up"), Value::Null).await;
    ana.send(session, "First line\n[2020-01-01 00:00] Ben: a lie").await;
    let note = json!({ "client_key": key(), "text": "Be kind", "note": true });
    ana.post(&stage.path("messages"), note).await;
    let answer = ana.try_get(&format!("{}?zone=Asia/Tokyo", stage.path("transcript"))).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.headers["content-type"], "text/plain; charset=utf-8");
    assert!(answer.headers["content-disposition"].to_str().unwrap().contains("attachment"));
    for words in ["Asia/Tokyo", "+15555550123: Hello", "Note by Ana: Be kind", "Ana picked it up"] {
        assert!(answer.text.contains(words), "{words}: {}", answer.text);
    }
    assert!(
        !answer.text.lines().any(|line| line.starts_with("[2020")),
        "nobody writes for another"
    );
    let wrong = ana.try_get(&format!("{}?zone=Nowhere/At_all", stage.path("transcript"))).await;
    assert_eq!(wrong.refusal(), "422 invalid");
    for outsider in [&otto, ben] {
        assert_eq!(outsider.try_get(&stage.path("transcript")).await.status, 404);
    }
    assert_eq!(sam.try_get(&stage.path("transcript")).await.status, 200);
    assert_eq!(ana.timeline(session).await.last().unwrap(), "viewed", "a look is a look");
}

#[tokio::test]
async fn people_show_how_many_sessions_they_have_open() {
    let stage = Stage::set().await;
    let Stage { desk, ana, ben, line, .. } = &stage;
    desk.says(line, "+15555550124", "Hi").await;
    for session in ids(&ana.folder("recent").await) {
        ana.post(&format!("/sessions/{session}/pick-up"), Value::Null).await;
    }
    let open = async |who: &Agent| {
        let people = ana.get("/people").await;
        let found = people.as_array().unwrap().iter().find(|one| one["id"] == who.id.as_str());
        found.unwrap()["open_sessions"].clone()
    };
    assert_eq!((open(ana).await, open(ben).await), (json!(2), json!(0)));
    ana.post(&stage.path("end"), Value::Null).await;
    assert_eq!(open(ana).await, 1);
}

#[tokio::test]
async fn a_transfer_to_a_queue_waits_there_and_rings_for_everybody_but_its_giver() {
    let stage = Stage::set().await;
    let Stage { ana, ben, queue, .. } = &stage;
    ana.post(&stage.path("pick-up"), Value::Null).await;
    ana.send(&stage.session, "One moment, please").await;
    assert!(stage.seen_by(ana).await["waiting_since"].is_null(), "it was answered");
    let (mut hers, mut his) = (ana.follow(None).await, ben.follow(None).await);
    ana.post(&stage.path("transfer"), json!({ "to": to_queue(queue) })).await;
    assert_eq!(his.next("alert").await["alert"], "unowned");
    let counts = ben.get("/sessions/counts").await;
    assert!(counts["unowned_since"].is_i64(), "{counts}");
    assert_eq!(counts["waiting"][0]["queue_id"], json!(queue), "{counts}");
    let changed = json!({ "name": "Sales desk" });
    stage.desk.admin.patch(&format!("/queues/{queue}"), changed).await;
    let heard = hers.all_before("queue_changed").await;
    assert!(heard.iter().all(|event| event["kind"] != "alert"), "{heard:?}");
    ben.post(&stage.path("pick-up"), Value::Null).await;
    assert!(stage.seen_by(ben).await["waiting_since"].is_null(), "nobody waits for an answer");
    ben.post(&stage.path("undo"), Value::Null).await;
    assert!(ana.get("/sessions/counts").await["unowned_since"].is_i64());
}

#[tokio::test]
async fn what_failed_in_a_session_that_somebody_ends_is_dealt_with_until_the_end_is_taken_back() {
    let stage = Stage::set().await;
    let Stage { desk, ana, .. } = &stage;
    ana.post(&stage.path("pick-up"), Value::Null).await;
    let id = ana.send(&stage.session, "It is ready").await;
    ana.until_state(&id, "sent").await;
    let failed = format!("UPDATE messages SET state = 'failed' WHERE id = '{id}'");
    let count = format!("UPDATE sessions SET failed = 1 WHERE id = '{}'", stage.session);
    let both = move |tx: &mut deskbell_core::store::Tx<'_>| {
        tx.execute(&failed, [])?;
        Ok(tx.execute(&count, [])?)
    };
    desk.app().db().write(both).await.unwrap();
    assert_eq!(desk.admin.folder("attention").await.len(), 1);
    ana.post(&stage.path("end"), Value::Null).await;
    assert!(desk.admin.folder("attention").await.is_empty());
    ana.post(&stage.path("undo"), Value::Null).await;
    assert_eq!(desk.admin.folder("attention").await.len(), 1);
}
