//! Faults of a direct-link implementation.

use claimproof_catalog::Profile;
use claimproof_reference::Reference;
use claimproof_server::CODE_HEADER;
use claimproof_server::reply::Reply;
use claimproof_token::{Claim, Index};
use claimproof_verifier::refuse_if;
use claimproof_verifier::workato_direct_link::{Violation, WorkatoDirectLink};

use crate::edit::replace;
use crate::lenient;
use crate::loose::{Loose, Tokens, object};
use crate::mutant::{Mutant, edited};
use crate::shared::{header, without_each, wrong_codes};

mod carriers;
mod memory;
mod orders;
mod replies;
mod strict;

type Link = Reference<WorkatoDirectLink>;

const PROFILE: Profile = Profile::WorkatoDirectLink;
const REPLAY: &[&str] = &["WDL-JWT-10", "WDL-JWT-11", "CPX-once"];

static TOKENS: Tokens = Tokens {
    profile: PROFILE,
    known: "vendor.ok",
    names: &[],
    named: vendor,
    is_named_inside: true,
    breaks: &["WDL-JWT-19", "WDL-JWT-10"],
    // What a link names is no single text.
    unmet: Some("parts-as-whole"),
    has_public_keys: true,
    has_chosen_secrets: false,
};

/// The first segment of `sub`.
fn vendor(loose: &Loose<'_>) -> Option<String> {
    let payload = object(&loose.payload)?;
    payload.get("sub")?.as_str()?.split(':').next().map(str::to_owned)
}

