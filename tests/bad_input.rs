//! What nobody should send: refused in the way that is described, and without a trace.

use deskbell_simulator::webhook::{Said, Webhook};
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Agent, Answer, Desk, Line, key, said, to_user, until};

const CUSTOMER: &str = "+15555550123";

async fn desk() -> (Desk, Agent, [Line; 2]) {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let lines = desk.both(&to_user(&ana.id)).await;
    (desk, ana, lines)
}

/// The same request with another header, or without it.
fn with(webhook: &Webhook, name: &'static str, value: Option<&str>) -> Webhook {
    let mut changed = webhook.clone();
    changed.headers.retain(|(one, _)| *one != name);
    changed.headers.extend(value.map(|value| (name, value.to_owned())));
    changed
}

#[tokio::test]
async fn webhooks_that_are_not_the_providers_leave_no_trace() {
    let (desk, _, lines) = desk().await;
    let rows = desk.rows();
    for line in &lines {
        let good = line.message(&said(CUSTOMER, "forged"));
        let (header, wrong, status) = match line.provider {
            "twilio" => ("x-twilio-signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", 403),
            _ => ("x-signature-256", "sha256=00", 400),
        };
        let mut altered = good.clone();
        altered.body = [good.body.as_ref(), b" "].concat().into();
        for bad in [
            with(&good, header, None),
            with(&good, header, Some("")),
            with(&good, header, Some(wrong)),
            altered,
        ] {
            let answer = desk.deliver(line, &bad).await;
            assert_eq!((answer.status, answer.text.as_str()), (status, ""), "{}", line.provider);
        }
        let plain = with(&good, "content-type", Some("text/plain"));
        assert_eq!(desk.deliver(line, &plain).await.status, 415, "{}", line.provider);
        let large = Webhook { body: vec![b'x'; 1024 * 1024 + 1].into(), ..good.clone() };
        assert_eq!(desk.deliver(line, &large).await.status, 413, "{}", line.provider);
        let (path, token) = line.path.rsplit_once('/').unwrap();
        for nowhere in [
            format!("{path}/{}", "0".repeat(32)),
            format!("{path}/{}", token.to_uppercase()),
            format!("{path}/{token}/x"),
            format!("{path}/"),
            format!("/api/v1.0/webhook/other/{token}"),
            format!("/api/v1.0/webhook/%00/{token}"),
            format!("/api/v1.0/webhook/{token}"),
            "/".to_owned(),
            "/api/v1/desk".to_owned(),
        ] {
            let answer = desk.deliver_to(&nowhere, &good).await;
            assert_eq!((answer.status, answer.text.as_str()), (404, ""), "{nowhere}");
            assert!(answer.headers.get("server").is_none());
        }
    }
    let others = lines[0].message(&said(CUSTOMER, "x"));
    assert_ne!(desk.deliver(&lines[1], &others).await.status, 204, "not with another's signature");
    assert_eq!(desk.rows(), rows);
}

#[tokio::test]
async fn a_message_with_impossible_addresses_is_kept_aside() {
    let (desk, ana, lines) = desk().await;
    for line in &lines {
        for odd in [
            Said { from: "9".repeat(65), ..said(CUSTOMER, "long sender") },
            Said { to: "9".repeat(500), ..said(CUSTOMER, "long recipient") },
            Said { id: "i".repeat(256), ..said(CUSTOMER, "long id") },
            Said { to: "<b>' OR 1=1 --".into(), ..said(CUSTOMER, "strange recipient") },
        ] {
            let answer = desk.deliver(line, &line.message(&odd)).await;
            assert!([200, 204].contains(&answer.status), "{answer:?}");
        }
    }
    assert!(ana.folder("recent").await.is_empty());
    assert_eq!(desk.admin.get("/sessions/counts").await["attention"], 8);
}

