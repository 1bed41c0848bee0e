//! Faults of an API-platform implementation.

use claimproof_catalog::Profile;
use claimproof_reference::Reference;
use claimproof_server::reply::Reply;
use claimproof_token::Claim;
use claimproof_verifier::refuse_if;
use claimproof_verifier::workato_api::{KeyPlace, Violation, WorkatoApi};
use serde_json::Value;

use crate::edit::replace;
use crate::lenient;
use crate::loose::{Tokens, kid};
use crate::mutant::Breaks::{EveryAcceptance, EveryRefusal};
use crate::mutant::{Mutant, edited};
use crate::shared::{reply, without_each};

mod carriers;
mod strict;

type Api = Reference<WorkatoApi>;

const PROFILE: Profile = Profile::WorkatoApi;
const PLACES: &[&str] = &[
    "WCL-01",
    "WCL-02",
    "WCL-03",
    "WCL-05",
    "WCL-06",
    "WCL-07",
    "WCL-08",
    "WCL-09",
    "WCL-10",
    "WCL-11",
    "WCL-12",
    "WCL-13",
    "WCL-14",
    "WCL-15",
    "WCL-20",
    "WCL-28",
    "WCL-30",
    "WCL-31",
    "WAP-GEN-03",
    "WAP-TOK-10",
    "WAP-CLM-01",
    "WAP-CLM-02",
    "WAP-CLM-03",
    "WAP-CLM-06",
    "WAP-CLM-09",
    "WAP-CLM-10",
    "WAP-CLM-11",
];

/// All faults but the size have one answer, and the size comes as it will: no order is forced.
static TOKENS: Tokens = Tokens {
    profile: PROFILE,
    known: "profile.hmac",
    names: &[("kid", "profile.hmac")],
    named: kid,
    is_named_inside: false,
    breaks: &["WCL-04"],
    // No header carries a line end.
    unmet: Some("reads-line-ends"),
    has_public_keys: true,
    has_chosen_secrets: true,
};

pub(crate) fn mutants() -> Vec<Mutant> {
    let own = [left_out(), places(), lax(), replies(), sizes()].concat();
    [own, carriers::mutants(), strict::mutants(), lenient::mutants(&TOKENS)].concat()
}

fn left_out() -> Vec<Mutant> {
    // Behind each of these another step refuses, and the document knows one answer for all refusals.
    let invisible = [
        "credentials_present",
        "credentials_single",
        "scheme_is_bearer",
        "token_readable",
        "api_key_present",
        "api_key_known",
    ];
    without_each(PROFILE, &invisible, &[])
}

mutants! {
    /// Another order, or another idea of empty. What a reading allows is no fault, so these mix.
    fn places in PROFILE, edited::<Api>;

    "order-reversed", "The places are searched last to first", PLACES =>
        |api| api.verifier.policy.places.reverse();
    "kid-first", "kid comes before the Workato-named claims", PLACES =>
        |api| {
            api.verifier.policy.places =
                vec![KeyPlace::Kid, KeyPlace::Namespace, KeyPlace::WorkatoSub, KeyPlace::Sub]
        };
    "workato-sub-first", "workato_sub comes before the namespace claim", PLACES =>
        |api| {
            api.verifier.policy.places =
                vec![KeyPlace::WorkatoSub, KeyPlace::Namespace, KeyPlace::Kid, KeyPlace::Sub]
        };
    "no-namespace", "The namespace claim is not looked at", PLACES =>
        |api| api.verifier.policy.places.retain(|place| *place != KeyPlace::Namespace);
    "no-workato-sub", "workato_sub is not looked at", PLACES =>
        |api| api.verifier.policy.places.retain(|place| *place != KeyPlace::WorkatoSub);
    "no-kid", "kid is not looked at", EveryAcceptance =>
        |api| api.verifier.policy.places.retain(|place| *place != KeyPlace::Kid);
    "no-sub", "sub is not looked at", PLACES =>
        |api| api.verifier.policy.places.retain(|place| *place != KeyPlace::Sub);
    "kid-only", "kid alone is looked at", PLACES =>
        |api| api.verifier.policy.places = vec![KeyPlace::Kid];
}

