//! Checks on the token: form, identity, signature, claims, in order.

use claimproof_token::{Claim, Malformed};

use super::facts::{Facts, Policy, Time};
use super::{TableauConnectedApp, Violation};
use crate::claims::{clamp, demands_extension};
use crate::list::steps;

type Verdict = Result<(), Violation>;

// From size to scope.
steps! { TableauConnectedApp:
    check token_size ["TCA-10103-size", "CPX-bounded"];
    check token_present ["RFC7515-7.1", "RFC7519-7.2", "CPX-one-place"];
    check enough_parts ["TCA-10098-unsigned"];
    check not_encrypted ["TCA-10098-encrypted", "RFC7519-7.2", "RFC7515-5.2", "RFC7515-7.1"];
    check token_readable [
        "RFC7515-7.1", "RFC7515-2", "RFC7515-4", "RFC7515-10.12", "CPX-bounded", "RFC7519-7.2", "RFC4648-3.5",
        "RFC7515-5.2", "RFC7519-4", "RFC8259-4", "RFC8259-8.1",
    ];
    check no_extension ["RFC7515-4.1.11", "RFC7797-7", "CPX-crit-form"];
    check signed ["TCA-10098-unsigned", "RFC8725-2.1", "RFC8725-3.1"];
    check alg_is_hs256 ["RFC8725-3.1", "RFC7515-4.1.1"];
    check kid_present ["TCA-10083-kid", "TCA-10083-both"];
    check iss_present ["TCA-10083-iss", "TCA-10083-both"];
    check iss_agrees ["RFC8725-3.8"];
    check app_known ["TCA-10089-iss", "TCA-126-missing", "TCA-126-ref"];
    check app_enabled ["TCA-10090-disabled", "TCA-126-enabled"];
    check secret_known ["TCA-10085-kid", "TCA-127-id"];
    signature ["TCA-127-value", "RFC8725-3.3", "RFC8725-3.10"];
    check aud_present ["TCA-10084-aud-missing"];
    check aud_is_tableau ["TCA-10084-aud", "TCA-10084-aud-case", "RFC8725-3.9"];
    check sub_present ["TCA-10084-sub-missing"];
    check iat_is_time ["TCA-10084-iat-format", "RFC7519-2"];
    check exp_present ["RFC7519-4.1.4"];
    check exp_is_time ["TCA-10084-exp-format", "RFC7519-2", "RFC7519-4.1.4"];
    check nbf_is_time ["RFC7519-4.1.5", "RFC7519-2"];
    check exp_not_too_far ["TCA-10096-exp", "TCA-16-exp-long", "TCA-10096-configured", "RFC7519-2"];
    check not_expired ["TCA-exp-past", "TCA-CLOCK-reject", "TCA-CLOCK-external"];
    check already_valid ["RFC7519-4.1.5"];
    check jti_present ["TCA-10094-jti"];
    check scp_present ["TCA-10099-scp", "TCA-10097-missing"];
    check scp_is_list ["TCA-10097-list"];
}

pub(super) fn refuse_if(wrong: bool, violation: Violation) -> Verdict {
    if wrong { Err(violation) } else { Ok(()) }
}

fn token_size(facts: &Facts<'_>, policy: &Policy) -> Verdict {
    let bytes = facts.sizes.token_bytes;
    refuse_if(bytes > policy.max_token_bytes, Violation::TooLong { bytes })
}

fn token_present(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.token.is_none(), Violation::TokenMissing)
}

fn parts(facts: &Facts<'_>) -> Option<usize> {
    match facts.token {
        Some(Err(Malformed::Segments { found })) => Some(found),
        _ => None,
    }
}

/// Two dot-separated parts with something in each: a token without its signature.
fn enough_parts(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(parts(facts) == Some(2), Violation::FewParts)
}

fn not_encrypted(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(parts(facts) == Some(5), Violation::Encrypted)
}

fn token_readable(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(matches!(facts.token, Some(Err(_))), Violation::TokenMalformed)
}

fn no_extension(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(demands_extension(&facts.token), Violation::ExtensionDemanded)
}

