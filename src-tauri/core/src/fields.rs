//! Checks of what people type into forms. Collects what does not fit, so that they see all of it
//! at once. Knows neither forms nor the store.

use deskbell_channels::form::FieldProblem;

use crate::error::{Error, Result};

/// What does not fit so far.
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldProblem>);

impl Fields {
    /// Nothing was found yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says that a field does not fit.
    pub fn refuse(&mut self, field: &str, message: impl Into<String>) {
        self.0.push(FieldProblem { field: field.to_owned(), message: message.into() });
    }

    /// One line of text of `min` to `max` characters; answered without white space around it.
    pub fn line(&mut self, field: &str, value: &str, min: usize, max: usize) -> String {
        let value = value.trim();
        let length = value.chars().count();
        if length == 0 && min > 0 {
            self.refuse(field, "Fill this in.");
        } else if length < min {
            self.refuse(field, format!("At least {min} characters, please."));
        } else if length > max {
            self.refuse(field, format!("At most {max} characters, please."));
        } else if value.chars().any(disturbs) {
            self.refuse(field, "This holds characters that cannot be shown. Type it anew.");
        }
        value.to_owned()
    }

    /// Several lines of text of at most `max` characters.
    pub fn text(&mut self, field: &str, value: &str, max: usize) -> String {
        if value.chars().count() > max {
            self.refuse(field, format!("At most {max} characters, please."));
        } else if value.chars().any(|c| disturbs(c) && !matches!(c, '\n' | '\r' | '\t')) {
            self.refuse(field, "This holds characters that cannot be shown. Type it anew.");
        }
        value.to_owned()
    }

    /// Refuses everything that was found, or goes on.
    pub fn finish(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }
}

/// Control characters, and those that turn the direction of text around them.
pub(crate) fn disturbs(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &str, expected: Option<&str>) {
        let mut fields = Fields::new();
        fields.line("name", value, 2, 5);
        let found = match fields.finish() {
            Ok(()) => None,
            Err(Error::Invalid(problems)) => Some(problems[0].message.clone()),
            Err(other) => panic!("{other}"),
        };
        assert_eq!(found.as_deref(), expected, "{value:?}");
    }

    #[test]
    fn a_line_is_as_long_as_it_may_be_and_can_be_shown() {
        check("Ana", None);
        check("  Ana  ", None);
        check("ßßßßß", None);
        check("", Some("Fill this in."));
        check("   ", Some("Fill this in."));
        check("A", Some("At least 2 characters, please."));
        check("Anabel", Some("At most 5 characters, please."));
        check("A\0a", Some("This holds characters that cannot be shown. Type it anew."));
        check("A\u{202e}a", Some("This holds characters that cannot be shown. Type it anew."));
    }

    #[test]
    fn text_may_have_lines() {
        let mut fields = Fields::new();
        assert_eq!(fields.text("remarks", "one\n\ttwo", 20), "one\n\ttwo");
        assert!(fields.finish().is_ok());
        let mut fields = Fields::new();
        fields.text("remarks", "one\u{7}", 20);
        assert!(fields.finish().is_err());
    }
}
