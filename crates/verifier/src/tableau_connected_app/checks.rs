//! Checks on the token: form, identity, signature, claims, in order.

use claimproof_token::{Claim, Malformed};

use super::Violation;
use super::facts::{Facts, Time};
use super::steps::{Checked, Given};
use crate::claims::{self, demands_extension};
use crate::list::refuse_if;

pub(super) fn token_size(facts: &Facts<'_>, given: &Given<'_>) -> Checked {
    let (bytes, max) = (facts.sizes.token_bytes, given.policy.max_token_bytes);
    refuse_if(bytes > max, Violation::TooLong { bytes, max })
}

pub(super) fn token_present(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.token.is_none(), Violation::TokenMissing)
}

fn parts(facts: &Facts<'_>) -> Option<usize> {
    match facts.token {
        Some(Err(Malformed::Segments { found })) => Some(found),
        _ => None,
    }
}

/// Two dot-separated parts with something in each: a token without its signature.
pub(super) fn enough_parts(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(parts(facts) == Some(2), Violation::FewParts)
}

pub(super) fn not_encrypted(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(parts(facts) == Some(5), Violation::Encrypted)
}

pub(super) fn token_readable(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    match &facts.token {
        Some(Err(why)) => Err(Some(Violation::TokenMalformed(why.clone()))),
        None | Some(Ok(_)) => Ok(()),
    }
}

pub(super) fn no_extension(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(demands_extension(&facts.token), Violation::ExtensionDemanded)
}

pub(super) fn signed(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let none = facts.said.alg.as_text().is_some_and(|alg| alg.eq_ignore_ascii_case("none"));
    refuse_if(none, Violation::Unsigned)
}

pub(super) fn alg_is_hs256(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let is_hs256 = facts.said.alg.as_text() == Some("HS256");
    refuse_if(facts.is_readable() && !is_hs256, Violation::OtherAlgorithm)
}

/// Whether an identity is there at all: a string that is not empty (TCA-R-empty-identity).
fn is_named(identity: &Claim<'_>) -> bool {
    identity.as_text().is_some_and(|text| !text.is_empty())
}

pub(super) fn kid_present(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.is_readable() && !is_named(&facts.said.kid), Violation::KidMissing)
}

pub(super) fn iss_present(facts: &Facts<'_>, given: &Given<'_>) -> Checked {
    refuse_if(
        facts.is_readable() && !is_named(facts.client_id(given.policy)),
        Violation::IssMissing,
    )
}

pub(super) fn iss_agrees(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let (header, payload) = (&facts.said.iss, &facts.said.payload_iss);
    let both = !header.is_missing() && !payload.is_missing();
    refuse_if(both && header != payload, Violation::IssDiffers)
}

/// An app counts on its sites, so one of a site nobody has is unknown too.
pub(super) fn app_known(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.is_readable() && facts.app.is_none(), Violation::AppUnknown)
}

pub(super) fn app_enabled(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.app.is_some_and(|app| !app.enabled), Violation::AppDisabled)
}

pub(super) fn secret_known(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.app.is_some() && facts.secret.is_none(), Violation::SecretUnknown)
}

pub(super) fn signature(facts: &Facts<'_>, given: &Given<'_>) -> Checked {
    let key = facts.secret.map(|secret| &secret.key);
    claims::signature(&facts.token, key, given.engine, Violation::SignatureMismatch)
}

pub(super) fn aud_present(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.is_readable() && facts.said.aud.is_missing(), Violation::AudMissing)
}

/// The string itself, in this case; a list that holds it is none (TCA-R-aud-list).
pub(super) fn aud_is_tableau(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let aud = &facts.said.aud;
    refuse_if(!aud.is_missing() && aud.as_text() != Some("tableau"), Violation::AudWrong)
}

pub(super) fn sub_present(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.is_readable() && !is_named(&facts.said.sub), Violation::SubMissing)
}

pub(super) fn iat_is_time(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.said.iat == Time::Wrong, Violation::IatNoTime)
}

pub(super) fn exp_present(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.is_readable() && facts.said.exp == Time::Missing, Violation::ExpMissing)
}

pub(super) fn exp_is_time(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.said.exp == Time::Wrong, Violation::ExpNoTime)
}

pub(super) fn nbf_is_time(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.said.nbf == Time::Wrong, Violation::NbfNoTime)
}

/// Measured from now (TCA-R-validity-from), inclusive.
pub(super) fn exp_not_too_far(facts: &Facts<'_>, given: &Given<'_>) -> Checked {
    let Some(exp) = facts.said.exp.second() else { return Ok(()) };
    let now = facts.now;
    let limit = i128::from(given.policy.max_validity) + i128::from(given.policy.leeway);
    let ahead = i128::from(exp) - i128::from(now);
    refuse_if(ahead > limit, Violation::ExpTooFar { exp, now, limit })
}

pub(super) fn not_expired(facts: &Facts<'_>, given: &Given<'_>) -> Checked {
    let Some(exp) = facts.said.exp.second() else { return Ok(()) };
    let now = facts.now;
    let passed = i128::from(exp) + i128::from(given.policy.leeway) <= i128::from(now);
    refuse_if(passed, Violation::Expired { exp, now })
}

pub(super) fn already_valid(facts: &Facts<'_>, given: &Given<'_>) -> Checked {
    let Some(nbf) = facts.said.nbf.second() else { return Ok(()) };
    let now = facts.now;
    let ahead = i128::from(nbf) - i128::from(given.policy.leeway) > i128::from(now);
    refuse_if(ahead, Violation::NotYetValid { nbf, now })
}

pub(super) fn jti_present(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.is_readable() && !is_named(&facts.said.jti), Violation::JtiMissing)
}

pub(super) fn scp_present(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let absent = matches!(facts.said.scp, Claim::Missing | Claim::Null);
    refuse_if(facts.is_readable() && absent, Violation::ScpMissing)
}

pub(super) fn scp_is_list(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let scp = &facts.said.scp;
    refuse_if(!matches!(scp, Claim::Missing | Claim::Null | Claim::List(_)), Violation::ScpNoList)
}
