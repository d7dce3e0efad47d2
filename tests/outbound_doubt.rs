//! Answers that never came, restarts, and files: nothing is sent twice where the provider tells,
//! and a person decides where it does not.

use std::time::Duration;

use deskbell_channels::simulated::engine::{Fault, Faults};
use deskbell_simulator::{Conduct, Manner};
use serde_json::{Value, json};

use crate::support::{
    Agent, Answer, Desk, Line, Options, PUBLIC, Reply, Server, key, to_user, until,
};

const CUSTOMER: &str = "+15555550123";
const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

async fn desk() -> (Desk, Agent) {
    let desk = Desk::start().await;
    desk.simulator.set_conduct(Conduct { receipt_percent: 0, ..desk.simulator.conduct() });
    let ana = desk.agent("Ana", &[]).await;
    (desk, ana)
}

async fn session(desk: &Desk, ana: &Agent, line: &Line) -> String {
    desk.says(line, CUSTOMER, "Hello").await;
    ana.session_with(CUSTOMER).await
}

fn behave(desk: &Desk, manner: Manner) {
    desk.simulator.set_conduct(Conduct { manner, ..desk.simulator.conduct() });
}

#[tokio::test]
async fn where_the_provider_does_not_tell_a_person_decides() {
    let (desk, ana) = desk().await;
    let line = desk.general(&to_user(&ana.id)).await;
    let session = session(&desk, &ana, &line).await;
    for (arrived, state, submissions) in [(true, "sent", 1), (false, "sent", 2)] {
        desk.simulator.forget();
        behave(&desk, Manner::TakeAndStatus(502));
        let message = ana.send(&session, "Did this go?").await;
        let uncertain = ana.until_state(&message, "uncertain").await;
        assert_eq!(uncertain["attempts"], 1, "it is not sent again blindly");
        assert_eq!(ana.only_session("attention").await["failed"], 1);
        behave(&desk, Manner::Proper);
        let resolve = format!("/messages/{message}/resolve");
        ana.post(&resolve, json!({ "arrived": arrived })).await;
        ana.until_state(&message, state).await;
        assert_eq!(desk.simulator.sent().len(), submissions);
        assert!(ana.folder("attention").await.is_empty());
        let again = ana.try_post(&resolve, json!({ "arrived": arrived })).await;
        assert_eq!(again.refusal(), "409 conflict");
    }
    let resolved = ana.timeline(&session).await;
    assert_eq!(resolved.iter().filter(|kind| *kind == "resolved").count(), 2);
}

#[tokio::test]
async fn a_message_that_twilio_took_silently_is_found_and_not_sent_again() {
    let (desk, ana) = desk().await;
    let line = desk.twilio(&to_user(&ana.id)).await;
    let session = session(&desk, &ana, &line).await;
    let known = ana.send(&session, "Same words").await;
    ana.until_state(&known, "delivered").await;
    behave(&desk, Manner::TakeAndStatus(500));
    let message = ana.send(&session, "Same words").await;
    ana.until_state(&message, "delivered").await;
    assert_eq!(desk.simulator.taken(), 2, "two messages with the same words stay two");
    let ids = "SELECT count(DISTINCT provider_id) FROM messages WHERE direction = 'out'";
    assert_eq!(desk.number(ids), 2);
}

#[tokio::test]
async fn a_message_that_twilio_never_got_is_sent_again() {
    let (desk, ana) = desk().await;
    let line = desk.twilio(&to_user(&ana.id)).await;
    let session = session(&desk, &ana, &line).await;
    behave(&desk, Manner::Status(500));
    let message = ana.send(&session, "Into the void").await;
    desk.simulator.until_sent(1).await;
    behave(&desk, Manner::Proper);
    let sent = ana.until_state(&message, "delivered").await;
    assert_eq!((desk.simulator.taken(), sent["attempts"].as_i64()), (1, Some(2)));
    let times: Vec<i64> = desk.simulator.sent().iter().map(|one| one.at).collect();
    assert!(times[1] - times[0] >= 10_000, "only after it was certain");
}

#[tokio::test]
async fn a_failed_message_can_be_sent_again_by_hand() {
    let (desk, ana) = desk().await;
    let line = desk.twilio(&to_user(&ana.id)).await;
    let session = session(&desk, &ana, &line).await;
    desk.simulator.set_faults(Faults::from_iter([Fault::Failed]));
    let message = ana.send(&session, "Try").await;
    let failed = ana.until_state(&message, "failed").await;
    assert_eq!(failed["error"]["code"], "30003");
    assert_eq!(ana.get("/sessions/counts").await["attention"], 1);
    desk.simulator.set_faults(Faults::default());
    let retry = format!("/messages/{message}/retry");
    assert_eq!(ana.post(&retry, Value::Null).await["state"], "queued");
    let sent = ana.until_state(&message, "delivered").await;
    assert!(sent["error"].is_null());
    assert_eq!(ana.get("/sessions/counts").await["attention"], 0);
    assert_eq!(ana.try_post(&retry, Value::Null).await.refusal(), "409 conflict");
    assert_eq!(ana.timeline(&session).await, ["opened", "retried"], "who did it is kept");
    assert_eq!(desk.simulator.taken(), 2);
}

