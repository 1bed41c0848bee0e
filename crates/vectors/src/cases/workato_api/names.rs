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
fn misplaced() -> Vec<Case> {
    let role = || Edit::Role("profile.unknown");
    let header = |slug: &str, title: &str, scene: Scene, name| {
        neighbor(slug, title, &scene, &["WCL-15"], Change::Header(name, role()))
    };
    cases! {
        header:
            "namespace-in-header", "The namespace claim names nobody, in the header":
                hmac_kid(), NAMESPACE;
            "workato-sub-in-header", "workato_sub names nobody, in the header":
                hmac_kid(), "workato_sub";
            "sub-in-header", "sub names nobody, in the header": hmac_kid(), "sub";
            "namespace-in-header-beside-sub",
                "The namespace claim names nobody, in the header, beside a good sub":
                hmac_sub(), NAMESPACE;
            "workato-sub-in-header-beside-sub",
                "workato_sub names nobody, in the header, beside a good sub":
                hmac_sub(), "workato_sub";
        neighbor:
            "kid-in-payload", "kid names nobody, in the payload":
                &hmac_kid(), &["WCL-15"], Change::Claim("kid", role());
            "kid-in-payload-beside-sub", "kid names nobody, in the payload, beside a good sub":
                &hmac_sub(), &["WCL-15"], Change::Claim("kid", role());
            "kid-in-payload-beside-namespace",
                "kid names nobody, in the payload, beside a good namespace claim":
                &hmac_namespace(), &["WCL-15"], Change::Claim("kid", role());
    }
}

/// The key moved to the other part: one change, in two edits.
fn moved() -> Vec<Case> {
    let moved = |slug: &str, title: &str, scene: Scene, changes| {
        let id = format!("access_refused/{slug}");
        Case::one(&scene, &id, title, &["WCL-15", "WCL-31"], changes, refused())
    };
    let to_header =
        |name| vec![Change::without_claim(name), Change::Header(name, Edit::Role("profile.hmac"))];
    let to_payload =
        vec![Change::without_header("kid"), Change::Claim("kid", Edit::Role("profile.hmac"))];
    cases! { moved:
        "namespace-in-header-alone", "The namespace claim stands in the header alone":
            hmac_namespace(), to_header(NAMESPACE);
        "workato-sub-in-header-alone", "workato_sub stands in the header alone":
            hmac_workato_sub(), to_header("workato_sub");
        "sub-in-header-alone", "sub stands in the header alone": hmac_sub(), to_header("sub");
        "kid-in-payload-alone", "kid stands in the payload alone": hmac_kid(), to_payload;
    }
}

