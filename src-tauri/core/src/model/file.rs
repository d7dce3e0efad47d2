//! Files that travel with messages.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{FileId, words};

words! {
    /// Where a file is.
    FileState {
        /// Still at the provider; being fetched.
        Pending = "pending",
        /// On our disk.
        Stored = "stored",
        /// Could not be fetched.
        Failed = "failed",
    }
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct File {
    /// Id; its bytes are at `/api/v1/files/{id}/content`.
    pub id: FileId,
    /// Name without path.
    pub name: String,
    /// What its bytes are, found by looking at them.
    pub content_type: String,
    /// Bytes.
    pub size: i64,
    /// Where it is.
    pub state: FileState,
    /// Why it could not be fetched.
    pub error: Option<String>,
}

/// Characters of a file name at most.
const NAME_CHARS: usize = 120;
/// Names that Windows keeps for devices, whatever follows the first dot.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "com", "lpt"];

impl File {
    /// A name that is safe in a path, in a header and on a screen, from one that somebody else
    /// chose: its last part, without control characters, without characters that some system
    /// forbids, and not hidden. `file` when nothing is left.
    pub fn safe_name(raw: &str) -> String {
        let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
        let clean: String = last.chars().filter(|c| !c.is_control() && !turns(*c)).collect();
        let clean: String =
            clean.chars().map(|c| if r#"<>:"|?*"#.contains(c) { '_' } else { c }).collect();
        let clean = clean.trim().trim_start_matches('.').trim_end_matches(['.', ' ']).trim();
        let stem = clean.split('.').next().unwrap_or_default().to_ascii_lowercase();
        let device = DEVICES.contains(&stem.trim_end_matches(|c: char| c.is_ascii_digit()));
        match clean {
            "" => "file".to_owned(),
            name if device => format!("_{}", shorten(name)),
            name => shorten(name),
        }
    }
}

/// Cuts the middle, so that the extension stays.
fn shorten(name: &str) -> String {
    let count = name.chars().count();
    if count <= NAME_CHARS {
        return name.to_owned();
    }
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    let kept = extension.filter(|extension| extension.chars().count() <= 10);
    let room = NAME_CHARS - kept.map_or(0, |extension| extension.chars().count() + 1);
    let stem: String = name.chars().take(room).collect();
    match kept {
        Some(extension) => format!("{}.{extension}", stem.trim_end_matches(['.', ' '])),
        None => stem,
    }
}

/// Characters that turn the direction of text around them or cannot be seen.
fn turns(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_elsewhere_are_harmless() {
        for (raw, expected) in [
            ("photo.jpg", "photo.jpg"),
            ("Grüße aus Köln.pdf", "Grüße aus Köln.pdf"),
            ("../../etc/passwd", "passwd"),
            (r"C:\\Windows\\system.ini", "system.ini"),
            ("..", "file"),
            ("", "file"),
            ("   ", "file"),
            ("/", "file"),
            (".htaccess", "htaccess"),
            ("a\0b\r\nc.txt", "abc.txt"),
            ("invoice\u{202e}gpj.exe", "invoicegpj.exe"),
            ("what?*.txt", "what__.txt"),
            ("CON", "_CON"),
            ("lpt1.txt", "_lpt1.txt"),
            ("contract.pdf", "contract.pdf"),
            ("name. . ", "name"),
        ] {
            assert_eq!(File::safe_name(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let name = File::safe_name(&format!("{}.jpeg", "ä".repeat(400)));
        assert_eq!(name.chars().count(), NAME_CHARS);
        assert!(name.ends_with("ä.jpeg"), "{name}");
        let name = File::safe_name(&"x".repeat(400));
        assert_eq!(name.chars().count(), NAME_CHARS);
    }
}
