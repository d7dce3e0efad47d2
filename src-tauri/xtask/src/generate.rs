//! What is made from the code and committed: the API's description, its TypeScript types and the
//! pages about both API and providers, and the list of sentences that are to be translated.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::programs::{built, cargo, must, npm, of_workspace, output, program, root, target};

const DOCUMENT: &str = "docs/openapi.json";
const TABLE: &str = "docs/api.md";
const PROVIDERS: &str = "docs/providers.md";
const TYPES: &str = "ui/src/api/gen/api.ts";
const SENTENCES: &str = "ui/src/i18n/gen/sentences.json";

/// What is made, each at its place.
struct Pages {
    document: PathBuf,
    types: PathBuf,
    table: PathBuf,
    providers: PathBuf,
    sentences: PathBuf,
}

/// Writes all of it anew.
pub(crate) fn write() -> Result<()> {
    // With the choice of features of every other task: nothing is built twice.
    must(of_workspace("build").args(["--bin", "deskbell-host"]))?;
    let at = |name: &str| root().join(name);
    let (document, types, table) = (at(DOCUMENT), at(TYPES), at(TABLE));
    let host = || program(built("debug", "deskbell-host"));
    let (providers, sentences) = (at(PROVIDERS), at(SENTENCES));
    make(host, &Pages { document, types, table, providers, sentences })?;
    println!("{DOCUMENT}, {TABLE}, {PROVIDERS}, {TYPES} and {SENTENCES} are fresh");
    Ok(())
}

/// Writes only what is to be translated; nothing is built for it.
pub(crate) fn sentences() -> Result<()> {
    fs::write(root().join(SENTENCES), crate::sentences::document()?)?;
    println!("{SENTENCES} is fresh");
    Ok(())
}

/// Fails if what is committed is not what the code says.
pub(crate) fn check() -> Result<()> {
    let made = target().join("generated");
    let at = |name: &str| made.join(name);
    let pages = Pages {
        document: at("openapi.json"),
        types: at("api.ts"),
        table: at("api.md"),
        providers: at("providers.md"),
        sentences: at("sentences.json"),
    };
    must(of_workspace("build").args(["--bins", "--tests"]))?;
    make(|| program(built("debug", "deskbell-host")), &pages)?;
    for (fresh, committed) in [
        (pages.document, DOCUMENT),
        (pages.types, TYPES),
        (pages.table, TABLE),
        (pages.providers, PROVIDERS),
    ] {
        let kept = fs::read_to_string(root().join(committed))
            .with_context(|| format!("{committed} is missing: run cargo xtask openapi"))?;
        if lines(&kept) != lines(&fs::read_to_string(fresh)?) {
            bail!("{committed} is not what the code says: run cargo xtask openapi and commit it");
        }
        println!("{committed} is fresh");
    }
    Ok(())
}

/// Plays all scenarios at all providers and writes the page of the results, also when one is red.
pub(crate) fn conformance() -> Result<()> {
    let mut test = of_workspace("test");
    test.args(["--test", "host", "conformance::every_provider"]);
    must(test.env("DESKBELL_WRITE_PAGES", "yes"))
}

/// Asks every operation as everybody and writes the page of the answers.
pub(crate) fn permissions() -> Result<()> {
    let mut test = of_workspace("test");
    test.args(["--test", "host", "permissions::nobody_does"]);
    must(test.env("DESKBELL_WRITE_PAGES", "yes"))
}

/// The Rust documentation of our own crates.
pub(crate) fn rust_docs() -> Result<()> {
    must(cargo("doc").args(["--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))?;
    println!("Open {}", target().join("doc/deskbell_core/index.html").display());
    Ok(())
}

/// `deskbell-host openapi` prints the document, `deskbell-host providers` the descriptions.
fn make(host: impl Fn() -> Command, pages: &Pages) -> Result<()> {
    let text = output(host().arg("openapi"))?;
    let descriptions = output(host().arg("providers"))?;
    for file in [&pages.document, &pages.types, &pages.table, &pages.providers, &pages.sentences] {
        fs::create_dir_all(file.parent().unwrap_or(file))?;
    }
    fs::write(&pages.document, format!("{}\n", text.trim_end()))?;
    fs::write(&pages.table, crate::api_table::page(&text)?)?;
    fs::write(&pages.providers, crate::providers_page::page(&descriptions)?)?;
    fs::write(&pages.sentences, crate::sentences::document()?)?;
    let mut typescript = npm(&["exec", "--no", "--", "openapi-typescript"]);
    must(typescript.arg(&pages.document).arg("-o").arg(&pages.types))
}

/// Git may have turned line ends on Windows.
fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}
