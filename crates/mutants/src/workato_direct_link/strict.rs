//! What an implementation refuses that it must accept.

use claimproof_token::Claim;
use claimproof_verifier::refuse_if;
use claimproof_verifier::workato_direct_link::{Facts, Violation};

use super::{Link, PROFILE};
use crate::edit::{before, last};
use crate::mutant::Breaks::EveryAcceptance;
use crate::mutant::{Mutant, edited};

pub(super) fn mutants() -> Vec<Mutant> {
    [strict_tokens(), strict_requests(), strict_values()].concat()
}

mutants! {
    fn strict_tokens in PROFILE, edited::<Link>;

    strict "typ-required", "typ must be JWT", EveryAcceptance =>
        |link| {
            before(link, "signature", |facts, _| match facts.header("typ").as_text() {
                Some("JWT") => Ok(()),
                _ if facts.is_readable() => Err(Some(Violation::ExtensionDemanded)),
                _ => Ok(()),
            })
        };
    strict "jti-hyphens", "A jti string with hyphens is refused", ["WDL-JWT-07"] =>
        |link| {
            last(link, |facts, _| match facts.payload("jti").as_text() {
                Some(jti) if jti.contains('-') => Err(Some(Violation::JtiWrongType)),
                _ => Ok(()),
            })
        };
    strict "unknown-claims", "Unknown claims are refused",
        ["CPX-odd-accept", "RFC7519-4", "WDL-JWT-16"] =>
        |link| {
            last(link, |facts, _| {
                let known = ["sub", "iat", "jti"];
                let Some(Ok(token)) = &facts.token else { return Ok(()) };
                refuse_if(
                    !(token.payload.names().all(|name| known.contains(&name))),
                    Violation::ExtensionDemanded,
                )
            })
        };
    strict "unknown-header", "Unknown header members are refused",
        ["CPX-odd-accept", "RFC7515-4"] =>
        |link| {
            last(link, |facts, _| {
                let known = ["alg", "typ"];
                let Some(Ok(token)) = &facts.token else { return Ok(()) };
                refuse_if(
                    !(token.header.names().all(|name| known.contains(&name))),
                    Violation::ExtensionDemanded,
                )
            })
        };
    strict "integer-jti", "An integer jti is refused",
        ["WDL-JWT-08", "WDL-JWT-10", "RFC7519-4.1.7", "RFC7519-4"] =>
        |link| {
            before(link, "not_too_old", |facts, _| match facts.payload("jti") {
                Claim::Integer(_) => Err(Some(Violation::JtiWrongType)),
                _ => Ok(()),
            })
        };
    strict "wide-jti", "An integer jti beyond 64 bits is refused", ["CPX-odd-accept"] =>
        |link| {
            before(link, "not_too_old", |facts, _| match facts.payload("jti") {
                Claim::Integer(digits) if digits.parse::<i64>().is_err() => {
                    Err(Some(Violation::JtiWrongType))
                }
                _ => Ok(()),
            })
        };
    strict "jti-shape", "A jti must be 32 hexadecimal digits", EveryAcceptance =>
        |link| {
            last(link, |facts, _| match facts.payload("jti") {
                Claim::Text(text) if text.len() == 32 => Ok(()),
                Claim::Missing => Ok(()),
                _ => Err(Some(Violation::JtiWrongType)),
            })
        };
    strict "exp-forbidden", "A token with exp is refused", ["WDL-JWT-16", "CPX-odd-accept"] =>
        |link| last(link, |facts, _| refuse_if(!facts.payload("exp").is_missing(), too_old(facts)));
    strict "members-refused", "A third segment of sub is refused", EveryAcceptance =>
        |link| last(link, |facts, _| refuse_if(facts.names_member, Violation::MemberUnknown));
    strict "external-ids-refused", "Teams by external ID are refused",
        ["WDL-ACC-09", "WDL-JWT-24"] =>
        |link| {
            last(link, |facts, _| match facts.team {
                Some(team) if team.id.starts_with('E') => Err(Some(Violation::TeamUnknown)),
                _ => Ok(()),
            })
        };
}

/// From here on microseconds are more than 63 bits hold.
const OVERFLOW: i64 = i64::MAX / 1_000_000;

