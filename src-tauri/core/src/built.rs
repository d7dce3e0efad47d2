//! The built pages as files: a release carries them inside; a debug build reads `ui/dist`.

use rust_embed::RustEmbed;

/// Everything that was built of the UI and of the widget.
#[derive(RustEmbed)]
#[folder = "../../ui/dist"]
#[allow_missing = true]
pub(crate) struct Built;
