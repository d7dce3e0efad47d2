//! Pictures of visitors, and files for them.

use serde_json::json;

use crate::support::{Agent, Answer, Desk, Site, Visitor, WEBSITE, key, to_queue};

const PNG: &[u8] =
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

async fn stage() -> (Desk, Site, Agent) {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "auto").await;
    let ana = desk.agent("Ana", &[&queue]).await;
    let site = desk.site(&to_queue(&queue), |_| {}).await;
    (desk, site, ana)
}

/// Brings a file as this visitor's page does.
async fn bring(desk: &Desk, site: &Site, visitor: &Visitor, bytes: &[u8]) -> Answer {
    let url = format!("{}/chat/{}/files?name=cake.png", desk.public(), site.token);
    let request = desk.http.post(url).header("origin", WEBSITE).bearer_auth(&visitor.token);
    Answer::of(request.body(bytes.to_vec()).send().await.unwrap()).await
}

#[tokio::test]
async fn a_picture_goes_both_ways_and_to_nobody_else() {
    let (desk, site, ana) = stage().await;
    let mut visitor = desk.visitor(&site).await;
    let brought = bring(&desk, &site, &visitor, PNG).await;
    assert_eq!(brought.headers["access-control-allow-origin"], WEBSITE);
    let file = brought.ok()["id"].as_str().unwrap().to_owned();
    let mut other = desk.visitor(&site).await;
    let stolen = other.say_as(&key(), json!({ "files": [file] })).await;
    assert_eq!(stolen["code"], "not_allowed", "a file is whose it is");
    let one = key();
    let taken = visitor.say_as(&one, json!({ "files": [file] })).await;
    assert_eq!(taken["t"], "taken", "{taken}");
    assert_eq!(visitor.say_as(&one, json!({ "files": [file] })).await, taken);
    let id = taken["session"].as_str().unwrap();
    let said = ana.said(id).await;
    let kept = said.iter().find(|one| !one["files"].as_array().unwrap().is_empty()).unwrap();
    assert_eq!(kept["files"][0]["content_type"], "image/png");
    assert_eq!(ana.download(&format!("/files/{file}/content")).await, PNG);
    let twice = visitor.say_as(&key(), json!({ "files": [file] })).await;
    assert_eq!(twice["code"], "not_allowed", "a file is said once");

    let menu = ana.upload("menu.pdf", b"%PDF-1.7 menu".to_vec()).await;
    let answer = json!({ "client_key": key(), "text": "Our menu", "file_ids": [menu] });
    ana.post(&format!("/sessions/{id}/messages"), answer).await;
    let heard = visitor.hears("Our menu").await;
    let url = format!("{}{}", desk.public(), heard["files"][0]["url"].as_str().unwrap());
    let got = desk.http.get(&url).send().await.unwrap();
    assert_eq!(got.status(), 200);
    assert_eq!(got.headers()["content-type"], "application/octet-stream");
    assert!(got.headers()["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert_eq!(got.headers()["x-content-type-options"], "nosniff");
    assert_eq!(got.bytes().await.unwrap(), "%PDF-1.7 menu");
    let back = desk.visitor_with(&site, &visitor.token, 0).await;
    let messages = back.welcome["messages"].as_array().unwrap();
    let own = messages.iter().find(|one| one["from"] == "visitor").unwrap();
    let url = format!("{}{}", desk.public(), own["files"][0]["url"].as_str().unwrap());
    let shown = desk.http.get(&url).send().await.unwrap();
    assert_eq!(shown.headers()["content-type"], "image/png");
    assert!(!shown.headers().contains_key("content-disposition"), "pictures are shown");
    for wrong in
        [format!("{url}x"), url.replace(&file, &menu), url.replace(&site.token, &"0".repeat(32))]
    {
        assert_eq!(desk.http.get(&wrong).send().await.unwrap().status(), 404, "{wrong}");
    }
}

#[tokio::test]
async fn only_pictures_are_taken_and_only_where_they_are_allowed() {
    let (desk, site, _ana) = stage().await;
    let visitor = desk.visitor(&site).await;
    let page = bring(&desk, &site, &visitor, b"<html><script>alert(1)</script>").await;
    assert_eq!((page.status, page.json()["code"].as_str()), (422, Some("not_allowed")));
    let mut large = PNG.to_vec();
    large.resize(10 * 1024 * 1024 + 1, 0);
    let large = bring(&desk, &site, &visitor, &large).await;
    assert_eq!((large.status, large.json()["code"].as_str()), (413, Some("too_large")));
    let mut flood = Vec::new();
    for _ in 0..12 {
        flood.push(bring(&desk, &site, &visitor, PNG).await.status);
    }
    assert!(flood.contains(&201) && flood.contains(&429), "{flood:?}");
    let url = format!("{}/chat/{}/files", desk.public(), site.token);
    let asked = desk.http.request(reqwest::Method::OPTIONS, &url).header("origin", WEBSITE);
    let preflight = asked.send().await.unwrap();
    assert_eq!(preflight.status(), 204);
    assert_eq!(preflight.headers()["access-control-allow-headers"], "authorization, content-type");
    let foreign =
        desk.http.request(reqwest::Method::OPTIONS, &url).header("origin", "https://x.example");
    assert_eq!(foreign.send().await.unwrap().status(), 403);
    let nobody = desk.http.post(&url).header("origin", WEBSITE).body(PNG.to_vec());
    assert_eq!(nobody.send().await.unwrap().status(), 422, "without a token");

    let queue = desk.queue("Text", "auto").await;
    let text = desk
        .site(&to_queue(&queue), |settings| settings["visitors_may_send"] = json!("text"))
        .await;
    let reader = desk.visitor(&text).await;
    assert_eq!(bring(&desk, &text, &reader, PNG).await.status, 422);
    let look = desk.ask_site(&text, "look", Some(WEBSITE)).await.ok();
    assert_eq!(look["images"], false);
}

#[tokio::test]
async fn logo_and_photo_are_shown_and_no_other_file_is() {
    let (desk, site, ana) = stage().await;
    let logo = desk.admin.upload("logo.png", PNG.to_vec()).await;
    let secret = desk.admin.upload("secret.png", PNG.to_vec()).await;
    let path = format!("/channels/{}/chat", site.id);
    let mut settings = desk.admin.get(&path).await;
    settings["appearance"]["logo_file_id"] = json!(logo);
    desk.admin.put(&path, settings.clone()).await;
    let look = desk.ask_site(&site, "look", Some(WEBSITE)).await.ok();
    let shown = format!("{}{}", desk.public(), look["appearance"]["logo"].as_str().unwrap());
    let picture = desk.http.get(&shown).send().await.unwrap();
    assert_eq!(
        (picture.status(), picture.headers()["content-type"].to_str().unwrap()),
        (reqwest::StatusCode::OK, "image/png")
    );
    let other = desk.http.get(shown.replace(&logo, &secret)).send().await.unwrap();
    assert_eq!(other.status(), 404);
    settings["appearance"]["logo_file_id"] = json!(ana.upload("theirs.png", PNG.to_vec()).await);
    assert_eq!(desk.admin.try_put(&path, settings).await.refusal(), "422 invalid");
}
