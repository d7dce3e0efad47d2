//! Contacts that became one become two again: as they were, in any order, or with a plain reason
//! why not.

use deskbell_core::timers;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Agent, Desk, Line, to_user};

const DAY: i64 = 86_400_000;
const NUMBERS: [&str; 4] = ["+15555550123", "+15555550124", "+15555550125", "+15555550126"];

/// A desk where an agent hears all customers, four of whom have written.
struct Stage {
    desk: Desk,
    ana: Agent,
    line: Line,
    ids: Vec<String>,
}

async fn stage() -> Stage {
    let desk = Desk::start().await;
    let ana = desk.agent("Ana", &[]).await;
    let line = desk.general(&to_user(&ana.id)).await;
    let mut ids = Vec::new();
    for (number, name) in NUMBERS.iter().zip(["A", "B", "C", "D"]) {
        desk.says(&line, number, "Hello").await;
        desk.says(&line, number, "Are you there?").await;
        let session = ana.session_with(number).await;
        let session = ana.get(&format!("/sessions/{session}")).await;
        let id = session["contact_id"].as_str().unwrap().to_owned();
        let email = format!("{name}@example.com");
        ana.patch(&format!("/contacts/{id}"), json!({ "name": name, "email": email })).await;
        ids.push(id);
    }
    Stage { desk, ana, line, ids }
}

impl Stage {
    fn path(&self, at: usize) -> String {
        format!("/contacts/{}", self.ids[at])
    }

    /// Merges the second into the first; answers the path of the merge.
    async fn merge(&self, kept: usize, other: usize, take: &[&str]) -> String {
        let wish = json!({ "other_id": self.ids[other], "take": take });
        let merged = self.ana.post(&format!("{}/merge", self.path(kept)), wish).await;
        format!("/contact-merges/{}", merged["merge"]["id"].as_str().unwrap())
    }

    async fn undo(&self, merge: &str) -> Value {
        self.ana.post(&format!("{merge}/undo"), Value::Null).await
    }

    /// Why a merge cannot be taken apart; preview and deed say the same.
    async fn refused(&self, merge: &str) -> String {
        let shown = self.ana.get(merge).await["refused"].as_str().unwrap().to_owned();
        let answer = self.ana.try_post(&format!("{merge}/undo"), Value::Null).await;
        assert_eq!(answer.refusal(), "409 conflict");
        assert_eq!(answer.json()["message"], shown.as_str());
        shown
    }

    /// All that the API answers of a contact.
    async fn all_of(&self, at: usize) -> Value {
        let path = self.path(at);
        let mut sessions = self.ana.get(&format!("{path}/sessions")).await;
        sessions.as_array_mut().unwrap().sort_by_key(|one| one["id"].to_string());
        json!({
            "contact": self.ana.get(&path).await,
            "notes": self.ana.get(&format!("{path}/notes")).await,
            "files": self.ana.get(&format!("{path}/files")).await,
            "sessions": sessions,
        })
    }

    async fn all(&self, at: &[usize]) -> Vec<Value> {
        let mut all = Vec::new();
        for one in at {
            all.push(self.all_of(*one).await);
        }
        all
    }
}

#[tokio::test]
async fn both_are_as_they_were() {
    let stage = stage().await;
    let Stage { desk, ana, .. } = &stage;
    let field = json!({ "name": "Table", "kind": "text", "choices": [] });
    let field = desk.admin.post("/contact-fields", field).await["id"].clone();
    let field = field.as_str().unwrap();
    let mut labels = Vec::new();
    for name in ["vip", "late"] {
        let label = json!({ "name": name, "colour": "red" });
        labels.push(desk.admin.post("/labels", label).await["id"].clone());
    }
    for (at, table) in [(0, "Window 4"), (1, "Door 1")] {
        let facts = json!({
            "company": table, "remarks": table, "language": "de", "time_zone": "Europe/Vienna",
            "values": { field: table },
        });
        ana.patch(&stage.path(at), facts).await;
        ana.put(&format!("{}/labels", stage.path(at)), json!({ "labels": [labels[at]] })).await;
        ana.post(&format!("{}/notes", stage.path(at)), json!({ "text": table })).await;
    }
    let identity = ana.get(&stage.path(1)).await["identities"][0]["id"].clone();
    let named = format!("{}/identities/{}", stage.path(1), identity.as_str().unwrap());
    ana.patch(&named, json!({ "remark": "Work" })).await;
    for take in [&[][..], &["name", "email", "company", "remarks"]] {
        for (kept, other) in [(0, 1), (1, 0)] {
            let before = stage.all(&[kept, other]).await;
            let merge = stage.merge(kept, other, take).await;
            let shown = ana.get(&merge).await;
            let two = stage.undo(&merge).await;
            assert_eq!(shown["refused"], Value::Null);
            assert_eq!((&shown["kept"], &shown["other"]), (&two["kept"], &two["other"]));
            assert_eq!((&shown["notes"], &shown["notes_stay"]), (&json!(1), &json!(0)));
            assert_eq!((&shown["stays"], &shown["numbers_stay"]), (&json!([]), &json!([])));
            assert_eq!(stage.all(&[kept, other]).await, before, "{kept} {take:?}");
            let history = ana.get(&format!("{}/merges", stage.path(other))).await;
            assert_eq!(history[0]["undone"]["by_name"], "Ana");
            assert_eq!(history[0]["until"], Value::Null);
        }
    }
    let found = ana.get("/contacts?q=5550124").await;
    assert_eq!(found["contacts"][0]["id"], stage.ids[1].as_str());
}

