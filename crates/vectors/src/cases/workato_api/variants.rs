//! Names in another letter case beside the right ones, and keys in lists.

use super::{NAMESPACE, hmac_kid, hmac_namespace, hmac_sub, hmac_workato_sub, refusal, refused};
use crate::case::Case;
use crate::cases::common::names::{self, Variant};
use crate::change::{Change, Edit, Part};
use crate::scene::Scene;

pub(super) fn cases() -> Vec<Case> {
    [names::cases(variants()), listed()].concat()
}

fn variants() -> Vec<Variant> {
    let key = |part, name, other, slug, scene, cites| Variant {
        part,
        name,
        other,
        slug,
        scene,
        good: Edit::Role("profile.hmac"),
        bad: Edit::Role("profile.unknown"),
        folder: "access_refused",
        cites,
        refused: refused(),
    };
    let alg = Variant {
        good: Edit::Json("\"HS256\"".into()),
        bad: Edit::Json("\"none\"".into()),
        ..key(Part::Header, "alg", "ALG", "alg", hmac_kid(), &["WAP-SIG-01", "WAP-TOK-09"])
    };
    let path = "https://www.workato.com/SUB";
    vec![
        alg,
        key(Part::Header, "kid", "KID", "kid", hmac_kid(), &["WCL-13", "WCL-31"]),
        key(Part::Payload, NAMESPACE, path, "namespace", hmac_namespace(), &["WCL-11", "WCL-31"]),
        key(
            Part::Payload,
            "workato_sub",
            "Workato_Sub",
            "workato-sub",
            hmac_workato_sub(),
            &["WCL-12", "WCL-31"],
        ),
        key(Part::Payload, "sub", "Sub", "sub", hmac_sub(), &["WCL-14", "WCL-31"]),
    ]
}

/// The only key in a list. `kid` and `sub` are strings by RFC 7515 section 4.1.4 and RFC 7519 section 4.1.2; of the
/// Workato-named claims no document says so, and a list of one is a key to whoever reads it as text.
fn listed() -> Vec<Case> {
    let list = || Edit::OwnJson("in a list", |own| format!("[{own}]"));
    let behind =
        || Edit::OwnJson("in a list, behind nobody's", |own| format!("[\"nobody\",{own}]"));
    let object = || Edit::OwnJson("in an object", |own| format!("{{\"key\":{own}}}"));
    let kid = |slug: &str, title: &str, edit| {
        refusal(
            slug,
            title,
            &hmac_kid(),
            &["WCL-31", "WCL-07", "WCL-13"],
            Change::Header("kid", edit),
        )
    };
    let claim = |slug: &str, title: &str, scene: Scene, name, edit| {
        refusal(slug, title, &scene, &["WCL-31", "WCL-07"], Change::Claim(name, edit))
    };
    let unsaid = |case: Case| {
        case.hardening("No document says that the claims with workato in their name are strings, and a list of one is a key to whoever reads it as text.")
    };
    vec![
        kid("kid-list-of-key", "The good key in kid, in a list", list()),
        kid("kid-list-behind-nobody", "The good key in kid, in a list behind nobody's", behind()),
        kid("kid-object-of-key", "The good key in kid, in an object", object()),
        claim("sub-list-of-key", "The good key in sub, in a list", hmac_sub(), "sub", list()),
        claim(
            "sub-list-behind-nobody",
            "The good key in sub, in a list behind nobody's",
            hmac_sub(),
            "sub",
            behind(),
        ),
        unsaid(claim(
            "namespace-list-of-key",
            "The good key in the namespace claim, in a list",
            hmac_namespace(),
            NAMESPACE,
            list(),
        )),
        unsaid(claim(
            "workato-sub-list-of-key",
            "The good key in workato_sub, in a list",
            hmac_workato_sub(),
            "workato_sub",
            list(),
        )),
    ]
}
