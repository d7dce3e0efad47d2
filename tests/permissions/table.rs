//! The table itself: permissions.json beside this file, which the stranger's walk reads as well.

use deskbell_core::api;
use serde::Deserialize;
use serde_json::Value;

use super::stage::Column;

/// Who may do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Rule {
    /// Whoever reaches the workspace.
    Anyone,
    /// Whoever is signed in.
    SignedIn,
    /// Supervisors and administrators.
    Supervise,
    /// Administrators.
    Administer,
    /// Of a session: whoever sees it.
    See,
    /// Of a session: whoever holds it (its owner, or the agents of the queue where it waits).
    Hold,
    /// Of a session: whoever holds it, and supervisors and administrators.
    Transfer,
    /// Of a session: supervisors and administrators.
    Oversee,
}

impl Rule {
    /// What the rule says of a column.
    pub(crate) fn allows(self, column: Column) -> bool {
        use Column::{
            AdministratorForeign, AdministratorWaiting, AgentBefore, AgentEnded, AgentForeign,
            AgentNamed, AgentOwn, AgentWaiting, Nobody, SupervisorForeign, SupervisorWaiting,
        };
        let oversees = match column {
            SupervisorWaiting | SupervisorForeign | AdministratorWaiting | AdministratorForeign => {
                true
            }
            Nobody | AgentOwn | AgentWaiting | AgentForeign | AgentNamed | AgentBefore
            | AgentEnded => false,
        };
        let reads = matches!(column, AgentNamed | AgentEnded);
        let holds = matches!(column, AgentOwn | AgentWaiting);
        match self {
            Self::Anyone => true,
            Self::SignedIn => column != Nobody,
            Self::Supervise | Self::Oversee => oversees,
            Self::Administer => matches!(column, AdministratorWaiting | AdministratorForeign),
            Self::See => holds || oversees || reads,
            Self::Transfer => holds || oversees,
            Self::Hold => holds,
        }
    }
}

/// One operation.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Entry {
    /// `POST /sessions/{id}/pick-up`
    pub(crate) operation: String,
    pub(crate) rule: Rule,
    /// A body that is right in itself: what is refused is refused for the role.
    #[serde(default)]
    pub(crate) body: Value,
    /// Columns that are let through although the rule says nothing of them.
    #[serde(default)]
    also: Vec<Column>,
    /// Columns that are refused although the rule would let them through.
    #[serde(default)]
    but: Vec<Column>,
    /// What the address needs besides.
    #[serde(default)]
    pub(crate) query: String,
}

impl Entry {
    /// Whether a column is to be let through.
    pub(crate) fn allows(&self, column: Column) -> bool {
        self.also.contains(&column) || (self.rule.allows(column) && !self.but.contains(&column))
    }

    pub(crate) fn method(&self) -> &str {
        self.operation.split(' ').next().unwrap()
    }

    pub(crate) fn path(&self) -> &str {
        self.operation.split(' ').nth(1).unwrap()
    }

    /// Whether it names one session, or a message of one.
    pub(crate) fn of_a_session(&self) -> bool {
        let path = self.path();
        path.starts_with("/sessions/{id}") || path.starts_with("/messages/{id}")
    }
}

/// Every entry, in the order of the page.
pub(crate) fn read() -> Vec<Entry> {
    serde_json::from_str(include_str!("permissions.json")).unwrap()
}

/// Every operation that the desk describes.
pub(crate) fn offered() -> Vec<String> {
    let document = serde_json::to_value(api::openapi()).unwrap();
    let mut offered = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let path = path.strip_prefix("/api/v1").unwrap();
        for method in methods.as_object().unwrap().keys() {
            if ["get", "post", "put", "patch", "delete"].contains(&method.as_str()) {
                offered.push(format!("{} {path}", method.to_uppercase()));
            }
        }
    }
    offered
}
