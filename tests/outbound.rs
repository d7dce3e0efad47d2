//! The answer on its way: what the provider is asked, how fast, in which order, and what the agent
//! sees of it.

use std::time::Duration;

use deskbell_channels::simulated::engine::{Fault, Faults};
use deskbell_simulator::webhook::twilio_receipt;
use deskbell_simulator::{Conduct, Recorded};
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{
    Agent, Desk, Fixtures, Line, NUMBER, Options, PUBLIC, Reply, Server, key, to_user, until,
};

const CUSTOMER: &str = "+15555550123";

/// A desk with one agent to whom everything goes.
async fn desk() -> (Desk, Agent) {
    let desk = Desk::start().await;
    desk.simulator.set_conduct(Conduct { receipt_percent: 0, ..desk.simulator.conduct() });
    let ana = desk.agent("Ana", &[]).await;
    (desk, ana)
}

/// A session of the agent with a customer.
async fn session(desk: &Desk, ana: &Agent, line: &Line, customer: &str) -> String {
    desk.says(line, customer, "Hello").await;
    ana.session_with(customer).await
}

/// A General channel whose gateway is `server`.
async fn at(desk: &Desk, ana: &Agent, server: &Server) -> Line {
    let values = json!({ "send_url": format!("{}/send?v=1", server.url), "verify_url": "" });
    let more = json!({ "values": values });
    desk.general_with(&to_user(&ana.id), Options { more, ..Options::default() }).await
}

#[tokio::test]
async fn a_gateway_is_asked_exactly_as_the_open_api_says() {
    let (desk, ana) = desk().await;
    let server = Server::replying(Reply::json(200, &json!({ "data": { "id": "m-1" } }))).await;
    let line = at(&desk, &ana, &server).await;
    let session = session(&desk, &ana, &line, CUSTOMER).await;
    let message = ana.send(&session, "We open at 8! 👍").await;
    ana.until_state(&message, "sent").await;
    let asked = server.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].method, "POST");
    assert_eq!(asked[0].uri.to_string(), "/send?v=1");
    assert_eq!(asked[0].headers["authorization"], "Bearer key-0123456789");
    assert_eq!(asked[0].headers["content-type"], "application/json");
    let body: Value = serde_json::from_slice(&asked[0].body).unwrap();
    let expected = json!({ "from": NUMBER, "to": CUSTOMER, "text": "We open at 8! 👍" });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn twilio_is_asked_exactly_as_its_api_says() {
    let (desk, ana) = desk().await;
    let account = json!({ "status": "active" });
    let server = Server::replying(Reply::json(200, &account)).await;
    let options = Options {
        more: json!({ "base_url": format!("{}/edge", server.url) }),
        ..Options::default()
    };
    let line = desk.twilio_with(&to_user(&ana.id), options).await;
    server.forget();
    server.reply(Reply::json(201, &json!({ "sid": "SM1" })));
    let session = session(&desk, &ana, &line, CUSTOMER).await;
    let message = ana.send(&session, "a+b=c & d").await;
    ana.until_state(&message, "sent").await;
    let asked = server.asked();
    assert_eq!(asked.len(), 1);
    let account = Line::account().sid;
    assert_eq!(asked[0].uri.path(), format!("/edge/2010-04-01/Accounts/{account}/Messages.json"));
    let basic = asked[0].headers["authorization"].to_str().unwrap();
    assert_eq!(
        basic,
        "Basic QUNhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYTp0ZXN0LWF1dGgtdG9rZW4tMDAwMQ=="
    );
    let fields: Vec<(String, String)> =
        url::form_urlencoded::parse(&asked[0].body).into_owned().collect();
    let expected = [
        ("To", CUSTOMER.to_owned()),
        ("From", NUMBER.to_owned()),
        ("Body", "a+b=c & d".to_owned()),
        ("StatusCallback", format!("{PUBLIC}{}", line.path)),
    ];
    let expected: Vec<_> =
        expected.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    assert_eq!(fields, expected);
}

