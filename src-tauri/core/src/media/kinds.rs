//! What a file is, found by looking at its first bytes. What somebody says it is does not count.

/// Bytes to look at.
pub(super) const HEAD: usize = 8 * 1024;

const BYTES: &str = "application/octet-stream";

/// The media type of a file that begins with `head`.
pub(super) fn of(head: &[u8]) -> &'static str {
    if let Some(known) = infer::get(head) {
        return known.mime_type();
    }
    if head.get(4..8) == Some(b"ftyp") && head.get(8..11).is_some_and(is_3gp) {
        return "video/3gpp";
    }
    match text(head) {
        Some(text) if begins(text, "BEGIN:VCARD") => "text/vcard",
        Some(text) if begins(text, "BEGIN:VCALENDAR") => "text/calendar",
        Some(_) => "text/plain",
        None => BYTES,
    }
}

/// The name, with an extension if it has none and the type is known.
pub(super) fn named(name: &str, content_type: &str) -> String {
    if name.contains('.') {
        return name.to_owned();
    }
    match extension(content_type) {
        Some(extension) => format!("{name}.{extension}"),
        None => name.to_owned(),
    }
}

fn is_3gp(brand: &[u8]) -> bool {
    brand == b"3gp" || brand == b"3g2"
}

/// The beginning of a text; a character that the cut went through does not count.
fn text(head: &[u8]) -> Option<&str> {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() && head.len() == HEAD => {
            std::str::from_utf8(head.get(..error.valid_up_to())?).ok()?
        }
        Err(_) => return None,
    };
    let readable = |c: char| !c.is_control() || matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    (!text.is_empty() && text.chars().all(readable)).then_some(text)
}

fn begins(text: &str, with: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    text.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with))
}

fn extension(content_type: &str) -> Option<&'static str> {
    Some(match content_type {
        "image/jpeg" => "jpg",
        "image/png" => "png",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/heif" => "heic",
        "video/mp4" => "mp4",
        "video/3gpp" => "3gp",
        "video/quicktime" => "mov",
        "video/webm" => "webm",
        "audio/mpeg" => "mp3",
        "audio/m4a" => "m4a",
        "audio/ogg" | "audio/opus" => "ogg",
        "audio/amr" => "amr",
        "audio/x-wav" => "wav",
        "application/pdf" => "pdf",
        "text/plain" => "txt",
        "text/vcard" => "vcf",
        "text/calendar" => "ics",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_what_they_are() {
        let long = "ä".repeat(HEAD);
        for (head, expected) in [
            (&b"\x89PNG\r\n\x1a\n...."[..], "image/png"),
            (b"\xff\xd8\xff\xe0....", "image/jpeg"),
            (b"%PDF-1.7", "application/pdf"),
            (b"\0\0\0\x14ftyp3gp4....", "video/3gpp"),
            (b"<html ><script>", "text/html"),
            (b"BEGIN:VCARD\r\nVERSION:3.0", "text/vcard"),
            ("\u{feff}begin:vcalendar\n".as_bytes(), "text/calendar"),
            ("Grüße".as_bytes(), "text/plain"),
            (&long.as_bytes()[..HEAD - 1], BYTES),
            (&[b"x", &long.as_bytes()[..HEAD - 1]].concat(), "text/plain"),
            (b"\0\x01\x02", BYTES),
            (b"", BYTES),
        ] {
            assert_eq!(of(head), expected, "{:?}", &head[..head.len().min(20)]);
        }
    }

    #[test]
    fn a_name_without_extension_gets_one() {
        assert_eq!(named("file", "image/jpeg"), "file.jpg");
        assert_eq!(named("photo.png", "image/jpeg"), "photo.png");
        assert_eq!(named("file", BYTES), "file");
    }
}
