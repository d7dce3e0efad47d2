//! Who may come in, and what they may do there.

use deskbell_core::App;
use serde_json::{Value, json};

use crate::support::{Answer, Desk, PASSWORD, config, key, until};

#[tokio::test]
async fn a_new_desk_is_set_up_once_and_only_on_its_own_computer() {
    let folder = tempfile::tempdir().unwrap();
    let app = App::start(config(folder.path())).await.unwrap();
    let http = deskbell_simulator::webhook::client().unwrap();
    let base = format!("http://{}/api/v1", app.workspace_addr());
    let setup =
        json!({ "business_name": "Bakery", "name": "Ada", "login": "ada", "password": PASSWORD });
    let ask = async |through: Option<&str>| {
        let mut request = http.post(format!("{base}/desk/setup")).json(&setup);
        if let Some(through) = through {
            request = request.header("x-forwarded-for", through);
        }
        Answer::of(request.send().await.unwrap()).await
    };
    assert_eq!(ask(Some("203.0.113.9")).await.refusal(), "403 forbidden");
    let desk = async |through: bool| {
        let mut request = http.get(format!("{base}/desk"));
        if through {
            request = request.header("x-forwarded-for", "203.0.113.9");
        }
        Answer::of(request.send().await.unwrap()).await.ok()["needs_setup"].clone()
    };
    assert_eq!((desk(false).await, desk(true).await), (json!(true), json!(false)));
    let done = ask(None).await.ok();
    assert_eq!(done["me"]["user"]["role"], "administrator");
    assert_eq!(ask(None).await.refusal(), "409 conflict");
    assert_eq!(desk(false).await, false);
    app.stop().await;
}

#[tokio::test]
async fn wrong_passwords_lock_out_longer_each_time_and_tell_nothing_of_names() {
    let desk = Desk::start().await;
    desk.agent("Ana", &[]).await;
    let mut seen = Vec::new();
    for login in ["ana", "nobody"] {
        let mut refusals = Vec::new();
        for _ in 0..7 {
            refusals.push(desk.try_sign_in(login, "not this one").await.refusal());
        }
        seen.push(refusals);
    }
    assert_eq!(seen[0], seen[1], "a name that exists answers like one that does not");
    assert_eq!(seen[0][0], "401 wrong_password");
    let locked = desk.try_sign_in("ANA", PASSWORD).await;
    assert_eq!(locked.refusal(), "429 locked_out", "the right one does not help now");
    let wait = locked.json()["retry_after"].as_i64().unwrap();
    assert!((1..=30).contains(&wait), "{wait}");
    assert_eq!(locked.headers["retry-after"], wait.to_string().as_str());
    let past = "UPDATE users SET locked_until = 1 WHERE login = 'ana'";
    desk.app().db().write(move |tx| Ok(tx.execute(past, [])?)).await.unwrap();
    desk.try_sign_in("ana", "not this one").await;
    let longer = desk.try_sign_in("ana", PASSWORD).await.json()["retry_after"].as_i64().unwrap();
    assert!((31..=60).contains(&longer), "{longer}");
    desk.app().db().write(move |tx| Ok(tx.execute(past, [])?)).await.unwrap();
    assert_eq!(desk.try_sign_in("ana", PASSWORD).await.status, 200);
    assert_eq!(desk.number("SELECT wrong_passwords FROM users WHERE login = 'ana'"), 0);
}

#[tokio::test]
async fn a_revoked_device_is_out_at_once() {
    let desk = Desk::start().await;
    let window = desk.agent("Ana", &[]).await;
    let phone = desk.sign_in("ana").await;
    let devices = window.get("/me/devices").await;
    assert_eq!(devices.as_array().unwrap().len(), 2);
    let other = devices.as_array().unwrap().iter().find(|one| one["current"] == false).unwrap();
    window.delete(&format!("/me/devices/{}", other["id"].as_str().unwrap())).await;
    assert_eq!(phone.try_get("/me").await.refusal(), "401 not_signed_in");
    let phone = desk.sign_in("ana").await;
    let change = json!({ "password": { "current": PASSWORD, "new": "another password" } });
    window.patch("/me", change.clone()).await;
    assert_eq!(phone.try_get("/me").await.status, 401, "another password logs the others out");
    assert_eq!(window.try_get("/me").await.status, 200);
    assert_eq!(window.try_patch("/me", change).await.refusal(), "422 invalid");
    window.post("/sign-out", Value::Null).await;
    assert_eq!(window.try_get("/me").await.status, 401);
    assert_eq!(desk.try_sign_in("ana", PASSWORD).await.status, 401);
}

