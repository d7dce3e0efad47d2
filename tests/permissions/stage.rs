//! The people and the sessions; every question gets a session of its own, so that none spoils the
//! next.

use std::sync::atomic::{AtomicU32, Ordering};

use serde::Deserialize;
use serde_json::{Value, json};

use super::table::{Entry, Rule};
use crate::support::{Agent, Answer, Desk, Line, Options, key, to_queue, to_user};

/// Who asks, and of which session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Column {
    Nobody,
    AgentOwn,
    AgentWaiting,
    AgentForeign,
    /// A note in a foreign one names the agent.
    AgentNamed,
    /// It was the agent's, and went to somebody else.
    AgentBefore,
    /// It was the agent's when it ended.
    AgentEnded,
    SupervisorWaiting,
    SupervisorForeign,
    AdministratorWaiting,
    AdministratorForeign,
}

/// In the order of the page.
pub(crate) const COLUMNS: [Column; 11] = [
    Column::Nobody,
    Column::AgentOwn,
    Column::AgentWaiting,
    Column::AgentForeign,
    Column::AgentNamed,
    Column::AgentBefore,
    Column::AgentEnded,
    Column::SupervisorWaiting,
    Column::SupervisorForeign,
    Column::AdministratorWaiting,
    Column::AdministratorForeign,
];

pub(crate) struct Stage {
    desk: Desk,
    ana: Agent,
    otto: Agent,
    sam: Agent,
    nobody: Agent,
    queue: String,
    own: Line,
    waiting: Line,
    foreign: Line,
    count: AtomicU32,
}

impl Stage {
    pub(crate) async fn set() -> Self {
        let desk = Desk::start().await;
        let queue = desk.queue("Sales", "manual").await;
        let ana = desk.agent("Ana", &[&queue]).await;
        let otto = desk.agent("Otto", &[&queue]).await;
        let sam = desk.supervisor("Sam").await;
        // Whether somebody may call at all is a switch of their own.
        desk.admin.patch(&format!("/users/{}", ana.id), json!({ "may_call": true })).await;
        let starters = vec![ana.id.clone(), sam.id.clone(), desk.admin.id.clone()];
        let options = Options { starters, ..Options::default() };
        let own = desk.general_with(&to_user(&ana.id), options).await;
        let waiting = desk.general(&to_queue(&queue)).await;
        let foreign = desk.general(&to_user(&otto.id)).await;
        let nobody = desk.holder_of("dbt_nobody");
        let count = AtomicU32::new(0);
        Self { desk, ana, otto, sam, nobody, queue, own, waiting, foreign, count }
    }

    /// Asks an operation as this column does.
    pub(crate) async fn ask(&self, entry: &Entry, column: Column) -> Answer {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let mut caller = match column {
            Column::Nobody => self.nobody.clone(),
            Column::AgentOwn
            | Column::AgentWaiting
            | Column::AgentForeign
            | Column::AgentNamed
            | Column::AgentBefore
            | Column::AgentEnded => self.ana.clone(),
            Column::SupervisorWaiting | Column::SupervisorForeign => self.sam.clone(),
            Column::AdministratorWaiting | Column::AdministratorForeign => self.desk.admin.clone(),
        };
        if entry.operation == "POST /sign-out" && column != Column::Nobody {
            // Whoever signs out is gone; this device is one for that.
            caller = self.desk.sign_in(&caller.name.to_lowercase()).await;
        }
        let mut path = entry.path().to_owned();
        if entry.of_a_session() {
            let (session, message) = self.session(entry, column).await;
            let id = if path.starts_with("/sessions") { &session } else { &message };
            path = path.replacen("{id}", id, 1);
        }
        let path = format!("{}{}", without_ids(&path), entry.query);
        let body = self.filled(&entry.body, number);
        caller.call(entry.method(), &path, (!body.is_null()).then_some(&body)).await
    }

    /// Who asks in a role: nobody, agent, supervisor, administrator.
    pub(crate) fn role(&self, role: char) -> &Agent {
        match role {
            'n' => &self.nobody,
            'a' => &self.ana,
            's' => &self.sam,
            _ => &self.desk.admin,
        }
    }

    /// The agent's colleague.
    pub(crate) fn colleague(&self) -> &Agent {
        &self.otto
    }

    /// A fresh session of a customer who was not there before, and who has it.
    pub(crate) async fn fresh(&self, whose: &str) -> (String, &Agent) {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        let (line, holder) = match whose {
            "own" => (&self.own, &self.ana),
            "waiting" => (&self.waiting, &self.ana),
            _ => (&self.foreign, &self.otto),
        };
        let customer = format!("+1555{:07}", 2_000_000 + number);
        self.desk.says(line, &customer, "Hello").await;
        (holder.session_with(&customer).await, holder)
    }

