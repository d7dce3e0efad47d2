//! What the desk's own people see of a site: who the visitor is, whether a page carries the chat,
//! figures, and pictures of each other.

use serde_json::{Value, json};

use crate::support::{Answer, Desk, PUBLIC, Reply, Server, key, to_queue};

const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

#[tokio::test]
async fn an_agent_sees_where_the_visitor_is_and_was() {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "auto").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let otto = desk.agent("Otto", &[]).await;
    let site = desk.site(&to_queue(&queue), |_| {}).await;
    let mut visitor = desk.visitor(&site).await;
    visitor
        .tell(&json!({ "t": "page", "url": "https://www.shop.example/cakes", "title": "Cakes" }))
        .await;
    let form = json!({ "text": "Hello", "form": { "company": "Vera & Co" } });
    let taken = visitor.say_as(&key(), form).await;
    let path = format!("/sessions/{}/visitor", taken["session"].as_str().unwrap());
    let seen = ana.get(&path).await;
    assert_eq!((&seen["state"], &seen["page"]["title"]), (&json!("online"), &json!("Cakes")));
    let pages: Vec<_> =
        seen["pages"].as_array().unwrap().iter().map(|one| one["title"].clone()).collect();
    assert_eq!(pages, ["Cakes", "Pricing"], "newest first");
    assert_eq!(seen["referrer"], "https://search.example/");
    assert_eq!((&seen["language"], &seen["time_zone"]), (&json!("de"), &json!("Europe/Berlin")));
    assert_eq!(seen["form"], json!({ "company": "Vera & Co" }));
    assert_eq!(otto.try_get(&path).await.refusal(), "404 not_found");
    visitor
        .tell(&json!({ "t": "page", "url": "https://www.shop.example/cart", "title": "Cart" }))
        .await;
    visitor.tell(&json!({ "t": "more", "before": 1 })).await;
    visitor.next("more").await;
    assert_eq!(ana.get(&path).await["pages"][0]["title"], "Cart");
    let line = desk.general(&to_queue(&queue)).await;
    desk.says(&line, "+15555550123", "Hello").await;
    let other = ana.session_with("+15555550123").await;
    assert_eq!(ana.try_get(&format!("/sessions/{other}/visitor")).await.refusal(), "409 conflict");
}

#[tokio::test]
async fn a_page_is_looked_at_for_the_chat() {
    let desk = Desk::start_as(|config| config.media_private_hosts = true).await;
    let queue = desk.queue("Sales", "auto").await;
    let site = desk
        .site(&to_queue(&queue), |settings| {
            settings["domains"] = json!(["www.shop.example", "127.0.0.1"]);
        })
        .await;
    let server = Server::replying(Reply::new(404, "")).await;
    let check = async |text: &str| {
        server.reply(Reply::new(200, text.as_bytes().to_vec()));
        let asked = json!({ "url": format!("{}/start", server.url) });
        desk.admin.post(&format!("/channels/{}/chat/check", site.id), asked).await["state"].clone()
    };
    let snippet =
        format!("<body><script src=\"{PUBLIC}/chat/{}/widget.js\" async></script>", site.token);
    assert_eq!(check(&snippet).await, "found");
    assert_eq!(check("<body>Nothing</body>").await, "not_found");
    assert_eq!(check(&snippet.replace(&site.token, &"f".repeat(32))).await, "other_site");
    let mut settings = desk.admin.get(&format!("/channels/{}/chat", site.id)).await;
    settings["domains"] = json!(["www.shop.example"]);
    desk.admin.put(&format!("/channels/{}/chat", site.id), settings).await;
    assert_eq!(check(&snippet).await, "wrong_domain");
    let path = format!("/channels/{}/chat/check", site.id);
    let nowhere = desk.admin.post(&path, json!({ "url": "http://127.0.0.1:9/" })).await;
    assert_eq!(nowhere["state"], "unreachable");
    assert_eq!(
        desk.admin.try_post(&path, json!({ "url": "ftp://x" })).await.refusal(),
        "422 invalid"
    );
}

