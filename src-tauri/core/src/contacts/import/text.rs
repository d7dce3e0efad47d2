//! Bytes of a file become text, whatever wrote them. Pure.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// What a text was written in, and the text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    pub(super) encoding: &'static str,
    pub(super) text: String,
}

/// Why bytes are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoText {
    Empty,
    Workbook,
    Binary,
}

impl NoText {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Empty => "This file is empty.",
            Self::Workbook => {
                "This is a workbook. Open it in your spreadsheet and save it as CSV, then choose that file."
            }
            Self::Binary => "This is no text: choose a .csv or .vcf file.",
        }
    }
}

/// What spreadsheets and archives begin with.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];
/// Bytes that are looked at to guess.
const LOOK: usize = 4_096;

/// Reads bytes in the encoding that they say or show; what is no UTF-8 is taken for Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, NoText> {
    if WORKBOOKS.iter().any(|start| bytes.starts_with(start)) {
        return Err(NoText::Workbook);
    }
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, Cow::from(bytes.get(length..).unwrap_or_default())),
        None => guessed(bytes),
    };
    let (text, _) = encoding.decode_without_bom_handling(&bytes);
    if text.trim().is_empty() {
        return Err(NoText::Empty);
    }
    let start = text.chars().take(LOOK);
    let strange = start.clone().filter(|one| one.is_control() && !"\n\r\t\0".contains(*one));
    if strange.count() * 20 > start.count() {
        return Err(NoText::Binary);
    }
    Ok(Decoded { encoding: encoding.name(), text: text.into_owned() })
}

fn guessed(bytes: &[u8]) -> (&'static Encoding, Cow<'_, [u8]>) {
    let start = bytes.get(..LOOK).unwrap_or(bytes);
    let zeros = |odd: usize| {
        start.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count() * 4 > start.len()
    };
    if zeros(1) {
        return (UTF_16LE, bytes.into());
    }
    if zeros(0) {
        return (UTF_16BE, bytes.into());
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (UTF_8, bytes.into());
    }
    // Cards are folded by the byte: a letter may be cut in two.
    let unfolded = unfolded(bytes);
    if std::str::from_utf8(&unfolded).is_ok() {
        return (UTF_8, unfolded.into());
    }
    (WINDOWS_1252, bytes.into())
}

/// Without the breaks that only keep lines short; only cards have such.
fn unfolded(bytes: &[u8]) -> Vec<u8> {
    let mut whole = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, tail)) = rest.split_first() {
        rest = if let Some(after) = rest.strip_prefix(b"\r\n ").or(rest.strip_prefix(b"\n ")) {
            after
        } else {
            whole.push(*first);
            tail
        };
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], encoding: &str, expected: &str) {
        let decoded = decode(bytes).unwrap();
        assert_eq!((decoded.encoding, decoded.text.as_str()), (encoding, expected));
    }

    #[test]
    fn text_is_read_in_what_it_was_written_in() {
        check("Věra".as_bytes(), "UTF-8", "Věra");
        check(b"\xef\xbb\xbfName", "UTF-8", "Name");
        check(b"J\xf6rg \x80", "windows-1252", "Jörg €");
        check(b"\xff\xfeN\0\xe4\0", "UTF-16LE", "Nä");
        check(b"\xfe\xff\0N\0\xe4", "UTF-16BE", "Nä");
        check(b"N\0a\0m\0e\0", "UTF-16LE", "Name");
        check(b"FN:J\xc3\r\n \xb6rg", "UTF-8", "FN:Jörg");
    }

    #[test]
    fn what_is_no_text_is_refused_in_words() {
        for (bytes, expected) in [
            (&b""[..], NoText::Empty),
            (b"  \r\n", NoText::Empty),
            (b"\xef\xbb\xbf", NoText::Empty),
            (b"PK\x03\x04 and so on", NoText::Workbook),
            (b"\x01\x02\x03\x04\x05\x06abc", NoText::Binary),
        ] {
            assert_eq!(decode(bytes).unwrap_err(), expected, "{bytes:?}");
        }
        // A stray zero does not make a text another thing.
        assert_eq!(decode(b"Name\0,Phone").unwrap().text, "Name\0,Phone");
    }
}
