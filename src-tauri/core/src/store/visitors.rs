//! Browsers that have written on a site, the pages that they saw, and what was said with them.

use deskbell_channels::form::IdentityKind;
use deskbell_channels::livechat::frames::{Form, Page};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::identities::Known;
use super::{Tx, contacts};
use crate::error::{Error, Result};
use crate::model::{
    ChannelId, ClosedBy, ContactId, IdentityId, SessionId, SessionStatus, Time, VisitedPage,
};

/// What a browser proves itself with, hashed together with its site.
pub type TokenHash = [u8; 32];

/// Pages of a visitor that are kept.
const PAGES: u32 = 50;

/// What a browser says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Browser {
    /// What it calls itself.
    pub agent: String,
    /// Its language.
    pub language: String,
    /// Its time zone.
    pub time_zone: String,
    /// From where the visitor came.
    pub referrer: String,
}

/// A visitor as they are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitorRow {
    /// What their browser said of itself.
    pub browser: Browser,
    /// What they answered in the form.
    pub form: Form,
    /// When they agreed to what stands under it.
    pub consented_at: Option<Time>,
    /// When they first wrote.
    pub first_seen_at: Time,
    /// When they were last here.
    pub last_seen_at: Time,
}

/// The visitor with this token, if they have written before.
pub fn of_token(c: &Connection, hash: &TokenHash) -> Result<Option<Known>> {
    let mut statement = c.prepare_cached(
        "SELECT i.id, i.contact_id FROM visitors v JOIN identities i ON i.id = v.identity_id \
         WHERE v.token_hash = ?1",
    )?;
    let known = statement.query_row([hash.as_slice()], |row| {
        Ok(Known { identity: row.get(0)?, contact: row.get(1)? })
    });
    Ok(known.optional()?)
}

/// What a visitor's browser proves itself with, hashed.
pub fn token_of(c: &Connection, id: IdentityId) -> Result<Option<TokenHash>> {
    let mut statement =
        c.prepare_cached("SELECT token_hash FROM visitors WHERE identity_id = ?1")?;
    Ok(statement.query_row([id], |row| row.get(0)).optional()?)
}

/// What ended a session.
pub fn closed_by(c: &Connection, session: SessionId) -> Result<Option<ClosedBy>> {
    let mut statement = c.prepare_cached("SELECT closed_by FROM sessions WHERE id = ?1")?;
    Ok(statement.query_row([session], |row| row.get(0)).optional()?.flatten())
}

/// Writes a visitor down who writes for the first time, with a contact of whom nothing is known.
pub fn insert(
    tx: &Tx<'_>,
    channel: ChannelId,
    hash: &TokenHash,
    browser: &Browser,
    now: Time,
) -> Result<Known> {
    let (contact, identity) = (ContactId::new(), IdentityId::new());
    // The last letters of an id are the random ones.
    let address = identity.to_string().rsplit('-').next().unwrap_or_default().to_uppercase();
    tx.prepare_cached(
        "INSERT INTO contacts (id, created_at, last_message_at, language, time_zone, anonymous) \
         VALUES (?1, ?2, ?2, ?3, ?4, 1)",
    )?
    .execute(params![contact, now, browser.language, browser.time_zone])?;
    tx.prepare_cached(
        "INSERT INTO identities (id, contact_id, kind, address, created_at) \
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![identity, contact, IdentityKind::Visitor.as_str(), address, now])?;
    tx.prepare_cached(
        "INSERT INTO visitors (identity_id, channel_id, token_hash, first_seen_at, last_seen_at, \
         agent, language, time_zone, referrer) VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        identity,
        channel,
        hash.as_slice(),
        now,
        browser.agent,
        browser.language,
        browser.time_zone,
        browser.referrer
    ])?;
    contacts::index(tx, contact)?;
    Ok(Known { identity, contact })
}

/// One visitor; `None`: the address is of another kind.
pub fn get(c: &Connection, id: IdentityId) -> Result<Option<VisitorRow>> {
    let mut statement = c.prepare_cached(
        "SELECT agent, language, time_zone, referrer, form, consented_at, first_seen_at, last_seen_at \
         FROM visitors WHERE identity_id = ?1",
    )?;
    let row = statement.query_row([id], |row| {
        let browser = Browser {
            agent: row.get(0)?,
            language: row.get(1)?,
            time_zone: row.get(2)?,
            referrer: row.get(3)?,
        };
        Ok((browser, row.get::<_, String>(4)?, row.get(5)?, row.get(6)?, row.get(7)?))
    });
    let Some((browser, form, consented_at, first_seen_at, last_seen_at)) = row.optional()? else {
        return Ok(None);
    };
    let form = serde_json::from_str(&form).map_err(|error| Error::Internal(error.to_string()))?;
    Ok(Some(VisitorRow { browser, form, consented_at, first_seen_at, last_seen_at }))
}

