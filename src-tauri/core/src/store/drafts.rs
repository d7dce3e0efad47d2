//! What people have begun to write: an answer and a note for each person and session.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Tx, files};
use crate::error::{Error, Result};
use crate::model::{ColleagueDraft, Draft, DraftInput, File, SessionId, Time, UserId};

const SELECT: &str = "SELECT d.user_id, d.session_id, d.version, d.text, d.note, d.reply_to, d.mentions, d.at FROM drafts d";

fn read(row: &Row<'_>) -> rusqlite::Result<Draft> {
    let mentions: String = row.get(6)?;
    Ok(Draft {
        session_id: row.get(1)?,
        version: row.get(2)?,
        text: row.get(3)?,
        note: row.get(4)?,
        reply_to: row.get(5)?,
        mentions: serde_json::from_str(&mentions).unwrap_or_default(),
        files: Vec::new(),
        at: row.get(7)?,
    })
}

fn with_files(connection: &Connection, user: UserId, mut draft: Draft) -> Result<Draft> {
    draft.files = files_of(connection, user, (draft.session_id, draft.note))?;
    Ok(draft)
}

fn files_of(
    connection: &Connection,
    user: UserId,
    (session, note): (SessionId, bool),
) -> Result<Vec<File>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {} FROM draft_files df JOIN files ON files.id = df.file_id \
         WHERE df.user_id = ?1 AND df.session_id = ?2 AND df.note = ?3 ORDER BY df.position",
        files::COLUMNS
    ))?;
    let rows = statement.query_map(params![user, session, note], files::of_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A user's draft in a session: of a note, or of an answer.
pub fn get(
    connection: &Connection,
    user: UserId,
    (session, note): (SessionId, bool),
) -> Result<Option<Draft>> {
    let mut statement = connection.prepare_cached(&format!(
        "{SELECT} WHERE d.user_id = ?1 AND d.session_id = ?2 AND d.note = ?3"
    ))?;
    let draft = statement.query_row(params![user, session, note], read).optional()?;
    draft.map(|draft| with_files(connection, user, draft)).transpose()
}

/// A user's drafts in a session, the answer first.
pub fn of_session(connection: &Connection, user: UserId, session: SessionId) -> Result<Vec<Draft>> {
    let both = [false, true].map(|note| get(connection, user, (session, note)));
    both.into_iter().filter_map(Result::transpose).collect()
}

/// All drafts of a user, the newest first.
pub fn of_user(connection: &Connection, user: UserId, limit: u32) -> Result<Vec<Draft>> {
    let mut statement = connection
        .prepare_cached(&format!("{SELECT} WHERE d.user_id = ?1 ORDER BY d.at DESC LIMIT ?2"))?;
    let rows = statement.query_map(params![user, limit], read)?;
    let drafts: Vec<Draft> = rows.collect::<rusqlite::Result<_>>()?;
    drafts.into_iter().map(|draft| with_files(connection, user, draft)).collect()
}

/// The drafts of everybody else in a session, the newest first.
pub fn of_others(
    connection: &Connection,
    user: UserId,
    session: SessionId,
) -> Result<Vec<ColleagueDraft>> {
    let mut statement = connection.prepare_cached(
        "SELECT d.user_id, u.name, d.note, d.text, d.at FROM drafts d JOIN users u ON u.id = d.user_id \
         WHERE d.session_id = ?1 AND d.user_id <> ?2 AND u.disabled = 0 AND u.deleted_at IS NULL \
         ORDER BY d.at DESC LIMIT 50",
    )?;
    let rows = statement.query_map(params![session, user], |row| {
        Ok(ColleagueDraft {
            user_id: row.get(0)?,
            name: row.get(1)?,
            note: row.get(2)?,
            text: row.get(3)?,
            at: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Keeps a draft under this version.
pub fn put(
    tx: &Tx<'_>,
    user: UserId,
    session: SessionId,
    version: i64,
    draft: &DraftInput,
    now: Time,
) -> Result<()> {
    let mentions = serde_json::to_string(&draft.mentions)
        .map_err(|error| Error::Internal(error.to_string()))?;
    tx.prepare_cached(
        "INSERT INTO drafts (user_id, session_id, version, text, note, reply_to, mentions, at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (user_id, session_id, note) DO UPDATE SET \
         version = excluded.version, text = excluded.text, \
         reply_to = excluded.reply_to, mentions = excluded.mentions, at = excluded.at",
    )?
    .execute(params![
        user,
        session,
        version,
        draft.text,
        draft.note,
        draft.reply_to,
        mentions,
        now
    ])?;
    tx.prepare_cached(
        "DELETE FROM draft_files WHERE user_id = ?1 AND session_id = ?2 AND note = ?3",
    )?
    .execute(params![user, session, draft.note])?;
    let mut statement = tx.prepare_cached(
        "INSERT INTO draft_files (user_id, session_id, note, position, file_id) \
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (position, file) in (0_i64..).zip(&draft.file_ids) {
        statement.execute(params![user, session, draft.note, position, file])?;
    }
    Ok(())
}

/// Forgets a draft; says whether there was one.
pub fn remove(tx: &Tx<'_>, user: UserId, (session, note): (SessionId, bool)) -> Result<bool> {
    let removed = tx
        .prepare_cached("DELETE FROM drafts WHERE user_id = ?1 AND session_id = ?2 AND note = ?3")?
        .execute(params![user, session, note])?;
    Ok(removed > 0)
}
