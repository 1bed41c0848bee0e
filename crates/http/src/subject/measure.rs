//! Requests prepared ahead of their time, for one that measures rather than explores.

use claimproof_suite::{NoVerdict, Observation};
use claimproof_vectors::Presentation;

use super::HttpSubject;
use crate::connection::{Connection, Prepared};
use crate::target::outcome;

impl HttpSubject {
    /// What a presentation becomes, as bytes; the target's own clock decides.
    pub fn prepare(&self, presentation: &Presentation) -> Result<Prepared, NoVerdict> {
        let surface = self.client.surface(presentation.surface)?;
        let request = self.rendered(surface, presentation)?;
        self.sendable(&request)?;
        let bytes = self.client.wire.bytes(&request);
        Ok(Prepared { bytes, token: presentation.token.clone(), surface: surface.name })
    }

    /// A connection for many requests, one after the other.
    pub async fn dial(&self) -> Result<Connection, NoVerdict> {
        Ok(self.client.wire.dial().await?)
    }

    /// Sends a prepared request once and judges its answer as any other, without keeping evidence.
    pub async fn ask(
        &self,
        connection: &mut Connection,
        prepared: &Prepared,
    ) -> Result<Observation, NoVerdict> {
        let surface = self.client.surface(Some(prepared.surface))?;
        let response = self.client.wire.ask(connection, &prepared.bytes).await?;
        let response = self.client.signal(response, Some(surface))?;
        let (outcome, framed_by) = outcome(&self.client.target, surface, &response);
        let outcome = self.client.quotable(outcome, prepared.token.as_deref());
        let (status, opaque) = (Some(response.status), surface.code.is_empty());
        Ok(Observation { status, framed_by, opaque, ..Observation::of(outcome) })
    }
}
