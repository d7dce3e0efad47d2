//! Setting a channel up through the provider's own API: which numbers the account has, and telling
//! the provider where its webhooks go.
//!
//! Works on what is saved, also on a draft. What the provider says is told, secrets never are.

use std::future::Future;
use std::time::Duration;

use deskbell_channels::exchange::{AccountNumber, ErrorKind, Failure, WebhookSet};
use deskbell_channels::form::{Description, Settings};
use secrecy::ExposeSecret;

use crate::access::Caller;
use crate::app::App;
use crate::connections::{self, Live, provider_of, webhook_path};
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::model::{ChannelId, ListedNumber, NumberKind, Time};
use crate::store::channels::{self as store, ChannelRow, WebhookSetRow};
use crate::store::{numbers, settings};

/// How long the provider may take in all; a client gives up a little later.
const TIME_LIMIT: Duration = Duration::from_secs(25);
/// Shorter values are no secrets, and would black out whole sentences.
const SECRET_LENGTH: usize = 6;

/// The numbers of the account, and which of them this channel or another has already.
pub async fn account_numbers(
    app: &App,
    caller: &Caller,
    id: ChannelId,
) -> Result<Vec<ListedNumber>> {
    caller.must_administer()?;
    let saved = Saved::load(app, id).await?;
    if !saved.description.abilities.numbers {
        return Err(Error::Conflict(format!(
            "{} does not list the numbers of an account: enter them by hand",
            saved.description.label
        )));
    }
    let live = saved.live()?;
    let listed = saved.asked(app, live.channel.numbers(&live.http)).await?;
    let mut elsewhere =
        app.db().read(move |connection| numbers::of_other_channels(connection, id)).await?;
    let told = |number: AccountNumber| ListedNumber {
        added: saved.addresses.contains(&number.address),
        in_channel: elsewhere.remove(&number.address),
        number,
    };
    Ok(listed.into_iter().map(told).collect())
}

/// Sets the webhook address at the provider, for every number of the channel.
pub async fn set_webhook(
    app: &App,
    caller: &Caller,
    id: ChannelId,
    now: Time,
) -> Result<WebhookSet> {
    caller.must_administer()?;
    register(app, id, now).await
}

/// The same without a person: after the public address has changed.
pub(crate) async fn register(app: &App, id: ChannelId, now: Time) -> Result<WebhookSet> {
    let saved = Saved::load(app, id).await?;
    if !saved.description.abilities.webhook {
        return Err(Error::Conflict(format!(
            "{} cannot be told this by its API: copy the address and enter it there",
            saved.description.label
        )));
    }
    let live = saved.live()?;
    let url = saved.webhook_url.clone().ok_or(Error::NoPublicAddress)?;
    if saved.addresses.is_empty() {
        let sentence = "Save your numbers first: the provider is told where each sends to.";
        return Err(Error::field("numbers", sentence));
    }
    let setting = live.channel.set_webhook(&url, &saved.addresses, &live.http);
    let mut set = saved.asked(app, setting).await?;
    set.left.extend(saved.password_to_enter());
    if !set.done.is_empty() {
        let row = WebhookSetRow { url, numbers: saved.addresses, at: now };
        app.db()
            .write(move |tx| {
                store::set_webhook_set(tx, id, &row)?;
                tx.emit(Event::ChannelChanged { channel_id: id }, Audience::everyone());
                Ok(())
            })
            .await?;
        tracing::info!(channel.id = %id, left = set.left.len(), "a webhook was set at the provider");
    }
    Ok(set)
}

/// A channel as it is saved, whatever its state.
struct Saved {
    row: ChannelRow,
    description: Description,
    settings: Settings,
    /// Its numbers; names that stand in place of one receive nothing.
    addresses: Vec<String>,
    webhook_url: Option<String>,
}

impl Saved {
    async fn load(app: &App, id: ChannelId) -> Result<Self> {
        let (row, sealed, known, origin) = app
            .db()
            .read(move |connection| {
                let row = store::get(connection, id)?.ok_or(Error::NotFound("channel"))?;
                Ok((
                    row,
                    store::secrets(connection, id)?,
                    numbers::of_channel(connection, id)?,
                    settings::public_url(connection)?,
                ))
            })
            .await?;
        let receives = known.into_iter().filter(|number| match number.kind {
            NumberKind::E164 | NumberKind::ShortCode => true,
            NumberKind::SenderId | NumberKind::Website => false,
        });
        Ok(Self {
            description: provider_of(&row)?.description(),
            settings: connections::settings_of(app, &row, &sealed)?,
            addresses: receives.map(|number| number.address).collect(),
            webhook_url: origin
                .map(|origin| format!("{origin}{}", webhook_path(&row.provider, &row.token))),
            row,
        })
    }

    /// Connected for this one question; `Err` names the credentials that do not fit.
    fn live(&self) -> Result<Live> {
        connections::connect(&self.row, self.settings.clone())?.map_err(Error::Invalid)
    }

    /// Name and password travel in no call: a person enters them at the provider.
    fn password_to_enter(&self) -> Option<String> {
        let (user, label) = (self.row.webhook_user.as_ref()?, self.description.label);
        Some(format!(
            "Enter the name “{user}” and its password for webhooks at {label} too: without them \
             its messages are refused here."
        ))
    }

    /// What the provider answers, in time or not at all.
    async fn asked<T>(
        &self,
        app: &App,
        asking: impl Future<Output = std::result::Result<T, Failure>>,
    ) -> Result<T> {
        let answer = tokio::time::timeout(TIME_LIMIT, asking).await.unwrap_or_else(|_| {
            let text = "It did not answer in time. Try again in a minute.".to_owned();
            Err(Failure::new(ErrorKind::ServiceUnavailable, None, Some(text)))
        });
        answer.map_err(|failure| {
            let kind = failure.kind.as_str();
            tracing::info!(channel.id = %self.row.id, kind, "a provider refused during set-up");
            match failure.kind {
                ErrorKind::AuthenticationFailed | ErrorKind::PermissionDenied => {
                    app.connections().doubt(self.row.id);
                }
                _ => {}
            }
            let failure = without_secrets(failure, &self.settings);
            Error::Provider { provider: self.description.label, failure }
        })
    }
}

/// A provider may repeat what it was given; nobody else has to see it.
fn without_secrets(failure: Failure, settings: &Settings) -> Failure {
    let hide = |text: String| {
        let secrets = settings.secrets.values().map(|secret| secret.expose_secret().trim());
        secrets
            .filter(|secret| secret.len() >= SECRET_LENGTH)
            .fold(text, |text, secret| text.replace(secret, "***"))
    };
    Failure { text: failure.text.map(hide), code: failure.code.map(hide), kind: failure.kind }
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;

    #[test]
    fn a_secret_that_the_provider_repeats_is_not_shown() {
        let mut settings = Settings::default();
        for (name, secret) in [("token", " KEY-0123 "), ("pin", "12"), ("empty", "")] {
            settings.secrets.insert(name.into(), SecretString::from(secret));
        }
        let text = "No account has KEY-0123. Try 12 others.".to_owned();
        let failure = Failure::new(ErrorKind::AuthenticationFailed, Some("12".into()), Some(text));
        let shown = without_secrets(failure, &settings);
        assert_eq!(shown.text.as_deref(), Some("No account has ***. Try 12 others."));
        assert_eq!(shown.code.as_deref(), Some("12"));
    }
}
