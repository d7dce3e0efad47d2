//! The invariants of docs/architecture.md, checked in the source itself.

use std::path::{Path, PathBuf};

/// A file of the project.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The part that ends up in the product: without the tests at its end.
    fn product(&self) -> &str {
        let end = self.text.find("#[cfg(test)]\nmod ").unwrap_or(self.text.len());
        &self.text[..end]
    }

    /// Lines that are no comments, with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.product().lines().enumerate();
        lines
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(n, line)| (n + 1, line))
    }

    /// Whether its name has this extension.
    fn is_a(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|one| one == extension)
    }

    fn lies_in(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(folder))
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Folders that are made, not written.
const MADE: &[&str] = &["target", "node_modules", ".git", "dist", "gen", "icons", "test-results"];

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if !path.is_dir() {
            found.push(path);
        } else if !MADE.contains(&entry.file_name().to_str().unwrap()) {
            walk(&path, found);
        }
    }
}

/// Every text of the project whose name ends like this.
fn sources(endings: &[&str]) -> Vec<Source> {
    let (root, mut paths) = (root(), Vec::new());
    walk(&root, &mut paths);
    let mut found = Vec::new();
    for path in paths {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        if endings.iter().any(|ending| name.ends_with(ending))
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            found.push(Source { path: name, text });
        }
    }
    assert!(!found.is_empty(), "no {endings:?}");
    found
}

/// Rust of the product, without the modules that only tests have.
fn product() -> Vec<Source> {
    let rust = sources(&[".rs"]).into_iter();
    let mut product: Vec<_> = rust
        .filter(|one| one.path.starts_with("src-tauri/") && !one.path.contains("/tests/"))
        .collect();
    let tests: Vec<String> = product.iter().flat_map(test_modules).collect();
    product.retain(|one| !tests.contains(&one.path));
    assert!(product.len() > 100, "only {} files", product.len());
    product
}

/// Files that a source declares as modules for tests only.
fn test_modules(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for part in source.text.split("#[cfg(test)]\nmod ").skip(1) {
        let Some(name) = part.lines().next().and_then(|line| line.strip_suffix(';')) else {
            continue;
        };
        let (folder, _) = source.path.rsplit_once('/').unwrap();
        let own = source.path.trim_end_matches(".rs");
        found.extend([format!("{folder}/{name}.rs"), format!("{own}/{name}.rs")]);
    }
    found
}

fn core() -> Vec<Source> {
    product().into_iter().filter(|one| one.path.starts_with("src-tauri/core/src/")).collect()
}

/// Fails with every line that `is_wrong`.
fn check<'a>(
    rule: &str,
    sources: impl IntoIterator<Item = &'a Source>,
    is_wrong: impl Fn(&str) -> bool,
) {
    let mut wrong = Vec::new();
    for source in sources {
        for (number, line) in source.code().filter(|(_, line)| is_wrong(line)) {
            wrong.push(format!("{}:{number}: {}", source.path, line.trim()));
        }
    }
    assert!(wrong.is_empty(), "{rule}:\n{}", wrong.join("\n"));
}

const STORE: &str = "src-tauri/core/src/store/";
const HTTP: &[&str] = &["src-tauri/core/src/api/", "src-tauri/core/src/public/"];

#[test]
fn sql_is_written_in_the_store_only() {
    let core = core();
    let elsewhere = core.iter().filter(|one| !one.path.starts_with(STORE));
    check("SQL belongs to the store", elsewhere, |line| {
        ["SELECT ", "INSERT INTO", "INSERT OR", "DELETE FROM", "PRAGMA ", "CREATE TABLE"]
            .iter()
            .any(|word| line.contains(word))
            || (line.contains("UPDATE ") && line.contains(" SET "))
    });
    for step in sources(&[".sql"]) {
        let tables = step.text.matches("CREATE TABLE").count();
        assert_eq!(
            step.text.matches(") STRICT").count(),
            tables,
            "{}: every table is STRICT",
            step.path
        );
    }
}

