//! Files: kept on disk, fetched from providers, linked for providers, seen by who may.
//!
//! The row of a file says "stored" only when its bytes are safely on disk. Knows no HTTP of our
//! own, only that of the places it fetches from.

pub(crate) mod addresses;
mod disk;
mod fetch;
mod fetching;
mod kinds;

use std::path::PathBuf;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use bytes::Bytes;
use deskbell_channels::livechat;
use futures_util::{Stream, StreamExt};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use tokio::sync::Notify;
use url::Url;

use crate::access::{self, Caller, Sight};
use crate::app::App;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::events::Event;
use crate::model::{File, FileId, FileState, MessageId, SessionId, Time};
use crate::store::files::{self, FileRow};
use crate::store::visitors::TokenHash;
use crate::store::{Tx, chat_lines, quick_replies, sessions as session_store};
use crate::{secrets, sessions};
use disk::Incoming;
use fetch::Clients;
pub(crate) use fetch::Page;

/// Bytes of a file at most.
pub const FILE_BYTES: u64 = 100 * 1024 * 1024;
/// How long a public link works, in milliseconds.
const LINK_TIME: i64 = 72 * 3_600_000;
/// Pictures of visitors that no message carries yet, at most.
const LOOSE_PICTURES: u32 = 500;
/// How long an upload may stand still.
const UPLOAD_PAUSE: std::time::Duration = std::time::Duration::from_mins(1);

/// The files of the desk.
#[derive(Debug)]
pub struct Media {
    folder: PathBuf,
    clients: Clients,
    bell: Notify,
}

/// A file whose bytes can be read.
#[derive(Debug)]
pub struct Opened {
    /// What it is.
    pub file: File,
    /// Its bytes.
    pub bytes: tokio::fs::File,
}

/// What is behind a public link.
#[derive(Debug)]
pub enum Linked {
    /// The file and its bytes.
    Here(Box<Opened>),
    /// The link worked once.
    Expired,
    /// There never was such a link, or its file is gone.
    Unknown,
}

impl Media {
    /// Prepares the folder, and clears away what an interrupted transfer left.
    pub fn new(config: &Config) -> Result<Self> {
        let folder = config.data_dir.join("files");
        disk::prepare(&folder)?;
        let clients = Clients::new(config.media_private_hosts);
        Ok(Self { folder, clients, bell: Notify::new() })
    }

    /// Starts fetching what customers sent.
    pub fn start(&self, app: &App) {
        app.tasks().spawn(fetching::run(app.clone()));
    }

    /// Says that there may be files to fetch. Call it after the commit.
    pub fn wake(&self) {
        self.bell.notify_one();
    }
}

/// Keeps what a user uploads. At most [`FILE_BYTES`], streamed to disk.
pub async fn keep_upload<S, E>(
    app: &App,
    caller: &Caller,
    name: &str,
    bytes: S,
    now: Time,
) -> Result<File>
where
    S: Stream<Item = std::result::Result<Bytes, E>> + Unpin,
{
    if let Some(reason) = app.db().read_only() {
        return Err(Error::ReadOnly(reason.to_owned()));
    }
    let id = FileId::new();
    let mut incoming = Incoming::begin(&app.media().folder, id).await?;
    receive(&mut incoming, bytes).await?;
    if incoming.size() == 0 {
        return Err(Error::BadRequest("the file is empty".into()));
    }
    let content = incoming.finish().await?;
    let name = kinds::named(&File::safe_name(name), &content.content_type);
    let user = caller.user;
    let stored = app
        .db()
        .write(move |tx| {
            files::insert_stored(tx, id, &name, &content, Some(user), now)?;
            files::get(tx, id)?.ok_or(Error::NotFound("file"))
        })
        .await;
    match stored {
        Ok(row) => Ok(row.file),
        Err(error) => {
            disk::remove(&app.media().folder, id).await;
            Err(error)
        }
    }
}