#[tokio::test]
async fn the_agent_sees_every_state_in_order() {
    let (desk, ana) = desk().await;
    let line = desk.twilio(&to_user(&ana.id)).await;
    desk.simulator.set_conduct(Conduct { receipt_percent: 10, ..desk.simulator.conduct() });
    let session = session(&desk, &ana, &line, CUSTOMER).await;
    let mut follower = ana.follow(None).await;
    let answer = ana.try_send(&session, "On our way").await.ok();
    assert_eq!(answer["state"], "queued", "it is on disk before anybody is told");
    assert_eq!(follower.said().await["message_id"], answer["id"]);
    let id = answer["id"].as_str().unwrap();
    let mut seen = vec!["queued".to_owned()];
    while seen.last().unwrap() != "delivered" {
        follower.next("message_changed").await;
        let state = ana.get(&format!("/messages/{id}")).await["state"].as_str().unwrap().to_owned();
        seen.push(state);
    }
    seen.dedup();
    let order = ["queued", "sending", "sent", "delivered"];
    let mut places = seen.iter().map(|state| order.iter().position(|one| one == state).unwrap());
    assert!(places.by_ref().is_sorted(), "{seen:?}");
    assert_eq!(desk.simulator.taken(), 1);
}

#[tokio::test]
async fn a_channel_never_sends_faster_than_its_rate() {
    let (desk, ana) = desk().await;
    let options = Options { rate: 20.0, ..Options::default() };
    let line = desk.general_with(&to_user(&ana.id), options).await;
    let customers: Vec<String> = (0..30).map(|n| format!("+155555502{n:02}")).collect();
    for customer in &customers {
        desk.says(&line, customer, "Hello").await;
    }
    for session in ana.folder("mine").await {
        ana.send(session["id"].as_str().unwrap(), "Hello back").await;
    }
    desk.simulator.until_taken(30).await;
    let mut times: Vec<i64> = desk.simulator.sent().iter().map(|one| one.at).collect();
    times.sort_unstable();
    // 20 a second: the twentieth after any message comes a second later, but for the time that
    // a request takes on its way.
    for window in times.windows(21) {
        assert!(window[20] - window[0] >= 850, "{times:?}");
    }
    assert!(times[29] - times[0] < 8_000, "and not much slower: {times:?}");
}

#[tokio::test]
async fn messages_of_one_conversation_leave_one_after_the_other() {
    let (desk, ana) = desk().await;
    let line = desk.general(&to_user(&ana.id)).await;
    desk.simulator.set_conduct(Conduct { latency_ms: 60, ..desk.simulator.conduct() });
    let customers: Vec<String> = (0..4).map(|n| format!("+1555555021{n}")).collect();
    let mut sessions = Vec::new();
    for customer in &customers {
        sessions.push(session(&desk, &ana, &line, customer).await);
    }
    for n in 0..5 {
        for session in &sessions {
            ana.send(session, &format!("part {n}")).await;
        }
    }
    desk.simulator.until_taken(20).await;
    let sent = desk.simulator.sent();
    for customer in &customers {
        let own: Vec<_> = sent.iter().filter(|one| one.to == *customer).collect();
        let texts: Vec<_> = own.iter().map(|one| one.text.clone().unwrap()).collect();
        assert_eq!(texts, ["part 0", "part 1", "part 2", "part 3", "part 4"]);
        assert!(own.windows(2).all(|two| two[1].at - two[0].at >= 60), "two were in flight");
    }
    let span = sent.iter().map(|one| one.at).max().unwrap() - sent[0].at;
    assert!(span < 20 * 60, "conversations do not wait for each other: {span} ms");
}

