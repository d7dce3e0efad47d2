//! What people do with quick replies: keep, change, delete, bring in, use.
//!
//! Mine are mine alone; those of the team and of queues are written by supervisors and
//! administrators and read by all who have them. The variables in the words are filled by the
//! client that inserts them; here it is only known which ones there are. Knows no HTTP.

use crate::access::Caller;
use crate::app::App;
use crate::content;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::fields::Fields;
use crate::model::{
    ExistingReplies, ImportedReplies, QuickReply, QuickReplyEntry, QuickReplyId, ReplyBody,
    ReplyVisibility,
};
use crate::store::quick_replies::{self as store, Scope};
use crate::store::{Tx, queues};

/// Quick replies that one user, the team or one queue may have.
const IN_SCOPE: i64 = 2_000;
/// Characters of the words.
const BODY: usize = 10_000;
/// Languages of one quick reply.
const LANGUAGES: usize = 30;
/// Files of one quick reply.
const FILES: usize = 20;
/// Channels of one quick reply.
const CHANNELS: usize = 500;

/// The variables that clients fill in; `ask:` is followed by a question.
const VARIABLES: [&str; 8] = [
    "contact.first_name",
    "contact.name",
    "contact.company",
    "agent.first_name",
    "agent.name",
    "business.name",
    "channel.name",
    "channel.number",
];

/// Those that the caller has.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<QuickReply>> {
    let caller = caller.clone();
    app.db().read(move |connection| store::list(connection, &caller)).await
}

/// Adds one.
pub async fn create(app: &App, caller: &Caller, entry: QuickReplyEntry) -> Result<QuickReply> {
    let entry = checked(entry, "")?;
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let id = add(tx, &caller, &entry, "")?;
            store::get(tx, &caller, id)
        })
        .await
}

/// Makes one into what is given, whole.
pub async fn replace(
    app: &App,
    caller: &Caller,
    id: QuickReplyId,
    entry: QuickReplyEntry,
) -> Result<QuickReply> {
    let entry = checked(entry, "")?;
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            change(tx, &caller, id, &entry, "")?;
            store::get(tx, &caller, id)
        })
        .await
}

/// Deletes one. What was sent with it stays.
pub async fn delete(app: &App, caller: &Caller, id: QuickReplyId) -> Result<()> {
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let reply = changeable(tx, &caller, id)?;
            store::delete(tx, id)?;
            tell(tx, id, scope_of(&reply));
            Ok(())
        })
        .await
}

/// The caller used one: theirs are sorted by that.
pub async fn count_use(app: &App, caller: &Caller, id: QuickReplyId) -> Result<()> {
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            store::get(tx, &caller, id)?;
            store::count_use(tx, id, caller.user, tx.now())
        })
        .await
}

/// Brings in many at once: all of them, or none.
pub async fn import(
    app: &App,
    caller: &Caller,
    entries: Vec<QuickReplyEntry>,
    existing: ExistingReplies,
) -> Result<ImportedReplies> {
    let mut wanted = Vec::with_capacity(entries.len());
    for (place, entry) in entries.into_iter().enumerate() {
        wanted.push(checked(entry, &format!("replies.{place}."))?);
    }
    let caller = caller.clone();
    app.db()
        .write(move |tx| {
            let mut done = ImportedReplies::default();
            for (place, entry) in wanted.iter().enumerate() {
                let at = format!("replies.{place}.");
                let scope = scope(tx, &caller, entry, &at)?;
                match (store::of_name(tx, scope, &entry.name)?, existing) {
                    (None, _) => {
                        add(tx, &caller, entry, &at)?;
                        done.added += 1;
                    }
                    (Some(id), ExistingReplies::Replace) => {
                        change(tx, &caller, id, entry, &at)?;
                        done.changed += 1;
                    }
                    (Some(_), ExistingReplies::Keep) => done.kept += 1,
                }
            }
            Ok(done)
        })
        .await
}

fn add(
    tx: &mut Tx<'_>,
    caller: &Caller,
    entry: &QuickReplyEntry,
    at: &str,
) -> Result<QuickReplyId> {
    let scope = scope(tx, caller, entry, at)?;
    if store::count(tx, scope)? >= IN_SCOPE {
        let message =
            format!("There are {IN_SCOPE} quick replies here already; delete some first.");
        return Err(Error::field(&format!("{at}name"), message));
    }
    must_be_free(tx, scope, entry, None, at)?;
    check_files(tx, caller, entry, at)?;
    let id = store::insert(tx, scope, entry, tx.now())?;
    store::add_parts(tx, id, entry)?;
    tell(tx, id, scope);
    Ok(id)
}

