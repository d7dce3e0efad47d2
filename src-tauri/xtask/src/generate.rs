//! What is made from the code and committed: the API's description and its TypeScript types.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::programs::{built, cargo, must, npm, of_workspace, output, program, root, target};

const DOCUMENT: &str = "docs/openapi.json";
const TABLE: &str = "docs/api.md";
const TYPES: &str = "ui/src/api/gen/api.ts";

/// Writes both anew.
pub(crate) fn write() -> Result<()> {
    let mut host = cargo("run");
    host.args(["--quiet", "-p", "deskbell-core", "--bin", "deskbell-host", "--"]);
    make(&mut host, &root().join(DOCUMENT), &root().join(TYPES), &root().join(TABLE))?;
    println!("{DOCUMENT}, {TABLE} and {TYPES} are fresh");
    Ok(())
}

/// Fails if what is committed is not what the code says.
pub(crate) fn check() -> Result<()> {
    let made = target().join("generated");
    let (document, types) = (made.join("openapi.json"), made.join("api.ts"));
    let table = made.join("api.md");
    must(of_workspace("build").args(["--bins", "--tests"]))?;
    make(&mut program(built("debug", "deskbell-host")), &document, &types, &table)?;
    for (fresh, committed) in [(document, DOCUMENT), (types, TYPES), (table, TABLE)] {
        let kept = fs::read_to_string(root().join(committed))
            .with_context(|| format!("{committed} is missing: run cargo xtask openapi"))?;
        if lines(&kept) != lines(&fs::read_to_string(fresh)?) {
            bail!("{committed} is not what the code says: run cargo xtask openapi and commit it");
        }
        println!("{committed} is fresh");
    }
    Ok(())
}

/// The Rust documentation of our own crates.
pub(crate) fn rust_docs() -> Result<()> {
    must(cargo("doc").args(["--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))?;
    println!("Open {}", target().join("doc/deskbell_core/index.html").display());
    Ok(())
}

/// `deskbell-host openapi` prints the document.
fn make(host: &mut Command, document: &Path, types: &Path, table: &Path) -> Result<()> {
    let text = output(host.arg("openapi"))?;
    for file in [document, types, table] {
        fs::create_dir_all(file.parent().unwrap_or(file))?;
    }
    fs::write(document, format!("{}\n", text.trim_end()))?;
    fs::write(table, crate::api_table::page(&text)?)?;
    let mut typescript = npm(&["exec", "--no", "--", "openapi-typescript"]);
    must(typescript.arg(document).arg("-o").arg(types))
}

/// Git may have turned line ends on Windows.
fn lines(text: &str) -> Vec<&str> {
    text.lines().collect()
}
