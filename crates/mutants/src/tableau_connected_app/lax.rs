//! What a lax implementation lets by.

use claimproof_token::Claim;
use claimproof_verifier::refuse_if;
use claimproof_verifier::tableau_connected_app::{Endpoint, Violation};

use super::{App, PROFILE};
use crate::edit::{before, replace};
use crate::mutant::{Mutant, edited};

pub(super) fn mutants() -> Vec<Mutant> {
    [lax_tokens(), lax_places(), lax_times()].concat()
}

mutants! {
    fn lax_tokens in PROFILE, edited::<App>;

    "aud-any-case", "aud is compared without case",
        ["TCA-10084-aud", "TCA-10084-aud-case", "CPX-unspent"] =>
        |app| {
            replace(app, "aud_is_tableau", |facts, _| match facts.payload("aud") {
                Claim::Text(aud) if aud.eq_ignore_ascii_case("tableau") => Ok(()),
                Claim::Missing => Ok(()),
                _ => Err(Some(Violation::AudWrong)),
            })
        };
    "aud-contains", "aud may hold tableau anywhere",
        ["TCA-10084-aud", "TCA-10084-aud-case", "CPX-unspent"] =>
        |app| {
            replace(app, "aud_is_tableau", |facts, _| match facts.payload("aud") {
                Claim::Text(aud) if aud.contains("tableau") => Ok(()),
                Claim::Missing => Ok(()),
                _ => Err(Some(Violation::AudWrong)),
            })
        };
    "aud-any-list", "Any list passes as aud", ["TCA-10084-aud"] =>
        |app| {
            replace(app, "aud_is_tableau", |facts, _| match facts.payload("aud") {
                Claim::Text("tableau") => Ok(()),
                Claim::Missing | Claim::List(_) => Ok(()),
                _ => Err(Some(Violation::AudWrong)),
            })
        };
    "scp-string", "scp may be a string", ["TCA-10097-list"] =>
        |app| {
            replace(app, "scp_is_list", |facts, _| match facts.payload("scp") {
                Claim::Missing | Claim::Null | Claim::List(_) | Claim::Text(_) => Ok(()),
                _ => Err(Some(Violation::ScpNoList)),
            })
        };
    "scope-for-scp", "scope counts in place of scp", ["TCA-10099-scp", "TCA-10097-missing"] =>
        |app| {
            replace(app, "scp_present", |facts, _| {
                let either = [facts.payload("scp"), facts.payload("scope")];
                let absent =
                    either.iter().all(|claim| matches!(claim, Claim::Missing | Claim::Null));
                refuse_if(absent, Violation::ScpMissing)
            })
        };
    "exp-any-type", "exp may be anything",
        ["TCA-10084-exp-format", "RFC7519-2", "RFC7519-4.1.4", "CPX-bounded", "TCA-exp-past"] =>
        |app| replace(app, "exp_is_time", |_, _| Ok(()));
    "iat-any-string", "iat may be a string", ["TCA-10084-iat-format", "RFC7519-2", "CPX-bounded"] =>
        |app| {
            replace(app, "iat_is_time", |facts, _| match facts.payload("iat") {
                Claim::Missing | Claim::Text(_) | Claim::Integer(_) => Ok(()),
                _ => Err(Some(Violation::IatNoTime)),
            })
        };
    "kid-optional", "A token without kid is looked up all the same",
        ["TCA-10083-kid", "TCA-10083-both"] => |app| replace(app, "kid_present", |_, _| Ok(()));
    "alg-any-case", "alg is compared without case",
        ["RFC8725-3.1", "RFC7515-4.1.1", "TCA-127-value"] =>
        |app| {
            replace(app, "alg_is_hs256", |facts, _| match facts.header("alg").as_text() {
                Some(alg) if alg.eq_ignore_ascii_case("HS256") => Ok(()),
                _ => Err(Some(Violation::OtherAlgorithm)),
            })
        };
    "user-any-case", "Users are found without case",
        ["TCA-5-case", "TCA-5-username", "TCA-5-unknown"] =>
        |app| {
            replace(app, "user_known", |facts, _| {
                let sub = facts.payload("sub");
                let variant = sub.as_text().is_some_and(|sub| sub.chars().any(char::is_uppercase));
                refuse_if(
                    facts.user.is_none() && !variant && !facts.is_on_demand(),
                    Violation::UserUnknown,
                )
            })
        };
}