fn change(
    tx: &mut Tx<'_>,
    caller: &Caller,
    id: QuickReplyId,
    entry: &QuickReplyEntry,
    at: &str,
) -> Result<()> {
    let before = scope_of(&changeable(tx, caller, id)?);
    let scope = scope(tx, caller, entry, at)?;
    must_be_free(tx, scope, entry, Some(id), at)?;
    check_files(tx, caller, entry, at)?;
    store::update(tx, id, scope, entry, tx.now())?;
    store::clear_parts(tx, id)?;
    store::add_parts(tx, id, entry)?;
    if before != scope {
        tell(tx, id, before);
    }
    tell(tx, id, scope);
    Ok(())
}

fn check_files(tx: &Tx<'_>, caller: &Caller, entry: &QuickReplyEntry, at: &str) -> Result<()> {
    content::check_files(tx, caller, &entry.file_ids)
        .map(drop)
        .map_err(|_| Error::field(&format!("{at}file_ids"), "Upload the file again, then save."))
}

/// One that the caller has and may change.
fn changeable(tx: &Tx<'_>, caller: &Caller, id: QuickReplyId) -> Result<QuickReply> {
    let reply = store::get(tx, caller, id)?;
    if reply.may_change { Ok(reply) } else { Err(not_yours()) }
}

fn not_yours() -> Error {
    Error::Forbidden(
        "quick replies of the team and of queues are written by supervisors; keep one of your own",
    )
}

fn scope_of(reply: &QuickReply) -> Scope {
    Scope { visible: reply.visible, user: reply.user_id, queue: reply.queue_id }
}

/// Where an entry of the caller belongs, if they may write there.
fn scope(tx: &Tx<'_>, caller: &Caller, entry: &QuickReplyEntry, at: &str) -> Result<Scope> {
    let scope = match entry.visible {
        ReplyVisibility::Me => {
            return Ok(Scope {
                visible: ReplyVisibility::Me,
                user: Some(caller.user),
                queue: None,
            });
        }
        ReplyVisibility::Team => Scope { visible: ReplyVisibility::Team, user: None, queue: None },
        ReplyVisibility::Queue => {
            Scope { visible: ReplyVisibility::Queue, user: None, queue: entry.queue_id }
        }
    };
    if !caller.supervises() {
        return Err(not_yours());
    }
    match (scope.visible, scope.queue) {
        (ReplyVisibility::Queue, None) => {
            Err(Error::field(&format!("{at}queue_id"), "Choose a queue."))
        }
        (ReplyVisibility::Queue, Some(queue)) if !queues::exists(tx, queue)? => {
            Err(Error::field(&format!("{at}queue_id"), "There is no such queue."))
        }
        (ReplyVisibility::Queue | ReplyVisibility::Me | ReplyVisibility::Team, _) => Ok(scope),
    }
}

fn must_be_free(
    tx: &Tx<'_>,
    scope: Scope,
    entry: &QuickReplyEntry,
    own: Option<QuickReplyId>,
    at: &str,
) -> Result<()> {
    let mut fields = Fields::new();
    if store::of_name(tx, scope, &entry.name)?.is_some_and(|other| Some(other) != own) {
        fields.refuse(&format!("{at}name"), "Another quick reply here has this name.");
    }
    if store::of_shortcut(tx, scope, &entry.shortcut)?.is_some_and(|other| Some(other) != own) {
        fields.refuse(&format!("{at}shortcut"), "Another quick reply here has this shortcut.");
    }
    fields.finish()
}

fn tell(tx: &mut Tx<'_>, quick_reply_id: QuickReplyId, scope: Scope) {
    let audience = match (scope.visible, scope.user, scope.queue) {
        (ReplyVisibility::Me, Some(user), _) => Audience::user(user),
        (ReplyVisibility::Queue, _, Some(queue)) => {
            Audience { queues: vec![queue], ..Audience::supervisors() }
        }
        (ReplyVisibility::Me | ReplyVisibility::Team | ReplyVisibility::Queue, _, _) => {
            Audience::everyone()
        }
    };
    tx.emit(Event::QuickReplyChanged { quick_reply_id }, audience);
}

