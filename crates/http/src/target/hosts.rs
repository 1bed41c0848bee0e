//! Hosts of the target's own in the place of those the cases name.

use claimproof_cast::hosts;
use url::Url;

use super::Target;
use super::fault::{TargetFault, nearest};

impl Target {
    /// A text of a case as it is sent: the target's own host in the place of the case's, in
    /// capitals where that one was.
    pub(crate) fn with_own_hosts(&self, text: &str) -> String {
        self.hosts.iter().fold(text.to_owned(), |text, (ours, own)| {
            text.replace(ours.as_str(), own)
                .replace(&ours.to_ascii_uppercase(), &own.to_ascii_uppercase())
        })
    }

    /// A text of an answer as the cases name hosts.
    pub(crate) fn with_our_hosts(&self, text: &str) -> String {
        self.hosts
            .iter()
            .fold(text.to_owned(), |text, (ours, own)| text.replace(own.as_str(), ours))
    }

    pub(super) fn check_hosts(&self) -> Result<(), TargetFault> {
        let known = hosts(self.profile);
        self.hosts.iter().try_for_each(|(ours, own)| {
            if !known.contains(&ours.as_str()) {
                let near = nearest(ours, known.iter().copied());
                return Err(TargetFault::new(format!("no case of {} names `{ours}`", self.profile)).at("hosts").near(near));
            }
            is_host(own).then_some(()).ok_or_else(|| {
                TargetFault::new(format!("`{own}` is no host; expected a name in small letters, without a port: ports are what cases alter"))
                    .at(format!("hosts.\"{ours}\""))
            })
        })
    }
}

/// A host as an origin without a port has it.
fn is_host(text: &str) -> bool {
    Url::parse(&format!("https://{text}")).is_ok_and(|url| url.host_str() == Some(text))
}
