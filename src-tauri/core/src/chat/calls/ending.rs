//! How a call is over, whatever the reason: kept, told in the timeline, and to both ends.

use crate::App;
use crate::chat::automatic;
use crate::error::Result;
use crate::model::{
    AutomaticKind, ChatCallId, ChatCallReason, ChatCallState, ChatCaller, ClosedBy, Operation,
    SessionId, SessionStatus,
};
use crate::store::chat_calls::{self as store, ChatCallRow, Waiting};
use crate::store::{Tx, chat_sites};

use super::sorry;

/// Why a call is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Because {
    /// It rang for long enough.
    NoAnswer,
    /// One of those who talk hung up, or the caller did.
    HungUp,
    /// The other end does not want to.
    Declined,
    /// The two browsers do not reach each other.
    NoMedia,
    /// An end is gone.
    LineLost,
    /// The desk was closed.
    DeskStopped,
}

/// What comes of a call that is not over; `None`: it goes on, because something was faster. Pure.
pub(super) fn outcome(
    state: ChatCallState,
    because: Because,
) -> Option<(ChatCallState, Option<ChatCallReason>)> {
    use ChatCallState::{Connected, Declined, Ended, Failed, Missed, Ringing};
    Some(match (state, because) {
        (Ringing, Because::NoAnswer) => (Missed, Some(ChatCallReason::NoAnswer)),
        (Ringing, Because::HungUp) => (Missed, Some(ChatCallReason::GivenUp)),
        (Ringing, Because::LineLost) => (Missed, Some(ChatCallReason::LineLost)),
        (Ringing, Because::Declined) => (Declined, None),
        (Connected, Because::HungUp) => (Ended, None),
        (Connected, Because::LineLost) => (Failed, Some(ChatCallReason::LineLost)),
        (Ringing | Connected, Because::NoMedia) => (Failed, Some(ChatCallReason::NoMedia)),
        (Ringing | Connected, Because::DeskStopped) => (Failed, Some(ChatCallReason::DeskStopped)),
        (Connected, Because::NoAnswer | Because::Declined) => return None,
        (Ended | Declined | Missed | Failed, _) => return None,
    })
}

/// A call is over, if it is not already: in the store first, then for both ends. `None`: there is
/// no such call any more.
pub(super) async fn over(
    app: &App,
    id: ChatCallId,
    because: Because,
) -> Result<Option<ChatCallRow>> {
    let kept = app.db().write(move |tx| {
        let Some(row) = store::find(tx, id)? else { return Ok(None) };
        match outcome(row.state, because) {
            Some(outcome) => {
                let row = finish(tx, &row, outcome)?;
                apologise(tx, &row)?;
                Ok(Some(row))
            }
            None => Ok(Some(row)),
        }
    });
    let row = kept.await?;
    match &row {
        Some(row) if row.state.is_over() => app.chat().calls().end(row),
        Some(_) => {}
        None => app.chat().calls().forget(id),
    }
    app.wake_outbox();
    Ok(row)
}

/// Keeps that a call is over, and writes its line of the timeline.
pub(super) fn finish(
    tx: &mut Tx<'_>,
    row: &ChatCallRow,
    outcome: (ChatCallState, Option<ChatCallReason>),
) -> Result<ChatCallRow> {
    let now = tx.now();
    store::end(tx, row.id, outcome, now)?;
    let row = store::get(tx, row.id)?;
    let unheard = row.by == ChatCaller::Visitor && row.answered_at.is_none();
    let waiting = if unheard { Waiting::Begins } else { Waiting::Stays };
    store::note_in_session(tx, row.session, waiting, now)?;
    let operation = Operation::ChatCall {
        by: row.by,
        state: row.state,
        name: row.user_name.clone(),
        seconds: row.seconds(),
        reason: row.reason,
    };
    crate::sessions::record(tx, row.session, row.channel, None, operation)?;
    if unheard {
        metrics::counter!("deskbell_chat_calls_missed_total").increment(1);
    }
    Ok(row)
}

/// Tells a visitor whose call nobody answered that it is a pity, unless the chat has ended.
fn apologise(tx: &mut Tx<'_>, row: &ChatCallRow) -> Result<()> {
    let rang_for = row.ended_at.unwrap_or(row.started_at) - row.started_at;
    if !sorry::is_due(row.by, row.state, row.reason, rang_for) {
        return Ok(());
    }
    let Some((SessionStatus::Open, browser)) = store::visitor_speaks(tx, row.session)? else {
        return Ok(());
    };
    let Some(settings) = chat_sites::settings(tx, row.channel)? else { return Ok(()) };
    let text = sorry::text(settings.messages.language, &browser);
    automatic::say(tx, row.channel, row.session, AutomaticKind::Missed, text)
}

/// A session is about to end, and its call with it. Both ends are told once it has.
pub(crate) fn with_session(tx: &mut Tx<'_>, session: SessionId, by: ClosedBy) -> Result<()> {
    let Some(row) = store::of_session(tx, session)? else { return Ok(()) };
    let callers_end = match by {
        ClosedBy::Visitor => row.by == ChatCaller::Visitor,
        ClosedBy::Agent => row.by == ChatCaller::Agent,
        ClosedBy::Silence | ClosedBy::Administrator => true,
    };
    let talk = row.state == ChatCallState::Connected;
    let because = if talk || callers_end { Because::HungUp } else { Because::Declined };
    if let Some(outcome) = outcome(row.state, because) {
        finish(tx, &row, outcome)?;
    }
    Ok(())
}

/// A session ended, or is gone: what is still under way of its call in memory is over.
pub(super) async fn settle(app: &App, id: ChatCallId) -> Result<()> {
    match app.db().read(move |c| store::find(c, id)).await? {
        Some(row) if row.state.is_over() => app.chat().calls().end(&row),
        Some(_) => {}
        None => app.chat().calls().forget(id),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_is_over_once_and_what_was_faster_counts() {
        use ChatCallReason as R;
        use ChatCallState::{Connected, Declined, Ended, Failed, Missed, Ringing};
        for (state, because, expected) in [
            (Ringing, Because::NoAnswer, Some((Missed, Some(R::NoAnswer)))),
            (Ringing, Because::HungUp, Some((Missed, Some(R::GivenUp)))),
            (Ringing, Because::Declined, Some((Declined, None))),
            (Ringing, Because::LineLost, Some((Missed, Some(R::LineLost)))),
            (Ringing, Because::NoMedia, Some((Failed, Some(R::NoMedia)))),
            (Connected, Because::HungUp, Some((Ended, None))),
            (Connected, Because::LineLost, Some((Failed, Some(R::LineLost)))),
            (Connected, Because::DeskStopped, Some((Failed, Some(R::DeskStopped)))),
            (Connected, Because::NoAnswer, None),
            (Connected, Because::Declined, None),
            (Ended, Because::HungUp, None),
            (Missed, Because::NoMedia, None),
        ] {
            assert_eq!(outcome(state, because), expected, "{state:?} {because:?}");
        }
    }
}
