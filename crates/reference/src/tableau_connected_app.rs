//! Connected apps: accounts of a directory, and the readings its policy expresses.

use claimproof_cast::AnyDirectory;
use claimproof_verifier::BadKey;
use claimproof_verifier::tableau_connected_app::{Accounts, IssPlace, TableauConnectedApp};

use crate::{Follows, FromCast};

impl FromCast for TableauConnectedApp {
    fn accounts(directory: &AnyDirectory) -> Option<Result<Self::Accounts, BadKey>> {
        match directory {
            AnyDirectory::TableauConnectedApp(own) => Some(Accounts::new(own)),
            _ => None,
        }
    }
}

impl Follows for TableauConnectedApp {
    const PLAYABLE: &'static [(&'static str, &'static str)] = &[("TCA-R-iss-place", "observed")];

    fn follow(policy: &mut Self::Policy, family: &str, reading: &str) -> Option<bool> {
        match (family, reading) {
            ("TCA-R-iss-place", "observed") => policy.iss_place = IssPlace::HeaderOrPayload,
            _ => return None,
        }
        Some(true)
    }
}
