//! The address book: lists, custom fields, notes, addresses, what was shared, and what may go.

use serde_json::{Value, json};

use crate::support::{Agent, Desk, NUMBER, key, to_user};

const CUSTOMER: &str = "+15555550123";

fn names(page: &Value) -> Vec<String> {
    let contacts = page["contacts"].as_array().unwrap().iter();
    contacts.map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

async fn found(agent: &Agent, query: &[(&str, &str)]) -> Vec<String> {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    names(&agent.get(&format!("/contacts?{query}")).await)
}

fn id(value: &Value) -> String {
    value["id"].as_str().unwrap().to_owned()
}

async fn field(desk: &Desk, name: &str, kind: &str, choices: Value) -> String {
    let new = json!({ "name": name, "kind": kind, "choices": choices });
    id(&desk.admin.post("/contact-fields", new).await)
}

#[tokio::test]
async fn a_search_finds_whatever_stands_on_a_card_without_accents_or_case() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let table = field(&desk, "Table", "text", json!([])).await;
    let vera = json!({
        "name": "Věra Nováková", "company": "Söhne & Co", "email": "Vera@Example.com",
        "phone": "(202) 555-0147", "values": { &table: "Window 4" },
    });
    ana.post("/contacts", vera).await;
    ana.post("/contacts", json!({ "name": "Omar" })).await;
    for query in [
        "vera",
        "NOVÁK",
        "sohne",
        "vera@example",
        "2025550147",
        "(202) 555-01",
        "+1 202",
        "0202 555",
        "window",
        "nova vera",
        "vera 0147",
        "WINDOW 4 vera",
    ] {
        assert_eq!(found(&ana, &[("q", query)]).await, ["Věra Nováková"], "{query}");
    }
    for query in ["vera omar", "555-9999", "%", "_"] {
        assert!(found(&ana, &[("q", query)]).await.is_empty(), "{query}");
    }
    let all = ana.get("/contacts").await;
    assert_eq!(
        (names(&all).as_slice(), &all["total"]),
        (&["Omar".to_owned(), "Věra Nováková".to_owned()][..], &json!(2))
    );
}

#[tokio::test]
async fn lists_have_three_orders_and_say_who_has_no_name() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.general(&to_user(&ana.id)).await;
    desk.says(&line, "+15555550199", "Who is this?").await;
    for name in ["zoe", "Ábel", "Mia"] {
        ana.post("/contacts", json!({ "name": name })).await;
    }
    assert_eq!(found(&ana, &[]).await, ["Ábel", "Mia", "zoe", ""], "without a name comes last");
    assert_eq!(found(&ana, &[("sort", "newest")]).await, ["Mia", "Ábel", "zoe", ""]);
    assert_eq!(found(&ana, &[("sort", "last_message")]).await[0], "");
    assert_eq!(found(&ana, &[("show", "unnamed")]).await, [""]);
    assert_eq!(found(&ana, &[("show", "named"), ("sort", "newest")]).await.len(), 3);
    let counts = ana.get("/contacts/counts").await;
    assert_eq!(counts, json!({ "all": 4, "unnamed": 1, "blocked": 0 }));
    let page = ana.get("/contacts?show=unnamed").await;
    assert!(page["contacts"][0]["last_message_at"].is_i64());
    assert!(ana.get("/contacts?q=mia").await["contacts"][0]["last_message_at"].is_null());
    assert_eq!(ana.try_get("/contacts?sort=size").await.status, 400);
}

#[tokio::test]
async fn every_order_comes_in_pages_without_gaps() {
    let desk = Desk::start().await;
    for n in 0..130 {
        let name = if n % 3 == 0 { "Same_name".to_owned() } else { format!("Customer_{n:03}") };
        desk.admin.post("/contacts", json!({ "name": name })).await;
    }
    for sort in ["name", "newest", "last_message"] {
        let (mut cursor, mut ids) = (None::<String>, Vec::new());
        loop {
            let mut query = vec![("sort", sort.to_owned())];
            query.extend(cursor.take().map(|cursor| ("cursor", cursor)));
            let query =
                url::form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
            let page = desk.admin.get(&format!("/contacts?{query}")).await;
            assert_eq!(page["total"].is_null(), !ids.is_empty(), "told with the first page");
            ids.extend(page["contacts"].as_array().unwrap().iter().map(id));
            cursor = page["next"].as_str().map(str::to_owned);
            if cursor.is_none() {
                break;
            }
        }
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((count, ids.len()), (130, 130), "{sort}");
    }
    assert_eq!(desk.admin.try_get("/contacts?cursor=nonsense").await.status, 422);
    let wrong = format!("/contacts?sort=newest&cursor={}_x", key());
    assert_eq!(desk.admin.try_get(&wrong).await.status, 400);
}

