//! What a visitor says: one transaction, everything that follows from it. The same key again is the
//! same message; nothing is answered before it is on disk.

use deskbell_channels::livechat::FILES;
use deskbell_channels::livechat::frames::{self, Form, Page, Say};

use super::greeting::{self, Greeting, Room};
use super::{automatic, forms};
use crate::App;
use crate::error::{Error, Result};
use crate::events::Audience;
use crate::model::{
    AutomaticKind, ChannelId, ChannelState, ChatSettings, Direction, FileId, IdentityId, MessageId,
    MessageKind, Number, SessionId, Time, VisitedPage, VisitorsMaySend,
};
use crate::store::identities::Known;
use crate::store::messages::{self, NewRow};
use crate::store::visitors::{self, Browser, TokenHash};
use crate::store::{Tx, channels, chat_lines, chat_sites, files, marks, numbers, sessions};

/// Who says something.
#[derive(Debug, Clone)]
pub struct Speaker {
    /// The site.
    pub channel: ChannelId,
    /// What their browser proves itself with, hashed.
    pub hash: TokenHash,
    /// What their browser says of itself.
    pub browser: Browser,
    /// The page on their screen.
    pub page: Page,
    /// Pages that they saw and that are not kept yet, oldest first.
    pub pages: Vec<VisitedPage>,
}

/// What is in the store now.
#[derive(Debug, Clone)]
pub struct Said {
    /// Place of the message.
    pub seq: i64,
    /// When it was said.
    pub at: Time,
    /// The message.
    pub message: MessageId,
    /// Its session.
    pub session: SessionId,
    /// Whose it is.
    pub identity: IdentityId,
    /// Who may know of the session.
    pub audience: Audience,
    /// `false`: it was there before.
    pub new: bool,
}

/// Why something is not taken. The visitor is told, and nothing of it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Too much of it at a time.
    TooFast,
    /// The text is too long.
    TooLong,
    /// The site does not take this.
    NotAllowed,
    /// Too many files.
    TooLarge,
    /// As many chats are open as may be: who leaves a name or an address can leave a message.
    Full,
    /// The site is not switched on yet.
    NotReady,
    /// Nobody can answer a call at this moment.
    Offline,
    /// No more calls at a time.
    Busy,
}

impl Refusal {
    /// For the widget.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooFast => "too_fast",
            Self::TooLong => "too_long",
            Self::NotAllowed => "not_allowed",
            Self::TooLarge => "too_large",
            Self::Full => "full",
            Self::NotReady => "not_ready",
            Self::Offline => "offline",
            Self::Busy => "busy",
        }
    }

    /// For people who read the frames; visitors read the widget's own words.
    pub fn words(self) -> &'static str {
        match self {
            Self::TooFast => "This is too much at a time; wait a moment.",
            Self::TooLong => "This is too long; send it in parts.",
            Self::NotAllowed => "This cannot be sent here.",
            Self::TooLarge => "These are too many files.",
            Self::Full => "Everybody is busy; leave a message.",
            Self::NotReady => "This chat is not switched on yet.",
            Self::Offline => "Nobody can answer a call now; leave a message.",
            Self::Busy => "Everybody is in a call; try again soon, or leave a message.",
        }
    }
}

/// What a visitor answers to the form before the chat, with whatever they do.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answers<'a> {
    pub(super) form: Option<&'a Form>,
    /// Whether they agreed to what stands under the form.
    pub(super) consent: bool,
}

/// Where a visitor came in.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entered {
    pub(super) known: Known,
    pub(super) session: SessionId,
    /// How they were greeted, if the session is new.
    pub(super) greeted: Option<Greeting>,
}

/// Under which key the store knows what a visitor said: nobody else's can be the same.
pub(crate) fn full_key(identity: IdentityId, key: &str) -> String {
    format!("{identity}.{key}")
}