#[test]
fn http_ends_where_the_product_begins() {
    let core = core();
    let domain = core.iter().filter(|one| !one.lies_in(HTTP));
    check("only api and public know axum", domain, |line| line.contains("axum::"));
    let store = core.iter().filter(|one| one.path.starts_with(STORE));
    check("the store knows neither HTTP nor providers' code", store, |line| {
        ["reqwest", "axum", "crate::api", "crate::public", "crate::connections", "dyn Channel"]
            .iter()
            .any(|word| line.contains(word))
    });
    let middle = core.iter().filter(|one| {
        !one.lies_in(HTTP) && !["app.rs", "lib.rs"].iter().any(|name| one.path.ends_with(name))
    });
    check("arrows point down: nobody below knows the API", middle, |line| {
        line.contains("crate::api") || line.contains("crate::public")
    });
}

#[test]
fn a_provider_is_named_in_its_own_file_and_in_the_table() {
    let own = [
        "src-tauri/channels/src/twilio/",
        "src-tauri/channels/src/general",
        "src-tauri/simulator/",
    ];
    let product = product();
    let others = product.iter().filter(|one| {
        !one.lies_in(&own)
            && one.path != "src-tauri/channels/src/lib.rs"
            && !one.path.contains("/xtask/")
    });
    check("nobody but the table names a provider", others, |line| {
        let line = line.to_lowercase();
        line.contains("twilio") || line.contains("\"general\"")
    });
    let ui = sources(&[".ts", ".svelte"]);
    let ui = ui.iter().filter(|one| {
        one.path.starts_with("ui/src/")
            && !one.path.contains(".test.")
            && !one.path.ends_with("/samples.ts")
    });
    check("the UI draws what the core describes", ui, |line| {
        ["'twilio'", "\"twilio\"", "'general'", "\"general\""]
            .iter()
            .any(|word| line.contains(word))
    });
}

#[test]
fn the_core_runs_without_a_window() {
    let product = product();
    let below = product.iter().filter(|one| {
        one.lies_in(&["src-tauri/core/", "src-tauri/channels/", "src-tauri/simulator/"])
    });
    check("no window below the shell", below, |line| {
        line.contains("tauri::") || line.contains("use tauri") || line.contains("notify_rust")
    });
    for manifest in sources(&["Cargo.toml"]) {
        if manifest.path != "Cargo.toml" {
            let text = manifest.text.replace("src-tauri/", "");
            assert!(!text.contains("tauri"), "{}", manifest.path);
        }
    }
    let channels = product.iter().filter(|one| one.path.starts_with("src-tauri/channels/"));
    check("channels know no database and no core", channels, |line| {
        line.contains("rusqlite") || line.contains("deskbell_core")
    });
}

#[test]
fn events_leave_by_their_transaction_and_time_comes_in() {
    let core = core();
    let all = core.iter().filter(|one| !one.path.starts_with("src-tauri/core/src/store/db"));
    check("no event before its commit", all, |line| line.contains(".publish("));
    let timeless = core.iter().filter(|one| {
        let pure = ["/routing.rs", "/access.rs", "/lockout.rs", "/src/events.rs", "/fields.rs"];
        (one.path.starts_with(STORE) && !one.path.contains("/db"))
            || one.path.contains("/model/")
            || pure.iter().any(|name| one.path.ends_with(name))
    });
    check("time is a parameter here", timeless, |line| {
        ["clock::now", "SystemTime::now", "Instant::now", "Timestamp::now"]
            .iter()
            .any(|word| line.contains(word))
    });
    let channels = product();
    let channels = channels.iter().filter(|one| one.path.starts_with("src-tauri/channels/"));
    check("time is a parameter in channels", channels, |line| line.contains("::now()"));
}

#[test]
fn files_and_functions_are_short() {
    let mut long = Vec::new();
    let texts = "ui/src/i18n/";
    for source in sources(&[".rs", ".ts", ".mjs", ".svelte"]) {
        if source.path.starts_with(texts) {
            continue;
        }
        let limit = if source.path.ends_with(".svelte") { 300 } else { 500 };
        let lines = source.text.lines().count();
        if lines > limit {
            long.push(format!("{}: {lines} lines", source.path));
        }
        if source.is_a("rs") {
            long.extend(long_functions(&source));
        }
    }
    assert!(long.is_empty(), "too long:\n{}", long.join("\n"));
}