#[tokio::test]
async fn a_failed_message_says_why_in_the_words_of_the_guide_and_holds_up_nobody() {
    let (desk, ana) = desk().await;
    let fixtures = Fixtures::of("general");
    let server = Server::replying(Reply::new(500, "")).await;
    let line = at(&desk, &ana, &server).await;
    let table = fixtures.json("send_prompt_cases.json");
    let cases = table["cases"].as_array().unwrap().iter();
    let mut judged = 0;
    for (place, case) in cases.filter(|case| case["effect"] == "none").enumerate() {
        let name = &case["name"];
        let status = u16::try_from(case["http_status"].as_u64().unwrap()).unwrap();
        server.reply(Reply::new(status, fixtures.body_of(case)));
        let session = session(&desk, &ana, &line, &format!("+155555503{place:02}")).await;
        let failed = ana.send(&session, "Hello").await;
        let failed = ana.until_state(&failed, "failed").await;
        assert_eq!(failed["error"]["prompt"], case["prompt"], "{name}");
        if case["text"].is_string() {
            assert_eq!(failed["error"]["text"], case["text"], "{name}");
        }
        assert_eq!(failed["attempts"], 1, "{name}: it was not tried again");
        server.reply(Reply::json(200, &json!({ "data": { "id": format!("m-{place}") } })));
        let next = ana.send(&session, "And this?").await;
        ana.until_state(&next, "sent").await;
        judged += 1;
    }
    assert!(judged >= 15, "only {judged} cases");
    let counts = ana.get("/sessions/counts").await;
    assert_eq!(counts["attention"], judged, "each needs somebody");
}

#[tokio::test]
async fn a_gateway_that_gives_every_message_the_same_id_holds_up_nobody() {
    let (desk, ana) = desk().await;
    let server = Server::replying(Reply::json(200, &json!({ "data": { "id": "ok" } }))).await;
    let line = at(&desk, &ana, &server).await;
    let session = session(&desk, &ana, &line, CUSTOMER).await;
    for text in ["one", "two", "three"] {
        let message = ana.send(&session, text).await;
        ana.until_state(&message, "sent").await;
    }
    assert_eq!(server.asked().len(), 3);
}

#[tokio::test]
async fn too_many_requests_wait_as_long_as_the_provider_asks() {
    let (desk, ana) = desk().await;
    for line in [desk.twilio(&to_user(&ana.id)).await, desk.general(&to_user(&ana.id)).await] {
        desk.simulator.forget();
        desk.simulator.set_faults(Faults::from_iter([Fault::RateLimited]));
        let session = session(&desk, &ana, &line, CUSTOMER).await;
        let message = ana.send(&session, "Patience").await;
        desk.simulator.until_sent(1).await;
        let waiting = until("the message waits", || async {
            let message = ana.get(&format!("/messages/{message}")).await;
            (message["state"] == "queued" && message["attempts"] == 1).then_some(message)
        })
        .await;
        assert_eq!(waiting["error"]["prompt"], "Too frequent operations. Please try again later.");
        assert!(waiting["due_at"].is_i64());
        desk.simulator.set_faults(Faults::default());
        desk.simulator.until_taken(1).await;
        let sent = desk.simulator.sent();
        assert!(sent[1].at - sent[0].at >= 2_000, "Retry-After said 2 seconds");
        assert_eq!(sent.len(), 2);
        ana.post(&format!("/sessions/{session}/end"), Value::Null).await;
    }
}

