//! What a channel answers by itself while it is closed: the words with their places filled, and
//! when they are due. Once for each session and closed time; never to whoever opted out.

use deskbell_channels::form::IdentityKind;
use jiff::tz::TimeZone;
use rusqlite::Connection;

use super::open::{self, Rules};
use super::spoken;
use crate::error::Result;
use crate::model::{ChannelId, CustomerLanguage, Opening, SessionId, Time};
use crate::store::{Tx, contacts, hours as store, optouts as opt_outs, sessions, settings};

/// The places that a text may have.
const PLACES: [&str; 4] = ["{next_opening}", "{next_date}", "{next_time}", "{business}"];

/// The first place in a text that stands for nothing.
pub(super) fn unknown_place(text: &str) -> Option<String> {
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let place = rest.get(start..)?;
        let end = place.find('}').map_or(place.len(), |end| end + 1);
        let place = place.get(..end)?;
        if !PLACES.contains(&place) {
            return Some(place.chars().take(40).collect());
        }
        rest = rest.get(start + end..)?;
    }
    None
}

/// Whose words they are: the business, and the language of its customers.
pub(super) struct Voice {
    pub(super) business: String,
    pub(super) language: CustomerLanguage,
}

impl Voice {
    pub(super) fn of(c: &Connection) -> Result<Self> {
        let business = settings::business_name(c)?;
        Ok(Self { business, language: settings::customer_language(c)? })
    }
}

/// A text with its places filled.
pub(super) fn filled(
    text: &str,
    zone: &TimeZone,
    opening: &Opening,
    voice: &Voice,
    now: Time,
) -> String {
    let next = opening.changes_at.filter(|_| !opening.open).map(|at| open::local(zone, at));
    let soon = spoken::soon(voice.language);
    let format = |pattern: &str| {
        next.map_or_else(|| soon.to_owned(), |next| next.strftime(pattern).to_string())
    };
    let said = next.map_or_else(
        || soon.to_owned(),
        |next| spoken::opening(voice.language, next, open::local(zone, now)),
    );
    text.replace("{next_opening}", &said)
        .replace("{next_date}", &format("%Y-%m-%d"))
        .replace("{next_time}", &format("%H:%M"))
        .replace("{business}", &voice.business)
}

/// Queues the answer of a closed channel, if it has one and it is due. `true`: it waits to leave.
pub(crate) fn answer(tx: &mut Tx<'_>, channel: ChannelId, session: SessionId) -> Result<bool> {
    let Some(text) = store::closed_text(tx, channel)? else { return Ok(false) };
    if !can_be_answered(tx, session)? {
        return Ok(false);
    }
    let now = tx.now();
    let mut hours = super::Decided::of_channel(tx, channel)?;
    hours.forget_far_holidays(now);
    let rules = hours.rules();
    let opening = open::open_now(&rules, now);
    if opening.open || !is_due(tx, &rules, session, now)? {
        return Ok(false);
    }
    let text = filled(&text, &hours.zone, &opening, &Voice::of(tx)?, now);
    store::note_closed_answer(tx, session, now)?;
    crate::optouts::answer(tx, channel, session, Some(text))
}

/// Short codes and names are machines; whoever opted out or is blocked hears nothing.
fn can_be_answered(tx: &Tx<'_>, session: SessionId) -> Result<bool> {
    let machine = match sessions::identity_kind(tx, session)? {
        IdentityKind::Phone => !sessions::line(tx, session)?.to.starts_with('+'),
        IdentityKind::Demo => false,
        // Live chat greets by its own rules.
        IdentityKind::Visitor => return Ok(false),
    };
    Ok(!machine
        && !contacts::is_blocked(tx, session)?
        && opt_outs::get(tx, opt_outs::pair(tx, session)?)?.is_none())
}

/// Whether this session has not been answered since the closed time began.
fn is_due(tx: &Tx<'_>, rules: &Rules<'_>, session: SessionId, now: Time) -> Result<bool> {
    let Some(answered) = store::closed_answer_at(tx, session)? else { return Ok(true) };
    Ok(match open::closed_since(rules, now) {
        Some(since) => answered < since,
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::model::HoursRule;

    fn ms(text: &str) -> Time {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    #[test]
    fn the_next_opening_is_told_as_people_say_it() {
        let zone = TimeZone::get("America/New_York").unwrap();
        let business = "Bakery".to_owned();
        let voice = Voice { business, language: CustomerLanguage::English };
        let now = ms("2026-11-23T23:00:00Z");
        for (next, expected) in [
            ("2026-11-24T02:30:00Z", "today at 21:30 2026-11-23 21:30"),
            ("2026-11-24T14:00:00Z", "tomorrow at 09:00 2026-11-24 09:00"),
            ("2026-11-29T14:00:00Z", "Sunday at 09:00 2026-11-29 09:00"),
            ("2026-11-30T14:00:00Z", "Monday 30 November at 09:00 2026-11-30 09:00"),
            ("", "soon soon soon"),
        ] {
            let changes_at = Some(next).filter(|next| !next.is_empty()).map(ms);
            let opening = Opening { open: false, rule: HoursRule::Weekly, changes_at };
            let text = "{next_opening} {next_date} {next_time} {business}";
            let expected = format!("{expected} Bakery");
            assert_eq!(filled(text, &zone, &opening, &voice, now), expected);
        }
    }

    #[test]
    fn a_place_that_stands_for_nothing_is_found() {
        for (text, expected) in [
            ("We are back {next_opening}. {business}", None),
            ("Back {next}!", Some("{next}")),
            ("Back {next_opening", Some("{next_opening")),
            ("}{", Some("{")),
            ("no place", None),
        ] {
            assert_eq!(unknown_place(text).as_deref(), expected, "{text}");
        }
    }
}
