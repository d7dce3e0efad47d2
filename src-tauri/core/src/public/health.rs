//! A sign of life, with which a tunnel or a person sees that the right desk answers.

use axum::extract::RawQuery;

/// Characters of a nonce at most.
const NONCE: usize = 64;

/// `ok`, followed by the nonce that was asked with.
pub(super) async fn answer(RawQuery(query): RawQuery) -> String {
    match query.as_deref().and_then(nonce) {
        Some(nonce) => format!("ok {nonce}"),
        None => "ok".to_owned(),
    }
}

/// The value of `nonce`, if it is letters and digits only.
fn nonce(query: &str) -> Option<&str> {
    query
        .split('&')
        .find_map(|pair| pair.strip_prefix("nonce="))
        .filter(|nonce| !nonce.is_empty() && nonce.len() <= NONCE)
        .filter(|nonce| nonce.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_nonce_comes_back() {
        let long = format!("nonce={}", "a".repeat(65));
        for (query, expected) in [
            ("nonce=abc123", Some("abc123")),
            ("a=1&nonce=Z9", Some("Z9")),
            ("nonce=", None),
            ("nonce=<b>", None),
            ("nonce=a%0d%0a", None),
            ("other=1", None),
            ("", None),
            (long.as_str(), None),
        ] {
            assert_eq!(nonce(query), expected, "{query}");
        }
    }
}
