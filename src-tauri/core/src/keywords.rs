//! The words by which customers say on any phone network that they want to hear no more, want to
//! hear again, or need help. Pure: knows text and nothing else.

/// What a customer asks for with a keyword.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyword {
    /// To hear no more.
    Stop,
    /// To hear again.
    Start,
    /// To hear again, if they had asked to hear no more; else it is an answer like any other.
    Yes,
    /// To be told who writes and how to stop it.
    Help,
}

/// The keyword that a text consists of. Case, surrounding spaces, quotation marks and punctuation
/// do not count; anything else around it makes it a text like any other.
pub fn keyword(text: &str) -> Option<Keyword> {
    match plain(text)?.as_str() {
        "STOP" | "STOPALL" | "STOP ALL" | "UNSUBSCRIBE" | "CANCEL" | "END" | "QUIT" | "REVOKE"
        | "OPTOUT" | "OPT OUT" | "OPT-OUT" | "ARRET" => Some(Keyword::Stop),
        "START" | "UNSTOP" => Some(Keyword::Start),
        "YES" => Some(Keyword::Yes),
        "HELP" | "INFO" => Some(Keyword::Help),
        _ => None,
    }
}

/// The word as the customer wrote it, without what stands around it.
pub fn bare(text: &str) -> &str {
    text.trim_matches(|letter: char| !letter.is_alphanumeric())
}

/// Capital letters, one space between words, no accents; `None`: longer than any keyword.
fn plain(text: &str) -> Option<String> {
    /// Letters of the longest keyword, with room for accents that are characters of their own.
    const LONGEST: usize = 24;
    let bare = bare(text);
    if bare.chars().count() > LONGEST {
        return None;
    }
    let words: Vec<&str> = bare.split_whitespace().collect();
    let letters = words
        .join(" ")
        .to_uppercase()
        .chars()
        .filter_map(|letter| match letter {
            'Ê' => Some('E'),
            '\u{300}'..='\u{36f}' => None,
            other => Some(other),
        })
        .collect();
    Some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_texts_are_keywords_in_any_dress() {
        let table = [
            ("STOP", Some(Keyword::Stop)),
            ("stop", Some(Keyword::Stop)),
            ("  Stop \n", Some(Keyword::Stop)),
            ("Stop.", Some(Keyword::Stop)),
            ("STOP!!!", Some(Keyword::Stop)),
            ("“STOP”", Some(Keyword::Stop)),
            ("Stop 🙏", Some(Keyword::Stop)),
            ("stop\u{200b}", Some(Keyword::Stop)),
            ("StopAll", Some(Keyword::Stop)),
            ("stop  all", Some(Keyword::Stop)),
            ("Unsubscribe", Some(Keyword::Stop)),
            ("cancel", Some(Keyword::Stop)),
            ("END", Some(Keyword::Stop)),
            ("quit", Some(Keyword::Stop)),
            ("revoke", Some(Keyword::Stop)),
            ("OptOut", Some(Keyword::Stop)),
            ("opt out", Some(Keyword::Stop)),
            ("Opt-out.", Some(Keyword::Stop)),
            ("arret", Some(Keyword::Stop)),
            ("ARRÊT", Some(Keyword::Stop)),
            ("Arrêt", Some(Keyword::Stop)),
            ("arre\u{302}t", Some(Keyword::Stop)),
            ("START", Some(Keyword::Start)),
            ("unstop", Some(Keyword::Start)),
            ("Yes", Some(Keyword::Yes)),
            ("help", Some(Keyword::Help)),
            ("Help?", Some(Keyword::Help)),
            ("INFO", Some(Keyword::Help)),
            ("", None),
            ("!?", None),
            ("Please stop", None),
            ("stop by tomorrow", None),
            ("Stop it, that is too kind", None),
            ("nonstop", None),
            ("STOPS", None),
            ("st op", None),
            ("yes please", None),
            ("I need help", None),
            ("cancel my order", None),
            ("end.of.story", None),
        ];
        for (text, expected) in table {
            assert_eq!(keyword(text), expected, "{text:?}");
        }
        assert_eq!(keyword(&"STOP ".repeat(10_000)), None);
    }

    #[test]
    fn the_word_is_kept_as_it_was_written() {
        assert_eq!(bare(" “Stop!” "), "Stop");
        assert_eq!(bare("opt out."), "opt out");
    }
}
