//! Which of the clocks a target may have it follows: asked with a token that each would accept.

use std::sync::atomic::Ordering;

use claimproof_suite::{Action, Held, Outcome, Subject, plainest};
use claimproof_vectors::{Forge, Ledger};

use super::HttpSubject;
use crate::client::time::Clock;
use crate::clock;

impl HttpSubject {
    /// Asks the target which of the clocks it may have it follows, by a token that each would
    /// accept; what came of it in words, where its clock is not plainly ours.
    pub async fn settle_clock(&self, run: &str) -> Option<String> {
        let read = self.client.clock();
        if self.client.doubts().is_empty() {
            return (read.doubt != 0).then(|| read.shown());
        }
        let mut accepted = Vec::new();
        for offset in [read.believed].into_iter().chain(read.others.iter().copied()) {
            if self.accepts_by(offset, run).await {
                accepted.push(offset);
            }
        }
        let told = read.told_by(&accepted);
        if let [believed, others @ ..] = accepted.as_slice() {
            let clock = Clock { believed: *believed, others: others.to_vec(), ..read };
            self.client.believe(clock);
            self.reached.store(self.target_time(), Ordering::SeqCst);
        }
        Some(told)
    }

    /// What got no answer rules nothing out, and neither does what nobody can be asked.
    async fn accepts_by(&self, offset: i64, run: &str) -> bool {
        let now = clock::system() + offset;
        let Ok(case) = plainest(self) else { return true };
        let Some((scene, _)) = case.single() else { return true };
        let name = format!("{run}, clock {offset}");
        let forge = Forge { players: self.players(), now, run: &name, case: "clock", seed: None };
        let Ok(minted) = forge.mint("clock", scene, &[], &Ledger::new()) else { return true };
        let mut held = Held { now, ..Held::default() };
        let seen = self.perform(&mut held, Action::Present(&minted.presentation)).await;
        seen.map_or(true, |seen| seen.outcome == Outcome::Accepted)
    }
}
