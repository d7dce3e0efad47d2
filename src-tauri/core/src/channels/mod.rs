//! What people do to channels: open a form, look, change, switch on, delete, ask the provider.
//!
//! Knows providers as data and through their traits; knows no HTTP and no provider by name.

mod change;
mod checks;
mod numbers;
mod protection;
mod set_up;

use std::collections::BTreeMap;

use deskbell_channels::form::Medium;
use rusqlite::Connection;

use crate::access::Caller;
use crate::app::App;
use crate::connections::webhook_path;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::model::{
    Channel, ChannelHealth, ChannelId, ChannelState, ClosedBy, Figures, MessageState, Number,
    NumberKind, Role, Time, UserId, WebhookAtProvider,
};
use crate::store::channels::{self as store, ChannelRow, WebhookSetRow};
use crate::store::figures::{self, Span};
use crate::store::{Tx, messages, numbers as number_store, sessions as session_store, settings};
use crate::{chat, outbox, sessions};

pub use change::change;
pub(crate) use checks::is_down;
pub use checks::{check, note_authentication_failure, note_taken, start_checks};
pub use set_up::{account_numbers, set_webhook};

/// What becomes of the open sessions of a channel that is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenSessions {
    /// They keep it from being deleted.
    Keep,
    /// They end.
    End,
}

/// The last part of a webhook path: 32 hexadecimal digits that nobody can guess.
pub fn new_token() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// A channel of a provider, with what the provider suggests.
pub fn new_row(
    provider: &str,
    name: &str,
    token: &str,
    state: ChannelState,
    created_by: Option<UserId>,
    now: Time,
) -> Result<ChannelRow> {
    let description = deskbell_channels::provider(provider)
        .ok_or_else(|| Error::field("provider", "There is no such provider."))?
        .description();
    Ok(ChannelRow {
        id: ChannelId::new(),
        provider: description.id.to_owned(),
        name: name.to_owned(),
        state,
        token: token.to_owned(),
        values: BTreeMap::new(),
        base_url: None,
        rate: description.default_rate,
        auto_close_minutes: None,
        file_text: None,
        stop_text: None,
        help_text: None,
        webhook_user: None,
        allowed_networks: Vec::new(),
        webhook_set: None,
        health: ChannelHealth::default(),
        created_by,
        created_at: now,
    })
}

/// Opens the form for a new channel. Its webhook token is kept: the same form again is the same
/// draft.
pub async fn create_draft(
    app: &App,
    caller: &Caller,
    provider: &str,
    now: Time,
) -> Result<Channel> {
    caller.must_administer()?;
    let description = deskbell_channels::provider(provider)
        .map(deskbell_channels::Provider::description)
        .filter(|description| description.medium != Medium::Demo)
        .ok_or_else(|| Error::field("provider", "There is no such provider."))?;
    let user = caller.user;
    let token = new_token();
    app.db()
        .write(move |tx| {
            if let Some(row) = store::draft_of(tx, user, description.id)? {
                return whole(tx, row, Span::ALWAYS);
            }
            let (id, label) = (description.id, description.label);
            let row = new_row(id, label, &token, ChannelState::Draft, Some(user), now)?;
            store::insert(tx, &row)?;
            if description.medium == Medium::Livechat {
                chat::settings::begin(tx, row.id)?;
            }
            tx.emit(Event::ChannelChanged { channel_id: row.id }, Audience::everyone());
            let row = store::get(tx, row.id)?.ok_or(Error::NotFound("channel"))?;
            whole(tx, row, Span::ALWAYS)
        })
        .await
}

/// All channels: whole for administrators, for others what tells where a session came from.
pub async fn list(app: &App, caller: &Caller, span: Span, now: Time) -> Result<Vec<Channel>> {
    let role = caller.role;
    let mut channels: Vec<Channel> = app
        .db()
        .read(move |connection| {
            let rows = store::all(connection)?.into_iter();
            rows.filter(|row| may_see(role, row))
                .map(|row| seen_by(connection, role, row, span))
                .collect::<Result<_>>()
        })
        .await?;
    for channel in &mut channels {
        add_refusals(app, channel, now);
    }
    Ok(channels)
}

