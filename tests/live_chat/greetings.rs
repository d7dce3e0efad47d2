//! What a site says by itself, and when.

use serde_json::{Value, json};

use crate::support::{Agent, Desk, Visitor, key, to_queue, to_user, until};

const ONLINE: &str = "Hello! How can we help you?";
const OFFLINE: &str = "We are away, leave us a message!";
const FIRST: &str = "Hello, thank you for contacting us. We have received your message.";

/// What a visitor hears by themselves after their first message: greeting and first answer.
async fn hears_first(visitor: &mut Visitor, expected: &[(&str, &str)]) {
    for (kind, text) in expected {
        let message = visitor.next("message").await;
        assert_eq!((&message["auto"], &message["text"]), (&json!(kind), &json!(text)), "{message}");
        assert_eq!(message["from"], "auto");
    }
}

/// Nobody is there in these hours.
fn closed_hours() -> Value {
    json!({ "zone": "UTC", "mode": "weekly", "days": [[], [], [], [], [], [], []], "channels": [] })
}

#[tokio::test]
async fn whoever_opens_the_chat_is_greeted_as_somebody_can_answer() {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "manual").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let of_queue = desk.site(&to_queue(&queue), |_| {}).await;
    let of_ana = desk.site(&to_user(&ana.id), |_| {}).await;
    let greeting = async |site| {
        let visitor = desk.visitor(site).await;
        (
            visitor.welcome["online"] == true,
            visitor.welcome["greeting"].as_str().unwrap().to_owned(),
        )
    };
    assert_eq!(greeting(&of_queue).await, (true, ONLINE.to_owned()));
    assert_eq!(greeting(&of_ana).await, (true, ONLINE.to_owned()));
    for presence in ["away", "business_trip", "do_not_disturb", "lunch_break", "off_work"] {
        ana.patch("/me", json!({ "presence": presence })).await;
        assert_eq!(greeting(&of_ana).await, (false, OFFLINE.to_owned()), "{presence}");
        assert_eq!(greeting(&of_queue).await, (true, ONLINE.to_owned()), "{presence}");
    }
    ana.patch("/me", json!({ "presence": "available" })).await;
    assert_eq!(greeting(&of_ana).await, (true, ONLINE.to_owned()));
    desk.admin.put("/hours", closed_hours()).await;
    assert_eq!(greeting(&of_queue).await, (false, OFFLINE.to_owned()), "after hours");
    assert_eq!(greeting(&of_ana).await, (false, OFFLINE.to_owned()), "after hours");
    let mut open = closed_hours();
    open["mode"] = json!("always");
    desk.admin.put("/hours", open).await;
    ana.post("/sign-out", Value::Null).await;
    assert_eq!(greeting(&of_ana).await, (false, OFFLINE.to_owned()), "signed out");
    assert_eq!(greeting(&of_queue).await, (true, ONLINE.to_owned()));
}

#[tokio::test]
async fn the_first_message_is_answered_once_and_only_where_nothing_else_was_said() {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "manual").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let site = desk.site(&to_queue(&queue), |_| {}).await;
    let mut visitor = desk.visitor(&site).await;
    let one = key();
    let taken = visitor.say_as(&one, json!({ "text": "Hello" })).await;
    hears_first(&mut visitor, &[("greeting", ONLINE), ("first", FIRST)]).await;
    visitor.say_as(&one, json!({ "text": "Hello" })).await;
    visitor.say("And another thing").await;
    let id = taken["session"].as_str().unwrap();
    let said = texts(&ana, id).await;
    assert_eq!(said, [ONLINE, "Hello", FIRST, "And another thing"], "each once, in order");
    let session = ana.only_session("recent").await;
    assert_eq!(session["preview"], "And another thing");
    assert!(session["waiting_since"].is_i64(), "a person is still waited for");
    let back = desk.visitor_with(&site, &visitor.token, 0).await;
    assert_eq!(back.welcome["greeting"], Value::Null, "who is in a chat is not greeted again");

    desk.admin.put("/hours", closed_hours()).await;
    let mut late = desk.visitor(&site).await;
    assert_eq!(late.welcome["greeting"], OFFLINE);
    let taken = late.say("Anybody?").await;
    hears_first(&mut late, &[("greeting", OFFLINE)]).await;
    assert_eq!(texts(&ana, taken["session"].as_str().unwrap()).await, [OFFLINE, "Anybody?"]);
}

