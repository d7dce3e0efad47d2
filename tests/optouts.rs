//! Customers who want to hear no more: what they write is obeyed everywhere, and can be lifted.

use deskbell_channels::exchange::ErrorKind;
use deskbell_channels::simulated::engine::{Fault, Faults};
use deskbell_simulator::Conduct;
use deskbell_simulator::webhook::{Said, twilio_receipt};
use serde_json::{Value, json};

use crate::support::{
    Agent, Desk, Line, NUMBER, Options, Reply, Server, key, said, to_queue, to_user, until,
};

const CUSTOMER: &str = "+15555550123";

/// A desk, an agent with a customer's session, and the channel.
async fn stage(more: Value) -> (Desk, Agent, Line, String) {
    let desk = Desk::start().await;
    desk.simulator.set_conduct(Conduct { receipt_percent: 0, ..desk.simulator.conduct() });
    let ana = desk.agent("Ana", &[]).await;
    let options = Options { more, starters: vec![ana.id.clone()], ..Options::default() };
    let line = desk.general_with(&to_user(&ana.id), options).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    (desk, ana, line, session)
}

fn start(line: &Line) -> Value {
    json!({ "number_id": line.number_id, "to": CUSTOMER, "client_key": key(), "text": "News!" })
}

#[tokio::test]
async fn stop_is_obeyed_everywhere_until_start() {
    let (desk, ana, line, session) = stage(json!({})).await;
    let before = ana.send(&session, "Your cake is ready").await;
    ana.until_state(&before, "sent").await;
    desk.says(&line, CUSTOMER, " Stop! ").await;
    let shown = ana.get(&format!("/sessions/{session}")).await;
    assert_eq!(shown["opted_out"]["word"], "Stop");
    assert_eq!(shown["opted_out"]["told_by"], "customer");
    assert!(shown["opted_out"]["at"].is_i64());
    assert_eq!(ana.folder("recent").await[0]["opted_out"], shown["opted_out"], "lists say it too");
    let heard = ana.said(&session).await;
    assert_eq!(heard.last().unwrap()["text"], " Stop! ", "it is a message like any other");
    assert_eq!(ana.timeline(&session).await, ["opened", "opted_out"]);
    let refused = ana.try_send(&session, "One more thing").await;
    assert_eq!(refused.refusal(), "409 opted_out");
    let sentence = refused.json()["message"].as_str().unwrap().to_owned();
    assert!(sentence.contains("with “Stop”; they can write START"), "{sentence}");
    let year = jiff::Timestamp::now().strftime("%Y").to_string();
    assert!(sentence.contains(&year), "{sentence}");
    assert_eq!(ana.try_post("/sessions", start(&line)).await.refusal(), "409 opted_out");
    let note = json!({ "client_key": key(), "text": "Call instead", "note": true });
    ana.post(&format!("/sessions/{session}/messages"), note).await;
    let contact = shown["contact_id"].as_str().unwrap();
    let identities = ana.get(&format!("/contacts/{contact}")).await["identities"].clone();
    assert_eq!(identities[0]["opted_out"], json!([shown["number"]]));
    ana.post(&format!("/sessions/{session}/end"), Value::Null).await;
    assert_eq!(ana.try_post("/sessions", start(&line)).await.refusal(), "409 opted_out");
    assert_eq!(ana.folder("recent").await.len(), 0, "what is refused opens nothing");
    desk.says(&line, CUSTOMER, "start").await;
    let again = ana.session_with(CUSTOMER).await;
    assert!(ana.get(&format!("/sessions/{again}")).await["opted_out"].is_null());
    assert_eq!(ana.timeline(&again).await, ["opened", "opted_in"]);
    let welcome = ana.send(&again, "Welcome back").await;
    ana.until_state(&welcome, "sent").await;
    assert_eq!(desk.simulator.taken(), 2);
}