mutants! {
    /// Values and keys that are unusual and good.
    fn strict_values in PROFILE, edited::<Link>;

    strict "standard-alphabet-alone", "Header and payload are read in the standard alphabet alone",
        EveryAcceptance =>
        |link| {
            last(link, |facts, _| match &facts.token {
                Some(Ok(token)) if token.signing_input.contains(['-', '_']) => {
                    Err(Some(Violation::ExtensionDemanded))
                }
                _ => Ok(()),
            })
        };
    strict "typ-known", "typ must be absent or JWT in capitals", ["RFC7519-5.1"] =>
        |link| {
            last(link, |facts, _| match facts.header("typ") {
                Claim::Missing | Claim::Text("JWT") => Ok(()),
                _ => Err(Some(Violation::ExtensionDemanded)),
            })
        };
    strict "exp-integer", "exp and nbf must be integers", ["RFC7519-2"] =>
        |link| {
            last(link, |facts, _| match ["exp", "nbf"].map(|name| facts.payload(name)) {
                claims if claims.iter().any(|claim| matches!(claim, Claim::Number(_))) => {
                    Err(Some(too_old(facts)))
                }
                _ => Ok(()),
            })
        };
    strict "clock-32-bits", "The time goes through 32 bits with a sign", EveryAcceptance =>
        |link| last(link, |facts, _| refuse_if(i32::try_from(facts.now).is_err(), too_old(facts)));
    strict "rsa-2048-alone", "An RSA key has 2048 bits and no more", ["RFC7518-3.3"] =>
        |link| {
            last(link, |facts, _| match &facts.token {
                Some(Ok(token)) if token.signature.len() > 256 => {
                    Err(Some(Violation::VendorWithoutKey))
                }
                _ => Ok(()),
            })
        };
    strict "hex-as-text", "An external ID counts with its hex digits in upper case alone",
        ["CPX-odd-accept"] =>
        |link| {
            last(link, |facts, _| match facts.payload("sub").as_text() {
                Some(sub) if sub.contains("%c3") => Err(Some(Violation::TeamUnknown)),
                _ => Ok(()),
            })
        };
    "exp-integers-honoured", "A past exp is refused where it is an integer",
        ["RFC7519-4.1.4", "RFC7519-2", "CPX-odd-accept"] =>
        |link| {
            last(link, |facts, _| match facts.payload("exp").as_i64() {
                Some(exp) if exp <= facts.now => Err(Some(too_old(facts))),
                _ => Ok(()),
            })
        };
    "nbf-overflows",
        "An nbf ahead is refused, and one whose microseconds overflow lies in the past",
        ["RFC7519-4.1.5"] =>
        |link| {
            last(link, |facts, _| match facts.payload("nbf").as_i64() {
                Some(nbf) if facts.now < nbf && nbf < OVERFLOW => {
                    Err(Some(Violation::TooNew { iat: nbf.into(), now: facts.now, window: 0 }))
                }
                _ => Ok(()),
            })
        };
}

mutants! {
    fn strict_requests in PROFILE, edited::<Link>;

    strict "accept-required", "A request without Accept is refused", ["WDL-HTTP-04"] =>
        |link| {
            before(link, "asks_for_html", |facts, _| {
                refuse_if(facts.request.accept.is_none(), Violation::NotHtml)
            })
        };
    strict "accept-html-first", "Accept must begin with text/html", EveryAcceptance =>
        |link| {
            before(link, "asks_for_html", |facts, _| match facts.request.accept {
                Some(accept) if !accept.starts_with("text/html") => Err(Some(Violation::NotHtml)),
                _ => Ok(()),
            })
        };
    strict "requested-with-any", "Any X-Requested-With is refused", ["WDL-HTTP-04"] =>
        |link| {
            before(link, "asks_for_html", |facts, _| {
                refuse_if(facts.request.requested_with.is_some(), Violation::Xhr)
            })
        };
    strict "https-refused", "Absolute paths are refused for members", EveryAcceptance =>
        |link| {
            before(link, "path_is_url", |facts, _| {
                let names_member =
                    facts.payload("sub").as_text().is_some_and(|sub| sub.split(':').count() > 2);
                match facts.request.path {
                    Some(path) if names_member && path.starts_with("https://") => {
                        Err(Some(Violation::PathNotUrl))
                    }
                    _ => Ok(()),
                }
            })
        };
}

/// What is answered to a time that this server minds and the document does not.
fn too_old(facts: &Facts<'_>) -> Violation {
    Violation::TooOld { iat: facts.iat().unwrap_or_default(), now: facts.now, window: 0 }
}
