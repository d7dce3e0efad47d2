//! Two contacts that are the same person become one: what is shown before is what comes, nobody
//! sees more or less than before, and no block and no opt-out is got around.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Agent, Desk, Line, NUMBER, to_user};

const MARIA: &str = "+15555550123";
const OTHER: &str = "+15555550124";

/// Two agents with a line of their own each, and a customer who wrote to both from two numbers.
struct Stage {
    desk: Desk,
    ana: Agent,
    ben: Agent,
    line: Line,
    /// The contacts: Ana knows the first, Ben the second.
    ids: [String; 2],
}

async fn stage() -> Stage {
    let desk = Desk::start().await;
    let [ana, ben] = [desk.agent("Ana", &[]).await, desk.agent("Ben", &[]).await];
    let line = desk.general(&to_user(&ana.id)).await;
    let bens = desk.general(&to_user(&ben.id)).await;
    desk.says(&line, MARIA, "Hello Ana").await;
    desk.says(&bens, OTHER, "Hello Ben").await;
    let mut ids = [String::new(), String::new()];
    for (id, agent) in ids.iter_mut().zip([&ana, &ben]) {
        agent.only_session("mine").await["contact_id"].as_str().unwrap().clone_into(id);
    }
    Stage { desk, ana, ben, line, ids }
}

impl Stage {
    fn path(&self, at: usize) -> String {
        format!("/contacts/{}", self.ids[at])
    }

    fn wish(&self, take: &[&str]) -> Value {
        json!({ "other_id": self.ids[1], "take": take })
    }

    async fn merge(&self, agent: &Agent, take: &[&str]) -> Value {
        agent.post(&format!("{}/merge", self.path(0)), self.wish(take)).await
    }
}

