//! Telephone numbers as providers write them: `+15555550100` or `15555550100`.
//!
//! Owns the step from one to the other. Knows no numbering plan: short codes and names of senders
//! stay as they are.

/// Digits in the longest short code; what is longer begins with a country's code.
const SHORT_CODE: usize = 7;

/// With `+`, as the product keeps it.
pub(crate) fn plus(address: &str) -> String {
    let address = address.trim();
    if address.len() > SHORT_CODE && is_digits(address) {
        format!("+{address}")
    } else {
        address.to_owned()
    }
}

/// Without `+`, for a provider that wants digits only.
pub(crate) fn digits(address: &str) -> &str {
    let address = address.trim();
    address.strip_prefix('+').filter(|rest| is_digits(rest)).unwrap_or(address)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_numbers_gain_or_lose_their_plus() {
        for (bare, kept) in [("15555550100", "+15555550100"), ("4930901820", "+4930901820")] {
            assert_eq!((plus(bare).as_str(), digits(kept)), (kept, bare));
            assert_eq!((plus(kept).as_str(), digits(bare)), (kept, bare));
        }
        for other in ["12345", "1234567", "Shop", "Shop 24", "+Shop", ""] {
            assert_eq!((plus(other).as_str(), digits(other)), (other, other));
        }
        assert_eq!(plus(" 15555550100 "), "+15555550100");
    }
}