#[tokio::test]
async fn custom_fields_take_what_they_say_in_the_order_that_is_set() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let since = field(&desk, "Since", "date", json!([])).await;
    let level = field(&desk, "Level", "choice", json!(["Gold", "Silver"])).await;
    let site = field(&desk, "Site", "link", json!([])).await;
    let order = |fields: &Value| -> Vec<String> {
        fields
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["name"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(order(&ana.get("/contact-fields").await), ["Since", "Level", "Site"]);
    desk.admin.patch(&format!("/contact-fields/{site}"), json!({ "position": 0 })).await;
    assert_eq!(order(&ana.get("/contact-fields").await), ["Site", "Since", "Level"]);
    let path = format!("/contacts/{}", id(&ana.post("/contacts", json!({ "name": "Vera" })).await));
    let refused = ana
        .try_patch(&path, json!({ "name": "V", "values": { &since: "14 May", &level: "Bronze", &site: "javascript:alert(1)" } }))
        .await;
    let mut wrong: Vec<String> = refused.json()["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["field"].as_str().unwrap().to_owned())
        .collect();
    wrong.sort();
    let mut expected = [&since, &level, &site].map(|field| format!("values.{field}"));
    expected.sort();
    assert_eq!(wrong, expected);
    assert_eq!(ana.get(&path).await["name"], "Vera", "what is refused changes nothing");
    let right = json!({ "values": { &since: "2026-05-14", &level: "Gold", &site: "example.com" } });
    let values = ana.patch(&path, right).await["values"].clone();
    assert_eq!(
        values,
        json!({ &since: "2026-05-14", &level: "Gold", &site: "https://example.com" })
    );
    let fewer = json!({ "choices": ["Silver", "Bronze"] });
    let refused = desk.admin.try_patch(&format!("/contact-fields/{level}"), fewer.clone()).await;
    assert!(refused.text.contains("A contact has “Gold”"), "{}", refused.text);
    ana.patch(&path, json!({ "values": { &level: "" } })).await;
    desk.admin.patch(&format!("/contact-fields/{level}"), fewer).await;
    let gone = json!({ "values": { key(): "x" } });
    assert_eq!(ana.try_patch(&path, gone).await.refusal(), "422 invalid");
}

#[tokio::test]
async fn a_field_that_is_deleted_takes_its_values_along_and_says_how_many_before() {
    let desk = Desk::start().await;
    let table = field(&desk, "Table", "text", json!([])).await;
    for name in ["Vera", "Omar"] {
        let new = json!({ "name": name, "values": { &table: "Window" } });
        desk.admin.post("/contacts", new).await;
    }
    assert_eq!(desk.admin.get("/contact-fields").await[0]["used_by"], 2);
    assert_eq!(found(&desk.admin, &[("q", "window")]).await.len(), 2);
    let mut follower = desk.admin.follow(None).await;
    desk.admin.delete(&format!("/contact-fields/{table}")).await;
    follower.next("settings_changed").await;
    assert_eq!(found(&desk.admin, &[("q", "window")]).await.len(), 0);
    assert_eq!(desk.admin.get("/contacts").await["contacts"][0]["values"], json!({}));
    for (new, wrong) in [
        (json!({ "name": "", "kind": "text" }), "name"),
        (json!({ "name": "Level", "kind": "choice", "choices": ["One"] }), "choices"),
        (json!({ "name": "Level", "kind": "choice", "choices": ["One", "One"] }), "choices"),
        (json!({ "name": "Level", "kind": "text", "choices": ["One", "Two"] }), "choices"),
    ] {
        let refused = desk.admin.try_post("/contact-fields", new).await;
        assert_eq!(refused.json()["fields"][0]["field"], wrong, "{}", refused.text);
    }
    field(&desk, "Level", "text", json!([])).await;
    let twin =
        desk.admin.try_post("/contact-fields", json!({ "name": "LEVEL", "kind": "date" })).await;
    assert_eq!(twin.json()["fields"][0]["field"], "name");
}

#[tokio::test]
async fn language_time_zone_and_e_mail_are_checked() {
    let desk = Desk::start().await;
    let new = json!({ "name": "Vera", "language": "pt-BR", "time_zone": "America/Sao_Paulo", "email": "v@example.com" });
    let vera = desk.admin.post("/contacts", new).await;
    assert_eq!(
        (&vera["language"], &vera["time_zone"]),
        (&json!("pt-BR"), &json!("America/Sao_Paulo"))
    );
    let path = format!("/contacts/{}", id(&vera));
    for (field, wrong) in
        [("language", "Portuguese!"), ("time_zone", "Mars/Base"), ("email", "vera")]
    {
        let refused = desk.admin.try_patch(&path, json!({ field: wrong })).await;
        assert_eq!(refused.json()["fields"][0]["field"], field);
    }
    let cleared =
        desk.admin.patch(&path, json!({ "language": "", "time_zone": "", "email": "" })).await;
    assert_eq!((&cleared["language"], &cleared["email"]), (&json!(""), &json!("")));
}

#[tokio::test]
async fn notes_have_authors_and_are_changed_by_them_only() {
    let desk = Desk::start().await;
    let [ana, ben] = [desk.agent("Ana", &[]).await, desk.agent("Ben", &[]).await];
    let vera = id(&ana.post("/contacts", json!({ "name": "Vera" })).await);
    let path = format!("/contacts/{vera}/notes");
    let first = id(&ana.post(&path, json!({ "text": "Likes rye" })).await);
    ben.post(&path, json!({ "text": "Pays in cash" })).await;
    let notes = ana.get(&path).await;
    let said: Vec<_> = notes
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["author_name"].as_str().unwrap(), one["text"].as_str().unwrap()))
        .collect();
    assert_eq!(said, [("Ben", "Pays in cash"), ("Ana", "Likes rye")]);
    let note = format!("{path}/{first}");
    assert_eq!(ben.try_patch(&note, json!({ "text": "No" })).await.refusal(), "403 forbidden");
    assert_eq!(ben.try_delete(&note).await.refusal(), "403 forbidden");
    assert_eq!(ana.patch(&note, json!({ "text": "Likes oats" })).await["text"], "Likes oats");
    assert_eq!(ana.try_post(&path, json!({ "text": "  " })).await.refusal(), "422 invalid");
    let other = id(&ana.post("/contacts", json!({ "name": "Omar" })).await);
    assert_eq!(ana.try_delete(&format!("/contacts/{other}/notes/{first}")).await.status, 404);
    desk.admin.delete(&note).await;
    assert_eq!(ana.get(&path).await.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn only_a_contact_without_a_past_can_be_deleted_and_only_by_who_may() {
    let desk = Desk::start().await;
    let [ana, ben] = [desk.agent("Ana", &[]).await, desk.agent("Ben", &[]).await];
    let line = desk.general(&to_user(&ana.id)).await;
    let vera = ana.post("/contacts", json!({ "name": "Vera", "phone": "+15555550177" })).await;
    let path = format!("/contacts/{}", id(&vera));
    ana.post(&format!("{path}/notes"), json!({ "text": "A note" })).await;
    assert_eq!(ben.try_delete(&path).await.refusal(), "403 forbidden");
    let mut follower = ben.follow(None).await;
    ana.delete(&path).await;
    assert_eq!(follower.next("contact_changed").await["contact_id"], vera["id"]);
    assert_eq!(ben.try_get(&path).await.status, 404);
    desk.says(&line, CUSTOMER, "Hello").await;
    let contact = ana.only_session("mine").await["contact_id"].as_str().unwrap().to_owned();
    let refused = desk.admin.try_delete(&format!("/contacts/{contact}")).await;
    assert_eq!(refused.refusal(), "409 in_use");
    assert!(refused.text.contains("block them"), "{}", refused.text);
    assert_eq!(ana.try_delete(&format!("/contacts/{contact}")).await.refusal(), "403 forbidden");
}

#[tokio::test]
async fn who_wrote_is_added_to_a_contact_who_is_there_and_the_nameless_one_is_gone() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.general(&to_user(&ana.id)).await;
    desk.says(&line, CUSTOMER, "It is me, from work").await;
    let session = ana.only_session("mine").await;
    let vera = id(&ana.post("/contacts", json!({ "name": "Vera", "phone": "+15555550124" })).await);
    let path = format!("/contacts/{vera}/identities");
    let add = json!({ "identity_id": session["identity_id"], "remark": "Work", "move": true });
    let both = ana.post(&path, add).await;
    assert_eq!(ana.only_session("mine").await["contact_name"], "Vera");
    let nameless = session["contact_id"].as_str().unwrap();
    assert_eq!(
        ana.try_get(&format!("/contacts/{nameless}")).await.status,
        404,
        "nothing was left of it"
    );
    let identity = both["identities"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["address"] == "+15555550124")
        .unwrap()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let named = ana.patch(&format!("{path}/{identity}"), json!({ "remark": "Mobile" })).await;
    let remarks: Vec<_> = named["identities"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["remark"].as_str().unwrap())
        .collect();
    assert!(remarks.contains(&"Mobile") && remarks.contains(&"Work"), "{remarks:?}");
    assert_eq!(found(&ana, &[("q", "5550123")]).await, ["Vera"], "it is found by both numbers");
    assert!(ana.get(&format!("/contacts/{vera}")).await["last_message_at"].is_i64());
    let unknown = json!({ "identity_id": key(), "move": true });
    assert_eq!(ana.try_post(&path, unknown).await.status, 404);
}

#[tokio::test]
async fn files_and_links_are_shown_to_those_who_may_see_the_sessions() {
    let desk = Desk::start_as(|config| config.media_private_hosts = true).await;
    let [ana, ben] = [desk.agent("Ana", &[]).await, desk.agent("Ben", &[]).await];
    let sam = desk.supervisor("Sam").await;
    let line = desk.general(&to_user(&ana.id)).await;
    desk.says(&line, CUSTOMER, "Look: https://example.com/cake. Nice?").await;
    desk.sends_files(&line, CUSTOMER, &["http://127.0.0.1:9/cake.jpg".to_owned()]).await;
    let session = ana.only_session("mine").await;
    let path = format!("/contacts/{}/files", session["contact_id"].as_str().unwrap());
    let seen = ana.get(&path).await;
    assert_eq!(seen["links"][0]["url"], "https://example.com/cake");
    assert_eq!(seen["links"][0]["session_id"], session["id"]);
    assert_eq!(seen["files"].as_array().unwrap().len(), 1);
    assert_eq!(ben.get(&path).await, json!({ "files": [], "links": [] }));
    let timeline = ana.timeline(session["id"].as_str().unwrap()).await;
    assert!(!timeline.contains(&"viewed".to_owned()));
    assert_eq!(sam.get(&path).await["links"].as_array().unwrap().len(), 1);
    let timeline = ana.timeline(session["id"].as_str().unwrap()).await;
    assert_eq!(timeline.iter().filter(|kind| *kind == "viewed").count(), 1, "it is a look");
}

#[tokio::test]
async fn an_opt_out_is_noted_by_hand_with_a_reason_and_lifted_by_supervisors() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.general(&to_user(&ana.id)).await;
    desk.says(&line, CUSTOMER, "Hello").await;
    let session = ana.only_session("mine").await;
    let (contact, id) = (session["contact_id"].as_str().unwrap(), session["id"].as_str().unwrap());
    let wish = json!({ "identity_id": session["identity_id"], "number_id": line.number_id, "reason": "Said so on the phone" });
    let path = format!("/contacts/{contact}/opt-out");
    let noted = ana.post(&path, wish.clone()).await;
    assert_eq!(noted["identities"][0]["opted_out"], json!([NUMBER]));
    let refused = ana.try_send(id, "One more thing").await;
    assert_eq!(refused.refusal(), "409 opted_out");
    assert!(refused.text.contains("A colleague noted"), "{}", refused.text);
    assert_eq!(ana.get(&format!("/sessions/{id}")).await["opted_out"]["told_by"], "user");
    assert_eq!(ana.try_post(&path, wish.clone()).await.refusal(), "409 conflict");
    let lift = format!("/contacts/{contact}/lift-opt-out");
    assert_eq!(ana.try_post(&lift, wish.clone()).await.refusal(), "403 forbidden");
    desk.admin.post(&lift, wish.clone()).await;
    assert_eq!(ana.timeline(id).await, ["opened", "opt_out_set", "opt_out_lifted"]);
    ana.send(id, "Your cake is ready").await;
    let mut wrong = wish;
    wrong["reason"] = json!("x");
    assert_eq!(ana.try_post(&path, wrong.clone()).await.refusal(), "422 invalid");
    wrong["reason"] = json!("Another contact's number");
    let other =
        ana.post("/contacts", json!({ "name": "Omar" })).await["id"].as_str().unwrap().to_owned();
    assert_eq!(ana.try_post(&format!("/contacts/{other}/opt-out"), wrong).await.status, 404);
}

#[tokio::test]
async fn a_number_that_opted_out_is_not_forgotten() {
    let desk = Desk::start().await;
    let line = desk.general(&to_user(&desk.admin.id)).await;
    let vera = desk.admin.post("/contacts", json!({ "name": "Vera", "phone": CUSTOMER })).await;
    let (path, identity) = (format!("/contacts/{}", id(&vera)), id(&vera["identities"][0]));
    let wish =
        json!({ "identity_id": identity, "number_id": line.number_id, "reason": "By letter" });
    desk.admin.post(&format!("{path}/opt-out"), wish).await;
    let number = format!("{path}/identities/{identity}");
    for gone in [&path, &number] {
        assert_eq!(desk.admin.try_delete(gone).await.refusal(), "409 in_use", "{gone}");
    }
}
