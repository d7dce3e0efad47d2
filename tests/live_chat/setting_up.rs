//! A site as an administrator sets it up.

use serde_json::{Value, json};

use crate::support::{Desk, PUBLIC, WEBSITE, to_queue, to_user};

#[tokio::test]
async fn a_site_is_switched_on_once_it_has_a_domain_and_somebody_who_answers() {
    let desk = Desk::start().await;
    let draft = desk.admin.post("/channels", json!({ "provider": "livechat" })).await;
    let again = desk.admin.post("/channels", json!({ "provider": "livechat" })).await;
    assert_eq!(draft["id"], again["id"], "the same form is the same draft");
    let path = format!("/channels/{}", draft["id"].as_str().unwrap());
    let on = json!({ "name": "Shop", "state": "active" });
    let refused = desk.admin.try_patch(&path, on.clone()).await.json();
    let fields: Vec<_> =
        refused["fields"].as_array().unwrap().iter().map(|one| one["field"].clone()).collect();
    assert_eq!(fields, ["domains", "numbers"]);
    let mut settings = desk.admin.get(&format!("{path}/chat")).await;
    assert_eq!(settings["messages"]["online_greeting"]["text"], "Hello! How can we help you?");
    assert_eq!((&settings["max_calls"], &settings["close_after_minutes"]), (&json!(5), &json!(60)));
    settings["domains"] = json!(["https://WWW.shop.example/start", "*.shop.example"]);
    settings["close_after_minutes"] = json!(3);
    let kept = desk.admin.put(&format!("{path}/chat"), settings.clone()).await;
    assert_eq!(kept["domains"], json!(["www.shop.example", "*.shop.example"]));
    let number = json!({ "address": "anything.example", "destination": to_user(&desk.admin.id) });
    let two = json!({ "numbers": [number, number] });
    assert_eq!(desk.admin.try_patch(&path, two).await.refusal(), "422 invalid");
    desk.admin.patch(&path, json!({ "numbers": [number] })).await;
    let channel = desk.admin.patch(&path, on).await;
    assert_eq!(channel["numbers"][0]["address"], "www.shop.example", "its domain is its number");
    assert_eq!(channel["numbers"][0]["kind"], "website");
    assert_eq!(channel["auto_close_days"], Value::Null);
    let id = channel["numbers"][0]["id"].clone();
    settings["domains"] = json!(["new.example"]);
    desk.admin.put(&format!("{path}/chat"), settings.clone()).await;
    let channel = desk.admin.get(&path).await;
    assert_eq!(
        (&channel["numbers"][0]["address"], &channel["numbers"][0]["id"]),
        (&json!("new.example"), &id)
    );
    settings["domains"] = json!([]);
    let refused = desk.admin.try_put(&format!("{path}/chat"), settings).await;
    assert_eq!(refused.refusal(), "422 invalid", "one that is switched on keeps a domain");
}

#[tokio::test]
async fn the_snippet_leads_to_this_desk() {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "auto").await;
    let site = desk.site(&to_queue(&queue), |_| {}).await;
    let path = format!("/channels/{}/chat/snippet", site.id);
    let found = desk.admin.get(&path).await;
    assert_eq!(
        found["snippet"],
        format!("<script src=\"{PUBLIC}/chat/{}/widget.js\" async></script>", site.token)
    );
    assert_eq!(found["needs_public_url"], false);
    desk.admin.patch("/settings", json!({ "public_url": "" })).await;
    let found = desk.admin.get(&path).await;
    assert_eq!(found["needs_public_url"], true);
    assert!(found["script_url"].as_str().unwrap().starts_with(&desk.public()), "{found}");
}

#[tokio::test]
async fn what_visitors_must_not_see_is_not_in_the_look() {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "auto").await;
    let site = desk
        .site(&to_queue(&queue), |settings| {
            settings["ice_servers"] = json!([{ "urls": ["turn:turn.example.com"], "username": "u",
                "credential": "turn-secret" }]);
            settings["appearance"]["title"] = json!("Corner Bakery");
        })
        .await;
    let settings = desk.admin.get(&format!("/channels/{}/chat", site.id)).await;
    let server = &settings["ice_servers"][0];
    assert_eq!((&server["has_credential"], &server["credential"]), (&json!(true), &Value::Null));
    let mut again = settings.clone();
    again["max_calls"] = json!(7);
    let kept = desk.admin.put(&format!("/channels/{}/chat", site.id), again).await;
    assert_eq!(kept["ice_servers"][0]["has_credential"], true, "left out is kept");
    let look = desk.ask_site(&site, "look", Some(WEBSITE)).await;
    assert_eq!(look.ok()["appearance"]["title"], "Corner Bakery");
    assert!(!look.text.contains("turn") && !look.text.contains("domains"), "{}", look.text);
    for file in crate::support::all_files(desk.folder.path()) {
        assert!(!crate::support::holds(&file, "turn-secret"), "{}", file.display());
    }
}

#[tokio::test]
async fn a_site_that_is_switched_off_is_gone_for_its_visitors() {
    let desk = Desk::start().await;
    let queue = desk.queue("Sales", "auto").await;
    let site = desk.site(&to_queue(&queue), |_| {}).await;
    assert_eq!(desk.ask_site(&site, "look", Some(WEBSITE)).await.status, 200);
    desk.admin.patch(&format!("/channels/{}", site.id), json!({ "state": "disabled" })).await;
    assert_eq!(desk.ask_site(&site, "look", Some(WEBSITE)).await.status, 403);
    desk.admin.patch(&format!("/channels/{}", site.id), json!({ "state": "active" })).await;
    assert_eq!(desk.ask_site(&site, "look", Some(WEBSITE)).await.status, 200);
}
