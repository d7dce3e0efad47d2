//! What rings for whom: a user's alerts, and the one function that decides whether a phone is told.
//! The open pages decide by the same rules for what they show and ring themselves.
//!
//! Knows the store; knows nothing of push services.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::App;
use crate::access::Caller;
use crate::attention::Whereabouts;
use crate::error::Result;
use crate::events::{Audience, Event};
use crate::fields::Fields;
use crate::model::{
    AlertKind, AlertRow, Alerts, Moment, Presence, QueueId, QueueLevel, QuietHours, SessionId,
    Time, UserId,
};
use crate::store::{Tx, alerts as store, queues};

/// Queues that may have rules of their own.
const QUEUES: usize = 1_000;
/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// The caller's alerts.
pub async fn of(app: &App, caller: &Caller) -> Result<Alerts> {
    let user = caller.user;
    app.db().read(move |c| store::of_user(c, user)).await
}

/// Changes the caller's alerts, all of them.
pub async fn change(app: &App, caller: &Caller, wanted: Alerts) -> Result<Alerts> {
    let alerts = checked(wanted)?;
    let user = caller.user;
    app.db()
        .write(move |tx| {
            store::set(tx, user, &alerts)?;
            tx.emit(Event::AlertsChanged, Audience::user(user));
            Ok(alerts)
        })
        .await
}

/// What fits, each kind once and in its order; what a client does not know of is as usual.
fn checked(wanted: Alerts) -> Result<Alerts> {
    let mut fields = Fields::new();
    if wanted.rows.len() > AlertKind::ALL.len() {
        fields.refuse("rows", "There is one row for each kind of alert.");
    }
    if wanted.queues.len() > QUEUES {
        fields.refuse("queues", "These are more queues than a desk has.");
    }
    if let Some(hours) = &wanted.quiet_hours {
        check_hours(&mut fields, hours);
    }
    fields.finish()?;
    let tidy = |mut moments: Vec<Moment>| {
        moments.sort_unstable();
        moments.dedup();
        moments
    };
    let rows = AlertKind::ALL.map(|kind| {
        let row = wanted.row(kind);
        AlertRow {
            kind,
            sound: row.sound,
            toast: tidy(row.toast),
            system: tidy(row.system),
            ring: tidy(row.ring),
            push: tidy(row.push),
        }
    });
    let mut alerts = Alerts { rows: rows.to_vec(), ..wanted };
    alerts.quiet_presence.sort_unstable();
    alerts.quiet_presence.dedup();
    alerts.queues.sort_unstable_by_key(|rule| rule.queue_id);
    alerts.queues.dedup_by_key(|rule| rule.queue_id);
    Ok(alerts)
}

fn check_hours(fields: &mut Fields, hours: &QuietHours) {
    if hours.from >= DAY || hours.until >= DAY {
        fields.refuse("quiet_hours", "Enter times between 00:00 and 23:59.");
    }
    if hours.days.is_empty() || hours.days.len() > 7 {
        fields.refuse("quiet_hours", "Choose at least one day.");
    } else if hours.days.iter().any(|day| !(1..=7).contains(day)) {
        fields.refuse("quiet_hours", "A week has seven days.");
    }
    if TimeZone::get(&hours.zone).is_err() {
        fields.refuse("quiet_hours", "This time zone is not known here.");
    }
}

/// Something that somebody may want to know of.
#[derive(Debug, Clone, Copy)]
pub struct Situation {
    /// What.
    pub kind: AlertKind,
    /// Where they are.
    pub whereabouts: Whereabouts,
    /// What they say of themselves.
    pub presence: Presence,
    /// In which queue it waits.
    pub queue: Option<QueueId>,
    /// Whether they asked to hear nothing of this session.
    pub muted: bool,
    /// When it happens.
    pub now: Time,
}

