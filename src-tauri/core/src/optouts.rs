//! Customers who asked to hear no more from a number: how the mark is set, lifted and obeyed.
//!
//! STOP and START are the customer's word, an "opted out" of the provider sets the same mark, and
//! a supervisor can lift it with a reason. Knows no provider and no HTTP.

use deskbell_channels::exchange::{ErrorKind, Failure};
use deskbell_channels::form::IdentityKind;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::App;
use crate::access::Caller;
use crate::error::{Error, Result};
use crate::events::{Audience, Event, SessionChange};
use crate::keywords::{self, Keyword};
use crate::model::{
    ChannelId, Contact, ContactId, Direction, IdentityId, MessageKind, MessageState, NumberId,
    Operation, OptOut, Session, SessionId, ToldBy,
};
use crate::store::messages::{self, Author, NewRow};
use crate::store::optouts::{self as store, Pair};
use crate::store::{Tx, contacts, identities, numbers, sessions};

/// Who has written what the desk answers by itself.
const AUTOMATIC: &str = "Automatic answer";
/// Characters of a customer's word that are kept.
const WORD: usize = 40;

/// Whether STOP and the like mean what they mean on the phone network.
pub(crate) fn listens(kind: IdentityKind) -> bool {
    match kind {
        // The demo's customers can stop it too, so that people can try it.
        IdentityKind::Phone | IdentityKind::Demo => true,
        // Who writes on a website says "help" and means it.
        IdentityKind::Visitor => false,
    }
}

/// Does what a customer asks for, if their whole text is a keyword. `true`: an automatic answer
/// waits to leave.
pub(crate) fn obey(
    tx: &mut Tx<'_>,
    channel: ChannelId,
    session: SessionId,
    text: &str,
) -> Result<bool> {
    let Some(keyword) = keywords::keyword(text) else { return Ok(false) };
    let word: String = keywords::bare(text).chars().take(WORD).collect();
    match keyword {
        Keyword::Stop => {
            let now = tx.now();
            let told_by = ToldBy::Customer;
            set(tx, session, OptOut { at: now, word: Some(word), told_by, told: None })?;
            let text = store::answers(tx, channel)?.stop;
            answer(tx, channel, session, text)
        }
        Keyword::Start | Keyword::Yes => {
            let pair = store::pair(tx, session)?;
            if store::lift(tx, pair)? {
                crate::sessions::record(tx, session, channel, None, Operation::OptedIn { word })?;
                tell(tx, session, pair)?;
            }
            Ok(false)
        }
        Keyword::Help => {
            let text = store::answers(tx, channel)?.help;
            answer(tx, channel, session, text)
        }
    }
}

/// A provider refused a message for its reasons: if the reason is that the customer opted out, the
/// mark is set.
pub(crate) fn heed(tx: &mut Tx<'_>, session: SessionId, failure: &Failure) -> Result<()> {
    if failure.kind != ErrorKind::OptedOut {
        return Ok(());
    }
    let told = failure.text.clone().or_else(|| failure.code.clone());
    let at = tx.now();
    set(tx, session, OptOut { at, word: None, told_by: ToldBy::Provider, told })
}

/// Whether what was known gives way: what the customer said themselves to nothing, the rest to
/// that.
fn gives_way(known: ToldBy, told: ToldBy) -> bool {
    match known {
        ToldBy::Customer => false,
        ToldBy::Provider | ToldBy::User => told == ToldBy::Customer,
    }
}

/// Sets the mark. What the customer said themselves stays; what others had told gives way to it.
fn set(tx: &mut Tx<'_>, session: SessionId, opt_out: OptOut) -> Result<()> {
    let pair = store::pair(tx, session)?;
    let known = store::get(tx, pair)?.map(|known| known.told_by);
    if known.is_some_and(|known| !gives_way(known, opt_out.told_by)) {
        return Ok(());
    }
    store::set(tx, pair, &opt_out)?;
    let channel = sessions::line(tx, session)?.channel;
    let OptOut { word, told_by, .. } = opt_out;
    crate::sessions::record(tx, session, channel, None, Operation::OptedOut { word, told_by })?;
    tell(tx, session, pair)
}

