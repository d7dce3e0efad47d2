//! Where a text holds what is looked for: pieces of it, marked or not, and only the part around
//! the first mark of a long one. Never HTML.

use super::question::{Clause, fits};
use super::{Question, composed, numbers, split};
use crate::model::Piece;

/// Characters of a text that are shown.
const SHOWN: usize = 220;
/// Characters before the first mark that are shown.
const BEFORE: usize = 50;

/// The text in pieces. Without a question it is one piece.
pub fn pieces(question: Option<&Question>, text: &str) -> Vec<Piece> {
    let text = composed(text);
    let marked = question.map(|question| ranges(question, &text)).unwrap_or_default();
    let shown = window(&text, marked.first().map_or(0, |range| range.0));
    let mut pieces = Vec::new();
    let mut add = |from: usize, to: usize, hit: bool| {
        let (from, to) = (from.max(shown.0), to.min(shown.1));
        let Some(part) = text.get(from..to).filter(|part| !part.is_empty()) else { return };
        pieces.push(Piece { text: part.replace(['\n', '\r', '\t'], " "), hit });
    };
    let mut at = 0;
    for (from, to) in marked {
        add(at, from, false);
        add(from, to, true);
        at = to;
    }
    add(at, text.len(), false);
    with_dots(pieces, shown.0 > 0, shown.1 < text.len())
}

/// An address in pieces: of a number any digits that were typed are marked, also its last ones.
pub fn address_pieces(question: &Question, address: &str) -> Vec<Piece> {
    let mut typed = question.clauses.iter().flat_map(|clause| match clause {
        Clause::Number { forms, .. } => forms.clone(),
        Clause::Words { words, .. } => words.clone(),
    });
    let digits = |word: &String| word.len() > 2 && word.chars().all(|c| c.is_ascii_digit());
    let found = typed.find_map(|word| {
        let at = digits(&word).then(|| address.find(&word)).flatten()?;
        Some((at, at + word.len()))
    });
    let Some((from, to)) = found else { return pieces(Some(question), address) };
    let cut = [(0, from, false), (from, to, true), (to, address.len(), false)];
    cut.into_iter()
        .filter_map(|(from, to, hit)| {
            let text = address.get(from..to).filter(|part| !part.is_empty())?.to_owned();
            Some(Piece { text, hit })
        })
        .collect()
}

/// Says with dots that there is more on a side.
fn with_dots(mut pieces: Vec<Piece>, before: bool, after: bool) -> Vec<Piece> {
    let dots = || Piece { text: "…".to_owned(), hit: false };
    if before {
        match pieces.first_mut() {
            Some(first) if !first.hit => first.text.insert(0, '…'),
            Some(_) | None => pieces.insert(0, dots()),
        }
    }
    if after {
        match pieces.last_mut() {
            Some(last) if !last.hit => last.text.push('…'),
            Some(_) | None => pieces.push(dots()),
        }
    }
    pieces
}

/// Byte ranges that are marked, in order, none over another.
fn ranges(question: &Question, text: &str) -> Vec<(usize, usize)> {
    let words = split(text);
    let mut found = Vec::new();
    for clause in &question.clauses {
        for at in 0..words.len() {
            let Some(count) = fits(clause, &words, at) else { continue };
            let ends = words.get(at).zip(words.get(at + count - 1));
            found.extend(ends.map(|(first, last)| (first.start, last.end)));
        }
        if let Clause::Number { forms, .. } = clause {
            for run in numbers::runs(text) {
                let held = numbers::forms(&run.digits);
                if forms.iter().any(|form| held.iter().any(|one| one.starts_with(form))) {
                    found.push((run.start, run.end));
                }
            }
        }
    }
    found.sort_unstable();
    let mut merged: Vec<(usize, usize)> = Vec::new();
    for (from, to) in found {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            Some(_) | None => merged.push((from, to)),
        }
    }
    merged
}

/// The part of a text that is shown, around a place in it.
fn window(text: &str, place: usize) -> (usize, usize) {
    let before = text.get(..place).unwrap_or_default();
    let mut start = before.char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| at);
    if start > 0 {
        // Begin with a whole word, if one begins soon.
        let gap = before.get(start..).and_then(|part| part.find(char::is_whitespace));
        start += gap.filter(|gap| *gap < 20).map_or(0, |gap| gap + 1);
        while !text.is_char_boundary(start) {
            start += 1;
        }
    }
    let rest = text.get(start..).unwrap_or_default();
    let end = rest.char_indices().nth(SHOWN).map_or(text.len(), |(at, _)| start + at);
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(typed: &str, text: &str, expected: &str) {
        let question = Question::read(typed);
        let marked: String = pieces(question.as_ref(), text)
            .into_iter()
            .map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text })
            .collect();
        assert_eq!(marked, expected, "{typed}");
    }

    #[test]
    fn what_was_looked_for_is_marked_as_it_stands_there() {
        check("creme", "A Crème brûlée", "A [Crème] brûlée");
        check("bru cr", "A Crème brûlée", "A [Crème] [brûlée]");
        check("\"thank you\"", "Thank  you, thank them", "[Thank  you], thank them");
        check("世界", "你好世界!", "你好[世界]!");
        check("2025550147", "Call +1 202-555-0147.", "Call [+1 202-555-0147].");
        check("+1 202 555 0147", "Call 202-555-0147.", "Call [202-555-0147].");
        check("<b>", "<b>bold</b>", "<[b]>[bold]</[b]>".replace("[bold]", "bold").as_str());
        check("", "nothing", "nothing");
    }

    #[test]
    fn a_long_text_is_shown_around_its_first_mark() {
        let text = format!("{}needle {}", "straw ".repeat(100), "hay ".repeat(200));
        let question = Question::read("needle");
        let found = pieces(question.as_ref(), &text);
        assert!(found[0].text.starts_with('…') && found[0].text.len() < 70, "{found:?}");
        assert_eq!(found[1], Piece { text: "needle".into(), hit: true });
        assert!(found[2].text.ends_with('…') && found[2].text.chars().count() < 230, "{found:?}");
    }

    #[test]
    fn no_text_is_cut_inside_a_character() {
        for length in 0..40 {
            let text = format!("{}é needle{}", "x".repeat(length), "ü".repeat(400));
            assert!(!pieces(Question::read("needle").as_ref(), &text).is_empty());
        }
    }
}