/// Whether the devices of a user that have push are told. Pure.
pub fn is_pushed(alerts: &Alerts, situation: &Situation) -> bool {
    let Whereabouts::Not(moment) = situation.whereabouts else { return false };
    let waits = situation.kind == AlertKind::Unowned;
    // Who is not there cannot pick anything up.
    if situation.muted || (waits && situation.presence != Presence::Available) {
        return false;
    }
    if is_quiet(alerts, situation.presence, situation.now) {
        return false;
    }
    if waits && level(alerts, situation.queue).is_some() {
        return false;
    }
    alerts.row(situation.kind).push.contains(&moment)
}

/// Whether nothing may disturb this user now.
pub fn is_quiet(alerts: &Alerts, presence: Presence, now: Time) -> bool {
    let hours = alerts.quiet_hours.as_ref();
    alerts.quiet_presence.contains(&presence) || hours.is_some_and(|hours| covers(hours, now))
}

/// Alerts whoever was given a session: its new owner, or the agents of the queue where it waits.
pub(crate) fn given(
    tx: &mut Tx<'_>,
    caller: &Caller,
    id: SessionId,
    owner: Option<UserId>,
    queue: Option<QueueId>,
) -> Result<()> {
    let (alert, mut whom) = match (owner, queue) {
        (Some(owner), _) => (AlertKind::Transfer, vec![owner]),
        (None, Some(queue)) => (AlertKind::Unowned, queues::agents(tx, queue)?),
        (None, None) => return Ok(()),
    };
    // Nobody is told of what they did themselves.
    whom.retain(|user| *user != caller.user);
    if whom.is_empty() {
        return Ok(());
    }
    let event = Event::Alert { alert, session_id: Some(id), message_id: None, channel_id: None };
    tx.emit(event, Audience::users(whom));
    Ok(())
}

fn level(alerts: &Alerts, queue: Option<QueueId>) -> Option<QueueLevel> {
    let queue = queue?;
    alerts.queues.iter().find(|rule| rule.queue_id == queue).map(|rule| rule.level)
}

