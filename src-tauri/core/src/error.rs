//! What can go wrong in the core: a code for machines, a sentence for people.

use deskbell_channels::exchange::{ErrorKind, Failure};
use deskbell_channels::form::FieldProblem;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::model::{ContactId, Message, SessionId};

/// Short for results of the core.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The closed list of refusals, the same on the wire and in the UI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is described by its variant in Error")]
pub enum Code {
    BadRequest,
    Invalid,
    NotSignedIn,
    WrongPassword,
    LockedOut,
    Forbidden,
    NotFound,
    ContactMerged,
    MethodNotAllowed,
    Conflict,
    SessionOwned,
    SessionClosed,
    NewerArrived,
    NoCalls,
    VisitorLeft,
    Busy,
    CallRunning,
    AnsweredElsewhere,
    CallOver,
    InUse,
    ReadOnly,
    TooLarge,
    UnsupportedMediaType,
    TooManyRequests,
    NoPublicAddress,
    OptedOut,
    Unavailable,
    ProviderFailed,
    Internal,
}

/// Everything that the core refuses or fails at.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request is malformed.
    #[error("{0}")]
    BadRequest(String),
    /// The request is well formed, but values in it do not fit.
    #[error("some fields need another look")]
    Invalid(Vec<FieldProblem>),
    /// Nobody is signed in, or the device was logged out.
    #[error("please sign in")]
    NotSignedIn,
    /// Sign-in name or password is wrong.
    #[error("the sign-in name or the password is wrong")]
    WrongPassword,
    /// Too many wrong passwords.
    #[error("too many wrong passwords: try again in {0} seconds")]
    LockedOut(u64),
    /// The caller may not do this.
    #[error("{0}")]
    Forbidden(&'static str),
    /// There is no such thing, or the caller may not know of it.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// The contact became part of another.
    #[error("this contact became part of {name}")]
    ContactMerged {
        /// What the other is called.
        name: String,
        /// Who they are now.
        into: ContactId,
    },
    /// It contradicts what is there.
    #[error("{0}")]
    Conflict(String),
    /// Someone else has the session.
    #[error("{name} has this session")]
    SessionOwned {
        /// Who, or which queue.
        name: String,
        /// The session, if the caller may see it.
        session: Option<SessionId>,
        /// The session about which the caller may ask whoever has it.
        ask: SessionId,
    },
    /// The session has ended.
    #[error("this session has ended; the customer's next message starts a new one")]
    SessionClosed,
    /// A colleague answered since the author last looked.
    #[error("{name} has answered meanwhile: read it, then send again if it is still needed")]
    NewerArrived {
        /// Who wrote the last of them.
        name: String,
        /// What came, oldest first.
        messages: Vec<Message>,
    },
    /// Nobody is called from this session.
    #[error("nobody can be called from this chat: its site does not offer calls")]
    NoCalls,
    /// The visitor has no page of the website open.
    #[error("the visitor has left; they can be called while they are on the website")]
    VisitorLeft,
    /// No more calls at a time.
    #[error("as many calls are under way as this site allows; try again when one of them is over")]
    Busy,
    /// One call at a time, in a session and of a user.
    #[error("another call is under way; end it first")]
    CallRunning,
    /// Somebody else was faster.
    #[error("{0} has answered this call")]
    AnsweredElsewhere(String),
    /// Nothing can come of it any more.
    #[error("this call is over")]
    CallOver,
    /// It cannot be deleted while something uses it.
    #[error("{0}")]
    InUse(String),
    /// The database comes from a newer version of the program.
    #[error("{0}")]
    ReadOnly(String),
    /// The database is damaged.
    #[error("{0}")]
    Damaged(String),
    /// Too many bytes.
    #[error("that is too large: at most {} MB are taken", .0 / (1024 * 1024))]
    TooLarge(u64),
    /// Webhooks and files need a public address.
    #[error(
        "this desk has no public address, so the provider cannot reach it: set one under Settings, Network"
    )]
    NoPublicAddress,
    /// The customer asked to hear no more from this number.
    #[error("{0}")]
    OptedOut(String),
    /// Too many requests from one place.
    #[error("too many requests: try again in {0} seconds")]
    TooManyRequests(u64),
    /// The provider refused what it was asked for during set-up, or did not answer.
    #[error("{provider}: {}", told(failure))]
    Provider {
        /// What it is called.
        provider: &'static str,
        /// Why.
        failure: Failure,
    },
    /// The desk is stopping.
    #[error("the desk is stopping")]
    Stopping,
    /// The store failed.
    #[error("the database failed: {0}")]
    Store(#[from] rusqlite::Error),
    /// A file or a socket failed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// Something that cannot happen.
    #[error("{0}")]
    Internal(String),
}

/// Errors say what is wrong without capital and full stop; people read a sentence.
pub(crate) fn sentence(message: &str) -> String {
    let mut characters = message.chars();
    let Some(first) = characters.next() else { return String::new() };
    let mut sentence: String = first.to_uppercase().chain(characters).collect();
    if !sentence.ends_with(['.', '!', '?', '…']) {
        sentence.push('.');
    }
    sentence
}

/// The kind's words, then the provider's own. "Failed to send" says nothing during set-up.
fn told(failure: &Failure) -> String {
    let prompt = match failure.kind {
        ErrorKind::Other => "It did not work.",
        kind => kind.prompt(),
    };
    let prompt = prompt.trim_end_matches('.');
    match failure.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => format!("{prompt}. {text}"),
        None => format!("{prompt}."),
    }
}

impl Error {
    /// The code for machines.
    pub fn code(&self) -> Code {
        match self {
            Self::BadRequest(_) => Code::BadRequest,
            Self::Invalid(_) => Code::Invalid,
            Self::NotSignedIn => Code::NotSignedIn,
            Self::WrongPassword => Code::WrongPassword,
            Self::LockedOut(_) => Code::LockedOut,
            Self::Forbidden(_) => Code::Forbidden,
            Self::NotFound(_) => Code::NotFound,
            Self::ContactMerged { .. } => Code::ContactMerged,
            Self::Conflict(_) => Code::Conflict,
            Self::SessionOwned { .. } => Code::SessionOwned,
            Self::SessionClosed => Code::SessionClosed,
            Self::NewerArrived { .. } => Code::NewerArrived,
            Self::NoCalls => Code::NoCalls,
            Self::VisitorLeft => Code::VisitorLeft,
            Self::Busy => Code::Busy,
            Self::CallRunning => Code::CallRunning,
            Self::AnsweredElsewhere(_) => Code::AnsweredElsewhere,
            Self::CallOver => Code::CallOver,
            Self::InUse(_) => Code::InUse,
            Self::ReadOnly(_) => Code::ReadOnly,
            Self::TooLarge(_) => Code::TooLarge,
            Self::NoPublicAddress => Code::NoPublicAddress,
            Self::OptedOut(_) => Code::OptedOut,
            Self::TooManyRequests(_) => Code::TooManyRequests,
            Self::Stopping => Code::Unavailable,
            Self::Provider { .. } => Code::ProviderFailed,
            Self::Damaged(_) | Self::Store(_) | Self::Io(_) | Self::Internal(_) => Code::Internal,
        }
    }

    /// One field that does not fit.
    pub fn field(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldProblem { field: field.to_owned(), message: message.into() }])
    }

    /// A stored or received word that is not in our vocabulary.
    pub(crate) fn unreadable(word: &str) -> Self {
        let shown: String = word.chars().take(40).collect();
        Self::BadRequest(format!("“{shown}” is not known here"))
    }
}
