//! Files that were read and wait for a decision, and whether an import goes on. In memory only:
//! nothing of a file is kept that nobody decided to bring in.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::source::Source;
use crate::error::{Error, Result};
use crate::model::{ContactImportId, Time, UserId};

/// For how long a file waits, in milliseconds.
const PATIENCE: Time = 3_600_000;
/// Files that wait at most, of different people.
const MOST: usize = 8;

struct Draft {
    id: ContactImportId,
    by: UserId,
    at: Time,
    source: Arc<Source>,
}

#[derive(Default)]
struct Inside {
    drafts: Vec<Draft>,
    running: Option<ContactImportId>,
}

/// The files that wait.
#[derive(Clone, Default)]
pub struct Imports(Arc<Mutex<Inside>>);

impl Imports {
    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a file; everyone has one at a time.
    pub(super) fn keep(&self, id: ContactImportId, by: UserId, source: Source, now: Time) {
        let mut inside = self.inside();
        inside.drafts.retain(|draft| draft.by != by && now - draft.at < PATIENCE);
        if inside.drafts.len() >= MOST {
            inside.drafts.remove(0);
        }
        inside.drafts.push(Draft { id, by, at: now, source: Arc::new(source) });
    }

    /// The file that somebody brought.
    pub(super) fn of(&self, id: ContactImportId, by: UserId, now: Time) -> Result<Arc<Source>> {
        let mut inside = self.inside();
        inside.drafts.retain(|draft| now - draft.at < PATIENCE);
        let found = inside.drafts.iter().find(|draft| draft.id == id && draft.by == by);
        found.map(|draft| Arc::clone(&draft.source)).ok_or(Error::NotFound("file: choose it again"))
    }

    /// Forgets a file.
    pub(super) fn drop(&self, id: ContactImportId) {
        self.inside().drafts.retain(|draft| draft.id != id);
    }

    /// Forgets files that nobody decided about for too long.
    pub(crate) fn drop_old(&self, now: Time) {
        self.inside().drafts.retain(|draft| now - draft.at < PATIENCE);
    }

    /// The one import that may go on begins, or is taken back.
    pub(super) fn claim(&self, id: ContactImportId) -> Result<Turn> {
        let mut inside = self.inside();
        if inside.running.is_some() {
            return Err(Error::Conflict(
                "another import of contacts is under way: wait until it is done".to_owned(),
            ));
        }
        inside.running = Some(id);
        Ok(Turn(self.clone()))
    }

    /// Whether this import goes on.
    pub(super) fn is_running(&self, id: ContactImportId) -> bool {
        self.inside().running == Some(id)
    }
}

/// The right to change contacts by a file; ends when it is dropped, however that comes.
pub(super) struct Turn(Imports);

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.inside().running = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        Source::read("a.csv".to_owned(), b"Name,Phone\nA,+12025550147\n", "US").unwrap()
    }

    #[test]
    fn everyone_has_one_file_and_not_for_ever() {
        let imports = Imports::default();
        let (ana, ben) = (UserId::new(), UserId::new());
        let [first, second] = [ContactImportId::new(), ContactImportId::new()];
        imports.keep(first, ana, source(), 1);
        assert!(imports.of(first, ana, 2).is_ok());
        assert!(imports.of(first, ben, 2).is_err(), "a file is of whoever brought it");
        imports.keep(second, ana, source(), 3);
        assert!(imports.of(first, ana, 4).is_err());
        assert!(imports.of(second, ana, 3 + PATIENCE).is_err());
        for at in 0..20 {
            imports.keep(ContactImportId::new(), UserId::new(), source(), at);
        }
        assert_eq!(imports.inside().drafts.len(), MOST);
    }

    #[test]
    fn one_import_goes_on_at_a_time() {
        let imports = Imports::default();
        let id = ContactImportId::new();
        let turn = imports.claim(id).unwrap();
        assert!(imports.is_running(id) && imports.claim(ContactImportId::new()).is_err());
        drop(turn);
        assert!(imports.claim(id).is_ok());
    }
}
