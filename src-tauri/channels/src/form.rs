//! A provider described as data: fields of its settings form, steps on its own site, and the
//! settings that come back. The UI and the documents are drawn from this; neither knows a provider.

use std::collections::BTreeMap;
use std::net::IpAddr;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use url::{Host, Url};
use utoipa::ToSchema;

use crate::exchange::Limits;

/// Everything the settings pane and the documents show of a provider.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Description {
    /// Stable id: in SQL, in the webhook path, on the wire.
    pub id: &'static str,
    /// Name on the tile.
    pub label: &'static str,
    /// A few words under the name, or empty.
    pub tagline: &'static str,
    /// What kind of messages: `sms`, `livechat` or `demo`.
    pub medium: Medium,
    /// Fields of the credentials step, under the provider's own names.
    pub fields: Vec<Field>,
    /// What to do on the provider's site, in our own words. `**bold**` marks what is to be found
    /// there; `{webhook_url}` stands for the channel's address and gets a copy button.
    pub steps: Vec<&'static str>,
    /// What to know before relying on it (registration duties).
    pub notes: Vec<&'static str>,
    /// Facts that no public source confirms, a sentence each; shown in the documents.
    pub unconfirmed: Vec<&'static str>,
    /// Where a person signs in at the provider, `https://…`; empty where there is no one place.
    pub portal: &'static str,
    /// What the provider's API can do during set-up.
    pub abilities: Abilities,
    /// How the provider proves that a webhook is its own.
    pub signing: Signing,
    /// Networks that its webhooks come from, as the provider publishes them (`192.0.2.0/27`).
    pub networks: Vec<&'static str>,
    /// Whether the provider answers STOP, START and HELP by itself.
    pub answers_keywords: bool,
    /// Whether a name may stand in place of a number as the sender.
    pub sender_ids: bool,
    /// Messages per second that suit a new account.
    pub default_rate: f64,
    /// The provider's own base URL, which a channel may override (regional hosts, gateways, tests).
    /// Empty where the whole address is a field.
    pub base_url: &'static str,
    /// What one message may hold.
    pub limits: Limits,
    /// How the customer's address is kept: `phone` for SMS, `visitor` for live chat, `demo` for
    /// simulated customers.
    pub identity: IdentityKind,
}

/// What a provider's API can do for the person who sets a channel up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Abilities {
    /// [`crate::Channel::numbers`] lists the account's numbers.
    pub numbers: bool,
    /// [`crate::Channel::set_webhook`] sets the webhook address.
    pub webhook: bool,
    /// [`crate::Channel::call`] calls a user and then a customer.
    pub calls: bool,
}

/// How a provider proves that a webhook is its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Signing {
    /// Every webhook is signed, and an unsigned one is refused.
    Always,
    /// Every webhook is signed, but for the most part only its address and not what it says.
    AddressOnly,
    /// Signed once the secret for it is entered.
    WithSecret,
    /// Nothing is signed: the unguessable address is the proof.
    Never,
}

/// Kind of messages a provider carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the words of the product")]
pub enum Medium {
    Sms,
    Livechat,
    Demo,
}

/// What an address of a customer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the words of the product")]
pub enum IdentityKind {
    Phone,
    Visitor,
    Demo,
}

impl IdentityKind {
    /// The name in SQL and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Visitor => "visitor",
            Self::Demo => "demo",
        }
    }

    /// The kind with this name; an unknown one is a phone, as the first ones were.
    pub fn of_word(word: &str) -> Self {
        [Self::Visitor, Self::Demo]
            .into_iter()
            .find(|kind| kind.as_str() == word)
            .unwrap_or(Self::Phone)
    }
}

/// One field of a provider's form.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Field {
    /// Key in [`Settings`].
    pub name: &'static str,
    /// The provider's own name for it.
    pub label: &'static str,
    /// Where to find it, in a sentence.
    pub hint: &'static str,
    /// How it is entered and kept.
    pub kind: FieldKind,
    /// Whether it must be filled.
    pub required: bool,
    /// A regular expression (JavaScript and Rust alike) that a pasted value of this field matches,
    /// for recognising it; empty where the shape says nothing.
    pub pattern: &'static str,
    /// Shown in the empty field.
    pub placeholder: &'static str,
}