/// Keeps a picture that a visitor of a live chat brings: a PNG or JPEG, as its bytes tell.
pub(crate) async fn keep_picture<S, E>(
    app: &App,
    visitor: TokenHash,
    name: &str,
    bytes: S,
    now: Time,
) -> Result<File>
where
    S: Stream<Item = std::result::Result<Bytes, E>> + Unpin,
{
    if let Some(reason) = app.db().read_only() {
        return Err(Error::ReadOnly(reason.to_owned()));
    }
    if app.db().read(chat_lines::loose_files).await? >= LOOSE_PICTURES {
        return Err(Error::TooManyRequests(60));
    }
    let id = FileId::new();
    let mut incoming = Incoming::begin(&app.media().folder, id).await?;
    receive_upto(&mut incoming, bytes, livechat::FILE_BYTES).await?;
    let content = incoming.finish().await?;
    let is_picture = matches!(content.content_type.as_str(), "image/png" | "image/jpeg");
    let name = kinds::named(&File::safe_name(name), &content.content_type);
    let stored = if is_picture {
        app.db()
            .write(move |tx| {
                files::insert_stored(tx, id, &name, &content, None, now)?;
                chat_lines::set_visitor(tx, id, &visitor)?;
                files::get(tx, id)?.ok_or(Error::NotFound("file"))
            })
            .await
    } else {
        Err(Error::BadRequest("this is neither a PNG nor a JPEG picture".into()))
    };
    if stored.is_err() {
        disk::remove(&app.media().folder, id).await;
    }
    stored.map(|row| row.file)
}

/// Fetches a page of a website whose address somebody entered, or says why it does not come.
pub(crate) async fn fetch_page(app: &App, url: Url) -> std::result::Result<Page, String> {
    fetch::page(&app.media().clients, url).await
}

/// The bytes of a file, for whoever has decided already that it may be given.
pub(crate) async fn open_decided(app: &App, id: FileId) -> Result<Option<Opened>> {
    let row = app.db().read(move |c| files::get(c, id)).await?;
    let Some(row) = row.filter(|row| row.file.state == FileState::Stored) else { return Ok(None) };
    let bytes = disk::open(&app.media().folder, id).await?;
    Ok(bytes.map(|bytes| Opened { file: row.file, bytes }))
}

async fn receive<S, E>(incoming: &mut Incoming, bytes: S) -> Result<()>
where
    S: Stream<Item = std::result::Result<Bytes, E>> + Unpin,
{
    receive_upto(incoming, bytes, FILE_BYTES).await
}

async fn receive_upto<S, E>(incoming: &mut Incoming, mut bytes: S, most: u64) -> Result<()>
where
    S: Stream<Item = std::result::Result<Bytes, E>> + Unpin,
{
    loop {
        let next = tokio::time::timeout(UPLOAD_PAUSE, bytes.next()).await;
        match next {
            Ok(Some(Ok(chunk))) => {
                incoming.write(&chunk).await?;
                if incoming.size() > most {
                    return Err(Error::TooLarge(most));
                }
            }
            Ok(None) => return Ok(()),
            Ok(Some(Err(_))) => return Err(Error::BadRequest("the upload broke off".into())),
            Err(_) => return Err(Error::BadRequest("the upload stood still for too long".into())),
        }
    }
}

/// The file, if the caller may see it: their own upload until a message carries it, then whoever
/// sees the session of that message.
pub async fn see(app: &App, caller: &Caller, id: FileId) -> Result<FileRow> {
    let caller = caller.clone();
    app.db().read(move |connection| Ok(visible(connection, &caller, id)?.0)).await
}

/// The file as the caller may see it, and the session through which they only supervise it. Those
/// they may not see do not exist for them.
pub fn visible(
    connection: &Connection,
    caller: &Caller,
    id: FileId,
) -> Result<(FileRow, Option<SessionId>)> {
    let row = files::get(connection, id)?.ok_or(Error::NotFound("file"))?;
    if row.messages.is_empty() && row.uploaded_by == Some(caller.user) {
        return Ok((row, None));
    }
    let mut supervised = None;
    for message in &row.messages {
        let (session, _) = session_store::audience_of_message(connection, *message)?;
        let holder = session_store::holder(connection, session, caller.user)?;
        match access::sight(caller, &holder) {
            Sight::Own => return Ok((row, None)),
            Sight::Supervising | Sight::Mentioned => supervised = supervised.or(Some(session)),
            Sight::None => {}
        }
    }
    if supervised.is_none() && quick_replies::has_file(connection, caller, id)? {
        return Ok((row, None));
    }
    if supervised.is_some() { Ok((row, supervised)) } else { Err(Error::NotFound("file")) }
}

