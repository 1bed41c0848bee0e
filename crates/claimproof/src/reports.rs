//! The reports of a run: every place is looked at before it begins, and what stands there of an
//! earlier run is emptied; each is written whatever becomes of the others.

use std::cell::Cell;
use std::path::PathBuf;

use anyhow::anyhow;
use claimproof_files::Output;

use crate::failed::{Failed, Outcome};
use crate::values::Format;

/// The reports asked for.
pub(crate) struct Reports<F> {
    all: Vec<(F, Output)>,
    written: Cell<bool>,
}

impl<F: Format> Reports<F> {
    /// Opens all of them; `force` replaces what claimproof did not write.
    ///
    /// # Errors
    ///
    /// Every one that cannot be written is named, and none of the others is touched.
    pub(crate) fn open(asked: &[(F, PathBuf)], force: bool) -> Result<Self, Failed> {
        let opened = asked
            .iter()
            .map(|(kind, path)| Output::at(path, kind.mark(), force).map(|output| (*kind, output)));
        let all = all_or_every_error(opened)?;
        all_or_every_error(all.iter().map(|(_, output)| output.empty()))?;
        Ok(Self { all, written: Cell::new(false) })
    }

    /// Writes each as `render` makes it.
    ///
    /// # Errors
    ///
    /// Every one that was not written, after all the others.
    pub(crate) fn write(
        &self,
        render: impl Fn(F) -> Result<String, anyhow::Error>,
    ) -> Result<(), Failed> {
        self.written.set(true);
        let each = self.all.iter().map(|(kind, output)| -> Result<(), anyhow::Error> {
            Ok(output.write(&render(*kind)?)?)
        });
        all_or_every_error(each).map(drop)
    }

    /// Where a run ended before its reports, they say that it did and why.
    pub(crate) fn of_nothing(
        &self,
        outcome: &Outcome,
        render: impl Fn(F, &str) -> Result<String, anyhow::Error>,
    ) {
        if self.all.is_empty() || self.written.get() {
            return;
        }
        let why = match outcome {
            Ok(exit) => format!("the run ended with exit code {} before any case", exit.code()),
            Err(failed) => format!("{:#}", failed.error),
        };
        if let Err(failed) = self.write(|kind| render(kind, &why)) {
            crate::say::error(&failed.error);
        }
    }
}

fn all_or_every_error<T, E: std::fmt::Display>(
    all: impl Iterator<Item = Result<T, E>>,
) -> Result<Vec<T>, Failed> {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for one in all {
        match one {
            Ok(one) => good.push(one),
            Err(error) => bad.push(error.to_string()),
        }
    }
    if bad.is_empty() { Ok(good) } else { Err(Failed::usage(anyhow!(bad.join("\nerror: ")))) }
}
