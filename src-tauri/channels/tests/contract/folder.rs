//! The fixtures of one provider, read from its folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use deskbell_channels::form::{Medium, Settings};
use deskbell_channels::{Channel, PROVIDERS, Provider};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

#[derive(Deserialize)]
pub(crate) struct Contract {
    pub(crate) settings: Filled,
    pub(crate) secret_fields: BTreeMap<String, String>,
    pub(crate) webhooks: Vec<Webhook>,
    pub(crate) sends: Vec<Value>,
    pub(crate) check: Option<Value>,
    pub(crate) finds: Vec<Value>,
    pub(crate) media_authorization: Vec<Value>,
    pub(crate) problems: Vec<Problem>,
    /// Calls of `numbers` and `set_webhook`, each with the whole exchange that belongs to it.
    #[serde(default)]
    pub(crate) setups: Vec<Value>,
    /// How an answer to a send tells a code of `error_map.json`: `status`, `body` with `{code}`.
    pub(crate) error_answer: Option<Value>,
    /// How a receipt tells a code of `error_map.json`: `headers`, `body` with `{code}`.
    pub(crate) error_receipt: Option<Value>,
}

#[derive(Deserialize, Clone)]
pub(crate) struct Filled {
    pub(crate) values: BTreeMap<String, String>,
    pub(crate) secrets: BTreeMap<String, String>,
    pub(crate) base_url: Option<String>,
}

impl Filled {
    pub(crate) fn at(&self, server: &str) -> Settings {
        let place = |value: &String| value.replace("{server}", server);
        Settings {
            values: self.values.iter().map(|(key, value)| (key.clone(), place(value))).collect(),
            secrets: self.secrets.iter().map(|(k, v)| (k.clone(), v.as_str().into())).collect(),
            base_url: self.base_url.as_ref().map(place),
        }
    }

    /// With the values that a case adds.
    pub(crate) fn with(&self, case: &Value) -> Self {
        let mut filled = self.clone();
        for (key, value) in case["values"].as_object().into_iter().flatten() {
            filled.values.insert(key.clone(), value.as_str().unwrap().to_owned());
        }
        for (key, value) in case["secrets"].as_object().into_iter().flatten() {
            match value.as_str() {
                Some(secret) => filled.secrets.insert(key.clone(), secret.to_owned()),
                None => filled.secrets.remove(key),
            };
        }
        filled
    }
}

#[derive(Deserialize)]
pub(crate) struct Webhook {
    pub(crate) name: String,
    pub(crate) method: Option<String>,
    pub(crate) path_and_query: Option<String>,
    #[serde(default)]
    pub(crate) public_origins: Vec<String>,
    pub(crate) headers: BTreeMap<String, String>,
    #[serde(default)]
    pub(crate) received_at: i64,
    pub(crate) file: Option<String>,
    pub(crate) body: Option<String>,
    #[serde(default)]
    pub(crate) secrets: BTreeMap<String, Option<String>>,
    pub(crate) expect: Value,
}

#[derive(Deserialize)]
pub(crate) struct Problem {
    pub(crate) name: String,
    pub(crate) settings: Filled,
    pub(crate) expect: BTreeSet<String>,
}

/// One provider and the folder of its fixtures.
pub(crate) struct Folder {
    pub(crate) provider: &'static dyn Provider,
    pub(crate) path: PathBuf,
    pub(crate) contract: Contract,
}

impl Folder {
    /// Every provider's; `CONTRACT_OF=telnyx cargo test …` walks one alone while it is being written.
    pub(crate) fn all() -> Vec<Self> {
        let only = std::env::var("CONTRACT_OF").ok();
        let is_walked = |provider: &&&'static dyn Provider| {
            // A site of one's own speaks to nobody but its visitors.
            let told = provider.description();
            told.medium != Medium::Livechat && only.as_deref().is_none_or(|only| only == told.id)
        };
        let open = |provider: &&'static dyn Provider| {
            let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
            let path = root.join(provider.description().id);
            let contract =
                serde_json::from_slice(&std::fs::read(path.join("contract.json")).unwrap());
            Self { provider: *provider, contract: contract.unwrap(), path }
        };
        PROVIDERS.iter().filter(is_walked).map(open).collect()
    }

    pub(crate) fn bytes(&self, file: &str) -> Vec<u8> {
        std::fs::read(self.path.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    pub(crate) fn table<T: DeserializeOwned>(&self, file: &str) -> Option<T> {
        let bytes = std::fs::read(self.path.join(file)).ok()?;
        Some(serde_json::from_slice(&bytes).unwrap_or_else(|error| panic!("{file}: {error}")))
    }

    pub(crate) fn cases(&self, file: &str) -> Vec<Value> {
        let table = self.table::<Value>(file).unwrap_or_default();
        table["cases"].as_array().cloned().unwrap_or_default()
    }

    /// `body_file` or `body` of a case.
    pub(crate) fn body_of(&self, case: &Value) -> Vec<u8> {
        match case["body_file"].as_str() {
            Some(file) => self.bytes(file),
            None => self.filled_in(case["body"].as_str().unwrap_or_default()).into(),
        }
    }

    /// `{file:name}` in a body stands for what the file holds.
    pub(crate) fn filled_in(&self, body: &str) -> String {
        let mut parts = body.split("{file:");
        let mut whole = parts.next().unwrap().to_owned();
        for part in parts {
            let (name, rest) = part.split_once('}').unwrap();
            whole += &String::from_utf8(self.bytes(name)).unwrap();
            whole += rest;
        }
        whole
    }

    pub(crate) fn channel(&self, filled: &Filled, server: &str) -> Arc<dyn Channel> {
        let connected = self.provider.connect(filled.at(server));
        connected.unwrap_or_else(|problems| panic!("{}: {problems:?}", self.path.display()))
    }
}
