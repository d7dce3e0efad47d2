//! What an administrator does to queues.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::access::Caller;
use crate::app::App;
use crate::error::{Error, Result};
use crate::events::{Audience, Event};
use crate::fields::Fields;
use crate::model::{PickUpMode, Queue, QueueId, Time, UserId};
use crate::store::{self, Tx};

/// A queue to be added.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQueue {
    /// Name, unique without regard to case.
    #[schema(min_length = 1, max_length = 80)]
    pub name: String,
    /// How its sessions get an owner.
    pub mode: PickUpMode,
    /// Its agents.
    #[serde(default)]
    pub agents: Vec<UserId>,
}

/// Changes to a queue; what is left out stays as it is.
#[derive(Debug, Clone, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QueueChange {
    /// Name.
    #[schema(min_length = 1, max_length = 80)]
    pub name: Option<String>,
    /// How its sessions get an owner.
    pub mode: Option<PickUpMode>,
    /// Its agents: all of them.
    pub agents: Option<Vec<UserId>>,
}

/// All queues by name.
pub async fn list(app: &App) -> Result<Vec<Queue>> {
    app.db().read(store::queues::list).await
}

/// Adds a queue.
pub async fn create(app: &App, caller: &Caller, wish: NewQueue, now: Time) -> Result<Queue> {
    caller.must_administer()?;
    let mut fields = Fields::new();
    let name = fields.line("name", &wish.name, 1, 80);
    fields.finish()?;
    app.db()
        .write(move |tx| {
            free_name(tx, &name, None)?;
            let queue = store::queues::insert(tx, &name, wish.mode, now)?;
            set_agents(tx, queue, &wish.agents)?;
            tx.emit(Event::QueueChanged { queue_id: queue }, Audience::everyone());
            store::queues::get(tx, queue)
        })
        .await
}

/// Changes a queue.
pub async fn change(
    app: &App,
    caller: &Caller,
    queue: QueueId,
    change: QueueChange,
) -> Result<Queue> {
    caller.must_administer()?;
    let mut fields = Fields::new();
    let name = change.name.as_deref().map(|name| fields.line("name", name, 1, 80));
    fields.finish()?;
    app.db()
        .write(move |tx| {
            store::queues::get(tx, queue)?;
            if let Some(name) = &name {
                free_name(tx, name, Some(queue))?;
                store::queues::set_name(tx, queue, name)?;
            }
            if let Some(mode) = change.mode {
                store::queues::set_mode(tx, queue, mode)?;
            }
            if let Some(agents) = &change.agents {
                set_agents(tx, queue, agents)?;
                tx.emit(Event::AttentionChanged, Audience::supervisors());
            }
            tx.emit(Event::QueueChanged { queue_id: queue }, Audience::everyone());
            store::queues::get(tx, queue)
        })
        .await
}

/// Deletes a queue where no number sends its new sessions. Sessions that wait in it appear under
/// "Needs attention".
pub async fn delete(app: &App, caller: &Caller, queue: QueueId, now: Time) -> Result<()> {
    caller.must_administer()?;
    app.db().write(move |tx| delete_unused(tx, queue, now)).await
}

fn delete_unused(tx: &mut Tx<'_>, queue: QueueId, now: Time) -> Result<()> {
    let found = store::queues::get(tx, queue)?;
    if !found.used_by.is_empty() {
        return Err(Error::InUse(format!(
            "new sessions of {} come to this queue; give them another destination first",
            found.used_by.join(", ")
        )));
    }
    for user_id in found.agents {
        tx.emit(Event::UserChanged { user_id }, Audience::everyone());
    }
    store::queues::remove_agents(tx, queue)?;
    store::queues::delete(tx, queue, now)?;
    tx.emit(Event::QueueChanged { queue_id: queue }, Audience::everyone());
    tx.emit(Event::AttentionChanged, Audience::supervisors());
    Ok(())
}

