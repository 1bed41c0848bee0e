//! What HTTP can carry, and what a profile knows, looked at before anything is sent.

use claimproof_catalog::Profile;

use super::check::pointer;
use super::profile::InTargets;
use super::{Method, Target};
use crate::wire::carried;

impl Target {
    /// Every header of the file is one, and every surface is a place of the profile.
    pub(super) fn check_carried(&self) -> Result<(), String> {
        for surface in &self.surfaces {
            let at = |error: String| format!("surface `{}`: {error}", surface.name);
            let has = |profile: &Profile| profile.target().surfaces.contains(&surface.name);
            if let Some(owner) = Profile::ALL.iter().find(|one| has(one) && !has(&self.profile)) {
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
