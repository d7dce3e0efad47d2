//! A session as a text to keep: what was said, by whom and when, with the notes and operations.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::App;
use crate::access::Caller;
use crate::error::{Error, Result};
use crate::model::{
    ChatCaller, Direction, Message, MessageKind, MessageState, Operation, Session, SessionId, Time,
};
use crate::store::messages::{self, Span};

/// Entries that are read at once.
const PAGE: u32 = 200;

/// The whole session as a text, its times in `zone`. A supervisor's look is recorded.
pub async fn transcript(
    app: &App,
    caller: &Caller,
    id: SessionId,
    zone: TimeZone,
) -> Result<(Session, String)> {
    super::look(app, caller, id).await?;
    let caller = caller.clone();
    app.db()
        .read(move |connection| {
            let session = super::see(connection, &caller, id)?;
            let mut text = head(&session, &zone)?;
            let mut after = 0;
            loop {
                let part = messages::of_session(connection, id, Span::After(after), PAGE)?;
                for message in &part.messages {
                    after = message.seq;
                    text.push_str(&entry(&session, message, &zone)?);
                }
                if !part.more {
                    return Ok((session, text));
                }
            }
        })
        .await
}

fn at(time: Time, zone: &TimeZone) -> Result<String> {
    let time = Timestamp::from_millisecond(time)
        .map_err(|error| Error::Internal(error.to_string()))?
        .to_zoned(zone.clone());
    Ok(time.strftime("%Y-%m-%d %H:%M").to_string())
}

fn head(session: &Session, zone: &TimeZone) -> Result<String> {
    let name = zone.iana_name().unwrap_or("UTC");
    Ok(format!(
        "{} ({})\n{}, {}\nSince {}, times of {name}\n\n",
        session.customer(),
        session.address,
        session.channel_name,
        session.number,
        at(session.opened_at, zone)?
    ))
}

fn entry(session: &Session, message: &Message, zone: &TimeZone) -> Result<String> {
    let time = at(message.at, zone)?;
    let author = message.author_name.as_deref().unwrap_or("Deskbell");
    let asked = message.event == Some(Operation::Asked);
    let mut text = match (message.kind, message.direction) {
        (MessageKind::Event, _) => return Ok(format!("[{time}] * {}\n", told(message, author))),
        (MessageKind::Note, _) if asked => format!("[{time}] {author} asks for this session: "),
        (MessageKind::Note, _) => format!("[{time}] Note by {author}: "),
        (MessageKind::Message, Direction::In) => format!("[{time}] {}: ", session.customer()),
        (MessageKind::Message, Direction::Out | Direction::None) => format!("[{time}] {author}: "),
    };
    // What goes on in a second line is indented, so that nobody can write a line of somebody else.
    text.push_str(&message.text.replace('\n', "\n    "));
    for file in &message.files {
        text.push_str(" [file: ");
        text.push_str(&file.name);
        text.push(']');
    }
    match message.state {
        MessageState::Failed => text.push_str(" [not sent]"),
        MessageState::Uncertain => text.push_str(" [may have been sent]"),
        MessageState::Cancelled => text.push_str(" [taken back]"),
        _ => {}
    }
    text.push('\n');
    Ok(text)
}

/// An operation in a few words; what it needs more stands in the timeline.
fn told(message: &Message, author: &str) -> String {
    let Some(operation) = &message.event else { return author.to_owned() };
    match operation {
        Operation::Opened { at } => format!("opened in {at}"),
        Operation::Transferred { to, .. } => format!("{author} transferred it to {to}"),
        Operation::Ended { .. } => format!("{author} ended it"),
        Operation::PickedUp { .. } => format!("{author} picked it up"),
        Operation::TakenOver { .. } => format!("{author} took it over"),
        Operation::ChatCall { by, state, name, seconds, .. } => {
            let team = name.as_deref().unwrap_or("the team");
            let (from, to) = match by {
                ChatCaller::Visitor => ("the visitor", team),
                ChatCaller::Agent => (team, "the visitor"),
            };
            let length = seconds.map(|some| format!(" after {some} s")).unwrap_or_default();
            format!("{from} called {to}: {}{length}", state.as_str())
        }
        other => {
            let kind = serde_json::to_value(other).ok();
            let word = kind.as_ref().and_then(|value| value["kind"].as_str()).unwrap_or_default();
            format!("{author}: {}", word.replace('_', " "))
        }
    }
}
