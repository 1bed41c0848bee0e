//! Names and values that are nearly right, and the right ones in the wrong part.

use super::{
    NAMESPACE, case, hmac_kid, hmac_namespace, hmac_sub, hmac_workato_sub, neighbor, open, refusal,
    refused,
};
use crate::case::Case;
use crate::change::{Change, Edit, Part};
use crate::expect::{Answer, Expect};
use crate::scene::Scene;

pub(super) fn cases() -> Vec<Case> {
    [misplaced(), moved(), misspelled(), beside(), values(), repeated()].concat()
}

/// In the other part a name means nothing.
#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn misplaced() -> Vec<Case> {
    let role = || Edit::Role("profile.unknown");
    let header = |scene: Scene, slug: &str, title: &str, name| {
        neighbor(&scene, slug, title, &["WCL-15"], Change::Header(name, role()))
    };
    vec![
        header(
            hmac_kid(),
            "namespace-in-header",
            "The namespace claim names nobody, in the header",
            NAMESPACE,
        ),
        header(
            hmac_kid(),
            "workato-sub-in-header",
            "workato_sub names nobody, in the header",
            "workato_sub",
        ),
        header(hmac_kid(), "sub-in-header", "sub names nobody, in the header", "sub"),
        header(
            hmac_sub(),
            "namespace-in-header-beside-sub",
            "The namespace claim names nobody, in the header, beside a good sub",
            NAMESPACE,
        ),
        header(
            hmac_sub(),
            "workato-sub-in-header-beside-sub",
            "workato_sub names nobody, in the header, beside a good sub",
            "workato_sub",
        ),
        neighbor(
            &hmac_kid(),
            "kid-in-payload",
            "kid names nobody, in the payload",
            &["WCL-15"],
            Change::Claim("kid", role()),
        ),
        neighbor(
            &hmac_sub(),
            "kid-in-payload-beside-sub",
            "kid names nobody, in the payload, beside a good sub",
            &["WCL-15"],
            Change::Claim("kid", role()),
        ),
        neighbor(
            &hmac_namespace(),
            "kid-in-payload-beside-namespace",
            "kid names nobody, in the payload, beside a good namespace claim",
            &["WCL-15"],
            Change::Claim("kid", role()),
        ),
    ]
}

/// The key moved to the other part: one change, in two edits.
fn moved() -> Vec<Case> {
    let moved = |scene: Scene, slug: &str, title: &str, changes| {
        let id = format!("access_refused/{slug}");
        Case::one(&scene, &id, title, &["WCL-15", "WCL-31"], changes, refused())
    };
    let to_header =
        |name| vec![Change::without_claim(name), Change::Header(name, Edit::Role("profile.hmac"))];
    let to_payload =
        vec![Change::without_header("kid"), Change::Claim("kid", Edit::Role("profile.hmac"))];
    vec![
        moved(
            hmac_namespace(),
            "namespace-in-header-alone",
            "The namespace claim stands in the header alone",
            to_header(NAMESPACE),
        ),
        moved(
            hmac_workato_sub(),
            "workato-sub-in-header-alone",
            "workato_sub stands in the header alone",
            to_header("workato_sub"),
        ),
        moved(
            hmac_sub(),
            "sub-in-header-alone",
            "sub stands in the header alone",
            to_header("sub"),
        ),
        moved(hmac_kid(), "kid-in-payload-alone", "kid stands in the payload alone", to_payload),
    ]
}