#[tokio::test]
async fn a_yes_is_an_answer_unless_the_customer_had_stopped() {
    let (desk, ana, line, session) = stage(json!({})).await;
    desk.says(&line, CUSTOMER, "Yes").await;
    desk.says(&line, CUSTOMER, "START").await;
    assert_eq!(ana.timeline(&session).await, ["opened"]);
    desk.says(&line, CUSTOMER, "STOP").await;
    desk.says(&line, CUSTOMER, "stop").await;
    desk.says(&line, CUSTOMER, "please stop").await;
    assert_eq!(ana.timeline(&session).await, ["opened", "opted_out"], "said twice is said once");
    desk.says(&line, CUSTOMER, "yes").await;
    assert_eq!(ana.timeline(&session).await, ["opened", "opted_out", "opted_in"]);
    assert_eq!(desk.number("SELECT count(*) FROM opt_outs"), 0);
}

#[tokio::test]
async fn the_mark_belongs_to_one_number_and_one_customer() {
    let (desk, ana, line, session) = stage(json!({})).await;
    let number = |address| json!({ "address": address, "destination": to_user(&ana.id) });
    let numbers = json!({ "numbers": [number(NUMBER), number("+15555550101")] });
    desk.admin.patch(&format!("/channels/{}", line.id), numbers).await;
    desk.hears(&line, &Said { to: "+15555550101".into(), ..said(CUSTOMER, "Hello") }).await;
    desk.says(&line, "+15555550124", "Hello").await;
    desk.says(&line, CUSTOMER, "STOP").await;
    for other in ana.folder("recent").await {
        let marked = other["id"] == session.as_str();
        assert_eq!(other["opted_out"].is_null(), !marked);
        let status = ana.try_send(other["id"].as_str().unwrap(), "Hello").await.status;
        assert_eq!(status, if marked { 409 } else { 201 });
    }
}

#[tokio::test]
async fn another_channel_with_the_same_number_keeps_silent_too() {
    let (desk, ana, line, session) = stage(json!({})).await;
    let starters = vec![ana.id.clone()];
    let options = Options { starters: starters.clone(), ..Options::default() };
    let twilio = desk.twilio_with(&to_user(&ana.id), options).await;
    desk.says(&line, CUSTOMER, "STOP").await;
    assert_eq!(ana.try_post("/sessions", start(&twilio)).await.refusal(), "409 opted_out");
    desk.says(&twilio, CUSTOMER, "Are you still there?").await;
    let shown = ana.folder("recent").await;
    assert_eq!(shown.len(), 2, "one session in each channel");
    for other in &shown {
        assert_eq!(other["opted_out"]["word"], "STOP", "{other}");
        let refused = ana.try_send(other["id"].as_str().unwrap(), "Yes").await;
        assert_eq!(refused.refusal(), "409 opted_out");
    }
    let contact = shown[0]["contact_id"].as_str().unwrap();
    let identities = ana.get(&format!("/contacts/{contact}")).await["identities"].clone();
    assert_eq!(identities[0]["opted_out"], json!([NUMBER]));
    let other = "+15555550101";
    let number = json!({
        "address": other, "destination": to_user(&ana.id), "starters": starters,
    });
    let numbers = json!({ "numbers": [number] });
    let moved = desk.admin.patch(&format!("/channels/{}", twilio.id), numbers).await;
    let id = moved["numbers"][0]["id"].as_str().unwrap().to_owned();
    let from_other = Line { number_id: id, ..twilio.clone() };
    assert_eq!(ana.try_post("/sessions", start(&from_other)).await.status, 201);
    desk.says(&line, CUSTOMER, "START").await;
    let lifted = ana.get(&format!("/sessions/{session}")).await;
    assert!(lifted["opted_out"].is_null());
    assert_eq!(desk.number("SELECT count(*) FROM opt_outs"), 0);
}

#[tokio::test]
async fn what_waited_when_stop_came_does_not_leave() {
    let (desk, ana, line, session) = stage(json!({})).await;
    desk.simulator.set_faults(Faults::from_iter([Fault::RateLimited]));
    let first = ana.send(&session, "first").await;
    let second = ana.send(&session, "second").await;
    desk.simulator.until_sent(1).await;
    until("the first attempt is over", || async {
        let message = ana.get(&format!("/messages/{first}")).await;
        (message["state"] == "queued").then_some(())
    })
    .await;
    desk.says(&line, CUSTOMER, "STOP").await;
    desk.simulator.set_faults(Faults::default());
    for message in [&first, &second] {
        let failed = ana.until_state(message, "failed").await;
        assert_eq!(failed["error"]["kind"], "opted_out");
        let words = failed["error"]["text"].as_str().unwrap();
        assert!(words.contains("with “STOP”, before this left"), "{words}");
        let retry = ana.try_post(&format!("/messages/{message}/retry"), Value::Null).await;
        assert_eq!(retry.refusal(), "409 opted_out");
    }
    assert_eq!(desk.simulator.taken(), 0);
    desk.says(&line, CUSTOMER, "START").await;
    ana.post(&format!("/messages/{second}/retry"), Value::Null).await;
    ana.until_state(&second, "sent").await;
    assert_eq!(desk.simulator.taken(), 1);
}

