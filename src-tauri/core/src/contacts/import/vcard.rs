//! Cards in a text: vCard 2.1 (telephones of a decade ago), 3.0 (iPhone, Google, Outlook) and 4.0.
//! Lines become properties, properties become cards. Pure, and bounded by the text.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// One line of a card: `item1.TEL;TYPE=CELL:+12025550100`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Property {
    /// `item1`, in small letters; empty when there is none.
    pub(super) group: String,
    /// `TEL`, in capitals.
    pub(super) name: String,
    /// Names in capitals, values as they are. What 2.1 writes without a name is a `TYPE`.
    pub(super) params: Vec<(String, String)>,
    /// What stands behind the colon, decoded but still escaped.
    value: String,
}

/// A card: where it begins, and what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Card {
    pub(super) line: u32,
    pub(super) properties: Vec<Property>,
}

impl Property {
    /// Whether it has this type, in small letters.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.types().any(|one| one == kind)
    }

    /// Its types, in small letters.
    pub(super) fn types(&self) -> impl Iterator<Item = String> + '_ {
        let values = self.params.iter().filter(|(name, _)| name == "TYPE");
        values.flat_map(|(_, value)| value.split(',').map(|one| one.trim().to_lowercase()))
    }

    /// What it says, in one piece.
    pub(super) fn text(&self) -> String {
        unescaped(&self.value)
    }

    /// Its parts, of which each stands between semicolons.
    pub(super) fn parts(&self) -> Vec<String> {
        split(&self.value, ';')
    }

    /// Its members, of which each stands between commas.
    pub(super) fn list(&self) -> Vec<String> {
        split(&self.value, ',')
    }
}

/// Whether a text is one of cards.
pub(super) fn is_cards(text: &str) -> bool {
    let start = text.trim_start();
    start.get(..11).is_some_and(|begin| begin.eq_ignore_ascii_case("BEGIN:VCARD"))
}

/// The cards of a text. What stands between them, or inside of one as another, is passed over.
pub(super) fn cards(text: &str) -> Vec<Card> {
    let (mut cards, mut open, mut inner) = (Vec::new(), None::<Card>, 0_u32);
    for (line, property) in properties(text) {
        let of_card = property.value.trim().eq_ignore_ascii_case("VCARD");
        match (property.name.as_str(), &mut open) {
            ("BEGIN", None) if of_card => {
                open = Some(Card { line, properties: Vec::new() });
            }
            ("BEGIN", Some(_)) if of_card => inner += 1,
            ("END", Some(_)) if of_card && inner > 0 => inner -= 1,
            ("END", Some(_)) if of_card => cards.extend(open.take()),
            (_, Some(card)) if inner == 0 => card.properties.push(property),
            (_, _) => {}
        }
    }
    // A file that breaks off: what is there of the last card counts.
    cards.extend(open);
    cards
}

/// The lines of a text in one piece each, with where they begin.
fn properties(text: &str) -> Vec<(u32, Property)> {
    let (mut found, mut whole) = (Vec::new(), None::<(u32, String)>);
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_end_matches('\r');
        match &mut whole {
            Some((_, start)) if soft(start.as_str()) => {
                start.pop();
                start.push_str(line.trim_start_matches([' ', '\t']));
            }
            Some((_, start)) if line.starts_with([' ', '\t']) => {
                start.push_str(line.get(1..).unwrap_or_default());
            }
            _ => {
                let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
                let before = whole.replace((number, line.to_owned()));
                found.extend(before.and_then(|(line, text)| Some((line, property(&text)?))));
            }
        }
    }
    found.extend(whole.and_then(|(line, text)| Some((line, property(&text)?))));
    found
}

/// Whether a quoted-printable line goes on in the next one.
fn soft(line: &str) -> bool {
    line.ends_with('=') && head(line).is_some_and(|(head, _)| is_quoted(head))
}

fn is_quoted(head: &str) -> bool {
    head.to_ascii_uppercase().contains("QUOTED-PRINTABLE")
}

/// What stands before the colon, and behind it. A colon between quotation marks is none.
fn head(line: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    for (at, letter) in line.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            ':' if !quoted => return Some((line.get(..at)?, line.get(at + 1..)?)),
            _ => {}
        }
    }
    None
}

fn property(line: &str) -> Option<Property> {
    let (head, value) = head(line)?;
    let mut pieces = outside_quotes(head, ';').into_iter();
    let named = pieces.next()?;
    let (group, name) = named.rsplit_once('.').unwrap_or(("", named));
    let params: Vec<(String, String)> = pieces.map(param).collect();
    let value = decoded(value, &params);
    Some(Property {
        group: group.trim().to_lowercase(),
        name: name.trim().to_ascii_uppercase(),
        params,
        value,
    })
}

fn param(piece: &str) -> (String, String) {
    let (name, value) = piece.split_once('=').unwrap_or(("TYPE", piece));
    (name.trim().to_ascii_uppercase(), value.trim().replace('"', ""))
}

/// The value as text: quoted-printable in 2.1, base64 hardly ever outside of pictures.
fn decoded(value: &str, params: &[(String, String)]) -> String {
    let says = |word: &str| {
        params.iter().any(|(name, value)| {
            matches!(name.as_str(), "ENCODING" | "TYPE") && value.eq_ignore_ascii_case(word)
        })
    };
    let bytes = if says("QUOTED-PRINTABLE") {
        plain(value)
    } else if says("BASE64") || says("B") {
        match BASE64_STANDARD.decode(value.trim()) {
            Ok(bytes) => bytes,
            Err(_) => return value.to_owned(),
        }
    } else {
        return value.to_owned();
    };
    let named = params.iter().find(|(name, _)| name == "CHARSET");
    let named = named.and_then(|(_, label)| Encoding::for_label(label.as_bytes()));
    let usual = if std::str::from_utf8(&bytes).is_ok() { UTF_8 } else { WINDOWS_1252 };
    let (text, _, _) = named.unwrap_or(usual).decode(&bytes);
    // What was encoded as a line break is one; an escape would be taken for text.
    text.into_owned()
}