/// The bytes of a file that the caller may see.
pub async fn open(app: &App, caller: &Caller, id: FileId) -> Result<Opened> {
    let asking = caller.clone();
    let (row, supervised) =
        app.db().read(move |connection| visible(connection, &asking, id)).await?;
    let file = row.file;
    if let Some(session) = supervised {
        sessions::look(app, caller, session).await?;
    }
    match file.state {
        FileState::Stored => {}
        FileState::Pending => {
            return Err(Error::Conflict("this file is still on its way: try again soon".into()));
        }
        FileState::Failed => {
            return Err(Error::Conflict(
                "this file could not be fetched from the provider: ask for it again".into(),
            ));
        }
    }
    match disk::open(&app.media().folder, id).await? {
        Some(bytes) => Ok(Opened { file, bytes }),
        None => Err(Error::NotFound("file")),
    }
}

/// Lets a file that could not be fetched be fetched again.
pub async fn fetch_again(app: &App, caller: &Caller, id: FileId, now: Time) -> Result<File> {
    let caller = caller.clone();
    let file = app
        .db()
        .write(move |tx| {
            let (row, _) = visible(tx, &caller, id)?;
            if !files::fetch_again(tx, id, now)? {
                return Err(Error::Conflict(
                    "only a file that could not be fetched can be asked for again".into(),
                ));
            }
            tell_messages(tx, &row.messages)?;
            Ok(files::get(tx, id)?.ok_or(Error::NotFound("file"))?.file)
        })
        .await?;
    app.media().wake();
    Ok(file)
}

/// A new public link to a file: path and name, to be put behind the public address.
pub fn link(tx: &Tx<'_>, id: FileId, now: Time) -> Result<String> {
    let row = files::get(tx, id)?.ok_or(Error::NotFound("file"))?;
    let token = new_token()?;
    files::insert_link(tx, &hash_of(&token), id, now, now + LINK_TIME)?;
    Ok(format!("/media/{token}/{}", plain(&row.file.name)))
}

/// What is behind the token of a public link at `now`.
pub async fn open_link(app: &App, token: &str, now: Time) -> Result<Linked> {
    let hash = hash_of(token);
    let Some(linked) = app.db().read(move |connection| files::of_link(connection, &hash)).await?
    else {
        return Ok(Linked::Unknown);
    };
    if linked.expires_at <= now {
        return Ok(Linked::Expired);
    }
    Ok(match disk::open(&app.media().folder, linked.file.id).await? {
        Some(bytes) => Linked::Here(Box::new(Opened { file: linked.file, bytes })),
        None => Linked::Unknown,
    })
}

/// The `Content-Disposition` under which a file is handed out: always to keep, never to run.
pub fn disposition(name: &str) -> String {
    let encoded = percent_encoded(name);
    format!("attachment; filename=\"{}\"; filename*=UTF-8''{encoded}", plain(name))
}

/// Percent-encoded as RFC 5987 asks.
fn percent_encoded(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    encoded
}

/// A hexadecimal digit.
fn digit(value: u8) -> char {
    char::from_digit(u32::from(value), 16).unwrap_or('0').to_ascii_uppercase()
}

/// A name of letters, digits, dots and dashes only.
fn plain(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-') { c } else { '_' })
        .collect()
}

/// Tells that the files of these messages changed.
fn tell_messages(tx: &mut Tx<'_>, messages: &[MessageId]) -> Result<()> {
    for message in messages {
        let (session_id, audience) = session_store::audience_of_message(tx, *message)?;
        tx.emit(Event::MessageChanged { session_id, message_id: *message }, audience);
    }
    Ok(())
}

fn new_token() -> Result<String> {
    Ok(BASE64_URL_SAFE_NO_PAD.encode(secrets::random::<32>()?))
}

fn hash_of(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_cannot_be_guessed_and_its_token_is_not_kept() {
        let (one, two) = (new_token().unwrap(), new_token().unwrap());
        assert_eq!(one.len(), 43);
        assert_ne!(one, two);
        assert_ne!(hash_of(&one), hash_of(&two));
    }

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        assert_eq!(
            disposition("Grüße \"1\".pdf"),
            "attachment; filename=\"Gr__e__1_.pdf\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%221%22.pdf"
        );
    }
}
