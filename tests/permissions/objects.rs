//! What is not asked of a session: real objects, of the agent, of the team, of a colleague. Each
//! question gets an object of its own.

use serde::Deserialize;
use serde_json::{Value, json};

use super::stage::Stage;
use crate::support::{Agent, key};

/// Who asks, in the order of the page: the letters of `allowed`.
pub(crate) const ROLES: [char; 4] = ['n', 'a', 's', 'p'];

/// One operation on one kind of object.
#[derive(Debug, Deserialize)]
pub(crate) struct Case {
    pub(crate) operation: String,
    /// What it is asked of, in words.
    pub(crate) object: String,
    make: String,
    /// Letters of who is let through: agent, supervisor, administrator (principal).
    allowed: String,
    #[serde(default)]
    body: Value,
    /// What an answer must hold to count as let through; otherwise its status says it.
    holds: Option<String>,
    /// What it must not hold.
    lacks: Option<String>,
}

impl Case {
    pub(crate) fn allows(&self, role: char) -> bool {
        self.allowed.contains(role)
    }
}

pub(crate) fn read() -> Vec<Case> {
    serde_json::from_str(include_str!("objects.json")).unwrap()
}

/// Asks for a case in a role; says whether it was let through, and what was answered.
pub(crate) async fn ask(stage: &Stage, case: &Case, role: char) -> (bool, String) {
    let (object, other) = make(stage, &case.make).await;
    let (method, path) = case.operation.split_once(' ').unwrap();
    let path = path.replace("{id}", &object).replace("{note}", &other);
    let body = filled(&case.body, &object);
    let caller = stage.role(role);
    let answer = caller.call(method, &path, (!body.is_null()).then_some(&body)).await;
    let said = format!("{} {}", answer.status, answer.text);
    let held = answer.text.contains("\"session_owned\"");
    let refused = matches!(answer.status, 401 | 403 | 404) || held;
    assert!(refused || answer.status < 300, "{}, {}: {said}", case.operation, case.object);
    let holds = case.holds.as_ref().is_none_or(|wanted| answer.text.contains(wanted));
    let lacks = case.lacks.as_ref().is_none_or(|unwanted| !answer.text.contains(unwanted));
    (!refused && holds && lacks, said)
}

fn filled(value: &Value, object: &str) -> Value {
    serde_json::from_str(&value.to_string().replace("{object}", object)).unwrap()
}

fn id(made: &Value) -> String {
    made["id"].as_str().unwrap().to_owned()
}

/// Makes an object; answers its id, and that of what is in it.
async fn make(stage: &Stage, what: &str) -> (String, String) {
    let (ana, otto, admin) = (stage.role('a'), stage.colleague(), stage.role('p'));
    let nothing = String::new();
    if let Some(what) = what.strip_prefix("contact_added") {
        let by = if what.is_empty() { ana } else { otto };
        let new = json!({ "name": "Walk-in" });
        return (id(&by.post("/contacts", new).await), nothing);
    }
    if let Some(whose) = what.strip_prefix("note_") {
        let by = if whose == "own" { ana } else { otto };
        let new = json!({ "name": "Walk-in" });
        let contact = id(&by.post("/contacts", new).await);
        let text = json!({ "text": "Likes rye" });
        let note = by.post(&format!("/contacts/{contact}/notes"), text).await;
        return (contact, id(&note));
    }
    if let Some(whose) = what.strip_prefix("reply_") {
        let (by, visible) = match whose {
            "own" => (ana, "me"),
            "team" => (admin, "team"),
            _ => (otto, "me"),
        };
        let name = format!("Hours {}", key());
        let new = json!({ "name": name, "body": "We open at 8.", "visible": visible });
        return (id(&by.post("/quick-replies", new).await), nothing);
    }
    if let Some(whose) = what.strip_prefix("view_") {
        let by = if whose == "own" { ana } else { otto };
        let new = json!({ "name": "Mine", "folder": "mine", "shared": whose == "shared" });
        return (id(&by.post("/views", new).await), nothing);
    }
    if what == "search_own" {
        let new = json!({ "name": "Cakes", "in": "messages", "search": { "q": "cake" } });
        return (id(&ana.post("/saved-searches", new).await), nothing);
    }
    (of_a_session(stage, what).await, nothing)
}

/// An object that belongs to a session: the session, its contact, a message or a file of it.
async fn of_a_session(stage: &Stage, what: &str) -> String {
    let whose = what.split('_').nth(1).unwrap();
    let (session, holder): (String, &Agent) = stage.fresh(whose).await;
    let path = format!("/sessions/{session}/messages");
    let contact = holder.get(&format!("/sessions/{session}")).await["contact_id"].clone();
    let contact = contact.as_str().unwrap().to_owned();
    let with_file = what.starts_with("file_") || what.ends_with("_file");
    if with_file {
        let file = holder.upload("menu.txt", b"Bread 3".to_vec()).await;
        // A note carries it: nothing has to leave, and in a queue nobody takes the session.
        let body = if what.starts_with("contact") {
            json!({ "client_key": key(), "text": "The menu", "file_ids": [file] })
        } else {
            json!({ "client_key": key(), "text": "The menu", "file_ids": [file], "note": true })
        };
        holder.post(&path, body).await;
        return if what.starts_with("contact") { contact } else { file };
    }
    match what.split('_').next().unwrap() {
        "contact" => contact,
        "scheduled" => stage.scheduled(&session, holder).await,
        "queued" => {
            let message = id(&holder.said(&session).await[0]);
            stage.turn(&message, "queued").await;
            message
        }
        _ => session,
    }
}
