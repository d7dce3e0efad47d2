//! Settings of the desk as a whole: one row each.

use rusqlite::{Connection, OptionalExtension, params};

use super::Tx;
use crate::error::Result;
use crate::model::{CustomerLanguage, ProxyHeader};

/// Public addresses that are remembered.
const ORIGINS: usize = 10;
/// The country of numbers without `+` until somebody chooses one.
const USUAL_COUNTRY: &str = "US";

/// A setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    BusinessName,
    Country,
    CustomerLanguage,
    DraftsVisible,
    Lan,
    ProxyHeader,
    PublicOrigins,
    PublicUrl,
}

impl Key {
    fn as_str(self) -> &'static str {
        match self {
            Self::BusinessName => "business_name",
            Self::Country => "country",
            Self::CustomerLanguage => "customer_language",
            Self::DraftsVisible => "drafts_visible",
            Self::Lan => "lan",
            Self::ProxyHeader => "proxy_header",
            Self::PublicOrigins => "public_url_history",
            Self::PublicUrl => "public_url",
        }
    }
}

fn get(c: &Connection, key: Key) -> Result<Option<String>> {
    let mut statement = c.prepare_cached("SELECT value FROM settings WHERE key = ?1")?;
    Ok(statement.query_row([key.as_str()], |row| row.get(0)).optional()?)
}

fn put(tx: &Tx<'_>, key: Key, value: &str) -> Result<()> {
    tx.prepare_cached(
        "INSERT INTO settings (key, value) VALUES (?1, ?2)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )?
    .execute(params![key.as_str(), value])?;
    Ok(())
}

/// Name of the business; empty before set-up.
pub fn business_name(c: &Connection) -> Result<String> {
    Ok(get(c, Key::BusinessName)?.unwrap_or_default())
}

/// Names the business.
pub fn set_business_name(tx: &Tx<'_>, name: &str) -> Result<()> {
    put(tx, Key::BusinessName, name)
}

/// Two-letter country for numbers without `+`.
pub fn country(c: &Connection) -> Result<String> {
    Ok(get(c, Key::Country)?.unwrap_or_else(|| USUAL_COUNTRY.to_owned()))
}

/// Sets the country for numbers without `+`.
pub fn set_country(tx: &Tx<'_>, country: &str) -> Result<()> {
    put(tx, Key::Country, country)
}

/// In which the desk tells customers when it opens again; English until somebody chooses.
pub fn customer_language(c: &Connection) -> Result<CustomerLanguage> {
    get(c, Key::CustomerLanguage)?.map_or(Ok(CustomerLanguage::English), |word| word.parse())
}

/// Sets the language of the customers.
pub fn set_customer_language(tx: &Tx<'_>, language: CustomerLanguage) -> Result<()> {
    put(tx, Key::CustomerLanguage, language.as_str())
}

/// Whether colleagues see the text of a draft; they do until somebody decides otherwise.
pub fn drafts_visible(c: &Connection) -> Result<bool> {
    Ok(get(c, Key::DraftsVisible)?.is_none_or(|word| word != "no"))
}

/// Lets colleagues see the text of a draft, or only whose it is.
pub fn set_drafts_visible(tx: &Tx<'_>, visible: bool) -> Result<()> {
    put(tx, Key::DraftsVisible, if visible { "yes" } else { "no" })
}

/// Whether the office network may come in.
pub fn lan(c: &Connection) -> Result<bool> {
    Ok(get(c, Key::Lan)?.is_some_and(|word| word == "open"))
}

/// Lets the office network in, or shuts it out.
pub fn set_lan(tx: &Tx<'_>, open: bool) -> Result<()> {
    put(tx, Key::Lan, if open { "open" } else { "closed" })
}

/// Where a tunnel or proxy tells who calls.
pub fn proxy_header(c: &Connection) -> Result<ProxyHeader> {
    get(c, Key::ProxyHeader)?.map_or(Ok(ProxyHeader::None), |word| word.parse())
}

/// Sets where a tunnel or proxy tells who calls.
pub fn set_proxy_header(tx: &Tx<'_>, header: ProxyHeader) -> Result<()> {
    put(tx, Key::ProxyHeader, header.as_str())
}

/// Public origin of this desk (`https://desk.example.com`), without a slash at the end.
pub fn public_url(c: &Connection) -> Result<Option<String>> {
    Ok(get(c, Key::PublicUrl)?.filter(|url| !url.is_empty()))
}

/// Sets the public origin, and remembers it among those that webhooks may be signed for.
pub fn set_public_url(tx: &Tx<'_>, origin: Option<&str>) -> Result<()> {
    put(tx, Key::PublicUrl, origin.unwrap_or_default())?;
    let Some(origin) = origin else { return Ok(()) };
    let mut origins = public_origins(tx)?;
    origins.retain(|known| known != origin);
    origins.insert(0, origin.to_owned());
    origins.truncate(ORIGINS);
    put(tx, Key::PublicOrigins, &serde_json::json!(origins).to_string())
}

/// Public origins that this desk has or had, the newest first: a provider signs for the one that
/// it was told.
pub fn public_origins(c: &Connection) -> Result<Vec<String>> {
    let known = get(c, Key::PublicOrigins)?.unwrap_or_default();
    Ok(serde_json::from_str(&known).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::Bus;
    use crate::store::{Db, migrate};

    #[tokio::test]
    async fn old_public_addresses_are_remembered_newest_first() {
        let folder = tempfile::tempdir().unwrap();
        let prepared = migrate::prepare(folder.path(), 0).unwrap();
        let db = Db::open(&prepared.path, &Bus::new(8), None).unwrap();
        for n in 0..12 {
            let origin = format!("https://desk{n}.example");
            db.write(move |tx| set_public_url(tx, Some(&origin))).await.unwrap();
        }
        db.write(|tx| set_public_url(tx, Some("https://desk5.example"))).await.unwrap();
        db.write(|tx| set_public_url(tx, None)).await.unwrap();
        let (url, origins) = db.read(|c| Ok((public_url(c)?, public_origins(c)?))).await.unwrap();
        assert_eq!(url, None);
        assert_eq!(origins.len(), 10);
        assert_eq!(origins[..2], ["https://desk5.example", "https://desk11.example"]);
        assert_eq!(origins[9], "https://desk2.example");
        db.close();
    }

    #[tokio::test]
    async fn a_new_desk_has_no_name_and_a_country() {
        let folder = tempfile::tempdir().unwrap();
        let prepared = migrate::prepare(folder.path(), 0).unwrap();
        let db = Db::open(&prepared.path, &Bus::new(8), None).unwrap();
        assert_eq!(db.read(business_name).await.unwrap(), "");
        assert_eq!(db.read(country).await.unwrap(), "US");
        assert_eq!(db.read(proxy_header).await.unwrap(), ProxyHeader::None);
        db.write(|tx| set_proxy_header(tx, ProxyHeader::CfConnectingIp)).await.unwrap();
        assert_eq!(db.read(proxy_header).await.unwrap(), ProxyHeader::CfConnectingIp);
        db.write(|tx| set_country(tx, "CA")).await.unwrap();
        assert_eq!(db.read(country).await.unwrap(), "CA");
        db.close();
    }
}
