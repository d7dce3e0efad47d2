//! Bandwidth's error codes in our words. Owns the table; knows no HTTP.

use crate::exchange::ErrorKind;

/// What the code of a message that failed means; `None`: nobody knows whether it arrived.
pub(super) fn kind(code: u32) -> Option<ErrorKind> {
    use ErrorKind::{
        AuthenticationFailed, Blocked, FileTooLarge, InvalidParameter, InvalidPhoneNumber,
        OptedOut, Other, PermissionDenied, ServiceUnavailable, TooManyRequests, UnsupportedMedia,
    };
    Some(match code {
        4303 | 4350 | 4404 | 4406 | 4408 | 4720 | 4721 => InvalidPhoneNumber,
        4301 | 4302 | 4360 | 4401 | 4435 | 4451 | 4452 | 4740 | 4751 | 4752 => InvalidParameter,
        4409 | 4410 | 4412 | 4700 | 4712 => UnsupportedMedia,
        4411 | 4711 => FileTooLarge,
        4493 => AuthenticationFailed,
        4001
        | 4403
        | 4405
        | 4407
        | 4421
        | 4431..=4434
        | 4492
        | 4773
        | 4774
        | 4790..=4793
        | 4795 => PermissionDenied,
        4780 | 4781 | 4785 => TooManyRequests,
        4775 => OptedOut,
        4470 | 4481 | 4482 | 4750 | 4753 | 4770..=4772 => Blocked,
        // 5: a fault of Bandwidth's or a carrier's own, also of codes that are newer than this.
        4420 | 4701 | 4702 | 4730 | 5000..=5999 => ServiceUnavailable,
        // 9: no receipt came in time, which says nothing of the message; 9999 is a failure.
        9000..=9998 => return None,
        _ => Other,
    })
}

/// What an answer with this status means.
pub(super) fn of_status(status: u16) -> ErrorKind {
    match status {
        400 | 415 => ErrorKind::InvalidParameter,
        401 => ErrorKind::AuthenticationFailed,
        403 => ErrorKind::PermissionDenied,
        413 => ErrorKind::FileTooLarge,
        429 => ErrorKind::TooManyRequests,
        500.. => ErrorKind::ServiceUnavailable,
        _ => ErrorKind::Other,
    }
}
