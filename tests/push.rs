//! Web Push, to a push service that opens what it gets: the right words to the right people, none
//! to those who look, nothing that is private, and an end to what is over.

use deskbell_core::attention::Whereabouts;
use deskbell_core::model::{Moment, UserId};
use deskbell_simulator::push::{Pushed, Subscription};
use serde_json::{Value, json};

use crate::support::{
    Agent, Desk, Follower, Line, all_files, holds, key, to_queue, to_user, until,
};

const CUSTOMER: &str = "+15555550123";

async fn desk() -> Desk {
    Desk::start_as(|config| config.media_private_hosts = true).await
}

/// Switches push on for this device.
async fn switch_on(desk: &Desk, agent: &Agent) -> Subscription {
    let key = agent.get("/push/key").await["key"].as_str().unwrap().to_owned();
    let subscription = desk.simulator.push().subscribe(&key).unwrap();
    let state = agent.post("/me/push", serde_json::to_value(&subscription).unwrap()).await;
    assert_eq!(state["on"], true, "{state}");
    subscription
}

/// What a browser was told, once it was told so often.
async fn told(desk: &Desk, browser: &Subscription, count: usize) -> Vec<Pushed> {
    until("a push", || async {
        let pushed = told_so_far(desk, browser);
        (pushed.len() >= count).then_some(pushed)
    })
    .await
}

fn told_so_far(desk: &Desk, browser: &Subscription) -> Vec<Pushed> {
    let mut pushed = desk.simulator.push().pushed();
    pushed.retain(|one| one.endpoint == browser.endpoint);
    pushed
}

/// A page tells where its person is; the desk has heard it when this is done.
async fn attend(
    desk: &Desk,
    agent: &Agent,
    page: &mut Follower,
    attention: Value,
    expected: Whereabouts,
) {
    let mut frame = json!({ "type": "attention", "visible": true, "focused": true, "idle": false });
    frame.as_object_mut().unwrap().extend(attention.as_object().unwrap().clone());
    page.say(&frame).await;
    let session = attention["session_id"].as_str().map(|id| id.parse().unwrap());
    let user: UserId = agent.id.parse().unwrap();
    until("the desk has heard it", || async {
        (desk.app().seats().of(user, session) == expected).then_some(())
    })
    .await;
}

/// Ana owns the sessions of a line and has push on; a second user's browser tells when all is done.
struct Scene {
    desk: Desk,
    ana: Agent,
    line: Line,
    phone: Subscription,
    /// Of a witness whose own session is written to after everything else.
    witness: (Agent, Subscription, Line),
    waves: usize,
}

impl Scene {
    async fn set() -> Self {
        let desk = desk().await;
        let ana = desk.agent("Ana", &[]).await;
        let wim = desk.agent("Wim", &[]).await;
        let line = desk.general(&to_user(&ana.id)).await;
        let other = desk.twilio(&to_user(&wim.id)).await;
        let phone = switch_on(&desk, &ana).await;
        let witness = switch_on(&desk, &wim).await;
        Self { desk, ana, line, phone, witness: (wim, witness, other), waves: 0 }
    }

    /// What Ana's phone was told once everything so far is settled: events are taken in their order,
    /// so when the witness was told of what came later, twice, hers is decided and has arrived.
    async fn after_all(&mut self) -> Vec<Pushed> {
        for _ in 0..2 {
            self.waves += 1;
            self.desk.says(&self.witness.2, "+15555550199", "wave").await;
            told(&self.desk, &self.witness.1, self.waves).await;
        }
        told_so_far(&self.desk, &self.phone)
    }
}

