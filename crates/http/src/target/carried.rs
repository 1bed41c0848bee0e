//! What HTTP can carry, and what a profile knows, looked at before anything is sent.

use claimproof_catalog::Profile;
use claimproof_vectors::Surface as Name;

use super::check::pointer;
use super::{Method, Target};
use crate::wire::carried;

impl Target {
    /// Every header of the file is one, and every surface is a place of the profile.
    pub(super) fn check_carried(&self) -> Result<(), String> {
        for surface in &self.surfaces {
            let at = |error: String| format!("surface `{}`: {error}", surface.name);
            let owner = profile_of(surface.name);
            if owner != self.profile {
                return Err(at(format!("{} has no such place, {owner} has it", self.profile)));
            }
            surface.request.check_headers().map_err(at)?;
            surface
                .claims
                .as_ref()
                .map_or(Ok(()), |claims| pointer("claims", claims))
                .map_err(at)?;
        }
        for (name, method) in &self.manage {
            method.check_headers().map_err(|error| format!("manage.{name}: {error}"))?;
        }
        let saml = self.capabilities.saml_session_header.as_deref();
        for (key, name) in
            [("the header of the clock", self.clock_header()), ("saml_session_header", saml)]
        {
            let Some(name) = name else { continue };
            carried(name, "0")
                .map_err(|error| format!("{key}: {error}; expected letters, digits and hyphens"))?;
        }
        Ok(())
    }
}

impl Method {
    fn check_headers(&self) -> Result<(), String> {
        for (name, value) in &self.headers {
            carried(name, value).map_err(|error| format!("headers: {error}"))?;
        }
        self.then.iter().try_for_each(Self::check_headers)
    }
}

const fn profile_of(surface: Name) -> Profile {
    match surface {
        Name::DirectLink => Profile::WorkatoDirectLink,
        Name::Api => Profile::WorkatoApi,
        Name::Rest | Name::EmbedXhr | Name::EmbedIframe => Profile::TableauConnectedApp,
        Name::Exchange | Name::Login => Profile::PositConnect,
    }
}
