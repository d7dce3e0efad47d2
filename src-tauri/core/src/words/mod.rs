//! Words of texts: how a text is split for the index, what a person looks for, and where a text
//! holds it. Pure: knows no store and no table.
//!
//! The index gets these words instead of the text, so that finding and marking agree. A word is
//! folded: small letters, no accents, no ligatures. Scripts that put no space between words give a
//! word for each character, and telephone numbers are words as well, however they are grouped.

mod marks;
mod numbers;
mod question;

use std::borrow::Cow;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

pub use marks::{address_pieces, pieces};
pub use numbers::tails;
pub use question::Question;

/// Letters of a word that count; what is longer is no word that a person types.
const LENGTH: usize = 48;
/// Words of a text that are indexed.
const MOST: usize = 5_000;

const COMPOSE: ComposingNormalizerBorrowed<'static> = ComposingNormalizerBorrowed::new_nfc();
const DECOMPOSE: DecomposingNormalizerBorrowed<'static> = DecomposingNormalizerBorrowed::new_nfkd();

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Folded.
    pub(crate) text: String,
    /// Where it begins, in bytes.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
    /// A character of a script that puts no space between words.
    pub(crate) single: bool,
}

/// The text with composed characters: names of files come in both forms.
pub(crate) fn composed(text: &str) -> Cow<'_, str> {
    COMPOSE.normalize(text)
}

/// The words of a composed text, in order.
pub(crate) fn split(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut open: Option<Word> = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if is_mark(c) {
            if let Some(word) = &mut open {
                word.end = end;
            }
        } else if stands_alone(c) {
            words.extend(open.take());
            let mut text = String::new();
            fold(c, &mut text);
            words.push(Word { text, start: at, end, single: true });
        } else if c.is_alphanumeric() {
            let word = open.get_or_insert_with(|| Word {
                text: String::new(),
                start: at,
                end,
                single: false,
            });
            word.end = end;
            if word.text.len() < LENGTH {
                fold(c, &mut word.text);
            }
        } else {
            words.extend(open.take());
        }
        if words.len() >= MOST {
            return words;
        }
    }
    words.extend(open);
    words.retain(|word| !word.text.is_empty());
    words
}

/// What the index keeps of a text: its words and its numbers, with spaces between them.
pub fn indexed(text: &str) -> String {
    let text = composed(text);
    let mut kept = String::with_capacity(text.len());
    let mut add = |word: &str| {
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
    };
    for word in split(&text) {
        add(&word.text);
    }
    for number in numbers::runs(&text) {
        for form in numbers::forms(&number.digits) {
            add(&form);
        }
    }
    kept
}

/// Adds a character as words have it.
fn fold(c: char, to: &mut String) {
    if c.is_ascii() {
        to.push(c.to_ascii_lowercase());
        return;
    }
    if is_syllable(c) {
        to.push(c);
        return;
    }
    for small in c.to_lowercase() {
        let mut buffer = [0; 4];
        let plain = DECOMPOSE.normalize(small.encode_utf8(&mut buffer));
        for part in plain.chars().filter(|part| part.is_alphanumeric() && !is_mark(*part)) {
            match part {
                'ß' => to.push_str("ss"),
                'æ' => to.push_str("ae"),
                'œ' => to.push_str("oe"),
                'ø' => to.push('o'),
                'ł' => to.push('l'),
                'đ' | 'ð' => to.push('d'),
                'ħ' => to.push('h'),
                'ı' => to.push('i'),
                'þ' => to.push_str("th"),
                'ς' => to.push('σ'),
                other => to.extend(other.to_lowercase()),
            }
        }
    }
}

/// Accents, points and vowel signs that people leave out, and joiners that nobody sees.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'
        | '\u{5c1}'..='\u{5c2}' | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}'
        | '\u{670}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{200b}'..='\u{200f}'
        | '\u{94d}' | '\u{9cd}' | '\u{a4d}' | '\u{acd}' | '\u{b4d}' | '\u{bcd}' | '\u{c4d}'
        | '\u{ccd}' | '\u{d4d}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{eb1}' | '\u{eb4}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}' | '\u{102b}'..='\u{103e}'
        | '\u{17b4}'..='\u{17d3}' | '\u{20d0}'..='\u{20ff}' | '\u{3099}'..='\u{309c}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{ad}' | '\u{2060}')
}

/// Scripts without spaces: Chinese, Japanese, Korean, Thai, Lao, Burmese, Khmer.
fn stands_alone(c: char) -> bool {
    is_syllable(c)
        || matches!(c,
            '\u{e01}'..='\u{e30}' | '\u{e32}'..='\u{e33}' | '\u{e40}'..='\u{e46}'
            | '\u{e81}'..='\u{eb0}' | '\u{ec0}'..='\u{ec6}' | '\u{1000}'..='\u{102a}'
            | '\u{1780}'..='\u{17b3}' | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}'
            | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{30ff}' | '\u{3105}'..='\u{312f}'
            | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}' | '\u{20000}'..='\u{3ffff}')
}

/// Korean: composed, it would fall apart into letters.
fn is_syllable(c: char) -> bool {
    matches!(c, '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(indexed(text), expected, "{text}");
    }

    #[test]
    fn words_are_folded() {
        check("Hello, World!", "hello world");
        check("Crème brûlée für Łukasz", "creme brulee fur lukasz");
        check("Straße STRASSE", "strasse strasse");
        check("ﬁne Ⅳ ½", "fine iv 12");
        check("İstanbul", "istanbul");
        check("e\u{301}te\u{301} été", "ete ete");
        check("don't", "don t");
        check("", "");
        check("… !!! 🎂", "");
    }

    #[test]
    fn scripts_without_spaces_give_a_word_for_each_character() {
        check("你好,世界", "你 好 世 界");
        check("iPhone手机", "iphone 手 机");
        check("안녕 하세요", "안 녕 하 세 요");
        check("\u{1112}\u{1161}\u{11ab}글", "한 글");
        check("ﾃｽﾄ テスト", "テ ス ト テ ス ト");
        check("สวัสดี", "ส ว ส ด");
    }

    #[test]
    fn telephone_numbers_are_words_however_they_are_grouped() {
        let words = indexed("Call +49 170 123-4567 today");
        for word in ["call", "170", "491701234567", "1701234567"] {
            assert!(words.split(' ').any(|one| one == word), "{word} in {words}");
        }
        assert!(indexed("0170 1234567").contains(" 1701234567"));
        assert_eq!(indexed("2 apples, 3 pears"), "2 apples 3 pears");
    }

    #[test]
    fn a_text_without_end_costs_no_more_than_a_long_one() {
        assert_eq!(split(&"ab ".repeat(100_000)).len(), MOST);
        assert!(indexed(&"x".repeat(1_000_000)).len() <= LENGTH + 4);
    }
}
