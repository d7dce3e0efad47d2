//! Contacts into a file: page after page, never all of them in memory. Knows no HTTP.

mod table;
mod vcard;

use std::collections::HashMap;

use tokio::sync::mpsc;

use crate::access::Caller;
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::{Contact, ContactField, ContactFileKind, LabelId};
use crate::store::contact_lists::{self, Place, Wanted};
use crate::store::{contact_fields, identities, labels};

/// Contacts in one part.
const PART: u32 = 250;
/// Parts that are ready before they are taken.
const AHEAD: usize = 2;

/// What a file needs to know of the desk.
#[derive(Debug, Clone)]
struct Desk {
    fields: Vec<ContactField>,
    labels: HashMap<LabelId, String>,
    /// Numbers of the contact that has most.
    numbers: usize,
}

/// Begins to write contacts into a file; the parts come as they are taken.
pub async fn write(
    app: &App,
    caller: &Caller,
    kind: ContactFileKind,
    wanted: Wanted,
) -> Result<mpsc::Receiver<Result<String>>> {
    caller.must_supervise()?;
    let desk = app
        .db()
        .read(|connection| {
            let labels = labels::list(connection)?.into_iter();
            Ok(Desk {
                fields: contact_fields::all(connection)?,
                labels: labels.map(|label| (label.id, label.name)).collect(),
                numbers: identities::most(connection)?,
            })
        })
        .await?;
    let (parts, taken) = mpsc::channel(AHEAD);
    let (user, app_) = (caller.user, app.clone());
    app.tasks().spawn(async move {
        let app = app_;
        let done = tokio::select! {
            () = app.stopping().cancelled() => Err(Error::Stopping),
            done = parts_of(&app, kind, wanted, &desk, &parts) => done,
        };
        match done {
            Ok(count) => tracing::info!(user.id = %user, contacts = count, format = kind.as_str(), "contacts were exported"),
            Err(error) => {
                tracing::warn!(user.id = %user, %error, "an export of contacts broke off");
                parts.send(Err(error)).await.ok();
            }
        }
    });
    Ok(taken)
}

async fn parts_of(
    app: &App,
    kind: ContactFileKind,
    mut wanted: Wanted,
    desk: &Desk,
    parts: &mpsc::Sender<Result<String>>,
) -> Result<usize> {
    let mut count = 0;
    let mut text = match kind {
        ContactFileKind::Csv => table::head(desk)?,
        ContactFileKind::Vcard => String::new(),
    };
    wanted.limit = PART;
    loop {
        let asked = wanted.clone();
        let (contacts, next): (Vec<Contact>, Option<Place>) =
            app.db().read(move |connection| contact_lists::page(connection, &asked)).await?;
        count += contacts.len();
        text.push_str(&match kind {
            ContactFileKind::Csv => table::rows(&contacts, desk)?,
            ContactFileKind::Vcard => vcard::cards(&contacts, desk),
        });
        if parts.send(Ok(std::mem::take(&mut text))).await.is_err() {
            return Err(Error::BadRequest("nobody took it to the end".to_owned()));
        }
        match next {
            Some(place) => wanted.after = Some(place),
            None => return Ok(count),
        }
    }
}

impl Desk {
    /// Names of the labels of a contact.
    fn labels_of(&self, contact: &Contact) -> Vec<&str> {
        contact.labels.iter().filter_map(|id| self.labels.get(id)).map(String::as_str).collect()
    }
}

/// Which numbers of ours each number of a contact wants to hear no more from.
fn opt_outs(contact: &Contact) -> Vec<String> {
    let all = contact.identities.iter().flat_map(|one| {
        one.opted_out.iter().map(move |ours| format!("{} from {ours}", one.address))
    });
    all.collect()
}