mutants! {
    /// Instants that lose their place on the way into a counter.
    fn lax_times in PROFILE, edited::<App>;

    "exp-integers-alone", "An exp that is no integer counts as none",
        ["TCA-exp-past", "TCA-10096-exp", "TCA-10096-10min", "RFC7519-2", "RFC7519-4.1.4"] =>
        |app| {
            replace(app, "not_expired", |facts, _| match facts.payload("exp").as_i64() {
                Some(exp) if exp <= facts.now => {
                    Err(Some(Violation::Expired { exp, now: facts.now }))
                }
                _ => Ok(()),
            });
            replace(app, "exp_not_too_far", |facts, given| {
                let Some(exp) = facts.payload("exp").as_i64() else { return Ok(()) };
                let (now, most) = (facts.now, given.policy.max_validity);
                let too_far = Violation::ExpTooFar { exp, now, limit: most.into() };
                refuse_if(now + most < exp, too_far)
            });
        };
    "nbf-overflows", "An nbf whose microseconds overflow lies in the past",
        ["RFC7519-4.1.5", "RFC7519-2"] =>
        |app| {
            replace(app, "nbf_is_time", |_, _| Ok(()));
            replace(app, "already_valid", |facts, _| match facts.said.nbf.second() {
                Some(nbf) if facts.now < nbf && nbf < i64::MAX / 1_000_000 => {
                    Err(Some(Violation::NotYetValid { nbf, now: facts.now }))
                }
                _ => Ok(()),
            });
        };
}

mutants! {
    fn lax_places in PROFILE, edited::<App>;

    "origin-by-suffix", "Any origin that ends in a listed host passes",
        ["TCA-10092-unlisted", "TCA-10092-listed", "TCA-10092-method"] =>
        |app| {
            replace(app, "origin_listed", |facts, _| match facts.request.origin {
                Some(origin) if origin.ends_with("portal.example") => Ok(()),
                Some(_)
                    if facts.site.is_some_and(|site| !site.unrestricted_embedding)
                        && facts.request.endpoint != Endpoint::Rest =>
                {
                    Err(Some(Violation::OriginNotListed))
                }
                _ => Ok(()),
            })
        };
    "origin-by-prefix", "Any origin that starts with a listed one passes",
        ["TCA-10092-unlisted", "TCA-10105-origin"] =>
        |app| {
            replace(app, "origin_listed", |facts, _| {
                let Some(site) = facts.site.filter(|site| !site.unrestricted_embedding) else {
                    return Ok(());
                };
                let origin = facts.request.origin.unwrap_or_default();
                let rest = facts.request.endpoint == Endpoint::Rest;
                let listed = site.allow_list.entries().any(|entry| {
                    origin.starts_with(entry) || origin.ends_with(&format!("//{entry}"))
                });
                refuse_if(!(rest || listed), Violation::OriginNotListed)
            })
        };
    "list-ignored", "The allowlist is not enforced",
        ["TCA-10092-unlisted", "TCA-10105-origin", "TCA-10106-origin", "TCA-10092-method",
         "TCA-10092-listed"] =>
        |app| {
            replace(app, "origin_listed", |_, _| Ok(()));
            replace(app, "origin_present", |_, _| Ok(()));
            replace(app, "origin_is_url", |_, _| Ok(()));
        };
    "origin-any-port", "The host of an origin counts alone", ["RFC6454-5"] =>
        |app| {
            replace(app, "origin_listed", |facts, _| {
                let Some(site) = facts.site.filter(|site| !site.unrestricted_embedding) else {
                    return Ok(());
                };
                let host = |text: &str| {
                    let rest = text.split_once("//").map_or(text, |(_, rest)| rest);
                    rest.split([':', '/']).next().map(str::to_owned)
                };
                let own = host(facts.request.origin.unwrap_or_default());
                let rest = facts.request.endpoint == Endpoint::Rest;
                let listed = site.allow_list.entries().any(|entry| host(entry) == own);
                refuse_if(!(rest || listed), Violation::OriginNotListed)
            })
        };
    "oda-any-text", "Any text asks for on-demand access", ["TCA-5-unknown", "TCA-16-sub-unknown"] =>
        |app| {
            replace(app, "user_known", |facts, _| {
                let asked = facts.payload("https://tableau.com/oda").as_text();
                let asked = asked.is_some_and(|text| !text.is_empty());
                refuse_if(facts.user.is_none() && !asked, Violation::UserUnknown)
            })
        };
    "oda-any-value", "Whatever the claim holds asks for on-demand access",
        ["TCA-5-unknown", "TCA-16-sub-unknown"] =>
        |app| {
            replace(app, "user_known", |facts, _| {
                let asked = !facts.payload("https://tableau.com/oda").is_missing();
                refuse_if(facts.user.is_none() && !asked, Violation::UserUnknown)
            })
        };
    strict "oda-false-refused", "A claim that asks for nothing is refused with 67",
        ["CPX-odd-accept"] =>
        |app| {
            before(app, "user_known", |facts, _| {
                let own = facts.payload("https://tableau.com/oda");
                let odd = !matches!(own, Claim::Missing | Claim::Text("true") | Claim::Bool(true));
                let cloud = facts.site.is_some_and(|site| site.cloud);
                refuse_if(odd && !cloud, Violation::OnDemandNotCloud)
            })
        };
    "oda-free", "On-demand access needs no licence",
        ["TCA-10101-ubp", "TCA-67-oda", "TCA-67-cloud"] =>
        |app| replace(app, "on_demand_licensed", |_, _| Ok(()));
    "disabled-passes", "Disabled apps pass",
        ["TCA-10090-disabled", "TCA-126-enabled", "TCA-10090-enable"] =>
        |app| replace(app, "app_enabled", |_, _| Ok(()));
}
