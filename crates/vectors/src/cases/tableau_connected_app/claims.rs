//! `aud`, `sub`, the times, `jti` and `scp`.

mod leeway;
mod lifetime;
mod scopes;
mod times;

use super::scenes::{another_app, embed, listed, rest, second_user, xhr};
use super::{NO_USER, case};
use crate::case::Case;
use crate::change::{Change, Edit};
use crate::expect::{Answer, Expect};
use crate::scene::Scene;

const PARSE: &[&str] = &["10084"];
const NO_JTI: &[&str] = &["10094"];

pub(super) fn cases() -> Vec<Case> {
    [
        audience(),
        subject(),
        users(),
        times::cases(),
        lifetime::cases(),
        leeway::cases(),
        jti(),
        jti_forms(),
        scopes::cases(),
    ]
    .concat()
}

#[expect(clippy::too_many_lines, reason = "one table, a row a case")]
fn audience() -> Vec<Case> {
    let refused = |id: &str, title: &str, scene: Scene, cite: &'static str, change| {
        let cites = &[cite, "RFC7519-4.1.3"];
        case(id, title, &scene, cites, change, Expect::refuse(PARSE))
    };
    let other = |id: &str, title: &str, json| {
        refused(id, title, embed(), "TCA-10084-aud", Change::claim("aud", json))
    };
    let cased = |id: &str, title: &str, json| {
        refused(id, title, embed(), "TCA-10084-aud-case", Change::claim("aud", json))
    };
    let absent = |id: &str, title: &str, scene| {
        refused(id, title, scene, "TCA-10084-aud-missing", Change::without_claim("aud"))
    };
    let spelled = Change::Claim("aud", Edit::Spelled("AUD"));
    let list = |id: &str, title: &str, family, json| {
        let answers = vec![("refused", Answer::refuse(PARSE)), ("accepted", Answer::ACCEPT)];
        let expect = Expect::open(family, answers);
        case(id, title, &embed(), &["TCA-10084-aud"], Change::claim("aud", json), expect)
    };
    let others = "TCA-R-aud-list-others";
    cases! {
        absent:
            "10084/aud-absent", "No aud": embed();
            "10084/aud-absent-rest", "No aud, on REST": rest();
            "10084/aud-absent-listed", "No aud, from a listed page": listed();
        refused:
            "10084/aud-other-spelling", "AUD in place of aud":
                embed(), "TCA-10084-aud-missing", spelled;
        cased:
            "10084/aud-capital", "aud is Tableau": "\"Tableau\"";
            "10084/aud-upper-case", "aud is TABLEAU": "\"TABLEAU\"";
            "10084/aud-mixed-case", "aud is tableaU": "\"tableaU\"";
        other:
            "10084/aud-other", "aud names another service":
                "\"tableau-server\"" => citing(&["RFC8725-3.9"]);
            "10084/aud-site", "aud names a site, as other kinds of trust do":
                "\"tableau:11111111-2222-3333-4444-555555555555\"" => citing(&["RFC8725-3.9"]);
            "10084/aud-trailing-blank", "aud is tableau with a blank behind": "\"tableau \"";
            "10084/aud-nul", "aud is tableau with a NUL behind": r#""tableau\u0000""#;
            "10084/aud-look-alike", "aud is tableau with a Cyrillic letter": r#""t\u0430bleau""#;
            "10084/aud-empty", "aud is an empty string": "\"\"";
            "10084/aud-null", "aud is null": "null";
            "10084/aud-number", "aud is a number": "1";
            "10084/aud-object", "aud is an object": "{}";
            "10084/aud-empty-list", "aud is an empty list": "[]";
            "10084/aud-nested-list", "aud is a list inside a list": "[[\"tableau\"]]";
            "10084/aud-list-of-others", "aud is a list without tableau": "[\"x\",\"y\"]";
        list:
            "10084/aud-list", "aud is a list that holds tableau alone":
                "TCA-R-aud-list", "[\"tableau\"]";
            "10084/aud-list-of-two", "aud is a list that holds tableau and another":
                others, "[\"x\",\"tableau\"]";
            "10084/aud-mixed-list", "aud is a list of a number and tableau":
                others, "[1,\"tableau\"]";
    }
}

