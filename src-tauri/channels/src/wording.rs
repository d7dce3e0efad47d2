//! Reasons read from a provider's words, for providers that publish no list of codes.
//!
//! Owns what all of them say alike; each decides itself what else its words mean.

use crate::exchange::ErrorKind;

/// Whether the words tell that the customer opted out, or that somebody on the way blocks us.
pub(crate) fn opted_out_or_blocked(words: &str) -> Option<ErrorKind> {
    let words = plain(words);
    let says = |phrase: &str| words.contains(phrase);
    let opted_out = [" opted out ", " opt out ", " optout ", " unsubscribed ", " stop "];
    let blocked = [" blocked ", " blacklist ", " blacklisted ", " spam ", " blocklist "];
    if opted_out.into_iter().any(says) {
        Some(ErrorKind::OptedOut)
    } else if blocked.into_iter().any(says) {
        Some(ErrorKind::Blocked)
    } else {
        None
    }
}

/// Whether one of these whole words occurs, in any case.
pub(crate) fn has_word(text: &str, wanted: &[&str]) -> bool {
    let text = plain(text);
    wanted.iter().any(|word| text.contains(&format!(" {word} ")))
}

/// Lower case, one space between words and around all.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric());
    let mut plain = String::from(" ");
    for word in words.filter(|word| !word.is_empty()) {
        plain.push_str(word);
        plain.push(' ');
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_tell_a_reason() {
        for (words, kind) in [
            ("Recipient has opted out", Some(ErrorKind::OptedOut)),
            ("recipient_opted_out", Some(ErrorKind::OptedOut)),
            ("The customer sent STOP.", Some(ErrorKind::OptedOut)),
            ("Opt-out in force, blocked", Some(ErrorKind::OptedOut)),
            ("Number is blocked by the carrier", Some(ErrorKind::Blocked)),
            ("destination_blacklisted", Some(ErrorKind::Blocked)),
            ("Invalid option", None),
            ("Service stopped", None),
            ("", None),
        ] {
            assert_eq!(opted_out_or_blocked(words), kind, "{words}");
        }
        assert!(has_word("'to' is required", &["to"]));
        assert!(!has_word("total is wrong", &["to", "from"]));
    }
}
