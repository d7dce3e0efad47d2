//! The figures of a site: who is there now, how many chats there were, how many nobody answered and
//! how long the others waited. Counting is pure.

use crate::App;
use crate::access::Caller;
use crate::error::{Error, Result};
use crate::model::{ChannelId, ChatFigures, SessionStatus};
use crate::store::chat_figures::{self as store, Chat};
use crate::store::figures::Span;
use crate::store::{chat_calls, chat_sites};

/// The figures of a site over a span, for administrators.
pub async fn of_site(
    app: &App,
    caller: &Caller,
    channel: ChannelId,
    span: Span,
) -> Result<ChatFigures> {
    caller.must_administer()?;
    let (chats, (calls, missed_calls)) = app
        .db()
        .read(move |c| {
            chat_sites::settings(c, channel)?.ok_or(Error::NotFound("site"))?;
            Ok((store::chats(c, channel, span)?, chat_calls::figures(c, channel, span)?))
        })
        .await?;
    let figures = counted(&chats, app.chat().hub().visitors_of(channel));
    Ok(ChatFigures { calls, missed_calls, ..figures })
}

fn counted(chats: &[Chat], visitors: usize) -> ChatFigures {
    let count = |wanted: &dyn Fn(&Chat) -> bool| {
        i64::try_from(chats.iter().filter(|chat| wanted(chat)).count()).unwrap_or(i64::MAX)
    };
    let waited = |chat: &Chat| chat.answered_at.map(|at| at.saturating_sub(chat.asked_at).max(0));
    let mut waits: Vec<i64> = chats.iter().filter_map(waited).collect();
    waits.sort_unstable();
    ChatFigures {
        visitors_now: i64::try_from(visitors).unwrap_or(i64::MAX),
        chats: count(&|_| true),
        missed: count(&|chat| chat.answered_at.is_none() && chat.status == SessionStatus::Closed),
        waiting: count(&|chat| chat.answered_at.is_none() && chat.status == SessionStatus::Open),
        first_answer_ms: waits.get(waits.len() / 2).copied(),
        calls: 0,
        missed_calls: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_answered_is_missed_once_it_is_over() {
        let chat = |status, answered_at| Chat { status, asked_at: 1_000, answered_at };
        let (open, closed) = (SessionStatus::Open, SessionStatus::Closed);
        let chats = [
            chat(closed, Some(3_000)),
            chat(closed, None),
            chat(open, None),
            chat(open, Some(1_500)),
            chat(open, Some(61_000)),
        ];
        let found = counted(&chats, 7);
        assert_eq!((found.visitors_now, found.chats, found.missed, found.waiting), (7, 5, 1, 1));
        assert_eq!(found.first_answer_ms, Some(2_000), "half of them waited less");
        assert_eq!(counted(&[], 0).first_answer_ms, None);
    }
}