/// The entry without white space around its parts, if all of it fits. `at` says which of many.
fn checked(entry: QuickReplyEntry, at: &str) -> Result<QuickReplyEntry> {
    let mut fields = Fields::new();
    let name = fields.line(&format!("{at}name"), &entry.name, 1, 80);
    let shortcut = entry.shortcut.trim().trim_start_matches('/');
    let shortcut = fields.line(&format!("{at}shortcut"), shortcut, 0, 30);
    if shortcut.chars().any(|c| !c.is_alphanumeric() && !"-_.".contains(c)) {
        let message = "Use letters, digits, - _ and . without spaces.";
        fields.refuse(&format!("{at}shortcut"), message);
    }
    let folder = fields.line(&format!("{at}folder"), &entry.folder, 0, 80);
    let body = check_body(&mut fields, &format!("{at}body"), &entry.body);
    if body.trim().is_empty() && entry.file_ids.is_empty() {
        fields.refuse(&format!("{at}body"), "Write something or attach a file.");
    }
    let bodies = check_bodies(&mut fields, at, entry.bodies);
    if entry.file_ids.len() > FILES {
        fields.refuse(&format!("{at}file_ids"), "At most 20 files, please.");
    }
    if entry.channels.len() > CHANNELS {
        fields.refuse(&format!("{at}channels"), "At most 500 channels, please.");
    }
    fields.finish()?;
    Ok(QuickReplyEntry { name, shortcut, folder, body, bodies, ..entry })
}

fn check_bodies(fields: &mut Fields, at: &str, bodies: Vec<ReplyBody>) -> Vec<ReplyBody> {
    if bodies.len() > LANGUAGES {
        fields.refuse(&format!("{at}bodies"), "At most 30 languages, please.");
    }
    let mut kept: Vec<ReplyBody> = Vec::new();
    for (place, words) in bodies.into_iter().enumerate() {
        let of = format!("{at}bodies.{place}.");
        let language = words.language.trim().to_owned();
        let fits = (2..=35).contains(&language.len())
            && language.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if !fits {
            fields.refuse(&format!("{of}language"), "Use a language tag such as de or pt-BR.");
        }
        if kept.iter().any(|other| other.language.eq_ignore_ascii_case(&language)) {
            fields.refuse(&format!("{of}language"), "This language is there already.");
        }
        let body = check_body(fields, &format!("{of}body"), &words.body);
        if body.trim().is_empty() {
            fields.refuse(&format!("{of}body"), "Write something, or leave the language out.");
        }
        kept.push(ReplyBody { language, body });
    }
    kept
}

fn check_body(fields: &mut Fields, field: &str, body: &str) -> String {
    let body = fields.text(field, body, BODY);
    if let Some(name) = unknown_variable(&body) {
        let known = VARIABLES.map(|known| format!("{{{{{known}}}}}")).join(", ");
        let message = format!(
            "Nothing is known to fill in for {{{{{name}}}}}. There are {known} and {{{{ask:Your question}}}}."
        );
        fields.refuse(field, message);
    }
    body
}

/// The first variable in a text that no client could fill in.
fn unknown_variable(body: &str) -> Option<String> {
    let mut rest = body;
    while let Some((_, after)) = rest.split_once("{{") {
        let (inner, behind) = after.split_once("}}")?;
        let name = inner.split_once('|').map_or(inner, |(name, _)| name).trim();
        let known = match name.strip_prefix("ask:") {
            Some(question) => !question.trim().is_empty(),
            None => VARIABLES.contains(&name),
        };
        if !known {
            return Some(name.chars().take(60).collect());
        }
        rest = behind;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_that_nobody_could_fill_in_is_found() {
        let table = [
            ("Hello {{contact.first_name|there}}, {{agent.name}} here", None),
            ("{{ ask:Order number }} and {{channel.number}}", None),
            ("{{contact.frist_name}}", Some("contact.frist_name")),
            ("{{ask:}}", Some("ask:")),
            ("{{}}", Some("")),
            ("{{contact.name}} {{foo|bar}}", Some("foo")),
            ("an open {{brace is only text", None),
            ("{ { } }", None),
        ];
        for (body, expected) in table {
            assert_eq!(unknown_variable(body).as_deref(), expected, "{body}");
        }
    }
}