/// Functions of more than 60 lines. Formatted code closes a function where it began.
fn long_functions(source: &Source) -> Vec<String> {
    let lines: Vec<&str> = source.text.lines().collect();
    let mut long = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let begins =
            ["fn ", "pub fn ", "async fn ", "const fn ", "pub(crate) fn ", "pub async fn "];
        if !begins.iter().any(|word| code.starts_with(word)) && !code.contains(") async fn ") {
            continue;
        }
        let end = format!("{}}}", &line[..line.len() - code.len()]);
        let body = lines[start..].iter().position(|line| *line == end);
        let length = body.map_or(0, |body| body + 1);
        if length > 60 {
            long.push(format!("{}:{}: a function of {length} lines", source.path, start + 1));
        }
    }
    long
}

#[test]
fn the_product_does_not_stop_with_a_panic_by_intention() {
    let product = product();
    // Where a panic is impossible, the lint is expected with the reason.
    let without_reason = product.iter().filter(|one| !one.text.contains("clippy::expect_used"));
    check("no unwrap, expect or panic in the product", without_reason, |line| {
        [".unwrap()", ".expect(\"", "panic!(", "todo!(", "unimplemented!(", "dbg!("]
            .iter()
            .any(|word| line.contains(word))
    });
    let every = sources(&[".rs"]);
    let attribute = ["#[", "allow("].concat();
    let crate_wide = ["#![", "allow("].concat();
    check("a lint is expected with a reason, never allowed", &every, |line| {
        line.contains(&attribute) || line.contains(&crate_wide)
    });
    let ignored = ["#[", "ignore"].concat();
    for source in &every {
        assert!(!source.text.contains(&ignored), "{}: no test is left out", source.path);
    }
}

#[test]
fn names_say_what_a_thing_is() {
    let empty = ["Manager", "Service", "Helper", "Util", "Utils"];
    let every = sources(&[".rs"]);
    check("no empty names", &every, |line| {
        // Associated types are named by the trait of somebody else.
        let foreign = line.starts_with(' ') && line.trim_start().starts_with("type ");
        let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
        let declares =
            words.by_ref().any(|word| ["struct", "enum", "trait", "type"].contains(&word));
        let name = words.next().unwrap_or_default();
        declares && !foreign && empty.iter().any(|end| name.ends_with(end))
    });
    for source in &every {
        let stem = source.path.rsplit('/').next().unwrap();
        let kinds =
            ["types.rs", "utils.rs", "util.rs", "helpers.rs", "helper.rs", "common.rs", "misc.rs"];
        assert!(!kinds.contains(&stem), "{}: split by noun", source.path);
        assert!(source.text.starts_with("//!"), "{}: say what it owns", source.path);
    }
}

#[test]
fn the_ui_meets_the_window_in_one_file_and_runs_no_html() {
    let ui = sources(&[".ts", ".svelte", ".js"]);
    let ui: Vec<_> = ui.into_iter().filter(|one| one.path.starts_with("ui/src/")).collect();
    assert!(ui.len() > 50, "only {} files", ui.len());
    let others = ui.iter().filter(|one| one.path != "ui/src/api/desktop.ts");
    check("one file knows Tauri", others, |line| line.contains("@tauri-apps"));
    check("text stays text", &ui, |line| {
        ["{@html", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("]
            .iter()
            .any(|word| line.contains(word))
    });
    check("the policy forbids styles in the page", &ui, |line| line.contains(" style=\""));
    check("no any", ui.iter().filter(|one| one.is_a("ts")), |line| {
        [": any", "as any", "<any>", "any[]"].iter().any(|word| line.contains(word))
    });
}

#[test]
fn nothing_names_the_machine_that_it_was_written_on() {
    let endings = [
        ".rs", ".toml", ".md", ".json", ".ts", ".svelte", ".mjs", ".js", ".py", ".sql", ".yml",
        ".css", ".html", ".service", "run", ".txt", ".form",
    ];
    let places = [
        ["/wo", "rk/"],
        ["/ro", "ot/"],
        ["/tmp/", "desk"],
        [".lib", "rary/"],
        ["shared/", "design"],
    ];
    for source in sources(&endings) {
        for place in &places {
            let place = place.concat();
            assert!(!source.text.contains(&place), "{} names {place}", source.path);
        }
    }
}
