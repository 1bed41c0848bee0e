//! What HTTP can carry, and what a profile knows, looked at before anything is sent.

use claimproof_catalog::Profile;

use super::fault::TargetFault;
use super::parts::pointer;
use super::profile::InTargets;
use super::{Method, Target};
use crate::wire::carried;

impl Target {
    /// Every header of the file is one, and every surface is a place of the profile.
    pub(super) fn check_carried(&self) -> Result<(), TargetFault> {
        for surface in &self.surfaces {
            let at = |fault: TargetFault| fault.at(format!("surface `{}`", surface.name));
            let has = |profile: &Profile| profile.target().surfaces.contains(&surface.name);
            if let Some(owner) = Profile::ALL.iter().find(|one| has(one) && !has(&self.profile)) {
                return Err(at(TargetFault::new(format!(
                    "{} has no such place, {owner} has it",
                    self.profile
                ))));
            }
            surface.request.check_headers().map_err(at)?;
            surface
                .claims
                .as_ref()
                .map_or(Ok(()), |claims| pointer("claims", claims))
                .map_err(at)?;
        }
        for (name, method) in &self.manage {
            method.check_headers().map_err(|fault| fault.at(format!("manage.{name}")))?;
        }
        let clock =
            self.clock.iter().flat_map(|clock| [("set", &clock.set), ("back", &clock.back)]);
        for (name, method) in clock.filter_map(|(name, method)| Some((name, method.as_ref()?))) {
            method.check_headers().map_err(|fault| fault.at(format!("clock.{name}")))?;
        }
        let saml = self.capabilities.saml_session_header.as_deref();
        for (key, name) in
            [("the header of the clock", self.clock_header()), ("saml_session_header", saml)]
        {
            let Some(name) = name else { continue };
            let expected = "expected letters, digits and hyphens";
            carried(name, "0")
                .map_err(|error| TargetFault::new(format!("{error}; {expected}")).at(key))?;
        }
        Ok(())
    }
}

impl Method {
    fn check_headers(&self) -> Result<(), TargetFault> {
        for (name, value) in &self.headers {
            carried(name, value).map_err(|error| TargetFault::new(error).at("headers"))?;
        }
        self.then.iter().try_for_each(Self::check_headers)
    }
}
