//! Customers: found by their addresses, corrected by people, the same wherever they are shown.

use serde_json::{Value, json};

use crate::support::{Desk, key, said, to_queue, to_user};

const CUSTOMER: &str = "+15555550123";

#[tokio::test]
async fn a_corrected_name_shows_wherever_the_customer_does() {
    let desk = Desk::start().await;
    let [ana, ben] = [desk.agent("Ana", &[]).await, desk.agent("Ben", &[]).await];
    let line = desk.twilio(&to_user(&ana.id)).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.only_session("mine").await;
    assert_eq!(session["contact_name"], "");
    let path = format!("/contacts/{}", session["contact_id"].as_str().unwrap());
    let mut follower = ana.follow(None).await;
    let change = json!({ "name": " Vera Novak ", "company": "Novak & Co", "remarks": "Likes rye" });
    assert_eq!(ben.patch(&path, change).await["name"], "Vera Novak");
    let told = follower.next("contact_changed").await;
    assert_eq!(told["contact_id"], session["contact_id"]);
    assert_eq!(ana.only_session("mine").await["contact_name"], "Vera Novak");
    ana.patch(&path, json!({ "email": "vera@example.com" })).await;
    let contact = ana.get(&path).await;
    assert_eq!(
        (&contact["company"], &contact["email"]),
        (&json!("Novak & Co"), &json!("vera@example.com"))
    );
    assert_eq!(contact["identities"][0]["address"], CUSTOMER);
    let found = ana.get("/sessions?folder=recent&q=novak").await;
    assert_eq!(found["sessions"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_contact_that_was_added_before_is_known_when_they_write() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.general(&to_user(&ana.id)).await;
    let vera = json!({ "name": "Vera", "phone": "(555) 555-0123" });
    let added = ana.post("/contacts", vera.clone()).await;
    let twice = ana.try_post("/contacts", vera).await;
    assert_eq!(twice.json()["fields"][0]["field"], "phone");
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.only_session("mine").await;
    assert_eq!((&session["contact_id"], &session["contact_name"]), (&added["id"], &json!("Vera")));
    for (query, count) in [("ver", 1), ("5550123", 1), ("nobody", 0), ("%25", 0), ("_", 0)] {
        let found = ana.get(&format!("/contacts?q={query}")).await;
        assert_eq!(found["contacts"].as_array().unwrap().len(), count, "{query}");
    }
}

#[tokio::test]
async fn a_contact_has_several_numbers_and_a_number_one_contact() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.general(&to_user(&ana.id)).await;
    let vera = ana.post("/contacts", json!({ "name": "Vera", "phone": CUSTOMER })).await;
    let path = format!("/contacts/{}/identities", vera["id"].as_str().unwrap());
    let added = ana.post(&path, json!({ "phone": "(555) 555-0124" })).await;
    let numbers = |contact: &Value| -> Vec<String> {
        let identities = contact["identities"].as_array().unwrap().iter();
        identities.map(|one| one["address"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(numbers(&added), [CUSTOMER, "+15555550124"]);
    let again = ana.post(&path, json!({ "phone": "+15555550124" })).await;
    assert_eq!(numbers(&again).len(), 2, "the same number again changes nothing");
    for from in [CUSTOMER, "+15555550124"] {
        desk.says(&line, from, "Hello").await;
    }
    for session in ana.folder("mine").await {
        assert_eq!(
            (&session["contact_id"], &session["contact_name"]),
            (&vera["id"], &json!("Vera"))
        );
    }
    let earlier = format!("/contacts/{}/sessions", vera["id"].as_str().unwrap());
    assert_eq!(ana.get(&earlier).await.as_array().unwrap().len(), 2);
    for wrong in [json!({ "phone": "not a number" }), json!({ "phone": "" })] {
        assert_eq!(ana.try_post(&path, wrong).await.refusal(), "422 invalid");
    }
    let nobody = format!("/contacts/{}/identities", key());
    assert_eq!(ana.try_post(&nobody, json!({ "phone": "+15555550125" })).await.status, 404);
}

#[tokio::test]
async fn a_number_moves_to_another_contact_with_its_sessions_when_it_is_told_to() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.general(&to_user(&ana.id)).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.only_session("mine").await;
    let stranger = session["contact_id"].as_str().unwrap().to_owned();
    ana.patch(&format!("/contacts/{stranger}"), json!({ "name": "V. Novak" })).await;
    let vera = ana.post("/contacts", json!({ "name": "Vera", "phone": "+15555550124" })).await;
    let contact = format!("/contacts/{}", vera["id"].as_str().unwrap());
    let path = format!("{contact}/identities");
    let refused = ana.try_post(&path, json!({ "phone": CUSTOMER })).await;
    assert_eq!(refused.refusal(), "409 conflict");
    assert!(refused.text.contains("belongs to V. Novak"), "{}", refused.text);
    let mut follower = ana.follow(None).await;
    let moved = ana.post(&path, json!({ "phone": CUSTOMER, "move": true })).await;
    assert_eq!(moved["identities"].as_array().unwrap().len(), 2);
    for _ in 0..2 {
        let told = follower.next("contact_changed").await["contact_id"].clone();
        assert!(told == vera["id"] || told == stranger.as_str(), "{told}");
    }
    let now = ana.only_session("mine").await;
    assert_eq!((&now["id"], &now["contact_name"]), (&session["id"], &json!("Vera")));
    let left = ana.get(&format!("/contacts/{stranger}")).await;
    assert_eq!(left["identities"], json!([]));
    assert_eq!(ana.get(&format!("/contacts/{stranger}/sessions")).await, json!([]));
    let id = |address: &str| {
        let mut identities = moved["identities"].as_array().unwrap().iter();
        let found = identities.find(|one| one["address"] == address).unwrap();
        found["id"].as_str().unwrap().to_owned()
    };
    let used = format!("{path}/{}", id(CUSTOMER));
    assert_eq!(ana.try_delete(&used).await.refusal(), "409 in_use");
    let foreign = format!("/contacts/{stranger}/identities/{}", id("+15555550124"));
    assert_eq!(ana.try_delete(&foreign).await.refusal(), "404 not_found");
    ana.delete(&format!("{path}/{}", id("+15555550124"))).await;
    assert_eq!(ana.get(&contact).await["identities"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_name_that_the_customer_chose_is_a_line_of_text() {
    let desk = Desk::start().await;
    let line = desk.twilio(&to_user(&desk.admin.id)).await;
    let chosen = format!("  <b>Vera</b>\r\n{}", "x".repeat(5_000));
    let webhook = line.message(&said(CUSTOMER, "Hello"));
    let form: Vec<(String, String)> =
        url::form_urlencoded::parse(&webhook.body).into_owned().collect();
    let mut named = form.clone();
    named.push(("ProfileName".to_owned(), chosen));
    let signed = crate::support::signed_form(&line, &named);
    assert_eq!(desk.deliver(&line, &signed).await.status, 200);
    let name = desk.admin.only_session("mine").await["contact_name"].clone();
    let name = name.as_str().unwrap();
    assert!(name.starts_with("<b>Vera</b>xxx"), "{name:.80}");
    assert!(name.chars().count() <= 120 && !name.contains(char::is_control), "{name}");
}

#[tokio::test]
async fn a_zero_character_in_a_message_is_harmless() {
    let desk = Desk::start().await;
    let line = desk.general(&to_user(&desk.admin.id)).await;
    desk.says(&line, CUSTOMER, "before\u{0}after").await;
    let session = desk.admin.only_session("mine").await;
    let heard = desk.admin.said(session["id"].as_str().unwrap()).await;
    let text = heard[0]["text"].as_str().unwrap();
    assert!(text.starts_with("before") && text.ends_with("after"), "{text:?}");
    let body = json!({ "client_key": key(), "text": "a\u{0}b" });
    let path = format!("/sessions/{}/messages", session["id"].as_str().unwrap());
    assert_eq!(desk.admin.try_post(&path, body).await.refusal(), "422 invalid");
}

#[tokio::test]
async fn who_gave_a_session_away_has_no_part_in_it_any_more() {
    let desk = Desk::start().await;
    let queue = desk.queue("Shared", "none").await;
    let [ana, ben] = [desk.agent("Ana", &[&queue]).await, desk.agent("Ben", &[]).await];
    let line = desk.general(&to_queue(&queue)).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.session_with(CUSTOMER).await;
    ana.send(&session, "My colleague knows more").await;
    ana.post(&format!("/sessions/{session}/transfer"), json!({ "to": to_user(&ben.id) })).await;
    ben.post(&format!("/sessions/{session}/end"), Value::Null).await;
    assert!(ana.folder("archived").await.is_empty(), "it left the giver's lists");
    assert_eq!(ana.try_get(&format!("/sessions/{session}")).await.status, 404);
    assert_eq!(ben.only_session("archived").await["id"], session.as_str());
}