/// The only place of the key under a name that is not quite the one.
#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn misspelled() -> Vec<Case> {
    let claim = |scene: fn() -> Scene, name, slug: &str, title: &str, spelling| {
        refusal(
            &scene(),
            slug,
            title,
            &["WCL-15", "WCL-31"],
            Change::Claim(name, Edit::Spelled(spelling)),
        )
    };
    let namespace = |slug: &str, title: &str, spelling| {
        claim(hmac_namespace, NAMESPACE, &format!("namespace-{slug}"), title, spelling)
    };
    let kid = |slug: &str, title: &str, spelling| {
        refusal(
            &hmac_kid(),
            slug,
            title,
            &["WCL-13", "WCL-31"],
            Change::Header("kid", Edit::Spelled(spelling)),
        )
    };
    let escaped = Change::Claim(NAMESPACE, Edit::Spelled(r"https:\/\/www.workato.com\/sub"));
    let kid_escaped = Change::Header("kid", Edit::Spelled(r"\u006bid"));
    vec![
        namespace("http", "The namespace claim with http", "http://www.workato.com/sub"),
        namespace(
            "slash-behind",
            "The namespace claim with a slash behind",
            "https://www.workato.com/sub/",
        ),
        namespace("no-www", "The namespace claim without www", "https://workato.com/sub"),
        namespace(
            "host-in-capitals",
            "The namespace claim with its host in capitals",
            "https://WWW.WORKATO.COM/sub",
        ),
        namespace(
            "path-in-capitals",
            "The namespace claim with its path in capitals",
            "https://www.workato.com/SUB",
        ),
        namespace("no-scheme", "The namespace claim without a scheme", "www.workato.com/sub"),
        claim(
            hmac_workato_sub,
            "workato_sub",
            "workato-sub-in-capitals",
            "workato_sub in capitals",
            "WORKATO_SUB",
        ),
        claim(
            hmac_workato_sub,
            "workato_sub",
            "workato-sub-hyphen",
            "workato_sub with a hyphen",
            "workato-sub",
        ),
        claim(
            hmac_workato_sub,
            "workato_sub",
            "workato-sub-look-alike",
            "A Cyrillic letter in workato_sub",
            "w\u{43e}rkato_sub",
        ),
        claim(hmac_sub, "sub", "sub-in-capitals", "sub in capitals", "SUB"),
        claim(hmac_sub, "sub", "sub-full-width", "A full-width letter in sub", "\u{ff53}ub"),
        kid("kid-in-capitals", "kid in capitals", "KID"),
        kid("kid-look-alike", "A Cyrillic letter in kid", "k\u{456}d"),
        neighbor(
            &hmac_namespace(),
            "namespace-escaped",
            "The slashes of the namespace claim escaped",
            &["WCL-11", "CPX-odd-accept"],
            escaped,
        ),
        neighbor(
            &hmac_kid(),
            "kid-escaped",
            "kid spelled with an escape",
            &["WCL-13", "CPX-odd-accept"],
            kid_escaped,
        ),
    ]
}