#[tokio::test]
async fn a_message_in_my_session_is_told_with_its_words_and_sealed() {
    let scene = Scene::set().await;
    let (desk, ana) = (&scene.desk, &scene.ana);
    desk.says(&scene.line, CUSTOMER, "Is the cake ready?").await;
    let pushed = told(desk, &scene.phone, 1).await.remove(0);
    let session = ana.session_with(CUSTOMER).await;
    assert_eq!(
        pushed.content,
        json!({
            "kind": "mine", "session_id": session, "name": CUSTOMER, "text": "Is the cake ready?",
            "badge": 1,
        })
    );
    assert_eq!((pushed.ttl, pushed.urgency.as_str()), (14_400, "high"));
    assert_eq!(pushed.topic.as_deref(), Some(session.replace('-', "").as_str()));
    let state = ana.get("/me/push").await;
    assert_eq!(state["service"], "127.0.0.1");
    assert!(state["problem"].is_null());
    until("it is noted", || async {
        ana.get("/me/push").await["delivered_at"].is_i64().then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_waiting_session_is_told_to_the_agents_of_its_queue_until_somebody_has_it() {
    let desk = desk().await;
    let queue = desk.queue("Sales", "manual").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let ben = desk.agent("Ben", &[&queue]).await;
    let outsider = desk.agent("Otto", &[]).await;
    let supervisor = desk.supervisor("Sam").await;
    let line = desk.general(&to_queue(&queue)).await;
    let phones = [&ana, &ben, &outsider, &supervisor];
    let mut browsers = Vec::new();
    for agent in phones {
        browsers.push(switch_on(&desk, agent).await);
    }
    ben.patch("/me", json!({ "presence": "lunch_break" })).await;
    desk.says(&line, CUSTOMER, "Hello?").await;
    let pushed = told(&desk, &browsers[0], 1).await.remove(0);
    assert_eq!(pushed.content["kind"], "unowned");
    assert_eq!(pushed.content["pick_up"], true);
    assert_eq!((pushed.ttl, pushed.content["badge"].as_i64()), (600, Some(1)));
    ben.patch("/me", json!({ "presence": "available" })).await;
    desk.says(&line, CUSTOMER, "Anybody?").await;
    told(&desk, &browsers[1], 1).await;
    told(&desk, &browsers[0], 2).await;
    // Ana has it now: what Ben's phone shows can go, and the next message is hers alone.
    let session = ana.session_with(CUSTOMER).await;
    ana.post(&format!("/sessions/{session}/pick-up"), Value::Null).await;
    let over = told(&desk, &browsers[1], 2).await.remove(1);
    assert_eq!((&over.content["kind"], over.urgency.as_str()), (&json!("over"), "low"));
    assert_eq!(over.content["session_id"], session.as_str());
    desk.says(&line, CUSTOMER, "Thanks").await;
    let pushed = told(&desk, &browsers[0], 3).await;
    assert_eq!(pushed[2].content["kind"], "mine");
    assert_eq!(told_so_far(&desk, &browsers[1]).len(), 2, "Ben hears no more of it");
    for nobody in &browsers[2..] {
        assert_eq!(told_so_far(&desk, nobody).len(), 0, "reading along is no reason to be told");
    }
}

#[tokio::test]
async fn who_looks_or_sits_in_front_of_it_is_not_told() {
    let mut scene = Scene::set().await;
    scene.desk.says(&scene.line, CUSTOMER, "one").await;
    told(&scene.desk, &scene.phone, 1).await;
    let session = scene.ana.session_with(CUSTOMER).await;
    let desktop = scene.desk.sign_in("ana").await;
    let mut window = desktop.follow(None).await;
    let elsewhere = Whereabouts::Not(Moment::Elsewhere);
    for (what, attention, expected) in [
        ("at the session", json!({ "session_id": session }), Whereabouts::Looking),
        ("at another one", json!({ "session_id": null }), elsewhere),
        ("behind", json!({ "focused": false }), Whereabouts::Not(Moment::Unfocused)),
    ] {
        attend(&scene.desk, &scene.ana, &mut window, attention, expected).await;
        scene.desk.says(&scene.line, CUSTOMER, what).await;
        assert_eq!(scene.after_all().await.len(), 1, "{what}");
    }
    let away = Whereabouts::Not(Moment::Away);
    attend(&scene.desk, &scene.ana, &mut window, json!({ "idle": true }), away).await;
    scene.desk.says(&scene.line, CUSTOMER, "nobody touches it").await;
    told(&scene.desk, &scene.phone, 2).await;
    let looking = json!({ "session_id": session });
    attend(&scene.desk, &scene.ana, &mut window, looking, Whereabouts::Looking).await;
    drop(window);
    let (user, session) = (scene.ana.id.parse().unwrap(), session.parse().ok());
    until("the window is closed", || async {
        (scene.desk.app().seats().of(user, session) == away).then_some(())
    })
    .await;
    scene.desk.says(&scene.line, CUSTOMER, "nobody is there").await;
    told(&scene.desk, &scene.phone, 3).await;
}

impl Scene {
    /// Ana's alerts, changed.
    async fn wants(&self, change: Value) {
        let mut alerts = self.ana.get("/me/alerts").await;
        alerts.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let kept = self.ana.call("PUT", "/me/alerts", Some(&alerts)).await.ok();
        for (name, value) in change.as_object().unwrap() {
            assert_eq!(kept[name], *value);
        }
    }
}

#[tokio::test]
async fn private_notifications_carry_neither_name_nor_text() {
    let scene = Scene::set().await;
    scene.wants(json!({ "private": true, "badge": "nothing" })).await;
    scene.desk.says(&scene.line, CUSTOMER, "my diagnosis").await;
    let pushed = told(&scene.desk, &scene.phone, 1).await.remove(0);
    let session = scene.ana.session_with(CUSTOMER).await;
    assert_eq!(pushed.content, json!({ "kind": "mine", "session_id": session }));
}

#[tokio::test]
async fn presence_quiet_hours_and_the_matrix_are_heeded() {
    let mut scene = Scene::set().await;
    let all_day = json!({
        "days": [1, 2, 3, 4, 5, 6, 7], "from": 0, "until": 0, "zone": "America/New_York",
    });
    scene.wants(json!({ "quiet_hours": all_day })).await;
    scene.desk.says(&scene.line, CUSTOMER, "at night").await;
    assert_eq!(scene.after_all().await.len(), 0, "from 0:00 to 0:00 is the whole day");
    scene.wants(json!({ "quiet_hours": null })).await;
    scene.ana.patch("/me", json!({ "presence": "do_not_disturb" })).await;
    scene.desk.says(&scene.line, CUSTOMER, "do not disturb").await;
    assert_eq!(scene.after_all().await.len(), 0);
    scene.wants(json!({ "quiet_presence": [] })).await;
    scene.desk.says(&scene.line, CUSTOMER, "she does not mind").await;
    assert_eq!(scene.after_all().await.len(), 1);
    let mut rows = scene.ana.get("/me/alerts").await["rows"].clone();
    let row = rows.as_array_mut().unwrap().iter_mut().find(|row| row["kind"] == "mine").unwrap();
    row["push"] = json!([]);
    scene.wants(json!({ "rows": rows })).await;
    scene.desk.says(&scene.line, CUSTOMER, "not on the phone").await;
    assert_eq!(scene.after_all().await.len(), 1);
}

#[tokio::test]
async fn what_was_read_elsewhere_is_taken_away() {
    let scene = Scene::set().await;
    scene.desk.says(&scene.line, CUSTOMER, "one").await;
    told(&scene.desk, &scene.phone, 1).await;
    let session = scene.ana.session_with(CUSTOMER).await;
    let seq = scene.ana.said(&session).await[0]["seq"].clone();
    scene.ana.post(&format!("/sessions/{session}/read"), json!({ "seq": seq })).await;
    let over = told(&scene.desk, &scene.phone, 2).await.remove(1);
    assert_eq!(over.content, json!({ "kind": "over", "session_id": session, "badge": 0 }));
    assert_eq!(over.topic.as_deref(), Some(session.replace('-', "").as_str()));
}

#[tokio::test]
async fn a_transfer_and_a_failure_are_told_to_whom_they_concern() {
    let scene = Scene::set().await;
    let ben = scene.desk.agent("Ben", &[]).await;
    let his = switch_on(&scene.desk, &ben).await;
    scene.desk.says(&scene.line, CUSTOMER, "one").await;
    told(&scene.desk, &scene.phone, 1).await;
    let session = scene.ana.session_with(CUSTOMER).await;
    let to = json!({ "to": to_user(&ben.id) });
    scene.ana.post(&format!("/sessions/{session}/transfer"), to).await;
    let pushed = told(&scene.desk, &his, 1).await.remove(0);
    assert_eq!(
        (&pushed.content["kind"], &pushed.content["text"]),
        (&json!("transfer"), &json!("one"))
    );
    let mut conduct = scene.desk.simulator.conduct();
    conduct.refuse = Some(deskbell_channels::exchange::ErrorKind::InvalidPhoneNumber);
    scene.desk.simulator.set_conduct(conduct);
    let message = ben.send(&session, "The cake is ready").await;
    ben.until_state(&message, "failed").await;
    // Who answers has read it: what was shown of the transfer goes, too.
    let pushed = until("the failure is told", || async {
        told_so_far(&scene.desk, &his).into_iter().find(|one| one.content["kind"] == "failed")
    })
    .await;
    assert_eq!(pushed.content["text"], "The cake is ready");
}

#[tokio::test]
async fn what_a_note_told_stays_until_it_is_looked_at() {
    let scene = Scene::set().await;
    let ben = scene.desk.agent("Ben", &[]).await;
    let his = switch_on(&scene.desk, &ben).await;
    scene.desk.says(&scene.line, CUSTOMER, "one").await;
    told(&scene.desk, &scene.phone, 1).await;
    let session = scene.ana.session_with(CUSTOMER).await;
    let note = json!({ "client_key": key(), "text": "@Ben please look", "note": true,
                       "mentions": [ben.id] });
    scene.ana.post(&format!("/sessions/{session}/messages"), note).await;
    assert_eq!(told(&scene.desk, &his, 1).await[0].content["kind"], "mention");
    // Ben neither holds the session nor has he read what the customer wrote: it changes all the same.
    scene.ana.post(&format!("/sessions/{session}/archive"), Value::Null).await;
    scene.desk.says(&scene.line, CUSTOMER, "two").await;
    told(&scene.desk, &scene.phone, 2).await;
    let kinds: Vec<_> =
        told_so_far(&scene.desk, &his).into_iter().map(|one| one.content["kind"].clone()).collect();
    assert_eq!(kinds, ["mention"], "nothing took it away");
}

#[tokio::test]
async fn a_subscription_ends_with_the_browsers_word_and_with_the_device() {
    let scene = Scene::set().await;
    let desk = &scene.desk;
    desk.simulator.push().unsubscribe(&scene.phone.endpoint);
    desk.says(&scene.line, CUSTOMER, "one").await;
    until("410 ends it", || async {
        (scene.ana.get("/me/push").await["on"] == false).then_some(())
    })
    .await;
    let again = switch_on(desk, &scene.ana).await;
    desk.says(&scene.line, CUSTOMER, "two").await;
    told(desk, &again, 1).await;
    // The same browser, another user: it is told for one of them only.
    let ben = desk.agent("Ben", &[]).await;
    ben.post("/me/push", serde_json::to_value(&again).unwrap()).await;
    assert_eq!(scene.ana.get("/me/push").await["on"], false);
    ben.post("/sign-out", Value::Null).await;
    assert_eq!(desk.number("SELECT count(*) FROM push_subscriptions"), 1, "only the witness");
}

#[tokio::test]
async fn a_busy_service_is_asked_again_and_a_refusal_is_told_to_who_tries() {
    let scene = Scene::set().await;
    let service = scene.desk.simulator.push();
    service.answer_next(&[(429, Some(1)), (503, Some(1))]);
    scene.desk.says(&scene.line, CUSTOMER, "one").await;
    told(&scene.desk, &scene.phone, 1).await;
    assert_eq!(service.asked(), 3);
    service.answer_next(&[(403, None)]);
    let test = json!({ "kind": "transfer" });
    let refused = scene.ana.try_post("/me/push/test", test.clone()).await;
    assert_eq!(refused.refusal(), "409 conflict");
    assert!(refused.text.contains("push service answered 403"), "{}", refused.text);
    assert!(scene.ana.get("/me/push").await["problem"].as_str().unwrap().contains("403"));
    scene.ana.post("/me/push/test", test.clone()).await;
    let pushed = told(&scene.desk, &scene.phone, 2).await.remove(1);
    assert_eq!(pushed.content, json!({ "kind": "transfer", "badge": 1, "test": true }));
    assert!(scene.ana.get("/me/push").await["problem"].is_null());
    scene.ana.delete("/me/push").await;
    assert_eq!(scene.ana.try_post("/me/push/test", test).await.refusal(), "409 conflict");
}

#[tokio::test]
async fn only_places_on_the_internet_and_real_keys_are_taken() {
    let desk = Desk::start().await;
    let key = desk.admin.get("/push/key").await["key"].as_str().unwrap().to_owned();
    let good = desk.simulator.push().subscribe(&key).unwrap();
    let keys = serde_json::to_value(&good.keys).unwrap();
    for (endpoint, keys, field) in [
        (good.endpoint.as_str(), keys.clone(), "endpoint"),
        ("https://192.168.1.1/push", keys.clone(), "endpoint"),
        ("ftp://push.example/x", keys.clone(), "endpoint"),
        ("https://push.example/x", json!({ "p256dh": "AAAA", "auth": keys["auth"] }), "keys"),
        ("https://push.example/x", json!({ "p256dh": keys["p256dh"], "auth": "AAAA" }), "keys"),
    ] {
        let wanted = json!({ "endpoint": endpoint, "keys": keys });
        let refused = desk.admin.try_post("/me/push", wanted).await;
        assert_eq!(refused.refusal(), "422 invalid", "{endpoint}");
        assert_eq!(refused.json()["fields"][0]["field"], field, "{endpoint}");
    }
    let right = json!({ "endpoint": "https://push.example/x", "keys": keys });
    assert_eq!(desk.admin.post("/me/push", right).await["service"], "push.example");
}

#[tokio::test]
async fn the_desks_key_stays_the_same_and_lies_sealed() {
    let mut desk = desk().await;
    let key = desk.admin.get("/push/key").await;
    desk.restart().await;
    assert_eq!(desk.admin.get("/push/key").await, key, "another one would end every subscription");
    // PKCS #8 of a P-256 key begins like this in base64.
    let begins = "MIGHAgEAMBMGByqGSM49";
    for path in all_files(desk.folder.path()) {
        assert!(!holds(&path, begins), "{path:?}");
    }
}