#[tokio::test]
async fn whoever_is_switched_off_or_deleted_is_out_at_once() {
    let desk = Desk::start().await;
    let [ana, ben] = [desk.agent("Ana", &[]).await, desk.agent("Ben", &[]).await];
    desk.admin.patch(&format!("/users/{}", ana.id), json!({ "disabled": true })).await;
    assert_eq!(ana.try_get("/me").await.status, 401);
    assert_eq!(desk.try_sign_in("ana", PASSWORD).await.refusal(), "403 forbidden");
    desk.admin.delete(&format!("/users/{}", ben.id)).await;
    assert_eq!(ben.try_get("/me").await.status, 401);
    assert_eq!(desk.try_sign_in("ben", PASSWORD).await.refusal(), "401 wrong_password");
    desk.agent("Ben", &[]).await;
    let own = desk.admin.try_delete(&format!("/users/{}", desk.admin.id)).await;
    assert_eq!(own.refusal(), "409 conflict");
    let demoted = json!({ "role": "agent" });
    let last = desk.admin.try_patch(&format!("/users/{}", desk.admin.id), demoted).await;
    assert_eq!(last.refusal(), "409 conflict", "a desk keeps an administrator");
}

#[tokio::test]
async fn presence_is_told_to_everyone_and_ends_with_signing_out() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let presence = async || {
        let people = desk.admin.get("/people").await;
        let found = people.as_array().unwrap().iter().find(|one| one["name"] == "Ana").cloned();
        found.unwrap()["presence"].clone()
    };
    for word in ["away", "business_trip", "do_not_disturb", "lunch_break", "off_work", "available"]
    {
        ana.patch("/me", json!({ "presence": word })).await;
        assert_eq!(presence().await, word);
    }
    ana.post("/sign-out", Value::Null).await;
    assert_eq!(presence().await, "off_work");
}

/// Every operation of the description: method, path with ids in it, name, whether it is for all.
async fn operations(desk: &Desk) -> Vec<(String, String, String, bool)> {
    let url = format!("{}/api/v1/openapi.json", desk.workspace());
    let document = Answer::of(desk.http.get(url).send().await.unwrap()).await.ok();
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let id = key();
        let path = path.strip_prefix("/api/v1").unwrap();
        let path = path.replace("{id}", &id).replace("{device}", &id).replace("{identity}", &id);
        let path = path.replace("{note}", &id).replace("{other}", &id);
        assert!(!path.contains('{'), "{path} has another parameter");
        for (method, operation) in methods.as_object().unwrap() {
            let Some(name) = operation["operationId"].as_str() else { continue };
            let open = operation["security"] == json!([{}]);
            found.push((method.to_uppercase(), path.clone(), name.to_owned(), open));
        }
    }
    assert!(found.len() > 50, "only {} operations", found.len());
    found
}

#[tokio::test]
async fn no_operation_answers_those_who_are_not_signed_in() {
    let desk = Desk::start().await;
    let operations = operations(&desk).await;
    let open: Vec<_> = operations.iter().filter(|one| one.3).map(|one| one.2.as_str()).collect();
    assert_eq!(
        open,
        [
            "get_desk",
            "set_up",
            "follow_events",
            "look_at_invite",
            "join_desk",
            "sign_in",
            "sign_in_by_link"
        ]
    );
    let rows = desk.rows();
    let once = desk.agent("Ana", &[]).await;
    once.post("/sign-out", Value::Null).await;
    let forged = format!("dbt_{}", "A".repeat(43));
    for (method, path, name, _) in operations.iter().filter(|one| !one.3) {
        for token in ["", "x", &forged, &once.token] {
            let answer = desk.holder_of(token).call(method, path, Some(&json!({}))).await;
            assert_eq!(answer.refusal(), "401 not_signed_in", "{name} with “{token}”");
        }
    }
    let after = desk.rows();
    assert_eq!(rows["sessions"], after["sessions"]);
    assert_eq!(rows["channels"], after["channels"]);
}

fn hours() -> Value {
    json!({ "zone": "UTC", "mode": "always", "days": [[], [], [], [], [], [], []] })
}

fn holiday() -> Value {
    json!({ "name": "X", "from": "2099-12-25", "to": "2099-12-25" })
}

