//! Twilio's error codes in our words. Owns the table; knows no HTTP.

use crate::exchange::ErrorKind;

/// Whether sending the same again can succeed without anybody changing anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    Later,
    Never,
}

/// What a code means; `None` for one that we do not know.
///
/// 20003 says "Authenticate" with HTTP 401 and "Permission Denied" with 403: see [`kind`].
pub(super) fn meaning(code: u32) -> Option<(ErrorKind, Again)> {
    use Again::{Later, Never};
    use ErrorKind::{
        AuthenticationFailed, Blocked, FileTooLarge, InvalidParameter, InvalidPhoneNumber,
        OptedOut, Other, OutsideWindow, PermissionDenied, ServiceUnavailable, TooManyRequests,
        UnsupportedMedia,
    };
    Some(match code {
        20003 | 20151 => (AuthenticationFailed, Never),
        21618 | 30004 | 30007 | 30450 | 63013 | 63032 | 63033 => (Blocked, Never),
        11751 | 30019 => (FileTooLarge, Never),
        20001 | 21212 | 21601 | 21602 | 21603 | 21604 | 21605 | 21609 | 21616 | 21617 | 21619
        | 21623 | 21624 | 21626 | 21652 | 21654 | 21655 | 21656 | 21657 | 21658 | 21701 | 21702
        | 21703 | 21704 | 21705 | 30010 | 30012 | 30400 | 63007 | 63028 => {
            (InvalidParameter, Never)
        }
        21211 | 21214 | 21217 | 21401 | 21421 | 21612 | 21614 | 30005 | 30006 | 63003 | 63024 => {
            (InvalidPhoneNumber, Never)
        }
        21610 => (OptedOut, Never),
        20004 | 20404 => (Other, Never),
        30003 | 30008 => (Other, Later),
        63016 => (OutsideWindow, Never),
        10001 | 20005 | 20006 | 20008 | 20010 | 20403 | 21408 | 21606 | 21607 | 21608 | 21621
        | 21622 | 21709 | 30002 | 30018 | 30024 | 30032 | 30033 | 30034 | 30035 | 63001 => {
            (PermissionDenied, Never)
        }
        30020 | 30021 => (ServiceUnavailable, Never),
        20500 | 20503 | 21730 | 30017 | 30410 | 63010 | 63012 => (ServiceUnavailable, Later),
        30023 | 30027 | 63038 => (TooManyRequests, Never),
        14107 | 20429 | 21611 | 30001 | 30022 | 63017 | 63018 => (TooManyRequests, Later),
        12300 | 21620 | 30011 | 63005 | 63019 | 63021 => (UnsupportedMedia, Never),
        _ => return None,
    })
}

/// What an answer with this status and code means.
pub(super) fn kind(status: u16, code: Option<u32>) -> ErrorKind {
    if let (403, Some(20003)) = (status, code) {
        return ErrorKind::PermissionDenied;
    }
    code.and_then(meaning).map_or_else(|| of_status(status), |(kind, _)| kind)
}

fn of_status(status: u16) -> ErrorKind {
    match status {
        400 => ErrorKind::InvalidParameter,
        401 => ErrorKind::AuthenticationFailed,
        403 => ErrorKind::PermissionDenied,
        413 => ErrorKind::FileTooLarge,
        429 => ErrorKind::TooManyRequests,
        500.. => ErrorKind::ServiceUnavailable,
        _ => ErrorKind::Other,
    }
}