#[tokio::test]
async fn an_uncertain_message_is_not_sent_again_to_who_opted_out() {
    let (desk, ana, line, session) = stage(json!({})).await;
    let manner = deskbell_simulator::Manner::TakeAndStatus(502);
    desk.simulator.set_conduct(Conduct { manner, ..desk.simulator.conduct() });
    let message = ana.send(&session, "Did this go?").await;
    ana.until_state(&message, "uncertain").await;
    desk.says(&line, CUSTOMER, "UNSUBSCRIBE").await;
    let resolve = format!("/messages/{message}/resolve");
    let again = ana.try_post(&resolve, json!({ "arrived": false })).await;
    assert_eq!(again.refusal(), "409 opted_out");
    assert_eq!(ana.post(&resolve, json!({ "arrived": true })).await["state"], "sent");
}

#[tokio::test]
async fn a_provider_that_refuses_for_the_customer_sets_the_same_mark() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    // Twilio's answer to a message for somebody who stopped it.
    let words = "Attempt to send to unsubscribed recipient";
    let refusal = json!({ "code": 21610, "message": words, "status": 400 });
    let server = Server::replying(Reply::json(200, &json!({ "status": "active" }))).await;
    let options = Options { more: json!({ "base_url": server.url }), ..Options::default() };
    let line = desk.twilio_with(&to_user(&ana.id), options).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    server.reply(Reply::json(400, &refusal));
    let message = ana.send(&session, "Hello").await;
    let failed = ana.until_state(&message, "failed").await;
    assert_eq!(failed["error"]["kind"], "opted_out");
    assert_eq!(failed["error"]["code"], "21610");
    let marked = ana.get(&format!("/sessions/{session}")).await["opted_out"].clone();
    assert_eq!((&marked["told_by"], &marked["word"]), (&json!("provider"), &Value::Null));
    assert_eq!(marked["told"], words);
    assert_eq!(ana.timeline(&session).await, ["opened", "opted_out"]);
    let refused = ana.try_send(&session, "And now?").await;
    assert_eq!(refused.refusal(), "409 opted_out");
    assert!(refused.text.contains(words), "{}", refused.text);
    desk.says(&line, CUSTOMER, "stop").await;
    let marked = ana.get(&format!("/sessions/{session}")).await["opted_out"].clone();
    assert_eq!(marked["word"], "stop", "the customer's own word is better");
}

#[tokio::test]
async fn a_receipt_that_tells_it_sets_the_mark_too() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.twilio(&to_user(&ana.id)).await;
    desk.simulator.set_callback_to("127.0.0.1:9".parse().unwrap());
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    let message = ana.send(&session, "Hello").await;
    ana.until_state(&message, "sent").await;
    let sent = desk.simulator.sent().pop().unwrap();
    let news = twilio_receipt(&Line::account(), &line.url(), &sent, "undelivered", Some(21_610));
    for _ in 0..2 {
        assert_eq!(desk.deliver(&line, &news).await.status, 204);
    }
    let failed = ana.until_state(&message, "failed").await;
    assert_eq!(failed["error"]["kind"], json!(ErrorKind::OptedOut));
    assert_eq!(ana.try_send(&session, "And now?").await.refusal(), "409 opted_out");
    assert_eq!(ana.timeline(&session).await, ["opened", "opted_out"]);
}