#[tokio::test]
async fn a_very_long_message_comes_through_whole_and_as_text() {
    let (desk, ana, [_, line]) = desk().await;
    let long = "<script>alert('ž')</script>\n".repeat(20_000);
    desk.says(&line, CUSTOMER, &long).await;
    let session = ana.only_session("recent").await;
    assert!(session["preview"].as_str().unwrap().chars().count() <= 200);
    let path = format!("/sessions/{}/messages", session["id"].as_str().unwrap());
    let answer = ana.try_get(&path).await;
    assert_eq!(answer.headers["content-type"], "application/json");
    assert_eq!(answer.headers["x-content-type-options"], "nosniff");
    let heard = answer.json()["messages"][1]["text"].as_str().unwrap().to_owned();
    assert!(heard == long, "{} of {} bytes", heard.len(), long.len());
}

/// A call with a raw body; gives `status code`.
async fn raw(agent: &Agent, method: &str, path: &str, kind: Option<&str>, body: &str) -> String {
    let url = format!("http://{}/api/v1{path}", agent.place.read().unwrap());
    let method = Method::from_bytes(method.as_bytes()).unwrap();
    let mut request = agent.http.request(method, url).bearer_auth(&agent.token);
    if let Some(kind) = kind {
        request = request.header("content-type", kind);
    }
    let answer = Answer::of(request.body(body.to_owned()).send().await.unwrap()).await;
    assert_eq!(answer.headers["content-type"], "application/json", "{path}");
    let message = answer.json()["message"].as_str().unwrap_or_default().to_owned();
    assert!(message.ends_with(['.', '?', '!', '…']), "{path}: {message}");
    answer.refusal()
}

