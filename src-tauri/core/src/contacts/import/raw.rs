//! What a row or a card says, as it was written: before anything is checked. Pure.

/// The facts of one contact in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Raw {
    /// Line where it begins.
    pub(super) line: u32,
    /// Name.
    pub(super) name: String,
    /// First, middle and last name, where there is none in one piece.
    pub(super) parts: [String; 3],
    /// Company.
    pub(super) company: String,
    /// E-mail addresses; the first that is one counts.
    pub(super) emails: Vec<String>,
    /// What the team should know.
    pub(super) remarks: String,
    /// Language.
    pub(super) language: String,
    /// Time zone.
    pub(super) time_zone: String,
    /// Numbers, with what they are.
    pub(super) numbers: Vec<(String, String)>,
    /// Labels.
    pub(super) labels: Vec<String>,
    /// Values, with the place of their custom field in what is read.
    pub(super) values: Vec<(usize, String)>,
}

/// What labels are written between in one cell if they hold commas or semicolons.
pub(crate) const BETWEEN: &str = ":::";

/// The labels in a cell. Google marks its own with an asterisk and knows everybody by one.
pub(super) fn labels_of(cell: &str) -> Vec<String> {
    let parts: Vec<&str> = if cell.contains(BETWEEN) {
        cell.split(BETWEEN).collect()
    } else {
        cell.split([';', ',', '\n']).collect()
    };
    let names = parts.into_iter().map(|part| part.trim().trim_start_matches("* ").trim());
    names.filter(|name| !name.is_empty() && *name != "myContacts").map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_apart() {
        for (cell, expected) in [
            ("* myContacts ::: Friends", &["Friends"][..]),
            ("VIP; New, late", &["VIP", "New", "late"]),
            ("A, B ::: ", &["A, B"]),
            (" ; ", &[]),
        ] {
            assert_eq!(labels_of(cell), expected, "{cell}");
        }
    }
}
