//! `docs/providers.md`: every provider as its description has it, so that the page cannot differ
//! from the product.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use serde_json::Value;

const HEAD: &str = "# Providers

Made from the code by `cargo xtask openapi`: what Deskbell knows of each provider, as its settings
show it. What a provider may have changed since, its own site says better.

| provider | proves its webhooks | lists your numbers | sets the webhook | answers STOP, HELP itself | names as sender | files in a message | messages a second |
|---|---|---|---|---|---|---|---|
";

/// The page, from the descriptions as the host prints them.
pub(crate) fn page(descriptions: &str) -> Result<String> {
    let all: Vec<Value> = serde_json::from_str(descriptions)?;
    // Demo and live chat are part of the program, no providers with accounts.
    let shown: Vec<Provider<'_>> =
        all.iter().map(Provider).filter(|one| one.text("medium") == "sms").collect();
    let mut page = HEAD.to_owned();
    for provider in &shown {
        writeln!(page, "{}", provider.row())?;
    }
    for provider in &shown {
        provider.section(&mut page).with_context(|| provider.text("id").to_owned())?;
    }
    Ok(page)
}

struct Provider<'a>(&'a Value);

impl Provider<'_> {
    fn text(&self, path: &str) -> &str {
        let pointer = format!("/{}", path.replace('.', "/"));
        self.0.pointer(&pointer).and_then(Value::as_str).unwrap_or_default()
    }

    fn number(&self, path: &str) -> f64 {
        let pointer = format!("/{}", path.replace('.', "/"));
        self.0.pointer(&pointer).and_then(Value::as_f64).unwrap_or_default()
    }

    fn yes(&self, path: &str) -> bool {
        let pointer = format!("/{}", path.replace('.', "/"));
        self.0.pointer(&pointer).and_then(Value::as_bool).unwrap_or_default()
    }

    fn list(&self, name: &str) -> &[Value] {
        self.0.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        self.list(name).iter().filter_map(Value::as_str)
    }

    fn row(&self) -> String {
        let word = |path: &str| if self.yes(path) { "yes" } else { "no" };
        let signing = match self.text("signing") {
            "always" => "signs each",
            "address_only" => "signs the address only",
            "with_secret" => "signs once a secret is entered",
            _ => "by its address only",
        };
        let label = self.text("label");
        format!(
            "| [{label}](#{}) | {signing} | {} | {} | {} | {} | {} | {} |",
            anchor(label),
            word("abilities.numbers"),
            word("abilities.webhook"),
            word("answers_keywords"),
            word("sender_ids"),
            self.number("limits.files"),
            self.number("default_rate"),
        )
    }

    fn section(&self, page: &mut String) -> std::fmt::Result {
        writeln!(page, "\n## {}\n", self.text("label"))?;
        let tagline = self.text("tagline");
        if !tagline.is_empty() {
            writeln!(page, "{tagline}.\n")?;
        }
        writeln!(page, "| what you enter | | where it is |\n|---|---|---|")?;
        for field in self.list("fields").iter().map(Provider) {
            let cell = |name: &str| field.text(name).replace('|', "\\|");
            writeln!(page, "| {} | {} | {} |", cell("label"), field.kind(), cell("hint"))?;
        }
        let portal = self.text("portal");
        if portal.is_empty() {
            writeln!(page, "\nOn its site:\n")?;
        } else {
            writeln!(page, "\nOn [its site]({portal}):\n")?;
        }
        for (place, step) in self.texts("steps").enumerate() {
            let step = step.replace("{webhook_url}", "(the webhook address of your channel)");
            writeln!(page, "{}. {step}", place + 1)?;
        }
        writeln!(page, "\nWhat one message may hold: {}", self.limits())?;
        self.listed(page, "Good to know", "notes")?;
        self.listed(page, "Its webhooks come from", "networks")?;
        self.listed(page, "Not confirmed by a public source", "unconfirmed")
    }

    fn kind(&self) -> String {
        let kept = if self.text("kind") == "secret" { "secret" } else { "plain" };
        let needed = if self.yes("required") { "required" } else { "optional" };
        format!("{needed}, {kept}")
    }

    fn limits(&self) -> String {
        let parts = format!(
            "parts of {}, {} each where there are several ({}, {} in Unicode)",
            self.number("limits.parts.gsm7"),
            self.number("limits.parts.gsm7_part"),
            self.number("limits.parts.ucs2"),
            self.number("limits.parts.ucs2_part"),
        );
        let most = match self.number("limits.parts.most") {
            0.0 => String::new(),
            most => format!(", {most} parts at most"),
        };
        let files = match self.number("limits.files") {
            0.0 => "no files".to_owned(),
            files => format!(
                "{files} {} of {} each, {} together",
                if files > 1.0 { "files" } else { "file" },
                size(self.number("limits.file_bytes")),
                size(self.number("limits.total_bytes")),
            ),
        };
        let receipts = if self.yes("limits.receipts") {
            "It tells what became of a message."
        } else {
            "It does not tell what became of a message."
        };
        let characters = self.number("limits.text_chars");
        format!("{characters} characters in {parts}{most}; {files}. {receipts}")
    }

    fn listed(&self, page: &mut String, title: &str, name: &str) -> std::fmt::Result {
        if self.list(name).is_empty() {
            return Ok(());
        }
        writeln!(page, "\n{title}:\n")?;
        for text in self.texts(name) {
            writeln!(page, "- {text}")?;
        }
        Ok(())
    }
}

/// As readers of Markdown make it from a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn size(bytes: f64) -> String {
    if bytes >= 1_000_000.0 {
        format!("{} MB", (bytes / 1_000_000.0 * 10.0).round() / 10.0)
    } else {
        format!("{} kB", (bytes / 1_000.0).round())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn described() -> Value {
        json!({
            "id": "acme", "label": "Acme Voice & SMS", "tagline": "A test", "medium": "sms",
            "fields": [{ "name": "key", "label": "API Key", "hint": "On the first page.",
                         "kind": "secret", "required": true }],
            "steps": ["Open **Keys**.", "Enter {webhook_url} there."],
            "notes": ["Register first."], "unconfirmed": [], "networks": ["192.0.2.0/27"],
            "portal": "https://acme.example", "signing": "never", "answers_keywords": true,
            "abilities": { "numbers": true, "webhook": false }, "sender_ids": false,
            "default_rate": 0.5,
            "limits": { "text_chars": 1600, "files": 1, "file_bytes": 600_000,
                        "total_bytes": 5_242_880, "receipts": true,
                        "parts": { "gsm7": 160, "gsm7_part": 153, "ucs2": 70, "ucs2_part": 67,
                                   "most": 10 } },
        })
    }

    #[test]
    fn a_provider_is_a_row_and_a_section() {
        let mut demo = described();
        demo["medium"] = json!("demo");
        demo["label"] = json!("Demo");
        let page = page(&json!([described(), demo]).to_string()).unwrap();
        for part in [
            "| [Acme Voice & SMS](#acme-voice--sms) | by its address only | yes | no | yes | no | 1 | 0.5 |",
            "\n## Acme Voice & SMS\n",
            "| API Key | required, secret | On the first page. |",
            "On [its site](https://acme.example):",
            "2. Enter (the webhook address of your channel) there.",
            "1600 characters in parts of 160, 153 each",
            ", 10 parts at most; 1 file of 600 kB each, 5.2 MB together. It tells",
            "Good to know:\n\n- Register first.",
            "- 192.0.2.0/27",
        ] {
            assert!(page.contains(part), "{part}\n{page}");
        }
        assert!(!page.contains("Not confirmed") && !page.contains("Demo"));
    }
}
