//! Invitations: an administrator makes a link, whoever holds it becomes a user with it, once.
//!
//! The token is as long and random as a device's; the desk keeps its hash only.

use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;

use super::sign_in::{admit, device_name};
use super::users::{free_login, set_queues};
use super::{passwords, tokens};
use crate::access::Caller;
use crate::app::App;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::fields::Fields;
use crate::model::{Invite, InviteId, InviteLook, NewInvite, QueueId, Role, SignedIn, Time};
use crate::store;

/// How long an invitation can be used, in milliseconds: a week.
const LASTS: Time = 7 * 24 * 60 * 60 * 1_000;
/// More open invitations than any team needs at once.
const AT_ONCE: usize = 200;

/// An invitation to be made.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteInput {
    /// Whom it is for, so that you recognise it; may be empty.
    #[serde(default)]
    #[schema(max_length = 80)]
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Queues to be an agent of.
    #[serde(default)]
    pub queues: Vec<QueueId>,
}

/// The token of an invitation's link.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InviteToken {
    /// As in the link.
    #[schema(value_type = String, max_length = 100)]
    pub token: SecretString,
}

/// Who joins by an invitation.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Joining {
    /// The token of the link.
    #[schema(value_type = String, max_length = 100)]
    pub token: SecretString,
    /// Shown name.
    #[schema(min_length = 1, max_length = 80)]
    pub name: String,
    /// Sign-in name.
    #[schema(min_length = 1, max_length = 64)]
    pub login: String,
    /// Password, at least 8 characters.
    #[schema(value_type = String, min_length = 8, max_length = 256)]
    pub password: SecretString,
    /// What the device calls itself.
    #[serde(default)]
    #[schema(max_length = 80)]
    pub device_name: Option<String>,
}

/// Invitations that nobody has used yet.
pub async fn list(app: &App, caller: &Caller, now: Time) -> Result<Vec<Invite>> {
    caller.must_administer()?;
    app.db().read(move |c| store::invites::list(c, now)).await
}

/// Makes an invitation.
pub async fn create(app: &App, caller: &Caller, wish: InviteInput, now: Time) -> Result<NewInvite> {
    caller.must_administer()?;
    let mut fields = Fields::new();
    let name = fields.line("name", &wish.name, 0, 80);
    fields.finish()?;
    let token = tokens::generate()?;
    let hash = tokens::hash(&token).ok_or_else(|| Error::Internal("a token is not one".into()))?;
    let invite = Invite {
        id: InviteId::new(),
        name,
        role: wish.role,
        queues: wish.queues,
        created_by: caller.user,
        created_at: now,
        expires_at: now + LASTS,
    };
    let made = invite.clone();
    app.db()
        .write(move |tx| {
            store::invites::delete_expired(tx, now)?;
            if store::invites::list(tx, now)?.len() >= AT_ONCE {
                return Err(Error::Conflict(
                    "there are too many open invitations; take back those that nobody needs".into(),
                ));
            }
            for queue in &invite.queues {
                if !store::queues::exists(tx, *queue)? {
                    return Err(Error::field(
                        "queues",
                        "One of these queues is not there any more.",
                    ));
                }
            }
            store::invites::insert(tx, &invite, &hash)
        })
        .await?;
    Ok(NewInvite { invite: made, token })
}

/// Takes an invitation back.
pub async fn delete(app: &App, caller: &Caller, id: InviteId) -> Result<()> {
    caller.must_administer()?;
    let there = app.db().write(move |tx| store::invites::delete(tx, id)).await?;
    if there { Ok(()) } else { Err(Error::NotFound("invitation")) }
}

/// What the holder of a link may know before they join.
pub async fn look(app: &App, token: &SecretString, now: Time) -> Result<InviteLook> {
    let hash = hash_of(token)?;
    app.db()
        .read(move |c| {
            let invite = store::invites::holding(c, &hash, now)?.ok_or_else(gone)?;
            let invited_by = store::users::get(c, invite.created_by, now)?.name;
            Ok(InviteLook {
                business_name: store::settings::business_name(c)?,
                invited_by,
                name: invite.name,
                role: invite.role,
            })
        })
        .await
}

/// Makes the holder of a link a user, signed in on this device; the link is used up.
pub async fn join(app: &App, joining: Joining, now: Time) -> Result<SignedIn> {
    let hash = hash_of(&joining.token)?;
    let mut fields = Fields::new();
    let login = fields.line("login", &joining.login, 1, 64);
    let name = fields.line("name", &joining.name, 1, 80);
    let device = device_name(&mut fields, joining.device_name.as_deref());
    passwords::check(&mut fields, "password", &joining.password);
    fields.finish()?;
    // Before the costly part: strangers without a link cost nothing.
    app.db().read(move |c| store::invites::holding(c, &hash, now)).await?.ok_or_else(gone)?;
    let password_hash = passwords::turn().await?.hash(joining.password).await?;
    app.db()
        .write(move |tx| {
            let invite = store::invites::holding(tx, &hash, now)?.ok_or_else(gone)?;
            free_login(tx, &login, None)?;
            let entry = store::users::Entry { login, name, role: invite.role, password_hash };
            let user = store::users::insert(tx, &entry, now)?;
            // A queue that was deleted since is no reason to turn somebody away.
            let mut queues = Vec::new();
            for queue in invite.queues {
                if store::queues::exists(tx, queue)? {
                    queues.push(queue);
                }
            }
            set_queues(tx, user, &queues)?;
            store::invites::delete(tx, invite.id)?;
            tx.emit(Event::UserChanged { user_id: user }, Audience::everyone());
            admit(tx, user, &device, now)
        })
        .await
}

fn hash_of(token: &SecretString) -> Result<[u8; 32]> {
    tokens::hash(secrecy::ExposeSecret::expose_secret(token)).ok_or_else(gone)
}

/// Wrong, used, taken back and too old are one to whoever holds it.
fn gone() -> Error {
    Error::NotFound("invitation")
}
