//! What an administrator does to a channel, and what its light says.

use deskbell_core::clock;
use deskbell_simulator::Conduct;
use serde_json::{Value, json};

use crate::support::{
    Asked, Desk, Fixtures, Line, NUMBER, Options, Reply, Server, all_files, holds, to_queue,
    to_user, until,
};

const CUSTOMER: &str = "+15555550123";

#[tokio::test]
async fn the_webhook_address_is_there_when_the_form_opens_and_never_changes() {
    let mut desk = Desk::start().await;
    let open = async |desk: &Desk, provider: &str| {
        let draft = desk.admin.post("/channels", json!({ "provider": provider })).await;
        (
            draft["id"].as_str().unwrap().to_owned(),
            draft["webhook_path"].as_str().unwrap().to_owned(),
        )
    };
    let first = open(&desk, "twilio").await;
    let token = first.1.strip_prefix("/api/v1.0/webhook/twilio/").unwrap();
    assert!(token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit()), "{token}");
    assert_eq!(open(&desk, "twilio").await, first, "a form that was left is the same draft");
    assert_ne!(open(&desk, "general").await.1, first.1);
    desk.restart().await;
    assert_eq!(open(&desk, "twilio").await, first);
    let line = desk.twilio(&to_user(&desk.admin.id.clone())).await;
    assert_eq!((line.id.clone(), line.path.clone()), first);
    for state in ["disabled", "active"] {
        let changed =
            desk.admin.patch(&format!("/channels/{}", line.id), json!({ "state": state })).await;
        assert_eq!(changed["webhook_path"], first.1.as_str());
    }
    desk.admin.delete(&format!("/channels/{}", line.id)).await;
    assert_ne!(open(&desk, "twilio").await.1, first.1, "a token is never given twice");
    let kept = "SELECT count(*) FROM channels WHERE deleted_at IS NOT NULL AND token <> ''";
    assert_eq!(desk.number(kept), 1);
}

