//! One token, presented several times at the same moment.

use claimproof_suite::{Held, NoVerdict, Observation, Outcome, Uses};
use claimproof_vectors::Presentation;

use super::HttpSubject;

impl HttpSubject {
    /// What came of all of them; the evidence is the first one that was accepted, or the first at
    /// all.
    pub(super) async fn present_at_once(
        &self,
        held: &Held,
        presentation: &Presentation,
        times: usize,
    ) -> Result<Observation, NoVerdict> {
        let surface = self.client.surface(presentation.surface)?;
        let mut request = self.rendered(surface, presentation)?;
        self.client.at(&mut request, held.now).await?;
        self.sendable(&request)?;
        let token = presentation.token.as_deref();
        let answers = self
            .client
            .wire
            .ask_at_once(&self.client.wire.bytes(&request), times)
            .await
            .into_iter();
        let seen: Vec<_> = answers
            .map(|answer| self.client.signal(answer?, Some(surface)))
            .map(|answer| answer.map(|one| self.observed(surface, &request, &one, token)))
            .collect();
        let mut uses = Uses::default();
        seen.iter().for_each(|one| uses.count(one));
        let answered = || seen.iter().flatten();
        let shown =
            answered().find(|one| one.outcome == Outcome::Accepted).or_else(|| answered().next());
        let exchange = shown.and_then(|one| one.exchange.clone());
        let breaches = answered().flat_map(|one| one.breaches.clone()).collect();
        Ok(Observation { breaches, exchange, ..Observation::of(Outcome::AtOnce(uses)) })
    }
}