/// Takes what a visitor says. When this answers with [`Said`], it is on disk.
pub async fn say(
    app: &App,
    speaker: Speaker,
    say: Say,
) -> Result<std::result::Result<Said, Refusal>> {
    if frames::is_too_long(&say) {
        return Ok(Err(Refusal::TooLong));
    }
    if say.files.len() > FILES as usize {
        return Ok(Err(Refusal::TooLarge));
    }
    let said = app.db().write(move |tx| take(tx, &speaker, &say)).await?;
    if matches!(&said, Ok(said) if said.new) {
        app.wake_outbox();
    }
    Ok(said)
}

fn take(
    tx: &mut Tx<'_>,
    speaker: &Speaker,
    say: &Say,
) -> Result<std::result::Result<Said, Refusal>> {
    let known = visitors::of_token(tx, &speaker.hash)?;
    if let Some(known) = known
        && let Some(line) =
            chat_lines::of_key(tx, speaker.channel, &full_key(known.identity, &say.key))?
    {
        return Ok(Ok(Said {
            seq: line.seq,
            at: line.at,
            message: line.id,
            session: line.session,
            identity: known.identity,
            audience: sessions::audience(tx, line.session)?,
            new: false,
        }));
    }
    let place = match place(tx, speaker.channel)? {
        Ok(place) => place,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let brought = match brought(tx, speaker, say, &place.settings)? {
        Ok(brought) => brought,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let answers = Answers { form: say.form.as_ref(), consent: say.consent };
    let room = match room(tx, &place, known, answers)? {
        Ok(room) => room,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let entered = enter(tx, speaker, &place, (known, room), answers)?;
    let Entered { session, .. } = entered;
    let said = put(tx, (speaker, entered.known, session), say, &brought)?;
    let first = &place.settings.messages.first_answer;
    if entered.greeted == Some(Greeting::Online) && first.on {
        automatic::say(tx, speaker.channel, session, AutomaticKind::First, &first.text)?;
    }
    Ok(Ok(said))
}

/// A visitor comes in: who they are is kept, and what they answered; their session is opened if
/// none is, and greeted.
pub(super) fn enter(
    tx: &mut Tx<'_>,
    speaker: &Speaker,
    place: &Place,
    (known, room): (Option<Known>, Room),
    answers: Answers<'_>,
) -> Result<Entered> {
    let known = match known {
        Some(known) => known,
        None => visitors::insert(tx, speaker.channel, &speaker.hash, &speaker.browser, tx.now())?,
    };
    note_visit(tx, speaker, known, answers)?;
    let (session, new) = crate::inbox::session_of(tx, speaker.channel, &place.number, known)?;
    let greeted = if new { Some(greet(tx, place, session, room)?) } else { None };
    Ok(Entered { known, session, greeted })
}

/// Where a site's chats go.
pub(super) struct Place {
    pub(super) channel: ChannelId,
    pub(super) settings: ChatSettings,
    pub(super) number: Number,
}

pub(super) fn place(
    tx: &Tx<'_>,
    channel: ChannelId,
) -> Result<std::result::Result<Place, Refusal>> {
    let works = channels::get(tx, channel)?.is_some_and(|row| row.state == ChannelState::Active);
    let settings = chat_sites::settings(tx, channel)?;
    let number = numbers::of_channel(tx, channel)?.into_iter().next();
    Ok(match (works, settings, number) {
        (true, Some(settings), Some(number)) => Ok(Place { channel, settings, number }),
        _ => Err(Refusal::NotReady),
    })
}

/// The files of a message: those that this visitor has brought, if the site takes any.
fn brought(
    tx: &Tx<'_>,
    speaker: &Speaker,
    say: &Say,
    settings: &ChatSettings,
) -> Result<std::result::Result<Vec<FileId>, Refusal>> {
    if say.files.is_empty() {
        let empty = say.text.trim().is_empty();
        return Ok(if empty { Err(Refusal::NotAllowed) } else { Ok(Vec::new()) });
    }
    if settings.visitors_may_send != VisitorsMaySend::TextAndImages {
        return Ok(Err(Refusal::NotAllowed));
    }
    let mut found: Vec<FileId> = Vec::with_capacity(say.files.len());
    for id in &say.files {
        let Ok(id) = id.parse::<FileId>() else { return Ok(Err(Refusal::NotAllowed)) };
        if found.contains(&id) || !chat_lines::is_loose_of(tx, id, &speaker.hash)? {
            return Ok(Err(Refusal::NotAllowed));
        }
        found.push(id);
    }
    Ok(Ok(found))
}

/// Whether there is room for this chat. Who comes when there is none may leave a message, if they
/// say who they are.
fn room(
    tx: &Tx<'_>,
    place: &Place,
    known: Option<Known>,
    answers: Answers<'_>,
) -> Result<std::result::Result<Room, Refusal>> {
    let Some(most) = place.settings.max_chats else { return Ok(Ok(Room::Free)) };
    if let Some(known) = known
        && sessions::open_of_key(tx, place.channel, place.number.id, known.identity)?.is_some()
    {
        return Ok(Ok(Room::Free));
    }
    if visitors::open_chats(tx, place.channel)? < most {
        return Ok(Ok(Room::Free));
    }
    let told_before = match known {
        Some(known) => {
            visitors::get(tx, known.identity)?.is_some_and(|row| forms::names(&row.form))
        }
        None => false,
    };
    let told_now = answers.form.is_some_and(forms::names);
    let can_tell = forms::asks_who(&place.settings.messages.pre_chat);
    Ok(if told_before || told_now || !can_tell { Ok(Room::Full) } else { Err(Refusal::Full) })
}

/// Keeps what is known of a visitor who writes.
fn note_visit(
    tx: &mut Tx<'_>,
    speaker: &Speaker,
    known: Known,
    answers: Answers<'_>,
) -> Result<()> {
    let now = tx.now();
    visitors::touch(tx, known.identity, &speaker.browser, now)?;
    if !speaker.pages.is_empty() {
        visitors::add_pages(tx, known.identity, &speaker.pages)?;
    }
    let form = answers.form.cloned().unwrap_or_default();
    if form != Form::default() || answers.consent {
        forms::keep(tx, known, form, answers.consent.then_some(now))?;
    }
    Ok(())
}

/// Greets the visitor of a new session as they were greeted before they wrote.
fn greet(tx: &mut Tx<'_>, place: &Place, session: SessionId, room: Room) -> Result<Greeting> {
    let greeting = greeting::decide(&greeting::situation(tx, place.channel, room, tx.now())?);
    if let Some(words) = greeting::words(&place.settings.messages, greeting) {
        automatic::say(tx, place.channel, session, AutomaticKind::Greeting, words)?;
        return Ok(greeting);
    }
    // Where nothing was said instead of it, the first answer is due.
    Ok(Greeting::Online)
}

/// Puts the message itself into its session.
fn put(
    tx: &mut Tx<'_>,
    (speaker, known, session): (&Speaker, Known, SessionId),
    say: &Say,
    brought: &[FileId],
) -> Result<Said> {
    let now = tx.now();
    let entry = NewRow {
        kind: MessageKind::Message,
        direction: Direction::In,
        text: say.text.clone(),
        provider_id: Some(full_key(known.identity, &say.key)),
        ..NewRow::at(session, speaker.channel, now)
    };
    let (message, seq) = messages::insert(tx, &entry, now)?;
    files::attach(tx, message, brought)?;
    let preview = messages::preview(&entry.text, brought.len());
    let said =
        sessions::Said { direction: Direction::In, author: None, preview: &preview, at: now };
    sessions::note_said(tx, session, &said)?;
    visitors::set_page(tx, session, &speaker.page)?;
    channels::note_inbound(tx, speaker.channel, now)?;
    marks::bring_back(tx, session)?;
    crate::sessions::tell_added(tx, session, message, &entry)?;
    let audience = sessions::audience(tx, session)?;
    Ok(Said { seq, at: now, message, session, identity: known.identity, audience, new: true })
}

/// The error of a store that cannot be written at present, in the words of a refusal.
pub fn refusal_of(error: &Error) -> Refusal {
    match error {
        Error::TooLarge(_) => Refusal::TooLarge,
        Error::TooManyRequests(_) => Refusal::TooFast,
        _ => Refusal::NotReady,
    }
}