fn subject() -> Vec<Case> {
    let absent = |id: &str, title: &str, scene: Scene, change: Change| {
        case(id, title, &scene, &["TCA-10084-sub-missing"], change, Expect::refuse(PARSE))
    };
    let odd = |id: &str, title: &str, json| {
        // No subject, or one that is no user: the document has a row for either.
        let expect = Expect::refuse(&["10084", "5", "16"]);
        case(id, title, &embed(), &["TCA-10084-sub-missing"], Change::claim("sub", json), expect)
    };
    let moved = vec![Change::without_claim("sub"), Change::Header("sub", Edit::Role("user.ok"))];
    cases! {
        absent:
            "10084/sub-absent", "No sub": embed(), Change::without_claim("sub");
            "10084/sub-absent-rest", "No sub, on REST": rest(), Change::without_claim("sub");
            "10084/sub-absent-listed", "No sub, from a listed page":
                listed(), Change::without_claim("sub");
            "10084/sub-other-spelling", "SUB in place of sub":
                embed(), Change::Claim("sub", Edit::Spelled("SUB"));
            "10084/sub-look-alike", "A Cyrillic letter in sub":
                embed(), Change::Claim("sub", Edit::Spelled("\u{455}ub"));
        case:
            "10084/sub-in-header-alone", "sub in the header alone":
                &embed(), &["TCA-10084-sub-missing"], moved, Expect::refuse(PARSE);
        odd:
            "10084/sub-empty", "sub is an empty string": "\"\"";
            "10084/sub-null", "sub is null": "null";
            "10084/sub-number", "sub is a number": "7";
            "10084/sub-true", "sub is true": "true";
            "10084/sub-list", "sub is a list": "[\"a@example.com\"]";
            "10084/sub-object", "sub is an object": "{\"name\":\"a@example.com\"}";
    }
}