/// A nearly right name beside a good kid means nothing.
fn beside() -> Vec<Case> {
    let rows: &[(&str, &str, &'static str)] = &[
        (
            "http-namespace",
            "The namespace claim with http names nobody",
            "http://www.workato.com/sub",
        ),
        (
            "slash-behind-namespace",
            "The namespace claim with a slash behind names nobody",
            "https://www.workato.com/sub/",
        ),
        ("capitals-workato-sub", "WORKATO_SUB names nobody", "WORKATO_SUB"),
        ("hyphen-workato-sub", "workato-sub names nobody", "workato-sub"),
        ("capitals-sub", "SUB names nobody", "SUB"),
    ];
    let make = |(slug, title, name): &(&str, &str, &'static str)| {
        let change = Change::Claim(name, Edit::Role("profile.unknown"));
        neighbor(&hmac_kid(), slug, title, &["WCL-15"], change)
    };
    rows.iter().map(make).collect()
}

/// Another letter case, where there are letters.
fn other_case(key: &str) -> String {
    if key.bytes().any(|byte| byte.is_ascii_lowercase()) {
        key.to_uppercase()
    } else {
        key.to_lowercase()
    }
}

fn one_short(key: &str) -> String {
    key.chars().take(key.chars().count().saturating_sub(1)).collect()
}

/// Slug, title, and what is made of the key.
type Near = (&'static str, &'static str, fn(&str) -> String);

/// The key itself, nearly.
fn values() -> Vec<Case> {
    let rows: &[Near] = &[
        ("in-other-case", "The key in the other letter case", other_case),
        ("blank-behind", "The key with a blank behind", |key| format!("{key} ")),
        ("blank-before", "The key with a blank before", |key| format!(" {key}")),
        ("line-end-behind", "The key with a line end behind", |key| format!("{key}\n")),
        ("nul-behind", "The key with a NUL and text behind", |key| format!("{key}\0x")),
        ("one-short", "The key without its last character", one_short),
        ("one-long", "The key with a character behind", |key| format!("{key}0")),
        ("one-letter", "The first character of the key", |key| key.chars().take(1).collect()),
        ("wildcard", "A percent sign behind the start of the key", |key| {
            key.chars().take(1).chain(['%']).collect()
        }),
        ("scheme-before", "The word Bearer before the key", |key| format!("Bearer {key}")),
    ];
    let mut cases = Vec::new();
    for (slug, title, alter) in rows {
        let edit = || Edit::RoleAs("profile.hmac", *alter);
        let title_in = |place| format!("{title}, in {place}");
        let cites = &["WCL-07", "WCL-31"];
        cases.push(refusal(
            &hmac_kid(),
            &format!("kid-key-{slug}"),
            &title_in("kid"),
            cites,
            Change::Header("kid", edit()),
        ));
        let change = Change::Claim(NAMESPACE, edit());
        cases.push(refusal(
            &hmac_namespace(),
            &format!("namespace-key-{slug}"),
            &title_in("the namespace claim"),
            cites,
            change,
        ));
    }
    let long = Edit::Json(format!("\"{}\"", "k".repeat(2048)).into());
    cases.push(refusal(
        &hmac_kid(),
        "kid-key-of-2048",
        "An unknown key of 2048 characters",
        &["WCL-31", "CPX-bounded"],
        Change::Header("kid", long),
    ));
    cases
}

/// One place, twice: refused, or the last one counts.
fn repeated() -> Vec<Case> {
    const BAD: &str = "\"nobody\"";
    let twice = |scene: Scene, slug: &str, title: &str, rule, change, expect| {
        case(&scene, &format!("access_refused/{slug}"), title, &["WCL-04", rule], change, expect)
    };
    let claim = |scene: fn() -> Scene, name, word: &str| {
        let (first, last) =
            (Change::Claim(name, Edit::Before(BAD)), Change::Claim(name, Edit::After(BAD)));
        let slug = |place: &str| format!("{word}-twice-bad-{place}");
        let title = |place: &str| format!("The key twice in {word}, nobody's {place}");
        [
            twice(scene(), &slug("first"), &title("first"), "RFC7519-4", first, either()),
            twice(scene(), &slug("last"), &title("last"), "RFC7519-4", last, refused()),
        ]
    };
    let escaped = Change::Rewrite(Part::Payload, "workato_sub before, escaped", |json| {
        super::front(json, r#""\u0077orkato_sub":"nobody""#)
    });
    let kid = |slug: &str, title: &str, edit, expect| {
        twice(hmac_kid(), slug, title, "RFC7515-4", Change::Header("kid", edit), expect)
    };
    let mut cases = vec![
        twice(
            hmac_workato_sub(),
            "workato-sub-twice-escaped",
            "workato_sub twice, nobody's first and spelled with an escape",
            "RFC7519-4",
            escaped,
            either(),
        ),
        kid("kid-twice-bad-first", "kid twice, nobody's key first", Edit::Before(BAD), either()),
        kid("kid-twice-bad-last", "kid twice, nobody's key last", Edit::After(BAD), refused()),
    ];
    cases.extend(claim(hmac_namespace, NAMESPACE, "namespace"));
    cases.extend(claim(hmac_workato_sub, "workato_sub", "workato-sub"));
    cases.extend(claim(hmac_sub, "sub", "sub"));
    cases
}

/// RFC 7515 section 4 and RFC 7519 section 4: refused, or the last one counts.
fn either() -> Expect {
    open("WAP-R-duplicate-member", ("rejected", Answer::REFUSE), ("last-taken", Answer::ACCEPT))
}
