//! Interpretations the reference can be set to, beside those it follows by itself.

use claimproof_catalog::Profile;
use claimproof_catalog::readings::{self, Family};
use claimproof_verifier::tableau_connected_app::IssPlace;
use claimproof_verifier::workato_api::KeyPlace;

use crate::AnyReference;

impl AnyReference {
    /// Follows this reading of this family; `false` where no policy expresses it.
    pub fn follow(&mut self, family: &str, reading: &str) -> bool {
        match (self, family, reading) {
            (Self::WorkatoDirectLink(link), "WDL-R-path-form", "letter" | "vendor-client") => {
                link.verifier.policy.relative_paths = reading == "vendor-client";
            }
            (Self::WorkatoDirectLink(link), "WDL-R-path-subject", "any-host") => {
                link.verifier.policy.host = None
            }
            (Self::WorkatoApi(api), "WAP-R-claim-order", "sub-before-kid") => {
                api.verifier.policy.places =
                    vec![KeyPlace::Namespace, KeyPlace::WorkatoSub, KeyPlace::Sub, KeyPlace::Kid];
            }
            (Self::TableauConnectedApp(app), "TCA-R-iss-place", "observed") => {
                app.verifier.policy.iss_place = IssPlace::HeaderOrPayload;
            }
            // A store that never forgets cannot be bounded, so this one is not the reference's own.
            (Self::WorkatoDirectLink(_), "WDL-R-jti-memory", _) => return reading == "window",
            // The first reading of a family otherwise is.
            _ => {
                return readings::find(family)
                    .is_some_and(|family| family.default().name == reading);
            }
        }
        true
    }

    /// Every family with the readings beside the first that a profile's reference can be set to.
    pub fn playable(profile: Profile) -> Vec<(&'static Family, &'static str)> {
        let all: &[(&str, &str)] = match profile {
            Profile::WorkatoDirectLink => {
                &[("WDL-R-path-form", "vendor-client"), ("WDL-R-path-subject", "any-host")]
            }
            Profile::WorkatoApi => &[("WAP-R-claim-order", "sub-before-kid")],
            Profile::TableauConnectedApp => &[("TCA-R-iss-place", "observed")],
            Profile::PositConnect => &[],
        };
        all.iter()
            .filter_map(|(family, reading)| Some((readings::find(family)?, *reading)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use claimproof_cast::public;

    use super::*;

    #[test]
    fn what_is_playable_is_followed_and_so_is_the_first_reading_of_a_family() {
        for profile in Profile::ALL {
            let mut reference = AnyReference::of(&public(profile)).unwrap();
            for (family, reading) in AnyReference::playable(profile) {
                assert!(
                    family.readings.iter().any(|one| one.name == reading),
                    "{} {reading}",
                    family.id
                );
                assert!(reference.follow(family.id, reading), "{} {reading}", family.id);
            }
            for family in
                readings::of(profile).iter().filter(|family| family.id != "WDL-R-jti-memory")
            {
                assert!(reference.follow(family.id, family.default().name), "{}", family.id);
            }
        }
    }

    #[test]
    fn what_no_policy_expresses_is_not_followed() {
        let mut link = AnyReference::of(&public(Profile::WorkatoDirectLink)).unwrap();
        assert!(!link.follow("WDL-R-jti-memory", "no-end"));
        assert!(!link.follow("WAP-R-claim-order", "sub-before-kid"));
        assert!(!link.follow("no such family", "no such reading"));
    }
}
