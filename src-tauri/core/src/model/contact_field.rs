//! Further facts that a business keeps of its contacts, and what may stand in them. Pure.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ContactFieldId, words};

words! {
    /// What may stand in a custom field.
    ContactFieldKind {
        /// A line of text.
        Text = "text",
        /// A number.
        Number = "number",
        /// A day: `2026-05-14`.
        Date = "date",
        /// One of a few words.
        Choice = "choice",
        /// `yes` or `no`.
        YesNo = "yes_no",
        /// An address in the web.
        Link = "link",
    }
}

/// A custom field of contacts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactField {
    /// Id.
    pub id: ContactFieldId,
    /// Name.
    pub name: String,
    /// What may stand in it.
    pub kind: ContactFieldKind,
    /// Of a choice: what there is to choose.
    pub choices: Vec<String>,
    /// How many contacts have a value in it.
    pub used_by: i64,
}

/// Characters of a value at most.
const VALUE: usize = 500;

impl ContactField {
    /// The value as it is kept, or what is wrong with it.
    pub fn read(&self, raw: &str) -> Result<String, String> {
        let value = raw.trim();
        if value.chars().count() > VALUE {
            return Err(format!("At most {VALUE} characters, please."));
        }
        if value.chars().any(char::is_control) {
            return Err("This holds characters that cannot be shown. Type it anew.".to_owned());
        }
        let kept = value.to_owned();
        match self.kind {
            ContactFieldKind::Text => Ok(kept),
            ContactFieldKind::Number => number(value),
            ContactFieldKind::Date => match value.parse::<jiff::civil::Date>() {
                Ok(day) => Ok(day.to_string()),
                Err(_) => Err("Enter a day, such as 2026-05-14.".to_owned()),
            },
            ContactFieldKind::Choice if self.choices.contains(&kept) => Ok(kept),
            ContactFieldKind::Choice => Err("Choose one of the list.".to_owned()),
            ContactFieldKind::YesNo if value == "yes" || value == "no" => Ok(kept),
            ContactFieldKind::YesNo => Err("Choose yes or no.".to_owned()),
            ContactFieldKind::Link => link(value),
        }
    }
}

fn number(value: &str) -> Result<String, String> {
    let value = value.replace(',', ".");
    let shaped = value.chars().all(|letter| letter.is_ascii_digit() || ".-+".contains(letter));
    match value.parse::<f64>() {
        Ok(number) if shaped && number.is_finite() => Ok(value),
        Ok(_) | Err(_) => Err("Enter a number, such as 12.5.".to_owned()),
    }
}

fn link(value: &str) -> Result<String, String> {
    let whole = if value.contains("://") { value.to_owned() } else { format!("https://{value}") };
    match url::Url::parse(&whole) {
        Ok(url)
            if matches!(url.scheme(), "http" | "https")
                && url.host_str().is_some_and(|host| host.contains('.')) =>
        {
            Ok(whole)
        }
        Ok(_) | Err(_) => Err("Enter a web address, such as https://example.com.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: ContactFieldKind, raw: &str, expected: Option<&str>) {
        let field = ContactField {
            id: ContactFieldId::new(),
            name: "Field".to_owned(),
            kind,
            choices: vec!["Gold".to_owned(), "Silver".to_owned()],
            used_by: 0,
        };
        assert_eq!(field.read(raw).ok().as_deref(), expected, "{kind:?} {raw:?}");
    }

    #[test]
    fn a_value_is_what_its_field_says_or_is_refused() {
        use ContactFieldKind::{Choice, Date, Link, Number, Text, YesNo};
        check(Text, "  Table 4 ", Some("Table 4"));
        check(Text, "a\u{7}b", None);
        check(Text, &"x".repeat(501), None);
        check(Number, "12,5", Some("12.5"));
        check(Number, "-3", Some("-3"));
        for wrong in ["twelve", "inf", "NaN", "1e9", "1.2.3", ""] {
            check(Number, wrong, None);
        }
        check(Date, "2026-05-14", Some("2026-05-14"));
        check(Date, "2026-02-30", None);
        check(Date, "14 May", None);
        check(Choice, "Gold", Some("Gold"));
        check(Choice, "gold", None);
        check(YesNo, "yes", Some("yes"));
        check(YesNo, "maybe", None);
        check(Link, "example.com/a", Some("https://example.com/a"));
        check(Link, "http://example.com", Some("http://example.com"));
        for wrong in ["javascript:alert(1)", "ftp://example.com", "nowhere", "https://"] {
            check(Link, wrong, None);
        }
    }
}