fn signed(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let none = facts.said.alg.as_text().is_some_and(|alg| alg.eq_ignore_ascii_case("none"));
    refuse_if(none, Violation::Unsigned)
}

fn alg_is_hs256(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let is_hs256 = facts.said.alg.as_text() == Some("HS256");
    refuse_if(facts.is_readable() && !is_hs256, Violation::OtherAlgorithm)
}

/// Whether an identity is there at all: a string that is not empty (TCA-R-empty-identity).
fn is_named(identity: &Claim<'_>) -> bool {
    identity.as_text().is_some_and(|text| !text.is_empty())
}

fn kid_present(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.is_readable() && !is_named(&facts.said.kid), Violation::KidMissing)
}

fn iss_present(facts: &Facts<'_>, policy: &Policy) -> Verdict {
    refuse_if(facts.is_readable() && !is_named(facts.client_id(policy)), Violation::IssMissing)
}

fn iss_agrees(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let (header, payload) = (&facts.said.iss, &facts.said.payload_iss);
    let both = !header.is_missing() && !payload.is_missing();
    refuse_if(both && header != payload, Violation::IssDiffers)
}

/// An app counts on its sites, so one of a site nobody has is unknown too.
fn app_known(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.is_readable() && facts.app.is_none(), Violation::AppUnknown)
}

fn app_enabled(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.app.is_some_and(|app| !app.enabled), Violation::AppDisabled)
}

fn secret_known(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.app.is_some() && facts.secret.is_none(), Violation::SecretUnknown)
}

fn aud_present(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.is_readable() && facts.said.aud.is_missing(), Violation::AudMissing)
}

/// The string itself, in this case; a list that holds it is none (TCA-R-aud-list).
fn aud_is_tableau(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let aud = &facts.said.aud;
    refuse_if(!aud.is_missing() && aud.as_text() != Some("tableau"), Violation::AudWrong)
}

fn sub_present(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.is_readable() && !is_named(&facts.said.sub), Violation::SubMissing)
}

fn iat_is_time(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.said.iat == Time::Wrong, Violation::IatNoTime)
}

fn exp_present(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.is_readable() && facts.said.exp == Time::Missing, Violation::ExpMissing)
}

fn exp_is_time(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.said.exp == Time::Wrong, Violation::ExpNoTime)
}

fn nbf_is_time(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.said.nbf == Time::Wrong, Violation::NbfNoTime)
}

/// Measured from now (TCA-R-validity-from), inclusive.
fn exp_not_too_far(facts: &Facts<'_>, policy: &Policy) -> Verdict {
    let Some(exp) = facts.said.exp.second() else { return Ok(()) };
    let [exp, now, validity, leeway] =
        [exp, facts.now, policy.max_validity, policy.leeway].map(i128::from);
    let by = clamp(exp - now - validity - leeway);
    refuse_if(by > 0, Violation::ExpTooFar { by })
}

fn not_expired(facts: &Facts<'_>, policy: &Policy) -> Verdict {
    let exp = facts.said.exp.second();
    let passed = |exp: i64| i128::from(exp) + i128::from(policy.leeway) <= i128::from(facts.now);
    refuse_if(exp.is_some_and(passed), Violation::Expired)
}

fn already_valid(facts: &Facts<'_>, policy: &Policy) -> Verdict {
    let nbf = facts.said.nbf.second();
    let ahead = |nbf: i64| i128::from(nbf) - i128::from(policy.leeway) > i128::from(facts.now);
    refuse_if(nbf.is_some_and(ahead), Violation::NotYetValid)
}

fn jti_present(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.is_readable() && !is_named(&facts.said.jti), Violation::JtiMissing)
}

fn scp_present(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let absent = matches!(facts.said.scp, Claim::Missing | Claim::Null);
    refuse_if(facts.is_readable() && absent, Violation::ScpMissing)
}

fn scp_is_list(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let scp = &facts.said.scp;
    refuse_if(!matches!(scp, Claim::Missing | Claim::Null | Claim::List(_)), Violation::ScpNoList)
}