#[tokio::test]
async fn what_waits_is_sent_after_a_restart() {
    let (mut desk, ana) = desk().await;
    let line = desk.twilio(&to_user(&ana.id)).await;
    let session = session(&desk, &ana, &line).await;
    desk.simulator.set_faults(Faults::from_iter([Fault::RateLimited]));
    let body = json!({ "client_key": key(), "text": "part 0" });
    let path = format!("/sessions/{session}/messages");
    let mut messages = vec![ana.post(&path, body.clone()).await["id"].clone()];
    for n in 1..4 {
        messages.push(json!(ana.send(&session, &format!("part {n}")).await));
    }
    desk.simulator.until_sent(1).await;
    desk.restart().await;
    let again = ana.try_post(&path, body).await;
    assert_eq!((again.status, &again.json()["id"]), (200, &messages[0]), "still the same message");
    desk.simulator.set_faults(Faults::default());
    for message in &messages {
        ana.until_state(message.as_str().unwrap(), "delivered").await;
    }
    let taken = desk.simulator.sent().into_iter().filter(|one| one.taken);
    let texts: Vec<_> = taken.map(|one| one.text.unwrap()).collect();
    assert_eq!(texts, ["part 0", "part 1", "part 2", "part 3"]);
}

#[tokio::test]
async fn a_stop_lets_what_is_being_sent_finish() {
    let (mut desk, ana) = desk().await;
    let line = desk.general(&to_user(&ana.id)).await;
    let session = session(&desk, &ana, &line).await;
    desk.simulator.set_conduct(Conduct { latency_ms: 1_000, ..desk.simulator.conduct() });
    let message = ana.send(&session, "Just in time").await;
    desk.simulator.until_sent(1).await;
    desk.restart().await;
    assert_eq!(ana.get(&format!("/messages/{message}")).await["state"], "sent");
    assert_eq!(desk.simulator.sent().len(), 1);
}

/// Sends a picture; gives the public address at which the provider fetches it.
async fn picture(desk: &Desk, ana: &Agent, line: &Line, session: &str) -> String {
    let file = ana.upload("../../menu 1.png", PNG.to_vec()).await;
    let body = json!({ "client_key": key(), "text": "Our menu", "file_ids": [file] });
    let sent = ana.post(&format!("/sessions/{session}/messages"), body).await;
    ana.until_state(sent["id"].as_str().unwrap(), "sent").await;
    let recorded = desk.simulator.sent().pop().unwrap();
    assert_eq!(recorded.media_urls.len(), 1, "{}", line.provider);
    assert!(recorded.media_urls[0].starts_with(&format!("{PUBLIC}/media/")));
    recorded.media_urls[0].clone()
}

#[tokio::test]
async fn a_provider_fetches_files_by_links_that_expire() {
    let (desk, ana) = desk().await;
    let line = desk.general(&to_user(&ana.id)).await;
    let session = session(&desk, &ana, &line).await;
    let address = desk.local(&picture(&desk, &ana, &line, &session).await);
    let fetched = desk.http.get(&address).send().await.unwrap();
    assert_eq!(fetched.status(), 200);
    assert_eq!(fetched.headers()["content-type"], "image/png");
    assert_eq!(fetched.headers()["x-content-type-options"], "nosniff");
    let disposition = fetched.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(disposition.starts_with("attachment; filename=\"menu_1.png\""), "{disposition}");
    assert_eq!(fetched.bytes().await.unwrap(), PNG);
    let head = desk.http.head(&address).send().await.unwrap();
    assert_eq!(
        (head.status().as_u16(), &head.headers()["content-length"]),
        (200, &PNG.len().into())
    );
    let forged = address.replacen("/media/", "/media/A", 1);
    assert_eq!(desk.http.get(forged).send().await.unwrap().status(), 404);
    let span = "SELECT expires_at - created_at FROM media_links";
    assert_eq!(desk.number(span), 72 * 3_600_000);
    let past = "UPDATE media_links SET created_at = 1, expires_at = 2";
    desk.app().db().write(move |tx| Ok(tx.execute(past, [])?)).await.unwrap();
    let gone = desk.http.get(&address).send().await.unwrap();
    assert_eq!((gone.status().as_u16(), gone.bytes().await.unwrap().len()), (410, 0));
}

#[tokio::test]
async fn without_a_public_address_no_file_is_promised() {
    let (desk, ana) = desk().await;
    let line = desk.twilio(&to_user(&ana.id)).await;
    let session = session(&desk, &ana, &line).await;
    desk.admin.patch("/settings", json!({ "public_url": "" })).await;
    let file = ana.upload("menu.png", PNG.to_vec()).await;
    let body = json!({ "client_key": key(), "file_ids": [file] });
    let refused = ana.try_post(&format!("/sessions/{session}/messages"), body).await;
    assert_eq!(refused.refusal(), "409 no_public_address");
    let text = ana.send(&session, "Text still goes").await;
    ana.until_state(&text, "sent").await;
    assert!(desk.simulator.sent()[0].status_url.is_none());
}

