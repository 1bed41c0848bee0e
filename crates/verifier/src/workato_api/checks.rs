//! Checks on credentials, token, access profile and signature, in order.

use super::Violation;
use super::facts::{Credentials, Facts};
use super::steps::{Checked, Given};
use crate::claims::{self, demands_extension};
use crate::list::refuse_if;

pub(super) fn credentials_present(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.credentials == Credentials::None, Violation::NoCredentials)
}

pub(super) fn credentials_single(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.credentials == Credentials::Several, Violation::SeveralCredentials)
}

pub(super) fn scheme_is_bearer(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.credentials == Credentials::Other, Violation::NotBearer)
}

pub(super) fn payload_size(facts: &Facts<'_>, given: &Given<'_>) -> Checked {
    let chars = facts.sizes.map_or(0, |sizes| sizes.payload_chars);
    let max = given.policy.max_payload_chars;
    refuse_if(chars > max, Violation::PayloadTooLarge { chars, max })
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

pub(super) fn api_key_present(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.is_readable() && !facts.has_key_claim, Violation::NoApiKey)
}

pub(super) fn api_key_known(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.has_key_claim && facts.profile.is_none(), Violation::UnknownApiKey)
}

pub(super) fn profile_active(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.profile.is_some_and(|profile| !profile.active), Violation::ProfileDisabled)
}

/// The configured key decides, never the token (RFC 8725 section 3.1).
pub(super) fn alg_of_profile(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let Some(profile) = facts.profile else { return Ok(()) };
    let alg = facts.header("alg");
    refuse_if(alg.as_text() != Some(profile.key.alg()), Violation::AlgMismatch)
}

pub(super) fn signature(facts: &Facts<'_>, given: &Given<'_>) -> Checked {
    let key = facts.profile.map(|profile| &profile.key);
    claims::signature(&facts.token, key, given.engine, Violation::SignatureMismatch)
}