/// How a field is entered and kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Kept as it is and shown again.
    Text,
    /// An absolute URL, kept as it is and shown again.
    Url,
    /// Encrypted at rest and never shown again.
    Secret,
}

/// What a person entered for a channel.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Plain values by field name.
    pub values: BTreeMap<String, String>,
    /// Secret values by field name; `Debug` shows nothing of them.
    pub secrets: BTreeMap<String, SecretString>,
    /// Override of the provider's base URL.
    pub base_url: Option<String>,
}

impl Settings {
    /// The plain value of a field, trimmed; `None` when empty.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }

    /// The secret value of a field; `None` when empty.
    pub fn secret(&self, name: &str) -> Option<&SecretString> {
        self.secrets.get(name).filter(|value| !value.expose_secret().is_empty())
    }

    /// A required secret that travels in a header: visible ASCII, without the white space that
    /// comes along when it is copied.
    pub fn token(&self, name: &str, label: &str) -> Result<SecretString, FieldProblem> {
        let token = self.secret(name).map(|secret| secret.expose_secret().trim());
        match token {
            None | Some("") => Err(FieldProblem::new(name, format!("Enter the {label}."))),
            Some(token) if token.bytes().all(|byte| byte.is_ascii_graphic()) => Ok(token.into()),
            Some(_) => Err(FieldProblem::new(
                name,
                format!(
                    "The {label} holds a space or a character that cannot be in it. Copy it again."
                ),
            )),
        }
    }

    /// The absolute `https` URL in a field, if it is filled; `http` only to this computer.
    pub fn url(&self, name: &str) -> Result<Option<Url>, FieldProblem> {
        self.value(name).map(|value| web_address(name, value)).transpose()
    }

    /// The override of the base URL, or `default`; as [`Self::url`].
    pub fn base(&self, default: &str) -> Result<Url, FieldProblem> {
        let given = self.base_url.as_deref().map(str::trim).filter(|url| !url.is_empty());
        web_address("base_url", given.unwrap_or(default))
    }
}

/// Credentials go along to every address, and leave this computer only encrypted.
fn web_address(name: &str, value: &str) -> Result<Url, FieldProblem> {
    let url = Url::parse(value).ok().filter(|url| {
        matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.has_host()
    });
    match url {
        Some(url) if url.scheme() == "https" || is_loopback(&url) => Ok(url),
        Some(_) => Err(FieldProblem::new(
            name,
            "Use an address that begins with https://, so that your key stays secret on its way. \
             Only a gateway on this computer may go without."
                .to_owned(),
        )),
        None => Err(FieldProblem::new(
            name,
            "Enter a whole address that begins with https://".to_owned(),
        )),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    }
}

/// A field whose value does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldProblem {
    /// Name of the field.
    pub field: String,
    /// What is wrong and what to do, one sentence.
    pub message: String,
}

impl FieldProblem {
    /// What is wrong with the field `field` and what to do, in one sentence.
    pub fn new(field: &str, message: String) -> Self {
        Self { field: field.to_owned(), message }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_leaves_this_computer_only_encrypted() {
        for (address, refusal) in [
            ("https://gateway.example.com/send", None),
            ("http://localhost:8080/send", None),
            ("http://127.0.0.1:8080", None),
            ("http://[::1]/send", None),
            ("http://gateway.example.com/send", Some("so that your key stays secret")),
            ("http://localhost.example.com/", Some("so that your key stays secret")),
            ("http://192.168.1.5/send", Some("so that your key stays secret")),
            ("ftp://127.0.0.1/send", Some("Enter a whole address")),
            ("gateway.example.com", Some("Enter a whole address")),
        ] {
            let mut settings = Settings { base_url: Some(address.into()), ..Settings::default() };
            settings.values.insert("send_url".into(), address.into());
            let field = settings.url("send_url").map(|_| ());
            for told in [field, settings.base("https://x.example").map(|_| ())] {
                let words = told.err().map(|problem| problem.message);
                assert_eq!(words.is_some(), refusal.is_some(), "{address}: {words:?}");
                let words = words.unwrap_or_default();
                assert!(words.contains(refusal.unwrap_or_default()), "{address}: {words}");
            }
        }
    }
}
