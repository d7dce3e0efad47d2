//! What ClickSend says of one message, in our words. Owns the table; knows no HTTP.

use crate::exchange::ErrorKind;
use crate::wording;

/// What the status of a message means that ClickSend did not take.
pub(super) fn of_status(status: &str) -> ErrorKind {
    match status {
        "INVALID_RECIPIENT" => ErrorKind::InvalidPhoneNumber,
        "INSUFFICIENT_CREDIT" => ErrorKind::Other,
        // UNCONFIRMED names from here on, but for MISSING_REQUIRED_FIELDS: corrected here if
        // ClickSend's turn out to be others.
        "INVALID_CREDENTIALS" | "MISSING_CREDENTIALS" => ErrorKind::AuthenticationFailed,
        "ACCOUNT_NOT_ACTIVATED" | "COUNTRY_NOT_ENABLED" | "INVALID_SENDER_ID" => {
            ErrorKind::PermissionDenied
        }
        "THROTTLED" => ErrorKind::TooManyRequests,
        "MISSING_REQUIRED_FIELDS" | "EMPTY_MESSAGE" | "TOO_MANY_RECIPIENTS" | "ALREADY_EXISTS" => {
            ErrorKind::InvalidParameter
        }
        status if ["OPT_OUT", "BLOCKED", "UNSUBSCRIBED"].iter().any(|it| status.contains(it)) => {
            ErrorKind::OptedOut
        }
        status => of_media(status).unwrap_or(ErrorKind::Other),
    }
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