/// The only place of the key under a name that is not quite the one.
#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn misspelled() -> Vec<Case> {
    let claim = |slug: &str, title: &str, scene: fn() -> Scene, name, spelling| {
        refusal(
            slug,
            title,
            &scene(),
            &["WCL-15", "WCL-31"],
            Change::Claim(name, Edit::Spelled(spelling)),
        )
    };
    let namespace = |slug: &str, title: &str, spelling| {
        claim(&format!("namespace-{slug}"), title, hmac_namespace, NAMESPACE, spelling)
    };
    let kid = |slug: &str, title: &str, spelling| {
        refusal(
            slug,
            title,
            &hmac_kid(),
            &["WCL-13", "WCL-31"],
            Change::Header("kid", Edit::Spelled(spelling)),
        )
    };
    let escaped = Change::Claim(NAMESPACE, Edit::Spelled(r"https:\/\/www.workato.com\/sub"));
    let kid_escaped = Change::Header("kid", Edit::Spelled(r"\u006bid"));
    cases! {
        namespace:
            "http", "The namespace claim with http": "http://www.workato.com/sub";
            "slash-behind", "The namespace claim with a slash behind":
                "https://www.workato.com/sub/";
            "no-www", "The namespace claim without www": "https://workato.com/sub";
            "host-in-capitals", "The namespace claim with its host in capitals":
                "https://WWW.WORKATO.COM/sub";
            "path-in-capitals", "The namespace claim with its path in capitals":
                "https://www.workato.com/SUB";
            "no-scheme", "The namespace claim without a scheme": "www.workato.com/sub";
        claim:
            "workato-sub-in-capitals", "workato_sub in capitals":
                hmac_workato_sub, "workato_sub", "WORKATO_SUB";
            "workato-sub-hyphen", "workato_sub with a hyphen":
                hmac_workato_sub, "workato_sub", "workato-sub";
            "workato-sub-look-alike", "A Cyrillic letter in workato_sub":
                hmac_workato_sub, "workato_sub", "w\u{43e}rkato_sub";
            "sub-in-capitals", "sub in capitals": hmac_sub, "sub", "SUB";
            "sub-full-width", "A full-width letter in sub": hmac_sub, "sub", "\u{ff53}ub";
        kid:
            "kid-in-capitals", "kid in capitals": "KID";
            "kid-look-alike", "A Cyrillic letter in kid": "k\u{456}d";
        neighbor:
            "namespace-escaped", "The slashes of the namespace claim escaped":
                &hmac_namespace(), &["WCL-11", "CPX-odd-accept"], escaped;
            "kid-escaped", "kid spelled with an escape":
                &hmac_kid(), &["WCL-13", "CPX-odd-accept"], kid_escaped;
    }
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
        neighbor(slug, title, &hmac_kid(), &["WCL-15"], change)
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
            &format!("kid-key-{slug}"),
            &title_in("kid"),
            &hmac_kid(),
            cites,
            Change::Header("kid", edit()),
        ));
        let change = Change::Claim(NAMESPACE, edit());
        cases.push(refusal(
            &format!("namespace-key-{slug}"),
            &title_in("the namespace claim"),
            &hmac_namespace(),
            cites,
            change,
        ));
    }
    let long = Edit::Json(format!("\"{}\"", "k".repeat(2048)).into());
    cases.push(refusal(
        "kid-key-of-2048",
        "An unknown key of 2048 characters",
        &hmac_kid(),
        &["WCL-31", "CPX-bounded"],
        Change::Header("kid", long),
    ));
    cases
}

/// One place, twice: refused, or the last one counts.
fn repeated() -> Vec<Case> {
    const BAD: &str = "\"nobody\"";
    let twice = |slug: &str, title: &str, scene: Scene, rule, change, expect| {
        case(&format!("access_refused/{slug}"), title, &scene, &["WCL-04", rule], change, expect)
    };
    let claim = |scene: fn() -> Scene, name, word: &str| {
        let (first, last) =
            (Change::Claim(name, Edit::Before(BAD)), Change::Claim(name, Edit::After(BAD)));
        let slug = |place: &str| format!("{word}-twice-bad-{place}");
        let title = |place: &str| format!("The key twice in {word}, nobody's {place}");
        [
            twice(&slug("first"), &title("first"), scene(), "RFC7519-4", first, either()),
            twice(&slug("last"), &title("last"), scene(), "RFC7519-4", last, refused()),
        ]
    };
    let escaped = Change::Rewrite(Part::Payload, "workato_sub before, escaped", |json| {
        super::front(json, r#""\u0077orkato_sub":"nobody""#)
    });
    let kid = |slug: &str, title: &str, edit, expect| {
        twice(slug, title, hmac_kid(), "RFC7515-4", Change::Header("kid", edit), expect)
    };
    let mut cases = cases! {
        twice:
            "workato-sub-twice-escaped",
                "workato_sub twice, nobody's first and spelled with an escape":
                hmac_workato_sub(), "RFC7519-4", escaped, either();
        kid:
            "kid-twice-bad-first", "kid twice, nobody's key first": Edit::Before(BAD), either();
            "kid-twice-bad-last", "kid twice, nobody's key last": Edit::After(BAD), refused();
    };
    cases.extend(claim(hmac_namespace, NAMESPACE, "namespace"));
    cases.extend(claim(hmac_workato_sub, "workato_sub", "workato-sub"));
    cases.extend(claim(hmac_sub, "sub", "sub"));
    cases
}

/// RFC 7515 section 4 and RFC 7519 section 4: refused, or the last one counts.
fn either() -> Expect {
    open("WAP-R-duplicate-member", ("rejected", Answer::REFUSE), ("last-taken", Answer::ACCEPT))
}
