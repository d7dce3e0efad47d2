//! What ClickSend says of one message, in our words. Owns the table; knows no HTTP.

use crate::exchange::ErrorKind;
use crate::wording;

/// The same text went to the same number just now (UNCONFIRMED name). That says nothing of other
/// messages, so it is none of the kind that slows down the whole channel.
pub(super) const THROTTLED: &str = "THROTTLED";

/// What the status of a message means that ClickSend did not take; `None`: nobody knows it.
pub(super) fn of_status(status: &str) -> Option<ErrorKind> {
    Some(match status {
        "INVALID_RECIPIENT" => ErrorKind::InvalidPhoneNumber,
        "INSUFFICIENT_CREDIT" | THROTTLED => ErrorKind::Other,
        // UNCONFIRMED names from here on, but for MISSING_REQUIRED_FIELDS: corrected here if
        // ClickSend's turn out to be others.
        "INVALID_CREDENTIALS" | "MISSING_CREDENTIALS" => ErrorKind::AuthenticationFailed,
        "ACCOUNT_NOT_ACTIVATED" | "COUNTRY_NOT_ENABLED" | "INVALID_SENDER_ID" => {
            ErrorKind::PermissionDenied
        }
        "MISSING_REQUIRED_FIELDS" | "EMPTY_MESSAGE" | "TOO_MANY_RECIPIENTS" | "ALREADY_EXISTS" => {
            ErrorKind::InvalidParameter
        }
        "RECIPIENT_OPT_OUT" => ErrorKind::OptedOut,
        status if status.contains("BLOCKED") => ErrorKind::Blocked,
        status => return wording::opted_out_or_blocked(status).or_else(|| of_media(status)),
    })
}

/// What words about a file mean (UNCONFIRMED: which words ClickSend uses).
pub(super) fn of_media(words: &str) -> Option<ErrorKind> {
    if !wording::has_word(words, &["media", "file"]) {
        return None;
    }
    let too_large = wording::has_word(words, &["size", "large", "big", "kb", "250kb"]);
    Some(if too_large { ErrorKind::FileTooLarge } else { ErrorKind::UnsupportedMedia })
}

/// What the words of a failed receipt mean.
pub(super) fn of_receipt(words: &str) -> ErrorKind {
    if let Some(kind) = wording::opted_out_or_blocked(words) {
        return kind;
    }
    let about_number = wording::has_word(words, &["number", "recipient", "destination"]);
    if about_number && wording::has_word(words, &["invalid", "unknown"]) {
        return ErrorKind::InvalidPhoneNumber;
    }
    ErrorKind::Other
}