#[tokio::test]
async fn malformed_calls_get_a_code_and_a_sentence() {
    let (desk, ana, _) = desk().await;
    let json = Some("application/json");
    let id = key();
    let session = format!("/sessions/{id}");
    let huge = format!(r#"{{"name":"{}"}}"#, "x".repeat(1_100_000));
    let rows = desk.rows();
    for (method, path, kind, body, expected) in [
        ("POST", "/queues", json, "{", "400 bad_request"),
        ("POST", "/queues", json, "", "400 bad_request"),
        ("POST", "/queues", json, "[]", "422 invalid"),
        ("POST", "/queues", json, r#"["Sales","auto",[]]"#, "422 invalid"),
        ("POST", "/queues", json, "{}", "422 invalid"),
        ("POST", "/queues", json, r#"{"name":7,"mode":"auto","agents":[]}"#, "422 invalid"),
        ("POST", "/queues", json, r#"{"name":"x","mode":"odd","agents":[]}"#, "422 invalid"),
        ("POST", "/queues", json, r#"{"name":"x","mode":"auto","agents":["y"]}"#, "422 invalid"),
        (
            "POST",
            "/queues",
            json,
            r#"{"name":"x","mode":"auto","agents":[],"color":1}"#,
            "422 invalid",
        ),
        ("POST", "/queues", json, "\u{feff}nonsense", "400 bad_request"),
        ("POST", "/queues", None, "{}", "415 unsupported_media_type"),
        ("POST", "/queues", Some("text/html"), "{}", "415 unsupported_media_type"),
        ("PATCH", "/me", json, &huge, "413 too_large"),
        ("PATCH", "/me", json, r#"{"presence":"sleeping"}"#, "422 invalid"),
        ("GET", "/sessions/7", None, "", "400 bad_request"),
        ("GET", "/sessions/%00", None, "", "400 bad_request"),
        ("GET", &session, None, "", "404 not_found"),
        ("GET", "/sessions?folder=secret", None, "", "400 bad_request"),
        ("GET", "/sessions", None, "", "400 bad_request"),
        ("GET", "/sessions?folder=recent&limit=0", None, "", "422 invalid"),
        ("GET", "/sessions?folder=recent&limit=-1", None, "", "400 bad_request"),
        ("GET", "/sessions?folder=recent&limit=99999999999999999999", None, "", "400 bad_request"),
        ("GET", "/sessions?folder=recent&cursor=x", None, "", "422 invalid"),
        ("GET", "/sessions?folder=recent&odd=1", None, "", "400 bad_request"),
        ("GET", "/contacts?cursor=%FF", None, "", "422 invalid"),
        ("GET", "/nothing", None, "", "404 not_found"),
        ("PUT", "/queues", json, "{}", "405 method_not_allowed"),
        ("DELETE", "/desk", None, "", "405 method_not_allowed"),
        ("GET", "/events", None, "", "400 bad_request"),
    ] {
        let found = raw(&desk.admin, method, path, kind, body).await;
        let shown: String = body.chars().take(60).collect();
        assert_eq!(found, expected, "{method} {path} {shown}");
    }
    assert_eq!(raw(&ana, "POST", &format!("{session}/pick-up"), None, "").await, "404 not_found");
    assert_eq!(desk.rows(), rows);
}

#[tokio::test]
async fn fields_have_limits_and_each_is_named() {
    let (desk, ana, _) = desk().await;
    let long = |length: usize| "x".repeat(length);
    let user = |field: &str, value: &str| {
        let mut user =
            json!({ "login": "x", "name": "X", "role": "agent", "password": "long enough" });
        user[field] = json!(value);
        user
    };
    let rows = desk.rows();
    for (path, body, field) in [
        ("/users", user("login", &long(65)), "login"),
        ("/users", user("name", &long(81)), "name"),
        ("/users", user("name", "a\nb"), "name"),
        ("/users", user("password", &long(257)), "password"),
        ("/queues", json!({ "name": long(81), "mode": "auto", "agents": [] }), "name"),
        ("/queues", json!({ "name": "\u{0}", "mode": "auto", "agents": [] }), "name"),
        ("/queues", json!({ "name": "x", "mode": "auto", "agents": [key()] }), "agents"),
        ("/contacts", json!({ "name": long(121) }), "name"),
        ("/contacts", json!({ "name": "" }), "name"),
        ("/contacts", json!({ "name": "x", "remarks": long(4_001) }), "remarks"),
        ("/contacts", json!({ "name": "x", "phone": "call me" }), "phone"),
    ] {
        let refused = desk.admin.try_post(path, body).await;
        assert_eq!(refused.refusal(), "422 invalid", "{path} {field}: {}", refused.text);
        assert_eq!(refused.json()["fields"][0]["field"], field, "{path}: {}", refused.text);
    }
    let many = json!({ "preferences": { "x": long(70_000) } });
    assert_eq!(ana.try_patch("/me", many).await.json()["fields"][0]["field"], "preferences");
    for (change, field) in [
        (json!({ "country": "USA" }), "country"),
        (json!({ "public_url": "http://desk.example.com" }), "public_url"),
        (json!({ "public_url": "https://my_desk.example.com" }), "public_url"),
        (json!({ "public_url": "javascript:alert(1)" }), "public_url"),
        (json!({ "business_name": "" }), "business_name"),
    ] {
        let refused = desk.admin.try_patch("/settings", change).await;
        assert_eq!(refused.json()["fields"][0]["field"], field, "{}", refused.text);
    }
    assert_eq!(desk.rows(), rows);
}

#[tokio::test]
async fn a_desk_behind_a_proxy_answers_under_the_name_it_was_given() {
    let names = vec!["team.example.com".to_owned()];
    let desk = Desk::start_as(|config| config.workspace_names = names).await;
    let ask = async |host: &str, origin: &str| {
        let request = desk.http.get(format!("{}/api/v1/desk", desk.workspace()));
        let request = request.header("host", host).header("origin", origin);
        Answer::of(request.send().await.unwrap()).await.status
    };
    assert_eq!(ask("Team.example.com", "https://team.example.com").await, 200);
    assert_eq!(ask("team.example.com", "https://evil.example").await, 403);
    assert_eq!(ask("other.example.com", "https://other.example.com").await, 403);
}

#[tokio::test]
async fn pages_of_other_sites_cannot_use_the_desk() {
    let (desk, _, _) = desk().await;
    let ask = async |name: &'static str, value: &str, path: &str| {
        let request = desk.http.get(format!("{}{path}", desk.workspace())).header(name, value);
        Answer::of(request.send().await.unwrap()).await
    };
    for path in ["/api/v1/desk", "/", "/api/v1/openapi.json"] {
        let evil = ask("host", "evil.example", path).await;
        assert_eq!(evil.refusal(), "403 forbidden", "{path}");
        let origin = ask("origin", "https://evil.example", path).await;
        assert_eq!(origin.refusal(), "403 forbidden", "{path}");
        assert!(origin.headers.get("access-control-allow-origin").is_none());
    }
    for window in ["tauri://localhost", "http://tauri.localhost"] {
        let answer = ask("origin", window, "/api/v1/desk").await;
        assert_eq!(answer.headers["access-control-allow-origin"], window);
    }
    let page = ask("accept", "text/html", "/").await;
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'"));
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(page.headers["x-frame-options"], "DENY");
    assert_eq!(page.headers["referrer-policy"], "no-referrer");
    let webhook = ask("accept", "*/*", "/api/v1.0/webhook/twilio/x").await;
    assert_eq!(webhook.status, 404, "the workspace takes no webhooks");
}

#[tokio::test]
async fn a_flood_of_refused_requests_stops_its_sender_alone() {
    let (desk, ana, [line, _]) = desk().await;
    let rows = desk.rows();
    let from = async |address: &'static str, webhook: &Webhook| {
        let mut webhook = webhook.clone();
        webhook.headers.push(("x-forwarded-for", address.to_owned()));
        desk.deliver(&line, &webhook).await.status
    };
    let good = line.message(&said(CUSTOMER, "in the middle of it"));
    let forged = with(&good, "x-twilio-signature", None);
    let mut statuses = Vec::new();
    for _ in 0..300 {
        statuses.push(from("203.0.113.9", &forged).await);
    }
    assert!(statuses[..150].iter().all(|status| *status == 403), "{statuses:?}");
    assert!(statuses[250..].contains(&429), "{statuses:?}");
    assert_eq!(desk.rows(), rows);
    assert_eq!(from("203.0.113.10", &forged).await, 403, "others are not concerned");
    assert_eq!(from("203.0.113.9", &good).await, 200, "what is rightly signed is never refused");
    assert_eq!(ana.only_session("recent").await["messages_in"], 1);
}

#[tokio::test]
async fn a_replay_cannot_be_used_to_bring_in_what_was_refused() {
    let (desk, _, [line, _]) = desk().await;
    desk.deliver(&line, &line.garbled()).await;
    let kept = desk.admin.get("/deliveries?outcome=unreadable").await;
    let id = kept[0]["id"].as_str().unwrap().to_owned();
    let whole = desk.admin.get(&format!("/deliveries/{id}")).await;
    assert!(whole["body"].as_str().unwrap().contains("AccountSid"));
    let secrets = json!({ "secrets": { "auth_token": "another-token" } });
    desk.admin.patch(&format!("/channels/{}", line.id), secrets).await;
    // It was verified when it came, so a later change of secrets does not matter; what is signed
    // with another secret never comes as far as here.
    let again = desk.admin.post(&format!("/deliveries/{id}/replay"), Value::Null).await;
    assert_eq!(again["outcome"], "unreadable");
    let rows = desk.rows();
    let forged = line.message(&said(CUSTOMER, "with the secret from before"));
    assert_eq!(desk.deliver(&line, &forged).await.status, 403);
    assert_eq!(desk.rows(), rows, "what is refused leaves nothing to replay");
    until("it still waits for somebody", || async {
        (desk.admin.get("/sessions/counts").await["attention"] == 1).then_some(())
    })
    .await;
}
