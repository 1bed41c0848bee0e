//! The journal of a run: begun before its first case, put away behind its last.

use std::sync::Arc;

use claimproof_suite::TargetReport;

use super::Part;
use crate::flags::Conform;
use crate::journal::{Begun, Notes};
use crate::say;

impl Part {
    /// The same with a journal, where the server does not end with this very run.
    pub(super) fn journaled(self, flags: &Conform) -> Self {
        let is_somebodys = self.server.is_none();
        let Some(notes) = is_somebodys.then(|| begun(&self.target, flags)).flatten() else {
            return self;
        };
        let subject = self.subject.journaled(Arc::<Notes>::clone(&notes));
        Self { subject, notes: Some(notes), ..self }
    }

    /// Once it is reported what cases came to, and set back what they changed, nobody needs the
    /// journal.
    pub(super) fn put_journal_away(&self) {
        let Some(notes) = &self.notes else { return };
        if self.subject.left().is_empty() {
            return notes.remove();
        }
        say::aside(&format!(
            "what is left on the target stands in {}; `claimproof clean --from` it sets it back",
            notes.path().display()
        ));
    }
}

/// A journal of this run, beside its first report; without one, a warning.
fn begun(target: &TargetReport, flags: &Conform) -> Option<Arc<Notes>> {
    let report = flags.report.first().map(|(_, path)| path.as_path());
    match Notes::begin(Begun::now(target.clone(), flags.seed), report) {
        Ok(notes) => Some(Arc::new(notes)),
        Err(why) => {
            say::aside(&format!("warning: a run that is killed leaves no journal: {why}"));
            None
        }
    }
}
