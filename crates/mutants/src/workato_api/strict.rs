//! What an implementation refuses that it must accept.

use claimproof_token::Claim;
use claimproof_verifier::workato_api::{Credentials, Facts, Policy, Violation, WorkatoApi};
use claimproof_verifier::{Checked, Given, refuse_if};

use super::{Api, PROFILE};
use crate::edit::{before, last};
use crate::mutant::Breaks::EveryAcceptance;
use crate::mutant::{Mutant, edited};

pub(super) fn mutants() -> Vec<Mutant> {
    [strict_tokens(), strict_requests(), strict_values(), leeway()].concat()
}

mutants! {
    fn strict_tokens in PROFILE, edited::<Api>;

    strict "unknown-claims", "Unknown claims are refused", EveryAcceptance =>
        |api| last(api, |facts, _| refuse_if(!known_claims(facts), Violation::ExtensionDemanded));
    strict "typ-required", "typ must be JWT", EveryAcceptance =>
        |api| {
            last(api, |facts, _| {
                refuse_if(
                    facts.header("typ").as_text() != Some("JWT"),
                    Violation::ExtensionDemanded,
                )
            })
        };
    strict "typ-forbidden", "A header may hold alg and kid alone", EveryAcceptance =>
        |api| {
            last(api, |facts, _| match &facts.token {
                Some(Ok(token)) if token.header.len() > 2 => {
                    Err(Some(Violation::ExtensionDemanded))
                }
                _ => Ok(()),
            })
        };
    strict "exp-required", "exp must be there", EveryAcceptance =>
        |api| {
            last(api, |facts, _| {
                refuse_if(facts.payload("exp").is_missing(), Violation::ExtensionDemanded)
            })
        };
    strict "kid-required", "kid must be there", EveryAcceptance =>
        |api| {
            last(api, |facts, _| refuse_if(facts.header("kid").is_missing(), Violation::NoApiKey))
        };
    strict "null-is-value", "null in the namespace claim is no empty value", EveryAcceptance =>
        |api| {
            before(api, "api_key_known", |facts, _| {
                match facts.payload("https://www.workato.com/sub") {
                    Claim::Null => Err(Some(Violation::UnknownApiKey)),
                    _ => Ok(()),
                }
            })
        };
    strict "empty-is-value", "An empty string in the namespace claim is no empty value",
        EveryAcceptance =>
        |api| {
            before(api, "api_key_known", |facts, _| {
                match facts.payload("https://www.workato.com/sub") {
                    Claim::Text("") => Err(Some(Violation::UnknownApiKey)),
                    _ => Ok(()),
                }
            })
        };
    strict "empty-workato-sub-is-value", "An empty workato_sub is no empty value",
        EveryAcceptance =>
        |api| {
            before(api, "api_key_known", |facts, _| match facts.payload("workato_sub") {
                Claim::Null => Err(Some(Violation::UnknownApiKey)),
                Claim::Text("") => Err(Some(Violation::UnknownApiKey)),
                _ => Ok(()),
            })
        };
    strict "wrong-part-refused", "A key claim in the part it does not count in is refused",
        ["WCL-15"] =>
        |api| {
            last(api, |facts, _| {
                let header = ["sub", "workato_sub", "https://www.workato.com/sub"]
                    .map(|name| facts.header(name));
                let misplaced =
                    header.iter().chain([&facts.payload("kid")]).any(|claim| !claim.is_missing());
                refuse_if(misplaced, Violation::UnknownApiKey)
            })
        };
    strict "must-agree", "All places that are set must agree", EveryAcceptance =>
        |api| last::<WorkatoApi>(api, disagree);
    strict "rsa-refused", "RSA profiles are refused", EveryAcceptance =>
        |api| {
            last(api, |facts, _| match facts.profile {
                Some(profile) if profile.key.alg() == "RS256" => Err(Some(Violation::AlgMismatch)),
                _ => Ok(()),
            })
        };
    strict "hmac-refused", "HMAC profiles are refused", EveryAcceptance =>
        |api| {
            last(api, |facts, _| match facts.profile {
                Some(profile) if profile.key.alg() == "HS256" => Err(Some(Violation::AlgMismatch)),
                _ => Ok(()),
            })
        };
}

/// From here on microseconds are more than 63 bits hold.
const OVERFLOW: i64 = i64::MAX / 1_000_000;

