//! Faults of a direct-link implementation.

use claimproof_catalog::Profile;
use claimproof_http::reply::Reply;
use claimproof_http::reply::workato_direct_link::CODE_HEADER;
use claimproof_reference::Reference;
use claimproof_token::{Claim, Index};
use claimproof_verifier::workato_direct_link::{Violation, WorkatoDirectLink};

use crate::edit::{before, last, replace};
use crate::mutant::{Breaks, Fault, Mutant};
use crate::shared::{reply, without_each, wrong_codes};
use crate::stores::{Altered, Forgetful};

type Link = Reference<WorkatoDirectLink>;

const PROFILE: Profile = Profile::WorkatoDirectLink;
const REPLAY: &[&str] = &["WDL-JWT-10", "WDL-JWT-11", "CPX-once"];

pub(crate) fn mutants() -> Vec<Mutant> {
    [left_out(), codes(), lax(), clocks(), stores(), replies(), strict_tokens(), strict_requests()].concat()
}

fn left_out() -> Vec<Mutant> {
    // A token that a lost structure check lets by is refused all the same, without its code.
    let also: &[(&str, &[&'static str])] = &[
        ("not_too_old", &["CPX-unspent"]),
        ("signature", &["RFC8725-2.1", "RFC8725-3.1", "CPX-unspent", "WDL-JWT-11", "WDL-JWT-18"]),
        ("alg_is_rs256", &["WDL-JWT-02", "CPX-unspent", "WDL-JWT-11"]),
        ("token_readable", &["WDL-JWT-20", "WDL-JWT-22", "WDL-JWT-10"]),
        ("team_confirmed", &["WDL-JWT-10"]),
        ("token_present", &["WDL-JWT-18"]),
        ("iat_present", &["WDL-JWT-05"]),
        ("team_known", &["WDL-JWT-21"]),
    ];
    // Two are readings the documents allow; of the last, any refusal passes and another step refuses.
    without_each(PROFILE, &["path_is_absolute", "path_is_ours", "sub_segments"], also)
}

fn codes() -> Vec<Mutant> {
    let rows: &[(&str, &str, &[&'static str])] = &[
        ("http_request_invalid", "path_invalid", &[]),
        ("path_invalid", "http_request_invalid", &[]),
        ("alg_invalid", "token_signature_invalid", &["RFC8725-2.1"]),
        ("iat_invalid", "iat_missing", &[]),
        ("iat_missing", "iat_invalid", &[]),
        ("jti_invalid", "jti_missing", &[]),
        ("jti_missing", "jti_invalid", &[]),
        ("jti_reused", "token_expired", &[]),
        ("token_expired", "iat_invalid", &["CPX-unspent", "WDL-JWT-11"]),
        ("token_invalid", "token_signature_invalid", &["RFC7515-7.1"]),
        ("token_missing", "iat_missing", &["WDL-JWT-18"]),
        ("token_signature_invalid", "token_expired", &["WDL-JWT-24", "WDL-ACC-21", "WDL-ACC-22", "RFC8725-3.3"]),
        ("member_invalid", "member_unconfirmed", &[]),
        ("member_unconfirmed", "member_invalid", &[]),
        ("team_direct_team_link_disabled", "team_unconfirmed", &[]),
        ("team_missing", "team_not_allowed", &[]),
        ("team_not_allowed", "team_missing", &[]),
        ("team_saml_required", "team_unconfirmed", &[]),
        ("team_unconfirmed", "team_saml_required", &["WDL-JWT-10"]),
        ("vendor_admin_missing", "vendor_direct_team_link_disabled", &[]),
        ("vendor_direct_team_link_disabled", "vendor_admin_missing", &[]),
        ("vendor_key_missing", "vendor_admin_missing", &[]),
        ("vendor_missing", "team_missing", &[]),
    ];
    wrong_codes(PROFILE, rows, answer)
}

fn answer(mut reply: Reply, due: &str, given: &str) -> Reply {
    for (name, value) in &mut reply.headers {
        if *name == CODE_HEADER && value == due {
            *value = given.to_owned();
        }
    }
    reply
}

#[expect(clippy::too_many_lines, reason = "one table, a row a mutant")]
fn lax() -> Vec<Mutant> {
    let link = |name: &str, title: &str, breaks: &[&'static str], fault: fn(&mut Link)| {
        Mutant::new(PROFILE, name, title, breaks, Fault::DirectLink(fault))
    };
    let alg = &["WDL-JWT-01", "RFC8725-3.1"];
    vec![
        link("alg-any-case", "alg is compared without case", alg, |link| {
            replace(link, "alg_is_rs256", |facts, _| match facts.header("alg") {
                Claim::Text(alg) if !alg.eq_ignore_ascii_case("RS256") => Err(Violation::AlgNotRs256),
                _ => Ok(()),
            });
        })
        .breaking(Breaks::Ids(vec!["WDL-JWT-01", "WDL-JWT-02", "RFC8725-3.1"])),
        link("alg-by-prefix", "Any alg that starts with RS passes to the signature", alg, |link| {
            replace(link, "alg_is_rs256", |facts, _| match facts.header("alg").as_text() {
                Some(alg) if alg.starts_with("RS") => Ok(()),
                _ => Err(Violation::AlgNotRs256),
            });
        }),
        link(
            "alg-none-only",
            "Only none is refused for its algorithm",
            &["WDL-JWT-01", "WDL-JWT-02", "RFC8725-3.1", "RFC8725-2.1", "CPX-unspent"],
            |link| {
                replace(link, "alg_is_rs256", |facts, _| match facts.header("alg").as_text() {
                    Some("none") => Err(Violation::AlgNotRs256),
                    _ => Ok(()),
                });
            },
        ),
        link("alg-first-of-list", "alg may be a list that holds RS256", &["WDL-JWT-01", "WDL-JWT-02"], |link| {
            replace(link, "alg_is_rs256", |facts, _| {
                let alg = facts.header("alg");
                let inside = alg.elements(&mut Index::new()).iter().any(|one| one.as_text() == Some("RS256"));
                if inside || alg.as_text() == Some("RS256") { Ok(()) } else { Err(Violation::AlgNotRs256) }
            });
        }),
        link("iat-from-header", "iat counts in the header too", &["WDL-JWT-05", "WDL-JWT-04"], |link| {
            replace(link, "iat_present", |facts, _| {
                let anywhere = !facts.header("iat").is_missing() || !facts.payload("iat").is_missing();
                if anywhere { Ok(()) } else { Err(Violation::IatMissing) }
            });
        }),
        link("jti-from-header", "jti counts in the header too", &["WDL-JWT-09"], |link| {
            replace(link, "jti_present", |facts, _| {
                let anywhere = !facts.header("jti").is_missing() || !facts.payload("jti").is_missing();
                if anywhere { Ok(()) } else { Err(Violation::JtiMissing) }
            });
        }),
        link("iat-any-number", "iat may have a fraction", &["WDL-JWT-03"], |link| {
            replace(link, "iat_integer", |facts, _| match facts.payload("iat") {
                Claim::Missing | Claim::Integer(_) | Claim::Number(_) => Ok(()),
                _ => Err(Violation::IatNotInteger),
            });
        }),
        link("iat-quoted-digits", "iat may be digits in a string", &["WDL-JWT-03"], |link| {
            replace(link, "iat_integer", |facts, _| match facts.payload("iat") {
                Claim::Text(text) if text.parse::<i64>().is_ok() => Ok(()),
                Claim::Missing | Claim::Integer(_) => Ok(()),
                _ => Err(Violation::IatNotInteger),
            });
        }),
        link("jti-any-type", "jti may be anything but null", &["WDL-JWT-06"], |link| {
            replace(link, "jti_type", |facts, _| match facts.payload("jti") {
                Claim::Null => Err(Violation::JtiWrongType),
                _ => Ok(()),
            });
        }),
        link("accept-any-json", "Accept: application/json passes", &["WDL-HTTP-02"], |link| {
            replace(link, "asks_for_html", |facts, _| match facts.request.accept {
                Some(accept) if !accept.contains("json") && !accept.contains("html") && !accept.contains("*/*") => {
                    Err(Violation::NotHtml)
                }
                _ => Ok(()),
            });
        }),
        link("xhr-exact-case", "XMLHttpRequest is compared with its case", &["WDL-HTTP-03"], |link| {
            replace(link, "is_no_script", |facts, _| match facts.request.requested_with {
                Some("XMLHttpRequest") => Err(Violation::Xhr),
                _ => Ok(()),
            });
        }),
        link("path-http", "Plain http paths pass", &["WDL-PATH-02"], |link| {
            replace(link, "path_is_https", |facts, _| match facts.request.path {
                Some(path) if path.starts_with("http") => Ok(()),
                Some(path) if path.contains(':') => Err(Violation::PathNotHttps),
                _ => Ok(()),
            });
        }),
    ]
}

fn clocks() -> Vec<Mutant> {
    let window = |name: &str, title: &str, breaks: &[&'static str], fault: fn(&mut Link)| {
        Mutant::new(PROFILE, name, title, breaks, Fault::DirectLink(fault))
    };
    let late = &["WDL-JWT-13", "WDL-JWT-14", "WDL-JWT-15"];
    let inside = &["WDL-JWT-16"];
    vec![
        window("window-31", "The window is 31 s", late, |link| link.verifier.policy.window = 31),
        window("window-60", "The window is a minute", late, |link| link.verifier.policy.window = 60)
            .breaking(Breaks::Ids(vec!["WDL-JWT-13", "WDL-JWT-14", "WDL-JWT-15", "WDL-JWT-10"])),
        window("window-600", "The window is ten minutes", late, |link| link.verifier.policy.window = 600).breaking(
            Breaks::Ids(vec!["WDL-JWT-13", "WDL-JWT-14", "WDL-JWT-15", "WDL-JWT-10", "WDL-JWT-11", "CPX-unspent"]),
        ),
        window("window-29", "Exactly 30 s is outside", inside, |link| link.verifier.policy.window = 29)
            .breaking(Breaks::Ids(vec!["WDL-JWT-16", "WDL-JWT-10", "WDL-JWT-11"]))
            .strict(),
        window("window-20", "More than 20 s is outside", &[], |link| link.verifier.policy.window = 20)
            .breaking(Breaks::Ids(vec!["WDL-JWT-16", "WDL-JWT-10", "WDL-JWT-11", "WDL-ACC-01", "WDL-ACC-03"]))
            .strict(),
        window(
            "future-refused",
            "An iat in the future is refused",
            &["WDL-JWT-16", "WDL-JWT-10", "WDL-JWT-11"],
            |link| {
                before(link, "not_too_old", |facts, _| match facts.payload("iat").as_i64() {
                    Some(iat) if iat > facts.now => Err(Violation::TooNew),
                    _ => Ok(()),
                });
            },
        )
        .strict(),
        window("past-only", "Any iat in the future passes", &["WDL-JWT-15"], |link| {
            replace(link, "not_too_new", |_, _| Ok(()));
        }),
        window("absolute-overflow", "Ages are computed with wrapping arithmetic of 32 bits", late, |link| {
            replace(link, "not_too_old", |facts, _| {
                let iat = facts.payload("iat").as_i64().unwrap_or(facts.now);
                let age = facts.now.wrapping_sub(iat) & 0xffff_ffff;
                if (31..0x8000_0000).contains(&age) { Err(Violation::TooOld) } else { Ok(()) }
            });
        }),
    ]
}

fn stores() -> Vec<Mutant> {
    let store = |name: &str, title: &str, breaks: &[&'static str], fault: fn(&mut Link)| {
        Mutant::new(PROFILE, name, title, breaks, Fault::DirectLink(fault))
    };
    vec![
        store(
            "store-forgets",
            "The replay store remembers nothing, as one of each connection does",
            &["WDL-JWT-10", "WDL-JWT-11", "WDL-JWT-08", "CPX-once", "CPX-store"],
            |link| {
                link.store = Box::new(Forgetful);
            },
        ),
        store("store-30-s", "An id is remembered for 30 s from its first use", REPLAY, |link| {
            link.store = Altered::lasting(|_, now| now + 30);
        }),
        store("store-one-short", "An id is forgotten one second too early", REPLAY, |link| {
            link.store = Altered::lasting(|until, _| until - 1);
        }),
        store("store-any-case", "Ids are compared without case", &["RFC7519-4.1.7", "WDL-JWT-10"], |link| {
            link.store = Altered::keyed(|key| key.to_ascii_lowercase());
        })
        .strict(),
        store("store-trims", "Ids are trimmed before they are compared", &["RFC7519-4.1.7", "WDL-JWT-10"], |link| {
            link.store = Altered::keyed(|key| key.trim_ascii().to_vec());
        })
        .strict(),
        store("store-rounds", "Integer ids are rounded as floats", &["RFC7519-4.1.7", "WDL-JWT-10"], |link| {
            link.store = Altered::keyed(|key| if key.ends_with(b"\"") { key.to_vec() } else { rounded(key) });
        })
        .strict(),
        store(
            "store-burnt-early",
            "An id is spent before the signature is verified",
            &["WDL-JWT-11", "WDL-JWT-10", "CPX-unspent", "CPX-once"],
            |link| {
                before::<WorkatoDirectLink>(link, "signature", spent);
            },
        ),
    ]
}

/// The last two digits of a long integer dropped, which is what a float leaves of it.
fn rounded(key: &[u8]) -> Vec<u8> {
    let digits = key.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    if digits > 16 { key[..key.len() - 2].to_vec() } else { key.to_vec() }
}

/// A check that spends ids by itself; the ids of different runs never meet.
fn spent(
    facts: &claimproof_verifier::workato_direct_link::Facts<'_>,
    _: &claimproof_verifier::workato_direct_link::Policy,
) -> Result<(), Violation> {
    use std::collections::HashSet;
    use std::sync::{Mutex, PoisonError};
    static SEEN: Mutex<Option<HashSet<String>>> = Mutex::new(None);
    let Claim::Text(jti) = facts.payload("jti") else { return Ok(()) };
    let vendor = facts.vendor.map(|vendor| vendor.id.as_str()).unwrap_or_default();
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    let fresh = seen.get_or_insert_default().insert(format!("{vendor} {jti}"));
    if fresh { Ok(()) } else { Err(Violation::JtiReused) }
}

#[expect(clippy::too_many_lines, reason = "one table, a row a mutant")]
fn replies() -> Vec<Mutant> {
    let make =
        |name: &str, title: &str, breaks: &[&'static str], edit| Mutant::new(PROFILE, name, title, breaks, reply(edit));
    vec![
        make("codeless", "Refusals carry no code", &[], |mut reply| {
            reply.headers.retain(|(name, _)| *name != CODE_HEADER);
            reply
        })
        .breaking(Breaks::EveryRefusal),
        make("crashes", "Every refusal is a 500 without a code", &[], |mut reply| {
            if reply.refuses {
                reply.status = 500;
                reply.headers.retain(|(name, _)| *name != CODE_HEADER);
            }
            reply
        })
        .breaking(Breaks::EveryRefusal),
        make(
            "crashes-on-malformed",
            "A token that cannot be read is a 500",
            &[
                "WDL-JWT-18",
                "WDL-JWT-19",
                "WDL-JWT-22",
                "RFC7515-4.1.11",
                "RFC7797-7",
                "WDL-JWT-10",
                "WDL-JWT-21",
                "CPX-once",
                "RFC7515-7.1",
                "RFC7515-2",
            ],
            |mut reply| {
                if reply.headers.iter().any(|(name, value)| *name == CODE_HEADER && value == "token_invalid") {
                    reply.status = 500;
                }
                reply
            },
        ),
        make(
            "frames-everyone",
            "No framing header for owner and manager, and the page is shown",
            &["WDL-FRM-01", "WDL-FRM-02", "WDL-FRM-03"],
            |mut reply| {
                if reply.headers.iter().any(|(name, _)| *name == "x-frame-options") {
                    reply.headers.retain(|(name, _)| *name != "x-frame-options");
                    reply.headers.push(("set-cookie", "session=1".to_owned()));
                    reply.status = 200;
                }
                reply
            },
        ),
        make(
            "frames-default-origin",
            "The origin set for a customer is not used",
            &["WDL-MSG-08", "WDL-FRM-05"],
            |mut reply| {
                for (name, value) in &mut reply.headers {
                    if *name == "content-security-policy" {
                        *value = "frame-ancestors https://partner.example".to_owned();
                    }
                }
                reply
            },
        ),
        make("frames-nobody", "Accepted pages may not be framed either", &[], |mut reply| {
            for (name, value) in &mut reply.headers {
                if *name == "content-security-policy" {
                    *value = "frame-ancestors 'none'".to_owned();
                }
            }
            reply
        })
        .breaking(Breaks::EveryAcceptance)
        .strict(),
        make("no-session", "Accepted links open no session", &[], |mut reply| {
            reply.headers.retain(|(name, _)| *name != "set-cookie");
            reply
        })
        .breaking(Breaks::EveryAcceptance)
        .strict(),
    ]
}

#[expect(clippy::too_many_lines, reason = "one table, a row a mutant")]
fn strict_tokens() -> Vec<Mutant> {
    let strict = |name: &str, title: &str, breaks: &[&'static str], fault: fn(&mut Link)| {
        Mutant::new(PROFILE, name, title, breaks, Fault::DirectLink(fault)).strict()
    };
    vec![
        strict(
            "typ-required",
            "typ must be JWT",
            &[
                "CPX-odd-accept",
                "WDL-ACC-01",
                "WDL-ACC-03",
                "WDL-ACC-05",
                "WDL-ACC-08",
                "WDL-ACC-10",
                "WDL-ACC-13",
                "WDL-ACC-15",
                "WDL-ACC-17",
                "WDL-ACC-18",
                "WDL-ACC-19",
                "WDL-ACC-20",
            ],
            |link| {
                before(link, "signature", |facts, _| match facts.header("typ").as_text() {
                    Some("JWT") => Ok(()),
                    _ if facts.is_readable() => Err(Violation::TokenMalformed),
                    _ => Ok(()),
                });
            },
        )
        .breaking(Breaks::EveryAcceptance),
        strict("unknown-claims", "Unknown claims are refused", &["CPX-odd-accept", "WDL-JWT-16"], |link| {
            last(link, |facts, _| {
                let known = ["sub", "iat", "jti"];
                let Some(Ok(token)) = &facts.token else { return Ok(()) };
                if token.payload.names().all(|name| known.contains(&name)) {
                    Ok(())
                } else {
                    Err(Violation::TokenMalformed)
                }
            });
        }),
        strict("unknown-header", "Unknown header members are refused", &["CPX-odd-accept"], |link| {
            last(link, |facts, _| {
                let known = ["alg", "typ"];
                let Some(Ok(token)) = &facts.token else { return Ok(()) };
                if token.header.names().all(|name| known.contains(&name)) {
                    Ok(())
                } else {
                    Err(Violation::TokenMalformed)
                }
            });
        }),
        strict("integer-jti", "An integer jti is refused", &["WDL-JWT-08", "WDL-JWT-10", "RFC7519-4.1.7"], |link| {
            before(link, "not_too_old", |facts, _| match facts.payload("jti") {
                Claim::Integer(_) => Err(Violation::JtiWrongType),
                _ => Ok(()),
            });
        }),
        strict(
            "wide-jti",
            "An integer jti beyond 64 bits is refused",
            &["WDL-JWT-08", "WDL-JWT-10", "RFC7519-4.1.7"],
            |link| {
                before(link, "not_too_old", |facts, _| match facts.payload("jti") {
                    Claim::Integer(digits) if digits.parse::<i64>().is_err() => Err(Violation::JtiWrongType),
                    _ => Ok(()),
                });
            },
        ),
        strict(
            "jti-shape",
            "A jti must be 32 hexadecimal digits",
            &["WDL-JWT-07", "WDL-JWT-08", "WDL-JWT-10", "WDL-JWT-06", "RFC7519-4.1.7"],
            |link| {
                last(link, |facts, _| match facts.payload("jti") {
                    Claim::Text(text) if text.len() == 32 => Ok(()),
                    Claim::Missing => Ok(()),
                    _ => Err(Violation::JtiWrongType),
                });
            },
        )
        .breaking(Breaks::EveryAcceptance),
        strict("exp-forbidden", "A token with exp is refused", &["WDL-JWT-16", "CPX-odd-accept"], |link| {
            last(link, |facts, _| if facts.payload("exp").is_missing() { Ok(()) } else { Err(Violation::TooOld) });
        }),
        strict("members-refused", "A third segment of sub is refused", &["WDL-ACC-02", "WDL-ACC-04"], |link| {
            last(link, |facts, _| if facts.names_member { Err(Violation::MemberUnknown) } else { Ok(()) });
        })
        .breaking(Breaks::EveryAcceptance),
        strict("external-ids-refused", "Teams by external ID are refused", &["WDL-ACC-09", "WDL-JWT-24"], |link| {
            last(link, |facts, _| match facts.team {
                Some(team) if team.id.starts_with('E') => Err(Violation::TeamUnknown),
                _ => Ok(()),
            });
        }),
    ]
}

fn strict_requests() -> Vec<Mutant> {
    let strict = |name: &str, title: &str, breaks: &[&'static str], fault: fn(&mut Link)| {
        Mutant::new(PROFILE, name, title, breaks, Fault::DirectLink(fault)).strict()
    };
    vec![
        strict("accept-required", "A request without Accept is refused", &["WDL-HTTP-04"], |link| {
            before(link, "asks_for_html", |facts, _| {
                if facts.request.accept.is_none() { Err(Violation::NotHtml) } else { Ok(()) }
            });
        }),
        strict("accept-plain", "Accept must be text/html and nothing else", &["WDL-HTTP-04"], |link| {
            before(link, "asks_for_html", |facts, _| match facts.request.accept {
                Some("text/html") | None => Ok(()),
                Some(_) => Err(Violation::NotHtml),
            });
        })
        .breaking(Breaks::EveryAcceptance),
        strict("requested-with-any", "Any X-Requested-With is refused", &["WDL-HTTP-04"], |link| {
            before(link, "asks_for_html", |facts, _| {
                if facts.request.requested_with.is_some() { Err(Violation::Xhr) } else { Ok(()) }
            });
        }),
        strict("https-refused", "Absolute paths are refused", &["WDL-PATH-03"], |link| {
            before(link, "path_is_url", |facts, _| match facts.request.path {
                Some(path) if path.starts_with("https://") => Err(Violation::PathNotUrl),
                _ => Ok(()),
            });
        })
        .breaking(Breaks::EveryAcceptance),
    ]
}
