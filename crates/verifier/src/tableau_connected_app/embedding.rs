//! Checks on what the token asks for and from where: on-demand access, origin, user.

use super::allow_list::{AllowList, origin_of};
use super::checks::refuse_if;
use super::facts::{Facts, Policy, Surface};
use super::{TableauConnectedApp, Violation};
use crate::list::steps;

type Verdict = Result<(), Violation>;

// After the claims, before the replay store.
steps! { TableauConnectedApp:
    check on_demand_on_cloud ["TCA-67-oda", "TCA-67-cloud"];
    check on_demand_licensed ["TCA-10101-ubp", "TCA-67-oda"];
    check on_demand_not_in_iframe ["TCA-10102-iframe"];
    check origin_present ["TCA-10106-origin"];
    check origin_is_url ["TCA-10105-origin"];
    check origin_listed ["TCA-10092-unlisted"];
    check user_known ["TCA-5-unknown", "TCA-5-case", "TCA-16-sub-unknown", "TCA-5-username"];
    check user_may_sign_in ["TCA-16-sub-email", "TCA-16-sub-unknown"];
}

fn on_demand_on_cloud(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let cloud = facts.site.is_none_or(|site| site.cloud);
    refuse_if(facts.is_on_demand() && !cloud, Violation::OnDemandNotCloud)
}

fn on_demand_licensed(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let unlicensed = facts.site.is_some_and(|site| site.cloud && !site.usage_based);
    refuse_if(facts.is_on_demand() && unlicensed, Violation::OnDemandNotLicensed)
}

fn on_demand_not_in_iframe(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let iframe = facts.request.surface == Surface::EmbedIframe;
    refuse_if(facts.is_on_demand() && iframe, Violation::OnDemandInIframe)
}

/// The list in force: none on REST and where embedding is unrestricted.
fn list<'f>(facts: &'f Facts<'_>) -> Option<&'f AllowList> {
    let site = facts.site.filter(|site| !site.unrestricted_embedding)?;
    (facts.request.surface != Surface::Rest).then_some(&site.allow_list)
}

/// A list with a full URL on it demands an `Origin`.
fn origin_present(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let demanded = list(facts).is_some_and(AllowList::has_url);
    refuse_if(demanded && facts.request.origin.is_none(), Violation::OriginMissing)
}

fn origin_is_url(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let Some(list) = list(facts).filter(|list| list.has_url()) else { return Ok(()) };
    // What is listed need not be read.
    let bad = |origin: &str| !list.names(origin) && origin_of(origin).is_none();
    refuse_if(facts.request.origin.is_some_and(bad), Violation::OriginNoUrl)
}

fn origin_listed(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let Some(list) = list(facts) else { return Ok(()) };
    let listed = facts.request.origin.is_some_and(|origin| list.names(origin));
    refuse_if(!listed, Violation::OriginNotListed)
}

/// On-demand access makes a passing user (TCA-R-on-demand-unknown-sub).
fn user_known(facts: &Facts<'_>, _: &Policy) -> Verdict {
    let unknown = facts.is_readable() && facts.user.is_none() && !facts.is_on_demand();
    refuse_if(unknown, Violation::UserUnknown)
}

fn user_may_sign_in(facts: &Facts<'_>, _: &Policy) -> Verdict {
    refuse_if(facts.user.is_some_and(|user| !user.may_sign_in), Violation::UserBarred)
}