/// What was said in a session, in order.
async fn texts(agent: &Agent, session: &str) -> Vec<String> {
    let said = agent.said(session).await;
    said.iter().map(|one| one["text"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn whoever_waits_hears_when_somebody_comes_or_goes() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let site = desk.site(&to_user(&ana.id), |_| {}).await;
    let mut visitor = desk.visitor(&site).await;
    until("the desk has looked at this site", || async {
        ana.patch("/me", json!({ "presence": "away" })).await;
        ana.patch("/me", json!({ "presence": "available" })).await;
        Some(())
    })
    .await;
    ana.patch("/me", json!({ "presence": "away" })).await;
    loop {
        if visitor.next("online").await["online"] == false {
            break;
        }
    }
    ana.patch("/me", json!({ "presence": "available" })).await;
    assert_eq!(visitor.next("online").await["online"], true);
}

#[tokio::test]
async fn a_form_names_the_contact_and_reaches_nobody_elses() {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "auto").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let known = json!({ "name": "Vera", "email": "vera@example.com", "phone": "+14102161183" });
    desk.admin.post("/contacts", known).await;
    let site = desk
        .site(&to_queue(&queue), |settings| {
            settings["messages"]["pre_chat"]["on"] = json!(true);
            settings["messages"]["pre_chat"]["fields"][1]["required"] = json!(true);
            settings["messages"]["pre_chat"]["consent"] = json!("We keep what you write.");
        })
        .await;
    let counts = async || desk.admin.get("/contacts/counts").await["all"].clone();
    let mut silent = desk.visitor(&site).await;
    assert_eq!(silent.welcome["form_needed"], true);
    silent.say("Hello").await;
    assert_eq!(counts().await, 1, "a visitor of whom nothing is known is in no list");
    let mut visitor = desk.visitor(&site).await;
    let form = json!({ "name": "Vera", "email": "vera@example.com", "phone": "+1 410 216 1183" });
    let more = json!({ "text": "It is me", "form": form, "consent": true });
    let taken = visitor.say_as(&key(), more).await;
    assert_eq!(counts().await, 2, "who says a name is a contact of their own");
    let session = ana.get(&format!("/sessions/{}", taken["session"].as_str().unwrap())).await;
    assert_eq!(session["contact_name"], "Vera");
    let contact = ana.get(&format!("/contacts/{}", session["contact_id"].as_str().unwrap())).await;
    assert_eq!(contact["email"], "vera@example.com");
    let kinds: Vec<_> =
        contact["identities"].as_array().unwrap().iter().map(|one| one["kind"].clone()).collect();
    assert_eq!(kinds, ["visitor"], "a number that nobody proved catches nothing");
    let found = ana.get("/contacts?q=vera").await;
    assert_eq!(found["contacts"].as_array().unwrap().len(), 2);
    let again = desk.visitor_with(&site, &visitor.token, 0).await;
    assert_eq!(again.welcome["form_needed"], false, "what was answered is not asked again");
}

#[tokio::test]
async fn whoever_comes_when_all_chats_are_taken_leaves_a_message() {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "auto").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let site = desk.site(&to_queue(&queue), |settings| settings["max_chats"] = json!(1)).await;
    let mut first = desk.visitor(&site).await;
    let one = first.say("Hello").await["session"].as_str().unwrap().to_owned();
    let mut second = desk.visitor(&site).await;
    assert_eq!(
        (&second.welcome["full"], &second.welcome["form_needed"], &second.welcome["online"]),
        (&json!(true), &json!(true), &json!(false))
    );
    assert_eq!(second.welcome["greeting"], OFFLINE);
    let refused = second.say_as(&key(), json!({ "text": "Hello" })).await;
    assert_eq!(refused["code"], "full");
    let form = json!({ "text": "Call me", "form": { "name": "Ben", "email": "ben@example.com" } });
    let left = second.say_as(&key(), form).await;
    assert_eq!(left["t"], "taken", "a message that is left is not lost: {left}");
    hears_first(&mut second, &[("greeting", OFFLINE)]).await;
    first.say("I am in it").await;
    ana.post(&format!("/sessions/{one}/pick-up"), Value::Null).await;
    ana.post(&format!("/sessions/{one}/end"), Value::Null).await;
    let other = left["session"].as_str().unwrap();
    ana.post(&format!("/sessions/{other}/pick-up"), Value::Null).await;
    ana.post(&format!("/sessions/{other}/end"), Value::Null).await;
    assert_eq!(desk.visitor(&site).await.welcome["full"], false, "there is room again");
}
