//! What people look like: a small picture of their own, for colleagues and, where a site shows it,
//! for visitors.

use bytes::Bytes;
use futures_util::Stream;

use crate::access::Caller;
use crate::app::App;
use crate::chat::checks;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::media::{self, Opened};
use crate::model::{FileId, Time, UserId};
use crate::store::users;

/// Takes a picture of the caller: a PNG or JPEG of at most 1 MB. Answers its id.
pub async fn set<S, E>(app: &App, caller: &Caller, bytes: S, now: Time) -> Result<FileId>
where
    S: Stream<Item = std::result::Result<Bytes, E>> + Unpin,
{
    let file = media::keep_upload(app, caller, "photo", bytes, now).await?;
    let (user, id) = (caller.user, file.id);
    app.db()
        .write(move |tx| {
            checks::picture(tx, user, id)?.map_err(|sentence| Error::field("photo", sentence))?;
            users::set_photo(tx, user, Some(id))?;
            tx.emit(Event::UserChanged { user_id: user }, Audience::everyone());
            Ok(id)
        })
        .await
}

/// The caller has no picture any more.
pub async fn remove(app: &App, caller: &Caller) -> Result<()> {
    let user = caller.user;
    app.db()
        .write(move |tx| {
            users::set_photo(tx, user, None)?;
            tx.emit(Event::UserChanged { user_id: user }, Audience::everyone());
            Ok(())
        })
        .await
}

/// The picture of a user, for everybody who is signed in.
pub async fn open(app: &App, user: UserId) -> Result<Opened> {
    let file = app.db().read(move |c| Ok(users::shown(c, user)?.1)).await?;
    let file = file.ok_or(Error::NotFound("photo"))?;
    media::open_decided(app, file).await?.ok_or(Error::NotFound("photo"))
}
