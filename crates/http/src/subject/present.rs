//! A token is presented: the request it becomes, and what its answer says.

use claimproof_suite::{Held, NoVerdict, Observation, Outcome, Text};
use claimproof_vectors::{Form, Header, Need, Presentation};

use super::{HttpSubject, form};
use crate::target::{Fields, Rendered, Response, SurfaceEntry, carries, classify, render};

impl HttpSubject {
    pub(super) async fn present(
        &self,
        held: &Held,
        presentation: &Presentation,
    ) -> Result<Observation, NoVerdict> {
        let surface = self.client.surface(presentation.surface)?;
        let (request, response) = self.exchange(held, surface, presentation).await?;
        Ok(self.observed(surface, &request, &response, presentation.token.as_deref()))
    }

    /// What an answer says, and what of it may be shown.
    pub(super) fn observed(
        &self,
        surface: &SurfaceEntry,
        request: &Rendered,
        response: &Response,
        token: Option<&str>,
    ) -> Observation {
        let mut seen = classify(&self.client.target, surface, response);
        seen.breaches = self.client.watched(&seen.outcome, Some(surface), response, token);
        seen.ill_formed = self.ill_formed(surface, request, response, token);
        seen.outcome = self.client.quotable(seen.outcome, token);
        seen.framed_by = seen.framed_by.map(|by| self.client.redacted(&by, token));
        seen.exchange = Some(self.client.evidence(request, response, token));
        seen
    }

    /// Of what an answer says in the form of its own that is shown, secrets and tokens are taken
    /// out.
    fn ill_formed(
        &self,
        surface: &SurfaceEntry,
        request: &Rendered,
        response: &Response,
        token: Option<&str>,
    ) -> Vec<(Form, Text)> {
        if !self.client.capabilities.meets(Need::VendorSurfaces) {
            return Vec::new();
        }
        let lacks = form::lacks(surface, request, response).into_iter();
        lacks.map(|(form, what)| (form, self.client.redacted(&what, token).into())).collect()
    }

    pub(super) async fn exchange(
        &self,
        held: &Held,
        surface: &SurfaceEntry,
        presentation: &Presentation,
    ) -> Result<(Rendered, Response), NoVerdict> {
        let mut request = self.rendered(surface, presentation)?;
        self.client.at(&mut request, held.now).await?;
        self.sendable(&request)?;
        let response = self.client.ask_target(&request, Some(surface)).await?;
        Ok((request, response))
    }

    /// The request a presentation becomes, before anything is said of the time.
    pub(super) fn rendered(
        &self,
        surface: &SurfaceEntry,
        presentation: &Presentation,
    ) -> Result<Rendered, NoVerdict> {
        let mut fields: Fields = self.client.target.fields.clone();
        fields.extend(presentation.fields.clone());
        if let Some(token) = &presentation.token {
            fields.insert("token".to_owned(), token.clone());
        }
        carries(&surface.request, &fields)
            .map_err(|fault| NoVerdict::Unsendable(fault.to_string().into()))?;
        let mut request = render(&surface.request, &fields)?;
        request.query.extend(presentation.query.clone());
        request.headers.extend(
            presentation.headers.iter().map(|one| (one.name.clone(), self.of_own_host(one))),
        );
        if let (Some(header), Some(state)) = (
            &self.client.target.capabilities.saml_session_header,
            presentation.field("saml_session"),
        ) {
            request.headers.push((header.clone(), state.to_owned()));
        }
        Ok(request)
    }

    /// An origin is one of the target's own pages.
    fn of_own_host(&self, header: &Header) -> String {
        let is_origin =
            ["origin", "referer"].iter().any(|name| header.name.eq_ignore_ascii_case(name));
        if is_origin {
            self.client.target.with_own_hosts(&header.value)
        } else {
            header.value.clone()
        }
    }

    /// Some tokens hold what HTTP cannot carry in a header.
    pub(super) fn sendable(&self, request: &Rendered) -> Result<(), NoVerdict> {
        let carries =
            |value: &str| hyper::header::HeaderValue::from_bytes(value.as_bytes()).is_ok();
        match request.headers.iter().find(|(_, value)| !carries(value)) {
            Some((name, _)) => Err(NoVerdict::Unsendable(
                format!("the header {name} cannot carry this value over HTTP").into(),
            )),
            None => Ok(()),
        }
    }

    pub(super) async fn raw(&self, bytes: &str) -> Result<Observation, NoVerdict> {
        let surface = self.client.surface(None)?;
        match self.client.wire.send_raw(bytes.as_bytes()).await? {
            // A method or a version that is none may be answered with these (RFC 9110 sections
            // 15.6.2, 15.6.6).
            Some(Response { status: 501 | 505, .. }) => Ok(Observation::of(Outcome::Refused(None))),
            Some(response) => {
                let response = self.client.signal(response, Some(surface))?;
                let seen = classify(&self.client.target, surface, &response);
                Ok(Observation {
                    outcome: self.client.quotable(seen.outcome.clone(), None),
                    ..seen
                })
            }
            None => Ok(Observation::of(Outcome::Refused(None))),
        }
    }
}
