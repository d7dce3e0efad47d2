//! Changing a channel: what an administrator entered is checked as a whole, then stored as a whole.

use std::collections::BTreeMap;

use deskbell_channels::form::{Description, FieldKind, Settings};
use secrecy::{ExposeSecret, SecretString};

use super::numbers::{replace, wanted};
use super::{DAY, protection};
use crate::access::Caller;
use crate::app::App;
use crate::chat;
use crate::connections::{provider_of, secret_place, settings_of};
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::fields::Fields;
use crate::gate;
use crate::model::{Channel, ChannelChange, ChannelId, ChannelState, Time};
use crate::store::channels::{self as store, ChannelRow};
use crate::store::figures::Span;
use crate::store::{Tx, numbers};

/// Characters of a setting.
const VALUE: usize = 2_000;
/// Characters of a secret; keys in PEM are the longest.
const SECRET: usize = 10_000;
/// Characters of an automatic answer: three parts of an SMS.
const ANSWER: usize = 480;
/// Messages per second that a channel may be set to.
const RATE: std::ops::RangeInclusive<f64> = 0.01..=1_000.0;
/// Days of silence that may be set.
const SILENCE: u32 = 3_650;

/// Changes a channel. What is left out stays as it is; a channel that is switched on has to be
/// complete.
pub async fn change(
    app: &App,
    caller: &Caller,
    id: ChannelId,
    change: ChannelChange,
    now: Time,
) -> Result<Channel> {
    caller.must_administer()?;
    let changing = app.clone();
    app.db()
        .write(move |tx| {
            let row = store::get(tx, id)?.ok_or(Error::NotFound("channel"))?;
            apply(&changing, tx, row, change, now)?;
            tx.emit(Event::ChannelChanged { channel_id: id }, Audience::everyone());
            Ok(())
        })
        .await?;
    app.connections().reload(app, id).await?;
    // Counting is for a reader: no webhook waits behind it.
    let channel = super::get(app, caller, id, Span::ALWAYS, now).await?;
    if channel.state == ChannelState::Active {
        app.connections().doubt(id);
    }
    Ok(channel)
}

fn apply(
    app: &App,
    tx: &mut Tx<'_>,
    mut row: ChannelRow,
    mut change: ChannelChange,
    now: Time,
) -> Result<ChannelRow> {
    let description = provider_of(&row)?.description();
    let mut fields = Fields::new();
    set_plain(&mut fields, &mut row, &description, &change);
    set_state(&mut fields, &mut row, change.state);
    let secrets = change.secrets.take().unwrap_or_default();
    check_secrets(&mut fields, &description, &secrets);
    let wanted = match &change.numbers {
        Some(inputs) => Some(wanted(&mut fields, tx, row.id, &description, inputs)?),
        None => None,
    };
    let has_password = store::secret_names(tx, row.id)?.iter().any(|one| one == gate::PASSWORD);
    protection::set(&mut fields, &mut row, &change, secrets.get(gate::PASSWORD), has_password);
    fields.finish()?;
    store::update(tx, &row)?;
    put_secrets(app, tx, row.id, &secrets)?;
    if let Some(wanted) = wanted {
        replace(tx, row.id, wanted, now)?;
    }
    if row.state == ChannelState::Active {
        must_be_complete(app, tx, &row)?;
    }
    Ok(row)
}

