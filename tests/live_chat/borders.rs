//! Who gets nothing: pages of other websites, stolen and made-up tokens, floods, and frames that
//! are none.

use deskbell_core::clock;
use futures_util::SinkExt;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use crate::support::{Desk, Site, WEBSITE, browser, key, to_queue, to_user};

async fn stage() -> (Desk, Site) {
    let desk = Desk::start().await;
    let site = desk.site(&to_user(&desk.admin.id.clone()), |_| {}).await;
    (desk, site)
}

#[tokio::test]
async fn a_page_of_another_website_gets_nothing() {
    let (desk, site) = stage().await;
    let allowed = desk.ask_site(&site, "look", Some(WEBSITE)).await;
    assert_eq!(allowed.status, 200);
    assert_eq!(allowed.headers["access-control-allow-origin"], WEBSITE);
    assert_eq!(allowed.headers["vary"], "Origin");
    let foreign = [
        Some("https://evil.example"),
        Some("https://shop.example"),
        Some("https://www.shop.example.evil.example"),
        Some("null"),
        None,
    ];
    for origin in foreign {
        let answer = desk.ask_site(&site, "look", origin).await;
        assert_eq!((answer.status, answer.text.as_str()), (403, ""), "{origin:?}");
        assert!(!answer.headers.contains_key("access-control-allow-origin"), "{origin:?}");
        let headers: Vec<_> = origin.map(|one| ("origin", one)).into_iter().collect();
        assert_eq!(desk.try_line(&site, &headers).await.err(), Some(403), "{origin:?}");
    }
    let nobody = Site { token: "0".repeat(32), ..site.clone() };
    for path in ["look", "widget.js", "files", "socket"] {
        let answer = desk.ask_site(&nobody, path, Some(WEBSITE)).await;
        assert_eq!((answer.status, answer.text.as_str()), (404, ""), "{path}");
    }
    for path in ["", "look/more", "pictures/x", "files/x/y"] {
        assert_eq!(desk.ask_site(&site, path, Some(WEBSITE)).await.status, 404, "{path}");
    }
    let url = format!("{}/chat/{}/look", desk.public(), site.token);
    let posted = desk.http.post(url).header("origin", WEBSITE).send().await.unwrap();
    assert_eq!(posted.status(), 404);
}