mutants! {
    /// Values and keys that are unusual and good.
    fn strict_values in PROFILE, edited::<Api>;

    strict "standard-alphabet-alone", "Header and payload are read in the standard alphabet alone",
        EveryAcceptance =>
        |api| {
            last(api, |facts, _| match &facts.token {
                Some(Ok(token)) if token.signing_input.contains(['-', '_']) => {
                    Err(Some(Violation::ExtensionDemanded))
                }
                _ => Ok(()),
            })
        };
    strict "typ-known", "typ must be absent or JWT in capitals", EveryAcceptance =>
        |api| {
            last(api, |facts, _| match facts.header("typ") {
                Claim::Missing | Claim::Text("JWT") => Ok(()),
                _ => Err(Some(Violation::ExtensionDemanded)),
            })
        };
    strict "exp-integer", "exp, nbf and iat must be integers", EveryAcceptance =>
        |api| {
            last(api, |facts, _| match ["exp", "nbf", "iat"].map(|name| facts.payload(name)) {
                claims if claims.iter().any(|claim| matches!(claim, Claim::Number(_))) => {
                    Err(Some(Violation::ExtensionDemanded))
                }
                _ => Ok(()),
            })
        };
    strict "exp-32-bits", "exp goes through 32 bits with a sign", EveryAcceptance =>
        |api| {
            last(api, |facts, _| match facts.payload("exp").as_i64() {
                Some(exp) if i32::try_from(exp).is_err() => Err(Some(Violation::ExtensionDemanded)),
                _ => Ok(()),
            })
        };
    strict "rsa-2048-alone", "An RSA key has 2048 bits and no more", EveryAcceptance =>
        |api| {
            last(api, |facts, _| match (&facts.token, facts.profile) {
                (Some(Ok(token)), Some(profile))
                    if profile.key.alg() == "RS256" && token.signature.len() > 256 =>
                {
                    Err(Some(Violation::AlgMismatch))
                }
                _ => Ok(()),
            })
        };
    "exp-integers-honoured", "A past exp is refused where it is an integer",
        ["RFC7519-4.1.4", "RFC7519-2", "WCL-10"] =>
        |api| {
            last(api, |facts, _| match facts.payload("exp").as_i64() {
                Some(exp) if exp <= facts.now => Err(Some(Violation::ExtensionDemanded)),
                _ => Ok(()),
            })
        };
    "nbf-overflows",
        "An nbf ahead is refused, and one whose microseconds overflow lies in the past",
        ["RFC7519-4.1.5"] =>
        |api| {
            last(api, |facts, _| match facts.payload("nbf").as_i64() {
                Some(nbf) if facts.now < nbf && nbf < OVERFLOW => {
                    Err(Some(Violation::ExtensionDemanded))
                }
                _ => Ok(()),
            })
        };
}

mutants! {
    /// Servers that look at `exp` or `nbf`, and allow too much.
    fn leeway in PROFILE, edited::<Api>;

    "exp-an-hour-late", "An exp more than an hour past is refused",
        ["RFC7519-4.1.4", "CPX-small-leeway"] =>
        |api| {
            last(api, |facts, _| {
                refused_if(second(facts, "exp").is_some_and(|exp| exp + 3600.0 < time(facts)))
            })
        };
    "exp-seven-minutes-late", "An exp more than seven minutes past is refused",
        ["CPX-small-leeway"] =>
        |api| {
            last(api, |facts, _| {
                refused_if(second(facts, "exp").is_some_and(|exp| exp + 420.0 < time(facts)))
            })
        };
    "nbf-an-hour-early", "An nbf more than an hour ahead is refused",
        ["RFC7519-4.1.5", "CPX-small-leeway"] =>
        |api| {
            last(api, |facts, _| {
                refused_if(second(facts, "nbf").is_some_and(|nbf| time(facts) < nbf - 3600.0))
            })
        };
    "nbf-seven-minutes-early", "An nbf more than seven minutes ahead is refused",
        ["CPX-small-leeway"] =>
        |api| {
            last(api, |facts, _| {
                refused_if(second(facts, "nbf").is_some_and(|nbf| time(facts) < nbf - 420.0))
            })
        };
}

fn refused_if(wrong: bool) -> Checked<Violation> {
    refuse_if(wrong, Violation::ExtensionDemanded)
}

/// An instant in any spelling of a number, to a second or so.
fn second(facts: &Facts<'_>, claim: &str) -> Option<f64> {
    match facts.payload(claim) {
        Claim::Integer(text) | Claim::Number(text) => text.parse().ok(),
        _ => None,
    }
}

fn time(facts: &Facts<'_>) -> f64 {
    facts.now.to_string().parse().unwrap_or_default()
}

fn known_claims(facts: &Facts<'_>) -> bool {
    let known = ["name", "email", "iat", "sub", "workato_sub", "https://www.workato.com/sub"];
    match &facts.token {
        Some(Ok(token)) => token.payload.names().all(|name| known.contains(&name)),
        _ => true,
    }
}

fn disagree(facts: &Facts<'_>, _: &Given<'_, Policy>) -> Checked<Violation> {
    let all = [
        facts.header("kid"),
        facts.payload("sub"),
        facts.payload("workato_sub"),
        facts.payload("https://www.workato.com/sub"),
    ];
    let mut set: Vec<String> = all
        .iter()
        .filter_map(|one| one.as_text())
        .filter(|one| !one.is_empty())
        .map(str::to_owned)
        .collect();
    set.dedup();
    refuse_if(set.len() > 1, Violation::UnknownApiKey)
}

mutants! {
    fn strict_requests in PROFILE, edited::<Api>;

    strict "iat-window", "An iat more than a minute old is refused", ["CPX-odd-accept"] =>
        |api| {
            last(api, |facts, _| match facts.payload("iat").as_i64() {
                Some(iat) if facts.now - iat > 60 => Err(Some(Violation::ExtensionDemanded)),
                _ => Ok(()),
            })
        };
    // Times of thousands of digits are in tokens that are as long.
    strict "credentials-trailing", "A token longer than 2000 bytes is refused",
        ["WAP-CLM-06", "WAP-CLM-07", "WAP-CLM-08", "CPX-odd-accept", "CPX-bounded", "RFC7519-2"] =>
        |api| {
            before(api, "payload_size", |facts, _| match facts.credentials {
                Credentials::Bearer(text) if text.len() > 2000 => {
                    Err(Some(Violation::ExtensionDemanded))
                }
                _ => Ok(()),
            })
        };
}
