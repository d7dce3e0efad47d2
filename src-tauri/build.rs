//! Compiles the window's configuration in, and names every command that the page may be allowed.

const COMMANDS: &[&str] = &[
    "host",
    "join",
    "notify",
    "set_unread",
    "autostart",
    "set_autostart",
    "open_log_folder",
    "open_external",
];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?;
    Ok(())
}