/// Names nobody has, nearly somebody's or not at all.
fn users() -> Vec<Case> {
    let unknown = |id: &str, title: &str, scene: Scene| {
        let cites = &["TCA-5-unknown", "TCA-16-sub-unknown"];
        let change = Change::Roles(&[("user", "user.unknown")]);
        case(id, title, &scene, cites, change, Expect::refuse(NO_USER))
    };
    let name = |id: &str, title: &str, cites: &[&'static str], alter| {
        let change = Change::Claim("sub", Edit::RoleAs("user.ok", alter));
        case(id, title, &embed(), cites, change, Expect::refuse(NO_USER))
    };
    let cased = &["TCA-5-case", "TCA-5-unknown"];
    let other = &["TCA-5-username", "TCA-16-sub-email", "TCA-16-sub-unknown"];
    cases! {
        unknown:
            "5/unknown", "A user nobody knows": embed();
            "5/unknown-rest", "A user nobody knows, on REST": rest();
            "5/unknown-listed", "A user nobody knows, from a listed page": listed();
            "16/unknown-another-app", "A user nobody knows, under another app": another_app();
            "16/unknown-xhr", "A user nobody knows, in the library's request": xhr();
        name:
            "5/upper-case", "A user's name in upper case": cased, str::to_uppercase;
            "5/capital", "A user's name with a capital": cased, capital;
            "5/domain-upper-case", "A user's name with its domain in upper case":
                cased, domain_in_capitals;
            "5/nul", "A user's name with a NUL behind": other, |name| format!("{name}\0");
            "5/trailing-blank", "A user's name with a blank behind":
                other, |name| format!("{name} ");
            "16/local-part", "A user's name without its domain":
                other, |name| name.split('@').next().unwrap_or_default().to_owned();
            "16/plus", "A user's name with a tag before the at sign":
                other, |name| name.replace('@', "+tag@");
            "16/full-width", "A user's name with a full-width at sign":
                other, |name| name.replace('@', "\u{ff20}");
            "16/zero-width", "A user's name behind a zero-width space":
                other, |name| format!("\u{200b}{name}");
        case:
            "16/barred", "A user who may not sign in":
                &embed(), &["TCA-16-sub-unknown"], Change::Roles(&[("user", "user.barred")]),
                Expect::refuse(&["16", "5"]);
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What stands behind the at sign in upper case.
fn domain_in_capitals(name: &str) -> String {
    match name.rsplit_once('@') {
        Some((local, domain)) => format!("{local}@{}", domain.to_uppercase()),
        None => name.to_owned(),
    }
}

fn jti() -> Vec<Case> {
    let missing = |id: &str, title: &str, scene: Scene, change: Change| {
        case(id, title, &scene, &["TCA-10094-jti"], change, Expect::refuse(NO_JTI))
    };
    let absent = || Change::without_claim("jti");
    let accepted = |id: &str, title: &str, alter| {
        let cites = &["TCA-10094-jti", "RFC7519-4.1.7"];
        case(id, title, &embed(), cites, Change::Claim("jti", Edit::OwnWith(alter)), Expect::ACCEPT)
    };
    let moved = vec![Change::without_claim("jti"), Change::header("jti", "\"elsewhere\"")];
    cases! {
        missing:
            "10094/absent", "No jti": embed(), absent();
            "10094/absent-rest", "No jti, on REST": rest(), absent();
            "10094/absent-listed", "No jti, from a listed page": listed(), absent();
            "10094/absent-second-user", "No jti in another user's token": second_user(), absent();
            "10094/other-spelling", "JTI in place of jti":
                embed(), Change::Claim("jti", Edit::Spelled("JTI"));
            "10094/look-alike", "A Cyrillic letter in jti":
                embed(), Change::Claim("jti", Edit::Spelled("jt\u{456}"));
            "10094/full-width", "jti in full-width letters":
                embed(), Change::Claim("jti", Edit::Spelled("\u{ff4a}\u{ff54}\u{ff49}"));
        case:
            "10094/in-header-alone", "jti in the header alone":
                &embed(), &["TCA-10094-jti"], moved, Expect::refuse(NO_JTI);
        accepted:
            "10094/uuid-accepted", "jti in the form of a UUID":
                |o| format!("{}-{}-{}-{}-{}", &o[..8], &o[8..12], &o[12..16], &o[16..20], &o[20..]);
            "10094/long-accepted", "jti of some two hundred characters": |own| own.repeat(6);
            "10094/delimiters-accepted", "jti with delimiters inside":
                |own| format!("{own}:a|b/c,d");
            "10094/store-bytes-accepted", "jti with line ends and a store's command inside":
                |own| format!("{own}\r\n*1\r\n$8\r\nFLUSHALL\r\n")
                => hardening("The document sets no form for an id, and a store may refuse one with line ends inside.");
    }
}

fn jti_forms() -> Vec<Case> {
    let odd = |id: &str, title: &str, cites: &[&'static str], json, expect| {
        case(id, title, &embed(), cites, Change::claim("jti", json), expect)
    };
    let refused = || Expect::refuse(&["10094", "10084"]);
    let typed = |id: &str, title: &str, json| {
        odd(id, title, &["TCA-10094-jti", "RFC7519-4.1.7"], json, refused()).hardening("The document asks for an id and RFC 7519 section 4.1.7 for a string, and one of another type that is good for one use lets nobody in twice.")
    };
    let empty = vec![
        ("refused", Answer::refuse(&["10094", "10084"])),
        ("accepted-once", Answer::ACCEPT),
        // An earlier run has used it.
        ("accepted-once", Answer::refuse(&["10091"])),
    ];
    let empty = Expect::open("TCA-R-empty-jti", empty);
    cases! {
        odd:
            "10094/empty", "jti is an empty string": &["TCA-10094-jti"], "\"\"", empty;
            "10094/null", "jti is null": &["TCA-10094-jti"], "null", refused();
        typed:
            "10094/true", "jti is true": "true";
            "10094/fraction", "jti is a fraction": "1.5";
            "10094/list", "jti is a list": "[]";
            "10094/object", "jti is an object": "{}";
            "10094/number", "jti is a number": "7";
    }
}
