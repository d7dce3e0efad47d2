//! How people are found and put in order: text without case and accents. Pure.

/// Comes after every name: those without one are listed last.
pub const LAST: char = '\u{10FFFF}';

/// Words of a search that count at most.
const WORDS: usize = 8;

/// Text as it is compared: small letters, without accents.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match plain(letter) {
            Some(plain) => folded.push_str(plain),
            // A mark that stands by itself behind its letter.
            None if matches!(letter, '\u{300}'..='\u{36f}') => {}
            None => folded.push(letter),
        }
    }
    folded
}

/// One thing that has to be found: in its letters, or in its digits if it may be a number.
pub type Sought = [String; 2];

/// What has to be found, each of it: `Novák 555 01` is a name and a number.
pub fn sought(query: &str) -> Vec<Sought> {
    let whole = query.trim();
    if let Some(digits) = digits(whole) {
        return vec![[fold(whole), digits]];
    }
    let words = whole.split_whitespace().take(WORDS);
    words
        .map(|word| {
            let folded = fold(word);
            let digits = digits(word).unwrap_or_else(|| folded.clone());
            [folded, digits]
        })
        .filter(|[word, _]| !word.is_empty())
        .collect()
}

/// The digits of what may be a telephone number, without what is dialled before it at home.
fn digits(text: &str) -> Option<String> {
    let only = |letter: char| letter.is_ascii_digit() || " +-()./\u{a0}".contains(letter);
    if !text.chars().all(only) {
        return None;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let trimmed = digits.trim_start_matches('0');
    (trimmed.len() >= 2).then(|| trimmed.to_owned())
}

/// The letter without its accent.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_do_not_count() {
        for (text, folded) in [
            ("Věra Nováková", "vera novakova"),
            ("GROSS & Söhne", "gross & sohne"),
            ("Straße", "strasse"),
            ("e\u{301}t\u{e9}", "ete"),
            ("İstanbul", "istanbul"),
            ("李小龍", "李小龍"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn a_search_is_words_and_numbers_however_they_are_written() {
        for (query, expected) in [
            ("", &[][..]),
            ("  ", &[]),
            ("Novák  Věra", &[["novak", "novak"], ["vera", "vera"]]),
            ("+1 (555) 555-0123", &[["+1 (555) 555-0123", "15555550123"]]),
            ("0171 123", &[["0171 123", "171123"]]),
            ("2026-05-14", &[["2026-05-14", "20260514"]]),
            ("novak 555-01", &[["novak", "novak"], ["555-01", "55501"]]),
            ("0", &[["0", "0"]]),
            ("%", &[["%", "%"]]),
        ] {
            assert_eq!(sought(query), expected, "{query:?}");
        }
    }
}
