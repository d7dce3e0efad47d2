//! Reasons read from a provider's words, for providers that publish no list of codes.
//!
//! Owns what all of them say alike; each decides itself what else its words mean.

use crate::exchange::ErrorKind;

/// Whether the words tell that the customer opted out, or that somebody on the way blocks us.
pub(crate) fn opted_out_or_blocked(words: &str) -> Option<ErrorKind> {
    let words = plain(words);
    let says = |phrase: &str| words.contains(phrase);
    // Only what is said of the recipient: advice on opting out is no opt-out.
    let opted_out = [
        " has opted out ",
        " is opted out ",
        " recipient opted out ",
        " opted out recipient ",
        " unsubscribed ",
        " sent stop ",
        " due to stop ",
    ];
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
            ("Recipient is opted-out", Some(ErrorKind::OptedOut)),
            ("Opted-out recipient", Some(ErrorKind::OptedOut)),
            ("Not delivered due to STOP", Some(ErrorKind::OptedOut)),
            ("Unsubscribed", Some(ErrorKind::OptedOut)),
            ("Number is blocked by the carrier", Some(ErrorKind::Blocked)),
            ("destination_blacklisted", Some(ErrorKind::Blocked)),
            ("First message must contain opt-out instructions", None),
            ("Add: reply STOP to opt out", None),
            ("Stop sending", None),
            ("The sender has not opted out of 10DLC", None),
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