fn addresses(contact: &Value) -> Vec<&str> {
    let identities = contact["identities"].as_array().unwrap().iter();
    identities.map(|one| one["address"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn what_the_preview_shows_is_what_comes() {
    let stage = stage().await;
    let Stage { desk, ana, .. } = &stage;
    let field = json!({ "name": "Table", "kind": "text", "choices": [] });
    let field = desk.admin.post("/contact-fields", field).await["id"].clone();
    let table = format!("values.{}", field.as_str().unwrap());
    let mut labels = Vec::new();
    for name in ["vip", "late"] {
        let label = json!({ "name": name, "colour": "red" });
        labels.push(desk.admin.post("/labels", label).await["id"].clone());
    }
    let one = json!({ "name": "Maria", "email": "m@example.com", "remarks": "Likes rye" });
    ana.patch(&stage.path(0), one).await;
    let other = json!({
        "name": "Maria Lang", "company": "Lang", "language": "de", "time_zone": "Europe/Vienna",
        "remarks": "No nuts", "values": { field.as_str().unwrap(): "Window 4" },
    });
    ana.patch(&stage.path(1), other).await;
    ana.put(&format!("{}/labels", stage.path(0)), json!({ "labels": [labels[0]] })).await;
    ana.put(&format!("{}/labels", stage.path(1)), json!({ "labels": labels })).await;
    for at in [0, 1, 1] {
        ana.post(&format!("{}/notes", stage.path(at)), json!({ "text": "Pays in cash" })).await;
    }
    let take = ["name", table.as_str()];
    let preview = format!("{}/merge-preview", stage.path(0));
    let shown = ana.post(&preview, stage.wish(&take)).await;
    assert_eq!(shown["kept"], ana.get(&stage.path(0)).await);
    assert_eq!(shown["other"], ana.get(&stage.path(1)).await);
    assert_eq!(shown["brings"]["kept"], json!({ "notes": 1, "sessions": 1, "files": 0 }));
    assert_eq!(shown["brings"]["other"], json!({ "notes": 2, "sessions": 0, "files": 0 }));
    assert_eq!(shown["refused"], Value::Null);
    let mut follower = stage.ben.follow(None).await;
    let done = stage.merge(ana, &take).await;
    let contact = &done["contact"];
    assert_eq!(shown["result"], *contact);
    assert_eq!(*contact, ana.get(&stage.path(0)).await);
    for (fact, value) in [
        ("name", "Maria Lang"),
        ("email", "m@example.com"),
        ("company", "Lang"),
        ("remarks", "Likes rye"),
        ("language", "de"),
    ] {
        assert_eq!(contact[fact], value, "{fact}");
    }
    assert_eq!(contact["values"], json!({ field.as_str().unwrap(): "Window 4" }));
    assert_eq!(addresses(contact), [MARIA, OTHER]);
    assert_eq!(contact["labels"].as_array().unwrap().len(), 2);
    assert_eq!(ana.get(&format!("{}/notes", stage.path(0))).await.as_array().unwrap().len(), 3);
    let told = [follower.next("contact_changed").await, follower.next("contact_changed").await];
    let told: Vec<&Value> = told.iter().map(|one| &one["contact_id"]).collect();
    assert_eq!(told, [&json!(stage.ids[1]), &json!(stage.ids[0])], "every open window follows");
    assert_eq!(stage.ben.only_session("mine").await["contact_id"], stage.ids[0].as_str());
    assert_eq!(ana.get("/contacts/counts").await["all"], 1);
    for (words, found) in [("lang", 1), ("5550124", 1), ("window", 1)] {
        let page = ana.get(&format!("/contacts?q={words}")).await;
        assert_eq!(page["contacts"].as_array().unwrap().len(), found, "{words}");
    }
}

#[tokio::test]
async fn the_old_id_says_where_it_went_and_the_page_who_did_it() {
    let stage = stage().await;
    let Stage { ana, ben, .. } = &stage;
    ana.patch(&stage.path(0), json!({ "name": "Maria" })).await;
    let merge = stage.merge(ana, &[]).await["merge"].clone();
    for path in ["", "/notes", "/sessions", "/merges", "/lookalikes"] {
        let gone = ben.try_get(&format!("{}{path}", stage.path(1))).await;
        assert_eq!(gone.refusal(), "410 contact_merged", "{path}");
        assert_eq!(gone.json()["contact_id"], stage.ids[0].as_str());
        assert!(gone.text.contains("became part of Maria"), "{}", gone.text);
    }
    let note = ben.try_post(&format!("{}/notes", stage.path(1)), json!({ "text": "Hm" })).await;
    assert_eq!(note.refusal(), "410 contact_merged");
    let history = ben.get(&format!("{}/merges", stage.path(0))).await;
    assert_eq!(history, json!([merge]));
    assert_eq!(
        (&merge["merged_name"], &merge["by_name"], &merge["by_id"], &merge["undone"]),
        (&json!(OTHER), &json!("Ana"), &json!(ana.id), &Value::Null)
    );
    // A message from either number is of the one contact.
    stage.desk.says(&stage.line, OTHER, "It is me").await;
    for session in ana.folder("mine").await {
        assert_eq!(session["contact_id"], stage.ids[0].as_str());
    }
}

#[tokio::test]
async fn who_sees_and_holds_a_session_stays_as_it_was() {
    let stage = stage().await;
    let Stage { desk, ana, ben, .. } = &stage;
    let bens = ben.only_session("mine").await["id"].as_str().unwrap().to_owned();
    let anas = ana.only_session("mine").await["id"].as_str().unwrap().to_owned();
    ben.post(&format!("/sessions/{bens}/archive"), Value::Null).await;
    ana.post(&format!("/sessions/{anas}/mute"), Value::Null).await;
    let files = desk.number("SELECT count(*) FROM session_marks");
    let lists = || {
        let database = desk.database();
        let rows = |sql: &str| -> Vec<String> {
            let mut statement = database.prepare(sql).unwrap();
            let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
            rows.map(Result::unwrap).collect()
        };
        let held = "SELECT json_array(id, status, owner_id, queue_id, waiting_since, \
            last_message_at, blocked, preview) FROM sessions ORDER BY id";
        let marks = "SELECT json_array(session_id, user_id, archived, removed, seen_seq, \
            took_part, muted, snoozed) FROM session_marks ORDER BY session_id, user_id";
        [rows(held), rows(marks)]
    };
    let before = lists();
    let wish = stage.wish(&[]);
    let shown = ana.post(&format!("{}/merge-preview", stage.path(0)), wish).await;
    assert_eq!(shown["brings"]["other"]["sessions"], 0, "Ana may not know of Ben's session");
    let wish = json!({ "other_id": stage.ids[0] });
    let shown = ben.post(&format!("{}/merge-preview", stage.path(1)), wish).await;
    assert_eq!(shown["brings"]["other"]["sessions"], 0);
    assert_eq!(shown["brings"]["kept"]["sessions"], 1);
    stage.merge(ana, &[]).await;
    assert_eq!(lists(), before, "holders, lists and marks");
    assert_eq!(desk.number("SELECT count(*) FROM session_marks"), files);
    assert_eq!(ana.try_get(&format!("/sessions/{bens}")).await.status, 404);
    assert_eq!(ben.try_get(&format!("/sessions/{anas}")).await.status, 404);
    for (agent, own) in [(ana, &anas), (ben, &bens)] {
        let seen = agent.get(&format!("{}/sessions", stage.path(0))).await;
        let seen: Vec<&Value> = seen.as_array().unwrap().iter().map(|one| &one["id"]).collect();
        assert_eq!(seen, [&json!(own)]);
        assert_eq!(agent.timeline(own).await.len(), 2, "nothing is written there");
    }
    assert_eq!(ben.folder("archived").await.len(), 1);
}

#[tokio::test]
async fn an_opt_out_is_kept_with_its_number() {
    let stage = stage().await;
    let Stage { desk, ana, ben, .. } = &stage;
    desk.says(&stage.line, OTHER, "STOP").await;
    let merged = stage.merge(ana, &[]).await;
    let contact = &merged["contact"];
    assert_eq!(contact["identities"][0]["opted_out"], json!([]));
    assert_eq!(contact["identities"][1]["opted_out"], json!([NUMBER]));
    let session = ana.session_with(OTHER).await;
    assert_eq!(ana.try_send(&session, "Hello").await.refusal(), "409 opted_out");
    let session = ana.session_with(MARIA).await;
    ana.send(&session, "Hello").await;
    let undo = format!("/contact-merges/{}/undo", merged["merge"]["id"].as_str().unwrap());
    let two = ben.post(&undo, Value::Null).await;
    assert_eq!(two["other"]["identities"][0]["opted_out"], json!([NUMBER]));
    assert_eq!(two["kept"]["identities"][0]["opted_out"], json!([]));
}

#[tokio::test]
async fn a_merge_neither_blocks_nor_unblocks_by_a_way_around() {
    let stage = stage().await;
    let Stage { desk, ana, ben, .. } = &stage;
    let sam = desk.supervisor("Sam").await;
    ana.post(&format!("{}/block", stage.path(0)), json!({ "reason": "Spam" })).await;
    let session = ben.only_session("mine").await["id"].as_str().unwrap().to_owned();
    for (kept, other) in [(0, 1), (1, 0)] {
        let wish = json!({ "other_id": stage.ids[other] });
        let shown = ana.post(&format!("{}/merge-preview", stage.path(kept)), wish.clone()).await;
        assert!(shown["refused"].as_str().unwrap().contains("ask a supervisor"), "{shown}");
        assert_eq!(shown["result"]["blocked"]["reason"], "Spam", "and says what would come");
        for agent in [ana, ben] {
            let path = format!("{}/merge", stage.path(kept));
            assert_eq!(agent.try_post(&path, wish.clone()).await.refusal(), "403 forbidden");
        }
    }
    let wish = json!({ "other_id": stage.ids[0] });
    let shown = sam.post(&format!("{}/merge-preview", stage.path(1)), wish.clone()).await;
    assert_eq!(shown["refused"], Value::Null);
    let merged = sam.post(&format!("{}/merge", stage.path(1)), wish).await;
    assert_eq!(merged["contact"], shown["result"]);
    assert_eq!(merged["contact"]["blocked"]["by_name"], "Ana");
    assert!(ben.folder("mine").await.is_empty(), "what is blocked is in nobody's way");
    assert_eq!(ben.timeline(&session).await, ["opened", "blocked"]);
    assert_eq!(ben.try_send(&session, "Hello").await.refusal(), "409 conflict");
    // Apart again: that unblocks one of them.
    let merge = merged["merge"]["id"].as_str().unwrap();
    let path = format!("/contact-merges/{merge}");
    let shown = ben.get(&path).await;
    assert!(shown["refused"].as_str().unwrap().contains("ask a supervisor"), "{shown}");
    let undo = format!("{path}/undo");
    assert_eq!(ben.try_post(&undo, Value::Null).await.refusal(), "403 forbidden");
    let two = sam.post(&undo, Value::Null).await;
    assert_eq!(
        (&two["kept"]["blocked"], &two["other"]["blocked"]["reason"]),
        (&Value::Null, &json!("Spam"))
    );
    assert_eq!(ben.only_session("mine").await["id"], session.as_str());
    assert_eq!(ben.timeline(&session).await, ["opened", "blocked", "unblocked"]);
    // Two that different people blocked: whoever merged them could unblock the other's.
    sam.post(&format!("{}/block", stage.path(1)), json!({})).await;
    let wish = json!({ "other_id": stage.ids[1] });
    let path = format!("{}/merge", stage.path(0));
    assert_eq!(ana.try_post(&path, wish).await.refusal(), "403 forbidden");
}

#[tokio::test]
async fn of_two_merges_at_once_one_wins_and_the_other_hears_where_it_went() {
    let stage = &stage().await;
    let ways = [(0, 1), (1, 0), (0, 1), (1, 0)];
    let merges = ways.iter().zip([&stage.ana, &stage.ben, &stage.ben, &stage.ana]);
    let answers = join_all(merges.map(|((kept, other), agent)| async move {
        let wish = json!({ "other_id": stage.ids[*other] });
        agent.try_post(&format!("{}/merge", stage.path(*kept)), wish).await
    }));
    let mut answers: Vec<String> = answers
        .await
        .iter()
        .map(|answer| if answer.status == 200 { "200".to_owned() } else { answer.refusal() })
        .collect();
    answers.sort_unstable();
    let lost = "410 contact_merged";
    assert_eq!(answers, ["200", lost, lost, lost]);
    assert_eq!(stage.desk.number("SELECT count(*) FROM contacts"), 1);
    assert_eq!(stage.desk.number("SELECT count(*) FROM contact_merges"), 1);
}

#[tokio::test]
async fn what_is_no_merge_is_refused() {
    let stage = stage().await;
    let ana = &stage.ana;
    let path = format!("{}/merge", stage.path(0));
    for (wish, refusal) in [
        (json!({ "other_id": stage.ids[0] }), "422 invalid"),
        (json!({ "other_id": crate::support::key() }), "404 not_found"),
        (json!({ "other_id": stage.ids[1], "take": ["id"] }), "422 invalid"),
        (json!({ "other_id": stage.ids[1], "take": ["values.x"] }), "422 invalid"),
        (json!({ "other_id": stage.ids[1], "take": vec!["name"; 61] }), "422 invalid"),
    ] {
        for end in ["", "-preview"] {
            let answer = ana.try_post(&format!("{path}{end}"), wish.clone()).await;
            assert_eq!(answer.refusal(), refusal, "{wish}");
        }
    }
    assert_eq!(ana.get("/contacts/counts").await["all"], 2);
}

#[tokio::test]
async fn who_looks_like_the_same_person_is_suggested_until_somebody_says_no() {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let mut ids = Vec::new();
    for contact in [
        json!({ "name": "Maria Lang", "email": "maria@example.com", "phone": MARIA }),
        json!({ "name": "María LANG", "email": "Maria@Example.com" }),
        json!({ "name": "M. Lang", "email": "maria@example.com.au" }),
        json!({ "name": "Omar" }),
    ] {
        ids.push(ana.post("/contacts", contact).await["id"].as_str().unwrap().to_owned());
    }
    let like = async |id: &str| ana.get(&format!("/contacts/{id}/lookalikes")).await;
    let found = like(&ids[0]).await;
    assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
    assert_eq!(found[0]["contact"]["id"], ids[1].as_str());
    assert_eq!(found[0]["by"], json!(["email", "name"]));
    assert_eq!(like(&ids[3]).await, json!([]));
    let distinct = format!("/contacts/{}/distinct/{}", ids[1], ids[0]);
    ana.put(&distinct, Value::Null).await;
    assert_eq!(like(&ids[0]).await, json!([]));
    assert_eq!(like(&ids[1]).await, json!([]), "whichever of them is looked at");
    ana.delete(&distinct).await;
    assert_eq!(like(&ids[1]).await[0]["contact"]["id"], ids[0].as_str());
    ana.put(&distinct, Value::Null).await;
    // It holds for those who became part of them.
    let merge = json!({ "other_id": ids[1] });
    ana.post(&format!("/contacts/{}/merge", ids[3]), merge).await;
    assert_eq!(ana.get(&format!("/contacts/{}", ids[3])).await["email"], "Maria@Example.com");
    assert_eq!(like(&ids[3]).await, json!([]));
    assert_eq!(like(&ids[0]).await, json!([]));
    let same = format!("/contacts/{0}/distinct/{0}", ids[0]);
    assert_eq!(ana.try_put(&same, Value::Null).await.refusal(), "422 invalid");
    assert_eq!(ana.try_put(&distinct, Value::Null).await.refusal(), "410 contact_merged");
}
