//! What facts of contacts look like. Pure.

/// Whether a text can be an e-mail address: something, an at sign, a place.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((name, place)) = text.rsplit_once('@') else { return false };
    !name.is_empty()
        && place.len() > 2
        && place.contains('.')
        && !text.contains(char::is_whitespace)
}

/// Whether a text has the shape of a language tag: `de`, `pt-BR`, `zh-Hans-CN`.
pub(crate) fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.chars().all(|letter| letter.is_ascii_lowercase())
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.chars().all(|one| one.is_ascii_alphanumeric())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_an_address_or_a_language_or_not() {
        for (text, fits) in [
            ("vera@example.com", true),
            ("vera", false),
            ("@example.com", false),
            ("a b@c.de", false),
            ("vera@example", false),
        ] {
            assert_eq!(is_email(text), fits, "{text}");
        }
        for (text, fits) in [
            ("de", true),
            ("pt-BR", true),
            ("zh-Hans-CN", true),
            ("german", false),
            ("d", false),
            ("de_AT", false),
            ("DE", false),
        ] {
            assert_eq!(is_language(text), fits, "{text}");
        }
    }
}
