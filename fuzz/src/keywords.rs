//! Words by which customers opt out and in: what is read does not hang on the dress.

#[path = "../../src-tauri/core/src/keywords.rs"]
mod words;

/// Panics where a promise is broken; what is no text is passed over.
pub fn check(input: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(input) else { return false };
    let read = words::keyword(text);
    assert!(text.contains(words::bare(text)));
    assert_eq!(words::keyword(&format!(" \u{201c}{text}\u{201d}! \n")), read, "{text:?}");
    assert_eq!(words::keyword(&text.to_ascii_lowercase()), read, "{text:?}");
    if let Some(keyword) = read {
        assert!(text.chars().any(char::is_alphanumeric), "{keyword:?} of nothing");
    }
    true
}
