//! What is said on a site, both ways: nothing is lost, nothing comes twice, and nobody hears what is
//! said to another.

use serde_json::{Value, json};

use crate::support::{Agent, Desk, Site, browser, key, to_queue, to_user, until};

/// A desk with a site whose chats wait in a queue, and an agent of it.
async fn stage() -> (Desk, Site, Agent) {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "auto").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let site = desk.site(&to_queue(&queue), quiet).await;
    (desk, site, ana)
}

/// Nothing is said by itself.
fn quiet(settings: &mut Value) {
    for one in ["online_greeting", "offline_greeting", "first_answer", "closed"] {
        settings["messages"][one] = json!({ "on": false, "text": "" });
    }
}

#[tokio::test]
async fn a_visitor_writes_and_is_answered() {
    let (desk, site, ana) = stage().await;
    let before = desk.rows();
    let mut visitor = desk.visitor(&site).await;
    assert_eq!(visitor.welcome["session"], Value::Null);
    assert_eq!(
        (&visitor.welcome["online"], &visitor.welcome["full"]),
        (&json!(true), &json!(false))
    );
    visitor
        .tell(&json!({ "t": "page", "url": "https://www.shop.example/cakes", "title": "Cakes" }))
        .await;
    visitor.tell(&json!({ "t": "typing", "on": true })).await;
    visitor.tell(&json!({ "t": "more", "before": 9 })).await;
    assert_eq!(visitor.next("more").await["messages"], json!([]));
    assert_eq!(desk.rows(), before, "looking around writes nothing down");

    let mut follower = ana.follow(None).await;
    let taken = visitor.say("Do you have cake?").await;
    follower.said().await;
    let session = ana.only_session("recent").await;
    let id = session["id"].as_str().unwrap();
    assert_eq!(taken["session"], session["id"]);
    assert_eq!(session["provider"], "livechat");
    assert_eq!(session["number"], "www.shop.example");
    assert_eq!(session["page"], "/cakes");
    assert_eq!(session["unread"], 1);
    assert_eq!(ana.said(id).await[0]["text"], "Do you have cake?");

    ana.post(&format!("/sessions/{id}/read"), json!({ "seq": taken["seq"] })).await;
    let seen = visitor.next("seen").await;
    assert!(seen["seq"].as_i64() >= taken["seq"].as_i64(), "{seen}");

    let answer = ana.send(id, "We do!").await;
    let heard = visitor.hears("We do!").await;
    assert_eq!((&heard["from"], &heard["name"]), (&json!("agent"), &json!("Ana")));
    assert_eq!(heard["id"].as_str().unwrap(), answer);
    assert_eq!(ana.until_state(&answer, "sent").await["automatic"], false);
    visitor.tell(&json!({ "t": "got", "seq": heard["seq"] })).await;
    ana.until_state(&answer, "delivered").await;
    visitor.tell(&json!({ "t": "seen", "seq": heard["seq"] })).await;
    ana.until_state(&answer, "read").await;
    let notes = json!({ "client_key": key(), "text": "Nice customer", "note": true });
    ana.post(&format!("/sessions/{id}/messages"), notes).await;
    ana.send(id, "Anything else?").await;
    loop {
        let frame = visitor.frame().await.unwrap();
        assert!(!frame.to_string().contains("Nice customer"), "a note is the team's: {frame}");
        if frame["text"] == "Anything else?" {
            break;
        }
    }
}

#[tokio::test]
async fn what_is_said_again_is_the_same_message() {
    let (desk, site, ana) = stage().await;
    let mut visitor = desk.visitor(&site).await;
    let one = key();
    let first = visitor.say_as(&one, json!({ "text": "Hello" })).await;
    for _ in 0..3 {
        let again = visitor.say_as(&one, json!({ "text": "Hello" })).await;
        assert_eq!(again, first, "the same answer to the same key");
    }
    let mut tab = desk.visitor_with(&site, &visitor.token, 0).await;
    assert_eq!(tab.say_as(&one, json!({ "text": "Hello" })).await, first, "from another tab too");
    assert_eq!(
        ana.said(&ana.only_session("recent").await["id"].to_string().replace('"', "")).await.len(),
        1
    );
    let mut other = desk.visitor(&site).await;
    let theirs = other.say_as(&one, json!({ "text": "Mine" })).await;
    assert_eq!(theirs["t"], "taken", "somebody else's key is theirs alone: {theirs}");
    assert_ne!(theirs["session"], first["session"]);
    assert_eq!(ana.folder("recent").await.len(), 2);
}