#[tokio::test]
async fn a_channel_is_switched_on_when_it_is_complete() {
    let desk = Desk::start().await;
    let draft = desk.admin.post("/channels", json!({ "provider": "twilio" })).await;
    let path = format!("/channels/{}", draft["id"].as_str().unwrap());
    let missing = async |change: Value| {
        let refused = desk.admin.try_patch(&path, change).await;
        assert_eq!(refused.refusal(), "422 invalid", "{}", refused.text);
        let body = refused.json();
        let fields = body["fields"].as_array().unwrap().iter();
        fields.map(|one| one["field"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let on = json!({ "state": "active" });
    assert_eq!(missing(on.clone()).await, ["account_sid", "auth_token", "numbers"]);
    let values = json!({ "values": { "account_sid": Line::account().sid }, "secrets": { "auth_token": "t" } });
    desk.admin.patch(&path, values).await;
    assert_eq!(missing(on).await, ["numbers"]);
    for (change, field) in [
        (json!({ "base_url": "http://203.0.113.9", "state": "active" }), "base_url"),
        (json!({ "rate": 0 }), "rate"),
        (json!({ "values": { "color": "red" } }), "color"),
        (json!({ "values": { "auth_token": "t" } }), "auth_token"),
        (
            json!({ "numbers": [{ "address": "nope!", "destination": to_user(&desk.admin.id) }] }),
            "numbers.0.address",
        ),
        (
            json!({ "numbers": [{ "address": NUMBER, "destination": to_queue(&desk.admin.id) }] }),
            "numbers.0.destination",
        ),
    ] {
        assert!(missing(change).await.contains(&field.to_owned()), "{field}");
    }
    let general = desk.admin.post("/channels", json!({ "provider": "general" })).await;
    let path = format!("/channels/{}", general["id"].as_str().unwrap());
    let refused = desk.admin.try_patch(&path, json!({ "base_url": "https://x.example" })).await;
    assert_eq!(refused.json()["fields"][0]["field"], "base_url");
    assert_eq!(desk.admin.try_post("/channels", json!({ "provider": "fax" })).await.status, 422);
}

#[tokio::test]
async fn the_light_has_the_five_states_of_the_guide() {
    let desk = Desk::start().await;
    let fixtures = Fixtures::of("general");
    let table = fixtures.json("channel_status_cases.json");
    let known = table["challenge"].as_str().unwrap().to_owned();
    let server = Server::replying(Reply::new(200, "")).await;
    let values = json!({ "send_url": server.url, "verify_url": format!("{}/verify", server.url) });
    let options = Options { more: json!({ "values": values }), ..Options::default() };
    let line = desk.general_with(&to_user(&desk.admin.id), options).await;
    let mut words = Vec::new();
    for case in table["cases"].as_array().unwrap().iter().filter(|case| case["fault"].is_null()) {
        let status = u16::try_from(case["http_status"].as_u64().unwrap()).unwrap();
        let (body, known) = (String::from_utf8(fixtures.body_of(case)).unwrap(), known.clone());
        server.answer(move |asked: &Asked| {
            let fresh = asked.uri.query().unwrap().strip_prefix("challenge=").unwrap();
            Reply::new(status, body.replace(&known, fresh))
        });
        let health = desk.admin.post(&format!("/channels/{}/check", line.id), Value::Null).await;
        assert_eq!(health["words"], case["status"], "{}", case["name"]);
        assert_eq!(health["detail"].is_null(), case["status"] == "Connected", "{}", case["name"]);
        words.push(health["words"].as_str().unwrap().to_owned());
        let kept = desk.admin.get(&format!("/channels/{}", line.id)).await;
        assert_eq!(kept["health"]["words"], case["status"], "{}", case["name"]);
    }
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), 5, "{words:?}");
}

#[tokio::test]
async fn the_gateway_is_asked_when_the_channel_is_saved() {
    let desk = Desk::start().await;
    let server = Server::answering(|asked| {
        let challenge = asked.uri.query().unwrap_or_default().replace("challenge=", "");
        Reply::new(200, challenge)
    })
    .await;
    let values = json!({ "send_url": server.url, "verify_url": format!("{}/verify", server.url) });
    let options = Options { more: json!({ "values": values }), ..Options::default() };
    let line = desk.general_with(&to_user(&desk.admin.id), options).await;
    let asked = server.asked();
    assert_eq!((asked[0].uri.path(), asked[0].method.as_str()), ("/verify", "GET"));
    assert_eq!(asked[0].headers["authorization"], "Bearer key-0123456789");
    let light = async || desk.admin.get(&format!("/channels/{}", line.id)).await["health"].clone();
    assert_eq!(light().await["state"], "connected");
    server.reply(Reply::new(401, ""));
    desk.admin
        .patch(&format!("/channels/{}", line.id), json!({ "secrets": { "api_key": "other" } }))
        .await;
    until("the light turns after a change", || async {
        (light().await["state"] == "unauthorized").then_some(())
    })
    .await;
    assert_eq!(server.asked().last().unwrap().headers["authorization"], "Bearer other");
}

#[tokio::test]
async fn a_suspended_twilio_account_is_seen() {
    let desk = Desk::start().await;
    let line = desk.twilio(&to_user(&desk.admin.id)).await;
    let account_status = "suspended".to_owned();
    desk.simulator.set_conduct(Conduct { account_status, ..desk.simulator.conduct() });
    let health = desk.admin.post(&format!("/channels/{}/check", line.id), Value::Null).await;
    assert_eq!(health["words"], "Unauthorized");
    assert!(health["detail"].as_str().unwrap().contains("suspended"), "{health}");
}

#[tokio::test]
async fn a_channel_with_open_sessions_is_deleted_only_together_with_them() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.twilio(&to_user(&ana.id)).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    let path = format!("/channels/{}", line.id);
    let refused = desk.admin.try_delete(&path).await;
    assert_eq!(refused.refusal(), "409 in_use");
    assert!(refused.text.contains("One open session"), "{}", refused.text);
    desk.admin.delete(&format!("{path}?end_sessions=true")).await;
    let ended = ana.get(&format!("/sessions/{session}")).await;
    assert_eq!(
        (&ended["status"], &ended["closed_by"]),
        (&json!("closed"), &json!("administrator"))
    );
    assert_eq!(ana.said(&session).await.len(), 1, "the conversation stays");
    let late = desk.deliver(&line, &line.message(&crate::support::said(CUSTOMER, "late"))).await;
    assert_eq!((late.status, late.text.as_str()), (404, ""));
    assert_eq!(desk.number("SELECT count(*) FROM channel_secrets"), 0);
    assert_eq!(desk.admin.try_get(&path).await.status, 404);
}

#[tokio::test]
async fn a_channel_that_is_off_neither_receives_nor_sends() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.twilio(&to_user(&ana.id)).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    let switch = async |state: &str| {
        desk.admin.patch(&format!("/channels/{}", line.id), json!({ "state": state })).await;
    };
    switch("disabled").await;
    let webhook = line.message(&crate::support::said(CUSTOMER, "Anybody?"));
    assert_eq!(desk.deliver(&line, &webhook).await.status, 503, "it may be on again soon");
    let elsewhere = line.path.replace("/twilio/", "/general/");
    assert_eq!(desk.deliver_to(&elsewhere, &webhook).await.status, 404);
    assert_eq!(ana.try_send(&session, "Hello").await.refusal(), "409 conflict");
    switch("active").await;
    assert_eq!(desk.deliver(&line, &webhook).await.status, 200, "as a provider that repeats would");
    let message = ana.send(&session, "Hello").await;
    ana.until_state(&message, "delivered").await;
}

