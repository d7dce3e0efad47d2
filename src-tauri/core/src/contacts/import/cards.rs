//! What a card says of a contact, in the words of the desk. Pure.

use std::collections::BTreeSet;

use super::raw::Raw;
use super::vcard::{Card, Property};
use crate::model::{ContactField, NumberWords, fold};

/// A custom field in a card of ours.
pub(crate) const FIELD: &str = "X-DESKBELL-FIELD";
/// Properties that say nothing of the contact, or what the desk knows itself.
const SILENT: &[&str] = &[
    "VERSION",
    "PRODID",
    "REV",
    "UID",
    "SOURCE",
    "CLASS",
    "KIND",
    "FN",
    "N",
    "ORG",
    "EMAIL",
    "TEL",
    "NOTE",
    "LANG",
    "TZ",
    "CATEGORIES",
    "PHOTO",
    "SORT-STRING",
    "MAILER",
    "NAME",
    "PROFILE",
    "X-ABLABEL",
    "X-ABSHOWAS",
    "X-ABUID",
    "X-ABADR",
    "X-DESKBELL-FIELD",
    "X-DESKBELL-BLOCKED",
    "X-DESKBELL-OPTED-OUT",
    "END",
    "BEGIN",
];
/// Kinds of numbers that no message reaches.
const SILENT_NUMBERS: &[&str] = &["fax", "pager", "modem", "homefax", "workfax", "otherfax"];
/// Different things left out that are told.
const TOLD: usize = 20;

/// The facts of a card.
pub(super) fn raw(card: &Card, fields: &[ContactField], words: &NumberWords) -> Raw {
    let mut raw = Raw { line: card.line, ..Raw::default() };
    let mut emails: Vec<(bool, String)> = Vec::new();
    for one in &card.properties {
        match one.name.as_str() {
            "FN" if raw.name.trim().is_empty() => raw.name = one.text(),
            "N" => names(&mut raw, one),
            "ORG" if raw.company.is_empty() => {
                let parts = one.parts().into_iter().filter(|part| !part.trim().is_empty());
                raw.company = parts.collect::<Vec<_>>().join(", ");
            }
            "EMAIL" => emails.push((!is_preferred(one), one.text())),
            "TEL" if !is_silent(card, one) => {
                raw.numbers.push((number(&one.text()), what(card, one, words)));
            }
            "NOTE" if raw.remarks.is_empty() => raw.remarks = one.text(),
            "NOTE" => raw.remarks = format!("{}\n{}", raw.remarks, one.text()),
            "LANG" if raw.language.is_empty() => raw.language = one.text(),
            // An offset says nothing of where somebody lives.
            "TZ" if one.text().contains('/') => raw.time_zone = one.text(),
            "CATEGORIES" => raw.labels.extend(one.list()),
            FIELD => raw.values.extend(value(one, fields)),
            _ => {}
        }
    }
    emails.sort_by_key(|(later, _)| *later);
    raw.emails = emails.into_iter().map(|(_, email)| email).collect();
    if raw.numbers.iter().any(|(number, _)| same_number(number, &raw.name)) {
        // Who has no name is called by their number in cards.
        raw.name.clear();
    }
    raw
}

/// Family;given;additional;prefixes;suffixes.
fn names(raw: &mut Raw, one: &Property) {
    let mut parts = one.parts().into_iter();
    let (last, first, middle) = (parts.next(), parts.next(), parts.next());
    raw.parts = [first, middle, last].map(Option::unwrap_or_default);
}

fn is_preferred(one: &Property) -> bool {
    one.is("pref") || one.params.iter().any(|(name, value)| name == "PREF" && value == "1")
}

fn is_silent(card: &Card, one: &Property) -> bool {
    one.types().any(|kind| SILENT_NUMBERS.contains(&kind.as_str()))
        || label(card, one).to_lowercase().ends_with("fax")
}

