//! Telephone numbers inside texts: people group the same number in many ways.

/// Digits that a number has at least, and at most.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// Characters between two groups of digits at most.
const GAP: usize = 2;

/// A number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    /// Its digits.
    pub(crate) digits: String,
    /// Whether it begins with `+` or `00`.
    pub(crate) international: bool,
    /// Where it begins, in bytes.
    pub(crate) start: usize,
    /// Where it ends.
    pub(crate) end: usize,
}

/// The numbers of a text.
pub(crate) fn runs(text: &str) -> Vec<Run> {
    let mut found = Vec::new();
    let mut open: Option<Run> = None;
    let (mut gap, mut glued) = (0, false);
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() {
            // Digits inside a word are part of a name: B2025551234 is no number.
            if open.is_none() && !glued {
                let plus = text.get(..at).is_some_and(|before| before.ends_with('+'));
                let start = if plus { at - 1 } else { at };
                open = Some(Run { digits: String::new(), international: plus, start, end: at });
            }
            if let Some(run) = &mut open {
                run.digits.push(c);
                run.end = at + 1;
            }
            gap = 0;
        } else if c.is_alphabetic() {
            keep(open.take(), &mut found);
            glued = true;
            continue;
        } else if !separates(c) || gap == GAP {
            keep(open.take(), &mut found);
        } else {
            gap += 1;
        }
        glued = glued && c.is_ascii_digit();
    }
    keep(open, &mut found);
    found
}

fn keep(run: Option<Run>, found: &mut Vec<Run>) {
    let Some(mut run) = run else { return };
    run.international |= run.digits.starts_with("00");
    if run.digits.starts_with("00") {
        run.digits.drain(..2);
    }
    if DIGITS.contains(&run.digits.len()) {
        found.push(run);
    }
}

fn separates(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '-' | '\u{2011}' | '\u{2013}' | '.' | '(' | ')' | '/')
}

/// The forms under which a number is found: as it is, without leading zeros, and without what may
/// be the code of its country.
pub(crate) fn forms(digits: &str) -> Vec<String> {
    let mut forms = vec![digits.to_owned()];
    let bare = digits.trim_start_matches('0');
    let ends = (1..=3).filter_map(|code| bare.get(code..));
    for form in std::iter::once(bare).chain(ends) {
        if form.len() >= *DIGITS.start() && !forms.iter().any(|one| one == form) {
            forms.push(form.to_owned());
        }
    }
    forms
}

/// Every end of an address of at least four digits: people know the last four.
pub fn tails(address: &str) -> Vec<String> {
    let digits: String = address.chars().filter(char::is_ascii_digit).collect();
    let last = digits.len().saturating_sub(3);
    (0..last.min(*DIGITS.end())).filter_map(|at| digits.get(at..).map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = runs(text).into_iter().map(|run| run.digits).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn numbers_are_seen_as_people_write_them() {
        check("+1 (202) 555-0147", &["12025550147"]);
        check("call 202.555.0147 or 0049 30 901820", &["2025550147", "4930901820"]);
        check("order 12, 13 and 14", &[]);
        check("SKU20255501479", &[]);
        check("12025550147,12025550148", &["12025550147", "12025550148"]);
        check("1234567890123456", &[]);
        check("", &[]);
    }

    #[test]
    fn a_number_is_found_with_and_without_its_country() {
        assert!(forms("491701234567").contains(&"1701234567".to_owned()));
        assert!(forms("01701234567").contains(&"1701234567".to_owned()));
        assert_eq!(tails("+12345"), ["12345", "2345"]);
        assert_eq!(tails("maria"), Vec::<String>::new());
    }
}