/// Settings of a site with live chat, as a client sends them.
fn chat_settings() -> Value {
    let silent = json!({ "on": false, "text": "" });
    json!({
        "domains": ["www.shop.example"], "mode": "chat", "max_calls": 5,
        "visitors_may_send": "text", "close_after_minutes": null, "max_chats": null,
        "appearance": {
            "theme": "auto", "colour": "#1f5b4c", "launcher": "bubble", "icon": 1,
            "side": "right", "offset_x": 20, "offset_y": 20, "title": "", "subtitle": "",
            "logo_file_id": null, "agent_info": "name", "default_agent_name": "",
            "default_agent_photo": null,
        },
        "messages": {
            "language": "auto", "pre_chat": { "on": false, "fields": [], "consent": "" },
            "online_greeting": silent, "offline_greeting": silent, "first_answer": silent,
            "closed": silent,
        },
        "ice_servers": [],
    })
}

/// What only administrators may do, each with a body that would be taken from one.
fn for_administrators() -> Vec<(&'static str, Value)> {
    let user = json!({ "login": "x", "name": "X", "role": "agent", "password": PASSWORD });
    vec![
        ("list_users", Value::Null),
        ("create_user", user),
        ("change_user", json!({ "name": "X" })),
        ("delete_user", Value::Null),
        ("list_user_devices", Value::Null),
        ("log_user_device_out", Value::Null),
        ("list_invites", Value::Null),
        ("create_invite", json!({ "role": "agent" })),
        ("delete_invite", Value::Null),
        ("create_queue", json!({ "name": "X", "mode": "auto", "agents": [] })),
        ("change_queue", json!({ "name": "X" })),
        ("delete_queue", Value::Null),
        ("create_channel", json!({ "provider": "twilio" })),
        ("change_channel", json!({ "name": "X" })),
        ("delete_channel", Value::Null),
        ("check_channel", Value::Null),
        ("list_account_numbers", Value::Null),
        ("set_webhook", Value::Null),
        ("get_chat_settings", Value::Null),
        ("set_chat_settings", chat_settings()),
        ("get_chat_snippet", Value::Null),
        ("check_chat_page", json!({ "url": "https://www.shop.example" })),
        ("get_chat_figures", Value::Null),
        ("change_settings", json!({ "business_name": "X" })),
        ("set_hours", hours()),
        ("add_holiday", holiday()),
        ("change_holiday", holiday()),
        ("delete_holiday", Value::Null),
        ("read_holidays", json!({ "text": "2099-12-25 Christmas" })),
        ("replay_delivery", Value::Null),
        ("dismiss_delivery", Value::Null),
        ("add_demo", Value::Null),
        ("remove_demo", Value::Null),
        ("set_demo_faults", json!({})),
        ("get_metrics", Value::Null),
        ("add_contact_field", json!({ "name": "X", "kind": "text" })),
        ("change_contact_field", json!({ "name": "X" })),
        ("delete_contact_field", Value::Null),
    ]
}

/// What everybody who is signed in may ask; the rules of sessions decide there.
const FOR_ALL: &[&str] = &[
    "sign_out",
    "get_me",
    "change_me",
    "note_activity",
    "list_my_devices",
    "log_my_device_out",
    "make_sign_in_link",
    "list_people",
    "draw_qr",
    "get_my_alerts",
    "change_my_alerts",
    "get_push_key",
    "get_my_push",
    "subscribe_push",
    "unsubscribe_push",
    "test_push",
    "list_queues",
    "list_providers",
    "list_channels",
    "get_channel",
    "get_settings",
    "call_customer",
    "list_calls",
    "get_calling",
    "set_calling",
    "try_calling",
    "list_chat_calls",
    "look_at_call_back",
    "call_visitor",
    "answer_chat_call",
    "decline_chat_call",
    "end_chat_call",
    "fail_chat_call",
    "add_call_candidate",
    "get_hours",
    "preview_hours",
    "list_holidays",
    "list_sessions",
    "count_sessions",
    "start_session",
    "get_session",
    "pick_up_session",
    "transfer_session",
    "end_session",
    "archive_session",
    "unarchive_session",
    "remove_session",
    "mark_session_seen",
    "snooze_session",
    "wake_session",
    "mute_session",
    "unmute_session",
    "mark_session_unread",
    "undo_on_session",
    "change_sessions",
    "ask_for_session",
    "get_transcript",
    "get_visitor",
    "set_my_photo",
    "remove_my_photo",
    "get_user_photo",
    "list_messages",
    "send_message",
    "get_message",
    "retry_message",
    "resolve_message",
    "cancel_message",
    "search_everything",
    "count_hits",
    "list_saved_searches",
    "save_search",
    "remove_saved_search",
    "list_drafts",
    "list_session_drafts",
    "keep_draft",
    "list_scheduled",
    "change_scheduled",
    "send_scheduled_now",
    "list_quick_replies",
    "create_quick_reply",
    "import_quick_replies",
    "replace_quick_reply",
    "delete_quick_reply",
    "count_quick_reply",
    "list_contacts",
    "add_contact",
    "get_contact",
    "change_contact",
    "list_contact_sessions",
    "count_contacts",
    "delete_contact",
    "block_contact",
    "unblock_contact",
    "list_contact_files",
    "list_contact_fields",
    "list_contact_notes",
    "add_contact_note",
    "change_contact_note",
    "delete_contact_note",
    "change_identity",
    "set_opt_out",
    "upload_file",
    "get_file",
    "get_file_content",
    "fetch_file",
    "check_phone",
    "get_demo",
    "write_as_customer",
    "add_identity",
    "remove_identity",
    "list_labels",
    "create_label",
    "label_session",
    "label_contact",
    "list_views",
    "create_view",
    "reorder_views",
    "change_view",
    "delete_view",
    "preview_contact_unmerge",
    "unmerge_contacts",
    "set_contacts_distinct",
    "unset_contacts_distinct",
    "list_lookalikes",
    "merge_contacts",
    "preview_contact_merge",
    "list_contact_merges",
    "list_earlier",
    "list_shared",
    "get_timeline",
];
/// What supervisors may do as well.
const FOR_SUPERVISORS: &[&str] = &[
    "set_presence",
    "take_over_session",
    "lift_opt_out",
    "list_deliveries",
    "get_delivery",
    "change_label",
    "delete_label",
    "merge_label",
    "lift_contact_opt_out",
    "list_contact_imports",
    "get_contact_import",
    "check_contact_import",
    "start_contact_import",
    "undo_contact_import",
    "export_contacts",
    "read_contact_file",
    "list_import_problems",
];