fn free_name(tx: &Tx<'_>, name: &str, own: Option<QueueId>) -> Result<()> {
    match store::queues::id_of_name(tx, name)? {
        Some(other) if Some(other) != own => {
            Err(Error::field("name", "Another queue has this name."))
        }
        Some(_) | None => Ok(()),
    }
}

/// Gives a queue exactly these agents.
fn set_agents(tx: &mut Tx<'_>, queue: QueueId, agents: &[UserId]) -> Result<()> {
    let before = store::queues::agents(tx, queue)?;
    store::queues::remove_agents(tx, queue)?;
    for &agent in agents {
        if !store::users::exists(tx, agent)? {
            return Err(Error::field("agents", "One of these users is not there any more."));
        }
        store::queues::add_agent(tx, queue, agent)?;
    }
    let after = store::queues::agents(tx, queue)?;
    let changed = before
        .iter()
        .filter(|agent| !after.contains(agent))
        .chain(after.iter().filter(|agent| !before.contains(agent)));
    for &user_id in changed {
        tx.emit(Event::UserChanged { user_id }, Audience::everyone());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::Bus;
    use crate::model::Role;
    use crate::store::{Db, migrate};

    fn desk(folder: &std::path::Path) -> Db {
        let prepared = migrate::prepare(folder, 0).unwrap();
        Db::open(&prepared.path, &Bus::new(8), None).unwrap()
    }

    #[tokio::test]
    async fn a_queue_that_numbers_use_stays() {
        let folder = tempfile::tempdir().unwrap();
        let db = desk(folder.path());
        let queue = db
            .write(|tx| {
                let queue = store::queues::insert(tx, "Sales", PickUpMode::Manual, 0)?;
                tx.execute_batch(&format!(
                    "INSERT INTO channels (id, provider, name, state, token, rate, created_at)
                     VALUES ('c', 'twilio', 'Shop', 'active', 't', 1.0, 0);
                     INSERT INTO numbers (id, channel_id, address, kind, queue_id, created_at)
                     VALUES ('n', 'c', '+15550100', 'e164', '{queue}', 0);"
                ))?;
                Ok(queue)
            })
            .await
            .unwrap();
        let error = db.write(move |tx| delete_unused(tx, queue, 1)).await.unwrap_err();
        assert!(matches!(error, Error::InUse(_)), "{error}");
        assert!(error.to_string().contains("Shop · +15550100"), "{error}");
        db.write(|tx| Ok(tx.execute("UPDATE numbers SET deleted_at = 1", [])?)).await.unwrap();
        db.write(move |tx| delete_unused(tx, queue, 1)).await.unwrap();
        assert!(db.read(store::queues::list).await.unwrap().is_empty());
        db.write(|tx| free_name(tx, "sales", None)).await.unwrap();
        db.write(|tx| store::queues::insert(tx, "Sales", PickUpMode::Auto, 2)).await.unwrap();
        db.close();
    }

    #[tokio::test]
    async fn agents_are_users_and_names_are_unique() {
        let folder = tempfile::tempdir().unwrap();
        let db = desk(folder.path());
        let entry = store::users::Entry {
            login: "ana".into(),
            name: "Ana".into(),
            role: Role::Agent,
            password_hash: "-".into(),
        };
        let ana = db.write(move |tx| store::users::insert(tx, &entry, 0)).await.unwrap();
        let queue =
            db.write(|tx| store::queues::insert(tx, "Sales", PickUpMode::Manual, 0)).await.unwrap();
        db.write(move |tx| set_agents(tx, queue, &[ana, ana])).await.unwrap();
        assert_eq!(db.read(move |c| store::queues::get(c, queue)).await.unwrap().agents, [ana]);
        let error = db.write(move |tx| set_agents(tx, queue, &[UserId::new()])).await.unwrap_err();
        assert!(matches!(error, Error::Invalid(_)), "{error}");
        assert!(db.write(|tx| free_name(tx, "SALES", None)).await.is_err());
        db.write(move |tx| free_name(tx, "SALES", Some(queue))).await.unwrap();
        db.close();
    }
}
