//! Many sessions at once: each is decided for itself, in a transaction of its own, by the same
//! rules and with the same lines of the timeline as one alone.

use futures_util::future::join_all;

use crate::App;
use crate::access::Caller;
use crate::error::{Error, Result};
use crate::labels;
use crate::model::{BulkOperation, SessionId};

use super::{Given, ListChange};

/// Sessions of one request at most.
pub const BULK_LIMIT: usize = 200;
/// Labels that one request takes off at most: all that there are.
const LABELS: usize = 500;

/// Does one thing to many sessions; answers what became of each.
pub async fn bulk(
    app: &App,
    caller: &Caller,
    mut ids: Vec<SessionId>,
    operation: &BulkOperation,
) -> Result<Vec<(SessionId, Result<()>)>> {
    let mut seen = std::collections::HashSet::new();
    ids.retain(|id| seen.insert(*id));
    if ids.is_empty() || ids.len() > BULK_LIMIT {
        return Err(Error::field("ids", format!("Choose 1 to {BULK_LIMIT} sessions.")));
    }
    check(operation)?;
    let each = ids.iter().map(|id| async move { (*id, one(app, caller, *id, operation).await) });
    Ok(join_all(each).await)
}

fn check(operation: &BulkOperation) -> Result<()> {
    let BulkOperation::Label { add, remove } = operation else { return Ok(()) };
    if add.len() > labels::LIMIT || remove.len() > LABELS {
        let message = format!("Put on at most {} labels.", labels::LIMIT);
        return Err(Error::field("labels", message));
    }
    Ok(())
}

async fn one(app: &App, caller: &Caller, id: SessionId, operation: &BulkOperation) -> Result<()> {
    let change = match operation {
        BulkOperation::PickUp => return super::pick_up(app, caller, id).await.map(drop),
        BulkOperation::Transfer { to, note, follow } => {
            let given = Given { to: *to, note: Some(note.clone()), follow: *follow };
            return super::transfer(app, caller, id, given).await;
        }
        BulkOperation::End => return super::end(app, caller, id).await.map(drop),
        BulkOperation::MarkRead => return super::mark_seen(app, caller, id, i64::MAX).await,
        BulkOperation::Label { add, remove } => {
            return labels::relabel(app, caller, id, add.clone(), remove.clone()).await;
        }
        BulkOperation::Undo => return super::undo(app, caller, id).await.map(drop),
        BulkOperation::Archive => ListChange::Archive,
        BulkOperation::Unarchive => ListChange::Unarchive,
        BulkOperation::Remove => ListChange::Remove,
        BulkOperation::Snooze { until } => ListChange::Snooze(*until),
        BulkOperation::Wake => ListChange::Wake,
        BulkOperation::Mute => ListChange::Mute,
        BulkOperation::Unmute => ListChange::Unmute,
        BulkOperation::MarkUnread => ListChange::MarkUnread,
    };
    super::change_list(app, caller, id, change).await.map(drop)
}