#[tokio::test]
async fn agents_and_supervisors_change_no_settings() {
    let desk = Desk::start().await;
    let [ana, sam] = [desk.agent("Ana", &[]).await, desk.supervisor("Sam").await];
    let table = for_administrators();
    let rows = desk.rows();
    for (method, path, name, open) in operations(&desk).await {
        let Some((_, body)) = table.iter().find(|(one, _)| *one == name) else {
            let known = open || FOR_ALL.contains(&&*name) || FOR_SUPERVISORS.contains(&&*name);
            assert!(known, "nobody has decided who may call {name}");
            continue;
        };
        for caller in [&ana, &sam] {
            let answer = caller.call(&method, &path, Some(body).filter(|one| !one.is_null())).await;
            assert_eq!(
                answer.refusal(),
                "403 forbidden",
                "{name}, {}: {}",
                caller.name,
                answer.text
            );
        }
        let answer = desk.admin.call(&method, &path, Some(body).filter(|one| !one.is_null())).await;
        assert_ne!(answer.status, 403, "{name}");
        assert_ne!(answer.status, 401, "{name}");
    }
    for path in ["/deliveries", &format!("/deliveries/{}", key())] {
        assert_eq!(ana.try_get(path).await.status, 403, "{path}");
        assert_ne!(sam.try_get(path).await.status, 403, "{path}");
    }
    assert_eq!(
        desk.rows()["users"],
        rows["users"] + 1,
        "only the administrator's own calls counted"
    );
}

#[tokio::test]
async fn a_user_signs_in_by_a_name_that_only_they_have() {
    let desk = Desk::start().await;
    desk.agent("Ana", &[]).await;
    let twin = json!({ "login": "ANA", "name": "Other", "role": "agent", "password": PASSWORD });
    let refused = desk.admin.try_post("/users", twin).await;
    assert_eq!(refused.json()["fields"][0]["field"], "login");
    assert_eq!(desk.try_sign_in("aNa", PASSWORD).await.status, 200);
    for (field, body) in [
        ("password", json!({ "login": "x", "name": "X", "role": "agent", "password": "short" })),
        ("login", json!({ "login": " ", "name": "X", "role": "agent", "password": PASSWORD })),
        ("name", json!({ "login": "x", "name": "a\u{0}b", "role": "agent", "password": PASSWORD })),
    ] {
        let refused = desk.admin.try_post("/users", body).await;
        assert_eq!(refused.refusal(), "422 invalid");
        assert_eq!(refused.json()["fields"][0]["field"], field);
    }
}

#[tokio::test]
async fn a_sign_in_lasts_over_a_restart_and_ends_when_its_time_is_over() {
    let mut desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    desk.restart().await;
    assert_eq!(ana.get("/me").await["user"]["name"], "Ana");
    let over = "UPDATE devices SET expires_at = 1";
    desk.app().db().write(move |tx| Ok(tx.execute(over, [])?)).await.unwrap();
    until("the sign-in is over", || async {
        (ana.try_get("/me").await.status == 401).then_some(())
    })
    .await;
}