#[tokio::test]
async fn supervisors_lift_it_with_a_reason() {
    let (desk, ana, line, session) = stage(json!({})).await;
    let sam = desk.supervisor("Sam").await;
    let path = format!("/sessions/{session}/lift-opt-out");
    let reason = json!({ "reason": "  She asked for it at the counter. " });
    assert_eq!(sam.try_post(&path, reason.clone()).await.refusal(), "409 conflict");
    desk.says(&line, CUSTOMER, "STOP").await;
    let mut news = ana.follow(None).await;
    assert_eq!(ana.try_post(&path, reason.clone()).await.refusal(), "403 forbidden");
    for empty in ["", "  ", "no"] {
        let refused = sam.try_post(&path, json!({ "reason": empty })).await;
        assert_eq!(refused.refusal(), "422 invalid");
    }
    let lifted = sam.post(&path, reason.clone()).await;
    assert!(lifted["opted_out"].is_null());
    assert_eq!(news.next("session_changed").await["session_id"], session.as_str());
    let thread = ana.thread(&session).await;
    let entry = thread.last().unwrap();
    assert_eq!(entry["event"]["kind"], "opt_out_lifted");
    assert_eq!(entry["event"]["reason"], "She asked for it at the counter.");
    assert_eq!(entry["author_name"], "Sam");
    assert_eq!(ana.try_send(&session, "Hello again").await.status, 201);
    assert_eq!(sam.try_post(&path, reason).await.refusal(), "409 conflict");
}

#[tokio::test]
async fn stop_and_help_are_answered_once_each_although_the_customer_opted_out() {
    let texts = json!({
        "stop_text": "You will hear no more from us.", "help_text": "Corner Bakery, 555-0100.",
    });
    let (desk, ana, line, session) = stage(texts).await;
    let stop = line.message(&said(CUSTOMER, "STOP"));
    for _ in 0..3 {
        assert_eq!(desk.deliver(&line, &stop).await.status, 204);
    }
    desk.simulator.until_taken(1).await;
    desk.says(&line, CUSTOMER, "help").await;
    desk.simulator.until_taken(2).await;
    desk.says(&line, CUSTOMER, "I need help").await;
    let texts: Vec<_> = desk.simulator.sent().into_iter().map(|one| one.text.unwrap()).collect();
    assert_eq!(texts, ["You will hear no more from us.", "Corner Bakery, 555-0100."]);
    let thread = ana.said(&session).await;
    let answers: Vec<_> = thread.iter().filter(|one| one["direction"] == "out").collect();
    assert_eq!(answers.len(), 2);
    for answer in answers {
        assert_eq!(answer["automatic"], true);
        assert_eq!(answer["author_name"], "Automatic answer");
        assert!(answer["author_id"].is_null());
        ana.until_state(answer["id"].as_str().unwrap(), "sent").await;
    }
    let shown = ana.get(&format!("/sessions/{session}")).await;
    assert_eq!(shown["preview"], "I need help", "the list shows what the customer said");
    assert!(shown["waiting_since"].is_i64(), "and somebody should still answer");
    assert_eq!(ana.try_send(&session, "Sorry to see you go").await.refusal(), "409 opted_out");
}

#[tokio::test]
async fn without_a_text_nothing_is_answered() {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "manual").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let line = desk.general(&to_queue(&queue)).await;
    desk.says(&line, CUSTOMER, "HELP").await;
    desk.says(&line, CUSTOMER, "STOP").await;
    let session = ana.session_with(CUSTOMER).await;
    assert_eq!(ana.said(&session).await.len(), 2);
    assert!(desk.simulator.sent().is_empty());
}

#[tokio::test]
async fn it_can_be_tried_with_the_demo() {
    let desk = Desk::start_as(|config| config.demo = true).await;
    let ada = desk.admin.clone();
    let persona = ada.get("/demo").await["personas"][0]["id"].as_str().unwrap().to_owned();
    for (text, opted_out) in [("Hello", false), ("STOP", true), ("START", false)] {
        ada.post("/demo/messages", json!({ "persona": persona, "text": text })).await;
        let session = until(&format!("“{text}” arrives"), || async {
            let sessions = ada.folder("recent").await;
            sessions.first().filter(|session| session["preview"] == text).cloned()
        })
        .await;
        assert_eq!(session["opted_out"].is_object(), opted_out, "{text}: {session}");
    }
    let session = ada.session_with(&persona).await;
    assert_eq!(ada.timeline(&session).await, ["opened", "opted_out", "opted_in"]);
}
