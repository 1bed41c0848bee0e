//! Checks on the token and on who it names, in order.
//!
//! Structure, algorithm, vendor and key come before the signature; claims after it, so that a
//! forged token learns nothing; accounts last, so that a cleared fault can use the same token.

use claimproof_token::Claim;

use super::facts::{Facts, Policy};
use super::{Violation, WorkatoDirectLink};
use crate::claims::demands_extension;
use crate::list::steps;

type Verdict = Result<(), Violation>;

// From structure to account.
steps! { WorkatoDirectLink:
    check token_readable [
        "WDL-JWT-18", "WDL-JWT-19", "RFC7515-7.1", "RFC7515-2", "RFC7515-4", "RFC7515-10.12", "CPX-bounded",
        "RFC7519-4", "RFC8259-4", "RFC8259-8.1",
    ];
    check no_extension ["RFC7515-4.1.11", "RFC7797-7", "CPX-crit-form"];
    check alg_is_rs256 ["WDL-JWT-01", "RFC8725-3.1", "RFC8725-2.1"];
    check sub_segments ["WDL-JWT-21", "WDL-JWT-19"];
    check vendor_known ["WDL-ACC-20", "WDL-JWT-21"];
    check vendor_has_admin ["WDL-ACC-17"];
    check vendor_link_enabled ["WDL-ACC-18"];
    check vendor_has_key ["WDL-ACC-19"];
    signature ["WDL-JWT-23", "WDL-JWT-24", "WDL-ACC-21", "WDL-ACC-22", "RFC8725-3.3", "RFC8725-3.10"];
    check iat_present ["WDL-JWT-04", "WDL-JWT-05"];
    check iat_integer ["WDL-JWT-03"];
    check jti_present ["WDL-JWT-09"];
    check jti_type ["WDL-JWT-06"];
    check not_too_old ["WDL-JWT-13", "WDL-JWT-14"];
    check not_too_new ["WDL-JWT-15"];
    check team_known ["WDL-ACC-08", "WDL-JWT-21"];
    check team_no_admin ["WDL-ACC-10", "WDL-ACC-11"];
    check team_link_enabled ["WDL-ACC-05", "WDL-ACC-06"];
    check team_confirmed ["WDL-ACC-15"];
    check team_saml ["WDL-ACC-13"];
    check member_no_owner ["WDL-FRM-01"];
    check member_no_manager ["WDL-FRM-02"];
    check member_known ["WDL-ACC-01"];
    check member_has_team ["WDL-ACC-08"];
    check member_of_team ["WDL-FRM-03"];
    check member_confirmed ["WDL-ACC-03"];
}

/// Nothing to say unless the premise holds and the condition is met.
pub(super) fn refuse_if(wrong: bool, violation: Violation) -> Verdict {
    if wrong { Err(violation) } else { Ok(()) }
}

fn token_readable(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(matches!(facts.token, Some(Err(_))), Violation::TokenMalformed)
}

fn no_extension(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(demands_extension(&facts.token), Violation::ExtensionDemanded)
}

fn alg_is_rs256(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let is_rs256 = facts.header("alg").as_text() == Some("RS256");
    refuse_if(facts.is_readable() && !is_rs256, Violation::AlgNotRs256)
}

fn sub_segments(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.surplus_segments > 0, Violation::SubSegments)
}

fn vendor_known(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.is_readable() && facts.vendor.is_none(), Violation::VendorUnknown)
}

fn vendor_has_admin(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.vendor.is_some_and(|vendor| !vendor.has_admin), Violation::VendorWithoutAdmin)
}

fn vendor_link_enabled(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(
        facts.vendor.is_some_and(|vendor| !vendor.link_enabled),
        Violation::VendorLinkDisabled,
    )
}

fn vendor_has_key(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.vendor.is_some_and(|vendor| vendor.key.is_none()), Violation::VendorWithoutKey)
}

fn iat_present(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.is_readable() && facts.payload("iat").is_missing(), Violation::IatMissing)
}

/// An integer literal; whole numbers in another form are none (WDL-R-iat-form).
fn iat_integer(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let iat = facts.payload("iat");
    refuse_if(!matches!(iat, Claim::Missing | Claim::Integer(_)), Violation::IatNotInteger)
}

fn jti_present(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.is_readable() && facts.payload("jti").is_missing(), Violation::JtiMissing)
}

fn jti_type(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let jti = facts.payload("jti");
    refuse_if(
        !matches!(jti, Claim::Missing | Claim::Text(_) | Claim::Integer(_)),
        Violation::JtiWrongType,
    )
}

/// Seconds from `iat` to now.
fn age(facts: &Facts<'_>) -> Option<i128> {
    facts.iat().map(|iat| i128::from(facts.now).saturating_sub(iat))
}

fn not_too_old(facts: &Facts<'_>, policy: &Policy) -> Verdict {
    refuse_if(age(facts).is_some_and(|age| age > i128::from(policy.window)), Violation::TooOld)
}

fn not_too_new(facts: &Facts<'_>, policy: &Policy) -> Verdict {
    refuse_if(age(facts).is_some_and(|age| age < -i128::from(policy.window)), Violation::TooNew)
}

/// A team of another vendor counts as none.
fn team_known(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let Some(vendor) = facts.vendor else { return Ok(()) };
    let ours = facts.team.is_some_and(|team| team.vendor == vendor.id);
    refuse_if(!ours, Violation::TeamUnknown)
}

fn team_no_admin(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.team.is_some_and(|team| team.admin_account), Violation::TeamIsAdmin)
}

fn team_link_enabled(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.team.is_some_and(|team| team.older_than_setup), Violation::TeamOlderThanSetup)
}

fn team_confirmed(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.team.is_some_and(|team| !team.confirmed), Violation::TeamUnconfirmed)
}

/// A SAML session clears it (WDL-R-saml-session).
fn team_saml(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let required = facts.team.is_some_and(|team| team.saml_required);
    refuse_if(required && !facts.request.saml_session, Violation::SamlRequired)
}

fn member_no_owner(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.member.is_some_and(|member| member.owner), Violation::MemberIsOwner)
}

fn member_no_manager(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.member.is_some_and(|member| member.manager), Violation::MemberIsManager)
}

fn member_known(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.names_member && facts.member.is_none(), Violation::MemberUnknown)
}

fn member_has_team(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(
        facts.member.is_some_and(|member| member.team.is_none()),
        Violation::MemberWithoutTeam,
    )
}

fn member_of_team(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let (Some(team), Some(home)) =
        (facts.team, facts.member.and_then(|member| member.team.as_ref()))
    else {
        return Ok(());
    };
    refuse_if(*home != team.id, Violation::MemberForeign)
}

fn member_confirmed(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.member.is_some_and(|member| !member.confirmed), Violation::MemberUnconfirmed)
}