#[tokio::test]
async fn a_file_is_seen_by_whoever_sees_its_message_and_by_nobody_else() {
    let (desk, ana) = desk().await;
    let other = desk.agent("Cleo", &[]).await;
    let supervisor = desk.supervisor("Sam").await;
    let line = desk.general(&to_user(&ana.id)).await;
    let session = session(&desk, &ana, &line).await;
    let file = ana.upload("menu.png", PNG.to_vec()).await;
    let content = format!("/files/{file}/content");
    assert_eq!(supervisor.try_get(&content).await.status, 404, "not before it is attached");
    let stolen = json!({ "client_key": key(), "file_ids": [file], "note": true });
    let path = format!("/sessions/{session}/messages");
    assert_eq!(supervisor.try_post(&path, stolen).await.refusal(), "422 invalid");
    ana.post(&path, json!({ "client_key": key(), "file_ids": [file] })).await;
    let url = format!("{}/api/v1{content}", desk.workspace());
    let got = Answer::of(
        desk.http
            .get(&url)
            .bearer_auth(&ana.token)
            .send()
            .await
            .unwrap_or_else(|error| panic!("{error}")),
    )
    .await;
    assert_eq!(got.status, 200);
    assert!(got.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert_eq!(got.headers["content-length"], PNG.len().to_string().as_str());
    assert_eq!(supervisor.try_get(&format!("/files/{file}")).await.status, 200);
    assert_eq!(other.try_get(&content).await.status, 404);
    assert_eq!(other.try_get(&format!("/files/{file}")).await.status, 404);
    assert_eq!(desk.http.get(&url).send().await.unwrap().status(), 401);
}

#[tokio::test]
async fn a_refused_key_turns_the_light_at_once() {
    let (desk, ana) = desk().await;
    let line = desk.twilio(&to_user(&ana.id)).await;
    let session = session(&desk, &ana, &line).await;
    desk.simulator.set_faults(Faults::from_iter([Fault::Refused]));
    let message = ana.send(&session, "Hello").await;
    let failed = ana.until_state(&message, "failed").await;
    assert_eq!(failed["error"]["prompt"], "Authentication Failed");
    until("the light turns", || async {
        let channel = desk.admin.get(&format!("/channels/{}", line.id)).await;
        (channel["health"]["words"] == "Unauthorized").then_some(())
    })
    .await;
    tokio::time::timeout(Duration::from_secs(1), desk.admin.get("/channels")).await.unwrap();
}

/// A General channel that cannot be asked whether its key works.
async fn unasked(desk: &Desk, ana: &Agent, server: &Server) -> Line {
    let values = json!({ "send_url": format!("{}/send", server.url), "verify_url": "" });
    let more = json!({ "values": values });
    desk.general_with(&to_user(&ana.id), Options { more, ..Options::default() }).await
}

#[tokio::test]
async fn a_refused_key_turns_the_light_of_a_gateway_that_cannot_be_asked_until_a_message_goes() {
    let (desk, ana) = desk().await;
    let server = Server::replying(Reply::new(401, "")).await;
    let line = unasked(&desk, &ana, &server).await;
    let channel = format!("/channels/{}", line.id);
    let light = async |state: &'static str| {
        until(state, || async {
            let health = desk.admin.get(&channel).await["health"].clone();
            (health["state"] == state).then_some(health)
        })
        .await
    };
    light("connected").await;
    let session = session(&desk, &ana, &line).await;
    let refused = ana.send(&session, "Hello").await;
    ana.until_state(&refused, "failed").await;
    let told = light("unauthorized").await["detail"].clone();
    assert!(told.as_str().unwrap().ends_with("The provider says: The gateway answered 401."));
    let checked = desk.admin.post(&format!("{channel}/check"), Value::Null).await;
    assert_eq!(checked["state"], "unauthorized", "nobody was asked");
    assert_eq!(checked["detail"], told);
    server.reply(Reply::json(200, &json!({ "data": { "id": "m-1" } })));
    let sent = ana.send(&session, "And now?").await;
    ana.until_state(&sent, "sent").await;
    assert!(light("connected").await["detail"].is_null());
    assert_eq!(server.asked().len(), 2, "only messages went there");
}

#[tokio::test]
async fn a_message_that_a_gateway_may_have_taken_is_not_called_failed() {
    let (desk, ana) = desk().await;
    let server = Server::replying(Reply::new(200, "OK")).await;
    let line = unasked(&desk, &ana, &server).await;
    let session = session(&desk, &ana, &line).await;
    let message = ana.send(&session, "Did this go?").await;
    let uncertain = ana.until_state(&message, "uncertain").await;
    assert_eq!(uncertain["error"]["text"], "The gateway's answer holds no id.");
    assert_eq!(server.asked().len(), 1);
    server.reply(Reply::json(202, &json!({ "data": { "id": "m-2" } })));
    let taken = ana.send(&session, "And this?").await;
    ana.until_state(&taken, "sent").await;
}
