//! What an implementation refuses that it must accept.

use claimproof_token::{Claim, Index};
use claimproof_verifier::refuse_if;
use claimproof_verifier::tableau_connected_app::{Endpoint, Violation};

use super::{App, PROFILE};
use crate::edit::last;
use crate::mutant::Breaks::EveryAcceptance;
use crate::mutant::{Mutant, edited};

pub(super) fn mutants() -> Vec<Mutant> {
    [strict_claims(), strict_places(), strict_values()].concat()
}

mutants! {
    fn strict_claims in PROFILE, edited::<App>;

    strict "typ-required", "typ must be there", EveryAcceptance =>
        |app| {
            last(app, |facts, _| {
                refuse_if(facts.header("typ").is_missing(), Violation::ExtensionDemanded)
            })
        };
    strict "unknown-claims", "User attributes are refused", EveryAcceptance =>
        |app| {
            last(app, |facts, _| {
                let known = [
                    "sub",
                    "aud",
                    "iat",
                    "exp",
                    "nbf",
                    "jti",
                    "scp",
                    "iss",
                    "https://tableau.com/oda",
                    "https://tableau.com/groups",
                ];
                let Some(Ok(token)) = &facts.token else { return Ok(()) };
                refuse_if(
                    !(token.payload.names().all(|name| known.contains(&name))),
                    Violation::ExtensionDemanded,
                )
            })
        };
    strict "iat-required", "iat must be there", EveryAcceptance =>
        |app| {
            last(app, |facts, _| refuse_if(facts.payload("iat").is_missing(), Violation::IatNoTime))
        };
    strict "nbf-forbidden", "nbf is refused", EveryAcceptance =>
        |app| {
            last(app, |facts, _| {
                refuse_if(!(facts.payload("nbf").is_missing()), Violation::NbfNoTime)
            })
        };
    strict "jti-plain", "A jti may hold letters, digits and hyphens alone", EveryAcceptance =>
        |app| {
            last(app, |facts, _| {
                let plain = |jti: &str| {
                    jti.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
                };
                refuse_if(
                    !(facts.payload("jti").as_text().is_some_and(plain)),
                    Violation::JtiMissing,
                )
            })
        };
    strict "two-scopes", "A scope list may hold two entries", EveryAcceptance =>
        |app| {
            last(app, |facts, _| {
                refuse_if(
                    facts.payload("scp").elements(&mut Index::new()).len() > 2,
                    Violation::ScpNoList,
                )
            })
        };
    strict "iss-twice", "iss must stand in the payload too", EveryAcceptance =>
        |app| {
            last(app, |facts, _| {
                refuse_if(facts.payload("iss").is_missing(), Violation::IssMissing)
            })
        };
    strict "header-alone", "Unknown header members are refused", EveryAcceptance =>
        |app| {
            last(app, |facts, _| {
                let known = ["alg", "typ", "kid", "iss"];
                let Some(Ok(token)) = &facts.token else { return Ok(()) };
                refuse_if(
                    !(token.header.names().all(|name| known.contains(&name))),
                    Violation::ExtensionDemanded,
                )
            })
        };
}