/// Tells that a customer's wish changed: this session and the open ones with that number look
/// different, and so does the contact.
fn tell(tx: &mut Tx<'_>, session: SessionId, pair: Pair) -> Result<()> {
    crate::sessions::tell_changed(tx, session, SessionChange::Other, None)?;
    tell_others(tx, Some(session), pair)
}

/// The same without the session in which it happened.
fn tell_others(tx: &mut Tx<'_>, session: Option<SessionId>, pair: Pair) -> Result<()> {
    let open = store::open_sessions(tx, pair)?;
    for open in open.into_iter().filter(|open| Some(*open) != session) {
        crate::sessions::tell_changed(tx, open, SessionChange::Other, None)?;
    }
    let contact_id = store::contact(tx, pair.identity)?;
    tx.emit(Event::ContactChanged { contact_id }, Audience::everyone());
    Ok(())
}

/// Queues an automatic answer, if the channel has one.
pub(crate) fn answer(
    tx: &mut Tx<'_>,
    channel: ChannelId,
    session: SessionId,
    text: Option<String>,
) -> Result<bool> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(false) };
    if contacts::is_blocked(tx, session)? {
        return Ok(false);
    }
    let now = tx.now();
    let entry = NewRow {
        kind: MessageKind::Message,
        direction: Direction::Out,
        author: Some(Author { id: None, name: AUTOMATIC.to_owned() }),
        text,
        state: MessageState::Queued,
        automatic: true,
        ..NewRow::at(session, channel, now)
    };
    let (id, _) = messages::insert(tx, &entry, now)?;
    // The customer's word stays what the list shows, and whoever waits for a person still does.
    sessions::note_automatic(tx, session)?;
    crate::sessions::tell_added(tx, session, id, &entry)?;
    metrics::counter!("deskbell_messages_queued_total").increment(1);
    Ok(true)
}

/// Refuses to write to a customer who opted out.
pub(crate) fn must_not_be_opted_out(tx: &Tx<'_>, session: SessionId) -> Result<()> {
    let pair = store::pair(tx, session)?;
    match store::get(tx, pair)? {
        Some(opt_out) => Err(Error::OptedOut(refusal(&opt_out, &TimeZone::system()))),
        None => Ok(()),
    }
}

/// Why a message that waited does not leave any more.
pub(crate) fn came_before(opt_out: &OptOut) -> Failure {
    let text = format!("{}, before this left.", told(opt_out, &TimeZone::system()));
    Failure::new(ErrorKind::OptedOut, None, Some(text))
}

/// The refusal with its date and word.
fn refusal(opt_out: &OptOut, zone: &TimeZone) -> String {
    let told = told(opt_out, zone);
    format!("{told}; they can write START to hear from you again")
}

/// When a customer opted out and how.
fn told(opt_out: &OptOut, zone: &TimeZone) -> String {
    let date = Timestamp::from_millisecond(opt_out.at)
        .map(|at| at.to_zoned(zone.clone()).strftime("%-d %B %Y").to_string())
        .unwrap_or_default();
    match (opt_out.told_by, &opt_out.word, &opt_out.told) {
        (ToldBy::Customer, Some(word), _) => {
            format!("This customer opted out on {date} with “{word}”")
        }
        (ToldBy::Customer, None, _) => format!("This customer opted out on {date}"),
        (ToldBy::User, _, Some(reason)) => {
            let reason = reason.trim_end_matches('.');
            format!("A colleague noted on {date} that this customer opted out (“{reason}”)")
        }
        (ToldBy::User, _, None) => {
            format!("A colleague noted on {date} that this customer opted out")
        }
        (ToldBy::Provider, _, Some(told)) => {
            let told = told.trim_end_matches('.');
            format!("The provider told on {date} that this customer opted out (“{told}”)")
        }
        (ToldBy::Provider, _, None) => {
            format!("The provider told on {date} that this customer opted out")
        }
    }
}

