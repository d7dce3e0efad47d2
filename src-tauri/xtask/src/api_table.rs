//! `docs/api.md`: every operation of the API as a table, made from its description.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};
use serde_json::Value;

const HEAD: &str = "# The API

Made from the code by `cargo xtask openapi`; the exact shapes are in [openapi.json](openapi.json).

Everything that a client of a desk does goes through these operations, at the workspace address.
Bodies are JSON, times are milliseconds since 1970 (UTC), ids are UUIDs.
Sign in with `POST /api/v1/sign-in` and send `Authorization: Bearer <token>` with everything else.
A refusal is `{\"code\", \"message\"}`, with `fields` where some need another look and `retry_after`
in seconds where it may be tried again.

**Following what changes**: open a WebSocket on `/api/v1/events` and send
`{\"token\": \"…\", \"since\": <number of the last event, or null>}`. You get `hello`, then events that
carry ids: ask for what is. `resync` means: you were away for too long, ask for everything again.
";

/// The page.
pub(crate) fn page(document: &str) -> Result<String> {
    let document: Value = serde_json::from_str(document)?;
    let paths = document.get("paths").and_then(Value::as_object).context("no paths")?;
    let mut rows: Vec<(String, String)> = Vec::new();
    for (path, operations) in paths {
        for (method, operation) in operations.as_object().into_iter().flatten() {
            let text = |name: &str| operation.get(name).and_then(Value::as_str).unwrap_or("");
            let tag = operation.pointer("/tags/0").and_then(Value::as_str).unwrap_or("other");
            let summary = text("summary").replace('|', "\\|");
            let row = format!("| `{}` | `{path}` | {summary} |", method.to_uppercase());
            rows.push((tag.to_owned(), row));
        }
    }
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    let mut page = HEAD.to_owned();
    let mut last = String::new();
    for (tag, row) in rows {
        if tag != last {
            writeln!(page, "\n## {tag}\n\n| method | path | what it does |\n|---|---|---|")?;
            last.clone_from(&tag);
        }
        writeln!(page, "{row}")?;
    }
    Ok(page)
}