#[tokio::test]
async fn the_test_page_loads_a_draft_and_nobody_else_does() {
    let desk = Desk::start().await;
    let draft = desk.admin.post("/channels", json!({ "provider": "livechat" })).await;
    let id = draft["id"].as_str().unwrap().to_owned();
    let snippet = desk.admin.get(&format!("/channels/{id}/chat/snippet")).await;
    let path = snippet["test_path"].as_str().unwrap();
    let token = path.rsplit('/').next().unwrap().to_owned();
    let page = desk.http.get(format!("{}{path}", desk.workspace())).send().await.unwrap();
    assert_eq!(page.status(), 200);
    let policy = page.headers()["content-security-policy"].to_str().unwrap().to_owned();
    assert!(policy.contains(&format!("script-src {}", desk.public())), "{policy}");
    let text = page.text().await.unwrap();
    assert!(text.contains(&format!("{}/chat/{token}/widget.js", desk.public())), "{text}");
    let elsewhere = desk.http.get(format!("{}{path}", desk.workspace()));
    let elsewhere = elsewhere.header("x-forwarded-for", "203.0.113.9").send().await.unwrap();
    assert_eq!(elsewhere.status(), 404, "only who sits at this computer");
    let site = Site { id, token };
    let own = desk.workspace();
    assert_eq!(desk.ask_site(&site, "look", Some(&own)).await.status, 200);
    assert_eq!(desk.ask_site(&site, "look", Some(WEBSITE)).await.status, 403);
    let mut line = desk.try_line(&site, &[("origin", &own)]).await.unwrap();
    let hello = json!({ "t": "hello", "v": 1, "token": browser() });
    line.send(Message::text(hello.to_string())).await.unwrap();
    let unknown = format!("{}/chat-test/{}", desk.workspace(), "0".repeat(32));
    assert_eq!(desk.http.get(unknown).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn a_token_reaches_its_own_chat_and_no_other() {
    let (desk, site) = stage().await;
    let other = desk.site(&to_user(&desk.admin.id.clone()), |_| {}).await;
    let mut visitor = desk.visitor(&site).await;
    let taken = visitor.say("My secret").await;
    let stolen = visitor.token.clone();
    let thief = desk.visitor_with(&site, &stolen, 0).await;
    assert!(thief.welcome.to_string().contains("My secret"), "whoever has it has this chat");
    let at_other = desk.visitor_with(&other, &stolen, 0).await;
    assert!(!at_other.welcome.to_string().contains("My secret"), "at another site it is nothing");
    assert_eq!(desk.holder_of(&stolen).try_get("/me").await.refusal(), "401 not_signed_in");
    let id = taken["session"].as_str().unwrap();
    let path = format!("/sessions/{id}/messages");
    assert_eq!(desk.holder_of(&stolen).try_get(&path).await.refusal(), "401 not_signed_in");
    let kept = "SELECT count(*) FROM visitors WHERE hex(token_hash) LIKE '%' || ?1 || '%'";
    let database = rusqlite::Connection::open(desk.folder.path().join("deskbell.db")).unwrap();
    let found: i64 = database.query_row(kept, [&stolen], |row| row.get(0)).unwrap();
    assert_eq!(found, 0, "the token itself is not kept");
}

#[tokio::test]
async fn what_is_no_frame_ends_the_line_with_a_reason() {
    let (desk, site) = stage().await;
    let long = format!(r#"{{"t":"say","key":"{}","text":"{}"}}"#, key(), "x".repeat(40_000));
    let hello = format!(r#"{{"t":"hello","v":1,"token":"{}"}}"#, browser());
    let bad: [&str; 9] = [
        "",
        "hello",
        "[]",
        r#"{"t":"dance"}"#,
        r#"{"t":"say","key":"x"}"#,
        r#"{"t":"got","seq":-1}"#,
        r#"{"t":"call.ring","call":"","sdp":""}"#,
        &hello,
        &long,
    ];
    for frame in bad {
        let mut visitor = desk.visitor(&site).await;
        visitor.raw(frame).await;
        assert_eq!(visitor.bye().await, "bad_frame", "{}", &frame[..frame.len().min(60)]);
    }
    for frame in [r#"{"t":"end"}"#, r#"{"t":"say","key":"01234567","text":"Hi"}"#] {
        let mut visitor = desk.silent_line(&site).await;
        visitor.raw(frame).await;
        assert_eq!(visitor.bye().await, "bad_frame", "out of turn: {frame}");
    }
    let mut binary = desk.try_line(&site, &[("origin", WEBSITE)]).await.unwrap();
    binary.send(Message::binary(vec![0; 9])).await.unwrap();
    assert_eq!(desk.number("SELECT count(*) FROM sessions"), 0);
    desk.visitor(&site).await.say("The desk goes on").await;
}

#[tokio::test]
async fn a_flood_is_slowed_down_and_what_was_taken_stays() {
    let (desk, site) = stage().await;
    let mut visitor = desk.visitor(&site).await;
    let (mut taken, mut refused) = (0, 0);
    for number in 0..15 {
        let answer = visitor.say_as(&key(), json!({ "text": format!("Message {number}") })).await;
        match answer["code"].as_str() {
            Some("too_fast") => refused += 1,
            None => taken += 1,
            Some(_) => panic!("{answer}"),
        }
    }
    assert!((10..=14).contains(&taken) && refused > 0, "{taken} taken, {refused} refused");
    assert_eq!(desk.number("SELECT count(*) FROM messages WHERE direction = 'in'"), taken);
    let long = visitor.say_as(&key(), json!({ "text": "x".repeat(5_001) })).await;
    assert!(matches!(long["code"].as_str(), Some("too_long" | "too_fast")), "{long}");
    let mut frames = desk.visitor(&site).await;
    frames.flood(r#"{"t":"open","open":true}"#, 200).await;
    assert_eq!(frames.bye().await, "too_many");
}

#[tokio::test]
async fn an_address_has_its_limits_where_it_is_known() {
    let (desk, site) = stage().await;
    desk.admin.patch("/settings", json!({ "proxy_header": "x_forwarded_for" })).await;
    let from = |address: &'static str| vec![("origin", WEBSITE), ("x-forwarded-for", address)];
    let mut lines = Vec::new();
    for number in 0..61 {
        let mut line = desk.try_line(&site, &from("203.0.113.9")).await.unwrap();
        let hello = json!({ "t": "hello", "v": 1, "token": browser() });
        line.send(Message::text(hello.to_string())).await.unwrap();
        let first = futures_util::StreamExt::next(&mut line).await.unwrap().unwrap();
        let first: Value = serde_json::from_str(first.to_text().unwrap()).unwrap();
        let expected = if number < 60 { "welcome" } else { "bye" };
        assert_eq!(first["t"], expected, "line {number}: {first}");
        lines.push(line);
    }
    let mut other = desk.try_line(&site, &from("203.0.113.10")).await.unwrap();
    let hello = json!({ "t": "hello", "v": 1, "token": browser() });
    other.send(Message::text(hello.to_string())).await.unwrap();
    let first = futures_util::StreamExt::next(&mut other).await.unwrap().unwrap();
    assert!(first.to_text().unwrap().contains("welcome"), "others come in");
    assert_eq!(desk.app().chat().hub().visitors_of(site.id.parse().unwrap()), 61);
}

#[tokio::test]
async fn a_blocked_visitor_is_kept_and_hears_nothing() {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "auto").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let site = desk.site(&to_queue(&queue), |_| {}).await;
    let mut visitor = desk.visitor(&site).await;
    let taken = visitor.say("Rude words").await;
    let session = ana.get(&format!("/sessions/{}", taken["session"].as_str().unwrap())).await;
    let contact = session["contact_id"].as_str().unwrap();
    desk.admin.post(&format!("/contacts/{contact}/block"), json!({ "reason": "Rude" })).await;
    let again = visitor.say_as(&key(), json!({ "text": "More" })).await;
    assert_eq!(again["t"], "taken", "nothing tells them: {again}");
    assert!(ana.folder("recent").await.is_empty(), "it is in nobody's way");
    assert!(clock::now() > 0);
}
