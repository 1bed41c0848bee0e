//! What a run writes down as it goes, so that nothing is lost where it is cut short.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::report::CaseReport;

/// Where a run writes down what it does. Nothing that is handed in holds a secret or a signed token.
pub trait Journal: fmt::Debug + Send + Sync {
    /// Something on the target is about to be another than before. It stands in the journal for good
    /// once this returns; one of the same name is replaced.
    ///
    /// # Errors
    ///
    /// It could not be written, so the change must not be made.
    fn changing(&self, change: &Undo) -> Result<(), Unwritten>;

    /// The change of this name is set back, or was not made.
    fn set_back(&self, name: &str);

    /// A case has ended so, as far as it shows by itself.
    fn ended(&self, case: &CaseReport);
}

/// Why a line is not in the journal.
#[derive(Debug, thiserror::Error)]
#[error("the journal {path} cannot be written: {why}")]
pub struct Unwritten {
    /// The journal.
    pub path: String,
    /// What the system said.
    pub why: String,
}

/// The journal of a run that needs none.
#[derive(Clone, Copy, Debug)]
pub struct Unkept;

impl Journal for Unkept {
    fn changing(&self, _: &Undo) -> Result<(), Unwritten> {
        Ok(())
    }

    fn set_back(&self, _: &str) {}

    fn ended(&self, _: &CaseReport) {}
}

/// Something a run makes or changes on a target, and is to set back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undo {
    /// What it is, in words that name it among the changes of the target.
    pub name: String,
    /// What sets it back.
    pub back: Back,
}

/// What sets a change back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Back {
    /// A method of management, with what its placeholders stand for.
    Call {
        /// Its name in a target file.
        method: String,
        /// What its placeholders stand for, sessions and keys aside.
        fields: BTreeMap<String, String>,
    },
    /// A secret of an app is looked for and deleted: its id was not answered yet.
    Secret {
        /// The app.
        app: String,
        /// The ids of the secrets the app had before, where the target lists them.
        before: Option<BTreeSet<String>>,
    },
    /// An integration is looked for by its name and deleted.
    Integration {
        /// The name.
        name: String,
    },
    /// The clock is set back.
    Clock {
        /// How many seconds it was ahead of this machine's.
        ahead: i64,
    },
}

impl Undo {
    /// One that a single call sets back.
    pub fn by_call(method: &str, fields: BTreeMap<String, String>) -> Self {
        let given: String = fields.iter().map(|(name, value)| format!(" {name}={value}")).collect();
        let back = Back::Call { method: method.to_owned(), fields };
        Self { name: format!("until {method}{given}"), back }
    }

    /// Whether this call of management, with these placeholders, sets it back.
    pub fn is_set_back_by(&self, call: &str, given: &BTreeMap<String, String>) -> bool {
        let Back::Call { method, fields } = &self.back else { return false };
        method == call && fields.iter().all(|(name, value)| given.get(name) == Some(value))
    }
}