mutants! {
    fn lax in PROFILE, edited::<Api>;

    "alg-any-case", "alg is compared without case", ["WAP-SIG-01", "RFC8725-3.1", "WAP-TOK-09"] =>
        |api| {
            replace(api, "alg_of_profile", |facts, _| {
                let due = facts.profile.map(|profile| profile.key.alg()).unwrap_or_default();
                let same =
                    facts.header("alg").as_text().is_some_and(|alg| alg.eq_ignore_ascii_case(due));
                refuse_if(!(same || facts.profile.is_none()), Violation::AlgMismatch)
            })
        };
    "alg-by-family", "Any alg of the method's family passes to the signature",
        ["WAP-SIG-01", "RFC8725-3.1", "RFC8725-3.2", "WAP-TOK-09", "RFC8725-3.3"] =>
        |api| {
            replace(api, "alg_of_profile", |facts, _| {
                let due = facts.profile.map(|profile| &profile.key.alg()[..2]).unwrap_or_default();
                let same = facts.header("alg").as_text().is_some_and(|alg| alg.starts_with(due));
                refuse_if(!(same || facts.profile.is_none()), Violation::AlgMismatch)
            })
        };
    "disabled-passes", "Disabled profiles pass", ["WCL-31", "WCL-03"] =>
        |api| replace(api, "profile_active", |_, _| Ok(()));
    "crit-list-only", "Only a non-empty list in crit is refused", ["CPX-crit-form"] =>
        |api| {
            replace(api, "no_extension", |facts, _| match facts.header("crit") {
                Claim::List(list) if list != "[]" => Err(Some(Violation::ExtensionDemanded)),
                _ => Ok(()),
            })
        };
    "crit-known-names", "crit passes where it names registered members",
        ["RFC7515-4.1.11", "CPX-crit-form"] =>
        |api| {
            replace(api, "no_extension", |facts, _| match facts.header("crit") {
                Claim::Missing => Ok(()),
                Claim::List(list) if list == "[\"alg\"]" || list == "[\"exp\"]" => Ok(()),
                _ => Err(Some(Violation::ExtensionDemanded)),
            })
        };
}

const SIZE: &[&str] = &["WAP-CLM-06", "WAP-CLM-07", "WAP-CLM-08"];
const NO_SIZE: &[&str] = &["WAP-CLM-06", "WAP-CLM-07", "WAP-CLM-08", "CPX-bounded"];

mutants! {
    fn sizes in PROFILE, edited::<Api>;

    "limit-8192", "The limit is 8192 characters", SIZE =>
        |api| api.verifier.policy.max_payload_chars = 8192;
    "limit-4100", "The limit is 4100 characters", SIZE =>
        |api| api.verifier.policy.max_payload_chars = 4100;
    strict "limit-of-token", "The limit is held against the whole token",
        ["WAP-CLM-06", "WAP-CLM-07", "WAP-CLM-08", "CPX-odd-accept", "CPX-bounded", "WCL-04"] =>
        |api| {
            replace(api, "payload_size", |facts, given| {
                let chars = facts.sizes.map_or(0, |sizes| sizes.token_bytes);
                let max = given.policy.max_payload_chars;
                refuse_if(chars > max, Violation::PayloadTooLarge { chars, max })
            })
        };
    strict "limit-4095", "Exactly 4096 characters are refused", SIZE =>
        |api| api.verifier.policy.max_payload_chars = 4095;
    strict "limit-3072", "The limit is 3072 characters", SIZE =>
        |api| api.verifier.policy.max_payload_chars = 3072;
    "size-off-by-one", "The text quotes one character less", SIZE =>
        |api| {
            replace(api, "payload_size", |facts, given| {
                let chars = facts.sizes.map_or(0, |sizes| sizes.payload_chars);
                let max = given.policy.max_payload_chars;
                refuse_if(
                    chars > max,
                    Violation::PayloadTooLarge { chars: chars.saturating_sub(1), max },
                )
            })
        };
    "size-of-bytes", "The text quotes the decoded length", SIZE =>
        |api| {
            replace(api, "payload_size", |facts, given| {
                let chars = facts.sizes.map_or(0, |sizes| sizes.payload_chars);
                let max = given.policy.max_payload_chars;
                refuse_if(chars > max, Violation::PayloadTooLarge { chars: chars * 3 / 4, max })
            })
        };
    "truncates", "A payload too long is cut and accepted", NO_SIZE =>
        |api| replace(api, "payload_size", |_, _| Ok(()));
}