/// What only the live channel knows: how many requests it refused, and whether its provider wants
/// fewer messages.
fn add_refusals(app: &App, channel: &mut Channel, now: Time) {
    channel.health.slowed_to = app.paces().slowed_to(channel.id);
    if let Some(live) = app.connections().get(channel.id) {
        let told = live.refusals.told(now);
        channel.health.refused = told.counts.iter().map(|one| one.count).sum();
        channel.health.refusals = told.counts;
        (channel.health.last_refused_at, channel.health.last_refused_why) = told.last.unzip();
    }
}

/// One channel, as [`list`] shows it.
pub async fn get(
    app: &App,
    caller: &Caller,
    id: ChannelId,
    span: Span,
    now: Time,
) -> Result<Channel> {
    let role = caller.role;
    let mut channel = app
        .db()
        .read(move |connection| {
            let row = store::get(connection, id)?
                .filter(|row| may_see(role, row))
                .ok_or(Error::NotFound("channel"))?;
            seen_by(connection, role, row, span)
        })
        .await?;
    add_refusals(app, &mut channel, now);
    Ok(channel)
}

/// Deletes a channel: its credentials are forgotten, its conversations stay.
pub async fn delete(
    app: &App,
    caller: &Caller,
    id: ChannelId,
    open_sessions: OpenSessions,
) -> Result<()> {
    caller.must_administer()?;
    let caller = caller.clone();
    app.db().write(move |tx| delete_row(tx, &caller, id, open_sessions)).await?;
    app.connections().reload(app, id).await
}

fn delete_row(
    tx: &mut Tx<'_>,
    caller: &Caller,
    id: ChannelId,
    open_sessions: OpenSessions,
) -> Result<()> {
    store::get(tx, id)?.ok_or(Error::NotFound("channel"))?;
    let open = session_store::open_of_channel(tx, id)?;
    match open_sessions {
        OpenSessions::Keep if !open.is_empty() => return Err(Error::InUse(in_use(open.len()))),
        OpenSessions::Keep | OpenSessions::End => {}
    }
    let now = tx.now();
    for (message, session) in store::waiting_messages(tx, id)? {
        messages::set_state(tx, message, MessageState::Cancelled, None, now)?;
        let (from, to) = (MessageState::Queued, MessageState::Cancelled);
        outbox::tell_state(tx, session, message, from, to)?;
    }
    for session in open {
        sessions::close(tx, session, Some(caller), ClosedBy::Administrator)?;
    }
    for number in number_store::of_channel(tx, id)? {
        number_store::mark_deleted(tx, number.id, now)?;
    }
    store::remove_secrets(tx, id)?;
    store::mark_deleted(tx, id, now)?;
    tx.emit(Event::ChannelChanged { channel_id: id }, Audience::everyone());
    Ok(())
}

fn in_use(open: usize) -> String {
    match open {
        1 => "one open session uses this channel: end it, or end it with the channel".to_owned(),
        _ => {
            format!("{open} open sessions use this channel: end them, or end them with the channel")
        }
    }
}

/// Drafts concern administrators only.
fn may_see(role: Role, row: &ChannelRow) -> bool {
    match role {
        Role::Administrator => true,
        Role::Supervisor | Role::Agent => row.state != ChannelState::Draft,
    }
}

fn seen_by(connection: &Connection, role: Role, row: ChannelRow, span: Span) -> Result<Channel> {
    match role {
        Role::Administrator => whole(connection, row, span),
        Role::Supervisor | Role::Agent => Ok(outline(row)),
    }
}

/// Everything but the values of secrets.
fn whole(connection: &Connection, row: ChannelRow, span: Span) -> Result<Channel> {
    let webhook_path = webhook_path(&row.provider, &row.token);
    let public_url = settings::public_url(connection)?;
    let webhook_url = public_url.map(|origin| format!("{origin}{webhook_path}"));
    let numbers = number_store::of_channel(connection, row.id)?;
    Ok(Channel {
        secrets_set: store::secret_names(connection, row.id)?,
        webhook_at_provider: row
            .webhook_set
            .clone()
            .map(|set| at_provider(set, webhook_url.as_deref(), &numbers)),
        webhook_url,
        webhook_path,
        numbers,
        figures: figures::of_channel(connection, row.id, span)?,
        ..outline_with(row, Detail::Whole)
    })
}

/// What was set at the provider, held against what holds today.
fn at_provider(
    set: WebhookSetRow,
    webhook_url: Option<&str>,
    numbers: &[Number],
) -> WebhookAtProvider {
    let receiving = numbers.iter().filter(|number| number.kind != NumberKind::SenderId);
    let missing: Vec<String> = receiving
        .filter(|number| !set.numbers.contains(&number.address))
        .map(|number| number.address.clone())
        .collect();
    let is_current = webhook_url == Some(set.url.as_str()) && missing.is_empty();
    WebhookAtProvider { url: set.url, at: set.at, is_current, missing }
}

