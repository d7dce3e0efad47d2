//! What a client is told of calls in live chats.

use super::{End, EventFrame, Line, Who};
use crate::app::App;
use crate::chat::calls;
use crate::model::ChatCall;
use crate::rooms::CallNews;

/// News of a call as a frame.
pub(super) fn frame(news: &CallNews) -> EventFrame {
    match news {
        CallNews::Call(call) => EventFrame::ChatCall { call: call.clone() },
        CallNews::Answer(call, sdp) => {
            EventFrame::ChatCallAnswer { call: *call, sdp: sdp.to_string() }
        }
        CallNews::Candidate(call, candidate) => {
            EventFrame::ChatCallCandidate { call: *call, candidate: candidate.to_string() }
        }
    }
}

/// A new line hears of everything that concerns its user, unless there is nothing.
pub(super) async fn begin(app: &App, line: &mut Line, who: &Who) -> Result<(), End> {
    let calls = calls::join(app, &who.caller).await?;
    if calls.is_empty() { Ok(()) } else { tell(app, line, who, calls).await }
}

/// The line missed something: everything that concerns its user, anew.
pub(super) async fn again(app: &App, line: &mut Line, who: &Who) -> Result<(), End> {
    let calls = calls::join(app, &who.caller).await?;
    tell(app, line, who, calls).await
}

async fn tell(app: &App, line: &mut Line, who: &Who, calls: Vec<ChatCall>) -> Result<(), End> {
    line.send(&EventFrame::ChatCalls { calls }).await?;
    for news in app.chat().calls().told_to(who.caller.user) {
        line.send(&frame(&news)).await?;
    }
    Ok(())
}
