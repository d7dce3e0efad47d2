//! What a visitor's browser tells of a call.

use serde::Deserialize;

use super::{BadFrame, Form, ID_CHARS, fit_form};

/// Bytes of what the two ends of a call tell each other.
const SDP_BYTES: usize = 16 * 1024;
/// Bytes of one way to reach an end of a call.
const CANDIDATE_BYTES: usize = 2 * 1024;

/// What a visitor tells of a call. What is meant for the other end the desk passes on, and does not
/// look into it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "t")]
pub enum CallFrame {
    /// The visitor calls.
    #[serde(rename = "call.ring")]
    Ring {
        /// The call; the caller makes up its id.
        call: String,
        /// How it can be reached.
        sdp: String,
        /// What the form before the chat asked.
        #[serde(default)]
        form: Option<Form>,
        /// Whether the visitor agreed to what stands under the form.
        #[serde(default)]
        consent: bool,
    },
    /// The visitor answers.
    #[serde(rename = "call.answer")]
    Answer {
        /// The call.
        call: String,
        /// How it can be reached.
        sdp: String,
    },
    /// A further way to reach the visitor.
    #[serde(rename = "call.ice")]
    Ice {
        /// The call.
        call: String,
        /// The way; empty: there are no more.
        candidate: String,
    },
    /// The visitor does not want to.
    #[serde(rename = "call.decline")]
    Decline {
        /// The call.
        call: String,
    },
    /// The visitor hangs up.
    #[serde(rename = "call.end")]
    End {
        /// The call.
        call: String,
    },
    /// The two browsers do not reach each other.
    #[serde(rename = "call.failed")]
    Failed {
        /// The call.
        call: String,
    },
    /// This line has the call: the one before it broke.
    #[serde(rename = "call.here")]
    Here {
        /// The call.
        call: String,
    },
}

impl CallFrame {
    /// Id of the call.
    pub fn call(&self) -> &str {
        match self {
            Self::Ring { call, .. }
            | Self::Answer { call, .. }
            | Self::Ice { call, .. }
            | Self::Decline { call }
            | Self::End { call }
            | Self::Failed { call }
            | Self::Here { call } => call,
        }
    }
}

/// A call's frame as the desk relies on it.
pub(super) fn fit(call: CallFrame) -> Result<CallFrame, BadFrame> {
    let id = call.call();
    let is_id = !id.is_empty() && id.len() <= ID_CHARS;
    let fits = match &call {
        CallFrame::Ring { sdp, .. } | CallFrame::Answer { sdp, .. } => is_sdp(sdp),
        CallFrame::Ice { candidate, .. } => is_candidate(candidate),
        CallFrame::Decline { .. }
        | CallFrame::End { .. }
        | CallFrame::Failed { .. }
        | CallFrame::Here { .. } => true,
    };
    let plain = id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !is_id || !plain || !fits {
        return Err(BadFrame::Unfit);
    }
    Ok(match call {
        CallFrame::Ring { call, sdp, form, consent } => {
            CallFrame::Ring { call, sdp, form: form.map(fit_form), consent }
        }
        other => other,
    })
}

/// Whether an offer or an answer is as long as one can be.
pub fn is_sdp(sdp: &str) -> bool {
    (1..=SDP_BYTES).contains(&sdp.len())
}

/// Whether this is as long as a way to reach an end of a call can be; empty: there are no more.
pub fn is_candidate(candidate: &str) -> bool {
    candidate.len() <= CANDIDATE_BYTES
}

#[cfg(test)]
mod tests {
    use super::super::{VisitorFrame, read};
    use super::*;

    fn reads(text: &str) -> Result<CallFrame, BadFrame> {
        read(text).map(|frame| match frame {
            VisitorFrame::Call(call) => call,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn every_frame_of_a_call_is_read() {
        let call = || "c-1".to_owned();
        assert_eq!(
            reads(r#"{"t":"call.failed","call":"c-1"}"#),
            Ok(CallFrame::Failed { call: call() })
        );
        assert_eq!(
            reads(r#"{"t":"call.here","call":"c-1"}"#),
            Ok(CallFrame::Here { call: call() })
        );
        let ring = r#"{"t":"call.ring","call":"c-1","sdp":"v=0","form":{"name":" Ana\n "},"consent":true}"#;
        let form = Some(Form { name: "Ana".into(), ..Form::default() });
        assert_eq!(
            reads(ring),
            Ok(CallFrame::Ring { call: call(), sdp: "v=0".into(), form, consent: true })
        );
    }

    #[test]
    fn what_is_passed_on_has_a_length() {
        for (kind, field, most) in [
            ("ring", "sdp", SDP_BYTES),
            ("answer", "sdp", SDP_BYTES),
            ("ice", "candidate", CANDIDATE_BYTES),
        ] {
            let frame = |length| {
                let told = "x".repeat(length);
                format!(r#"{{"t":"call.{kind}","call":"c","{field}":"{told}"}}"#)
            };
            assert!(reads(&frame(most)).is_ok(), "{kind}");
            assert_eq!(reads(&frame(most + 1)), Err(BadFrame::Unfit), "{kind}");
            assert_eq!(reads(&frame(0)).is_ok(), kind == "ice", "{kind}: only ways come to an end");
        }
        for id in ["", "c d", "c\u{301}", &"c".repeat(37)] {
            let end = format!(r#"{{"t":"call.end","call":"{id}"}}"#);
            assert_eq!(reads(&end), Err(BadFrame::Unfit), "{id}");
        }
    }
}