/// What the owner of a card called a number. Apple marks the words that every telephone of theirs
/// knows: _$!<Mobile>!$_
fn label(card: &Card, one: &Property) -> String {
    let label = card.properties.iter().find(|other| {
        other.name == "X-ABLABEL" && !one.group.is_empty() && other.group == one.group
    });
    let text = label.map(Property::text).unwrap_or_default();
    text.trim_start_matches("_$!<").trim_end_matches(">!$_").trim().to_owned()
}

/// A number may be an address in 4.0: `tel:+1-202-555-0100;ext=7`.
fn number(text: &str) -> String {
    match text.get(..4) {
        Some(scheme) if scheme.eq_ignore_ascii_case("tel:") => {
            text.get(4..).and_then(|rest| rest.split(';').next()).unwrap_or_default().to_owned()
        }
        Some(_) | None => text.to_owned(),
    }
}

fn same_number(number: &str, name: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let plain = name.chars().all(|one| one.is_ascii_digit() || " +-()./".contains(one));
    plain && !name.trim().is_empty() && digits(number) == digits(name)
}

/// What a number is: the label that its owner gave it, else its type.
fn what(card: &Card, one: &Property, words: &NumberWords) -> String {
    let label = label(card, one);
    let kinds = [("mobile", &words.mobile), ("iphone", &words.mobile), ("cell", &words.mobile)];
    let mut kinds = kinds.into_iter().chain([("work", &words.work), ("home", &words.home)]);
    let said = label.to_lowercase();
    let known = kinds.find(|(kind, _)| if said.is_empty() { one.is(kind) } else { said == *kind });
    known.map_or(label, |(_, word)| word.clone())
}

/// A custom field of ours, if this desk has one of that name.
fn value(one: &Property, fields: &[ContactField]) -> Option<(usize, String)> {
    let (_, name) = one.params.iter().find(|(name, _)| name == "NAME")?;
    let at = fields.iter().position(|field| fold(&field.name) == fold(name))?;
    Some((at, one.text()))
}

/// What is left out of cards: how many pictures, and the names of all else.
pub(super) fn left_out(cards: &[Card]) -> (u32, Vec<String>) {
    let all = || cards.iter().flat_map(|card| &card.properties);
    let photos = all().filter(|one| one.name == "PHOTO" && !one.text().is_empty()).count();
    let silent =
        |card: &Card| card.properties.iter().any(|one| one.name == "TEL" && is_silent(card, one));
    let faxes = cards.iter().any(silent).then(|| "FAX".to_owned());
    let others: BTreeSet<String> = all()
        .filter(|one| !SILENT.contains(&one.name.as_str()) && !one.text().trim().is_empty())
        .map(|one| one.name.chars().filter(|letter| !letter.is_control()).take(40).collect())
        .chain(faxes)
        .collect();
    (u32::try_from(photos).unwrap_or(u32::MAX), others.into_iter().take(TOLD).collect())
}

#[cfg(test)]
mod tests {
    use super::super::vcard::cards;
    use super::*;

    fn read(text: &str) -> Vec<Raw> {
        cards(text).iter().map(|card| raw(card, &[], &NumberWords::default())).collect()
    }

    fn numbers(raw: &Raw) -> Vec<(&str, &str)> {
        raw.numbers.iter().map(|(number, what)| (number.as_str(), what.as_str())).collect()
    }

