//! `ui/src/i18n/gen/sentences.json`: every sentence that core and channels say to people, read out
//! of their source, so that none is forgotten in the catalogs of the other languages.
//!
//! Whatever reads like words counts, unless it stands where it reaches nobody (the log, SQL, tests,
//! comparisons). A new sentence is therefore translated or named here as not for people.

mod reading;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde_json::json;

use crate::programs::root;

/// Files whose words reach nobody, or are not the desk's: what they say instead.
const NOT_FOR_PEOPLE: &[&str] = &[
    // The command line, the log and the start, before there is a desk to ask.
    "core/src/bin/",
    "core/src/config.rs",
    "core/src/logging.rs",
    "core/src/secrets.rs",
    // Descriptions for integrators.
    "core/src/api/mod.rs",
    "core/src/api/metrics.rs",
    // What simulated customers write.
    "channels/src/simulated/engine.rs",
    "channels/src/simulated/personas.rs",
    // Files that people take away; they are written in one language for everybody.
    "core/src/sessions/transcript.rs",
    "core/src/contacts/export/",
    // What the columns of other programs' files are called.
    "core/src/contacts/import/headings.rs",
    // Phrases that are looked for in what others say.
    "channels/src/wording.rs",
    "core/src/keywords.rs",
    // Words that go to customers have a table of their own.
    "core/src/hours/answer.rs",
    "core/src/hours/spoken.rs",
    // Words for visitors of websites, and for those who read what their browsers are told.
    "core/src/chat/calls/sorry.rs",
    "core/src/chat/usual.rs",
    "core/src/chat/saying.rs",
    "core/src/chat/snippet.rs",
    "core/src/public/chat/",
    "core/src/api/chat_test.rs",
    "channels/src/livechat/frames",
    // Figures, the queries' own checks, and a page for builds without pages.
    "core/src/counters.rs",
    "core/src/store/plans.rs",
    "core/src/api/ui.rs",
];
/// Words of the providers themselves: they are shown as they are said.
const PROVIDERS_OWN: &str = "/codes.rs";
/// Single texts that are no sentences for people.
const NOT_SAID: &[&str] = &[
    // Only where it ends in the log or in “Something went wrong on the desk”.
    "The commit failed: {0}.",
    "The database failed: {0}.",
    "No words.",
    // Told for each noun instead.
    "There is no such {0}.",
    // For serde's own sentence.
    "An object.",
    // Headers.
    "Public, max-age=31536000, immutable.",
    "Sandbox; default-src 'none'.",
    "Basic {0}.",
    "Attachment; filename=\"{0}\"; filename*=UTF-8''{1}.",
    "Vapid t={0}.{1}, k={2}.",
    // Questions to the database and to the index of words.
    "Id, provider, name, state, token, settings, base_url, rate, auto_close_minutes, file_text, \
     health, health_detail, checked_at, last_inbound_at, last_outbound_at, created_by, created_at, \
     stop_text, help_text, webhook_user, allowed_networks, webhook_set_url, webhook_set_for, \
     webhook_set_at.",
    "Place : \"{0}\".",
    "Place : ({0}).",
    // A health check's line.
    "Ok {0}.",
    // Names of invented things, and a phrase that is looked for.
    "Front desk.",
    "Sent from your Twilio trial account.",
];
/// Enough guides say the same for it to be kept once.
const SHARED: &str = "shared";

/// Everything that was found: where it is said, and the sentence.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// What core and channels answer anybody.
    desk: BTreeSet<String>,
    /// Hints, steps and notes by provider.
    guides: BTreeMap<String, BTreeSet<String>>,
}

/// Where a sentence belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// Anywhere in the product.
    Desk,
    /// The guide of this provider.
    Guide(String),
}

impl Found {
    fn add(&mut self, place: Place, sentence: String) {
        if NOT_SAID.contains(&sentence.as_str()) {
            return;
        }
        match place {
            Place::Desk => self.desk.insert(sentence),
            Place::Guide(provider) => self.guides.entry(provider).or_default().insert(sentence),
        };
    }

    /// As it is committed.
    fn document(&self) -> Result<String> {
        let mut guides: BTreeMap<&str, BTreeSet<&String>> = BTreeMap::new();
        for (provider, sentences) in &self.guides {
            for sentence in sentences {
                let saying = self.guides.values().filter(|guide| guide.contains(sentence)).count();
                let whose = if saying > 1 { SHARED } else { provider };
                guides.entry(whose).or_default().insert(sentence);
            }
        }
        let listed = json!({ "desk": self.desk, "guides": guides });
        Ok(format!("{}\n", serde_json::to_string_pretty(&listed)?))
    }
}

/// The document, from the source as it is.
pub(crate) fn document() -> Result<String> {
    let mut found = Found::default();
    for folder in ["core", "channels"] {
        let base = root().join("src-tauri");
        for path in sources(&base.join(folder).join("src"))? {
            let name = path.strip_prefix(&base)?.to_string_lossy().replace('\\', "/");
            if NOT_FOR_PEOPLE.iter().any(|skipped| name.starts_with(skipped))
                || name.ends_with(PROVIDERS_OWN)
            {
                continue;
            }
            let text = fs::read_to_string(&path)?;
            reading::read(&text, provider_of(&name).as_ref(), &mut |place, sentence| {
                found.add(place, sentence);
            })
            .with_context(|| name.clone())?;
        }
    }
    found.document()
}

/// The provider whose file or folder this is, by what the product calls it; none for what all share.
fn provider_of(name: &str) -> Option<String> {
    const SHARED: &[&str] = &[
        "dial",
        "exchange",
        "form",
        "http",
        "lenient",
        "lib",
        "number",
        "segments",
        "signature",
        "status",
        "wire",
        "wording",
    ];
    let inside = name.strip_prefix("channels/src/")?;
    let first = inside.split('/').next()?.trim_end_matches(".rs");
    (!SHARED.contains(&first)).then(|| first.to_owned())
}

/// Rust files without those of tests, in order.
fn sources(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(sources(&path)?);
        } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
