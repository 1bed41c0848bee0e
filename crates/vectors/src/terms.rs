//! What a target states of its tokens, held against a case and its tokens.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use claimproof_cast::{Constant, Place, Terms};
use serde_json::Value;

use crate::case::{Act, Case};
use crate::change::{Change, Edit};
use crate::scene::Scene;

/// A place of the account that the case is about and the target does not read.
pub fn unread(case: &Case, terms: &Terms) -> Option<Place> {
    if !case.profile.sheet().has_several_places {
        return None;
    }
    let presented = case.script.iter().filter_map(|turn| match &turn.act {
        Act::Present { scene, changes, .. }
        | Act::KeptAlive { scene, changes, .. }
        | Act::AtOnce { scene, changes, .. } => Some((scene, changes.as_slice())),
        _ => None,
    });
    presented.flat_map(|(scene, changes)| places(scene, changes)).find(|place| !terms.reads(*place))
}

/// Where a token names its account otherwise than the plain one does.
fn places(scene: &Scene, changes: &[Change]) -> BTreeSet<Place> {
    // A scene that names the account in a claim leaves `kid` out, which says nothing of `kid`.
    let set =
        scene.adjust.iter().filter(|change| !matches!(change, Change::Header(_, Edit::Remove)));
    set.chain(changes)
        .filter_map(|change| match change {
            Change::Claim(name, _) => name.parse().ok().filter(|place| *place != Place::Kid),
            Change::Header(name, _) => name.parse().ok().filter(|place| *place == Place::Kid),
            _ => None,
        })
        .collect()
}

/// A member that the target states for every token and this one does not have so. Of a time, that it is there.
pub fn missing(token: &str, terms: &Terms) -> Option<String> {
    let mut segments = token.split('.');
    let header = lost(segments.next()?, &terms.header);
    header.or_else(|| lost(segments.next()?, &terms.claims))
}

/// Nothing is said of what is no object.
fn lost(segment: &str, stated: &BTreeMap<String, Constant>) -> Option<String> {
    if stated.is_empty() {
        return None;
    }
    let members: BTreeMap<String, Value> =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(segment).ok()?).ok()?;
    let differs = |(name, constant): &(&String, &Constant)| match (members.get(*name), constant) {
        (None, _) => true,
        (Some(_), Constant::FromNow(_)) => false,
        (Some(own), Constant::Json(json)) => {
            serde_json::from_str::<Value>(json).ok().as_ref() != Some(own)
        }
    };
    stated.iter().find(differs).map(|(name, _)| name.clone())
}

#[cfg(test)]
mod tests {
    use claimproof_catalog::Profile;

    use super::*;
    use crate::cases;

    fn terms() -> Terms {
        let issuer = Constant::Json("\"https://issuer.example\"".to_owned());
        let claims = [("iss".to_owned(), issuer), ("exp".to_owned(), Constant::FromNow(300))];
        Terms { claims: claims.into(), places: vec![Place::Kid], ..Terms::default() }
    }

    #[test]
    fn a_case_about_a_place_that_is_not_read_is_told() {
        let all = cases::of(Profile::WorkatoApi);
        let of = |id: &str, terms: &Terms| {
            let case = all
                .iter()
                .find(|case| case.id.ends_with(id))
                .unwrap_or_else(|| panic!("no case {id}"));
            unread(case, terms)
        };
        assert_eq!(of("accepted/hmac-kid", &terms()), None);
        assert_eq!(of("accepted/hmac-sub", &terms()), Some(Place::Sub));
        assert_eq!(of("accepted/hmac-sub", &Terms::default()), None);
        let sub = Terms { places: vec![Place::Sub], ..Terms::default() };
        assert_eq!(of("accepted/hmac-sub", &sub), None);
        assert_eq!(of("accepted/hmac-namespace", &sub), Some(Place::Namespace));
        assert_eq!(
            of("accepted/hmac-kid", &sub),
            None,
            "its plain token names the account in `sub`"
        );
    }

    #[test]
    fn a_token_that_lost_what_the_target_states_is_told() {
        let token = |payload: &str| format!("e30.{}.c2ln", URL_SAFE_NO_PAD.encode(payload));
        let of = |payload: &str| missing(&token(payload), &terms());
        assert_eq!(of(r#"{"iss":"https://issuer.example","exp":1}"#), None);
        assert_eq!(of(r#"{"iss":"https://issuer.example"}"#), Some("exp".to_owned()));
        assert_eq!(of(r#"{"iss":"https://issuer.example/","exp":1}"#), Some("iss".to_owned()));
        assert_eq!(of("[]"), None);
        assert_eq!(missing(&token("{}"), &Terms::default()), None);
    }
}
