//! What a run has changed on the target and not set back yet; the journal has it before the target.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use claimproof_suite::{Back, Journal, NoVerdict, Undo, Unkept};
use claimproof_vectors::ManageMethod;

use crate::target::Fields;

/// The changes of a run.
#[derive(Debug)]
pub(crate) struct Changes {
    journal: Arc<dyn Journal>,
    open: Mutex<Vec<Undo>>,
    /// The secrets each app had when the run made its first one, where the target lists them.
    before: Mutex<BTreeMap<String, BTreeSet<String>>>,
    made: AtomicUsize,
}

impl Default for Changes {
    fn default() -> Self {
        Self::written_to(Arc::new(Unkept))
    }
}

impl Changes {
    pub(crate) fn written_to(journal: Arc<dyn Journal>) -> Self {
        let made = AtomicUsize::default();
        Self { journal, open: Mutex::default(), before: Mutex::default(), made }
    }

    pub(crate) fn journal(&self) -> &dyn Journal {
        &*self.journal
    }

    /// Called before the request that makes the change; one of the same name is replaced.
    pub(crate) fn begin(&self, change: Undo) -> Result<(), NoVerdict> {
        let unwritten =
            |why| NoVerdict::Lost(format!("{why}; nothing was changed without it").into());
        self.journal.changing(&change).map_err(unwritten)?;
        let mut open = self.open();
        open.retain(|own| own.name != change.name);
        open.push(change);
        Ok(())
    }

    /// A secret is about to be made; the name it has until then.
    pub(crate) fn begin_secret(
        &self,
        app: &str,
        before: Option<BTreeSet<String>>,
    ) -> Result<String, NoVerdict> {
        let name = format!("secret {} of app {app}", self.made.fetch_add(1, Ordering::SeqCst) + 1);
        self.begin(Undo {
            name: name.clone(),
            back: Back::Secret { app: app.to_owned(), before },
        })?;
        Ok(name)
    }

    /// The secret of this name has this id.
    pub(crate) fn found(&self, name: &str, id: &str) -> Result<(), NoVerdict> {
        let app = match self.open().iter().find(|own| own.name == name).map(|own| &own.back) {
            Some(Back::Secret { app, .. }) => app.clone(),
            _ => return Ok(()),
        };
        let fields = [("app".to_owned(), app), ("made".to_owned(), id.to_owned())].into();
        let method = ManageMethod::DeleteSecret.name().to_owned();
        self.begin(Undo { name: name.to_owned(), back: Back::Call { method, fields } })
    }

    /// The change of this name is set back, or was not made.
    pub(crate) fn end(&self, name: &str) {
        let mut open = self.open();
        if open.iter().any(|own| own.name == name) {
            open.retain(|own| own.name != name);
            self.journal.set_back(name);
        }
    }

    /// A call of management was done: what it sets back is set back.
    pub(crate) fn called(&self, method: ManageMethod, fields: &Fields) {
        let is = |own: &&Undo| own.is_set_back_by(method.name(), fields);
        let ended: Vec<String> =
            self.open().iter().filter(is).map(|own| own.name.clone()).collect();
        ended.iter().for_each(|name| self.end(name));
    }

    /// What is not set back.
    pub(crate) fn left(&self) -> Vec<String> {
        self.open().iter().map(|change| change.name.clone()).collect()
    }

    /// The secrets an app had before the run, once they were read.
    pub(crate) fn secrets_before(&self, app: &str) -> Option<BTreeSet<String>> {
        self.before.lock().unwrap_or_else(PoisonError::into_inner).get(app).cloned()
    }

    pub(crate) fn had(&self, app: &str, secrets: BTreeSet<String>) {
        let mut before = self.before.lock().unwrap_or_else(PoisonError::into_inner);
        before.insert(app.to_owned(), secrets);
    }

    fn open(&self) -> MutexGuard<'_, Vec<Undo>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