/// Name, settings and everything else that is no secret and no number.
fn set_plain(
    fields: &mut Fields,
    row: &mut ChannelRow,
    description: &Description,
    change: &ChannelChange,
) {
    if let Some(name) = &change.name {
        row.name = fields.line("name", name, 1, 80);
    }
    for (name, value) in change.values.iter().flatten() {
        set_value(fields, row, description, name, value);
    }
    if let Some(base_url) = &change.base_url {
        row.base_url = base_of(fields, description, base_url);
    }
    if let Some(rate) = change.rate {
        if !RATE.contains(&rate) {
            fields.refuse("rate", "Enter a number from 0.01 to 1000.");
        }
        row.rate = rate;
    }
    if let Some(days) = change.auto_close_days.filter(|_| !chat::is_site(&row.provider)) {
        if days > SILENCE {
            fields.refuse("auto_close_days", "Enter at most 3650 days, or 0 for never.");
        } else {
            row.auto_close_minutes = Some(days).filter(|days| *days > 0).map(|days| days * DAY);
        }
    }
    if let Some(text) = &change.file_text {
        let text = fields.text("file_text", text, 500);
        row.file_text = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    }
    for (name, text, kept) in [
        ("stop_text", &change.stop_text, &mut row.stop_text),
        ("help_text", &change.help_text, &mut row.help_text),
    ] {
        let Some(text) = text else { continue };
        let text = fields.text(name, text, ANSWER);
        *kept = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        if kept.is_some() && description.answers_keywords {
            let label = description.label;
            fields.refuse(
                name,
                format!("{label} answers this word by itself: change the answer there."),
            );
        }
    }
}

fn set_value(
    fields: &mut Fields,
    row: &mut ChannelRow,
    description: &Description,
    name: &str,
    value: &str,
) {
    let field = description.fields.iter().find(|field| field.name == name);
    match field.map(|field| field.kind) {
        Some(FieldKind::Text | FieldKind::Url) => {
            let value = fields.line(name, value, 0, VALUE);
            if value.is_empty() {
                row.values.remove(name);
            } else {
                row.values.insert(name.to_owned(), value);
            }
        }
        Some(FieldKind::Secret) => fields.refuse(name, "This is a secret: send it as one."),
        None => fields.refuse(&shortened(name), "This provider has no such field."),
    }
}

/// The override of the base URL; `None`: the provider's own.
fn base_of(fields: &mut Fields, description: &Description, given: &str) -> Option<String> {
    let given = fields.line("base_url", given, 0, 500);
    if given.is_empty() {
        return None;
    }
    if description.base_url.is_empty() {
        fields.refuse(
            "base_url",
            "This provider's addresses are entered whole, in their own fields.",
        );
        return None;
    }
    let settings = Settings { base_url: Some(given.clone()), ..Settings::default() };
    if let Err(problem) = settings.base(description.base_url) {
        fields.refuse("base_url", problem.message);
    }
    Some(given)
}

fn set_state(fields: &mut Fields, row: &mut ChannelRow, state: Option<ChannelState>) {
    let Some(wanted) = state else { return };
    match (row.state, wanted) {
        (ChannelState::Draft, ChannelState::Disabled) => {
            fields.refuse("state", "This channel is not finished yet: switch it on first.");
        }
        (ChannelState::Active | ChannelState::Disabled, ChannelState::Draft) => {
            fields.refuse("state", "A finished channel cannot become a draft again.");
        }
        (ChannelState::Draft, ChannelState::Draft | ChannelState::Active)
        | (
            ChannelState::Active | ChannelState::Disabled,
            ChannelState::Active | ChannelState::Disabled,
        ) => row.state = wanted,
    }
}

fn check_secrets(
    fields: &mut Fields,
    description: &Description,
    secrets: &BTreeMap<String, SecretString>,
) {
    for (name, secret) in secrets {
        let field = description.fields.iter().find(|field| field.name == name);
        let known = field.is_some_and(|field| field.kind == FieldKind::Secret);
        if !known && name != gate::PASSWORD {
            fields.refuse(&shortened(name), "This provider has no such secret.");
        }
        let secret = secret.expose_secret();
        if secret.chars().count() > SECRET || secret.contains('\0') {
            fields.refuse(&shortened(name), "This is too long to be right. Copy it again.");
        }
    }
}

fn put_secrets(
    app: &App,
    tx: &Tx<'_>,
    id: ChannelId,
    secrets: &BTreeMap<String, SecretString>,
) -> Result<()> {
    for (name, secret) in secrets {
        let secret = secret.expose_secret();
        if secret.is_empty() {
            store::remove_secret(tx, id, name)?;
        } else {
            let sealed = app.vault().seal(&secret_place(id, name), secret.as_bytes())?;
            store::put_secret(tx, id, name, &sealed)?;
        }
    }
    Ok(())
}

