//! How a text is cut into the parts that carriers carry, by the sizes that the provider counts with.
//!
//! Owns the alphabet of SMS (3GPP TS 23.038). The composer counts in the same way while one types;
//! this is what holds for every sender.

use crate::exchange::PartSizes;

/// The basic table without what ASCII shares with it.
const BASIC: &str = "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà";
/// Each takes two places.
const EXTENDED: &str = "^{}\\[~]|€\u{c}";

/// How many parts the text takes; none for an empty one.
pub fn parts(text: &str, sizes: &PartSizes) -> u32 {
    let plain: Option<Vec<u32>> = text.chars().map(places).collect();
    if let Some(places) = plain {
        return chained(&places, sizes.gsm7, sizes.gsm7_part);
    }
    let wide = |letter: char| if letter.len_utf16() == 2 { 2 } else { 1 };
    let places: Vec<u32> = text.chars().map(wide).collect();
    chained(&places, sizes.ucs2, sizes.ucs2_part)
}

/// Places of a character in the alphabet of SMS; `None` for one that it does not know.
fn places(letter: char) -> Option<u32> {
    if EXTENDED.contains(letter) {
        return Some(2);
    }
    let is_basic = matches!(letter, '\n' | '\r' | ' '..='_' | 'a'..='z') || BASIC.contains(letter);
    is_basic.then_some(1)
}

/// Parts of a text whose characters take so many places, none of them split over two parts.
fn chained(places: &[u32], single: u32, part: u32) -> u32 {
    let all: u32 = places.iter().sum();
    if all <= single {
        return u32::from(all > 0);
    }
    let cut = places.iter().fold((1, 0), |(parts, filled), size| {
        if filled + size > part { (parts + 1, *size) } else { (parts, filled + size) }
    });
    cut.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: u32) {
        assert_eq!(parts(text, &PartSizes::STANDARD), expected, "{text}");
    }

    #[test]
    fn texts_are_cut_as_the_composer_cuts_them() {
        check("", 0);
        for (count, expected) in [(160, 1), (161, 2), (306, 2), (307, 3)] {
            check(&"a".repeat(count), expected);
        }
        for (count, expected) in [(80, 1), (81, 2)] {
            check(&"€".repeat(count), expected);
        }
        // 152 places are filled, so the pair cannot begin in the last place of the first part.
        check(&format!("{}€{}", "a".repeat(152), "a".repeat(151)), 2);
        check(&format!("{}€{}", "a".repeat(152), "a".repeat(152)), 3);
        check(&"à@$_Δ\nß".repeat(22), 1);
        for unicode in ['ç', '’', 'я', '`', '\t', '\u{a0}'] {
            check(&format!("{}{unicode}", "a".repeat(69)), 1);
            check(&format!("{}{unicode}", "a".repeat(70)), 2);
        }
        // 67 is odd: 33 emoji fit a part of a chain.
        for (count, expected) in [(35, 1), (36, 2), (66, 2), (67, 3)] {
            check(&"😀".repeat(count), expected);
        }
    }

    #[test]
    fn a_provider_that_counts_otherwise_is_counted_otherwise() {
        let own = PartSizes { gsm7: 160, gsm7_part: 152, ucs2: 70, ucs2_part: 66, most: Some(3) };
        assert_eq!(parts(&"a".repeat(305), &own), 3);
        assert_eq!(parts(&"a".repeat(457), &own), 4);
        assert_eq!(parts(&"я".repeat(133), &own), 3);
    }
}