/// Minutes of a day.
const DAY: u32 = 24 * 60;

/// After how many days a channel's sessions close; those of live chat count in minutes.
fn days_of(row: &ChannelRow) -> Option<u32> {
    let minutes = row.auto_close_minutes?;
    (!chat::is_site(&row.provider)).then_some(minutes / DAY)
}

/// Name, provider and light.
fn outline(row: ChannelRow) -> Channel {
    outline_with(row, Detail::Outline)
}

/// How much of a row is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    Whole,
    Outline,
}

fn outline_with(row: ChannelRow, detail: Detail) -> Channel {
    let whole = detail == Detail::Whole;
    let auto_close_days = days_of(&row);
    Channel {
        id: row.id,
        provider: row.provider,
        name: row.name,
        state: row.state,
        values: if whole { row.values } else { BTreeMap::new() },
        secrets_set: Vec::new(),
        base_url: row.base_url.filter(|_| whole),
        rate: row.rate,
        auto_close_days,
        file_text: row.file_text.filter(|_| whole),
        stop_text: row.stop_text.filter(|_| whole),
        help_text: row.help_text.filter(|_| whole),
        webhook_path: String::new(),
        webhook_url: None,
        webhook_at_provider: None,
        webhook_user: row.webhook_user.filter(|_| whole),
        allowed_networks: if whole { row.allowed_networks } else { Vec::new() },
        numbers: Vec::<Number>::new(),
        health: if whole { row.health } else { ChannelHealth { detail: None, ..row.health } },
        figures: Figures::default(),
        created_at: row.created_at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_32_digits_and_never_the_same() {
        let (one, two) = (new_token(), new_token());
        assert_ne!(one, two);
        assert_eq!(one.len(), 32);
        assert!(one.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')), "{one}");
    }

    #[test]
    fn others_than_administrators_learn_nothing_secret_of_a_channel() {
        let mut row = new_row("general", "Shop", "t", ChannelState::Active, None, 7).unwrap();
        row.values.insert("send_url".into(), "https://gateway.example.com".into());
        row.base_url = Some("https://gateway.example.com".into());
        row.health.detail = Some("The key was refused.".into());
        row.webhook_user = Some("desk".into());
        row.allowed_networks = vec!["192.0.2.7".into()];
        let seen = outline(row);
        assert_eq!((seen.name.as_str(), seen.webhook_path.as_str()), ("Shop", ""));
        assert!(seen.values.is_empty() && seen.base_url.is_none() && seen.health.detail.is_none());
        assert!(seen.webhook_user.is_none() && seen.allowed_networks.is_empty());
    }

    #[test]
    fn what_is_set_at_the_provider_grows_old() {
        let number = |address: &str, kind| Number {
            id: crate::model::NumberId::new(),
            address: address.to_owned(),
            kind,
            destination: crate::model::Destination::User { id: UserId::new() },
            starters: Vec::new(),
        };
        let numbers = [
            number("+15555550100", NumberKind::E164),
            number("40404", NumberKind::ShortCode),
            number("Bakery", NumberKind::SenderId),
        ];
        let check = |known: &[&str], today: Option<&str>, current: bool, missing: &[&str]| {
            let known = known.iter().map(|one| (*one).to_owned()).collect();
            let set = WebhookSetRow { url: "https://a.example/x".into(), numbers: known, at: 7 };
            let found = at_provider(set, today, &numbers);
            assert_eq!(
                (found.is_current, found.missing),
                (current, missing.iter().map(|one| (*one).to_owned()).collect())
            );
        };
        let both = ["40404", "+15555550100"];
        check(&both, Some("https://a.example/x"), true, &[]);
        check(&both, Some("https://b.example/x"), false, &[]);
        check(&both, None, false, &[]);
        check(&both[1..], Some("https://a.example/x"), false, &["40404"]);
    }

    #[test]
    fn drafts_concern_administrators_only() {
        let row = new_row("general", "Shop", "t", ChannelState::Draft, None, 7).unwrap();
        assert!(may_see(Role::Administrator, &row));
        assert!(!may_see(Role::Supervisor, &row));
        assert!(!may_see(Role::Agent, &row));
    }
}
