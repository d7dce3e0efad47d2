//! What an HTTP status means where a provider's own words say no more.
//!
//! Owns the usual reading of 4xx and 5xx for a send, for set-up and for the channel's light.
//! Knows no provider; one whose statuses mean something else decides before it asks here.

use crate::exchange::{Effect, ErrorKind, Failure, Health, HealthState};
use crate::http::Answer;

/// The reason for a refusal with this status.
pub(crate) fn kind(status: u16) -> ErrorKind {
    match status {
        400 | 404 | 405 | 409 | 422 => ErrorKind::InvalidParameter,
        401 => ErrorKind::AuthenticationFailed,
        403 => ErrorKind::PermissionDenied,
        413 => ErrorKind::FileTooLarge,
        429 => ErrorKind::TooManyRequests,
        500.. => ErrorKind::ServiceUnavailable,
        _ => ErrorKind::Other,
    }
}

/// Whether a send answered so may have taken effect. A yes without an id is no certain yes, and
/// behind a 5xx the message may be on its way.
pub(crate) fn effect(status: u16) -> Effect {
    match status {
        200..=299 | 500.. => Effect::Unknown,
        429 => Effect::NoneTryAgain,
        _ => Effect::None,
    }
}

/// A refusal during set-up; `said` are the provider's own words.
pub(crate) fn failure(label: &str, answer: &Answer, said: Option<String>) -> Failure {
    let text = said.unwrap_or_else(|| format!("{label} answered {}.", answer.status));
    let kind = if answer.status < 300 { ErrorKind::Other } else { kind(answer.status) };
    Failure::new(kind, None, Some(text))
}

/// The light after an answer that is not the expected one.
///
/// `credentials` names the fields to check ("API Key and API Secret").
pub(crate) fn light(
    label: &str,
    credentials: &str,
    answer: &Answer,
    said: Option<String>,
) -> Health {
    let (state, detail) = match answer.status {
        200..=299 => (
            HealthState::RequestFailed,
            format!("The answer does not come from {label}. Check the address."),
        ),
        401 | 403 => (
            HealthState::Unauthorized,
            format!("{label} does not accept the {credentials}. Copy them again."),
        ),
        404 => (
            HealthState::Unauthorized,
            format!(
                "{label} does not know this account. Check the {credentials}, and the address."
            ),
        ),
        status @ 500.. => (
            HealthState::ServiceUnavailable,
            format!("{label} has a fault of its own ({status}). Try again later."),
        ),
        status => match said {
            Some(said) => (HealthState::Unknown, format!("{label} answered {status}: {said}")),
            None => (HealthState::RequestFailed, format!("{label} answered {status}.")),
        },
    };
    Health { state, detail: Some(detail) }
}