/// Whether a moment lies in these hours. Hours that go past midnight belong to the day on which
/// they begin.
fn covers(hours: &QuietHours, now: Time) -> bool {
    let (Ok(zone), Ok(at)) = (TimeZone::get(&hours.zone), Timestamp::from_millisecond(now)) else {
        return false;
    };
    let local = at.to_zoned(zone);
    let minute = i32::from(local.hour()) * 60 + i32::from(local.minute());
    let (from, until) = (i32::from(hours.from), i32::from(hours.until));
    let today = local.weekday().to_monday_one_offset();
    let yesterday = if today == 1 { 7 } else { today - 1 };
    let on = |day: i8| hours.days.iter().any(|one| i16::from(*one) == i16::from(day));
    if from < until {
        return on(today) && (from..until).contains(&minute);
    }
    (on(today) && minute >= from) || (on(yesterday) && minute < until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::QueueAlerts;

    fn at(text: &str) -> Time {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    fn usual(kind: AlertKind, moment: Moment) -> Situation {
        Situation {
            kind,
            whereabouts: Whereabouts::Not(moment),
            presence: Presence::Available,
            queue: None,
            muted: false,
            now: at("2026-05-14T12:00:00Z"),
        }
    }

    #[test]
    fn a_phone_is_told_when_nobody_is_there_and_wants_to_be_disturbed() {
        let queue = QueueId::new();
        let mut alerts = Alerts::default();
        for kind in AlertKind::ALL {
            assert!(is_pushed(&alerts, &usual(kind, Moment::Away)), "{kind:?}");
            assert!(!is_pushed(&alerts, &usual(kind, Moment::Unfocused)), "{kind:?}");
            assert!(!is_pushed(&alerts, &usual(kind, Moment::Elsewhere)), "{kind:?}");
            let mut looking = usual(kind, Moment::Away);
            looking.whereabouts = Whereabouts::Looking;
            assert!(!is_pushed(&alerts, &looking), "{kind:?}");
            let muted = Situation { muted: true, ..usual(kind, Moment::Away) };
            assert!(!is_pushed(&alerts, &muted), "{kind:?}");
        }
        let with = |kind, presence| Situation { presence, ..usual(kind, Moment::Away) };
        for (kind, presence, expected) in [
            (AlertKind::Unowned, Presence::LunchBreak, false),
            (AlertKind::Mine, Presence::LunchBreak, true),
            (AlertKind::Mine, Presence::Away, true),
            (AlertKind::Mine, Presence::DoNotDisturb, false),
            (AlertKind::Mine, Presence::OffWork, false),
        ] {
            assert_eq!(
                is_pushed(&alerts, &with(kind, presence)),
                expected,
                "{kind:?} {presence:?}"
            );
        }
        alerts.queues.push(QueueAlerts { queue_id: queue, level: QueueLevel::Silent });
        let waiting = Situation { queue: Some(queue), ..usual(AlertKind::Unowned, Moment::Away) };
        assert!(!is_pushed(&alerts, &waiting));
        let other = Situation { queue: Some(QueueId::new()), ..waiting };
        assert!(is_pushed(&alerts, &other));
        alerts.rows[1].push = vec![Moment::Elsewhere];
        assert!(is_pushed(&alerts, &usual(AlertKind::Mine, Moment::Elsewhere)));
        assert!(!is_pushed(&alerts, &usual(AlertKind::Mine, Moment::Away)));
    }

    #[test]
    fn quiet_hours_go_past_midnight_and_follow_the_clock_of_the_place() {
        let nights = |days: &[u8]| QuietHours {
            days: days.to_vec(),
            from: 22 * 60,
            until: 7 * 60,
            zone: "Europe/Berlin".to_owned(),
        };
        // 2026-05-14 is a Thursday; Berlin is two hours ahead then, one hour in January.
        for (days, now, expected) in [
            (&[4_u8] as &[u8], "2026-05-14T19:59:00Z", false),
            (&[4], "2026-05-14T20:00:00Z", true),
            (&[4], "2026-05-15T04:59:00Z", true),
            (&[4], "2026-05-15T05:00:00Z", false),
            (&[4], "2026-05-14T04:00:00Z", false),
            (&[3], "2026-05-14T04:00:00Z", true),
            (&[7], "2026-05-18T04:00:00Z", true),
            (&[4], "2026-01-15T20:30:00Z", false),
            (&[4], "2026-01-15T21:00:00Z", true),
        ] {
            assert_eq!(covers(&nights(days), at(now)), expected, "{days:?} {now}");
        }
        let lunch = QuietHours { from: 12 * 60, until: 13 * 60, ..nights(&[4]) };
        assert!(covers(&lunch, at("2026-05-14T10:00:00Z")));
        assert!(!covers(&lunch, at("2026-05-14T11:00:00Z")));
    }

    #[test]
    fn what_is_kept_has_every_kind_once_and_only_what_fits() {
        let mut wanted = Alerts { rows: Vec::new(), ..Alerts::default() };
        let row = AlertRow::usual(AlertKind::Mine);
        wanted.rows = vec![AlertRow { toast: vec![Moment::Away; 3], ..row }];
        let kept = checked(wanted).unwrap();
        assert_eq!(kept.rows.iter().map(|row| row.kind).collect::<Vec<_>>(), AlertKind::ALL);
        assert_eq!(kept.row(AlertKind::Mine).toast, [Moment::Away]);
        assert_eq!(kept.row(AlertKind::Failed), AlertRow::usual(AlertKind::Failed));
        let hours = QuietHours { days: vec![1], from: 0, until: 1, zone: "UTC".into() };
        for (hours, right) in [
            (hours.clone(), true),
            (QuietHours { days: vec![], ..hours.clone() }, false),
            (QuietHours { days: vec![8], ..hours.clone() }, false),
            (QuietHours { from: 1440, ..hours.clone() }, false),
            (QuietHours { zone: "Nowhere/Town".into(), ..hours }, false),
        ] {
            let wanted = Alerts { quiet_hours: Some(hours.clone()), ..Alerts::default() };
            assert_eq!(checked(wanted).is_ok(), right, "{hours:?}");
        }
    }
}