#[tokio::test]
async fn a_channel_that_cannot_be_connected_asks_for_another_try() {
    let mut desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.twilio(&to_user(&ana.id)).await;
    desk.stop().await;
    let database = rusqlite::Connection::open(desk.folder.path().join("deskbell.db")).unwrap();
    let spoilt = "UPDATE channel_secrets SET sealed = zeroblob(length(sealed))";
    assert_eq!(database.execute(spoilt, []).unwrap(), 1);
    drop(database);
    let config = crate::support::config(desk.folder.path());
    desk.started(deskbell_core::App::start(config).await.unwrap());
    let webhook = line.message(&crate::support::said(CUSTOMER, "Anybody?"));
    let answer = desk.deliver(&line, &webhook).await;
    assert_eq!((answer.status, answer.text.as_str()), (503, ""));
    let path = format!("/channels/{}", line.id);
    desk.admin.patch(&path, json!({ "secrets": { "auth_token": Line::secrets()[0] } })).await;
    assert_eq!(desk.deliver(&line, &webhook).await.status, 200);
    assert_eq!(ana.only_session("recent").await["preview"], "Anybody?");
}

#[tokio::test]
async fn figures_count_what_passed_in_the_asked_time() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.general(&to_user(&ana.id)).await;
    for text in ["one", "two", "three"] {
        desk.says(&line, CUSTOMER, text).await;
    }
    let session = ana.session_with(CUSTOMER).await;
    let sent = ana.send(&session, "Hello").await;
    ana.until_state(&sent, "sent").await;
    let other = Server::replying(Reply::new(400, r#"{"code":10001}"#)).await;
    let values = json!({ "values": { "send_url": other.url } });
    desk.admin.patch(&format!("/channels/{}", line.id), values).await;
    let failed = ana.send(&session, "Hello?").await;
    ana.until_state(&failed, "failed").await;
    let figures = async |query: String| {
        desk.admin.get(&format!("/channels/{}{query}", line.id)).await["figures"].clone()
    };
    // The customer's messages tell a time of years ago; what counts is when they came.
    let all = json!({ "sent": 1, "received": 3, "failed": 1, "total": 2 });
    assert_eq!(figures(String::new()).await, all);
    let now = clock::now();
    let hour = 3_600_000;
    let sent = figures(format!("?from={}&to={}", now - hour, now + hour)).await;
    assert_eq!((&sent["sent"], &sent["failed"]), (&json!(1), &json!(1)));
    let before = figures(format!("?from=0&to={}", 1_600_000_000_000_i64)).await;
    assert_eq!(before, json!({ "sent": 0, "received": 0, "failed": 0, "total": 0 }));
    let backwards = desk.admin.try_get(&format!("/channels?from={now}&to=0")).await;
    assert_eq!(backwards.refusal(), "422 invalid");
}

#[tokio::test]
async fn secrets_are_never_answered_and_never_lie_open_on_the_disk() {
    let mut desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let lines = desk.both(&to_user(&ana.id)).await;
    desk.says(&lines[0], CUSTOMER, "Hello").await;
    let mut answers = String::new();
    let mut paths = vec![
        "/channels".to_owned(),
        "/settings".into(),
        "/providers".into(),
        "/users".into(),
        "/me".into(),
    ];
    paths.extend(lines.iter().map(|line| format!("/channels/{}", line.id)));
    for path in paths {
        answers.push_str(&desk.admin.try_get(&path).await.text);
    }
    let channel = desk.admin.get(&format!("/channels/{}", lines[1].id)).await;
    assert_eq!(channel["secrets_set"], json!(["api_key", "secret"]));
    let outline = ana.get(&format!("/channels/{}", lines[1].id)).await;
    assert_eq!((&outline["values"], &outline["webhook_path"]), (&json!({}), &json!("")));
    let admin = desk.admin.token.clone();
    desk.stop().await;
    let password = crate::support::PASSWORD;
    for secret in Line::secrets().into_iter().chain([password, &admin, &ana.token]) {
        assert!(!answers.contains(secret), "{secret} was answered");
        for file in all_files(desk.folder.path()) {
            assert!(!holds(&file, secret), "{secret} lies open in {}", file.display());
        }
    }
    let basic = "QUNhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYTp0ZXN0LWF1dGgtdG9rZW4tMDAwMQ==";
    assert!(all_files(desk.folder.path()).iter().all(|file| !holds(file, basic)));
}

#[tokio::test]
async fn a_lost_key_is_an_error_and_never_a_new_key() {
    let mut desk = Desk::start().await;
    desk.twilio(&to_user(&desk.admin.id.clone())).await;
    desk.stop().await;
    let key = desk.folder.path().join("key");
    let kept = std::fs::read(&key).unwrap();
    std::fs::remove_file(&key).unwrap();
    let refused = deskbell_core::App::start(crate::support::config(desk.folder.path())).await;
    let sentence = refused.err().expect("it started without its key").to_string();
    assert!(sentence.contains("key file"), "{sentence}");
    std::fs::write(&key, kept).unwrap();
    deskbell_core::App::start(crate::support::config(desk.folder.path()))
        .await
        .unwrap()
        .stop()
        .await;
}
