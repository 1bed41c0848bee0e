//! The file of known failures a run is given, and what the run makes of it.

use std::path::Path;

use anyhow::anyhow;
use claimproof_catalog::Profile;
use claimproof_files::{Mark, Output, read_toml};
use claimproof_suite::known_failures::{NO_REASON_YET, update};
use claimproof_suite::{KnownFailures, Report};

use crate::failed::Failed;
use crate::say;

/// No such file is longer: room for every case with a reason of its own.
const AT_MOST: u64 = 4 * 1024 * 1024;

/// What the file says, and its text.
#[derive(Default)]
pub(crate) struct Known {
    pub(crate) failures: KnownFailures,
    text: String,
}

impl Known {
    /// Reads the file, where one is given; one that is to be written may be missing.
    pub(crate) fn read(path: Option<&Path>, is_written: bool) -> Result<Self, Failed> {
        let Some(path) = path.filter(|path| !is_written || path.exists()) else {
            return Ok(Self::default());
        };
        let fault = |why: String| Failed::usage(anyhow!("{}: {why}", path.display()));
        let text = read_toml(path, AT_MOST).map_err(|error| fault(error.to_string()))?;
        let failures = KnownFailures::parse(&text).map_err(|why| fault(why.to_string()))?;
        Ok(Self { failures, text })
    }

    /// Writes the file anew by what the run showed, and says what changed.
    pub(crate) fn update(&self, path: &Path, whole: bool, report: &Report) -> Result<(), Failed> {
        let ran: Vec<Profile> = report.targets.iter().filter_map(|target| target.profile).collect();
        let done = update(&self.text, &self.failures, &report.cases, &ran, whole, today());
        let done = done.map_err(|why| Failed::usage(anyhow!("{}: {why}", path.display())))?;
        let output = Output::at(path, Mark::Unneeded, false).map_err(Failed::usage)?;
        output.write(&done.text).map_err(Failed::usage)?;
        let (kept, dropped, added, groups) =
            (done.kept, done.dropped.len(), done.added.len(), done.groups);
        let path = path.display();
        say::aside(&format!(
            "{path}: {kept} entries kept, {dropped} cases dropped, {added} added in {groups} entries"
        ));
        if added > 0 {
            say::aside(&format!(
                "write a reason in the place of `{NO_REASON_YET}`; until then the file is refused"
            ));
        }
        Ok(())
    }
}

/// The day by which entries expire.
pub(crate) fn today() -> jiff::civil::Date {
    jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date()
}