const ECHOED: &[&str] =
    &["WAP-CLM-03", "WAP-CLM-09", "WAP-CLM-10", "WAP-CLM-11", "WAP-CLM-01", "WAP-CLM-02"];

/// The claims of an acceptance, changed.
fn echoed(reply: &mut Reply, change: fn(Value) -> Value) {
    let body: Option<Value> = serde_json::from_str(&reply.body).ok();
    let claims = body.as_ref().and_then(|body| body.get("jwt_claims")).and_then(Value::as_str);
    if let Some(claims) = claims.and_then(|claims| serde_json::from_str(claims).ok()) {
        reply.body = serde_json::json!({ "jwt_claims": change(claims).to_string() }).to_string();
    }
}

/// The first so many levels.
fn cut(value: Value, levels: usize) -> Value {
    match value {
        Value::Array(list) if levels > 0 => {
            list.into_iter().map(|one| cut(one, levels - 1)).collect()
        }
        Value::Object(members) if levels > 0 => {
            members.into_iter().map(|(name, one)| (name, cut(one, levels - 1))).collect()
        }
        Value::Array(_) | Value::Object(_) => Value::Null,
        other => other,
    }
}

fn doubled(value: Value) -> Value {
    match value {
        Value::Number(number) if number.as_u64().is_some_and(|whole| whole > 1 << 53) => {
            number.as_f64().into()
        }
        Value::Object(members) => {
            members.into_iter().map(|(name, one)| (name, doubled(one))).collect()
        }
        other => other,
    }
}

mutants! {
    fn replies in PROFILE, reply;

    "status-200", "Refusals are a 200 with an error body", EveryRefusal =>
        |reply| reply.status = 200;
    "status-500", "Refusals are a 500", EveryRefusal =>
        |reply| reply.status = if reply.refuses { 500 } else { reply.status };
    "status-422", "Refusals are a 422", EveryRefusal =>
        |reply| reply.status = if reply.refuses { 422 } else { reply.status };
    "size-text-reworded", "The size error has another wording", NO_SIZE =>
        |reply| reply.body = reply.body.replace("payload size exceeded", "too large");
    "size-500", "The size error is a 500", NO_SIZE =>
        |reply| reply.status = if reply.status == 400 { 500 } else { reply.status };
    "no-echo", "The claims do not reach the application",
        ["WAP-CLM-03", "WAP-CLM-09", "WAP-CLM-10", "WAP-CLM-01", "WAP-CLM-02"] =>
        |reply| {
            if !reply.refuses {
                reply.body = "{}".to_owned();
            }
        };
    "echo-thirty", "Thirty claims reach the application and no more", ECHOED =>
        |reply| {
            echoed(reply, |claims| {
                let mut claims = claims.as_object().cloned().unwrap_or_default();
                let surplus: Vec<String> = claims.keys().skip(30).cloned().collect();
                surplus.iter().for_each(|name| drop(claims.remove(name)));
                claims.into()
            })
        };
    "echo-six-levels", "What lies deeper than six levels does not reach the application", ECHOED =>
        |reply| echoed(reply, |claims| cut(claims, 7));
    "echo-doubles", "Numbers reach the application as doubles", ["CPX-odd-accept"] =>
        |reply| echoed(reply, doubled);
    "echo-beside", "The application is shown a claim that nobody sent", ["CPX-claims-sent"] =>
        |reply| {
            echoed(reply, |claims| {
                let mut claims = claims.as_object().cloned().unwrap_or_default();
                claims.insert("received_by".to_owned(), "gateway".into());
                claims.into()
            })
        };
    "echo-object", "The claims arrive as an object and not as text",
        ["WAP-CLM-03", "WAP-CLM-09", "WAP-CLM-10", "WAP-CLM-01", "WAP-CLM-02"] =>
        |reply| reply.body = reply.body.replace("\\\"", "'");
}