#[tokio::test]
async fn what_came_or_changed_since_stays_and_is_said_before() {
    let stage = stage().await;
    let Stage { desk, ana, .. } = &stage;
    ana.post(&format!("{}/notes", stage.path(1)), json!({ "text": "Before" })).await;
    let merge = stage.merge(0, 1, &["email"]).await;
    let path = stage.path(0);
    ana.patch(&path, json!({ "company": "Lang", "email": "new@example.com" })).await;
    ana.post(&format!("{path}/notes"), json!({ "text": "Since" })).await;
    let number = "+15555550199";
    ana.post(&format!("{path}/identities"), json!({ "phone": number })).await;
    desk.says(&stage.line, NUMBERS[1], "Since").await;
    let shown = ana.get(&merge).await;
    assert_eq!(shown["stays"], json!(["company", "email"]));
    assert_eq!(shown["numbers_stay"], json!([number]));
    assert_eq!((&shown["notes"], &shown["notes_stay"]), (&json!(1), &json!(1)));
    let two = stage.undo(&merge).await;
    assert_eq!(
        (&two["kept"]["email"], &two["kept"]["company"], &two["kept"]["name"]),
        (&json!("new@example.com"), &json!("Lang"), &json!("A"))
    );
    assert_eq!(two["kept"]["identities"].as_array().unwrap().len(), 2);
    assert_eq!(two["other"]["email"], "B@example.com");
    let kept = ana.get(&format!("{path}/notes")).await;
    let back = ana.get(&format!("{}/notes", stage.path(1))).await;
    assert_eq!((&kept[0]["text"], &back[0]["text"]), (&json!("Since"), &json!("Before")));
    let session = ana.session_with(NUMBERS[1]).await;
    let session = ana.get(&format!("/sessions/{session}")).await;
    assert_eq!(session["contact_id"], stage.ids[1].as_str(), "a number's sessions go with it");
    assert_eq!(stage.refused(&merge).await, "Ana has taken these two apart already.");
}

#[tokio::test]
async fn several_merges_come_apart_in_any_order() {
    let stage = stage().await;
    let before = stage.all(&[0, 1, 2]).await;
    for first_first in [true, false] {
        for take in [&[][..], &["email", "name"]] {
            let first = stage.merge(0, 1, &["email"]).await;
            let second = stage.merge(0, 2, take).await;
            let order = if first_first { [&first, &second] } else { [&second, &first] };
            for merge in order {
                stage.undo(merge).await;
            }
            assert_eq!(stage.all(&[0, 1, 2]).await, before, "{first_first} {take:?}");
        }
    }
}

#[tokio::test]
async fn who_became_part_of_another_is_taken_apart_after_them() {
    let stage = stage().await;
    let before = stage.all(&[0, 1, 3]).await;
    let inner = stage.merge(0, 1, &[]).await;
    let outer = stage.merge(3, 0, &[]).await;
    for at in [0, 1] {
        let gone = stage.ana.try_get(&stage.path(at)).await;
        assert_eq!(gone.json()["contact_id"], stage.ids[3].as_str(), "through all merges");
    }
    assert_eq!(
        stage.refused(&inner).await,
        "The contact became part of D since: take those two apart first."
    );
    let wish = json!({ "other_id": stage.ids[1] });
    let again = stage.ana.try_post(&format!("{}/merge", stage.path(2)), wish).await;
    assert_eq!(again.refusal(), "410 contact_merged");
    stage.undo(&outer).await;
    stage.undo(&inner).await;
    assert_eq!(stage.all(&[0, 1, 3]).await, before);
}

#[tokio::test]
async fn a_number_that_moved_on_is_a_reason() {
    let stage = stage().await;
    let merge = stage.merge(0, 1, &[]).await;
    let wish = json!({ "phone": NUMBERS[1], "move": true });
    stage.ana.post(&format!("{}/identities", stage.path(2)), wish.clone()).await;
    let reason = stage.refused(&merge).await;
    assert!(reason.contains("belongs to C since"), "{reason}");
    stage.ana.post(&format!("{}/identities", stage.path(0)), wish).await;
    stage.undo(&merge).await;
    assert_eq!(stage.ana.get(&stage.path(1)).await["identities"][0]["address"], NUMBERS[1]);
}

