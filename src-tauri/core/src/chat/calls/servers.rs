//! Servers that help the two ends of a call to find each other. Their passwords are opened for
//! those who call and for nobody else.

use rusqlite::Connection;
use secrecy::ExposeSecret;

use crate::App;
use crate::connections::secret_place;
use crate::error::Result;
use crate::model::{CallServer, ChannelId, ChatSettings};
use crate::store::channels;

use crate::chat::settings::secret_name;

/// The servers of a site, for a browser that calls.
pub(super) fn of_site(
    app: &App,
    c: &Connection,
    channel: ChannelId,
    settings: &ChatSettings,
) -> Result<Vec<CallServer>> {
    if settings.ice_servers.is_empty() {
        return Ok(Vec::new());
    }
    let sealed = channels::secrets(c, channel)?;
    let mut servers = Vec::with_capacity(settings.ice_servers.len());
    for server in &settings.ice_servers {
        let name = secret_name(server);
        let credential = match sealed.get(&name) {
            Some(sealed) => {
                let opened = app.vault().open_sealed(&secret_place(channel, &name), sealed)?;
                Some(opened.expose_secret().to_owned())
            }
            None => None,
        };
        servers.push(CallServer {
            urls: server.urls.clone(),
            username: Some(server.username.clone()).filter(|name| !name.is_empty()),
            credential,
        });
    }
    Ok(servers)
}
