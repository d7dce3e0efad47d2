//! Plivo's error codes and words in our terms. Owns the tables; knows no HTTP.

use crate::exchange::ErrorKind;
use crate::{status, wording};

/// What an `ErrorCode` in a receipt means, and what Plivo calls it; `None` for one that we do not
/// know.
pub(super) fn meaning(code: &str) -> Option<(ErrorKind, &'static str)> {
    use ErrorKind::{
        Blocked, FileTooLarge, InvalidParameter, InvalidPhoneNumber, OptedOut, Other,
        PermissionDenied, ServiceUnavailable,
    };
    Some(match code {
        "10" => (InvalidParameter, "Invalid message"),
        "20" => (ServiceUnavailable, "Network error"),
        "30" => (Blocked, "Spam detected"),
        "40" => (InvalidParameter, "Invalid source number"),
        "50" => (InvalidPhoneNumber, "Invalid destination number"),
        "60" => (InvalidPhoneNumber, "Loop detected"),
        "70" => (InvalidPhoneNumber, "Destination permanently unavailable"),
        "120" => (FileTooLarge, "MMS message payload too large"),
        "450" => (PermissionDenied, "Destination country barred"),
        "900" => (Other, "Insufficient credit"),
        // UNCONFIRMED numbers: corrected here if Plivo's turn out to be others.
        "80" => (ServiceUnavailable, "Destination temporarily unavailable"),
        "90" => (InvalidPhoneNumber, "No route available"),
        "100" => (Blocked, "Prohibited by carrier"),
        "110" => (InvalidParameter, "Message too long"),
        "200" => (OptedOut, "Recipient opted out"),
        _ => return None,
    })
}

/// Why a send was refused: the status decides, a 400 by its words.
pub(super) fn kind(status: u16, words: &str) -> ErrorKind {
    let has = |wanted: &[&str]| wording::has_word(words, wanted);
    if status == 402 || has(&["insufficient"]) {
        return ErrorKind::Other;
    }
    if !matches!(status, 400 | 422) {
        return status::kind(status);
    }
    if let Some(kind) = wording::opted_out_or_blocked(words) {
        return kind;
    }
    if has(&["media", "mms"]) {
        return if has(&["large", "size"]) {
            ErrorKind::FileTooLarge
        } else {
            ErrorKind::UnsupportedMedia
        };
    }
    if has(&["dst", "src", "number", "destination", "source"]) {
        return ErrorKind::InvalidPhoneNumber;
    }
    ErrorKind::InvalidParameter
}