#[tokio::test]
async fn a_gateway_that_cannot_be_reached_is_tried_again() {
    let (desk, ana) = desk().await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let values = json!({ "send_url": format!("http://{free}/send"), "verify_url": "" });
    let options = Options { more: json!({ "values": values }), ..Options::default() };
    let line = desk.general_with(&to_user(&ana.id), options).await;
    let session = session(&desk, &ana, &line, CUSTOMER).await;
    let message = ana.send(&session, "Still there").await;
    until("the first attempt", || async {
        let message = ana.get(&format!("/messages/{message}")).await;
        (message["attempts"].as_i64() >= Some(1) && message["state"] == "queued").then_some(())
    })
    .await;
    let values = json!({ "send_url": desk.simulator.general_send_url() });
    desk.admin.patch(&format!("/channels/{}", line.id), json!({ "values": values })).await;
    let sent = ana.until_state(&message, "sent").await;
    assert!(sent["attempts"].as_i64() >= Some(2));
    assert!(sent["error"].is_null(), "what went wrong before is over");
    assert_eq!(desk.simulator.taken(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_client_key_is_the_same_message() {
    let (desk, ana) = desk().await;
    let other = desk.agent("Cleo", &[]).await;
    let line = desk.general(&to_user(&ana.id)).await;
    let session = session(&desk, &ana, &line, CUSTOMER).await;
    let path = format!("/sessions/{session}/messages");
    let body = json!({ "client_key": key(), "text": "Only once" });
    let answers = join_all((0..20).map(|_| ana.try_post(&path, body.clone()))).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses[19], 201);
    assert!(statuses[..19].iter().all(|status| *status == 200), "{statuses:?}");
    let first = answers[0].json()["id"].clone();
    assert!(answers.iter().all(|answer| answer.json()["id"] == first));
    ana.until_state(first.as_str().unwrap(), "sent").await;
    assert_eq!(desk.simulator.taken(), 1);
    desk.says(&line, "+15555550125", "Hello").await;
    let second = ana.session_with("+15555550125").await;
    let reused = ana.try_post(&format!("/sessions/{second}/messages"), body.clone()).await;
    assert_eq!(reused.refusal(), "409 conflict", "a message is never taken for another's");
    assert_eq!(ana.said(&second).await.len(), 1);
    desk.says(&desk.general(&to_user(&other.id)).await, "+15555550124", "Hello").await;
    let hers = other.session_with("+15555550124").await;
    let stolen = other.try_post(&format!("/sessions/{hers}/messages"), body).await;
    assert_eq!(stolen.refusal(), "409 conflict", "another's key shows nothing of theirs");
}

#[tokio::test]
async fn receipts_settle_on_the_best_news_in_whatever_order_they_come() {
    let (desk, ana) = desk().await;
    let line = desk.twilio(&to_user(&ana.id)).await;
    let session = session(&desk, &ana, &line, CUSTOMER).await;
    // The simulator's own receipts go where nobody listens.
    desk.simulator.set_callback_to("127.0.0.1:9".parse().unwrap());
    for (order, expected) in [
        (["sent", "delivered"], "delivered"),
        (["delivered", "sent"], "delivered"),
        (["undelivered", "delivered"], "delivered"),
        (["delivered", "undelivered"], "delivered"),
        (["read", "delivered"], "read"),
        (["failed", "sent"], "failed"),
    ] {
        let message = ana.send(&session, "Hello").await;
        ana.until_state(&message, "sent").await;
        let sent = desk.simulator.sent().pop().unwrap();
        for status in order {
            let code = status.ends_with("ed").then_some(30_003).filter(|_| status != "delivered");
            let news = twilio_receipt(&Line::account(), &line.url(), &sent, status, code);
            for _ in 0..2 {
                assert_eq!(desk.deliver(&line, &news).await.status, 204);
            }
        }
        let settled = ana.get(&format!("/messages/{message}")).await;
        assert_eq!(settled["state"], expected, "{order:?}");
        assert_eq!(settled["error"].is_null(), expected != "failed", "{order:?}: {settled}");
    }
}

#[tokio::test]
async fn a_receipt_that_is_faster_than_the_answer_is_not_lost() {
    let (desk, ana) = desk().await;
    let account = json!({ "status": "active" });
    let server = Server::replying(Reply::json(200, &account)).await;
    let options = Options { more: json!({ "base_url": server.url }), ..Options::default() };
    let line = desk.twilio_with(&to_user(&ana.id), options).await;
    let session = session(&desk, &ana, &line, CUSTOMER).await;
    server.forget();
    let slow = Reply::json(201, &json!({ "sid": "SM77" })).after(Duration::from_millis(600));
    server.reply(slow);
    let message = ana.send(&session, "Hello").await;
    server.until_asked(1).await;
    let about = Recorded {
        provider: "twilio",
        provider_id: "SM77".into(),
        our_id: None,
        from: NUMBER.into(),
        to: CUSTOMER.into(),
        text: None,
        media_urls: Vec::new(),
        status_url: None,
        taken: true,
        at: 0,
    };
    for status in ["delivered", "sent"] {
        let news = twilio_receipt(&Line::account(), &line.url(), &about, status, None);
        assert_eq!(desk.deliver(&line, &news).await.status, 204);
    }
    assert_eq!(ana.get(&format!("/messages/{message}")).await["state"], "sending");
    ana.until_state(&message, "delivered").await;
}

#[tokio::test]
async fn what_has_not_left_can_be_taken_back() {
    let (desk, ana) = desk().await;
    let line = desk.general(&to_user(&ana.id)).await;
    let session = session(&desk, &ana, &line, CUSTOMER).await;
    desk.simulator.set_faults(Faults::from_iter([Fault::RateLimited]));
    let first = ana.send(&session, "first").await;
    let second = ana.send(&session, "second").await;
    desk.simulator.until_sent(1).await;
    let cancelled = ana.post(&format!("/messages/{second}/cancel"), Value::Null).await;
    assert_eq!(cancelled["state"], "cancelled");
    desk.simulator.set_faults(Faults::default());
    ana.until_state(&first, "sent").await;
    let third = ana.send(&session, "third").await;
    ana.until_state(&third, "sent").await;
    let taken: Vec<_> = desk
        .simulator
        .sent()
        .into_iter()
        .filter(|one| one.taken)
        .map(|one| one.text.unwrap())
        .collect();
    assert_eq!(taken, ["first", "third"]);
    assert_eq!(ana.timeline(&session).await, ["opened", "cancelled"], "who did it is kept");
    for settled in [&first, &second] {
        let again = ana.try_post(&format!("/messages/{settled}/cancel"), Value::Null).await;
        assert_eq!(again.refusal(), "409 conflict");
    }
}

#[tokio::test]
async fn what_the_provider_would_refuse_is_refused_at_once() {
    let (desk, ana) = desk().await;
    let line = desk.twilio(&to_user(&ana.id)).await;
    let session = session(&desk, &ana, &line, CUSTOMER).await;
    let rows = desk.rows();
    let path = format!("/sessions/{session}/messages");
    for (body, field) in [
        (json!({ "client_key": key(), "text": "  " }), "text"),
        (json!({ "client_key": key(), "text": "x".repeat(1_601) }), "text"),
        (json!({ "client_key": "short", "text": "x" }), "client_key"),
        (json!({ "client_key": key(), "file_ids": [key()] }), "file_ids"),
    ] {
        let answer = ana.try_post(&path, body).await;
        assert_eq!(answer.refusal(), "422 invalid");
        assert_eq!(answer.json()["fields"][0]["field"], field);
    }
    assert_eq!(desk.rows(), rows);
    assert_eq!(ana.try_send(&session, &"é".repeat(1_600)).await.status, 201);
}

#[tokio::test]
async fn starting_a_session_is_for_those_who_may() {
    let (desk, ana) = desk().await;
    let ben = desk.agent("Ben", &[]).await;
    let options = Options { starters: vec![ana.id.clone()], ..Options::default() };
    let line = desk.twilio_with(&to_user(&ben.id), options).await;
    let start = |to: &str| json!({ "number_id": line.number_id, "to": to, "client_key": key(), "text": "Your order" });
    assert_eq!(ben.try_post("/sessions", start("+15555550130")).await.refusal(), "403 forbidden");
    assert_eq!(ana.try_post("/sessions", start("not a number")).await.refusal(), "422 invalid");
    assert_eq!(ana.get("/me").await["startable"][0]["address"], NUMBER);
    let started = ana.post("/sessions", start("(555) 555-0130")).await;
    assert_eq!(started["session"]["address"], "+15555550130");
    assert_eq!(started["session"]["owner_id"], ana.id.as_str());
    ana.until_state(started["message"]["id"].as_str().unwrap(), "delivered").await;
    let again = ana.post("/sessions", start("+15555550130")).await;
    assert_eq!(again["session"]["id"], started["session"]["id"], "the open one goes on");
    desk.says(&line, "+15555550131", "Hello Ben").await;
    let taken = ana.try_post("/sessions", start("+15555550131")).await;
    assert_eq!(taken.refusal(), "409 session_owned");
    assert!(taken.text.contains("Ben"), "{}", taken.text);
}