/// A channel that is switched on has settings that its provider accepts, and a number.
fn must_be_complete(app: &App, tx: &Tx<'_>, row: &ChannelRow) -> Result<()> {
    let settings = settings_of(app, row, &store::secrets(tx, row.id)?)?;
    let mut fields = Fields::new();
    for problem in provider_of(row)?.problems(&settings) {
        fields.refuse(&problem.field, problem.message);
    }
    let has_number = !numbers::of_channel(tx, row.id)?.is_empty();
    if chat::is_site(&row.provider) {
        chat::settings::must_be_complete(&mut fields, tx, row.id)?;
        if !has_number {
            fields.refuse("numbers", "Choose who gets new chats.");
        }
    } else if !has_number {
        fields.refuse("numbers", "Add a number: customers have to write to something.");
    }
    fields.finish()
}

/// A name that came from outside, as long as it is worth repeating.
fn shortened(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channels::new_row;

    fn draft() -> ChannelRow {
        new_row("general", "General", "token", ChannelState::Draft, None, 0).unwrap()
    }

    fn description() -> Description {
        deskbell_channels::provider("general").unwrap().description()
    }

    /// Names of the fields that are refused.
    fn refused(fields: Fields) -> Vec<String> {
        match fields.finish() {
            Ok(()) => Vec::new(),
            Err(Error::Invalid(problems)) => problems.into_iter().map(|one| one.field).collect(),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn only_fields_of_the_provider_can_be_set() {
        let (mut fields, mut row) = (Fields::new(), draft());
        for (name, value) in
            [("send_url", " https://a.example "), ("api_key", "secret"), ("color", "red")]
        {
            set_value(&mut fields, &mut row, &description(), name, value);
        }
        assert_eq!(refused(fields), ["api_key", "color"]);
        assert_eq!(row.values["send_url"], "https://a.example");
        set_value(&mut Fields::new(), &mut row, &description(), "send_url", "");
        assert!(row.values.is_empty());
    }

    #[test]
    fn numbers_out_of_range_are_refused() {
        let (mut fields, mut row) = (Fields::new(), draft());
        let change = ChannelChange {
            name: Some("  ".into()),
            rate: Some(0.0),
            auto_close_days: Some(u32::MAX),
            base_url: Some("https://api.example.com".into()),
            ..ChannelChange::default()
        };
        set_plain(&mut fields, &mut row, &description(), &change);
        assert_eq!(refused(fields), ["name", "base_url", "rate", "auto_close_days"]);
    }

    #[test]
    fn a_channel_is_finished_once() {
        for (from, to, allowed) in [
            (ChannelState::Draft, ChannelState::Active, true),
            (ChannelState::Draft, ChannelState::Disabled, false),
            (ChannelState::Active, ChannelState::Draft, false),
            (ChannelState::Active, ChannelState::Disabled, true),
            (ChannelState::Disabled, ChannelState::Active, true),
        ] {
            let (mut fields, mut row) = (Fields::new(), draft());
            row.state = from;
            set_state(&mut fields, &mut row, Some(to));
            assert_eq!(refused(fields).is_empty(), allowed, "{from:?} -> {to:?}");
            assert_eq!(row.state, if allowed { to } else { from });
        }
    }

    #[test]
    fn a_secret_has_a_place_of_its_own() {
        let mut fields = Fields::new();
        let secrets = BTreeMap::from([
            ("api_key".to_owned(), SecretString::from("k")),
            ("send_url".to_owned(), SecretString::from("https://a.example")),
            ("secret".to_owned(), SecretString::from("x".repeat(SECRET + 1))),
        ]);
        check_secrets(&mut fields, &description(), &secrets);
        assert_eq!(refused(fields), ["secret", "send_url"]);
    }
}
