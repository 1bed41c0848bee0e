//! Faults of a connected-app implementation.

use claimproof_catalog::Profile;
use claimproof_http::reply::Reply;
use claimproof_reference::Reference;
use claimproof_token::{Claim, Index};
use claimproof_verifier::tableau_connected_app::{Surface, TableauConnectedApp, Violation};

use crate::edit::{before, last, replace};
use crate::mutant::{Breaks, Fault, Mutant};
use crate::shared::{reply, without_each, wrong_codes};
use crate::stores::{Altered, Forgetful};

type App = Reference<TableauConnectedApp>;

const PROFILE: Profile = Profile::TableauConnectedApp;
const REPLAY: &[&str] = &["TCA-10091-replay", "TCA-10091-same-jti", "TCA-10091-fresh", "CPX-once"];

pub(crate) fn mutants() -> Vec<Mutant> {
    [left_out(), codes(), lax_tokens(), lax_places(), clocks(), stores(), replies(), strict_claims(), strict_places()]
        .concat()
}

fn app(name: &str, title: &str, breaks: &[&'static str], fault: fn(&mut App)) -> Mutant {
    Mutant::new(PROFILE, name, title, breaks, Fault::Tableau(fault))
}

fn left_out() -> Vec<Mutant> {
    // Fewer parts may be answered as what cannot be read, which the next step does.
    without_each(PROFILE, &["enough_parts"], &[])
}

fn codes() -> Vec<Mutant> {
    let rows: &[(&str, &str, &[&'static str])] = &[
        ("5", "126", &[]),
        ("16", "126", &[]),
        ("67", "10102", &[]),
        ("128", "133", &[]),
        ("133", "128", &[]),
        ("10083", "10089", &[]),
        (
            "10084",
            "10094",
            &["RFC7515-5.2", "RFC7515-7.1", "RFC7515-2", "RFC7515-4", "RFC7515-10.12", "RFC4648-3.5", "RFC7519-7.2"],
        ),
        ("10085", "10089", &[]),
        ("10089", "10085", &[]),
        ("10090", "10089", &[]),
        ("10091", "10100", &[]),
        ("10092", "10106", &[]),
        ("10094", "10091", &[]),
        ("10096", "10084", &[]),
        ("10097", "10084", &[]),
        ("10098", "10085", &["RFC7515-5.2", "RFC7515-7.1"]),
        ("10099", "10084", &[]),
        ("10100", "10091", &[]),
        ("10101", "10102", &[]),
        ("10102", "10092", &[]),
        ("10103", "10084", &[]),
        ("10105", "10106", &[]),
        ("10106", "10105", &[]),
    ];
    wrong_codes(PROFILE, rows, answer)
}

/// The code wherever it stands: as a JSON number, in the detail, in a header.
fn answer(mut reply: Reply, due: &str, given: &str) -> Reply {
    if !reply.refuses {
        return reply;
    }
    reply.body = reply.body.replace(&format!("\"code\":{due}}}"), &format!("\"code\":{given}}}"));
    reply.body = reply.body.replace(&format!("({due})"), &format!("({given})"));
    for (name, value) in &mut reply.headers {
        if *name == "tableau_status_code" && value == due {
            *value = given.to_owned();
        }
    }
    reply
}

#[expect(clippy::too_many_lines, reason = "one table, a row a mutant")]
fn lax_tokens() -> Vec<Mutant> {
    vec![
        app(
            "aud-any-case",
            "aud is compared without case",
            &["TCA-10084-aud", "TCA-10084-aud-case", "CPX-unspent"],
            |app| {
                replace(app, "aud_is_tableau", |facts, _| match facts.payload("aud") {
                    Claim::Text(aud) if aud.eq_ignore_ascii_case("tableau") => Ok(()),
                    Claim::Missing => Ok(()),
                    _ => Err(Violation::AudWrong),
                });
            },
        ),
        app(
            "aud-contains",
            "aud may hold tableau anywhere",
            &["TCA-10084-aud", "TCA-10084-aud-case", "CPX-unspent"],
            |app| {
                replace(app, "aud_is_tableau", |facts, _| match facts.payload("aud") {
                    Claim::Text(aud) if aud.contains("tableau") => Ok(()),
                    Claim::Missing => Ok(()),
                    _ => Err(Violation::AudWrong),
                });
            },
        ),
        app("aud-any-list", "Any list passes as aud", &["TCA-10084-aud"], |app| {
            replace(app, "aud_is_tableau", |facts, _| match facts.payload("aud") {
                Claim::Text("tableau") => Ok(()),
                Claim::Missing | Claim::List(_) => Ok(()),
                _ => Err(Violation::AudWrong),
            });
        }),
        app("scp-string", "scp may be a string", &["TCA-10097-list"], |app| {
            replace(app, "scp_is_list", |facts, _| match facts.payload("scp") {
                Claim::Missing | Claim::Null | Claim::List(_) | Claim::Text(_) => Ok(()),
                _ => Err(Violation::ScpNoList),
            });
        }),
        app("scope-for-scp", "scope counts in place of scp", &["TCA-10099-scp", "TCA-10097-missing"], |app| {
            replace(app, "scp_present", |facts, _| {
                let either = [facts.payload("scp"), facts.payload("scope")];
                let absent = either.iter().all(|claim| matches!(claim, Claim::Missing | Claim::Null));
                if absent { Err(Violation::ScpMissing) } else { Ok(()) }
            });
        }),
        app(
            "exp-any-type",
            "exp may be anything",
            &["TCA-10084-exp-format", "RFC7519-2", "RFC7519-4.1.4", "CPX-bounded", "TCA-exp-past"],
            |app| replace(app, "exp_is_time", |_, _| Ok(())),
        ),
        app("iat-any-string", "iat may be a string", &["TCA-10084-iat-format", "RFC7519-2", "CPX-bounded"], |app| {
            replace(app, "iat_is_time", |facts, _| match facts.payload("iat") {
                Claim::Missing | Claim::Text(_) | Claim::Integer(_) => Ok(()),
                _ => Err(Violation::IatNoTime),
            });
        }),
        app(
            "kid-optional",
            "A token without kid is looked up all the same",
            &["TCA-10083-kid", "TCA-10083-both"],
            |app| {
                replace(app, "kid_present", |_, _| Ok(()));
            },
        ),
        app(
            "alg-any-case",
            "alg is compared without case",
            &["RFC8725-3.1", "RFC7515-4.1.1", "TCA-127-value"],
            |app| {
                replace(app, "alg_is_hs256", |facts, _| match facts.header("alg").as_text() {
                    Some(alg) if alg.eq_ignore_ascii_case("HS256") => Ok(()),
                    _ => Err(Violation::OtherAlgorithm),
                });
            },
        ),
        app(
            "user-any-case",
            "Users are found without case",
            &["TCA-5-case", "TCA-5-username", "TCA-5-unknown"],
            |app| {
                replace(app, "user_known", |facts, _| {
                    let sub = facts.payload("sub");
                    let variant = sub.as_text().is_some_and(|sub| sub.chars().any(char::is_uppercase));
                    if facts.user.is_none() && !variant && !facts.is_on_demand() {
                        Err(Violation::UserUnknown)
                    } else {
                        Ok(())
                    }
                });
            },
        ),
    ]
}

#[expect(clippy::too_many_lines, reason = "one table, a row a mutant")]
fn lax_places() -> Vec<Mutant> {
    vec![
        app(
            "origin-by-suffix",
            "Any origin that ends in a listed host passes",
            &["TCA-10092-unlisted", "TCA-10092-listed", "TCA-10092-method"],
            |app| {
                replace(app, "origin_listed", |facts, _| match facts.request.origin {
                    Some(origin) if origin.ends_with("portal.example") => Ok(()),
                    Some(_)
                        if facts.site.is_some_and(|site| !site.unrestricted_embedding)
                            && facts.request.surface != Surface::Rest =>
                    {
                        Err(Violation::OriginNotListed)
                    }
                    _ => Ok(()),
                });
            },
        ),
        app(
            "origin-by-prefix",
            "Any origin that starts with a listed one passes",
            &["TCA-10092-unlisted", "TCA-10105-origin"],
            |app| {
                replace(app, "origin_listed", |facts, _| {
                    let Some(site) = facts.site.filter(|site| !site.unrestricted_embedding) else { return Ok(()) };
                    let origin = facts.request.origin.unwrap_or_default();
                    let rest = facts.request.surface == Surface::Rest;
                    let listed = site
                        .allow_list
                        .iter()
                        .any(|entry| origin.starts_with(entry.as_str()) || origin.ends_with(&format!("//{entry}")));
                    if rest || listed { Ok(()) } else { Err(Violation::OriginNotListed) }
                });
            },
        ),
        app(
            "list-ignored",
            "The allowlist is not enforced",
            &["TCA-10092-unlisted", "TCA-10105-origin", "TCA-10106-origin", "TCA-10092-method", "TCA-10092-listed"],
            |app| {
                replace(app, "origin_listed", |_, _| Ok(()));
                replace(app, "origin_present", |_, _| Ok(()));
                replace(app, "origin_is_url", |_, _| Ok(()));
            },
        ),
        app("oda-free", "On-demand access needs no licence", &["TCA-10101-ubp", "TCA-67-oda", "TCA-67-cloud"], |app| {
            replace(app, "on_demand_licensed", |_, _| Ok(()));
        }),
        app(
            "disabled-passes",
            "Disabled apps pass",
            &["TCA-10090-disabled", "TCA-126-enabled", "TCA-10090-enable"],
            |app| {
                replace(app, "app_enabled", |_, _| Ok(()));
            },
        ),
    ]
}

fn clocks() -> Vec<Mutant> {
    let exp = &["TCA-10096-exp", "TCA-16-exp-long", "TCA-10096-configured", "TCA-10096-10min", "CPX-unspent"];
    let past = &["TCA-exp-past", "TCA-CLOCK-reject", "TCA-CLOCK-external"];
    vec![
        app("validity-601", "One second more than ten minutes passes", exp, |app| {
            app.verifier.policy.max_validity = 601
        }),
        app("validity-hour", "An hour ahead passes", exp, |app| app.verifier.policy.max_validity = 3600),
        app("validity-day", "A day ahead passes", exp, |app| app.verifier.policy.max_validity = 86_400),
        app("leeway-60", "A minute of leeway", past, |app| app.verifier.policy.leeway = 60)
            .breaking(Breaks::Ids([&exp[..], &past[..], &["RFC7519-4.1.4", "RFC7519-4.1.5"]].concat())),
        app("leeway-day", "A day of leeway", past, |app| app.verifier.policy.leeway = 86_400)
            .breaking(Breaks::Ids([&exp[..], &past[..], &["RFC7519-4.1.4", "RFC7519-4.1.5", "CPX-unspent"]].concat())),
        app("exp-edge", "A token is still good in the second of its exp", past, |app| {
            replace(app, "not_expired", |facts, _| match facts.payload("exp").as_i64() {
                Some(exp) if exp < facts.now => Err(Violation::Expired),
                _ => Ok(()),
            });
        }),
        app("validity-599", "Ten minutes exactly are refused", exp, |app| app.verifier.policy.max_validity = 599)
            .strict(),
        app("validity-240", "More than four minutes are refused", exp, |app| app.verifier.policy.max_validity = 240)
            .breaking(Breaks::EveryAcceptance)
            .strict(),
        app("size-8001", "8001 bytes pass", &["TCA-10103-size", "TCA-10103-limit"], |app| {
            app.verifier.policy.max_token_bytes = 20_000
        }),
        app("size-7999", "8000 bytes are refused", &["TCA-10103-limit", "TCA-10103-size"], |app| {
            app.verifier.policy.max_token_bytes = 7999
        })
        .strict(),
        app("size-4096", "4096 bytes are the limit", &["TCA-10103-limit", "TCA-10103-size"], |app| {
            app.verifier.policy.max_token_bytes = 4096
        })
        .breaking(Breaks::Ids(vec![
            "TCA-10103-limit",
            "TCA-10103-size",
            "CPX-odd-accept",
            "RFC7515-7.1",
            "RFC7515-5.2",
            "CPX-bounded",
            "RFC7519-4.1.7",
        ]))
        .strict(),
    ]
}

fn stores() -> Vec<Mutant> {
    vec![
        app("store-forgets", "The replay store remembers nothing, as one of each connection does", REPLAY, |app| {
            app.store = Box::new(Forgetful);
        }),
        app("store-60-s", "An id is remembered for a minute", REPLAY, |app| {
            app.store = Altered::lasting(|_, now| now + 60)
        }),
        app("store-any-case", "Ids are compared without case", &["RFC7519-4.1.7", "TCA-10091-fresh"], |app| {
            app.store = Altered::keyed(|key| key.to_ascii_lowercase());
        })
        .strict(),
        app(
            "store-burnt-early",
            "An id is spent before the signature is verified",
            &["TCA-10091-replay", "TCA-10091-fresh", "CPX-unspent", "TCA-67-oda", "TCA-10091-same-jti"],
            |app| {
                before::<TableauConnectedApp>(app, "signature", spent);
            },
        ),
        app("store-burnt-by-67", "A refusal with 67 spends the id", &["TCA-67-oda", "CPX-unspent"], |app| {
            before(
                app,
                "on_demand_on_cloud",
                |facts, policy| if facts.is_on_demand() { spent(facts, policy) } else { Ok(()) },
            );
            before(
                app,
                "signature",
                |facts, policy| if facts.is_on_demand() { Ok(()) } else { remembered(facts, policy) },
            );
        })
        .breaking(Breaks::Ids(vec!["TCA-67-oda", "CPX-unspent", "TCA-10091-replay", "TCA-10091-fresh"])),
    ]
}

mod memory {
    //! Ids spent by a check itself; those of different runs never meet.

    use std::collections::HashSet;
    use std::sync::{Mutex, PoisonError};

    use claimproof_verifier::tableau_connected_app::Facts;

    static SEEN: Mutex<Option<HashSet<String>>> = Mutex::new(None);

    fn key(facts: &Facts<'_>) -> String {
        let app = facts.app.map(|app| app.client_id.as_str()).unwrap_or_default();
        format!("{app} {:?}", facts.payload("jti").as_text())
    }

    pub(super) fn spend(facts: &Facts<'_>) -> bool {
        SEEN.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default().insert(key(facts))
    }

    pub(super) fn knows(facts: &Facts<'_>) -> bool {
        SEEN.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default().contains(&key(facts))
    }
}

type Facts<'a> = claimproof_verifier::tableau_connected_app::Facts<'a>;
type Policy = claimproof_verifier::tableau_connected_app::Policy;

fn spent(facts: &Facts<'_>, _: &Policy) -> Result<(), Violation> {
    let named = facts.payload("jti").as_text().is_some();
    if named && !memory::spend(facts) { Err(Violation::JtiReused) } else { Ok(()) }
}

fn remembered(facts: &Facts<'_>, _: &Policy) -> Result<(), Violation> {
    if memory::knows(facts) { Err(Violation::JtiReused) } else { Ok(()) }
}

fn replies() -> Vec<Mutant> {
    let make = |name: &str, title: &str, edit: fn(Reply) -> Reply| {
        Mutant::new(PROFILE, name, title, &[], reply(edit)).breaking(Breaks::EveryRefusal)
    };
    vec![
        make("codeless", "Refusals carry no code", |mut reply| {
            if reply.refuses {
                reply.body = "{}".to_owned();
                reply.headers.retain(|(name, _)| *name != "tableau_status_code");
            }
            reply
        }),
        make("status-200", "Refusals are a 200 with an error body", |mut reply| {
            reply.status = if reply.refuses { 200 } else { reply.status };
            reply
        }),
        make("status-500", "Refusals are a 500", |mut reply| {
            reply.status = if reply.refuses { 500 } else { reply.status };
            reply
        }),
        make("code-as-text", "The code is a string with its name", |mut reply| {
            reply.body = reply.body.replace("\"code\":1", "\"code\":91");
            reply.headers.retain(|(name, _)| *name != "tableau_status_code");
            reply
        }),
    ]
}

#[expect(clippy::too_many_lines, reason = "one table, a row a mutant")]
fn strict_claims() -> Vec<Mutant> {
    let strict = |name: &str, title: &str, fault: fn(&mut App)| {
        app(name, title, &[], fault).breaking(Breaks::EveryAcceptance).strict()
    };
    vec![
        strict("typ-required", "typ must be there", |app| {
            last(
                app,
                |facts, _| if facts.header("typ").is_missing() { Err(Violation::TokenMalformed) } else { Ok(()) },
            );
        }),
        strict("unknown-claims", "User attributes are refused", |app| {
            last(app, |facts, _| {
                let known = [
                    "sub",
                    "aud",
                    "iat",
                    "exp",
                    "nbf",
                    "jti",
                    "scp",
                    "iss",
                    "https://tableau.com/oda",
                    "https://tableau.com/groups",
                ];
                let Some(Ok(token)) = &facts.token else { return Ok(()) };
                if token.payload.names().all(|name| known.contains(&name)) {
                    Ok(())
                } else {
                    Err(Violation::TokenMalformed)
                }
            });
        }),
        strict("iat-required", "iat must be there", |app| {
            last(app, |facts, _| if facts.payload("iat").is_missing() { Err(Violation::IatNoTime) } else { Ok(()) });
        }),
        strict("nbf-forbidden", "nbf is refused", |app| {
            last(app, |facts, _| if facts.payload("nbf").is_missing() { Ok(()) } else { Err(Violation::NbfNoTime) });
        }),
        strict("jti-uuid", "A jti must have the shape of a UUID", |app| {
            last(app, |facts, _| match facts.payload("jti").as_text() {
                Some(jti) if jti.len() == 36 => Ok(()),
                _ => Err(Violation::JtiMissing),
            });
        }),
        strict("one-scope", "A scope list may hold one entry", |app| {
            last(app, |facts, _| {
                if facts.payload("scp").elements(&mut Index::new()).len() > 1 {
                    Err(Violation::ScpNoList)
                } else {
                    Ok(())
                }
            });
        }),
        strict("iss-twice", "iss must stand in the payload too", |app| {
            last(app, |facts, _| if facts.payload("iss").is_missing() { Err(Violation::IssMissing) } else { Ok(()) });
        }),
        strict("header-alone", "Unknown header members are refused", |app| {
            last(app, |facts, _| {
                let known = ["alg", "typ", "kid", "iss"];
                let Some(Ok(token)) = &facts.token else { return Ok(()) };
                if token.header.names().all(|name| known.contains(&name)) {
                    Ok(())
                } else {
                    Err(Violation::TokenMalformed)
                }
            });
        }),
    ]
}

fn strict_places() -> Vec<Mutant> {
    let strict = |name: &str, title: &str, fault: fn(&mut App)| {
        app(name, title, &[], fault).breaking(Breaks::EveryAcceptance).strict()
    };
    vec![
        strict("second-secret", "The second secret of an app is refused", |app| {
            last(app, |facts, _| {
                let place = facts
                    .app
                    .zip(facts.secret)
                    .and_then(|(app, secret)| app.secrets.iter().position(|one| one.id == secret.id));
                if place == Some(1) { Err(Violation::SecretUnknown) } else { Ok(()) }
            });
        }),
        strict("oda-refused", "On-demand access is refused everywhere", |app| {
            last(app, |facts, _| if facts.is_on_demand() { Err(Violation::OnDemandNotLicensed) } else { Ok(()) });
        }),
        strict("origin-on-rest", "REST sign-in must send a listed Origin too", |app| {
            last(app, |facts, _| {
                let restricted = facts.site.is_some_and(|site| !site.unrestricted_embedding);
                let rest = facts.request.surface == Surface::Rest && facts.request.origin.is_none();
                if restricted && rest { Err(Violation::OriginMissing) } else { Ok(()) }
            });
        }),
        strict("origin-never-unrestricted", "An Origin is refused where embedding is unrestricted", |app| {
            last(app, |facts, _| {
                let unrestricted = facts.site.is_some_and(|site| site.unrestricted_embedding);
                if unrestricted && facts.request.origin.is_some() { Err(Violation::OriginNotListed) } else { Ok(()) }
            });
        }),
        strict("listed-refused", "A listed Origin is refused", |app| {
            last(app, |facts, _| {
                let restricted = facts.site.is_some_and(|site| !site.unrestricted_embedding);
                let listed = facts.request.origin.is_some() && facts.request.surface != Surface::Rest;
                if restricted && listed { Err(Violation::OriginNotListed) } else { Ok(()) }
            });
        }),
        strict("iframe-refused", "The iframe path refuses every token", |app| {
            last(app, |facts, _| {
                if facts.request.surface == Surface::EmbedIframe { Err(Violation::OnDemandInIframe) } else { Ok(()) }
            });
        }),
        strict("rest-refused", "REST sign-in refuses every token", |app| {
            last(
                app,
                |facts, _| if facts.request.surface == Surface::Rest { Err(Violation::UserBarred) } else { Ok(()) },
            );
        }),
    ]
}
