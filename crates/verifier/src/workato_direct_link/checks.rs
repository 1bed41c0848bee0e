//! Checks on the token and on who it names, in order.
//!
//! Structure, algorithm, vendor and key come before the signature; claims after it, so that a
//! forged token learns nothing; accounts last, so that a cleared fault can use the same token.

use claimproof_token::Claim;

use super::Violation;
use super::facts::Facts;
use super::steps::{Checked, Given};
use crate::claims::{self, demands_extension};
use crate::list::refuse_if;

pub(super) fn token_readable(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    match &facts.token {
        Some(Err(why)) => Err(Some(Violation::TokenMalformed(why.clone()))),
        None | Some(Ok(_)) => Ok(()),
    }
}

pub(super) fn no_extension(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(demands_extension(&facts.token), Violation::ExtensionDemanded)
}

pub(super) fn alg_is_rs256(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let is_rs256 = facts.header("alg").as_text() == Some("RS256");
    refuse_if(facts.is_readable() && !is_rs256, Violation::AlgNotRs256)
}

pub(super) fn sub_segments(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let found = 3 + facts.surplus_segments;
    refuse_if(found > 3, Violation::SubSegments { found })
}

pub(super) fn vendor_known(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.is_readable() && facts.vendor.is_none(), Violation::VendorUnknown)
}

pub(super) fn vendor_has_admin(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.vendor.is_some_and(|vendor| !vendor.has_admin), Violation::VendorWithoutAdmin)
}

pub(super) fn vendor_link_enabled(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(
        facts.vendor.is_some_and(|vendor| !vendor.link_enabled),
        Violation::VendorLinkDisabled,
    )
}

pub(super) fn vendor_has_key(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.vendor.is_some_and(|vendor| vendor.key.is_none()), Violation::VendorWithoutKey)
}

pub(super) fn signature(facts: &Facts<'_>, given: &Given<'_>) -> Checked {
    let key = facts.vendor.and_then(|vendor| vendor.key.as_ref());
    claims::signature(&facts.token, key, given.engine, Violation::SignatureMismatch)
}

pub(super) fn iat_present(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.is_readable() && facts.payload("iat").is_missing(), Violation::IatMissing)
}

/// An integer literal; whole numbers in another form are none (WDL-R-iat-form).
pub(super) fn iat_integer(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let iat = facts.payload("iat");
    refuse_if(!matches!(iat, Claim::Missing | Claim::Integer(_)), Violation::IatNotInteger)
}

pub(super) fn jti_present(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.is_readable() && facts.payload("jti").is_missing(), Violation::JtiMissing)
}

pub(super) fn jti_type(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let jti = facts.payload("jti");
    refuse_if(
        !matches!(jti, Claim::Missing | Claim::Text(_) | Claim::Integer(_)),
        Violation::JtiWrongType,
    )
}

/// `iat` with the seconds from it to now.
fn age(facts: &Facts<'_>) -> Option<(i128, i128)> {
    facts.iat().map(|iat| (iat, i128::from(facts.now).saturating_sub(iat)))
}

pub(super) fn not_too_old(facts: &Facts<'_>, given: &Given<'_>) -> Checked {
    let Some((iat, age)) = age(facts) else { return Ok(()) };
    let (now, window) = (facts.now, given.policy.window);
    refuse_if(age > i128::from(window), Violation::TooOld { iat, now, window })
}

pub(super) fn not_too_new(facts: &Facts<'_>, given: &Given<'_>) -> Checked {
    let Some((iat, age)) = age(facts) else { return Ok(()) };
    let (now, window) = (facts.now, given.policy.window);
    refuse_if(age < -i128::from(window), Violation::TooNew { iat, now, window })
}

/// A team of another vendor counts as none.
pub(super) fn team_known(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let Some(vendor) = facts.vendor else { return Ok(()) };
    let ours = facts.team.is_some_and(|team| team.vendor == vendor.id);
    refuse_if(!ours, Violation::TeamUnknown)
}

pub(super) fn team_no_admin(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.team.is_some_and(|team| team.admin_account), Violation::TeamIsAdmin)
}

pub(super) fn team_link_enabled(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.team.is_some_and(|team| team.older_than_setup), Violation::TeamOlderThanSetup)
}

pub(super) fn team_confirmed(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.team.is_some_and(|team| !team.confirmed), Violation::TeamUnconfirmed)
}

/// A SAML session clears it (WDL-R-saml-session).
pub(super) fn team_saml(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let required = facts.team.is_some_and(|team| team.saml_required);
    refuse_if(required && !facts.request.saml_session, Violation::SamlRequired)
}

pub(super) fn member_no_owner(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.member.is_some_and(|member| member.owner), Violation::MemberIsOwner)
}

pub(super) fn member_no_manager(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.member.is_some_and(|member| member.manager), Violation::MemberIsManager)
}

pub(super) fn member_known(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.names_member && facts.member.is_none(), Violation::MemberUnknown)
}

pub(super) fn member_has_team(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(
        facts.member.is_some_and(|member| member.team.is_none()),
        Violation::MemberWithoutTeam,
    )
}

pub(super) fn member_of_team(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let (Some(team), Some(home)) =
        (facts.team, facts.member.and_then(|member| member.team.as_ref()))
    else {
        return Ok(());
    };
    refuse_if(*home != team.id, Violation::MemberForeign)
}

pub(super) fn member_confirmed(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.member.is_some_and(|member| !member.confirmed), Violation::MemberUnconfirmed)
}
