//! Requests of one case on one connection, which is kept open between them.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use claimproof_suite::{Held, NoVerdict, Observation};
use claimproof_vectors::Presentation;

use super::HttpSubject;
use crate::connection::Connection;
use crate::target::{Rendered, Response, SurfaceEntry};

/// The connection of each case that keeps one; none where the server has closed it.
#[derive(Default)]
pub(super) struct Kept(Mutex<HashMap<String, Option<Connection>>>);

impl fmt::Debug for Kept {
    /// What was read of a connection may hold secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

impl Kept {
    fn take(&self, case: &str) -> Option<Option<Connection>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(case)
    }

    fn put(&self, case: &str, connection: Option<Connection>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(case.to_owned(), connection);
    }
}

impl HttpSubject {
    /// Presents on the connection of the act before; the first one opens it.
    pub(super) async fn present_kept(
        &self,
        held: &Held,
        presentation: &Presentation,
    ) -> Result<Observation, NoVerdict> {
        let surface = self.client.surface(presentation.surface)?;
        let mut request = self.rendered(surface, presentation)?;
        self.client.at(&mut request, held.now).await?;
        self.sendable(&request)?;
        let response = self.ask_kept(&held.tag, surface, &request).await?;
        Ok(self.observed(surface, &request, &response, presentation.token.as_deref()))
    }

    /// A server may close a connection whenever it likes (RFC 9112 section 9.3), and then there is
    /// nothing to try.
    async fn ask_kept(
        &self,
        case: &str,
        surface: &SurfaceEntry,
        request: &Rendered,
    ) -> Result<Response, NoVerdict> {
        let unkept = |why: &str| {
            NoVerdict::Unsendable(format!("the target keeps no connection open: {why}").into())
        };
        let kept = self.kept.take(case);
        let is_first = kept.is_none();
        let mut connection = match kept {
            None => self.dial().await?,
            Some(open) => open.ok_or_else(|| unkept("it closes each behind its answer"))?,
        };
        self.client.wire.pace.turn(1).await;
        let answer = self.client.wire.ask(&mut connection, &self.client.wire.bytes(request)).await;
        let answer =
            answer.map_err(|why| if is_first { why.into() } else { unkept(&why.to_string()) })?;
        self.kept.put(case, Some(connection).filter(Connection::is_open));
        self.client.signal(answer, Some(surface))
    }

    /// Hangs up.
    pub(super) fn hang_up(&self, held: &Held) {
        drop(self.kept.take(&held.tag));
    }
}
