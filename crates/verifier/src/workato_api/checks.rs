//! Checks on credentials, token, access profile and signature, in order.

use super::facts::{Credentials, Facts, Policy};
use super::{Violation, WorkatoApi};
use crate::claims::demands_extension;
use crate::list::steps;

type Verdict = Result<(), Violation>;

// The size comes before structure: a payload too long is not worth parsing.
steps! { WorkatoApi:
    check credentials_present ["WCL-04", "WAP-CAL-01"];
    check credentials_single ["WAP-CAL-02", "WCL-04"];
    check scheme_is_bearer ["WAP-CAL-02"];
    check payload_size ["WAP-CLM-06", "WAP-CLM-07", "WAP-CLM-08"];
    check token_readable [
        "WCL-04", "WAP-TOK-07", "RFC7515-7.1", "RFC7515-2", "RFC7515-4", "RFC7515-10.12", "CPX-bounded",
        "RFC7519-4", "RFC8259-4", "RFC8259-8.1",
    ];
    check no_extension ["RFC7515-4.1.11", "RFC7797-7", "CPX-crit-form"];
    check api_key_present ["WCL-31", "WAP-TOK-01", "WCL-15", "WCL-06"];
    check api_key_known ["WCL-31", "WCL-03", "WCL-07", "WCL-08", "WCL-05"];
    check profile_active ["WCL-31", "WCL-03"];
    check alg_of_profile ["WAP-SIG-01", "WAP-TOK-09", "RFC8725-3.1", "RFC8725-2.1"];
    signature [
        "WCL-09", "WAP-GEN-02", "WAP-GEN-04", "WAP-SIG-02", "WAP-SIG-04", "WAP-TOK-06", "RFC8725-3.3", "RFC8725-3.10",
    ];
}

fn refuse_if(wrong: bool, violation: Violation) -> Verdict {
    if wrong { Err(violation) } else { Ok(()) }
}

fn credentials_present(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.credentials == Credentials::None, Violation::NoCredentials)
}

fn credentials_single(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.credentials == Credentials::Several, Violation::SeveralCredentials)
}

fn scheme_is_bearer(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.credentials == Credentials::Other, Violation::NotBearer)
}

fn payload_size(facts: &Facts<'_>, policy: &Policy) -> Verdict {
    let chars = facts.sizes.map_or(0, |sizes| sizes.payload_chars);
    let max = policy.max_payload_chars;
    refuse_if(chars > max, Violation::PayloadTooLarge { chars, max })
}

fn token_readable(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(matches!(facts.token, Some(Err(_))), Violation::TokenMalformed)
}

fn no_extension(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(demands_extension(&facts.token), Violation::ExtensionDemanded)
}

fn api_key_present(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.is_readable() && !facts.has_key_claim, Violation::NoApiKey)
}

fn api_key_known(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.has_key_claim && facts.profile.is_none(), Violation::UnknownApiKey)
}

fn profile_active(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.profile.is_some_and(|profile| !profile.active), Violation::ProfileDisabled)
}

/// The configured key decides, never the token (RFC 8725 section 3.1).
fn alg_of_profile(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let Some(profile) = facts.profile else { return Ok(()) };
    let alg = facts.header("alg");
    refuse_if(alg.as_text() != Some(profile.key.alg()), Violation::AlgMismatch)
}
