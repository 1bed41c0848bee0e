//! Who is timed: the reference, the raw limit, and other libraries where they are built in.

mod claimproof;
#[cfg(feature = "peers")]
mod peers;
mod raw_limit;

use claimproof_cast::{SigningKey, public};
use claimproof_vectors::Presentation;

use crate::sample::Sample;

pub use claimproof::CLAIMPROOF;
pub use raw_limit::RAW_LIMIT;

/// A verifier among others.
#[derive(Clone, Copy, Debug)]
pub struct Contender {
    /// What it is called in a report.
    pub name: &'static str,
    /// The package it is, and the start of its version where the workspace has several.
    pub package: (&'static str, &'static str),
    /// How it is set up, in words.
    pub configuration: &'static str,
    prepare: for<'p> fn(&Task<'p>) -> Option<Box<dyn Run + 'p>>,
}

/// What a contender is to verify, and with which key.
#[derive(Debug)]
pub struct Task<'p> {
    /// The kind of token.
    pub sample: Sample,
    /// The signer's key, of which a verifier takes the secret or the public half.
    pub key: SigningKey,
    /// What is presented.
    pub given: &'p [Presentation],
}

/// A contender that holds its key and knows what it will be given.
pub trait Run {
    /// Verifies everything once, and tells of each whether it is accepted.
    fn pass(&mut self, tell: &mut dyn FnMut(bool));

    /// Forgets which ids it has seen, outside of what is timed.
    fn renew(&mut self) {}
}

impl<'p> Task<'p> {
    /// The task of one sample.
    ///
    /// # Panics
    ///
    /// Where the cast has no such signer: a benchmark must not shrink unseen.
    pub fn new(sample: Sample, given: &'p [Presentation]) -> Self {
        let key =
            public(sample.profile).players.get(sample.signer).and_then(|player| player.key.clone());
        let key =
            key.unwrap_or_else(|| panic!("{} has no signer {}", sample.profile, sample.signer));
        Self { sample, key, given }
    }
}

impl Contender {
    /// The reference first, then the limit, then the peers that are built in.
    pub fn all() -> Vec<Self> {
        #[cfg(feature = "peers")]
        let peers = peers::ALL;
        #[cfg(not(feature = "peers"))]
        let peers = [];
        [CLAIMPROOF, RAW_LIMIT].into_iter().chain(peers).collect()
    }

    /// Whether it judges claims too; the limit does not.
    pub fn is_verifier(&self) -> bool {
        self.name != RAW_LIMIT.name
    }

    /// Ready to verify; nothing where the library has no such algorithm, or refuses the key.
    pub fn prepare<'p>(&self, task: &Task<'p>) -> Option<Box<dyn Run + 'p>> {
        (self.prepare)(task)
    }

    /// The version the workspace has of it.
    pub fn version(&self) -> &'static str {
        version_of(self.package.0, self.package.1)
    }
}

/// The version of a package in the lock file, the first that starts like this.
pub(crate) fn version_of(name: &str, start: &str) -> &'static str {
    let head = format!("name = \"{name}\"\nversion = \"{start}");
    let lock = include_str!("../../Cargo.lock");
    let at = lock.find(&head).map(|at| at + head.len() - start.len());
    at.and_then(|at| lock[at..].split('"').next()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn everybody_accepts_what_is_timed_and_has_a_version() {
        for sample in sample::ALL {
            let given = sample.presentations(3);
            let task = Task::new(sample, &given);
            for contender in Contender::all() {
                let mut run = contender
                    .prepare(&task)
                    .unwrap_or_else(|| panic!("{} at {sample:?}", contender.name));
                let mut verdicts = Vec::new();
                run.renew();
                run.pass(&mut |verdict| verdicts.push(verdict));
                assert_eq!(verdicts, [true; 3], "{} at {sample:?}", contender.name);
                assert!(
                    contender.version().starts_with(|first: char| first.is_ascii_digit()),
                    "{contender:?}"
                );
            }
        }
    }
}
