//! The file of known failures a run is given, and what the run makes of it.

use anyhow::{Context, anyhow};
use claimproof_catalog::Profile;
use claimproof_suite::known_failures::{NO_REASON_YET, update};
use claimproof_suite::{KnownFailures, Report};

use super::{is_whole, today, write};
use crate::exit::Failed;
use crate::flags::Conform;

/// What the file says, and its text.
#[derive(Default)]
pub(super) struct Known {
    pub(super) failures: KnownFailures,
    text: String,
}

impl Known {
    /// Reads the file, where one is given; one that is to be written may be missing.
    pub(super) fn read(flags: &Conform) -> Result<Self, Failed> {
        let Some(path) = &flags.known_failures else { return Ok(Self::default()) };
        if flags.update_known_failures && !path.exists() {
            return Ok(Self::default());
        }
        let shown = path.display();
        let text = std::fs::read_to_string(path).with_context(|| shown.to_string()).map_err(Failed::usage)?;
        let failures = KnownFailures::parse(&text).map_err(|why| Failed::usage(anyhow!("{shown}: {why}")))?;
        Ok(Self { failures, text })
    }

    /// Writes the file anew by what the run showed, and says what changed.
    pub(super) fn update(&self, flags: &Conform, report: &Report) -> Result<(), Failed> {
        let Some(path) = &flags.known_failures else { return Ok(()) };
        let ran: Vec<Profile> = report.targets.iter().filter_map(|target| target.profile).collect();
        let whole = is_whole(flags, report.partial);
        let done = update(&self.text, &self.failures, &report.cases, &ran, whole, today());
        let done = done.map_err(|why| Failed::usage(anyhow!("{}: {why}", path.display())))?;
        write(path, &done.text)?;
        let (kept, dropped, added) = (done.kept, done.dropped.len(), done.added.len());
        anstream::eprintln!("{}: {kept} entries kept, {dropped} dropped, {added} added", path.display());
        if added > 0 {
            anstream::eprintln!("write a reason in the place of `{NO_REASON_YET}`; until then the file is refused");
        }
        Ok(())
    }
}