    /// A fresh session of this column, and a message of it in the state that the operation is for.
    async fn session(&self, entry: &Entry, column: Column) -> (String, String) {
        let whose = match column {
            Column::AgentOwn | Column::AgentBefore | Column::AgentEnded => "own",
            Column::AgentWaiting | Column::SupervisorWaiting | Column::AdministratorWaiting => {
                "waiting"
            }
            Column::Nobody
            | Column::AgentForeign
            | Column::AgentNamed
            | Column::SupervisorForeign
            | Column::AdministratorForeign => "foreign",
        };
        let (session, holder) = self.fresh(whose).await;
        let mut message = holder.said(&session).await[0]["id"].as_str().unwrap().to_owned();
        match entry.operation.as_str() {
            "PATCH /messages/{id}"
            | "POST /messages/{id}/cancel"
            | "POST /messages/{id}/send-now" => {
                message = self.scheduled(&session, holder).await;
            }
            "POST /messages/{id}/retry" => self.turn(&message, "failed").await,
            "POST /messages/{id}/resolve" => self.turn(&message, "uncertain").await,
            _ => {}
        }
        self.lead_to(column, &session, holder).await;
        (session, message)
    }

    /// Brings a session to where the column has it.
    async fn lead_to(&self, column: Column, session: &str, holder: &Agent) {
        let path = |verb: &str| format!("/sessions/{session}/{verb}");
        match column {
            Column::AgentNamed => {
                let note = json!({ "client_key": key(), "text": "Please look", "note": true,
                    "mentions": [self.ana.id] });
                holder.post(&path("messages"), note).await;
            }
            Column::AgentBefore => {
                holder.post(&path("transfer"), json!({ "to": to_user(&self.otto.id) })).await;
            }
            Column::AgentEnded => {
                holder.post(&path("end"), Value::Null).await;
            }
            Column::Nobody
            | Column::AgentOwn
            | Column::AgentWaiting
            | Column::AgentForeign
            | Column::SupervisorWaiting
            | Column::SupervisorForeign
            | Column::AdministratorWaiting
            | Column::AdministratorForeign => {}
        }
    }

    /// A message of the holder that waits for its time.
    pub(crate) async fn scheduled(&self, session: &str, holder: &Agent) -> String {
        let later = deskbell_core::clock::now() + 3_600_000;
        let body = json!({ "client_key": key(), "text": "See you", "send_at": later });
        let message = holder.post(&format!("/sessions/{session}/messages"), body).await;
        message["id"].as_str().unwrap().to_owned()
    }

    /// Makes an answer in this state of the customer's message.
    pub(crate) async fn turn(&self, message: &str, state: &'static str) {
        let message = message.to_owned();
        // One that is queued does not leave before somebody has asked for it.
        let sql = "UPDATE messages SET direction = 'out', state = ?2, \
            due_at = 9000000000000 WHERE id = ?1";
        let turn = move |tx: &mut deskbell_core::store::Tx<'_>| {
            Ok(tx.execute(sql, [message.as_str(), state])?)
        };
        self.desk.app().db().write(turn).await.unwrap();
    }

    /// A body with ids and names in the place of `{word}`.
    fn filled(&self, value: &Value, number: u32) -> Value {
        match value {
            Value::Object(map) => {
                map.iter().map(|(key, one)| (key.clone(), self.filled(one, number))).collect()
            }
            Value::Array(all) => all.iter().map(|one| self.filled(one, number)).collect(),
            Value::String(text) => json!(
                text.replace("{role}", &number.to_string())
                    .replace("{number}", &self.own.number_id)
                    .replace("{user}", &self.otto.id)
                    .replace("{queue}", &self.queue)
                    .replace("{channel}", &self.own.id)
            ),
            other => other.clone(),
        }
    }
}

/// What is named in a path besides the session is nothing that exists: who may ask hears 404, and
/// nothing of the stage is spoilt.
fn without_ids(path: &str) -> String {
    path.split('/')
        .map(
            |part| {
                if part.starts_with('{') {
                    uuid::Uuid::now_v7().to_string()
                } else {
                    part.to_owned()
                }
            },
        )
        .collect::<Vec<_>>()
        .join("/")
}

/// Whether the answer lets the asker through. Of a session, not to know it is to be refused; of
/// anything else only the role decides, and what is asked for need not exist.
pub(crate) fn let_through(entry: &Entry, answer: &Answer) -> bool {
    let refused = match entry.rule {
        Rule::See | Rule::Hold | Rule::Transfer | Rule::Oversee => {
            let held = ["\"session_owned\"", "\"session_closed\""];
            // An answer may name such a code without refusing anything.
            let is_held = answer.status >= 400 && held.iter().any(|one| answer.text.contains(one));
            matches!(answer.status, 401 | 403 | 404) || is_held
        }
        Rule::Anyone | Rule::SignedIn | Rule::Supervise | Rule::Administer => {
            // A wrong password is no refusal of the role.
            matches!(answer.status, 401 | 403) && !answer.text.contains("\"wrong_password\"")
        }
    };
    assert!(answer.status < 500, "{}: {} {}", entry.operation, answer.status, answer.text);
    !refused
}