/// Keeps what a visitor answered in the form.
pub fn set_form(
    tx: &Tx<'_>,
    id: IdentityId,
    form: &Form,
    consented_at: Option<Time>,
) -> Result<()> {
    let text = serde_json::to_string(form).map_err(|error| Error::Internal(error.to_string()))?;
    tx.prepare_cached(
        "UPDATE visitors SET form = ?2, consented_at = coalesce(?3, consented_at) WHERE identity_id = ?1",
    )?
    .execute(params![id, text, consented_at])?;
    Ok(())
}

/// A visitor was here, with this browser.
pub fn touch(tx: &Tx<'_>, id: IdentityId, browser: &Browser, now: Time) -> Result<()> {
    tx.prepare_cached(
        "UPDATE visitors SET last_seen_at = max(last_seen_at, ?2), agent = ?3, language = ?4, \
         time_zone = ?5 WHERE identity_id = ?1",
    )?
    .execute(params![id, now, browser.agent, browser.language, browser.time_zone])?;
    Ok(())
}

/// A visitor was here.
pub fn note_seen(tx: &Tx<'_>, id: IdentityId, now: Time) -> Result<()> {
    tx.prepare_cached(
        "UPDATE visitors SET last_seen_at = max(last_seen_at, ?2) WHERE identity_id = ?1",
    )?
    .execute(params![id, now])?;
    Ok(())
}

/// Keeps pages that a visitor saw, oldest first; those before the newest 50 are forgotten.
pub fn add_pages(tx: &Tx<'_>, id: IdentityId, pages: &[VisitedPage]) -> Result<()> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO visitor_pages (identity_id, at, url, title) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for page in pages {
        statement.execute(params![id, page.at, page.url, page.title])?;
    }
    tx.prepare_cached(
        "DELETE FROM visitor_pages WHERE identity_id = ?1 AND rowid NOT IN \
         (SELECT rowid FROM visitor_pages WHERE identity_id = ?1 ORDER BY at DESC, rowid DESC LIMIT ?2)",
    )?
    .execute(params![id, PAGES])?;
    Ok(())
}

/// Pages that a visitor saw, newest first.
pub fn pages(c: &Connection, id: IdentityId) -> Result<Vec<VisitedPage>> {
    let mut statement = c.prepare_cached(
        "SELECT at, url, title FROM visitor_pages WHERE identity_id = ?1 \
         ORDER BY at DESC, rowid DESC LIMIT ?2",
    )?;
    let rows = statement.query_map(params![id, PAGES], |row| {
        Ok(VisitedPage { at: row.get(0)?, url: row.get(1)?, title: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The newest session with a visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastSession {
    /// Which.
    pub id: SessionId,
    /// Open or closed.
    pub status: SessionStatus,
    /// Place up to which somebody of the team has seen it.
    pub seen: i64,
    /// Name of its owner.
    pub owner: Option<String>,
    /// The owner's photo.
    pub photo: Option<crate::model::FileId>,
}

fn last_session(row: &Row<'_>) -> rusqlite::Result<LastSession> {
    Ok(LastSession {
        id: row.get(0)?,
        status: row.get(1)?,
        seen: row.get(2)?,
        owner: row.get(3)?,
        photo: row.get(4)?,
    })
}

/// The newest session with a visitor, if there was one.
pub fn last(c: &Connection, id: IdentityId) -> Result<Option<LastSession>> {
    let mut statement = c.prepare_cached(
        "SELECT s.id, s.status, \
            (SELECT coalesce(max(m.seen_seq), 0) FROM session_marks m WHERE m.session_id = s.id), \
            u.name, u.photo \
         FROM sessions s LEFT JOIN users u ON u.id = s.owner_id \
         WHERE s.identity_id = ?1 ORDER BY s.id DESC LIMIT 1",
    )?;
    Ok(statement.query_row([id], last_session).optional()?)
}

/// Open sessions of a channel.
pub fn open_chats(c: &Connection, channel: ChannelId) -> Result<u32> {
    let mut statement = c.prepare_cached(
        "SELECT count(*) FROM sessions WHERE channel_id = ?1 AND status = 'open'",
    )?;
    Ok(statement.query_row([channel], |row| row.get(0))?)
}

/// The page on which a session's visitor writes: its path.
pub fn set_page(tx: &Tx<'_>, session: SessionId, page: &Page) -> Result<()> {
    let path = path_of(&page.url);
    tx.prepare_cached("UPDATE sessions SET page = ?2 WHERE id = ?1 AND page IS NOT ?2")?
        .execute(params![session, path])?;
    Ok(())
}

/// Path of an address; `None` where there is none.
fn path_of(url: &str) -> Option<String> {
    let path = url::Url::parse(url).ok()?.path().chars().take(120).collect::<String>();
    Some(path).filter(|path| !path.is_empty())
}
