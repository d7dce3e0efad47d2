//! The recorded webhooks of a provider, and how it answers.

use std::path::PathBuf;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use deskbell_channels::signature;
use deskbell_simulator::webhook::Webhook;
use serde_json::Value;
use url::form_urlencoded;

use super::{Line, PUBLIC};

/// The fixtures of one provider.
pub(crate) struct Fixtures {
    folder: PathBuf,
    contract: Value,
}

/// A recorded webhook, ready to be delivered.
pub(crate) struct Recorded {
    pub(crate) name: String,
    pub(crate) webhook: Webhook,
    /// What it has to be understood as.
    pub(crate) expect: Value,
}

impl Fixtures {
    pub(crate) fn of(provider: &str) -> Self {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../channels/fixtures");
        let folder = root.join(provider);
        let contract = std::fs::read(folder.join("contract.json")).unwrap();
        Self { folder, contract: serde_json::from_slice(&contract).unwrap() }
    }

    pub(crate) fn bytes(&self, file: &str) -> Vec<u8> {
        std::fs::read(self.folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    pub(crate) fn json(&self, file: &str) -> Value {
        serde_json::from_slice(&self.bytes(file)).unwrap()
    }

    /// The body that a case names or holds.
    pub(crate) fn body_of(&self, case: &Value) -> Vec<u8> {
        match case["body_file"].as_str() {
            Some(file) => self.bytes(file),
            None => case["body"].as_str().unwrap_or_default().as_bytes().to_vec(),
        }
    }

    /// Recorded bodies that a provider may really bring to `line`, signed as it signs. Those that
    /// are recorded for their signature alone are left to the tests of the channels.
    pub(crate) fn webhooks(&self, line: &Line) -> Vec<Recorded> {
        let recorded = self.contract["webhooks"].as_array().unwrap().iter();
        let genuine = recorded.filter(|one| {
            one["expect"]["events"].is_array()
                && one["method"].as_str().unwrap_or("POST") == "POST"
                && one["secrets"].is_null()
                && one["headers"]["x-twilio-webhooks-signature-settings"].is_null()
        });
        genuine.filter_map(|one| self.webhook(line, one)).collect()
    }

    fn webhook(&self, line: &Line, one: &Value) -> Option<Recorded> {
        let body = match one["file"].as_str() {
            Some(file) => self.bytes(file),
            None => one["body"].as_str()?.as_bytes().to_vec(),
        };
        let content_type = one["headers"]["content-type"].as_str()?.to_owned();
        let mut headers = vec![("content-type", content_type.clone())];
        if line.provider == "twilio" {
            if !content_type.starts_with("application/x-www-form-urlencoded") {
                return None;
            }
            let url = format!("{PUBLIC}{}", line.path);
            headers.push(("x-twilio-signature", sign_form(&url, &body)));
        } else {
            let signature = one["headers"]["x-signature-256"].as_str()?;
            headers.push(("x-signature-256", signature.to_owned()));
        }
        let webhook = Webhook { headers, body: body.into() };
        let name = one["name"].as_str().unwrap().to_owned();
        Some(Recorded { name, webhook, expect: one["expect"].clone() })
    }
}

/// A form as Twilio brings it to this channel.
pub(crate) fn signed_form(line: &Line, fields: &[(String, String)]) -> Webhook {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let headers = vec![
        ("content-type", "application/x-www-form-urlencoded".to_owned()),
        ("x-twilio-signature", sign_form(&line.url(), body.as_bytes())),
    ];
    Webhook { headers, body: body.into() }
}

/// Twilio's signature over the address and the sorted fields.
fn sign_form(url: &str, body: &[u8]) -> String {
    let mut fields: Vec<(String, String)> = form_urlencoded::parse(body).into_owned().collect();
    fields.sort();
    fields.dedup();
    let mut message = url.to_owned();
    for (name, value) in fields {
        message.push_str(&name);
        message.push_str(&value);
    }
    let key = Line::account().auth_token;
    BASE64_STANDARD.encode(signature::hmac_sha1(key.as_bytes(), message.as_bytes()))
}
