//! Checks on what the token asks for and from where: on-demand access, origin, user.

use super::Violation;
use super::allow_list::{AllowList, origin_of};
use super::facts::{Endpoint, Facts};
use super::steps::{Checked, Given};
use crate::list::refuse_if;

pub(super) fn on_demand_on_cloud(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let cloud = facts.site.is_none_or(|site| site.cloud);
    refuse_if(facts.is_on_demand() && !cloud, Violation::OnDemandNotCloud)
}

pub(super) fn on_demand_licensed(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let unlicensed = facts.site.is_some_and(|site| site.cloud && !site.usage_based);
    refuse_if(facts.is_on_demand() && unlicensed, Violation::OnDemandNotLicensed)
}

pub(super) fn on_demand_not_in_iframe(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let iframe = facts.request.endpoint == Endpoint::EmbedIframe;
    refuse_if(facts.is_on_demand() && iframe, Violation::OnDemandInIframe)
}

/// The list in force: none on REST and where embedding is unrestricted.
fn list<'f>(facts: &'f Facts<'_>) -> Option<&'f AllowList> {
    let site = facts.site.filter(|site| !site.unrestricted_embedding)?;
    (facts.request.endpoint != Endpoint::Rest).then_some(&site.allow_list)
}

/// A list with a full URL on it demands an `Origin`.
pub(super) fn origin_present(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let demanded = list(facts).is_some_and(AllowList::has_url);
    refuse_if(demanded && facts.request.origin.is_none(), Violation::OriginMissing)
}

pub(super) fn origin_is_url(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let Some(list) = list(facts).filter(|list| list.has_url()) else { return Ok(()) };
    // What is listed need not be read.
    let bad = |origin: &str| !list.names(origin) && origin_of(origin).is_none();
    refuse_if(facts.request.origin.is_some_and(bad), Violation::OriginNoUrl)
}

pub(super) fn origin_listed(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let Some(list) = list(facts) else { return Ok(()) };
    let listed = facts.request.origin.is_some_and(|origin| list.names(origin));
    refuse_if(!listed, Violation::OriginNotListed)
}

/// On-demand access makes a passing user (TCA-R-on-demand-unknown-sub).
pub(super) fn user_known(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    let unknown = facts.is_readable() && facts.user.is_none() && !facts.is_on_demand();
    refuse_if(unknown, Violation::UserUnknown)
}

pub(super) fn user_may_sign_in(facts: &Facts<'_>, _: &Given<'_>) -> Checked {
    refuse_if(facts.user.is_some_and(|user| !user.may_sign_in), Violation::UserBarred)
}
