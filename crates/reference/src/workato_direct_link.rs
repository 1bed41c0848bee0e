//! Direct links: accounts of a directory, and the readings its policy expresses.

use claimproof_cast::AnyDirectory;
use claimproof_verifier::BadKey;
use claimproof_verifier::workato_direct_link::{Accounts, WorkatoDirectLink};

use crate::{Follows, FromCast};

impl FromCast for WorkatoDirectLink {
    fn accounts(directory: &AnyDirectory) -> Option<Result<Self::Accounts, BadKey>> {
        match directory {
            AnyDirectory::WorkatoDirectLink(own) => Some(Accounts::new(own)),
            _ => None,
        }
    }
}

impl Follows for WorkatoDirectLink {
    const PLAYABLE: &'static [(&'static str, &'static str)] =
        &[("WDL-R-path-form", "vendor-client"), ("WDL-R-path-subject", "any-host")];

    fn follow(policy: &mut Self::Policy, family: &str, reading: &str) -> Option<bool> {
        match (family, reading) {
            ("WDL-R-path-form", "letter" | "vendor-client") => {
                policy.relative_paths = reading == "vendor-client";
            }
            ("WDL-R-path-subject", "any-host") => policy.host = None,
            // A store that never forgets cannot be bounded, so this one is not the reference's own.
            ("WDL-R-jti-memory", _) => return Some(reading == "window"),
            _ => return None,
        }
        Some(true)
    }
}
