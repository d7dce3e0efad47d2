//! The desk as a whole: what it is called, under which public address providers reach it, and how
//! it is. Knows the store; knows no HTTP.

use std::net::IpAddr;

use url::{Host, Url};

use crate::access::Caller;
use crate::app::App;
use crate::error::Result;
use crate::events::{Audience, Event};
use crate::fields::Fields;
use crate::lan;
use crate::model::{Desk, Settings, SettingsChange};
use crate::store::{self, migrate};

/// What anyone who reaches the workspace may know.
pub async fn state(app: &App) -> Result<Desk> {
    let damaged = app.db().damaged().then(|| migrate::way_back(&app.config().data_dir));
    let read_only = app.db().read_only().map(str::to_owned);
    let (business_name, any) =
        app.db().read(|c| Ok((store::settings::business_name(c)?, store::users::any(c)?))).await?;
    Ok(Desk {
        business_name,
        needs_setup: !any && read_only.is_none(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        read_only,
        damaged,
    })
}

/// The settings.
pub async fn settings(app: &App) -> Result<Settings> {
    let (business_name, public_url, country, customer_language, proxy_header, drafts_visible, lan) =
        app.db()
            .read(|c| {
                Ok((
                    store::settings::business_name(c)?,
                    store::settings::public_url(c)?,
                    store::settings::country(c)?,
                    store::settings::customer_language(c)?,
                    store::settings::proxy_header(c)?,
                    store::settings::drafts_visible(c)?,
                    store::settings::lan(c)?,
                ))
            })
            .await?;
    Ok(Settings {
        business_name,
        public_url,
        country,
        customer_language,
        proxy_header,
        drafts_visible,
        workspace_address: app.workspace_addr().to_string(),
        lan,
        lan_address: lan_address(app),
        lan_problem: app.lan().problem(),
        public_address: app.public_addr().to_string(),
        data_dir: app.config().data_dir.display().to_string(),
    })
}

/// Changes the settings, for administrators.
pub async fn change_settings(
    app: &App,
    caller: &Caller,
    change: SettingsChange,
) -> Result<Settings> {
    caller.must_administer()?;
    let mut fields = Fields::new();
    let business_name =
        change.business_name.as_deref().map(|name| fields.line("business_name", name, 1, 80));
    let country = change.country.as_deref().map(|code| self::country(&mut fields, code));
    let public_url = change.public_url.as_deref().map(|typed| {
        public_origin(typed).unwrap_or_else(|sentence| {
            fields.refuse("public_url", sentence);
            None
        })
    });
    fields.finish()?;
    app.db()
        .write(move |tx| {
            if let Some(name) = &business_name {
                store::settings::set_business_name(tx, name)?;
            }
            if let Some(country) = &country {
                store::settings::set_country(tx, country)?;
            }
            if let Some(language) = change.customer_language {
                store::settings::set_customer_language(tx, language)?;
            }
            if let Some(open) = change.lan {
                store::settings::set_lan(tx, open)?;
            }
            if let Some(header) = change.proxy_header {
                store::settings::set_proxy_header(tx, header)?;
            }
            if let Some(visible) = change.drafts_visible {
                store::settings::set_drafts_visible(tx, visible)?;
            }
            if let Some(origin) = &public_url {
                store::settings::set_public_url(tx, origin.as_deref())?;
            }
            tx.emit(Event::SettingsChanged, Audience::everyone());
            Ok(())
        })
        .await?;
    lan::follow(app).await?;
    settings(app).await
}

/// Where colleagues find this desk: through its door for them, or where the workspace listens
/// already because it was started so.
fn lan_address(app: &App) -> Option<String> {
    let workspace = app.workspace_addr();
    let open = (!workspace.ip().is_loopback()).then_some(workspace);
    app.lan().address().or(open).map(|address| format!("http://{}", lan::reachable(address)))
}

/// A two-letter country, in capitals.
pub(crate) fn country(fields: &mut Fields, code: &str) -> String {
    let code = code.trim().to_ascii_uppercase();
    if code.len() != 2 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
        fields.refuse("country", "Enter the two letters of a country, such as US or DE.");
    }
    code
}

/// What a person typed as the public address: scheme, host and port, without a slash at the end;
/// `None` for nothing. The error is a sentence for them.
fn public_origin(typed: &str) -> Result<Option<String>, &'static str> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let shape = "Enter the address as providers see it, such as https://desk.example.com";
    let url = Url::parse(typed).map_err(|_| shape)?;
    let host = url.host().ok_or(shape)?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("Leave name and password out of the address.");
    }
    if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
        return Err("Leave out what follows the name: the address ends before the first slash.");
    }
    if typed.len() > 255 || host.to_string().contains('_') {
        return Err("Providers do not accept host names with “_”; use another name.");
    }
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&host) => {}
        "http" => {
            return Err("Providers send messages only to addresses that begin with https://.");
        }
        _ => return Err(shape),
    }
    Ok(Some(url.origin().ascii_serialization()))
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => IpAddr::from(*address).is_loopback(),
        Host::Ipv6(address) => IpAddr::from(*address).is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_type_becomes_the_origin_that_providers_sign_for() {
        for (typed, expected) in [
            ("https://desk.example.com", Ok(Some("https://desk.example.com"))),
            (" https://Desk.Example.com/ ", Ok(Some("https://desk.example.com"))),
            ("https://desk.example.com:8443", Ok(Some("https://desk.example.com:8443"))),
            ("https://desk.example.com:443", Ok(Some("https://desk.example.com"))),
            ("http://127.0.0.1:8790", Ok(Some("http://127.0.0.1:8790"))),
            ("http://localhost:8790", Ok(Some("http://localhost:8790"))),
            ("http://[::1]:8790", Ok(Some("http://[::1]:8790"))),
            ("", Ok(None)),
            ("http://desk.example.com", Err("https://")),
            ("https://my_desk.example.com", Err("“_”")),
            ("https://desk.example.com/hooks", Err("first slash")),
            ("https://desk.example.com?x", Err("first slash")),
            ("https://ana:secret@desk.example.com", Err("name and password")),
            ("desk.example.com", Err("such as")),
            ("ftp://desk.example.com", Err("such as")),
            ("https://", Err("such as")),
            ("https://desk.exa\0mple.com", Err("such as")),
        ] {
            match (public_origin(typed), expected) {
                (Ok(found), Ok(expected)) => assert_eq!(found.as_deref(), expected, "{typed}"),
                (Err(found), Err(part)) => assert!(found.contains(part), "{typed}: {found}"),
                (found, expected) => panic!("{typed}: {found:?} instead of {expected:?}"),
            }
        }
    }

    #[test]
    fn a_country_is_two_letters() {
        for (code, expected) in
            [("us", Some("US")), (" De ", Some("DE")), ("USA", None), ("", None), ("1a", None)]
        {
            let mut fields = Fields::new();
            let found = country(&mut fields, code);
            assert_eq!(fields.finish().ok().map(|()| found.as_str()), expected, "{code}");
        }
    }
}