#[tokio::test]
async fn a_restart_of_the_desk_loses_and_doubles_nothing() {
    let (mut desk, site, ana) = stage().await;
    let mut visitor = desk.visitor(&site).await;
    let (token, one) = (visitor.token.clone(), key());
    // The desk has it on disk, and the browser never hears so.
    visitor.tell(&json!({ "t": "say", "key": one, "text": "Hello", "files": [] })).await;
    let session = until("the message is there", || async {
        ana.folder("recent").await.first().map(|one| one["id"].as_str().unwrap().to_owned())
    })
    .await;
    desk.restart().await;
    let mut visitor = desk.visitor_with(&site, &token, 0).await;
    assert_eq!(visitor.welcome["messages"][0]["key"].as_str().unwrap(), one);
    let answer = visitor.say_as(&one, json!({ "text": "Hello" })).await;
    assert_eq!(answer["t"], "taken", "{answer}");
    assert_eq!(ana.said(&session).await.len(), 1, "said twice, there once");
    ana.send(&session, "Back again").await;
    visitor.hears("Back again").await;
}

#[tokio::test]
async fn a_visitor_who_was_away_gets_all_of_it_once() {
    let (desk, site, ana) = stage().await;
    let mut visitor = desk.visitor(&site).await;
    let hello = visitor.say("Hello").await;
    let id = hello["session"].as_str().unwrap().to_owned();
    let token = visitor.token.clone();
    visitor.leave().await;
    for text in ["One", "Two", "Three"] {
        let sent = ana.send(&id, text).await;
        ana.until_state(&sent, "sent").await;
    }
    let visitor = desk.visitor_with(&site, &token, hello["seq"].as_i64().unwrap()).await;
    let texts: Vec<_> = visitor.welcome["messages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["text"].clone())
        .collect();
    assert_eq!(texts, ["One", "Two", "Three"]);
    assert_eq!(visitor.welcome["more"], false);
    assert_eq!(visitor.welcome["session"]["agent"]["name"], "Ana");
    let newest = visitor.welcome["messages"][2]["seq"].as_i64().unwrap();
    // A browser that lost an answer on the way and has only later ones still gets it.
    let again = desk.visitor_with(&site, &token, newest).await;
    assert_eq!(again.welcome["messages"].as_array().unwrap().len(), 3, "nobody said to have them");
    let mut last = again;
    last.tell(&json!({ "t": "got", "seq": newest })).await;
    until("they are delivered", || async {
        let said = ana.said(&id).await;
        said.iter().skip(1).all(|one| one["state"] == "delivered").then_some(())
    })
    .await;
    let done = desk.visitor_with(&site, &token, newest).await;
    assert_eq!(done.welcome["messages"], json!([]));
    let whole = desk.visitor_with(&site, &token, 0).await;
    assert_eq!(whole.welcome["messages"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn many_tabs_are_one_visitor() {
    let (desk, site, ana) = stage().await;
    let mut one = desk.visitor(&site).await;
    let mut other = desk.visitor_with(&site, &one.token, 0).await;
    let key = key();
    one.say_as(&key, json!({ "text": "Hello" })).await;
    let mirrored = other.hears("Hello").await;
    assert_eq!((&mirrored["from"], &mirrored["key"]), (&json!("visitor"), &json!(key)));
    let id = ana.only_session("recent").await["id"].as_str().unwrap().to_owned();
    ana.send(&id, "Hi there").await;
    one.hears("Hi there").await;
    other.hears("Hi there").await;
    other.say("From here").await;
    one.hears("From here").await;
    assert_eq!(ana.said(&id).await.len(), 3);
    assert_eq!(desk.number("SELECT count(*) FROM visitors"), 1);
}

#[tokio::test]
async fn two_visitors_do_not_see_each_other() {
    let (desk, site, ana) = stage().await;
    let (mut one, mut other) = (desk.visitor(&site).await, desk.visitor(&site).await);
    let first = one.say("I am the first").await["session"].as_str().unwrap().to_owned();
    let second = other.say("I am the second").await["session"].as_str().unwrap().to_owned();
    assert_ne!(first, second);
    ana.send(&first, "For the first").await;
    ana.send(&second, "For the second").await;
    for (visitor, own) in [(&mut one, "first"), (&mut other, "second")] {
        loop {
            let frame = visitor.frame().await.unwrap();
            let foreign = if own == "first" { "second" } else { "first" };
            assert!(!frame.to_string().contains(foreign), "{own} hears {frame}");
            if frame["text"] == format!("For the {own}") {
                break;
            }
        }
    }
    let stranger = desk.visitor_with(&site, &browser(), 0).await;
    assert_eq!(stranger.welcome["messages"], json!([]));
}

#[tokio::test]
async fn writing_is_told_both_ways_and_pages_to_the_team() {
    let (desk, site, ana) = stage().await;
    let mut visitor = desk.visitor(&site).await;
    let mut follower = ana.follow(None).await;
    let id = visitor.say("Hello").await["session"].as_str().unwrap().to_owned();
    let here = follower.stir("visitor").await;
    assert_eq!((&here["session_id"], &here["state"]), (&json!(id), &json!("online")));
    assert_eq!(here["page"]["url"], "https://www.shop.example/pricing");
    visitor.tell(&json!({ "t": "typing", "on": true })).await;
    assert_eq!(follower.stir("visitor").await["writing"], true);
    assert_eq!(follower.stir("visitor").await["writing"], false, "it ends by itself");
    visitor
        .tell(&json!({ "t": "page", "url": "https://www.shop.example/cart", "title": "Cart" }))
        .await;
    assert_eq!(follower.stir("visitor").await["page"]["title"], "Cart");
    visitor.tell(&json!({ "t": "away", "away": true })).await;
    assert_eq!(follower.stir("visitor").await["state"], "away");

    follower.say(&json!({ "session_id": id, "writing": true, "note": true })).await;
    follower.say(&json!({ "session_id": id, "writing": true })).await;
    let typing = visitor.next("typing").await;
    assert_eq!((&typing["on"], &typing["name"]), (&json!(true), &json!("Ana")));
    assert_eq!(visitor.next("typing").await["on"], false);

    let mut late = ana.follow(None).await;
    assert_eq!(late.stir("visitors").await["visitors"][0]["session_id"], json!(id));
    visitor.leave().await;
    assert_eq!(follower.stir("visitor").await["state"], "left");
}

#[tokio::test]
async fn an_owner_answers_alone_and_colleagues_do_not_hear_of_their_visitor() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let otto = desk.agent("Otto", &[]).await;
    let site = desk.site(&to_user(&ana.id), quiet).await;
    let mut visitor = desk.visitor(&site).await;
    let id = visitor.say("Hello").await["session"].as_str().unwrap().to_owned();
    assert_eq!(ana.only_session("mine").await["id"], json!(id));
    assert_eq!(otto.try_send(&id, "Hi").await.refusal(), "404 not_found");
    let mut outsider = otto.follow(None).await;
    visitor.tell(&json!({ "t": "typing", "on": true })).await;
    otto.post("/quick-replies", json!({ "name": "Q", "body": "Q", "visible": "me" })).await;
    let frame = outsider.frame().await.unwrap();
    assert_eq!(frame["type"], "event", "{frame}");
    let start = json!({ "number_id": desk.admin.get(&format!("/channels/{}", site.id)).await["numbers"][0]["id"],
        "to": "x@y", "client_key": key(), "text": "Hi" });
    assert_eq!(ana.try_post("/sessions", start).await.refusal(), "403 forbidden", "visitors begin");
}

#[tokio::test]
async fn who_has_the_chat_is_told_to_the_visitor() {
    let (desk, site, ana) = stage().await;
    let otto = desk.agent("Otto", &[]).await;
    let mut visitor = desk.visitor(&site).await;
    let id = visitor.say("Hello").await["session"].as_str().unwrap().to_owned();
    ana.post(&format!("/sessions/{id}/pick-up"), Value::Null).await;
    assert_eq!(visitor.next("agent").await["name"], "Ana");
    let give = json!({ "to": to_user(&otto.id) });
    ana.post(&format!("/sessions/{id}/transfer"), give).await;
    assert_eq!(visitor.next("agent").await["name"], "Otto");
    otto.send(&id, "I have it now").await;
    assert_eq!(visitor.hears("I have it now").await["name"], "Otto");
}
