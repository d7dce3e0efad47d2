//! How a refusal looks on the wire: a code for machines, a sentence for people. Every answer of
//! the API that is not a success is one of these, whatever part of the program refused.

use std::collections::BTreeMap;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use deskbell_channels::exchange::Failure;
use deskbell_channels::form::FieldProblem;
use serde::Serialize;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder, response};
use utoipa::{IntoResponses, ToSchema};

use crate::error::{Code, Error, sentence};
use crate::model::{ContactId, Message, SessionId};

/// Why something was refused.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Problem {
    /// For machines; the list does not grow without notice.
    pub code: Code,
    /// For people: what is wrong and what to do, one sentence.
    pub message: String,
    /// The fields that need another look.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub fields: Vec<FieldProblem>,
    /// Seconds after which it may be tried again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// The session that somebody else has, if the caller may open it to read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<SessionId>,
    /// What a colleague answered meanwhile, where that is why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub newer: Vec<Message>,
    /// The session that somebody else has: the caller may ask them for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask_id: Option<SessionId>,
    /// The contact that this one became part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_id: Option<ContactId>,
    /// What the provider said, where it was the provider that refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
}

impl Problem {
    /// A refusal with this sentence.
    pub fn new(code: Code, message: &str) -> Self {
        Self {
            code,
            message: sentence(message),
            fields: Vec::new(),
            retry_after: None,
            session_id: None,
            newer: Vec::new(),
            ask_id: None,
            contact_id: None,
            failure: None,
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let code = error.code();
        if matches!(code, Code::Internal) {
            // Handled here and nowhere else, so it is logged here.
            tracing::error!(%error, "a request failed");
            return Self::new(code, "something went wrong on the desk. It is in the log");
        }
        let mut problem = Self::new(code, &error.to_string());
        match error {
            Error::Invalid(fields) => problem.fields = fields,
            Error::LockedOut(seconds) | Error::TooManyRequests(seconds) => {
                problem.retry_after = Some(seconds);
            }
            Error::ContactMerged { into, .. } => problem.contact_id = Some(into),
            Error::Stopping => problem.retry_after = Some(5),
            Error::NewerArrived { messages, .. } => problem.newer = messages,
            Error::SessionOwned { session, ask, .. } => {
                problem.session_id = session;
                problem.ask_id = Some(ask);
            }
            Error::Provider { failure, .. } => problem.failure = Some(failure),
            _ => {}
        }
        problem
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let retry_after = self.retry_after;
        let mut response = (status(self.code), axum::Json(self)).into_response();
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        Problem::from(self).into_response()
    }
}

/// The HTTP status that goes with a code.
fn status(code: Code) -> StatusCode {
    match code {
        Code::BadRequest => StatusCode::BAD_REQUEST,
        Code::NotSignedIn | Code::WrongPassword => StatusCode::UNAUTHORIZED,
        Code::Forbidden => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::ContactMerged => StatusCode::GONE,
        Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Code::Conflict
        | Code::SessionOwned
        | Code::SessionClosed
        | Code::NewerArrived
        | Code::NoCalls
        | Code::VisitorLeft
        | Code::Busy
        | Code::CallRunning
        | Code::AnsweredElsewhere
        | Code::CallOver
        | Code::InUse
        | Code::NoPublicAddress
        | Code::OptedOut => StatusCode::CONFLICT,
        Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
        Code::ProviderFailed => StatusCode::FAILED_DEPENDENCY,
        Code::LockedOut | Code::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
        Code::ReadOnly | Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The refusals that any operation may answer with, for its description.
#[derive(Debug)]
pub struct Problems;

/// Status and what it means.
const DESCRIBED: [(&str, &str); 14] = [
    ("400", "The request is malformed."),
    ("401", "Nobody is signed in, or name or password is wrong."),
    ("403", "The caller may not do this."),
    ("404", "There is no such thing, or the caller may not know of it."),
    ("405", "The path does not take this method."),
    ("409", "It contradicts what is there; the code says how."),
    ("410", "The contact became part of another; see `contact_id`."),
    ("413", "The body is too large."),
    ("415", "The body is not JSON."),
    ("422", "Some fields do not fit."),
    ("424", "The provider refused or did not answer; `failure` holds its words."),
    ("429", "Too many tries; see `retry_after`."),
    ("500", "Something went wrong on the desk."),
    (
        "503",
        "Nothing can be changed at present: the database is read-only or the desk is stopping.",
    ),
];

impl IntoResponses for Problems {
    fn responses() -> BTreeMap<String, RefOr<response::Response>> {
        let content =
            || ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        DESCRIBED
            .iter()
            .map(|(status, description)| {
                let response = ResponseBuilder::new()
                    .description(*description)
                    .content("application/json", content())
                    .build();
                ((*status).to_owned(), response.into())
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_read_a_sentence() {
        assert_eq!(sentence("please sign in"), "Please sign in.");
        assert_eq!(sentence("élan"), "Élan.");
        assert_eq!(sentence("Is it?"), "Is it?");
        assert_eq!(sentence(""), "");
    }

    #[test]
    fn what_happened_inside_stays_inside() {
        let problem = Problem::from(Error::Internal("table users is gone".into()));
        assert_eq!(problem.message, "Something went wrong on the desk. It is in the log.");
        assert_eq!(problem.clone().into_response().status(), StatusCode::INTERNAL_SERVER_ERROR);
    }

    #[test]
    fn a_lock_out_says_when_to_come_back() {
        let response = Error::LockedOut(30).into_response();
        assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(response.headers()[header::RETRY_AFTER], "30");
    }

    #[test]
    fn every_refusal_has_a_described_status() {
        let described = Problems::responses();
        let all = [
            Code::BadRequest,
            Code::Invalid,
            Code::NotSignedIn,
            Code::WrongPassword,
            Code::LockedOut,
            Code::Forbidden,
            Code::NotFound,
            Code::MethodNotAllowed,
            Code::Conflict,
            Code::SessionOwned,
            Code::SessionClosed,
            Code::InUse,
            Code::ReadOnly,
            Code::TooLarge,
            Code::UnsupportedMediaType,
            Code::TooManyRequests,
            Code::NoPublicAddress,
            Code::OptedOut,
            Code::Unavailable,
            Code::ProviderFailed,
            Code::Internal,
        ];
        for code in all {
            assert!(described.contains_key(status(code).as_str()), "{code:?}");
        }
    }
}
