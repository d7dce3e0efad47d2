//! Contacts as cards: vCard 4.0 (RFC 6350), in the parts of it that every telephone reads. Pure.

use std::fmt::Write as _;

use deskbell_channels::form::IdentityKind;

use super::{Desk, opt_outs};
use crate::contacts::import::headings::kind_of_number;
use crate::model::Contact;

/// Bytes of a line at most; longer ones are folded.
const LINE: usize = 75;

/// A card for each contact.
pub(super) fn cards(contacts: &[Contact], desk: &Desk) -> String {
    contacts.iter().map(|contact| card(contact, desk)).collect()
}

fn card(contact: &Contact, desk: &Desk) -> String {
    let mut card = Lines::default();
    card.add("BEGIN", "VCARD");
    card.add("VERSION", "4.0");
    let numbers: Vec<_> =
        contact.identities.iter().filter(|one| one.kind == IdentityKind::Phone).collect();
    let address = contact.identities.first().map(|one| one.address.as_str());
    // A card has to have a name; who has none is called by their number.
    let name = Some(contact.name.as_str()).filter(|name| !name.is_empty());
    card.add("FN", &escaped(name.or(address).unwrap_or("-")));
    if let Some(name) = name {
        // What of it is the family's nobody said.
        card.add("N", &format!(";{};;;", escaped(name)));
    }
    card.fact("ORG", &contact.company);
    card.fact("EMAIL", &contact.email);
    for (at, one) in numbers.iter().enumerate() {
        let kind = match kind_of_number(&one.remark) {
            "Mobile" => ";TYPE=cell",
            "Work" => ";TYPE=work",
            "Home" => ";TYPE=home",
            _ => "",
        };
        let group = if one.remark.is_empty() { String::new() } else { format!("item{}.", at + 1) };
        card.add(&format!("{group}TEL{kind}"), &escaped(&one.address));
        if !one.remark.is_empty() {
            card.add(&format!("{group}X-ABLabel"), &escaped(&one.remark));
        }
    }
    card.fact("LANG", &contact.language);
    card.fact("TZ", &contact.time_zone);
    card.fact("NOTE", &contact.remarks);
    let labels = desk.labels_of(contact).into_iter().map(escaped).collect::<Vec<_>>().join(",");
    if !labels.is_empty() {
        card.add("CATEGORIES", &labels);
    }
    for field in &desk.fields {
        if let Some(value) = contact.values.get(&field.id) {
            let name: String = field.name.chars().filter(|one| *one != '"').collect();
            card.add(&format!("X-DESKBELL-FIELD;NAME=\"{name}\""), &escaped(value));
        }
    }
    if contact.blocked.is_some() {
        card.add("X-DESKBELL-BLOCKED", "yes");
    }
    card.fact("X-DESKBELL-OPTED-OUT", &opt_outs(contact).join("; "));
    card.add("END", "VCARD");
    card.0
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn fact(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            self.add(name, &escaped(value));
        }
    }

    /// A line, folded between letters.
    fn add(&mut self, name: &str, value: &str) {
        let line = format!("{name}:{value}");
        let mut length = 0;
        for letter in line.chars() {
            if length + letter.len_utf8() > LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            length += letter.len_utf8();
            self.0.push(letter);
        }
        self.0.write_str("\r\n").ok();
    }
}

fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for letter in value.chars() {
        match letter {
            '\\' | ',' | ';' => text.extend(['\\', letter]),
            '\n' => text.push_str("\\n"),
            '\r' => {}
            other => text.push(other),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_escaped_and_folded_between_letters() {
        assert_eq!(escaped("a,b;c\\d\r\ne"), "a\\,b\\;c\\\\d\\ne");
        let mut lines = Lines::default();
        lines.add("NOTE", &"ß".repeat(100));
        let shown: Vec<&str> = lines.0.split_terminator("\r\n").collect();
        assert!(shown.len() > 1 && shown.iter().all(|line| line.len() <= LINE), "{shown:?}");
        assert!(shown[1..].iter().all(|line| line.starts_with(' ')));
        assert_eq!(lines.0.replace("\r\n ", ""), format!("NOTE:{}\r\n", "ß".repeat(100)));
    }
}
