//! Telnyx's error codes in our words. Owns the table; knows no HTTP.

use crate::exchange::ErrorKind;

/// Whether sending the same again can succeed without anybody changing anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    Later,
    Never,
    /// Nobody knows whether it was taken.
    Perhaps,
}

/// What a code means; `None` for one that we do not know.
pub(super) fn meaning(code: &str) -> Option<(ErrorKind, Again)> {
    use Again::{Later, Never, Perhaps};
    use ErrorKind::{
        AuthenticationFailed, Blocked, FileTooLarge, InvalidParameter, InvalidPhoneNumber,
        OptedOut, Other, PermissionDenied, ServiceUnavailable, TooManyRequests, UnsupportedMedia,
    };
    Some(match code.parse::<u32>().ok()? {
        10009 | 20001 | 20002 | 20006 | 20008 => (AuthenticationFailed, Never),
        40002 | 40003 | 40015 | 40017 | 40020 | 40315 | 40322 => (Blocked, Never),
        40317 => (FileTooLarge, Never),
        10003
        | 10004
        | 10006
        | 10013
        | 10015
        | 10017
        | 10020
        | 10022..=10029
        | 10032
        | 10033
        | 40009
        | 40013
        | 40302
        | 40304..=40307
        | 40316
        | 40325
        | 40328 => (InvalidParameter, Never),
        10002 | 10016 | 40001 | 40012 | 40310 => (InvalidPhoneNumber, Never),
        40300 => (OptedOut, Never),
        10005 | 10012 | 40004 | 40005 | 40007 | 40014 | 40303 => (Other, Never),
        40008 => (Other, Later),
        10001
        | 10010
        | 10038
        | 10039
        | 20003
        | 20012..=20017
        | 20100
        | 40010
        | 40019
        | 40100
        | 40309
        | 40311..=40314
        | 40320
        | 40321
        | 40329..=40331
        | 40333 => (PermissionDenied, Never),
        10007 | 10008 => (ServiceUnavailable, Perhaps),
        10037 | 40006 => (ServiceUnavailable, Later),
        40016 | 40018 => (TooManyRequests, Never),
        10011 | 40011 | 40318 => (TooManyRequests, Later),
        10014 | 40301 | 40308 | 40319 => (UnsupportedMedia, Never),
        _ => return None,
    })
}

/// What an answer with this status means whose code we do not know.
pub(super) fn of_status(status: u16) -> ErrorKind {
    match status {
        400 | 422 => ErrorKind::InvalidParameter,
        401 => ErrorKind::AuthenticationFailed,
        402 | 403 => ErrorKind::PermissionDenied,
        413 => ErrorKind::FileTooLarge,
        415 => ErrorKind::UnsupportedMedia,
        429 => ErrorKind::TooManyRequests,
        408 | 500.. => ErrorKind::ServiceUnavailable,
        _ => ErrorKind::Other,
    }
}
