//! Vonage's codes in our words. Owns the tables; knows no HTTP.

use crate::exchange::ErrorKind;

/// Whether sending the same again can succeed without anybody changing anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    Later,
    /// Too many to one number: others may leave meanwhile.
    InAMinute,
    Never,
}

/// What a code of the Messages API means; `None` for one that we do not know.
pub(super) fn meaning(code: u32) -> Option<(ErrorKind, Again)> {
    use Again::{InAMinute, Later, Never};
    use ErrorKind::{
        AuthenticationFailed, Blocked, FileTooLarge, InvalidParameter, InvalidPhoneNumber,
        OptedOut, Other, PermissionDenied, ServiceUnavailable, TooManyRequests, UnsupportedMedia,
    };
    Some(match code {
        1000 => (TooManyRequests, Later),
        // Of the kind above it would hold up the whole channel.
        1241 => (Other, InAMinute),
        1010 | 1020 | 1040 | 1120 | 1340 | 1360 => (InvalidParameter, Never),
        1030 | 1230 | 1331 => (ServiceUnavailable, Later),
        // 1240 is "Illegal Number", which Vonage says of whoever sent STOP.
        1050 | 1240 => (OptedOut, Never),
        1060 | 1140 | 1160 => (PermissionDenied, Never),
        // The balance is used up; the message is a repeat.
        1070 | 1320 => (Other, Never),
        1170 | 1180 | 1190 | 1250 | 1260 | 1300 => (InvalidPhoneNumber, Never),
        1210 | 1280 => (Blocked, Never),
        1370 => (AuthenticationFailed, Never),
        1380 | 1382 => (UnsupportedMedia, Never),
        1381 => (FileTooLarge, Never),
        _ => return None,
    })
}

/// What an `err-code` in a receipt of the SMS API means.
pub(super) fn of_receipt(code: &str) -> ErrorKind {
    match code {
        "2" | "3" | "5" | "7" | "11" | "12" => ErrorKind::InvalidPhoneNumber,
        "9" => ErrorKind::OptedOut,
        "4" | "6" | "13" | "14" | "50" | "51" | "52" | "53" => ErrorKind::Blocked,
        "8" => ErrorKind::ServiceUnavailable,
        "10" => ErrorKind::InvalidParameter,
        "16" => ErrorKind::TooManyRequests,
        "54" => ErrorKind::PermissionDenied,
        _ => ErrorKind::Other,
    }
}
