//! What a person looks for, read from what they typed. Every word of it has to be there; the
//! beginning of a word is enough, except inside quotation marks.

use super::numbers::{self, Run};
use super::{Word, composed, split};

/// Things to look for in one question; more make no difference that anyone sees.
const MOST: usize = 12;
/// Digits of a number from which it is taken as one, however it is grouped.
const NUMBER: usize = 5;

/// One thing that has to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Clause {
    /// These words, one after the other. The last one may be only begun.
    Words { words: Vec<String>, begun: bool },
    /// This number in one of these forms, or the words that it was typed as.
    Number { forms: Vec<String>, words: Vec<String> },
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub(super) clauses: Vec<Clause>,
}

impl Question {
    /// Reads what was typed; `None`: there is no word in it.
    pub fn read(typed: &str) -> Option<Self> {
        let typed = composed(typed).replace(['“', '”', '„', '«', '»'], "\"");
        let mut clauses = Vec::new();
        for (index, part) in typed.split('"').enumerate() {
            if index % 2 == 0 {
                loose(part, &mut clauses);
            } else {
                // The second mark may not be typed yet: then its last word may be only begun.
                let closed = typed.matches('"').count() > index;
                let words: Vec<String> = split(part).into_iter().map(|word| word.text).collect();
                if !words.is_empty() {
                    clauses.push(Clause::Words { words, begun: !closed });
                }
            }
        }
        clauses.truncate(MOST);
        (!clauses.is_empty()).then_some(Self { clauses })
    }

    /// The question as the index is asked. Only letters and digits of what was typed are in it,
    /// each word in quotation marks: nothing in it can be read as an operator.
    pub fn expression(&self) -> String {
        let clauses: Vec<String> = self.clauses.iter().map(clause).collect();
        clauses.join(" AND ")
    }
}

/// Words that need not stand side by side.
fn loose(text: &str, clauses: &mut Vec<Clause>) {
    let runs: Vec<Run> = typed_numbers(text);
    let mut words = split(text).into_iter().peekable();
    while let Some(word) = words.next() {
        if let Some(run) = runs.iter().find(|run| run.start <= word.start && word.end <= run.end) {
            let mut typed = vec![word.text];
            while let Some(next) = words.next_if(|next| next.end <= run.end) {
                typed.push(next.text);
            }
            clauses.push(Clause::Number { forms: asked_forms(run), words: typed });
        } else if word.single {
            // Characters that touch are one expression.
            let mut end = word.end;
            let mut characters = vec![word.text];
            while let Some(next) = words.next_if(|next| next.single && next.start == end) {
                end = next.end;
                characters.push(next.text);
            }
            clauses.push(Clause::Words { words: characters, begun: false });
        } else {
            let begun = word.text.chars().count() > 1;
            clauses.push(Clause::Words { words: vec![word.text], begun });
        }
    }
}

/// Numbers in what was typed: shorter than in texts, since it may not be finished.
fn typed_numbers(text: &str) -> Vec<Run> {
    let trimmed = text.trim();
    let whole = !trimmed.is_empty()
        && trimmed.chars().all(|c| c.is_ascii_digit() || " +-.()/\u{a0}".contains(c));
    let digits: String = trimmed.chars().filter(char::is_ascii_digit).collect();
    if whole && (NUMBER..7).contains(&digits.len()) {
        let start = text.len() - text.trim_start().len();
        let international = trimmed.starts_with('+') || digits.starts_with("00");
        return vec![Run { digits, international, start, end: start + trimmed.len() }];
    }
    numbers::runs(text)
}

/// The forms that a typed number may have in a text. Only one that was typed with its country may
/// be there without it.
fn asked_forms(run: &Run) -> Vec<String> {
    let bare = run.digits.trim_start_matches('0').to_owned();
    let mut forms = if run.international { numbers::forms(&run.digits) } else { Vec::new() };
    for form in [run.digits.clone(), bare] {
        if !form.is_empty() && !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

fn clause(clause: &Clause) -> String {
    match clause {
        Clause::Words { words, begun } => {
            let star = if *begun { " *" } else { "" };
            format!("\"{}\"{star}", words.join(" "))
        }
        Clause::Number { forms, words } => {
            let mut ways: Vec<String> = forms.iter().map(|form| format!("\"{form}\" *")).collect();
            if words.len() > 1 {
                ways.push(format!("\"{}\" *", words.join(" ")));
            }
            format!("({})", ways.join(" OR "))
        }
    }
}

/// Whether the words of a text from `at` on are what a clause wants; answers how many.
pub(super) fn fits(clause: &Clause, text: &[Word], at: usize) -> Option<usize> {
    let (words, begun) = match clause {
        Clause::Words { words, begun } => (words, *begun),
        Clause::Number { words, .. } => (words, true),
    };
    let last = words.len().checked_sub(1)?;
    for (index, wanted) in words.iter().enumerate() {
        let word = &text.get(at + index)?.text;
        let same = if begun && index == last { word.starts_with(wanted) } else { word == wanted };
        if !same {
            return None;
        }
    }
    Some(words.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, expected: Option<&str>) {
        let found = Question::read(typed).map(|question| question.expression());
        assert_eq!(found.as_deref(), expected, "{typed}");
    }

    #[test]
    fn every_word_has_to_be_there_and_may_be_only_begun() {
        check("Order cake", Some("\"order\" * AND \"cake\" *"));
        check("é", Some("\"e\""));
        check("  ", None);
        check("!?", None);
        check("\"thank you\"", Some("\"thank you\""));
        check("\"thank yo", Some("\"thank yo\" *"));
        check("你好 ca", Some("\"你 好\" AND \"ca\" *"));
    }

    #[test]
    fn nothing_that_is_typed_is_an_operator() {
        check("a AND b", Some("\"a\" AND \"and\" * AND \"b\""));
        check("NOT (x) OR -y", Some("\"not\" * AND \"x\" AND \"or\" * AND \"y\""));
        check("place: ^x* NEAR(", Some("\"place\" * AND \"x\" AND \"near\" *"));
        check("'; DROP TABLE x --", Some("\"drop\" * AND \"table\" * AND \"x\""));
        check("{a} + \\\" b", Some("\"a\" AND \"b\" *"));
    }

    #[test]
    fn a_number_is_one_thing_however_it_is_typed() {
        check("202 555", Some("(\"202555\" * OR \"202 555\" *)"));
        check(
            "0170 1234567",
            Some("(\"01701234567\" * OR \"1701234567\" * OR \"0170 1234567\" *)"),
        );
        let with_country = Question::read("+49 170 1234567").unwrap().expression();
        assert!(with_country.contains("\"1701234567\" *"), "{with_country}");
        check("0147", Some("\"0147\" *"));
    }

    #[test]
    fn a_long_question_is_cut() {
        let question = Question::read(&"word ".repeat(50)).unwrap();
        assert_eq!(question.clauses.len(), MOST);
    }
}
