//! The API platform: accounts of a directory, and the readings its policy expresses.

use claimproof_cast::AnyDirectory;
use claimproof_verifier::BadKey;
use claimproof_verifier::workato_api::{Accounts, KeyPlace, WorkatoApi};

use crate::{Follows, FromCast};

impl FromCast for WorkatoApi {
    fn accounts(directory: &AnyDirectory) -> Option<Result<Self::Accounts, BadKey>> {
        match directory {
            AnyDirectory::WorkatoApi(own) => Some(Accounts::new(own)),
            _ => None,
        }
    }
}

impl Follows for WorkatoApi {
    const PLAYABLE: &'static [(&'static str, &'static str)] =
        &[("WAP-R-claim-order", "sub-before-kid")];

    fn follow(policy: &mut Self::Policy, family: &str, reading: &str) -> Option<bool> {
        match (family, reading) {
            ("WAP-R-claim-order", "sub-before-kid") => {
                policy.places =
                    vec![KeyPlace::Namespace, KeyPlace::WorkatoSub, KeyPlace::Sub, KeyPlace::Kid];
            }
            _ => return None,
        }
        Some(true)
    }
}