    #[test]
    fn an_iphone_is_read() {
        let text = "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//iPhone OS 17.4//EN\r\n\
            N:Nováková;Věra;;;\r\nFN:Věra Nováková\r\nORG:Bakery;Sales\r\n\
            TEL;type=CELL;type=VOICE;type=pref:+1 (202) 555-0147\r\n\
            item1.TEL:+1 202 555 0148\r\nitem1.X-ABLabel:_$!<HomeFax>!$_\r\n\
            item2.TEL:+1 202 555 0149\r\nitem2.X-ABLabel:Boat\r\n\
            EMAIL;type=INTERNET;type=HOME:old@example.com\r\n\
            EMAIL;type=INTERNET;type=pref:vera@example.com\r\n\
            NOTE:Likes rye\\, a lot\\nand tea\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\r\n SkZJRgABAQ\r\n\
            item3.ADR;type=HOME:;;Street 1;City;;;\r\nEND:VCARD\r\n";
        let found = read(text);
        let vera = &found[0];
        assert_eq!((vera.name.as_str(), vera.company.as_str()), ("Věra Nováková", "Bakery, Sales"));
        assert_eq!(numbers(vera), [("+1 (202) 555-0147", "Mobile"), ("+1 202 555 0149", "Boat")]);
        assert_eq!(vera.emails, ["vera@example.com", "old@example.com"]);
        assert_eq!(vera.remarks, "Likes rye, a lot\nand tea");
        assert_eq!(left_out(&cards(text)), (1, ["ADR", "FAX"].map(str::to_owned).to_vec()));
    }

    #[test]
    fn an_old_android_is_read() {
        let text = "BEGIN:VCARD\nVERSION:2.1\n\
            N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=4E=6F=76=C3=A1=6B;=56=C4=9B=72=61;;;\n\
            FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=56=C4=9B=72=61=20=4E=6F=76=\n=C3=A1=6B\n\
            TEL;CELL:2025550147\nTEL;WORK;FAX:2025550148\nTEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=8BIT,Boat):2025550149\n\
            PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\n SkZJRgABAQ\n\nEND:VCARD\n";
        let found = read(text);
        assert_eq!(found[0].name, "Věra Novák");
        assert_eq!(numbers(&found[0]), [("2025550147", "Mobile"), ("2025550149", "")]);
        assert_eq!(left_out(&cards(text)), (1, vec!["FAX".to_owned()]));
    }

    #[test]
    fn google_and_outlook_are_read() {
        let found = read(
            "BEGIN:VCARD\nVERSION:3.0\nFN:Jo Lane\nN:Lane;Jo;;;\nitem1.TEL;TYPE=CELL:+12025550150\n\
             item1.X-ABLabel:\nTEL;TYPE=WORK:+12025550151\nCATEGORIES:myContacts,VIP\nEND:VCARD\n\
             BEGIN:VCARD\nVERSION:2.1\nN;LANGUAGE=de;CHARSET=Windows-1252:Müller;Jörg\n\
             FN;CHARSET=Windows-1252:Jörg Müller\nTEL;HOME;VOICE:030 901820\n\
             EMAIL;PREF;INTERNET:joerg@example.com\nEND:VCARD\n",
        );
        assert_eq!(found[0].labels, ["myContacts", "VIP"]);
        assert_eq!(numbers(&found[0]), [("+12025550150", "Mobile"), ("+12025550151", "Work")]);
        assert_eq!(found[1].name, "Jörg Müller");
        assert_eq!(numbers(&found[1]), [("030 901820", "Home")]);
    }

    #[test]
    fn version_4_is_read() {
        let found = read(
            "BEGIN:VCARD\nVERSION:4.0\nFN:Jo\nTEL;VALUE=uri;TYPE=\"voice,cell\":tel:+1-202-555-0150;ext=7\n\
             EMAIL;PREF=2:b@example.com\nEMAIL;PREF=1:a@example.com\nLANG:de\nTZ:Europe/Vienna\nEND:VCARD\n\
             BEGIN:VCARD\nVERSION:4.0\nFN:+1 202 555 0199\nTEL:+12025550199\nTZ:-0500\nEND:VCARD",
        );
        assert_eq!(numbers(&found[0]), [("+1-202-555-0150", "Mobile")]);
        assert_eq!(found[0].emails[0], "a@example.com");
        assert_eq!(
            (found[0].language.as_str(), found[0].time_zone.as_str()),
            ("de", "Europe/Vienna")
        );
        assert_eq!((found[1].name.as_str(), found[1].time_zone.as_str()), ("", ""));
    }
}