#[tokio::test]
async fn a_page_of_this_network_is_not_asked_for() {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "auto").await;
    let site = desk.site(&to_queue(&queue), |_| {}).await;
    let path = format!("/channels/{}/chat/check", site.id);
    for url in ["http://127.0.0.1:8788/", "http://169.254.169.254/latest", "http://[::1]/"] {
        let found = desk.admin.post(&path, json!({ "url": url })).await;
        assert_eq!(found["state"], "unreachable", "{url}");
        assert!(found["words"].as_str().unwrap().contains("not on the internet"), "{found}");
    }
}

#[tokio::test]
async fn figures_tell_who_waited_and_who_was_missed() {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "auto").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let site = desk.site(&to_queue(&queue), |_| {}).await;
    let path = format!("/channels/{}/chat/figures", site.id);
    let mut answered = desk.visitor(&site).await;
    let id = answered.say("Hello").await["session"].as_str().unwrap().to_owned();
    ana.send(&id, "Hi").await;
    let mut missed = desk.visitor(&site).await;
    missed.say("Anybody?").await;
    missed.tell(&json!({ "t": "end" })).await;
    missed.next("ended").await;
    let _looks = desk.visitor(&site).await;
    let found = desk.admin.get(&path).await;
    assert_eq!(
        (&found["visitors_now"], &found["chats"], &found["missed"], &found["waiting"]),
        (&json!(3), &json!(2), &json!(1), &json!(0))
    );
    assert!(found["first_answer_ms"].as_i64().unwrap() >= 0, "{found}");
    assert_eq!(ana.try_get(&path).await.refusal(), "403 forbidden");
    assert_eq!(desk.admin.get(&format!("{path}?from=1&to=2")).await["chats"], 0);
}

#[tokio::test]
async fn everybody_may_have_a_picture() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let url = format!("{}/api/v1/me/photo", desk.workspace());
    let put = async |bytes: Vec<u8>| {
        let request = desk.http.put(&url).bearer_auth(&ana.token);
        let request = request.header("content-type", "application/octet-stream").body(bytes);
        Answer::of(request.send().await.unwrap()).await
    };
    assert_eq!(put(b"<html>".to_vec()).await.refusal(), "422 invalid");
    let mut large = PNG.to_vec();
    large.resize(1024 * 1024 + 1, 0);
    assert_eq!(put(large).await.refusal(), "422 invalid");
    let photo = put(PNG.to_vec()).await.ok()["photo"].clone();
    let people = desk.admin.get("/people").await;
    let shown = people.as_array().unwrap().iter().find(|one| one["name"] == "Ana").unwrap();
    assert_eq!(shown["photo"], photo);
    assert_eq!(desk.admin.download(&format!("/users/{}/photo", ana.id)).await, PNG);
    assert_eq!(
        desk.admin.try_get(&format!("/users/{}/photo", desk.admin.id)).await.refusal(),
        "404 not_found"
    );

    let queue = desk.queue("Sales", "auto").await;
    desk.admin.patch(&format!("/queues/{queue}"), json!({ "agents": [ana.id] })).await;
    let ana = desk.sign_in("ana").await;
    let site = desk
        .site(&to_queue(&queue), |settings| {
            settings["appearance"]["agent_info"] = json!("name_and_photo");
        })
        .await;
    let mut visitor = desk.visitor(&site).await;
    let id = visitor.say("Hello").await["session"].as_str().unwrap().to_owned();
    ana.send(&id, "Hi").await;
    let path = visitor.hears("Hi").await["photo"].as_str().unwrap().to_owned();
    let picture = desk.http.get(format!("{}{path}", desk.public())).send().await.unwrap();
    assert_eq!(picture.bytes().await.unwrap(), PNG);
    ana.delete("/me/photo").await;
    let gone = desk.http.get(format!("{}{path}", desk.public())).send().await.unwrap();
    assert_eq!(gone.status(), 404);
    assert_eq!(ana.get("/me").await["user"]["photo"], Value::Null);
}
