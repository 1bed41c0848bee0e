//! `claimproof clean`: what a run that was cut short changed on a target is set back.

use std::time::Duration;

use anyhow::anyhow;
use claimproof_http::{HttpSubject, Target};
use claimproof_suite::{Exit, Journal, Text};

use crate::conform::unusable;
use crate::failed::{Failed, Outcome};
use crate::flags::Clean;
use crate::folders::origin;
use crate::journal::{Notes, Told, read};
use crate::lock::Lock;
use crate::say;
use crate::values::address;

pub(crate) async fn run(flags: &Clean) -> Outcome {
    let told = read(&flags.from).map_err(Failed::usage)?;
    let (mut target, players) = Target::load(&flags.target).map_err(Failed::usage)?;
    target.reach_at(address(flags.url.as_ref()).map_err(Failed::usage)?.as_ref());
    is_of(&told, &target).map_err(Failed::usage)?;
    let _lock = Lock::hold(&target.base_url, flags.if_busy).await?;
    let notes = Notes::reopen(&flags.from, &target.base_url).map_err(Failed::usage)?;
    let deadline = Duration::from_secs(flags.timeout);
    let connecting = HttpSubject::connect(target, players, deadline, flags.allow_remote);
    let subject = connecting.await.map_err(unusable)?;
    let mut left = 0;
    // The last change first.
    for change in told.changes.iter().rev() {
        let name = Text::from(&change.name);
        match subject.set_back(change).await {
            Ok(()) => {
                notes.set_back(&change.name);
                say::result(&format!("set back: {name}\n"))?;
            }
            Err(why) => {
                left += 1;
                say::result(&format!("LEFT: {name}: {}\n", Text::from(why.to_string())))?;
            }
        }
    }
    ended(&told, &notes, left)
}

/// The journal stays while something of it is of use.
fn ended(told: &Told, notes: &Notes, left: usize) -> Outcome {
    if left > 0 {
        return Ok(Exit::NoVerdict);
    }
    if told.cases.is_empty() {
        notes.remove();
        return Ok(Exit::Conforms);
    }
    notes.strike();
    let (path, cases) = (notes.path().display(), told.cases.len());
    say::aside(&format!(
        "nothing is left on the target; {path} stays for `claimproof report --from`, which has {cases} cases"
    ));
    Ok(Exit::Conforms)
}

/// Whether the journal is of this target.
fn is_of(told: &Told, target: &Target) -> anyhow::Result<()> {
    let run = &told.begun.target;
    let url = run.base_url.clone().unwrap_or_default();
    if run.profile == Some(target.profile) && origin(&url) == origin(&target.base_url) {
        return Ok(());
    }
    let profile = run.profile.map(|profile| profile.to_string()).unwrap_or_default();
    Err(anyhow!(
        "the journal is of {profile} at {}, the target file of {} at {}",
        url,
        target.profile,
        target.base_url
    ))
}
