//! What somebody sends over a visitor's line, a frame in each line of the input: it is read or
//! refused, what is read keeps its promises, and nothing comes out of turn.

use deskbell_channels::livechat::frames::{
    self, BadFrame, CallFrame, FRAME_BYTES, Stage, VisitorFrame,
};

/// Panics where a promise is broken; what is no text is passed over.
pub fn check(input: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(input) else { return false };
    let mut stage = Stage::Fresh;
    for line in text.lines() {
        let read = frames::read(line);
        assert_eq!(read, frames::read(line), "read alike every time");
        match read {
            Ok(frame) => {
                hold(&frame, line);
                if frames::in_turn(stage, &frame).is_err() {
                    let greets = matches!(frame, VisitorFrame::Hello(_));
                    assert_eq!(greets, stage == Stage::Greeted, "{line}");
                    break;
                }
                stage = Stage::Greeted;
            }
            Err(BadFrame::TooLarge) => assert!(line.len() > FRAME_BYTES),
            Err(BadFrame::Unreadable | BadFrame::Unfit) => break,
            Err(BadFrame::OutOfTurn) => panic!("reading knows no turns"),
        }
    }
    true
}

/// What was read is as the desk relies on it.
fn hold(frame: &VisitorFrame, line: &str) {
    assert!(line.len() <= FRAME_BYTES);
    match frame {
        VisitorFrame::Hello(hello) => {
            assert!(frames::is_token(&hello.token) && hello.v == frames::VERSION);
            assert!(hello.since >= 0);
            let shown = [&hello.page.url, &hello.page.title, &hello.referrer, &hello.agent];
            for one in shown.into_iter().chain([&hello.language, &hello.zone]) {
                plain(one);
            }
        }
        VisitorFrame::Page(page) => {
            plain(&page.url);
            plain(&page.title);
        }
        VisitorFrame::Say(say) => {
            assert!((8..=64).contains(&say.key.len()) && say.key.is_ascii());
            assert!(say.text.chars().all(|c| !c.is_control() || c == '\n' || c == '\t'));
            assert!(say.files.len() <= 50);
            if let Some(form) = &say.form {
                let one_line = [&form.name, &form.email, &form.phone, &form.company, &form.subject];
                for one in one_line {
                    plain(one);
                }
                assert!(form.question.chars().count() <= 2_000);
            }
        }
        VisitorFrame::Got { seq } | VisitorFrame::Seen { seq } => assert!(*seq >= 0),
        VisitorFrame::More { before } => assert!(*before >= 0),
        VisitorFrame::Call(call) => hold_call(call),
        VisitorFrame::Open { .. }
        | VisitorFrame::Away { .. }
        | VisitorFrame::Typing { .. }
        | VisitorFrame::End {} => {}
    }
}

/// A call is named plainly, and what is passed on is no longer than it may be.
fn hold_call(call: &CallFrame) {
    let id = call.call();
    assert!(!id.is_empty() && id.len() <= 36);
    assert!(id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    match call {
        CallFrame::Ring { sdp, form, .. } => {
            assert!((1..=16 * 1024).contains(&sdp.len()));
            if let Some(form) = form {
                plain(&form.name);
                plain(&form.subject);
            }
        }
        CallFrame::Answer { sdp, .. } => assert!((1..=16 * 1024).contains(&sdp.len())),
        CallFrame::Ice { candidate, .. } => assert!(candidate.len() <= 2 * 1024),
        CallFrame::Decline { .. }
        | CallFrame::End { .. }
        | CallFrame::Failed { .. }
        | CallFrame::Here { .. } => {}
    }
}

/// One line that disturbs nothing beside it.
fn plain(text: &str) {
    assert!(text.chars().count() <= 2_000 && text.trim() == text, "{text:?}");
    assert!(text.chars().all(|c| !c.is_control() && !('\u{202a}'..='\u{202e}').contains(&c)));
}