mutants! {
    /// Values that are unusual and good.
    fn strict_values in PROFILE, edited::<App>;

    strict "standard-alphabet-alone", "Header and payload are read in the standard alphabet alone",
        EveryAcceptance =>
        |app| {
            last(app, |facts, _| match &facts.token {
                Some(Ok(token)) if token.signing_input.contains(['-', '_']) => {
                    Err(Some(Violation::ExtensionDemanded))
                }
                _ => Ok(()),
            })
        };
    strict "typ-known", "typ must be absent or JWT in capitals", EveryAcceptance =>
        |app| {
            last(app, |facts, _| match facts.header("typ") {
                Claim::Missing | Claim::Text("JWT") => Ok(()),
                _ => Err(Some(Violation::ExtensionDemanded)),
            })
        };
    strict "times-integer", "exp, nbf and iat must be integers", EveryAcceptance =>
        |app| {
            last(app, |facts, _| match ["exp", "nbf", "iat"].map(|name| facts.payload(name)) {
                claims if claims.iter().any(|claim| matches!(claim, Claim::Number(_))) => {
                    Err(Some(Violation::ExpNoTime))
                }
                _ => Ok(()),
            })
        };
    strict "times-no-exponent", "exp, nbf and iat may have a fraction and no exponent",
        EveryAcceptance =>
        |app| {
            last(app, |facts, _| match ["exp", "nbf", "iat"].map(|name| facts.payload(name)) {
                claims if claims.iter().any(has_exponent) => Err(Some(Violation::ExpNoTime)),
                _ => Ok(()),
            })
        };
    strict "clock-32-bits", "The time goes through 32 bits with a sign", EveryAcceptance =>
        |app| {
            last(app, |facts, _| refuse_if(i32::try_from(facts.now).is_err(), Violation::ExpNoTime))
        };
    strict "sub-in-ascii", "A user name outside ASCII is nobody's", EveryAcceptance =>
        |app| {
            last(app, |facts, _| match facts.payload("sub").as_text() {
                Some(sub) if !sub.is_ascii() => Err(Some(Violation::UserUnknown)),
                _ => Ok(()),
            })
        };
    strict "site-named", "A sign-in names its site, so there is no default one", EveryAcceptance =>
        |app| last(app, |facts, _| refuse_if(facts.request.site.is_empty(), Violation::AppUnknown));
}

fn has_exponent(claim: &Claim<'_>) -> bool {
    matches!(claim, Claim::Number(text) if text.contains(['e', 'E']))
}

mutants! {
    fn strict_places in PROFILE, edited::<App>;

    strict "second-secret", "The second secret of an app is refused", EveryAcceptance =>
        |app| {
            last(app, |facts, _| {
                let place = facts.app.zip(facts.secret).and_then(|(app, secret)| {
                    app.secrets.iter().position(|one| one.id == secret.id)
                });
                refuse_if(place == Some(1), Violation::SecretUnknown)
            })
        };
    strict "oda-refused", "On-demand access is refused everywhere", EveryAcceptance =>
        |app| last(app, |facts, _| refuse_if(facts.is_on_demand(), Violation::OnDemandNotLicensed));
    strict "origin-on-rest", "REST sign-in must send a listed Origin too", EveryAcceptance =>
        |app| {
            last(app, |facts, _| {
                let restricted = facts.site.is_some_and(|site| !site.unrestricted_embedding);
                let rest =
                    facts.request.endpoint == Endpoint::Rest && facts.request.origin.is_none();
                refuse_if(restricted && rest, Violation::OriginMissing)
            })
        };
    strict "origin-never-unrestricted", "An Origin is refused where embedding is unrestricted",
        EveryAcceptance =>
        |app| {
            last(app, |facts, _| {
                let unrestricted = facts.site.is_some_and(|site| site.unrestricted_embedding);
                refuse_if(
                    unrestricted && facts.request.origin.is_some(),
                    Violation::OriginNotListed,
                )
            })
        };
    strict "listed-refused", "A listed Origin is refused", EveryAcceptance =>
        |app| {
            last(app, |facts, _| {
                let restricted = facts.site.is_some_and(|site| !site.unrestricted_embedding);
                let listed =
                    facts.request.origin.is_some() && facts.request.endpoint != Endpoint::Rest;
                refuse_if(restricted && listed, Violation::OriginNotListed)
            })
        };
    strict "iframe-refused", "The iframe path refuses every token", EveryAcceptance =>
        |app| {
            last(app, |facts, _| {
                refuse_if(
                    facts.request.endpoint == Endpoint::EmbedIframe,
                    Violation::OnDemandInIframe,
                )
            })
        };
    strict "rest-refused", "REST sign-in refuses every token", EveryAcceptance =>
        |app| {
            last(app, |facts, _| {
                refuse_if(facts.request.endpoint == Endpoint::Rest, Violation::UserBarred)
            })
        };
}