pub(crate) fn mutants() -> Vec<Mutant> {
    let own = [left_out(), codes(), lax(), memory::mutants(), carriers::mutants()].concat();
    let lenient = lenient::mutants(&TOKENS);
    [own, replies::mutants(), strict::mutants(), lenient, orders::mutants()].concat()
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
        ("http_request_invalid", "path_invalid", &["RFC9110-12.4.2"]),
        ("path_invalid", "http_request_invalid", &["RFC3986-3", "RFC9110-4.2.4"]),
        ("alg_invalid", "token_signature_invalid", &["RFC8725-2.1"]),
        ("iat_invalid", "iat_missing", &[]),
        ("iat_missing", "iat_invalid", &[]),
        ("jti_invalid", "jti_missing", &[]),
        ("jti_missing", "jti_invalid", &[]),
        ("jti_reused", "token_expired", &[]),
        ("token_expired", "iat_invalid", &["CPX-unspent", "WDL-JWT-11"]),
        ("token_invalid", "token_signature_invalid", &["RFC7515-7.1"]),
        ("token_missing", "iat_missing", &["WDL-JWT-18", "CPX-one-place"]),
        (
            "token_signature_invalid",
            "token_expired",
            &["WDL-JWT-24", "WDL-ACC-21", "WDL-ACC-22", "RFC8725-3.3"],
        ),
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

fn answer(reply: &mut Reply, due: &str, given: &str) {
    header(reply, CODE_HEADER, |code| {
        if code == due {
            given.clone_into(code);
        }
    });
}

const ALG: &[&str] = &["WDL-JWT-01", "RFC8725-3.1"];

mutants! {
    fn lax in PROFILE, edited::<Link>;

    "alg-any-case", "alg is compared without case", ["WDL-JWT-01", "WDL-JWT-02", "RFC8725-3.1"] =>
        |link| {
            replace(link, "alg_is_rs256", |facts, _| match facts.header("alg") {
                Claim::Text(alg) if !alg.eq_ignore_ascii_case("RS256") => {
                    Err(Some(Violation::AlgNotRs256))
                }
                _ => Ok(()),
            })
        };
    "alg-by-prefix", "Any alg that starts with RS passes to the signature", ALG =>
        |link| {
            replace(link, "alg_is_rs256", |facts, _| match facts.header("alg").as_text() {
                Some(alg) if alg.starts_with("RS") => Ok(()),
                _ => Err(Some(Violation::AlgNotRs256)),
            })
        };
    "alg-none-only", "Only none is refused for its algorithm",
        ["WDL-JWT-01", "WDL-JWT-02", "RFC8725-3.1", "RFC8725-2.1", "CPX-unspent"] =>
        |link| {
            replace(link, "alg_is_rs256", |facts, _| match facts.header("alg").as_text() {
                Some("none") => Err(Some(Violation::AlgNotRs256)),
                _ => Ok(()),
            })
        };
    "alg-first-of-list", "alg may be a list that holds RS256", ["WDL-JWT-01", "WDL-JWT-02"] =>
        |link| {
            replace(link, "alg_is_rs256", |facts, _| {
                let alg = facts.header("alg");
                let inside = alg
                    .elements(&mut Index::new())
                    .iter()
                    .any(|one| one.as_text() == Some("RS256"));
                refuse_if(!(inside || alg.as_text() == Some("RS256")), Violation::AlgNotRs256)
            })
        };
    "iat-from-header", "iat counts in the header too", ["WDL-JWT-05", "WDL-JWT-04"] =>
        |link| {
            replace(link, "iat_present", |facts, _| {
                let anywhere =
                    !facts.header("iat").is_missing() || !facts.payload("iat").is_missing();
                refuse_if(!anywhere, Violation::IatMissing)
            })
        };
    "jti-from-header", "jti counts in the header too", ["WDL-JWT-09"] =>
        |link| {
            replace(link, "jti_present", |facts, _| {
                let anywhere =
                    !facts.header("jti").is_missing() || !facts.payload("jti").is_missing();
                refuse_if(!anywhere, Violation::JtiMissing)
            })
        };
    "iat-any-number", "iat may have a fraction", ["WDL-JWT-03"] =>
        |link| {
            replace(link, "iat_integer", |facts, _| match facts.payload("iat") {
                Claim::Missing | Claim::Integer(_) | Claim::Number(_) => Ok(()),
                _ => Err(Some(Violation::IatNotInteger)),
            })
        };
    "iat-quoted-digits", "iat may be digits in a string", ["WDL-JWT-03"] =>
        |link| {
            replace(link, "iat_integer", |facts, _| match facts.payload("iat") {
                Claim::Text(text) if text.parse::<i64>().is_ok() => Ok(()),
                Claim::Missing | Claim::Integer(_) => Ok(()),
                _ => Err(Some(Violation::IatNotInteger)),
            })
        };
    "jti-any-type", "jti may be anything but null", ["WDL-JWT-06"] =>
        |link| {
            replace(link, "jti_type", |facts, _| match facts.payload("jti") {
                Claim::Null => Err(Some(Violation::JtiWrongType)),
                _ => Ok(()),
            })
        };
    "accept-any-json", "Accept: application/json passes",
        ["WDL-HTTP-02", "WDL-HTTP-04", "RFC9110-12.4.2"] =>
        |link| {
            replace(link, "asks_for_html", |facts, _| match facts.request.accept {
                Some(accept)
                    if !accept.contains("json")
                        && !accept.contains("html")
                        && !accept.contains("*/*") =>
                {
                    Err(Some(Violation::NotHtml))
                }
                _ => Ok(()),
            })
        };
    "xhr-exact-case", "XMLHttpRequest is compared with its case", ["WDL-HTTP-03"] =>
        |link| {
            replace(link, "is_no_script", |facts, _| match facts.request.requested_with {
                Some("XMLHttpRequest") => Err(Some(Violation::Xhr)),
                _ => Ok(()),
            })
        };
    "path-http", "Plain http paths pass", ["WDL-PATH-02"] =>
        |link| {
            replace(link, "path_is_https", |facts, _| match facts.request.path {
                Some(path) if path.starts_with("http") => Ok(()),
                Some(path) if path.contains(':') => Err(Some(Violation::PathNotHttps)),
                _ => Ok(()),
            })
        };
}
