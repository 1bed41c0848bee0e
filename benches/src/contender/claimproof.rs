//! The reference, complete: token text in, verdict out, its replay store asked.

use claimproof_cast::public;
use claimproof_catalog::Profile;
use claimproof_reference::Reference;
use claimproof_replay::MemoryStore;
use claimproof_token::Scratch;
use claimproof_vectors::FROZEN_NOW;
use claimproof_verifier::tableau_connected_app::TableauConnectedApp;
use claimproof_verifier::workato_api::WorkatoApi;
use claimproof_verifier::workato_direct_link::WorkatoDirectLink;

use super::{Contender, Run, Task};
use crate::sample::Presented;
use crate::store::live_store;

/// The verifier of this workspace.
pub const CLAIMPROOF: Contender = Contender {
    name: "claimproof",
    package: ("claimproof-verifier", ""),
    configuration: "every check of the profile, accounts looked up, replay store asked",
    prepare,
};

/// What a store has room for, and what it holds, while a verifier is timed; it need not grow for a pass.
const ROOM: usize = 100_000;
const IN_USE: usize = 1200;

fn prepare<'p>(task: &Task<'p>) -> Option<Box<dyn Run + 'p>> {
    match task.sample.profile {
        Profile::WorkatoApi => Some(Box::new(Own::<WorkatoApi>::new(task)?)),
        Profile::TableauConnectedApp => Some(Box::new(Own::<TableauConnectedApp>::new(task)?)),
        Profile::WorkatoDirectLink => Some(Box::new(Own::<WorkatoDirectLink>::new(task)?)),
        Profile::PositConnect => None,
    }
}

struct Own<'p, R: Presented> {
    reference: Reference<R>,
    requests: Vec<R::Request<'p>>,
    scratch: Scratch,
}

impl<'p, R: Presented> Own<'p, R> {
    fn new(task: &Task<'p>) -> Option<Self> {
        let reference = Reference::of(&public(R::PROFILE)).ok()?;
        let requests = task.given.iter().map(R::request).collect();
        Some(Self { reference, requests, scratch: Scratch::new() })
    }
}

impl<R: Presented> Run for Own<'_, R> {
    fn pass(&mut self, tell: &mut dyn FnMut(bool)) {
        let Self { reference, requests, scratch } = self;
        let accounts = reference.accounts();
        for request in requests {
            tell(reference.present(&accounts, *request, scratch, FROZEN_NOW).is_ok());
        }
    }

    fn renew(&mut self) {
        self.reference.store = Box::new(live_store(MemoryStore::new(ROOM), IN_USE));
    }
}
