//! The demo: customers who do not exist, and everything that can go wrong with their carrier.

use serde_json::{Value, json};

use crate::support::{Agent, Desk, until};

/// A desk with the demo, its administrator and its first customer.
async fn desk() -> (Desk, Agent, String) {
    let desk = Desk::start_as(|config| config.demo = true).await;
    let admin = desk.admin.clone();
    let demo = admin.get("/demo").await;
    let persona = demo["personas"][0]["id"].as_str().unwrap().to_owned();
    (desk, admin, persona)
}

async fn writes(agent: &Agent, persona: &str, text: &str) {
    agent.post("/demo/messages", json!({ "persona": persona, "text": text })).await;
}

/// Waits until a customer's text is the last one of its session; gives the session's id.
async fn arrived(agent: &Agent, text: &str) -> String {
    until(&format!("“{text}” arrives"), || async {
        let sessions = agent.folder("recent").await;
        let found = sessions.iter().find(|session| session["preview"] == text)?;
        Some(found["id"].as_str()?.to_owned())
    })
    .await
}

#[tokio::test]
async fn a_customer_writes_and_the_answer_is_delivered() {
    let (_desk, ada, persona) = desk().await;
    writes(&ada, &persona, "Is my cake ready?").await;
    let session = arrived(&ada, "Is my cake ready?").await;
    ada.post(&format!("/sessions/{session}/pick-up"), Value::Null).await;
    let message = ada.send(&session, "Yes, come in!").await;
    ada.until_state(&message, "delivered").await;
    let phone = ada.get(&format!("/demo?persona={persona}")).await;
    let texts: Vec<_> =
        phone["conversation"].as_array().unwrap().iter().map(|one| one["text"].clone()).collect();
    assert_eq!(texts, ["Is my cake ready?", "Yes, come in!"]);
    let nobody = json!({ "persona": "nobody", "text": "x" });
    assert_eq!(ada.try_post("/demo/messages", nobody).await.status, 404);
}

#[tokio::test]
async fn a_customer_can_send_a_picture_and_plays_a_part() {
    let (_desk, ada, persona) = desk().await;
    ada.post("/demo/messages", json!({ "persona": persona, "photo": true })).await;
    until("the picture is there", || async {
        let sessions = ada.folder("recent").await;
        let session = sessions.first()?["id"].as_str()?.to_owned();
        let said = ada.said(&session).await;
        let file = said.first()?["files"].as_array()?.first()?.clone();
        (file["state"] == "stored" && file["content_type"] == "image/png").then_some(())
    })
    .await;
    let personas = ada.get("/demo").await["personas"].clone();
    let other = &personas[1];
    ada.post("/demo/messages", json!({ "persona": other["id"] })).await;
    let lines = other["lines"].as_array().unwrap().len();
    let session = until("the whole beginning is said", || async {
        let sessions = ada.folder("recent").await;
        let session = sessions.iter().find(|one| one["address"] == other["id"])?;
        (session["messages_in"] == lines).then(|| session["id"].as_str().unwrap().to_owned())
    })
    .await;
    ada.send(&session, "How can I help?").await;
    until("the customer goes on", || async {
        let said = ada.said(&session).await;
        (said.last()?["direction"] == "in" && said.len() > lines + 1).then_some(())
    })
    .await;
}

async fn switch(ada: &Agent, fault: &str, on: bool) {
    let now = ada.patch("/demo/faults", json!({ fault: on })).await;
    assert_eq!(now[fault], on);
}

#[tokio::test]
async fn a_customer_who_comes_three_times_is_heard_once() {
    let (desk, ada, persona) = desk().await;
    switch(&ada, "duplicate", true).await;
    writes(&ada, &persona, "only once").await;
    let session = arrived(&ada, "only once").await;
    let message = ada.send(&session, "Understood").await;
    ada.until_state(&message, "delivered").await;
    switch(&ada, "duplicate", false).await;
    writes(&ada, &persona, "and this").await;
    arrived(&ada, "and this").await;
    let heard = ada.said(&session).await;
    assert_eq!(heard.len(), 3);
    assert_eq!(desk.number("SELECT count(*) FROM messages WHERE body = 'only once'"), 1);
}

#[tokio::test]
async fn each_fault_of_the_carrier_shows_as_it_should() {
    let (_desk, ada, persona) = desk().await;
    writes(&ada, &persona, "Hello").await;
    let session = arrived(&ada, "Hello").await;
    for (fault, state, kind) in [
        ("out_of_order", "delivered", None),
        ("failed", "failed", Some("other")),
        ("refused", "failed", Some("authentication_failed")),
        ("uncertain", "uncertain", Some("other")),
    ] {
        switch(&ada, fault, true).await;
        let message = ada.send(&session, &format!("with {fault}")).await;
        let settled = ada.until_state(&message, state).await;
        assert_eq!(settled["error"]["kind"].as_str(), kind, "{fault}");
        switch(&ada, fault, false).await;
    }
    switch(&ada, "rate_limited", true).await;
    let message = ada.send(&session, "in a hurry").await;
    until("it waits its turn", || async {
        let message = ada.get(&format!("/messages/{message}")).await;
        (message["error"]["kind"] == "too_many_requests" && message["state"] == "queued")
            .then_some(())
    })
    .await;
    switch(&ada, "rate_limited", false).await;
    ada.until_state(&message, "delivered").await;
}

#[tokio::test]
async fn a_garbled_message_of_a_customer_needs_attention() {
    let (_desk, ada, persona) = desk().await;
    switch(&ada, "unparsable", true).await;
    writes(&ada, &persona, "garbled").await;
    until("it is kept", || async {
        (ada.get("/sessions/counts").await["attention"] == 1).then_some(())
    })
    .await;
    assert!(ada.folder("recent").await.is_empty());
    let kept = ada.get("/deliveries?outcome=unreadable").await;
    assert_eq!(kept[0]["channel_name"], "Demo");
}

#[tokio::test]
async fn the_demo_goes_with_everything_of_it_and_comes_back() {
    let (desk, ada, persona) = desk().await;
    let ana = desk.agent("Ana", &[]).await;
    writes(&ana, &persona, "Hello").await;
    let session = arrived(&ada, "Hello").await;
    assert_eq!(ana.try_delete("/demo").await.refusal(), "403 forbidden");
    let fault = json!({ "failed": true });
    assert_eq!(ana.try_patch("/demo/faults", fault).await.refusal(), "403 forbidden");
    assert_eq!(ana.get("/demo").await["faults"]["failed"], false);
    ada.delete("/demo").await;
    assert_eq!(ada.try_get("/demo").await.status, 404);
    assert_eq!(ada.get(&format!("/sessions/{session}")).await["status"], "closed");
    assert_eq!(ada.try_post("/demo/messages", json!({ "persona": persona })).await.status, 404);
    ada.post("/demo", Value::Null).await;
    writes(&ada, &persona, "Hello again").await;
    assert_ne!(arrived(&ada, "Hello again").await, session);
}

#[tokio::test]
async fn a_desk_without_demo_has_none() {
    let desk = Desk::start().await;
    assert_eq!(desk.admin.try_get("/demo").await.status, 404);
    assert_eq!(desk.admin.get("/channels").await, json!([]));
    let refused = desk.admin.try_post("/channels", json!({ "provider": "demo" })).await;
    assert_eq!(refused.refusal(), "422 invalid", "the desk makes it, not a form");
}