/// Quoted-printable as bytes; what is no escape stays as it is.
fn plain(value: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let escaped = match (first, tail) {
            (b'=', [high, low, after @ ..]) => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                digit(*high)
                    .zip(digit(*low))
                    .and_then(|(high, low)| Some((u8::try_from(high * 16 + low).ok()?, after)))
            }
            _ => None,
        };
        let (byte, after) = escaped.unwrap_or((*first, tail));
        bytes.push(byte);
        rest = after;
    }
    bytes
}

/// Pieces of a text between marks that do not stand in quotation marks.
fn outside_quotes(text: &str, mark: char) -> Vec<&str> {
    let mut quoted = false;
    text.split(|letter: char| {
        quoted ^= letter == '"';
        letter == mark && !quoted
    })
    .collect()
}

/// The pieces of a value between marks that are not escaped, each without its escapes.
fn split(value: &str, mark: char) -> Vec<String> {
    let (mut pieces, mut piece, mut escaped) = (Vec::new(), String::new(), false);
    for letter in value.chars() {
        if letter == mark && !escaped {
            pieces.push(unescaped(&std::mem::take(&mut piece)));
        } else {
            piece.push(letter);
        }
        escaped = letter == '\\' && !escaped;
    }
    pieces.push(unescaped(&piece));
    pieces
}

fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            text.push(letter);
            continue;
        }
        match letters.next() {
            Some('n' | 'N') => text.push('\n'),
            Some(other @ ('\\' | ';' | ',' | ':')) => text.push(other),
            Some(other) => text.extend(['\\', other]),
            None => text.push('\\'),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(lines: &str) -> Card {
        let text = format!("BEGIN:VCARD\r\n{lines}\r\nEND:VCARD\r\n");
        let mut cards = cards(&text);
        assert_eq!(cards.len(), 1, "{lines}");
        cards.remove(0)
    }

    fn value(line: &str) -> String {
        only(line).properties[0].text()
    }

    #[test]
    fn values_are_decoded_unfolded_and_unescaped() {
        for (line, expected) in [
            ("FN:Vera Novak", "Vera Novak"),
            ("FN:Vera\r\n  Novak", "Vera Novak"),
            ("NOTE:one\\ntwo\\, three\\; four \\\\ five", "one\ntwo, three; four \\ five"),
            ("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=56=C4=9B=\r\n=72=61", "Věra"),
            ("FN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:J=F6rg", "Jörg"),
            ("FN;QUOTED-PRINTABLE:J=F6rg", "Jörg"),
            ("FN;ENCODING=QUOTED-PRINTABLE:100=ZZ%", "100=ZZ%"),
            ("NOTE;ENCODING=BASE64:SGVsbG8=", "Hello"),
            ("NOTE;ENCODING=b:no base64!", "no base64!"),
            ("X-ABLABEL;X=\"a:b;c\":d", "d"),
            ("FN:", ""),
        ] {
            assert_eq!(value(line), expected, "{line}");
        }
    }

    #[test]
    fn groups_types_and_parts_are_told_apart() {
        let card = only(
            "item1.TEL;type=CELL;type=VOICE;type=pref:+1 202\r\nTEL;WORK;VOICE:+1 203\r\n\
            N:Novak;Vera;A,B;Dr.;\r\nCATEGORIES:A\\,B,C",
        );
        let [cell, work, name, labels] = &card.properties[..] else { panic!("{card:?}") };
        assert_eq!((cell.group.as_str(), cell.name.as_str()), ("item1", "TEL"));
        assert!(cell.is("cell") && cell.is("pref") && !cell.is("work"));
        assert!(work.is("work"));
        assert_eq!(name.parts(), ["Novak", "Vera", "A,B", "Dr.", ""]);
        assert_eq!(labels.list(), ["A,B", "C"]);
    }

    #[test]
    fn several_cards_are_told_apart_whatever_stands_around_them() {
        let text = "junk\nBEGIN:VCARD\nFN:A\nAGENT:\nBEGIN:VCARD\nFN:Agent\nEND:VCARD\nEND:VCARD\n\n\
            begin:vcard\nfn:B\nend:vcard\nBEGIN:VCARD\nFN:C";
        let found = cards(text);
        let names: Vec<(u32, String)> =
            found.iter().map(|card| (card.line, card.properties[0].text())).collect();
        assert_eq!(names, [(2, "A".to_owned()), (10, "B".to_owned()), (13, "C".to_owned())]);
        assert!(!found[0].properties.iter().any(|one| one.text() == "Agent"));
    }

    #[test]
    fn nothing_that_a_text_holds_is_too_much() {
        let deep = "BEGIN:VCARD\n".repeat(50_000);
        assert_eq!(cards(&deep).len(), 1);
        let soft = format!("BEGIN:VCARD\nFN;QUOTED-PRINTABLE:{}", "a=\n".repeat(50_000));
        assert_eq!(cards(&soft).len(), 1);
        for text in
            ["", ":", ";:;", "BEGIN:VCARD", "\u{0}:\u{0}", "END:VCARD", "\\", "\"", "a;b=\"c:d"]
        {
            assert!(cards(text).len() <= 1, "{text:?}");
        }
        assert!(is_cards("\n begin:vcard\n"));
        assert!(!is_cards("Name,BEGIN:VCARD") && !is_cards("ä") && !is_cards(""));
    }
}