/// Lifts the mark on a supervisor's word, who says why.
pub async fn lift(app: &App, caller: &Caller, id: SessionId, reason: String) -> Result<Session> {
    caller.must_supervise()?;
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let session = crate::sessions::see(tx, &caller, id)?;
            let pair = Pair { number: session.number_id, identity: session.identity_id };
            if !store::lift(tx, pair)? {
                return Err(Error::Conflict("this customer has not opted out".to_owned()));
            }
            let operation = Operation::OptOutLifted { reason };
            crate::sessions::record(tx, id, session.channel_id, Some(&caller), operation)?;
            tell(tx, id, pair)?;
            sessions::get(tx, &caller, id)
        })
        .await
}

/// An address of a contact and one of our numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// The contact.
    pub contact: ContactId,
    /// Their address.
    pub identity: IdentityId,
    /// Our number.
    pub number: NumberId,
}

/// Notes that a customer said in another way that they want to hear no more from a number.
pub async fn set_by_hand(
    app: &App,
    caller: &Caller,
    wish: Wish,
    reason: String,
) -> Result<Contact> {
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let pair = pair_of(tx, &wish)?;
            if store::get(tx, pair)?.is_some() {
                return Err(Error::Conflict("they opted out of this number already".to_owned()));
            }
            let told = Some(reason.clone());
            let opt_out = OptOut { at: tx.now(), word: None, told_by: ToldBy::User, told };
            store::set(tx, pair, &opt_out)?;
            note_wish(tx, &caller, pair, Operation::OptOutSet { reason })?;
            contacts::get(tx, wish.contact)
        })
        .await
}

/// Lifts the mark of a contact on a supervisor's word, who says why.
pub async fn lift_by_hand(
    app: &App,
    caller: &Caller,
    wish: Wish,
    reason: String,
) -> Result<Contact> {
    caller.must_supervise()?;
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let pair = pair_of(tx, &wish)?;
            if !store::lift(tx, pair)? {
                return Err(Error::Conflict("this customer has not opted out".to_owned()));
            }
            note_wish(tx, &caller, pair, Operation::OptOutLifted { reason })?;
            contacts::get(tx, wish.contact)
        })
        .await
}

/// The pair, if the address is the contact's and the number ours.
fn pair_of(tx: &Tx<'_>, wish: &Wish) -> Result<Pair> {
    contacts::get(tx, wish.contact)?;
    let known = identities::get(tx, wish.identity)?;
    if known.is_none_or(|known| known.contact != wish.contact) {
        return Err(Error::NotFound("number of this contact"));
    }
    numbers::get(tx, wish.number)?.ok_or(Error::NotFound("number"))?;
    Ok(Pair { number: wish.number, identity: wish.identity })
}

/// Writes it into the newest session with that number, if there is one, and tells everybody.
fn note_wish(tx: &mut Tx<'_>, caller: &Caller, pair: Pair, operation: Operation) -> Result<()> {
    if let Some(session) = store::newest_session(tx, pair)? {
        let channel = sessions::line(tx, session)?.channel;
        crate::sessions::record(tx, session, channel, Some(caller), operation)?;
    }
    tell_others(tx, None, pair)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opt_out(told_by: ToldBy, word: Option<&str>, told: Option<&str>) -> OptOut {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        OptOut { at: 1_772_553_600_000, word: owned(word), told_by, told: owned(told) }
    }

    #[test]
    fn a_refusal_says_when_and_with_which_word() {
        let table = [
            (
                opt_out(ToldBy::Customer, Some("Stop"), None),
                "This customer opted out on 3 March 2026 with “Stop”; they can write START to hear from you again",
            ),
            (
                opt_out(ToldBy::Provider, None, Some("Attempt to send to unsubscribed recipient.")),
                "The provider told on 3 March 2026 that this customer opted out (“Attempt to send to unsubscribed recipient”); they can write START to hear from you again",
            ),
            (
                opt_out(ToldBy::Provider, None, None),
                "The provider told on 3 March 2026 that this customer opted out; they can write START to hear from you again",
            ),
        ];
        for (opt_out, expected) in table {
            assert_eq!(refusal(&opt_out, &TimeZone::UTC), expected);
        }
    }
}