#[tokio::test]
async fn a_contact_that_was_deleted_takes_those_in_it_along() {
    let desk = Desk::start().await;
    let [ana, ben] = [desk.agent("Ana", &[]).await, desk.agent("Ben", &[]).await];
    let secret = "Remembered Nowhere";
    let mut ids = Vec::new();
    for (agent, name) in [(&ana, "Maria"), (&ben, secret)] {
        let contact = agent.post("/contacts", json!({ "name": name })).await;
        ids.push(contact["id"].as_str().unwrap().to_owned());
    }
    let path = format!("/contacts/{}", ids[0]);
    let merged = ana.post(&format!("{path}/merge"), json!({ "other_id": ids[1] })).await;
    let merge = format!("/contact-merges/{}", merged["merge"]["id"].as_str().unwrap());
    let refused = ana.try_delete(&path).await;
    assert_eq!(refused.refusal(), "403 forbidden", "Ben's contact is in it");
    desk.admin.delete(&path).await;
    let reason = ana.get(&merge).await["refused"].as_str().unwrap().to_owned();
    assert!(reason.contains("deleted meanwhile"), "{reason}");
    let undo = ana.try_post(&format!("{merge}/undo"), Value::Null).await;
    assert_eq!(undo.refusal(), "409 conflict");
    assert_eq!(ana.try_get(&format!("/contacts/{}", ids[1])).await.refusal(), "404 not_found");
    let kept = format!(
        "SELECT count(*) FROM contact_merges WHERE before IS NOT NULL OR merged_name = '{secret}'"
    );
    assert_eq!(desk.number(&kept), 0, "nothing of them is kept");
}

#[tokio::test]
async fn for_ninety_days_and_not_for_ever() {
    let mut stage = stage().await;
    let merge = stage.merge(0, 1, &[]).await;
    let until = stage.ana.get(&merge).await["merge"]["until"].as_i64().unwrap();
    let at = stage.ana.get(&merge).await["merge"]["at"].as_i64().unwrap();
    assert!(until - at >= 30 * DAY);
    timers::run(stage.desk.app(), until).await.unwrap();
    // Whoever was signed in for so long is not any more.
    stage.ana = stage.desk.sign_in("ana").await;
    assert_eq!(stage.ana.get(&merge).await["refused"], Value::Null);
    timers::run(stage.desk.app(), until + 1).await.unwrap();
    stage.ana = stage.desk.sign_in("ana").await;
    let reason = stage.refused(&merge).await;
    assert!(reason.contains("not kept any more"), "{reason}");
    let gone = stage.ana.try_get(&stage.path(1)).await;
    assert_eq!(gone.refusal(), "410 contact_merged", "the old id leads there all the same");
}

#[tokio::test]
async fn fields_and_labels_that_went_meanwhile_stay_away() {
    let stage = stage().await;
    let Stage { desk, ana, .. } = &stage;
    let field = json!({ "name": "Table", "kind": "text", "choices": [] });
    let field = desk.admin.post("/contact-fields", field).await["id"].clone();
    let field = field.as_str().unwrap();
    let label = json!({ "name": "vip", "colour": "red" });
    let label = desk.admin.post("/labels", label).await["id"].clone();
    ana.patch(&stage.path(1), json!({ "values": { field: "Window 4" } })).await;
    ana.put(&format!("{}/labels", stage.path(1)), json!({ "labels": [label] })).await;
    let merge = stage.merge(0, 1, &[]).await;
    desk.admin.delete(&format!("/contact-fields/{field}")).await;
    desk.admin.delete(&format!("/labels/{}", label.as_str().unwrap())).await;
    let shown = ana.get(&merge).await;
    let two = stage.undo(&merge).await;
    assert_eq!((&shown["kept"], &shown["other"]), (&two["kept"], &two["other"]));
    assert_eq!((&two["other"]["values"], &two["other"]["labels"]), (&json!({}), &json!([])));
}

#[tokio::test]
async fn of_two_who_take_them_apart_at_once_one_does() {
    let stage = stage().await;
    let merge = stage.merge(0, 1, &[]).await;
    let undo = format!("{merge}/undo");
    let answers = join_all((0..4).map(|_| stage.ana.try_post(&undo, Value::Null))).await;
    let done = answers.iter().filter(|answer| answer.status == 200).count();
    let refused = answers.iter().filter(|answer| answer.refusal() == "409 conflict").count();
    assert_eq!((done, refused), (1, 3));
    let nowhere = format!("/contact-merges/{}", crate::support::key());
    assert_eq!(stage.ana.try_get(&nowhere).await.refusal(), "404 not_found");
    assert_eq!(stage.ana.try_post(&format!("{nowhere}/undo"), Value::Null).await.status, 404);
}
