//! What an administrator chooses for a site: asked for, checked as a whole, kept as a whole.

use rusqlite::Connection;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

use super::{checks, domains};
use crate::access::Caller;
use crate::app::App;
use crate::connections::secret_place;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::fields::Fields;
use crate::model::{ChannelId, ChannelState, ChatSettings, IceServer};
use crate::store::{Tx, channels, chat_sites as store, numbers};

pub use super::usual::usual;

/// A new site begins with what is usual.
pub(crate) fn begin(tx: &Tx<'_>, channel: ChannelId) -> Result<()> {
    store::put(tx, channel, &usual())
}

/// What was chosen for a site, for administrators.
pub async fn get(app: &App, caller: &Caller, channel: ChannelId) -> Result<ChatSettings> {
    caller.must_administer()?;
    app.db().read(move |c| whole(c, channel)).await
}

fn whole(c: &Connection, channel: ChannelId) -> Result<ChatSettings> {
    let mut kept = store::settings(c, channel)?.ok_or(Error::NotFound("site"))?;
    let secrets = channels::secret_names(c, channel)?;
    for server in &mut kept.ice_servers {
        server.credential = None;
        server.has_credential = secrets.contains(&secret_name(server));
    }
    Ok(kept)
}

/// Chooses anew for a site, everything at once.
pub async fn set(
    app: &App,
    caller: &Caller,
    channel: ChannelId,
    wanted: ChatSettings,
) -> Result<ChatSettings> {
    caller.must_administer()?;
    let (app_in, user) = (app.clone(), caller.user);
    app.db()
        .write(move |tx| {
            let row = channels::get(tx, channel)?.ok_or(Error::NotFound("site"))?;
            store::settings(tx, channel)?.ok_or(Error::NotFound("site"))?;
            let mut fields = Fields::new();
            let mut wanted = checks::checked(&mut fields, wanted);
            checks::check_pictures(&mut fields, tx, channel, user, &wanted.appearance)?;
            if row.state != ChannelState::Draft && wanted.domains.is_empty() {
                fields.refuse("domains", NO_DOMAIN);
            }
            fields.finish()?;
            keep_credentials(&app_in, tx, channel, &mut wanted.ice_servers)?;
            store::put(tx, channel, &wanted)?;
            rename(tx, channel, &wanted)?;
            tx.emit(Event::ChannelChanged { channel_id: channel }, Audience::everyone());
            whole(tx, channel)
        })
        .await
}

const NO_DOMAIN: &str = "Enter the domain of your website: the chat loads nowhere else.";

/// A site that is switched on knows where it loads.
pub(crate) fn must_be_complete(
    fields: &mut Fields,
    c: &Connection,
    channel: ChannelId,
) -> Result<()> {
    if main_domain(c, channel)?.is_none() {
        fields.refuse("domains", NO_DOMAIN);
    }
    Ok(())
}

/// The domain under which a site is known, once it has one.
pub(crate) fn main_domain(c: &Connection, channel: ChannelId) -> Result<Option<String>> {
    Ok(store::settings(c, channel)?.and_then(|kept| kept.domains.into_iter().next()))
}

/// The number of a site is called as its main domain is.
fn rename(tx: &Tx<'_>, channel: ChannelId, settings: &ChatSettings) -> Result<()> {
    let Some(domain) = settings.domains.first() else { return Ok(()) };
    for mut number in numbers::of_channel(tx, channel)?.into_iter().take(1) {
        number.address.clone_from(domain);
        numbers::update(tx, &number)?;
    }
    Ok(())
}

/// Under which name the password of a server is kept: the same server keeps it.
pub(super) fn secret_name(server: &IceServer) -> String {
    let told = format!("{}\n{}", server.urls.join("\n"), server.username);
    let digest = hex::encode(Sha256::digest(told.as_bytes()));
    format!("ice_{}", digest.get(..16).unwrap_or_default())
}

/// Seals the passwords that were entered and forgets those of servers that are gone.
fn keep_credentials(
    app: &App,
    tx: &Tx<'_>,
    channel: ChannelId,
    servers: &mut [IceServer],
) -> Result<()> {
    let mut kept = Vec::new();
    for server in servers {
        let name = secret_name(server);
        if let Some(credential) = server.credential.take().map(SecretString::from) {
            if credential.expose_secret().is_empty() {
                channels::remove_secret(tx, channel, &name)?;
            } else {
                let place = secret_place(channel, &name);
                let sealed = app.vault().seal(&place, credential.expose_secret().as_bytes())?;
                channels::put_secret(tx, channel, &name, &sealed)?;
            }
        }
        server.has_credential = false;
        kept.push(name);
    }
    for name in channels::secret_names(tx, channel)? {
        if name.starts_with("ice_") && !kept.contains(&name) {
            channels::remove_secret(tx, channel, &name)?;
        }
    }
    Ok(())
}

/// Whether a page that somebody sends the browser to is one of the site's own.
pub fn is_own_page(settings: &ChatSettings, url: &url::Url) -> bool {
    let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
    settings.domains.iter().any(|domain| domains::covers(domain, &host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_password_of_a_server_belongs_to_that_server() {
        let server = |url: &str, username: &str| IceServer {
            urls: vec![url.to_owned()],
            username: username.to_owned(),
            credential: None,
            has_credential: false,
        };
        let one = secret_name(&server("turn:a.example", "desk"));
        assert_eq!(one, secret_name(&server("turn:a.example", "desk")));
        assert_ne!(one, secret_name(&server("turn:a.example", "other")));
        assert_ne!(one, secret_name(&server("turn:b.example", "desk")));
    }
}
