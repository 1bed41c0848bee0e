//! What a target offers beyond answering, as its file says.

use std::collections::BTreeSet;
use std::time::Duration;

use claimproof_suite::Capabilities;
use claimproof_vectors::{ManageMethod, Need, Surface};

use super::{Method, Target};

impl Target {
    /// What cases may need of it.
    pub(crate) fn offers(&self) -> Capabilities {
        Capabilities {
            clock: self.offered_clock(),
            settle: self.settle.map(Duration::from_secs),
            surfaces: self.surfaces.iter().map(|surface| surface.name).collect(),
            offered: self.offered(),
        }
    }

    /// A management method, where the file has it.
    pub(crate) fn managing(&self, method: ManageMethod) -> Option<&Method> {
        self.manage.get(method.name())
    }

    fn offered(&self) -> BTreeSet<Need> {
        let declared = ManageMethod::ALL.into_iter().filter(|one| self.managing(*one).is_some());
        let methods = declared.map(Need::Method);
        methods
            .chain(self.fixtures().into_iter().filter_map(|(need, is)| is.then_some(need)))
            .collect()
    }

    fn fixtures(&self) -> [(Need, bool); 9] {
        let has = |method| self.managing(method).is_some();
        let made = self.managing(ManageMethod::CreateSecret);
        let (flags, shows) = (&self.capabilities, self.surfaces.first());
        [
            (Need::Administration, has(ManageMethod::IntegrationCreate)),
            (Need::Login, has(ManageMethod::ViewerLogin) && has(ManageMethod::Login)),
            (Need::Exchange, self.is_exchanging()),
            (Need::TokenInternals, flags.token_internals),
            (Need::MadeSecret, made.is_some_and(|method| method.value.is_some())),
            (Need::StatedLifetime, self.limits.longest_lifetime.is_some()),
            (Need::RawSocket, flags.raw_socket),
            (Need::Echo, shows.is_some_and(|surface| surface.claims.is_some())),
            (Need::SamlSession, flags.saml_session_header.is_some()),
        ]
    }

    /// Whether subject tokens can be had, by visits or with the target file, and exchanged.
    fn is_exchanging(&self) -> bool {
        let given = self.players.iter().any(|player| player.role.starts_with("subject."));
        (given || self.managing(ManageMethod::Visit).is_some())
            && self.surfaces.iter().any(|one| one.name == Surface::Exchange)
    }
}
