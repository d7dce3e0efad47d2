//! The program without a window: prepared by a script, stopped by a signal, killed and started
//! again.
#![cfg(unix)]

use deskbell_channels::simulated::engine::{Fault, Faults};
use deskbell_core::config::loopback;
use deskbell_simulator::{Conduct, Simulator};
use serde_json::{Value, json};

use crate::support::{
    Line, Options, PASSWORD, PUBLIC, Place, host, key, post, said, set_up, to_user,
};

const CUSTOMER: &str = "+15555550123";

#[test]
fn a_script_makes_the_first_administrator_once() {
    let place = Place::new();
    let short = place.set_up("short");
    assert!(!short.status.success());
    let words = String::from_utf8(short.stderr).unwrap();
    assert!(words.contains("deskbell-host: password: "), "{words}");
    let done = place.set_up(PASSWORD);
    let words = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success() && words.contains("ada may sign in now"), "{words}");
    let again = place.set_up(PASSWORD);
    assert!(!again.status.success());
    let words = String::from_utf8(again.stderr).unwrap();
    assert!(words.contains("this desk is set up already"), "{words}");
}

#[tokio::test]
async fn a_host_says_where_it_listens_and_stops_in_order() {
    let place = Place::new();
    place.set_up(PASSWORD);
    let mut first = place.start();
    let ada = first.sign_in("ada").await;
    assert_eq!(ada.get("/me").await["user"]["role"], "administrator");
    let health = format!("{}/healthz?nonce=abc123", first.public);
    let health = ada.http.get(health).send().await.unwrap();
    assert_eq!(health.text().await.unwrap(), "ok abc123");
    let second = host(&place.data(), &[]).output().unwrap();
    assert_eq!(second.status.code(), Some(1));
    let words = String::from_utf8(second.stderr).unwrap();
    assert!(words.contains("another Deskbell is already running"), "{words}");
    let ended = first.terminate();
    assert_eq!(ended.code(), Some(0), "{}", place.said());
    let lock = std::fs::metadata(place.data().join("deskbell.lock")).unwrap();
    assert_eq!(lock.len(), 0, "it says that it closed the file");
    let second = place.start();
    assert_eq!(second.again(&ada).get("/me").await["user"]["name"], "Ada");
    drop(second);
    for task in ["check", "backup"] {
        let done = host(&place.data(), &[task]).output().unwrap();
        assert!(done.status.success(), "{task}: {}", String::from_utf8_lossy(&done.stderr));
    }
    assert_eq!(std::fs::read_dir(place.data().join("backups")).unwrap().count(), 1);
}

/// A host with a channel, a session on it and a picture to send.
async fn prepared(
    place: &Place,
    simulator: &Simulator,
) -> (crate::support::Host, crate::support::Agent, Line, String) {
    place.set_up(PASSWORD);
    let host = place.start();
    let ada = host.sign_in("ada").await;
    ada.patch("/settings", json!({ "public_url": PUBLIC })).await;
    let line = set_up(&ada, "twilio", simulator, &to_user(&ada.id), Options::default()).await;
    let webhook = line.message(&said(CUSTOMER, "Do you have a menu?"));
    let answer = post(&ada.http, &format!("{}{}", host.public, line.path), &webhook).await;
    assert_eq!(answer.status, 200);
    let session = ada.session_with(CUSTOMER).await;
    (host, ada, line, session)
}

#[tokio::test]
async fn a_picture_that_was_being_sent_when_the_program_was_killed_goes_once() {
    let place = Place::new();
    let simulator = Simulator::start(loopback(0)).await.unwrap();
    let (mut host, ada, line, session) = prepared(&place, &simulator).await;
    simulator.set_conduct(Conduct {
        faults: Faults::from_iter([Fault::Uncertain]),
        callback_to: Some(loopback(9)),
        ..simulator.conduct()
    });
    let file = ada.upload("menu.png", b"\x89PNG\r\n\x1a\n....".to_vec()).await;
    let body = json!({ "client_key": key(), "text": "Here it is", "file_ids": [file] });
    let path = format!("/sessions/{session}/messages");
    let message = ada.post(&path, body.clone()).await["id"].as_str().unwrap().to_owned();
    simulator.until_taken(1).await;
    host.kill();
    simulator.set_faults(Faults::default());
    let host = place.start();
    let ada = host.again(&ada);
    ada.until_state(&message, "sent").await;
    let repeated = ada.try_post(&path, body).await;
    assert_eq!((repeated.status, &repeated.json()["id"]), (200, &json!(message)));
    assert_eq!(simulator.taken(), 1, "Twilio has it once");
    let recorded = simulator.sent().pop().unwrap();
    let address = recorded.media_urls[0].replacen(PUBLIC, &host.public, 1);
    assert_eq!(ada.http.get(address).send().await.unwrap().status(), 200, "its link still works");
    let webhook = line.message(&said(CUSTOMER, "Thank you"));
    assert_eq!(
        post(&ada.http, &format!("{}{}", host.public, line.path), &webhook).await.status,
        200
    );
}

#[tokio::test]
async fn logs_hold_no_words_numbers_or_secrets() {
    let place = Place::new();
    let simulator = Simulator::start(loopback(0)).await.unwrap();
    let (mut host, ada, line, session) = prepared(&place, &simulator).await;
    simulator.set_faults(Faults::from_iter([Fault::Refused]));
    let message = ada.send(&session, "our secret recipe").await;
    ada.until_state(&message, "failed").await;
    let public = format!("{}{}", host.public, line.path);
    post(&ada.http, &public, &line.garbled()).await;
    let mut forged = line.message(&said(CUSTOMER, "forged order"));
    forged.headers.retain(|(name, _)| *name != "x-twilio-signature");
    assert_eq!(post(&ada.http, &public, &forged).await.status, 403);
    sign_in_wrongly(&ada, &host.workspace).await;
    ada.post("/sign-out", Value::Null).await;
    assert!(host.terminate().success());
    let mut files = crate::support::all_files(&place.data().join("logs"));
    assert_eq!(files.len(), 1);
    files.push(place.stderr());
    let token = line.path.rsplit('/').next().unwrap().to_owned();
    let mut private = vec![
        "Do you have a menu",
        "secret recipe",
        "forged order",
        "5555550123",
        "5555550100",
        "wrong horse",
        PASSWORD,
        &ada.token,
        &token,
    ];
    private.extend(Line::secrets());
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap();
        assert!(text.contains("the desk is open"), "{text}");
        assert!(text.contains("a message did not go"), "{text}");
        for words in &private {
            assert!(!text.contains(words), "{words} is in {}: {text}", file.display());
        }
    }
    let json = std::fs::read_to_string(&files[0]).unwrap();
    for line in json.lines() {
        serde_json::from_str::<Value>(line).unwrap_or_else(|_| panic!("no JSON: {line}"));
    }
}

async fn sign_in_wrongly(ada: &crate::support::Agent, workspace: &str) {
    let answer = crate::support::sign_in(&ada.http, workspace, "ada", "wrong horse").await;
    assert_eq!(answer.refusal(), "401 wrong_password");
}
